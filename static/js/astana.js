// What every page needs: keep places across swaps, announce what changed. Markup: base.html.
"use strict";

(() => {
  const KEEPS = "[data-keep-open], [data-keep-scroll], [data-keep-checked], [data-keep-text]";
  const kept = new Map();
  let focused = [];

  // A swapped region keeps how far it was scrolled ([data-keep-scroll] with an id), which controls
  // without a name were checked ([data-keep-checked]), what was open ([data-keep-open]), and focus.
  document.addEventListener("htmx:beforeSwap", () => {
    kept.clear();
    focused = [];
    for (let part = document.activeElement; part; part = part.parentElement) {
      if (part.id) focused.push(part.id);
    }
    for (const part of document.querySelectorAll("[data-keep-open][id]")) {
      kept.set(part.id, part.open);
    }
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

  document.addEventListener("htmx:afterSettle", (event) => {
    for (const [id, state] of kept) {
      const part = document.getElementById(id);
      // What comes with a state of its own does not ask for that of before.
      if (!part?.matches(KEEPS)) continue;
      if (part instanceof HTMLDetailsElement) part.open = state;
      else if (typeof state === "boolean") part.checked = state;
      else if (typeof state === "string") {
        if (part.value === state) continue;
        part.value = state;
        part.dispatchEvent(new Event("input", { bubbles: true }));
      } else [part.scrollLeft, part.scrollTop] = state;
    }
    kept.clear();
    carry();
    if (document.activeElement === document.body) rest();
    // What is swapped inside a form that one fills in says no more than it has to say itself.
    const isInForm = event.target.closest?.("[data-unfinished]");
    const said = event.target.querySelector?.("[data-announce]")
      || (!isInForm && document.querySelector("[data-announce]"));
    const status = document.getElementById("status");
    if (said && status) status.textContent = said.textContent.trim().replace(/\s+/g, " ");
  });

  // Where what had focus is gone, the next key goes on from the part of the page that it was in.
  const rest = () => {
    const part = focused.map((id) => document.getElementById(id)).find(Boolean);
    part?.focus();
    if (!part || part === document.activeElement) return;
    part.tabIndex = -1;
    part.addEventListener("blur", () => part.removeAttribute("tabindex"), { once: true });
    part.focus({ preventScroll: true });
  };

  // Signing in, here or in another tab, changes the token that forms are sent with: what was typed
  // before that is not refused for it.
  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  const atFirst = token();
  const TOKEN = "csrfmiddlewaretoken";
  document.addEventListener("submit", (event) => {
    const field = event.target.elements[TOKEN];
    if (field && token() && token() !== atFirst) field.value = token();
  }, true);
  document.addEventListener("htmx:configRequest", (event) => {
    const sent = event.detail.parameters;
    if (sent[TOKEN] && token() && token() !== atFirst) sent[TOKEN] = token();
  });

  // The day, first-hand and the actors go along to the other pages of the dossier; as the server
  // writes these links, so they follow when a part of the page is swapped.
  const carry = () => {
    const here = new URLSearchParams(window.location.search);
    const nav = document.querySelector(".masthead nav");
    if (!nav) return;
    // Under each name the actors, as the other pages have them (web/travel.py).
    const asked = here.getAll(nav.dataset.actors);
    const actor = asked.flatMap((value) => value.split(/[.,]/)).filter(Boolean);
    const side = nav.dataset.actors === "side" ? asked : actor;
    const compared = actor.length ? [actor.join(".")] : [];
    const actors = { actor, side: side.length > 1 ? side : [], compared };
    const every = "compared as_of first_hand recorded_as_of";
    const carried = (names) =>
      names.split(" ").flatMap((name) =>
        (actors[name] || here.getAll(name)).map((value) => [name, value]));
    for (const link of document.querySelectorAll(".masthead .ways a")) {
      link.search = new URLSearchParams(carried(link.dataset.carries || every)).toString();
    }
    const search = document.querySelector(".masthead-search");
    if (!search) return;
    for (const name of every.split(" ")) search.querySelector(`[name="${name}"]`)?.remove();
    for (const [name, value] of carried(every)) {
      search.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
  };

  // A day that is typed changes with every digit: it is sent when it is whole, with Enter or as one
  // leaves the field. A day that is picked from the calendar is sent at once.
  let typed = null;
  document.addEventListener("keydown", (event) => {
    if (event.target.type === "date" && event.key !== "Tab") typed = event.target;
  });
  document.addEventListener("pointerdown", () => { typed = null; });
  document.addEventListener("change", (event) => {
    if (event.target === typed) event.stopPropagation();
  }, true);
  document.addEventListener("submit", () => { typed = null; });
  document.addEventListener("focusout", (event) => {
    if (event.target !== typed) return;
    typed = null;
    if (event.target.value !== event.target.defaultValue) event.target.form?.requestSubmit();
  });

  // An answer that is neither a page nor about the reader's input: follow the link, so that the
  // reader meets the real page.
  document.addEventListener("htmx:responseError", (event) => {
    const path = event.detail.pathInfo && event.detail.pathInfo.finalRequestPath;
    if (path && event.detail.requestConfig.verb === "get") window.location.assign(path);
  });

  // Nothing came back: the page stays, and says so until something does.
  const unreachable = Object.assign(document.createElement("p"), { className: "unreachable" });
  document.addEventListener("htmx:sendError", (event) => {
    const status = document.getElementById("status");
    if (!status || event.detail.requestConfig.verb !== "get") return;
    status.textContent = unreachable.textContent = status.dataset.unreachable;
    document.body.append(unreachable);
  });
  document.addEventListener("htmx:beforeSwap", () => unreachable.remove());

  // An address says only what is meant: no empty parameters.
  document.addEventListener("htmx:configRequest", (event) => {
    const parameters = event.detail.parameters;
    for (const name of Object.keys(parameters)) {
      if (parameters[name] === "") delete parameters[name];
    }
  });

  // A list of choices that lies over the page closes on Escape and when one goes elsewhere.
  const close = (list) => {
    const inside = list.contains(document.activeElement);
    list.open = false;
    if (inside) list.querySelector("summary").focus();
  };
  document.addEventListener("keydown", (event) => {
    const list = event.key === "Escape" && event.target.closest("details:is(.facet, .more)[open]");
    if (list) close(list);
  });
  document.addEventListener("click", (event) => {
    for (const list of document.querySelectorAll("details:is(.facet, .more)[open]")) {
      if (!list.contains(event.target) && event.target.isConnected) list.open = false;
    }
  });

  // The key / goes to the search box, but never while a reader types or operates anything.
  document.addEventListener("keydown", (event) => {
    const isPlain = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
    const active = document.activeElement;
    // What only rests at a part of the page operates nothing.
    const isFree = !active || active === document.body || active.matches("[tabindex='-1']");
    const box = document.querySelector("[data-search-box]");
    if (!isPlain || !box || event.defaultPrevented || !isFree) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // A box that narrows a list as one types: <input data-narrows="id of the list">. It is no part of
  // the form around it.
  document.addEventListener("change", (event) => {
    if (event.target.dataset.narrows) event.stopPropagation();
  }, true);
  document.addEventListener("input", (event) => {
    const list = document.getElementById(event.target.dataset.narrows || "");
    if (!list) return;
    const wanted = event.target.value.trim().toLocaleLowerCase();
    for (const item of list.children) {
      item.hidden = wanted !== "" && !item.textContent.toLocaleLowerCase().includes(wanted);
    }
  });
})();
