// What the page knows, and how each change of the workspace changes it. No nodes here.

/** An empty state. `place` is a channel's id; `tab` says which side of the app is open. */
export function newState() {
  return {
    me: "", dm: "", bot: "", app: null, people: new Map(), channels: [],
    messages: new Map(), statuses: new Map(), prompts: null, home: null, modal: null,
    place: "", tab: "messages", thread: "", unread: new Set(), votes: new Map(), activity: [],
  };
}

const keyOf = (channel, ts) => `${channel} ${ts}`;

/** Take the whole that the server gave. */
export function takeSnapshot(state, whole) {
  state.me = whole.me;
  state.dm = whole.dm;
  state.bot = whole.bot;
  state.app = whole.app;
  state.people = new Map(whole.people.map((one) => [one.id, one]));
  state.channels = whole.channels;
  state.messages = new Map(whole.messages.map((one) => [keyOf(one.channel, one.ts), one]));
  state.statuses = new Map(whole.statuses.map((one) => [keyOf(one.channel, one.thread_ts), one.status]));
  state.prompts = whole.prompts;
  state.home = whole.home;
  state.modal = whole.modal;
}

/** Take one change. */
export function takeChange(state, { kind, channel, data }) {
  switch (kind) {
    case "message_posted":
    case "message_changed":
    case "ephemeral_posted":
    case "ephemeral_changed":
      state.messages.set(keyOf(channel, data.ts), { ...data, channel });
      break;
    case "message_deleted":
    case "ephemeral_deleted":
      state.messages.delete(keyOf(channel, data.ts));
      break;
    case "status_set":
      if (data.status) state.statuses.set(keyOf(channel, data.thread_ts), data.status);
      else state.statuses.delete(keyOf(channel, data.thread_ts));
      break;
    case "prompts_set":
      if (channel === state.dm) state.prompts = data;
      break;
    case "view_opened":
    case "view_changed":
      state.modal = data;
      break;
    case "view_closed":
      state.modal = null;
      break;
    case "home_published":
      state.home = data;
      break;
    case "bot_told":
      note(state, { way: "in", ...data });
      break;
  }
}

/** Keep a line of what happens; the newest forty. */
export function note(state, line) {
  state.activity.push({ number: (state.activity.at(-1)?.number ?? 0) + 1, ...line });
  if (state.activity.length > 40) state.activity.shift();
}

export const threadOf = (message) => message.thread_ts || message.ts;
export const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;

/** The messages of a channel that stand by themselves, oldest first. */
export function roots(state, channel) {
  return sorted(state, (one) => one.channel === channel && !isReply(one));
}

/** A thread, its first message first. */
export function thread(state, channel, ts) {
  return sorted(state, (one) => one.channel === channel && threadOf(one) === ts);
}

export const find = (state, channel, ts) => state.messages.get(keyOf(channel, ts));
export const statusOf = (state, channel, ts) => state.statuses.get(keyOf(channel, ts)) ?? "";
export const channelOf = (state, id) => state.channels.find((one) => one.id === id);

/** A group conversation by the other people in it; empty for other channels. */
export function groupName(state, channel) {
  const others = (channel?.people ?? []).filter((id) => id !== state.me && id !== state.bot);
  return others.map((id) => state.people.get(id)?.name ?? id).join(", ");
}

/** The name of a person or channel, undefined where neither is known. */
export function nameOf(state, id) {
  return state.people.get(id)?.name ?? channelOf(state, id)?.name;
}

function sorted(state, wanted) {
  return [...state.messages.values()].filter(wanted).sort((a, b) => (a.ts < b.ts ? -1 : 1));
}
