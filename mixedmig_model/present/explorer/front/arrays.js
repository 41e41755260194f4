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

class NDArray {
  constructor(data, shape, strides = stridesOf(shape), offset = 0) {
    this.data = data;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
  }

  static of(value) {
    if (value instanceof NDArray) return value;
    if (typeof value === "number") return new NDArray(Float64Array.of(value), []);
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
    if (this.dense) {
      const [from, to] = [this.offset, this.offset + size];
      return Array.isArray(this.data) ? this.data.slice(from, to) : this.data.subarray(from, to);
    }
    const made = Array.isArray(this.data) ? new Array(size) : new Float64Array(size);
    this.#into(made, stridesOf(this.shape));
    return made;
  }

  /** Copy the numbers to where strides of another array say. */
  #into(made, strides) {
    walk(this.shape, [this.strides, strides, strides], [this.offset, 0, 0], copied(this.data, made), 0);
  }

  __array_namespace__() {
    return $.numpy;
  }

  copy() {
    const made = Array.isArray(this.data) ? new Array(this.size) : new Float64Array(this.size);
    this.#into(made, stridesOf(this.shape));
    return new NDArray(made, [...this.shape]);
  }

  ravel() {
    return new NDArray(this.flat(), [this.size]);
  }

  reshape(...given) {
    const sizes = given.length === 1 && Array.isArray(given[0]) ? [...given[0]] : given;
    const open = sizes.indexOf(-1);
    if (open >= 0) sizes[open] = this.size / -productOf(sizes);
    const strides = this.dense ? stridesOf(sizes) : resized(this, sizes);
    return strides ? new NDArray(this.data, sizes, strides, this.offset) : new NDArray(this.flat(), sizes);
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
    return this.ndim === 1 ? [...this.flat()] : Array.from({ length: this.shape[0] }, (_, k) => this.taken(k));
  }

  /** A function of each number. */
  mapped(change) {
    const { shape, size } = this;
    const [values, made] = [this.flat(), new Float64Array(size)];
    for (let k = 0; k < size; k += 1) made[k] = change(values[k]);
    return new NDArray(made, [...shape]);
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
    const keys = index?.tuple ? [...index] : [index];
    const which = keys.findIndex((one) => one !== null && typeof one === "object" && !(one instanceof Slice));
    if (which >= 0) {
      this.#putMany(keys, which, value);
      return;
    }
    const target = this.taken(index);
    if (!(target instanceof NDArray)) {
      const at = keys.reduce((sum, one, k) => sum + (one < 0 ? this.shape[k] + one : one) * this.strides[k], this.offset);
      this.data[at] = value instanceof NDArray ? value.first : value;
      return;
    }
    const { shape, strides, offset, data } = target;
    if (value instanceof NDArray) {
      const source = spread(value, shape);
      walk(shape, [source.strides, strides, strides], [source.offset, offset, offset], copied(source.data, data));
    } else walk(shape, [strides, strides, strides], [offset, offset, offset], filled_(value, data));
  }

  /** Store at a list of indexes, one after the other. */
  #putMany(keys, which, value) {
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
  const strides = stridesLike(shape, array.strides);
  const made = Array.isArray(array.data) ? new Array(productOf(shape)) : new Float64Array(productOf(shape));
  const one = shape.map((size, k) => (k === axis ? 1 : size));
  const copy = copied(array.data, made);
  places.forEach((place, k) => {
    const [from, to] = [array.offset + place * array.strides[axis], k * strides[axis]];
    walk(one, [array.strides, strides, strides], [from, to, to], copy, 0);
  });
  return new NDArray(made, shape, strides);
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
  const { data } = array;
  const plus = first === 0 && change(1, 1) === 2;
  walk(array.shape, [array.strides, steps, steps], [array.offset, 0, 0], plus ? addedUp(data, made) : folded(data, made, change), 0);
  return shape.length ? new NDArray(made, shape) : made[0];
}

/** The strides of an array in another shape, if its numbers need not be copied for it; otherwise null. */
function resized(array, sizes) {
  const old = array.shape.map((size, k) => [size, array.strides[k]]).filter(([size]) => size !== 1);
  const strides = new Array(sizes.length).fill(0);
  for (let to = 0, from = 0; to < sizes.length;) {
    if (sizes[to] === 1) {
      to += 1;
      continue;
    }
    if (from >= old.length) return null;
    let [last, next, ours, theirs] = [to + 1, from + 1, sizes[to], old[from][0]];
    while (ours !== theirs) {
      if (ours < theirs && last < sizes.length) ours *= sizes[last++];
      else if (next < old.length) theirs *= old[next++][0];
      else return null;
    }
    for (let k = from; k < next - 1; k += 1) if (old[k][1] !== old[k + 1][1] * old[k + 1][0]) return null;
    for (let k = last - 1, step = old[next - 1][1]; k >= to; step *= sizes[k], k -= 1) strides[k] = step;
    [to, from] = [last, next];
  }
  return strides;
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

/** An operation on each pair of numbers, in an array of its own or in a given one. */
function arithmetic(name, one, other, into = null) {
  const [left, given] = [NDArray.of(one), NDArray.of(other)];
  const right = into && given.data === into.data ? given.copy() : given;
  const ndim = Math.max(left.ndim, right.ndim);
  const size = (array, k) => array.shape[k - ndim + array.ndim] ?? 1;
  const shape = Array.from({ length: ndim }, (_, k) => (size(left, k) === 1 ? size(right, k) : size(left, k)));
  const [seen, with_] = [spread(left, shape), spread(right, shape)];
  if (into) {
    walk(shape, [seen.strides, with_.strides, into.strides], [seen.offset, with_.offset, into.offset], stretchOf(name, seen.data, with_.data, into.data));
    return into;
  }
  const made = new Float64Array(productOf(shape));
  const strides = stridesLike(shape, (left.size >= right.size ? seen : with_).strides);
  walk(shape, [seen.strides, with_.strides, strides], [seen.offset, with_.offset, 0], stretchOf(name, seen.data, with_.data, made));
  const found = new NDArray(made, shape, strides);
  if (MARKS.has(name)) found.marks = true;
  return found.ndim === 0 && !isArray(one) && !isArray(other) ? found.first : found;
}
