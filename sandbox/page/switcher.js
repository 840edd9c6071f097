// "You are …": whose eyes one looks through.

import { h } from "./dom.js";
import { employees } from "./people.js";
import { picker } from "./picker.js";
import { go, route } from "./route.js";

const place = document.getElementById("you");
let shown = "";

export function drawSwitcher() {
  const { user } = route();
  // Drawing it anew while somebody types in it would take their words away.
  if (shown === user) return;
  const id = "you-are";
  const options = () => employees().map((each) => ({ value: each.id, label: each.name, detail: each.title, avatar: each.id }));
  if (!options().length) return;
  shown = user;
  place.replaceChildren(
    h("label", { for: id }, "You are"),
    picker({ options, chosen: user ? [user] : [], attributes: { id }, placeholder: "somebody", onchange: change }),
  );
}

// The app's messages, its Home and the channels are places for everybody; a group message is not.
function change(user) {
  const isShared = document.getElementById("main").dataset.kind !== "mpim";
  if (user) go(user, isShared ? route().place : "");
}
