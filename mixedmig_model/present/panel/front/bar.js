// The bar: case and scenario, undo and redo, pins, and what can be done with a setting.
const PIN_NAMES = ["A", "B", "C"];

/** Make a menu that closes when a person leaves it. */
function makeMenu(title, ...items) {
  const list = make("div", { class: "mm-menulist" }, ...items);
  const node = make("details", { class: "mm-menu" }, make("summary", {}, title), list);
  const close = () => {
    node.open = false;
  };
  list.addEventListener("click", (event) => event.target.closest("button") && close());
  node.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !node.contains(event.relatedTarget)) close();
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !node.open) return;
    close();
    node.querySelector("summary").focus();
    event.stopPropagation();
  });
  return { node, list };
}

/** Make a choice among titled records. */
function makeChoice(label, records, chosen, act) {
  const select = make("select", { onchange: () => act(select.value) }, ...records.map((one) => make("option", { value: one.name }, one.title)));
  select.value = chosen;
  return { select, node: make("label", { class: "mm-choice" }, make("span", {}, label), select) };
}

/** Fill the list of moves, the newest on top. */
function fillMoves(panel, menu) {
  menu.list.replaceChildren(...panel.history.moves.map((move, k) => button(move.words, () => panel.goTo(k),
    { "aria-current": k === panel.history.at ? "step" : null })).reverse());
}

/** Make the bar. */
function makeBar(panel) {
  const { schema } = panel;
  const cases = schema.cases?.length > 1 ? makeChoice(WORDS.case, schema.cases, schema.case, (name) => panel.hello({ case: name })) : null;
  const scenarios = makeChoice(WORDS.scenario, schema.scenarios, panel.state().scenario, (name) => panel.move(
    () => scenarioState(schema, name), { words: fill(WORDS.scenario_chosen, { title: schema.scenarios.find((one) => one.name === name)?.title ?? name }) }));
  const undo = button(WORDS.undo, () => panel.goTo(panel.history.at - 1));
  const redo = button(WORDS.redo, () => panel.goTo(panel.history.at + 1));
  const toScenario = button(WORDS.reset_scenario, () => panel.move((state) => scenarioState(schema, state.scenario), { words: WORDS.reset_scenario }));
  const toCase = button(WORDS.reset_case, () => panel.move(() => scenarioState(schema), { words: WORDS.reset_case }));
  const moves = makeMenu(WORDS.moves);
  moves.node.addEventListener("toggle", () => moves.node.open && fillMoves(panel, moves));
  const pins = PIN_NAMES.map((name) => button(fill(WORDS.pin, { name }), () => panel.pin(name),
    { class: `mm-pin mm-pin-${name}`, "aria-pressed": "false" }));
  const copies = makeMenu(WORDS.copy_as, ...["yaml", "python", "command"].map((form) => button(WORDS[`form_${form}`], () => copyAs(panel, form))));
  const save = button(WORDS.save, () => saveForm(panel, { type: "save", title: WORDS.save_as }));
  const report = button(WORDS.report, () => saveForm(panel, { type: "report", title: WORDS.report }));
  const open = button(WORDS.open, () => openForm(panel));
  const present = button(WORDS.present, () => panel.present(!panel.presenting), { "aria-pressed": "false" });
  const part = (...contents) => make("span", { class: "mm-barpart" }, ...contents);
  return {
    node: make("div", { class: "mm-bar", role: "group", "aria-label": WORDS.bar }, part(cases?.node, scenarios.node),
      part(undo, redo, makeMenu(WORDS.reset, toScenario, toCase).node, moves.node), part(...pins),
      part(schema.may.save ? save : null, schema.may.open === false ? null : open, schema.may.copy === false ? null : copies.node, panel.transport.kind === "app" ? button(WORDS.share, () => share(panel)) : null,
        schema.may.report ? report : null, present)),
    refresh() {
      const { moves: list, at } = panel.history;
      scenarios.select.value = panel.state().scenario;
      // Not disabled, or the focus would be lost with the last move that can be taken back.
      for (const [control, none, words, move] of [[undo, at === 0, WORDS.undo_of, list[at]],
        [redo, at === list.length - 1, WORDS.redo_of, list[at + 1]]]) {
        control.setAttribute("aria-disabled", String(panel.dead || none));
        control.title = none ? "" : fill(words, { move: move.words });
      }
      for (const control of [cases?.select, scenarios.select, toScenario, toCase, save, report, open]) if (control) control.disabled = panel.dead;
      pins.forEach((one, k) => {
        const on = panel.pins.some((pin) => pin.name === PIN_NAMES[k]);
        one.setAttribute("aria-pressed", String(on));
        one.title = on ? WORDS.unpin : WORDS.pin_help;
      });
      present.setAttribute("aria-pressed", String(panel.presenting));
    },
  };
}
