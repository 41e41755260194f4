"""Months of the calendar: twelve months of a contract are twelve, January is one, a day is a day."""

import math
from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from cost_examples import item, money, own, pricing, rate, run_of

from mixedmig_model.results.costs.lines import YEAR_DIGITS, units_billed
from mixedmig_model.vocabulary.calendar import (
    days_in_month,
    fiscal_year,
    fiscal_years,
    month_shares,
    run_calendar,
)

NOTHING_ADDED = money(contingency=rate(0.0), support_cost=rate(0.0))
CONTRACTS = {
    "own cost of a scenario": own(price=own().price.model_dump() | {"value": 5000.0, "range": [4000.0, 6000.0]}),
    "fixed": item(behaviour="fixed", per="month", value=5000.0),
    "step": item(behaviour="step", step=500.0, per="month", value=5000.0),
    "each person": item(per="person*month", value=5000.0),
    "each desk": item(per="desk * months", driver="desks", value=5000.0),
}


def costed(record, start, days, people=1.0, fiscal_start=1):
    """The cost run of one item in one country, without additions, with a level of ``people`` throughout."""
    priced = replace(pricing({"contract": record}, NOTHING_ADDED, ("here",), start), fiscal_start=(fiscal_start,))
    level = np.full((days, 1), float(people))
    levels = {"people_in_reception": level, "desks": level}
    return run_of(units_billed(levels, priced, run_calendar(start, days), financial=True), priced, days, YEAR_DIGITS)


@pytest.mark.parametrize("year", [2016, 2019])
@pytest.mark.parametrize("record", CONTRACTS.values(), ids=CONTRACTS.keys())
def test_twelve_months_of_a_contract_are_twelve(record, year):
    """Twelve months at 5,000 are 60,000.00 in a leap year and in a common year, and every month is one."""
    run = costed(record, date(year, 1, 1), (date(year + 1, 1, 1) - date(year, 1, 1)).days)
    assert run.units[0, :, 0].tolist() == [1.0] * 12
    assert run.by("month").tolist() == [500_000] * 12
    assert run.total == 60_000.00


def year_contracts(price):
    """Items whose price is for a year, whatever they depend on."""
    return [
        item(behaviour="fixed", per="year", value=price), item(per="person*year", value=price),
        item(behaviour="step", step=500.0, per="year", value=price),
        item(per="desk*years", driver="desks", value=price),
    ]


@pytest.mark.parametrize("year", [2016, 2019])
@pytest.mark.parametrize("record", year_contracts(60_000.0), ids=["fixed", "each person", "step", "each desk"])
def test_a_year_of_a_contract_is_twelve_months(record, year):
    run = costed(record, date(year, 1, 1), (date(year + 1, 1, 1) - date(year, 1, 1)).days)
    assert run.by("month").tolist() == [500_000] * 12
    assert run.total == 60_000.00


@pytest.mark.parametrize("price", [0.01, 100.0, 12_345.67, 50_000.0, 1e7 / 3, 1e11])
def test_a_year_costs_its_price_to_the_cent_and_each_month_a_twelfth_of_it(price):
    """Twelve equal roundings of 50,000 / 12 would make 50,000.04."""
    for record in year_contracts(price):
        run = costed(record, date(2019, 1, 1), 365)
        assert run.total == round(price, 2)
        assert run.by("month") / 100 == pytest.approx([price / 12] * 12, abs=0.01 + 1e-11 * price)
    several = costed(year_contracts(price)[1], date(2017, 1, 1), 730, people=7.0)
    assert several.total == pytest.approx(14.0 * price, abs=0.005 + 1e-11 * price)


@pytest.mark.parametrize(("first_month", "parts"), [(4, {"2019": 3, "2020": 9}), (7, {"2019": 6, "2020": 6})])
def test_fiscal_years_of_a_price_for_a_year_are_its_months(first_month, parts):
    for price in (60_000.0, 50_000.0):
        found = costed(year_contracts(price)[0], date(2019, 1, 1), 365, fiscal_start=first_month).fiscal_years()
        assert sum(found.values()) == 100 * price
        assert found == {year: pytest.approx(100 * price * months / 12, abs=1) for year, months in parts.items()}


@pytest.mark.parametrize("record", CONTRACTS.values(), ids=CONTRACTS.keys())
def test_january_is_one_month_and_a_part_of_it_goes_by_its_days(record):
    assert costed(record, date(2019, 1, 1), 31).units[0, :, 0].tolist() == [1.0]
    assert costed(record, date(2019, 1, 11), 31).units[0, :, 0].tolist() == pytest.approx([21 / 31, 10 / 28], abs=1e-6)


def test_fiscal_years_of_a_contract_from_april_and_from_july():
    """24 months from January 2019: 3, 12 and 9 months by years from April; 6, 12 and 6 by years from July."""
    contract, start, days = CONTRACTS["fixed"], date(2019, 1, 1), 731
    april = costed(contract, start, days, fiscal_start=4).fiscal_years()
    assert april == {"2019": 1_500_000, "2020": 6_000_000, "2021": 4_500_000}
    july = costed(contract, start, days, fiscal_start=7).fiscal_years()
    assert july == {"2019": 3_000_000, "2020": 6_000_000, "2021": 3_000_000}


def test_a_price_a_day_is_paid_each_day():
    """1,000 people held for a common year at 319.37 a day."""
    run = costed(item(per="person*day", value=319.37), date(2019, 1, 1), 365, people=1000)
    assert run.total == 116_570_050.00


def test_a_present_value_counts_each_month_in_its_middle_from_the_first_day_of_the_run():
    """1 million a year for three years at 3 %, month by month (docs/costs.md)."""
    run = costed(year_contracts(1e6)[0], date(2018, 1, 1), (date(2021, 1, 1) - date(2018, 1, 1)).days)
    firsts = [date(2018 + k // 12, 1 + k % 12, 1) for k in range(37)]
    ends = [(first - firsts[0]).days for first in firsts]
    middles = [(one + other) / 2 / 365.2425 for one, other in pairwise(ends)]
    by_hand = sum(1e6 / 12 / 1.03**middle for middle in middles)
    assert run.discounted(0.03) == pytest.approx(by_hand, abs=0.5)
    assert run.discounted(0.0) == run.total == 3_000_000.0
    at_ends, at_starts = (sum(1e6 / 1.03 ** (year + late) for year in range(3)) for late in (1, 0))
    assert at_ends < run.discounted(0.03) < at_starts
    steady = 1e6 * (1.0 - 1.03**-3) / math.log(1.03)
    assert run.discounted(0.03) == pytest.approx(steady, rel=1e-4)
    assert (round(steady, -4), round(at_ends, -4)) == (2_870_000.0, 2_830_000.0)  # as docs/costs.md says


def test_a_day_is_its_share_of_its_own_month():
    days = np.arange(np.datetime64("2015-01-01"), np.datetime64("2017-01-01"))
    shares = month_shares(days)
    assert shares[0] == 1 / 31
    assert shares[days == np.datetime64("2016-02-29")].tolist() == [1 / 29]
    assert shares[days == np.datetime64("2015-02-28")].tolist() == [1 / 28]
    assert days_in_month(days[[0, 31, 90]]).tolist() == [31, 28, 30]
    months = np.add.reduceat(shares, np.unique(days.astype("datetime64[M]"), return_index=True)[1])
    assert months.tolist() == pytest.approx([1.0] * 24, rel=1e-14)
    assert month_shares(days.astype("datetime64[ns]")).tolist() == shares.tolist()


def test_a_run_within_a_month_knows_its_month():
    months = run_calendar(date(2016, 2, 10), 5)
    assert months.months == (date(2016, 2, 1),)
    assert months.month_shares.tolist() == [1 / 29] * 5
    assert months.dates[[0, -1]].tolist() == [date(2016, 2, 10), date(2016, 2, 14)]


def test_a_fiscal_year_is_named_by_the_year_in_which_it_ends():
    assert [fiscal_year(date(2019, month, 1), 4) for month in (1, 3, 4, 12)] == [2019, 2019, 2020, 2020]
    assert [fiscal_year(date(2019, month, 1), 1) for month in (1, 12)] == [2019, 2019]
    assert fiscal_years((date(2019, 6, 1), date(2019, 7, 1)), (1, 7)).tolist() == [[2019, 2019], [2019, 2020]]
