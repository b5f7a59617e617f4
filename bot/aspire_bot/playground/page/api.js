// Speaking to the playground's server: one stream of what happens, and acts.

const token = document.querySelector("meta[name=playground-token]").content;

/** Do something as a person; gives the server's answer, or throws an Error that can be shown. */
export async function act(user, name, details = {}) {
  let response;
  try {
    response = await fetch("/api/act", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Playground-Token": token },
      body: JSON.stringify({ act: name, user, ...details }),
    });
  } catch {
    throw new Error("offline");
  }
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error || response.statusText);
  return answer;
}

/** Follow what a person sees; give a function that ends it. The browser reconnects by itself. */
export function follow(user, { snapshot, change, called, lost }) {
  const source = new EventSource(`/api/feed?user=${encodeURIComponent(user)}`);
  const on = (name, handle) =>
    source.addEventListener(name, (event) => handle(JSON.parse(event.data)));
  on("snapshot", snapshot);
  on("change", change);
  on("called", called);
  source.addEventListener("error", () => lost(true));
  source.addEventListener("open", () => lost(false));
  return () => source.close();
}
