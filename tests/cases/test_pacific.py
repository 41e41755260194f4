"""The template of climate mobility in the Pacific: nothing in it claims to be known, and its options act as it says."""

import pytest
from shipped_case import ShippedCase, number, table_of

from mixedmig_model.results.indicators.table import BREACHES
from mixedmig_model.results.ledger import check_ledger

BASE, RELOCATION, PATHWAY = "status_quo", "planned_relocation", "labour_pathway"
ROWS = {
    "people owed protection wrongly returned": "wrongly_returned", "needs missed by screening": "needs_missed",
    "people without shelter, at the peak": "without_shelter_peak", "people granted protection": "granted_protection",
    "without any status at the end": "without_status",
}


@pytest.fixture(scope="module")
def pacific(workspace):
    return ShippedCase(workspace, "pacific_climate_mobility")


def test_every_number_of_the_template_is_an_assumption(pacific):
    case = pacific.inputs.case
    assert {local.quality for local in case.parameters.values()} == {"assumption"}
    assert {(row.source, row.quality) for row in pacific.inputs.departures} == {("assumption", "assumption")}
    prices = [cost.price for one in pacific.inputs.scenarios.values() for cost in one.own_costs.values()]
    assert {(price.source, price.quality) for price in prices} == {("assumption", "assumption")}
    assert pacific.assumed in pacific.readme


def test_the_template_says_so_on_its_first_page_and_of_each_scenario(pacific):
    case = pacific.inputs.case
    assert case.title.endswith("a template")
    assert all(country.title.endswith("(template)") for country in case.countries.values())
    for text in (case.summary, pacific.readme):
        assert "no published totals" in text
        assert "zero" in text
    assert all("All numbers are placeholders." in one.description for one in pacific.inputs.scenarios.values())
    assert pacific.inputs.observations == ()


def test_nobody_is_detained_and_the_only_breach_is_of_children_returned_unheard(pacific):
    for name, ds in pacific.runs.items():
        assert check_ledger(ds) == []
        assert pacific.tables[name]["detention_days"] == 0.0
        assert [one.key for one in BREACHES if pacific.tables[name][one.key] > 0.0] == ["children_returned_unheard"]


def test_relocation_protects_and_shelters_the_same_people(pacific):
    base, moved = pacific.tables[BASE], pacific.tables[RELOCATION]
    departed = [float(pacific.runs[name]["flow_departed"].sum()) for name in (BASE, RELOCATION)]
    assert departed[0] == pytest.approx(departed[1])
    assert moved["granted_owed"] > 1.3 * base["granted_owed"]
    assert base["without_shelter_peak"] > 1.0 > moved["without_shelter_peak"]


def test_the_pathway_lowers_departures_by_the_assumed_share_of_its_places_and_gives_a_status(pacific):
    fewer = sum(float(pacific.runs[name]["flow_departed"].sum()) * sign for name, sign in ((BASE, 1), (PATHWAY, -1)))
    places = 365 * 915 / 365.25  # a year, from 1 July 2018 to the end of 2020
    assert fewer == pytest.approx(0.1 * places, rel=1e-3)
    given = [float(pacific.runs[name]["flow_regularised"].sum()) for name in (BASE, PATHWAY)]
    assert given[0] == 0.0
    assert given[1] > 100.0


def test_wrong_returns_are_the_labour_partners(pacific):
    """As the README says of an agreement in one country."""
    for name in (BASE, RELOCATION):
        forced = pacific.runs[name]["flow_enforced"].sum(["interval", "place", "group"])
        assert float(forced.sel(country="island_neighbour")) < 0.01 * float(forced.sel(country="labour_partner"))


def test_figures_and_verdicts_of_the_readme_are_those_of_the_runs(pacific):
    shown = table_of(pacific.readme, "Scenarios")
    for column, name in enumerate((BASE, RELOCATION, PATHWAY)):
        for row, key in ROWS.items():
            assert number(shown[row][column]) == pytest.approx(pacific.tables[name][key], rel=6e-3, abs=6e-3), row
        cost = number(shown["cost, million USD of 2017"][column])
        assert cost == pytest.approx(pacific.costs[name].total / 1e6, rel=2e-3)
        assert pacific.said(name) in pacific.readme, name
