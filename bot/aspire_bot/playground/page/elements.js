// The elements of Block Kit that a person can act on.
//
// Each maker gets the element with the ids by which Slack names it, and a context: `words`, `names`,
// `click(action_id, value)`, and where it stands in a form `form`, a Map to be filled with readers.
import { el, hidden } from "./dom.js";
import { icon } from "./icons.js";
import { safeHref } from "./mrkdwn.js";
import { confirm } from "./prompt.js";

const plain = (text) => text?.text ?? "";

/** Make an element; unknown kinds are named instead. */
export function element(placed, context) {
  const make = KINDS[placed.element.type];
  return make ? make(placed, context) : el("em", {}, placed.element.type);
}

/** Buttons act at once, after asking where they have a `confirm`. */
async function press({ element: shown, actionId }, context, value) {
  if (shown.confirm && !(await confirm(shown.confirm, context.words))) return;
  await context.click(actionId, value);
}

function button(placed, context) {
  const { element: shown, actionId } = placed;
  const href = shown.url && safeHref(shown.url);
  const attributes = {
    class: `button ${shown.style ?? ""}`,
    "aria-label": shown.accessibility_label,
    data: { focus: `${actionId} ${shown.value ?? ""}` },
  };
  if (href) {
    const open = { href, target: "_blank", rel: "noopener noreferrer" };
    return el("a", { ...attributes, ...open, on: { click: () => press(placed, context, shown.value ?? null) } }, plain(shown.text));
  }
  return el("button", { ...attributes, type: "button", on: { click: () => press(placed, context, shown.value ?? null) } }, plain(shown.text));
}

function feedback(placed, context) {
  const { element: shown, actionId } = placed;
  const vote = (side, name) => {
    const given = shown[`${side}_button`];
    const isChosen = context.vote === side;
    return el(
      "button",
      {
        type: "button", class: "vote", "aria-pressed": isChosen,
        "aria-label": given.accessibility_label ?? plain(given.text), title: plain(given.text),
        data: { focus: `${actionId} ${side}` },
        on: { click: () => { context.voted?.(side); press(placed, context, side); } },
      },
      icon(name),
      el("span", { class: "vote-label" }, plain(given.text)),
    );
  };
  return el("span", { class: "votes", role: "group" }, vote("positive", "up"), vote("negative", "down"));
}

function iconButton(placed, context) {
  const { element: shown, actionId } = placed;
  const visibleTo = shown.visible_to_user_ids;
  if (visibleTo && !visibleTo.includes(context.me)) return el("span");
  const label = shown.accessibility_label ?? plain(shown.text);
  return el(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, title: label, data: { focus: actionId }, on: { click: () => press(placed, context, shown.value ?? null) } },
    icon(shown.icon),
  );
}

function overflow(placed, context) {
  return choice(placed, context, { label: "…" });
}

function optionsOf(shown, context) {
  if (shown.type === "users_select") return people(context);
  if (shown.type === "conversations_select") return channels(context);
  const groups = shown.option_groups;
  const option = (one) => el("option", { value: one.value }, plain(one.text));
  if (!groups) return (shown.options ?? []).map(option);
  return groups.map((group) => el("optgroup", { label: plain(group.label) }, group.options.map(option)));
}

const people = (context) => context.people().map((one) => el("option", { value: one.id }, one.name));
const channels = (context) => context.channels().map((one) => el("option", { value: one.id }, `#${one.name}`));

function choice(placed, context, { label, multiple = false } = {}) {
  const { element: shown, actionId } = placed;
  const initial = shown.initial_option?.value ?? shown.initial_user ?? shown.initial_conversation ?? "";
  const chosen = new Set((shown.initial_options ?? []).map((one) => one.value));
  const select = el("select", { multiple, data: { focus: actionId }, "aria-label": context.form ? null : plain(shown.placeholder) || label || context.words.choose });
  if (!multiple) select.append(el("option", { value: "" }, plain(shown.placeholder) || label || context.words.choose));
  select.append(...optionsOf(shown, context));
  if (multiple) for (const one of select.options) one.selected = chosen.has(one.value);
  else select.value = initial;
  const read = () => (multiple ? [...select.selectedOptions].map((one) => one.value) : select.value || null);
  return registered(select, placed, context, read);
}

function boxes(kind) {
  return (placed, context) => {
    const { element: shown, actionId, blockId } = placed;
    const chosen = new Set([shown.initial_option, ...(shown.initial_options ?? [])].filter(Boolean).map((one) => one.value));
    const name = `${blockId} ${actionId}`;
    const inputs = shown.options.map((one, at) =>
      el("input", { type: kind, name, value: one.value, id: `${name} ${at}`.replaceAll(" ", "-"), checked: chosen.has(one.value), data: { focus: `${name} ${at}` } }));
    const rows = shown.options.map((one, at) =>
      el("label", { class: "option", for: inputs[at].id }, inputs[at], el("span", {}, plain(one.text), one.description ? el("small", {}, plain(one.description)) : null)));
    const group = el("div", { class: "options", role: kind === "radio" ? "radiogroup" : "group" }, rows);
    const read = () => {
      const values = inputs.filter((one) => one.checked).map((one) => one.value);
      return kind === "radio" ? values[0] ?? null : values;
    };
    return registered(group, placed, context, read);
  };
}

function text(placed, context) {
  const { element: shown, actionId } = placed;
  const input = shown.multiline ? el("textarea", { rows: 4 }) : el("input", { type: shown.type === "url_text_input" ? "url" : "text" });
  if (shown.placeholder) input.placeholder = plain(shown.placeholder);
  if (shown.max_length) input.maxLength = shown.max_length;
  input.value = shown.initial_value ?? "";
  input.dataset.focus = actionId;
  return registered(input, placed, context, () => input.value || null);
}

function date(placed, context) {
  const input = el("input", { type: "date", value: placed.element.initial_date, data: { focus: placed.actionId } });
  return registered(input, placed, context, () => input.value || null);
}

/** In a form the value is read when it is sent; elsewhere, or where the bot asks, it acts at once. */
function registered(node, placed, context, read) {
  if (context.form) context.form.set(placed.name, { read, node, placed });
  if (placed.acts) node.addEventListener("change", () => context.click(placed.actionId, read()));
  return node;
}

function image({ element: shown }, context) {
  return el("span", { class: "image" }, hidden(context.words.image), shown.alt_text);
}

const KINDS = {
  button, overflow, image,
  feedback_buttons: feedback,
  icon_button: iconButton,
  static_select: choice,
  users_select: choice,
  conversations_select: choice,
  multi_static_select: (placed, context) => choice(placed, context, { multiple: true }),
  radio_buttons: boxes("radio"),
  checkboxes: boxes("checkbox"),
  plain_text_input: text,
  url_text_input: text,
  datepicker: date,
};
