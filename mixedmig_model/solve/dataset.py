"""The answer of a run as one labelled Dataset.

It has stocks at edges, flows over intervals, and units on every variable.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache, cached_property, lru_cache, partial
from importlib.metadata import version
from math import prod
from typing import Any

import numpy as np
import xarray as xr

from mixedmig_model.equations.layout import Layout
from mixedmig_model.equations.table import STOCKS, Flow
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE, READ_BY_RESULTS
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.solve.answer import Answer
from mixedmig_model.solve.daily import BY_GROUP, QUEUE_KINDS, daily_flow_axes, daily_stock_axes
from mixedmig_model.solve.problem import incidence
from mixedmig_model.solve.run_arrays import MadeWhenRead, RunArray, RunArrays, over_weeks
from mixedmig_model.solve.schedule import Schedule, group_arrays, opening_waited, waited_ages
from mixedmig_model.solve.services import service_tables
from mixedmig_model.solve.shapes import RECEPTION_TYPES

SCHEMA = 2
KEPT_INPUTS = (
    *READ_BY_RESULTS, "law.child_exemption", "law.individual_decision", "law.suspensive_appeal", "law.detention_limit",
    "law.services_irrespective_of_status", "detention.time_limit", "appeal.legal_aid_share", "return.readmission_share",
    "sharing.key", "staff.recruitment_time", "staff.desk_lead_time", "rescue.reach", "work.persons_per_case",
    "registration.staff_per_desk", "interpretation.interpreters", "remigration.package_share",
    "remigration.induced_package_share", "journey.disembarkation_share", "law.work_right",
    "journey.time_to_place_of_safety", "closing.officers", "irregular.housed_share",
)
"""Inputs that a saved run keeps by day.

They are by country where they have one. Indicators and costs are measured against them.
"""


def to_dataset(run: RunInputs, answer: Answer) -> xr.Dataset:
    """Label an answer.

    Weekly variables have the dimension ``time`` (edges, stocks) or ``interval`` (flows between edges) and all axes.
    Variables whose name starts with ``daily_`` have ``day`` (edges) or ``day_interval``. ``docs/data.md`` lists them.
    Source: ``docs/model.md`` section 2.
    """
    return to_arrays(run, answer).dataset()


def to_arrays(run: RunInputs, answer: Answer, when_read: bool = False) -> RunArrays:
    """Return the arrays of ``to_dataset``, without xarray.

    They are enough for indicators and costs. With ``when_read`` each is made when it is first read: the answer stays in
    memory as long as they do.
    """
    run, layout = answer.switched or run, answer.layout
    start, day = np.datetime64(run.start, "ns"), np.timedelta64(1, "D")
    coordinates: dict[str, Any] = {
        "time": start + answer.week_days * day,
        "interval": start + answer.week_days[:-1] * day,
        "day": start + np.arange(run.days + 1) * day,
        "day_interval": start + np.arange(run.days) * day,
        **{axis: list(names) for axis, names in layout.labels.items()},
        "kind": ["reception", "detention", "alternative"],
        "type": list(RECEPTION_TYPES),
        "stock": [stock.name for stock in BY_GROUP],
    }
    variables = weekly(answer) | daily_stocks(answer) | daily_flows(answer, coordinates)
    through = queues(answer)
    variables |= through | detention_by_group(answer) | stocks_by_group(answer)
    variables |= service_tables(run, answer, answer.schedule or Schedule(run), through["daily_waiting"][1])
    variables |= inputs_by_day(run) | _group_marks(run)
    if any(one.waited for one in run.opening):
        ages = waited_ages(run)
        coordinates["age"] = ages.astype(float)
        variables["opening_waited"] = (("age", "stage", "group", "country"), opening_waited(run, ages), {
            "units": "person", "long_name": "people at the opening who had waited for longer than an age (days)"})
    variables |= {name: (name, values, {}) for name, values in coordinates.items()}
    makers = {name: partial(_array, *one) for name, one in variables.items()}
    made = MadeWhenRead(makers) if when_read else {name: make() for name, make in makers.items()}
    return RunArrays(made, tuple(coordinates), _run_record(run, answer), moved=MovedOverRun(answer))


class MovedOverRun(Mapping[str, RunArray]):
    """People moved over a run by each flow, by its cells.

    Parameters
    ----------
    answer : Answer
        The answer of a solver.
    """

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    @cached_property
    def _cells(self) -> np.ndarray:
        """People moved by all flow cells."""
        return over_weeks(self._answer.week_moves)

    @cached_property
    def _flows(self) -> dict[str, Flow]:
        return {flow.name: flow for flow in self._answer.layout.flows}

    def __getitem__(self, name: str) -> RunArray:
        """Return what a flow moved, ``[its axes]``. Raises KeyError."""
        flow = self._flows[name]
        where, shape = self._answer.layout.flow_at[name]
        cells = _full(self._answer.layout, flow, self._cells[where].reshape(1, *shape))
        return RunArray(flow.axes, cells[0], {})

    def __iter__(self) -> Iterator[str]:
        return iter(self._flows)

    def __len__(self) -> int:
        return len(self._flows)


def _array(dims: str | tuple[str, ...], values: Any, attrs: dict[str, Any]) -> RunArray:
    """Return an array in the order in which a file keeps it.

    Sums are then the same to the byte, in any program that adds up. ``values`` may be a function that returns them.
    """
    found = values() if callable(values) else values
    return RunArray((dims,) if isinstance(dims, str) else tuple(dims), np.asarray(found, order="C"), attrs)


def weekly(answer: Answer) -> dict[str, Any]:
    """Return all stocks at weekly edges and all flows between.

    Every cell is included.
    """
    layout = answer.layout
    stocks = answer.week_stocks
    if stocks is None:
        stocks = answer.opening + (incidence(layout) @ answer.week_totals.T).T
    result: dict[str, Any] = {}
    for stock in STOCKS:
        marks = {
            "units": stock.unit, "long_name": stock.description, "kind": "stock", "counter": int(stock.counter),
        }
        result[stock.name] = (("time", *stock.axes), partial(_part_of, stocks, *layout.stock_at[stock.name]), marks)
    for flow in layout.flows:
        result[f"flow_{flow.name}"] = (("interval", *flow.axes), partial(_moved, answer, flow), flow_marks(flow))
    return result


def _part_of(table: np.ndarray, where: slice, shape: tuple[int, ...]) -> np.ndarray:
    """Return the columns of one stock of a table, on its axes."""
    return table[:, where].reshape(-1, *shape)


def _moved(answer: Answer, flow: Flow) -> np.ndarray:
    """Return people moved by a flow in each week, all its axes."""
    where, shape = answer.layout.flow_at[flow.name]
    return _full(answer.layout, flow, answer.week_moves[:, where].reshape(-1, *shape))


def _full(layout: Layout, flow: Flow, values: np.ndarray) -> np.ndarray:
    """Return a flow on its full axes.

    Labels to which the flow is narrowed are kept, the others are zero.
    """
    for axis, names in flow.only.items():
        position, labels = 1 + flow.axes.index(axis), layout.labels[axis]
        wide = np.zeros((*values.shape[:position], len(labels), *values.shape[position + 1 :]))
        index = [labels.index(name) for name in names]
        wide[(slice(None),) * position + (index,)] = values
        values = wide
    return values


def flow_marks(flow: Flow) -> dict[str, Any]:
    """Return what a flow of the file says of itself.

    It is enough to check the ledger from the file alone.
    """
    return {
        "units": flow.unit, "long_name": flow.description, "kind": "count" if flow.count else "flow",
        "basis": flow.basis, "source": flow.source or "", "sink": flow.sink or "",
        "at_source": _as_text(tuple(flow.at_source.items())), "at_sink": _as_text(tuple(flow.at_sink.items())),
    }


@lru_cache(maxsize=256)
def _as_text(labels: tuple[tuple[str, str], ...]) -> str:
    return json.dumps(dict(labels))


def daily_stocks(answer: Answer) -> dict[str, Any]:
    """Return daily stocks, summed over groups."""
    result: dict[str, Any] = {}
    at = 0
    for stock in STOCKS:
        axes = daily_stock_axes(stock)
        sizes = tuple(len(answer.layout.labels[axis]) for axis in axes)
        size = prod(sizes)
        values = partial(_part_of, answer.day_stocks, slice(at, at + size), sizes)
        result[f"daily_{stock.name}"] = (("day", *axes), values, {"units": stock.unit, "long_name": stock.description})
        at += size
    return result


def daily_flows(answer: Answer, coordinates: dict[str, Any]) -> dict[str, Any]:
    """Return daily flows, summed over all except the country.

    The names of the flows are added to ``coordinates``.
    """
    labels, at = answer.layout.labels, 0
    countries = len(labels["country"])
    moved = answer.day_totals[1:] - answer.day_totals[:-1]
    by_country: dict[str, np.ndarray] = {}
    region: dict[str, np.ndarray] = {}
    pairs: dict[str, np.ndarray] = {}
    for flow in answer.layout.flows:
        axes = daily_flow_axes(flow)
        sizes = tuple(len(labels[axis]) for axis in axes)
        size = prod(sizes)
        values = moved[:, at : at + size].reshape(-1, *sizes)
        at += size
        if flow.unit != "person":
            continue
        if "destination" in axes:
            pairs[flow.name] = values
            values = values.sum(axis=2)
        if "country" in axes:
            by_country[flow.name] = values
        else:
            region[flow.name] = values
    coordinates["row"], coordinates["region_row"] = list(by_country), list(region)
    days = len(moved)
    empty = np.zeros((days, countries, countries))
    between = pairs.get("arrived_onward", empty) + pairs.get("arrived_onward_unrecorded", empty)
    text = {"units": "person"}
    return {
        "daily_flow": (("day_interval", "row", "country"), partial(np.stack, list(by_country.values()), axis=1),
                       text | {"long_name": "flows a day by row and country; of two countries, the one left"}),
        "daily_flow_region": (("day_interval", "region_row"), partial(np.stack, list(region.values()), axis=1),
                              text | {"long_name": "flows a day of people in no country"}),
        "daily_onward": (("day_interval", "country", "destination"), between,
                         text | {"long_name": "people arrived from another country of the run, recorded or not"}),
        "daily_transferred": (("day_interval", "country", "destination"), pairs.get("transferred", empty),
                              text | {"long_name": "agreed transfers to another country of the run"}),
    }


def queues(answer: Answer) -> dict[str, Any]:
    """Return people through each stage by day and group.

    They enter it, are served by it, or leave it in another way; people in the stage are returned too.
    """
    labels = answer.layout.labels
    sizes = tuple(len(labels[axis]) for axis in ("stage", "group", "country"))
    totals = answer.queue_totals.reshape(-1, 3, *sizes)
    texts = dict(zip(QUEUE_KINDS, (
        "people entering a stage, from outside or from another stage", "people whom the service of a stage has seen",
        "people leaving a stage in any other way",
    ), strict=True))
    axes = ("day_interval", "stage", "group", "country")
    result: dict[str, Any] = {
        f"daily_{kind}": (axes, partial(np.diff, totals[:, k], axis=0), {"units": "person", "long_name": texts[kind]})
        for k, kind in enumerate(QUEUE_KINDS)
    }
    opening = answer.layout.stock(answer.opening, "people").sum(axis=1)
    waiting = opening + totals[:, 0]
    for k in (1, 2):  # in place: the arrays are large
        waiting -= totals[:, k]
    text = {"units": "person", "long_name": "people in each stage, by group"}
    result["daily_waiting"] = (("day", "stage", "group", "country"), waiting, text)
    return result


def detention_by_group(answer: Answer) -> dict[str, Any]:
    """Return people through detention by day and group.

    They enter or leave it; people inside are returned too.
    """
    labels = answer.layout.labels
    totals = answer.detention_totals.reshape(-1, 3, len(labels["group"]), len(labels["country"]))
    entered, left, limited = (totals[:, k] for k in range(3))
    opening = answer.layout.stock(answer.opening, "people")[:, labels["place"].index("detention")].sum(axis=0)
    axes, text = ("day_interval", "group", "country"), {"units": "person"}
    variables: dict[str, Any] = {
        "daily_detained": (("day", "group", "country"), opening + entered - left,
                           text | {"long_name": "people in detention, by group"}),
        "daily_detention_entered": (axes, partial(np.diff, entered, axis=0),
                                    text | {"long_name": "people taken into detention"}),
        "daily_detention_left": (axes, partial(np.diff, left - limited, axis=0),
                                 text | {"long_name": "people who left detention, by any way but the limit"}),
        "daily_detention_limit_released": (axes, partial(np.diff, limited, axis=0),
                                           text | {"long_name": "people released because the limit was reached"}),
    }
    variables["daily_detained_identified"] = (
        ("day", "group", "country"), answer.identified.reshape(len(answer.identified), *opening.shape),
        text | {"long_name": "people in detention whose age or specific need the authorities know, by group"},
    )
    if answer.overdue is not None:
        variables["daily_detention_overdue"] = (
            ("day", "group", "country"), answer.overdue.reshape(len(answer.overdue), *opening.shape),
            text | {"long_name": "people whom the limit of detention should have released, and had not yet"},
        )
    return variables


def stocks_by_group(answer: Answer) -> dict[str, Any]:
    """Return daily stocks by group, all countries together.

    They are of people who are not in the procedure, and people without shelter.
    """
    kept = answer.group_stocks.reshape(len(answer.group_stocks), len(BY_GROUP) + 1, -1)
    text = {"units": "person"}
    return {
        "daily_stock": (("day", "stock", "group"), kept[:, :-1],
                        text | {"long_name": "people in each stock but those in the procedure, by group"}),
        "daily_unsheltered": (("day", "group"), kept[:, -1], text | {"long_name": "people without shelter, by group"}),
    }


def inputs_by_day(run: RunInputs) -> dict[str, Any]:
    """Return dated inputs that indicators are measured against.

    They are by day, and by country where they have one.
    """
    result: dict[str, Any] = {}
    days = np.arange(run.days)
    for name in KEPT_INPUTS:
        marks = {"units": CATALOGUE[name].unit, "long_name": f"input {name}"}
        dims = ("day_interval",) if CATALOGUE[name].axis == "region" else ("day_interval", "country")
        result[f"input_{name.replace('.', '_')}"] = (dims, partial(_input, run, name, days), marks)
    return result


def _input(run: RunInputs, name: str, days: np.ndarray) -> np.ndarray:
    """Return an input by day, and by country where it has one."""
    values = np.empty((run.days, run.parameters[name].values.shape[1]))
    values[:] = run.parameters[name].by_day(days)
    return values[:, 0] if CATALOGUE[name].axis == "region" else values


def _group_marks(run: RunInputs) -> dict[str, Any]:
    """Return what the group records say.

    A saved file can then be read without its workspace.
    """
    records, arrays = run.groups.values(), group_arrays(run.groups)
    marks = {name: getattr(arrays, name) > 0 for name in ("child", "alone", "trafficked", "vulnerable", "in_need")}
    texts = {
        "child": "group of children", "alone": "group of children alone", "trafficked": "group of trafficked people",
        "vulnerable": "group with other specific needs", "in_need": "group owed protection or with specific needs",
    }
    return {
        "group_need": ("group", [g.need for g in records], {"long_name": "true need of the group"}),
        "group_title": ("group", [g.title for g in records], {"long_name": "title of the group"}),
        **{f"group_{name}": ("group", values, {"long_name": texts[name]}) for name, values in marks.items()},
    }


@cache
def _version() -> str:
    """Return the version of the package, read once."""
    return version("mixedmig")


def _run_record(run: RunInputs, answer: Answer) -> dict[str, Any]:
    """Return what made the answer.

    It has version, digest of the inputs, scenario and solver (``docs/model.md`` section 2).
    """
    options = answer.options
    return {
        "schema": SCHEMA, "version": _version(), "case": run.case, "scenario": run.scenario,
        "scenario_title": run.title, "input_digest": run.digest, "seed": "none: the run is deterministic",
        "evaluations": answer.evaluations, "switched_on": json.dumps(dict(run.switched_on)),
    } | ({"path": "kernel", "method": options.method, "step": answer.step or "by its own error"}
         if answer.step is not None else {
        "path": "reference", "method": f"scipy {options.method}", "rtol": options.rtol, "atol": options.atol,
    })
