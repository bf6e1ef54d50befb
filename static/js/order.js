// Rows in an order of their own: by drag, and where they have places by buttons too. Markup: issues/_codebook_form.html, setup/records.html.
"use strict";

(() => {
  const field = (row) => row.querySelector("input[name$=-ORDER]");
  const isUsed = (row) => row.querySelector("input[name$=-label]").value.trim() !== "";

  const number = (rows) => {
    let place = 0;
    for (const row of rows.querySelectorAll(".stance-row")) field(row).value = isUsed(row) ? ++place : "";
  };

  // Rows of a form are saved with it; a record in a list is moved at once, by the form of its buttons.
  const tell = (row, steps) => {
    const moves = row.querySelector("form[data-moves]");
    if (moves) {
      const way = Object.assign(document.createElement("input"), { type: "hidden", name: "way", value: steps });
      moves.append(way);
      moves.submit();
      return;
    }
    number(row.parentElement);
    const name = row.querySelector("input[name$=-label]").value;
    document.getElementById("status").textContent = `${name}: ${field(row).value}`;
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
    tell(row);
    pressed.focus();
  });

  // After a move that led to the page anew, the focus is on the same button of the row that was moved.
  const PRESSED = "astana-moved";
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-moves]")) sessionStorage.setItem(PRESSED, event.submitter.value);
  });
  const way = sessionStorage.getItem(PRESSED);
  sessionStorage.removeItem(PRESSED);
  const moved = way && document.getElementById(location.hash.slice(1));
  // The browser itself takes the focus to the row, until the page has come.
  addEventListener("load", () => moved?.querySelector(`button[value=${way}]`)?.focus());

  // What is dragged by its grip stands where it would be dropped; let go anywhere else, it goes back.
  let dragged = null;
  const all = () => [...dragged.row.parentElement.querySelectorAll(":scope > [data-dragged]")];

  document.addEventListener("dragstart", (event) => {
    const row = event.target.closest?.(".grip")?.closest("[data-dragged]");
    if (!row) return;
    dragged = { row, after: row.previousElementSibling, parent: row.parentElement };
    dragged.place = all().indexOf(row);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setDragImage(row, 0, 0);
    row.classList.add("is-dragged");
  });

  document.addEventListener("dragover", (event) => {
    const over = dragged && event.target.closest("[data-dragged]");
    if (!over || over.parentElement !== dragged.parent) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    if (over === dragged.row) return;
    if (event.clientY < box.y + box.height / 2) over.before(dragged.row);
    else over.after(dragged.row);
  });

  document.addEventListener("drop", (event) => {
    if (!dragged || !dragged.parent.contains(event.target)) return;
    event.preventDefault();
    const steps = all().indexOf(dragged.row) - dragged.place;
    dragged.row.classList.remove("is-dragged");
    const { row } = dragged;
    dragged = null;
    if (steps) tell(row, steps);
  });

  document.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.row.classList.remove("is-dragged");
    if (dragged.after) dragged.after.after(dragged.row);
    else dragged.parent.prepend(dragged.row);
    dragged = null;
  });
})();
