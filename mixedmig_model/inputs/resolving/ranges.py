"""Inputs that lie outside their range of plausible values.

A scenario, or a value from outside, puts them there. Beyond the range a run is made, and a caution says so. Beyond
``FAR`` times the end of the range a typing error is so much likelier than a plan that the run is refused.
"""

from collections.abc import Iterator

from mixedmig_model.inputs.parameters.catalogue import ALMOST, CATALOGUE
from mixedmig_model.inputs.reading.cautions import Caution
from mixedmig_model.inputs.reading.faults import Fault
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.inputs.resolving.changes import calendar_day
from mixedmig_model.inputs.resolving.request import Request

FAR = 100.0


def check_range(request: Request, key: str, days: list[float], levels: list[list[float]]) -> None:
    """Note the first day on which an input leaves its range.

    The farthest level of that day is noted too.

    Parameters
    ----------
    request : Request
        What is resolved.
    key : str
        The parameter.
    days : list[float]
        Days of the run.
    levels : list[list[float]]
        Levels of each day by label, base units.
    """
    low, high = range_of(request, key)
    beyond = [(day, level) for day, level in _in_order(days, levels) if not _within(level, low, high)]
    if not beyond:
        return
    day, level = max(((d, x) for d, x in beyond if d == beyond[0][0]), key=lambda one: max(low - one[1], one[1] - high))
    far = [(d, x) for d, x in beyond if _is_far(x, low, high)]
    unit = request.inputs.workspace.parameters[key].unit
    factor = conversion_factor(unit, CATALOGUE[key].unit)
    span = f"{low / factor:g} to {high / factor:g} {unit}"
    if far:
        today = calendar_day(request.inputs, far[0][0])
        text = f"{key} lies more than {FAR:g} times beyond its range on {today} in scenario {request.scenario}"
        request.faults.append(Fault(*request.location((key,), today), text, f"{far[0][1] / factor:g}", span))
        return
    today = calendar_day(request.inputs, day)
    text = f"{key} lies outside its range from {today} in scenario {request.scenario}"
    request.cautions.append(Caution(*request.location((key,), today), text, f"{level / factor:g}", f"range: {span}"))


def range_of(request: Request, key: str) -> tuple[float, float]:
    """Return the range of an input in base units.

    It is the case's own, or that of the base file.
    """
    base, local = request.inputs.workspace.parameters[key], request.inputs.case.parameters.get(key)
    own = local.range if local else None
    unit = (local.unit if local and own else None) or base.unit
    factor, (low, high) = conversion_factor(unit, CATALOGUE[key].unit), own or base.range
    return low * factor, high * factor


def _in_order(days: list[float], levels: list[list[float]]) -> Iterator[tuple[float, float]]:
    for day, of_day in zip(days, levels, strict=True):
        for level in of_day:
            yield day, level


def _within(level: float, low: float, high: float) -> bool:
    """Return whether a level lies in a range, to rounding."""
    return low - ALMOST * abs(low) - ALMOST <= level <= high + ALMOST * abs(high) + ALMOST


def _is_far(level: float, low: float, high: float) -> bool:
    """Return whether a level lies far beyond its range.

    It lies beyond ``FAR`` times the end of its range, on that end's side of zero.
    """
    return (high > 0.0 and level > FAR * high) or (low < 0.0 and level < FAR * low)
