// Messages as list items, in a channel and in a thread.
import { blocks } from "./blocks.js";
import { el, langOf, syncList } from "./dom.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";
import { isReply, thread } from "./store.js";

/** Make a list show messages. `deeds` are what can be done with them; see `menu`. */
export function showMessages(list, messages, view, deeds) {
  const { state, language } = view;
  const isThread = list.id === "replies";
  const replies = (one) => (isThread ? 0 : thread(state, one.channel, one.ts).filter(isReply).length);
  syncList(list, messages, {
    key: (one) => one.ts,
    version: (one) => JSON.stringify([one, language, state.me, replies(one), state.thread === one.ts, state.votes.get(one.ts) ?? "", state.people.size]),
    make: (one) => item(one, { ...view, isThread, replies: replies(one) }, deeds),
  });
}

/** The time of day of a message. */
export function timeOf(ts, language) {
  return new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hour12: false }).format(new Date(Number(ts) * 1000));
}

/** Up to two letters and a colour for a person. */
export function avatar(person) {
  const name = person?.name ?? "?";
  const words = name.replace(/\(.*\)/, "").trim().split(/\s+/);
  const letters = /^[\u3040-\u9fff]/.test(name) ? name[0] : words.map((word) => word[0]).slice(0, 2).join("");
  const tone = [...(person?.id ?? "")].reduce((sum, one) => sum + one.charCodeAt(0), 0) % 6;
  return el("span", { class: `avatar ${person?.is_bot ? "bot" : `tone-${tone}`}`, "aria-hidden": "true" }, person?.is_bot ? "" : letters);
}

function item(message, view, deeds) {
  const { state, words, language } = view;
  const author = state.people.get(message.user);
  const isOver = message.subtype === "tombstone";
  const who = author?.name ?? (isOver ? "—" : message.user);
  const head = el(
    "div",
    { class: "head" },
    el("strong", { class: "author" }, who),
    author?.is_bot ? el("span", { class: "badge" }, words.isApp) : null,
    el("time", { datetime: new Date(Number(message.ts) * 1000).toISOString() }, timeOf(message.ts, language)),
    message.edited && !author?.is_bot ? el("span", { class: "fine" }, `(${words.edited})`) : null,
    message.is_ephemeral ? el("span", { class: "private" }, icon("eye"), words.onlyYou) : null,
  );
  const classes = ["message", message.is_ephemeral && "ephemeral", message.streaming_state === "in_progress" && "streaming", isOver && "gone", state.thread === message.ts && !view.isThread && "open"];
  return el(
    "li",
    { class: classes.filter(Boolean).join(" "), data: { ts: message.ts } },
    avatar(author),
    el("div", { class: "content" }, head, isOver ? el("p", { class: "fine" }, words.deleted) : body(message, view, deeds), footer(message, view, deeds)),
    isOver ? null : menu(message, view, deeds),
  );
}

function body(message, view, deeds) {
  const context = deeds.contextOf(message);
  const isMe = message.subtype === "me_message";
  const isBare = !message.text && (message.attachments?.length || message.files?.length);
  const shown = message.blocks?.length
    ? blocks(message.blocks, context)
    : isBare ? [] : [el("div", { class: `section text block${isMe ? " me" : ""}`, lang: langOf(message.text) }, ...mrkdwn(message.text || "…", context.names))];
  return el("div", { class: "body" }, shown, (message.attachments ?? []).map((one) => forwarded(one, view, context)), (message.files ?? []).map(file));
}

/** A message inside a message: who said it, and what. */
function forwarded(attachment, { words }, context) {
  return el("blockquote", { class: "forwarded block" },
    el("p", { class: "fine" }, words.forwardedFrom(attachment.author_name ?? "")),
    el("div", { class: "text", lang: langOf(attachment.text ?? "") }, ...mrkdwn(attachment.text || attachment.fallback || "…", context.names)));
}

function file(one) {
  return el("p", { class: "file block" }, icon("attach"), one.name);
}

function footer(message, { words, isThread, replies, state }, deeds) {
  if (isThread || !replies) return null;
  return el(
    "button",
    { type: "button", class: "replies", data: { focus: "replies" }, "aria-expanded": state.thread === message.ts, on: { click: () => deeds.openThread(message) } },
    words.replies(replies),
  );
}

/** Reply, the app's shortcuts, and what one may do with one's own. */
function menu(message, view, deeds) {
  const { state, words, isThread } = view;
  const items = [];
  const add = (label, act, isDanger = false) => items.push([label, act, isDanger]);
  if (!isThread && !message.is_ephemeral && !isReply(message)) add(words.reply, () => deeds.openThread(message, true));
  if (!message.is_ephemeral) {
    for (const one of state.app.shortcuts) if (one.type === "message") add(one.name, () => deeds.shortcut(message, one.callback_id));
  }
  if (!message.is_ephemeral) add(words.forward, () => deeds.forward(message));
  if (message.user === state.me) {
    add(words.edit, () => deeds.edit(message));
    add(words.remove, () => deeds.remove(message), true);
  }
  if (!items.length) return null;
  const list = el("div", { class: "menu", role: "menu", hidden: true });
  const opener = el("button", { type: "button", class: "icon-button menu-button", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": words.menu, data: { focus: "menu" } }, icon("more"));
  const close = (isBack) => { list.hidden = true; opener.setAttribute("aria-expanded", "false"); if (isBack) opener.focus(); };
  list.append(...items.map(([label, act, isDanger]) => el("button", { type: "button", role: "menuitem", tabindex: "-1", class: isDanger ? "danger" : "", on: { click: () => { close(true); act(); } } }, label)));
  opener.addEventListener("click", () => {
    if (!list.hidden) return close(true);
    list.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    list.classList.toggle("above", opener.getBoundingClientRect().bottom + list.offsetHeight > innerHeight - 90);
    list.firstElementChild.focus();
  });
  list.addEventListener("keydown", (event) => {
    const all = [...list.children];
    const at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Escape") { event.stopPropagation(); close(true); }
    else if (event.key === "Tab") close(false);
    else if (to !== undefined) { event.preventDefault(); all.at(to % all.length)?.focus(); }
  });
  list.addEventListener("focusout", (event) => { if (!list.parentElement.contains(event.relatedTarget)) close(false); });
  return el("div", { class: "message-menu" }, opener, list);
}

/** What a screen reader is told of a message: who, and the first words. */
export function spoken(node, words, who) {
  const parts = node?.querySelectorAll(".body > .block:not(.plan, .quiet-actions)") ?? [];
  const text = [...parts].map((one) => one.innerText).join(" ");
  return `${words.said(who)} ${text.replace(/\s+/g, " ").slice(0, 400)}`;
}
