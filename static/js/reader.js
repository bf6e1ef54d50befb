// Lights a passage and its note together and goes to a chosen passage. Markup: articles/_text.html.
"use strict";

(() => {
  const light = (element, isOn) => {
    const reader = element.closest("[data-reader]");
    const numbers = (element.dataset.notes || element.dataset.note || "").trim().split(/\s+/);
    if (!reader || !numbers[0]) return;
    for (const number of numbers) {
      const parts = `[data-notes~="${number}"], .reader-note[data-note="${number}"]`;
      for (const part of reader.querySelectorAll(parts)) part.classList.toggle("is-lit", isOn);
    }
  };

  for (const [name, isOn] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, (event) => {
      const part = event.target.closest && event.target.closest("[data-notes], [data-note]");
      if (part) light(part, isOn);
    });
  }

  // A note inside closed details is opened when one goes to it.
  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const details = target && target.closest("details");
    if (!details || details.open) return;
    details.open = true;
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", open);
  open();

  // Without a place in the address, a chosen position's first passage is brought into view.
  const chosen = document.querySelector("mark[aria-current]");
  if (chosen && !location.hash) chosen.scrollIntoView({ block: "center" });
})();
