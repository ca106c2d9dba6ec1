// A centre that brings very many messages over one bind, for measurements (npm `smpp`):
//
//     node scripts/sms-centre/load.mjs PORT COUNT RATE BASE
//
// Message n is of the number 62811{BASE + n}. The clock of the senders does not wait: what is due while the line is down or
// the window full comes late, and its time is counted from when it was due. What was not acknowledged before the line fell
// comes again on the next one. Prints a line of JSON when all are acknowledged, and another when everybody has an answer,
// or after five minutes.

import smpp from 'smpp';

const WINDOW = 100;
const PATIENCE = 300_000;
const [port, count, rate, base] = process.argv.slice(2).map(Number);

const due = new Float64Array(count);
const times = [];
const again = [];
const answers = new Map();
const receipts = [];
let session;
let begun;
let next = 0;
let outstanding = 0;
let acknowledged = 0;
let repeated = 0;
let putOff = 0;
let ids = 0;

const server = smpp.createServer({}, (line) => {
  line.setMaxListeners(0);
  line.on('error', () => {});
  line.on('bind_transceiver', (unit) => {
    line.send(unit.response());
    session = line;
    outstanding = 0;
    begun ??= Date.now();
    receipts.splice(0).forEach(receipt);
  });
  line.on('close', () => { if (session === line) session = undefined; });
  line.on('enquire_link', (unit) => line.send(unit.response()));
  line.on('unbind', (unit) => { line.send(unit.response()); line.close(); });
  line.on('submit_sm', (unit) => {
    const id = (ids += 1).toString(16);
    line.send(unit.response({ message_id: id }));
    const number = Number(unit.destination_addr.slice(5)) - base;
    const header = unit.short_message.udh?.[0];
    // Of a long answer the first part counts.
    if (!header || header.at(-1) === 1) answers.set(number, (answers.get(number) ?? 0) + 1);
    receipt({
      source_addr: unit.destination_addr,
      destination_addr: unit.source_addr,
      esm_class: 4,
      short_message: `id:${id} sub:001 dlvrd:001 submit date:2611090910 done date:2611090911 stat:DELIVRD err:000 text:`,
      receipted_message_id: id,
      user_message_reference: unit.user_message_reference,
    });
  });
});

function receipt(unit) {
  if (!session) return receipts.push(unit);
  session.deliver_sm({ ...unit });
}

function bring(n) {
  const line = session;
  let settled = false;
  const lost = () => { if (!settled) { settled = true; repeated += 1; again.push(n); } };
  line.once('close', lost);
  outstanding += 1;
  const unit = {
    source_addr: `62811${base + n}`,
    destination_addr: '1708',
    short_message: `Lampu jalan nomor ${base + n} padam di Kota Banjarbaru`,
  };
  line.deliver_sm(unit, (answer) => {
    if (settled) return;
    settled = true;
    line.off('close', lost);
    outstanding -= 1;
    if (answer.command_status !== smpp.ESME_ROK) {
      putOff += 1;
      return setTimeout(() => again.push(n), 200);
    }
    acknowledged += 1;
    times.push(Date.now() - due[n]);
    if (acknowledged === count) told();
  });
}

function told() {
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  const seconds = (Date.now() - begun) / 1000;
  const figures = { acknowledged, repeated, putOff, seconds, p50: at(0.5), p95: at(0.95), p99: at(0.99), longest: times.at(-1) };
  console.log(JSON.stringify(figures));
  const end = Date.now() + PATIENCE;
  const wait = setInterval(() => {
    const doubled = [...answers.values()].filter((n) => n > 1).length;
    if (answers.size < count && Date.now() < end) return;
    clearInterval(wait);
    console.log(JSON.stringify({ answered: answers.size, doubled, seconds: (Date.now() - begun) / 1000 }));
    process.exit();
  }, 500);
}

setInterval(() => {
  if (begun === undefined) return;
  for (; next < count && begun + (next * 1000) / rate <= Date.now(); next += 1) {
    due[next] = begun + (next * 1000) / rate;
    again.push(next);
  }
  while (session && again.length > 0 && outstanding < WINDOW) bring(again.shift());
}, 2);

server.listen(port, '127.0.0.1', () => console.log('listening'));
