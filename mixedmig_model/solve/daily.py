"""Sums of cells that are kept every day.

The 0/1 matrices compute them from the flat vectors.
"""

from collections.abc import Iterable, Mapping
from math import prod

import numpy as np
from scipy.sparse import csr_array

from mixedmig_model.equations.layout import Layout, flow_labels
from mixedmig_model.equations.table import SERVED, STOCKS, Flow, Stock
from mixedmig_model.vocabulary.labels import PLACE, STAGES

QUEUE_KINDS = ("entered", "served", "lost")
BY_GROUP = tuple(stock for stock in STOCKS if "group" in stock.axes and stock.name != "people")
"""Stocks kept daily by group, all countries together.

People in the procedure are in the queues.
"""
UNSHELTERED = "unsheltered"
"""The name kept for people without shelter, of all stages.

It follows the stocks kept by group.
"""


def daily_stock_axes(stock: Stock) -> tuple[str, ...]:
    """Return axes of a stock kept daily: all but the group."""
    return tuple(axis for axis in stock.axes if axis != "group")


def daily_flow_axes(flow: Flow) -> tuple[str, ...]:
    """Return the axes of a flow kept daily.

    These are function, country and destination, as far as it has them.
    """
    return tuple(axis for axis in flow.axes if axis in ("function", "country", "destination"))


def stock_sums(layout: Layout) -> csr_array:
    """Return the matrix of sums of stock cells kept daily.

    Stocks follow one another: ``[daily cells, stock cells]``.
    """
    targets, start = np.zeros(layout.stock_cells, dtype=int), 0
    for stock in STOCKS:
        names = {axis: layout.labels[axis] for axis in stock.axes}
        cells, size = _positions(names, daily_stock_axes(stock), layout.labels)
        targets[layout.stock_at[stock.name][0]] = start + cells
        start += size
    return _ones(targets, start)


def daily_stock(layout: Layout, day_stocks: np.ndarray, name: str) -> np.ndarray:
    """Return a stock from those kept daily.

    Those are ``[day, daily cells]``; the stock is ``[day, ...]`` in the axes of ``daily_stock_axes``. It is in the unit
    of the stock: persons, or officers. Raises KeyError.
    """
    at = 0
    for stock in STOCKS:
        sizes = tuple(len(layout.labels[axis]) for axis in daily_stock_axes(stock))
        size = prod(sizes)
        if stock.name == name:
            return day_stocks[:, at : at + size].reshape(-1, *sizes)
        at += size
    raise KeyError(name)


def flow_sums(layout: Layout) -> csr_array:
    """Return the matrix of sums of flow cells kept daily.

    Flows follow one another: ``[daily cells, flow cells]``.
    """
    targets, start = np.zeros(layout.flow_cells, dtype=int), 0
    for flow in layout.flows:
        cells, size = _positions(flow_labels(flow, layout.labels), daily_flow_axes(flow), layout.labels)
        targets[layout.flow_at[flow.name][0]] = start + cells
        start += size
    return _ones(targets, start)


def group_sums(layout: Layout) -> csr_array:
    """Return the matrix of stocks kept daily by group.

    People without shelter come last: ``[name x group, stock cells]``.
    """
    groups = len(layout.labels["group"])
    pairs = []
    for k, stock in enumerate(BY_GROUP):
        where, _ = layout.stock_at[stock.name]
        own, _ = _positions({axis: layout.labels[axis] for axis in stock.axes}, ("group",), layout.labels)
        pairs.append((k * groups + own, np.arange(where.start, where.stop)))
    where, shape = layout.stock_at["people"]
    cells = np.arange(where.start, where.stop).reshape(shape)[:, PLACE[UNSHELTERED]]
    own = np.broadcast_to(np.arange(groups)[:, None], cells.shape)
    pairs.append((len(BY_GROUP) * groups + own.ravel(), cells.ravel()))
    return _pairs(pairs, (len(BY_GROUP) + 1) * groups, layout.stock_cells)


def _positions(
    names: Mapping[str, tuple[str, ...]], kept: tuple[str, ...], labels: Mapping[str, tuple[str, ...]]
) -> tuple[np.ndarray, int]:
    """Return the position of each cell among the kept axes.

    The kept axes are in full; the second result is how many positions there are.
    """
    sizes = tuple(len(own) for own in names.values())
    grids = dict(zip(names, np.indices(sizes, sparse=True), strict=True))
    cell: np.ndarray = np.zeros(sizes, dtype=int)
    for axis in kept:
        numbers = np.array([labels[axis].index(name) for name in names[axis]])
        cell = cell * len(labels[axis]) + numbers[grids[axis]]
    return cell.ravel(), prod(len(labels[axis]) for axis in kept)


def _ones(targets: np.ndarray, rows: int) -> csr_array:
    """Return a matrix that adds columns into rows.

    Each column goes into the row ``targets`` names.
    """
    columns = np.arange(len(targets))
    return csr_array((np.ones(len(targets)), (targets, columns)), shape=(rows, len(targets)))


def _pairs(pairs: Iterable[tuple[np.ndarray, np.ndarray]], rows: int, columns: int) -> csr_array:
    """Return a matrix of ones at (row, column) pairs."""
    listed = list(pairs)
    at = np.concatenate([row for row, _ in listed]), np.concatenate([column for _, column in listed])
    return csr_array((np.ones(len(at[0])), at), shape=(rows, columns))


def people_cells(layout: Layout) -> tuple[int, int]:
    """Return where people start in the stock vector.

    The second number is how many cells of group and country each stage and place has.
    """
    where, shape = layout.stock_at["people"]
    return where.start, shape[2] * shape[3]


def queue_sums(layout: Layout) -> csr_array:
    """Return the matrix of people through each stage.

    They enter a stage, are served by it, or leave it in another way: ``[kind x stage x group x country, flows]``. Moves
    between places of one stage are neither entries nor exits. ``SERVED`` lists who is served.
    """
    start, block = people_cells(layout)
    places, people = len(PLACE), len(STAGES) * len(PLACE) * block
    served = np.zeros(layout.flow_cells, dtype=bool)
    for names in SERVED.values():
        for name in names:
            if name in layout.flow_at:
                served[layout.flow_at[name][0]] = True

    def queue(cells: np.ndarray) -> np.ndarray:
        inside = (cells >= start) & (cells < start + people)
        within = cells - start
        return np.where(inside, within // (places * block) * block + within % block, -1)

    left, entered, flow = queue(layout.leaves), queue(layout.enters), np.arange(layout.flow_cells)
    moves = left != entered
    size = len(STAGES) * block
    masks = (moves & (entered >= 0), moves & (left >= 0) & served, moves & (left >= 0) & ~served)
    ends = (entered, left, left)
    return _pairs(
        [(kind * size + end[mask], flow[mask]) for kind, (mask, end) in enumerate(zip(masks, ends, strict=True))],
        3 * size, layout.flow_cells,
    )


def detention_cells(layout: Layout, cells: np.ndarray) -> np.ndarray:
    """Return the group and country of each cell of detention.

    It is their number for each stock cell, and -1 where the cell is not of detention.
    """
    start, block = people_cells(layout)
    people = len(STAGES) * len(PLACE) * block
    inside = (cells >= start) & (cells < start + people)
    within = cells - start
    detained = inside & (within // block % len(PLACE) == PLACE["detention"])
    return np.where(detained, within % block, -1)


def people_cells_of(layout: Layout, cells: np.ndarray) -> np.ndarray:
    """Return the group and country of each cell of people ashore.

    It is their number for each stock cell, and -1 where the cell is not of people ashore.
    """
    start, block = people_cells(layout)
    within = cells - start
    return np.where((within >= 0) & (within < len(STAGES) * len(PLACE) * block), within % block, -1)


def detention_sums(layout: Layout) -> csr_array:
    """Return the matrix of people through detention.

    They enter it, leave it, or are released by the limit: ``[kind x group x country, flows]``. The second kind counts
    every exit; the limit's are subtracted where the answer is labelled.
    """
    _, block = people_cells(layout)
    left, entered = detention_cells(layout, layout.leaves), detention_cells(layout, layout.enters)
    flow = np.arange(layout.flow_cells)
    into, out = (entered >= 0) & (left < 0), (left >= 0) & (entered < 0)
    pairs = [(entered[into], flow[into]), (block + left[out], flow[out])]
    if "released_by_limit" in layout.flow_at:
        where, shape = layout.flow_at["released_by_limit"]
        limit = np.arange(where.start, where.stop)
        pairs.append((2 * block + np.tile(np.arange(block), shape[0]), limit))
    return _pairs(pairs, 3 * block, layout.flow_cells)
