// Talks with the server: the page's data every two seconds, and moves. The token stands in the address of the page.
const EVERY = 2000;

/** Make the line to the server. */
function makeTalk(show, lost) {
  const token = new URLSearchParams(location.search).get("token") ?? "";
  const headers = { Authorization: `token ${token}` };
  let asked = false;
  async function read() {
    if (asked) return;
    asked = true;
    try {
      const answer = await fetch("/data", { headers, cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      show(await answer.json());
    } catch {
      lost();
    } finally {
      asked = false;
    }
  }
  setInterval(read, EVERY);
  read();
  return {
    read,
    async move(message) {
      const options = { method: "POST", headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(message) };
      const answer = await fetch("/data", options);
      const found = await answer.json();
      asked = false;
      await read();
      return found;
    },
  };
}

/** Return the faults of an answer as texts. */
function faultTexts(found) {
  if (found.faults) {
    return found.faults.map((one) => {
      let text = one.path ? `${one.path}: ${one.problem}` : one.problem;
      if (one.found) text += `; found ${one.found}`;
      if (one.allowed) text += `; allowed: ${one.allowed}`;
      if (one.nearest) text += `; did you mean '${one.nearest}'?`;
      return text;
    });
  }
  return [found.error ?? SAYING.lost];
}
