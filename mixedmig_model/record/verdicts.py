"""The record of what may be said of an option.

It is judged by runs in which the baseline's people depart.
"""

from collections.abc import Iterable, Mapping

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.record.schema.judged import (
    BoundPart,
    DrawSharesPart,
    FewerPart,
    JudgedBreach,
    JudgedHarm,
    JudgementPart,
    MovedPart,
)
from mixedmig_model.record.words.judged.cells import breach_cell, harm_cell
from mixedmig_model.record.words.judged.sentence import (
    About,
    Outside,
    baseline_sentence,
    draws_sentence,
    judgement_sentence,
)
from mixedmig_model.results.indicators.bounds import SHARE, Bound, least_of_unit
from mixedmig_model.results.indicators.breaches import BreachReading
from mixedmig_model.results.indicators.exposure import JudgedCounts
from mixedmig_model.results.indicators.judgement import INDICATOR_OF, SIDES, DrawShares, HarmReading, Judgement, judge
from mixedmig_model.results.indicators.table import HEADLINES, INDICATORS
from mixedmig_model.study.responses import made_breaches, responses, same_inputs, same_people
from mixedmig_model.study.scenarios import DEFAULT_WITHOUT, WITHOUT, Outcome
from mixedmig_model.vocabulary.labels import Coming
from mixedmig_model.vocabulary.numbers import unit_words
from mixedmig_model.vocabulary.routes import on_route
from mixedmig_model.vocabulary.rows import Row

CountsByRun = Mapping[tuple[str, str], JudgedCounts]
"""What a judgement reads, by scenario and side."""
IndicatorsByRun = Mapping[tuple[str, str], Mapping[str, float]]
"""Indicators of the runs of a comparison.

They are by scenario and side.
"""
CAPACITY = tuple(name for name in CATALOGUE if name.rpartition(".")[2].endswith(("officers", "panels", "places")))
"""Inputs that say how many people services can serve.

Some say how many places hold.
"""
LEAST = {"day": 0.5, "share": 0.01}
"""Values below which a headline does not change, by unit.

Of people and their days see ``bounds.py``.
"""
TITLES = {one.key: one.title for one in INDICATORS}


def counts_by_run(outcomes: Iterable[Outcome]) -> dict[tuple[str, str], JudgedCounts]:
    """Return what a judgement reads of each run.

    Runs that failed are left out.
    """
    return {(o.task.scenario, o.task.side): o.judged for o in outcomes if o.judged is not None}


def judged_sides(name: str, counts: CountsByRun) -> dict[str, JudgedCounts]:
    """Return counts of the runs by which a scenario is judged.

    They are by side: those in which the baseline's people depart.
    """
    return {side: counts.get((name, WITHOUT[side]), counts[name, side]) for side in SIDES}


def judgement_of(
    inputs: CaseInputs, before: RunInputs, name: str, counts: CountsByRun, values: IndicatorsByRun
) -> JudgementPart:
    """Return what may be said of a scenario.

    Parameters
    ----------
    inputs : CaseInputs
        The case.
    before : RunInputs
        Inputs of the baseline.
    name : str
        Name of the scenario.
    counts : CountsByRun
        Counts of the runs.
    values : IndicatorsByRun
        Indicators, for what else moves.

    Returns
    -------
    JudgementPart
        The record.
    """
    baseline = before.scenario
    theirs = judged_sides(baseline, counts)
    if name == baseline:
        return baseline_part(theirs["default"])
    run = resolve(inputs, name)
    departures = bool(responses(run)) or not same_people(run, before)
    ours, table = (values[who, DEFAULT_WITHOUT if (who, DEFAULT_WITHOUT) in values else "default"]
                   for who in (name, baseline))
    about = About({key: country.title for key, country in inputs.case.countries.items()},
                  largest_outside(ours, table, inputs.case.coming), departures, speeds_up(run, before),
                  inputs.case.coming)
    return judged_option(judged_sides(name, counts), theirs, made_breaches(run, before), about)


def speeds_up(option: RunInputs, baseline: RunInputs) -> bool:
    """Return whether an option changes staff or places.

    They are those of a service.
    """
    return not same_inputs(option, baseline, CAPACITY)


def largest_outside(
    option: Mapping[str, float], baseline: Mapping[str, float], coming: Coming = "sea"
) -> Outside | None:
    """Return the headline that changes most.

    The change is relative to the baseline, and at least a hundredth of it. ``coming`` is that of the case, for the
    title of the headline.
    """
    found = None
    most = SHARE
    for one in HEADLINES:
        before, after = baseline[one.key], option[one.key]
        size = abs(after - before) / abs(before) if before else float("nan")
        if size > most and abs(after - before) > LEAST.get(one.unit, least_of_unit(one.unit)):
            most, row = size, Row(one.unit, before)
            told = (unit_words(row.value(value), one.unit) for value in (before, after))
            found = Outside(on_route(one.title, coming), *told)
    return found


def baseline_part(counts: JudgedCounts) -> JudgementPart:
    """Return what may be said of the baseline."""
    return JudgementPart(sentence=baseline_sentence(counts.breaches))


def judgement_part(found: Judgement, about: About) -> JudgementPart:
    """Return what may be said of an option, as a record."""
    return JudgementPart(
        sentence=judgement_sentence(found, about), ranked=found.ranked, better_on_all=found.better_on_all,
        harms=tuple(_harm(one, found.lived) for one in found.harms),
        breaches=tuple(_breach(one) for one in found.breaches),
        serves_fewer=tuple(FewerPart(service=one.service, baseline=one.baseline, option=one.option)
                           for one in found.serves_fewer),
        moved=tuple(MovedPart(key=INDICATOR_OF[one.key], amount=one.amount, fell_in=one.fell_in, rose_in=one.rose_in)
                    for one in found.moved),
        lived=found.lived,
    )


def judged_option(
    option: Mapping[str, JudgedCounts], baseline: Mapping[str, JudgedCounts], made: Iterable[str], about: About
) -> JudgementPart:
    """Judge an option and say it.

    Parameters
    ----------
    option, baseline : Mapping[str, JudgedCounts]
        Counts by side.
    made : Iterable[str]
        Breaches whose inputs the option changes.
    about : About
        What sentences need of the option.

    Returns
    -------
    JudgementPart
        The record.
    """
    return judgement_part(judge(option, baseline, made), about)


def draw_shares_part(found: DrawShares) -> DrawSharesPart:
    """Return how often draws say a word of each harm.

    It is a record with its sentence.
    """
    better, worse = ({INDICATOR_OF[key]: share for key, share in shares.items()} for shares in
                     (found.better, found.worse))
    return DrawSharesPart(draws=found.draws, better=better, worse=worse, any_worse=found.any_worse, adds=found.adds,
                          sentence=draws_sentence(found))


def _bound(one: Bound) -> BoundPart:
    return BoundPart(baseline=one.baseline, option=one.option, risk=one.risk, exposed=one.exposed)


def _harm(one: HarmReading, lived: float) -> JudgedHarm:
    key, found = INDICATOR_OF[one.key], one.reading
    return JudgedHarm(
        key=key, title=TITLES[key], word=one.word, text=harm_cell(one, lived), size=found.size, seen=_bound(found.seen),
        possible=_bound(found.possible), threshold=found.threshold.whole, own=found.threshold.own,
        sides=dict(one.sides), reason=found.reason if one.word == "unclear" else "", moved=found.moved,
        stayed=one.stayed,
    )


def _breach(one: BreachReading) -> JudgedBreach:
    return JudgedBreach(
        key=one.key, title=TITLES[one.key], word=one.word, text=breach_cell(one), baseline=one.counts.baseline,
        option=one.counts.option, risk=one.counts.risk, threshold=one.threshold, side=one.side, place=one.place,
    )
