// The page's icons, drawn here so that no font decides how they look.
const NS = "http://www.w3.org/2000/svg";

const PATHS = {
  hash: "M6 3 4.8 15M12.2 3 11 15M2.5 6.5h12M2 11.5h12",
  lock: "M4 8h9v6.5H4zM6 8V5.5a2.5 2.5 0 0 1 5 0V8",
  shared: "M3 6h9l-2.5-2.5M14 11H5l2.5 2.5",
  home: "M2.5 8.2 8.5 3l6 5.2M4.2 7v7.2h8.6V7M7 14.2v-4h3v4",
  chat: "M2.5 3.5h12v8.4H8L5 14.6v-2.7H2.5z",
  trash: "M3 4.8h11M6.4 4.8V3h4.2v1.8M4.4 4.8l.7 9.7h6.8l.7-9.7M7 7.4v4.6M10 7.4v4.6",
  up: "M5.5 14.5H3v-7h2.5M5.5 7.8 8.3 2.5c1.2 0 1.9.9 1.7 2L9.5 7h3.6c1 0 1.7.9 1.5 1.9l-1 4.3c-.2.8-.8 1.3-1.6 1.3H5.5z",
  down: "M5.5 2.5H3v7h2.5M5.5 9.2l2.8 5.3c1.2 0 1.9-.9 1.7-2L9.5 10h3.6c1 0 1.7-.9 1.5-1.9l-1-4.3c-.2-.8-.8-1.3-1.6-1.3H5.5z",
  more: "M3.4 8.5h.2M8.4 8.5h.2M13.4 8.5h.2",
  close: "m4 4 9 9M13 4l-9 9",
  list: "M2.5 4.5h12M2.5 8.5h12M2.5 12.5h12",
  send: "M2.5 8.5 14.5 3l-3.6 11-2.7-4.4zM8.2 9.6 14.5 3",
  attach: "M11.5 5.5 6.2 10.8a1.4 1.4 0 0 0 2 2l5.6-5.6a2.8 2.8 0 0 0-4-4L4 9a4.2 4.2 0 0 0 6 6l4.6-4.6",
  people: "M6 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM1.8 14c.3-2.6 1.9-4 4.2-4s3.9 1.4 4.2 4M11.5 3.4a2.4 2.4 0 0 1 0 4.4M12.2 10.2c1.8.4 2.8 1.7 3 3.8",
  check: "m3.5 9 3.4 3.4 6.6-7.8",
  eye: "M1.8 8.5c1.6-2.9 3.9-4.4 6.7-4.4s5.1 1.5 6.7 4.4c-1.6 2.9-3.9 4.4-6.7 4.4s-5.1-1.5-6.7-4.4zM8.5 10.3a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z",
};

/** An icon for the eye alone: what it means is said beside it. */
export function icon(name) {
  const svg = document.createElementNS(NS, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 17 17", class: `icon ${name}`, "aria-hidden": "true", focusable: "false" })) svg.setAttribute(key, value);
  const path = document.createElementNS(NS, "path");
  path.setAttribute("d", PATHS[name] ?? "");
  svg.append(path);
  return svg;
}
