"""Published totals beside the model's own: input, fitted or predicted; a total that is missed is reported as missed."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import xarray as xr

from mixedmig_model.inputs.series import Observation
from mixedmig_model.results.indicators import ASSISTED, GRANTED, INDUCED, LANDED

MISSED = 0.10
"""A total is called missed where the model lies further than this outside the published range."""

SUMS: dict[str, tuple[str, ...]] = {
    "departed": ("departed",),
    "deaths_at_sea": ("crossing_deaths", "deaths_adrift"),
    "abandoned": ("abandoned",),
    "disembarked": LANDED,
    "returned_with_assistance": (*ASSISTED, *INDUCED),
    "returned_by_force": ("enforced",),
    "turned_back": ("turned_back_adrift",),
    "registered": ("registered",),
    "recognised": GRANTED,
}


@dataclass(frozen=True)
class Comparison:
    """A published total and the model's: ``miss`` is ours over published less one, 0 inside the published range."""

    observation: Observation
    ours: float
    miss: float
    missed: bool


def _sum_between(ds: xr.Dataset, rows: tuple[str, ...], seen: Observation) -> float:
    days = ds["day_interval"].values
    inside = (days >= np.datetime64(seen.start, "ns")) & (days < np.datetime64(seen.end, "ns"))
    total = 0.0
    for row in rows:
        flow = ds[f"daily_flow_{row}"].isel(day_interval=inside)
        if seen.country != "all" and "country" in flow.dims:
            flow = flow.sel(country=seen.country)
        total += float(flow.sum())
    return total


def _peak_stranded(ds: xr.Dataset, seen: Observation) -> float:
    days = ds["day"].values
    inside = (days >= np.datetime64(seen.start, "ns")) & (days < np.datetime64(seen.end, "ns"))
    return float(ds["daily_adrift"].isel(day=inside).max())


def _summed(rows: tuple[str, ...]) -> Callable[[xr.Dataset, Observation], float]:
    return lambda ds, seen: _sum_between(ds, rows, seen)


QUANTITIES: dict[str, Callable[[xr.Dataset, Observation], float]] = {
    **{name: _summed(rows) for name, rows in SUMS.items()},
    "peak_stranded": _peak_stranded,
}


def compare(ds: xr.Dataset, observations: tuple[Observation, ...]) -> list[Comparison]:
    """The published totals of a case beside those of one run."""
    result = []
    for seen in observations:
        ours = QUANTITIES[seen.quantity](ds, seen)
        nearest = min(max(ours, seen.low), seen.high)
        miss = ours / nearest - 1.0 if nearest else float("inf")
        result.append(Comparison(seen, ours, miss, abs(miss) > MISSED))
    return result
