// Block Kit: the blocks that show something, with the elements that stand in them.

import { h, newId } from "./dom.js";
import { control } from "./elements.js";
import { markdown } from "./markdown.js";
import { mrkdwn, plain } from "./mrkdwn.js";
import { richText } from "./richtext.js";

// `scene` says who looks (`me`), what was entered (`value`), and what happens (`act`, `changed`).
export function blocks(all, scene) {
  return all.map((block) => RENDERERS[block.type]?.(block, scene) ?? unknown(block));
}

export function text(object, me) {
  return object.type === "mrkdwn" ? mrkdwn(object.text, me) : [plain(object.text)];
}

const RENDERERS = {
  section(block, scene) {
    const fields = block.fields?.map((field) => h("div", { class: "field" }, text(field, scene.me)));
    const label = newId("section");
    const words = h(
      "div",
      { class: "words", id: label },
      block.text && h("div", {}, text(block.text, scene.me)),
      fields && h("div", { class: "fields" }, fields),
    );
    return h("div", { class: "block section" }, words, block.accessory && accessory(block, scene, label));
  },
  header: (block) => h("h3", { class: "block header" }, plain(block.text.text)),
  divider: () => h("hr", { class: "block" }),
  context: (block, scene) => h("div", { class: "block context" }, block.elements.map((each) => aside(each, scene))),
  actions: (block, scene) =>
    h("div", { class: "block actions" }, block.elements.map((element) => control(block, element, scene))),
  image: (block) =>
    h(
      "figure",
      { class: "block image" },
      block.title && h("figcaption", {}, plain(block.title.text)),
      picture(block.image_url, block.alt_text),
    ),
  input,
  markdown: (block, scene) => h("div", { class: "block markdown" }, markdown(block.text, scene.me)),
  rich_text: (block, scene) => h("div", { class: "block" }, richText(block, scene.me)),
};

function input(block, scene) {
  const [label, hint, error, field] = ["label", "hint", "error", "field"].map(newId);
  const isGroup = ["checkboxes", "radio_buttons"].includes(block.element.type);
  const described = [block.hint && hint, error].filter(Boolean).join(" ");
  const shown = control(block, block.element, scene, {
    label: isGroup ? label : undefined,
    field,
    described,
    dispatches: block.dispatch_action === true,
  });
  const words = [plain(block.label.text), block.optional && h("span", { class: "soft" }, " (optional)")];
  return h(
    "div",
    { class: "block input", "data-block": block.block_id },
    isGroup ? h("div", { class: "label", id: label }, words) : h("label", { class: "label", for: field }, words),
    shown,
    block.hint && h("p", { class: "hint", id: hint }, plain(block.hint.text)),
    h("p", { class: "error", id: error, role: "alert" }),
  );
}

function accessory(block, scene, label) {
  if (block.accessory.type === "image") {
    return h("div", { class: "accessory" }, picture(block.accessory.image_url, block.accessory.alt_text));
  }
  const isSmall = ["button", "overflow"].includes(block.accessory.type);
  return h("div", { class: isSmall ? "accessory" : "accessory wide" }, control(block, block.accessory, scene, { label }));
}

function aside(element, scene) {
  if (element.type === "image") return picture(element.image_url, element.alt_text);
  return h("span", {}, text(element, scene.me));
}

// The page asks nobody but this machine for anything, so other pictures show as links.
function picture(address, alt) {
  const { protocol, hostname } = new URL(address ?? "about:blank", location.href);
  const isLocal = ["127.0.0.1", "localhost", location.hostname].includes(hostname) || protocol === "data:";
  if (address && isLocal) return h("img", { src: address, alt });
  return h("a", { class: "picture", href: address ?? "#", target: "_blank", rel: "noreferrer noopener" }, `Picture: ${alt}`);
}

const unknown = (block) => h("p", { class: "block soft" }, `(a block of the type ${block.type})`);
