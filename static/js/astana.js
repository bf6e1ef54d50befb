// What every page needs: keep places across swaps, announce what changed. Markup: base.html.
"use strict";

(() => {
  const kept = new Map();

  // A swapped region keeps how far it was scrolled ([data-keep-scroll] with an id) and which
  // controls without a name were checked ([data-keep-checked] with an id).
  document.addEventListener("htmx:beforeSwap", () => {
    kept.clear();
    for (const part of document.querySelectorAll("[data-keep-scroll][id]")) {
      kept.set(part.id, [part.scrollLeft, part.scrollTop]);
    }
    for (const box of document.querySelectorAll("[data-keep-checked][id]")) {
      kept.set(box.id, box.checked);
    }
    for (const box of document.querySelectorAll("[data-keep-text][id]")) {
      kept.set(box.id, box.value);
    }
  });

  document.addEventListener("htmx:afterSettle", () => {
    for (const [id, state] of kept) {
      const part = document.getElementById(id);
      if (!part) continue;
      if (typeof state === "boolean") part.checked = state;
      else if (typeof state === "string") {
        part.value = state;
        part.dispatchEvent(new Event("input", { bubbles: true }));
      } else [part.scrollLeft, part.scrollTop] = state;
    }
    kept.clear();
    const said = document.querySelector("[data-announce]");
    const status = document.getElementById("status");
    if (said && status) status.textContent = said.textContent.trim().replace(/\s+/g, " ");
  });

  // An answer that is neither a page nor about the reader's input: follow the link, so that the
  // reader meets the real page.
  document.addEventListener("htmx:responseError", (event) => {
    const path = event.detail.pathInfo && event.detail.pathInfo.finalRequestPath;
    if (path && event.detail.requestConfig.verb === "get") window.location.assign(path);
  });

  // A box that narrows a list as one types: <input data-narrows="id of the list">.
  document.addEventListener("input", (event) => {
    const list = document.getElementById(event.target.dataset.narrows || "");
    if (!list) return;
    const wanted = event.target.value.trim().toLocaleLowerCase();
    for (const item of list.children) {
      item.hidden = wanted !== "" && !item.textContent.toLocaleLowerCase().includes(wanted);
    }
  });
})();
