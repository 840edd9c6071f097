// Building elements, without a template language: text stays text, so nothing an app says can become markup.

export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, each] of Object.entries(value)) node.style.setProperty(key, each);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

// Brings the parent's children in line with the items, and rebuilds only what changed.
// `key` names an item, `version` tells whether its node is still right.
export function reconcile(parent, items, { key, version, render }) {
  const before = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const wanted = items.map((item) => {
    const [name, stamp] = [String(key(item)), String(version(item))];
    const old = before.get(name);
    if (old?.dataset.version === stamp) return old;
    const node = render(item, old);
    Object.assign(node.dataset, { key: name, version: stamp });
    if (old?.contains(document.activeElement)) queueMicrotask(() => focusIn(node));
    return node;
  });
  const kept = new Set(wanted);
  for (const node of [...parent.children]) if (!kept.has(node)) node.remove();
  wanted.forEach((node, place) => {
    if (parent.children[place] !== node) parent.insertBefore(node, parent.children[place] ?? null);
  });
}

// Whoever pressed a button that is replaced must not lose their place on the page.
function focusIn(node) {
  node.tabIndex = -1;
  node.focus({ preventScroll: true });
}

let counter = 0;
export const newId = (prefix) => `${prefix}-${++counter}`;

const SHAPES = {
  eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8Zm6.5 2a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  back: "M10 3 5 8l5 5",
  close: "M4 4l8 8M12 4l-8 8",
  send: "M2.5 8h10M8.5 4l4 4-4 4",
  home: "M2.5 7.5 8 3l5.5 4.5V13h-4V9.5h-3V13h-4Z",
  talk: "M2.5 3.5h11v7h-6L4 13v-2.5H2.5Z",
  down: "M4 6.5 8 10.5l4-4",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  check: "M3.5 8.5l3 3 6-7",
};

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}
