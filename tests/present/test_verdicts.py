"""What a report says of an option: neither its effect on departures, nor other people departing, speaks for it."""

import re
from dataclasses import replace

import pytest

from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.schema import Change, Scenario
from mixedmig_model.present.report.sections import decision as sections
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.report import build_record
from mixedmig_model.record.words.limits import NOT_MODELLED
from mixedmig_model.results.indicators.judgement import SIDES
from mixedmig_model.results.indicators.table import INDICATORS
from mixedmig_model.study.responses import responses, same_people
from mixedmig_model.study.scenarios import WITHOUT, Outcome, Task

BASELINE = "as_it_happened"
WAYS = {
    "deterring": {"responses.deterrence_elasticity": -0.2, "responses.harshness": 0.5},
    "enforcing": {"responses.enforcement": 1.0},
    "offering_places": {"responses.pathway_places": 5000.0},
    "fewer": {"arrivals.scale": 0.5},
    "less_need": {"arrivals.international_need_share": 0.3},
    "the_same": {},
}


@pytest.fixture(scope="module")
def made(andaman):
    """The case with a scenario for each way in which departures can differ."""
    found = {}
    for name, sets in WAYS.items():
        changes = tuple(Change(parameter=key, set=value, source="S67", reason="a test") for key, value in sets.items())
        found[name] = Scenario(schema=1, case=andaman.name, title=name, description=name, changes=changes)
    return replace(andaman, scenarios={BASELINE: andaman.scenarios[BASELINE], **found})


def record(inputs, book, numbers):
    """The record of a comparison whose runs have these indicators, by scenario and side; 0 where none is given."""
    none = {i.key: 0.0 for i in INDICATORS}
    outcomes = [
        Outcome(Task(inputs.workspace.root, inputs.name, scenario, side, None, (), None), none | given)
        for scenario, sides in numbers.items() for side, given in sides.items()
    ]
    return build_record(inputs, list(numbers), outcomes, dict.fromkeys(numbers, book[0].runs[BASELINE]))


def all_three(**given):
    return dict.fromkeys(SIDES, given)


def bare(**given):
    return dict.fromkeys(WITHOUT.values(), given)


def said(inputs, book, numbers):
    return {one.name: one.standing for one in record(inputs, book, numbers).scenarios}


@pytest.mark.parametrize("name", ["deterring", "enforcing", "offering_places"])
def test_fewer_departures_never_buy_a_better_verdict(name, made, book):
    assert responses(resolve(made, name))
    numbers = {BASELINE: all_three(deaths=300.0), name: all_three(deaths=100.0) | bare(deaths=300.0)}
    assert said(made, book, numbers)[name] == (
        "No breach, and the same harms as the baseline. Judged without its effect on departures.")
    numbers[name] |= bare(deaths=310.0)  # boats abandoned under enforcement
    assert said(made, book, numbers)[name] == (
        "Not called better: 1 of 6 harms exceed the baseline's. Judged without its effect on departures.")


def test_an_effect_on_departures_neither_hides_nor_excuses_a_breach(made, book):
    numbers = {BASELINE: all_three(), "deterring": all_three() | bare() | {WITHOUT["high"]: {"turned_back": 3.0}}}
    assert said(made, book, numbers)["deterring"] == (
        "Shown, not ranked: it has breaches, only in the run with a high true-need share. "
        "Judged without its effect on departures.")
    numbers["deterring"] = all_three(turned_back=3.0) | bare()
    assert said(made, book, numbers)["deterring"] == (
        "Shown, not ranked: it has breaches. Judged without its effect on departures.")


def test_a_baseline_with_an_effect_on_departures_is_judged_and_compared_without_it(made, book):
    inputs = replace(made, case=made.case.model_copy(update={"baseline": "deterring"}))
    numbers = {"deterring": all_three(deaths=100.0) | bare(deaths=300.0), BASELINE: all_three(deaths=290.0)}
    assert said(inputs, book, numbers) == {
        "deterring": "Baseline. Judged without its effect on departures.",
        BASELINE: "No breach, and no harm exceeds the baseline's; 1 of 6 are smaller. "
                  "Judged against the baseline without its effect on departures.",
    }


def test_an_option_in_which_other_people_depart_is_not_ranked(made, book):
    base = resolve(made)
    same = {name: same_people(resolve(made, name), base) for name in WAYS}
    assert same == dict.fromkeys(WAYS, True) | {"fewer": False, "less_need": False}
    numbers = {BASELINE: all_three(deaths=300.0), "fewer": all_three(deaths=150.0)}
    assert said(made, book, numbers)["fewer"].startswith("No breach. Not ranked: it changes who departs, or how many")


def test_a_breach_in_a_run_of_another_share_stands_in_the_record_and_is_flagged_on_the_page(made, book):
    numbers = {BASELINE: all_three(), "the_same": all_three() | {"low": {"turned_back": 1.0}}}
    found = record(made, book, numbers)
    assert found.scenarios[1].breaches == ("People turned back at sea",)
    page = sections.decision_table(Comparison(found, {}))
    flagged = "Shown, not ranked: it has breaches, only in the run with a low true-need share."
    assert f'<span class="flag">{flagged}</span>' in page


def test_the_decision_table_says_where_its_numbers_include_an_effect_on_departures(made, book):
    note = "Numbers of options with an effect on departures include it; those without it stand further below."
    plain = {BASELINE: all_three(), "the_same": all_three()}
    assert note not in sections.decision_table(Comparison(record(made, book, plain), {}))
    acting = {BASELINE: all_three(), "deterring": all_three(deaths=1.0) | bare(deaths=2.0)}
    found = record(made, book, acting)
    assert note in sections.decision_table(Comparison(found, {}))
    assert found.responses[0].values["deaths"] == (1.0, 2.0)


def test_what_is_not_modelled_and_the_readme_say_how_departures_respond(root):
    readme = re.sub(r"\s+", " ", (root / "README.md").read_text(encoding="utf-8"))
    for text in (" ".join(NOT_MODELLED), readme):
        assert re.search(r"deterrence and information( campaigns)? (only )?with a cited source", text)
        assert re.search(r"enforcement and regular (places|pathways) by an assumed size", text)
    assert "it never counts in favour of an option" in " ".join(NOT_MODELLED)
    assert "never counts in favour of an option" in readme
