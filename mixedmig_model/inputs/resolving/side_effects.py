"""Side effects of levers.

A parameter has at least a value while a lever acts.
"""

from collections.abc import Mapping

import numpy as np

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.levers.acting import Acting
from mixedmig_model.inputs.levers.schema import SideEffect
from mixedmig_model.inputs.parameters.catalogue import ALMOST, CATALOGUE
from mixedmig_model.inputs.reading.faults import Fault
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.inputs.resolving.changes import run_day
from mixedmig_model.inputs.resolving.levels import acting_labels, labels_of
from mixedmig_model.inputs.resolving.request import Request
from mixedmig_model.inputs.resolving.run_inputs import Steps, merged


def with_side_effect(request: Request, parameters: Mapping[str, Steps], one: Acting, side: SideEffect) -> Steps:
    """Return the parameter of a side effect.

    It is as it is, or, where levels are held, raised to the least value. Where it lies below the least value and levels
    are not held, a fault is noted.
    """
    assert side.parameter is not None  # checked by the schema: both or neither
    assert side.least is not None
    steps, base = parameters[side.parameter], request.inputs.workspace.parameters[side.parameter]
    factor = conversion_factor(base.unit, CATALOGUE[side.parameter].unit)
    least, span = side.least * factor, _span(request.inputs, one)
    concerned = _concerned(request.inputs, one, side.parameter)
    lowest = _lowest(steps, concerned, span)
    if lowest >= least - ALMOST * abs(least):
        return steps
    if request.held:
        within = (day for day in span if day < request.inputs.days)
        return _raised(steps, concerned, least, span, sorted({*steps.starts, *within}))
    text = f"a side effect of the lever {one.lever} cannot be dropped: {side.parameter}"
    location, allowed = request.location((side.parameter,)), f"at least {side.least:g} {base.unit}"
    request.faults.append(Fault(*location, text, f"{lowest / factor:g}", allowed))
    return steps


def _span(inputs: CaseInputs, one: Acting) -> tuple[float, float]:
    """Return the days from which and until which a lever acts."""
    first = run_day(inputs, one.start) if one.start else 0.0
    return first, run_day(inputs, one.until) if one.until else float(inputs.days)


def _concerned(inputs: CaseInputs, one: Acting, key: str) -> np.ndarray:
    """Return which labels of a parameter a lever concerns.

    These are its countries, or all.
    """
    axis = CATALOGUE[key].axis
    somewhere = one.countries if axis == "country" else None
    chosen = [somewhere is None or label in somewhere for label in labels_of(inputs, axis)]
    return np.asarray(np.array(chosen) & np.array(acting_labels(inputs, key)))


def _lowest(steps: Steps, concerned: np.ndarray, span: tuple[float, float]) -> float:
    """Return the lowest level within a span of days.

    Only labels that are concerned count.
    """
    days = {span[0], *(day for day in steps.starts if span[0] < day < span[1])}
    return min(float(steps.at(day)[concerned].min(initial=np.inf)) for day in days)


def _raised(
    steps: Steps, concerned: np.ndarray, least: float, span: tuple[float, float], starts: list[float]
) -> Steps:
    """Return a step function raised to ``least`` within ``span``.

    Only labels that are concerned are raised.
    """
    levels = [
        np.where(concerned & (span[0] <= day < span[1]), np.maximum(steps.at(day), least), steps.at(day))
        for day in starts
    ]
    return merged(starts, np.array(levels, dtype=float))
