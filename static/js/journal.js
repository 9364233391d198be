/* The entry page and the journal: rows of numbers and links, arithmetic, finding criteria, ticks. */
(() => {
  "use strict";
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

  /* Numbers and links: another row from the template. */
  $$("[data-rows]").forEach((rows) => {
    const template = rows.querySelector("template");
    const total = rows.querySelector("[name$=-TOTAL_FORMS]");
    const add = rows.querySelector("[data-add]");
    const append = () => {
      const row = template.content.cloneNode(true);
      $$("*", row).forEach((node) => {
        for (const name of ["id", "name", "for", "aria-describedby"]) {
          if (node.hasAttribute(name)) node.setAttribute(name, node.getAttribute(name).replace("__prefix__", total.value));
        }
      });
      total.value = Number(total.value) + 1;
      template.before(row);
    };
    add.hidden = false;
    add.addEventListener("click", () => {
      append();
      $$("fieldset", rows).at(-1).querySelector("input")?.focus();
    });
    /* A draft may hold more rows than the page was sent with. */
    rows.closest("form").addEventListener("draft-rows", ({ detail }) => {
      const wanted = Number(detail.get(total.name)?.[0] ?? 0);
      while (Number(total.value) < Math.min(wanted, 20)) append();
    });
  });

  /* The arithmetic, as typed. */
  const number = (text) => (text.trim() === "" ? NaN : Number(text.replace(",", ".").replace(/\s/g, "")));
  const tell = (metric) => {
    const field = (name) => metric.querySelector(`[name$="-${name}"]`);
    const output = metric.querySelector("[data-arithmetic]");
    const before = number(field("before").value);
    const after = number(field("after").value);
    if (Number.isNaN(after) || (Number.isNaN(before) && !field("is_new").checked)) { output.hidden = true; return; }
    const unit = field("unit").value.trim();
    let text = `${field("before").value.trim() || "0"} → ${field("after").value.trim()} ${unit}`.trim();
    if (field("is_new").checked) text = `${field("after").value.trim()} ${unit}`.trim();
    else if (before === 0) text += `. ${output.dataset.base}`;
    else {
      const change = ((after - before) * 100) / Math.abs(before);
      const digits = Math.abs(change) < 10 ? 1 : 0;
      text += `: ${change > 0 ? "+" : change < 0 ? "−" : "±"}${Math.abs(change).toFixed(digits)} %`;
    }
    output.textContent = text;
    output.hidden = false;
  };
  document.addEventListener("input", ({ target }) => {
    const metric = target.closest("[data-metric]");
    if (metric) tell(metric);
  });

  /* Finding a criterion by its words. */
  const finder = document.querySelector("[data-filter-criteria]");
  if (finder) {
    finder.hidden = false;
    finder.addEventListener("input", ({ target }) => {
      const words = target.value.toLowerCase().split(/\s+/).filter(Boolean);
      $$(".criterion").forEach((criterion) => {
        const text = criterion.querySelector("label").textContent.toLowerCase();
        criterion.hidden = !words.every((word) => text.includes(word));
      });
      $$("fieldset.criteria").forEach((set) => { set.hidden = !set.querySelector(".criterion:not([hidden])"); });
      $$("details.level-criteria").forEach((level) => {
        level.hidden = !level.querySelector(".criterion:not([hidden])");
        if (words.length && !level.hidden) level.open = true;
      });
    });
  }

  /* With Shift a click ticks everything from the last one on. */
  let last = null;
  document.addEventListener("click", (event) => {
    const box = event.target;
    if (!box.matches("input[name=entry][form=bulk]")) return;
    const boxes = $$("input[name=entry][form=bulk]");
    if (event.shiftKey && last?.isConnected) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      boxes.slice(from, to + 1).forEach((each) => { each.checked = box.checked; });
    }
    last = box;
  });

  /* How many entries are ticked. */
  document.addEventListener("change", ({ target }) => {
    if (!target.matches("input[name=entry][form=bulk]")) return;
    const ticked = $$("input[name=entry][form=bulk]:checked").length;
    document.querySelector("[data-ticked]").textContent = ticked ? `(${ticked})` : "";
  });
})();
