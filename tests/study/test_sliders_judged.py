"""The panel of sliders says of a setting what the rule says of the same two runs."""

import pytest
from judged_options import setting
from short_case import short_case

from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.present.panel.sliders import Explorer
from mixedmig_model.record.words.judged.cells import harm_cell
from mixedmig_model.results.indicators.exposure import judged_counts
from mixedmig_model.results.indicators.judgement import judge
from mixedmig_model.results.indicators.table import indicator_table
from mixedmig_model.solve.run import choose_solver
from mixedmig_model.study.run import run_quickly

DAYS = 120


@pytest.fixture(scope="module")
def explorer():
    return Explorer(short_case(DAYS), "", ["screening.officers"], choose_solver(), lambda: None)


def test_sliders_say_the_words_of_the_rule(explorer):
    values = {"screening.officers": 0.0}
    ds = explorer.solve(values)
    said = explorer.judged(values, ds)
    found = judge({"default": judged_counts(ds)}, {"default": judged_counts(explorer.baseline)})
    assert [one.word for one in said.harms] == [one.word for one in found.harms]
    assert [one.text for one in said.harms] == [harm_cell(one, found.lived) for one in found.harms]
    assert "worse" in {one.word for one in said.harms}
    assert said.sentence.startswith("It serves fewer people: screened")
    page = str(explorer.table(indicator_table(ds), said))
    assert said.sentence in page
    assert all(one.text in page for one in said.harms)


def test_a_setting_that_changes_who_departs_is_judged_with_the_people_of_the_case(explorer):
    values = {"arrivals.scale": 0.5}
    ds = explorer.solve(values)
    assert explorer.counts(values, ds).harms["deaths"].exposure == pytest.approx(
        explorer.base_counts.harms["deaths"].exposure, rel=1e-9)
    assert judged_counts(ds).harms["deaths"].exposure < 0.9 * explorer.base_counts.harms["deaths"].exposure
    assert explorer.judged(values, ds).sentence == (
        "No harm differs. It changes only who sets out, and that never counts.")


def test_turning_people_back_by_a_slider_is_not_ranked_and_is_flagged(explorer):
    values = {"journey.refused_share": 1.0}
    ds = explorer.solve(values)
    said = explorer.judged(values, ds)
    assert not said.ranked
    assert said.sentence.startswith("Not ranked, because it adds ")
    assert '<strong class="breach">Not ranked, because it adds ' in str(explorer.table(indicator_table(ds), said))
    run = setting(resolve(explorer.inputs), journey__refused_share=1.0)
    again = judged_counts(run_quickly(run, explorer.solver, lambda: None))
    assert again.breaches["refused_disembarkation"] == pytest.approx(
        judged_counts(ds).breaches["refused_disembarkation"], rel=1e-9)
