/* The tray: ticking all, and its keys; everything works without this file. */
(() => {
  "use strict";
  const boxes = () => [...document.querySelectorAll("input[name=entry][form=bulk]")];
  const all = document.querySelector("[data-tick-all]");
  all?.addEventListener("change", () => {
    boxes().forEach((box) => { box.checked = all.checked; });
    boxes()[0]?.dispatchEvent(new Event("change", { bubbles: true }));
  });

  /* x ticks, a accepts, d dismisses the row that has focus; e edits it, as everywhere. */
  const rowOf = (element) => element.closest("li.candidate");
  const next = (row) => {
    let other = row?.nextElementSibling;
    while (other && !other.querySelector("a.entry-title")) other = other.nextElementSibling;
    other?.querySelector("a.entry-title")?.focus();
  };
  const keys = {
    x: (row) => {
      const box = row.previousElementSibling?.querySelector("input[type=checkbox]");
      if (!box) return;
      box.checked = !box.checked;
      box.dispatchEvent(new Event("change", { bubbles: true }));
      next(row);
    },
    a: (row) => { const button = row.querySelector("[data-accept]"); next(row); button?.click(); },
    d: (row) => { const button = row.querySelector("[data-dismiss]"); next(row); button?.click(); },
  };
  document.addEventListener("keydown", (event) => {
    const row = rowOf(document.activeElement);
    const isTyping = event.target.matches?.("input:not([type=checkbox]), textarea, select");
    if (!row || !("keys" in document.body.dataset) || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    if (keys[event.key]) { event.preventDefault(); keys[event.key](row); }
  });

  /* A row that is no longer in the tray has no tick. */
  document.addEventListener("htmx:afterSwap", () => {
    document.querySelectorAll("li.candidate.is-gone").forEach((row) => {
      const box = row.previousElementSibling?.querySelector("input[name=entry]");
      if (box) { box.checked = false; box.disabled = true; }
    });
  });
})();
