// Block Kit's interactive elements.

import { confirmed } from "./confirm.js";
import { h, newId } from "./dom.js";
import { nameOf, employees } from "./people.js";
import { now } from "./live.js";
import { overflow } from "./overflow.js";
import { picker } from "./picker.js";
import { plain, mrkdwn } from "./mrkdwn.js";

const PEOPLE = { users_select: false, multi_users_select: true };
// Browsers show no placeholder in these fields.
const DATED = { datepicker: "Choose a date", timepicker: "Choose a time", datetimepicker: "Choose a date and time" };
const CHANNELS = { channels_select: false, multi_channels_select: true, conversations_select: false, multi_conversations_select: true };

// The names are ids of the label, of the field for a label that names it, and of the description, and whether a change is told to the app at once.
export function control(block, element, scene, { label, field: id, described, dispatches = true } = {}) {
  const name = plain(element.placeholder?.text ?? DATED[element.type] ?? element.action_id);
  const unnamed = label ? { "aria-labelledby": label } : { "aria-label": name };
  const context = {
    element,
    scene,
    id: newId("control"),
    attributes: { ...(id && !label ? { id } : unnamed), "aria-describedby": described || undefined },
    value: scene.value(block, element),
    // What the user has chosen: kept for the form, and sent where the app wants to know at once.
    async set(choice, { send = dispatches } = {}) {
      scene.changed?.(block, element, choice);
      if (send && (await confirmed(element.confirm))) await scene.act(block, element, choice);
    },
  };
  const kind = element.type in PEOPLE ? "people" : element.type in CHANNELS ? "channels" : element.type;
  const shown = (CONTROLS[kind] ?? CONTROLS.unknown)(context);
  shown.dataset.action = element.action_id;
  return element.type in DATED && !label && !id ? h("label", { class: "named" }, name, shown) : shown;
}

const CONTROLS = {
  button({ element, set }) {
    const press = async (event) => {
      const node = event.currentTarget;
      node.setAttribute("aria-busy", "true");
      await set(element.value ?? null, { send: true });
      node.removeAttribute("aria-busy");
    };
    const shown = { class: `button ${element.style ?? ""}`, "aria-label": element.accessibility_label };
    if (!element.url) return h("button", { ...shown, type: "button", onclick: press }, plain(element.text.text));
    const opened = { href: element.url, target: "_blank", rel: "noreferrer noopener" };
    return h("a", { ...shown, ...opened, onclick: press }, plain(element.text.text));
  },
  overflow: ({ element, set }) => overflow(element, (value) => set(value, { send: true })),
  static_select({ element, attributes, value, set }) {
    const chosen = value?.selected_option?.value ?? "";
    const options = (list) =>
      list.map((each) => h("option", { value: each.value, selected: each.value === chosen }, plain(each.text.text)));
    const groups = element.option_groups?.map((group) => h("optgroup", { label: plain(group.label.text) }, options(group.options)));
    const empty = h("option", { value: "", selected: !chosen }, plain(element.placeholder?.text ?? "Choose"));
    const change = (event) => set(event.target.value || null);
    return h("select", { ...attributes, onchange: change }, empty, groups ?? options(element.options));
  },
  multi_static_select({ element, attributes, value, set }) {
    const all = (element.option_groups ?? [element]).flatMap((group) => group.options);
    const options = all.map((each) => ({ value: each.value, label: plain(each.text.text) }));
    const chosen = (value?.selected_options ?? []).map((each) => each.value);
    return picker({ options: () => options, chosen, many: true, attributes, placeholder: element.placeholder?.text, onchange: set });
  },
  people({ element, attributes, value, set }) {
    const many = PEOPLE[element.type];
    const options = () => employees().map((each) => ({ value: each.id, label: each.name, detail: each.title, avatar: each.id }));
    const chosen = many ? value?.selected_users ?? [] : [value?.selected_user].filter(Boolean);
    return picker({ options, chosen, many, attributes, label: nameOf, placeholder: element.placeholder?.text, onchange: set });
  },
  channels({ element, attributes, value, set }) {
    const many = CHANNELS[element.type];
    const noun = element.type.includes("channels") ? "channel" : "conversation";
    const options = () =>
      now.sidebar.filter((each) => each.kind === "channel").map((each) => ({ value: each.id, label: `#${each.name}` }));
    const chosen = many ? value?.[`selected_${noun}s`] ?? [] : [value?.[`selected_${noun}`]].filter(Boolean);
    return picker({ options, chosen, many, attributes, placeholder: element.placeholder?.text, onchange: set });
  },
  datepicker: (context) => field(context, "date", context.value?.selected_date),
  timepicker: (context) => field(context, "time", context.value?.selected_time),
  datetimepicker(context) {
    const { value, set, attributes } = context;
    const at = value?.selected_date_time;
    const shown = at ? new Date(at * 1000 - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 16) : "";
    const seconds = (written) => (written ? Math.floor(new Date(written) / 1000) : null);
    return h("input", { type: "datetime-local", min: `${EARLIEST}T00:00`, ...attributes, value: shown, onchange: whole((written) => set(seconds(written))) });
  },
  checkboxes: (context) => choices(context, "checkbox"),
  radio_buttons: (context) => choices(context, "radio"),
  plain_text_input(context) {
    if (!context.element.multiline) return written(context, h("input", { type: "text", ...limits(context) }));
    const area = h("textarea", { rows: 4, ...limits(context) });
    area.value = context.value?.value ?? "";
    return written(context, area);
  },
  email_text_input: (context) => written(context, h("input", { type: "email", ...limits(context) })),
  url_text_input: (context) => written(context, h("input", { type: "url", ...limits(context) })),
  number_input: (context) => written(context, h("input", { type: "text", inputmode: "decimal", ...limits(context) })),
  unknown: ({ element }) => h("span", { class: "soft" }, `(a ${element.type})`),
};

function field({ attributes, set }, type, value) {
  const min = type === "date" ? EARLIEST : undefined;
  return h("input", { type, min, ...attributes, value: value ?? "", onchange: whole((written) => set(written || null)) });
}

// Who types 2026 has the years 2, 20 and 202 on the way: these are too early, and nobody is told of them.
const EARLIEST = "1900-01-01";
const whole = (tell) => (event) => event.target.validity.valid && tell(event.target.value);

function limits({ element, attributes, value }) {
  const placeholder = element.placeholder && plain(element.placeholder.text);
  return { ...attributes, placeholder, maxlength: element.max_length ?? 3000, value: value?.value ?? "" };
}

// Text is kept with every letter, and told to the app on Enter where it asked for that.
function written({ set, element }, node) {
  node.addEventListener("input", () => set(node.value || null, { send: false }));
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && element.dispatch_action_config) set(node.value || null);
  });
  return node;
}

function choices({ element, attributes, value, set, id, scene }, type) {
  const chosen = type === "radio" ? [value?.selected_option?.value] : (value?.selected_options ?? []).map((each) => each.value);
  const change = (event) => {
    if (type === "radio") return set(event.target.value);
    const boxes = [...event.target.closest(".choices").querySelectorAll("input:checked")];
    return set(boxes.map((box) => box.value));
  };
  const words = (object) => (object.type === "mrkdwn" ? mrkdwn(object.text, scene.me) : plain(object.text));
  const options = element.options.map((option) =>
    h(
      "label",
      { class: "choice" },
      h("input", { type, name: id, value: option.value, checked: chosen.includes(option.value), onchange: change }),
      h("span", {}, words(option.text), option.description && h("span", { class: "soft detail" }, words(option.description))),
    ),
  );
  return h("div", { class: "choices", role: type === "radio" ? "radiogroup" : "group", ...attributes }, options);
}
