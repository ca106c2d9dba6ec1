// The centre of a telephone operator (SMPP 3.4, by the npm package `smpp`), for tests:
//
//     node scripts/sms-centre/serve.mjs [SMPP-PORT [HTTP-PORT [CERTIFICATE KEY]]]
//
// Prints both ports; a port of 0 is any. With a certificate the line is protected by TLS. People's telephones are played over HTTP:
//
//     POST /deliver {"from": "6281…", "text": "…"}     somebody writes; answered when it was acknowledged
//          "parts": ["…", "…"], "order": [1, 0]         in place of "text": a long message, in that order
//          "unicode": true                              in UCS-2
//          "cut": true                                  the line falls before the acknowledgement is heard
//     POST /flood {"count": 1000, "rate": 200}          as many people write in as many seconds
//     GET  /sent                                        what people received: whole messages, in order
//     POST /mood {"throttle": 2, "mute": 1, "unknown": "6281…", "receipt": "UNDELIV"}
//     POST /cut                                         all lines fall
//
// What was not acknowledged is sent again on the next connection, as a centre does.

import fs from 'node:fs';
import http from 'node:http';
import smpp from 'smpp';

const sessions = new Set();
const unheard = [];
const sent = [];
const begun = new Map();
let mood = {};
let messages = 0;
let references = 0;

const [smppPort = 0, httpPort = 0, certificate, key] = process.argv.slice(2);
const protection = certificate ? { cert: fs.readFileSync(certificate), key: fs.readFileSync(key) } : {};
const server = smpp.createServer(protection, (session) => {
  session.setMaxListeners(0);
  session.on('error', () => {});
  session.on('close', () => sessions.delete(session));
  session.on('bind_transceiver', (unit) => {
    const known = unit.system_id === 'lapor' && unit.password === 'rahasia';
    session.send(unit.response({ command_status: known ? smpp.ESME_ROK : smpp.ESME_RINVPASWD }));
    if (!known) return;
    sessions.add(session);
    for (const unit of unheard.splice(0)) deliver(session, unit, false);
  });
  session.on('enquire_link', (unit) => session.send(unit.response()));
  session.on('unbind', (unit) => { session.send(unit.response()); session.close(); });
  session.on('submit_sm', (unit) => submitted(session, unit));
});

function submitted(session, unit) {
  if (mood.throttle > 0) {
    mood.throttle -= 1;
    return session.send(unit.response({ command_status: smpp.ESME_RTHROTTLED }));
  }
  if (mood.unknown === unit.destination_addr) {
    return session.send(unit.response({ command_status: smpp.ESME_RINVDSTADR }));
  }
  const id = (messages += 1).toString(16).padStart(8, '0');
  keep(unit);
  const receipt = () => {
    if (!unit.registered_delivery) return;
    const stat = mood.receipt ?? 'DELIVRD';
    deliver(first(), {
      source_addr: unit.destination_addr,
      destination_addr: unit.source_addr,
      esm_class: 4,
      short_message: `id:${id} sub:001 dlvrd:001 submit date:2611090910 done date:2611090911 stat:${stat} err:000 text:`,
      receipted_message_id: id,
      user_message_reference: unit.user_message_reference,
    }, false);
  };
  if (mood.mute > 0) {
    mood.mute -= 1;
    session.destroy();
  } else {
    session.send(unit.response({ message_id: id }));
  }
  setTimeout(receipt, mood.receiptAfter ?? 50);
}

/** Joins what a telephone would join. */
function keep(unit) {
  const header = unit.short_message.udh?.[0];
  const whole = (text, parts) =>
    sent.push({ to: unit.destination_addr, from: unit.source_addr, text, parts, coding: unit.data_coding });
  if (!header) return whole(unit.short_message.message.toString(), 1);
  const [reference, total, number] = [...header].slice(-3);
  const key = `${unit.destination_addr} ${reference}`;
  const parts = begun.get(key) ?? {};
  parts[number] = unit.short_message.message.toString();
  begun.set(key, parts);
  if (Object.keys(parts).length === total) {
    begun.delete(key);
    whole(Object.keys(parts).sort((a, b) => a - b).map((n) => parts[n]).join(''), total);
  }
}

const first = () => [...sessions][0];

/** Sends a unit, and again on the next connection where it was not acknowledged. */
function deliver(session, unit, cut) {
  return new Promise((done) => {
    if (!session) {
      unheard.push(unit);
      return done('no line');
    }
    let heard = false;
    const lost = () => {
      if (heard) return;
      heard = true;
      unheard.push(unit);
      done('lost');
    };
    session.once('close', lost);
    session.deliver_sm({ ...unit }, (answer) => {
      if (cut) return session.destroy();
      if (heard) return;
      heard = true;
      session.off('close', lost);
      if (answer.command_status === smpp.ESME_ROK) return done('kept');
      setTimeout(() => { unheard.push(unit); again(); }, 200);
      done('put off');
    });
  });
}

function again() {
  const session = first();
  if (session) for (const unit of unheard.splice(0)) deliver(session, unit, false);
}

function units({ from, text, parts, order, unicode }) {
  const base = { source_addr: from, destination_addr: '1708', data_coding: unicode ? 8 : 0 };
  if (!parts) return [{ ...base, short_message: text }];
  const reference = (references = (references + 1) % 256);
  const all = parts.map((message, n) => ({
    ...base,
    esm_class: 0x40,
    short_message: { udh: Buffer.from([5, 0, 3, reference, parts.length, n + 1]), message },
  }));
  return (order ?? all.map((_, n) => n)).map((n) => all[n]);
}

async function said(asked) {
  const outcomes = [];
  for (const unit of units(asked)) outcomes.push(await deliver(first(), unit, asked.cut));
  return { outcome: outcomes.at(-1) };
}

async function flood({ count, rate }) {
  const begin = Date.now();
  const outcomes = {};
  const waiting = [];
  for (let n = 0; n < count; n += 1) {
    const due = begin + (n * 1000) / rate;
    if (due > Date.now()) await new Promise((go) => setTimeout(go, due - Date.now()));
    const from = `62811${String(10000000 + n)}`;
    const unit = { source_addr: from, destination_addr: '1708', short_message: `Lampu jalan nomor ${n} padam di Kota Banjarbaru` };
    const asked = Date.now();
    waiting.push(deliver(first(), unit, false).then((outcome) => {
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      return Date.now() - asked;
    }));
  }
  const times = (await Promise.all(waiting)).sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return { outcomes, seconds: (Date.now() - begin) / 1000, p50: at(0.5), p99: at(0.99), longest: times.at(-1) };
}

const control = http.createServer(async (request, response) => {
  let body = '';
  for await (const piece of request) body += piece;
  const asked = body ? JSON.parse(body) : {};
  const answers = {
    '/deliver': () => said(asked),
    '/flood': () => flood(asked),
    '/sent': () => sent,
    '/mood': () => (mood = { ...asked }),
    '/cut': () => { sessions.forEach((session) => session.destroy()); return {}; },
    '/lines': () => ({ up: sessions.size }),
  };
  const text = JSON.stringify((await answers[request.url]?.()) ?? null);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
});

server.listen(smppPort, '127.0.0.1', () => {
  control.listen(httpPort, '127.0.0.1', () => {
    console.log(`${server.address().port} ${control.address().port}`);
  });
});
