// The page of agreement: a pair that opens is gone to, Escape closes it and leads back to where it
// was opened. Markup: templates/agreement/index.html and _pair.html.
"use strict";

(() => {
  const open = () => document.getElementById("pair")?.dataset.pair || "";
  let before = open();

  document.addEventListener("htmx:beforeSwap", () => { before = open(); });

  document.addEventListener("htmx:afterSettle", () => {
    const now = open();
    if (now === before) return;
    if (now) {
      document.getElementById("pair").scrollIntoView({ block: "start" });
      document.getElementById("pair-title").focus({ preventScroll: true });
      return;
    }
    // The table is not shown on a narrow screen, where a list has the same pairs.
    for (const from of ["p-", "of-"]) {
      const cell = document.getElementById(from + before);
      if (cell?.checkVisibility()) return cell.focus();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !event.target.closest("#pair")) return;
    document.getElementById("close-pair").click();
  });
})();
