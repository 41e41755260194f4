/**
 * The kernel in a page or in Node: lays out memory, runs a parcel, reads the answer.
 *
 *     const kernel = await Kernel.load(moduleBytes);
 *     const run = kernel.open(parcelBytes);
 *     const answer = run.solve();
 *     answer.measured.deaths; answer.stock("people").values; answer.flow("registered/").values;
 *
 * A parcel is described in `solve/kernel/browser/parcel.py`. Nothing is fetched.
 */

import { peopleOverLimit } from "./stays.mjs";

const MAGIC = "mmp1";
const VERSION = 1;
const SECTION = "mixedmig";
const PAGE = 65536;
const ALIGNED = 64;
const LANES = 8;
const TABLE = "table";
const [OVER_LIMIT, LIMIT, LAW] = ["detention_over_limit", "detention.time_limit", "law.detention_limit"];
const OUTPUTS = ["stock_out", "stock_groups", "sum_out", "sum_groups", "steps", "week_sums", "week_states"];

/** A fault that a reader can act on: a parcel or a module that is not what it should be, a run that cannot go on. */
export class KernelError extends Error {
  constructor(message) {
    super(message);
    this.name = "KernelError";
  }
}

/** Bytes as an ArrayBuffer of their own that starts at nought. */
function ownBuffer(bytes) {
  if (bytes instanceof ArrayBuffer) return bytes;
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

/** The compiled module; any number of runs can be opened from it. */
export class Kernel {
  constructor(module) {
    const [section] = WebAssembly.Module.customSections(module, SECTION);
    if (!section) throw new KernelError(`the module has no section '${SECTION}': it is not this package's kernel`);
    this.module = module;
    this.about = JSON.parse(new TextDecoder().decode(section));
  }

  /** Compile the module. @param {ArrayBuffer|Uint8Array} bytes of `kernel.wasm` */
  static async load(bytes) {
    return new Kernel(await WebAssembly.compile(bytes));
  }

  /** Open a run. @param {ArrayBuffer|Uint8Array} bytes of a parcel; throws KernelError where it is for another module */
  open(bytes) {
    const parcel = readParcel(ownBuffer(bytes));
    if (parcel.header.text !== this.about.text) {
      throw new KernelError("the parcel was written for another version of the kernel; write it again");
    }
    return new Run(new WebAssembly.Instance(this.module, {}), parcel);
  }
}

/** Header and numbers of a parcel. Throws KernelError. */
export function readParcel(buffer) {
  const head = new Uint8Array(buffer, 0, Math.min(8, buffer.byteLength));
  if (head.length < 8 || new TextDecoder().decode(head.subarray(0, 4)) !== MAGIC) {
    throw new KernelError("this is no parcel of the kernel");
  }
  const length = new DataView(buffer).getUint32(4, true);
  const data = 8 + length;
  if (data > buffer.byteLength) throw new KernelError("the parcel ends within its header");
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  if (header.version !== VERSION) throw new KernelError(`the parcel has version ${header.version}, not ${VERSION}`);
  const given = {};
  for (const [name, array] of Object.entries(header.arrays)) {
    const Kind = array.kind === "f64" ? Float64Array : Int32Array;
    if (data + array.at + array.given * Kind.BYTES_PER_ELEMENT > buffer.byteLength) {
      throw new KernelError(`the parcel ends within '${name}'`);
    }
    given[name] = new Kind(buffer, data + array.at, array.given);
  }
  return { header, given };
}

/** The daily table out of its steps, row after row. */
function tableOf({ header, given }) {
  const { width } = header.columns;
  const of = (name, k) => given[name][k] ?? 0; // zeros at an array's end are not given
  const table = new Float64Array(header.days * width);
  let step = 0;
  for (let column = 0; column < width; column += 1) {
    const end = step + of("table_counts", column);
    for (; step < end; step += 1) {
      const until = step + 1 < end ? of("table_days", step + 1) : header.days;
      const value = of("table_values", step);
      for (let day = of("table_days", step); day < until; day += 1) table[day * width + column] = value;
    }
  }
  return table;
}

const product = (sizes) => sizes.reduce((one, other) => one * other, 1);

/** One run in the module's memory; its daily table may be changed, and it solved again. */
export class Run {
  constructor(instance, parcel) {
    this.header = parcel.header;
    this.given = parcel.given;
    this.exports = instance.exports;
    this.table = tableOf(parcel);
    this.changed = Uint8Array.from({ length: this.header.days }, (_, day) => parcel.given.changed[day] ?? 0);
    this.people = this.table[this.header.columns.everybody];
    this.departed = this.#departures();
    this.places = new Map();
    this.#layOut();
  }

  /** All who depart in the run, persons. */
  #departures() {
    const { width, levels } = this.header.columns;
    let sum = 0;
    for (const [, first, last] of levels.filter(([name]) => name.endsWith(".departures"))) {
      for (let row = 0; row < this.table.length; row += width) {
        for (let k = row + first; k < row + last; k += 1) sum += this.table[k];
      }
    }
    return sum;
  }

  /** Give every array and record a place, and write the records. */
  #layOut() {
    let end = this.exports.__heap_base.value;
    const room = (name, numbers) => {
      end = Math.ceil(end / ALIGNED) * ALIGNED;
      this.places.set(name, end);
      end += numbers * 8;
    };
    for (const [name, values] of Object.entries(this.header.records)) room(name, values.length);
    this.first = end;
    for (const [name, array] of Object.entries(this.header.arrays)) {
      if (!name.startsWith("table_")) room(name, array.length);
    }
    room(TABLE, this.table.length);
    this.end = end;
    const { memory } = this.exports;
    const missing = Math.ceil((end - memory.buffer.byteLength) / PAGE);
    if (missing > 0) memory.grow(missing);
    for (const [name, values] of Object.entries(this.header.records)) {
      new BigInt64Array(memory.buffer, this.places.get(name), values.length).set(values.map((value) => {
        if (typeof value === "number") return BigInt(value);
        if (!this.places.has(value)) throw new KernelError(`the parcel names no array '${value}'`);
        return BigInt(this.places.get(value));
      }));
    }
  }

  /** Memory as a run finds it: what is given, the table as it is now, zeros elsewhere. What a run leaves it writes anew. */
  #fill() {
    const { buffer } = this.exports.memory;
    for (const [name, array] of Object.entries(this.header.arrays)) {
      const place = this.places.get(name);
      if (place !== undefined && !OUTPUTS.includes(name)) new Float64Array(buffer, place, array.length).fill(0);
    }
    for (const [name, array] of Object.entries(this.header.arrays)) {
      const place = this.places.get(name);
      if (place === undefined || array.given === 0) continue;
      if (array.kind === "f64") new Float64Array(buffer, place, array.given).set(this.given[name]);
      else this.#whole(place, this.given[name]);
    }
    this.#whole(this.places.get("changed"), this.changed);
    new Float64Array(buffer, this.places.get(TABLE), this.table.length).set(this.table);
  }

  /** Whole numbers of 64 bits, none below zero by more than 32 bits hold. */
  #whole(place, values) {
    const words = new Int32Array(this.exports.memory.buffer, place, 2 * values.length);
    for (let k = 0; k < values.length; k += 1) {
      words[2 * k] = values[k];
      words[2 * k + 1] = values[k] < 0 ? -1 : 0;
    }
  }

  /**
   * Solve the run as its table is now. Throws KernelError where a stock is not a number.
   * @param {{copied: boolean}} whether the answer has numbers of its own; if not, they are the module's memory, which
   * the next run writes anew
   */
  solve({ copied: own = true } = {}) {
    this.#fill();
    this.exports.run(this.places.get("job"));
    const kept = {};
    for (const name of OUTPUTS) if (this.places.has(name)) kept[name] = own ? this.#seen(name).slice() : this.#seen(name);
    const measured = this.places.has("day_made") ? this.#seen("day_made").slice() : [];
    let stopped = 0;
    while (stopped < kept.stock_out.length && Number.isFinite(kept.stock_out[stopped])) stopped += 1;
    if (stopped < kept.stock_out.length) {
      const day = Math.floor(stopped / (kept.stock_out.length / (this.header.days + 1))) - 1;
      throw new KernelError(`the run stopped on day ${day}: a stock is not a number`);
    }
    const answer = new Answer(this.header, kept, measured);
    if (Number.isNaN(answer.measured[OVER_LIMIT])) {
      const [limits, law] = [LIMIT, LAW].map((name) => this.#everyDay(name));
      answer.measured[OVER_LIMIT] = peopleOverLimit(answer, limits, law.every((value) => value >= 1));
    }
    return answer;
  }

  /** An input on all days, all its labels. */
  #everyDay(name) {
    const [first, last] = this.columnsOf(name);
    const values = new Float64Array(this.header.days * (last - first));
    for (let day = 0; day < this.header.days; day += 1) values.set(this.level(name, day), day * (last - first));
    return values;
  }

  /** An array where the module has it. */
  #seen(name) {
    const { length } = this.header.arrays[name];
    return new Float64Array(this.exports.memory.buffer, this.places.get(name), length);
  }

  /** The columns of an input, first and one past the last. Throws KernelError for an input that there is not. */
  columnsOf(name) {
    const found = this.header.columns.levels.find(([own]) => own === name);
    if (!found) throw new KernelError(`there is no input '${name}'`);
    return [found[1], found[2]];
  }

  /** An input on a day, all its labels. */
  level(name, day) {
    const [first, last] = this.columnsOf(name);
    const row = day * this.header.columns.width;
    return this.table.slice(row + first, row + last);
  }

  /**
   * Change an input from a day on; `ready` must be called before the run is solved again.
   * @param {(value: number, day: number) => number} change of the value in force
   * @param {number|undefined} label number of the country or group, all where there is none
   */
  change(name, change, from = 0, label = undefined) {
    if (this.header.columns.fixed.includes(name)) {
      throw new KernelError(`'${name}' cannot be changed in a page: what detention remembers depends on it`);
    }
    const [first, last] = this.columnsOf(name);
    const labels = label === undefined ? [first, last] : [first + label, first + label + 1];
    if (label !== undefined && !(Number.isInteger(label) && label >= 0 && labels[1] <= last)) {
      throw new KernelError(`'${name}' has no label ${label}; it has ${last - first}`);
    }
    for (let day = from; day < this.header.days; day += 1) {
      const row = day * this.header.columns.width;
      for (let column = row + labels[0]; column < row + labels[1]; column += 1) {
        const value = change(this.table[column], day);
        if (!Number.isFinite(value)) throw new KernelError(`'${name}' would be ${value} on day ${day}`);
        this.table[column] = value;
      }
    }
  }

  /** Work out again what follows from the table: on which days it changes, how days are stepped, how many people. */
  ready() {
    const { columns, days } = this.header;
    const gradual = new Set(columns.gradual);
    const felt = new Uint8Array(columns.width);
    for (const [name, first, last] of columns.levels) felt.fill(gradual.has(name.slice(name.indexOf(".") + 1)) ? 0 : 1, first, last);
    const end = columns.levels[columns.levels.length - 1][2];
    const { table } = this;
    const sudden = new Uint8Array(days);
    sudden[0] = 1;
    this.changed[0] = 1;
    for (let day = 1; day < days; day += 1) {
      const [before, after] = [(day - 1) * columns.width, day * columns.width];
      this.changed[day] = 0;
      for (let k = 0; k < end; k += 1) {
        const [was, is] = [table[before + k], table[after + k]];
        if (was === is) continue;
        this.changed[day] = 1;
        if (felt[k] && Math.abs(is - was) > columns.sudden * Math.max(Math.abs(was), Math.abs(is))) sudden[day] = 1;
      }
    }
    this.#paces(sudden);
    return this;
  }

  /** The pace of each day, and how many people there are. */
  #paces(sudden) {
    const { columns, days } = this.header;
    const everybody = this.people + (this.#departures() - this.departed);
    for (let day = 0; day < days; day += 1) {
      const row = day * columns.width;
      const from = Math.max(0, day - columns.after);
      const later = sudden.subarray(from, day + 1).includes(1);
      this.table[row + columns.pace] = sudden[day] ? columns.graded : later ? columns.brisk : columns.even;
      this.table[row + columns.everybody] = everybody;
    }
  }
}

/** What a run leaves: daily stocks, running totals of flows, and what is measured. All arrays by day come first. */
export class Answer {
  constructor(header, kept, measured) {
    this.header = header;
    this.kept = kept;
    /** Steps taken on each day. */
    this.steps = kept.steps;
    /** Breaches, harms and headlines by key; NaN where there is none; only those that the module works out. */
    this.measured = Object.fromEntries(
      header.measured.filter(({ at }) => at !== null).map(({ key, at }) => [key, measured[at]]),
    );
  }

  /** A stock by edge of day, all groups together: `{axes, sizes, values}`. Throws KernelError. */
  stock(name) {
    return this.#part(this.header.stocks, this.kept.stock_out, name);
  }

  /** A flow's running total by edge of day, `name/function`, all groups together. Throws KernelError. */
  flow(name) {
    return this.#part(this.header.flows, this.kept.sum_out, name);
  }

  /** What entered, was served by or left a stage, or detention, by group and country: running totals. */
  byGroup(name) {
    const { by_group: names } = this.header;
    const which = names.indexOf(name);
    if (which < 0) throw new KernelError(`nothing is kept by group as '${name}'; these are: ${names.join(", ")}`);
    return this.#grouped(this.kept.sum_groups, names.length, which);
  }

  /** People whom the limit of detention should have released at the start of each day, and had not: added up. */
  overdue() {
    const { values, sizes } = this.#grouped(this.kept.stock_groups, 1, 0);
    const lanes = sizes[1] * sizes[2];
    return values.slice(0, values.length - lanes).reduce((sum, value) => sum + Math.max(value, 0), 0);
  }

  /** One of some arrays that are kept by group, without the lanes beyond the last group. */
  #grouped(kept, many, which) {
    const { days, countries, groups, blocks } = this.header;
    const block = countries.length * blocks * LANES;
    const values = new Float64Array((days + 1) * groups.length * countries.length);
    for (let day = 0, to = 0; day <= days; day += 1) {
      const from = (day * many + which) * block;
      for (let group = 0; group < groups.length; group += 1) {
        for (let country = 0; country < countries.length; country += 1, to += 1) {
          values[to] = kept[from + country * blocks * LANES + group];
        }
      }
    }
    return { axes: ["day", "group", "country"], sizes: [days + 1, groups.length, countries.length], values };
  }

  #part(parts, kept, name) {
    const edges = this.header.days + 1;
    const width = kept.length / edges;
    let at = 0;
    for (const part of parts) {
      const size = product(part.sizes);
      if (part.name === name) {
        const values = new Float64Array(edges * size);
        for (let day = 0; day < edges; day += 1) {
          values.set(kept.subarray(day * width + at, day * width + at + size), day * size);
        }
        return { axes: ["day", ...part.axes], sizes: [edges, ...part.sizes], values };
      }
      at += size;
    }
    throw new KernelError(`there is no '${name}'; these are: ${parts.map((part) => part.name).join(", ")}`);
  }
}
