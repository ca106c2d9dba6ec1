// An OpenID Connect provider for the stories: node serve.mjs PORT REDIRECT_URI
// It lets in whoever types a name, without asking for a password, and vouches for NAME@contoh.go.id.
import Provider from "oidc-provider";

const [port, redirect] = process.argv.slice(2);

const form = `<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Penyedia uji</title><link rel="icon" href="data:,"></head>
<body><main><h1>Penyedia uji</h1><form method="post"><label for="name">Nama</label> <input id="name" name="name">
<button type="submit">Masuk</button></form></main></body></html>`;

const provider = new Provider(`http://localhost:${port}`, {
  clients: [
    {
      client_id: "lapor",
      client_secret: "rahasia-peragaan-untuk-uji-saja",
      redirect_uris: [redirect],
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  cookies: { keys: ["kunci peragaan"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@contoh.go.id`, email_verified: true }),
  }),
  loadExistingGrant: async (ctx) => {
    const { client, session } = ctx.oidc;
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope("openid email");
    await grant.save();
    return grant;
  },
});

const read = async (request) => {
  let text = "";
  for await (const chunk of request) text += chunk;
  return new URLSearchParams(text);
};

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith("/interaction/")) return next();
  if (ctx.method === "GET") {
    ctx.type = "html";
    ctx.body = form;
    return undefined;
  }
  const name = (await read(ctx.req)).get("name");
  ctx.respond = false;
  return provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: name } });
});

provider.listen(Number(port), "127.0.0.1");
