// Names and pictures of the people in the workspace.

import { h } from "./dom.js";
import { now } from "./live.js";

export const bot = () => now.workspace?.bot ?? { id: "", name: "App" };
export const person = (id) => now.people?.find((each) => each.id === id);
export const employees = () => (now.people ?? []).filter((each) => !each.is_bot && each.is_active);

export function nameOf(id) {
  if (id === bot().id) return title(bot().name);
  return person(id)?.name ?? id;
}

export const title = (name) => name.charAt(0).toUpperCase() + name.slice(1);

export function others(members, me) {
  return members.filter((id) => id !== me && id !== bot().id);
}

export function placeName(conversation, me) {
  if (conversation.kind === "im") return nameOf(bot().id);
  if (conversation.kind === "mpim") return others(conversation.members, me).map(nameOf).join(", ");
  return conversation.name;
}

export function avatar(id, { isSmall = false } = {}) {
  const isApp = id === bot().id || person(id)?.is_bot;
  if (isApp) return h("img", { class: "avatar app", src: "/page/icon.svg", alt: "" });
  const initials = nameOf(id).split(/\s+/).map((word) => word[0]).filter(Boolean);
  const last = initials.length > 1 && !isSmall ? initials.at(-1) : "";
  const shown = `${initials[0] ?? ""}${last}`.toUpperCase();
  return h("span", { class: "avatar", style: { "--hue": hue(id) }, "aria-hidden": "true" }, shown);
}

function hue(id) {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 360;
  return (sum * 137) % 360;
}
