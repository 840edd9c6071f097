// The menu behind the three dots.

import { h, icon, newId } from "./dom.js";
import { plain } from "./mrkdwn.js";

export function overflow(element, choose) {
  const id = newId("menu");
  const items = element.options.map((option) =>
    h("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: () => picked(option) }, plain(option.text.text)),
  );
  const menu = h("div", { id, class: "menu", role: "menu", "aria-label": "More actions", hidden: true, onkeydown: move }, items);
  const toggle = h(
    "button",
    { type: "button", class: "button more", "aria-label": "More actions", "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": id, onclick: () => show(menu.hidden) },
    icon("more"),
  );
  const whole = h("span", { class: "overflow", onfocusout: (event) => whole.contains(event.relatedTarget) || show(false) }, toggle, menu);

  function show(isShown) {
    menu.hidden = !isShown;
    toggle.setAttribute("aria-expanded", String(isShown));
    if (isShown) items[0].focus();
  }

  function move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      event.stopPropagation();
      event.preventDefault();
      show(false);
      toggle.focus();
    } else if (step) {
      event.preventDefault();
      items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
    }
  }

  function picked(option) {
    toggle.focus();
    show(false);
    if (option.url) window.open(option.url, "_blank", "noreferrer");
    choose(option.value);
  }
  return whole;
}
