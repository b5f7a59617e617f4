// The bot's modals: the one on top, with what was typed kept when the bot changes it.
import { blocks } from "./blocks.js";
import { el, focusKeeper } from "./dom.js";
import { icon } from "./icons.js";

const dialog = () => document.getElementById("modal");
let shown = null; // { view, form } while one is open
let restore = () => {};

/** Show the modal that the state says, or none. `deeds` are `close(view)` and `submit(view, values)`. */
export function showModal(view, context, deeds) {
  const place = dialog();
  if (!view) {
    if (shown) {
      shown = null;
      place.close();
      place.replaceChildren();
      restore();
    }
    return;
  }
  if (shown && shown.view.id === view.id && shown.view.hash === view.hash && shown.words === context.words) return;
  const former = shown && shown.view.id === view.id ? shown.form : new Map();
  const isNew = !shown;
  if (isNew) restore = focusKeeper(() => document.querySelector("#composer-place textarea"));
  const form = new Map();
  shown = { view, form, words: context.words };
  place.replaceChildren(build(view, { ...context, form }, deeds));
  for (const [name, { node }] of former) keep(node, form.get(name)?.node);
  if (isNew) {
    place.oncancel = (event) => { event.preventDefault(); deeds.close(shown.view); };
    place.showModal();
  }
  (place.querySelector(".body :is(input, select, textarea)") ?? place.querySelector("button.button"))?.focus();
}

function build(view, context, deeds) {
  const words = context.words;
  const close = () => deeds.close(view);
  const submit = async (event) => {
    event.preventDefault();
    const values = read(context.form, words);
    if (!values) return;
    const errors = await deeds.submit(view, values);
    for (const [block, text] of Object.entries(errors ?? {})) complain(block, text);
  };
  return el(
    "form",
    { novalidate: true, on: { submit } },
    el("header", {}, el("h2", { id: "modal-title" }, view.title.text), el("button", { type: "button", class: "icon-button", "aria-label": words.close, on: { click: close } }, icon("close"))),
    el("div", { class: "body" }, ...blocks(view.blocks, context)),
    el("footer", {}, el("button", { type: "button", class: "button", on: { click: close } }, view.close?.text ?? words.close), view.submit ? el("button", { type: "submit", class: "button primary" }, view.submit.text) : null),
  );
}

/** What was entered, by name; null where something is missing, which is then said. */
function read(form, words) {
  const values = {};
  let first = null;
  for (const [name, { read: value, node, placed }] of form) {
    const given = value();
    const isMissing = given === null || given === "" || (Array.isArray(given) && !given.length);
    const field = node.closest(".field");
    if (field) field.querySelector(".error").textContent = "";
    node.removeAttribute("aria-invalid");
    if (!isMissing) values[name] = given;
    else if (placed.block.type === "input" && !placed.block.optional) {
      complain(placed.blockId, words.required);
      first ??= node;
    } else values[name] = Array.isArray(given) ? [] : null;
  }
  first?.querySelector?.("input")?.focus();
  if (first && document.activeElement?.closest(".field") !== first.closest(".field")) first.focus();
  return first ? null : values;
}

function complain(block, text) {
  const field = [...dialog().querySelectorAll(".field")].find((one) => one.dataset.block === block);
  if (!field) return;
  field.querySelector(".error").textContent = text;
  field.querySelector("input, select, textarea, .options")?.setAttribute("aria-invalid", "true");
}

function keep(from, to) {
  if (!to || from.tagName !== to.tagName) return;
  if ("value" in from && from.type !== "date") to.value = from.value;
  const inputs = to.querySelectorAll?.("input") ?? [];
  [...(from.querySelectorAll?.("input") ?? [])].forEach((one, at) => { if (inputs[at]) inputs[at].checked = one.checked; });
}
