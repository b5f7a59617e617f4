// Building the page: nodes only, so that no text of a message is ever read as HTML.

/** Make an element. `on` holds listeners, `data` data attributes; true and false are flags. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (name === "data") {
      Object.assign(node.dataset, value);
    } else if (name.startsWith("aria-") && typeof value === "boolean") {
      node.setAttribute(name, String(value));
    } else if (value === true) {
      node.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      node.setAttribute(name, String(value));
    }
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** Text for screen readers alone. */
export function hidden(text) {
  return el("span", { class: "hidden" }, text);
}

const JAPANESE = /[\u3041-\u30ff\u3400-\u9fff]/g;

/** The language of a text, for who reads it aloud: Japanese where it has more than a name of it. */
export function langOf(text) {
  const signs = text.match(JAPANESE)?.length ?? 0;
  const words = text.match(/[A-Za-z]{2,}/g)?.length ?? 0;
  if (!signs && !words) return null;
  return signs > 2 * words ? "ja" : signs && /[\u3041-\u309f]/.test(text) && signs >= words ? "ja" : "en";
}

/** Whether somebody reads the end of a box that scrolls: what is new should then come into view. */
export const isAtEnd = (node) => node.scrollHeight - node.scrollTop - node.clientHeight < 60;

/**
 * Make a list show `items`. A node is made anew only where its version changed; where it held the
 * focus, the control with the same `data-focus` gets it back.
 */
export function syncList(list, items, { key, version, make }) {
  const known = new Map([...list.children].map((node) => [node.dataset.key, node]));
  let before = list.firstElementChild;
  for (const item of items) {
    const name = key(item);
    const wanted = version(item);
    let node = known.get(name);
    known.delete(name);
    if (!node || node.version !== wanted) {
      const fresh = make(item);
      fresh.dataset.key = name;
      fresh.version = wanted;
      if (node) {
        const focused = focusIn(node);
        if (before === node) before = fresh;
        node.replaceWith(fresh);
        if (focused) focusOn(fresh, focused);
      }
      node = fresh;
    }
    if (node === before) before = node.nextElementSibling;
    else list.insertBefore(node, before);
  }
  for (const node of known.values()) node.remove();
}

function focusIn(node) {
  return node.contains(document.activeElement) ? document.activeElement.dataset.focus || "self" : "";
}

function focusOn(node, name) {
  const same = [...node.querySelectorAll("[data-focus]")].find((one) => one.dataset.focus === name);
  const control = "button, a, input, select, textarea";
  (same || (node.matches(control) ? node : node.querySelector(control)))?.focus();
}

/** Remember what has the focus, by its name if it is made anew; give a function that restores it. */
export function focusKeeper(fallback) {
  const node = document.activeElement;
  const key = node?.closest?.("[data-key]")?.dataset.key;
  const list = node?.closest?.("ol, ul, #home")?.id;
  const name = node?.dataset?.focus;
  return () => {
    if (node?.isConnected && node !== document.body) return node.focus();
    const place = list && document.getElementById(list);
    const item = place && key ? [...place.children].find((one) => one.dataset.key === key) : place;
    const same = item && name
      ? [...item.querySelectorAll("[data-focus]")].find((one) => one.dataset.focus === name)
      : null;
    (same || fallback())?.focus();
  };
}
