// What the sandbox shows to one employee, as it changes, and what the page asks of the sandbox.

const PARTS = ["workspace", "people", "sidebar", "modals", "place", "program", "traffic"];

const listeners = new Map();
export const now = {};
let source = null;
let asked = {};

export function listen(part, listener) {
  listeners.set(part, [...(listeners.get(part) ?? []), listener]);
}

export function connect({ user, place, traffic }) {
  asked = { user, place, traffic };
  reconnect();
}

export const isConnectedTo = (wanted) => Object.keys(wanted).every((key) => asked[key] === wanted[key]);

function reconnect() {
  source?.close();
  source = null;
  // A browser allows six connections to one host: a page that nobody looks at gives its own back.
  if (document.visibilityState === "hidden") return;
  const { user, place, traffic } = asked;
  source = new EventSource(`/live/stream?${new URLSearchParams({ user, place, traffic: traffic ? "1" : "0" })}`);
  for (const part of PARTS) {
    source.addEventListener(part, (event) => {
      now[part] = JSON.parse(event.data);
      for (const listener of listeners.get(part) ?? []) listener(now[part]);
    });
  }
  source.onopen = () => document.body.classList.remove("offline");
  source.onerror = () => document.body.classList.add("offline");
}

document.addEventListener("visibilitychange", reconnect);
// A reload should not wait for the old connection to be noticed.
addEventListener("pagehide", () => source?.close());

export async function ask(verb, path, body) {
  const answer = await fetch(`/control${path}`, {
    method: verb,
    headers: { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.error);
  return said.result;
}

const FAILURES = {
  http_timeout: "the app did not answer within 3 seconds",
  timeout: "the app did not answer within 3 seconds",
  connection_failed: "the app could not be reached",
  bad_response_action: "the app's answer was not one that Slack understands",
};

// One sentence about an action that the app did not take, or "".
export function trouble(what, { status, failure, errors }) {
  if (failure) return `${what} failed: ${FAILURES[failure] ?? failure}.`;
  if (status !== null && (status < 200 || status > 299)) return `${what} failed: the app answered ${status}.`;
  if (Array.isArray(errors) && errors.length) return `Slack refused the app's answer: ${errors[0]}`;
  return "";
}
