// Telegram and WhatsApp as their published descriptions have them, for tests (Node.js, no packages):
//
//     node scripts/chat-service/serve.mjs [PORT]
//
// Prints its port. The Bot API is served at /bot<token>/…, files at /file/bot<token>/…, the Cloud API at /v23.0/….
// Requests are held against the descriptions (https://core.telegram.org/bots/api,
// https://developers.facebook.com/docs/whatsapp/cloud-api): what they do not allow is refused as there. What is posted
// brings the secret or the signature, and is posted again until it is taken, as both services do. People are played by:
//
//     POST /play/write {"service": "telegram", "from": 90210, "text": "…", "photos": 1, "point": [-3.44, 114.83],
//                       "again": true}          somebody writes; "again": the same is posted twice
//     POST /play/touch {"service": …, "from": …, "label": "Ya, selesai"}    touches a button of the last message
//     GET  /play/sent                           what people received, in order
//     GET  /play/hook                           where Telegram posts
//     POST /play/mood {"throttle": 1, "mute": 1, "blocked": "90210", "window": true, "lost": true, "forge": true}
//     POST /play/whatsapp {"hook": "http://…"}  where WhatsApp posts, after the word was verified

import crypto from 'node:crypto';
import http from 'node:http';

const TOKEN = '1708:contoh';
const GRAPH = { version: 'v23.0', number: '1061708', token: 'kunci', secret: 'rahasia', verify: 'periksa' };
// The smallest picture there is: one pixel, as PNG.
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

const sent = [];
const hooks = {};
let mood = {};
let numbers = 1000;
let base = '';

const next = () => (numbers += 1);
const wait = (ms) => new Promise((go) => setTimeout(go, ms));

class Refusal extends Error {
  constructor(status, body) { super(JSON.stringify(body)); Object.assign(this, { status, body }); }
}

function must(fits, refusal) {
  if (!fits) throw refusal;
}

/** Posts until it is taken: a service does not forget. */
async function post(service, body, again) {
  const text = JSON.stringify(body);
  const headers = { 'content-type': 'application/json' };
  if (service === 'telegram') headers['x-telegram-bot-api-secret-token'] = mood.forge ? 'lain' : hooks.secret;
  else {
    const key = mood.forge ? 'lain' : GRAPH.secret;
    headers['x-hub-signature-256'] = `sha256=${crypto.createHmac('sha256', key).update(text).digest('hex')}`;
  }
  let answer;
  for (let n = 0; n < 200; n += 1) {
    try {
      answer = await fetch(hooks[service], { method: 'POST', headers, body: text });
      if (answer.ok || mood.forge) break;
    } catch { /* nobody is there */ }
    await wait(100);
  }
  if (again) await post(service, body, false);
  const said = await answer?.text();
  return { status: answer?.status ?? 0, body: said };
}

function update(from, part) {
  const person = { id: from, is_bot: false, first_name: 'Contoh' };
  const message = { message_id: next(), from: person, chat: { id: from, type: 'private', first_name: 'Contoh' }, date: 1764000000, ...part };
  return { update_id: next(), message };
}

function value(part) {
  const metadata = { display_phone_number: '1708', phone_number_id: GRAPH.number };
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: '17', changes: [{ field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...part } }] }],
  };
}

function inbound(from, part) {
  return value({
    contacts: [{ profile: { name: 'Contoh' }, wa_id: from }],
    messages: [{ from, id: `wamid.${next()}`, timestamp: '1764000000', ...part }],
  });
}

async function write({ service, from, text, photos = 0, point, again }) {
  let answer = { status: 0 };
  const telegram = service === 'telegram';
  const parts = [];
  for (let n = 0; n < photos; n += 1) {
    const caption = n === 0 ? text : undefined;
    const id = String(next());
    parts.push(telegram
      ? { photo: [{ file_id: `k${id}`, file_size: 9 }, { file_id: id, file_size: PIXEL.length }], caption }
      : { type: 'image', image: { id, mime_type: 'image/png', caption } });
  }
  if (point) {
    const [latitude, longitude] = point;
    parts.push(telegram ? { location: { latitude, longitude } } : { type: 'location', location: { latitude, longitude } });
  }
  if (parts.length === 0) parts.push(telegram ? { text } : { type: 'text', text: { body: text } });
  for (const part of parts) {
    answer = await post(service, telegram ? update(from, part) : inbound(String(from), part), again);
  }
  return answer;
}

async function touch({ service, from, label }) {
  const shown = sent.findLast((one) => one.service === service && one.to === String(from) && one.buttons.length);
  const button = shown?.buttons.find((one) => one.label === label);
  if (!button) return { status: 0, buttons: shown?.buttons ?? [] };
  if (service === 'telegram') {
    const id = String(next());
    const query = { id, from: { id: from, is_bot: false, first_name: 'Contoh' }, data: button.says };
    return post(service, { update_id: next(), callback_query: query });
  }
  const reply = { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: button.says, title: label } } };
  return post(service, inbound(String(from), reply));
}

function keep(service, to, text, buttons, more) {
  sent.push({ service, to: String(to), text, buttons, ...more });
}

const bad = (description) => new Refusal(400, { ok: false, error_code: 400, description: `Bad Request: ${description}` });

function telegram(method, wish) {
  if (method === 'setWebhook') {
    must(typeof wish.url === 'string', bad('url'));
    must(/^[A-Za-z0-9_-]{1,256}$/.test(wish.secret_token), bad('secret_token'));
    Object.assign(hooks, { telegram: wish.url, secret: wish.secret_token });
    if (hooks.instead) hooks.telegram = hooks.instead + new URL(wish.url).pathname;
    return { ok: true, result: true };
  }
  if (method === 'getFile') {
    must(typeof wish.file_id === 'string', bad('file_id'));
    must(!mood.lost, bad('wrong file_id'));
    return { ok: true, result: { file_id: wish.file_id, file_path: `photos/${wish.file_id}.png` } };
  }
  must(method === 'sendMessage', new Refusal(404, { ok: false, error_code: 404, description: 'Not Found' }));
  must(Number.isInteger(wish.chat_id), bad('chat_id'));
  must(typeof wish.text === 'string' && wish.text && [...wish.text].length <= 4096, bad('message text'));
  if (mood.blocked === String(wish.chat_id)) {
    throw new Refusal(403, { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' });
  }
  throttle({ ok: false, error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 1 } });
  const { inline_keyboard: inline, keyboard } = wish.reply_markup ?? {};
  const touched = (inline ?? []).flat();
  must(touched.every((one) => one.text && Buffer.byteLength(one.callback_data) <= 64), bad('BUTTON_DATA_INVALID'));
  const written = (keyboard ?? []).flat();
  must(written.every((one) => one.text), bad('keyboard'));
  const buttons = touched.map((one) => ({ label: one.text, says: one.callback_data }));
  keep('telegram', wish.chat_id, wish.text, buttons, { asksPlace: written.some((one) => one.request_location) });
  return { ok: true, result: { message_id: next(), date: 1764000000, chat: { id: wish.chat_id } } };
}

function throttle(body) {
  if (!(mood.throttle > 0)) return;
  mood.throttle -= 1;
  throw new Refusal(429, body);
}

const fault = (status, code) => new Refusal(status, { error: { message: `(#${code})`, type: 'OAuthException', code } });

function graph(method, path, wish) {
  if (method === 'GET') {
    must(!mood.lost, fault(400, 100));
    return { url: `${base}/media/${path}`, mime_type: 'image/png', id: path, messaging_product: 'whatsapp' };
  }
  must(path === `${GRAPH.number}/messages`, fault(404, 100));
  must(wish.messaging_product === 'whatsapp' && typeof wish.to === 'string', fault(400, 100));
  throttle({ error: { message: 'Rate limit hit', type: 'OAuthException', code: 130429 } });
  if (mood.window && wish.type !== 'template') throw fault(400, 131047);
  let text;
  let buttons = [];
  if (wish.type === 'text') {
    text = wish.text.body;
    must(text && [...text].length <= 4096, fault(400, 100));
  } else if (wish.type === 'interactive') {
    const { type, body, action } = wish.interactive;
    text = body.text;
    must(text && [...text].length <= 1024, fault(400, 131009));
    if (type === 'button') {
      must(action.buttons.length >= 1 && action.buttons.length <= 3, fault(400, 131009));
      buttons = action.buttons.map(({ reply }) => ({ label: reply.title, says: reply.id }));
      must(buttons.every((one) => one.label && [...one.label].length <= 20 && one.says.length <= 256), fault(400, 131009));
    } else must(type === 'location_request_message' && action.name === 'send_location', fault(400, 131009));
  } else {
    must(wish.type === 'template' && wish.template.language.code === 'id', fault(400, 132000));
    text = wish.template.components[0].parameters[0].text;
    must(!/[\n\t]| {4}/.test(text), fault(400, 132018));
  }
  const asksPlace = wish.interactive?.type === 'location_request_message';
  keep('whatsapp', wish.to, text, buttons, { asksPlace, template: wish.template?.name });
  const id = `wamid.${next()}`;
  const status = { id, status: 'delivered', recipient_id: wish.to, biz_opaque_callback_data: wish.biz_opaque_callback_data };
  setTimeout(() => post('whatsapp', value({ statuses: [status] })), 50);
  return { messaging_product: 'whatsapp', contacts: [{ input: wish.to, wa_id: wish.to }], messages: [{ id }] };
}

async function open({ hook }) {
  const challenge = String(next());
  const query = new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.verify_token': GRAPH.verify, 'hub.challenge': challenge });
  const answer = await fetch(`${hook}?${query}`);
  hooks.whatsapp = hook;
  return { verified: answer.ok && (await answer.text()) === challenge };
}

async function answer(request, body) {
  const { pathname: path } = new URL(request.url, base);
  const asked = () => (body ? JSON.parse(body) : {});
  const play = {
    '/play/write': () => write(asked()),
    '/play/touch': () => touch(asked()),
    '/play/sent': () => sent,
    '/play/hook': () => ({ telegram: hooks.telegram ?? null }),
    '/play/instead': () => Object.assign(hooks, { instead: asked().base, telegram: hooks.telegram && asked().base + new URL(hooks.telegram).pathname }),
    '/play/mood': () => (mood = asked()),
    '/play/whatsapp': () => open(asked()),
  }[path];
  if (play) return { json: await play() };
  if (path.startsWith(`/file/bot${TOKEN}/`) || path.startsWith('/media/')) {
    if (path.startsWith('/media/')) must(request.headers.authorization === `Bearer ${GRAPH.token}`, fault(401, 190));
    return { bytes: PIXEL };
  }
  if (path.startsWith(`/bot${TOKEN}/`)) return { json: telegram(path.split('/').pop(), asked()) };
  must(path.startsWith(`/${GRAPH.version}/`), new Refusal(404, { ok: false, error_code: 404, description: 'Not Found' }));
  must(request.headers.authorization === `Bearer ${GRAPH.token}`, fault(401, 190));
  return { json: graph(request.method, path.slice(GRAPH.version.length + 2), asked()) };
}

const server = http.createServer(async (request, response) => {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  let status = 200;
  let told;
  try {
    told = await answer(request, Buffer.concat(pieces).toString());
  } catch (refusal) {
    status = refusal.status ?? 500;
    told = { json: refusal.body ?? { error: String(refusal) } };
  }
  const lost = mood.mute > 0 && !request.url.startsWith('/play/');
  if (lost) {
    mood.mute -= 1;
    return response.destroy();
  }
  const bytes = told.bytes ?? Buffer.from(JSON.stringify(told.json ?? null));
  response.writeHead(status, { 'content-type': told.bytes ? 'image/png' : 'application/json', 'content-length': bytes.length });
  response.end(bytes);
});

server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  base = `http://127.0.0.1:${server.address().port}`;
  console.log(server.address().port);
});
