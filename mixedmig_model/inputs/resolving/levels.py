"""The levels of one parameter over a run.

They are what the case gives, under levers, and after the scenario's own changes.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import numpy as np

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.levers.acting import Applied
from mixedmig_model.inputs.parameters.catalogue import AT_SEA, CATALOGUE, Need
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.inputs.resolving.changes import (
    break_days,
    calendar_day,
    changed,
    concerns,
    intensity,
    under_levers,
)
from mixedmig_model.inputs.resolving.checks import check_bounds, check_whole
from mixedmig_model.inputs.resolving.ranges import check_range
from mixedmig_model.inputs.resolving.request import Request
from mixedmig_model.inputs.resolving.run_inputs import Steps, merged
from mixedmig_model.inputs.schema import Change, Valued
from mixedmig_model.vocabulary.labels import STATELESS

READMISSION = "return.readmission_factor"
Entry = float | Mapping[date, float]
"""What one label of a parameter is given.

It is a constant, or numbers by date.
"""


class Influences(NamedTuple):
    """What a scenario does to a parameter.

    Levers come first; its own changes act on what these made.
    """

    levers: list[Applied]
    changes: list[Change]


def parameter_steps(request: Request, key: str) -> Steps:
    """Return one parameter as a step function in base units.

    Levels that the equations do not allow are noted.
    """
    inputs, need = request.inputs, CATALOGUE[key]
    entries, factor = _entries_in_force(request, key)
    influences = _influences(request, key)
    days, levels = [0.0], [[entry * factor for entry in entries if not isinstance(entry, Mapping)]]
    if influences.levers or influences.changes or len(levels[0]) < len(entries):  # it may change
        days = break_days(inputs, entries, [*influences.changes, *(one.change for one in influences.levers)])
        by_label = [
            (entry, concerning(influences, need, label))
            for label, entry in zip(labels_of(inputs, need.axis), entries, strict=True)
        ]
        levels = [
            [level_of(inputs, key, day, _dated_number(entry, inputs, day) * factor, own) for entry, own in by_label]
            for day in days
        ]
    if request.held:
        levels = [[min(max(level, need.low), need.high) for level in of_day] for of_day in levels]
    acting = acting_labels(inputs, key)
    checked = [[level for level, acts in zip(of_day, acting, strict=True) if acts] for of_day in levels]
    before = len(request.faults)
    check_bounds(request, key, days, checked)
    moved = key in request.values or influences.levers or influences.changes
    if moved and not request.held and len(request.faults) == before:
        check_range(request, key, days, checked)
    check_whole(request, key, days, checked)
    return merged(days, np.array(levels, dtype=float))


def labels_of(inputs: CaseInputs, axis: str) -> tuple[str, ...]:
    """Return the labels of a parameter axis in a case.

    These are countries, groups, or the one region.
    """
    if axis == "region":
        return ("region",)
    return tuple({"country": inputs.case.countries, "group": inputs.groups}[axis])


def acting_labels(inputs: CaseInputs, key: str) -> list[bool]:
    """Return for which labels a parameter can act.

    What acts at sea only does nothing in countries to which people come by another route, if they come by sea to any.
    """
    labels = labels_of(inputs, CATALOGUE[key].axis)
    if key not in AT_SEA or "sea" not in inputs.case.ways:
        return [True] * len(labels)
    routes = inputs.case.routes
    return [routes.get(label, "sea") == "sea" for label in labels]


def _entries_in_force(request: Request, key: str) -> tuple[list[Entry], float]:
    """Return the entry of each label, and the base unit's factor.

    An entry is a value from outside, the case's own, or the base's. No country readmits stateless people unless a case
    says so by group.
    """
    entries, factor = _entries_given(request, key)
    stated = request.inputs.case.parameters.get(key)
    if key == READMISSION and (key in request.values or stated is None or stated.by_group is None):
        groups = request.inputs.groups.values()
        entries = [0.0 if group.origin == STATELESS else one for group, one in zip(groups, entries, strict=True)]
    return entries, factor


def _entries_given(request: Request, key: str) -> tuple[list[Entry], float]:
    """Return what files or a value from outside say of each label."""
    inputs, need = request.inputs, CATALOGUE[key]
    base, local = inputs.workspace.parameters[key], inputs.case.parameters.get(key)
    if key in request.values:
        return [request.values[key] for _ in labels_of(inputs, need.axis)], conversion_factor(base.unit, need.unit)
    unit = (local.unit if local else None) or base.unit
    given = local or base
    if key in AT_SEA and given.by_country is not None:
        return [given.by_country.get(label, 0.0) for label in labels_of(inputs, need.axis)], conversion_factor(
            unit, need.unit)
    return _entries(inputs, given, need), conversion_factor(unit, need.unit)


def _entries(inputs: CaseInputs, valued: Valued, need: Need) -> list[Entry]:
    """Return the entry of a value for each label of the axis."""
    labels = labels_of(inputs, need.axis)
    if valued.by_need is not None:
        return [valued.by_need[inputs.groups[label].need] for label in labels]
    table = valued.by_country or valued.by_group
    if table is not None:
        return [table[label] for label in labels]
    whole = valued.dated if valued.dated is not None else valued.value
    assert whole is not None  # the schema asks for exactly one value
    return [whole for _ in labels]


def _influences(request: Request, key: str) -> Influences:
    """Return the levers and changes of a parameter.

    Their order does not depend on a file's.
    """
    changes = [change for change in request.changes if change.parameter == key]
    return Influences(
        levers=[one for one in request.levers if one.change.parameter == key],
        changes=sorted(changes, key=lambda change: change.model_dump_json()),
    )


def concerning(influences: Influences, need: Need, label: str) -> Influences:
    """Return those that concern one label of the axis."""
    return Influences(
        levers=[one for one in influences.levers if concerns(one.change, need, label)],
        changes=[change for change in influences.changes if concerns(change, need, label)],
    )


def _dated_number(entry: Entry, inputs: CaseInputs, day: float) -> float:
    """Return the number of an entry on a day of the run.

    Before its first date the first number holds.
    """
    if not isinstance(entry, Mapping):
        return entry
    today, dates = calendar_day(inputs, day), sorted(entry)
    begun = [known for known in dates if known <= today]
    return entry[begun[-1] if begun else dates[0]]


def level_of(inputs: CaseInputs, key: str, day: float, given: float, influences: Influences) -> float:
    """Return the level of one label on a day, base units.

    ``given`` is the level without levers and changes.
    """
    need = CATALOGUE[key]
    factor = conversion_factor(inputs.workspace.parameters[key].unit, need.unit)
    level = under_levers(inputs, given, influences.levers, day, need)
    shares = [intensity(inputs, change, day) for change in influences.changes]
    return changed(level, influences.changes, shares, factor)
