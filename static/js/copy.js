// Copies a text when its button is pressed, and says so. Markup: [data-copies], the id of an element
// or of a field, such as in templates/citations/index.html.
"use strict";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  const text = document.getElementById(button.dataset.copies);
  // Selected as well, so that where a page may not write to the clipboard Ctrl+C still works.
  if (text.select) text.select();
  else getSelection().selectAllChildren(text);
  try {
    await navigator.clipboard.writeText(text.value ?? text.textContent);
    document.getElementById("status").textContent = button.dataset.done;
  } catch {
    text.focus();
  }
});
