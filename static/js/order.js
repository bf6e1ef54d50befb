// Buttons that move a row up or down among the rows with words, and number their places. Markup: issues/_codebook_form.html.
"use strict";

(() => {
  const field = (row) => row.querySelector("input[name$=-ORDER]");
  const isUsed = (row) => row.querySelector("input[name$=-label]").value.trim() !== "";

  const number = (rows) => {
    let place = 0;
    for (const row of rows.querySelectorAll(".stance-row")) field(row).value = isUsed(row) ? ++place : "";
  };

  const button = (words, sign, way) => {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: "button small", textContent: sign });
    made.setAttribute("aria-label", words);
    made.dataset.way = way;
    return made;
  };

  for (const rows of document.querySelectorAll("[data-move-up]")) {
    for (const row of rows.querySelectorAll(".stance-row")) {
      const both = document.createElement("span");
      both.className = "moves";
      both.append(button(rows.dataset.moveUp, "↑", "up"), button(rows.dataset.moveDown, "↓", "down"));
      field(row).after(both);
    }
  }

  document.addEventListener("click", (event) => {
    const pressed = event.target.closest(".moves > button");
    if (!pressed) return;
    const row = pressed.closest(".stance-row");
    const all = [...row.parentElement.querySelectorAll(".stance-row")];
    const other = all[all.indexOf(row) + (pressed.dataset.way === "up" ? -1 : 1)];
    if (!other) return;
    if (pressed.dataset.way === "up") other.before(row);
    else other.after(row);
    number(row.parentElement);
    pressed.focus();
    const name = row.querySelector("input[name$=-label]").value;
    document.getElementById("status").textContent = `${name}: ${field(row).value}`;
  });
})();
