"""Scenarios beside a baseline: queues, people and costs by country, and how a responsibility is shared.

Pure tables from Datasets. What may be said of an option is in ``results/indicators/judgement.py``.
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
"""Stages whose work is limited by staff, in the order in which people come to them."""
SEEN = 1.0
"""Persons: smaller differences of people between runs are not told."""
SEEN_COST = 1000.0
"""Of the base currency: smaller differences of costs by country are not told."""
HAIR = 1e-3
"""Share of the baseline's level below which a difference by country is not told."""
LEDGER = ("hosted_at_end", "landed", "arrived_from_countries", "transferred_in", "regularised")
"""Entries of the regional ledger in which a fall in one country that is a rise in another is named."""


def mean_waiting(ds: xr.Dataset) -> dict[str, float]:
    """People in each staffed stage on an average day of the run, those whose turn it is included: persons by stage."""
    people = values(ds, "daily_waiting").sum(axis=(2, 3))
    stages = labels(ds, "stage")
    return {stage: float(people[:, stages.index(stage)].mean()) for stage in QUEUES}


def moved_queues(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    """Change of each queue: persons on an average day."""
    return {stage: after[stage] - before[stage] for stage in QUEUES}


def bottleneck(stage: str, moved: Mapping[str, float]) -> tuple[str, ...]:
    """Where the queue went: stages that gained at least a tenth of what the sped-up one lost, the largest first.

    Empty where that stage lost less than a person, or nobody else gained.
    """
    lost = -moved[stage]
    if lost < SEEN:
        return ()
    gained = [name for name in QUEUES if name != stage and moved[name] >= max(0.1 * lost, SEEN)]
    return tuple(sorted(gained, key=lambda name: -moved[name]))


def people_by_outcome(ds: xr.Dataset) -> dict[str, dict[str, float]]:
    """People at the end of the run by outcome, then by true need and ``all``: persons."""
    table = outcomes(ds)
    needs = [str(need) for need in table["need"].values]
    return {
        name: {**dict(zip(needs, row.tolist(), strict=True)), "all": float(row.sum())}
        for name, row in zip(OUTCOMES, np.asarray(table.values), strict=True)
    }


@dataclass(frozen=True)
class Shift:
    """A measure that falls in some countries and rises in others: differences to the baseline by country."""

    measure: str
    fell: Mapping[str, float]
    rose: Mapping[str, float]


def shifts(
    ledger: Mapping[str, Sequence[float]], baseline: Mapping[str, Sequence[float]], countries: Sequence[str],
    costs: Mapping[str, float] | None = None, base_costs: Mapping[str, float] | None = None,
) -> list[Shift]:
    """What falls in one country and rises in another, against the baseline: nobody is saved by being elsewhere.

    Args: ledger and baseline, persons by entry of the regional ledger and country; costs by country.
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
    """The responsibility-sharing index (I-29) with its key: weights, shares of the key, and person-days hosted.

    1 - half the sum over countries of |share of person-days hosted - share of the key|; the key's mean over the run.
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
