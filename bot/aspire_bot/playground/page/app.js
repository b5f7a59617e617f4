// The playground's page: what the server tells goes into the state, the state onto the screen.
import { act, follow } from "./api.js";
import { blocks } from "./blocks.js";
import { composer } from "./composer.js";
import { el, isAtEnd, syncList } from "./dom.js";
import { icon } from "./icons.js";
import { showMessages, spoken } from "./messages.js";
import { showModal } from "./modal.js";
import { ask } from "./prompt.js";
import { drawActivity, drawNav } from "./side.js";
import { channelOf, find, groupName, isReply, nameOf, newState, note, roots, statusOf, takeChange, takeSnapshot, thread, threadOf } from "./store.js";
import { languageOf, wordsOf } from "./words.js";

const PERMALINK = /^https:\/\/local[a-z0-9-]*\.slack\.com\/archives\/([A-Z0-9]+)\/p(\d{10})(\d{6})(?:\?thread_ts=(\d+\.\d+))?/;
const $ = (id) => document.getElementById(id);
const state = newState();
let language = languageOf(navigator.language);
let words = wordsOf(language);
let unfollow = () => {};
const drafts = new Map(); // what is being written, by person and place
let opener = null; // what opened the thread
let arriveAt = ""; // a conversation that was made, to be gone to once the server has told of it
let seen = null; // the newest answer, to be scrolled to once it stands there

const botName = () => state.people.get(state.bot)?.name ?? "";
const isApp = () => state.place === state.dm;
const atHome = () => isApp() && state.tab === "home";

/** What the place is called: the bot, a channel with its sign, a private one by its name alone. */
function placeName() {
  const channel = channelOf(state, state.place);
  if (!channel || isApp()) return botName();
  if (channel.kind === "group") return groupName(state, channel);
  return channel.kind === "private" ? channel.name : `#${channel.name}`;
}

// --- acts -------------------------------------------------------------------------------------

async function perform(name, details) {
  try {
    $("trouble").textContent = "";
    return await act(state.me, name, details);
  } catch (error) {
    $("trouble").textContent = error.message === "offline" ? words.offline : error.message;
    return null;
  }
}

function say(text, threadTs) {
  const command = /^(\/\S+)\s*([\s\S]*)$/.exec(text);
  const known = command && state.app.commands.some((one) => one.command === command[1]);
  if (known) return perform("command", { channel: state.place, command: command[1], text: command[2] });
  const asMe = /^\/me\s+([\s\S]+)$/.exec(text);
  const typed = (asMe ? asMe[1] : text).replaceAll(`@${botName()}`, "@bot");
  return perform("say", { channel: state.place, text: typed, is_me: Boolean(asMe), ...(threadTs ? { thread_ts: threadTs } : {}) });
}

const MOST_SHARED = 620_000; // bytes; the server takes little more, in base64

async function share(files, text, threadTs) {
  if (files.reduce((sum, one) => sum + one.size, 0) > MOST_SHARED) {
    $("trouble").textContent = words.tooLarge;
    return null;
  }
  const inBase64 = async (file) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    let written = "";
    for (let at = 0; at < bytes.length; at += 32_768) written += String.fromCharCode(...bytes.subarray(at, at + 32_768));
    return [file.name, btoa(written)];
  };
  const shared = Object.fromEntries(await Promise.all(files.slice(0, 5).map(inBase64)));
  const typed = text.replaceAll(`@${botName()}`, "@bot");
  return perform("share", { channel: state.place, files: shared, text: typed, ...(threadTs ? { thread_ts: threadTs } : {}) });
}

const deeds = {
  openThread(message, isReplying) {
    opener = document.activeElement;
    state.thread = threadOf(message);
    draw();
    ((isReplying && $("reply-text")) || $("thread-scroller")).focus();
  },
  shortcut: (message, id) => perform("shortcut", { channel: message.channel, ts: message.ts, callback_id: id }),
  async forward(message) {
    const places = state.channels.filter((one) => one.is_member).map((one) => [one.id, one.id === state.dm ? botName() : groupName(state, one) || one.name]);
    const given = await ask({
      title: words.forwardTitle, submit: words.forward, cancel: words.cancel,
      fields: [{ name: "to", label: words.forwardTo, kind: "select", options: places, value: state.dm }, { name: "text", label: words.forwardText, isOptional: true }],
    });
    if (!given) return;
    const before = state.place;
    go(given.to); // first, or the answer may come while another place is looked at
    const done = await perform("forward", { channel: message.channel, ts: message.ts, to: given.to, text: given.text.replaceAll(`@${botName()}`, "@bot") });
    if (!done) go(before);
  },
  async edit(message) {
    const written = message.text.replaceAll(`<@${state.bot}>`, `@${botName()}`).replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
    const given = await ask({ title: words.editTitle, fields: [{ name: "text", label: words.messages, kind: "long", value: written }], submit: words.save, cancel: words.cancel });
    if (given) perform("edit", { channel: message.channel, ts: message.ts, text: given.text.replaceAll(`@${botName()}`, "@bot") });
  },
  async remove(message) {
    const given = await ask({ title: words.removeTitle, text: words.removeText, submit: words.remove, cancel: words.cancel, isDanger: true });
    if (given) perform("delete", { channel: message.channel, ts: message.ts });
  },
  contextOf: (message) => ({
    ...context(),
    vote: state.votes.get(message.ts),
    voted: (side) => { state.votes.set(message.ts, side); render(); },
    click: (actionId, value) => perform("click", { channel: message.channel, ts: message.ts, action_id: actionId, value }),
  }),
};

const context = () => ({
  words, me: state.me, names: (id) => nameOf(state, id),
  people: () => [...state.people.values()].filter((one) => !one.is_bot),
  channels: () => state.channels.filter((one) => one.kind !== "direct"),
});

const onView = (view) => ({
  ...context(),
  click: (actionId, value) => perform("click", { view_id: view.id, action_id: actionId, value }),
});

const modalDeeds = {
  close: (view) => perform("close", { view_id: view.id }),
  async submit(view, values) { return (await perform("submit", { view_id: view.id, values }))?.errors; },
};

// --- moving about -------------------------------------------------------------------------------

function go(place, tab = "messages") {
  state.place = place;
  state.tab = tab;
  state.thread = "";
  state.unread.delete(place);
  document.body.classList.remove("nav-open");
  $("nav-toggle").setAttribute("aria-expanded", "false");
  if (place === state.dm) perform("open_app", { tab });
  render();
  toEnd($("scroller"));
}

function closeThread() {
  state.thread = "";
  draw();
  if (opener?.isConnected) opener.focus();
  else $("composer-text")?.focus();
}

function become(user, place = "", tab = "messages") {
  unfollow();
  Object.assign(state, newState(), { place, activity: state.activity });
  let isFirst = true;
  unfollow = follow(user, {
    snapshot(whole) {
      takeSnapshot(state, whole);
      if (isFirst) { setLanguage(languageOf(state.people.get(user)?.locale)); arrive(place, tab); }
      isFirst = false;
      if (arriveAt && channelOf(state, arriveAt)) { const place = arriveAt; arriveAt = ""; go(place); }
      render();
    },
    change(change) {
      const { kind, channel, data } = change;
      takeChange(state, change);
      if (/_posted$/.test(kind)) arrived({ ...data, channel });
      if (/^(message|ephemeral)_(posted|changed)$/.test(kind) && data.user === state.bot) seen = data.ts;
      render();
      if (/^(message|ephemeral)_(posted|changed)$/.test(kind)) queueMicrotask(() => announce({ ...data, channel }));
    },
    called({ method }) { note(state, { way: "out", what: method }); render(); },
    lost: (isLost) => { $("trouble").textContent = isLost ? words.offline : ""; },
  });
}

/** The first place: the one asked for where the person is a member, else the first channel. */
function arrive(place, tab) {
  const wanted = channelOf(state, place);
  const first = state.channels.find((one) => one.is_member && one.kind !== "direct") ?? channelOf(state, state.dm);
  state.place = wanted?.is_member ? place : first.id;
  if (state.place === state.dm && tab === "home") go(state.dm, "home");
  document.body.classList.add("ready");
}

/** A new message: open its thread where it answers one's own, else mark what is unread. */
function arrived(message) {
  const isHere = message.channel === state.place && !atHome();
  if (message.user === state.me) return;
  if (!isHere) state.unread.add(message.channel);
  const root = isReply(message) && find(state, message.channel, message.thread_ts);
  if (isHere && root && root.user === state.me && !state.thread) {
    opener = document.activeElement;
    state.thread = root.ts;
  }
}

function announce(message) {
  if (message.user === state.me || message.streaming_state === "in_progress") return;
  const node = document.querySelector(`[data-ts="${CSS.escape(message.ts)}"]`);
  if (node) $("announcer").textContent = spoken(node, words, nameOf(state, message.user) ?? "");
}

// --- the screen ---------------------------------------------------------------------------------

let due = false;
function render() {
  if (due) return;
  due = true;
  queueMicrotask(() => { due = false; if (state.me) draw(); });
}

function draw() {
  const view = { state, words, language };
  const wasAtEnd = [$("scroller"), $("thread-scroller")].map(isAtEnd);
  drawWho();
  drawNav(view, go);
  drawPlace();
  const here = atHome() ? [] : roots(state, state.place);
  showMessages($("messages"), here, view, deeds);
  drawHome();
  drawEmpty(here);
  drawThread(view);
  drawComposers();
  drawStatus();
  drawActivity(view);
  showModal(state.modal, state.modal ? onView(state.modal) : context(), modalDeeds);
  [$("scroller"), $("thread-scroller")].forEach((one, at) => { if (wasAtEnd[at]) toEnd(one); });
  if (seen) { const ts = seen; seen = null; queueMicrotask(() => toBeginning(ts)); }
  history.replaceState(null, "", `#user=${state.me}&place=${state.place}${atHome() ? "&tab=home" : ""}`);
}

const toEnd = (node) => queueMicrotask(() => { node.scrollTop = atHome() && node.id === "scroller" ? 0 : node.scrollHeight; });

/** Where an answer is longer than the view its first line is what one wants to read, not its last. */
function toBeginning(ts) {
  for (const scroller of [$("thread-scroller"), $("scroller")]) {
    const node = scroller.querySelector(`[data-ts="${CSS.escape(ts)}"]`);
    if (!node || !scroller.offsetParent) continue;
    const view = scroller.getBoundingClientRect();
    const shown = node.getBoundingClientRect();
    if (shown.top < view.top && shown.height > view.height) scroller.scrollTop += shown.top - view.top - 8;
  }
}

function drawWho() {
  const people = [...state.people.values()].filter((one) => !one.is_bot);
  const version = JSON.stringify([people, language]);
  if ($("me").version !== version) {
    $("me").version = version;
    $("me").replaceChildren(...people.map((one) => el("option", { value: one.id }, one.is_guest ? `${one.name} (${words.guest})` : one.name)));
  }
  $("me").value = state.me;
  const zone = state.people.get(state.me)?.timezone ?? "";
  if (![...$("zone").options].some((one) => one.value === zone)) $("zone").append(el("option", { value: zone }, zone));
  $("zone").value = zone;
  $("language").value = language;
}

function drawPlace() {
  const channel = channelOf(state, state.place);
  if (!channel) return;
  $("place-name").textContent = placeName();
  $("place-about").textContent = isApp() ? state.app.description : words.members(channel.members);
  document.title = `${$("place-name").textContent} · ${words.title}`;
  $("tabs").hidden = !isApp();
  syncList($("tabs"), isApp() ? ["home", "messages"] : [], {
    key: (tab) => tab,
    version: (tab) => JSON.stringify([state.tab === tab, language, state.dm]),
    make: (tab) => el("button", { type: "button", class: "tab", "aria-pressed": state.tab === tab, on: { click: () => go(state.dm, tab) } }, words[tab]),
  });
}

function drawHome() {
  const place = $("home");
  place.hidden = !atHome();
  const version = JSON.stringify([state.home, language, state.me]);
  if (place.hidden || place.version === version) return;
  place.version = version;
  const shown = state.home ? blocks(state.home.blocks, onView(state.home)) : [el("p", { class: "fine" }, words.homeEmpty)];
  place.replaceChildren(...shown);
}

function drawEmpty(here) {
  const channel = channelOf(state, state.place);
  const place = $("empty");
  const prompts = state.prompts?.prompts ?? state.app.prompts;
  const isShown = !atHome() && (!here.length || !channel?.is_member || !channel?.has_bot || (isApp() && state.prompts && !here.length));
  const version = JSON.stringify([isShown, here.length > 0, channel, prompts, language]);
  if (place.version === version) return;
  place.version = version;
  place.replaceChildren();
  if (!isShown) return;
  if (!channel.is_member) {
    place.append(el("p", {}, words.notMember), el("button", { type: "button", class: "button primary", on: { click: () => perform("join_channel", { channel: channel.id }) } }, words.join));
  } else if (!channel.has_bot) {
    place.append(el("p", {}, words.noBot(botName())), el("button", { type: "button", class: "button", on: { click: () => perform("invite_bot", { channel: channel.id }) } }, words.invite(botName())));
  } else {
    place.append(el("p", {}, words.empty), el("div", { class: "prompts", role: "group", "aria-label": words.prompts }, prompts.map((one) =>
      el("button", { type: "button", class: "prompt", on: { click: () => say(isApp() ? one.message : `@${botName()} ${one.message}`) } }, one.message))));
  }
}

function drawThread(view) {
  const messages = state.thread ? thread(state, state.place, state.thread) : [];
  const isOpen = messages.length > 0 && !atHome();
  const wasOpen = !$("thread").hidden;
  $("thread").hidden = !isOpen;
  document.body.classList.toggle("thread-open", isOpen);
  $("thread-about").textContent = placeName();
  showMessages($("replies"), messages, view, deeds);
  if (isOpen && !wasOpen) toEnd($("thread-scroller"));
}

function drawComposers() {
  const channel = channelOf(state, state.place);
  const isShown = channel?.is_member && !atHome();
  const mentions = isApp() ? "" : botName();
  box("composer", isShown && state.place, { label: words.writeTo(placeName()), mentions, send: (text) => say(text), share: (files, text) => share(files, text) });
  const root = isShown && state.thread;
  box("reply", root, { label: words.writeReply, mentions, send: (text) => say(text, root), share: (files, text) => share(files, text, root) });
}

/** Make the box anew where it is for another place; what was being written there is kept. */
function box(id, place, given) {
  const slot = $(`${id}-place`);
  const version = JSON.stringify([place || "", given.label, given.mentions, language]);
  if (slot.version === version) return;
  const former = $(`${id}-text`);
  const hadFocus = former !== null && former === document.activeElement;
  if (former) drafts.set(slot.draft, former.value);
  slot.version = version;
  slot.draft = `${state.me} ${place}`;
  slot.replaceChildren();
  if (!place) return;
  const draft = slot.draft;
  slot.append(composer({ ...given, keep: (text) => drafts.set(draft, text), id: `${id}-text`, words, hints: hints() }));
  $(`${id}-text`).value = drafts.get(slot.draft) ?? "";
  if (hadFocus) $(`${id}-text`).focus();
}

/** What can follow a slash command, out of the manifest. */
function hints() {
  return state.app.commands.flatMap((one) => one.usage_hint.split("|").map((hint) => {
    const [verb, ...rest] = hint.trim().split(" ");
    return { start: `${one.command} ${verb}`, rest: rest.join(" ") };
  }));
}

function drawStatus() {
  const line = (ts) => { const status = ts && statusOf(state, state.place, ts); return status ? `${botName()} ${status}` : ""; };
  const others = [...state.statuses].filter(([key]) => key.startsWith(`${state.place} `) && key !== `${state.place} ${state.thread}`);
  set($("thread-status"), line(state.thread));
  set($("status"), !atHome() && others.length ? `${botName()} ${others[0][1]}` : "");
}

const set = (node, text) => { if (node.textContent !== text) node.textContent = text; };

function setLanguage(chosen) {
  language = chosen;
  words = wordsOf(chosen);
  document.documentElement.lang = chosen;
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = words[node.dataset.t];
  $("nav").setAttribute("aria-label", words.navigation);
  $("nav-toggle").setAttribute("aria-label", words.openNav);
  $("thread-close").setAttribute("aria-label", words.closeThread);
  $("tabs").setAttribute("aria-label", words.app);
}

$("me").addEventListener("change", () => become($("me").value, ""));
$("language").addEventListener("change", () => { setLanguage($("language").value); render(); });
$("zone").replaceChildren(...Intl.supportedValuesOf("timeZone").map((one) => el("option", { value: one }, one)));
$("zone").addEventListener("change", () => perform("set_timezone", { timezone: $("zone").value }));
$("group").addEventListener("click", async () => {
  const others = [...state.people.values()].filter((one) => !one.is_bot && one.id !== state.me);
  const given = await ask({ title: words.groupTitle, text: words.groupText(botName()), submit: words.start, cancel: words.cancel, fields: others.map((one) => ({ name: one.id, label: one.name, kind: "check" })) });
  const chosen = Object.keys(given ?? {});
  const made = chosen.length ? await perform("open_group", { others: chosen }) : null;
  if (made) arriveAt = made.channel;
  if (made && channelOf(state, made.channel)) { arriveAt = ""; go(made.channel); }
});
$("thread-close").addEventListener("click", closeThread);
$("nav-toggle").addEventListener("click", () => {
  const isOpen = document.body.classList.toggle("nav-open");
  $("nav-toggle").setAttribute("aria-expanded", String(isOpen));
  if (isOpen) $("nav").querySelector("button")?.focus();
});
$("welcome").addEventListener("click", async () => {
  const given = await ask({
    title: words.welcomeTitle, text: words.welcomeText, submit: words.add, cancel: words.cancel,
    fields: [{ name: "name", label: words.name }, { name: "locale", label: words.locale, kind: "select", options: [["en-US", "English"], ["ja-JP", "日本語"]], value: language === "ja" ? "ja-JP" : "en-US" }],
  });
  const made = given && (await perform("welcome", given));
  if (made?.user) become(made.user, `D${made.user}`);
});
// An address of a message of this workspace leads there, not out into the world.
document.addEventListener("click", (event) => {
  const found = PERMALINK.exec(event.target.closest?.("a[href]")?.href ?? "");
  if (!found) return;
  event.preventDefault();
  const [, channel, seconds, rest, root] = found;
  if (!channelOf(state, channel)?.is_member) {
    $("trouble").textContent = words.notHere;
    return;
  }
  if (channel !== state.place || atHome()) go(channel);
  state.thread = root ?? `${seconds}.${rest}`;
  draw();
  $("thread-scroller").focus();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
  if (document.body.classList.contains("nav-open")) { document.body.classList.remove("nav-open"); $("nav-toggle").setAttribute("aria-expanded", "false"); $("nav-toggle").focus(); }
  else if (state.thread) closeThread();
});

$("nav-toggle").append(icon("list"));
$("thread-close").append(icon("close"));
const asked = new URLSearchParams(location.hash.slice(1));
setLanguage(language);
become(asked.get("user") || "U1", asked.get("place") || "", asked.get("tab") || "messages");
