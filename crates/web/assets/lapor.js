// Lapor works without this file; with it, drafts survive, uploads show progress, and lists get shorter.
(() => {
  "use strict";
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const store = {
    get: (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden */ } },
    drop: (key) => { try { localStorage.removeItem(key); } catch { /* forbidden */ } },
  };
  const WEEK = 7 * 24 * 3600 * 1000;

  // Drafts: what was typed, never files, keys or consent; forgotten after a week or when sent.
  function keepDraft(form) {
    const key = "draft-" + form.dataset.draft;
    const kept = () => all("input, select, textarea", form)
      .filter((field) => field.name && !["file", "hidden", "submit"].includes(field.type));
    const draft = store.get(key);
    if (draft && !("refused" in form.dataset) && Date.now() - draft.at < WEEK) {
      for (const field of kept()) {
        const value = draft.fields[field.name];
        if (value === undefined || ("given" in form.dataset && field.value && !/radio|box/.test(field.type))) continue;
        if (field.type === "radio") field.checked = field.value === value;
        else if (field.type === "checkbox") field.checked = value;
        else field.value = value;
      }
    }
    let timer;
    const save = () => {
      if (!form.isConnected) return;
      const fields = {};
      for (const field of kept()) {
        if (field.type === "radio") { if (field.checked) fields[field.name] = field.value; }
        else if (field.type === "checkbox") fields[field.name] = field.checked;
        else if (field.value) fields[field.name] = field.value;
      }
      store.set(key, { at: Date.now(), fields });
    };
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 300); });
    addEventListener("pagehide", () => { if (timer) save(); });
  }

  // A chosen province leaves only its own regencies in the second list.
  function narrowRegencies(province) {
    const regency = document.getElementById(province.dataset.regions);
    if (!regency) return;
    const groups = all("optgroup", regency);
    const narrow = () => {
      const chosen = regency.value;
      for (const group of groups) {
        if (!province.value || group.dataset.code === province.value) regency.append(group);
        else group.remove();
      }
      regency.value = chosen;
      if (regency.selectedIndex < 0) regency.value = "";
    };
    province.addEventListener("change", narrow);
    regency.addEventListener("change", () => {
      const group = regency.selectedOptions[0]?.closest("optgroup");
      if (group && !province.value) { province.value = group.dataset.code; narrow(); }
    });
    narrow();
  }

  function locate(button) {
    const said = button.parentElement.querySelector("output");
    if (!navigator.geolocation) { button.hidden = true; return; }
    button.addEventListener("click", () => {
      button.disabled = true;
      const done = (text) => { said.textContent = text; button.disabled = false; };
      navigator.geolocation.getCurrentPosition(({ coords }) => {
        document.getElementById("lat").value = coords.latitude.toFixed(5);
        document.getElementById("lon").value = coords.longitude.toFixed(5);
        done(button.dataset.found);
      }, () => done(button.dataset.denied), { enableHighAccuracy: true, timeout: 15000 });
    });
  }

  function countLeft(area) {
    const left = document.createElement("output");
    left.className = "count";
    area.after(left);
    const count = () => {
      const rest = area.maxLength - [...area.value].length;
      left.textContent = rest < area.maxLength / 5 ? area.dataset.count.replace("#", rest) : "";
    };
    area.addEventListener("input", count);
    count();
  }

  // Sends a form with files in place, so that the progress can be shown; without files nothing changes.
  function showProgress(form) {
    const box = form.querySelector("[data-progress-box]");
    form.addEventListener("submit", (event) => {
      const buttons = all("button[type=submit]", form);
      const rest = () => { buttons.forEach((button) => { button.disabled = false; }); };
      const hasFiles = all("input[type=file]", form).some((input) => input.files.length);
      if (!hasFiles || !box || !window.FormData || form.dataset.plain) {
        setTimeout(() => buttons.forEach((button) => { button.disabled = true; }));
        setTimeout(rest, 8000);
        return;
      }
      event.preventDefault();
      const request = new XMLHttpRequest();
      const bar = box.querySelector("progress");
      const said = box.querySelector("output");
      const failed = () => { said.textContent = box.dataset.failed; rest(); form.dataset.plain = "1"; };
      request.upload.addEventListener("progress", ({ loaded, total }) => {
        bar.value = total ? (100 * loaded) / total : 0;
        said.textContent = Math.floor(bar.value) + "%";
      });
      request.addEventListener("load", () => {
        const answer = new DOMParser().parseFromString(request.responseText, "text/html");
        const main = answer.querySelector("main");
        if (!main) { failed(); return; }
        if (request.status < 400) history.pushState(null, "", request.responseURL);
        shown = place();
        document.title = answer.title;
        document.body.replaceWith(answer.body);
        start(document);
        (document.querySelector("#slips, [autofocus]") || main).focus();
        scrollTo(0, 0);
      });
      request.addEventListener("error", failed);
      buttons.forEach((button) => { button.disabled = true; });
      box.hidden = false;
      request.open("POST", form.action);
      request.send(new FormData(form));
    });
  }

  // Tells now and then that a report is open and whether something is being written; shows who else is there.
  function keepPresence(box) {
    const url = box.dataset.presence;
    const writing = () => all("main form textarea").some((area) => area.value !== area.defaultValue);
    const beat = async () => {
      if (!box.isConnected || document.hidden) return;
      try {
        const body = new URLSearchParams(writing() ? { writing: "1" } : {});
        const answer = await fetch(url, { method: "POST", body });
        if (!answer.ok || answer.redirected) return;
        const said = await answer.text();
        if (said !== box.textContent) box.textContent = said;
        box.hidden = !said;
      } catch { /* offline: the next one may arrive */ }
    };
    setInterval(beat, 45000);
    addEventListener("pagehide", () => navigator.sendBeacon(url, new URLSearchParams({ left: "1" })));
  }

  // Keys in the inbox: j and k walk, x picks, / searches; they can be switched off.
  function walkByKeys(queue) {
    const toggle = document.querySelector("[data-keys-switch]");
    if (toggle) {
      toggle.checked = store.get("keys") !== false;
      toggle.addEventListener("change", () => store.set("keys", toggle.checked));
    }
    const links = all("h3 a", queue);
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input:not([type=checkbox]), select, textarea");
      if (!queue.isConnected || typing || event.ctrlKey || event.metaKey || event.altKey || store.get("keys") === false) return;
      const at = links.findIndex((link) => link.closest("li").contains(document.activeElement));
      const to = { j: Math.min(at + 1, links.length - 1), k: Math.max(at - 1, 0) }[event.key];
      if (to !== undefined) links[to]?.focus();
      else if (event.key === "x" && at >= 0) links[at].closest("li").querySelector("input[name=code]")?.click();
      else if (event.key === "/") document.getElementById("q")?.focus();
      else return;
      event.preventDefault();
    });
  }

  function pickAll(button) {
    button.addEventListener("click", () => {
      const boxes = all(`input[name=code][form=${button.dataset.pickAll}]`);
      const every = boxes.every((box) => box.checked);
      boxes.forEach((box) => { box.checked = !every; });
    });
  }

  // The page in view; it differs from the address after going back past a form that was sent in place.
  const place = () => location.pathname + location.search;
  let shown = place();
  addEventListener("popstate", () => { if (place() !== shown) location.reload(); });

  function start(root) {
    if (document.body.dataset.sent) store.drop("draft-" + document.body.dataset.sent);
    all("form[data-draft]", root).forEach(keepDraft);
    all("[data-regions]", root).forEach(narrowRegencies);
    all("[data-locate]", root).forEach(locate);
    all("textarea[data-count]", root).forEach(countLeft);
    all("form[data-upload]", root).forEach(showProgress);
    all("[data-presence]", root).forEach(keepPresence);
    all("[data-keys]", root).forEach(walkByKeys);
    all("[data-pick-all]", root).forEach(pickAll);
    all("[data-print]", root).forEach((button) => button.addEventListener("click", () => print()));
    document.dispatchEvent(new Event("shown"));
  }

  document.documentElement.classList.add("js");
  start(document);
  addEventListener("pageshow", (event) => {
    if (event.persisted) all("button[disabled]").forEach((button) => { button.disabled = false; });
  });
})();
