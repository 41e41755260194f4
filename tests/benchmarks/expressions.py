"""Arrays of formulas: the project's own equations run on them once and leave text that other tools can read.

An equation asks its arrays for ``__array_namespace__()`` and so meets ``Formulas``. Constants are worked out at once,
nothing is multiplied by nought, and a formula that occurs twice is kept once.
"""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

SIGNS = {"add": "+", "sub": "-", "mul": "*", "div": "/", "gt": ">", "lt": "<", "ge": ">=", "le": "<="}
WORK = {
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "div": lambda a, b: a / b,
    "gt": lambda a, b: float(a > b), "lt": lambda a, b: float(a < b), "ge": lambda a, b: float(a >= b),
    "le": lambda a, b: float(a <= b), "max": max, "min": min, "exp": math.exp, "log": math.log,
    "abs": abs, "where": lambda c, a, b: a if c else b,
}
NAMES = {"max": "MAX", "min": "MIN", "exp": "EXP", "log": "LN", "abs": "ABS"}
DEEPEST = 12
"""Operations inside one another before a formula gets a name of its own, which keeps parsers fast."""


class Formula:
    """A number, a variable, or an operation on formulas."""

    __slots__ = ("depth", "op", "parts")
    made: dict[tuple, "Formula"] = {}

    def __init__(self, op: str, parts: tuple) -> None:
        self.op, self.parts = op, parts
        self.depth = 1 + max((part.depth for part in self.inside()), default=-1)

    def inside(self) -> Iterator["Formula"]:
        """The formulas of an operation."""
        return (part for part in self.parts if isinstance(part, Formula))

    def __add__(self, other): return operation("add", self, other)
    def __radd__(self, other): return operation("add", other, self)
    def __sub__(self, other): return operation("sub", self, other)
    def __rsub__(self, other): return operation("sub", other, self)
    def __mul__(self, other): return operation("mul", self, other)
    def __rmul__(self, other): return operation("mul", other, self)
    def __truediv__(self, other): return operation("div", self, other)
    def __rtruediv__(self, other): return operation("div", other, self)
    def __neg__(self): return operation("sub", 0.0, self)
    def __bool__(self): raise TypeError("a formula decides nothing before it is worked out")


def kept(op: str, parts: tuple) -> Formula:
    """One formula for each operation on the same parts."""
    key = (op, *(id(part) if isinstance(part, Formula) else part for part in parts))
    return Formula.made.setdefault(key, Formula(op, parts))


def number(value: float) -> Formula:
    return kept("number", (float(value),))


def variable(name: str) -> Formula:
    return kept("variable", (name,))


def value_of(formula: Formula) -> float | None:
    """The number of a constant; None for anything else."""
    return formula.parts[0] if formula.op == "number" else None


def operation(op: str, *operands: Any) -> Formula:
    """An operation on formulas and numbers, worked out as far as it can be."""
    parts = tuple(part if isinstance(part, Formula) else number(part) for part in operands)
    known = [value_of(part) for part in parts]
    if None not in known:
        return number(WORK[op](*known))
    if op == "where" and known[0] is not None:
        return parts[1] if known[0] else parts[2]
    simpler = _neutral(op, parts, known)
    return kept(op, parts) if simpler is None else simpler


def _neutral(op, parts, known):
    """What remains where a part changes nothing, or makes all of it nought; None where both count."""
    if op == "add" and 0.0 in known:
        return parts[1 - known.index(0.0)]
    if (op == "mul" and 0.0 in known) or (op == "div" and known[0] == 0.0):
        return number(0.0)
    if op == "mul" and 1.0 in known:
        return parts[1 - known.index(1.0)]
    if (op == "sub" and known[1] == 0.0) or (op == "div" and known[1] == 1.0):
        return parts[0]
    return parts[1] if op == "where" and parts[1] is parts[2] else None


def each(op: str, *arrays: Any) -> "Symbols":
    """An operation on each cell of arrays that broadcast."""
    cells = [array.cells if isinstance(array, Symbols) else wrapped(array) for array in arrays]
    worked = np.frompyfunc(lambda *parts: operation(op, *parts), len(cells), 1)(*cells)
    return Symbols(worked if isinstance(worked, np.ndarray) else filled((), [worked]))


def filled(shape: tuple[int, ...], cells: list) -> np.ndarray:
    """An array of objects."""
    made = np.empty(len(cells), dtype=object)
    made[:] = cells
    return made.reshape(shape)


def wrapped(values: Any) -> np.ndarray:
    """Numbers as an array of formulas."""
    numbers = np.asarray(values, dtype=float)
    return filled(numbers.shape, [number(value) for value in numbers.ravel()])


class Symbols:
    """An array of formulas."""

    __array_ufunc__ = None

    def __init__(self, cells: np.ndarray) -> None:
        self.cells = cells

    shape = property(lambda self: self.cells.shape)
    ndim = property(lambda self: self.cells.ndim)

    def __array_namespace__(self, api_version=None): return Formulas
    def __getitem__(self, key):
        found = self.cells[key]
        return Symbols(found if isinstance(found, np.ndarray) else filled((), [found]))
    def __iter__(self): return (self[k] for k in range(self.shape[0]))
    def __len__(self): return len(self.cells)
    def __add__(self, other): return each("add", self, other)
    def __radd__(self, other): return each("add", other, self)
    def __sub__(self, other): return each("sub", self, other)
    def __rsub__(self, other): return each("sub", other, self)
    def __mul__(self, other): return each("mul", self, other)
    def __rmul__(self, other): return each("mul", other, self)
    def __truediv__(self, other): return each("div", self, other)
    def __rtruediv__(self, other): return each("div", other, self)
    def __neg__(self): return each("sub", 0.0, self)
    def __gt__(self, other): return each("gt", self, other)
    def __lt__(self, other): return each("lt", self, other)
    def __ge__(self, other): return each("ge", self, other)
    def __le__(self, other): return each("le", self, other)
    def __matmul__(self, other): return Formulas.sum(self[:, :, None] * other[None, :, :], axis=1)


class Formulas:
    """The functions of the array standard that equations use."""

    maximum = staticmethod(lambda one, other: each("max", one, other))
    minimum = staticmethod(lambda one, other: each("min", one, other))
    where = staticmethod(lambda condition, one, other: each("where", condition, one, other))
    exp = staticmethod(lambda value: each("exp", value))
    log = staticmethod(lambda value: each("log", value))
    abs = staticmethod(lambda value: each("abs", value))
    eye = staticmethod(lambda size: Symbols(wrapped(np.eye(size))))

    @staticmethod
    def asarray(values, dtype=None):
        return values if isinstance(values, Symbols) else Symbols(wrapped(values))

    @staticmethod
    def clip(value, low, high):
        return each("min", each("max", value, low), high)

    @staticmethod
    def sum(value, axis=None, keepdims=False):
        cells, axes = value.cells, range(value.ndim) if axis is None else axis if isinstance(axis, tuple) else (axis,)
        for one in sorted((a % value.ndim for a in axes), reverse=True):
            cells = np.add.reduce(cells, axis=one, keepdims=keepdims)
        return Symbols(cells if isinstance(cells, np.ndarray) else filled((), [cells]))

    @staticmethod
    def stack(parts, axis=0):
        arrays = [Formulas.asarray(part).cells for part in parts]
        return Symbols(np.stack(np.broadcast_arrays(*arrays), axis=axis))


class Writer:
    """Formulas as text; what is used more than once, or is deep, becomes a named auxiliary."""

    def __init__(self) -> None:
        self.names: dict[int, str] = {}
        self.auxiliaries: dict[str, str] = {}
        self.uses: dict[int, int] = {}
        self.kept: list[Formula] = []  # so that no number of an object is given to another

    def count(self, formula: Formula) -> None:
        """Count a use of a formula; call it for all of them before the first text."""
        self.kept.append(formula)
        self.uses[id(formula)] = self.uses.get(id(formula), 0) + 1
        if self.uses[id(formula)] == 1:
            for part in formula.inside():
                self.count(part)

    def text(self, formula: Formula) -> str:
        """The text of a formula, or the name of its auxiliary."""
        if formula.op == "number":
            return f"({formula.parts[0]!r})" if formula.parts[0] < 0 else repr(formula.parts[0])
        if formula.op == "variable":
            return formula.parts[0]
        if id(formula) in self.names:
            return self.names[id(formula)]
        made = self._made(formula)
        if self.uses.get(id(formula), 0) < 2 and formula.depth % DEEPEST:
            return made
        name = self.names[id(formula)] = f"part_{len(self.names) + 1}"
        self.auxiliaries[name] = made
        return name

    def _made(self, formula):
        parts = [self.text(part) for part in formula.parts]
        if formula.op in SIGNS:
            return f"({parts[0]} {SIGNS[formula.op]} {parts[1]})"
        if formula.op == "where":
            return f"(IF {parts[0]} THEN {parts[1]} ELSE {parts[2]})"
        return f"{NAMES[formula.op]}({', '.join(parts)})"
