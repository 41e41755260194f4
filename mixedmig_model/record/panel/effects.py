"""Effects of a step of each slider in a case.

They give the order of sliders, and a sentence for each.
"""

import math
from collections.abc import Mapping
from typing import NamedTuple

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.record.panel.said import PanelRun, shown_indicators
from mixedmig_model.record.words.panel import templates as words
from mixedmig_model.results.indicators.bounds import least_of_unit
from mixedmig_model.results.indicators.facts import Indicator
from mixedmig_model.vocabulary.numbers import unit_words
from mixedmig_model.vocabulary.routes import on_route
from mixedmig_model.vocabulary.rows import Row

LEAST = 0.01
"""Least share of the baseline's number that is named."""
WEIGHTS: Mapping[str, float] = {"breach": 2.0, "harm": 1.0, "headline": 0.1}
"""Weights of an indicator's change in the order of sliders.

Breaches and harms lead here too.
"""


class Effect(NamedTuple):
    """What one step does: its size for the order, and in words."""

    size: float
    text: str


def effect_of(inputs: CaseInputs, option: PanelRun, base: PanelRun, position: str) -> Effect:
    """Return the effect of a run next to the case.

    Parameters
    ----------
    inputs : CaseInputs
        The case.
    option : PanelRun
        The run.
    base : PanelRun
        The baseline.
    position : str
        The slider's position, in words.

    Returns
    -------
    Effect
        The effect.
    """
    found = [(WEIGHTS[one.kind] * _share(one, option, base), one) for one in shown_indicators(inputs)]
    size = sum(share for share, _ in found)
    most, indicator = max(found, key=lambda pair: pair[0])
    if most < LEAST:
        return Effect(size, words.NO_EFFECT)
    row = Row(indicator.unit, base.table[indicator.key])
    title = on_route(indicator.title, inputs.case.coming)
    return Effect(size, words.EFFECT.format(title=title, position=position,
                                            difference=unit_words(row.difference(option.table[indicator.key]),
                                                                  indicator.unit)))


def _share(one: Indicator, option: PanelRun, base: PanelRun) -> float:
    """Return the size of a change relative to the case, at most 1.

    It is 0 if the change is less than a unit.
    """
    gap, before = abs(option.table[one.key] - base.table[one.key]), abs(base.table[one.key])
    if math.isnan(gap) or gap < least_of_unit(one.unit):
        return 0.0
    return min(1.0, gap / max(before, least_of_unit(one.unit)))
