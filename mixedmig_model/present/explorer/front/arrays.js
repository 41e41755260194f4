// Arrays of numbers with named-free axes, as compiled functions use numpy: views by strides, sums over axes, indexes.
class Slice {
  constructor(from, to, step) {
    Object.assign(this, { from, to, step: step ?? 1 });
  }

  /** First index and one past the last, of a length. */
  span(length) {
    const place = (at, other) => (at === null ? other : at < 0 ? Math.max(0, length + at) : Math.min(at, length));
    if (this.step !== 1) throw new PythonError("ValueError", ["only steps of one are known"]);
    const first = place(this.from, 0);
    return [first, Math.max(first, place(this.to, length))];
  }
}

const productOf = (sizes) => sizes.reduce((one, other) => one * other, 1);

function stridesOf(shape) {
  const strides = new Array(shape.length);
  let size = 1;
  for (let k = shape.length - 1; k >= 0; k -= 1) {
    strides[k] = size;
    size *= shape[k];
  }
  return strides;
}

/**
 * Go through arrays of one shape, a stretch of their longest axis at a time; axes that follow one another without a gap
 * in all of them are gone through as one. A stretch gets its length, the step in each array, and where each begins.
 */
function walk(shape, strides, offsets, stretch) {
  const axes = [];
  for (let k = shape.length - 1; k >= 0; k -= 1) {
    if (shape[k] === 1) continue;
    const [first] = axes;
    if (first && strides.every((own, n) => own[k] === first.steps[n] * first.size)) first.size *= shape[k];
    else axes.unshift({ size: shape[k], steps: strides.map((own) => own[k]) });
  }
  const inner = axes.length ? axes.reduce((one, other) => (other.size > one.size ? other : one)) : { size: 1, steps: strides.map(() => 0) };
  const outer = axes.filter((one) => one !== inner);
  const at = [...offsets];
  const go = (level) => {
    if (level === outer.length) {
      stretch(inner.size, inner.steps, at);
      return;
    }
    const { size, steps } = outer[level];
    for (let k = 0; k < size; k += 1) {
      go(level + 1);
      for (let n = 0; n < at.length; n += 1) at[n] += steps[n];
    }
    for (let n = 0; n < at.length; n += 1) at[n] -= steps[n] * size;
  };
  go(0);
}

class NDArray {
  constructor(data, shape, strides = stridesOf(shape), offset = 0) {
    Object.assign(this, { data, shape, strides, offset });
  }

  static of(value) {
    if (value instanceof NDArray) return value;
    if (!Array.isArray(value) && !ArrayBuffer.isView(value)) return new NDArray([value], []);
    if (ArrayBuffer.isView(value)) return new NDArray(value, [value.length]);
    if (value.length && (Array.isArray(value[0]) || value[0] instanceof NDArray)) return stacked(value.map((one) => NDArray.of(one)), 0);
    return new NDArray(value.every((one) => typeof one === "number") ? Float64Array.from(value) : [...value], [value.length]);
  }

  static zeros(shape) {
    const sizes = Array.isArray(shape) ? shape : [shape];
    return new NDArray(new Float64Array(productOf(sizes)), [...sizes]);
  }

  get ndim() {
    return this.shape.length;
  }

  get size() {
    return productOf(this.shape);
  }

  get first() {
    return this.data[this.offset];
  }

  get T() {
    return new NDArray(this.data, [...this.shape].reverse(), [...this.strides].reverse(), this.offset);
  }

  /** Whether numbers follow one another without a gap. */
  get dense() {
    let size = 1;
    for (let k = this.shape.length - 1; k >= 0; k -= 1) {
      if (this.shape[k] !== 1 && this.strides[k] !== size) return false;
      size *= this.shape[k];
    }
    return true;
  }

  /** All numbers in order, without a copy where that is possible. */
  flat() {
    const { size } = this;
    if (this.dense) return this.data.slice(this.offset, this.offset + size);
    const made = Array.isArray(this.data) ? new Array(size) : new Float64Array(size);
    if (size > 0) {
      const { data } = this;
      walk(this.shape, [this.strides, stridesOf(this.shape)], [this.offset, 0], (length, [step, next], [from, to]) => {
        for (let k = 0, at = from, own = to; k < length; k += 1, at += step, own += next) made[own] = data[at];
      });
    }
    return made;
  }

  __array_namespace__() {
    return $.numpy;
  }

  copy() {
    return new NDArray(this.flat(), [...this.shape]);
  }

  ravel() {
    return new NDArray(this.flat(), [this.size]);
  }

  reshape(...given) {
    const sizes = given.length === 1 && Array.isArray(given[0]) ? [...given[0]] : given;
    const open = sizes.indexOf(-1);
    if (open >= 0) sizes[open] = this.size / -productOf(sizes);
    return new NDArray(this.dense ? this.data : this.flat(), sizes, stridesOf(sizes), this.dense ? this.offset : 0);
  }

  astype() {
    return this;
  }

  tolist() {
    if (this.ndim === 0) return this.first;
    return this.ndim === 1 ? [...this.flat()] : this.rows().map((one) => one.tolist());
  }

  item() {
    return this.first;
  }

  /** What is found along the first axis. */
  rows() {
    return Array.from({ length: this.shape[0] }, (_, k) => this.taken(k));
  }

  mapped(change) {
    return new NDArray(Array.from(this.flat(), change), [...this.shape]).tight();
  }

  /** Numbers in an array of numbers. */
  tight() {
    return new NDArray(Float64Array.from(this.data), this.shape);
  }

  taken(index) {
    const keys = index?.tuple ? [...index] : [index];
    const added = keys.filter((one) => one === null).length;
    while (keys.length < this.ndim + added) keys.push(new Slice(null, null, null));
    const [shape, strides] = [[], []];
    let { offset } = this;
    const gathers = [];
    let axis = 0;
    for (const key of keys) {
      if (key === null) {
        shape.push(1);
        strides.push(0);
        continue;
      }
      if (key instanceof Slice) {
        const [from, to] = key.span(this.shape[axis]);
        offset += from * this.strides[axis];
        shape.push(to - from);
        strides.push(this.strides[axis]);
      } else if (typeof key === "number") {
        const at = key < 0 ? this.shape[axis] + key : key;
        if (!(at >= 0 && at < this.shape[axis])) throw new PythonError("IndexError", [key]);
        offset += at * this.strides[axis];
      } else {
        gathers.push([shape.length, key]);
        shape.push(this.shape[axis]);
        strides.push(this.strides[axis]);
      }
      axis += 1;
    }
    let found = new NDArray(this.data, shape, strides, offset);
    if (gathers.length > 1) throw new PythonError("IndexError", ["only one list of indexes is known"]);
    for (const [place, key] of gathers) found = gathered(found, placesOf(key), place);
    return found.ndim === 0 ? found.first : found;
  }

  put(index, value) {
    const target = this.taken(index);
    if (!(target instanceof NDArray)) {
      const at = (index?.tuple ? index : [index]).reduce((sum, one, k) => sum + (one < 0 ? this.shape[k] + one : one) * this.strides[k], this.offset);
      this.data[at] = value instanceof NDArray ? value.first : value;
      return;
    }
    if (target.data !== this.data) {
      this.#putMany(index, value);
      return;
    }
    const source = value instanceof NDArray ? spread(value, target.shape) : null;
    if (target.size === 0) return;
    const [{ data }, given] = [this, source?.data];
    walk(target.shape, [target.strides, source?.strides ?? target.shape.map(() => 0)], [target.offset, source?.offset ?? 0], (length, [step, other], [to, from]) => {
      for (let k = 0, at = to, own = from; k < length; k += 1, at += step, own += other) data[at] = given ? given[own] : value;
    });
  }

  /** Store at a list of indexes, one after the other. */
  #putMany(index, value) {
    const keys = index?.tuple ? [...index] : [index];
    const which = keys.findIndex((one) => one !== null && typeof one === "object" && !(one instanceof Slice));
    placesOf(keys[which]).forEach((at, k) => {
      const one = tuple(keys.map((key, n) => (n === which ? at : key)));
      const axis = keys.slice(0, which).filter((key) => typeof key !== "number").length;
      const part = value instanceof NDArray && value.ndim > axis
        ? value.taken(tuple([...new Array(axis).fill(new Slice(null, null, null)), value.shape[axis] === 1 ? 0 : k])) : value;
      this.put(one, part);
    });
  }

  sum(...given) {
    const { axis = given.length && !(given[0] instanceof Words) ? given[0] : null } = wordsOf(given)[1];
    return reduced(this, axis, 0, (one, other) => one + other);
  }

  max(...given) {
    const words = wordsOf(given)[1];
    return reduced(this, words.axis ?? null, words.initial ?? -Infinity, Math.max);
  }

  min(...given) {
    const words = wordsOf(given)[1];
    return reduced(this, words.axis ?? null, words.initial ?? Infinity, Math.min);
  }

  any(...given) {
    const found = reduced(this, wordsOf(given)[1].axis ?? null, 0, (one, other) => (one || other ? 1 : 0));
    return found instanceof NDArray ? found : found === 1;
  }

  all(...given) {
    const found = reduced(this, wordsOf(given)[1].axis ?? null, 1, (one, other) => (one && other ? 1 : 0));
    return found instanceof NDArray ? found : found === 1;
  }

  /** Running totals along the first axis of a table. */
  cumsum() {
    const made = this.copy();
    const width = made.size / this.shape[0];
    for (let k = width; k < made.size; k += 1) made.data[k] += made.data[k - width];
    return made;
  }

  argmax() {
    const values = this.flat();
    return values.indexOf(Math.max(...values));
  }

  [Symbol.iterator]() {
    return this.rows()[Symbol.iterator]();
  }
}

/** A list that stands for several indexes. */
function tuple(values) {
  values.tuple = true;
  return values;
}

/** The places that a list of indexes or of marks names. */
function placesOf(key) {
  const values = key instanceof NDArray ? [...key.flat()] : [...key];
  if (key.marks || typeof values[0] === "boolean") return values.flatMap((mark, k) => (mark ? [k] : []));
  return values;
}

function gathered(array, places, axis) {
  const shape = [...array.shape];
  shape[axis] = places.length;
  const made = Array.isArray(array.data) ? new NDArray(new Array(productOf(shape)), shape) : NDArray.zeros(shape);
  places.forEach((place, k) => {
    const full = shape.map(() => new Slice(null, null, null));
    const [to, from] = [[...full], [...full]];
    to[axis] = k;
    from[axis] = place;
    made.put(tuple(to), array.taken(tuple(from)));
  });
  return made;
}

function stacked(parts, axis) {
  const shape = [...parts[0].shape];
  shape.splice(axis, 0, parts.length);
  const made = NDArray.zeros(shape);
  parts.forEach((one, k) => made.put(tuple([...new Array(axis).fill(new Slice(null, null, null)), k]), one));
  return made;
}

/** Reduce some axes, all if none is named. */
function reduced(array, axis, first, change) {
  const axes = axis === null ? array.shape.map((_, k) => k) : (Array.isArray(axis) ? axis : [axis]).map((one) => (one < 0 ? array.ndim + one : one));
  const kept = array.shape.map((_, k) => k).filter((k) => !axes.includes(k));
  const shape = kept.map((k) => array.shape[k]);
  const made = new Float64Array(productOf(shape)).fill(first);
  const outer = stridesOf(shape);
  const steps = array.shape.map((_, k) => (kept.includes(k) ? outer[kept.indexOf(k)] : 0));
  const plus = first === 0 && change(1, 1) === 2;
  const { data } = array;
  if (array.size > 0) {
    walk(array.shape, [array.strides, steps], [array.offset, 0], (length, [step, stepTo], [from, to]) => {
      if (plus && stepTo === 0) {
        let sum = 0;
        for (let k = 0, at = from; k < length; k += 1, at += step) sum += data[at];
        made[to] += sum;
      } else if (plus) {
        for (let k = 0, at = from, own = to; k < length; k += 1, at += step, own += stepTo) made[own] += data[at];
      } else {
        for (let k = 0, at = from, own = to; k < length; k += 1, at += step, own += stepTo) made[own] = change(made[own], data[at]);
      }
    });
  }
  return shape.length ? new NDArray(made, shape) : made[0];
}

/** An array seen in another shape, its single labels repeated. */
function spread(array, shape) {
  const missing = shape.length - array.ndim;
  const strides = shape.map((size, k) => {
    if (k < missing) return 0;
    const own = array.shape[k - missing];
    if (own !== size && own !== 1) throw new PythonError("ValueError", ["the arrays do not fit each other"]);
    return own === 1 ? 0 : array.strides[k - missing];
  });
  return new NDArray(array.data, shape, strides, array.offset);
}

const OPERATIONS = {
  add: (one, other) => one + other,
  sub: (one, other) => one - other,
  mul: (one, other) => one * other,
  div: (one, other) => one / other,
  pow: (one, other) => one ** other,
  max: (one, other) => (one > other || Number.isNaN(one) ? one : other),
  min: (one, other) => (one < other || Number.isNaN(one) ? one : other),
  eq: (one, other) => Number(one === other),
  ne: (one, other) => Number(Number(one) !== Number(other)),
  lt: (one, other) => Number(one < other),
  le: (one, other) => Number(one <= other),
  gt: (one, other) => Number(one > other),
  ge: (one, other) => Number(one >= other),
  and: (one, other) => Number(Boolean(one) && Boolean(other)),
  or: (one, other) => Number(Boolean(one) || Boolean(other)),
};
/** The commonest operations have loops of their own, which a browser makes fast. */
const STRETCHES = {
  add: (made, one, other) => (length, [step, next, on], [from, with_, to]) => {
    for (let k = 0, a = from, b = with_, c = to; k < length; k += 1, a += step, b += next, c += on) made[c] = one[a] + other[b];
  },
  sub: (made, one, other) => (length, [step, next, on], [from, with_, to]) => {
    for (let k = 0, a = from, b = with_, c = to; k < length; k += 1, a += step, b += next, c += on) made[c] = one[a] - other[b];
  },
  mul: (made, one, other) => (length, [step, next, on], [from, with_, to]) => {
    for (let k = 0, a = from, b = with_, c = to; k < length; k += 1, a += step, b += next, c += on) made[c] = one[a] * other[b];
  },
};
const stretchOf = (change) => (made, one, other) => (length, [step, next, on], [from, with_, to]) => {
  for (let k = 0, a = from, b = with_, c = to; k < length; k += 1, a += step, b += next, c += on) made[c] = change(one[a], other[b]);
};
const MARKS = new Set(["eq", "ne", "lt", "le", "gt", "ge", "and", "or"]);

/** An operation on each pair of numbers. */
function arithmetic(name, one, other) {
  const [left, right] = [NDArray.of(one), NDArray.of(other)];
  const ndim = Math.max(left.ndim, right.ndim);
  const size = (array, k) => array.shape[k - ndim + array.ndim] ?? 1;
  const shape = Array.from({ length: ndim }, (_, k) => (size(left, k) === 1 ? size(right, k) : size(left, k)));
  const made = new Float64Array(productOf(shape));
  if (made.length > 0) {
    const [seen, other_] = [spread(left, shape), spread(right, shape)];
    const stretch = STRETCHES[name] ?? stretchOf(OPERATIONS[name]);
    walk(shape, [seen.strides, other_.strides, stridesOf(shape)], [seen.offset, other_.offset, 0], stretch(made, seen.data, other_.data));
  }
  const found = new NDArray(made, shape);
  if (MARKS.has(name)) found.marks = true;
  return found.ndim === 0 && !isArray(one) && !isArray(other) ? found.first : found;
}
