// What compiled functions of Python find in a page: the operators, built-in functions and methods that they use, as
// Python has them. Functions that need arrays of numbers are in arrays.js.
class PythonError extends Error {
  constructor(kind, parts) {
    super(parts.map(String).join(", "));
    this.name = kind;
  }
}

/** Arguments that are given by name. */
class Words {
  constructor(given) {
    this.given = given;
  }
}

const keyOf = (key) => (Array.isArray(key) ? `\u0000${JSON.stringify(key)}` : key);

/** A dictionary in the order in which it was filled; a key may be a tuple. */
class Dict {
  constructor(pairs = []) {
    this.held = new Map();
    for (const [key, value] of pairs) this.held.set(keyOf(key), [key, value]);
  }

  get size() {
    return this.held.size;
  }

  has(key) {
    return this.held.has(keyOf(key));
  }

  get(key, other = null) {
    const found = this.held.get(keyOf(key));
    return found ? found[1] : other;
  }

  at(key) {
    const found = this.held.get(keyOf(key));
    if (!found) throw new PythonError("KeyError", [key]);
    return found[1];
  }

  set(key, value) {
    this.held.set(keyOf(key), [key, value]);
  }

  pop(key, ...other) {
    const found = this.held.get(keyOf(key));
    if (!found && other.length === 0) throw new PythonError("KeyError", [key]);
    this.held.delete(keyOf(key));
    return found ? found[1] : other[0];
  }

  keys() {
    return [...this.held.values()].map(([key]) => key);
  }

  values() {
    return [...this.held.values()].map(([, value]) => value);
  }

  items() {
    return [...this.held.values()];
  }

  setdefault(key, value) {
    if (!this.has(key)) this.set(key, value);
    return this.at(key);
  }

  * [Symbol.iterator]() {
    for (const [key] of this.held.values()) yield key;
  }
}

/** A set; a member may be a tuple. */
class PythonSet extends Dict {
  constructor(members = []) {
    super([...members].map((one) => [one, one]));
  }

  add(one) {
    this.set(one, one);
  }
}

const isArray = (value) => value instanceof NDArray;
const isText = (value) => typeof value === "string";

/** Put arguments in the places of their parameters. */
function bound(spec, given) {
  const last = given[given.length - 1];
  const words = last instanceof Words ? { ...last.given } : null;
  const values = words ? given.slice(0, -1) : given;
  const { names, only, rest, defaults } = spec;
  if (values.length > names.length && !rest) throw new PythonError("TypeError", ["too many arguments"]);
  const found = names.map((name, k) => {
    if (k < values.length) return values[k];
    return named(name, words, defaults);
  });
  const extra = only.map((name) => named(name, words, defaults));
  if (rest) extra.push(values.slice(names.length));
  if (spec.words) extra.push(new Dict(Object.entries(words ?? {})));
  else if (words && Object.keys(words).length) throw new PythonError("TypeError", [`no parameter ${Object.keys(words)}`]);
  return [...found, ...extra];
}

function named(name, words, defaults) {
  if (words && name in words) {
    const value = words[name];
    delete words[name];
    return value;
  }
  if (!(name in defaults)) throw new PythonError("TypeError", [`nothing is given for ${name}`]);
  return defaults[name]();
}

/** The lengths and orders of things. */
const sizeOf = (value) => {
  if (isText(value) || Array.isArray(value)) return value.length;
  if (value instanceof Dict) return value.size;
  return value.shape[0];
};

function compare(one, other) {
  if (Array.isArray(one) && Array.isArray(other)) {
    for (let k = 0; k < Math.min(one.length, other.length); k += 1) {
      const found = compare(one[k], other[k]);
      if (found !== 0) return found;
    }
    return one.length - other.length;
  }
  if (typeof one === "boolean" || typeof other === "boolean") return Number(one) - Number(other);
  return one < other ? -1 : one > other ? 1 : 0;
}

function equal(one, other) {
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((value, k) => equal(value, other[k]));
  if (one instanceof Dict && other instanceof Dict) return one.size === other.size && [...one].every((key) => other.has(key) && equal(one.at(key), other.at(key)));
  if (typeof one === "boolean" && typeof other === "number") return Number(one) === other;
  return one === other;
}

const whole = (pair, of) => pair.some(isArray) ? null : of;

const $ = {
  main: {},
  numpy: {},
  t(value) {
    if (value === null || value === undefined || value === false || value === 0 || value === "") return false;
    if (Array.isArray(value)) return value.length > 0;
    if (value instanceof Dict) return value.size > 0;
    if (isArray(value)) {
      if (value.size !== 1) throw new PythonError("ValueError", ["the truth of an array is not known"]);
      return Boolean(value.first);
    }
    return true;
  },
  and(...parts) {
    let found = true;
    for (const part of parts) {
      found = part();
      if (!$.t(found)) return found;
    }
    return found;
  },
  or(...parts) {
    let found = false;
    for (const part of parts) {
      found = part();
      if ($.t(found)) return found;
    }
    return found;
  },
  not: (value) => !$.t(value),
  add(one, other) {
    if (typeof one === "number" && typeof other === "number") return one + other;
    if (isText(one)) {
      if (!isText(other)) throw new PythonError("TypeError", ["a text and something else are not joined"]);
      return one + other;
    }
    if (Array.isArray(one) && Array.isArray(other)) return one.tuple ? tuple([...one, ...other]) : [...one, ...other];
    return arithmetic("add", one, other);
  },
  sub(one, other) {
    if (typeof one === "number" && typeof other === "number") return one - other;
    if (one instanceof PythonSet) return new PythonSet(one.keys().filter((key) => !other.has(key)));
    return arithmetic("sub", one, other);
  },
  mul(one, other) {
    if (typeof one === "number" && typeof other === "number") return one * other;
    if (!Array.isArray(one)) return arithmetic("mul", one, other);
    const made = Array.from({ length: other }, () => one).flat();
    return one.tuple ? tuple(made) : made;
  },
  div(one, other) {
    if (isArray(one) || isArray(other)) return arithmetic("div", one, other);
    if (Number(other) === 0) throw new PythonError("ZeroDivisionError", ["division by zero"]);
    return one / other;
  },
  pow(one, other) {
    if (isArray(one) || isArray(other)) return arithmetic("pow", one, other);
    return one === 10 && Number.isInteger(other) ? Number(`1e${other}`) : one ** other;
  },
  mod: (one, other) => one - Math.floor(one / other) * other,
  floordiv: (one, other) => Math.floor(one / other),
  bitor(one, other) {
    if (one instanceof PythonSet) return new PythonSet([...one, ...other]);
    if (one instanceof Dict) return new Dict([...one.items(), ...other.items()]);
    if (isArray(one) || isArray(other)) return arithmetic("or", one, other);
    return one || other;
  },
  bitand(one, other) {
    if (one instanceof PythonSet) return new PythonSet(one.keys().filter((key) => other.has(key)));
    if (isArray(one) || isArray(other)) return arithmetic("and", one, other);
    return one && other;
  },
  neg: (value) => (isArray(value) ? arithmetic("sub", 0, value) : -value),
  pos: (value) => value,
  invert: (value) => arithmetic("ne", value, 1),
  eq: (one, other) => whole([one, other], equal(one, other)) ?? arithmetic("eq", one, other),
  ne: (one, other) => whole([one, other], !equal(one, other)) ?? arithmetic("ne", one, other),
  lt: (one, other) => (isArray(one) || isArray(other) ? arithmetic("lt", one, other) : before(one, other, (found) => found < 0)),
  le: (one, other) => (isArray(one) || isArray(other) ? arithmetic("le", one, other) : before(one, other, (found) => found <= 0)),
  gt: (one, other) => (isArray(one) || isArray(other) ? arithmetic("gt", one, other) : before(one, other, (found) => found > 0)),
  ge: (one, other) => (isArray(one) || isArray(other) ? arithmetic("ge", one, other) : before(one, other, (found) => found >= 0)),
  is: (one, other) => one === other || (one === undefined && other === null),
  isnot: (one, other) => !$.is(one, other),
  has(one, other) {
    if (isText(other)) return other.includes(one);
    if (other instanceof Dict) return other.has(one);
    return $.iter(other).some((value) => equal(value, one));
  },
  lacks: (one, other) => !$.has(one, other),
  iter(value) {
    if (Array.isArray(value)) return value;
    if (isArray(value)) return value.rows();
    return [...value];
  },
  items: (value) => value.items(),
  object: (value) => Object.fromEntries(value.items()),
  dict: (pairs) => new Dict(pairs),
  set: (members) => new PythonSet(members),
  words: (given) => new Words(given),
  slice: (from, to, step) => new Slice(from, to, step),
  error: (kind, parts) => new PythonError(kind, parts),
  attr(value, name) {
    const found = value[name];
    if (found === undefined) throw new PythonError("AttributeError", [name]);
    return typeof found === "function" && !Object.hasOwn(value, name) ? found.bind(value) : found;
  },
  at(value, index) {
    if (value instanceof Dict) return value.at(index);
    if (isArray(value)) return value.taken(index);
    if (value.__getitem__) return value.__getitem__(index);
    if (index instanceof Slice) return value.slice(...index.span(value.length));
    const at = index < 0 ? value.length + index : index;
    if (!(at in Object(value))) throw new PythonError("IndexError", [index]);
    return value[at];
  },
  put(value, index, given) {
    if (value instanceof Dict) value.set(index, given);
    else if (isArray(value)) value.put(index, given);
    else value[index < 0 ? value.length + index : index] = given;
  },
  call(value, name, given, words = null) {
    const own = isText(value) ? TEXTS : Array.isArray(value) ? LISTS : value instanceof Dict ? DICTS : null;
    const all = words ? [...given, new Words(words)] : given;
    if (own === null) {
      if (typeof value?.[name] !== "function") throw new PythonError("AttributeError", [name]);
      return value[name](...all);
    }
    if (!(name in own)) throw new PythonError("AttributeError", [name]);
    return own[name](value, ...all);
  },
  apply(called, given, words) {
    const all = [...given, new Words(words)];
    return called.$new ? called.$new(...all) : called(...all);
  },
  bound,
  spec(spec, body) {
    const plain = spec.only.length === 0 && !spec.rest && !spec.words;
    const made = function (...given) {
      const placed = plain && given.length === spec.names.length && !(given[given.length - 1] instanceof Words);
      return body.call(this, placed ? given : bound(spec, given));
    };
    made.spec = spec;
    return made;
  },
  kind(name, fields, defaults) {
    const spec = { names: fields, only: [], rest: false, words: false, defaults };
    const kind = class {};
    Object.defineProperty(kind, "name", { value: name });
    kind.$new = (...given) => {
      const one = new kind();
      if (one.__init__) one.__init__(...given);
      else bound(spec, given).forEach((value, k) => {
        one[fields[k]] = value;
      });
      return one;
    };
    kind.prototype[Symbol.iterator] = function () {
      return fields.map((field) => this[field])[Symbol.iterator]();
    };
    kind.$fields = fields;
    return kind;
  },
  method(holder, name, body) {
    Object.defineProperty(holder, name, { value: body, writable: true });
  },
  property(holder, name, body) {
    Object.defineProperty(holder, name, { get: body, configurable: true });
  },
  cached(holder, name, body) {
    Object.defineProperty(holder, name, {
      configurable: true,
      get() {
        const value = body.call(this);
        Object.defineProperty(this, name, { value });
        return value;
      },
    });
  },
  made(kind, values) {
    return Object.assign(new (kind())(), values);
  },
  replace(one, words) {
    return Object.assign(new one.constructor(), one, words.given);
  },
  isinstance(value, names) {
    return names.some((name) => (name === "str" ? isText(value) : name === "ndarray" ? isArray(value)
      : name === "Mapping" || name === "dict" ? value instanceof Dict : name === "float" || name === "int" ? typeof value === "number"
        : name === "tuple" || name === "list" ? Array.isArray(value) : value?.constructor?.name === name));
  },
  formatted,
};

/** Compare two values; what is not a number is not before or after anything. */
function before(one, other, found) {
  if (Number.isNaN(one) || Number.isNaN(other)) return false;
  return found(compare(one, other));
}
