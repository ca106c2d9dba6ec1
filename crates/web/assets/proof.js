// While very many send, a form brings a riddle. It is solved while somebody writes; without a script, or where it takes too
// long, the form is sent all the same, and the report waits for a second look.
(() => {
  "use strict";
  const PATIENCE = 45000;
  const SLICE = 12;

  // SHA-256 (FIPS 180-4). The browser's own is told to other scripts only by HTTPS, and is slow for short texts.
  const primes = (count, root) => {
    const found = [];
    for (let n = 2; found.length < count; n += 1) {
      let prime = true;
      for (let d = 2; d * d <= n; d += 1) if (n % d === 0) { prime = false; break; }
      if (prime) found.push((Math.pow(n, root) * 0x100000000) | 0);
    }
    return found;
  };
  const START = primes(8, 1 / 2);
  const STEPS = primes(64, 1 / 3);
  const w = new Int32Array(64);

  // The first 32 bits of the digest of a short text of plain letters.
  function digest(text) {
    const length = text.length;
    const blocks = ((length + 8) >> 6) + 1;
    const words = new Int32Array(blocks * 16);
    for (let n = 0; n < length; n += 1) words[n >> 2] |= text.charCodeAt(n) << (24 - (n % 4) * 8);
    words[length >> 2] |= 0x80 << (24 - (length % 4) * 8);
    words[words.length - 1] = length * 8;
    let h = START;
    for (let block = 0; block < words.length; block += 16) {
      let [a, b, c, d, e, f, g, i] = h;
      for (let n = 0; n < 64; n += 1) {
        if (n < 16) {
          w[n] = words[block + n];
        } else {
          const x = w[n - 15], y = w[n - 2];
          const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
          const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
          w[n] = (w[n - 16] + s0 + w[n - 7] + s1) | 0;
        }
        const t1 = (i + (((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7)))
          + ((e & f) ^ (~e & g)) + STEPS[n] + w[n]) | 0;
        const t2 = ((((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10)))
          + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        i = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
      }
      h = [h[0] + a, h[1] + b, h[2] + c, h[3] + d, h[4] + e, h[5] + f, h[6] + g, h[7] + i].map((word) => word | 0);
    }
    return h[0] >>> 0;
  }

  // Solves a riddle in slices, so that the page stays quick; then calls back with the proof.
  function solve(text, parts, bits, done) {
    const found = [];
    const most = Math.pow(2, 32 - bits);
    let number = 0;
    const slice = () => {
      const until = Date.now() + SLICE;
      while (Date.now() < until) {
        for (let n = 0; n < 64; n += 1) {
          if (digest(text + ":" + found.length + ":" + number) < most) {
            found.push(number);
            number = 0;
            if (found.length === parts) return done(text + ";" + found.join(","));
          } else {
            number += 1;
          }
        }
      }
      setTimeout(slice);
    };
    slice();
  }

  function begin(form) {
    const { riddle, parts, bits } = form.dataset;
    const field = form.elements.proof;
    let begun = false;
    let sending = false;
    const start = () => {
      if (begun) return;
      begun = true;
      solve(riddle, Number(parts), Number(bits), (proof) => {
        field.value = proof;
        if (sending) form.requestSubmit();
      });
    };
    form.addEventListener("input", start);
    // Before the script of the page, which sends the form in place.
    document.addEventListener("submit", (event) => {
      if (event.target !== form || field.value) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (sending) return;
      sending = true;
      start();
      const said = form.querySelector("[data-riddle-work]");
      said.textContent = said.dataset.riddleWork;
      said.hidden = false;
      setTimeout(() => { if (!field.value) { field.value = "-"; form.requestSubmit(); } }, PATIENCE);
    }, true);
  }

  const all = () => document.querySelectorAll("form[data-riddle]").forEach((form) => {
    if (!("begun" in form.dataset)) { form.dataset.begun = ""; begin(form); }
  });
  all();
  document.addEventListener("shown", all);
})();
