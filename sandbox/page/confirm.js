// The question that an element may ask before it acts.

import { h } from "./dom.js";
import { mrkdwn, plain } from "./mrkdwn.js";

export function confirmed(question) {
  if (!question) return Promise.resolve(true);
  return new Promise((resolve) => {
    const close = (answer) => () => dialog.close(answer);
    const dialog = h(
      "dialog",
      { class: "modal small", "aria-labelledby": "confirm-title" },
      h("h2", { id: "confirm-title" }, plain(question.title.text)),
      h("div", { class: "body" }, question.text.type === "mrkdwn" ? mrkdwn(question.text.text) : plain(question.text.text)),
      h(
        "div",
        { class: "foot" },
        h("button", { type: "button", class: "button", onclick: close("") }, plain(question.deny.text)),
        h("button", { type: "button", class: `button ${question.style ?? "primary"}`, onclick: close("yes") }, plain(question.confirm.text)),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
