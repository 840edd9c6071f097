// Moments as the employee's own clock shows them, and Slack's <!date^…> marks.

import { h } from "./dom.js";
import { person } from "./people.js";

const zoneOf = (me) => person(me)?.tz;

function format(seconds, me, options) {
  return new Intl.DateTimeFormat("en-GB", { timeZone: zoneOf(me), ...options }).format(new Date(seconds * 1000));
}

export const clockTime = (ts, me) => format(Number(ts), me, { hour: "2-digit", minute: "2-digit" });

export const day = (ts, me) => format(Number(ts), me, { weekday: "long", day: "numeric", month: "long" });

const STYLES = {
  date: { day: "numeric", month: "long", year: "numeric" },
  date_long: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  date_short: { day: "numeric", month: "short", year: "numeric" },
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  time: { hour: "2-digit", minute: "2-digit" },
  time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};

export function formatted(target, fallback, me) {
  const [, seconds, pattern, address] = target.split("^");
  if (!/^\d+$/.test(seconds) || !pattern) return fallback;
  const text = pattern.replace(/\{(\w+)\}/g, (mark, name) => {
    const style = STYLES[name.replace("_pretty", "")];
    return style ? format(Number(seconds), me, style) : mark;
  });
  const shown = h("time", { datetime: new Date(Number(seconds) * 1000).toISOString(), title: fallback }, text);
  return /^https?:/.test(address ?? "") ? h("a", { href: address, target: "_blank", rel: "noreferrer noopener" }, shown) : shown;
}
