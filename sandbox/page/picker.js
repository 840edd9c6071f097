// A list to choose from by typing: for people, channels and long menus. One choice, or many as chips.

import { h, icon, newId } from "./dom.js";
import { avatar } from "./people.js";

const SHOWN = 60;

export function picker({ options, chosen = [], many = false, attributes = {}, placeholder, label, onchange }) {
  const list = newId("options");
  let picked = [...chosen];
  let found = [];
  let active = 0;

  const nameOf = (value) => options().find((each) => each.value === value)?.label ?? label?.(value) ?? value;
  const input = h("input", {
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list,
    ...attributes,
    placeholder: placeholder ?? "Type to search",
    onfocus: () => !many && input.select(),
    onclick: () => open(),
    oninput: () => open(),
    onkeydown: keys,
  });
  const box = h("div", { id: list, class: "options", role: "listbox", "aria-label": "Choices", hidden: true });
  const chips = h("span", { class: "chips" });
  const whole = h("div", { class: "picker", onfocusout: (event) => whole.contains(event.relatedTarget) || shut() }, chips, input, box);
  show();
  return whole;

  function show() {
    if (!many) {
      input.value = picked.length ? nameOf(picked[0]) : "";
      return;
    }
    input.value = "";
    chips.replaceChildren(
      ...picked.map((value) =>
        h("button", { type: "button", class: "chip", "aria-label": `Remove ${nameOf(value)}`, onclick: () => toggle(value) }, nameOf(value), icon("close")),
      ),
    );
  }

  function open() {
    const isUntouched = !many && picked.length && input.value === nameOf(picked[0]);
    const wanted = isUntouched ? "" : input.value.trim().toLowerCase();
    const fits = (each) => `${each.label} ${each.detail ?? ""}`.toLowerCase().includes(wanted);
    // "an" means Ana before Diana.
    const starts = (each) => each.label.toLowerCase().split(/\s+/).some((word) => word.startsWith(wanted));
    const fitting = options().filter(fits);
    found = [...fitting.filter(starts), ...fitting.filter((each) => !starts(each))].slice(0, SHOWN);
    active = Math.max(0, isUntouched ? found.findIndex((each) => each.value === picked[0]) : 0);
    box.hidden = false;
    input.setAttribute("aria-expanded", "true");
    draw();
  }

  function draw() {
    const rows = found.map((each, index) =>
      h(
        "div",
        {
          id: `${list}-${index}`,
          role: "option",
          class: index === active ? "option active" : "option",
          "aria-selected": String(picked.includes(each.value)),
          // Pressing must not take the focus out of the field before the click arrives.
          onmousedown: (event) => event.preventDefault(),
          onclick: () => toggle(each.value),
        },
        each.avatar && avatar(each.avatar),
        h("span", {}, each.label, each.detail && h("span", { class: "soft detail" }, each.detail)),
        picked.includes(each.value) && icon("check"),
      ),
    );
    const nothing = h("div", { role: "option", class: "option soft", "aria-disabled": "true", "aria-selected": "false" }, "Nobody and nothing fits");
    box.replaceChildren(...(rows.length ? rows : [nothing]));
    if (rows.length) input.setAttribute("aria-activedescendant", `${list}-${active}`);
    else input.removeAttribute("aria-activedescendant");
    rows[active]?.scrollIntoView({ block: "nearest" });
  }

  function shut() {
    box.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    if (!many && !input.value.trim() && picked.length) return toggle(picked[0]);
    return show();
  }

  function toggle(value) {
    const has = picked.includes(value);
    if (many) picked = has ? picked.filter((each) => each !== value) : [...picked, value];
    else picked = has && !input.value.trim() ? [] : [value];
    box.hidden = true;
    show();
    shut();
    if (many) input.focus();
    onchange(many ? picked : picked[0] ?? null);
  }

  function keys(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (box.hidden) return open();
      active = (active + step + found.length) % (found.length || 1);
      draw();
    } else if (event.key === "Enter" && !box.hidden) {
      event.preventDefault();
      if (found[active]) toggle(found[active].value);
    } else if (event.key === "Escape" && !box.hidden) {
      event.preventDefault();
      event.stopPropagation();
      shut();
    } else if (event.key === "Backspace" && many && !input.value && picked.length) {
      toggle(picked.at(-1));
    }
    return undefined;
  }
}
