// The left side: the channels, the app, and what is happening behind them.
import { el, hidden, isAtEnd, syncList } from "./dom.js";
import { icon } from "./icons.js";
import { groupName } from "./store.js";

const $ = (id) => document.getElementById(id);

/** Show the channels and the app; `go(place, tab)` leads there. */
export function drawNav({ state, words, language }, go) {
  const channels = state.channels.filter((one) => one.kind !== "direct");
  const version = (id) => JSON.stringify([id, state.place, state.tab, state.unread.has(id), language, state.channels, state.bot]);
  syncList($("channels"), channels, {
    key: (one) => one.id, version: (one) => version(one.id),
    make: (one) => entry({ state, words, go, id: one.id, sign: one.kind === "private" ? "lock" : one.kind === "group" ? "people" : one.is_shared ? "shared" : "hash", label: groupName(state, one) || one.name, isMember: one.is_member, note: one.kind === "private" ? words.private : one.is_shared ? words.shared : "" }),
  });
  const app = [{ tab: "home", label: words.home }, { tab: "messages", label: words.direct }];
  syncList($("apps"), app, {
    key: (one) => one.tab, version: (one) => version(state.dm) + one.tab,
    make: (one) => entry({ state, words, go, id: state.dm, tab: one.tab, sign: one.tab === "home" ? "home" : "chat", label: one.label, isMember: true }),
  });
}

function entry({ state, words, go, id, tab = "messages", sign, label, isMember, note: about }) {
  const isHere = state.place === id && (id !== state.dm || state.tab === tab);
  const isNew = state.unread.has(id) && tab === "messages";
  return el("li", {}, el(
    "button",
    { type: "button", class: `entry ${isNew ? "unread" : ""} ${isMember ? "" : "outside"}`, "aria-current": isHere ? "page" : null, data: { focus: "entry" }, title: about || null, on: { click: () => go(id, tab) } },
    icon(sign), el("span", {}, label, about ? hidden(` (${about})`) : null), isNew ? el("span", { class: "dot" }, hidden(words.unread)) : null,
  ));
}

/** Show what passes between Slack and the bot. */
export function drawActivity({ state, words, language }) {
  const list = $("activity");
  const wasAtEnd = isAtEnd(list);
  syncList(list, state.activity, {
    key: (one) => String(one.number), version: () => language,
    make: ({ way, what, ms, is_acknowledged: isTaken, retry }) => el("li", { class: way },
      el("span", { "aria-hidden": "true" }, way === "in" ? "→" : "←"), el("code", {}, what),
      way === "in" ? el("span", { class: isTaken ? "took" : "took bad" }, isTaken ? `${ms} ms` : words.notAcknowledged, retry ? ` ${words.retried} ${retry}` : "") : null),
  });
  if (wasAtEnd) list.scrollTop = list.scrollHeight;
}
