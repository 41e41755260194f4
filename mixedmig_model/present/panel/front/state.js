// What a person has set: the changes and levers of a scenario file. Nothing here draws or sends; each step makes a new
// state, so that undo, pins and the digest all speak of the same records.
const MOST_MOVES = 200;
const MOST_SHARED = 8000;
const OPERATIONS = ["set", "scale", "add"];

/** Return the state of a scenario as its file has it; without a name, of the baseline. */
function scenarioState(schema, name = schema.baseline) {
  const found = schema.scenarios.find((one) => one.name === name);
  const state = found?.state ?? { scenario: name, levers: [], changes: [] };
  return { ...state, changes: inOrder(state.changes, schema), levers: usesInOrder(state.levers, schema) };
}

/** Return the changes of one input. */
function changesOf(state, name) {
  return state.changes.filter((change) => change.parameter === name);
}

/** Return the operation of a change: set, scale or add. */
function operationOf(change) {
  return OPERATIONS.find((name) => change[name] !== undefined && change[name] !== null);
}

/** Return the change that holds for a country, or for all countries where none is named. */
function changeFor(state, name, country) {
  const found = changesOf(state, name);
  if (country === null) return found.find((change) => !change.countries) ?? null;
  return found.find((change) => !change.countries || change.countries.includes(country)) ?? null;
}

/** Return changes in one order, whatever the order of moves: by input as listed, then by country. */
function inOrder(changes, schema) {
  const rank = new Map(schema.inputs.map((input, k) => [input.name, k]));
  const places = schema.countries.map((country) => country.name);
  const first = (change) => (change.countries ? places.indexOf(change.countries[0]) : -1);
  return [...changes].sort(
    (one, other) => (rank.get(one.parameter) ?? 1e6) - (rank.get(other.parameter) ?? 1e6) || first(one) - first(other),
  );
}

/** Take an input back to the case in some countries; null stands for all. */
function withoutInput(state, schema, name, country = null) {
  const all = schema.countries.map((one) => one.name);
  const changes = state.changes.flatMap((change) => {
    if (change.parameter !== name) return [change];
    if (country === null) return [];
    const rest = (change.countries ?? all).filter((one) => one !== country);
    return rest.length ? [{ ...change, countries: rest }] : [];
  });
  return { ...state, changes: inOrder(changes, schema) };
}

/** Set an input everywhere (country null) or in one country. Dates that the input has stay as they are. */
function withInput(state, schema, { name, country = null, operation, value }) {
  const before = changeFor(state, name, country) ?? changesOf(state, name)[0];
  const rest = withoutInput(state, schema, name, country);
  const change = { parameter: name, [operation]: value, ...pick(before ?? {}, ["start", "until", "ramp_days"]) };
  if (country !== null && schema.countries.length > 1) change.countries = [country];
  return { ...rest, changes: inOrder([...rest.changes, change], schema) };
}

/** Take an input back to what the scenario has for it. */
function withScenarioInput(state, schema, name) {
  const own = changesOf(scenarioState(schema, state.scenario), name);
  const rest = state.changes.filter((change) => change.parameter !== name);
  return { ...state, changes: inOrder([...rest, ...own], schema) };
}

/** Set from when on an input changes, and in how many days, in all its changes. */
function withDates(state, name, { start, ramp }) {
  const changes = state.changes.map((change) => {
    if (change.parameter !== name) return change;
    const { start: _start, ramp_days: _ramp, ...rest } = change;
    return { ...rest, ...(start ? { start } : {}), ...(ramp ? { ramp_days: ramp } : {}) };
  });
  return { ...state, changes };
}

/** Return the key of the use of a lever or a preset. */
function useName(use) {
  return use.preset ? `preset ${use.preset}` : `lever ${use.lever}`;
}

/** Return uses in the order of the catalogue, presets after levers. */
function usesInOrder(uses, schema) {
  const names = [...schema.levers.map((one) => `lever ${one.name}`), ...schema.presets.map((one) => `preset ${one.name}`)];
  const rank = new Map(names.map((name, k) => [name, k]));
  return [...uses].sort((one, other) => (rank.get(useName(one)) ?? 1e6) - (rank.get(useName(other)) ?? 1e6));
}

/** Switch a lever or preset on with an intensity, or off with 0; what else its use says stays. */
function withUse(state, schema, wanted) {
  const name = useName(wanted);
  const before = state.levers.find((use) => useName(use) === name) ?? {};
  const rest = state.levers.filter((use) => useName(use) !== name);
  const { intensity, start = before.start ?? null, ...which } = wanted;
  const { start: _start, ...kept } = before;
  if (intensity > 0) rest.push({ ...kept, ...which, intensity, ...(start ? { start } : {}) });
  return { ...state, levers: usesInOrder(rest, schema) };
}

/** Return whether two states are the same settings. */
function sameState(one, other) {
  return canonical(one) === canonical(other);
}

/** Return a record as a text that does not depend on the order of its fields. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  const fields = Object.keys(value).filter((name) => value[name] !== undefined && name !== "reason").sort();
  return `{${fields.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`;
}

/** Return some fields of a record, those that it has. */
function pick(record, names) {
  return Object.fromEntries(names.filter((name) => name in record).map((name) => [name, record[name]]));
}

// ---- history --------------------------------------------------------------------------------------------------------

/** Return a history that begins with a state. */
function newHistory(state, words) {
  return { moves: [{ state, words, grip: null }], at: 0 };
}

/** Return the state that a history is at. */
function stateOf(history) {
  return history.moves[history.at].state;
}

/** Add a move. Moves of one grip (a slider held, keys pressed in a row) are one; what was undone is forgotten. */
function moved(history, state, words, grip = null) {
  const now = history.moves[history.at];
  if (sameState(now.state, state)) return history;
  const kept = history.moves.slice(0, history.at + 1);
  if (grip !== null && now.grip === grip) {
    const before = kept[kept.length - 2];
    if (before && sameState(before.state, state)) return { moves: kept.slice(0, -1), at: history.at - 1 };
    return { moves: [...kept.slice(0, -1), { state, words, grip }], at: history.at };
  }
  const moves = [...kept, { state, words, grip }].slice(-MOST_MOVES);
  return { moves, at: moves.length - 1 };
}

/** Go to a move of the history. */
function wentTo(history, at) {
  return { ...released(history), at: Math.min(Math.max(at, 0), history.moves.length - 1) };
}

/** Close the grip of the last move, so that the next one is a move of its own. */
function released(history) {
  return { ...history, moves: history.moves.map((move) => (move.grip === null ? move : { ...move, grip: null })) };
}

// ---- words ----------------------------------------------------------------------------------------------------------

/** Return what a change does in words: "Screening officers: 1.5 times the case, in Thailand, from 1 May 2015". */
function changeWords(change, schema) {
  const input = schema.inputs.find((one) => one.name === change.parameter);
  const operation = operationOf(change);
  const value = change[operation];
  const unit = input?.unit ?? "";
  const amount = operation === "scale" ? times(value)
    : operation === "add" ? fill(WORDS.added, { amount: signed(value, unit) })
      : input?.kind === "switch" && (value === 0 || value === 1) ? (value ? WORDS.on : WORDS.off)
        : withUnit(value, unit, input?.unit_words);
  return [fill(WORDS.change, { title: input?.title ?? change.parameter, amount }), ...placeWords(change, schema)].join(", ");
}

/** Return where and when a change or use holds, in words. */
function placeWords(record, schema) {
  const titles = (record.countries ?? []).map((name) => schema.countries.find((one) => one.name === name)?.title ?? name);
  const parts = [];
  if (titles.length) parts.push(fill(WORDS.in_countries, { countries: titles.join(", ") }));
  if (record.start) parts.push(fill(WORDS.from_day, { day: typeof record.start === "string" ? dayWords(record.start)
    : dayWords(dayAt(schema.start, record.start)) }));
  if (record.until) parts.push(fill(WORDS.until_day, { day: dayWords(record.until) }));
  if (record.ramp_days) parts.push(fill(WORDS.over_days, { days: withUnit(record.ramp_days, "day") }));
  return parts;
}

/** Return what the use of a lever of the catalogue says. */
function useWords(use, schema) {
  const found = use.preset ? schema.presets.find((one) => one.name === use.preset)
    : schema.levers.find((one) => one.name === use.lever);
  const text = fill(WORDS.use, { title: found?.title ?? use.preset ?? use.lever, share: withUnit(use.intensity ?? 1, "share") });
  return [text, ...placeWords(use, schema)].join(", ");
}

/** Return all settings of a state as sentences, by the key of what they set. */
function settings(state, schema) {
  const rows = state.changes.map((change) => ({
    key: `${change.parameter} ${(change.countries ?? []).join(" ")} ${change.start ?? ""}`, text: changeWords(change, schema) }));
  return [...rows, ...state.levers.map((use) => ({ key: useName(use), text: useWords(use, schema) }))];
}

/** Return the settings in which states differ: a row each, with the words of every state. */
function differing(states, schema) {
  const told = states.map((state) => new Map(settings(state, schema).map((row) => [row.key, row.text])));
  const keys = [...new Set(told.flatMap((rows) => [...rows.keys()]))];
  return keys.map((key) => told.map((rows) => rows.get(key) ?? WORDS.as_in_case))
    .filter((texts) => texts.some((text) => text !== texts[0]));
}

// ---- a state in an address ------------------------------------------------------------------------------------------

/** Return a state as the fragment of an address; null where it is too long for one. */
function toFragment(state) {
  const bytes = new TextEncoder().encode(JSON.stringify(state));
  const text = btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join(""));
  const fragment = `mm1=${text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
  return fragment.length <= MOST_SHARED ? fragment : null;
}

/** Read a state from a fragment; null where it is none. Python refuses what does not fit the case. */
function fromFragment(fragment) {
  const match = /^#?mm1=([\w-]+)$/.exec(fragment);
  if (!match || match[1].length > MOST_SHARED) return null;
  try {
    const bytes = Uint8Array.from(atob(match[1].replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
    const found = JSON.parse(new TextDecoder().decode(bytes));
    const sound = found && typeof found.scenario === "string" && [found.levers, found.changes].every(
      (list) => Array.isArray(list) && list.every((one) => one !== null && typeof one === "object"));
    return sound ? pick(found, ["scenario", "levers", "changes"]) : null;
  } catch {
    return null;
  }
}
