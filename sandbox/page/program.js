// The buttons and the clock that whoever runs the sandbox has put on its page.

import { h, reconcile } from "./dom.js";
import { ask } from "./live.js";
import { say } from "./status.js";

const bar = document.getElementById("program");
const clock = h("span", { class: "clock" });
const buttons = h("span", { class: "buttons" });
bar.append(clock, buttons);

export function drawProgram(program) {
  clock.textContent = program.clock;
  bar.hidden = !program.clock && !program.buttons.length;
  reconcile(buttons, program.buttons, {
    key: (each) => each.label,
    version: () => "",
    render: (each) => h("button", { type: "button", class: "button small", onclick: () => press(each.label) }, each.label),
  });
  for (const [index, each] of program.buttons.entries()) setRunning(buttons.children[index], each.is_running);
}

// A disabled button would lose the focus, and with it the place of whoever uses a keyboard.
function setRunning(node, isRunning) {
  node.setAttribute("aria-disabled", String(isRunning));
  node.setAttribute("aria-busy", String(isRunning));
}

async function press(label) {
  const node = [...buttons.children].find((each) => each.dataset.key === label);
  if (node.getAttribute("aria-disabled") === "true") return;
  setRunning(node, true);
  say(`${label} …`, { stays: true });
  try {
    say(await ask("POST", "/page-button", { label }));
  } catch (error) {
    say(error.message, { isTrouble: true });
  } finally {
    setRunning(node, false);
  }
}
