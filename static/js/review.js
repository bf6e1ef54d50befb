// The keys of the review queue and of a round, while the focus is in it or nowhere; they can be switched off.
// A reason begun in the queue stays in this tab until it is sent. Markup: review/, rounds/.
"use strict";

(() => {
  const NAME = "astana-review-keys";
  const isOn = () => localStorage.getItem(NAME) !== "off";

  const show = () => {
    const box = document.querySelector("[data-review-keys]");
    if (box) box.checked = isOn();
  };
  show();
  document.addEventListener("htmx:afterSettle", show);
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-review-keys]")) return;
    event.stopPropagation();
    localStorage.setItem(NAME, event.target.checked ? "on" : "off");
  }, true);

  // By account, position and revision: nothing said by somebody else, or of an earlier version, is filled in.
  const placeOf = (field) => ["astana-reason", field.dataset.keeps, new URL(field.form.action).pathname, field.form.elements.revision.value].join(":");
  const keep = (field) => {
    try { sessionStorage.setItem(placeOf(field), field.value); } catch { /* not kept */ }
  };
  const fillIn = () => {
    const field = document.querySelector("[data-keeps]");
    if (!field) return;
    if (field.value) keep(field);
    try { field.value ||= sessionStorage.getItem(placeOf(field)) ?? ""; } catch { /* nothing was kept */ }
  };
  fillIn();
  document.addEventListener("htmx:afterSettle", fillIn);
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-keeps]")) keep(event.target);
  });
  document.addEventListener("submit", (event) => {
    const field = event.target.querySelector("[data-keeps]");
    try { if (field) sessionStorage.removeItem(placeOf(field)); } catch { /* nothing was kept */ }
  });

  // Who goes through the queue goes on where the next position stands.
  const one = document.getElementById("review-one");
  const asked = new URLSearchParams(location.search);
  if (one && isOn() && (asked.has("position") || asked.has("unit"))) {
    if (!location.hash) one.focus();
  }

  document.addEventListener("keydown", (event) => {
    // From the first moment, without a click: only a control elsewhere on the page keeps its letters.
    const isNowhere = event.target === document.body;
    const queue = isNowhere ? document.querySelector("[data-review]") : event.target.closest?.("[data-review]");
    const isTyping = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select");
    if (!queue || isTyping || !isOn() || event.repeat) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === "r") {
      const reason = queue.querySelector("[data-key-reason]");
      if (reason) event.preventDefault();
      reason?.focus();
    } else if (/^[a-z1-9]$/.test(event.key)) {
      queue.querySelector(`[data-key="${event.key}"]`)?.click();
    }
  });
})();
