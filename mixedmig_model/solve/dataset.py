"""The answer of a run as one labelled Dataset: stocks at edges, flows over intervals, units on every variable."""

import json
from importlib.metadata import version
from typing import Any

import numpy as np
import xarray as xr

from mixedmig_model.equations.flows import STOCKS, Layout, Row
from mixedmig_model.equations.procedure import efforts
from mixedmig_model.inputs.resolve import RunInputs
from mixedmig_model.solve.reference import Answer, incidence
from mixedmig_model.solve.schedule import levels_at

SCHEMA = 1


def to_dataset(run: RunInputs, answer: Answer) -> xr.Dataset:
    """Label an answer (``model.md`` 2).

    Weekly variables have the dimension ``time`` (edges, stocks) or ``interval`` (flows between edges) and all axes;
    variables whose name starts with ``daily_`` have ``day`` (edges) or ``day_interval`` and are summed over groups.
    """
    layout = answer.layout
    stocks = answer.opening + (incidence(layout) @ answer.week_totals.T).T
    variables: dict[str, Any] = {}
    for stock in STOCKS:
        where, shape = layout.stock_at[stock.name]
        attributes = {"units": "person", "long_name": stock.description, "kind": "stock", "counter": int(stock.counter)}
        variables[stock.name] = (("time", *stock.axes), stocks[:, where].reshape(-1, *shape), attributes)
    for row in layout.rows:
        variables[f"flow_{row.name}"] = _flow(layout, row, np.diff(answer.week_totals, axis=0))
    variables |= _daily(layout, answer) | _capacities(run) | _group_marks(run)
    start = np.datetime64(run.start, "ns")
    day = np.timedelta64(1, "D")
    coordinates = {
        "time": start + answer.week_days * day,
        "interval": start + answer.week_days[:-1] * day,
        "day": start + np.arange(run.days + 1) * day,
        "day_interval": start + np.arange(run.days) * day,
        **{axis: list(names) for axis, names in layout.labels.items()},
    }
    return xr.Dataset(variables, coordinates, _run_record(run, answer))


def _flow(layout: Layout, row: Row, moved: np.ndarray) -> tuple[Any, ...]:
    """One row's persons per interval on full axes; places that the row does not have are zero."""
    where, shape = layout.flow_at[row.name]
    values = moved[:, where].reshape(-1, *shape)
    if "place" in row.axes and row.places != layout.labels["place"]:
        axis = 1 + row.axes.index("place")
        full = np.zeros((*values.shape[:axis], len(layout.labels["place"]), *values.shape[axis + 1 :]))
        index = [layout.labels["place"].index(name) for name in row.places]
        full[(slice(None),) * axis + (index,)] = values
        values = full
    ends = {"source": row.source or "", "sink": row.sink or ""}
    fixed = {"at_source": json.dumps(dict(row.at_source)), "at_sink": json.dumps(dict(row.at_sink))}
    attributes = {
        "units": "person", "long_name": row.description, "kind": "count" if row.count else "flow", "basis": row.basis,
        **ends, **fixed,
    }
    return ("interval", *row.axes), values, attributes


def _daily(layout: Layout, answer: Answer) -> dict[str, Any]:
    """Daily stocks and flows, summed over groups."""
    result: dict[str, Any] = {}
    countries, at = len(layout.labels["country"]), 0
    for stock in STOCKS:
        shape = layout.stock_at[stock.name][1]
        axes = {1: (), 2: ("country",), 4: ("stage", "place", "country")}[len(shape)]
        sizes = tuple(len(layout.labels[axis]) for axis in axes)
        size = int(np.prod(sizes, dtype=int))
        values = answer.day_stocks[:, at : at + size].reshape(-1, *sizes)
        text = {"units": "person", "long_name": stock.description}
        result[f"daily_{stock.name}"] = (("day", *axes), values, text)
        at += size
    at, moved = 0, np.diff(answer.day_totals, axis=0)
    for row in layout.rows:
        axes = ("country",) if "country" in row.axes else ()
        size = countries if axes else 1
        values = moved[:, at : at + size].reshape(-1, *((countries,) if axes else ()))
        text = {"units": "person", "long_name": f"{row.description}, per day"}
        result[f"daily_flow_{row.name}"] = (("day_interval", *axes), values, text)
        at += size
    return result


def _capacities(run: RunInputs) -> dict[str, Any]:
    """Places open and what each service can serve a day, as dated inputs of the run."""
    cuts = sorted({0.0, *run.jumps})
    by_cut = [levels_at(run, cut) for cut in cuts]
    index = np.searchsorted(cuts, np.arange(run.days), side="right") - 1
    places = np.stack([np.stack([lv.reception.places, lv.detention.places]) for lv in by_cut])[index]
    served = np.stack([_served_per_day(lv) for lv in by_cut])[index]
    return {
        "places_open": (
            ("day_interval", "kind", "country"), places,
            {"units": "place", "long_name": "places open", "kind_labels": "reception, detention"},
        ),
        "service_capacity": (
            ("day_interval", "service", "country"), served,
            {"units": "person/day", "long_name": "people a service can serve a day at full work"},
        ),
        "kind": ("kind", ["reception", "detention"]),
        "service": ("service", ["registration", "screening", "determination", "appeal", "return"]),
    }


def _served_per_day(levels: Any) -> np.ndarray:
    """People a day that each work-limited service can serve, ``[service, C]``."""
    effort, hours = efforts(levels), levels.work.hours_per_week
    teams = (
        levels.registration.officers, levels.screening.officers, levels.determination.officers, levels.appeal.panels,
        levels.return_.officers,
    )
    return np.stack([team * hours / work for team, work in zip(teams, effort, strict=True)])


def _group_marks(run: RunInputs) -> dict[str, Any]:
    """What the group records say, so that a saved file can be read without its workspace."""
    records = run.groups.values()
    return {
        "group_need": ("group", [g.need for g in records], {"long_name": "true need of the group"}),
        "group_child": ("group", ["child" in g.flags for g in records], {"long_name": "group of children"}),
        "group_title": ("group", [g.title for g in records], {"long_name": "title of the group"}),
    }


def _run_record(run: RunInputs, answer: Answer) -> dict[str, Any]:
    """What made the answer: version, digest of the inputs, scenario, solver (``model.md`` 2)."""
    options = answer.options
    return {
        "schema": SCHEMA, "version": version("mixedmig"), "case": run.case, "scenario": run.scenario,
        "scenario_title": run.title, "input_digest": run.digest, "seed": "none: the run is deterministic",
        "path": "reference", "method": f"scipy solve_ivp {options.method}", "rtol": options.rtol,
        "atol": options.atol, "evaluations": answer.evaluations,
    }
