// Modals: the view on top, its form, and what the app says about it.

import { blocks } from "./blocks.js";
import { h, icon } from "./dom.js";
import { Form } from "./form.js";
import { ask, now, trouble } from "./live.js";
import { act } from "./message.js";
import { plain } from "./mrkdwn.js";
import { route } from "./route.js";
import { attempt } from "./status.js";

const dialog = document.getElementById("modal");
const forms = new Map();
let shown = "";
let cameFrom = null;

export function drawModal(stack) {
  const view = stack.at(-1);
  for (const id of forms.keys()) if (!stack.some((each) => each.id === id)) forms.delete(id);
  if (!view) {
    if (dialog.open) dialog.close();
    shown = "";
    return;
  }
  const version = `${route().user} ${view.id} ${view.hash}`;
  if (version === shown) return;
  const isSame = shown.split(" ")[1] === view.id;
  shown = version;
  if (!forms.has(view.id)) forms.set(view.id, new Form(view));
  const place = isSame ? placeOfFocus() : null;
  dialog.replaceChildren(...content(view, stack.length));
  if (!dialog.open) {
    cameFrom = document.activeElement;
    dialog.showModal();
  }
  focus(place);
}

function content(view, depth) {
  const form = forms.get(view.id);
  const { user } = route();
  const scene = {
    me: user,
    value: (block, element) => form.value(view, block, element),
    changed: (block, element, choice) => form.change(block, element, choice),
    act: (block, element, choice) =>
      act({ user_id: user, message: { id: view.id }, entered: form.valuesFor(view) }, block, element, choice),
  };
  const closing = view.close ? plain(view.close.text) : view.submit ? "Cancel" : "Close";
  return [
    h(
      "header",
      {},
      h("h2", { id: "modal-title" }, plain(view.title.text)),
      h("button", { type: "button", class: "cross", "aria-label": depth > 1 ? "Close all" : "Close", onclick: () => close(view, true) }, icon("close")),
    ),
    h(
      "form",
      { novalidate: true, onsubmit: (event) => submit(event, view) },
      // Long modals scroll, and who has no mouse must be able to scroll them, too.
      h("div", { class: "body", tabindex: "0", role: "group", "aria-labelledby": "modal-title" }, blocks(view.blocks, scene)),
      h("p", { class: "error whole", role: "alert" }),
      h(
        "div",
        { class: "foot" },
        h("button", { type: "button", class: "button", onclick: () => close(view, false) }, closing),
        view.submit && h("button", { type: "submit", class: "button primary" }, plain(view.submit.text)),
      ),
    ),
  ];
}

async function submit(event, view) {
  event.preventDefault();
  const button = event.target.querySelector("[type=submit]");
  if (!button || button.disabled) return;
  button.disabled = true;
  const values = forms.get(view.id).valuesFor(view);
  const result = await attempt(() => ask("POST", "/views/submit", { user_id: route().user, view_id: view.id, values }));
  button.disabled = false;
  if (result) showErrors(result.errors, trouble("Submitting", { ...result, errors: [] }));
}

function showErrors(errors, whole) {
  dialog.querySelector(".error.whole")?.replaceChildren(whole);
  let first = null;
  for (const block of dialog.querySelectorAll("[data-block]")) {
    const sentence = errors[block.dataset.block] ?? "";
    block.classList.toggle("wrong", Boolean(sentence));
    block.querySelector(".error").textContent = sentence;
    for (const field of fields(block)) {
      if (sentence) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
    if (sentence) first ??= block.querySelector("input, select, textarea");
  }
  first?.focus();
}

const fields = (block) => block.querySelectorAll("input:not([type=checkbox], [type=radio]), select, textarea, .choices input[type=checkbox]");

function close(view, every) {
  return attempt(() => ask("POST", "/views/close", { user_id: route().user, view_id: view.id, every }));
}

function placeOfFocus() {
  const block = document.activeElement?.closest("[data-block]")?.dataset.block;
  const action = document.activeElement?.closest("[data-action]")?.dataset.action;
  return block || action ? { block, action } : null;
}

function focus(place) {
  const inside = place?.block ? dialog.querySelector(`[data-block="${CSS.escape(place.block)}"]`) : dialog;
  const old = place?.action && inside?.querySelector(`[data-action="${CSS.escape(place.action)}"]`);
  const field = old ?? dialog.querySelector(".body input, .body select, .body textarea, .foot [type=submit], .foot button");
  (field?.matches("input, select, textarea, button") ? field : field?.querySelector("input, button"))?.focus();
}

// Escape asks the sandbox to close the view, so that the app hears of it.
dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  const view = now.modals?.at(-1);
  if (view) close(view, false);
});
dialog.addEventListener("close", () => {
  cameFrom?.focus?.();
  cameFrom = null;
});
