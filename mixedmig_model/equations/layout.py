"""Cells: all stocks and flows of a run numbered, and the incidence of the flow table (``model.md`` 2).

A row of ``rows.py`` takes people out of one stock and puts them into another; its hazard is a function of
``coupling.py``. ``Layout`` gives, for each flow cell, the cell it leaves and the cell it enters. Nobody writes a
derivative by hand: dX = sum of inflows - sum of outflows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

import numpy as np

from mixedmig_model.equations.table import FLOWS, STOCKS, Flow, Stock
from mixedmig_model.vocabulary.labels import FUNCTIONS, GRADES, PLACES, STAGES

Labels = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Layout:
    """Numbers of all cells of a run: the incidence of the flow table.

    ``labels`` are the labels of each axis; ``stock_at`` and ``flow_at`` give each stock's and row's slice and shape in
    the flat vectors; ``sources`` and ``sinks`` are, per flow cell, the stock cell left and entered (-1: none). Count
    rows apply their hazard to ``sources`` but leave and enter nothing (``leaves``, ``enters``).
    """

    labels: Labels
    rows: tuple[Flow, ...]
    stock_at: Mapping[str, tuple[slice, tuple[int, ...]]]
    flow_at: Mapping[str, tuple[slice, tuple[int, ...]]]
    sources: np.ndarray
    leaves: np.ndarray
    enters: np.ndarray
    stock_cells: int
    flow_cells: int

    def stock(self, state: np.ndarray, name: str) -> np.ndarray:
        """The stock ``name`` out of a flat state vector (its unit), in its own shape."""
        where, shape = self.stock_at[name]
        return state[where].reshape(shape)

    def row_labels(self, row: Flow) -> dict[str, tuple[str, ...]]:
        """Labels of each axis of a row, narrowed where the row is."""
        return row_labels(row, self.labels)


def row_labels(row: Flow, labels: Labels) -> dict[str, tuple[str, ...]]:
    """Labels of each axis of a row, narrowed where the row is."""
    return {axis: row.only.get(axis, labels[axis]) for axis in row.axes}


def _slices(shapes: Mapping[str, tuple[int, ...]]) -> tuple[dict[str, tuple[slice, tuple[int, ...]]], int]:
    """Consecutive slices of a flat vector for named shapes, and its length."""
    result, start = {}, 0
    for name, shape in shapes.items():
        result[name] = (slice(start, start + prod(shape)), shape)
        start += prod(shape)
    return result, start


def _cells(row: Flow, stock: Stock | None, fixed: Mapping[str, str], start: int, labels: Labels) -> np.ndarray:
    """The cell of ``stock`` for every flow cell of ``row``, in the row's order; -1 where there is no stock.

    A sink whose country is not the source's is found by the axis ``destination``.
    """
    own = row_labels(row, labels)
    sizes = tuple(len(names) for names in own.values())
    if stock is None:
        return np.full(prod(sizes), -1)
    to_destination = "destination" in own and fixed is row.at_sink
    grids = dict(zip(own, np.indices(sizes, sparse=True), strict=True))
    cell: np.ndarray = np.zeros(sizes, dtype=int)
    for axis in stock.axes:
        cell = cell * len(labels[axis])
        if axis in fixed:
            cell = cell + labels[axis].index(fixed[axis])
        else:
            carried = "destination" if axis == "country" and to_destination else axis
            numbers = np.array([labels[axis].index(name) for name in own[carried]])
            cell = cell + numbers[grids[carried]]
    return start + cell.ravel()


def axis_labels(groups: tuple[str, ...], countries: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Labels of every axis of a run with these groups and countries."""
    return {
        "stage": STAGES, "place": PLACES, "group": groups, "country": countries, "destination": countries,
        "function": FUNCTIONS, "grade": GRADES,
    }


def build_layout(groups: tuple[str, ...], countries: tuple[str, ...], rows: tuple[Flow, ...] = FLOWS) -> Layout:
    """Number all cells of a run with these groups and countries."""
    labels = axis_labels(groups, countries)
    stocks = {stock.name: stock for stock in STOCKS}
    stock_at, stock_cells = _slices({s.name: tuple(len(labels[a]) for a in s.axes) for s in STOCKS})
    flow_at, flow_cells = _slices({r.name: tuple(len(n) for n in row_labels(r, labels).values()) for r in rows})
    sources, leaves, enters = [], [], []
    for row in rows:
        start = stock_at[row.source][0].start if row.source else 0
        source = _cells(row, stocks[row.source] if row.source else None, row.at_source, start, labels)
        start = stock_at[row.sink][0].start if row.sink else 0
        sink = _cells(row, stocks[row.sink] if row.sink else None, row.at_sink, start, labels)
        sources.append(source)
        leaves.append(np.full_like(source, -1) if row.count else source)
        enters.append(sink)
    return Layout(labels, rows, stock_at, flow_at=flow_at, sources=np.concatenate(sources),
                  leaves=np.concatenate(leaves), enters=np.concatenate(enters), stock_cells=stock_cells,
                  flow_cells=flow_cells)
