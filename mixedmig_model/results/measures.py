"""Sums over a run's Dataset.

They are people moved by flows, person-days, and stocks at the end.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

import numpy as np

from mixedmig_model.equations.table import FLOWS, flows_marked
from mixedmig_model.solve.run_arrays import RunArray, RunArrays, RunNumbers, over_weeks

T = TypeVar("T")
OWED = ("international", "other")
"""True needs that give a right to protection."""
ENOUGH = 0.5
"""Persons: of fewer no share is given."""
LANDED, ENTERED, DEATHS = flows_marked("landed"), flows_marked("entered"), flows_marked("death")
ASSISTED, INDUCED = flows_marked("assisted"), flows_marked("induced")
ENFORCED, SUMMARY = flows_marked("enforced"), flows_marked("summary")
GRANTED, REFUSED, ORDERED = flows_marked("granted"), flows_marked("refused"), flows_marked("ordered")
CARRIED_OUT, RELEASED, REMIGRATED = flows_marked("carried_out"), flows_marked("released"), flows_marked("remigrated")
IDENTIFIED, CLOSED = flows_marked("child_detained"), flows_marked("closed")
CAME_HOME = flows_marked("home")
"""Names of flows and counters by what they are.

These are the marks of the flow table.
"""


def flows_between(sources: tuple[str, ...], sinks: tuple[str, ...]) -> tuple[str, ...]:
    """Return the flows from some stocks to some stocks.

    They are in the order of the table; counters are left out.
    """
    return tuple(flow.name for flow in FLOWS if not flow.count and flow.source in sources and flow.sink in sinks)


AT_SEA, ASHORE = ("at_sea", "adrift"), ("people", "irregular")
CAME_ASHORE, RECORDED = flows_between(AT_SEA, ASHORE), flows_between(AT_SEA, ("people",))
UNRECORDED = flows_between(("at_sea", "moving"), ("irregular",))
SET_ADRIFT = flows_between(("at_sea",), ("adrift",))
SAVED = flows_between(("adrift",), ("people", "in_own_country"))
LOST_ADRIFT = flows_between(("adrift",), ("died_adrift", "turned_back"))
SET_OUT_ONWARD, ARRIVED_ONWARD = flows_between(ASHORE, ("moving",)), flows_between(("moving",), ASHORE)
CAME_HOME_ONWARD = flows_between(("moving",), ("in_own_country",))
LEFT_IRREGULAR = flows_between(("irregular",), ("people", "moving", "regularised"))
REGULARISED = flows_between(ASHORE, ("regularised",))
"""Names of flows by where they lead.

They lead from one stock of the flow table to another.
"""


def values(ds: RunNumbers, name: str) -> np.ndarray:
    """Return the numbers of a variable. Raises KeyError."""
    return np.asarray(ds.variables[name].values)


def labels(ds: RunNumbers, axis: str) -> list[str]:
    """Return the labels of an axis."""
    if isinstance(ds, RunArrays):
        return ds.labels(axis)
    names = ds.variables[axis].values
    return names.tolist() if names.dtype.kind == "U" else [str(name) for name in names]


def where_label(ds: RunNumbers, axis: str, name: str) -> int:
    """Return the index of a label on its axis.

    Raises KeyError, naming the labels that there are.
    """
    names = labels(ds, axis)
    if name not in names:
        raise KeyError(f"no {axis} '{name}'; these are: {', '.join(names)}")
    return names.index(name)


def of_need(ds: RunNumbers, *needs: str) -> np.ndarray:
    """Return marks ``[G]`` of the groups of some true needs."""
    return np.asarray(np.isin(values(ds, "group_need"), needs))


def marked(ds: RunNumbers, *flags: str) -> np.ndarray:
    """Return marks ``[G]`` of the groups that carry a flag.

    Flags are child, alone, trafficked, vulnerable, in_need; any of those given counts.
    """
    return np.asarray(np.any([values(ds, f"group_{flag}").astype(bool) for flag in flags], axis=0))


def names_of(ds: RunNumbers, marks: np.ndarray) -> list[str]:
    """Return the labels of marked groups."""
    return [name for name, mark in zip(labels(ds, "group"), marks, strict=True) if mark]


def _once(ds: RunNumbers, key: tuple[str, str], make: Callable[[], T]) -> T:
    """Return what is computed of a run: once, of its arrays."""
    return ds.once(key, make) if isinstance(ds, RunArrays) else make()


def over_run(ds: RunNumbers, flow: str) -> RunArray:
    """Return people moved by a flow over the run, by its cells.

    Parameters
    ----------
    ds : RunNumbers
        One run.
    flow : str
        The name of a flow.

    Returns
    -------
    RunArray
        Persons, by the axes of the flow except the weeks.

    Raises
    ------
    KeyError
        Where there is no such flow.
    """
    def summed() -> RunArray:
        if isinstance(ds, RunArrays) and ds.moved:
            return ds.moved[flow]
        weekly = ds.variables[f"flow_{flow}"]
        dims = tuple(str(dim) for dim in weekly.dims)
        found = np.moveaxis(np.asarray(weekly.values), dims.index("interval"), 0)
        return RunArray(tuple(dim for dim in dims if dim != "interval"), over_weeks(found), {})

    return _once(ds, ("over_run", flow), summed)


def _picked(ds: RunNumbers, flow: str, groups: np.ndarray | None, at: dict[str, str]) -> np.ndarray:
    """Return what a flow moved at some labels, and of some groups only."""
    cells = over_run(ds, flow)
    index = tuple(
        where_label(ds, dim, at[dim]) if dim in at
        else groups if dim == "group" and groups is not None else slice(None)
        for dim in cells.dims
    )
    return np.asarray(cells.values[index])


def _in_all(ds: RunNumbers, flow: str) -> float:
    """Return people moved by a flow over the run, all cells."""
    return float(over_run(ds, flow).values.sum())


def moved(ds: RunNumbers, *flows: str, groups: np.ndarray | None = None, **at: str) -> float:
    """Return people moved by flows over the run: persons.

    They are of all groups or of those marked, at given labels. Weeks are added up first.
    """
    if groups is None and not at:
        if isinstance(ds, RunArrays) and ds.moved:
            totals = ds.totals
            return float(sum([totals[flow] for flow in flows]))
        return float(sum(_once(ds, ("moved", flow), partial(_in_all, ds, flow)) for flow in flows))
    return float(sum(_picked(ds, flow, groups, at).sum() for flow in flows))


def daily(ds: RunNumbers, *flows: str, country: str | None = None) -> np.ndarray:
    """Return people moved by flows on each day: persons ``[D]``.

    They are in one country or all; of two countries, the one left. People whom a flow moves in no country, as while
    adrift, count whole. Raises KeyError.
    """
    total = np.zeros(len(values(ds, "day_interval")))
    own = slice(None) if country is None else [where_label(ds, "country", country)]
    by_country, region = labels(ds, "row"), labels(ds, "region_row")
    for flow in flows:
        if flow in region:
            total += values(ds, "daily_flow_region")[:, region.index(flow)]
        elif flow in by_country:
            total += values(ds, "daily_flow")[:, by_country.index(flow), own].sum(axis=1)
        else:
            raise KeyError(f"no daily flow '{flow}'")
    return total


def person_days(stock: np.ndarray) -> float:
    """Return person-days of a stock at daily edges.

    Days are the first axis; further axes are summed. The trapezoidal rule is used.
    """
    return float(over_days(stock.reshape(len(stock), -1).sum(axis=1)))


def over_days(stock: np.ndarray) -> np.ndarray:
    """Return person-days at daily edges, by all axes but days.

    Days are the first axis. It is ``numpy.trapezoid`` in fewer steps.
    """
    return np.asarray(((stock[1:] + stock[:-1]) / 2.0).sum(axis=0))


def peak(stock: np.ndarray) -> float:
    """Return the largest daily total of a stock.

    Days are the first axis; further axes are summed.
    """
    return float(stock.reshape(len(stock), -1).sum(axis=1).max())


def living(ds: RunNumbers, *places: str) -> np.ndarray:
    """Return people in some places, persons ``[day, C]``."""
    people = values(ds, "daily_people")
    return np.asarray(sum(people[:, :, where_label(ds, "place", place)].sum(axis=1) for place in places))


def time_in_need(ds: RunNumbers, least: float) -> float:
    """Return country-days in need of places.

    On these days people in reception or without shelter came to ``least`` times the open places or more. People change
    evenly within a day. Where no place is open, none is full. People without shelter count, since the places of those
    who left today are granted from tomorrow on. A full centre that turns over has some free.
    """
    places = values(ds, "places_open")[:, where_label(ds, "kind", "reception")]
    people = living(ds, "reception", "unsheltered")
    return float(days_in_need(people[:-1], people[1:], places, least).sum())


def days_in_need(before: Any, after: Any, places: Any, least: float) -> Any:
    """Return the share of each day in need of places.

    Parameters
    ----------
    before, after : Any
        People as the day begins and ends (person).
    places : Any
        Places open.
    least : float
        Share of places from which there is need.

    Returns
    -------
    Any
        Share of the day, 0 to 1.
    """
    xp = before.__array_namespace__()
    low, high, line = xp.minimum(before, after), xp.maximum(before, after), least * places
    none, one = xp.asarray(0.0), xp.asarray(1.0)
    part = xp.minimum(xp.maximum((high - line) / xp.maximum(high - low, xp.asarray(1e-9)), none), one)
    return xp.where(places <= none, none, xp.where(low >= line, one, part))


def in_stages(ds: RunNumbers, stages: Sequence[str], groups: np.ndarray | None = None) -> np.ndarray:
    """Return people in some stages: persons ``[day, C]``.

    They are of all groups or of those marked.
    """
    people = values(ds, "daily_waiting")[:, [where_label(ds, "stage", stage) for stage in stages]]
    return np.asarray((people if groups is None else people[:, :, groups]).sum(axis=(1, 2)))


def final(ds: RunNumbers, **at: str) -> float:
    """Return people at the end in a part of the procedure."""
    people = ds.variables["daily_people"]
    index = tuple(where_label(ds, str(dim), at[str(dim)]) if dim in at else slice(None) for dim in people.dims)
    return float(np.asarray(people.values)[-1:][index].sum())


def kept_input(ds: RunNumbers, name: str) -> np.ndarray:
    """Return an input that the run keeps.

    It is by day and country ``[D, C]``; one of the whole region is ``[D]``. Raises KeyError.
    """
    return values(ds, f"input_{name.replace('.', '_')}")


def trailing_mean(series: np.ndarray, days: int) -> np.ndarray:
    """Return the mean over the last ``days`` days.

    It is along the first axis; there are fewer days at the start.
    """
    total = np.concatenate([np.zeros_like(series[:1]), np.cumsum(series, axis=0)])
    end = np.arange(1, len(total))
    start = np.maximum(end - days, 0)
    width = (end - start).reshape(-1, *(1 for _ in series.shape[1:]))
    return np.asarray((total[end] - total[start]) / width)


def ratio(part: float, whole: float) -> float:
    """Return a share.

    It is NaN where the whole is less than half a person.
    """
    return part / whole if whole >= ENOUGH else float("nan")
