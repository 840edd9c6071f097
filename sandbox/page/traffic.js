// For developers: what went between the app and Slack, the newest first.

import { h, icon, reconcile } from "./dom.js";
import { ask } from "./live.js";

const KEPT = 300;
const drawer = document.getElementById("traffic");
const toggle = document.getElementById("traffic-toggle");
const entries = new Map();
const wanted = { words: "", way: "" };

const list = h("ol", { class: "entries" });
const nothing = h("p", { class: "soft empty" }, "Nothing yet, or nothing that fits.");
const filter = h("input", { type: "search", placeholder: "Filter", "aria-label": "Filter the traffic", oninput: (event) => narrow({ words: event.target.value.toLowerCase() }) });
const way = h(
  "select",
  { "aria-label": "Direction", onchange: (event) => narrow({ way: event.target.value }) },
  h("option", { value: "" }, "Both ways"),
  h("option", { value: "out" }, "To the app"),
  h("option", { value: "in" }, "From the app"),
);
const clear = h("button", { type: "button", class: "button small", onclick: forget }, "Clear");
const shut = h("button", { type: "button", class: "cross", "aria-label": "Close the traffic" }, icon("close"));
drawer.append(
  h("header", {}, h("h2", {}, "Traffic"), shut),
  h("div", { class: "tools" }, filter, way, clear),
  h("div", { class: "log", tabindex: "0", role: "region", "aria-label": "Calls and requests" }, nothing, list),
);

export const isTrafficOpen = () => !drawer.hidden;

export function onTraffic(changed) {
  const show = (isShown) => {
    drawer.hidden = !isShown;
    toggle.setAttribute("aria-expanded", String(isShown));
    document.body.classList.toggle("with-traffic", isShown);
    (isShown ? filter : toggle).focus();
    changed();
  };
  toggle.addEventListener("click", () => show(drawer.hidden));
  shut.addEventListener("click", () => show(false));
  drawer.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && show(false));
}

export function drawTraffic(news) {
  for (const entry of news) entries.set(entry.key, entry);
  for (const key of [...entries.keys()].slice(0, Math.max(0, entries.size - KEPT))) entries.delete(key);
  draw();
}

function narrow(change) {
  Object.assign(wanted, change);
  draw();
}

async function forget() {
  await ask("DELETE", "/traffic");
  entries.clear();
  draw();
}

function draw() {
  const fits = (each) => each.key.startsWith(wanted.way) && JSON.stringify(each).toLowerCase().includes(wanted.words);
  const shown = [...entries.values()].filter(fits).sort((a, b) => b.at - a.at);
  nothing.hidden = shown.length > 0;
  reconcile(list, shown, {
    key: (each) => each.key,
    version: (each) => `${each.status} ${each.error ?? ""}`,
    render: (each, old) => row(each, old?.querySelector("details")?.open ?? false),
  });
}

function row(each, isOpen) {
  const isOut = each.key.startsWith("out");
  const { sent, name } = isOut ? request(each) : { sent: each.args, name: each.method };
  const outcome = outcomeOf(each);
  return h(
    "li",
    {},
    h(
      "details",
      { open: isOpen },
      h(
        "summary",
        {},
        h("span", { class: `way ${isOut ? "out" : "in"}` }, isOut ? "to app" : "from app"),
        h("span", { class: "what" }, name, " ", h("span", { class: "soft" }, about(each))),
        h("span", { class: `outcome ${outcome.kind}` }, outcome.words),
      ),
      part("Sent", sent),
      part("Answered", parsed(each.answer)),
      isOut && each.via === "http" && part("Headers", each.headers),
      h("p", { class: "soft" }, [each.via && `by ${each.via}`, each.seconds && `${Math.round(each.seconds * 1000)} ms`, each.fault && `fault: ${each.fault}`].filter(Boolean).join(", ")),
    ),
  );
}

// Whom or what a call is about, as far as one word says it.
function about({ args }) {
  const word = args?.channel ?? args?.users ?? args?.user_id ?? args?.user ?? "";
  return typeof word === "string" ? word : "";
}

function outcomeOf({ status, error, failure }) {
  const problem = error ?? failure;
  if (problem) return { kind: "bad", words: problem };
  if (status === null) return { kind: "open", words: "…" };
  return { kind: status >= 200 && status < 300 ? "good" : "bad", words: String(status) };
}

function part(name, value) {
  if (value === undefined || value === null || value === "") return null;
  const shown = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return [h("p", { class: "part" }, name), h("pre", { tabindex: "0", role: "region", "aria-label": `${name}, as JSON` }, shown)];
}

// Requests are forms or JSON; both read best as JSON.
function request({ kind, body }) {
  const whole = parsed(body);
  const inner = whole?.payload ?? whole;
  const name = { command: () => `${inner.command} ${inner.text ?? ""}`, interaction: () => inner.type, event: () => inner.event?.type }[kind];
  return { sent: whole, name: `${kind}: ${name?.() ?? ""}` };
}

function parsed(text) {
  if (typeof text !== "string" || !text) return text;
  try {
    return JSON.parse(text);
  } catch {
    if (!/^\w+=/.test(text)) return text;
  }
  const form = Object.fromEntries(new URLSearchParams(text));
  return form.payload ? { payload: parsed(form.payload) } : form;
}
