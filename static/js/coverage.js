/* The lamps turn in place: what was unfolded stays so, and focus goes to what is left to mend. */
(() => {
  "use strict";
  let unfolded = [];
  document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
    if (target.id === "coverage") unfolded = [...target.querySelectorAll("details[id][open]")].map(({ id }) => id);
  });
  document.addEventListener("htmx:afterSwap", ({ target }) => {
    if (target.id !== "coverage") return;
    unfolded.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
    if (document.activeElement === document.body) (document.getElementById("almost-title") ?? target.querySelector("h1")).focus();
  });
})();
