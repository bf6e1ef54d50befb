// A reader's own answers are kept in this browser, and filled in when the page is opened again without
// any in its address. Markup: templates/answers/index.html.
"use strict";

(() => {
  const form = document.querySelector("form[data-answers]");
  if (!form) return;
  const name = `astana-answers:${form.dataset.answers}`;
  const PREFIX = "answer-";
  const say = (text) => { document.getElementById("status").textContent = text; };

  // A browser may refuse to keep anything: then the address alone has the answers.
  const kept = () => {
    try { return JSON.parse(localStorage.getItem(name)) || {}; } catch { return {}; }
  };
  const keep = (answers) => {
    try { localStorage.setItem(name, JSON.stringify(answers)); } catch { /* not kept */ }
  };
  const choose = (answers) => {
    let number = 0;
    for (const radio of form.querySelectorAll("input[type=radio]")) {
      const answer = answers[radio.name.slice(PREFIX.length)];
      if (answer !== undefined && radio.value === answer) {
        radio.checked = true;
        number += 1;
      }
    }
    return number;
  };

  const isInAddress = [...new URLSearchParams(location.search).keys()].some((key) => key.startsWith(PREFIX));
  if (!isInAddress && choose(kept())) say(form.dataset.restored);

  form.addEventListener("change", (event) => {
    if (event.target.type !== "radio") return;
    const answers = kept();
    const issue = event.target.name.slice(PREFIX.length);
    if (event.target.value) answers[issue] = event.target.value;
    else delete answers[issue];
    keep(answers);
  });

  // Say in the address only what is meant: no empty answers.
  form.addEventListener("submit", () => {
    for (const radio of form.querySelectorAll("input[type=radio][value='']")) radio.disabled = true;
    setTimeout(() => {
      for (const radio of form.querySelectorAll("input[type=radio]")) radio.disabled = false;
    });
  });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-forget]");
    if (!button) return;
    try { localStorage.removeItem(name); } catch { /* nothing was kept */ }
    // What is shown of them goes too, with the address that has them.
    if (isInAddress) {
      location.replace(location.pathname);
      return;
    }
    for (const radio of form.querySelectorAll("input[type=radio][value='']")) radio.checked = true;
    say(button.dataset.done);
  });
})();
