"""The Cox's Bazar case: two registrations, the prediction of the second, cost by sector; every figure of its README."""

import re
import sys
from datetime import date
from pathlib import Path

import pytest
from case_figures import (
    COST,
    Solved,
    baseline_costs,
    check_evidence,
    check_published,
    compare_table,
    dearest,
    keys,
    number,
    shown,
    spent,
    spent_by_sector,
    table_of,
)

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.results.costs.lines import CONTINGENCY, SUPPORT
from mixedmig_model.results.costs.sectors import sector_cents

sys.path.insert(0, str(Path(__file__).parents[1] / "fits"))
import coxs_bazar as fits

CASE = "coxs_bazar_2017"
BESIDE = {**keys("unprotected_days", "needs_unseen_days", "without_shelter_peak", "without_shelter_days",
                 "wait_screening", "granted_protection"), COST: "cost"}
SECTORS = {
    "food (2019)": ({"food"}, 254.1 / 920.5),
    "health and nutrition (2019)": ({"health"}, (88.7 + 48.1) / 920.5),
    "shelter (2019)": ({"shelter"}, 128.8 / 920.5),
    "management of sites (2019)": ({"camp_coordination"}, 98.7 / 920.5),
    "protection (2019)": ({"protection"}, 38.9 / 920.5),
    "food, water and shelter together (2018)": ({"food", "water_sanitation", "shelter"}, 0.54),
}
"""Sectors of the model, and the share of what a published plan asked for, by the rows of the README."""
PLAN = {"food": 254.1, "health and nutrition": 88.7 + 48.1, "shelter": 128.8, "management of sites": 98.7,
        "protection": 38.9, "all": 920.5}
"""Million USD that the plan of 2019 asked for, by sector."""
SECTORS_OF_PLAN = {"food": {"food"}, "health and nutrition": {"health"}, "shelter": {"shelter"},
                   "management of sites": {"camp_coordination"}, "protection": {"protection"},
                   "host communities": {"host_communities"}, "contingency and support cost": {CONTINGENCY, SUPPORT}}

PRICES = {"host communities": "host_community_support", "food": "food_in_reception", "set-up of a site": "site_set_up",
          "clinics": "clinics", "learning of children": "children_learning", "guards": "site_security",
          "water and sanitation": "water_sanitation_in_reception", "social workers": "social_workers",
          "children alone": "care_of_children_alone"}
"""Items by the rows of the README's table of prices."""


@pytest.fixture(scope="module")
def bazar(workspace):
    return Solved(read_case(workspace, CASE))


@pytest.fixture(scope="module")
def ahead(bazar):
    return fits.predicted(bazar.case, fits.AHEAD)


def test_published_totals_of_the_readme_are_as_they_are_missed_or_not(bazar):
    check_published(bazar)
    assert {found.observation.kind for found in bazar.published} == {"input", "fitted", "predicted"}


def test_the_levels_of_the_case_are_those_that_the_fit_gives(bazar):
    """At the minimum every fitted total is met: ten levels for ten totals."""
    fitted = [found for found in bazar.published if {"registration.officers", "screening.interviews_per_day"}
              & set(found.observation.fits)]
    assert len(fitted) == len(fits.FIRST) + len(fits.JOINT) == 10
    for found in fitted:
        assert found.ours == pytest.approx(found.observation.value, rel=2e-3), found.observation
    rows = [line for line in bazar.readme.splitlines() if line.startswith(("| `registration", "| `screening"))]
    levels = [bazar.case.case.parameters[level.parameter].dated for level in (*fits.FIRST, *fits.JOINT)]
    found = [next(value for day, value in dated.items() if day.isoformat() == level.start)
             for dated, level in zip(levels, (*fits.FIRST, *fits.JOINT), strict=True)]
    assert [number(row.split("|")[3]) for row in rows] == found


def test_the_prediction_of_the_readme_is_the_runs_and_reads_nothing_later(bazar, ahead):
    own = [fits.registered(bazar.runs["as_it_happened"], day) for day in fits.AHEAD]
    table = table_of(bazar.readme, "Joint registration after 17 May 2019")
    for at, cells in enumerate(table.values()):
        values = [people[at] for people in ahead.values()]
        assert cells == [shown(min(values)), shown(own[at]), shown(max(values))]
        assert min(values) <= own[at] <= max(values)
    assert ahead["212,000", 5.0] == pytest.approx(own)
    assert all(seen.end.isoformat() <= fits.CUT for seen in bazar.case.observations if seen.quantity == "screenings")


def test_the_pool_decides_the_end_and_the_days_of_work_decide_the_summer(ahead):
    summer = {pool: ahead[pool, 5.0][0] for pool in fits.POOLS}
    assert max(summer.values()) == pytest.approx(min(summer.values()), rel=1e-3)
    last = {pool: [ahead[pool, days][-1] for days in fits.DAYS_A_WEEK] for pool in fits.POOLS}
    for pool, people in last.items():
        assert max(people) == pytest.approx(min(people), rel=1e-3), pool
    assert last["307,500"][0] - last["167,000"][0] == pytest.approx(140_500.0, rel=0.01)


def test_the_sentence_on_what_decides_stands_in_the_readme_and_on_the_page_of_limits(bazar, ahead):
    """Both name the range at the end, which is that of the pool, and that of the summer, which is that of days."""
    readme = " ".join(bazar.readme.split())
    assert ("**From December on the size of the pool that was there before decides, and no total up to 17 May 2019 "
            "says anything about it.**") in readme
    ends = [people[at] for people in ahead.values() for at in (1, -1)]
    lowest, highest = min(people[1] for people in ahead.values()), max(people[1] for people in ahead.values())
    page = next(text for text in bazar.case.case.not_modelled if text.startswith("Joint registration"))
    for number_shown in (lowest, highest, min(people[-1] for people in ahead.values()), max(ends)):
        assert shown(number_shown) in page


def test_cost_by_sector_lies_within_a_factor_of_two_of_what_plans_asked_for(bazar):
    by_sector = {name: int(cents.sum()) for name, cents in sector_cents(baseline_costs(bazar)).items()}
    direct = sum(by_sector.values())
    table, ratios = table_of(bazar.readme, "Cost by sector"), []
    assert set(table) == set(SECTORS)
    for row, (sectors, plan) in SECTORS.items():
        ours = sum(by_sector[name] for name in sectors) / direct
        assert number(table[row][0]) == pytest.approx(plan, abs=6e-4), row
        assert number(table[row][1]) == pytest.approx(ours, abs=6e-4), row
        assert 0.5 <= ours / plan <= 2.0, row
        ratios.append(ours / plan)
    low, high = re.search(r"the model has ([\d.]+) to\s+([\d.]+) times the share of the plan", bazar.readme).groups()
    assert (number(low), number(high)) == (pytest.approx(min(ratios), abs=6e-3), pytest.approx(max(ratios), abs=6e-3))
    hosts = by_sector["host_communities"] / direct
    assert f"Hosts are {100 * hosts:.1f} % of the direct cost" in bazar.readme


def test_the_plan_of_2019_is_explained_line_by_line(bazar):
    found = spent_by_sector(bazar, date(2019, 1, 1), date(2020, 1, 1), ("coxs_bazar",))
    ours = {row: sum(found[name] for name in sectors) / 1e6 for row, sectors in SECTORS_OF_PLAN.items()}
    whole = sum(found.values()) / 1e6
    others = "water, schools, documents and others"
    ours |= {others: whole - sum(ours.values()), "all": whole}
    table = table_of(bazar.readme, "The plan of 2019 line by line")
    assert set(table) == set(ours)
    for row, (model, plan, ratio, _) in table.items():
        assert number(model) == pytest.approx(ours[row], rel=6e-3), row
        if row in PLAN:
            assert number(plan) == pytest.approx(PLAN[row], rel=6e-3), row
            assert number(ratio) == pytest.approx(ours[row] / PLAN[row], abs=6e-3), row
    without = ours["all"] - ours["contingency and support cost"]
    assert f"the model has {without:.0f}, {100 * (without / PLAN['all'] - 1):.0f} % more than the plan" in bazar.readme


def test_the_first_plan_is_missed_by_set_up_of_places(bazar):
    """Set-up, roads and power of the first winter, and set-up at the price of the shelters of a camp in 2019."""
    lines, payers = spent(bazar, date(2017, 8, 25), date(2018, 3, 1), ("coxs_bazar",))
    built = sum(lines[title] for title in ("Set-up of a site", "Roads to sites", "Power of reception places"))
    said = " ".join(bazar.readme.split())
    assert f"{built / 1e6:.0f} of {sum(payers.values()) / 1e6:.0f} million set up places" in said
    set_up = lines["Set-up of a site"] / 1e6
    assert f"Set-up alone is {set_up:.0f}. At USD 53 a place" in said
    assert f"it would be {set_up * 53 / 270:.1f}." in said


def test_prices_of_the_readme_and_what_the_cost_rests_on_are_those_of_the_case(bazar):
    run = bazar.runs["as_it_happened"]
    check_evidence(bazar.case, run, bazar.readme)
    known = {one.item: one for one in dearest(baseline_costs(bazar), 200)}
    table = table_of(bazar.readme, "Prices")
    assert set(table) == set(PRICES)
    for row, (price, quality, _) in table.items():
        assert (price.split(" ")[0], quality) == (known[PRICES[row]].price, known[PRICES[row]].quality), row


def test_figures_and_verdicts_of_the_readme_are_the_runs(bazar):
    compare_table(bazar, "Scenarios compared", BESIDE)
    for name in bazar.names:
        assert bazar.said(name) in " ".join(bazar.readme.split()), name


def test_a_case_by_land_has_no_sea(bazar):
    for table in bazar.tables.values():
        assert table["deaths"] == table["turned_back"] == 0.0
    assert bazar.case.case.route == "land"
