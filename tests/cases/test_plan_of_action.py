"""The Comprehensive Plan of Action: published returns, populations, errors of decisions; every figure of its README."""

import pytest
from case_figures import COST, Solved, check_delivered, check_published, compare_table, keys

from mixedmig_model.inputs.cases.case import read_case

CASE = "comprehensive_plan_of_action_1989_1996"
HERE = "hong_kong"
DECIDED = ["recognised", "appealed", "refused_without_appeal"]


def present(day, *countries):
    """People ashore on a day."""
    return lambda ds: float(sum(ds["daily_people"].sel(day=day, country=country).sum() for country in countries))


def refused(day):
    """People screened out, all countries: in return and in limbo."""
    return lambda ds: float(ds["daily_people"].sel(day=day, stage=["return", "limbo"]).sum())


def decided(ds):
    return float(ds["daily_flow"].sel(row=DECIDED, country=HERE).sum())


def granted(ds):
    """Share granted of all decided in Hong Kong, first instance and appeal together."""
    return float(ds["daily_flow"].sel(row=["recognised", "appeals_allowed"], country=HERE).sum()) / decided(ds)


def resettled(ds):
    return float(ds["daily_flow"].sel(row="resettled").sum())


def camp_years(ds):
    """Person-years in camps, all countries and stages."""
    return float(ds["daily_people"].sum(("stage", "place", "country")).mean()) * ds.sizes["day_interval"] / 365.25


STOCKS = {
    "Hong Kong, 29 November 1989": present("1989-11-29", HERE),
    "Hong Kong, 14 June 1991": present("1991-06-14", HERE),
    "Hong Kong, 4 June 1992": present("1992-06-04", HERE),
    "Hong Kong, 31 December 1992": present("1992-12-31", HERE),
    "screened out and still in camps, start of 1995, all": refused("1995-01-01"),
    "screened out and still in camps, start of 1996, all": refused("1996-01-01"),
    "Hong Kong, end of 1996": present("1997-01-01", HERE),
    "decided at first instance, Hong Kong": decided,
    "granted, share of those decided, Hong Kong": granted,
    "resettled, all": resettled,
}
BESIDE = {
    **keys("identified_children_detained", "detention_over_limit", "wrongly_returned", "wait_determination",
           "granted_owed", "detention_days", "returned_assisted", "returned_induced", "returned_enforced"),
    "Person-years in camps": camp_years,
    COST: "cost",
}
TABLES = {"Populations and decisions": (STOCKS, ("as_it_was",)), "Scenarios compared": (BESIDE, None)}


@pytest.fixture(scope="module")
def plan(workspace):
    return Solved(read_case(workspace, CASE))


def test_published_totals_of_the_readme_are_as_they_are_missed_or_not(plan):
    check_published(plan, tables=False)
    assert {found.observation.kind for found in plan.published} == {"input", "fitted", "predicted"}


def test_populations_of_the_readme_are_the_baselines(plan):
    from case_figures import number, table_of

    rows = table_of(plan.readme, "Populations and decisions")
    assert set(rows) == set(STOCKS)
    for title, figure in STOCKS.items():
        ours = figure(plan.runs["as_it_was"])
        assert number(rows[title][1]) == pytest.approx(ours, rel=6e-3, abs=6e-3), title


def test_figures_of_the_readme_are_the_runs(plan):
    compare_table(plan, "Scenarios compared", BESIDE)


def test_what_the_readme_says_of_each_scenario_is_its_standing(plan):
    for name in plan.names:
        assert plan.said(name) in " ".join(plan.readme.split()), name


def test_everybody_who_arrives_has_access_to_status_determination(plan):
    """Paragraph 8: nobody but those in care for specific needs leaves screening another way."""
    flows = plan.runs["as_it_was"]["daily_flow"]
    counselled = float(flows.sel(row="screened_to_counselling").sum())
    assert counselled < 1.0 < float(flows.sel(row="screened_to_determination").sum())
    assert plan.tables["as_it_was"]["needs_missed"] < 1.0


def test_more_screeners_and_better_appeals_lessen_wrong_returns_and_faster_returns_add_to_them(plan):
    wrong = {name: table["wrongly_returned"] for name, table in plan.tables.items()}
    assert wrong["done_well"] < wrong["more_screeners"] < 0.8 * wrong["as_it_was"]
    assert wrong["better_appeals"] < 0.9 * wrong["as_it_was"]
    assert wrong["faster_return"] > 1.05 * wrong["as_it_was"]


def test_faster_returns_shorten_camp_stay_more_than_early_decisions_and_send_back_more(plan):
    """Those willing to return wait for a place and not for a decision; the others wait whatever is decided."""
    years = {name: camp_years(ds) for name, ds in plan.runs.items()}
    assert years["faster_return"] < years["more_screeners"] < years["as_it_was"]


def test_closed_camps_are_breaches_and_only_the_open_ones_have_none(plan):
    held = {name: table["identified_children_detained"] for name, table in plan.tables.items()}
    assert held.pop("done_well") == 0.0
    assert min(held.values()) > 10_000.0
    assert plan.tables["done_well"]["detention_over_limit"] == 0.0


def test_what_was_delivered_is_that_of_the_readme(plan):
    check_delivered(plan)
