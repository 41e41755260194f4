"""The UK case: claims, decisions, withdrawals, appeals, support; the queue lever by lever; figures of its README."""

import csv
import re
import sys
from datetime import date
from html import unescape
from pathlib import Path

import numpy as np
import pytest
from case_figures import COST, Solved, check_evidence, compare_table, dearest, keys, number, shown, spent, table_of

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.present import workbook
from mixedmig_model.record.finished import make_comparison
from mixedmig_model.results.costs.lines import cost_run
from mixedmig_model.results.costs.pricing import price_scenario
from mixedmig_model.vocabulary.numbers import people

sys.path.insert(0, str(Path(__file__).parents[1] / "fits"))
import uk_asylum as fits

CASE = "uk_asylum_2010_2022"
BESIDE = {**keys("awaiting_decision", "backlog_oldest", "unprotected_days", "without_shelter_peak",
                 "without_status_days", "wrongly_returned", "granted_protection"), COST: "cost"}
SHOWN = {
    "Queue by year": ("awaiting_first_decision",),
    "Appeals, support, old claims and limbo": (
        "flow:appealed", "in_reception", "waiting_over:determination:183d", "in_limbo"),
    "Total asylum costs": ("cost",),
}
"""Tables of the README, and the quantities that they show."""
WORDS = {
    "awaiting_first_decision": "20", "flow:appealed": "appeals", "in_reception": "accommodation",
    "waiting_over:determination:183d": "months", "in_limbo": "removal",
    "cost": "-",
}
"""Words of the rows that show a quantity."""
PRICES = {"bed in a site or flat": "reception_sites", "hotel bed": "reception_existing_buildings",
          "removal by air": "removal_by_air", "caseworkers": "determination_staff", "return officers": "return_staff",
          "interpreters and guards": "interpreters", "set-up of a site": "site_set_up",
          "people in limbo": "support_in_limbo"}
"""Items by the rows of the README's table of prices."""
COUNTRY = ("united_kingdom",)
LEVERS = "The queue lever by lever"
PAGE = "The queue of the United Kingdom, lever by lever"


@pytest.fixture(scope="module")
def uk(workspace):
    return Solved(read_case(workspace, CASE))


@pytest.fixture(scope="module", params=fits.CUTS, ids=str)
def rungs(request, uk):
    return request.param, fits.misses(fits.explained(uk.case, request.param))


def miss_of(found):
    """How a README says that a published figure is met or missed."""
    if found.gap == 0.0:
        return "inside"
    percent = f"{100 * found.miss:+.0f} %".replace("-0 %", "0 %").replace("+0 %", "0 %")
    return f"missed: {percent}" if found.missed else percent


@pytest.mark.parametrize("heading", SHOWN)
def test_published_totals_of_the_readme_are_as_they_are_missed_or_not(uk, heading):
    of_quantity = {name: iter([one for one in uk.published if one.observation.quantity == name])
                   for name in SHOWN[heading]}
    for row, (published, ours, miss) in table_of(uk.readme, heading).items():
        found = next(next(of_quantity[name] for name in SHOWN[heading] if WORDS[name] in row))
        assert number(published) == pytest.approx(found.observation.value, abs=0.5), row
        assert number(ours) == pytest.approx(found.ours, rel=6e-3), row
        assert miss == miss_of(found), row
    assert all(next(rest, None) is None for rest in of_quantity.values())


def test_costs_of_the_six_years_are_those_of_the_readme_line_by_line(uk):
    years = [2011, 2014, 2016, 2018, 2020, 2021]
    found = [spent(uk, date(year, 4, 1), date(year + 1, 4, 1), COUNTRY)[0] for year in years]
    money = {title: sum(one[title] for one in found) / 1e6 for title in found[0]}
    rows = table_of(uk.readme, "Why costs differ")
    shown_lines = [title for title in rows if title in money]
    assert shown_lines == sorted(money, key=money.__getitem__, reverse=True)[:7]
    for title in shown_lines:
        assert number(rows[title][0]) == pytest.approx(money[title], rel=6e-3), title
    rest = sum(money.values()) - sum(money[title] for title in shown_lines)
    assert number(rows["Other lines"][0]) == pytest.approx(rest, rel=6e-3)
    first = found[0]["Bed-day, site or centre"] / 1e6
    said = rows["Bed-day, site or centre"][1].split("the model has ")[1].split()[0]
    assert number(said) == pytest.approx(first, rel=6e-3)
    readme = " ".join(uk.readme.split())
    published = [one for one in uk.published if one.observation.quantity == "cost"]
    for year, at in (("2011-12", 0), ("2021-22", 5)):
        short = published[at].observation.value / 1e6 - sum(found[at].values()) / 1e6
        assert f"**{year} is short by {short:.0f} million.**" in readme
    ours = sum(sum(one.values()) for one in found) / 1e9
    asked = sum(one.observation.value for one in published) / 1e9
    assert f"published at USD {asked:.2f} billion; the model has {ours:.2f} billion" in readme
    reserve = found[5]["Contingency"] / 1e6
    assert f"{reserve:.0f} of the model's 1,990 are a reserve, so that {short + reserve:.0f} million" in readme
    paid = money["Pay of caseworkers of status determination"]
    assert f"would cost {paid * 69000 / 53100:.0f} in the six years instead of {paid:.0f}" in readme


def test_the_first_year_is_explained_as_far_as_the_readme_says(uk):
    """Detention of everybody, and support of those subject to removal at the price of the model."""
    pricing = price_scenario(uk.case, "as_it_happened")
    limbo = 24_738 * 12 * pricing.price[pricing.names.index("support_in_limbo"), 0] / 1e6
    published = next(one for one in uk.published if one.observation.quantity == "cost")
    left = (published.observation.value - published.ours) / 1e6 - 142 - limbo
    readme = " ".join(uk.readme.split())
    assert f"would have cost {limbo:.1f}, at the price of the model" in readme
    stated = number(re.search(r"At least (\d+) million stay unexplained", readme).group(1))
    assert left - 1.0 <= stated <= left


def test_prices_of_the_readme_and_what_the_cost_rests_on_are_those_of_the_case(uk):
    """Schools and the health service are in neither the published totals nor the model."""
    run = uk.runs["as_it_happened"]
    check_evidence(uk.case, run, uk.readme)
    bill = cost_run(run, price_scenario(uk.case, "as_it_happened"))
    known = {one.item: one for one in dearest(bill, 200)}
    assert not {"children_learning", "clinics", "mobile_clinics", "mental_health", "health_specialists"} & set(known)
    table = table_of(uk.readme, "Prices")
    assert set(table) == set(PRICES)
    for row, (price, quality, _) in table.items():
        assert (price.split(" ")[0], quality) == (known[PRICES[row]].price, known[PRICES[row]].quality), row
    beds = sum(known[PRICES[row]].share for row in ("bed in a site or flat", "hotel bed"))
    assert beds == pytest.approx(0.75, abs=0.02)


def test_what_was_fitted_year_by_year_is_met(uk):
    """At the minimum every fitted total is met: 39 levels for 39 totals."""
    misses = fits.yearly_misses(uk.case, uk.runs["as_it_happened"])
    assert len(misses) == len(fits.yearly(uk.case)) == 39
    assert abs(misses).max() < 0.01
    fitted = [one for one in uk.published if one.observation.kind == "fitted"]
    assert all(one.observation.fits and abs(one.miss) < 0.08 for one in fitted)


def test_the_queue_is_explained_lever_by_lever_as_the_readme_and_the_page_say(uk, rungs):
    cut, found = rungs
    column, before = 4 * fits.CUTS.index(cut), None
    table = table_of(uk.readme, LEVERS)
    page = table_of((uk.case.workspace.root / "docs" / "published_totals.md").read_text(encoding="utf-8"), PAGE)
    assert list(table) == list(found)
    assert list(page) == [rung for rung in found if rung not in ("held", "unexplained")]
    for rung, (queue, off, mean) in found.items():
        ours, added, miss, average = table[rung][column : column + 4]
        assert number(ours) == pytest.approx(queue, rel=6e-3), rung
        assert miss == f"{off:+.1%}".replace("%", " %").replace("-0.0", "0.0"), rung
        assert average == f"{mean:.1%}".replace("%", " %"), rung
        assert (added == "") is (before is None), rung
        assert before is None or number(added) == pytest.approx(queue - before, rel=6e-3), rung
        assert rung not in page or page[rung][fits.CUTS.index(cut)] == added, rung
        before = queue


def test_with_observed_levers_two_years_are_followed_within_four_percent(rungs):
    """At their end, and over the eight quarters on average; no figure of the queue after the cut is read."""
    _, off, mean = rungs[1]["closings"]
    assert abs(off) <= 0.04
    assert mean <= 0.04
    assert abs(rungs[1]["unexplained"][1]) <= 0.04


def test_closings_are_what_caseworkers_count_beyond_decisions_and_withdrawals(uk):
    """An input by quarter: another queue, before or after a cut, leaves it as it is."""
    spans = [one for one in fits.quarters() if one.start >= date(2020, 1, 1)]
    levels = fits.given(spans, [fits.CLOSED])
    dated = uk.case.case.parameters[fits.CLOSED].dated
    assert [dated[one.start] for one in spans] == pytest.approx([one.guess for one in levels], rel=5e-3)
    assert fits.given([fits.replace(one, pending=1.0) for one in spans], [fits.CLOSED]) == levels
    known = {str(year): sum(one.closed for one in spans if one.start.year == year) for year in (2020, 2021, 2022)}
    assert known == {"2020": 1227.0, "2021": 2821.0, "2022": 7700.0}
    assert all(f"{count:,.0f}" in uk.readme for count in known.values())
    assert fits.given([one for one in fits.quarters() if one.start < date(2020, 1, 1)], [fits.CLOSED])[-1].guess == 0.0


def test_beds_cost_what_published_people_in_support_would_at_the_same_prices(uk):
    with (Path(fits.__file__).parent / "uk_support.csv").open(encoding="utf-8") as file:
        seen = [(row["quarter_end"], float(row["other_beds"]), float(row["section_98"]))
                for row in csv.DictReader(file)]
    rows = table_of(uk.readme, "Beds and people in support")
    for year, cells in rows.items():
        first = int(year[:4])
        ends = np.array([one[1:] for one in seen if f"{first}-03-31" <= one[0] <= f"{first + 1}-03-31"])
        people_a_year = (ends[1:] + ends[:-1]).mean(axis=0) / 2.0
        found = spent(uk, date(first, 4, 1), date(first + 1, 4, 1), COUNTRY)[0]
        wanted = [people_a_year[0] * 34.1, found["Bed-day, site or centre"] / 365.0,
                  people_a_year[1] * 143.0, found["Bed-day, existing buildings, hotels or ships"] / 365.0]
        assert [number(cell) for cell in cells] == pytest.approx([one * 365.0 / 1e6 for one in wanted], abs=1.0), year
        assert wanted[1] == pytest.approx(wanted[0], rel=0.1)
        assert wanted[3] == pytest.approx(wanted[2], rel=0.15)


def test_the_data_leave_as_much_unexplained_as_the_readme_says(uk):
    for first, last, said in zip(fits.CUTS, (fits.CUTS[1], date(2023, 1, 1)), ("735", "9,027"), strict=True):
        spans = [one for one in fits.quarters() if first <= one.start < last]
        before = next(one for one in fits.quarters() if one.end == first)
        more = sum(one.applications - one.decisions - one.withdrawn for one in spans)
        assert f"{before.pending + more - spans[-1].pending:,.0f}" == said
        assert said in uk.readme


def test_a_fit_before_a_cut_reads_nothing_later(uk, monkeypatch):
    before = fits.fitted_before(uk.case, fits.CUTS[0])
    known = fits.quarters()
    wild = [one if one.end <= fits.CUTS[0] else fits.replace(one, decisions=1e6, pending=1e6) for one in known]
    monkeypatch.setattr(fits, "quarters", lambda: wild)
    assert fits.fitted_before(uk.case, fits.CUTS[0]).tolist() == before.tolist()


def test_quarters_of_the_fit_are_the_arrivals_and_totals_of_the_case(uk):
    known = fits.quarters()
    rows = [(row.start, row.end, row.persons) for row in uk.case.departures]
    assert rows == [(one.start, one.end, one.applications) for one in known]
    decided = [one for one in uk.case.observations if one.quantity == "decided_first"]
    for seen in decided:
        assert seen.value == sum(one.decisions for one in known if seen.start <= one.start < seen.end)


@pytest.mark.slow
def test_the_first_page_of_the_case_speaks_of_claims_and_of_no_journey(uk, tmp_path, monkeypatch):
    made = make_comparison(uk.case, ["as_it_happened"], tmp_path / "uk", workers=1)
    shown_parts = []
    monkeypatch.setattr(workbook, "show", lambda *parts: shown_parts.extend(str(part) for part in parts))
    workbook.first_page(made)
    text = unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<style.*?</style>", "", "".join(shown_parts), flags=re.DOTALL)))
    assert re.findall(r"(?i)\b(depart\w*|landed|sea|rescue\w*|disembark\w*|voyages?|arriv\w*)\b", text) == []
    lodged = sum(one.applications for one in fits.quarters()) * 1.25
    assert f"Claims lodged, people persons {people(lodged)}" in " ".join(text.split())


def test_figures_and_verdicts_of_the_readme_are_the_runs(uk):
    compare_table(uk, "Scenarios compared", BESIDE)
    for name in uk.names:
        assert uk.said(name) in " ".join(uk.readme.split()), name
    assert shown(0.0) == "0"
