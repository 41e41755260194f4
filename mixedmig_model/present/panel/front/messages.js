// How the panel and Python talk: a header and buffers, over a widget's channel or a WebSocket, one question at a time.
const HEARTBEAT = 2000;
const SILENCE = 6000;
const LONG_SILENCE = 60000;

/** Return the header and the buffers of a message of the app: u32 length, header as JSON, buffers, little-endian. */
function unpack(data) {
  const view = new DataView(data);
  const length = view.getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(data, 4, length)));
  let at = 4 + length;
  const buffers = (header.buffers ?? []).map((size) => {
    const buffer = data.slice(at, at + size);
    at += size;
    return buffer;
  });
  return [header, buffers];
}

/** Return the bytes of a buffer of a widget, wherever they lie in it. */
function bytesOf(view) {
  if (view instanceof ArrayBuffer) return view;
  return view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
}

/** Return a transport over the channel of a widget. */
function widgetTransport(model) {
  let hear = () => {};
  let change = () => {};
  const listener = (header, buffers) => hear(header, (buffers ?? []).map(bytesOf));
  const died = () => change(false);
  model.on("msg:custom", listener);
  model.on("comm:close", died);
  const scenario = model.get("scenario");
  return {
    kind: "widget",
    first: scenario ? { scenario } : {},
    send(header) {
      try {
        model.send(header);
      } catch {
        change(false);
      }
    },
    listen(heard, changed) {
      hear = heard;
      change = changed;
      changed(true);
    },
    close() {
      model.off("msg:custom", listener);
      model.off("comm:close", died);
    },
  };
}

/** Return a transport over a WebSocket, which connects again after a pause where it was cut. */
function socketTransport(address) {
  let socket = null;
  let hear = () => {};
  let change = () => {};
  let pause = 500;
  let closed = false;
  const connect = () => {
    socket = new WebSocket(address);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      pause = 500;
      change(true);
    };
    socket.onmessage = (event) => hear(...unpack(event.data));
    socket.onclose = () => {
      change(false);
      if (!closed) setTimeout(connect, pause);
      pause = Math.min(pause * 2, 10000);
    };
  };
  return {
    kind: "app",
    first: {},
    send(header) {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(header));
    },
    listen(heard, changed) {
      hear = heard;
      change = changed;
      connect();
    },
    close() {
      closed = true;
      socket?.close();
    },
  };
}

/** Ask for one state at a time: while one is solved, of all later ones only the newest waits. */
function makeAsker(send, view, clock = () => performance.now()) {
  let number = 0;
  let flying = null;
  let waiting = null;
  const fly = () => {
    const next = waiting;
    waiting = null;
    number += 1;
    flying = { seq: number, state: next.state, moved: next.moved, sent: clock() };
    send({ type: "set", seq: number, state: next.state, view: view() });
  };
  return {
    /** Ask for a state; moved, when the person moved it. */
    ask(state, at) {
      waiting = { state, moved: at };
      if (!flying) fly();
    },
    /** Take an answer: return the question where it is the one in flight, null where it is older. */
    take(seq) {
      if (!flying || seq !== flying.seq) return null;
      const answered = flying;
      flying = null;
      if (waiting) fly();
      return answered;
    },
    /** Forget what was asked, for nobody will answer. */
    drop() {
      flying = null;
      waiting = null;
    },
    /** Since when the newest move waits for its picture; null where none does. */
    since() {
      return waiting?.moved ?? flying?.moved ?? null;
    },
    busy: () => flying !== null,
  };
}

/** Number questions, so that an answer finds who asked; an answer to a question that nobody knows is dropped. */
function makeQuestions(send) {
  let number = 0;
  const open = new Map();
  return {
    ask(type, fields = {}, then = null) {
      number += 1;
      if (then) open.set(number, then);
      send({ type, id: number, ...fields });
      return number;
    },
    /** Hand an answer to who asked, and return whether there is somebody; progress is not the last one. */
    take(header, buffers) {
      const then = open.get(header.id);
      if (!then) return false;
      if (header.type !== "progress") open.delete(header.id);
      then(header, buffers);
      return true;
    },
    drop() {
      open.clear();
    },
  };
}

/** Watch whether anybody answers: ask every few seconds, and say so once after a silence. */
function makeHeartbeat(ask, patience, gone) {
  let heard = performance.now();
  const timer = setInterval(() => {
    // A hidden tab's timers sleep, and what they did not hear says nothing.
    if (document.hidden) heard = performance.now();
    else ask("ping");
    if (performance.now() - heard > patience()) gone();
  }, HEARTBEAT);
  return {
    heard() {
      heard = performance.now();
    },
    stop() {
      clearInterval(timer);
    },
  };
}
