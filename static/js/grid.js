// Arrow keys walk a table: one that has `data-grid`. Markup: templates/compare/matrix.html,
// templates/coverage/index.html, templates/sources/detail.html and agreement/statements.html.
"use strict";

(() => {
  // The table is one stop of the Tab key; the arrow keys go from cell to cell in it, as the grid
  // pattern of WAI-ARIA has it. Without scripts each cell is a stop of its own.
  const stop = (cell) => cell.querySelector(".opens, a");
  const cells = (table) => [...table.rows].map((row) => [...row.cells]);
  let last = "";

  const makeGrid = () => {
    const table = document.querySelector("[data-grid]");
    if (!table) return;
    table.setAttribute("role", "grid");
    for (const cell of table.querySelectorAll("td")) cell.setAttribute("role", "gridcell");
    const controls = [...table.querySelectorAll("tbody a, tbody button, thead a, thead button")];
    for (const control of controls) control.tabIndex = -1;
    const chosen = document.getElementById(last);
    const first = ["td.open .opens", "tbody .opens", "tbody td a", "a"]
      .map((part) => table.querySelector(part)).find(Boolean);
    const entry = table.contains(chosen) ? chosen : first;
    if (entry) entry.tabIndex = 0;
  };

  const goTo = (table, control) => {
    for (const other of table.querySelectorAll('[tabindex="0"]')) other.tabIndex = -1;
    control.tabIndex = 0;
    control.focus();
  };

  const isShown = (cell) => cell.offsetParent !== null && stop(cell) !== null;

  document.addEventListener("focusin", (event) => {
    const table = event.target.closest("[data-grid]");
    if (table && event.target.id) last = event.target.id;
  });

  document.addEventListener("keydown", (event) => {
    const table = event.target.closest("[data-grid]");
    const cell = event.target.closest("td, th");
    if (!table || !cell || event.altKey || event.metaKey) return;
    const rows = cells(table);
    let y = rows.findIndex((row) => row.includes(cell));
    let x = rows[y].indexOf(cell);
    const isToTheLeft = getComputedStyle(table).direction === "rtl";
    const moves = {
      ArrowRight: [0, isToTheLeft ? -1 : 1], ArrowLeft: [0, isToTheLeft ? 1 : -1],
      ArrowDown: [1, 0], ArrowUp: [-1, 0],
    };
    let wanted = null;
    if (event.key in moves) {
      const [down, right] = moves[event.key];
      do {
        y += down;
        x += right;
        wanted = rows[y]?.[x];
      } while (wanted && !isShown(wanted));
    } else if (event.key === "Home" || event.key === "End") {
      const among = event.ctrlKey ? rows.flat() : rows[y];
      const shown = among.filter(isShown);
      wanted = event.key === "Home" ? shown[0] : shown[shown.length - 1];
    } else return;
    event.preventDefault();
    if (wanted) goTo(table, stop(wanted));
  });

  document.addEventListener("htmx:afterSettle", makeGrid);
  makeGrid();
})();
