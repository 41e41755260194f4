"""Changes of parameters on a day.

This says how far each is in force, and what levers and own changes make of a level. Levers come first, on the level of
the case. A scenario's own changes come after, on what the levers made: they override. Both follow the same formula
(``docs/model.md`` section 6).
"""

from collections.abc import Iterable, Mapping
from datetime import date

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.levers.acting import Applied
from mixedmig_model.inputs.parameters.catalogue import Need
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.inputs.schema import Change


def in_force(change: Change, day: date) -> bool:
    """Return whether a change is in force on a day, ramp included."""
    return (change.start is None or change.start <= day) and (change.until is None or day < change.until)


def run_day(inputs: CaseInputs, day: date) -> float:
    """Return days from the start of the run to a date."""
    return float((day - inputs.case.start).days)


def calendar_day(inputs: CaseInputs, day: float) -> date:
    """Return the date on which a day of the run falls."""
    return date.fromordinal(inputs.case.start.toordinal() + int(day))


def intensity(inputs: CaseInputs, change: Change, day: float) -> float:
    """Return how far a change is in force on a day.

    It is 0 before, daily means of its ramp, 1 after, and 0 from ``until``.
    """
    start = run_day(inputs, change.start) if change.start else 0.0
    if day < start or (change.until and day >= run_day(inputs, change.until)):
        return 0.0
    if change.ramp_days == 0:
        return 1.0
    return min(1.0, (day - start + 0.5) / change.ramp_days)


def break_days(
    inputs: CaseInputs, entries: Iterable[float | Mapping[date, float]], changes: list[Change]
) -> list[float]:
    """Return days on which a parameter may change.

    The first day comes first.
    """
    days = {0.0}
    for entry in entries:
        if isinstance(entry, Mapping):
            days |= {run_day(inputs, day) for day in entry}
    for change in changes:
        start = run_day(inputs, change.start) if change.start else 0.0
        days |= {start + step for step in range(change.ramp_days + 1)}
        if change.until:
            days.add(run_day(inputs, change.until))
    return sorted(day for day in days if 0.0 <= day < inputs.days)


def changed(base: float, changes: list[Change], intensities: list[float], factor: float) -> float:
    """Return a level after changes, in base units.

    It is (base or set) x product of scales + sum of adds, each at its intensity (``docs/model.md`` section 6).
    """
    value = base
    for change, share in zip(changes, intensities, strict=True):
        if change.set is not None:
            value += share * (change.set * factor - base)
    for change, share in zip(changes, intensities, strict=True):
        if change.scale is not None:
            value *= 1.0 + share * (change.scale - 1.0)
    for change, share in zip(changes, intensities, strict=True):
        if change.add is not None:
            value += share * change.add * factor
    return value


def concerns(change: Change, need: Need, name: str) -> bool:
    """Return whether a change concerns a label of a parameter."""
    given = {"country": change.countries, "group": change.groups}.get(need.axis)
    return given is None or name in given


def under_levers(inputs: CaseInputs, base: float, levers: list[Applied], day: float, need: Need) -> float:
    """Return a level under the levers that concern it.

    It is in base units, held in the levers' bounds, and whole where days must be. Bounds stop a lever; they never take
    back what is beyond them without it.
    """
    acting = [(one, one.share * intensity(inputs, one.change, day)) for one in levers]
    acting = [(one, share) for one, share in acting if share > 0.0]
    if not acting:
        return base
    unit = inputs.workspace.parameters[acting[0][0].change.parameter].unit
    factor = conversion_factor(unit, need.unit)
    level = changed(base, [one.change for one, _ in acting], [share for _, share in acting], factor)
    spans = [one.bounds for one, _ in acting if one.bounds]
    low = max([need.low, *(span[0] * factor for span in spans)])
    high = min([need.high, *(span[1] * factor for span in spans)])
    level = min(max(level, min(low, base)), max(high, base))
    return float(round(level)) if need.rule == "whole" else level
