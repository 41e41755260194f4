"""The case of Japan: no number in it claims to be known, and its options act as its README says."""

import pytest
from shipped_case import ShippedCase, number, table_of

from mixedmig_model.results.indicators.table import BREACHES
from mixedmig_model.results.ledger import check_ledger
from mixedmig_model.results.published import compare

BASE, CONSULAR, OPEN = "as_assumed", "emergency_consular_help", "help_irrespective_of_status"
ROWS = {
    "people reached immediately": "disembarked", "people without shelter, at the peak": "without_shelter_peak",
    "needs missed by screening": "needs_missed", "median wait for the list, days": "wait_registration",
    "median wait for the interview, days": "wait_screening", "returned with assistance": "returned_assisted",
    "without any record at the end": "without_status",
}


@pytest.fixture(scope="module")
def japan(workspace):
    return ShippedCase(workspace, "japan_2011")


def test_every_number_of_the_case_is_an_assumption_and_the_case_says_so(japan):
    case = japan.inputs.case
    assert {local.quality for local in case.parameters.values()} == {"assumption"}
    assert {(row.source, row.quality) for row in japan.inputs.departures} == {("assumption", "assumption")}
    prices = [cost.price for one in japan.inputs.scenarios.values() for cost in one.own_costs.values()]
    assert {(price.source, price.quality) for price in prices} == {("assumption", "assumption")}
    assert "no published totals" in case.summary
    assert "every number here is a planning value" in " ".join(case.summary.split())
    assert "No published totals" in japan.readme
    assert {seen.reliability for seen in japan.inputs.observations} == {"doubtful"}
    assert japan.assumed in japan.readme


def test_people_in_shelters_are_derived_from_those_of_all_nationalities_and_not_scored(japan):
    """An equal share of foreigners in shelters; the README has the model's numbers, and none is called missed."""
    rows = table_of(japan.readme, "What was published")
    compared = compare(japan.runs[BASE], japan.inputs.observations)
    assert [found.observation.value for found in compared[::2]] == [
        pytest.approx(people * 33_623 / 5.73e6, abs=1.0) for people in (468_653, 90_000)]
    for day, found in zip(("14 March", "25 May", "15 June"), compared, strict=True):
        assert not found.missed
        assert number(rows[day][1]) == pytest.approx(found.ours, abs=0.6), day
        assert number(rows[day][2]) == pytest.approx(found.miss, abs=6e-3), day


def test_nobody_is_detained_forced_or_refused(japan):
    for name, ds in japan.runs.items():
        assert check_ledger(ds) == []
        assert japan.tables[name]["detention_days"] == 0.0
        assert japan.tables[name]["returned_enforced"] < 0.1
        assert all(japan.tables[name][one.key] == 0.0 for one in BREACHES), name


def test_the_same_people_are_struck_in_every_scenario(japan):
    struck = {round(float(ds["flow_departed"].sum()), 6) for ds in japan.runs.values()}
    assert struck == {7500.0}


def test_consular_teams_shorten_the_waits_and_the_stay_in_shelters(japan):
    base, near = japan.tables[BASE], japan.tables[CONSULAR]
    assert near["wait_registration"] < 0.25 * base["wait_registration"]
    assert near["wait_screening"] < 0.25 * base["wait_screening"]
    stays = [float(japan.runs[name]["daily_people"].sel(place="reception").sum()) for name in (BASE, CONSULAR)]
    assert stays[1] < 0.8 * stays[0]


def test_help_irrespective_of_status_reaches_more_people_who_then_wait_longer(japan):
    base, reached = japan.tables[BASE], japan.tables[OPEN]
    assert reached["disembarked"] > 1.25 * base["disembarked"]
    assert reached["wait_registration"] > 2.0 * base["wait_registration"]
    assert reached["without_status"] < 0.1 * base["without_status"]


def test_figures_and_verdicts_of_the_readme_are_those_of_the_runs(japan):
    shown = table_of(japan.readme, "Scenarios")
    for column, name in enumerate((BASE, CONSULAR, OPEN)):
        for row, key in ROWS.items():
            ours = japan.tables[name][key]
            assert number(shown[row][column]) == pytest.approx(ours, rel=6e-3, abs=6e-3), (row, name)
        cost = number(shown["cost, million USD of 2017"][column])
        assert cost == pytest.approx(japan.costs[name].total / 1e6, rel=2e-3)
        assert japan.said(name) in japan.readme, name
