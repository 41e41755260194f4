"""What an ensemble keeps of each draw.

It keeps indicators, counts of a judgement, weekly people by stage and place, and costs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import xarray as xr

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.costs.schema import CostItem
from mixedmig_model.results.costs.billing import drivers_of
from mixedmig_model.results.costs.lines import loaded, units_billed
from mixedmig_model.results.costs.pricing import Pricing
from mixedmig_model.results.costs.quantities import KeptDrivers, Quantities, Together
from mixedmig_model.results.indicators.exposure import FLAT_NAMES, judged_counts
from mixedmig_model.results.indicators.facts import Facts, find_waits
from mixedmig_model.results.indicators.table import INDICATORS, indicator_table
from mixedmig_model.results.measures import values
from mixedmig_model.solve.run_arrays import RunArrays, RunNumbers
from mixedmig_model.study.ensemble.draws import DrawnColumn
from mixedmig_model.vocabulary.calendar import run_calendar
from mixedmig_model.vocabulary.labels import PLACES, STAGES

WEEK = 7
AXES: Mapping[str, tuple[str, ...]] = {
    "indicators": ("indicator",), "judged": ("count",), "people_in_stage": ("time", "stage"),
    "people_in_place": ("time", "place"), "people_adrift": ("time",), "cost": (), "cost_by_month": ("month",),
}
TEXTS: Mapping[str, tuple[str, str]] = {
    "indicators": ("1", "indicators, each in its own unit"),
    "judged": ("1", "what a judgement reads of the run, in persons and person-days"),
    "people_in_stage": ("person", "people in each stage, all countries"),
    "people_in_place": ("person", "people in each place, all countries"),
    "people_adrift": ("person", "people adrift"),
    "cost": ("1", "cost of the run in the base currency, prices drawn"),
    "cost_by_month": ("1", "cost by month in the base currency, prices drawn"),
}


@dataclass(frozen=True)
class Headline:
    """The numbers kept of one run, by variable.

    Axes are as in ``AXES``.
    """

    numbers: Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Counted:
    """What is kept of one run, and what its costs attach to."""

    numbers: Mapping[str, np.ndarray]
    drivers: KeptDrivers | None


def kept_numbers(
    runs: Sequence[RunNumbers], pricing: Pricing | None, prices: np.ndarray | None,
    judged: Sequence[RunNumbers] | None = None,
) -> list[Headline]:
    """Return what is kept of each of some runs of a scenario.

    The numbers of a run are the same with any other runs.

    Parameters
    ----------
    runs : Sequence[RunNumbers]
        Runs of one case and scenario.
    pricing : Pricing | None
        Items with their prices; None without costs.
    prices : numpy.ndarray | None
        Prices of their draws, ``[run, I, C]`` in base currency.
    judged : Sequence[RunNumbers] | None, default None
        The runs by which they are judged, if these are others.

    Returns
    -------
    list[Headline]
        The numbers kept, by run.
    """
    days = len(values(runs[0], "day_interval")) if runs else 0
    return _with_costs(_counted(runs, runs if judged is None else judged, pricing), pricing, prices, days)


def _counted(runs: Sequence[RunNumbers], judged: Sequence[RunNumbers], pricing: Pricing | None) -> list[Counted]:
    """Return what is counted of each run, all but its costs."""
    known = [Facts(run) for run in runs]
    find_waits(known)
    return [
        Counted(_of_run(facts, other), _drivers(facts.ds, pricing) if pricing is not None else None)
        for facts, other in zip(known, judged, strict=True)
    ]


def _drivers(run: RunNumbers, pricing: Pricing) -> KeptDrivers:
    """Return all that is billed of a run, which may then go."""
    quantities, items = Quantities(run), [line.record for line in pricing.lines]
    seen = quantities.seen_at_sea(pricing.by_sea) if any(pricing.by_sea) else quantities
    return seen.kept(drivers_of(item for item in items if isinstance(item, CostItem)))


def _with_costs(
    counted: Sequence[Counted], pricing: Pricing | None, prices: np.ndarray | None, days: int
) -> list[Headline]:
    """Return numbers with the costs of each run, if it has any.

    The units of all runs are billed together.
    """
    drivers = [one.drivers for one in counted if one.drivers is not None]
    if pricing is None or prices is None or not drivers:
        return [Headline(one.numbers) for one in counted]
    units = units_billed(Together(drivers), pricing, run_calendar(pricing.start, days), True)
    each = np.broadcast_to(units, (len(counted), *units.shape[-3:]))  # own costs alone are the same in every run
    made = []
    for one, billed, priced in zip(counted, each, prices, strict=True):
        monthly = np.einsum("imc,ic,i->m", billed, priced, loaded(pricing))
        made.append(Headline({**one.numbers, "cost": np.asarray(monthly.sum()), "cost_by_month": monthly}))
    return made


def _of_run(facts: Facts, judged: RunNumbers) -> dict[str, np.ndarray]:
    """Return what is kept of one run except its costs."""
    ds = facts.ds
    table, adrift = indicator_table(ds, facts), values(ds, "adrift")
    own = judged is ds
    counts = judged_counts(judged, table if own else None, facts if own else None, countries=False)
    return {
        "indicators": np.array([table[indicator.key] for indicator in INDICATORS]),
        "judged": np.array(list(counts.flat().values())),
        "people_in_stage": _summed(ds, "people", ("time", "stage")),
        "people_in_place": _summed(ds, "people", ("time", "place")),
        "people_adrift": adrift.sum(axis=tuple(range(1, adrift.ndim))),
    }


def counted_draws(
    runs: Sequence[tuple[RunArrays | str, RunArrays | str]], pricing: Pricing | None
) -> list[Counted | str]:
    """Return what is counted of some draws, or why each failed.

    Parameters
    ----------
    runs : Sequence[tuple[RunArrays | str, RunArrays | str]]
        Arrays of each run, and of that by which it is judged; a text where there are none.
    pricing : Pricing | None
        Items with their prices; None without costs.

    Returns
    -------
    list[Counted | str]
        What is counted, or the text, by draw.
    """
    failures = [next((one for one in both if isinstance(one, str)), None) for both in runs]
    whole = [k for k, failure in enumerate(failures) if failure is None]
    own, judged = ([cast(RunArrays, runs[k][part]) for k in whole] for part in (0, 1))
    made = iter(_counted(own, judged, pricing))
    return [next(made) if failure is None else failure for failure in failures]


def kept_of_draws(
    counted: Sequence[Counted | str], pricing: Pricing | None, prices: np.ndarray | None, days: int
) -> list[Headline | str]:
    """Return what is kept of all draws of a block, costs too.

    Parameters
    ----------
    counted : Sequence[Counted | str]
        What is counted of each draw, or why it failed.
    pricing : Pricing | None
        Items with their prices; None without costs.
    prices : numpy.ndarray | None
        Prices of the draws, ``[draw, I, C]`` in base currency.
    days : int
        Days of the runs.

    Returns
    -------
    list[Headline | str]
        The numbers kept, or the text, by draw.
    """
    whole = [k for k, one in enumerate(counted) if isinstance(one, Counted)]
    own = [one for one in counted if isinstance(one, Counted)]
    made = iter(_with_costs(own, pricing, None if prices is None else prices[whole], days))
    return [next(made) if isinstance(one, Counted) else one for one in counted]


def _summed(ds: RunNumbers, name: str, kept: tuple[str, ...]) -> np.ndarray:
    """Return an array summed over all axes except some."""
    over = tuple(n for n, dim in enumerate(ds.variables[name].dims) if dim not in kept)
    return np.asarray(values(ds, name).sum(axis=over))


def numbers_in(file: Path, scenario: str) -> list[Headline | str] | None:
    """Return what a block on disk has of one scenario, by draw.

    It is None where a draw failed, which is tried again, or where the block lacks the scenario.
    """
    with xr.open_dataset(file, engine="scipy", decode_times=False) as ds:
        names = ds["scenario"].values.astype(str).tolist()
        if scenario not in names:
            return None
        one = ds.isel(scenario=names.index(scenario)).load()
    if (one["failure"].values.astype(str) != "").any():
        return None
    tables = {name: one[name].values.astype(float) for name in AXES if name in one}
    return [Headline({name: table[k] for name, table in tables.items()}) for k in range(one.sizes["draw"])]


def coordinates(inputs: CaseInputs) -> dict[str, np.ndarray]:
    """Return labels of the axes of a block."""
    start, day = np.datetime64(inputs.case.start, "ns"), np.timedelta64(1, "D")
    edges = np.unique(np.append(np.arange(0, inputs.days, WEEK), inputs.days))
    months = run_calendar(inputs.case.start, inputs.days).months
    return {
        "indicator": np.array([indicator.key for indicator in INDICATORS]), "count": np.array(FLAT_NAMES),
        "stage": np.array(STAGES), "place": np.array(PLACES), "time": start + edges * day,
        "month": np.array(months, dtype="datetime64[ns]"),
    }


def block_dataset(
    inputs: CaseInputs, scenarios: Sequence[str], columns: Sequence[DrawnColumn], drawn: np.ndarray,
    found: Sequence[Sequence[Headline | str]],
) -> xr.Dataset:
    """Return numbers by draw and scenario as one Dataset.

    ``failure`` says why a run failed.

    Parameters
    ----------
    inputs : CaseInputs
        The case.
    scenarios : Sequence[str]
        Names of the scenarios.
    columns : Sequence[DrawnColumn]
        What is drawn.
    drawn : numpy.ndarray
        Values ``[draw, columns]`` in base units.
    found : Sequence[Sequence[Headline | str]]
        Numbers or a reason, by draw and scenario.

    Returns
    -------
    xarray.Dataset
        The Dataset; NaN where a run failed.
    """
    labels = coordinates(inputs)
    size = (len(scenarios), len(found))
    names = [name for name in AXES if inputs.costs is not None or not name.startswith("cost")]
    variables: dict[str, tuple[tuple[str, ...], np.ndarray, dict[str, str]]] = {}
    for name in names:
        table = np.full((*size, *(len(labels[axis]) for axis in AXES[name])), np.nan)
        for d, results in enumerate(found):
            for s, result in enumerate(results):
                if isinstance(result, Headline):
                    table[s, d] = result.numbers[name]
        unit, text = TEXTS[name]
        variables[name] = (("scenario", "draw", *AXES[name]), table, {"units": unit, "long_name": text})
    words = [[r if isinstance(r, str) else "" for r in (row[s] for row in found)] for s in range(len(scenarios))]
    variables["failure"] = (("scenario", "draw"), np.array(words), {"long_name": "why a run failed; empty: it did not"})
    variables["drawn"] = (("draw", "column"), drawn, {"units": "1", "long_name": "drawn inputs, in base units"})
    used = {axis: labels[axis] for axis in labels if any(axis in AXES[name] for name in names)}
    return xr.Dataset(variables, {
        **used, "scenario": list(scenarios), "column": [column.name for column in columns],
    })
