"""Numbers: every cell of every array of a graph as one node.

Open axes are loop variables: ``g`` runs over groups, ``c`` over countries, ``d`` over a second country. A node that is
the same for all groups or countries has no such variable: it is computed once. Each node is kept once for all its uses.
Products with zero and one, and bounds that a value cannot pass, are left out.
"""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

from mixedmig_model.solve.kernel.lower.bounds import Bounds, bounds_of, input_bounds

Variables = frozenset[str]
NONE: Variables = frozenset()
COMPARED = ("gt", "lt", "ge", "le", "eq", "ne")
LOGICAL = (*COMPARED, "and", "or", "not", "same")
FREE = ("const", "input", "view", "same", "extent")
"""Nodes that are read or written where they are used.

They are never computed.
"""
SWAPPED = ("add", "mul", "max", "min", "and", "or", "eq", "ne")
"""Operations whose arguments may change places."""


class Number(NamedTuple):
    """One node of the graph of numbers.

    It has its operation, arguments, what else it needs, its loop variables, and whether a day's inputs fix it.
    """

    id: int
    op: str
    args: tuple["Number", ...]
    extra: Any
    space: Variables
    still: bool
    bounds: Bounds

    def __hash__(self) -> int:
        return self.id

    def __eq__(self, other: object) -> bool:
        return self is other

    @property
    def logical(self) -> bool:
        """Whether it is true or false and no number."""
        return self.op in LOGICAL

    @property
    def free(self) -> bool:
        """Whether it is read or written down where it is used."""
        return self.op in FREE


FOLDED: dict[str, Callable[[float, float], float]] = {
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b if b else math.nan, "max": max, "min": min,
}


NOTHING_LEFT = {("add", 0.0), ("mul", 1.0)}
NOTHING_RIGHT = {("add", 0.0), ("sub", 0.0), ("mul", 1.0), ("div", 1.0)}
"""Arithmetic with a constant that changes nothing.

The constant on one side leaves the other as it is.
"""


class Numbers:
    """All nodes, each once."""

    def __init__(self) -> None:
        self.made: list[Number] = []
        self.known: dict[Any, Number] = {}

    def node(self, op: str, args: tuple[Number, ...] = (), extra: Any = None, space: Variables | None = None) -> Number:
        """Return a node, the existing one where it is the same."""
        key = (op, tuple(arg.id for arg in args), extra)
        found = self.known.get(key)
        if found is None:
            own = NONE.union(*(arg.space for arg in args)) if space is None else space
            still = all(arg.still for arg in args) if op != "input" else extra[0].startswith("levels/")
            bounds = input_bounds(extra[0]) if op == "input" else bounds_of(op, [arg.bounds for arg in args], extra)
            found = Number(len(self.made), op, args, extra=extra, space=own, still=still, bounds=bounds)
            self.made.append(found)
            self.known[key] = found
        return found

    def constant(self, value: float) -> Number:
        """Return a number that is known."""
        return self.node("const", extra=float(value))

    def input(self, name: str, at: tuple[int | str, ...]) -> Number:
        """Return a number of an input.

        Parameters
        ----------
        name : str
            Full name of the input.
        at : tuple[int | str, ...]
            A label or a loop variable for each axis.

        Returns
        -------
        Number
            The node.
        """
        return self.node("input", extra=(name, at), space=frozenset(k for k in at if isinstance(k, str)))

    def apply(self, op: str, args: tuple[Number, ...]) -> Number:
        """Return an operation, simplified."""
        if op in FOLDED:
            return self._pair(op, *args)
        if op == "where" and args[1] is args[2]:
            return args[1]
        if op == "neg" and args[0].op == "const":
            return self.constant(-args[0].extra)
        return self.node(op, self._ordered(op, args))

    def _ordered(self, op: str, args: tuple[Number, ...]) -> tuple[Number, ...]:
        return tuple(sorted(args, key=lambda arg: arg.id)) if op in SWAPPED else args

    def _pair(self, op: str, one: Number, other: Number) -> Number:
        """Return arithmetic of two numbers."""
        if one.op == "const" and other.op == "const":
            return self.constant(FOLDED[op](one.extra, other.extra))
        simple = self._simple(op, one, other)
        if simple is not None:
            return simple
        if op == "div" and other.still and not one.still:
            return self._pair("mul", one, self._pair("div", self.constant(1.0), other))
        return self.node(op, self._ordered(op, (one, other)))

    def _simple(self, op: str, one: Number, other: Number) -> Number | None:
        """Return a result that needs no arithmetic."""
        if op in ("max", "min"):
            return _bounded(op, one, other)
        if (op in ("mul", "div") and _is(one, 0.0)) or (op == "mul" and _is(other, 0.0)):
            return self.constant(0.0)
        if (op, one.extra) in NOTHING_LEFT and one.op == "const":
            return other
        return one if (op, other.extra) in NOTHING_RIGHT and other.op == "const" else None

    def reduced(self, op: str, value: Number, variable: str) -> Number:
        """Return the sum, largest or smallest along an open axis.

        A factor that is the same along it is taken out of a sum.
        """
        if variable not in value.space:
            return self._pair("mul", value, self.node("extent", extra=variable)) if op == "sum" else value
        if op == "sum" and value.op in ("mul", "div"):
            one, other = value.args
            if variable not in other.space:
                return self._pair(value.op, self.reduced(op, one, variable), other)
            if value.op == "mul" and variable not in one.space:
                return self._pair("mul", one, self.reduced(op, other, variable))
        if value.op == "view":
            moved = dict(value.extra)
            base = value.args[0]
            under = [name for name in base.space if moved.get(name, name) == variable]
            if len(under) == 1:
                rest = {name: to for name, to in moved.items() if name != under[0]}
                return self.view(self.reduced(op, base, under[0]), rest)
        return self.node(op, (value,), variable, value.space - {variable})

    def view(self, value: Number, moved: dict[str, str | int]) -> Number:
        """Return a number at another country or group.

        Loop variables are replaced by others, or by the first label.
        """
        moved = {name: to for name, to in moved.items() if name in value.space and to != name}
        if not moved:
            return value
        if value.op == "input":
            name, at = value.extra
            return self.input(name, tuple(moved.get(k, k) if isinstance(k, str) else k for k in at))
        if value.op in ("same", "extent"):
            return self.same(*(moved.get(k, k) for k in value.extra)) if value.op == "same" else value
        if value.op == "view":
            base, before = value.args[0], dict(value.extra)
            own = {name: before.get(name, name) for name in base.space}
            return self.view(base, {name: moved.get(to, to) if isinstance(to, str) else to for name, to in own.items()})
        space = frozenset(to for name in value.space if isinstance(to := moved.get(name, name), str))
        return self.node("view", (value,), tuple(sorted(moved.items())), space)

    def same(self, one: str | int, other: str | int) -> Number:
        """Return whether two countries are the same."""
        space = frozenset(k for k in (one, other) if isinstance(k, str))
        return self.node("same", extra=(one, other), space=space)


def _is(number: Number, value: float) -> bool:
    return number.op == "const" and number.extra == value


def _bounded(op: str, one: Number, other: Number) -> Number | None:
    """Return the one of two that is always larger (or smaller).

    It is None where it is not known.
    """
    (low, high), (least, most) = one.bounds, other.bounds
    if op == "max":
        return one if low >= most else other if least >= high else None
    return one if high <= least else other if most <= low else None
