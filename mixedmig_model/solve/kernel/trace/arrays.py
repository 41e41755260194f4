"""Arrays that write down what is done with them.

They are the namespace under which equations are traced. An equation asks its arrays for ``__array_namespace__()`` and
so meets ``Namespace``. Axes that meet must have the same name, so that a group is never added to a country. What the
kernel cannot do is refused with the equation's name and line. That is a function it does not know, a choice by a value
(``if x > 0``), or a function of numpy itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

import numpy as np

from mixedmig_model.solve.kernel.trace.graph import Axis, Extent, Graph, Operation, refusal
from mixedmig_model.solve.kernel.trace.indexing import indexed

COMPARISONS = ("gt", "lt", "ge", "le", "eq", "ne")
UFUNCS = {"add": "add", "subtract": "sub", "multiply": "mul", "divide": "div", "greater": "gt", "less": "lt",
          "greater_equal": "ge", "less_equal": "le", "equal": "eq", "not_equal": "ne", "maximum": "max",
          "minimum": "min"}
"""Operators of numpy for a number left of a traced array."""


class Traced:
    """An array of a trace."""

    __slots__ = ("graph", "made")
    __array_priority__ = 1000.0

    def __init__(self, graph: Graph, made: Operation) -> None:
        self.graph, self.made = graph, made

    @property
    def shape(self) -> tuple[int | Extent, ...]:
        """Sizes of the axes; an open axis shows its name."""
        return self.made.shape

    @property
    def ndim(self) -> int:
        """Number of axes."""
        return len(self.made.axes)

    def __array_namespace__(self, api_version: str | None = None) -> Namespace:
        return Namespace(self.graph)

    def __hash__(self) -> int:
        return self.made.number

    def __getitem__(self, key: Any) -> Traced:
        return _indexed(self, key if isinstance(key, tuple) else (key,))

    def __iter__(self) -> Iterator[Traced]:
        if not self.made.axes or self.made.axes[0].size == 0:
            raise refusal("goes through an axis whose size is not known when equations are traced")
        return (self[k] for k in range(self.made.axes[0].size))

    def __len__(self) -> int:
        if not self.made.axes or self.made.axes[0].size == 0:
            raise refusal("asks for the length of an axis that is not known when equations are traced")
        return self.made.axes[0].size

    def __add__(self, other: Any) -> Traced:
        return binary("add", self, other)

    def __radd__(self, other: Any) -> Traced:
        return binary("add", other, self)

    def __sub__(self, other: Any) -> Traced:
        return binary("sub", self, other)

    def __rsub__(self, other: Any) -> Traced:
        return binary("sub", other, self)

    def __mul__(self, other: Any) -> Traced:
        return binary("mul", self, other)

    def __rmul__(self, other: Any) -> Traced:
        return binary("mul", other, self)

    def __truediv__(self, other: Any) -> Traced:
        return binary("div", self, other)

    def __rtruediv__(self, other: Any) -> Traced:
        return binary("div", other, self)

    def __pow__(self, power: Any) -> Traced:
        return _power(self, power)

    def __neg__(self) -> Traced:
        return unary("neg", self)

    def __pos__(self) -> Traced:
        return self

    def __abs__(self) -> Traced:
        return unary("abs", self)

    def __gt__(self, other: Any) -> Traced:
        return binary("gt", self, other)

    def __lt__(self, other: Any) -> Traced:
        return binary("lt", self, other)

    def __ge__(self, other: Any) -> Traced:
        return binary("ge", self, other)

    def __le__(self, other: Any) -> Traced:
        return binary("le", self, other)

    def __eq__(self, other: object) -> Traced:  # type: ignore[override]
        return binary("eq", self, other)

    def __ne__(self, other: object) -> Traced:  # type: ignore[override]
        return binary("ne", self, other)

    def __and__(self, other: Any) -> Traced:
        return binary("and", self, other)

    def __or__(self, other: Any) -> Traced:
        return binary("or", self, other)

    def __invert__(self) -> Traced:
        return unary("not", self)

    def __matmul__(self, other: Traced) -> Traced:
        """Return the matrix product of two arrays of two axes each."""
        if self.ndim != 2 or other.ndim != 2:
            raise refusal("multiplies matrices of other than two axes")
        return reduced("sum", self[:, :, None] * other[None, :, :], 1, keepdims=False)

    def __bool__(self) -> bool:
        raise refusal("decides by a value, which is not known when equations are traced; xp.where can")

    def __float__(self) -> float:
        raise refusal("makes a number of an array")

    __int__ = __index__ = __float__

    def __array__(self, *_: Any, **__: Any) -> NoReturn:
        raise refusal("makes an array of numpy out of a traced one")

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **_: Any) -> Traced:
        if method == "__call__" and ufunc.__name__ in UFUNCS:
            return binary(UFUNCS[ufunc.__name__], *inputs)
        raise refusal(f"calls numpy.{ufunc.__name__}; the functions of x.__array_namespace__() can be traced")

    def __array_function__(self, function: Any, *_: Any, **__: Any) -> NoReturn:
        raise refusal(f"calls numpy.{function.__name__}; the functions of x.__array_namespace__() can be traced")

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__"):
            raise AttributeError(name)
        raise refusal(f"asks an array for '{name}', which the kernel does not know")


def wrap(graph: Graph, value: Any) -> Traced:
    """Return a number or numbers as an array of the graph."""
    if isinstance(value, Traced):
        return value
    numbers = np.asarray(value, dtype=float)
    axes = tuple(Axis("", size) for size in numbers.shape)
    flat = tuple(float(number) for number in numbers.ravel())
    return Traced(graph, graph.add("constant", (), axes, (numbers.shape, flat)))


def parameter(graph: Graph, name: str, axes: tuple[Axis, ...]) -> Traced:
    """Return an input of the graph."""
    return Traced(graph, graph.add("input", (), axes, name))


def unary(op: str, value: Traced) -> Traced:
    """Return an operation on each number of an array."""
    return Traced(value.graph, value.graph.add(op, (value.made,), value.made.axes))


def binary(op: str, one: Any, other: Any) -> Traced:
    """Return an operation on each pair of numbers of two arrays."""
    return elementwise(op, (one, other))


def elementwise(op: str, values: Sequence[Any]) -> Traced:
    """Return an operation on numbers of several arrays."""
    graph = next(value.graph for value in values if isinstance(value, Traced))
    parts = [wrap(graph, value) for value in values]
    return Traced(graph, graph.add(op, [part.made for part in parts], _broadcast(parts)))


def _broadcast(parts: Sequence[Traced]) -> tuple[Axis, ...]:
    """Return the axes of several arrays. Raises TracingError."""
    result = []
    for k in range(1, max(part.ndim for part in parts) + 1):
        axis = Axis("", 1)
        for other in (part.made.axes[-k] for part in parts if part.ndim >= k):
            axis = _met(axis, other)
        result.append(axis)
    return tuple(reversed(result))


def _met(one: Axis, other: Axis) -> Axis:
    """Return the axis of two that meet. Raises TracingError."""
    if one.size == 1 or other.size == 1:
        return other if one.size == 1 else one
    if one.size != other.size or (one.name and other.name and one.name != other.name):
        raise refusal(f"lets axis '{one.name or one.size}' meet axis '{other.name or other.size}'")
    return one if one.name else other


def reduced(op: str, value: Traced, axis: Any, keepdims: bool) -> Traced:
    """Return a sum, the largest or the smallest along axes."""
    every = range(value.ndim) if axis is None else axis if isinstance(axis, (tuple, list)) else (axis,)
    chosen = tuple(sorted({k % value.ndim for k in every}))
    axes = tuple(Axis("", 1) if k in chosen else axis for k, axis in enumerate(value.made.axes)
                 if keepdims or k not in chosen)
    return Traced(value.graph, value.graph.add(op, (value.made,), axes, (chosen, keepdims)))


def _indexed(value: Traced, key: tuple[Any, ...]) -> Traced:
    """Return part of an array.

    The index has whole numbers, slices, None for a new axis, or an ellipsis.
    """
    axes, parts = indexed(value.made.axes, key)
    if axes == value.made.axes and all(part == ":" for part in parts):
        return value
    return Traced(value.graph, value.graph.add("index", (value.made,), axes, parts))


def _power(value: Traced, power: Any) -> Traced:
    """Return a power by a whole number, or by a half."""
    if power == 0.5:
        return unary("sqrt", value)
    if not isinstance(power, (int, float)) or power != int(power) or not 1 <= power <= 8:
        raise refusal("takes a power other than a whole number from 1 to 8 or a half")
    result = value
    for _ in range(int(power) - 1):
        result = result * value
    return result


class Namespace:
    """The functions of the array-API standard that can be traced."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__"):
            raise AttributeError(name)
        known = ", ".join(sorted(key for key in vars(Namespace) if not key.startswith("_")))
        raise refusal(f"uses xp.{name}, which the kernel does not know; it knows {known}")

    def asarray(self, value: Any, dtype: Any = None) -> Traced:
        """Return numbers as an array."""
        return wrap(self._graph, value)

    def eye(self, size: int | Extent) -> Traced:
        """Return ones on the diagonal."""
        if not isinstance(size, Extent):
            return wrap(self._graph, np.eye(size))
        return Traced(self._graph, self._graph.add("eye", (), (Axis(str(size), 0),) * 2))

    def zeros_like(self, value: Traced) -> Traced:
        """Return zeros, as many as another array has numbers."""
        return binary("mul", value, 0.0)

    def ones_like(self, value: Traced) -> Traced:
        """Return ones, as many as another array has numbers."""
        return binary("add", self.zeros_like(value), 1.0)

    def full_like(self, value: Traced, number: float) -> Traced:
        """Return one number in the shape of another array."""
        return binary("add", self.zeros_like(value), number)

    def add(self, one: Any, other: Any) -> Traced:
        """Return the sum of two."""
        return binary("add", one, other)

    def subtract(self, one: Any, other: Any) -> Traced:
        """Return the difference of two."""
        return binary("sub", one, other)

    def multiply(self, one: Any, other: Any) -> Traced:
        """Return the product of two."""
        return binary("mul", one, other)

    def divide(self, one: Any, other: Any) -> Traced:
        """Return the ratio of two."""
        return binary("div", one, other)

    def negative(self, value: Traced) -> Traced:
        """Return minus the value."""
        return unary("neg", value)

    def maximum(self, one: Any, other: Any) -> Traced:
        """Return the larger of two."""
        return binary("max", one, other)

    def minimum(self, one: Any, other: Any) -> Traced:
        """Return the smaller of two."""
        return binary("min", one, other)

    def clip(self, value: Any, low: Any = None, high: Any = None) -> Traced:
        """Return the value held between two bounds."""
        least = value if low is None else binary("max", value, low)
        return least if high is None else binary("min", least, high)

    def where(self, condition: Any, one: Any, other: Any) -> Traced:
        """Return one of two, number by number."""
        return elementwise("where", (condition, one, other))

    def exp(self, value: Traced) -> Traced:
        """Return the exponential."""
        return unary("exp", value)

    def log(self, value: Traced) -> Traced:
        """Return the natural logarithm."""
        return unary("log", value)

    def sqrt(self, value: Traced) -> Traced:
        """Return the square root."""
        return unary("sqrt", value)

    def abs(self, value: Traced) -> Traced:
        """Return the value without its sign."""
        return unary("abs", value)

    def square(self, value: Traced) -> Traced:
        """Return the value times itself."""
        return value * value

    def logical_and(self, one: Any, other: Any) -> Traced:
        """Return whether both hold."""
        return binary("and", one, other)

    def logical_or(self, one: Any, other: Any) -> Traced:
        """Return whether one of two holds."""
        return binary("or", one, other)

    def logical_not(self, value: Traced) -> Traced:
        """Return whether it does not hold."""
        return unary("not", value)

    def sum(self, value: Traced, axis: Any = None, keepdims: bool = False) -> Traced:
        """Return the sum along axes."""
        return reduced("sum", value, axis, keepdims)

    def max(self, value: Traced, axis: Any = None, keepdims: bool = False) -> Traced:
        """Return the largest along axes."""
        return reduced("largest", value, axis, keepdims)

    def min(self, value: Traced, axis: Any = None, keepdims: bool = False) -> Traced:
        """Return the smallest along axes."""
        return reduced("smallest", value, axis, keepdims)

    def stack(self, parts: Sequence[Any], axis: int = 0) -> Traced:
        """Return arrays joined along a new axis."""
        traced = [wrap(self._graph, part) for part in parts]
        axes = list(_broadcast(traced))
        at = axis % (len(axes) + 1)
        axes.insert(at, Axis("", len(traced)))
        return Traced(self._graph, self._graph.add("stack", [part.made for part in traced], tuple(axes), at))

    def concat(self, parts: Sequence[Traced], axis: int = 0) -> Traced:
        """Return arrays joined along an axis that they have."""
        at = axis % parts[0].ndim
        slices = [part[(*(slice(None),) * at, k)] for part in parts for k in range(_size(part, at))]
        return self.stack(slices, at)

    def expand_dims(self, value: Traced, axis: int = 0) -> Traced:
        """Return a new axis of one label."""
        return value[(*(slice(None),) * (axis % (value.ndim + 1)), None)]

    def matmul(self, one: Traced, other: Traced) -> Traced:
        """Return the matrix product of two arrays of two axes each."""
        return one @ other

    def permute_dims(self, value: Traced, axes: Sequence[int]) -> Traced:
        """Return the same array with its axes in another order."""
        order = tuple(int(k) % value.ndim for k in axes)
        moved = tuple(value.made.axes[k] for k in order)
        return Traced(self._graph, self._graph.add("permute", (value.made,), moved, order))


def _size(value: Traced, axis: int) -> int:
    size = value.made.axes[axis].size
    if size == 0:
        raise refusal(f"joins arrays along axis '{value.made.axes[axis].name}', whose size is not known")
    return size
