"""A case and a scenario resolved to numbers: step functions of time in base units, and the digest of it all."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.levers.acting import Acting, Applied, applied, least_values, switches_of
from mixedmig_model.inputs.levers.conditions import Intervals
from mixedmig_model.inputs.levers.schema import SideEffect
from mixedmig_model.inputs.parameters.catalogue import ALMOST, CATALOGUE, SUMS_TO_ONE, Need, allowed_by
from mixedmig_model.inputs.parameters.values import CITED, NOT_WHOLE, UNCITED, is_whole
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, Location, nearest, shown
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.inputs.resolving.changes import (
    break_days,
    changed,
    concerns,
    in_force,
    intensity,
    run_day,
    under_levers,
)
from mixedmig_model.inputs.resolving.run_inputs import RunInputs, Steps, Switching, overridden
from mixedmig_model.inputs.schema import Change, Valued
from mixedmig_model.storage.digests import sha256

OUTCOMES_OF_REFERRAL = ("referral.protected_share", "referral.determination_share")
"""Shares that exclude one another, so that they sum to at most one."""


def resolve(
    inputs: CaseInputs, scenario: str | None = None, values: Mapping[str, float] | None = None, label: str = "",
    held: bool = False, switched: Intervals | None = None,
) -> RunInputs:
    """Resolve one scenario of a case to numbers.

    Args: scenario, its name (the case's baseline if None); values, constant values that replace a parameter before
    the scenario's changes, in the unit of its base file (sliders, side runs, perturbations); label, the name that the
    run carries instead of the scenario's; held, hold what a scenario makes of drawn values within hard bounds, instead
    of refusing it; switched, when levers that switch themselves are on (None: they are off, and the run says how to
    find out). Raises InputFaultsError where a change leaves the bounds of a parameter.
    """
    name = scenario or inputs.case.baseline
    levers = inputs.acting(name, switched or {})
    asked = _Request(inputs, name, inputs.scenario(name).changes, values=values or {}, faults=[], held=held,
                     levers=applied(levers))
    asked.check_values()
    parameters = {key: _parameter(asked, key) for key in CATALOGUE}
    for one, side in least_values(levers):
        _side_effect(asked, parameters, one, side)
    if held:
        parameters |= _held_outcomes(parameters)
    if not asked.faults:
        _check_sums(asked, parameters)
    if asked.faults:
        raise InputFaultsError(asked.faults)
    departures = _departures(inputs)
    countries = tuple(inputs.case.countries)
    digest = _digest(inputs, parameters, departures)
    run = RunInputs(inputs.name, label or name, inputs.scenario(name).title, start=inputs.case.start,
                    days=inputs.days, countries=countries, groups=inputs.groups, parameters=parameters,
                    departures=departures, opening=inputs.case.opening, digest=digest)
    switches = switches_of(inputs.acting(name)) if switched is None else ()
    if not switches:
        return run
    switching = Switching(
        switches=switches, inputs=inputs, scenario=name, values=dict(values or {}), label=label, held=held,
    )
    return replace(run, digest=sha256(f"{digest} {switches!r}"), switching=switching)


def resolve_switched(run: RunInputs, intervals: Intervals) -> RunInputs:
    """A run with levers that switch themselves, resolved again with them on at given times, its overrides kept."""
    asked = run.switching
    assert asked is not None
    again = resolve(asked.inputs, asked.scenario, asked.values, asked.label, held=asked.held, switched=intervals)
    return replace(again, parameters=overridden(again.parameters, asked.overrides))


@dataclass(frozen=True)
class _Request:
    """What is to be resolved: a case, the changes of one of its scenarios, and values that replace parameters."""

    inputs: CaseInputs
    scenario: str
    changes: tuple[Change, ...]
    values: Mapping[str, float]
    faults: list[Fault]
    held: bool = False
    levers: tuple[Applied, ...] = ()

    def check_values(self) -> None:
        """Note replaced parameters that do not exist, and effects of policy on departures given without a source."""
        for key, value in self.values.items():
            if key in CATALOGUE and CATALOGUE[key].rule == "cited" and value != 0.0:
                self.faults.append(Fault(f"values for case {self.inputs.name}", 0, key, UNCITED, found=f"{value:g}",
                                         allowed=CITED))
            if key not in CATALOGUE:
                near = nearest(key, CATALOGUE)
                where = f"values for case {self.inputs.name}"
                self.faults.append(Fault(where, 0, key, "unknown parameter", found=shown(key),
                                         allowed="a parameter's name", nearest=near))

    def place(self, keys: tuple[str, ...], day: date | None = None) -> Location:
        """Who decides the parameters ``keys`` (on a day): the last change, a lever, a value, the case, the base."""
        for index in range(len(self.changes) - 1, -1, -1):
            change = self.changes[index]
            concerned = change.parameter in keys and (day is None or in_force(change, day))
            if concerned and (self.scenario, index) in self.inputs.places:
                return self.inputs.places[self.scenario, index]
        for one in self.levers:
            concerned = one.change.parameter in keys and (day is None or in_force(one.change, day))
            if concerned and (self.scenario, f"levers.{one.use}") in self.inputs.places:
                return self.inputs.places[self.scenario, f"levers.{one.use}"]
        for key in keys:
            if key in self.values:
                return Location(f"values for case {self.inputs.name}", 0, key)
        places = [self.inputs.places.get(("", key)) or self.inputs.workspace.places.get(key) for key in keys]
        return next((place for place in places if place), Location(f"case {self.inputs.name}", 0, keys[0]))


def labels_of(inputs: CaseInputs, axis: str) -> tuple[str, ...]:
    """Labels of a parameter axis in a case: countries, groups, or the one region."""
    return {"country": tuple(inputs.case.countries), "group": tuple(inputs.groups), "region": ("region",)}[axis]


def _entries(inputs: CaseInputs, valued: Valued, need: Need) -> list[float | Mapping[date, float]]:
    """The entry (constant or dated) of a value for each label of the axis."""
    names = labels_of(inputs, need.axis)
    if valued.by_need is not None:
        return [valued.by_need[inputs.groups[name].need] for name in names]
    table = valued.by_country or valued.by_group
    if table is not None:
        return [table[name] for name in names]
    whole = valued.dated if valued.dated is not None else valued.value
    assert whole is not None  # the schema asks for exactly one value
    return [whole for _ in names]


def _dated_level(entry: float | Mapping[date, float], day: date) -> float:
    """The level of an entry on a day; before its first date the first level holds."""
    if not isinstance(entry, Mapping):
        return entry
    dates = sorted(entry)
    current = [known for known in dates if known <= day]
    return entry[current[-1] if current else dates[0]]


def _side_effect(asked: _Request, parameters: dict[str, Steps], one: Acting, side: SideEffect) -> None:
    """Note where the least value that comes with a lever is undercut while it acts; held values are raised to it."""
    assert side.parameter is not None  # checked by the schema: both or neither
    assert side.least is not None
    key, inputs = side.parameter, asked.inputs
    need, base = CATALOGUE[key], inputs.workspace.parameters[key]
    factor = conversion_factor(base.unit, need.unit)
    steps, least = parameters[key], side.least * factor
    first = run_day(inputs, one.start) if one.start else 0.0
    last = run_day(inputs, one.until) if one.until else float(inputs.days)
    somewhere = one.countries if need.axis == "country" else None
    concerned = np.array([somewhere is None or name in somewhere for name in labels_of(inputs, need.axis)])
    days = sorted({first, *(day for day in steps.starts if first < day < last)})
    low = min(float(steps.at(day)[concerned].min()) for day in days)
    if low >= least - ALMOST * abs(least):
        return
    if asked.held:
        days = sorted({*steps.starts, *(day for day in (first, last) if day < inputs.days)})
        parameters[key] = _raised(steps, concerned, least, (first, last), days)
        return
    text = f"a side effect of the lever {one.lever} cannot be dropped: {key}"
    asked.faults.append(Fault(*asked.place((key,)), text, f"{low / factor:g}", f"at least {side.least:g} {base.unit}"))


def _raised(
    steps: Steps, concerned: np.ndarray, least: float, span: tuple[float, float], starts: list[float]
) -> Steps:
    """A step function that is nowhere below ``least`` within ``span``, where it is concerned."""
    rows = [
        np.where(concerned & (span[0] <= day < span[1]), np.maximum(steps.at(day), least), steps.at(day))
        for day in starts
    ]
    return _merged(starts, np.array(rows, dtype=float))


def _parameter(asked: _Request, key: str) -> Steps:
    """One parameter as a step function in base units, the scenario's changes applied."""
    inputs = asked.inputs
    need, base = CATALOGUE[key], inputs.workspace.parameters[key]
    local = inputs.case.parameters.get(key)
    valued: Valued = local or base
    unit = (local.unit if local else None) or base.unit
    factor, base_factor = conversion_factor(unit, need.unit), conversion_factor(base.unit, need.unit)
    entries = _entries(inputs, valued, need)
    if key in asked.values:
        entries, factor = [asked.values[key] for _ in entries], base_factor
    changes = [change for change in asked.changes if change.parameter == key]
    changes = sorted(changes, key=lambda change: change.model_dump_json())
    levers = [one for one in asked.levers if one.change.parameter == key]
    breaks = break_days(inputs, entries, [*changes, *(one.change for one in levers)])
    rows = []
    for start in breaks:
        day = date.fromordinal(inputs.case.start.toordinal() + int(start))
        row = []
        for name, entry in zip(labels_of(inputs, need.axis), entries, strict=True):
            mine = [change for change in changes if concerns(change, need, name)]
            shares = [intensity(inputs, change, start) for change in mine]
            level = _dated_level(entry, day) * factor
            level = under_levers(inputs, level, [o for o in levers if concerns(o.change, need, name)], start, need)
            row.append(changed(level, mine, shares, base_factor))
        rows.append([min(max(number, need.low), need.high) for number in row] if asked.held else row)
    _check_bounds(asked, key, breaks, rows)
    if need.rule == "whole":
        _check_whole(asked, key, breaks, rows)
    return _merged(breaks, np.array(rows, dtype=float))


def _check_bounds(asked: _Request, key: str, breaks: list[float], rows: list[list[float]]) -> None:
    """Note the first day on which a parameter leaves what the equations allow."""
    need, base = CATALOGUE[key], asked.inputs.workspace.parameters[key]
    factor = conversion_factor(base.unit, need.unit)
    for start, row in zip(breaks, rows, strict=True):
        bad = [number for number in row if not allowed_by(need, number)]
        if bad:
            day = date.fromordinal(asked.inputs.case.start.toordinal() + int(start))
            text = f"{key} leaves its bounds on {day} in scenario {asked.scenario}"
            worst = max(bad, key=lambda number: max(need.low - number, number - need.high))
            allowed = f"{need.low / factor:g} to {need.high / factor:g} {base.unit}"
            asked.faults.append(Fault(*asked.place((key,), day), text, f"{worst / factor:g}", allowed))
            return


def _check_whole(asked: _Request, key: str, breaks: list[float], rows: list[list[float]]) -> None:
    """Note the first day on which a number of days is not whole: a change, or a value given, made it so."""
    for start, row in zip(breaks, rows, strict=True):
        odd = [number for number in row if not is_whole(number)]
        if odd:
            day = date.fromordinal(asked.inputs.case.start.toordinal() + int(start))
            text = f"{NOT_WHOLE} on {day} in scenario {asked.scenario}"
            asked.faults.append(Fault(*asked.place((key,), day), text, f"{odd[0]:g}", "whole days, without a ramp"))
            return


def _merged(starts: list[float], values: np.ndarray) -> Steps:
    """A step function without steps that change nothing, so that a change to the same value leaves no trace."""
    keep = [0] + [k for k in range(1, len(starts)) if not np.array_equal(values[k], values[k - 1])]
    return Steps(tuple(starts[k] for k in keep), values[keep])


def _departures(inputs: CaseInputs) -> Steps:
    """Departures (person/day) by country as a step function: each row of the table spread evenly over its period."""
    countries = tuple(inputs.case.countries)
    ends = {run_day(inputs, d) for row in inputs.departures for d in (row.start, row.end)}
    starts = sorted({0.0} | {day for day in ends if 0.0 < day < inputs.days})
    values = np.zeros((len(starts), len(countries)))
    for row in inputs.departures:
        rate = row.persons / (row.end - row.start).days
        for index, start in enumerate(starts):
            if run_day(inputs, row.start) <= start < run_day(inputs, row.end):
                values[index, countries.index(row.country)] += rate
    return _merged(starts, values)


def _held_outcomes(parameters: Mapping[str, Steps]) -> dict[str, Steps]:
    """The outcomes of referral, both made smaller in proportion where they exceed one together."""
    days = sorted({day for key in OUTCOMES_OF_REFERRAL for day in parameters[key].starts})
    whole = np.array([sum(parameters[key].at(day) for key in OUTCOMES_OF_REFERRAL) for day in days])
    if whole.max() <= 1.0:
        return {}
    over = np.maximum(whole, 1.0)
    return {
        key: _merged(days, np.array([parameters[key].at(day) for day in days]) / over) for key in OUTCOMES_OF_REFERRAL
    }


def _check_sums(asked: _Request, parameters: Mapping[str, Steps]) -> None:
    """Shares that must add up: to one over countries, to at most one over outcomes, to more than zero over groups."""

    def note(keys: tuple[str, ...], problem: str, found: float, allowed: str) -> None:
        text = f"{problem} in scenario {asked.scenario}"
        asked.faults.append(Fault(*asked.place(keys), text, f"{found:g}", allowed))

    for key in SUMS_TO_ONE:
        sums = parameters[key].values.sum(axis=1)
        if np.abs(sums - 1.0).max() > 1e-6:
            worst = float(sums[np.abs(sums - 1.0).argmax()])
            note((key,), f"the countries' shares of {key} do not sum to one", worst, "1")
    both = OUTCOMES_OF_REFERRAL
    days = sorted({day for key in both for day in parameters[key].starts})
    largest = max(float((parameters[both[0]].at(day) + parameters[both[1]].at(day)).max()) for day in days)
    if largest > 1.0 + 1e-9:
        note(both, f"{both[0]} and {both[1]} together exceed one", largest, "at most 1")
    international = np.array([group.need == "international" for group in asked.inputs.groups.values()])
    mix = "arrivals.composition"
    for chosen, need in ((international, "international"), (~international, "another or no known")):
        if chosen.any() and not (parameters[mix].values[:, chosen].sum(axis=1) > 0).all():
            note((mix,), f"all weights of groups with {need} need are zero in {mix}", 0.0, "at least one above 0")


def _digest(inputs: CaseInputs, parameters: Mapping[str, Steps], departures: Steps) -> str:
    """SHA-256 of all numbers of a run, so that a result names exactly what made it."""
    record = {
        "start": inputs.case.start.isoformat(), "days": inputs.days,
        "countries": list(inputs.case.countries),
        "groups": {name: [group.need, *group.flags] for name, group in inputs.groups.items()},
        "parameters": {key: [steps.starts, steps.values.tolist()] for key, steps in parameters.items()},
        "departures": [departures.starts, departures.values.tolist()],
        "opening": [opening.model_dump() for opening in inputs.case.opening],
    }
    return sha256(json.dumps(record, sort_keys=True))

