// The places an employee can go: the app's Home and messages, group messages, channels.

import { h, icon, reconcile } from "./dom.js";
import { now } from "./live.js";
import { avatar, bot, others, placeName, title } from "./people.js";
import { addressOf, route } from "./route.js";

const nav = document.getElementById("sidebar");
const sections = ["App", "Group messages", "Channels"].map((name, index) => {
  const [heading, list] = [h("h2", { id: `section-${index}` }, name), h("ul", { "aria-labelledby": `section-${index}` })];
  const empty = h("p", { class: "soft empty" }, "None yet.");
  nav.append(h("section", {}, heading, list, empty));
  return { heading, list, empty };
});

export function drawSidebar() {
  if (!now.sidebar || !now.workspace || !now.people) return;
  const { user, place } = route();
  const direct = now.sidebar.find((each) => each.kind === "im");
  const isDirect = place === bot().id || (direct && place === direct.id);
  sections[0].heading.textContent = title(bot().name);
  fill(sections[0], [
    { id: "home", name: "Home", picture: () => icon("home"), unread: 0, isHere: place === "home" },
    { id: bot().id, name: "Messages", picture: () => icon("talk"), unread: direct?.unread ?? 0, isHere: isDirect },
  ]);
  fill(sections[1], now.sidebar.filter((each) => each.kind === "mpim").map((each) => group(each, user, place)));
  const channels = now.sidebar.filter((each) => each.kind === "channel").sort((a, b) => a.name.localeCompare(b.name));
  fill(
    sections[2],
    channels.map((each) => ({ ...each, picture: () => h("span", { class: "hash", "aria-hidden": "true" }, "#"), isHere: place === each.id })),
  );
  const unread = now.sidebar.reduce((sum, each) => sum + each.unread, 0);
  document.title = `${unread ? `(${unread}) ` : ""}${now.workspace.team}`;
}

function group(each, user, place) {
  const faces = others(each.members, user).slice(0, 2);
  return {
    ...each,
    name: placeName(each, user),
    picture: () => h("span", { class: "faces" }, faces.map((id) => avatar(id, { isSmall: faces.length > 1 }))),
    isHere: place === each.id,
  };
}

function fill({ list, empty }, entries) {
  const { user } = route();
  empty.hidden = entries.length > 0;
  list.hidden = entries.length === 0;
  reconcile(list, entries, {
    key: (each) => each.id,
    version: (each) => [user, each.name, each.unread, each.isHere].join("|"),
    render: (each) => h("li", {}, entry(each, user)),
  });
}

function entry(each, user) {
  const isUnread = each.unread > 0 && !each.isHere;
  return h(
    "a",
    { href: addressOf(user, each.id), class: isUnread ? "place unread" : "place", "aria-current": each.isHere && "page" },
    h("span", { class: "picture" }, each.picture()),
    h("span", { class: "name" }, each.name),
    isUnread && h("span", { class: "badge" }, String(each.unread), h("span", { class: "hidden" }, " unread")),
  );
}
