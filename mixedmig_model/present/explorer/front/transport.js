// The panel's third transport: the page answers itself. One setting is solved at a time, after the picture is painted.
const NUMBERED = 53;
/** Where the panel begins in the text of the page. */
const PANEL = "// --- panel ---";

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

/** What the page has of its case: module and run as bytes, and data. */
function partsOf() {
  return { module: bytesIn("mixedmig-module"), run: bytesIn("mixedmig-run"), data: JSON.parse(document.getElementById("mixedmig-data").textContent) };
}

/** Compile the module and solve the case. */
async function engineOf({ module, run, data }) {
  Object.assign($.page, { factors: data.factors, start: data.hello.start });
  return new Engine(await Kernel.load(module), run);
}

/** In a worker: answer what the page asks. */
function serve() {
  globalThis.onmessage = async ({ data: parts }) => {
    try {
      const transport = pageTransport(await engineOf(parts), parts.data.hello);
      transport.listen((header, buffers) => postMessage([header, buffers], buffers), () => {});
      globalThis.onmessage = ({ data: header }) => transport.send(header);
      postMessage(null);
    } catch (error) {
      postMessage(String(error.message ?? error));
    }
  };
}

/** A transport to a worker, so that sliders and keys answer while a setting is solved. Rejected where there can be none. */
function workerTransport(parts) {
  const text = document.querySelector("script[type=module]").textContent;
  const address = URL.createObjectURL(new Blob([text.slice(0, text.lastIndexOf(PANEL))], { type: "text/javascript" }));
  return new Promise((resolve, reject) => {
    const worker = new Worker(address); // no module: browsers refuse those to a file
    worker.onerror = reject;
    worker.onmessage = ({ data: fault }) => {
      URL.revokeObjectURL(address);
      if (fault !== null) {
        worker.terminate();
        reject(new Error(fault));
        return;
      }
      resolve({
        kind: "page",
        first: {},
        send: (header) => worker.postMessage(header),
        listen(heard, changed) {
          worker.onmessage = ({ data: [header, buffers] }) => heard(header, buffers);
          worker.onerror = () => changed(false);
          changed(true);
        },
        close: () => worker.terminate(),
      });
    };
    worker.postMessage(parts);
  });
}

/** Begin, in a worker, or in the page itself where a browser allows none. Returns the transport. */
async function begin(main) {
  try {
    const parts = partsOf();
    try {
      return await workerTransport(parts);
    } catch {
      return pageTransport(await engineOf(parts), parts.data.hello);
    }
  } catch (error) {
    main.textContent = `${main.dataset.broken}${error.message ?? error}`;
    throw error;
  }
}
