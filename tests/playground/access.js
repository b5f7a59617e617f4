// What is wrong with the page as it is now, for those who cannot see it or not well.
() => {
  const problems = [];
  const name = (node) => `${node.tagName.toLowerCase()}${node.id ? `#${node.id}` : ""}.${node.className}`;
  const isSeen = (node) => node.checkVisibility({ visibilityProperty: true }) && node.getClientRects().length > 0;
  const dialog = document.querySelector("dialog[open]");
  const root = dialog ?? document.body;
  const textOf = (ids) => ids.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
  const visibleText = (node) => [...node.childNodes].map((child) =>
    child.nodeType === 3 ? child.textContent : child.getAttribute?.("aria-hidden") === "true" ? "" : child.alt ?? visibleText(child)).join(" ");
  const label = (node) => (
    (node.getAttribute("aria-labelledby") && textOf(node.getAttribute("aria-labelledby"))) ||
    node.getAttribute("aria-label") || [...(node.labels ?? [])].map((one) => one.textContent).join(" ") ||
    node.getAttribute("alt") || (["INPUT", "SELECT", "TEXTAREA"].includes(node.tagName) ? "" : visibleText(node)) || "").trim();

  for (const node of root.querySelectorAll("a[href], button, input, select, textarea, summary, [role=button], dialog[open], nav, aside, [role=region], [role=group], [role=menu], [tabindex='0']")) {
    if (isSeen(node) && !label(node)) {
      if (node.getAttribute("role") === "group" && node.classList.contains("votes")) continue;
      problems.push(`no name: ${name(node)}`);
    }
  }
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at))) problems.push(`id occurs twice: ${id}`);
  for (const attribute of ["aria-labelledby", "aria-describedby", "aria-controls", "for"])
    for (const node of [...document.querySelectorAll(`[${attribute}]`)].filter(isSeen))
      for (const id of node.getAttribute(attribute).split(/\s+/))
        if (!document.getElementById(id)) problems.push(`${attribute} of ${name(node)} leads nowhere: ${id}`);
  for (const [selector, count] of [["header[role=banner]", 1], ["main", 1], ["nav", 1], ["h1", 1]])
    if (document.querySelectorAll(selector).length !== count) problems.push(`not ${count} ${selector}`);
  if (!document.documentElement.lang || !document.title) problems.push("no lang or title");
  for (const list of document.querySelectorAll("ul, ol"))
    for (const child of list.children) if (child.tagName !== "LI") problems.push(`${name(child)} in a list`);
  for (const node of document.querySelectorAll("[aria-hidden=true]"))
    if (node.querySelector("a, button, input, select, textarea, [tabindex]")) problems.push(`hidden but can be focused: ${name(node)}`);
  for (const node of document.querySelectorAll("[tabindex]")) if (node.tabIndex > 0) problems.push(`tabindex over 0: ${name(node)}`);
  let level = 0;
  for (const node of document.querySelectorAll("h1, h2, h3, h4")) {
    if (!isSeen(node)) continue;
    const its = Number(node.tagName[1]);
    if (its > level + 1) problems.push(`heading skips a level: ${node.textContent}`);
    level = its;
  }
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) problems.push(`wider than the screen: ${document.documentElement.scrollWidth}`);
  for (const node of root.querySelectorAll("button, a, input, select, textarea, p, li, h1, h2, h3")) {
    const box = node.getBoundingClientRect();
    if (isSeen(node) && !node.closest(".hidden, .skip, #activity, .who label") && box.width && (box.right > width + 1 || box.left < -1)) problems.push(`off the screen: ${name(node)} ${Math.round(box.left)}–${Math.round(box.right)}`);
  }
  for (const node of root.querySelectorAll("button, input:not([type=radio], [type=checkbox]), select, textarea, summary")) {
    const box = node.getBoundingClientRect();
    if (isSeen(node) && (box.height < 24 || box.width < 24)) problems.push(`too small to hit: ${name(node)} ${Math.round(box.width)}×${Math.round(box.height)}`);
  }

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  canvas.canvas.width = canvas.canvas.height = 1;
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, under) => [0, 1, 2].map((at) => top[at] * top[3] + under[at] * (1 - top[3]));
  const ground = (node) => {
    const layers = [];
    for (let each = node; each; each = each.parentElement) {
      const colour = rgba(getComputedStyle(each).backgroundColor);
      if (colour[3]) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255]);
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((one) => one / 255).map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const seen = new Set();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || seen.has(node) || !isSeen(node) || node.closest(".hidden, .skip, option, noscript, script")) continue;
    seen.add(node);
    const style = getComputedStyle(node);
    const under = ground(node);
    const [one, two] = [light(over(rgba(style.color), under)), light(under)];
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    const size = Number.parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (isLarge ? 3 : 4.5)) problems.push(`contrast ${ratio.toFixed(2)}: ${name(node)} “${node.textContent.trim().slice(0, 40)}”`);
  }
  return [...new Set(problems)];
}
