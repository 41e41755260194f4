"""Sums over a run's Dataset: people moved by flows, person-days, stocks at the end."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from mixedmig_model.equations.table import FLOWS, flows_marked
from mixedmig_model.solve.run_arrays import RunNumbers

OWED = ("international", "other")
"""True needs that are owed protection."""
ENOUGH = 0.5
"""Persons: of fewer no share is given."""
LANDED, DEATHS = flows_marked("landed"), flows_marked("death")
ASSISTED, INDUCED = flows_marked("assisted"), flows_marked("induced")
ENFORCED, SUMMARY = flows_marked("enforced"), flows_marked("summary")
GRANTED, REFUSED, ORDERED = flows_marked("granted"), flows_marked("refused"), flows_marked("ordered")
CARRIED_OUT, RELEASED, REMIGRATED = flows_marked("carried_out"), flows_marked("released"), flows_marked("remigrated")
IDENTIFIED = flows_marked("child_detained")
"""Names of flows and counters by what they are: the marks of the flow table."""


def flows_between(sources: tuple[str, ...], sinks: tuple[str, ...]) -> tuple[str, ...]:
    """Names of the flows from some stocks to some stocks, in the order of the table; counters are left out."""
    return tuple(flow.name for flow in FLOWS if not flow.count and flow.source in sources and flow.sink in sinks)


AT_SEA, ASHORE = ("at_sea", "adrift"), ("people", "irregular")
CAME_ASHORE = flows_between(AT_SEA, ASHORE)
UNRECORDED = flows_between(("at_sea", "moving"), ("irregular",))
SET_ADRIFT = flows_between(("at_sea",), ("adrift",))
LOST_ADRIFT = flows_between(("adrift",), ("died_adrift", "turned_back"))
SET_OUT_ONWARD, ARRIVED_ONWARD = flows_between(ASHORE, ("moving",)), flows_between(("moving",), ASHORE)
LEFT_IRREGULAR = flows_between(("irregular",), ("people", "moving", "regularised"))
REGULARISED = flows_between(ASHORE, ("regularised",))
"""Names of flows by where they lead: from one stock of the flow table to another."""


def values(ds: RunNumbers, name: str) -> np.ndarray:
    """The numbers of a variable. Raises KeyError."""
    return np.asarray(ds.variables[name].values)


def labels(ds: RunNumbers, axis: str) -> list[str]:
    """The labels of an axis."""
    return [str(name) for name in ds.variables[axis].values]


def where_label(ds: RunNumbers, axis: str, name: str) -> int:
    """The index of a label on its axis. Raises KeyError, naming the labels that there are."""
    names = labels(ds, axis)
    if name not in names:
        raise KeyError(f"no {axis} '{name}'; these are: {', '.join(names)}")
    return names.index(name)


def of_need(ds: RunNumbers, *needs: str) -> np.ndarray:
    """Marks ``[G]`` of the groups whose true need is one of ``needs``."""
    return np.asarray(np.isin(values(ds, "group_need"), needs))


def marked(ds: RunNumbers, *flags: str) -> np.ndarray:
    """Marks ``[G]`` of the groups that carry any of some flags: child, alone, trafficked, vulnerable, in_need."""
    return np.asarray(np.any([values(ds, f"group_{flag}").astype(bool) for flag in flags], axis=0))


def names_of(ds: RunNumbers, marks: np.ndarray) -> list[str]:
    """The labels of marked groups."""
    return [name for name, mark in zip(labels(ds, "group"), marks, strict=True) if mark]


def _picked(ds: RunNumbers, name: str, groups: np.ndarray | None, at: dict[str, str]) -> np.ndarray:
    """A variable at some labels, and of some groups only."""
    variable = ds.variables[name]
    index = tuple(
        where_label(ds, str(dim), at[str(dim)]) if dim in at
        else groups if dim == "group" and groups is not None else slice(None)
        for dim in variable.dims
    )
    return np.asarray(np.asarray(variable.values)[index])


def moved(ds: RunNumbers, *flows: str, groups: np.ndarray | None = None, **at: str) -> float:
    """People moved by flows over the run, of all groups or those marked, at given labels: persons."""
    return float(sum(_picked(ds, f"flow_{flow}", groups, at).sum() for flow in flows))


def daily(ds: RunNumbers, *flows: str, country: str | None = None) -> np.ndarray:
    """People moved by flows on each day, in one country or all: persons ``[D]``; of two countries, the one left.

    People whom a flow moves in no country, as while adrift, count whole. Raises KeyError.
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
    """Person-days of a stock at daily edges (first axis), further axes summed: by the trapezoidal rule."""
    return float(np.trapezoid(stock.reshape(len(stock), -1).sum(axis=1)))


def peak(stock: np.ndarray) -> float:
    """Largest daily total of a stock (first axis: day), further axes summed."""
    return float(stock.reshape(len(stock), -1).sum(axis=1).max())


def living(ds: RunNumbers, *places: str) -> np.ndarray:
    """People in some places by day and country, persons ``[day, C]``."""
    people = values(ds, "daily_people")
    return np.asarray(sum(people[:, :, where_label(ds, "place", place)].sum(axis=1) for place in places))


def time_in_need(ds: RunNumbers, least: float) -> float:
    """Country-days on which people in reception or without shelter came to ``least`` times the open places or more.

    People change evenly within a day; where no place is open, none is full. Whoever is without shelter counts, since
    the places of those who left today are granted from tomorrow on: a full centre that turns over has some free.
    """
    places = values(ds, "places_open")[:, where_label(ds, "kind", "reception")]
    people = living(ds, "reception", "unsheltered")
    return float(days_in_need(people[:-1], people[1:], places, least).sum())


def days_in_need(before: Any, after: Any, places: Any, least: float) -> Any:
    """Share of each day in need of places. Args: people as it begins and ends; places open; least, share of places."""
    xp = before.__array_namespace__()
    low, high, line = xp.minimum(before, after), xp.maximum(before, after), least * places
    none, one = xp.asarray(0.0), xp.asarray(1.0)
    part = xp.minimum(xp.maximum((high - line) / xp.maximum(high - low, xp.asarray(1e-9)), none), one)
    return xp.where(places <= none, none, xp.where(low >= line, one, part))


def in_stages(ds: RunNumbers, stages: Sequence[str], groups: np.ndarray | None = None) -> np.ndarray:
    """People in some stages by day and country, of all groups or those marked: persons ``[day, C]``."""
    people = values(ds, "daily_waiting")[:, [where_label(ds, "stage", stage) for stage in stages]]
    return np.asarray((people if groups is None else people[:, :, groups]).sum(axis=(1, 2)))


def final(ds: RunNumbers, **at: str) -> float:
    """People in a part of the procedure at the end of the run."""
    people = ds.variables["daily_people"]
    index = tuple(where_label(ds, str(dim), at[str(dim)]) if dim in at else slice(None) for dim in people.dims)
    return float(np.asarray(people.values)[-1:][index].sum())


def kept_input(ds: RunNumbers, name: str) -> np.ndarray:
    """An input that the run keeps, by day and country ``[D, C]``; one of the whole region ``[D]``. Raises KeyError."""
    return values(ds, f"input_{name.replace('.', '_')}")


def trailing_mean(series: np.ndarray, days: int) -> np.ndarray:
    """Mean over the last ``days`` days (fewer at the start) along the first axis."""
    total = np.concatenate([np.zeros_like(series[:1]), np.cumsum(series, axis=0)])
    end = np.arange(1, len(total))
    start = np.maximum(end - days, 0)
    width = (end - start).reshape(-1, *(1 for _ in series.shape[1:]))
    return np.asarray((total[end] - total[start]) / width)


def ratio(part: float, whole: float) -> float:
    """A share; NaN where the whole is less than half a person."""
    return part / whole if whole >= ENOUGH else float("nan")
