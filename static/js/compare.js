// The compare page: the as-of slider sets the date field, one cell is open at a time, and a narrow
// screen shows at most three actors. Markup: templates/compare/matrix.html and its parts.
"use strict";

(() => {
  const DAY = 86400000;

  const dayOf = (slider) =>
    new Date(Date.parse(slider.dataset.first) + Number(slider.value) * DAY);

  const inWords = (day) =>
    new Intl.DateTimeFormat(document.documentElement.lang, {
      day: "numeric", month: "short", year: "numeric", timeZone: "UTC",
    }).format(day);

  document.addEventListener("input", (event) => {
    const field = document.getElementById(event.target.dataset.sets || "");
    if (!field) return;
    const day = dayOf(event.target);
    field.value = day.toISOString().slice(0, 10);
    event.target.setAttribute("aria-valuetext", inWords(day));
  });

  // Say in the address only what is meant: the cell opened last, and no empty parameters.
  document.addEventListener("htmx:configRequest", (event) => {
    const parameters = event.detail.parameters;
    for (const name of Object.keys(parameters)) {
      const value = parameters[name];
      if (value === "") delete parameters[name];
      else if (name === "open" && Array.isArray(value)) parameters[name] = value[value.length - 1];
    }
    // What changed is asked for with the day to begin with; without one, all is shown.
    if (parameters.since === undefined) delete parameters.changed;
  });

  // The fourth actor on a narrow screen takes the place of the one shown longest.
  const order = [];
  document.addEventListener("change", (event) => {
    const group = event.target.closest(".shown-actors");
    if (!group) return;
    const at = order.indexOf(event.target.id);
    if (at >= 0) order.splice(at, 1);
    if (event.target.checked) order.push(event.target.id);
    const shown = [...group.querySelectorAll("input:checked")];
    if (shown.length > 3) {
      shown.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
      shown[0].checked = false;
    }
    if (shown.length === 0) event.target.checked = true;
  });

  // Who opens something is taken there, and back to where it was opened when it closes.
  document.addEventListener("htmx:afterSettle", (event) => {
    const cause = event.detail.requestConfig?.triggeringEvent;
    const closing = cause?.target.closest?.("[data-returns]");
    if (closing) document.getElementById(closing.dataset.returns)?.focus();
    const trigger = cause?.submitter;
    const title = document.getElementById("evidence-title");
    if (!title || !trigger?.classList.contains("opens")) return;
    title.focus({ preventScroll: true });
    // A sheet over the table must not cover the cell it is about.
    const cell = document.querySelector("td.open");
    const sheet = document.getElementById("evidence").getBoundingClientRect();
    if (cell && cell.getBoundingClientRect().bottom > sheet.top && sheet.left < 1) {
      cell.scrollIntoView({ block: "start" });
    }
  });

  document.addEventListener("keydown", (event) => {
    const close = document.getElementById("close-evidence") || document.getElementById("picker-done");
    if (event.key === "Escape" && close && !event.defaultPrevented) close.click();
  });

  // The key ? opens the list of keys, but never while a reader types.
  document.addEventListener("keydown", (event) => {
    const keys = document.getElementById("keys");
    if (event.key !== "?" || !keys || event.target.matches("input, textarea, select")) return;
    event.preventDefault();
    keys.showModal();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-shows]");
    if (button) document.getElementById(button.dataset.shows).showModal();
  });
})();
