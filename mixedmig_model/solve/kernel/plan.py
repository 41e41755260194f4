"""What a kernel needs to know about runs of some sizes.

It says where inputs go and where answers come from; sizes are of groups and countries.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from mixedmig_model.equations.levels import Levels
from mixedmig_model.equations.table import STOCKS
from mixedmig_model.solve.daily import BY_GROUP, UNSHELTERED
from mixedmig_model.solve.kernel.lower.driver import LISTS
from mixedmig_model.solve.kernel.lower.layouts import BUFFERS, Layouts
from mixedmig_model.solve.kernel.memory import KINDS, LANES, Buffer, Sizes, positions, starts
from mixedmig_model.solve.kernel.model.cells import flow_cells
from mixedmig_model.solve.kernel.model.collecting import Sum, cell_name, day_sums, detention_sums, queue_sums
from mixedmig_model.vocabulary.labels import PLACE

KIND_OF_ADDRESS = np.int64
Pairs = tuple[np.ndarray, np.ndarray]
NO_PLACES = np.zeros(0, dtype=np.int64)


class Listed(NamedTuple):
    """Places to be added up, list after list."""

    counts: np.ndarray
    places: np.ndarray
    out: np.ndarray  # which daily number each list makes


class Lists(NamedTuple):
    """All daily numbers out of one buffer."""

    vectors: Listed  # summed over groups
    singles: Listed
    groups: Listed  # kept by group
    width: int
    group_width: int
    running: bool  # whether they are totals since the opening


class Plan(NamedTuple):
    """All that runs of some groups and countries share."""

    sizes: Sizes
    lengths: Mapping[str, int]  # of each buffer
    starts: np.ndarray
    places: np.ndarray  # pairs of a place and the column of the daily table that goes there
    state: Mapping[str, np.ndarray]  # where each stock and memory of detention lies
    stock_lists: Lists
    sum_lists: Lists
    stocks: np.ndarray  # where each cell of each stock lies
    cells: np.ndarray  # where each cell of each flow lies, if all are kept
    by_group: bool  # whether stocks are kept by group


class Part(NamedTuple):
    """Places that go into some daily numbers.

    It has their axes, and the axes of the numbers.
    """

    places: np.ndarray
    axes: tuple[str, ...]
    kept: tuple[str, ...]


def plan_of(layouts: Layouts, sizes: Sizes, kept: tuple[str, ...], whole: bool) -> Plan:
    """Return all that runs of these sizes share.

    Parameters
    ----------
    layouts : Layouts
        Where everything lies.
    sizes : Sizes
        Numbers of groups and countries.
    kept : tuple[str, ...]
        Daily arrays of an answer in addition to ``day_stocks``.
    whole : bool
        Whether every cell is kept.

    Returns
    -------
    Plan
        The plan.
    """
    buffers = layouts.buffers
    of_sums = [one for name, make in MADE.items() if name in kept for one in make()]
    daily, grouped = ([one for one in of_sums if one.name.startswith("day/") is wanted] for wanted in (True, False))
    sums = {one.name: _parts(one, buffers["sums"], sizes, whole) for one in of_sums}
    stocks = [
        [Part(positions(buffers["state"], f"state/{stock.name}", sizes), stock.axes,
              tuple(axis for axis in stock.axes if axis != "group"))] for stock in STOCKS
    ]
    by_country = [[_inside("overdue", buffers["state"], sizes)]]
    if BY_GROUP_KEPT in kept:
        by_country += [[_inside("identified", buffers["state"], sizes)]]
    names = [f"sums/{cell_name(cell)}" for cell in flow_cells()] if whole else []
    state = {name: positions(buffers["state"], name, sizes) for name in buffers["state"].slots}
    return Plan(
        sizes, {name: starts(buffer, sizes)[1] for name, buffer in buffers.items()},
        starts=np.array([starts(buffers[name], sizes)[0][kind] for name in BUFFERS for kind in KINDS]),
        places=_level_places(buffers["levels"], sizes),
        state=state,
        stock_lists=_lists(stocks, by_country + (_by_group(buffers["state"], sizes) if BY_GROUP_KEPT in kept else []),
                           sizes, running=False),
        sum_lists=_lists([sums[one.name] for one in daily], [sums[one.name] for one in grouped], sizes,
                         running=True),
        stocks=np.concatenate([state[f"state/{stock.name}"].ravel() for stock in STOCKS]),
        cells=np.concatenate([NO_PLACES, *(positions(buffers["sums"], name, sizes).ravel() for name in names)]),
        by_group=BY_GROUP_KEPT in kept,
    )


MADE = {"day_totals": day_sums, "queue_totals": queue_sums, "detention_totals": detention_sums}
"""How the sums of each array of an answer are named."""
BY_GROUP_KEPT = "group_stocks"
"""What an answer keeps of stocks by group.

People identified in detention come with it.
"""


def _inside(name: str, state: Buffer, sizes: Sizes) -> Part:
    """Return what detention remembers, by group and country."""
    return Part(positions(state, f"state/inside_{name}", sizes), ("group", "country"), ("country",))


def _by_group(state: Buffer, sizes: Sizes) -> list[list[Part]]:
    """Return stocks by group, then people without shelter.

    All countries are together, as ``daily.group_sums`` has them.
    """
    people = positions(state, "state/people", sizes)[:, PLACE[UNSHELTERED]]
    stocks = [Part(positions(state, f"state/{stock.name}", sizes), stock.axes, ()) for stock in BY_GROUP]
    return [[part] for part in (*stocks, Part(people, ("stage", "group", "country"), ()))]


def _parts(one: Sum, buffer: Buffer, sizes: Sizes, whole: bool) -> list[Part]:
    """Return what goes into one sum.

    It has its own places, or those of its cells. A sum of nothing has no parts.
    """
    wanted = tuple(axis for axis in one.axes if axis != "group")
    if not whole:
        return [Part(positions(buffer, f"sums/{one.name}", sizes), one.axes, wanted)]
    return [
        Part(positions(buffer, f"sums/{cell_name(cell)}", sizes), cell.open_axes,
             tuple(axis for axis in axes if axis != "group")) for cell, axes in one.parts
    ]


def _lists(totals: list[list[Part]], by_group: list[list[Part]], sizes: Sizes, running: bool) -> Lists:
    """Return lists of places for daily numbers.

    Numbers follow one another.
    """
    vectors: list[Pairs] = []
    singles: list[Pairs] = []
    start = 0
    for parts in totals:
        size = _size(parts[0], sizes)
        for part in parts:
            (vectors if "group" in part.axes else singles).append(_pairs(part, start, sizes))
        start += size
    groups, first = [], 0
    for parts in by_group:
        groups += [_pairs(part, first, sizes, by_block=True) for part in parts]
        first += sizes.blocks * (1 if parts and not parts[0].kept else sizes.countries)
    return Lists(_listed(vectors), _listed(singles), _listed(groups, first), start,
                 group_width=first * LANES, running=running)


def _size(part: Part, sizes: Sizes) -> int:
    """Return how many daily numbers a part makes."""
    lengths = dict(zip(part.axes, part.places.shape, strict=True))
    return int(np.prod([lengths[axis] for axis in part.kept], dtype=int))


def _pairs(part: Part, start: int, sizes: Sizes, by_block: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Return the number that each place goes into, and the place.

    Places are of eight groups where there are groups.
    """
    places, axes = part.places, list(part.axes)
    if "group" in axes:
        at = axes.index("group")
        places = np.moveaxis(places, at, -1)[..., ::LANES]
        axes.append(axes.pop(at))
    number: np.ndarray = np.zeros((1,) * places.ndim, dtype=np.int64)
    grids: dict[str, np.ndarray] = dict(zip(axes, np.indices(places.shape, sparse=True), strict=True))
    for axis in part.kept:
        number = number * places.shape[axes.index(axis)] + grids[axis]
    if by_block:
        number = number * sizes.blocks + grids["group"]
    return np.broadcast_to(number + start, places.shape).ravel(), places.ravel()


def _listed(pairs: Iterable[tuple[np.ndarray, np.ndarray]], every: int = 0) -> Listed:
    """Return lists of places by the number that they make.

    ``every`` is how many numbers there are, some without a place.
    """
    listed = list(pairs)
    number = np.concatenate([NO_PLACES, *(own for own, _ in listed)])
    places = np.concatenate([NO_PLACES, *(own for _, own in listed)])
    order = np.argsort(number, kind="stable")
    out = np.arange(every) if every else np.unique(number)
    counts = np.array([np.count_nonzero(number == one) for one in out], dtype=np.int64)
    return Listed(counts, places[order].astype(np.int64), out.astype(np.int64))


def _level_places(buffer: Buffer, sizes: Sizes) -> np.ndarray:
    """Return pairs of a place and its column of the table.

    They are in the order of the daily table. Lanes beyond the last group are filled with that group, so that nothing
    there is out of bounds; nobody departs in them.
    """
    pairs, column = [], 0
    for subject, kind in Levels.__annotations__.items():
        for field in kind._fields:
            places = positions(buffer, f"levels/{subject}.{field}", sizes).ravel()
            pairs += [(int(place), column + k) for k, place in enumerate(places)]
            if buffer.slots[f"levels/{subject}.{field}"].axes == ("group",):
                last = (sizes.groups - 1) % LANES
                pairs += [(int(places[-1]) + k, column + sizes.groups - 1) for k in range(1, LANES - last)]
            column += len(places)
    return np.array(pairs, dtype=np.int64)


def record(lists: Lists, out: np.ndarray, group_out: np.ndarray) -> np.ndarray:
    """Return lists as the kernel reads them.

    They are numbers and addresses in the order of ``LISTS``.
    """
    address = {
        f"{kind}_{name}": getattr(getattr(lists, f"{kind}s"), name).ctypes.data
        for kind in ("vector", "single", "group") for name in ("counts", "places", "out")
    }
    counts = {f"many_{kind}s": len(getattr(lists, f"{kind}s").counts) for kind in ("vector", "single", "group")}
    given = address | counts | {"out": out.ctypes.data, "width": lists.width, "group_out": group_out.ctypes.data,
                                "group_width": lists.group_width, "running": int(lists.running)}
    return np.array([given[name] for name in LISTS], dtype=KIND_OF_ADDRESS)
