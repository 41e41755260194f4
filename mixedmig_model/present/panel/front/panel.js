// The panel: one state on screen at a time. Moves go out newest first, and answers that are older are dropped.
const VERSION = 1;
const LATE = 150;
const SETTLED = 600;
const IDLE = 400;

/** Mount the panel in an element, over a transport. Returns what takes it away again. */
function mount(root, transport) {
  const panel = newPanel(root, transport);
  panel.heartbeat = makeHeartbeat((type) => panel.ask(type), () => patience(panel), () => lost(panel));
  transport.listen((header, buffers) => hear(panel, header, buffers), (up) => (up ? panel.hello(transport.first) : lost(panel)));
  const watch = setInterval(() => panel.built && markLate(panel), 50);
  const visible = () => panel.rest();
  document.addEventListener("visibilitychange", visible);
  return () => {
    clearInterval(watch);
    document.removeEventListener("visibilitychange", visible);
    panel.heartbeat.stop();
    panel.views?.watch.disconnect();
    transport.close();
    root.replaceChildren();
  };
}

/** Return how long a silence may be: a solver that is asked may take its time, and a socket says itself when it is cut. */
function patience(panel) {
  return panel.transport.kind === "app" || !panel.built || panel.asker.busy() ? LONG_SILENCE : SILENCE;
}

/** Return a panel that knows nothing yet: it says that it starts. */
function newPanel(root, transport) {
  const panel = { root, transport, built: false, dead: false, presenting: false, idles: null, pins: [] };
  root.classList.add("mm-panel");
  root.setAttribute("lang", "en-GB");
  panel.stateLine = makeStateLine(panel);
  panel.live = make("p", { class: "mm-hidden mm-live", role: "status", "aria-live": "polite" });
  panel.tray = makeTray();
  root.replaceChildren(panel.stateLine.node, panel.live);
  panel.send = (header) => transport.send(header);
  panel.questions = makeQuestions(panel.send);
  panel.ask = panel.questions.ask;
  panel.asker = makeAsker(panel.send, () => panel.views.chosen);
  panel.state = () => stateOf(panel.history);
  panel.reconnect = () => panel.hello(transport.first);
  panel.ahead = (name) => {
    if (!panel.dead && !document.hidden) panel.send({ type: "ahead", state: panel.state(), name, view: panel.views.chosen });
  };
  panel.hello = (fields = {}) => {
    panel.asker.drop();
    panel.questions.drop();
    panel.ask("hello", { version: VERSION, ...fields }, (header, buffers) => greeted(panel, header, buffers));
  };
  panel.needLines = () => needLines(panel);
  return Object.assign(panel, movesOf(panel), picturesOf(panel));
}

/** Return what moves the state of a panel. */
function movesOf(panel) {
  let quiet = null;
  let rest = null;
  const settle = () => {
    panel.history = released(panel.history);
    panel.settled = true;
    announce(panel);
  };
  const ask = (at, held) => {
    panel.settled = false;
    panel.waits = held && !panel.schema.kernel ? at : null;
    if (panel.waits === null) askNow(panel, at);
    refresh(panel);
    clearTimeout(quiet);
    quiet = setTimeout(settle, SETTLED);
    clearTimeout(rest);
    rest = setTimeout(panel.rest, IDLE);
  };
  return {
    /** Say that nobody moves: costs are worked out, and what may be asked next is solved ahead in a tab that is seen. */
    rest() {
      if (panel.built && !panel.dead) panel.send({ type: "idle", state: panel.state(), view: panel.views.chosen, visible: !document.hidden });
    },
    /** Make a move: change is a function of the state; grip joins moves of one slider; words say it. */
    move(change, { grip = null, at = performance.now(), words = null, record = null, kind = null, held = false } = {}) {
      if (panel.dead || !panel.built) return;
      const next = change(panel.state());
      if (!sameState(panel.state(), next)) panel.history = moved(panel.history, next, words ?? moveWords(panel, next, record, kind), grip);
      else if (panel.waits === null) {
        refresh(panel);
        return;
      }
      ask(at, held);
    },
    /** Without a kernel a run takes seconds: it is asked for when the slider is let go. */
    release() {
      if (panel.built && panel.waits !== null && panel.waits !== undefined) ask(panel.waits, false);
    },
    goTo(k) {
      if (panel.dead || k < 0 || k >= panel.history.moves.length || k === panel.history.at) return;
      panel.history = wentTo(panel.history, k);
      ask(performance.now(), false);
    },
  };
}

/** Return what changes the picture and not the state. */
function picturesOf(panel) {
  return {
    pin(name) {
      const rest = panel.pins.filter((one) => one.name !== name);
      const pinned = rest.length < panel.pins.length;
      panel.pins = pinned ? rest : [...rest, { ...panel.shown.now, name }].sort((one, other) => one.name.localeCompare(other.name));
      show(panel);
    },
    present(on) {
      panel.presenting = on;
      panel.root.classList.toggle("mm-present", on);
      panel.presentingBar.show(on);
      if (Boolean(panel.views.large) !== on) panel.views.enlarge(on ? panel.views.figures()[0] : null);
      panel.views.fit();
      refresh(panel);
      if (on) panel.presentingBar.node.querySelector("button").focus();
    },
  };
}

/** Ask for the state that a person sees as set. */
function askNow(panel, at) {
  panel.root.dataset.shown = "older";
  panel.asker.ask(panel.state(), at);
}

/** Note whether what is shown is what was asked for last. */
function markShown(panel) {
  if (!panel.asker.busy()) panel.root.dataset.shown = "newest";
}

/** Say a move in words: what the moved lever now is. */
function moveWords(panel, state, record, kind) {
  if (!record) return WORDS.move;
  const texts = kind ? state.levers.filter((use) => useName(use) === `${kind} ${record.name}`).map((use) => useWords(use, panel.schema))
    : changesOf(state, record.name).map((change) => changeWords(change, panel.schema));
  return texts.length ? texts.join("; ") : fill(kind ? WORDS.unused : WORDS.back_move, { title: record.title });
}

/** Say that nobody answers any more, and take the controls out of use. */
function lost(panel) {
  if (panel.dead) return;
  panel.dead = true;
  panel.asker.drop();
  panel.root.classList.add("mm-dead");
  panel.stateLine.say(panel.transport.kind === "app" ? WORDS.gone_app : WORDS.gone_kernel, "dead");
  write(panel.live, panel.stateLine.node.textContent);
  if (panel.built) refresh(panel);
}

/** Go on with whoever answers again: the state of the person is kept. */
function revived(panel) {
  panel.dead = false;
  panel.root.classList.remove("mm-dead");
  panel.stateLine.say(WORDS.ready);
  if (!panel.built) return;
  refresh(panel);
  askNow(panel, performance.now());
}

/** Take a message. */
function hear(panel, header, buffers) {
  panel.heartbeat?.heard();
  if (panel.dead && header.type === "pong") revived(panel);
  if (header.type === "run") answered(panel, header, buffers);
  else if (header.type === "costs") priced(panel, header);
  else if (header.type === "later") panel.stateLine.say(header.text || WORDS.computing, "late");
  else if (header.type === "fault" && Number.isInteger(header.seq)) refused(panel, header);
  else if (!panel.questions.take(header, buffers) && header.type === "fault") failedBehind(panel, header);
}

/** Say a fault of what no control has asked for, such as the cost; one of the setting itself is said already. */
function failedBehind(panel, header) {
  if (!panel.root.classList.contains("mm-faulty")) panel.stateLine.say(faultText(header), "fault");
}

/** Take the answer to a greeting: progress of the start, the case, or why there is none. */
function greeted(panel, header, buffers) {
  if (header.type === "progress") panel.stateLine.progress(header.done, header.of, header.text);
  else if (header.type === "hello") build(panel, header, buffers);
  else panel.stateLine.say(faultText(header), "fault");
}

/** Build the panel from what Python says of the case. */
function build(panel, schema, buffers) {
  Object.assign(WORDS, schema.words);
  const isSame = panel.built && panel.schema.case === schema.case;
  panel.schema = schema;
  panel.run = { start: schema.start, days: schema.days, events: schema.events };
  panel.dead = false;
  panel.root.classList.remove("mm-dead");
  if (!isSame) {
    const shared = panel.transport.kind === "app" && !panel.built ? fromFragment(location.hash) : null;
    panel.history = newHistory(shared ?? scenarioState(schema, schema.scenario), shared ? WORDS.opened_move : WORDS.first_move);
    panel.pins = [];
    const base = { state: scenarioState(schema), words: schema.base, digest: schema.digest,
      lines: { [schema.first_view]: splitLines(schema.views.find((one) => one.key === schema.first_view), buffers[0], schema.days) } };
    panel.shown = { base, pins: [], now: { ...base, lines: { ...base.lines } } };
    layout(panel);
  }
  panel.built = true;
  panel.views.choose(panel.views.chosen);
  if (isSame || !sameState(panel.state(), panel.shown.now.state)) askNow(panel, performance.now());
  refresh(panel);
  show(panel);
  panel.stateLine.say(WORDS.ready);
  panel.stateLine.digest(panel.shown.now.digest);
  markShown(panel);
  panel.rest();
}

/** Lay the panel out. */
function layout(panel) {
  const { schema } = panel;
  panel.views?.watch.disconnect();
  panel.strip = makeStrip();
  panel.bar = makeBar(panel);
  panel.levers = makeLevers(panel);
  panel.views = makeViews(panel);
  panel.decision = makeDecision(panel);
  panel.compared = makeCompared(panel);
  panel.presentingBar = makePresenting(panel);
  const title = make("header", { class: "mm-title" }, make("h1", {}, schema.title), make("p", {}, schema.question));
  panel.root.replaceChildren(panel.strip.node, panel.bar.node, panel.presentingBar.node, panel.tray.node, title,
    make("div", { class: "mm-columns" }, panel.levers.node, panel.views.node,
      make("div", { class: "mm-right" }, panel.decision.node, panel.compared.node)), panel.stateLine.node, panel.live);
  panel.root.onkeydown = (event) => shortcuts(panel, event);
}

/** Undo and redo with the keys that people know. */
function shortcuts(panel, event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || /^(text|search)$/.test(event.target.type ?? "")) return;
  const key = event.key.toLowerCase();
  if (key !== "z" && key !== "y") return;
  event.preventDefault();
  event.stopPropagation();
  panel.goTo(panel.history.at + (key === "y" || event.shiftKey ? 1 : -1));
}

/** Ask for the lines of the chosen view that are not there yet: of the case, the pins, and now. */
function needLines(panel) {
  const view = panel.views.chosen;
  panel.lacking = null;
  for (const [one, state] of [[panel.shown.base, null], ...panel.pins.map((pin) => [pin, pin.state])]) {
    if (one.lines[view]) continue;
    panel.ask("lines", { state, view }, (header, buffers) => {
      if (header.type !== "lines") {
        panel.lacking = faultText(header);
        panel.stateLine.say(panel.lacking, "fault");
        return;
      }
      one.lines[view] = splitLines(viewOf(panel, view), buffers[0], panel.run.days);
      show(panel);
    });
  }
  if (panel.built && !panel.shown.now.lines[view]) askNow(panel, performance.now());
}

/** Return a view by its key. */
function viewOf(panel, key) {
  return panel.schema.views.find((one) => one.key === key);
}

/** Take the answer to the newest question; older ones are dropped. */
function answered(panel, header, buffers) {
  const question = panel.asker.take(header.seq);
  if (!question) return;
  const received = performance.now();
  const lines = { [header.view]: splitLines(viewOf(panel, header.view), buffers[0], panel.run.days) };
  const isSame = header.digest === panel.shown.now.digest;
  const now = { state: question.state, digest: header.digest, seq: header.seq, words: header.words,
    lines: isSame ? { ...panel.shown.now.lines, ...lines } : lines };
  panel.shown = { ...panel.shown, now };
  panel.root.classList.remove("mm-faulty");
  panel.levers.say(null, null);
  if (canonical(panel.idles) !== canonical(header.idle)) {
    panel.idles = header.idle;
    panel.levers.refresh(panel.state(), panel.idles);
  }
  show(panel);
  if (panel.lacking) panel.stateLine.say(panel.lacking, "fault");
  else panel.stateLine.say(fill(WORDS.solved, { state: header.words.state, ms: plain(header.ms?.all ?? 0) }));
  panel.stateLine.digest(header.digest);
  measure(question, header, received);
  markShown(panel);
  if (panel.settled) announce(panel);
}

/** Put in what a setting costs, which is worked out after its run. */
function priced(panel, header) {
  for (const one of [panel.shown.base, panel.shown.now, ...panel.pins]) {
    if (one.digest !== header.digest) continue;
    const rows = one.words.rows.map((cells, k) => header.rows[panel.schema.rows[k].key] ?? cells);
    one.words = { ...one.words, rows };
  }
  panel.decision.show(panel.shown);
}

/** Note how long a move took until it was painted, for whoever measures. */
function measure(question, header, received) {
  const drawn = performance.now();
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => performance.measure("mixedmig move", { start: question.moved, end: performance.now(),
      detail: { seq: question.seq, sent: question.sent, received, drawn, solve: header.ms?.all ?? null } });
    channel.port2.postMessage(0);
  });
}

/** Say a fault with what is allowed. */
function faultText(header) {
  const text = header.text.charAt(0).toUpperCase() + header.text.slice(1) + (/[.!?]$/.test(header.text) ? "" : ".");
  return header.allowed ? fill(WORDS.fault_allowed, { text, allowed: header.allowed }) : text;
}

/** Keep the last good picture, mark it, and say at the lever what is wrong. */
function refused(panel, header) {
  if (!panel.asker.take(header.seq)) return;
  const text = faultText(header);
  panel.root.classList.add("mm-faulty");
  panel.stateLine.say(fill(WORDS.fault, { text }), "fault");
  panel.levers.say(header.lever, text);
  write(panel.live, text);
  markShown(panel);
}

/** Put on screen what is shown, all of it in one go. */
function show(panel) {
  panel.shown = { ...panel.shown, pins: panel.pins };
  panel.views.draw(panel.shown);
  panel.strip.show(panel.shown.now.words);
  panel.decision.show(panel.shown);
  panel.compared.show(panel.pins, panel.state());
  panel.bar.refresh();
  if (!panel.ready && panel.views.placed) {
    panel.ready = true;
    performance.mark("mixedmig ready");
  }
}

/** Set controls as the state is. */
function refresh(panel) {
  panel.levers.refresh(panel.state(), panel.idles);
  panel.compared.show(panel.pins, panel.state());
  panel.bar.refresh();
}

/** Dim numbers that are older than the newest move by more than an eye forgives. */
function markLate(panel) {
  const since = panel.asker.since() ?? panel.waits ?? null;
  const late = since !== null && performance.now() - since > LATE;
  if (late !== panel.root.classList.contains("mm-late")) panel.root.classList.toggle("mm-late", late);
}

/** Say one sentence for a settled move. */
function announce(panel) {
  if (panel.asker.busy() || !sameState(panel.shown.now.state, panel.state())) return;
  panel.settled = false;
  const { words } = panel.shown.now;
  write(panel.live, fill(WORDS.settled, { move: panel.history.moves[panel.history.at].words, sentence: words.sentence ?? "" }));
}
