// Levers of the catalogue and presets, each with an intensity from nothing to all of it.

/** Make one lever of the catalogue, or one preset. Args: kind, "lever" or "preset". */
function makeUse(panel, record, kind) {
  const id = freshId("use");
  const slider = make("input", { type: "range", id, min: 0, max: 100, step: 5, value: 0, "aria-describedby": `${id}-help` });
  const said = make("output", { for: id, class: "mm-said" });
  const start = make("input", { type: "date", min: panel.schema.start, max: panel.schema.end });
  const fault = make("p", { class: "mm-fault", role: "alert", hidden: true });
  const idle = make("p", { class: "mm-off", hidden: true });
  const name = `${kind} ${record.name}`;
  const set = (at, held) => panel.move((state) => withUse(state, panel.schema,
    { [kind]: record.name, intensity: Number(slider.value) / 100, start: start.value || null }), { grip: name, at, record, kind, held });
  slider.addEventListener("input", (event) => set(event.timeStamp, true));
  slider.addEventListener("change", () => panel.release());
  for (const type of ["pointerdown", "focus"]) slider.addEventListener(type, () => panel.ahead(record.name));
  start.addEventListener("change", (event) => set(event.timeStamp, false));
  const lists = [[WORDS.members, record.members], [WORDS.side_effects, record.side_effects], [WORDS.not_modelled, record.not_modelled]]
    .filter(([, texts]) => texts?.length);
  const about = make("details", { class: "mm-when" }, make("summary", { "aria-label": `${WORDS.about}: ${record.title}` }, WORDS.about),
    record.dates === false ? null : make("div", { class: "mm-dates" }, make("label", {}, WORDS.from, start)),
    make("p", { class: "mm-help", id: `${id}-help` }, [record.description, record.evidence].filter(Boolean).join(" ")),
    ...lists.map(([title, texts]) => make("p", { class: "mm-help" }, `${title}: ${texts.join("; ")}`)),
    record.source ? make("p", { class: "mm-help" }, WORDS.source, link(record.source, record.address)) : null);
  const node = make("div", { class: "mm-lever", "data-use": record.name },
    make("div", { class: "mm-leverhead" }, make("label", { for: id }, record.title)), make("div", { class: "mm-track" }, slider),
    make("p", { class: "mm-saidline" }, said), idle, fault, about);
  return {
    node, name: record.name,
    refresh(state) {
      const use = state.levers.find((one) => useName(one) === name);
      slider.value = String(Math.round(100 * (use ? use.intensity ?? 1 : 0)));
      const text = use ? fill(WORDS.at_intensity, { share: withUnit(use.intensity ?? 1, "share") }) : WORDS.not_used;
      write(said, text);
      slider.setAttribute("aria-valuetext", text);
      const reason = record.idle;
      idle.hidden = !reason;
      write(idle, reason ? [reason.text, reason.place].filter(Boolean).join(" ") : "");
      node.classList.toggle("mm-grey", Boolean(reason));
      slider.disabled = panel.dead || (Boolean(reason) && !use);
      start.disabled = panel.dead || !use;
      if (document.activeElement !== start) start.value = typeof use?.start === "string" ? use.start : "";
      node.classList.toggle("mm-set", Boolean(use));
    },
    say(text) {
      fault.hidden = !text;
      write(fault, text ?? "");
    },
  };
}

/** Make a group that is filled when it is first opened. */
function useGroup(panel, title, records, kind, rows) {
  const number = make("span", { class: "mm-number" });
  const body = make("div", {});
  const node = make("details", { class: "mm-group" }, make("summary", {}, title, " ", number), body);
  node.addEventListener("toggle", () => {
    if (!node.open || body.children.length) return;
    for (const record of records) {
      const row = makeUse(panel, record, kind);
      rows.push(row);
      body.append(row.node);
      row.refresh(panel.state());
    }
  });
  const count = (state) => {
    const on = records.filter((record) => state.levers.some((use) => useName(use) === `${kind} ${record.name}`)).length;
    write(number, on ? fill(WORDS.set_count, { count: on }) : "");
  };
  return { node, count };
}

/** Make the two groups below the inputs: levers of the catalogue, and presets. */
function makeCatalogue(panel) {
  const { schema } = panel;
  const rows = [];
  const groups = [];
  if (schema.levers.length) groups.push(useGroup(panel, WORDS.catalogue, schema.levers, "lever", rows));
  if (schema.presets.length) groups.push(useGroup(panel, WORDS.presets, schema.presets, "preset", rows));
  return {
    nodes: groups.map((one) => one.node),
    refresh(state) {
      for (const one of groups) one.count(state);
      for (const row of rows) row.refresh(state);
    },
    say(name, text) {
      for (const row of rows) row.say(row.name === name ? text : null);
    },
  };
}
