/* Drafts, saves that do not arrive, keys; all works without this file. */
(() => {
  "use strict";
  const body = document.body;
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const typing = (element) => element.matches?.("input:not([type=checkbox],[type=radio],[type=hidden]), textarea, select");
  const clone = (id) => $(`#${id}`).content.firstElementChild.cloneNode(true);
  const newOperation = () => URL.createObjectURL(new Blob()).slice(-36); /* a UUID */

  /* Drafts: what is typed stays in this browser until the server says that it has it.
     One key a form and operation: two tabs do not overwrite each other. */
  const space = `careers:${body.dataset.engineer}:`;
  const operationOf = (form) => form.elements.operation_id?.value || (form.dataset.operation ??= newOperation());
  const keyOf = (form) => `${space}${form.dataset.draft}:${operationOf(form)}`;
  const ignored = new Set(["csrfmiddlewaretoken", "next", "version", "operation_id"]);
  const valuesOf = (form) => [...new FormData(form)].filter(([name, value]) => !ignored.has(name) && typeof value === "string");
  const stateOf = (form) => JSON.stringify(valuesOf(form));
  let storage = {};
  try { storage = localStorage; } catch { /* forbidden: drafts live as long as the page */ }
  const drafts = () => Object.keys(storage).filter((key) => key.startsWith(space));
  const original = new WeakMap(); /* form → what the server has */
  const sent = new WeakMap(); /* form → what was sent last */

  const keep = (form) => {
    const key = keyOf(form);
    if (stateOf(form) === original.get(form)) delete storage[key];
    else try { storage[key] = JSON.stringify({ values: valuesOf(form), version: form.elements.version?.value, at: Date.now() }); } catch { /* full */ }
  };
  const drop = (operation) => {
    if (operation) drafts().forEach((key) => key.endsWith(`:${operation}`) && delete storage[key]);
  };
  const fill = (form, values) => {
    const given = new Map();
    values.forEach(([name, value]) => given.set(name, [...(given.get(name) ?? []), value]));
    form.dispatchEvent(new CustomEvent("draft-rows", { detail: given }));
    for (const field of form.elements) {
      if (!field.name || ignored.has(field.name)) continue;
      const texts = given.get(field.name);
      const isTick = /checkbox|radio/.test(field.type);
      const property = isTick ? "checked" : "value";
      const value = isTick ? Boolean(texts?.includes(field.value)) : (texts?.[0] ?? field.value);
      if (field[property] === value) continue;
      field[property] = value;
      field.closest("details")?.setAttribute("open", "");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };
  const offer = (form) => {
    const [found] = drafts()
      .filter((key) => key.startsWith(`${space}${form.dataset.draft}:`) && key !== keyOf(form))
      .map((key) => [key, JSON.parse(storage[key])])
      .filter(([key, { values }]) => JSON.stringify(values) !== stateOf(form) || !delete storage[key])
      .sort((a, b) => b[1].at - a[1].at);
    if (!found) return;
    const [key, draft] = found;
    const note = clone("draft-offer");
    const changed = draft.values.filter((pair) => !stateOf(form).includes(JSON.stringify(pair)));
    const typed = changed.filter(([name]) => [...form.elements].some((field) => field.name === name && typing(field)));
    const [text = ""] = typed.map(([, value]) => value).sort((a, b) => b.length - a.length);
    $("q", note).textContent = text.replace(/^(.{140}).+/s, "$1…");
    $("[data-draft-restore]", note).onclick = () => {
      const { operation_id: operation, version } = form.elements;
      (operation ?? form.dataset)[operation ? "value" : "operation"] = key.split(":").at(-1);
      fill(form, draft.values);
      if (version && draft.version) version.value = draft.version; /* saved since: both texts are shown */
      keep(form);
      note.remove();
      (form.elements.title ?? form.elements[0])?.focus();
    };
    $("[data-draft-discard]", note).onclick = () => { delete storage[key]; note.remove(); offer(form); };
    form.prepend(note);
  };
  const watch = (form) => {
    if (original.has(form)) return;
    original.set(form, "unsaved" in form.dataset ? "" : stateOf(form));
    offer(form);
    if ("unsaved" in form.dataset) keep(form);
  };
  const forms = () => $$("form[data-draft]");
  const watchAll = () => forms().forEach(watch);
  document.addEventListener("input", ({ target: { form } }) => {
    if (!form?.matches("[data-draft]")) return;
    if (unsent.delete(form)) quiet(form);
    keep(form);
  });
  addEventListener("pagehide", () => forms().forEach(keep));

  /* A save that arrived, as a page says it in its address and htmx in an event. */
  const address = new URL(location);
  const saved = address.searchParams.get("saved");
  if (saved) {
    drop(saved);
    address.searchParams.delete("saved");
    history.replaceState(history.state, "", address);
  }
  body.addEventListener("entry-saved", ({ detail, target }) => {
    drop(detail.operation);
    const form = target.closest?.("form");
    if (!form?.elements.operation_id) return;
    form.elements.operation_id.value = newOperation();
    const isTypedOn = stateOf(form) !== sent.get(form); /* since it was sent */
    if (isTypedOn) keep(form);
    if (!form.matches("[data-capture]")) return;
    if (!isTypedOn) form.reset();
    form.elements.title.focus();
  });

  body.addEventListener("draft-saved", ({ detail, target }) => {
    const form = target.closest("form");
    drop(detail.operation);
    original.set(form, sent.get(form));
    form.elements.operation_id.value = newOperation();
    keep(form);
  });

  /* A save that did not arrive is said beside its form; sent again when back online, unless typed on. */
  const unsent = new Set();
  const quiet = (place) => $$(":scope > p.error[data-kind]", place).forEach((old) => old.remove());
  const complain = (form, kind) => {
    const place = form || $("#messages");
    if ($(`:scope > [data-kind=${kind}]`, place)) return;
    quiet(place);
    const note = clone("not-saved");
    note.dataset.kind = kind;
    $$(`span:not([data-${kind}])`, note).forEach((span) => span.remove());
    place.append(note);
  };
  const formOf = ({ detail, target }) => detail.requestConfig?.verb === "post" && target.closest?.("form:not([data-preview])");
  const resend = () => {
    const again = [...unsent];
    unsent.clear();
    again.forEach((form) => form.isConnected && form.requestSubmit());
  };
  addEventListener("online", resend);
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = formOf(event);
    if (form) sent.set(form, stateOf(form));
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) [formOf(event), $("#messages")].forEach((place) => place && quiet(place));
  });
  document.addEventListener("htmx:sendError", (event) => {
    const form = formOf(event);
    complain(form, form ? "offline" : "unread");
    if (!form) return;
    unsent.add(form);
    setTimeout(() => navigator.onLine && resend(), 10000);
  });
  document.addEventListener("htmx:responseError", (event) => {
    const form = formOf(event);
    complain(form, !form ? "unread" : event.detail.xhr.status === 403 ? "refused" : "failed");
  });
  watchAll();
  document.addEventListener("htmx:load", watchAll);

  /* Keys. Single ones only where they are wanted and nobody is typing. */
  const goTo = (selector) => {
    const field = $(selector);
    field?.focus();
    field?.scrollIntoView({ block: "center" });
    return field;
  };
  const write = () => goTo("[data-capture] [name=title]");
  const search = () => goTo("input[type=search][name=q]");
  const step = (by) => {
    const titles = $$("a.entry-title");
    const here = titles.findIndex((title) => title.closest("li, tr")?.contains(document.activeElement));
    titles[here < 0 ? 0 : here + by]?.focus();
  };
  const keys = {
    n: () => write() || location.assign("/?write"),
    "/": () => search() || location.assign("/journal/?search"),
    j: () => step(1),
    k: () => step(-1),
    e: () => document.activeElement.closest("li")?.querySelector("[data-edit]")?.click(),
    "?": () => $("#keys").showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      leave({});
      const form = event.target.closest?.(".is-editing form");
      if (form) { keep(form); $("[data-cancel]", form)?.click(); }
      return;
    }
    if (!("keys" in body.dataset) || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || $("dialog[open]")) return;
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });
  const leave = ({ target }) => {
    const menu = $("details.menu[open]");
    if (menu && !menu.contains(target)) menu.open = false;
  };
  document.addEventListener("focusin", leave);
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) $(`#${opener.dataset.opens}`).showModal();
    leave(event);
  });
  if (address.searchParams.has("write")) write();
  if (address.searchParams.has("search")) search();

  /* Focus goes to what took the place of what had it. */
  document.addEventListener("htmx:afterSettle", ({ target }) => {
    if (document.activeElement !== body) return;
    (target.matches(".is-editing") ? $("input:not([type=hidden]), textarea", target) : $("a.entry-title", target))?.focus();
  });
})();
