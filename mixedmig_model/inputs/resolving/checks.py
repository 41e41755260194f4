"""Checks that the equations allow what a scenario makes.

They concern names, bounds, whole days, and sums of shares.
"""

from collections.abc import Callable, Mapping

import numpy as np

from mixedmig_model.inputs.parameters.catalogue import CATALOGUE, SUMS_TO_ONE, allowed_by
from mixedmig_model.inputs.parameters.values import CITED, NOT_WHOLE, UNCITED, is_whole
from mixedmig_model.inputs.reading.faults import Fault, nearest, shown
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.inputs.resolving.changes import calendar_day
from mixedmig_model.inputs.resolving.request import Request
from mixedmig_model.inputs.resolving.run_inputs import Steps, merged

OUTCOMES_OF_REFERRAL = ("referral.protected_share", "referral.determination_share")
"""Shares that exclude one another.

They sum to at most one.
"""
MIX = "arrivals.composition"


def check_values(request: Request) -> None:
    """Note unknown parameters, and effects without a source.

    Effects are of policy on departures.
    """
    for key, value in request.values.items():
        if key not in CATALOGUE:
            request.faults.append(Fault(request.values_file, 0, key, "unknown parameter", found=shown(key),
                                        allowed="a parameter's name", nearest=nearest(key, CATALOGUE)))
        elif CATALOGUE[key].rule == "cited" and value != 0.0:
            request.faults.append(Fault(request.values_file, 0, key, UNCITED, found=f"{value:g}", allowed=CITED))


def check_bounds(request: Request, key: str, days: list[float], levels: list[list[float]]) -> None:
    """Note the first day on which a parameter is out of bounds.

    The equations do not allow such a level.

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
    need, base = CATALOGUE[key], request.inputs.workspace.parameters[key]
    day, beyond = _first(days, levels, lambda level: not allowed_by(need, level))
    if not beyond:
        return
    worst = max(beyond, key=lambda level: max(need.low - level, level - need.high))
    today, factor = calendar_day(request.inputs, day), conversion_factor(base.unit, need.unit)
    text = f"{key} leaves its bounds on {today} in scenario {request.scenario}"
    allowed = f"{need.low / factor:g} to {need.high / factor:g} {base.unit}"
    request.faults.append(Fault(*request.location((key,), today), text, f"{worst / factor:g}", allowed))


def check_whole(request: Request, key: str, days: list[float], levels: list[list[float]]) -> None:
    """Note the first day on which a number of days is not whole.

    A change, or a value given, made it so.
    """
    if CATALOGUE[key].rule != "whole":
        return
    day, odd = _first(days, levels, lambda level: not is_whole(level))
    if odd:
        today = calendar_day(request.inputs, day)
        text = f"{NOT_WHOLE} on {today} in scenario {request.scenario}"
        location = request.location((key,), today)
        request.faults.append(Fault(*location, text, f"{odd[0]:g}", "whole days, without a ramp"))


def _first(
    days: list[float], levels: list[list[float]], refused: Callable[[float], bool]
) -> tuple[float, list[float]]:
    """Return the first day that has refused levels, and these.

    There are no levels where no day has any.
    """
    for day, of_day in zip(days, levels, strict=True):
        if any(refused(level) for level in of_day):
            return day, [level for level in of_day if refused(level)]
    return 0.0, []


def check_sums(request: Request, parameters: Mapping[str, Steps]) -> None:
    """Note shares that do not add up.

    They must sum to one over countries, to at most one over outcomes, and to more than zero over groups.
    """
    for key in SUMS_TO_ONE:
        sums = parameters[key].values.sum(axis=1)
        if np.abs(sums - 1.0).max() > 1e-6:
            worst = float(sums[np.abs(sums - 1.0).argmax()])
            _note(request, (key,), f"the countries' shares of {key} do not sum to one", worst, "1")
    largest = float(_outcomes_together(parameters)[1].max())
    if largest > 1.0 + 1e-9:
        text = f"{OUTCOMES_OF_REFERRAL[0]} and {OUTCOMES_OF_REFERRAL[1]} together exceed one"
        _note(request, OUTCOMES_OF_REFERRAL, text, largest, "at most 1")
    international = np.array([group.need == "international" for group in request.inputs.groups.values()])
    for chosen, need in ((international, "international"), (~international, "another or no known")):
        if chosen.any() and not (parameters[MIX].values[:, chosen].sum(axis=1) > 0).all():
            text = f"all weights of groups with {need} need are zero in {MIX}"
            _note(request, (MIX,), text, 0.0, "at least one above 0")


def _note(request: Request, keys: tuple[str, ...], problem: str, found: float, allowed: str) -> None:
    """Note a fault of several numbers together."""
    text = f"{problem} in scenario {request.scenario}"
    request.faults.append(Fault(*request.location(keys), text, f"{found:g}", allowed))


def _outcomes_together(parameters: Mapping[str, Steps]) -> tuple[list[float], np.ndarray]:
    """Return the sum of the outcomes of referral, by day.

    Days are those on which an outcome changes; sums are ``[day, label]``.
    """
    days = sorted({day for key in OUTCOMES_OF_REFERRAL for day in parameters[key].starts})
    return days, np.array([sum(parameters[key].at(day) for key in OUTCOMES_OF_REFERRAL) for day in days])


def held_outcomes(parameters: Mapping[str, Steps]) -> dict[str, Steps]:
    """Return the outcomes of referral, held to a sum of one.

    Both are made smaller in proportion where they exceed one together; else nothing is returned.
    """
    days, together = _outcomes_together(parameters)
    if together.max() <= 1.0:
        return {}
    over = np.maximum(together, 1.0)
    return {
        key: merged(days, np.array([parameters[key].at(day) for day in days]) / over) for key in OUTCOMES_OF_REFERRAL
    }
