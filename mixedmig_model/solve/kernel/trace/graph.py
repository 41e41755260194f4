"""The graph of a trace.

It has arrays with named axes, and the operation that makes each of them from others. Two axes are open, ``group`` and
``country``: how many labels they have is known when a run is solved. A graph can be printed (``written``), digested,
and evaluated by NumPy (``evaluate.py``).
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from mixedmig_model.storage.digests import sha256

OPEN = ("group", "country")
HERE = Path(__file__).parent
PACKAGE = HERE.parents[2]


class TracingError(RuntimeError):
    """Raised where an equation does what the kernel cannot.

    The message names function and line.
    """


class Extent(str):
    """How many labels an open axis has, as far as a trace knows.

    It is the name of the axis.
    """

    __slots__ = ()


class Axis(NamedTuple):
    """An axis of an array.

    It has its name, empty where there is none, and its size, zero where it is open.
    """

    name: str
    size: int

    @property
    def extent(self) -> int | Extent:
        """The size, or the name of an open axis."""
        return Extent(self.name) if self.size == 0 else self.size


def axis_of(name: str, labels: int) -> Axis:
    """Return an axis by name: open, or of as many labels as given."""
    return Axis(name, 0 if name in OPEN else labels)


@dataclass(frozen=True, eq=False)
class Operation:
    """One array of a graph.

    It says what is done (``op``) to which others, and where in the equations.
    """

    number: int
    op: str
    args: tuple["Operation", ...]
    extra: Any  # what else the operation needs: a name, an index, axes, numbers
    axes: tuple[Axis, ...]
    origin: str

    @property
    def shape(self) -> tuple[int | Extent, ...]:
        """Sizes of the axes; an open axis shows its name."""
        return tuple(axis.extent for axis in self.axes)


@dataclass
class Graph:
    """All operations of a trace, each once.

    They are in the order in which they were met.
    """

    operations: list[Operation] = field(default_factory=list)
    known: dict[Any, Operation] = field(default_factory=dict)

    def add(
        self, op: str, args: Sequence[Operation], axes: tuple[Axis, ...], extra: Any = None, where: str = ""
    ) -> Operation:
        """Return an operation, the existing one where it is the same.

        Parameters
        ----------
        op : str
            What is done.
        args : Sequence[Operation]
            Arrays that it is done to.
        axes : tuple[Axis, ...]
            Axes of the result.
        extra : Any, default None
            What else the operation needs.
        where : str, default ''
            Where in the equations it is done, if not here.

        Returns
        -------
        Operation
            The operation.
        """
        key = (op, tuple(arg.number for arg in args), extra)
        found = self.known.get(key)
        if found is None:
            found = Operation(len(self.operations), op, tuple(args), extra=extra, axes=axes,
                              origin=where or origin())
            self.operations.append(found)
            self.known[key] = found
        return found


def origin() -> str:
    """Return the function and line that are being traced.

    The form is ``name (file:line)``.
    """
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and (short := _place(frame.f_code.co_filename)) is None:
        frame = frame.f_back
    return "?" if frame is None else f"{frame.f_code.co_name} ({short}:{frame.f_lineno})"


@cache
def _place(file: str) -> str | None:
    """Return a file's name within the package, or its own.

    It is None for the files of the tracer itself.
    """
    path = Path(file)
    if path.parent == HERE:
        return None
    return path.relative_to(PACKAGE).as_posix() if path.is_relative_to(PACKAGE) else path.name


def refusal(what: str) -> TracingError:
    """Return the error for what the kernel cannot do."""
    return TracingError(f"{origin()} {what}")


def needed(outputs: Iterable[Operation]) -> list[Operation]:
    """Return all operations that some others need.

    They are among the result, arguments first.
    """
    found: dict[int, Operation] = {}
    waiting = list(outputs)
    while waiting:
        one = waiting.pop()
        if one.number not in found:
            found[one.number] = one
            waiting += one.args
    return [found[number] for number in sorted(found)]


def written(outputs: Iterable[Operation]) -> Iterator[str]:
    """Yield the graph as text, a line an operation."""
    for one in needed(outputs):
        axes = ", ".join(f"{axis.name or '.'}" + (f" {axis.size}" if axis.size else "") for axis in one.axes)
        args = ", ".join(f"%{arg.number}" for arg in one.args)
        extra = "" if one.extra is None else f" {_short(one.extra)}"
        yield f"%{one.number} [{axes}] = {one.op}({args}){extra}    # {one.origin}"


def _short(extra: Any) -> str:
    """Return what else an operation needs, as text."""
    if isinstance(extra, tuple):
        return "(" + ", ".join(_short(part) for part in extra) + ")"
    return str(extra)


def digest(outputs: dict[str, Operation]) -> str:
    """Return the SHA-256 of what a graph computes.

    Names and places of functions do not count.
    """
    order = needed(outputs.values())
    place = {one.number: k for k, one in enumerate(order)}
    lines = [f"{one.op} {[place[arg.number] for arg in one.args]} {one.extra} {one.axes}" for one in order]
    return sha256("\n".join([*lines, *(f"{name} {place[one.number]}" for name, one in outputs.items())]))
