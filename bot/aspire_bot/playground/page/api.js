// Speaking to the playground's server: one stream of what happens, and acts.

const token = document.querySelector("meta[name=playground-token]").content;

/** Do something as a person; gives the server's answer, or throws an Error that can be shown. */
export async function act(user, name, details = {}) {
  let response;
  try {
    response = await fetch(name === "share" ? "/api/share" : "/api/act", {
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

/** Follow what a person sees, whatever becomes of the connection; give a function that ends it. */
export function follow(user, { snapshot, change, called, lost }) {
  let source = null;
  let later = 0;
  const open = () => {
    source = new EventSource(`/api/feed?user=${encodeURIComponent(user)}`);
    const on = (name, handle) =>
      source.addEventListener(name, (event) => handle(JSON.parse(event.data)));
    on("snapshot", snapshot);
    on("change", change);
    on("called", called);
    source.addEventListener("open", () => lost(false));
    source.addEventListener("error", () => {
      lost(true);
      // The browser tries again by itself, but not where the server answered and said no.
      if (source.readyState === EventSource.CLOSED) later = setTimeout(open, 2000);
    });
  };
  open();
  return () => { clearTimeout(later); source.close(); };
}
