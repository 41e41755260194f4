// Runs of the page: a setting becomes the kernel's daily table, the module solves it, and compiled functions of the
// package count, judge and say what it leaves. Nothing here decides anything about people.
const DAY = 86400000;
const FIXED_LIMITS = ["detention.time_limit", "law.detention_limit"];

/** Arrays by name that are made when they are read. */
class MadeWhenRead extends Dict {
  at(name) {
    const found = super.at(name);
    if (!found.made) {
      const [dims, values] = found.given;
      const made = typeof values === "function" ? values() : values;
      found.made = { dims: Array.isArray(dims) ? dims : [dims], values: isListed(made) ? made : NDArray.of(made) };
    }
    return found.made;
  }
}

/** Labels stay a list of texts. */
const isListed = (values) => Array.isArray(values) && isText(values[0]);

$.page = {
  factors: {},
  start: "",
  factor(unit, base) {
    const found = $.page.factors[`${unit} ${base}`];
    if (found === undefined) throw new PythonError("KeyError", [unit, base]);
    return found;
  },
  today: (inputs, day) => new Date(Date.parse($.page.start) + Math.trunc(day) * DAY).toISOString().slice(0, 10),
  days: (words) => words.given.days,
  stays: (ds) => ({ over_limit_people: ds.answer.overLimit() }),
  sums(arrays) {
    const known = new Map();
    return {
      __getitem__(name) {
        if (!known.has(name)) known.set(name, $.at(arrays, name).values.sum());
        return known.get(name);
      },
    };
  },
  arrays: (given) => new MadeWhenRead(given.items().map(([name, [dims, values]]) => [name, { given: [dims, values] }])),
};

/** What a message has, as compiled functions read it: dictionaries for objects, days for dates. */
function readable(value) {
  if (Array.isArray(value)) return value.map(readable);
  if (value !== null && typeof value === "object") {
    return new Dict(Object.entries(value).map(([key, one]) => [key, key === "start" || key === "until" ? dayNumber(one) : readable(one)]));
  }
  return value;
}

const dayNumber = (text) => (isText(text) ? Math.round((Date.parse(text) - Date.parse($.page.start)) / DAY) : text);

/** What compiled functions say, as a message has it. */
function plainOf(value) {
  if (Array.isArray(value)) return value.map(plainOf);
  if (value instanceof Dict) return Object.fromEntries(value.items().map(([key, one]) => [key, plainOf(one)]));
  if (value !== null && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plainOf(one)]));
  return value;
}

/** The case in the module's memory, and what its baseline is. */
class Engine {
  constructor(kernel, parcel) {
    this.run = kernel.open(parcel);
    this.page = $.main.page;
    this.table = this.run.table.slice();
    this.latest = null;
    this.base = this.#solved($.main.base, true);
  }

  /** A setting solved, counted, judged and said; or its fault. */
  solve(state, digest) {
    const [run, request, moved] = $.main.resolved(this.page, readable(state), digest);
    if (request.faults.length) return { fault: plainOf($.main.fault(this.page, request)) };
    this.#fill(run, moved);
    const same = moved.length === 0 || this.run.table.every((value, k) => value === this.table[k]);
    const found = this.#said(same ? this.base : this.#solved(run), run, same);
    return same ? found : { ...found, lines: (view) => this.#again(found, run, moved).lines(view) };
  }

  /** The numbers of a run: as long as none was solved after it they are in the module's memory, otherwise it is solved again. */
  #again(found, run, moved) {
    if (this.latest === found.answer) return found;
    this.#fill(run, moved);
    return Object.assign(found, this.#solved(run));
  }

  #said(found, run, same) {
    const option = same ? Object.assign(Object.create(Object.getPrototypeOf(found.counted)), found.counted, { run: { ...run, digest: found.counted.run.digest } }) : found.counted;
    return { ...found, words: plainOf($.main.said(this.page, option, this.base.counted)) };
  }

  /** Write the inputs that a setting moves into the daily table. */
  #fill(run, moved) {
    const { columns, days, countries } = this.run.header;
    this.run.table.set(this.table);
    const put = (values, first) => {
      const [rows, labels] = values.shape;
      const flat = values.flat();
      for (let day = 0; day < days; day += 1) {
        const from = rows === 1 ? 0 : day * labels;
        for (let k = 0; k < labels; k += 1) this.run.table[day * columns.width + first + k] = flat[from + k];
      }
    };
    for (const [name, values] of $.main.columns(run, moved).items()) {
      const level = columns.levels.find(([own]) => own === name);
      if (level) put(values, level[1]);
    }
    if (moved.some((name) => FIXED_LIMITS.includes(name))) {
      const fronts = $.main.fronts(run);
      const front = columns.levels[columns.levels.length - 1][2];
      put(fronts.taken(new Slice(0, days, null)), front);
      put($.numpy.diff(fronts, new Words({ axis: 0 })), front + countries.length);
    }
    this.run.ready();
  }

  #solved(run, copied = false) {
    const answer = this.run.solve({ copied });
    this.latest = answer;
    const arrays = $.main.arrays(this.page, run, answerOf(this.run, answer, this.page.layout));
    arrays.answer = { overLimit: () => overLimit(answer, run) };
    return { answer, arrays, counted: $.main.counted(run, arrays), lines: (view) => linesOf($.main.lines(this.page, arrays, view)) };
  }
}

const linesOf = (values) => new Float32Array(values.flat());

/** People whose stay came to exceed the limit, as `stays.mjs` counts them. */
function overLimit(answer, run) {
  const [limits, law] = FIXED_LIMITS.map((name) => {
    const values = run.parameters.at(name).by_day($.numpy.arange(run.days));
    return spread(values, [run.days, values.shape[1]]).flat();
  });
  return peopleOverLimit(answer, limits, law.every((value) => value >= 1));
}

/** What the module leaves, by the names of the solver's answer. */
function answerOf(run, answer, layout) {
  const { days, groups, countries, blocks } = run.header;
  const { kept } = answer;
  const [lanes, edges] = [blocks * 8, days + 1];
  const given = (name, shape) => {
    const made = new Float64Array(productOf(shape));
    made.set(run.given[name]);
    return new NDArray(made, shape);
  };
  const daily = (values) => new NDArray(values, [edges, values.length / edges]);
  const byGroup = (values, from, many) => new NDArray(values, [edges, many, groups.length, countries.length],
    [values.length / edges, countries.length * lanes, 1, lanes], from * countries.length * lanes);
  const positive = (array) => array.mapped((value) => Math.max(value, 0)).reshape(edges, -1);
  const queues = run.header.by_group.length - 3;
  const stocks = kept.stock_groups.length / edges;
  const identified = positive(byGroup(kept.stock_groups, 1, 1));
  identified.put(0, given("opening_identified", [groups.length * countries.length]));
  const many = stocks / lanes - 2 * countries.length;
  const grouped = new NDArray(kept.stock_groups, [edges, many, groups.length], [stocks, lanes, 1], 2 * countries.length * lanes).copy().reshape(edges, -1);
  grouped.put(0, given("opening_groups", [many * groups.length]));
  const opening = given("opening", [run.header.arrays.opening.length]);
  const weeks = [...Array(Math.ceil(days / 7)).keys()].map((week) => week * 7);
  const made = $.main.answer(new Words({
    layout, opening, week_days: NDArray.of([...weeks, days]), week_totals: null, day_stocks: daily(kept.stock_out), day_totals: daily(kept.sum_out),
    queue_totals: new Folded(byGroup(kept.sum_groups, 0, queues)), detention_totals: new Folded(byGroup(kept.sum_groups, queues, 3)),
    group_stocks: grouped, identified, evaluations: 0, options: null,
    week_stocks: new Weeks(run, kept.week_states, "stock_cells", opening), step: 0,
    overdue: positive(byGroup(kept.stock_groups, 0, 1)),
  }));
  Object.defineProperty(made, "week_moves", { value: new Moves(run, kept.week_sums, "flow_cells") });
  return made;
}

/** A table by day whose further axes are put in one until it is reshaped; nothing is copied for that. */
class Folded extends NDArray {
  constructor(whole) {
    super(whole.data, [whole.shape[0], whole.size / whole.shape[0]]);
    this.whole = whole;
  }

  reshape(...sizes) {
    return this.whole.reshape(...sizes);
  }
}

/** Stocks of all cells by week; only those that are asked for are taken out of the module's order. */
class Weeks extends NDArray {
  constructor(run, data, name, opening = null) {
    const { length } = run.header.arrays[name];
    const weeks = Math.ceil(run.header.days / 7);
    super(data, [weeks + (opening ? 1 : 0), length]);
    this.opening = opening;
    this.weeks = weeks;
    this.places = new Int32Array(length);
    this.places.set(run.given[name]);
  }

  /** A cell in a week, by its place in the module. */
  cell(week, width, place) {
    return this.data[week * width + place];
  }

  taken([weeks, cells]) {
    const [rows] = this.shape;
    const [from, to] = cells.span(this.shape[1]);
    if (weeks.span(rows)[1] !== rows) throw new PythonError("IndexError", ["all weeks are taken together"]);
    const [width, many, first] = [this.data.length / this.weeks, to - from, rows - this.weeks];
    const made = new Float64Array(rows * many);
    if (first) made.set(this.opening.data.subarray(from, to));
    for (let week = 0; week < this.weeks; week += 1) {
      for (let k = 0; k < many; k += 1) made[(week + first) * many + k] = this.cell(week, width, this.places[from + k]);
    }
    return new NDArray(made, [rows, many]);
  }
}

/** What each cell of the flows moved by week, out of running totals. */
class Moves extends Weeks {
  cell(week, width, place) {
    const at = week * width + place;
    return week ? this.data[at] - this.data[at - width] : this.data[at];
  }

  /** What each cell moved in the run. */
  whole() {
    const last = this.data.length - this.data.length / this.weeks;
    return new NDArray(Float64Array.from(this.places, (place) => this.data[last + place]), [this.places.length]);
  }
}
