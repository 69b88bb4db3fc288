// A half-filled sign-up comes back when the browser drops the page, as those inside apps do once one looks at one's mail.
// What was typed stays on this device for half an hour, never a password or a consent, and is gone once the code was confirmed.
"use strict";
(() => {
  const NAME = "patentry-draft", LIFE_MS = 30 * 60 * 1000;
  const FIELDS = ["contact", "name", "role", "enterprise_name", "credit_code", "code"];
  const form = document.querySelector("form[data-draft]"), restored = document.getElementById("restored");
  let kept;
  try {
    kept = window.localStorage;
    kept.getItem(NAME);
  } catch {
    return; // storage is switched off: the form works as it stands
  }
  const read = () => {
    try {
      const draft = JSON.parse(kept.getItem(NAME)) ?? {};
      const confirmed = draft.sent && !("underWay" in form.dataset);
      return Date.now() - draft.at < LIFE_MS && !confirmed ? draft : {};
    } catch {
      return {};
    }
  };
  const save = sent => {
    const typed = FIELDS.map(name => [name, form.elements[name].value]).filter(([, value]) => value !== "");
    try {
      if (typed.length) kept.setItem(NAME, JSON.stringify({ at: Date.now(), sent, ...Object.fromEntries(typed) }));
      else kept.removeItem(NAME);
    } catch { /* no room: the form works as it stands */ }
  };
  if (form.dataset.draft === "fresh") {
    const draft = read();
    for (const name of FIELDS) {
      const field = form.elements[name];
      if (field.value === "" && typeof draft[name] === "string") {
        field.value = draft[name];
        restored.hidden = false;
        field.closest("details")?.setAttribute("open", "");
      }
    }
    if (restored.hidden) kept.removeItem(NAME);
  } else {
    save(false); // it came back to be mended
  }
  restored.querySelector("button").addEventListener("click", () => {
    for (const name of FIELDS) form.elements[name].value = "";
    kept.removeItem(NAME);
    restored.hidden = true;
    form.elements.contact.focus();
  });
  for (const event of ["input", "change"]) form.addEventListener(event, () => save(false));
  form.addEventListener("submit", () => save(true));
})();
