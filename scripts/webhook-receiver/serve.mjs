// Another system that is told of reports: node serve.mjs
// It prints its port. Each message is checked with the secrets it was given, by an implementation that is not ours.
//   POST /secrets  ["whsec_…"]        the secrets of which one has to fit
//   POST /mood     {"status": 503, "mute": true, "slow": 200}   how it answers from now on
//   GET  /told     what was taken, in order: [{"id", "type", "data", "fits", "timestamp"}]
//   POST /hook     where messages come in
import { createServer } from "node:http";
import { Webhook } from "standardwebhooks";

let secrets = [];
let mood = {};
const told = [];

const read = async (request) => {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
};

const fits = (text, headers) =>
  secrets.some((secret) => {
    try {
      new Webhook(secret).verify(text, headers);
      return true;
    } catch {
      return false;
    }
  });

const hear = async (request, response) => {
  const text = await read(request);
  const { type, data, timestamp } = JSON.parse(text);
  const id = request.headers["webhook-id"];
  told.push({ id, type, data, timestamp, fits: fits(text, request.headers), body: text });
  if (mood.slow) await new Promise((resolve) => setTimeout(resolve, mood.slow));
  if (mood.mute) return request.socket.destroy();
  return response.writeHead(mood.status ?? 204, mood.headers ?? {}).end();
};

const server = createServer(async (request, response) => {
  const json = (value) => {
    const text = JSON.stringify(value);
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
    return response.writeHead(200, headers).end(text);
  };
  switch (`${request.method} ${request.url}`) {
    case "POST /hook":
      return hear(request, response);
    case "POST /secrets":
      secrets = JSON.parse(await read(request));
      return json({});
    case "POST /mood":
      mood = JSON.parse(await read(request));
      return json({});
    case "GET /told":
      return json(told);
    default:
      return response.writeHead(404).end();
  }
});

server.listen(0, "127.0.0.1", () => console.log(server.address().port));
