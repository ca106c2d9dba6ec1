// A centre between two of its customers: Lapor (1708) and a gateway behind which the telephones are, e.g. Kannel. It is made of
// the npm package `smpp`; what one of them submits is delivered to the other as it came, with its header and coding.
//
//     node scripts/sms-centre/switch.mjs [SMPP-PORT [HTTP-PORT]]
//
// Prints both ports. What the gateway hears is posted by it to the second: GET /heard?from=…&to=…&text=…, GET /receipt?…
//
//     GET /all     what was heard and receipted so far
//
// What was not acknowledged is kept and delivered on the next connection, as a centre does.

import http from 'node:http';
import smpp from 'smpp';

const PASSWORDS = { lapor: 'rahasia', telepon: 'rahasia' };
const sessions = {};
const unheard = { lapor: [], telepon: [] };
const seen = { heard: [], receipts: [] };
let messages = 0;

const server = smpp.createServer({}, (session) => {
  let name;
  session.setMaxListeners(0);
  session.on('error', () => {});
  session.on('close', () => { if (sessions[name] === session) delete sessions[name]; });
  session.on('bind_transceiver', (unit) => {
    const known = PASSWORDS[unit.system_id] === unit.password;
    session.send(unit.response({ command_status: known ? smpp.ESME_ROK : smpp.ESME_RINVPASWD }));
    if (!known) return;
    name = unit.system_id;
    sessions[name] = session;
    for (const [unit, done] of unheard[name].splice(0)) deliver(name, unit, done);
  });
  session.on('enquire_link', (unit) => session.send(unit.response()));
  session.on('unbind', (unit) => { session.send(unit.response()); session.close(); });
  session.on('submit_sm', (unit) => {
    const id = String((messages += 1));
    session.send(unit.response({ message_id: id }));
    const { source_addr, source_addr_ton, source_addr_npi, destination_addr, dest_addr_ton, dest_addr_npi } = unit;
    const { data_coding } = unit;
    const short_message = packed(unit.short_message);
    const esm_class = unit.esm_class & 0x40;
    const addresses = { source_addr, source_addr_ton, source_addr_npi, destination_addr, dest_addr_ton, dest_addr_npi };
    deliver(name === 'lapor' ? 'telepon' : 'lapor', { ...addresses, data_coding, esm_class, short_message }, () => {
      if (unit.registered_delivery & 1) receipt(name, unit, id);
    });
  });
});

/** The header of a part comes taken to pieces. */
function packed({ udh, message }) {
  if (!udh?.length) return { message };
  const elements = Buffer.concat(udh);
  return { udh: Buffer.concat([Buffer.from([elements.length]), elements]), message };
}

/** Tells a customer that what it submitted has arrived. */
function receipt(name, unit, id) {
  deliver(name, {
    source_addr: unit.destination_addr,
    destination_addr: unit.source_addr,
    esm_class: 4,
    short_message: `id:${id} sub:001 dlvrd:001 submit date:2611090910 done date:2611090911 stat:DELIVRD err:000 text:`,
    receipted_message_id: id,
    message_state: 2,
    ...(unit.user_message_reference === undefined ? {} : { user_message_reference: unit.user_message_reference }),
  }, () => {});
}

function deliver(name, unit, done) {
  const session = sessions[name];
  if (!session) return unheard[name].push([unit, done]);
  let settled = false;
  const lost = () => { if (!settled) { settled = true; unheard[name].push([unit, done]); } };
  session.once('close', lost);
  session.deliver_sm({ ...unit }, (answer) => {
    if (settled) return;
    settled = true;
    session.off('close', lost);
    if (answer.command_status === smpp.ESME_ROK) return done();
    setTimeout(() => deliver(name, unit, done), 200);
  });
}

const control = http.createServer((request, response) => {
  const url = new URL(request.url, 'http://127.0.0.1');
  const told = Object.fromEntries(url.searchParams);
  if (url.pathname === '/heard') seen.heard.push(told);
  if (url.pathname === '/receipt') seen.receipts.push(told);
  const text = url.pathname === '/all' ? JSON.stringify({ ...seen, up: Object.keys(sessions) }) : '';
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(text);
});

const [smppPort = 0, httpPort = 0] = process.argv.slice(2).map(Number);
server.listen(smppPort, '127.0.0.1', () => {
  control.listen(httpPort, '127.0.0.1', () => console.log(`${server.address().port} ${control.address().port}`));
});
