// Slack's mrkdwn as elements: formatting, links, mentions, dates, lists and quotes.

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { formatted } from "./dates.js";
import { now } from "./live.js";
import { nameOf } from "./people.js";

const INLINE = new RegExp(
  [
    "`([^`\\n]+)`",
    "<([^<>\\n]+)>",
    "(?<![\\w*])\\*(?=\\S)([^*\\n]*[^*\\s])\\*(?![\\w*])",
    "(?<![\\w_])_(?=\\S)([^_\\n]*[^_\\s])_(?![\\w_])",
    "(?<![\\w~])~(?=\\S)([^~\\n]*[^~\\s])~(?![\\w~])",
    ":([a-z0-9_+-]+):",
  ].join("|"),
);
const LISTS = [
  ["ul", /^\s*[•‣◦*-]\s+/],
  ["ol", /^\s*\d+[.)]\s+/],
];

export const unescaped = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

export const plain = (text) => unescaped(text).replace(/:([a-z0-9_+-]+):/g, (_, name) => emoji(name));

export function mrkdwn(text, me) {
  const nodes = [];
  text.split(/```\n?([\s\S]*?)\n?```/).forEach((part, index) => {
    if (index % 2) nodes.push(h("pre", {}, h("code", {}, unescaped(part))));
    else if (part) nodes.push(...lines(part, me));
  });
  return nodes;
}

// Lines of one kind stand together: a list, a quote, or text with its line breaks.
function lines(text, me) {
  const groups = [];
  for (const line of text.split("\n")) {
    const kind = kindOf(line);
    if (groups.at(-1)?.kind === kind) groups.at(-1).lines.push(line);
    else groups.push({ kind, lines: [line] });
  }
  return groups.flatMap((group, index) => asNodes(group, me, index === groups.length - 1));
}

function kindOf(line) {
  if (/^(&gt;|>)/.test(line)) return "quote";
  return LISTS.find(([, mark]) => mark.test(line))?.[0] ?? "text";
}

function asNodes({ kind, lines: group }, me, isLast) {
  if (kind === "quote") {
    return [h("blockquote", {}, withBreaks(group.map((line) => line.replace(/^(&gt;|>)\s?/, "")), me))];
  }
  if (kind === "text") {
    const shown = withBreaks(group, me);
    return isLast || group.at(-1) === "" ? shown : [...shown];
  }
  const mark = LISTS.find(([name]) => name === kind)[1];
  return [h(kind, {}, group.map((line) => h("li", {}, inline(line.replace(mark, ""), me))))];
}

function withBreaks(group, me) {
  return group.flatMap((line, index) => (index ? [h("br"), ...inline(line, me)] : inline(line, me)));
}

function inline(text, me) {
  const nodes = [];
  for (let rest = text; rest; ) {
    const found = INLINE.exec(rest);
    if (!found) return [...nodes, unescaped(rest)];
    if (found.index) nodes.push(unescaped(rest.slice(0, found.index)));
    nodes.push(token(found, me));
    rest = rest.slice(found.index + found[0].length);
  }
  return nodes;
}

function token([, code, angle, bold, italic, struck, name], me) {
  if (code !== undefined) return h("code", { class: unbroken(code) }, unescaped(code));
  if (angle !== undefined) return bracket(angle, me);
  if (bold !== undefined) return h("strong", {}, inline(bold, me));
  if (italic !== undefined) return h("em", {}, inline(italic, me));
  if (struck !== undefined) return h("s", {}, inline(struck, me));
  return emoji(name);
}

function bracket(inside, me) {
  const [target, label] = inside.split("|");
  const mark = target[0];
  if (mark === "@") return mention(target.slice(1), me);
  if (mark === "#") return h("span", { class: "mention" }, `#${label || channelName(target.slice(1))}`);
  if (target.startsWith("!date^")) return formatted(target, label ?? "", me);
  if (mark === "!") return h("span", { class: "mention" }, `@${label ?? target.slice(1)}`);
  return link(unescaped(target), label === undefined ? undefined : unescaped(label));
}

export function mention(id, me) {
  const name = nameOf(id);
  const kinds = ["mention", unbroken(name), id === me && "me"].filter(Boolean);
  return h("span", { class: kinds.join(" ") }, `@${name}`);
}

// A name or a command is easier to read on one line; a long one would not fit on a phone.
const unbroken = (text) => (text.length <= 20 ? "unbroken" : undefined);

export function link(address, label) {
  const isSafe = /^(https?:|mailto:|slack:)/.test(address);
  if (!isSafe) return label ?? address;
  return h("a", { href: address, target: "_blank", rel: "noreferrer noopener" }, label ?? address.replace(/^mailto:/, ""));
}

const channelName = (id) => now.sidebar?.find((each) => each.id === id)?.name ?? id;
