// Levers: a slider and a number for each input, for all countries or one, from a day on.
const MOST_COUNTRIES = 6;

/** Return the scale of a lever's slider where it is set: that of multiples, or absolute where the case has nothing. */
function scaleOf(input, country) {
  const zero = Object.values(input.by_country ?? {});
  const nothing = country === null ? zero.length > 0 && zero.every((one) => one.zero) : Boolean(input.by_country?.[country]?.zero);
  if (input.absolute && nothing) return { ...input.absolute, operation: "set", isTimes: false };
  return { positions: input.positions, case: input.case, operation: input.operation, isTimes: input.kind === "multiple" };
}

/** Return what a lever is in a state: its change, its value, and whether that is one of its slider's own. */
function leverNow(state, input, country) {
  const scale = scaleOf(input, country);
  const change = changeFor(state, input.name, country);
  if (change) return { scale, change, value: change[scale.operation] ?? null };
  return { scale, change: null, value: null, differs: country === null && changesOf(state, input.name).length > 0 };
}

/** Return the number of the position nearest to a value; of none, that of the case. */
function positionOf(scale, value) {
  if (value === null) return scale.case;
  const numbers = scale.positions.map((one) => one.value ?? (scale.isTimes ? 1 : NaN));
  let best = scale.case;
  let gap = Infinity;
  numbers.forEach((one, k) => {
    if (Math.abs(one - value) < gap) {
      best = k;
      gap = Math.abs(one - value);
    }
  });
  return best;
}

/** Return the value of the case on a scale, where it is one: a box shows it. */
function caseValue(input, scale) {
  return scale.isTimes ? 1 : scale.operation === input.operation ? input.case_value ?? null : 0;
}

/** Say what a lever is. */
function leverWords(panel, input, { scale, change, value, differs }) {
  if (differs) return WORDS.differs;
  if (!change) return scale.positions[scale.case].text;
  const exact = scale.positions.find((one) => one.value !== null && one.value === value);
  if (exact) return scale.isTimes || scale.operation !== "set" || input.unit === "share" ? exact.text : withUnit(value, input.unit, input.unit_words);
  if (value !== null && scale.isTimes) return times(value);
  return changeWords(change, panel.schema).slice(input.title.length + 2);
}

/** Say which countries have which value in the case: "0 %: Myanmar; 100 %: Thailand, Malaysia". Of one value nothing is said. */
function sameValues(panel, input) {
  const groups = new Map();
  for (const { name, title } of panel.schema.countries) {
    const text = input.by_country[name]?.text;
    if (text !== undefined) groups.set(text, [...(groups.get(text) ?? []), title]);
  }
  return groups.size < 2 ? "" : [...groups].map(([text, titles]) => `${text}: ${titles.join(", ")}`).join("; ");
}

/** Say the values of the case, and where they are multiples of it, what they become: "Thailand 3 \u2192 4.5". */
function countryWords(panel, input, state) {
  const isTimes = input.kind === "multiple";
  if (!input.by_country) return isTimes ? input.case_text : "";
  if (!isTimes) return sameValues(panel, input);
  const parts = panel.schema.countries.filter((one) => one.name in input.by_country).map(({ name, title }) => {
    const { scale, value } = leverNow(state, input, name);
    const base = input.by_country[name].text;
    const number = readNumber(base, "");
    const becomes = value === null || number === null || !scale.isTimes ? "" : ` \u2192 ${plain(number * value)}`;
    return `${title} ${base}${becomes}`;
  });
  const shown = parts.slice(0, MOST_COUNTRIES).join(", ");
  return parts.length > MOST_COUNTRIES ? fill(WORDS.and_more, { shown, count: parts.length - MOST_COUNTRIES }) : shown;
}

/** Make one lever. */
function makeLever(panel, input) {
  const id = freshId("lever");
  const slider = make("input", { type: "range", id, step: 1, "aria-describedby": `${id}-help` });
  const box = make("input", { type: "text", inputmode: "decimal", class: "mm-box", autocomplete: "off", placeholder: "\u2013" });
  const unit = make("span", { class: "mm-unit", "aria-hidden": "true" });
  const back = button("\u21ba", () => row.reset(), { class: "mm-back", title: WORDS.back_to_scenario,
    "aria-label": fill(WORDS.back_of, { title: input.title }) });
  const said = make("output", { for: id, class: "mm-said" });
  const places = make("span", { class: "mm-places" });
  const fault = make("p", { class: "mm-fault", role: "alert", hidden: true });
  const idle = make("p", { class: "mm-off", hidden: true });
  const tick = make("i", { class: "mm-tick", "aria-hidden": "true" });
  const row = { input, country: null };
  const when = makeWhen(panel, row, `${id}-help`);
  row.node = make("div", { class: `mm-lever mm-${input.kind}`, "data-lever": input.name },
    make("div", { class: "mm-leverhead" }, make("label", { for: id, title: input.description }, input.title),
      make("span", { class: "mm-number-of" }, box, unit, back)),
    make("div", { class: "mm-track" }, tick, slider), make("p", { class: "mm-saidline" }, said, places), idle, fault, when.node);
  row.reset = () => panel.move((state) => withScenarioInput(state, panel.schema, input.name), { record: input });
  row.say = (text) => {
    fault.hidden = !text;
    write(fault, text ?? "");
    slider.setAttribute("aria-invalid", String(Boolean(text)));
  };
  row.set = (value, at, held = false) => {
    const { operation } = scaleOf(input, row.country);
    panel.move((state) => (value === null ? withoutInput(state, panel.schema, input.name, row.country)
      : withInput(state, panel.schema, { name: input.name, country: row.country, operation, value })),
    { grip: `${input.name} ${row.country}`, at, record: input, held });
  };
  row.refresh = (state, idles) => {
    const now = leverNow(state, input, row.country);
    showSlider({ slider, box, unit, tick, input }, now);
    const text = leverWords(panel, input, now);
    write(said, text);
    write(places, countryWords(panel, input, state));
    places.hidden = !places.textContent;
    places.title = places.textContent;
    said.title = text;
    slider.setAttribute("aria-valuetext", [text, places.textContent].filter(Boolean).join(". "));
    const own = panel.schema.scenarios.find((one) => one.name === state.scenario)?.state;
    const isMoved = canonical(changesOf(state, input.name)) !== canonical(own ? changesOf(own, input.name) : []);
    row.node.classList.toggle("mm-set", isMoved);
    back.disabled = panel.dead || !isMoved;
    const reason = idles ? idles[input.name] : input.idle;
    idle.hidden = !reason;
    write(idle, reason ? [reason.text, reason.place].filter(Boolean).join(" ") : "");
    row.node.classList.toggle("mm-grey", Boolean(reason));
    slider.disabled = panel.dead || (Boolean(reason) && !isMoved);
    box.disabled = slider.disabled;
    when.refresh(state);
  };
  slider.addEventListener("input", (event) => {
    const { positions } = scaleOf(input, row.country);
    row.set(positions[Number(slider.value)].value, event.timeStamp, true);
  });
  slider.addEventListener("change", () => panel.release());
  for (const name of ["pointerdown", "focus"]) slider.addEventListener(name, () => panel.ahead(input.name));
  box.addEventListener("change", (event) => row.say(typed(row, box.value, event.timeStamp)));
  box.addEventListener("focus", () => box.select());
  return row;
}

/** Put slider, box, unit and the mark of the case where a lever is. */
function showSlider({ slider, box, unit, tick, input }, { scale, value, change, differs }) {
  const last = scale.positions.length - 1;
  slider.max = String(last);
  slider.value = String(positionOf(scale, value));
  tick.style.left = `calc(9px + (100% - 18px) * ${scale.case / Math.max(1, last)})`;
  const shown = value ?? (change || differs ? null : caseValue(input, scale));
  const factor = scale.isTimes || scale.operation === input.operation ? input.scale : 1;
  if (document.activeElement !== box) box.value = shown === null ? "" : trimmed(shown * factor);
  const text = scale.isTimes ? WORDS.times_short : input.unit === "share" ? "%" : input.unit_words;
  write(unit, text);
  box.setAttribute("aria-label", fill(WORDS.box_of, { title: input.title, unit: text }));
}

/** Take a number that a person typed; return what is wrong with it, or null. */
function typed(row, text, at) {
  const { input } = row;
  const scale = scaleOf(input, row.country);
  if (!text.trim()) {
    row.set(null, at);
    return null;
  }
  const number = readNumber(text.replace("%", ""), "");
  if (number === null) return fill(WORDS.no_number, { text });
  const factor = scale.operation === input.operation ? input.scale : 1;
  const value = Number((number / factor).toPrecision(12));
  row.set(value === caseValue(input, scale) ? null : value, at);
  return null;
}

/** Make what says where and from when a lever holds, and what is known of it. */
function makeWhen(panel, row, helpId) {
  const { input } = row;
  const { countries } = panel.schema;
  const chips = make("div", { class: "mm-chips", role: "group", "aria-label": fill(WORDS.where_of, { title: input.title }) });
  const byCountry = Boolean(input.by_country) && countries.length > 1;
  const chip = (name, title) => {
    const one = button(title, () => {
      row.country = name;
      row.refresh(panel.state(), panel.idles);
    });
    one.country = name;
    return one;
  };
  if (byCountry) chips.append(chip(null, WORDS.all_countries), ...countries.map((one) => chip(one.name, one.title)));
  const start = make("input", { type: "date", min: panel.schema.start, max: panel.schema.end });
  const ramp = make("input", { type: "number", min: 0, max: 3650, step: 1, class: "mm-ramp" });
  const dates = input.dates ? make("div", { class: "mm-dates" }, make("label", {}, WORDS.from, start),
    input.whole ? null : make("label", {}, WORDS.ramp, ramp, WORDS.ramp_days)) : null;
  const summary = make("summary", {});
  const known = [input.description, input.effect, input.evidence, input.holds_for ? fill(WORDS.holds_for, { text: input.holds_for }) : "",
    input.range_text ? fill(WORDS.plausible, { range: input.range_text }) : ""].filter(Boolean)
    .map((text) => (/[.!?]$/.test(text) ? text : `${text}.`)).join(" ");
  const source = input.address ? make("p", { class: "mm-help" }, WORDS.source, link(input.source, input.address)) : null;
  const node = make("details", { class: "mm-when" }, summary, byCountry ? chips : null, dates,
    make("p", { class: "mm-help", id: helpId }, known), source);
  const change = (event) => panel.move((state) => withDates(state, input.name,
    { start: start.value, ramp: Math.round(Number(ramp.value)) || 0 }), { at: event.timeStamp, record: input });
  start.addEventListener("change", change);
  ramp.addEventListener("change", change);
  const refresh = (state) => {
    const mine = changesOf(state, input.name);
    for (const one of chips.children) {
      one.setAttribute("aria-pressed", String(one.country === row.country));
      one.classList.toggle("mm-own", one.country !== null && mine.some((change) => change.countries?.includes(one.country)));
    }
    start.disabled = ramp.disabled = panel.dead || !mine.length;
    if (document.activeElement !== start) start.value = mine[0]?.start ?? "";
    if (document.activeElement !== ramp) ramp.value = mine[0]?.ramp_days ?? "";
    const where = byCountry ? countries.find((one) => one.name === row.country)?.title ?? WORDS.everywhere : WORDS.everywhere;
    const from = mine[0]?.start ? fill(WORDS.from_day, { day: dayWords(mine[0].start) }) : WORDS.whole_run;
    write(summary, `${where}, ${from}`);
    summary.setAttribute("aria-label", `${input.title}: ${where}, ${from}`);
  };
  return { node, refresh };
}
