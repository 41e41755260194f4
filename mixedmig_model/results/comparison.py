"""Scenarios beside their baseline: differences, and what may be said of an option (``model.md`` 6).

An option with a breach is shown and never ranked. No option is called better while a harm exceeds the baseline's.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from mixedmig_model.results.indicators import BREACHES, HARMS

NOTICED = 0.05
"""Persons (or person-days) below which a harm does not differ from the baseline's: the error of the solver."""


@dataclass(frozen=True)
class Standing:
    """What may be said of an option: its breaches, the harms that exceed the baseline's, and a sentence."""

    breaches: tuple[str, ...]
    worse_harms: tuple[str, ...]
    sentence: str


def standing(values: Mapping[str, float], baseline: Mapping[str, float], is_baseline: bool) -> Standing:
    """Judge one option by its indicators and the baseline's."""
    breaches = tuple(i.title for i in BREACHES if values[i.key] > NOTICED)
    worse = tuple(i.title for i in HARMS if values[i.key] > baseline[i.key] + NOTICED)
    better = tuple(i.title for i in HARMS if values[i.key] < baseline[i.key] - NOTICED)
    if is_baseline:
        sentence = "Baseline" + (", with breaches." if breaches else ".")
    elif breaches:
        sentence = "Shown, not ranked: it has breaches."
    elif worse:
        sentence = f"Not called better: {len(worse)} of {len(HARMS)} harms exceed the baseline's."
    elif better:
        sentence = f"No breach, and no harm exceeds the baseline's; {len(better)} of {len(HARMS)} are smaller."
    else:
        sentence = "No breach, and the same harms as the baseline."
    return Standing(breaches, worse, sentence)
