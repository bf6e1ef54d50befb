// Chooses the words of a passage by mouse, touch, keyboard or sentence, and a stance by its key. Markup: codings/article.html,
// whose [data-start] chunks hold nothing but words.
"use strict";

(() => {
  const MOST_WORDS_SENT = 400;
  const KEPT = "coding-sentences";

  const text = () => document.querySelector("[data-coding]");
  const form = () => document.getElementById("code-passage");
  const chunks = (inside = text()) => [...inside.querySelectorAll("[data-start]")];

  // The database counts Unicode code points; a browser counts UTF-16 units, two for an emoji.
  const points = (words) => [...words];

  // What is selected, as the server knows it; null if that is no words of the text.
  const passage = () => {
    const selection = document.getSelection();
    if (!text() || !selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(text())) return null;
    const parts = [];
    for (const chunk of chunks()) {
      const node = chunk.firstChild;
      if (!node || !range.intersectsNode(node)) continue;
      const from = range.startContainer === node ? range.startOffset : 0;
      const to = range.endContainer === node ? range.endOffset : node.data.length;
      if (from < to) parts.push({ chunk, node, from, to });
    }
    if (!parts.length) return null;
    const [first, last] = [parts[0], parts[parts.length - 1]];
    const place = (part, at) =>
      Number(part.chunk.dataset.start) + points(part.node.data.slice(0, at)).length;
    const paragraph = (part) => part.chunk.closest("p");
    const here = parts.filter((part) => paragraph(part) === paragraph(first));
    const words = points(here.map((part) => part.node.data.slice(part.from, part.to)).join(""));
    const isCut = here.length < parts.length || words.length > MOST_WORDS_SENT;
    const start = place(first, first.from);
    const end = place(last, last.to);
    const all = (part) => points(chunks(paragraph(part)).map((chunk) => chunk.textContent).join(""));
    const inside = (part, at) => at - Number(chunks(paragraph(part))[0].dataset.start);
    const [before, after] = [inside(first, start), inside(last, end)];
    const found = {
      start, end,
      exact: words.slice(0, MOST_WORDS_SENT).join(""),
      prefix: all(first).slice(Math.max(0, before - 32), before).join(""),
      suffix: all(last).slice(after, after + 32).join(""),
      cut: isCut ? "1" : "",
    };
    return found.exact.trim() ? found : null;
  };

  // A tap on the button takes the selection away before it presses: the button waits for it.
  let hiding = 0;
  const offer = () => {
    if (!form()) return;
    clearTimeout(hiding);
    const found = passage();
    if (!found) {
      hiding = setTimeout(() => { form().hidden = true; }, 400);
      return;
    }
    form().hidden = false;
    for (const [name, value] of Object.entries(found)) form().elements[name].value = value;
    // What was filled in for other words is kept for these.
    for (const name of ["actor", "issue", "voice", "said"]) {
      form().elements[name].value = document.getElementById(`id_${name}`)?.value ?? "";
    }
  };

  const open = () => {
    offer();
    if (passage()) form().requestSubmit();
  };

  let isWaiting = false;
  document.addEventListener("selectionchange", () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => { isWaiting = false; offer(); });
  });

  document.addEventListener("pointerup", (event) => {
    if (event.pointerType !== "mouse" || !event.target.closest("[data-coding]")) return;
    // The browser sets the selection after this event.
    setTimeout(() => { if (passage()) open(); });
  });

  // Sentences are links for those who cannot select; with this script only where that is wished.
  const isBySentence = () => sessionStorage.getItem(KEPT) === "1";
  const setLinks = () => {
    if (!text()) return;
    for (const chunk of text().querySelectorAll("a.sentence")) {
      chunk.dataset.href ??= chunk.getAttribute("href");
      if (isBySentence()) chunk.setAttribute("href", chunk.dataset.href);
      else chunk.removeAttribute("href");
    }
    text().classList.toggle("by-sentence", isBySentence());
    document.querySelector("[data-sentences]")?.setAttribute("aria-pressed", isBySentence());
  };

  const select = (first, last) => {
    const [a, b] = [first, last].sort((one, two) => one.at - two.at);
    document.getSelection().setBaseAndExtent(a.node, a.from, b.node, b.to);
    last.node.parentElement.scrollIntoView({ block: "nearest" });
  };

  // Every word of the text, in order; `sentence` is the same for all words of a sentence.
  let known = null;
  const words = () => {
    if (known) return known;
    const segmenter = new Intl.Segmenter(document.documentElement.lang, { granularity: "word" });
    known = [];
    for (const chunk of chunks()) {
      const node = chunk.firstChild;
      for (const part of node ? segmenter.segment(node.data) : []) {
        if (!part.isWordLike) continue;
        const [from, to] = [part.index, part.index + part.segment.length];
        known.push({ node, from, to, sentence: chunk.dataset.sentence, at: known.length });
      }
    }
    return known;
  };

  let anchor = -1;
  let focus = -1;
  const move = (key, isExtending) => {
    const all = words();
    if (!all.length) return;
    const bound = (at) => Math.max(0, Math.min(all.length - 1, at));
    const bySentence = key === "ArrowUp" || key === "ArrowDown";
    const isRightToLeft =
      focus >= 0 && getComputedStyle(all[focus].node.parentElement.closest("p")).direction === "rtl";
    const isForward = bySentence ? key === "ArrowDown" : (key === "ArrowRight") !== isRightToLeft;
    const step = isForward ? 1 : -1;
    if (!bySentence) {
      focus = focus < 0 ? 0 : bound(focus + step);
      if (!isExtending || anchor < 0) anchor = focus;
    } else {
      let at = Math.max(0, focus);
      if (focus >= 0) {
        const isWhole = all[at + 1]?.sentence !== all[at].sentence || !isExtending || step < 0;
        if (isWhole) {
          while (all[at + step] && all[at + step].sentence === all[at].sentence) at += step;
          at = bound(at + step);
        }
      }
      let [first, last] = [at, at];
      while (all[first - 1]?.sentence === all[at].sentence) first -= 1;
      while (all[last + 1]?.sentence === all[at].sentence) last += 1;
      if (!isExtending || anchor < 0) anchor = first;
      focus = isExtending && last < anchor ? first : last;
    }
    select(all[anchor], all[focus]);
  };

  document.addEventListener("keydown", (event) => {
    if (event.target === text() && !event.ctrlKey && !event.metaKey && !event.altKey) {
      if (event.key.startsWith("Arrow")) {
        event.preventDefault();
        move(event.key, event.shiftKey);
      } else if (event.key === "Enter") {
        event.preventDefault();
        open();
      } else if (event.key === "Escape") {
        anchor = focus = -1;
        document.getSelection().removeAllRanges();
      }
      if (event.key !== "?") return;
    }
    const isTyping = event.target.matches?.("input:not([type=radio], [type=checkbox]), textarea");
    if (!isTyping && !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat) {
      const stance = /^[1-9]$/.test(event.key) && event.target.closest?.("#panel")
        && document.querySelector(`#stances [data-key="${event.key}"]`);
      const help = event.key === "?" && document.getElementById("coding-help");
      if (stance || help) event.preventDefault();
      if (stance) {
        stance.focus();
        stance.click();
      } else if (help) {
        help.open = true;
        help.querySelector("summary").focus();
      }
    }
    const isInList = event.target.getAttribute?.("aria-expanded") === "true";
    if (event.key === "Escape" && event.target.closest("#panel") && !isInList) close();
  });

  // The passage stays lit in the text while one fills in the panel.
  const light = () => {
    if (!globalThis.CSS?.highlights) return;
    CSS.highlights.delete("passage");
    for (const chunk of document.querySelectorAll(".sentence.is-chosen")) {
      chunk.classList.remove("is-chosen");
    }
    const fields = document.querySelector("#panel form")?.elements;
    if (!fields || !text()) return;
    const [start, end] = [Number(fields.start.value), Number(fields.end.value)];
    const ranges = [];
    for (const chunk of chunks()) {
      const first = Number(chunk.dataset.start);
      const all = points(chunk.textContent);
      if (first >= end || first + all.length <= start) continue;
      const unit = (at) => all.slice(0, Math.max(0, at - first)).join("").length;
      const range = new Range();
      range.setStart(chunk.firstChild, unit(start));
      range.setEnd(chunk.firstChild, unit(Math.min(end, first + all.length)));
      ranges.push(range);
    }
    CSS.highlights.set("passage", new Highlight(...ranges));
  };

  const close = () => {
    const closing = new CustomEvent("astana:closing", { cancelable: true });
    if (!document.dispatchEvent(closing)) return;
    document.getElementById("panel").replaceChildren();
    document.getSelection().removeAllRanges();
    light();
    text()?.focus({ preventScroll: true });
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) {
      event.preventDefault();
      close();
    } else if (event.target.closest("[data-sentences]")) {
      sessionStorage.setItem(KEPT, isBySentence() ? "" : "1");
      setLinks();
    } else if (isBySentence() && event.target.closest(".sentence")) {
      const chosen = event.target.closest(".sentence").dataset.sentence;
      event.preventDefault();
      if (passage()) return;
      const whole = chunks().filter((chunk) => chunk.dataset.sentence === chosen);
      const last = whole[whole.length - 1].firstChild;
      document.getSelection().setBaseAndExtent(whole[0].firstChild, 0, last, last.data.length);
      open();
    }
  });

  // After a save the text is drawn anew, and one goes on in it where one was: a browser that sees the
  // new one come in above the old one scrolls with the old one.
  let height = 0;
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.target.id === "content") height = scrollY;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "content") return;
    known = null;
    scrollTo({ top: height, behavior: "instant" });
    setLinks();
    light();
    if (isAgain()) begin();
    else text()?.focus({ preventScroll: true });
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "panel") return;
    form().hidden = true;
    light();
    const wrong = document.querySelector("#panel [aria-invalid=true]");
    if (wrong) {
      wrong.closest("details")?.setAttribute("open", "");
      wrong.focus();
      return;
    }
    // A passage that was made longer goes on where one was.
    if (document.activeElement?.closest("#panel")) return;
    document.querySelector("#panel > *")?.scrollIntoView({ block: "nearest" });
    begin();
  });

  // The passage of the last save is coded again.
  const isAgain = () => document.querySelector("#panel [data-again]") !== null;

  const begin = () => {
    const isTouch = matchMedia("(pointer: coarse)").matches;
    const title = document.getElementById("panel-title");
    const actor = document.getElementById("id_actor");
    const first = actor && !actor.value ? actor : document.querySelector("#panel [data-focus]");
    (isTouch || !first ? title : first)?.focus({ preventScroll: isTouch });
  };

  // Who attributes it makes it attributed; who spoke for one actor did not speak for the next.
  document.addEventListener("change", (event) => {
    const field = (name) => document.getElementById(`id_${name}`);
    if (event.target === field("attributed_by") && event.target.value) {
      field("voice").value = "attributed";
    } else if (event.target === field("actor") && field("carried")) {
      const speaker = field("speaker");
      if (speaker.value === speaker.defaultValue) speaker.value = "";
    }
  });

  setLinks();
  light();
  if (isAgain()) begin();
})();
