// Forms with data-passkey ask the device for a passkey before they are sent; without scripts the password does.
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const asked = (options) => {
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    for (const known of options.excludeCredentials || []) known.id = bytes(known.id);
    return { publicKey: options };
  };
  const answered = (found) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
      if (found.response[name]) response[name] = text(found.response[name]);
    return JSON.stringify({ id: found.id, rawId: text(found.rawId), type: found.type, clientExtensionResults: {}, response });
  };
  const show = (form, name) => {
    const sign = form.parentElement.querySelector(`[data-${name}]`);
    if (sign) sign.hidden = false;
  };
  const ask = async (form) => {
    const body = new URLSearchParams({ token: form.elements.token.value });
    try {
      const options = (await (await fetch(form.dataset.ask, { method: "POST", body })).json()).publicKey;
      form.elements.answer.value = answered(await navigator.credentials[form.dataset.passkey](asked(options)));
    } catch {
      show(form, "passkey-sorry");
      return;
    }
    form.requestSubmit();
  };
  // Before any other listener: a form without its answer is not sent, by no way.
  addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.passkey || form.elements.answer.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(form);
  }, true);
  const dress = () => {
    if (window.PublicKeyCredential) return;
    for (const form of document.querySelectorAll("form[data-passkey]")) { form.hidden = true; show(form, "no-passkeys"); }
  };
  document.addEventListener("DOMContentLoaded", dress);
  document.addEventListener("htmx:load", dress);
})();
