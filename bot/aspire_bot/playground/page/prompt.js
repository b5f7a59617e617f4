// Small questions of the page itself: are you sure, another text, a new person's name.
import { el, focusKeeper } from "./dom.js";

const dialog = () => document.getElementById("prompt");

/** Ask with a form; gives what was entered by name, or null where the person thought better. */
export function ask({ title, text, fields = [], submit, cancel, isDanger = false }) {
  const restore = focusKeeper(() => document.querySelector("#composer-place textarea"));
  return new Promise((resolve) => {
    const place = dialog();
    let given = null;
    const form = el(
      "form",
      { on: { submit: (event) => { event.preventDefault(); given = Object.fromEntries(new FormData(form)); place.close(); } } },
      el("header", {}, el("h2", { id: "prompt-title" }, title)),
      el("div", { class: "body" }, text ? el("p", {}, text) : null, fields.map(row)),
      el("footer", {}, el("button", { type: "button", class: "button", on: { click: () => place.close() } }, cancel), el("button", { type: "submit", class: `button ${isDanger ? "danger" : "primary"}` }, submit)),
    );
    place.replaceChildren(form);
    place.addEventListener("close", () => { place.replaceChildren(); resolve(given); restore(); }, { once: true });
    place.showModal();
    (place.querySelector("textarea, input, select") ?? place.querySelector("button[type=submit]")).focus();
  });
}

function row({ name, label, value = "", kind = "text", options = [], isOptional = false }) {
  const id = `prompt-${name}`;
  if (kind === "check") return el("div", { class: "field check" }, el("input", { id, name, type: "checkbox" }), el("label", { for: id }, label));
  const input =
    kind === "select"
      ? el("select", { id, name }, options.map(([key, text]) => el("option", { value: key, selected: key === value }, text)))
      : el(kind === "long" ? "textarea" : "input", { id, name, required: !isOptional, maxlength: kind === "long" ? 12000 : 60, rows: kind === "long" ? 4 : null, autocomplete: "off" });
  if (kind !== "select") input.value = value;
  return el("div", { class: "field" }, el("label", { class: "label", for: id }, label), input);
}

/** Ask what a button's `confirm` says; whether the person wants it. */
export async function confirm(shown, words) {
  const given = await ask({
    title: shown.title.text, text: shown.text.text, submit: shown.confirm.text,
    cancel: shown.deny?.text ?? words.cancel, isDanger: shown.style === "danger",
  });
  return given !== null;
}
