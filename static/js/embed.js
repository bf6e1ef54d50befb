// For pages of others: gives frames that show something of this site the height of what they show.
// What is in the frame says how high it is (embedded.js). Nothing is stored, and nobody is counted.
"use strict";

(() => {
  const origin = new URL(document.currentScript.src).origin;
  const frames = () =>
    [...document.querySelectorAll("iframe")].filter((frame) => frame.src.startsWith(`${origin}/embed/`));

  addEventListener("message", (event) => {
    const height = event.data?.astanaHeight;
    if (!(height > 0 && height < 100000)) return;
    const frame = frames().find((one) => one.contentWindow === event.source);
    if (frame) frame.style.height = `${Math.ceil(height)}px`;
  });

  // What was there before this script has said how high it is already.
  for (const frame of frames()) frame.contentWindow?.postMessage("astana-height", "*");
})();
