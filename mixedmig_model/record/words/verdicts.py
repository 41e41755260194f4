"""What may be said of an option, in one sentence."""

from mixedmig_model.record.words import templates
from mixedmig_model.results.indicators.judgement import Beyond, Standing
from mixedmig_model.results.indicators.table import HARMS


def standing_sentence(found: Standing) -> str:
    """The verdict on an option. One with a breach is never ranked, none is called better while a harm is larger."""
    only = _only(found.breaches_beyond, len(found.breaches))
    if found.is_baseline:
        return templates.VERDICT_BASELINE_BREACHES.format(only=only) if found.breaches else templates.VERDICT_BASELINE
    if found.breaches:
        return templates.VERDICT_BREACHES.format(only=only)
    if not found.same_people:
        return templates.VERDICT_OTHERS_DEPART
    if found.worse_harms:
        worse = len(found.worse_harms)
        return templates.VERDICT_WORSE.format(worse=worse, harms=len(HARMS), only=_only(found.harms_beyond, worse))
    if found.better:
        return templates.VERDICT_BETTER.format(better=found.better, harms=len(HARMS))
    return templates.VERDICT_SAME


def _only(beyond: Beyond, seen: int) -> str:
    """In which runs beside the main one something is seen that is not seen in it; empty where there is none."""
    if not beyond.indicators:
        return ""
    runs = templates.VERDICT_RUN if len(beyond.sides) == 1 else templates.VERDICT_RUNS
    text = runs.format(sides=" or ".join(beyond.sides))
    return (
        templates.VERDICT_ONLY.format(runs=text) if beyond.indicators == seen
        else templates.VERDICT_SOME_ONLY.format(count=beyond.indicators, runs=text)
    )
