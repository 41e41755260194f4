"""Numbers of all stocks and flows of a run, by cell.

This is the incidence of the flow table (``docs/model.md`` section 2).

A flow of ``table.py`` takes people out of one stock and puts them into another; its hazard is a function of
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


@dataclass(frozen=True, eq=False)
class Layout:
    """Numbers of all cells of a run.

    This is the incidence of the flow table. A layout equals only itself. ``labels`` are the labels of each axis.
    ``stock_at`` and ``flow_at`` give each stock's and flow's slice and shape in the flat vectors. ``sources`` and
    ``sinks`` are, per flow cell, the stock cell left and entered (-1: none). Count flows apply their hazard to
    ``sources`` but leave and enter nothing (``leaves``, ``enters``).
    """

    labels: Labels
    flows: tuple[Flow, ...]
    stock_at: Mapping[str, tuple[slice, tuple[int, ...]]]
    flow_at: Mapping[str, tuple[slice, tuple[int, ...]]]
    sources: np.ndarray
    leaves: np.ndarray
    enters: np.ndarray
    stock_cells: int
    flow_cells: int

    def stock(self, state: np.ndarray, name: str) -> np.ndarray:
        """Return one stock out of a flat state, in its own shape.

        Parameters
        ----------
        state : numpy.ndarray
            All stocks, one after the other, each in its unit.
        name : str
            The name of the stock.

        Returns
        -------
        numpy.ndarray
            The stock, in its unit.
        """
        where, shape = self.stock_at[name]
        return state[where].reshape(shape)

    def flow_labels(self, flow: Flow) -> dict[str, tuple[str, ...]]:
        """Return the labels of each axis of a flow.

        Axes are narrowed where the flow is.

        Parameters
        ----------
        flow : Flow
            A row of the flow table.

        Returns
        -------
        dict[str, tuple[str, ...]]
            Labels by axis.
        """
        return flow_labels(flow, self.labels)


def flow_labels(flow: Flow, labels: Labels) -> dict[str, tuple[str, ...]]:
    """Return the labels of each axis of a flow.

    Axes are narrowed where the flow is.

    Parameters
    ----------
    flow : Flow
        A row of the flow table.
    labels : Labels
        Labels of each axis.

    Returns
    -------
    dict[str, tuple[str, ...]]
        Labels by axis.
    """
    return {axis: flow.only.get(axis, labels[axis]) for axis in flow.axes}


def _slices(shapes: Mapping[str, tuple[int, ...]]) -> tuple[dict[str, tuple[slice, tuple[int, ...]]], int]:
    """Return slices of a flat vector for shapes, and its length.

    The slices follow one another.
    """
    result, start = {}, 0
    for name, shape in shapes.items():
        result[name] = (slice(start, start + prod(shape)), shape)
        start += prod(shape)
    return result, start


def _cells(flow: Flow, stock: Stock | None, fixed: Mapping[str, str], start: int, labels: Labels) -> np.ndarray:
    """Return the cell of ``stock`` for every cell of a flow.

    Cells are in the flow's order, -1 where there is no stock. A sink whose country is not the source's is found by the
    axis ``destination``.
    """
    own = flow_labels(flow, labels)
    sizes = tuple(len(names) for names in own.values())
    if stock is None:
        return np.full(prod(sizes), -1)
    to_destination = "destination" in own and fixed is flow.at_sink
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
    """Return the labels of every axis of a run.

    Parameters
    ----------
    groups, countries : tuple[str, ...]
        Names in the run's order.

    Returns
    -------
    dict[str, tuple[str, ...]]
        Labels by axis.
    """
    return {
        "stage": STAGES, "place": PLACES, "group": groups, "country": countries, "destination": countries,
        "function": FUNCTIONS, "grade": GRADES,
    }


def build_layout(groups: tuple[str, ...], countries: tuple[str, ...], flows: tuple[Flow, ...] = FLOWS) -> Layout:
    """Number all cells of a run.

    Source: ``docs/model.md`` section 2.

    Parameters
    ----------
    groups, countries : tuple[str, ...]
        Names in the run's order.
    flows : tuple[Flow, ...], default FLOWS
        Rows of the flow table.

    Returns
    -------
    Layout
        The incidence of the flow table.
    """
    labels = axis_labels(groups, countries)
    stocks = {stock.name: stock for stock in STOCKS}
    stock_at, stock_cells = _slices({s.name: tuple(len(labels[a]) for a in s.axes) for s in STOCKS})
    flow_at, flow_cells = _slices({f.name: tuple(len(n) for n in flow_labels(f, labels).values()) for f in flows})
    sources, leaves, enters = [], [], []
    for flow in flows:
        start = stock_at[flow.source][0].start if flow.source else 0
        source = _cells(flow, stocks[flow.source] if flow.source else None, flow.at_source, start, labels)
        start = stock_at[flow.sink][0].start if flow.sink else 0
        sink = _cells(flow, stocks[flow.sink] if flow.sink else None, flow.at_sink, start, labels)
        sources.append(source)
        leaves.append(np.full_like(source, -1) if flow.count else source)
        enters.append(sink)
    return Layout(labels, flows, stock_at, flow_at=flow_at, sources=np.concatenate(sources),
                  leaves=np.concatenate(leaves), enters=np.concatenate(enters), stock_cells=stock_cells,
                  flow_cells=flow_cells)
