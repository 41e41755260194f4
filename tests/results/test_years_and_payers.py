"""Cost by fiscal year and payer, and ceilings: every sum agrees to the cent, and what is left is ceiling less cost."""

from dataclasses import replace

import numpy as np
import pytest
from cost_examples import COUNTRIES, item, money, own, pricing, run_of
from hypothesis import given, settings
from hypothesis import strategies as st

from mixedmig_model.inputs.costs.schema import CaseRate, Ceiling
from mixedmig_model.results.costs.ceilings import ceiling_rows, cents_by_year, year_payer_rows
from mixedmig_model.results.costs.pricing import PAYER_NAMES
from mixedmig_model.vocabulary.calendar import fiscal_year, run_calendar

MANY = settings(max_examples=60, deadline=None, derandomize=True, database=None)
DAYS = 800
RECORDS = {
    "item_0": item(payers={"host_central": 0.3, "donor": 0.45, "ngo": 0.25}),
    "item_1": item(component="other", payers={"host_central": 0.5, "host_local": 0.5}),
    "measure": own(payers={"un_agency": 0.6, "migrant": 0.4}),
}


def stated(amount, payer="host_central", year=2031, **more):
    return Ceiling.model_validate({"payer": payer, "fiscal_year": year, "amount": amount, "source": "assumption",
                                   "quality": "assumption"} | more)


def costed(seed=0, starts=(1, 1), ceilings=(), rules=None):
    priced = replace(pricing(RECORDS, rules), fiscal_start=starts, ceilings=tuple(ceilings))
    months = len(run_calendar(priced.start, DAYS).months)
    return run_of(np.random.default_rng(seed).random((3, months, len(COUNTRIES))) * 1e5, priced, DAYS)


def whole_cents(value):
    found = round(100 * value)
    assert value == found / 100
    return found


START = st.tuples(st.integers(1, 12), st.integers(1, 12))


@MANY
@given(st.integers(0, 999), START)
def test_cells_by_year_payer_and_country_sum_to_every_total_to_the_cent(seed, starts):
    run = costed(seed, starts)
    rows = year_payer_rows(run)
    assert len({(row["year"], row["payer"]) for row in rows}) == len(rows)
    assert sum(whole_cents(row["cost"]) for row in rows) == round(100 * run.total)
    for row in rows:
        assert whole_cents(row["cost"]) == sum(whole_cents(one) for one in row["by_country"].values()) > 0
    for p, payer in enumerate(PAYER_NAMES):
        assert sum(whole_cents(row["cost"]) for row in rows if row["payer"] == payer) == run.by("payer")[p]
    years = run.fiscal_years()
    assert {row["year"] for row in rows} == {year for year, cents in years.items() if cents}
    for year, cents in years.items():
        assert sum(whole_cents(row["cost"]) for row in rows if row["year"] == year) == cents
    for c, country in enumerate(COUNTRIES):
        assert sum(whole_cents(row["by_country"][country]) for row in rows) == run.by("country")[c]


@MANY
@given(st.integers(0, 999), START)
def test_a_cell_holds_the_months_of_its_fiscal_year_with_contingency_and_support_cost(seed, starts):
    """Counted month by month here, by the rule of the calendar."""
    run = costed(seed, starts)
    expected = {}
    for m, month in enumerate(run.calendar.months):
        for c, first in enumerate(starts):
            cell = expected.setdefault(fiscal_year(month, first), np.zeros((len(COUNTRIES), len(PAYER_NAMES)), int))
            cell[c] += run.cents[:, m, c].sum(axis=0)
    found = cents_by_year(run)
    assert list(found) == sorted(expected)
    assert all((found[year] == cents).all() for year, cents in expected.items())
    added = run.cents[len(RECORDS):].sum()
    assert added > 0
    assert sum(cents.sum() for cents in found.values()) == run.cents[: len(RECORDS)].sum() + added


@MANY
@given(st.integers(0, 999), START, st.floats(0.0, 1e7))
def test_what_is_left_is_the_ceiling_less_the_cost_and_countries_share_it(seed, starts, amount):
    run = costed(seed, starts, [stated(amount, prices="base_year"), stated(amount, "donor", 2030, prices="base_year"),
                                stated(amount, "ngo", country="north", prices="base_year"),
                                stated(amount, "ngo", country="south", prices="base_year")])
    rows = {(row["payer"], row["country"]): row for row in ceiling_rows(run)}
    costs = {(row["year"], row["payer"]): row for row in year_payer_rows(run)}
    for (payer, country), row in rows.items():
        cell = costs.get((row["year"], payer), {"cost": 0.0, "by_country": dict.fromkeys(COUNTRIES, 0.0)})
        assert row["cost"] == (cell["by_country"][country] if country else cell["cost"])
        assert whole_cents(row["left"]) == whole_cents(row["ceiling"]) - whole_cents(row["cost"])
        assert abs(row["ceiling"] - amount) <= 0.005 + 1e-9 * amount
    both = sum(whole_cents(rows["ngo", country]["cost"]) for country in COUNTRIES)
    assert both == whole_cents(costs["2031", "ngo"]["cost"])


def test_a_ceiling_that_is_exceeded_leaves_less_than_nothing_and_one_that_is_reached_nothing():
    run = costed()
    cost = next(row["cost"] for row in year_payer_rows(run) if (row["year"], row["payer"]) == ("2031", "donor"))
    left = [ceiling_rows(costed(ceilings=[stated(amount, "donor", prices="base_year")]))[0]["left"]
            for amount in (cost - 0.01, cost, cost + 1000.0)]
    assert left == [-0.01, 0.0, 1000.0]


def test_money_of_its_year_and_another_currency_reach_the_base_year_to_the_cent():
    """GBP 1,000,000.01 of 2030: expected inflation of 2 % from 2017, since the book has no later deflator of GBP."""
    run = costed(ceilings=[stated(1000000.01, year=2030, currency="GBP"), stated(7.0, "donor", 2030, currency="EUR",
                                                                                  prices="base_year")])
    one, other = ceiling_rows(run)
    assert one["ceiling"] == round(1000000.01 * (1.0 / 1.02 ** 13) * 1.288, 2)
    assert (one["stated"], one["currency"], one["prices"], one["assumed"]) == (1000000.01, "GBP", "nominal", True)
    assert other["ceiling"] == 7.91


def test_a_payer_who_pays_nothing_has_no_row_and_all_of_the_ceiling_left():
    run = costed(ceilings=[stated(5.0, "private", 2031, prices="base_year")])
    assert "private" not in {row["payer"] for row in year_payer_rows(run)}
    assert ceiling_rows(run)[0]["left"] == 5.0


@pytest.mark.parametrize("rate", [0.0, 0.25])
def test_contingency_and_support_cost_count_under_a_ceiling(rate):
    rules = money()
    rules = rules.model_copy(update={"contingency": rules.contingency.model_copy(update={"value": rate})})
    run = costed(ceilings=[stated(0.0, "donor", prices="base_year")], rules=rules)
    lines = cents_by_year(replace(run, cents=run.cents[:1]))[2031][:, PAYER_NAMES.index("donor")].sum() / 100
    assert ceiling_rows(run)[0]["cost"] == pytest.approx(lines * (1 + rate) * 1.07, abs=0.5)


def test_a_rate_of_the_cases_own_is_taken():
    one = stated(100.0, currency="MYR", prices="base_year")
    own_rate = CaseRate.model_validate({"for_one": 4.0, "on": "2018-03-01", "source": "assumption",
                                        "quality": "assumption"})
    run = costed(ceilings=[one])
    run = replace(run, pricing=replace(run.pricing, exchange_rates={"MYR": own_rate}))
    assert ceiling_rows(run)[0]["ceiling"] == 25.0
