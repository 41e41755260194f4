"""What may be said of scenarios of a case by their main runs, side runs taken to be like them: for tests of READMEs."""

from collections.abc import Mapping

import xarray as xr

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.record.verdicts import largest_outside, speeds_up
from mixedmig_model.record.words.judged.sentence import About, baseline_sentence, judgement_sentence
from mixedmig_model.results.indicators.exposure import JudgedCounts, judged_counts
from mixedmig_model.results.indicators.judgement import Judgement, judge
from mixedmig_model.results.indicators.table import indicator_table
from mixedmig_model.study.responses import judged_run, made_breaches
from mixedmig_model.study.run import run_one


def counts_of(inputs: CaseInputs, name: str, ds: xr.Dataset) -> JudgedCounts:
    """What a judgement reads of a scenario: of its run, or of one in which the baseline's people depart."""
    run = resolve(inputs, name)
    judged = judged_run(run, resolve(inputs))
    return judged_counts(ds if judged is run else run_one(judged))


def judgement_of(inputs: CaseInputs, name: str, runs: Mapping[str, xr.Dataset]) -> Judgement:
    """A scenario judged against the baseline."""
    base = inputs.case.baseline
    ours, theirs = (counts_of(inputs, key, runs[key]) for key in (name, base))
    return judge({"default": ours}, {"default": theirs}, made_breaches(resolve(inputs, name), resolve(inputs)))


def sentence_of(inputs: CaseInputs, name: str, runs: Mapping[str, xr.Dataset]) -> str:
    """What may be said of a scenario."""
    base = inputs.case.baseline
    if name == base:
        return baseline_sentence(counts_of(inputs, name, runs[name]).breaches)
    run = resolve(inputs, name)
    departures = judged_run(run, resolve(inputs)) is not run
    ours, theirs = (indicator_table(runs[key]) for key in (name, base))
    about = About({key: country.title for key, country in inputs.case.countries.items()},
                  largest_outside(ours, theirs, inputs.case.route), departures, speeds_up(run, resolve(inputs)))
    return judgement_sentence(judgement_of(inputs, name, runs), about)
