// The `markdown` block: the common Markdown that apps send, as elements.

import { h } from "./dom.js";
import { plain, link, mention } from "./mrkdwn.js";

const INLINE = /`([^`\n]+)`|\*\*([^*\n]+)\*\*|__([^_\n]+)__|\*([^*\n]+)\*|_([^_\n]+)_|~~([^~\n]+)~~|\[([^\]\n]+)\]\(([^)\s]+)\)|<@(\w+)>/;
const LISTS = { ul: /^\s*[-*+]\s+/, ol: /^\s*\d+[.)]\s+/ };

export function markdown(text, me) {
  const nodes = [];
  text.split(/```\w*\n?([\s\S]*?)\n?```/).forEach((part, index) => {
    if (index % 2) nodes.push(h("pre", {}, h("code", {}, part)));
    else for (const block of part.split(/\n\s*\n/)) if (block.trim()) nodes.push(...paragraphs(block.trim(), me));
  });
  return nodes;
}

function paragraphs(block, me) {
  const lines = block.split("\n");
  const heading = /^#{1,6}\s+(.*)/.exec(lines[0]);
  if (heading) {
    const rest = lines.slice(1).join("\n");
    return [h("p", { class: "heading" }, inline(heading[1], me)), ...(rest.trim() ? paragraphs(rest, me) : [])];
  }
  if (/^(-{3,}|\*{3,})$/.test(block)) return [h("hr")];
  if (lines.every((line) => line.startsWith(">"))) {
    return [h("blockquote", {}, markdown(lines.map((line) => line.replace(/^>\s?/, "")).join("\n"), me))];
  }
  for (const [tag, mark] of Object.entries(LISTS)) {
    const from = lines.findIndex((line) => mark.test(line));
    if (from >= 0 && lines.slice(from).every((line) => mark.test(line))) {
      const items = lines.slice(from).map((line) => h("li", {}, inline(line.replace(mark, ""), me)));
      const before = lines.slice(0, from).join("\n");
      return [...(before ? paragraphs(before, me) : []), h(tag, {}, items)];
    }
  }
  return [h("p", {}, lines.flatMap((line, index) => (index ? [h("br"), ...inline(line, me)] : inline(line, me))))];
}

function inline(text, me) {
  const nodes = [];
  for (let rest = text; rest; ) {
    const found = INLINE.exec(rest);
    if (!found) return [...nodes, plain(rest)];
    if (found.index) nodes.push(plain(rest.slice(0, found.index)));
    nodes.push(token(found, me));
    rest = rest.slice(found.index + found[0].length);
  }
  return nodes;
}

function token([, code, strong, strong2, em, em2, struck, label, address, user], me) {
  if (code) return h("code", {}, code);
  if (strong ?? strong2) return h("strong", {}, inline(strong ?? strong2, me));
  if (em ?? em2) return h("em", {}, inline(em ?? em2, me));
  if (struck) return h("s", {}, inline(struck, me));
  return user ? mention(user, me) : link(address, label);
}
