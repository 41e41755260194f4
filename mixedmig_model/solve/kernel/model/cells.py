"""The flow table by cell.

It says from which part of which stock each flow takes people, and to which part of which. A cell is one label of each
axis whose labels are fixed (stage, place, function, grade); it holds all groups and countries. ``movement`` and
``collecting`` do arithmetic on these cells, for any kind of array they hold.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from mixedmig_model.equations.table import FLOWS, STOCKS, Flow, Stock
from mixedmig_model.vocabulary.labels import FUNCTIONS, GRADES, PLACES, STAGES

LABELS = {"stage": STAGES, "place": PLACES, "function": FUNCTIONS, "grade": GRADES}
STOCK = {stock.name: stock for stock in STOCKS}
Cell = tuple[str, tuple[int, ...]]
"""A part of a stock.

It has its name, and the number of the label on each of its fixed axes.
"""


@dataclass(frozen=True)
class FlowCell:
    """One cell of a flow.

    It has its labels on fixed axes, where its hazard stands, and what it leaves and enters.
    """

    flow: Flow
    at: tuple[int, ...]  # in the hazard and in the answer, on the fixed axes of the flow, narrowed
    labels: Mapping[str, str]
    open_axes: tuple[str, ...]  # group, country, destination, as far as the flow has them
    source: Cell | None
    sink: Cell | None

    @property
    def leaves(self) -> Cell | None:
        """The cell that the flow empties; a count flow empties none."""
        return None if self.flow.count else self.source


def fixed_axes(axes: Iterable[str]) -> tuple[str, ...]:
    """Return those of some axes whose labels are fixed."""
    return tuple(axis for axis in axes if axis in LABELS)


def open_axes(axes: Iterable[str]) -> tuple[str, ...]:
    """Return those of some axes whose labels come with the case."""
    return tuple(axis for axis in axes if axis not in LABELS)


def stock_cells(stock: Stock) -> list[Cell]:
    """Return all cells of a stock, in its own order."""
    return [(stock.name, at) for at in product(*(range(len(LABELS[axis])) for axis in fixed_axes(stock.axes)))]


@cache
def flow_cells() -> tuple[FlowCell, ...]:
    """Return all cells of all flows, flow by flow."""
    return tuple(cell for flow in FLOWS for cell in _cells(flow))


def _cells(flow: Flow) -> Iterable[FlowCell]:
    """Return all cells of a flow, in its own order."""
    axes = fixed_axes(flow.axes)
    names = [flow.only.get(axis, LABELS[axis]) for axis in axes]
    for at in product(*(range(len(own)) for own in names)):
        labels = {axis: own[k] for axis, own, k in zip(axes, names, at, strict=True)}
        yield FlowCell(
            flow, at, labels, open_axes=open_axes(flow.axes),
            source=_end(flow.source, {**labels, **flow.at_source}), sink=_end(flow.sink, {**labels, **flow.at_sink}),
        )


def _end(stock: str | None, labels: Mapping[str, str]) -> Cell | None:
    """Return the cell at one end of a flow."""
    if stock is None:
        return None
    axes = fixed_axes(STOCK[stock].axes)
    return stock, tuple(LABELS[axis].index(labels[axis]) for axis in axes)


def part_of(values: Any, cell: Cell) -> Any:
    """Return the array of one cell from that of its stock."""
    return values[cell[1]] if cell[1] else values


def hazard_of(cell: FlowCell, hazard: Any) -> Any:
    """Return the hazard of a flow's cell.

    It is taken from the array of the flow's hazards, on open axes, one where it is the same.
    """
    axes = cell.flow.axes
    hazard = hazard[(None,) * (len(axes) - len(hazard.shape))] if len(hazard.shape) < len(axes) else hazard
    own = dict(zip(fixed_axes(axes), cell.at, strict=True))
    return hazard[tuple(
        slice(None) if axis not in own else 0 if size == 1 else own[axis]
        for axis, size in zip(axes, hazard.shape, strict=True)
    )]


def at_source(cell: FlowCell, held: Any) -> Any:
    """Return what a cell of a stock holds.

    It is on the open axes of a flow that leaves the cell.
    """
    assert cell.source is not None
    own = open_axes(STOCK[cell.source[0]].axes)
    return held[tuple(slice(None) if axis in own else None for axis in cell.open_axes)]


def at_end(cell: FlowCell, values: Any, stock: str, into: bool) -> Any:
    """Return what a flow moves, as the stock at one end sees it.

    It (or a hazard of it) is summed to the open axes of that stock.
    """
    wanted = open_axes(STOCK[stock].axes)
    if into and "destination" in cell.open_axes:
        wanted = tuple("destination" if axis == "country" else axis for axis in wanted)
    return summed(cell, values, wanted)


def summed(cell: FlowCell, values: Any, wanted: tuple[str, ...]) -> Any:
    """Return what a flow moves, summed to the axes ``wanted``."""
    xp = values.__array_namespace__()
    over = tuple(k for k, axis in enumerate(cell.open_axes) if axis not in wanted)
    return xp.sum(values, axis=over) if over else values


def total(parts: Iterable[Any], even: Sequence[Any] = ()) -> Any:
    """Return the sum of arrays that broadcast.

    Arrays with the fewest axes in full come first: they are cheapest to add. Those of ``even`` are taken as if groups
    did not differ.
    """
    def axes(part: Any) -> int:
        return int(sum(size != 1 for size in part.shape) - any(part is one for one in even))

    listed = sorted(parts, key=axes)
    result = listed[0]
    for part in listed[1:]:
        result = result + part
    return result
