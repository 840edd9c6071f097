// A conversation: who is in it, what was said, and the composer.

import { composer } from "./composer.js";
import { day } from "./dates.js";
import { h, icon, reconcile } from "./dom.js";
import { ask, now } from "./live.js";
import { message } from "./message.js";
import { bot, nameOf, others, placeName, title } from "./people.js";
import { addressOf } from "./route.js";

let shown = null;

export function drawConversation(main, place, user) {
  const name = `${user}/${place.id}`;
  if (shown?.name !== name || !main.contains(shown.list)) open(main, place, user, name);
  const { list, log } = shown;
  const wasAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  shown.head.replaceChildren(...header(place, user));
  const known = shown.revisions;
  reconcile(list, withMarks(place.messages, user), {
    key: (each) => each.key,
    version: (each) => each.version,
    render: (each) => each.render?.() ?? message(each.record, user, { isReplaced: known.has(each.key) }),
  });
  shown.revisions = new Set(place.messages.map((each) => each.ts));
  shown.empty.hidden = place.messages.length > 0;
  if (wasAtEnd || !known.size) log.scrollTop = log.scrollHeight;
  if (place.unread && document.visibilityState === "visible") {
    ask("POST", "/read", { user_id: user, channel_id: place.channel }).catch(() => {});
  }
}

function open(main, place, user, name) {
  const list = h("ol", { class: "messages" });
  const empty = h("p", { class: "soft empty", hidden: true });
  empty.textContent = place.kind === "im" || place.id === bot().id ? "No messages yet. Try a command below." : "Nothing was said here yet.";
  const log = h("div", { class: "log", role: "log", tabindex: "0", "aria-label": "Messages" }, empty, list);
  const head = h("header", { class: "place-head" });
  const seen = place.messages.filter((each) => each.user !== user);
  const firstNew = place.unread ? seen.at(-place.unread)?.ts : undefined;
  shown = { name, list, log, head, empty, firstNew, revisions: new Set() };
  main.replaceChildren(head, log, composer(user, place));
}

function header(place, user) {
  const conversation = now.sidebar?.find((each) => each.id === place.channel) ?? { kind: "im", members: [], name: "" };
  const people = others(conversation.members, user);
  const detail = {
    im: "Messages from the app to you alone",
    mpim: `You, ${people.map(nameOf).join(", ")} and ${title(bot().name)}`,
    channel: `${people.length + 1} people`,
  }[conversation.kind];
  const mark = conversation.kind === "channel" ? "# " : "";
  return [
    h("a", { class: "back", href: addressOf(user), "aria-label": "Back to all conversations" }, icon("back")),
    h("div", {}, h("h2", {}, mark, placeName(conversation, user)), h("p", { class: "soft" }, detail)),
  ];
}

// The messages, with a line at each new day and before what is new.
function withMarks(messages, user) {
  const rows = [];
  let last = "";
  for (const record of messages) {
    const today = record.stamp ? "" : day(record.ts, user);
    if (today !== last) rows.push(mark(`day ${today}`, today, "day"));
    last = today;
    if (record.ts === shown.firstNew) rows.push(mark("new", "New", "day new"));
    // What the user has chosen is no part of the version: the fields show it already, and somebody may be typing.
    rows.push({ key: record.ts, version: `${record.revision}|${now.people?.length}`, record });
  }
  return rows;
}

const mark = (key, words, kind) => ({ key, version: words, render: () => h("li", { class: kind }, h("span", {}, words)) });
