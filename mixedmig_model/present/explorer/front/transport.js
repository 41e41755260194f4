// The panel's third transport: the page answers itself. One setting is solved at a time, after the picture is painted.
const NUMBERED = 53;

/** A short name of a setting; the same setting always has the same. */
function nameOf(state) {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (const sign of JSON.stringify(state)) {
    const code = sign.codePointAt(0);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  return [high, low].map((part) => (part >>> 0).toString(16).padStart(8, "0")).join("") + NUMBERED.toString(16);
}

/** Return a transport that answers from the page's own engine. */
function pageTransport(engine, hello) {
  let hear = () => {};
  const solved = new Map();
  const of = (state) => {
    const none = state === null || (state.levers.length === 0 && state.changes.length === 0);
    const digest = none ? hello.digest : nameOf(state);
    if (!solved.has(digest)) {
      if (solved.size > 8) solved.delete(solved.keys().next().value);
      solved.set(digest, engine.solve(none ? { levers: [], changes: [] } : state, digest));
    }
    return [digest, solved.get(digest)];
  };
  const answer = (header) => {
    const { type, id, seq, view } = header;
    if (type === "ping") return hear({ type: "pong", id }, []);
    if (type === "hello") {
      const [, found] = of(null);
      return hear({ ...hello, type: "hello", id, base: found.words }, [found.lines(hello.first_view).buffer]);
    }
    if (type !== "set" && type !== "lines") return null;
    const begun = performance.now();
    const [digest, found] = of(header.state);
    if (found.fault) return hear({ type: "fault", seq, id, ...found.fault }, []);
    const lines = found.lines(view);
    const ms = { all: performance.now() - begun };
    return hear({ type: type === "set" ? "run" : "lines", seq, id, digest, view, ms, words: found.words, idle: {} }, [lines.buffer]);
  };
  return {
    kind: "page",
    first: {},
    send(header) {
      setTimeout(() => {
        try {
          answer(header);
        } catch (error) {
          hear({ type: "fault", seq: header.seq, id: header.id, lever: "", text: String(error.message ?? error), allowed: "" }, []);
        }
      }, 0);
    },
    listen(heard, changed) {
      hear = heard;
      changed(true);
    },
    close() {},
  };
}

/** The bytes of a part of this file. */
function bytesIn(id) {
  return Uint8Array.from(atob(document.getElementById(id).textContent.trim()), (sign) => sign.charCodeAt(0));
}

/** Begin: compile the module, solve the case, show the panel. */
async function begin(main) {
  try {
    const data = JSON.parse(document.getElementById("mixedmig-data").textContent);
    Object.assign($.page, { factors: data.factors, start: data.hello.start });
    const kernel = await Kernel.load(bytesIn("mixedmig-module"));
    const engine = new Engine(kernel, bytesIn("mixedmig-run"));
    globalThis.mixedmigExplorer = engine;
    return [engine, data.hello];
  } catch (error) {
    main.textContent = `${main.dataset.broken} ${error.message ?? error}`;
    throw error;
  }
}
