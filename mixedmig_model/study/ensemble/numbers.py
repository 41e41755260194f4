"""What an ensemble keeps of each draw.

It keeps indicators, counts of a judgement, weekly people by stage and place, and costs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xarray as xr

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.results.costs.lines import loaded, units_billed
from mixedmig_model.results.costs.pricing import Pricing
from mixedmig_model.results.costs.quantities import Quantities
from mixedmig_model.results.indicators.exposure import FLAT_NAMES, judged_counts
from mixedmig_model.results.indicators.table import INDICATORS, indicator_table
from mixedmig_model.results.measures import values
from mixedmig_model.solve.run_arrays import RunNumbers
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


def kept_numbers(
    ds: RunNumbers, pricing: Pricing | None, prices: np.ndarray | None, judged: RunNumbers | None = None
) -> Headline:
    """Return what is kept of one run.

    Parameters
    ----------
    ds : RunNumbers
        A run.
    pricing : Pricing | None
        Items with their prices; None without costs.
    prices : numpy.ndarray | None
        Prices of its draw, ``[I, C]`` in base currency.
    judged : RunNumbers | None, default None
        The run by which it is judged, if that is another.

    Returns
    -------
    Headline
        The numbers kept.
    """
    table, adrift = indicator_table(ds), values(ds, "adrift")
    counts = judged_counts(ds, table) if judged is None or judged is ds else judged_counts(judged)
    found = {
        "indicators": np.array([table[indicator.key] for indicator in INDICATORS]),
        "judged": np.array(list(counts.flat().values())),
        "people_in_stage": _summed(ds, "people", ("time", "stage")),
        "people_in_place": _summed(ds, "people", ("time", "place")),
        "people_adrift": adrift.sum(axis=tuple(range(1, adrift.ndim))),
    }
    if pricing is not None and prices is not None:
        months = run_calendar(pricing.start, len(values(ds, "day_interval")))
        units = units_billed(Quantities(ds), pricing, months, True)
        monthly = np.einsum("imc,ic,i->m", units, prices, loaded(pricing))
        found |= {"cost": np.asarray(monthly.sum()), "cost_by_month": monthly}
    return Headline(found)


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
