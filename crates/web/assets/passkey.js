// Passkeys: asks the device, puts its answer into the form in view and sends it.
(() => {
  "use strict";
  const form = document.querySelector("form[data-passkey]");
  if (!form || !window.PublicKeyCredential || !navigator.credentials) return;
  const failed = document.querySelector("[data-passkey-failed]");
  document.querySelector("[data-passkey-box]").hidden = false;
  document.querySelector("[data-passkey-none]").hidden = true;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => buffer
    ? btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")
    : null;
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const make = async (wanted) => {
    wanted.user.id = bytes(wanted.user.id);
    wanted.excludeCredentials = known(wanted.excludeCredentials);
    const key = await navigator.credentials.create({ publicKey: wanted });
    const { response } = key;
    return [key, {
      attestationObject: text(response.attestationObject),
      clientDataJSON: text(response.clientDataJSON),
      transports: response.getTransports ? response.getTransports() : null,
    }];
  };
  const show = async (wanted) => {
    wanted.allowCredentials = known(wanted.allowCredentials);
    const key = await navigator.credentials.get({ publicKey: wanted });
    const { response } = key;
    return [key, {
      authenticatorData: text(response.authenticatorData),
      clientDataJSON: text(response.clientDataJSON),
      signature: text(response.signature),
      userHandle: text(response.userHandle),
    }];
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      const wanted = JSON.parse(form.dataset.options).publicKey;
      wanted.challenge = bytes(wanted.challenge);
      const [key, response] = await (form.dataset.passkey === "make" ? make : show)(wanted);
      const answer = { id: key.id, rawId: text(key.rawId), type: key.type, extensions: {}, response };
      form.elements.answer.value = JSON.stringify(answer);
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
})();
