// What is typed to code or change a position is kept by the server as one types, and sent along as
// one leaves. Markup: codings/_panel.html and edit.html (#coding-form, #signing-in), _keeper.html.
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
    const isSent = navigator.onLine && navigator.sendBeacon(form().action, data);
    if (isSent && !isFailing) kept = typed;
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
    flush();
    if (!isLost()) return;
    event.preventDefault();
    warn(true);
    again(LATER);
  });

  const isKeeper = (event) => event.detail.elt?.id === "keeper";
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (isKeeper(event)) {
      // Nothing is kept once it is saved, while the next page is on its way.
      if (asksToSignIn() || !isLost()) event.preventDefault();
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

  // Another form than before: nothing is typed in it yet. The same form drawn anew goes on, perhaps
  // for a longer passage.
  let name = form()?.elements.form.value;
  document.addEventListener("htmx:afterSwap", (event) => {
    const now = form()?.elements.form.value;
    if (now === name) {
      if (form()?.contains(event.target) || !typed) return;
      typed += 1;
      again(SOON);
      return;
    }
    name = now;
    typed = sent = kept = keptAt = 0;
    isFailing = false;
  });

  // What leads to another page is met as a page: that of what was published, or that for a second
  // factor, which leads back. What somebody else has changed is shown in the form.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig, target } = event.detail;
    const isHere = new URL(xhr.responseURL).pathname === window.location.pathname;
    const isPart = target.id === "signing-in" ? xhr.responseText.includes('id="signing-in"') : isHere;
    if (requestConfig.elt !== form() && target.id !== "signing-in") return;
    if (xhr.status === 409 && xhr.responseText.includes('id="coding-form"')) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    } else if (xhr.status === 200 && !isPart) {
      if (requestConfig.elt === form()) kept = typed;
      event.detail.shouldSwap = false;
      window.location.assign(xhr.responseURL);
    }
  });

  // On the page of a position what is wrong comes into sight. (In the panel coding.js does that.)
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "content") return;
    const wrong = form()?.querySelector("[aria-invalid=true]");
    wrong?.closest("details")?.setAttribute("open", "");
    wrong?.focus();
    if (!wrong) document.querySelector("#content .problem[role=alert]")?.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "signing-in") return;
    if (asksToSignIn()) {
      // Who only types on is not moved away from there.
      if (event.detail.requestConfig?.elt === form()) event.target.scrollIntoView({ block: "nearest" });
      return;
    }
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
