// X as the published description of its API (version 2, https://docs.x.com/x-api) has it, for tests (Node.js, no packages):
//
//     node scripts/x-service/serve.mjs [PORT]
//
// Prints its port. Each request is held against the description: path, parameters with their ranges and names, bodies; and
// against OAuth 1.0a (RFC 5849), whose signature is worked out here by itself. What is not allowed is refused as there. Answers
// carry the headers of limits. People are played by:
//
//     POST /play/post {"from": "90210", "text": "@lapor1708 #lapor …", "photos": 1, "reply": "id", "edits": "id"}   the id
//     POST /play/direct {"from": "90210", "text": "…", "photos": 1}
//     POST /play/delete {"id": "…"}
//     GET  /play/sent                      what the account said, in order: {"to", "text", "post"} or {"to", "text"}
//     GET  /play/wrong                     requests that the description does not allow
//     POST /play/mood {"mute": 1, "refuse": 503, "left": 1, "closed": "90210"}
//          mute: the next posts and messages are taken and their answers lost; refuse: everything is refused so;
//          left: so many requests to each endpoint until its limit; closed: who takes no messages

import crypto from 'node:crypto';
import http from 'node:http';

const USER = '1708';
const KEYS = { consumer: 'kunci-aplikasi', consumerSecret: 'rahasia aplikasi', token: '1708-kunci', tokenSecret: 'rahasia&akun' };
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const WINDOW = 900;

const posts = [];
const events = [];
const sent = [];
const wrong = [];
const used = {};
const nonces = new Set();
let mood = {};
let base = '';
let numbers = 1990000000000000000n;

const next = () => String((numbers += 7n));
const now = () => new Date().toISOString();
const number = (id) => BigInt(id);

class Refusal extends Error {
  constructor(status, title, detail, headers = {}) {
    super(detail);
    Object.assign(this, { status, headers, body: { title, detail, status, type: 'about:blank' } });
  }
}

const invalid = (detail) => {
  wrong.push(detail);
  return new Refusal(400, 'Invalid Request', detail);
};

// What the description says of the parameters that are used here.
const id = { fits: /^[0-9]{1,19}$/ };
const token = { fits: /^[A-Za-z0-9_-]{6,}$/ };
const list = (...names) => ({ names });
const range = (least, most) => ({ least, most });
const POST_FIELDS = list('article', 'attachments', 'author_id', 'card_uri', 'community_id', 'context_annotations', 'conversation_id', 'created_at', 'display_text_range', 'edit_controls', 'edit_history_tweet_ids', 'entities', 'geo', 'id', 'in_reply_to_user_id', 'lang', 'media_metadata', 'note_tweet', 'possibly_sensitive', 'public_metrics', 'referenced_tweets', 'reply_settings', 'scopes', 'source', 'text', 'withheld');
const EXPANSIONS = list('article.cover_media', 'article.media_entities', 'attachments.media_keys', 'attachments.media_source_tweet', 'attachments.poll_ids', 'author_id', 'edit_history_tweet_ids', 'entities.mentions.username', 'geo.place_id', 'in_reply_to_user_id', 'entities.note.mentions.username', 'referenced_tweets.id', 'referenced_tweets.id.author_id');
const MEDIA_FIELDS = list('alt_text', 'duration_ms', 'height', 'media_key', 'preview_image_url', 'public_metrics', 'type', 'url', 'variants', 'width');
const PLACE_FIELDS = list('contained_within', 'country', 'country_code', 'full_name', 'geo', 'id', 'name', 'place_type');
const OF_POSTS = { 'tweet.fields': POST_FIELDS, expansions: EXPANSIONS, 'media.fields': MEDIA_FIELDS, 'place.fields': PLACE_FIELDS };
const OF_EVENTS = {
  'dm_event.fields': list('attachments', 'created_at', 'dm_conversation_id', 'entities', 'event_type', 'id', 'participant_ids', 'referenced_tweets', 'sender_id', 'text'),
  event_types: list('MessageCreate', 'ParticipantsJoin', 'ParticipantsLeave'),
  expansions: list('attachments.media_keys', 'participant_ids', 'referenced_tweets.id', 'sender_id'),
  'media.fields': MEDIA_FIELDS,
  max_results: range(1, 100),
  pagination_token: token,
};
const TIMELINE = { ...OF_POSTS, max_results: range(5, 100), since_id: id, until_id: id, pagination_token: token };

const ENDPOINTS = [
  ['GET', /^\/2\/users\/(\d+)\/mentions$/, TIMELINE, mentions],
  ['GET', /^\/2\/users\/(\d+)\/tweets$/, TIMELINE, own],
  ['GET', /^\/2\/users\/me$/, {}, () => ({ data: { id: USER, name: 'LAPOR!', username: 'lapor1708' } })],
  ['GET', /^\/2\/tweets$/, { ...OF_POSTS, ids: { all: /^[0-9]{1,19}$/, most: 100, needed: true } }, lookup],
  ['POST', /^\/2\/tweets$/, {}, reply],
  ['GET', /^\/2\/dm_events$/, OF_EVENTS, (_, query) => conversation(events, query)],
  ['GET', /^\/2\/dm_conversations\/with\/(\d+)\/dm_events$/, OF_EVENTS, (user, query) => conversation(events.filter((one) => one.with === user), query)],
  ['POST', /^\/2\/dm_conversations\/with\/(\d+)\/messages$/, {}, direct],
];

function check(allowed, query) {
  for (const [name, value] of query) {
    const rule = allowed[name];
    if (!rule) throw invalid(`the parameter ${name} is not described`);
    const values = value.split(',');
    if (rule.fits && !rule.fits.test(value)) throw invalid(`${name}: ${value}`);
    if (rule.names && !values.every((one) => rule.names.includes(one))) throw invalid(`${name}: ${value}`);
    if (rule.all && (!values.every((one) => rule.all.test(one)) || values.length > rule.most)) throw invalid(`${name}: ${value}`);
    if (rule.least && !(Number(value) >= rule.least && Number(value) <= rule.most)) throw invalid(`${name}: ${value}`);
  }
  for (const [name, rule] of Object.entries(allowed)) {
    if (rule.needed && !query.has(name)) throw invalid(`${name} is needed`);
  }
}

const encode = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Whether a request is signed with the keys of the account. */
function proved(request, url) {
  const header = request.headers.authorization ?? '';
  if (!header.startsWith('OAuth ')) return false;
  const given = Object.fromEntries(header.slice(6).split(/,\s*/).map((part) => {
    const [name, value] = part.split('=', 2);
    return [name, decodeURIComponent(value.replace(/^"|"$/g, ''))];
  }));
  const { oauth_signature: signature, ...rest } = given;
  const fresh = Math.abs(Date.now() / 1000 - Number(rest.oauth_timestamp)) < 300 && !nonces.has(rest.oauth_nonce);
  const known = rest.oauth_consumer_key === KEYS.consumer && rest.oauth_token === KEYS.token;
  const method = rest.oauth_signature_method === 'HMAC-SHA1' && rest.oauth_version === '1.0';
  const pairs = [...Object.entries(rest), ...url.searchParams].map(([name, value]) => [encode(name), encode(value)]);
  pairs.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : 1));
  const text = [request.method, encode(url.origin + url.pathname), encode(pairs.map((pair) => pair.join('=')).join('&'))].join('&');
  const key = `${encode(KEYS.consumerSecret)}&${encode(KEYS.tokenSecret)}`;
  const right = crypto.createHmac('sha1', key).update(text).digest('base64');
  nonces.add(rest.oauth_nonce);
  return fresh && known && method && signature === right;
}

/** Counts a request to an endpoint, and refuses what is too much. */
function limit(name) {
  const state = (used[name] ??= { left: mood.left ?? 300, reset: Math.floor(Date.now() / 1000) + (mood.window ?? WINDOW) });
  if (Date.now() / 1000 >= state.reset) Object.assign(state, { left: 300, reset: Math.floor(Date.now() / 1000) + WINDOW });
  state.left -= 1;
  const headers = { 'x-rate-limit-limit': '300', 'x-rate-limit-remaining': String(Math.max(state.left, 0)), 'x-rate-limit-reset': String(state.reset) };
  if (state.left < 0) {
    wrong.push(`${name} was asked although its limit was used up`);
    throw new Refusal(429, 'Too Many Requests', 'Too Many Requests', headers);
  }
  return headers;
}

function shown(post) {
  const { gone, newest, bare, ...rest } = post;
  return rest;
}

function included(found) {
  const media = found.flatMap((one) => (one.attachments?.media_keys ?? []).map((key) => ({ media_key: key, type: 'photo', url: `${base}/media/${key}.png` })));
  return media.length ? { includes: { media } } : {};
}

function paged(found, query) {
  const since = query.get('since_id');
  const fresh = found.filter((one) => !since || number(one.id) > number(since)).sort((a, b) => (number(a.id) < number(b.id) ? 1 : -1));
  // Small pages, so that there are several.
  const size = Math.min(Number(query.get('max_results') ?? 10), 5);
  const from = query.has('pagination_token') ? Number(query.get('pagination_token').slice(7)) : 0;
  const page = fresh.slice(from, from + size);
  const meta = { result_count: page.length };
  if (from + size < fresh.length) meta.next_token = `halaman${from + size}`;
  return { ...(page.length ? { data: page.map(shown) } : {}), ...included(page), meta };
}

function mentions(user, query) {
  if (user !== USER) throw invalid('another account');
  return paged(posts.filter((post) => !post.gone && !post.newest && /@lapor1708\b/i.test(post.text)), query);
}

function own(user, query) {
  if (user !== USER) throw invalid('another account');
  return paged(posts.filter((post) => post.author_id === USER), query);
}

function lookup(_, query) {
  const asked = query.get('ids').split(',');
  const found = asked.map((one) => posts.find((post) => post.id === one && !post.gone)).filter(Boolean);
  const missing = asked.filter((one) => !found.some((post) => post.id === one));
  const errors = missing.map((one) => ({ value: one, resource_id: one, parameter: 'ids', resource_type: 'tweet', title: 'Not Found Error', detail: `Could not find tweet with ids: [${one}].`, type: 'https://api.twitter.com/2/problems/resource-not-found' }));
  return { ...(found.length ? { data: found.map(shown) } : {}), ...included(found), ...(errors.length ? { errors } : {}) };
}

/** As https://docs.x.com/fundamentals/counting-characters has it. */
function weight(text) {
  const light = (code) => code <= 4351 || (code >= 8192 && code <= 8205) || (code >= 8208 && code <= 8223) || (code >= 8242 && code <= 8247);
  const plain = text.normalize('NFC').replace(/https?:\/\/\S+/g, 'x'.repeat(23));
  return [...plain].reduce((sum, sign) => sum + (light(sign.codePointAt(0)) ? 1 : 2), 0);
}

function reply(_, query, wish) {
  const known = ['text', 'reply'];
  if (Object.keys(wish).some((name) => !known.includes(name))) throw invalid('a body that is not described');
  if (typeof wish.text !== 'string' || !wish.text || weight(wish.text) > 280) throw invalid(`the text weighs ${weight(wish.text ?? '')}`);
  if (!id.fits.test(wish.reply?.in_reply_to_tweet_id ?? '')) throw invalid('in_reply_to_tweet_id');
  const to = posts.find((post) => post.id === wish.reply.in_reply_to_tweet_id && !post.gone);
  if (!to) throw new Refusal(403, 'Forbidden', 'You attempted to reply to a Tweet that is deleted or not visible to you.');
  if (posts.some((post) => post.author_id === USER && post.bare === wish.text && post.referenced_tweets[0].id === to.id)) {
    throw new Refusal(403, 'Forbidden', 'You are not allowed to create a Tweet with duplicate content.');
  }
  const one = add({ author_id: USER, text: `@orang ${wish.text.replace(/https?:\/\/\S+/g, 'https://t.co/abc')}`, bare: wish.text, to });
  sent.push({ to: to.author_id, text: wish.text, post: to.id, id: one.id });
  return { status: 201, data: { id: one.id, text: one.text, edit_history_tweet_ids: [one.id] } };
}

function add({ author_id, text, bare, to, editions = [], attachments }) {
  const id = next();
  const root = to ? { conversation_id: to.conversation_id, in_reply_to_user_id: to.author_id, referenced_tweets: [{ type: 'replied_to', id: to.id }] } : { conversation_id: id };
  const one = { id, author_id, text, created_at: now(), edit_history_tweet_ids: [...editions, id], ...root, ...(attachments ? { attachments } : {}), ...(bare ? { bare } : {}) };
  posts.push(one);
  return one;
}

function conversation(found, query) {
  return paged(found.map(({ with: _, ...event }) => event), query);
}

function direct(user, query, wish) {
  if (Object.keys(wish).some((name) => !['text', 'attachments'].includes(name))) throw invalid('a body that is not described');
  if (typeof wish.text !== 'string' || !wish.text || [...wish.text].length > 10000) throw invalid('text');
  if (mood.closed === user) throw new Refusal(403, 'Forbidden', 'You do not have permission to DM one or more participants.');
  const event = say(USER, user, wish.text);
  sent.push({ to: user, text: wish.text });
  return { status: 201, data: { dm_conversation_id: event.dm_conversation_id, dm_event_id: event.id } };
}

function say(from, other, text, attachments) {
  const [a, b] = [USER, other].sort((x, y) => Number(x) - Number(y));
  const event = { id: next(), event_type: 'MessageCreate', text, sender_id: from, dm_conversation_id: `${a}-${b}`, created_at: now(), ...(attachments ? { attachments } : {}), with: other };
  events.push(event);
  return event;
}

const keys = (count = 0) => (count ? { media_keys: Array.from({ length: count }, () => `3_${next()}`) } : undefined);

const PLAY = {
  '/play/post': ({ from, text, photos, reply: to, edits }) => {
    const before = edits && posts.find((post) => post.id === edits);
    const answered = (to ?? before?.referenced_tweets?.[0]?.id) && posts.find((post) => post.id === (to ?? before.referenced_tweets[0].id));
    const one = add({ author_id: from, text, to: answered, editions: before?.edit_history_tweet_ids, attachments: before?.attachments ?? keys(photos) });
    if (before) {
      posts.filter((post) => one.edit_history_tweet_ids.includes(post.id)).forEach((post) => (post.edit_history_tweet_ids = one.edit_history_tweet_ids));
      before.newest = one.id;
    }
    return { id: one.id };
  },
  '/play/direct': ({ from, text, photos }) => ({ id: say(from, from, text, keys(photos)).id }),
  '/play/delete': ({ id: gone }) => {
    posts.filter((post) => post.edit_history_tweet_ids.includes(gone)).forEach((post) => (post.gone = true));
    return {};
  },
  '/play/sent': () => sent,
  '/play/wrong': () => wrong,
  '/play/mood': (wish) => {
    mood = wish;
    Object.keys(used).forEach((name) => delete used[name]);
    return {};
  },
};

function answer(request, url, body) {
  if (url.pathname.startsWith('/media/')) {
    if (!proved(request, url)) throw new Refusal(401, 'Unauthorized', 'Unauthorized');
    return { bytes: PIXEL };
  }
  if (mood.refuse) throw new Refusal(mood.refuse, 'Service Unavailable', 'Service Unavailable');
  const found = ENDPOINTS.find(([method, path]) => method === request.method && path.test(url.pathname));
  if (!found) throw new Refusal(404, 'Not Found', wrong.push(`${request.method} ${url.pathname}`) && 'Not Found');
  if (!proved(request, url)) throw new Refusal(401, 'Unauthorized', wrong.push(`${url.pathname} is not signed`) && 'Unauthorized');
  const [method, path, allowed, act] = found;
  const headers = limit(`${method} ${path}`);
  check(allowed, url.searchParams);
  const wish = body ? JSON.parse(body) : {};
  const { status, ...json } = act(path.exec(url.pathname)[1], url.searchParams, wish);
  return { status, headers, json, lose: method === 'POST' && mood.mute > 0 && mood.mute-- > 0 };
}

const server = http.createServer(async (request, response) => {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  const body = Buffer.concat(pieces).toString();
  const url = new URL(request.url, base);
  let told;
  try {
    const play = PLAY[url.pathname];
    told = play ? { json: play(body ? JSON.parse(body) : {}) } : answer(request, url, body);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) wrong.push(String(refusal.stack));
    told = { status: refusal.status ?? 500, headers: refusal.headers, json: refusal.body ?? { title: String(refusal) } };
  }
  if (told.lose) return response.destroy();
  const bytes = told.bytes ?? Buffer.from(JSON.stringify(told.json));
  response.writeHead(told.status ?? 200, { 'content-type': told.bytes ? 'image/png' : 'application/json', 'content-length': bytes.length, ...told.headers });
  return response.end(bytes);
});

server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  base = `http://127.0.0.1:${server.address().port}`;
  console.log(server.address().port);
});
