// Block Kit as nodes, for messages, modals and the Home alike.
import { el, hidden, langOf } from "./dom.js";
import { element } from "./elements.js";
import { link, mrkdwn } from "./mrkdwn.js";

/** Make the nodes of blocks; what is needed of `context` is said in elements.js. */
export function blocks(list, context) {
  return list.map((block, number) => {
    const make = KINDS[block.type];
    const node = make ? make(block, { ...context, number }) : el("em", {}, block.type);
    node.classList.add("block");
    if (!node.lang && LEAVES.has(block.type)) node.lang = langOf(node.textContent) ?? "";
    return node;
  });
}

/** An element with the ids by which Slack names it; it makes up those that are missing. */
function placed(block, shown, at, context, { acts }) {
  const blockId = block.block_id ?? `b${context.number}`;
  const actionId = shown.action_id ?? `a${context.number}-${at}`;
  return { element: shown, block, blockId, actionId, acts, name: block.block_id ?? actionId };
}

function text(object, context) {
  return object.type === "mrkdwn" ? mrkdwn(object.text, context.names) : lines(object.text);
}

function lines(written) {
  return written.split("\n").flatMap((line, at) => (at ? [el("br"), line] : [line]));
}

function section(block, context) {
  const body = el("div", { class: "section" });
  if (block.text) body.append(el("div", { class: "text" }, ...text(block.text, context)));
  if (block.fields) body.append(el("div", { class: "fields" }, block.fields.map((one) => el("div", {}, ...text(one, context)))));
  if (block.accessory) body.append(el("div", { class: "accessory" }, element(placed(block, block.accessory, 0, context, { acts: true }), context)));
  return body;
}

function contextBlock(block, context) {
  const shown = block.elements.map((one) =>
    one.type === "image" ? el("span", { class: "image" }, one.alt_text) : el("span", { lang: langOf(one.text) }, ...text(one, context)));
  return el("div", { class: "context" }, shown);
}

function actions(block, context) {
  return el("div", { class: "actions" }, block.elements.map((one, at) => element(placed(block, one, at, context, { acts: true }), context)));
}

function input(block, context) {
  const node = element(placed(block, block.element, 0, context, { acts: Boolean(block.dispatch_action) }), context);
  const id = `field-${block.block_id ?? context.number}`;
  const isGroup = node.classList.contains("options");
  const label = el(isGroup ? "span" : "label", { class: "label", id: `${id}-label`, for: isGroup ? null : id }, block.label.text, block.optional ? el("small", {}, ` (${context.words.optional})`) : null);
  if (!isGroup) node.id = id;
  node.setAttribute("aria-labelledby", `${id}-label`);
  const error = el("p", { class: "error", id: `${id}-error`, role: "alert" });
  const hint = block.hint ? el("p", { class: "hint", id: `${id}-hint` }, block.hint.text) : null;
  node.setAttribute("aria-describedby", hint ? `${id}-error ${id}-hint` : `${id}-error`);
  if (!block.optional) node.setAttribute("aria-required", "true");
  if (isGroup && node.getAttribute("role") === "group") node.removeAttribute("aria-required");
  return el("div", { class: "field", data: { block: block.block_id ?? `b${context.number}` } }, label, node, hint, error);
}

/** The CommonMark that bots write most: bold, code, links, headings and lists by the line. */
function markdown(block) {
  const pattern = /\*\*([^*\n]+)\*\*|`([^`\n]+)`|\[([^\]\n]+)\]\(([^)\s]+)\)/g;
  const row = (line) => {
    const nodes = [];
    let at = 0;
    for (const found of line.matchAll(pattern)) {
      nodes.push(line.slice(at, found.index));
      at = found.index + found[0].length;
      if (found[1]) nodes.push(el("strong", {}, found[1]));
      else if (found[2]) nodes.push(el("code", {}, found[2]));
      else nodes.push(link(found[4], found[3]));
    }
    return [...nodes, line.slice(at)];
  };
  const written = block.text.split("\n").map((line) => {
    const heading = /^#{1,6} (.*)$/.exec(line);
    return heading ? el("strong", {}, ...row(heading[1])) : el("span", {}, ...row(line));
  });
  return el("div", { class: "section text" }, written.flatMap((node, at) => (at ? [el("br"), node] : [node])));
}

function rich(node, context) {
  switch (node.type) {
    case "text": return node.text;
    case "link": return link(node.url, node.text ?? node.url);
    case "user": return el("span", { class: "mention" }, `@${context.names(node.user_id) ?? node.user_id}`);
    case "emoji": return `:${node.name}:`;
    default: return el("span", {}, (node.elements ?? []).map((one) => rich(one, context)));
  }
}

/** Blocks under a title; open and closed by it where the app says so. */
function container(block, context) {
  const title = block.rich_text_title ? rich(block.rich_text_title, context) : block.title.text;
  const about = block.subtitle ? el("span", { class: "fine" }, ...text(block.subtitle, context)) : null;
  const inner = el("div", { class: "inside" }, blocks(block.child_blocks, context));
  if (!block.is_collapsible) return el("section", { class: "container" }, el("p", { class: "header" }, title), about, inner);
  const summary = el("summary", { data: { focus: "container" } }, el("span", { lang: langOf(block.title?.text ?? "") }, title), about);
  return el("details", { class: "container", open: !block.default_collapsed }, summary, inner);
}

/** Rows of cells; the first row names the columns. */
function table(block, context) {
  const cell = (one, tag, at) => el(tag, { class: block.column_settings?.[at]?.align ?? null, scope: tag === "th" ? "col" : null }, one.type === "rich_text" ? rich(one, context) : one.text);
  const [head, ...rows] = block.rows;
  return el("div", { class: "table", tabindex: "0", role: "region", "aria-label": context.words.table }, el("table", {},
    el("thead", {}, el("tr", {}, head.map((one, at) => cell(one, "th", at)))),
    el("tbody", {}, rows.map((row) => el("tr", {}, row.map((one, at) => cell(one, "td", at)))))));
}

const LEAVES = new Set(["section", "header", "markdown", "rich_text", "actions"]);

const SIGNS = { pending: "○", complete: "✓", error: "!" };

function task(card, context) {
  const status = card.status;
  const sources = (card.sources ?? []).map((one) => el("li", {}, link(one.url, one.text)));
  return el(
    "li",
    { class: `task ${status}` },
    el("span", { class: "sign", "aria-hidden": "true" }, SIGNS[status] ?? ""),
    el("span", {}, card.title, hidden(` (${context.words.stepStates[status] ?? status})`)),
    card.details ? el("div", { class: "details" }, rich(card.details, context)) : null,
    card.output ? el("div", { class: "details" }, rich(card.output, context)) : null,
    sources.length ? el("ul", { class: "sources" }, sources) : null,
  );
}

/** The steps of the work: open while it lasts, one line once it is done. */
function plan(block, context) {
  const tasks = block.tasks ?? [];
  const isOver = tasks.every((one) => ["complete", "error"].includes(one.status));
  const list = el("ol", { class: "tasks" }, tasks.map((one) => task(one, context)));
  const at = tasks.filter((one) => ["complete", "error"].includes(one.status)).length + 1;
  const title = isOver ? context.words.steps(tasks.length) : context.words.atStep(at, tasks.length);
  const sign = el("span", { class: isOver ? "sign done" : "sign spin", "aria-hidden": "true" }, isOver ? "✓" : "");
  const summary = el("summary", { data: { focus: "plan" } }, sign, el("span", {}, title));
  return el("details", { class: "plan", open: !isOver }, summary, list);
}

const KINDS = {
  section, actions, input, markdown, plan, container, table,
  context: contextBlock,
  context_actions: (block, context) => {
    const row = actions(block, context);
    row.classList.add("quiet-actions");
    return row;
  },
  header: (block) => el("h3", { class: "header" }, block.text.text),
  divider: () => el("hr"),
  image: (block, context) => el("p", { class: "image" }, hidden(context.words.image), block.alt_text),
  rich_text: (block, context) => el("div", { class: "section text" }, rich(block, context)),
  task_card: (block, context) => el("ol", { class: "tasks" }, task(block, context)),
};
