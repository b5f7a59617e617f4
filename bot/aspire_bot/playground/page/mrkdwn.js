// Slack's mrkdwn as nodes. Links open elsewhere and lead to http, https and mailto alone.
import { el } from "./dom.js";

const TOKEN = /<([^<>]+)>|```([\s\S]+?)```|`([^`\n]+)`/g;
// Slack knows the spaces and the punctuation of English as the bounds of bold, and no others: what
// it would show with its asterisks is shown so here.
const STYLES = [
  [/(^|[\s(>"'])\*(?=\S)([^*\n]+?)\*(?=$|[\s.,:;!?)\]}'"])/, "strong"],
  [/(^|[\s(（「『、。:：・>])_(?=\S)([^_\n]+?)_(?=$|[\s)）」』.,、。:：;!?！？])/, "em"],
  [/(^|[\s(（「『、。:：・>])~(?=\S)([^~\n]+?)~(?=$|[\s)）」』.,、。:：;!?！？])/, "s"],
];

/** What a text says once `&amp;`, `&lt;` and `&gt;` are read. */
export function unescape(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** Give an address if a link may lead there, else null. */
export function safeHref(url) {
  try {
    const parsed = new URL(unescape(url));
    return ["http:", "https:", "mailto:"].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

/** A link out of the page; its label alone where it may not lead anywhere. */
export function link(url, ...label) {
  const href = safeHref(url);
  if (!href) return el("span", {}, ...label);
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...label);
}

/** Nodes for a text; `names` finds the name of a person or channel by id. */
export function mrkdwn(text, names) {
  const nodes = [];
  let quote = null;
  for (const line of splitLines(text)) {
    const quoted = /^(?:>|&gt;) ?(.*)$/s.exec(line);
    if (quoted) {
      if (quote) quote.append(el("br"));
      else nodes.push((quote = el("blockquote")));
      quote.append(...inline(quoted[1], names));
      continue;
    }
    const last = nodes.at(-1);
    if (nodes.length && last !== quote) nodes.push(el("br"));
    quote = null;
    nodes.push(...inline(line, names));
    if (!line) nodes.push("");
  }
  return nodes;
}

function splitLines(text) {
  const parts = [];
  let open = false;
  for (const line of text.split("\n")) {
    if (open) parts[parts.length - 1] += `\n${line}`;
    else parts.push(line);
    if ((line.split("```").length - 1) % 2) open = !open;
  }
  return parts;
}

function inline(text, names) {
  const nodes = [];
  let at = 0;
  for (const found of text.matchAll(TOKEN)) {
    nodes.push(...styled(text.slice(at, found.index)));
    at = found.index + found[0].length;
    if (found[1] !== undefined) nodes.push(angled(found[1], names));
    else if (found[2] !== undefined) nodes.push(el("pre", {}, unescape(found[2])));
    else nodes.push(el("code", {}, unescape(found[3])));
  }
  return [...nodes, ...styled(text.slice(at))];
}

function angled(content, names) {
  const [target, label] = splitOnce(content, "|");
  if (/^[@#][A-Z0-9]+$/.test(target)) {
    const sign = target[0];
    return el("span", { class: "mention" }, sign + (names(target.slice(1)) ?? label ?? target.slice(1)));
  }
  if (target.startsWith("!")) return el("span", { class: "mention" }, label ? unescape(label) : `@${target.slice(1)}`);
  return link(target, unescape(label ?? target));
}

function splitOnce(text, sign) {
  const at = text.indexOf(sign);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function styled(text) {
  for (const [pattern, tag] of STYLES) {
    const found = pattern.exec(text);
    if (!found) continue;
    const start = found.index + found[1].length;
    const end = found.index + found[0].length;
    return [
      ...styled(text.slice(0, start)),
      el(tag, {}, ...styled(found[2])),
      ...styled(text.slice(end)),
    ];
  }
  return text ? [unescape(text)] : [];
}
