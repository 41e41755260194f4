"""Scenarios next to a baseline: queues, people and costs.

They are by country; this also says how a responsibility is shared. The tables are computed from Datasets alone. What
may be said of an option is in ``results/indicators/judgement.py``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from mixedmig_model.results.indicators.facts import Facts
from mixedmig_model.results.indicators.movement import sharing_index
from mixedmig_model.results.measures import kept_input, labels, values
from mixedmig_model.results.outcomes import OUTCOMES, outcomes

QUEUES = ("registration", "screening", "referral", "determination", "appeal", "return")
"""Stages whose work is limited by staff.

They are in the order in which people come to them.
"""
SEEN = 1.0
"""Persons: smaller differences between runs are left out."""
SEEN_COST = 1000.0
"""Base currency: smaller differences of costs are left out.

These are differences by country.
"""
HAIR = 1e-3
"""Share of the baseline below which differences are left out.

These are differences by country, of the baseline's level.
"""
LEDGER = ("hosted_at_end", "landed", "arrived_from_countries", "transferred_in", "regularised")
"""Entries of the regional ledger that may shift.

A fall in one country that is a rise in another is named.
"""


def mean_waiting(ds: xr.Dataset) -> dict[str, float]:
    """Return people in each staffed stage on an average day.

    People whose turn it is are included: persons by stage.
    """
    people = values(ds, "daily_waiting").sum(axis=(2, 3))
    stages = labels(ds, "stage")
    return {stage: float(people[:, stages.index(stage)].mean()) for stage in QUEUES}


def moved_queues(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    """Change of each queue: persons on an average day."""
    return {stage: after[stage] - before[stage] for stage in QUEUES}


def bottleneck(stage: str, moved: Mapping[str, float]) -> tuple[str, ...]:
    """Return the stages to which the queue went.

    They gained at least a tenth of what the sped-up stage lost, the largest first. There are none where that stage lost
    less than a person, or nobody else gained.
    """
    lost = -moved[stage]
    if lost < SEEN:
        return ()
    gained = [name for name in QUEUES if name != stage and moved[name] >= max(0.1 * lost, SEEN)]
    return tuple(sorted(gained, key=lambda name: -moved[name]))


def people_by_outcome(ds: xr.Dataset) -> dict[str, dict[str, float]]:
    """Return people at the end of the run by outcome.

    Within an outcome they are by true need and ``all``: persons.
    """
    table = outcomes(ds)
    needs = [str(need) for need in table["need"].values]
    return {
        name: {**dict(zip(needs, row.tolist(), strict=True)), "all": float(row.sum())}
        for name, row in zip(OUTCOMES, np.asarray(table.values), strict=True)
    }


@dataclass(frozen=True)
class Shift:
    """A measure that falls in some countries and rises in others.

    It has differences to the baseline by country.
    """

    measure: str
    fell: Mapping[str, float]
    rose: Mapping[str, float]


def shifts(
    ledger: Mapping[str, Sequence[float]], baseline: Mapping[str, Sequence[float]], countries: Sequence[str],
    costs: Mapping[str, float] | None = None, base_costs: Mapping[str, float] | None = None,
) -> list[Shift]:
    """Return what falls in one country and rises in another.

    It is measured against the baseline: nobody is saved by being elsewhere.

    Parameters
    ----------
    ledger, baseline : Mapping[str, Sequence[float]]
        Persons by entry of the regional ledger and country.
    countries : Sequence[str]
        Names of the countries.
    costs : Mapping[str, float] | None, default None
        Costs of the option by country, base currency.
    base_costs : Mapping[str, float] | None, default None
        Costs of the baseline by country, base currency.

    Returns
    -------
    list[Shift]
        The shifts.
    """
    found = [
        (entry, {c: (a, b) for c, a, b in zip(countries, ledger[entry], baseline[entry], strict=True)}, SEEN)
        for entry in LEDGER
    ]
    if costs is not None and base_costs is not None:
        found.append(("cost", {c: (costs[c], base_costs[c]) for c in countries}, SEEN_COST))
    result = []
    for measure, levels, least in found:
        gaps = {c: a - b for c, (a, b) in levels.items() if abs(a - b) >= max(least, HAIR * abs(b))}
        fell = {c: gap for c, gap in gaps.items() if gap < 0}
        rose = {c: gap for c, gap in gaps.items() if gap > 0}
        if fell and rose:
            result.append(Shift(measure, fell, rose))
    return result


def sharing(ds: xr.Dataset) -> dict[str, Any]:
    """Return the responsibility-sharing index (I-29) with its key.

    It has weights, shares of the key, and person-days hosted. The index is 1 - half the sum over countries of |share of
    person-days hosted - share of the key|, with the key's mean over the run.
    """
    countries = labels(ds, "country")
    weights = kept_input(ds, "sharing.key").mean(axis=0)
    hosted = values(ds, "daily_people").sum(axis=(0, 1, 2))

    def part(numbers: np.ndarray) -> dict[str, float]:
        total = float(numbers.sum())
        return dict(zip(countries, (numbers / total).tolist() if total > 0 else [float("nan")] * len(countries),
                        strict=True))

    return {
        "index": sharing_index(Facts(ds)), "weights": dict(zip(countries, weights.tolist(), strict=True)),
        "key": part(weights), "hosted": part(hosted),
    }
