"""The evacuation from Libya: published totals as they are missed or not, directions, and the figures of its README."""

from datetime import date

import pytest
from case_figures import Solved, spent
from shipped_case import ShippedCase, number, table_of

from mixedmig_model.record.published import in_table
from mixedmig_model.results.costs.quantities import Quantities
from mixedmig_model.results.indicators.table import BREACHES
from mixedmig_model.results.ledger import check_ledger
from mixedmig_model.results.published import compare

BASE, READY, NO_GRANT = "as_it_was", "standing_preparedness", "no_reintegration_grant"
TOTALS = (
    "needed help by 18 March", "needed help from 19 March to 30 April", "returned by 18 March", "returned by 28 March",
    "returned by 30 April", "returned by 30 April, from Tunisia", "returned by 30 November",
)
"""Rows of the README in the order of ``observed.csv``."""
BEFORE_SEAT = ("registration", "screening", "counselling", "referral")


@pytest.fixture(scope="module")
def libya(workspace):
    return ShippedCase(workspace, "libya_2011_evacuation")


def test_published_totals_of_the_readme_are_those_of_the_run(libya):
    shown = table_of(libya.readme, "Published totals and the model")
    totals = tuple(one for one in libya.inputs.observations if not in_table(one))
    found = compare(libya.runs[BASE], totals)
    assert [row for row in shown if row in TOTALS] == list(TOTALS)
    for row, one in zip(TOTALS, found, strict=True):
        kind, _, ours, miss = shown[row]
        assert kind == one.observation.kind
        assert number(ours) == pytest.approx(one.ours, rel=6e-3)
        assert ("missed" in miss) == one.missed, row
        assert (0.0 if miss == "inside" else number(miss)) == pytest.approx(one.miss, abs=0.006), row
    assert {one.observation.kind for one in found} == {"input", "fitted"}
    assert libya.assumed in libya.readme


def on(ds, day, country=None, stages=None):
    """People ashore on the morning of a day."""
    people = ds["daily_people"].sel(day=day)
    people = people if country is None else people.sel(country=[country])
    return float((people if stages is None else people.sel(stage=list(stages))).sum())


def test_people_at_the_borders_are_as_far_from_what_was_published_as_the_readme_says(libya):
    ds = libya.runs[BASE]
    ours = {
        "in Tunisia, waiting for transport, 2 March": on(ds, "2011-03-02", "tunisia"),
        "in Tunisia, in the transit camp, 10 March": on(ds, "2011-03-10", "tunisia"),
        "at all borders, 18 March": on(ds, "2011-03-18"),
        "at all borders, in need of evacuation, 30 April": on(ds, "2011-04-30", stages=BEFORE_SEAT),
    }
    shown = table_of(libya.readme, "Published totals and the model")
    for row, people in ours.items():
        published, cell, miss = shown[row]
        assert number(cell) == pytest.approx(people, rel=6e-3), row
        assert number(miss) == pytest.approx(people / number(published) - 1, abs=0.006), row
        assert ("missed" in miss) == (abs(people / number(published) - 1) > 0.1)


def test_who_needed_help_is_the_published_total_of_returns_and_those_who_stayed(libya):
    came = sum(row.persons for row in libya.inputs.departures)
    assert 217_060 < came < 1.1 * 217_060
    march = [row.persons for row in libya.inputs.departures if row.end.isoformat() <= "2011-03-19"]
    assert sum(march) == pytest.approx(60_500, abs=20)  # rows are whole tens


PUBLISHED_TO_MAY = (75.5, 160.0)
"""IOM had received, and had asked for, million USD of 2011."""
TO_2017 = 1.09


def test_the_cost_to_may_is_explained_line_by_line(libya):
    """Every line is the run's; the twelve largest are shown, and the rest is one row."""
    solved = Solved(libya.inputs)
    solved.__dict__["runs"] = libya.runs
    lines, _ = spent(solved, date(2011, 2, 1), date(2011, 5, 21), tuple(libya.costs[BASE].pricing.countries))
    money = {title: cents / 1e6 for title, cents in lines.items()}
    shown = table_of(libya.readme, "Cost, and what was published")
    largest = sorted(money, key=money.__getitem__, reverse=True)[:12]
    returns = "Assisted return", "Assisted return from detention or without shelter"
    ours = {title: money[title] for title in largest} | {
        "All lines": sum(money.values()), "All returns": sum(money[one] for one in returns),
        "Other lines": sum(money.values()) - sum(money[title] for title in largest)}
    assert set(shown) - {"line", "---"} == set(ours)
    for title, value in ours.items():
        assert number(shown[title][0]) == pytest.approx(value, rel=6e-3), title
    received, asked = (value * TO_2017 for value in PUBLISHED_TO_MAY)
    assert shown["All lines"][1] == f"{received:.1f} to {asked:.0f}"
    assert shown["All lines"][2] == f"{ours['All lines'] / asked:.2f} to {ours['All lines'] / received:.2f}"
    assert number(shown["All returns"][2]) == pytest.approx(ours["All returns"] / received, rel=6e-3)


def test_the_grants_of_the_run_miss_those_of_the_loan_by_what_the_readme_says(libya):
    """680 USD of 2011 for each package; American consumer prices make it 1.09 times as much in 2017."""
    packages = float(Quantities(libya.runs[BASE])["reintegration_packages"].sum())
    ours, announced = packages * 680, 36_500 * 680
    dearer = 112.4116 / 103.1568  # consumer prices of 2017 over those of 2011, World Bank
    assert libya.item_cost(BASE, "reintegration_package") == pytest.approx(dearer * ours, rel=1e-5)
    shown = table_of(libya.readme, "The loan to Bangladesh")["grants"]
    assert number(shown[0]) == pytest.approx(announced / 1e6, abs=0.05)
    assert number(shown[1]) == pytest.approx(ours / 1e6, abs=0.05)
    assert number(shown[2]) == pytest.approx(ours / announced - 1, abs=0.0006)
    assert ("missed" in shown[2]) == (abs(ours / announced - 1) > 0.1)


def test_without_the_grant_money_changes_and_nothing_else(libya):
    assert libya.tables[NO_GRANT] == pytest.approx(libya.tables[BASE], nan_ok=True)
    saved = libya.costs[BASE].total - libya.costs[NO_GRANT].total
    assert saved == pytest.approx(28.54e6, rel=2e-3)
    assert "28.5 million" in libya.readme


def test_preparedness_shelters_people_in_the_first_weeks_and_moves_nobody_more_on_any_day(libya):
    base, ready = libya.tables[BASE], libya.tables[READY]
    assert ready["without_shelter_days"] < 0.25 * base["without_shelter_days"]
    assert ready["returned_induced"] < 0.7 * base["returned_induced"]
    busiest = {
        name: sum(Quantities(ds)[driver].sum(axis=-1) for driver in ("assisted_returns", "induced_returns")).max()
        for name, ds in libya.runs.items()
    }
    assert busiest[READY] < 1.05 * busiest[BASE]


ROWS = {
    "people without shelter, at the peak": "without_shelter_peak",
    "person-days without shelter": "without_shelter_days",
    "returned from the open air, under pressure": "returned_induced", "needs missed by screening": "needs_missed",
}


def test_figures_and_verdicts_of_the_readme_are_those_of_the_runs(libya):
    shown = table_of(libya.readme, "Scenarios")
    for column, name in enumerate((BASE, READY, NO_GRANT)):
        for row, key in ROWS.items():
            assert number(shown[row][column]) == pytest.approx(libya.tables[name][key], rel=6e-3), (row, name)
        cost = number(shown["cost, million USD of 2017"][column])
        assert cost == pytest.approx(libya.costs[name].total / 1e6, rel=2e-3)
        assert libya.said(name) in libya.readme, name
    assert set(libya.inputs.scenarios) == {BASE, READY, NO_GRANT}


def test_no_scenario_breaches_the_ledger_or_a_right(libya):
    for name, ds in libya.runs.items():
        assert check_ledger(ds) == []
        assert all(libya.tables[name][one.key] == 0.0 for one in BREACHES), name


def test_the_reader_is_told_that_deaths_are_not_in_the_run(libya):
    assert libya.tables[BASE]["deaths"] == 0.0
    assert "neither are deaths" in libya.inputs.case.summary
    assert "Deaths are not in the run" in libya.readme
