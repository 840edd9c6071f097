// The app's Home tab.

import { blocks } from "./blocks.js";
import { h, icon } from "./dom.js";
import { Form } from "./form.js";
import { ask } from "./live.js";
import { act } from "./message.js";
import { bot, title } from "./people.js";
import { addressOf } from "./route.js";
import { attempt } from "./status.js";

let opened = "";
let shown = "";
let form = null;

// Slack tells the app each time that somebody opens the tab, not each time that it changes.
export function openHome(user) {
  if (opened === user) return;
  opened = user;
  attempt(() => ask("POST", "/home", { user_id: user, wait: 0 }));
}

export function leaveHome() {
  opened = "";
  shown = "";
}

export function drawHome(main, place, user) {
  const view = place.view;
  const version = `${user} ${view?.hash}`;
  if (version === shown) return;
  shown = version;
  if (view && form?.id !== view.id) form = new Form(view);
  const body = view ? blocks(view.blocks, scene(view, user)) : h("p", { class: "soft empty" }, "The app has not published a Home tab for you yet.");
  main.replaceChildren(
    h(
      "header",
      { class: "place-head" },
      h("a", { class: "back", href: addressOf(user), "aria-label": "Back to all conversations" }, icon("back")),
      h("div", {}, h("h2", {}, title(bot().name)), h("p", { class: "soft" }, "Home")),
    ),
    h("div", { class: "log home", tabindex: "0", role: "region", "aria-label": "Home" }, h("div", { class: "sheet" }, body)),
  );
}

function scene(view, user) {
  return {
    me: user,
    value: (block, element) => form.value(view, block, element),
    changed: (block, element, choice) => form.change(block, element, choice),
    act: (block, element, choice) =>
      act({ user_id: user, message: { id: view.id }, entered: form.valuesFor(view) }, block, element, choice),
  };
}
