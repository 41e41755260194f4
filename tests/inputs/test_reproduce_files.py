"""Faulty files of published arithmetic: each message whole, all of them at once, and the cases that a file runs."""

import pytest
from faulty_workspace import Faulty, copy, exactly, remove, swap, write

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.observations.figure_units import unit_ratio
from mixedmig_model.inputs.observations.reproduce import read_reproductions
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.workspace import read_workspace

LIBYA, UK = "reproduce/libya_2011_loan.yaml", "reproduce/uk_impact_assessment_2023.yaml"
IOM, CANADA = "reproduce/iom_appeal_2015.yaml", "reproduce/canada_2018.yaml"
CASE = "reproduce/canada_2018"
IN_LIBYA, IN_UK = f"parameters/{LIBYA}:{{line}}: checks.", f"parameters/{UK}:{{line}}: checks."
IN_IOM, IN_CANADA = f"parameters/{IOM}:{{line}}: checks.", f"parameters/{CANADA}:{{line}}: checks."
WAIT = "quantity: people_awaiting_decision, per: first_decisions"
COVER = "items: [health_cover], start: 2017-04-01, end: 2018-04-01"
SHAPE = [
    Faulty("an unknown key", swap(IOM, "divided_by:", "divided:"),
           IN_IOM + "a_head.divided: unknown key; found 'divided'; allowed: break_even, divided_by, divided_by_lines, "
           "evidence, explained, lines, note, published, run, title; did you mean 'divided_by'?"),
    Faulty("no price", swap(LIBYA, "price: 680, ", "", 0),
           IN_LIBYA + "grants.lines.0.price: a required key is missing"),
    Faulty("a formula for a number", swap(LIBYA, "quantity: 36500", "quantity: 73000/2"),
           IN_LIBYA + "grants.lines.0.quantity: not a number; found '73000/2'; allowed: a number"),
    Faulty("a negative price", swap(LIBYA, "price: 680", "price: -680"),
           IN_LIBYA + "grants.lines.0.price: too small; found -680; allowed: at least 0"),
    Faulty("two ways at once", swap(
        IOM, "    evidence: arithmetic\n", "    evidence: arithmetic\n    run: {case: canada_2018, quantity: claims, "
        "start: 2017-04-01, end: 2018-04-01}\n", -3),
           IN_IOM + "a_head: give exactly one of lines, break_even, run; found lines, run"),
    Faulty("no way", swap(LIBYA, "    lines:\n      - {title: Grants, quantity: 36500, unit: person, price: 680, "
                          "currency: USD, price_year: 2011, source: S15,\n         quality: published}\n", "", -4),
           IN_LIBYA + "grants: give exactly one of lines, break_even, run; found none"),
    Faulty("a divisor of a run", swap(CANADA, "    run: {case: canada_2018, quantity: claims",
                                      "    divided_by: {title: x, quantity: 1, unit: case, source: S24, quality: "
                                      "published}\n    run: {case: canada_2018, quantity: claims", -4),
           IN_CANADA + "claims_2019_20: one divisor at most, and only of lines; found divided_by; "
           "allowed: lines with one divisor"),
    Faulty("a prediction that is solved for", swap(UK, "evidence: fitted", "evidence: predicted", -3),
           IN_UK + "three_years_solved: without time_share the figure is fitted; found predicted; "
           "allowed: evidence: fitted, or time_share"),
    Faulty("a figure outside its range", swap(UK, "{value: 0.37, range: [0.365, 0.375]", "{value: 0.37, range: [1, 2]"),
           IN_UK + "current_prices.published: the figure lies outside its own range, or this is not above 0; "
           "found 0.37; allowed: 1 to 2"),
    Faulty("a tolerance in percent", swap(LIBYA, "tolerance: 0.02", "tolerance: 2"),
           IN_LIBYA + "grants.published.tolerance: too large; found 2; allowed: at most 1"),
    Faulty("a misspelt evidence", swap(LIBYA, "evidence: arithmetic", "evidence: arithmetics"),
           IN_LIBYA + "grants.evidence: not one of the allowed values; found 'arithmetics'; "
           "allowed: arithmetic, fitted, input, predicted; did you mean 'arithmetic'?"),
    Faulty("items and a quantity", swap(CANADA, "items: [health_cover],", "items: [health_cover], quantity: claims,"),
           IN_CANADA + "health_2017_18.run: give exactly one of items, quantity; found items, quantity"),
    Faulty("a period backwards", swap(CANADA, "start: 2017-04-01, end: 2018-04-01",
                                      "start: 2018-04-01, end: 2017-04-01"),
           IN_CANADA + "health_2017_18.run: the period ends before it starts; found 2018-04-01 to 2017-04-01; "
           "allowed: end a date after 2018-04-01"),
]
MEANING = [
    Faulty("an unknown source", swap(LIBYA, "source: WB11", "source: WB1"),
           IN_LIBYA + "grants.published.source: unknown source; found 'WB1'; allowed: …; did you mean 'WB11'?"),
    Faulty("an unknown source of a line", swap(UK, "source: S70,", "source: S9999,"),
           IN_UK + "current_prices.break_even.saved.0.source: unknown source; found 'S9999'; allowed: …"),
    Faulty("an unknown unit", swap(LIBYA, "unit: person, price: 680", "unit: persn, price: 680"),
           IN_LIBYA + "grants.lines.0.unit: unknown unit; found 'persn'; allowed: …; did you mean 'person'?"),
    Faulty("two currencies in a sum", swap(LIBYA, "price: 1260, currency: USD", "price: 1260, currency: EUR"),
           IN_LIBYA + "whole_loan.lines.1.currency: lines of different currency are added up; found 'EUR'; "
           "allowed: USD"),
    Faulty("two price years in a sum", swap(LIBYA, "price: 1260, currency: USD, price_year: 2011",
                                            "price: 1260, currency: USD, price_year: 2010"),
           IN_LIBYA + "whole_loan.lines.1.price_year: lines of different price year are added up; found 2010; "
           "allowed: 2011"),
    Faulty("a total where a head is published", swap(IOM, "unit: USD/person", "unit: USD"),
           IN_IOM + "a_head.published.unit: the unit measures something else; found 'USD'; "
           "allowed: USD/person, which the check gives"),
    Faulty("a wait in persons", swap(CANADA, "{value: 2, unit: person*year/case", "{value: 2, unit: person"),
           IN_CANADA + "wait_end_2018.published.unit: the unit measures something else; found 'person'; "
           "allowed: person*day/case, which the check gives"),
    Faulty("an unknown case", swap(CANADA, "run: {case: canada_2018, quantity: claims",
                                   "run: {case: canada_2019, quantity: claims"),
           IN_CANADA + "claims_2019_20.run.case: unknown case; found 'canada_2019'; "
           "allowed: canada_2018, uk_detention_2017; did you mean 'canada_2018'?"),
    Faulty("an unknown scenario", swap(CANADA, f"run: {{case: canada_2018, {COVER}",
                                       f"run: {{case: canada_2018, scenario: fixed, {COVER}"),
           IN_CANADA + "health_2017_18.run.scenario: unknown scenario; found 'fixed'; allowed: fixed_capacity; "
           "did you mean 'fixed_capacity'?"),
    Faulty("an unknown quantity", swap(CANADA, WAIT, WAIT.replace("first_decisions", "first_decision")),
           IN_CANADA + "wait_end_2018.run.per: unknown quantity; found 'first_decision'; allowed: …; "
           "did you mean 'first_decisions'?"),
    Faulty("an unknown cost item", swap(CANADA, "items: [health_cover],", "items: [health_cove],"),
           IN_CANADA + "health_2017_18.run.items.0: unknown cost item; found 'health_cove'; "
           "allowed: all_else, health_cover; did you mean 'health_cover'?"),
    Faulty("a period beyond the run", swap(CANADA, "quantity: claims, start: 2019-04-01, end: 2020-04-01",
                                           "quantity: claims, start: 2019-04-01, end: 2030-04-01"),
           IN_CANADA + "claims_2019_20.run.end: outside the run of the case; found 2030-04-01; "
           "allowed: 2017-01-01 to 2024-07-01"),
    Faulty("costs of half a month", swap(CANADA, COVER, COVER.replace("2018-04-01", "2018-04-15")),
           IN_CANADA + "health_2017_18.run.end: costs are kept by month: the period must be one of whole months; "
           "found 2018-04-15; allowed: the first day of a month"),
    Faulty("a file ending in .yml", copy(LIBYA, "reproduce/more.yml"),
           "parameters/reproduce/more.yml: no command reads a file of this name; found 'more.yml'; allowed: *.yaml; "
           "did you mean 'more.yaml'?"),
    Faulty("a name with a blank", copy(LIBYA, "reproduce/my loan.yaml"),
           "parameters/reproduce/my loan.yaml: the file's name is not a valid name; found 'my loan'; "
           "allowed: a-z, 0-9, _ and -, 1 to 64 characters"),
    Faulty("a fault in the case that is run", swap(f"{CASE}/case.yaml", "value: 142.25", "value: -1"),
           f"parameters/{CASE}/case.yaml:{{line}}: parameters.determination.officers.value: …"),
    Faulty("a fault in its cost list", swap(f"{CASE}/costs/items.yaml", "driver: claims", "driver: claim"),
           f"parameters/{CASE}/costs/items.yaml:{{line}}: items.all_else.driver: unknown quantity; "
           "found 'claim'; allowed: …; did you mean 'claims'?"),
]


@pytest.mark.parametrize("faulty", SHAPE + MEANING, ids=lambda faulty: faulty.name)
def test_a_faulty_file_is_refused_with_one_message(folder, faulty):
    line = faulty.edit(folder)
    with pytest.raises(InputFaultsError, match=exactly(faulty.message, line)):
        read_reproductions(read_workspace(folder.parent))


def test_faults_of_several_files_and_of_their_cases_come_together(folder):
    swap(LIBYA, "source: WB11", "source: WB1")(folder)
    swap(LIBYA, "price: 1260, currency: USD", "price: 1260, currency: EUR")(folder)
    swap(UK, "evidence: fitted", "evidence: predicted")(folder)
    swap(f"{CASE}/costs/items.yaml", "driver: claims", "driver: claim")(folder)
    swap(f"{CASE}/arrivals.csv", "canada,178038", "canada,-1")(folder)
    with pytest.raises(InputFaultsError) as caught:
        read_reproductions(read_workspace(folder.parent))
    assert {fault.file.split("/", 2)[2] for fault in caught.value.faults} == {
        "libya_2011_loan.yaml", "uk_impact_assessment_2023.yaml", "canada_2018/costs/items.yaml",
        "canada_2018/arrivals.csv",
    }
    assert len(caught.value.faults) == 5


def test_a_workspace_without_published_figures_says_so(folder):
    remove("reproduce")(folder)
    with pytest.raises(InputFaultsError, match=exactly(
        "parameters/reproduce: nothing to reproduce here; allowed: files as in a workspace made by 'mixedmig init DIR'"
    )):
        read_reproductions(read_workspace(folder.parent))


def test_one_file_is_read_alone_and_an_unknown_one_is_refused(folder):
    write(UK, "schema: 2\n")(folder)
    workspace = read_workspace(folder.parent)
    assert [one.name for one in read_reproductions(workspace, "libya_2011_loan")] == ["libya_2011_loan"]
    with pytest.raises(InputFaultsError, match="did you mean 'libya_2011_loan'"):
        read_reproductions(workspace, "libya_2011")


def test_cases_beside_the_files_stay_apart_from_the_cases_of_the_workspace(workspace):
    assert "canada_2018" not in workspace.cases
    with pytest.raises(InputFaultsError, match="unknown case; found 'canada_2018'"):
        read_case(workspace, "canada_2018")
    case = read_reproductions(workspace, "canada_2018")[0].cases["canada_2018"]
    assert case.workspace.cases == ("canada_2018", "uk_detention_2017")
    assert case.costs is not None
    assert case.costs.items == ("health_cover", "all_else")


@pytest.mark.parametrize(("found", "wanted", "factor"), [
    ("GBP", "GBP", 1.0), ("CAD/case", "CAD/case", 1.0), ("share", "percent", 100.0),
    ("person*day/case", "person*year/case", 1 / 365.2425),
])
def test_units_of_figures_convert_and_money_never_does(found, wanted, factor):
    assert unit_ratio(found, wanted) == pytest.approx(factor)
    with pytest.raises(ValueError, match="the unit measures something else"):
        unit_ratio("GBP", "USD")
