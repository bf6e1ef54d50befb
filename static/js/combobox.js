// A text field with a list of offers that the server sends. Markup: codings/_fields.html.
"use strict";

(() => {
  const parts = (element) => {
    const box = element.closest?.("[data-combobox]");
    return box && {
      input: box.querySelector("[role=combobox]"),
      list: box.querySelector("[role=listbox]"),
      options: [...box.querySelectorAll("[role=option]")],
    };
  };

  const show = ({ input, list, options }, isOpen) => {
    list.hidden = !isOpen || !options.length;
    input.setAttribute("aria-expanded", !list.hidden);
    mark({ input, options }, -1);
  };

  const mark = ({ input, options }, at) => {
    options.forEach((option, number) => option.setAttribute("aria-selected", number === at));
    if (options[at]) {
      input.setAttribute("aria-activedescendant", options[at].id);
      options[at].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };

  const take = (box, option) => {
    box.input.value = option.dataset.value;
    box.input.dispatchEvent(new Event("change", { bubbles: true }));
    show(box, false);
  };

  document.addEventListener("htmx:afterSettle", (event) => {
    const box = parts(event.target);
    if (!box || event.target !== box.list) return;
    show(box, box.input === document.activeElement && box.input.value !== "");
    const status = document.getElementById("status");
    const said = box.options.map((option) => option.textContent.trim()).join(", ");
    if (!box.list.hidden && status) status.textContent = said;
  });

  document.addEventListener("keydown", (event) => {
    const box = event.target.matches?.("[role=combobox]") && parts(event.target);
    if (!box || box.list.hidden) return;
    const at = box.options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark(box, (at + step + box.options.length + (at < 0 && step < 0)) % box.options.length);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      take(box, box.options[at]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      show(box, false);
    }
  });

  // Before the field loses focus.
  document.addEventListener("pointerdown", (event) => {
    const option = event.target.closest?.("[data-combobox] [role=option]");
    if (!option) return;
    event.preventDefault();
    take(parts(option), option);
  });

  document.addEventListener("focusout", (event) => {
    const box = event.target.matches?.("[role=combobox]") && parts(event.target);
    if (box) show(box, false);
  });
})();
