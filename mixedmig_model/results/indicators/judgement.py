"""Scenarios beside their baseline: what may be said of an option (``model.md`` 6).

An option with a breach is shown and never ranked. No option is called better while a harm exceeds the baseline's.
Both are asked of all three runs of the true-need share.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mixedmig_model.results.indicators.facts import Indicator
from mixedmig_model.results.indicators.table import BREACHES, HARMS

NOTICED = 0.05
"""Persons (or person-days) below which a harm does not differ from the baseline's: the error of the solver."""
SIDES = ("default", "low", "high")
"""The run itself, and the same with the true-need share at the ends of its range."""

Runs = Mapping[str, Mapping[str, float]]
"""Indicators of the three runs of an option, by side."""


@dataclass(frozen=True)
class Standing:
    """What may be said of an option: breaches and harms above the baseline's in any of its runs, and a sentence."""

    breaches: tuple[str, ...]
    worse_harms: tuple[str, ...]
    sentence: str


def standing(runs: Runs, baseline: Runs, is_baseline: bool, same_people: bool = True) -> Standing:
    """Judge one option by the indicators of its three runs and the baseline's.

    Args: same_people, whether as many and the same people depart as in the baseline, so that harms can be compared.
    """
    breaches = {i: [s for s in SIDES if runs[s][i.key] > NOTICED] for i in BREACHES}
    worse = {i: [s for s in SIDES if runs[s][i.key] > baseline[s][i.key] + NOTICED] for i in HARMS}
    better = sum(runs["default"][i.key] < baseline["default"][i.key] - NOTICED for i in HARMS)
    breaching, exceeding = _found(breaches), _found(worse)
    if is_baseline:
        sentence = f"Baseline, with breaches{_also(breaches)}." if breaching else "Baseline."
    elif breaching:
        sentence = f"Shown, not ranked: it has breaches{_also(breaches)}."
    elif not same_people:
        sentence = "No breach. Not ranked: it changes who departs, or how many, so that harms cannot be compared."
    elif exceeding:
        sentence = f"Not called better: {len(exceeding)} of {len(HARMS)} harms exceed the baseline's{_also(worse)}."
    elif better:
        sentence = f"No breach, and no harm exceeds the baseline's; {better} of {len(HARMS)} are smaller."
    else:
        sentence = "No breach, and the same harms as the baseline."
    return Standing(breaching, exceeding, sentence)


def _found(seen: Mapping[Indicator, list[str]]) -> tuple[str, ...]:
    """Titles of the indicators that were seen in any run."""
    return tuple(indicator.title for indicator, sides in seen.items() if sides)


def _also(seen: Mapping[Indicator, list[str]]) -> str:
    """In which runs beside the main one something is seen that is not seen in it; empty where there is none."""
    beyond = [sides for sides in seen.values() if sides and "default" not in sides]
    if not beyond:
        return ""
    text = _runs({side for sides in beyond for side in sides})
    if len(beyond) == sum(map(bool, seen.values())):
        return f", only in {text}"
    return f", {len(beyond)} of them only in {text}"


def _runs(sides: Iterable[str]) -> str:
    """Runs in words, the low one first."""
    names = [side for side in SIDES if side in sides]
    return f"the run{'s' if len(names) > 1 else ''} with a {' or '.join(names)} true-need share"
