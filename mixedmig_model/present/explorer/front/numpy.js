// What compiled functions ask of numpy, over the arrays of arrays.js.
function joined(parts, axis) {
  const shape = [...parts[0].shape];
  shape[axis] = parts.reduce((sum, one) => sum + one.shape[axis], 0);
  const made = NDArray.zeros(shape);
  let at = 0;
  for (const one of parts) {
    made.put(tuple([...new Array(axis).fill(new Slice(null, null, null)), new Slice(at, at + one.shape[axis], null)]), one);
    at += one.shape[axis];
  }
  return made;
}

const valuesOf = (given) => wordsOf(given)[0];
const axisOf = (given, place, other = null) => wordsOf(given)[1].axis ?? valuesOf(given)[place] ?? other;
const marked = (array) => Object.assign(array, { marks: true });

/** The product of two tables. */
$.matmul = (one, other) => {
  const [rows, inner, columns] = [one.shape[0], one.shape[1], other.shape[1]];
  const [left, right] = [one.flat(), other.flat()];
  return new NDArray(Float64Array.from({ length: rows * columns }, (_, k) => {
    let sum = 0;
    for (let n = 0; n < inner; n += 1) sum += left[Math.floor(k / columns) * inner + n] * right[n * columns + (k % columns)];
    return sum;
  }), [rows, columns]);
};
/** What `+=` and the like do: an array is changed where it is, as numpy does; anything else is made anew. */
$.grown = (name, one, other) => (one instanceof NDArray && one.ndim > 0 && one.data instanceof Float64Array && !one.marks
  ? arithmetic(name, one, other, one) : $[name](one, other));
$.array = (values, shape) => new NDArray(Float64Array.from(values), shape);
$.partial = (call, ...given) => (...more) => call(...given, ...more);
$.bisect = (sorted, value) => $.iter(sorted).filter((one) => one <= value).length;
$.refused = (text) => () => {
  throw new PythonError("CompileError", [text]);
};
$.index = tuple;
$.built.slice = (...given) => (given.length === 1 ? new Slice(null, given[0], null) : new Slice(...given));
$.built.tuple = (values = []) => tuple([...$.iter(values)]);
$.numpy = {
  asarray: (value) => NDArray.of(value),
  array: (value) => NDArray.of($.iter(value)).copy(),
  zeros: (shape) => NDArray.zeros(shape),
  empty: (shape) => NDArray.zeros(shape),
  zeros_like: (array) => NDArray.zeros(array.shape),
  ones_like(array) {
    const made = NDArray.zeros(array.shape);
    made.data.fill(1);
    return array.marks ? marked(made) : made;
  },
  arange(from, to) {
    return NDArray.of($.built.range(from, valuesOf([to])[0]));
  },
  maximum: (one, other) => arithmetic("max", one, other),
  minimum: (one, other) => arithmetic("min", one, other),
  where(test, one, other) {
    const marks = NDArray.of(test);
    const [yes, no] = [one, other].map((value) => spread(NDArray.of(value), marks.shape));
    const [a, b] = [yes.flat(), no.flat()];
    return new NDArray(Float64Array.from(marks.flat(), (mark, k) => (mark ? a[k] : b[k])), [...marks.shape]);
  },
  any: (...given) => marked(NDArray.of(NDArray.of(valuesOf(given)[0]).any(...given.slice(1)))),
  all: (...given) => NDArray.of(valuesOf(given)[0]).all(...given.slice(1)),
  sum: (...given) => NDArray.of(valuesOf(given)[0]).sum(...given.slice(1)),
  min: (...given) => NDArray.of(valuesOf(given)[0]).min(...given.slice(1)),
  max: (...given) => NDArray.of(valuesOf(given)[0]).max(...given.slice(1)),
  prod(...given) {
    return reduced(NDArray.of(valuesOf(given)[0]), axisOf(given, 1), 1, (one, other) => one * other);
  },
  abs: (array) => array.mapped(Math.abs),
  ceil: (value) => (isArray(value) ? value.mapped(Math.ceil) : Math.ceil(value)),
  isin: (array, members) => marked(array.mapped((one) => ($.has(one, members) ? 1 : 0))),
  take: (...given) => gathered(NDArray.of(given[0]), placesOf(given[1]), axisOf(given, 2)),
  concatenate: (...given) => joined($.iter(valuesOf(given)[0]).map((one) => NDArray.of(one)), axisOf(given, 1, 0)),
  stack: (...given) => stacked($.iter(valuesOf(given)[0]).map((one) => NDArray.of(one)), axisOf(given, 1, 0)),
  diff(...given) {
    const array = given[0];
    const axis = axisOf(given, 2, array.ndim - 1);
    const part = (from, to) => array.taken(tuple([...new Array(axis).fill(new Slice(null, null, null)), new Slice(from, to, null)]));
    return arithmetic("sub", part(1, null), part(null, -1));
  },
  array_equal(one, other) {
    const [left, right] = [NDArray.of(one), NDArray.of(other)];
    return equal(left.shape, right.shape) && equal([...left.flat()], [...right.flat()]);
  },
  searchsorted(sorted, values) {
    const edges = [...NDArray.of(sorted).flat()];
    return NDArray.of(values).mapped((value) => edges.filter((edge) => edge <= value).length);
  },
  moveaxis(array, from, to) {
    const order = array.shape.map((_, k) => k).filter((k) => k !== from);
    order.splice(to, 0, from);
    return new NDArray(array.data, order.map((k) => array.shape[k]), order.map((k) => array.strides[k]), array.offset);
  },
  full(shape, value) {
    const made = NDArray.zeros(shape);
    made.data.fill(value);
    return made;
  },
  isinf: (value) => (isArray(value) ? marked(value.mapped((one) => (Math.abs(one) === Infinity ? 1 : 0))) : Math.abs(value) === Infinity),
  interp(values, edges, levels) {
    const [at, height] = [[...NDArray.of(edges).flat()], [...NDArray.of(levels).flat()]];
    return NDArray.of(values).mapped((value) => {
      const k = at.filter((edge) => edge <= value).length - 1;
      if (k < 0) return height[0];
      if (k >= at.length - 1) return height[height.length - 1];
      return ((height[k + 1] - height[k]) / (at[k + 1] - at[k])) * (value - at[k]) + height[k];
    });
  },
  inf: Infinity,
  timedelta64: () => 1,
  float64: Number,
};
