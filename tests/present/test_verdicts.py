"""What a report says of an option: neither its effect on departures, nor other people departing, speaks for it."""

import re
from dataclasses import replace

import pytest
from results.made_counts import counts

from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.resolving.run_inputs import Override, with_overrides
from mixedmig_model.inputs.schema import Change, Scenario
from mixedmig_model.present.report.sections import decision as sections
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.report import build_record
from mixedmig_model.record.words.limits import NOT_MODELLED
from mixedmig_model.results.indicators.breaches import RETURNS
from mixedmig_model.results.indicators.judgement import SIDES
from mixedmig_model.results.indicators.table import INDICATORS
from mixedmig_model.study.responses import judged_run, made_breaches, responses, same_people
from mixedmig_model.study.scenarios import WITHOUT, Outcome, Task

BASELINE = "as_it_happened"
WAYS = {
    "deterring": {"responses.deterrence_elasticity": -0.2, "responses.harshness": 0.5},
    "enforcing": {"responses.enforcement": 1.0},
    "offering_places": {"responses.pathway_places": 5000.0},
    "fewer": {"arrivals.scale": 0.5},
    "less_need": {"arrivals.international_need_share": 0.3},
    "turning_back": {"journey.turn_back_rate": 0.5},
    "the_same": {},
}
MANY, FEW = counts(), counts({"deaths": {"seen": 100.0}})
BREACHING = counts(breaches={"turned_back": 3.0})


@pytest.fixture(scope="module")
def made(andaman):
    """The case with a scenario for each way in which departures can differ."""
    found = {}
    for name, sets in WAYS.items():
        changes = tuple(Change(parameter=key, set=value, source="S67", reason="a test") for key, value in sets.items())
        found[name] = Scenario(schema=1, case=andaman.name, title=name, description=name, changes=changes)
    return replace(andaman, scenarios={BASELINE: andaman.scenarios[BASELINE], **found})


def record(inputs, book, judged):
    """The record of a comparison whose runs have these counts, by scenario and side."""
    none = {i.key: 0.0 for i in INDICATORS}
    outcomes = [
        Outcome(Task(inputs.workspace.root, inputs.name, scenario, side, None, (), None), none, judged=given)
        for scenario, sides in judged.items() for side, given in sides.items()
    ]
    return build_record(inputs, list(judged), outcomes, dict.fromkeys(judged, book[0].runs[BASELINE]))


def all_three(given):
    return dict.fromkeys(SIDES, given)


def bare(given):
    return dict.fromkeys(WITHOUT.values(), given)


def said(inputs, book, judged):
    return {one.name: one.judgement.sentence for one in record(inputs, book, judged).scenarios}


@pytest.mark.parametrize("name", ["deterring", "enforcing", "offering_places", "fewer", "less_need"])
def test_fewer_departures_never_buy_a_better_verdict(name, made, book):
    run, base = resolve(made, name), resolve(made)
    assert responses(run) or not same_people(run, base)
    judged = judged_run(run, base)
    assert responses(judged) == []
    assert same_people(judged, base)
    assert judged.digest not in (run.digest, base.digest)
    given = {BASELINE: all_three(MANY), name: all_three(FEW) | bare(MANY)}
    assert said(made, book, given)[name] == "No harm differs. It changes only who sets out, and that never counts."
    given[name] |= bare(counts({"deaths": {"seen": 310.0}}))  # boats abandoned under enforcement
    assert said(made, book, given)[name] == "Worse on: deaths and missing (10 more people, +3 %)."


def test_an_option_in_which_the_same_people_depart_is_judged_by_its_own_run(made):
    run = resolve(made, "the_same")
    assert judged_run(run, resolve(made)) is run


def test_an_effect_on_departures_does_not_hide_a_breach(made, book):
    given = {BASELINE: all_three(MANY), "deterring": all_three(MANY) | bare(MANY) | {WITHOUT["high"]: BREACHING}}
    assert said(made, book, given)["deterring"].startswith(
        "Not ranked, because it adds 1 breach: people turned back at sea (0 \N{RIGHTWARDS ARROW} 3, in the run "
        "with a high share")


def test_a_baseline_with_an_effect_on_departures_is_judged_and_compared_without_it(made, book):
    inputs = replace(made, case=made.case.model_copy(update={"baseline": "deterring"}))
    given = {"deterring": all_three(FEW) | bare(MANY), BASELINE: all_three(counts({"deaths": {"seen": 290.0}}))}
    found = said(inputs, book, given)
    assert found["deterring"] == "The baseline has no breach."
    assert found[BASELINE] == (
        "Better on every harm that differs: deaths and missing (10 fewer people, \N{MINUS SIGN}3 %).")


def test_an_option_answers_for_a_breach_whose_input_it_changes(made):
    assert made_breaches(resolve(made, "turning_back"), resolve(made)) == {"turned_back"}
    assert made_breaches(resolve(made, "fewer"), resolve(made)) == frozenset()


def test_a_breach_in_a_run_of_another_share_stands_in_the_record_and_is_flagged_on_the_page(made, book):
    given = {BASELINE: all_three(MANY), "the_same": all_three(MANY) | {"low": BREACHING}}
    found = record(made, book, given)
    judgement = found.scenarios[1].judgement
    assert not judgement.ranked
    assert [(one.key, one.word, one.side) for one in judgement.breaches if one.word != "none"] == [
        ("turned_back", "adds", "low")]
    page = sections.decision_table(Comparison(found, {}))
    assert f'<span class="flag">{judgement.sentence}</span>' in page


def test_the_decision_table_prints_the_words_of_the_sentence(made, book):
    option = counts({"deaths": {"seen": 200.0}, "detention": {"seen": 150_000.0}})
    found = record(made, book, {BASELINE: all_three(MANY), "the_same": all_three(option)})
    page = sections.decision_table(Comparison(found, {}))
    harms = {one.key: one for one in found.scenarios[1].judgement.harms}
    assert (harms["deaths"].word, harms["deaths"].text) == ("better", "100 fewer people")
    assert (harms["detention_days"].word, harms["detention_days"].text) == ("worse", "137 more person-years")
    assert len(harms) == 11
    for one in harms.values():
        said = rf"[^<]+, {one.word}" if one.word in ("better", "worse") else re.escape(one.text)
        assert re.search(f'<span class="gap">{said}</span>', page), one.key
    assert page.count("no material difference") == 9


def test_the_decision_table_says_where_its_numbers_include_an_effect_on_departures(made, book):
    note = "The numbers of an option include any change in who departs."
    plain = {BASELINE: all_three(MANY), "the_same": all_three(MANY)}
    assert note not in sections.decision_table(Comparison(record(made, book, plain), {}))
    acting = {BASELINE: all_three(MANY), "deterring": all_three(FEW) | bare(MANY)}
    found = record(made, book, acting)
    assert note in sections.decision_table(Comparison(found, {}))
    assert found.responses[0].responses == ("Effect of deterrence on departures",) or found.responses[0].responses


def test_what_is_not_modelled_and_the_readme_say_how_departures_respond(root):
    readme = re.sub(r"\s+", " ", (root / "README.md").read_text(encoding="utf-8"))
    for text in (" ".join(NOT_MODELLED), readme):
        assert re.search(r"deterrence and information( campaigns)? (only )?with a cited source", text)
        assert re.search(r"enforcement and regular (places|pathways) by an assumed size", text)
    assert "it never counts in favour of an option" in " ".join(NOT_MODELLED)
    assert "never counts in favour of an option" in readme


@pytest.mark.parametrize(("name", "times", "more"), [
    ("return.officers", 3.0, True), ("return.officers", 0.3, False), ("return.preparation_effort", 0.5, True),
    ("return.preparation_effort", 2.0, False), ("screening.officers", 3.0, False),
])
def test_an_option_that_raises_returns_is_known(andaman, name, times, more):
    base = resolve(andaman)
    option = with_overrides(base, [Override(name, factor=times)], f"{name} {times}")
    assert made_breaches(option, base) == ({RETURNS} if more else set())
    nobody = [Override("return.escorted_places", factor=0.0), Override(name, factor=times)]
    assert made_breaches(with_overrides(base, nobody, "x"), base) == set()  # all who return do so by choice
