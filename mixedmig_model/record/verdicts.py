"""What may be said of an option, judged by the runs without its effect on departures."""

from collections.abc import Mapping
from typing import NamedTuple

from mixedmig_model.record.words import templates
from mixedmig_model.record.words.verdicts import standing_sentence
from mixedmig_model.results.indicators.judgement import SIDES, Standing, standing
from mixedmig_model.results.indicators.table import BREACHES
from mixedmig_model.study.scenarios import DEFAULT_WITHOUT, WITHOUT

Indicators = Mapping[str, float]
"""Indicators of one run by key."""
IndicatorsByRun = Mapping[tuple[str, str], Indicators]
"""Indicators of the runs of a comparison, by scenario and side."""


class Verdict(NamedTuple):
    """What may be said of an option, and the same as a sentence."""

    standing: Standing
    sentence: str


def verdict(name: str, baseline: str, values: IndicatorsByRun, same: bool) -> Verdict:
    """What may be said of an option: neither its own effect on departures nor the baseline's counts.

    Args: same, whether the same people depart as in the baseline.
    """
    own, other = _judged_runs(name, values), _judged_runs(baseline, values)
    found = standing(own, other, name == baseline, same)
    return Verdict(found, standing_sentence(found) + _note(name, baseline, values))


def _note(name: str, baseline: str, values: IndicatorsByRun) -> str:
    """A sentence for the verdict where effects on departures were left out of it."""
    if (name, DEFAULT_WITHOUT) in values:
        return templates.VERDICT_OWN_EFFECT
    if (baseline, DEFAULT_WITHOUT) in values:
        return templates.VERDICT_BASELINE_EFFECT
    return ""


def _judged_runs(name: str, values: IndicatorsByRun) -> dict[str, Indicators]:
    """The indicators by which an option is judged, by side."""
    return {side: _judged_run(name, side, values) for side in SIDES}


def _judged_run(name: str, side: str, values: IndicatorsByRun) -> Indicators:
    """The run without responses of departures to policy, or the run itself where there are none.

    A breach counts in whichever of the two it happens: responses can neither hide nor excuse one.
    """
    responding = values[name, side]
    unchanged = values.get((name, WITHOUT[side]), responding)
    breaches = {breach.key: max(unchanged[breach.key], responding[breach.key]) for breach in BREACHES}
    return {**unchanged, **breaches}
