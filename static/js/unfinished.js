// What is typed in the panel is kept by the server as one types, and sent along as one leaves.
// Markup: codings/_panel.html (#coding-form, #keeper, #kept, #not-kept, #signing-in).
"use strict";

(() => {
  const SOON = 800;
  const LATER = 2500;

  const form = () => document.querySelector("[data-unfinished]");
  const keeper = () => document.getElementById("keeper");
  const asksToSignIn = () => document.querySelector("#signing-in form") !== null;

  // How often something was typed, by then, and when it was kept.
  let typed = 0;
  let sent = 0;
  let kept = 0;
  let keptAt = 0;
  let isFailing = false;
  let waiting = 0;

  const isLost = () => form() !== null && typed > kept;
  const again = (after) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (isLost() && keeper()) htmx.trigger(keeper(), "keep");
    }, after);
  };
  const announce = (words) => {
    const status = document.getElementById("status");
    if (status) status.textContent = words;
  };
  const warn = (isOn) => {
    const words = document.getElementById("not-kept");
    isFailing = isOn;
    if (!words) return;
    if (isOn && words.hidden) announce(words.dataset.told);
    words.hidden = !isOn;
    words.textContent = isOn ? words.dataset.told : "";
  };

  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => {
      if (form() && event.target.form === form()) typed += 1;
    });
  }

  // A browser sends this also when the page is gone by then. No answer is waited for.
  const flush = () => {
    if (!isLost()) return;
    const data = new FormData(form());
    data.set("do", "keep");
    if (navigator.sendBeacon(form().action, data) && !isFailing) kept = typed;
  };

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") flush();
  });
  addEventListener("pagehide", flush);
  addEventListener("beforeunload", (event) => {
    if (isLost() && isFailing) event.preventDefault();
    flush();
  });

  // Closing: what could not be kept stays in sight.
  document.addEventListener("astana:closing", (event) => {
    if (isLost() && isFailing) event.preventDefault();
    else flush();
  });

  const isKeeper = (event) => event.detail.elt?.id === "keeper";
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (isKeeper(event)) {
      if (asksToSignIn()) event.preventDefault();
      else sent = typed;
    } else if (event.detail.target?.id === "panel") flush();
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== form() && !isKeeper(event)) return;
    const status = event.detail.xhr.status;
    // Who has to sign in again has it kept as well.
    const isKept = event.detail.successful || status === 401;
    if (isKeeper(event) && isKept) {
      if (!keptAt) announce(document.getElementById("kept")?.textContent ?? "");
      kept = sent;
      keptAt = Date.now();
    }
    const isUnanswered = !isKept && status !== 422 && status !== 400;
    if (isUnanswered && typed === kept) typed += 1;
    warn(isUnanswered);
    if (isUnanswered) again(LATER);
    else if (isLost() && !asksToSignIn()) again(SOON);
  });

  // Another form than before: nothing is typed in it yet.
  let name = form()?.elements.form.value;
  document.addEventListener("htmx:afterSwap", () => {
    const now = form()?.elements.form.value;
    if (now === name) return;
    name = now;
    typed = sent = kept = keptAt = 0;
    isFailing = false;
  });

  // Signed in again: the same form goes on. A page that is no part of it, such as that for a second
  // factor, is met as a page; it leads back.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id !== "signing-in" || event.detail.xhr.status !== 200) return;
    if (event.detail.xhr.responseText.includes('id="signing-in"')) return;
    event.detail.shouldSwap = false;
    window.location.assign(event.detail.xhr.responseURL);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "signing-in") return;
    if (asksToSignIn()) return;
    if (isLost()) again(0);
    form()?.querySelector(".primary")?.focus();
  });

  const ago = new Intl.RelativeTimeFormat(document.documentElement.lang, { style: "narrow" });
  setInterval(() => {
    const words = document.querySelector("#kept[data-kept]");
    if (!words || !keptAt) return;
    const seconds = Math.round((Date.now() - keptAt) / 1000);
    const since = seconds < 60 ? ago.format(-seconds, "second") : ago.format(-Math.floor(seconds / 60), "minute");
    words.textContent = words.dataset.kept.replace("%s", since);
  }, 1000);
})();
