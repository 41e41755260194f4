"""The Aegean case: published totals, where people waited, what its scenarios change; every figure of its README."""

import csv
import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from case_figures import (
    COST,
    Solved,
    baseline_costs,
    check_delivered,
    check_evidence,
    check_published,
    compare_table,
    keys,
    money_in,
    number,
    spent,
    table_of,
)
from scipy.stats import nbinom

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.results.costs.delivered import delivered_run
from mixedmig_model.results.costs.lines import cost_run
from mixedmig_model.results.costs.pricing import price_scenario

CASE = "aegean_2014_2016"
ISLANDS, MAINLAND, TAKING = "greek_islands", "greek_mainland", "relocating_states"
UNDER_THE_STATEMENT = slice("2016-03-21", "2017-04-04")
SEEN = "2017-02-07"


def present(day, country):
    """People in a country on a day, on record or not."""
    def count(ds):
        at = {"day": day, "country": country}
        return float(ds["daily_people"].sel(at).sum()) + float(ds["daily_irregular"].sel(at))

    return count


def in_greece(day):
    return lambda ds: present(day, ISLANDS)(ds) + present(day, MAINLAND)(ds)


def moved_on(country):
    """People who set out from a country under the statement."""
    def count(ds):
        moves = ds["daily_flow"].sel(row=["moved_onward", "moved_onward_irregular"], country=country)
        return float(moves.sel(day_interval=UNDER_THE_STATEMENT).sum())

    return count


def relocated(ds):
    return float(ds["daily_transferred"].sel(day_interval=slice("2014-01-01", SEEN)).sum())


WAITED = {
    "in Greece on 22 March 2016": in_greece("2016-03-22"),
    "on the islands on 7 February 2017": present(SEEN, ISLANDS),
    "on the mainland on 7 February 2017": present(SEEN, MAINLAND),
    "moved from the islands to the mainland, 21 March 2016 to 4 April 2017": moved_on(ISLANDS),
    "moved on from the mainland in the same time": moved_on(MAINLAND),
    "relocated by 7 February 2017": relocated,
}
BESIDE = {
    **keys("identified_children_detained", "deaths", "wrongly_returned", "needs_missed",
           "children_assessed_adult_detained", "without_shelter_peak", "without_shelter_days", "wait_screening_p90",
           "wait_determination", "not_screened_days", "granted_owed", "detention_days", "returned_enforced"),
    COST: "cost",
}
TABLES = {"Who waited where": (WAITED, None), "Scenarios compared": (BESIDE, None)}


@pytest.fixture(scope="module")
def aegean(workspace):
    return Solved(read_case(workspace, CASE))


def test_published_totals_of_the_readme_are_as_they_are_missed_or_not(aegean):
    check_published(aegean)
    assert {found.observation.kind for found in aegean.published} == {"input", "fitted", "predicted"}


@pytest.mark.parametrize("heading", TABLES)
def test_figures_of_the_readme_are_the_runs(aegean, heading):
    compare_table(aegean, heading, *TABLES[heading])


def test_what_the_readme_says_of_each_scenario_is_its_standing(aegean):
    for name in aegean.names:
        assert aegean.said(name) in " ".join(aegean.readme.split()), name


def test_the_months_add_up_to_what_unhcr_counted_in_each_year(aegean):
    """The founding document's 856,732 stands beside UNHCR's 856,723, with a note, and is not the input."""
    years = {year: sum(row.persons for row in aegean.case.departures if row.start.year == year)
             for year in (2014, 2015, 2016)}
    assert years == {2014: 43_500.0, 2015: 856_723.0, 2016: 173_450.0}
    seen = next(found.observation for found in aegean.published if found.observation.start.year == 2015)
    assert (seen.value, seen.high) == (856_723.0, 856_732.0)
    assert "swapped" in seen.note
    assert "856,732" in aegean.readme


def test_as_many_people_arrive_in_every_scenario(aegean):
    assert all(aegean.alike(name) for name in aegean.names)
    assert "no proof" in aegean.case.case.summary


def test_the_statement_moved_the_waiting_to_the_islands(aegean):
    held, opened = aegean.runs["statement_as_it_happened"], aegean.runs["no_statement"]
    assert present(SEEN, ISLANDS)(held) > 5.0 * present(SEEN, ISLANDS)(opened)
    assert present(SEEN, MAINLAND)(held) < present(SEEN, MAINLAND)(opened)
    assert aegean.tables["statement_as_it_happened"]["identified_children_detained"] > 1_000.0
    for name in aegean.names[1:]:
        assert aegean.tables[name]["identified_children_detained"] == 0.0, name


def test_faster_screening_sees_more_people_and_so_misses_more(aegean):
    base, faster = aegean.tables["statement_as_it_happened"], aegean.tables["faster_registration"]
    assert faster["wait_screening_p90"] < base["wait_screening_p90"]
    assert faster["not_screened_days"] < base["not_screened_days"]
    assert faster["needs_missed"] > base["needs_missed"]


def test_relocation_takes_people_from_the_mainland_and_leaves_the_islands_as_they_are(aegean):
    base, relocating = aegean.runs["statement_as_it_happened"], aegean.runs["relocation_in_earnest"]
    assert present(SEEN, MAINLAND)(relocating) < 0.5 * present(SEEN, MAINLAND)(base)
    assert present(SEEN, TAKING)(relocating) > 3.0 * present(SEEN, TAKING)(base)
    assert present(SEEN, ISLANDS)(relocating) == pytest.approx(present(SEEN, ISLANDS)(base), rel=0.05)


SPENT = date(2015, 1, 1), date(2017, 3, 7)
OUTSIDE = ("donor", "un_agency", "ngo")
STATE = ("host_central", "host_local")
NEEDS = ("Contingency", "Learning of children", "Support of host communities", "Disembarkation",
         "Hospital care by referral", "Urgent medical care at arrival",
         "Household items")
"""Lines that the README names as those that may explain the gap."""
PRICES = {
    "bed-day, site or centre": ["reception_sites"], "set-up of a site": ["site_set_up"],
    "bed-day, detention": ["detention"], "securing of places of detention": ["detention_places_built"],
    "children alone": ["care_of_children_alone"], "learning of children": ["children_learning"],
    "hospital care": ["health_referral"], "host communities": ["host_community_support"],
    "health screening": ["health_screening"], "assisted return": ["assisted_return"],
    "caseworker; guard": ["determination_staff", "site_security"],
}
"""Items by the rows of the README's table of prices."""
TO_GREECE = 188 / 803
"""Share of the published money that the Commission gave to Greece."""


def test_the_money_spent_in_greece_is_explained_line_by_line(aegean):
    """Rows of the README are the run's; money from outside the state is within a factor of 1.5 of the published."""
    published = next(found for found in aegean.published if found.observation.unit == "USD")
    lines, payers = spent(aegean, *SPENT, countries=(ISLANDS, MAINLAND))
    done = delivered_run(baseline_costs(aegean))
    delivered = money_in(done, done.cents, SPENT, (ISLANDS, MAINLAND)).sum()
    assert delivered == pytest.approx(published.ours, rel=1e-6)
    said = re.search(r"delivered, ([\d,]+) million\. Needed were ([\d,]+) million", aegean.readme)
    both = [delivered / 1e6, sum(payers.values()) / 1e6]
    assert [number(one) for one in said.groups()] == pytest.approx(both, abs=0.6)
    readme = table_of(aegean.readme, "Cost and published totals")
    ours = {"all payers": sum(payers.values()),
            "donors, agencies and organisations": sum(payers[one] for one in OUTSIDE),
            "the Greek state and towns": sum(payers[one] for one in STATE)}
    for title, value in ours.items():
        assert number(readme[title][0]) == pytest.approx(value / 1e6, rel=6e-3), title
    asked = number(readme["all payers"][1])
    assert asked == pytest.approx(published.observation.value / 1e6, rel=6e-3)
    for title in ("all payers", "donors, agencies and organisations"):
        assert number(readme[title][2]) == pytest.approx(ours[title] / 1e6 / asked, rel=2e-2), title
    assert ours["donors, agencies and organisations"] / 1e6 < 1.5 * asked
    left = asked * (1.0 - TO_GREECE)
    outside, published_left, ratio, _ = readme["the same, without what Greece got"]
    assert outside == readme["donors, agencies and organisations"][0]
    assert number(published_left) == pytest.approx(left, rel=2e-3)
    assert number(ratio) == pytest.approx(ours["donors, agencies and organisations"] / 1e6 / left, rel=6e-3)
    largest = sorted(lines, key=lines.__getitem__, reverse=True)[:12]
    shown = {title: cells for title, cells in readme.items() if title in lines}
    assert set(shown) == set(largest)
    for title, cells in shown.items():
        assert number(cells[0]) == pytest.approx(lines[title] / 1e6, rel=6e-3), title
    needs, gap = re.search(r"make ([\d.]+) million. The gap is\s+([\d.]+) million", aegean.readme).groups()
    assert number(needs) == pytest.approx(sum(lines[title] for title in NEEDS) / 1e6, rel=6e-3)
    assert number(gap) == pytest.approx((sum(payers.values()) - published.observation.value) / 1e6, rel=6e-3)
    assert number(needs) > number(gap)


def test_prices_of_the_lines_and_their_quality_are_those_of_the_case(aegean):
    """The price of Greece in the third column: an amount for a unit, and what it rests on."""
    pricing = price_scenario(aegean.case, aegean.names[0])
    at = pricing.countries.index(ISLANDS)
    known = {line.record.title: (price, line.prices[ISLANDS].quality)
             for line, price in zip(pricing.lines, pricing.price[:, at], strict=True)}
    readme = table_of(aegean.readme, "Cost and published totals")
    priced = [title for title in readme if title in known]
    assert len(priced) == 10
    for title in priced:
        amount, quality = readme[title][1].split(" ")[0], readme[title][1].rsplit(", ", 1)[1]
        assert number(amount) == pytest.approx(known[title][0], rel=6e-3), title
        assert quality.replace("assumed", "assumption") == known[title][1], title


def test_what_the_cost_rests_on_is_said_and_less_than_half_is_assumed(aegean):
    check_evidence(aegean.case, aegean.runs[aegean.names[0]], aegean.readme)


def test_prices_of_the_readme_are_those_of_the_islands(aegean):
    bill = cost_run(aegean.runs[aegean.names[0]], price_scenario(aegean.case, aegean.names[0]))
    known = {line.name: line for line in bill.pricing.lines}
    at = bill.pricing.countries.index(ISLANDS)
    table = table_of(aegean.readme, "Prices")
    assert set(table) == set(PRICES)
    for row, (cell, quality, _) in table.items():
        amounts = [number(one) for one in re.findall(r"[\d,.]*\d", cell)]
        ours = [bill.pricing.price[bill.pricing.names.index(item), at] for item in PRICES[row]]
        assert amounts == pytest.approx(ours, rel=6e-3), row
        assert {known[item].prices[ISLANDS].quality for item in PRICES[row]} == {quality}, row


def test_relocation_costs_as_much_more_as_the_readme_says(aegean):
    more = re.search(r"Relocation in earnest costs (\d+) million more", aegean.readme).group(1)
    base = aegean.costs["statement_as_it_happened"]
    assert number(more) == pytest.approx((aegean.costs["relocation_in_earnest"] - base) / 1e6, rel=6e-3)


def test_what_was_delivered_is_that_of_the_readme(aegean):
    check_delivered(aegean)


def test_places_on_the_mainland_are_empty_as_the_readme_says(aegean):
    ds, day = aegean.runs["statement_as_it_happened"], "2016-09-26"
    people = float(ds["daily_people"].sel(day=day, place="reception", country=MAINLAND).sum())
    places = float(ds["places_open"].sel(day_interval=day, kind="reception", country=MAINLAND))
    said = re.search(r"model ([\d,]+) people live in the ([\d,]+) places\s+on 26 September 2016, and ([\d,]+) places",
                     aegean.readme)
    assert [number(one) for one in said.groups()] == pytest.approx([people, places, places - people], rel=6e-3)


def test_missed_deaths_are_within_chance_as_few_boats_kill_many(aegean):
    """Deaths of a month vary about 22 times as much as single deaths would; the table of the README follows from it."""
    with (Path(__file__).parents[1] / "data" / "aegean_deaths.csv").open(encoding="utf-8", newline="") as file:
        deaths = {row["month"]: int(row["deaths"]) for row in csv.DictReader(file)}
    arrived = {row.start.isoformat()[:7]: 0.0 for row in aegean.case.departures}
    for row in aegean.case.departures:
        arrived[row.start.isoformat()[:7]] += row.persons
    years = sorted({month[:4] for month in deaths})
    excess = 0.0
    for year in years:
        seen = np.array([(deaths[month], arrived[month]) for month in deaths if month.startswith(year)])
        expected = seen[:, 1] * seen[:, 0].sum() / seen[:, 1].sum()
        excess += float(((seen[:, 0] - expected) ** 2 / expected).sum())
    spread = excess / (len(deaths) - len(years))
    assert spread == pytest.approx(22.0, abs=0.5)
    for ours, between, published, chance in table_of(aegean.readme, "Deaths and chance").values():
        mean = number(ours)
        drawn = nbinom(mean / (spread - 1.0), 1.0 / spread)
        assert [int(edge) for edge in between.split(" and ")] == [int(drawn.ppf(share)) for share in (0.05, 0.95)]
        assert drawn.sf(number(published) - 1.0) == pytest.approx(number(chance), abs=6e-3)
