"""Scenarios beside their baseline: what may be said of an option (``model.md`` 6).

An option with a breach is shown and never ranked. No option is called better while a harm exceeds the baseline's.
Both are asked of all three runs of the true-need share.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from mixedmig_model.results.indicators.facts import Indicator
from mixedmig_model.results.indicators.table import BREACHES, HARMS

NOTICED = 0.05
"""Persons (or person-days) below which a harm does not differ from the baseline's: the error of the solver."""
SIDES = ("default", "low", "high")
"""The run itself, and the same with the true-need share at the ends of its range."""

Runs = Mapping[str, Mapping[str, float]]
"""Indicators of the three runs of an option, by side."""


class Beyond(NamedTuple):
    """What is seen in a run of the need share and not in the main one: how many ``indicators``, and in which runs."""

    indicators: int
    sides: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """What may be said of an option: breaches and harms above the baseline's in any of its runs, by title.

    ``better``: harms below the baseline's in the main run. ``breaches_beyond`` and ``harms_beyond``: those of them that
    are seen in other runs alone. ``same_people``: as many and the same people depart as in the baseline.
    """

    breaches: tuple[str, ...]
    worse_harms: tuple[str, ...]
    better: int
    breaches_beyond: Beyond
    harms_beyond: Beyond
    is_baseline: bool
    same_people: bool


def standing(runs: Runs, baseline: Runs, is_baseline: bool, same_people: bool = True) -> Standing:
    """Judge one option by the indicators of its three runs and the baseline's.

    Args: same_people, whether as many and the same people depart as in the baseline, so that harms can be compared.
    """
    breaches = {i: [s for s in SIDES if runs[s][i.key] > NOTICED] for i in BREACHES}
    worse = {i: [s for s in SIDES if runs[s][i.key] > baseline[s][i.key] + NOTICED] for i in HARMS}
    better = sum(runs["default"][i.key] < baseline["default"][i.key] - NOTICED for i in HARMS)
    return Standing(
        _found(breaches), _found(worse), better, breaches_beyond=_beyond(breaches), harms_beyond=_beyond(worse),
        is_baseline=is_baseline, same_people=same_people,
    )


def _found(seen: Mapping[Indicator, list[str]]) -> tuple[str, ...]:
    """Titles of the indicators that were seen in any run."""
    return tuple(indicator.title for indicator, sides in seen.items() if sides)


def _beyond(seen: Mapping[Indicator, list[str]]) -> Beyond:
    """What is seen in other runs than the main one alone, the low one first."""
    beyond = [sides for sides in seen.values() if sides and "default" not in sides]
    return Beyond(len(beyond), tuple(side for side in SIDES if any(side in sides for sides in beyond)))
