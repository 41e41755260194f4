// Loops over arrays of one shape. Axes are gone through in the order of memory, and those that follow one another without
// a gap in all arrays are gone through as one.
const SHORT = 8;

/** The strides of an array whose numbers follow one another in the order of its axes. */
function stridesOf(shape) {
  const strides = new Array(shape.length);
  let size = 1;
  for (let k = shape.length - 1; k >= 0; k -= 1) {
    strides[k] = size;
    size *= shape[k];
  }
  return strides;
}

/** The strides of a new array whose numbers follow one another in the order that they have in another. */
function stridesLike(shape, strides) {
  const order = shape.map((_, k) => k).sort((one, other) => strides[one] - strides[other] || other - one);
  const made = new Array(shape.length);
  let size = 1;
  for (const k of order) {
    made[k] = size;
    size *= shape[k];
  }
  return made;
}

/** The axes of a loop, the outermost first, each with its size and the step in each of three arrays. */
function axesOf(shape, steps, leading) {
  const axes = [];
  for (let k = 0; k < shape.length; k += 1) {
    if (shape[k] !== 1) axes.push({ size: shape[k], a: steps[0][k], b: steps[1][k], c: steps[2][k], key: steps[leading][k] });
  }
  axes.sort((one, other) => other.key - one.key);
  const joined = [];
  for (const axis of axes) {
    const last = joined[joined.length - 1];
    if (last && ["a", "b", "c"].every((name) => last[name] === axis[name] * axis.size)) {
      joined[joined.length - 1] = { ...axis, size: last.size * axis.size };
    } else joined.push(axis);
  }
  return joined;
}

/**
 * Go through three arrays a stretch at a time. `stretch` gets how many numbers it has, and for each array where they
 * begin and the step. `leading` is the array in whose order memory is read.
 */
function walk(shape, steps, [a, b, c], stretch, leading = 2) {
  const axes = axesOf(shape, steps, leading);
  const inner = axes.length === 0 ? { size: 1, a: 0, b: 0, c: 0 } : innermost(axes);
  const outer = axes.filter((axis) => axis !== inner);
  const go = (level, at, bt, ct) => {
    if (level === outer.length) {
      stretch(inner.size, at, inner.a, bt, inner.b, ct, inner.c);
      return;
    }
    const { size, a: da, b: db, c: dc } = outer[level];
    if (level === outer.length - 1) {
      for (let k = 0; k < size; k += 1) stretch(inner.size, at + k * da, inner.a, bt + k * db, inner.b, ct + k * dc, inner.c);
      return;
    }
    for (let k = 0; k < size; k += 1) go(level + 1, at + k * da, bt + k * db, ct + k * dc);
  };
  go(0, a, b, c);
}

/** The last axis; the longest where that is short, since each stretch takes time of its own. */
function innermost(axes) {
  const last = axes[axes.length - 1];
  return last.size >= SHORT ? last : axes.reduce((one, other) => (other.size > one.size ? other : one), last);
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
const MARKS = new Set(["eq", "ne", "lt", "le", "gt", "ge", "and", "or"]);

/** The commonest operations have loops of their own, which a browser makes fast. */
const STRETCHES = {
  add: (one, other, made) => (n, a, da, b, db, c, dc) => {
    for (let k = 0; k < n; k += 1, a += da, b += db, c += dc) made[c] = one[a] + other[b];
  },
  sub: (one, other, made) => (n, a, da, b, db, c, dc) => {
    for (let k = 0; k < n; k += 1, a += da, b += db, c += dc) made[c] = one[a] - other[b];
  },
  mul: (one, other, made) => (n, a, da, b, db, c, dc) => {
    for (let k = 0; k < n; k += 1, a += da, b += db, c += dc) made[c] = one[a] * other[b];
  },
  div: (one, other, made) => (n, a, da, b, db, c, dc) => {
    for (let k = 0; k < n; k += 1, a += da, b += db, c += dc) made[c] = one[a] / other[b];
  },
};

/** A loop of an operation on each pair of numbers. */
function stretchOf(name, one, other, made) {
  if (name in STRETCHES) return STRETCHES[name](one, other, made);
  const change = OPERATIONS[name];
  return (n, a, da, b, db, c, dc) => {
    for (let k = 0; k < n; k += 1, a += da, b += db, c += dc) made[c] = change(one[a], other[b]);
  };
}

/** A loop that adds numbers to sums. */
const addedUp = (data, made) => (n, a, da, b, db, c, dc) => {
  if (dc === 0) {
    let sum = 0;
    for (let k = 0; k < n; k += 1, a += da) sum += data[a];
    made[c] += sum;
  } else {
    for (let k = 0; k < n; k += 1, a += da, c += dc) made[c] += data[a];
  }
};

/** A loop that folds numbers into one by a function. */
const folded = (data, made, change) => (n, a, da, b, db, c, dc) => {
  for (let k = 0; k < n; k += 1, a += da, c += dc) made[c] = change(made[c], data[a]);
};

/** A loop that copies numbers. */
const copied = (data, made) => (n, a, da, b, db, c, dc) => {
  for (let k = 0; k < n; k += 1, a += da, c += dc) made[c] = data[a];
};

/** A loop that writes one value. */
const filled_ = (value, made) => (n, a, da, b, db, c, dc) => {
  for (let k = 0; k < n; k += 1, c += dc) made[c] = value;
};
