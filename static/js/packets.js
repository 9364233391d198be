/* The draft of a packet: saved as it is typed, words counted. */
(() => {
  "use strict";
  const draft = document.getElementById("draft");
  if (!draft) return;
  const saved = draft.querySelector("[data-saved-at]");
  document.body.addEventListener("draft-saved", ({ detail }) => {
    draft.elements.version.value = detail.version;
    saved.textContent = `✓ ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}`;
  });
  draft.addEventListener("input", () => { saved.textContent = "…"; });

  draft.querySelectorAll("textarea[data-words]").forEach((area) => {
    const [least, most] = area.dataset.words.split("-").map(Number);
    const meter = document.createElement("p");
    meter.className = "words figures";
    const count = () => {
      const words = area.value.trim().split(/\s+/).filter(Boolean).length;
      meter.textContent = `${words} / ${least}–${most}`;
    };
    area.after(meter);
    area.addEventListener("input", count);
    count();
  });
})();
