// Within a frame on a page of others: says how high what is shown is (embed.js listens there).
// Markup: templates/embed.html.
"use strict";

(() => {
  const say = () =>
    parent.postMessage({ astanaHeight: document.body.getBoundingClientRect().height }, "*");

  addEventListener("message", (event) => {
    if (event.data === "astana-height" && event.source === parent) say();
  });
  new ResizeObserver(say).observe(document.body);
})();
