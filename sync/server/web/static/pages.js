// Makes the pages kinder where scripts run; every page works without.
(() => {
  "use strict";
  document.documentElement.classList.add("js");

  // What is typed into a form with data-draft outlives a dead connection and a closed tab, for a day.
  // It is forgotten on the page of data-done, which says that this very form was taken.
  const A_DAY_MS = 24 * 3600 * 1000;
  const RESTORED = "restored";
  const draftOf = (form) => "draft " + form.dataset.draft;
  const fieldsOf = (form) => [...form.elements].filter((one) => one.name
    && !["hidden", "file", "password"].includes(one.type));
  const keep = (form) => {
    const said = fieldsOf(form).map((one) => [one.name, one.value,
      ["checkbox", "radio"].includes(one.type) ? one.checked : null]);
    try { localStorage.setItem(draftOf(form), JSON.stringify({ at_ms: Date.now(), seen: form.dataset.seen, id: form.elements.id?.value, said })); } catch { return; }
    const sign = document.querySelector("[data-draft-sign]");
    if (sign) {
      const at = new Date().toTimeString().slice(0, 5);
      sign.hidden = false;
      sign.querySelector("span").textContent = sign.dataset.words.replace("{at}", at);
    }
  };
  const read = (key) => {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  };
  const letOldOnesGo = () => {
    let kept = [];
    try { kept = Object.keys(localStorage).filter((key) => key.startsWith("draft ")); } catch { return; }
    for (const key of kept) if (!(read(key)?.at_ms > Date.now() - A_DAY_MS)) localStorage.removeItem(key);
  };
  const restore = (form) => {
    const draft = read(draftOf(form));
    // A draft of an older state of the record is left alone: the server shows both.
    if (!draft || draft.seen !== form.dataset.seen) return;
    const follows = new CustomEvent("input", { bubbles: true, detail: RESTORED }); // for the preview
    setTimeout(() => form.dispatchEvent(follows));
    if (draft.id && form.elements.id) form.elements.id.value = draft.id;
    const fields = fieldsOf(form);
    draft.said.forEach(([name, value, checked], n) => {
      const one = fields[n];
      if (!one || one.name !== name) return;
      if (checked === null) one.value = value;
      else if (one.value === value) one.checked = checked;
    });
  };
  const forget = () => {
    const [draft, done] = (sessionStorage.getItem("sent") ?? "").split("\n");
    const said = new URLSearchParams(location.search).get("said");
    if (!done || `${location.pathname}?said=${said}` !== done) return;
    localStorage.removeItem(draft);
    sessionStorage.removeItem("sent");
  };

  const dress = () => {
    forget();
    letOldOnesGo();
    for (const form of document.querySelectorAll("form[data-draft]")) {
      if (form.dataset.dressed) continue;
      form.dataset.dressed = "1";
      restore(form);
      form.addEventListener("input", (event) => { if (event.detail !== RESTORED) keep(form); });
      form.addEventListener("submit", () => sessionStorage.setItem("sent", `${draftOf(form)}\n${form.dataset.done}`));
    }
  };
  document.addEventListener("DOMContentLoaded", dress);
  document.addEventListener("htmx:load", dress);
  document.addEventListener("htmx:sendError", () => {
    const sign = document.querySelector("[data-away]");
    if (sign) { sign.hidden = false; sign.focus?.(); }
  });
  document.addEventListener("click", (event) => {
    const ask = event.target.closest?.("[data-sure]");
    if (ask && !window.confirm(ask.dataset.sure)) event.preventDefault();
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
})();
