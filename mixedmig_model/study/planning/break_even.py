"""Break-even: the input value at which costs are equal.

Two options cost the same at that value of one input; runs on both sides prove it. Of a price no run is needed: costs
are straight lines in prices. Of any other input the root is found by solving both options again, and runs a little
below and above it prove the statement.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, nearest
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.results.costs.lines import cost_run, loaded
from mixedmig_model.results.costs.pricing import Pricing, price_scenario
from mixedmig_model.study.run import run_one

PRECISION = 2e-3
"""Relative precision of the root.

No more than three digits are shown.
"""
LEAST_UNITS = 1e-6
"""Units below which two options buy the same of an item."""
BESIDE = 0.02
"""Distance of the proving runs from the root.

It is a share of the span searched.
"""


@dataclass(frozen=True)
class BreakEven:
    """Where two options cost the same.

    ``root`` is NaN where one is cheaper throughout the span. ``below`` and ``above`` are the costs (option, baseline)
    of runs on both sides of the root, or at the ends.
    """

    parameter: str
    unit: str
    low: float
    high: float
    root: float
    points: tuple[float, float]
    below: tuple[float, float]
    above: tuple[float, float]
    runs: int


def break_even(
    inputs: CaseInputs, option: str, baseline: str, parameter: str, low: float, high: float,
    progress: Callable[[int], None] | None = None,
) -> BreakEven:
    """Find the input value at which two scenarios cost the same.

    The value replaces the parameter in both before their own changes. ``option``: Names of the scenarios. ``baseline``:
    Names of the scenarios. ``parameter``: Name of the parameter. ``low``: Ends of the span, in the unit of the base
    file. ``high``: Ends of the span, in the unit of the base file. ``progress``: Called with the number of runs done.
    Returns the value, and the costs on both sides of it. Raises InputFaultsError for an unknown parameter or an empty
    span. Raises SolveError where a run cannot be solved.
    """
    from scipy.optimize import brentq

    where = f"break-even of case {inputs.name}"
    if parameter not in CATALOGUE:
        near = nearest(parameter, CATALOGUE)
        raise InputFaultsError([Fault(where, 0, "parameter", "unknown parameter", found=repr(parameter),
                                      allowed="a name of parameters/base", nearest=near)])
    if not low < high:
        raise InputFaultsError([Fault(where, 0, "span", "the span is empty", found=f"{low:g} to {high:g}",
                                      allowed="low below high")])
    done = [0]

    @cache
    def costs(value: float) -> tuple[float, float]:
        pair = []
        for name in (option, baseline):
            run = resolve(inputs, name, {parameter: value})
            pair.append(cost_run(run_one(run), price_scenario(inputs, name)).total)
            done[0] += 1
            if progress:
                progress(done[0])
        return pair[0], pair[1]

    def gap(value: float) -> float:
        first, second = costs(float(value))
        return first - second

    unit = inputs.workspace.parameters[parameter].unit
    if gap(low) * gap(high) >= 0.0:
        return BreakEven(parameter, unit, low, high=high, root=float("nan"), points=(low, high), below=costs(low),
                         above=costs(high), runs=done[0])
    root = float(brentq(gap, low, high, xtol=PRECISION * (high - low), rtol=PRECISION))
    points = max(low, root - BESIDE * (high - low)), min(high, root + BESIDE * (high - low))
    return BreakEven(parameter, unit, low, high=high, root=root, points=points, below=costs(points[0]),
                     above=costs(points[1]), runs=done[0])


@dataclass(frozen=True)
class PriceBreakEven:
    """The price of one item at which two options cost the same.

    The item's range comes with it.
    """

    item: str
    price: float
    at: float
    low: float
    high: float
    cheaper_below: bool


def price_break_evens(
    pricing: Pricing, option: Mapping[str, np.ndarray], baseline: Mapping[str, np.ndarray], gap: float
) -> list[PriceBreakEven]:
    """Return prices at which an option costs as much.

    Each is found alone, and lies within the item's range. A price is the mean over countries, weighted by the units
    that differ. Items of which an option needs more in one country and less in another have none.

    Parameters
    ----------
    pricing : Pricing
        Items with their prices.
    option, baseline : Mapping[str, numpy.ndarray]
        Units billed by item, ``[C]``.
    gap : float
        Total of the option less that of the baseline, in base currency.

    Returns
    -------
    list[PriceBreakEven]
        The prices.
    """
    factor, found = loaded(pricing), []
    for k, line in enumerate(pricing.lines):
        if line.own or line.name not in option or line.name not in baseline:
            continue
        more = np.asarray(option[line.name]) - np.asarray(baseline[line.name])
        weight = float(more.sum()) * float(factor[k])
        if abs(weight) < LEAST_UNITS or ((more > 0).any() and (more < 0).any()):
            continue
        share = more / more.sum()
        price, low, high = (float((table[k] * share).sum()) for table in (pricing.price, pricing.low, pricing.high))
        at = price - gap / weight
        if low <= at <= high:
            found.append(PriceBreakEven(line.name, price, at, low=low, high=high, cheaper_below=weight > 0))
    return found
