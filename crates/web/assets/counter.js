// Drafts of the counter: what an officer typed stays in this browser until it was sent, and what could not be sent for
// want of a line goes out under its own key when the line is back. Without this file the form works as it is.
(() => {
  "use strict";
  const DAYS = 3 * 24 * 3600 * 1000;
  const SHOWN = 15 * 60 * 1000;
  const SENDING = "counter-sending";
  let shelf, form, box, said, timer;

  const read = () => {
    try { return JSON.parse(localStorage.getItem(shelf)) || {}; } catch { return {}; }
  };
  const change = (key, draft) => {
    const drafts = read();
    for (const [old, { at, code }] of Object.entries(drafts)) {
      if (Date.now() - at > (code ? SHOWN : DAYS)) delete drafts[old];
    }
    if (draft) drafts[key] = draft; else delete drafts[key];
    try { localStorage.setItem(shelf, JSON.stringify(drafts)); } catch { /* full or forbidden */ }
  };
  const key = () => form.elements.namedItem("key");
  const fields = () => [...form.elements].filter((field) => field.name && !["file", "submit"].includes(field.type));
  const chosen = (field) => field.type !== "checkbox" || field.checked;

  // Files are never kept: a browser does not give them back.
  function keep(queued) {
    clearTimeout(timer);
    timer = 0;
    const typed = Object.fromEntries(fields().filter(chosen).map((field) => [field.name, field.value]));
    change(key().value, typed.text.trim() && { at: Date.now(), queued, fields: typed });
  }

  function put(typed) {
    for (const field of fields()) {
      if (field.type === "checkbox") field.checked = field.name in typed;
      else field.value = typed[field.name] ?? "";
      if (field.dataset.regions) field.dispatchEvent(new Event("change"));
    }
  }

  // An empty form under a key of its own.
  function next() {
    form.reset();
    key().value = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    fields().filter((field) => field.dataset.regions).forEach((field) => field.dispatchEvent(new Event("change")));
    form.querySelector("select, textarea").focus();
  }

  function say(text) {
    said.hidden = !text;
    said.querySelector("p").textContent = text;
  }

  // What came of a draft: `sent`, `waits` for the line, `login`, or `wrong`. The same key is the same report.
  async function send(name) {
    const draft = read()[name];
    if (!draft || draft.code) return "sent";
    if (!navigator.onLine) return "waits";
    let answer;
    try {
      answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(draft.fields) });
    } catch { return "waits"; }
    const path = new URL(answer.url).pathname;
    const code = /^\/desk\/loket\/(\d{10})$/.exec(path);
    if (answer.ok && code) {
      change(name, { at: Date.now(), code: code[1], fields: { text: draft.fields.text.slice(0, 80) } });
      return "sent";
    }
    if (answer.ok && answer.redirected && path === "/desk/loket") { change(name); return "sent"; }
    if (answer.status === 401 || path === "/desk/masuk") return "login";
    if (answer.status >= 500 || answer.status === 429) return "waits";
    change(name, { ...draft, queued: false, wrong: true });
    return "wrong";
  }

  async function sendQueued() {
    for (const [name, draft] of Object.entries(read())) {
      if (draft.queued && await send(name) === "login") { say(box.dataset.login); break; }
    }
    show();
  }

  function button(label, name, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button second small";
    made.textContent = label;
    const about = document.createElement("span");
    about.className = "unseen";
    about.textContent = " " + name;
    made.append(about);
    made.addEventListener("click", act);
    return made;
  }

  function line(name, draft) {
    const item = document.createElement("li");
    const part = document.createElement("div");
    const title = draft.fields.text.trim().slice(0, 80);
    const told = document.createElement("p");
    told.append(Object.assign(document.createElement("b"), { textContent: title }));
    const state = Object.assign(document.createElement("p"), { className: "small soft" });
    part.append(told, state);
    item.append(part);
    if (draft.code) {
      state.append(box.dataset.sent + " ", Object.assign(document.createElement("a"), { href: "/desk/loket/" + draft.code, textContent: draft.code }));
      return item;
    }
    state.textContent = draft.queued ? box.dataset.waits : draft.wrong ? box.dataset.wrong : box.dataset.unsent;
    const row = Object.assign(document.createElement("div"), { className: "buttons" });
    row.append(
      button(box.dataset.open, title, () => { keep(false); put(draft.fields); show(); form.scrollIntoView(); form.querySelector("textarea").focus(); }),
      button(box.dataset.send, title, async () => {
        change(name, { ...draft, queued: true });
        say({ waits: box.dataset.kept, login: box.dataset.login, wrong: box.dataset.wrong }[await send(name)] || "");
        show();
      }),
      button(box.dataset.delete, title, () => { if (confirm(box.dataset.sure)) { change(name); show(); } }),
    );
    part.append(row);
    return item;
  }

  function show() {
    const others = Object.entries(read()).filter(([name]) => name !== key().value);
    others.sort(([, one], [, other]) => other.at - one.at);
    box.hidden = !others.length;
    box.querySelector("ul").replaceChildren(...others.map(([name, draft]) => line(name, draft)));
  }

  async function submit(event) {
    sessionStorage.setItem(SENDING, key().value);
    keep(false);
    const files = [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length);
    if (event.defaultPrevented || files) return;
    event.preventDefault();
    keep(true);
    const name = key().value;
    const went = await send(name);
    const code = read()[name]?.code;
    if (went === "sent") {
      change(name);
      location.assign(code ? "/desk/loket/" + code : "/desk/loket");
    } else if (went === "waits") {
      next();
      say(box.dataset.kept);
      show();
      setTimeout(() => form.querySelectorAll("button[disabled]").forEach((one) => { one.disabled = false; }), 50);
    } else {
      keep(went === "login");
      form.submit();
    }
  }

  function begin() {
    const receipt = document.querySelector("[data-receipt]");
    form = document.querySelector("form[data-counter]");
    if (!receipt && !form) return;
    shelf = "counter-" + (receipt?.dataset.receipt || form.dataset.counter);
    if (receipt) {
      change(sessionStorage.getItem(SENDING));
      sessionStorage.removeItem(SENDING);
      return;
    }
    box = document.getElementById("drafts");
    said = document.getElementById("drafts-said");
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => keep(false), 300); });
    form.addEventListener("submit", submit);
    sendQueued();
  }

  addEventListener("pagehide", () => { if (timer) keep(false); });
  addEventListener("online", () => { if (form?.isConnected) sendQueued(); });
  document.addEventListener("shown", begin);
  begin();
})();
