"""Published totals next to the model's own.

They are input, fitted or predicted; a total that is missed is reported as missed.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import xarray as xr

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.observations.published import Observation
from mixedmig_model.inputs.reading.fields import EVERYWHERE
from mixedmig_model.results.costs.delivered import paid_run
from mixedmig_model.results.costs.lines import cost_run
from mixedmig_model.results.costs.pricing import price_scenario
from mixedmig_model.results.indicators.bounds import ONE_PERSON
from mixedmig_model.results.measures import daily, values
from mixedmig_model.results.observed import SUMS, Money, modelled

MISSED = 0.10
"""Distance from which a total is called missed.

The model lies further than this outside the published range, or outside 0.
"""

@dataclass(frozen=True)
class ComparedTotal:
    """A published total and the model's.

    They are in persons and as a share beyond the published range, both 0 inside it. ``miss`` is ours over the nearer
    end of the range less one. It is None where that end is 0, of which nothing is a share. The range is the published
    one, widened by half of what the figure was rounded to. "More than" and "up to" have one end. A figure that its
    source doubts is never ``missed``.
    """

    observation: Observation
    ours: float
    gap: float
    miss: float | None
    missed: bool


def _inside(days: np.ndarray, seen: Observation) -> np.ndarray:
    return np.asarray((days >= np.datetime64(seen.start, "ns")) & (days < np.datetime64(seen.end, "ns")))


def _sum_between(ds: xr.Dataset, flows: tuple[str, ...], seen: Observation) -> float:
    """Return people moved by flows in the period of a total.

    People adrift are in no country and count whole.
    """
    inside = _inside(values(ds, "day_interval"), seen)
    return float(daily(ds, *flows, country=None if seen.country == "all" else seen.country)[inside].sum())


def _peak_stranded(ds: xr.Dataset, seen: Observation) -> float:
    return float(values(ds, "daily_adrift")[_inside(values(ds, "day"), seen)].max())


def _summed(flows: tuple[str, ...]) -> Callable[[xr.Dataset, Observation], float]:
    return lambda ds, seen: _sum_between(ds, flows, seen)


QUANTITIES: dict[str, Callable[[xr.Dataset, Observation], float]] = {
    **{name: _summed(flows) for name, flows in SUMS.items()},
    "peak_stranded": _peak_stranded,
}


def compare(ds: xr.Dataset, observations: tuple[Observation, ...], money: Money | None = None) -> list[ComparedTotal]:
    """Compare the published totals of a case with a run's.

    ``money`` costs the run; it is called only for an amount of money.
    """
    result = []
    for seen in observations:
        ours = _ours(ds, seen, money)
        low, high = seen.ends
        nearest = min(max(ours, low), high)
        gap = ours - nearest if abs(ours - nearest) > ONE_PERSON else 0.0
        miss = 0.0 if gap == 0.0 else gap / nearest if nearest else None
        missed = seen.scored and (miss is None or abs(miss) > MISSED)
        result.append(ComparedTotal(seen, ours, gap, miss, missed))
    return result


def compare_case(ds: xr.Dataset, inputs: CaseInputs, scenario: str) -> list[ComparedTotal]:
    """Compare the published totals of a case with a run.

    The run is that of one scenario.
    """
    return compare(ds, inputs.observations, lambda: paid_run(cost_run(ds, price_scenario(inputs, scenario))))


def _ours(ds: xr.Dataset, seen: Observation, money: Money | None) -> float:
    """Return the model's number, in the unit of an observation."""
    total = seen.group == EVERYWHERE and seen.counts == "persons" and len(seen.country.split()) == 1
    if total and seen.quantity in QUANTITIES:
        return QUANTITIES[seen.quantity](ds, seen)
    return modelled(ds, seen, money)
