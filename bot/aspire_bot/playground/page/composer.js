// The box in which one writes: messages, mentions of the bot, and slash commands with their hints.
import { el } from "./dom.js";
import { icon } from "./icons.js";

/** Make a box. `mentions` is whom a button names, if anybody; `send(text)` and `share(files, text)` get what was written, and say whether it was taken: else it comes back into the box, or goes to `keep(text)` where that is gone; `hints` are lines offered after a slash. */
export function composer({ id, label, words, hints, mentions, send, share, keep }) {
  const box = el("textarea", { id, rows: 1, placeholder: label, "aria-label": label, "aria-describedby": `${id}-hints`, maxlength: 11900 });
  const list = el("ul", { class: "hints", id: `${id}-hints`, "aria-label": words.commands, hidden: true });
  const grow = () => { box.style.height = "auto"; box.style.height = `${Math.min(box.scrollHeight, 180)}px`; };
  const fill = (text) => { box.value = text; box.focus(); box.setSelectionRange(text.length, text.length); update(); };
  const update = () => {
    grow();
    const typed = box.value.toLowerCase();
    const wanted = box.value.startsWith("/") ? hints.filter((one) => one.start.startsWith(typed) || typed.startsWith(one.start)) : [];
    list.hidden = !wanted.length;
    list.replaceChildren(...wanted.map((one) => el("li", {}, el("button", { type: "button", on: { click: () => fill(`${one.start} `) } }, el("code", {}, one.start), el("span", {}, one.rest)))));
  };
  const deliver = async (text, hand) => {
    box.value = "";
    update();
    if ((await hand(text)) || !text) return;
    if (!box.isConnected) return keep(text); // the person went elsewhere meanwhile
    box.value = box.value ? `${text}\n${box.value}` : text;
    update();
  };
  const submit = () => {
    const text = box.value.trim();
    if (text) deliver(text, send);
  };
  const files = el("input", { type: "file", hidden: true, multiple: true, id: `${id}-files` });
  files.addEventListener("change", () => {
    const chosen = [...files.files];
    files.value = "";
    if (chosen.length) deliver(box.value.trim(), (text) => share(chosen, text));
  });
  const attach = el("button", { type: "button", class: "quiet", title: words.attach, "aria-label": words.attach, on: { click: () => files.click() } }, icon("attach"));
  box.addEventListener("input", update);
  box.addEventListener("keydown", (event) => {
    // while Japanese is being composed, Enter chooses a word and sends nothing
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
    if (event.key === "Escape" && !list.hidden) { event.stopPropagation(); list.hidden = true; }
  });
  const mention = mentions
    ? el("button", { type: "button", class: "quiet mention-button", title: words.mention(mentions), "aria-label": words.mention(mentions), on: { click: () => fill(`@${mentions} ${box.value}`) } }, `@${mentions}`)
    : null;
  const form = el("form", { class: "composer", on: { submit: (event) => { event.preventDefault(); submit(); } } }, list, el("div", { class: "write" }, mention, attach, files, box, el("button", { type: "submit", class: "button primary", "aria-label": words.send, title: words.send }, icon("send"))));
  return Object.assign(form, { fill });
}
