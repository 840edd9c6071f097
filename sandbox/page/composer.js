// Where an employee types: a command with its words, or a message of their own.

import { h, icon, newId } from "./dom.js";
import { ask, now, trouble } from "./live.js";
import { bot } from "./people.js";
import { attempt, say } from "./status.js";

export function composer(user, place) {
  const list = newId("commands");
  const channel = place.channel ?? bot().id;
  let found = [];
  let active = -1;

  const input = h("input", {
    type: "text",
    role: "combobox",
    autocomplete: "off",
    "aria-label": "Message or command",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list,
    placeholder: `Message, or ${now.workspace.commands[0] ?? "/command"}`,
    oninput: suggest,
    onkeydown: keys,
    onblur: () => show([]),
  });
  const box = h("div", { id: list, class: "options above", role: "listbox", "aria-label": "Commands", hidden: true });
  const send = h("button", { type: "submit", class: "send", "aria-label": "Send" }, icon("send"));
  return h("form", { class: "composer", onsubmit: submit }, box, input, send);

  function suggest() {
    const typed = input.value.toLowerCase();
    show(typed.startsWith("/") ? now.workspace.commands.filter((each) => each.startsWith(typed) && each !== typed.trim()) : []);
  }

  function show(commands) {
    found = commands;
    active = -1;
    box.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    draw();
  }

  function draw() {
    box.replaceChildren(
      ...found.map((each, index) =>
        h(
          "div",
          { id: `${list}-${index}`, role: "option", class: index === active ? "option active" : "option", "aria-selected": String(index === active), onmousedown: (event) => event.preventDefault(), onclick: () => take(each) },
          h("code", {}, each),
        ),
      ),
    );
    if (active >= 0) input.setAttribute("aria-activedescendant", `${list}-${active}`);
    else input.removeAttribute("aria-activedescendant");
  }

  function take(command) {
    input.value = `${command} `;
    input.focus();
    suggest();
  }

  function keys(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) {
      event.preventDefault();
      active = (active + step + found.length) % found.length;
      draw();
    } else if ((event.key === "Enter" && active >= 0) || (event.key === "Tab" && found.length)) {
      event.preventDefault();
      take(found[Math.max(0, active)]);
    } else if (event.key === "Escape" && found.length) {
      show([]);
    }
  }

  async function submit(event) {
    event.preventDefault();
    const typed = input.value.trim();
    if (!typed) return;
    input.value = "";
    show([]);
    const done = await attempt(() => (typed.startsWith("/") ? command(typed) : words(typed)));
    // What could not be sent is not lost.
    if (done === undefined && !input.value) input.value = typed;
  }

  async function command(typed) {
    const [name] = typed.split(/\s+/, 1);
    const known = new Set(now.workspace.commands.map((each) => each.split(" ")[0]));
    if (known.size && !known.has(name)) throw new Error(`${name} is not a command here. There is: ${[...known].join(", ")}.`);
    say(`${name} was sent to the app…`);
    const text = typed.slice(name.length).trim();
    const result = await ask("POST", "/command", { user_id: user, command: name, text, channel_id: channel, wait: 1 });
    const sentence = trouble(name, result);
    say(sentence, { isTrouble: Boolean(sentence) });
    return true;
  }

  async function words(text) {
    const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    await ask("POST", "/say", { user_id: user, channel_id: channel, text: escaped });
    return true;
  }
}
