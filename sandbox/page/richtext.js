// The `rich_text` block: what a person has written, as Slack keeps it.

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { link, mention } from "./mrkdwn.js";

export function richText(block, me) {
  return block.elements.map((element) => part(element, me));
}

function part(element, me) {
  const inside = () => element.elements.map((each) => piece(each, me));
  if (element.type === "rich_text_list") {
    const items = element.elements.map((each) => h("li", {}, part(each, me)));
    return h(element.style === "ordered" ? "ol" : "ul", {}, items);
  }
  if (element.type === "rich_text_quote") return h("blockquote", {}, inside());
  if (element.type === "rich_text_preformatted") return h("pre", {}, h("code", {}, inside()));
  return h("span", { class: "rich" }, inside());
}

function piece(each, me) {
  if (each.type === "user") return mention(each.user_id, me);
  if (each.type === "emoji") return emoji(each.name);
  if (each.type === "link") return link(each.url, each.text);
  if (each.type !== "text") return each.text ?? "";
  const { bold, italic, strike, code } = each.style ?? {};
  const tags = [bold && "strong", italic && "em", strike && "s", code && "code"].filter(Boolean);
  return tags.reduce((inner, tag) => h(tag, {}, inner), each.text);
}
