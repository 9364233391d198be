// A link that was just made is selected when it is touched, and copied by its button.
"use strict";

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  field.addEventListener("focus", () => field.select());
  if (document.activeElement === field) field.select();
  if (!navigator.clipboard) continue; // plain http elsewhere than on this machine
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.copied;
  });
}
