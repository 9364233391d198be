/* Keys, drafts and what to say when a save does not arrive. Everything works without this file. */
(() => {
  "use strict";
  const body = document.body;
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const typing = (element) => element.matches?.("input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable]");
  const clone = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
  const newOperation = () =>
    crypto.randomUUID?.() ??
    "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (+c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (+c / 4)))).toString(16));

  /* Drafts: what is typed stays in this browser until the server says that it has it.
     One key for each form and operation, so that two tabs do not overwrite each other. */
  const space = `careers:${body.dataset.engineer}:`;
  const operationOf = (form) => form.elements.operation_id?.value || "once";
  const keyOf = (form) => `${space}${form.dataset.draft}:${operationOf(form)}`;
  const ignored = new Set(["csrfmiddlewaretoken", "next", "version", "operation_id"]);
  const valuesOf = (form) => [...new FormData(form)].filter(([name, value]) => !ignored.has(name) && typeof value === "string");
  const store = {
    get(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden: the form itself still holds it */ } },
    drop(key) { try { localStorage.removeItem(key); } catch { /* as above */ } },
    keys() { try { return Object.keys(localStorage).filter((key) => key.startsWith(space)); } catch { return []; } },
  };
  const original = new WeakMap();

  const keep = (form) => {
    const values = valuesOf(form);
    if (JSON.stringify(values) === original.get(form)) store.drop(keyOf(form));
    else store.set(keyOf(form), { values, operation: operationOf(form), at: Date.now() });
  };
  const drop = (operation) => {
    if (operation) store.keys().filter((key) => key.endsWith(`:${operation}`)).forEach(store.drop);
  };
  const fill = (form, values) => {
    const sent = new Map();
    values.forEach(([name, value]) => sent.set(name, [...(sent.get(name) ?? []), value]));
    form.dispatchEvent(new CustomEvent("draft-rows", { detail: sent }));
    for (const field of form.elements) {
      if (!field.name || ignored.has(field.name)) continue;
      if (field.type === "checkbox" || field.type === "radio") field.checked = (sent.get(field.name) ?? []).includes(field.value);
      else if (sent.has(field.name)) field.value = sent.get(field.name)[0];
      field.closest("details")?.toggleAttribute("open", true);
    }
  };
  const offer = (form) => {
    const mine = keyOf(form);
    const found = store.keys()
      .filter((key) => key.startsWith(`${space}${form.dataset.draft}:`))
      .map((key) => [key, store.get(key)])
      .filter(([key, draft]) => {
        if (draft && JSON.stringify(draft.values) !== original.get(form)) return true;
        store.drop(key);
        return false;
      })
      .sort((a, b) => b[1].at - a[1].at);
    if (!found.length) return;
    const [key, draft] = found[0];
    const note = clone("draft-offer");
    const text = draft.values.map(([, value]) => value).filter((value) => value.length > 3).sort((a, b) => b.length - a.length)[0] ?? "";
    $("q", note).textContent = text.length > 140 ? `${text.slice(0, 140)}…` : text;
    $("[data-draft-restore]", note).onclick = () => {
      fill(form, draft.values);
      if (form.elements.operation_id && draft.operation !== "once") form.elements.operation_id.value = draft.operation;
      if (key !== mine && key !== keyOf(form)) store.drop(key);
      keep(form);
      note.remove();
      (form.elements.title ?? form.elements[0])?.focus();
      form.dispatchEvent(new Event("input", { bubbles: true }));
    };
    $("[data-draft-discard]", note).onclick = () => { store.drop(key); note.remove(); offer(form); };
    form.prepend(note);
  };
  const watch = (form) => {
    if (original.has(form)) return;
    if (form.elements.operation_id && !form.elements.operation_id.value) form.elements.operation_id.value = newOperation();
    original.set(form, JSON.stringify(valuesOf(form)));
    offer(form);
  };
  const watchAll = (root) => {
    if (root.matches?.("form[data-draft]")) watch(root);
    $$("form[data-draft]", root).forEach(watch);
  };
  let pending;
  document.addEventListener("input", ({ target }) => {
    const form = target.form;
    if (!form?.matches("[data-draft]")) return;
    clearTimeout(pending);
    pending = setTimeout(() => keep(form), 150);
  });
  addEventListener("pagehide", () => $$("form[data-draft]").forEach((form) => original.has(form) && form.isConnected && !form.dataset.sent && keep(form)));

  /* A save that arrived, as a page says it in its address and htmx in an event. */
  const address = new URL(location);
  const saved = address.searchParams.get("saved");
  if (saved) {
    drop(saved);
    address.searchParams.delete("saved");
    history.replaceState(history.state, "", address);
  }
  if (body.querySelector("[data-signs-out]")) store.keys().forEach(store.drop);
  watchAll(body);
  document.addEventListener("htmx:load", ({ target }) => watchAll(target));
  body.addEventListener("entry-saved", ({ detail, target }) => {
    clearTimeout(pending);
    drop(detail.operation);
    const form = target.closest?.("form");
    if (form?.matches("[data-capture]")) {
      form.reset();
      form.elements.operation_id.value = newOperation();
      original.set(form, JSON.stringify(valuesOf(form)));
      form.elements.title.focus();
    }
  });

  /* A save that did not arrive. */
  const complain = (form, kind) => {
    form.querySelectorAll(":scope > p.error[role=alert]").forEach((old) => old.remove());
    const note = clone("not-saved");
    $$("span", note).forEach((span) => { if (!span.matches(`[data-${kind}]`)) span.remove(); });
    form.append(note);
  };
  const unsent = new Set();
  const formOf = (event) => event.target.closest?.("form");
  document.addEventListener("htmx:sendError", (event) => {
    const form = formOf(event);
    if (form?.method !== "post") return;
    keep(form);
    unsent.add(form);
    complain(form, "offline");
  });
  document.addEventListener("htmx:responseError", (event) => {
    const form = formOf(event);
    if (form) complain(form, event.detail.xhr.status === 403 ? "refused" : "failed");
  });
  document.addEventListener("htmx:beforeRequest", (event) => formOf(event)?.querySelectorAll(":scope > p.error[role=alert]").forEach((old) => old.remove()));
  addEventListener("online", () => {
    unsent.forEach((form) => form.isConnected && form.requestSubmit());
    unsent.clear();
  });

  /* Keys. Single ones only where they are wanted and nobody is typing. */
  const write = () => {
    const field = $("[data-capture] [name=title]");
    if (field) { field.focus(); field.scrollIntoView({ block: "center" }); } else location.assign("/?write");
  };
  const step = (by) => {
    const titles = $$("a.entry-title");
    const here = titles.indexOf(document.activeElement.closest("li")?.querySelector("a.entry-title"));
    titles[Math.max(0, Math.min(titles.length - 1, here < 0 ? 0 : here + by))]?.focus();
  };
  const keys = {
    n: write,
    "/": () => { const field = $("input[type=search][name=q]"); if (field) field.focus(); else location.assign("/journal/?search"); },
    j: () => step(1),
    k: () => step(-1),
    e: () => document.activeElement.closest("li")?.querySelector("[data-edit]")?.click(),
    "?": () => $("#keys").showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      $("details.menu[open]")?.removeAttribute("open");
      const form = event.target.closest?.(".is-editing form");
      if (form) { keep(form); $("[data-cancel]", form)?.click(); }
      return;
    }
    if (!("keys" in body.dataset) || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || $("dialog[open]")) return;
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens).showModal();
    const menu = $("details.menu[open]");
    if (menu && !menu.contains(event.target)) menu.open = false;
  });
  if (address.searchParams.has("write")) write();
  if (address.searchParams.has("search")) $("input[type=search][name=q]")?.focus();

  /* Focus goes to what took the place of what had it. */
  document.addEventListener("htmx:afterSettle", ({ target }) => {
    if (document.activeElement !== body) return;
    if (target.id === "coverage") ($("#almost-title") ?? $("h1")).focus();
    else (target.matches(".is-editing") ? $("input:not([type=hidden]), textarea", target) : $("a.entry-title", target))?.focus();
  });
})();
