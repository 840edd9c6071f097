// What the page has more with JavaScript: values under the pointer, and tables in the order that one likes.
"use strict";

const said = document.createElement("div");
said.className = "said";
said.hidden = true;
said.setAttribute("aria-hidden", "true");
document.body.append(said);

// The picture stays as it is; its shapes lie on it unseen, and each says what it stands for.
async function lay(image) {
  const answer = await fetch(image.currentSrc);
  if (!answer.ok) return;
  const read = new DOMParser().parseFromString(await answer.text(), "image/svg+xml");
  const shapes = document.importNode(read.documentElement, true);
  shapes.setAttribute("aria-hidden", "true");
  shapes.setAttribute("width", image.width);
  shapes.setAttribute("height", image.height);
  image.closest("picture").after(shapes);
  shapes.addEventListener("pointermove", (moved) => {
    const named = moved.target.closest("[aria-roledescription][aria-label]");
    said.hidden = !named || !named.getAttribute("aria-label").includes(":");
    if (said.hidden) return;
    said.textContent = named.getAttribute("aria-label");
    const right = moved.clientX > innerWidth / 2;
    said.style.left = right ? "" : `${moved.clientX + 12}px`;
    said.style.right = right ? `${innerWidth - moved.clientX + 12}px` : "";
    said.style.top = `${moved.clientY + 12}px`;
  });
  shapes.addEventListener("pointerleave", () => {
    said.hidden = true;
  });
}

for (const image of document.querySelectorAll(".chart img")) {
  image.addEventListener("pointerenter", () => lay(image), { once: true });
}

// "≤ 20 %" is more than "can't tell" and less than "25 (56 %)"; what has no number comes first.
function weight(cell) {
  const share = /(\d+) %/.exec(cell.textContent);
  const number = /\d+/.exec(cell.textContent);
  if (cell.textContent.includes("≤")) return 0;
  return share ? Number(share[1]) : number ? Number(number[0]) : -1;
}

function sort(table, place, heading) {
  const up = heading.getAttribute("aria-sort") !== "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", up ? "ascending" : "descending");
  const rows = [...table.tBodies[0].rows];
  rows.sort((one, other) => {
    const [a, b] = [one.cells[place], other.cells[place]];
    const order = place ? weight(a) - weight(b) : a.textContent.localeCompare(b.textContent);
    return up ? order : -order;
  });
  table.tBodies[0].append(...rows);
}

for (const table of document.querySelectorAll("main table")) {
  if (table.tBodies[0].rows.length < 3) continue;
  [...table.tHead.rows[0].cells].forEach((heading, place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = heading.textContent;
    heading.replaceChildren(button);
    button.addEventListener("click", () => sort(table, place, heading));
  });
}
