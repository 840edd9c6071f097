// One message, as the employee sees it.

import { blocks } from "./blocks.js";
import { clockTime } from "./dates.js";
import { h, icon } from "./dom.js";
import { ask, trouble } from "./live.js";
import { avatar, bot, nameOf } from "./people.js";
import { mrkdwn, plain } from "./mrkdwn.js";
import { attempt, say } from "./status.js";

export function message(record, me, { isReplaced }) {
  const isApp = record.user === bot().id;
  const isPrivate = record.response_type === "ephemeral";
  const scene = sceneOf(record, me);
  const head = h(
    "p",
    { class: "by" },
    h("strong", {}, nameOf(record.user)),
    isApp && h("span", { class: "tag" }, "App"),
    h("time", { datetime: new Date(Number(record.ts) * 1000).toISOString() }, record.stamp || clockTime(record.ts, me)),
  );
  const words = record.blocks.length ? blocks(record.blocks, scene) : h("div", { class: "block" }, mrkdwn(record.text, me));
  return h(
    "li",
    { class: ["message", isPrivate && "private", isReplaced && "replaced"].filter(Boolean).join(" ") },
    avatar(record.user),
    h(
      "article",
      { "aria-label": `${nameOf(record.user)}: ${plain(record.text).slice(0, 80)}` },
      isPrivate && h("p", { class: "only-you" }, icon("eye"), "Only visible to you"),
      head,
      words,
      record.attachments.map((each) => attachment(each, me, scene)),
      (record.files ?? []).map(file),
    ),
  );
}

function attachment(each, me, scene) {
  const shown = each.blocks ? blocks(each.blocks, scene) : mrkdwn(each.text ?? each.fallback ?? "", me);
  return h("div", { class: "attachment" }, shown);
}

function file(each) {
  const size = each.size < 1000 ? `${each.size} bytes` : `${Math.round(each.size / 1000)} kB`;
  return h(
    "p",
    { class: "block file" },
    h("a", { href: each.url_private_download, download: each.name }, each.title),
    h("span", {}, ` ${size}`),
  );
}

function sceneOf(record, me) {
  return {
    me,
    value: (block, element) => record.values[block.block_id]?.[element.action_id],
    act: (block, element, choice) => act({ user_id: me, message: { channel: record.channel, ts: record.ts } }, block, element, choice),
  };
}

// Presses or chooses, in a message or in a view, and says what went wrong.
export async function act(where, block, element, choice) {
  const isButton = element.type === "button";
  const body = { ...where, action_id: element.action_id, block_id: block.block_id, wait: 0 };
  const result = await attempt(() =>
    isButton
      ? ask("POST", "/press", choice === null ? body : { ...body, value: choice })
      : ask("POST", "/choose", { ...body, choice }),
  );
  if (!result) return;
  const what = isButton ? `“${plain(element.text.text)}”` : "Your choice";
  const sentence = trouble(what, result);
  say(sentence, { isTrouble: Boolean(sentence) });
}
