// The page: brings together who one is, where one looks, and what the sandbox shows there.

import { drawConversation } from "./conversation.js";
import { h } from "./dom.js";
import { drawHome, leaveHome, openHome } from "./home.js";
import { connect, isConnectedTo, listen, now } from "./live.js";
import { drawModal } from "./modal.js";
import { bot, employees } from "./people.js";
import { drawProgram } from "./program.js";
import { go, route } from "./route.js";
import { drawSidebar } from "./sidebar.js";
import { drawSwitcher } from "./switcher.js";
import { drawTraffic, isTrafficOpen, onTraffic } from "./traffic.js";

const main = document.getElementById("main");
const isWide = matchMedia("(min-width: 720px)");

function follow() {
  const { user, place } = route();
  const wanted = { user, place, traffic: isTrafficOpen() };
  if (!isConnectedTo(wanted)) {
    // What another employee or place showed must not stand here for a moment.
    if (!isConnectedTo({ user, place })) delete now.place;
    connect(wanted);
  }
  if (place === "home" && user) openHome(user);
  else leaveHome();
  document.body.classList.toggle("at-place", Boolean(place));
  draw();
}

function draw() {
  if (!now.people || !now.workspace) return;
  const { user, place } = route();
  const isSomebody = employees().some((each) => each.id === user);
  if (!isSomebody && employees().length) return go(employees()[0].id, isWide.matches ? bot().id : "");
  if (isSomebody && !place && isWide.matches) return go(user, bot().id);
  document.getElementById("team").textContent = now.workspace.team;
  drawSwitcher();
  drawSidebar();
  drawPlace(user, place);
}

function drawPlace(user, place) {
  if (now.place?.id !== place || !now.sidebar) return;
  main.dataset.kind = now.place.kind;
  if (place === "home") drawHome(main, now.place, user);
  else if (now.place.kind === "nothing" && place !== bot().id) main.replaceChildren(h("p", { class: "soft empty" }, "You are not in this conversation."));
  else drawConversation(main, now.place, user);
}

addEventListener("hashchange", () => {
  follow();
  if (!document.querySelector("dialog[open]") && !isWide.matches) main.focus({ preventScroll: true });
});
for (const part of ["people", "workspace", "sidebar", "place"]) listen(part, draw);
listen("modals", drawModal);
listen("program", drawProgram);
listen("traffic", drawTraffic);
onTraffic(follow);
isWide.addEventListener("change", draw);
follow();
