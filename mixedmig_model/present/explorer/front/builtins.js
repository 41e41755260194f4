// Built-in functions, numbers in words, and methods of texts, lists and dictionaries, as Python has them.
const EXACT = 100;

/** The digits of a number to some places after the point; a tie goes to the even digit, as in Python. */
function fixed(value, places) {
  const size = Math.abs(value);
  if (size >= 1e21) return size.toLocaleString("en-GB", { useGrouping: false, maximumFractionDigits: 0 });
  const near = size.toFixed(places);
  const exact = size.toFixed(EXACT);
  const point = exact.indexOf(".");
  const rest = exact.slice(point + 1 + places);
  if (!/^50*$/.test(rest)) return near;
  const kept = places > 0 ? exact.slice(0, point + 1 + places) : exact.slice(0, point);
  return Number(kept[kept.length - 1]) % 2 === 0 ? kept : near;
}

/** Round half to even; with places below zero to tens, hundreds and so on. */
function rounded(value, places = 0) {
  if (!Number.isFinite(value)) return value;
  if (places >= 0) return Math.sign(value) * Number(fixed(value, Math.min(places, EXACT)));
  const unit = 10 ** -places;
  const rest = Math.abs(value) % unit;
  const low = Math.abs(value) - rest;
  const up = rest > unit / 2 || (rest === unit / 2 && (low / unit) % 2 === 1);
  return Math.sign(value) * (up ? low + unit : low);
}

/** A number with significant digits and no zeros at its end, as format `g` writes it. */
function general(value, digits) {
  if (value === 0) return "0";
  const [head, power] = Math.abs(value).toExponential(digits - 1).split("e");
  const exponent = Number(power);
  const bare = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
  const sign = value < 0 ? "-" : "";
  if (exponent < -4 || exponent >= digits) {
    return `${sign}${bare(head)}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  return sign + bare(Math.abs(value).toFixed(Math.max(0, digits - 1 - exponent)));
}

/** A value as an f-string writes it. */
function formatted(value, spec) {
  if (spec === "") return textOf(value);
  const match = /^(,?)(?:\.(\d+))?([fg]?)$/.exec(spec);
  if (!match || typeof value !== "number") throw new PythonError("ValueError", [`the format ${spec} is not known`]);
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (match[3] === "g") return general(value, Number(match[2] ?? 6));
  const digits = match[3] === "f" ? fixed(value, Number(match[2] ?? 6)) : String(Math.abs(value));
  const [before, after] = digits.split(".");
  const grouped = match[1] ? before.replace(/\B(?=(\d{3})+$)/g, ",") : before;
  return (value < 0 || Object.is(value, -0) ? "-" : "") + grouped + (after === undefined ? "" : `.${after}`);
}

function textOf(value) {
  if (value === null || value === undefined) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (isArray(value) && value.size === 1) return String(value.first);
  if (typeof value === "object") throw new PythonError("TypeError", ["only texts and numbers are written"]);
  return String(value);
}

const wordsOf = (given) => (given[given.length - 1] instanceof Words ? [given.slice(0, -1), given[given.length - 1].given] : [given, {}]);
const numberOf = (value) => (isArray(value) ? value.first : Number(value));

/** The largest or least of some values by a key; the first of those that are alike. */
function best(given, better) {
  const [values, words] = wordsOf(given);
  const all = values.length === 1 ? $.iter(values[0]) : values;
  if (all.length === 0) {
    if ("default" in words) return words.default;
    throw new PythonError("ValueError", ["there is nothing to choose from"]);
  }
  const key = words.key ?? ((one) => one);
  let found = all[0];
  let held = key(found);
  for (const one of all.slice(1)) {
    const own = key(one);
    if (better(compare(own, held))) [found, held] = [one, own];
  }
  return found;
}

$.built = {
  len: sizeOf,
  abs: (value) => (isArray(value) ? value.mapped(Math.abs) : Math.abs(value)),
  min: (...given) => best(given, (found) => found < 0),
  max: (...given) => best(given, (found) => found > 0),
  sum(values, start = 0) {
    return $.iter(values).reduce((one, other) => $.add(typeof one === "boolean" ? Number(one) : one, typeof other === "boolean" ? Number(other) : other), start);
  },
  any: (values) => $.iter(values).some((one) => $.t(one)),
  all: (values) => $.iter(values).every((one) => $.t(one)),
  round: (value, places = 0) => rounded(numberOf(value), places),
  float(value) {
    if (isText(value)) return value === "nan" ? NaN : Number(value);
    return numberOf(value);
  },
  int: (value) => Math.trunc(numberOf(value)),
  bool: (value) => $.t(value),
  str: textOf,
  list: (values = []) => [...$.iter(values)],
  tuple: (values = []) => [...$.iter(values)],
  set: (values = []) => new PythonSet($.iter(values)),
  frozenset: (values = []) => new PythonSet($.iter(values)),
  dict(...given) {
    const [values, words] = wordsOf(given);
    const pairs = values.length === 0 ? [] : values[0] instanceof Dict ? values[0].items() : $.iter(values[0]).map((pair) => $.iter(pair));
    return new Dict([...pairs, ...Object.entries(words)]);
  },
  range(from, to, step = 1) {
    const [first, end] = to === undefined ? [0, from] : [from, to];
    return Array.from({ length: Math.max(0, Math.ceil((end - first) / step)) }, (_, k) => first + k * step);
  },
  enumerate: (values, start = 0) => $.iter(values).map((one, k) => [k + start, one]),
  zip(...given) {
    const lists = wordsOf(given)[0].map((one) => $.iter(one));
    const length = lists.length ? Math.min(...lists.map((one) => one.length)) : 0;
    return Array.from({ length }, (_, k) => lists.map((one) => one[k]));
  },
  map: (call, values) => $.iter(values).map((one) => call(one)),
  filter: (call, values) => $.iter(values).filter((one) => $.t(call(one))),
  reversed: (values) => [...$.iter(values)].reverse(),
  sorted(...given) {
    const [[values], { key = (one) => one, reverse = false }] = wordsOf(given);
    const all = $.iter(values).map((one) => [key(one), one]);
    all.sort(([one], [other]) => (reverse ? compare(other, one) : compare(one, other)));
    return all.map(([, one]) => one);
  },
  next(values, ...other) {
    for (const one of values) return one;
    if (other.length === 0) throw new PythonError("StopIteration", []);
    return other[0];
  },
  getattr: (value, name) => $.attr(value, name),
};

$.math = {
  isnan: (value) => Number.isNaN(numberOf(value)),
  isfinite: (value) => Number.isFinite(numberOf(value)),
  floor: (value) => Math.floor(value),
  ceil: (value) => Math.ceil(value),
  log10(value) {
    const power = Number(value.toExponential().split("e")[1]);
    return Number(`1e${power}`) === value ? power : Math.log10(value);
  },
  prod: (values) => $.iter(values).reduce((one, other) => one * other, 1),
};

/** Put named values into a text. */
function filled(text, ...given) {
  const [values, words] = wordsOf(given);
  let next = 0;
  return text.replace(/\{\{|\}\}|\{(\w*)(?::([^}]*))?\}/g, (found, name, spec) => {
    if (found === "{{" || found === "}}") return found[0];
    const value = name === "" ? values[next] : words[name];
    next += name === "" ? 1 : 0;
    if (value === undefined) throw new PythonError("KeyError", [name]);
    return formatted(value, spec ?? "");
  });
}

const stripped = (text, signs, left, right) => {
  const drop = new Set(signs ?? " \n\t");
  let [from, to] = [0, text.length];
  while (left && from < to && drop.has(text[from])) from += 1;
  while (right && to > from && drop.has(text[to - 1])) to -= 1;
  return text.slice(from, to);
};

const TEXTS = {
  format: filled,
  join: (text, values) => $.iter(values).join(text),
  startswith: (text, start) => (Array.isArray(start) ? start : [start]).some((one) => text.startsWith(one)),
  endswith: (text, end) => (Array.isArray(end) ? end : [end]).some((one) => text.endsWith(one)),
  replace: (text, one, other) => text.replaceAll(one, other),
  strip: (text, signs) => stripped(text, signs, true, true),
  lstrip: (text, signs) => stripped(text, signs, true, false),
  rstrip: (text, signs) => stripped(text, signs, false, true),
  removesuffix: (text, end) => (end && text.endsWith(end) ? text.slice(0, -end.length) : text),
  removeprefix: (text, start) => (text.startsWith(start) ? text.slice(start.length) : text),
  partition(text, sign) {
    const at = text.indexOf(sign);
    return at < 0 ? [text, "", ""] : [text.slice(0, at), sign, text.slice(at + sign.length)];
  },
  rpartition(text, sign) {
    const at = text.lastIndexOf(sign);
    return at < 0 ? ["", "", text] : [text.slice(0, at), sign, text.slice(at + sign.length)];
  },
  split(text, sign, most = Infinity) {
    const parts = text.split(sign);
    return parts.length > most + 1 ? [...parts.slice(0, most), parts.slice(most).join(sign)] : parts;
  },
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
};

const LISTS = {
  append: (list, one) => {
    list.push(one);
  },
  extend: (list, more) => {
    list.push(...$.iter(more));
  },
  index(list, one) {
    const at = list.findIndex((value) => equal(value, one));
    if (at < 0) throw new PythonError("ValueError", [one]);
    return at;
  },
  count: (list, one) => list.filter((value) => equal(value, one)).length,
  copy: (list) => [...list],
};

const DICTS = {
  get: (dict, key, other = null) => dict.get(key, other),
  items: (dict) => dict.items(),
  keys: (dict) => dict.keys(),
  values: (dict) => dict.values(),
  pop: (dict, ...given) => dict.pop(...given),
  add: (dict, one) => dict.add(one),
  setdefault: (dict, key, value) => dict.setdefault(key, value),
  update: (dict, more) => {
    for (const [key, value] of more.items()) dict.set(key, value);
  },
};
$.built.dict.fromkeys = (keys, value = null) => new Dict($.iter(keys).map((key) => [key, value]));
