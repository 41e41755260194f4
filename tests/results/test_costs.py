"""The arithmetic of costs: to the cent, in every view, and by hand where a number can be written down."""

import dataclasses
from datetime import date

import numpy as np
import pytest
from cost_examples import COUNTRIES, START, item, money, own, price, pricing, run_of
from hypothesis import given, settings
from hypothesis import strategies as st

from mixedmig_model.inputs.costs.money import money_factor
from mixedmig_model.inputs.costs.schema import Price
from mixedmig_model.results.costs.billing import annuity_factor, billed, bought
from mixedmig_model.results.costs.draws import price_draws, swings, total_draws
from mixedmig_model.results.costs.funding import funding
from mixedmig_model.results.costs.lines import loaded, own_units, shared_out, totals_of_draws
from mixedmig_model.results.costs.lines import whole as whole_cents
from mixedmig_model.results.costs.pricing import PAYER_NAMES
from mixedmig_model.vocabulary.calendar import run_calendar

MANY = settings(max_examples=60, deadline=None, derandomize=True, database=None)
DAYS = 100


@st.composite
def runs(draw):
    """A random cost run: up to six items, two countries, the months of a hundred days."""
    records = {}
    for number in range(draw(st.integers(1, 6))):
        names = draw(st.lists(st.sampled_from(PAYER_NAMES), min_size=1, max_size=4, unique=True))
        parts = np.array([draw(st.integers(1, 100)) for _ in names], float)
        shares = parts / parts.sum()
        shares[-1] = 1.0 - shares[:-1].sum()
        records[f"item_{number}"] = item(
            value=draw(st.floats(0.01, 1e5)), payers=dict(zip(names, map(float, shares), strict=True)),
        )
    priced = pricing(records)
    months = len(run_calendar(START, DAYS).months)
    size = len(records) * months * len(COUNTRIES)
    units = draw(st.lists(st.floats(0.0, 1e5), min_size=size, max_size=size))
    return run_of(np.array(units).reshape(len(records), months, len(COUNTRIES)), priced, DAYS)


@MANY
@given(runs())
def test_lines_sum_to_totals_to_the_cent_in_every_view_country_payer_and_year(run):
    whole = int(run.cents.sum())
    assert run.cents.dtype == np.int64
    assert run.total == whole / 100
    for axes in (("item",), ("month",), ("country",), ("payer",), ("month", "payer"), ("item", "country", "payer")):
        assert int(run.by(*axes).sum()) == whole, axes
    assert sum(run.fiscal_years().values()) == whole
    direct = run.cents[:-2].sum(axis=-1)
    assert (direct == whole_cents(run.units * run.price * 100.0)).all(), "payers sum to each line"
    assert int(run.dataset()["cost"].sum()) == whole


@MANY
@given(runs())
def test_twice_the_prices_is_twice_the_cost(run):
    """To the rounding of each line, of its payers, contingency and support."""
    doubled = run_of(run.units, dataclasses.replace(run.pricing, price=2.0 * run.pricing.price), DAYS)
    lines = run.cents.size
    assert abs(int(doubled.cents.sum()) - 2 * int(run.cents.sum())) <= 3 * lines
    draws = totals_of_draws(run.units, np.stack([run.pricing.price, 2.0 * run.pricing.price]), run.pricing)
    assert draws[1] == pytest.approx(2.0 * draws[0], rel=1e-12)
    assert draws[0] == pytest.approx(run.total, abs=0.02 * lines)


def test_two_runs_of_the_same_have_no_incremental_cost_at_all():
    priced = pricing({"bed": item(), "desk": item(driver="desks", per="desk*day", component="desk")})
    units = np.random.default_rng(1).random((2, 4, 2)) * 1e4
    assert (run_of(units, priced, DAYS).cents == run_of(units.copy(), priced, DAYS).cents).all()


@pytest.mark.parametrize("currency", ["GBP", "EUR"])
def test_a_currency_there_and_back_is_the_same_amount(currency):
    rules = money()
    for amount in (1.0, 0.01, 123456.789, 1e9):
        there = amount * money_factor(rules, currency, 2017)
        assert there / money_factor(rules, currency, 2017) == pytest.approx(amount, rel=1e-9)


def test_local_inflation_comes_first_and_conversion_second():
    """11,000 GBP of 2003-04: x 1.33 at home, then x 1.288 in 2017."""
    assert 11_000 * money_factor(money(), "GBP", 2003) == pytest.approx(11_000 * 1.33 * 1.288)
    assert money_factor(money(), "USD", 2011) == 1.09
    assert money_factor(money(), "USD", 2017) == 1.0


def test_a_price_that_cannot_be_converted_says_what_there_is():
    with pytest.raises(ValueError, match="no exchange rate for SEK; there are: EUR, GBP, USD"):
        money_factor(money(), "SEK", 2017)
    with pytest.raises(ValueError, match="no deflator for GBP of 1999; there are: 2003, and 2017 itself"):
        money_factor(money(), "GBP", 1999)


def test_cents_are_shared_among_payers_without_losing_one():
    parts = shared_out(np.array([100.0, 1.0, 0.0, 7.0]), np.array([1 / 3, 1 / 3, 1 / 3]))
    assert parts.sum(axis=-1).tolist() == [100, 1, 0, 7]
    assert (parts >= 0).all()
    assert parts[0].tolist() == [33, 34, 33]


def test_contingency_comes_before_support_cost_and_neither_twice():
    """1,000.00 for a donor and 1,000.00 for a ministry: 10 % on both, then 7 % on the donor's 1,100.00."""
    priced = pricing({"bed": item(payers={"donor": 0.5, "host_central": 0.5})}, countries=("here",))
    run = run_of(np.full((1, 1, 1), 200.0), priced, 10)
    assert run.by("item").tolist() == [200_000, 20_000, 7_700]
    assert run.total == 2277.0
    assert loaded(priced).tolist() == pytest.approx([1.1 * 1.035])


def level(*days):
    """A level on some days, in one country."""
    return np.array(days, float)[:, None]


def charge(record, **levels):
    """Units billed a day for cash, in January."""
    return billed(record, levels.__getitem__, True, 0.03, january(levels[record.driver]))[:, 0]


def january(days):
    return np.full(len(days), 1 / 31)


def test_variable_costs_follow_people_and_days():
    assert charge(item(), people_in_reception=level(3, 0, 5)).tolist() == [3, 0, 5]
    yearly = charge(item(driver="determination_staff", per="officer*year"), determination_staff=level(12 * 31))
    assert yearly.tolist() == pytest.approx([1.0])
    half = charge(item(driver="landings", per="person", use=0.5), landings=level(8))
    assert half.tolist() == [4]


def test_a_contract_is_paid_for_a_share_of_its_places_even_if_they_are_empty():
    hotel = item(driver="people_in_existing_buildings", contract_minimum=0.8, places="existing_building_places")
    paid = charge(hotel, people_in_existing_buildings=level(10, 90, 100), existing_building_places=level(100, 100, 100))
    assert paid.tolist() == [80, 90, 100]


def test_step_costs_go_by_whole_units_and_the_solver_s_error_buys_none():
    clinic = item(behaviour="step", step=500.0, per="month")
    days = charge(clinic, people_in_reception=level(0, 1, 500, 500 + 1e-5, 501, 1200)) * 31
    assert days.tolist() == pytest.approx([0, 1, 1, 1, 2, 3])


def test_fixed_costs_run_while_something_is_open():
    days = charge(item(behaviour="fixed", per="day"), people_in_reception=level(0, 0.4, 1, 900, 0))
    assert days.tolist() == [0, 0, 1, 1, 0]
    days = charge(item(behaviour="fixed", per="day", driver="rescue_operation"), rescue_operation=level(0, 0.1, 1))
    assert days.tolist() == [0, 1, 1]


def test_capital_is_cash_before_use_or_a_yearly_equivalent_and_nothing_is_bought_twice():
    tents = item(behaviour="capital", driver="tent_places", per="place", life_years=3.0, lead_days=2.0)
    places = level(50, 50, 50, 150, 150, 100, 150, 200)
    assert charge(tents, tent_places=places).tolist() == [0, 100, 0, 0, 0, 50, 0, 0]
    assert bought(places)[:, 0].tolist() == [0, 0, 0, 100, 0, 0, 0, 50]
    yearly = billed(tents, {"tent_places": places}.__getitem__, False, 0.03, january(places))[:, 0] * 365.2425
    assert yearly.tolist() == pytest.approx((places[:, 0] * 0.03 / (1 - 1.03**-3)).tolist())
    assert annuity_factor(4.0, 0.0) == 0.25
    early = item(behaviour="capital", driver="tent_places", per="place", life_years=3.0, lead_days=99.0)
    assert charge(early, tent_places=places).tolist() == [150, 0, 0, 0, 0, 0, 0, 0]


def test_what_is_left_of_capital_at_the_end_of_its_life_makes_it_cheaper():
    whole = item(behaviour="capital", driver="tent_places", per="place", life_years=2.0)
    part = item(behaviour="capital", driver="tent_places", per="place", life_years=2.0, residual_share=0.5)
    places = {"tent_places": level(100)}
    spent = [billed(one, places.__getitem__, False, 0.0, january([1]))[0, 0] for one in (whole, part)]
    assert spent[1] == pytest.approx(0.5 * spent[0])


def test_what_is_left_of_capital_is_worth_less_the_later_it_is_left():
    """Half the price comes back after two years: at 3 % a year it is worth 0.5 / 1.03^2 on the day of purchase."""
    tents = item(behaviour="capital", driver="tent_places", per="place", life_years=2.0, residual_share=0.5)
    daily = billed(tents, {"tent_places": level(100)}.__getitem__, False, 0.03, january([1]))[0, 0]
    yearly = 100 * (1 - 0.5 / 1.03**2) * 0.03 / (1 - 1.03**-2)
    assert daily * 365.2425 == pytest.approx(yearly, rel=1e-12)
    assert yearly == pytest.approx(27.63, abs=0.01)


def test_one_off_costs_fall_on_the_first_day_and_closing_costs_when_places_close():
    assert charge(item(behaviour="one_off", per="1"), people_in_reception=level(0, 7, 0, 9)).tolist() == [0, 1, 0, 0]
    closing = item(behaviour="closing", driver="tent_places", per="place")
    assert charge(closing, tent_places=level(100, 100, 30, 80, 0)).tolist() == [0, 0, 70, 0, 80]


def test_a_measure_of_a_scenario_is_paid_while_it_is_in_force_in_its_countries():
    priced = pricing({"roster": own(countries=["south"], start="2030-01-20", until="2030-02-01")})
    months = own_units(priced.lines[0].record, priced, run_calendar(START, 60)).sum(axis=0)
    assert months.tolist() == pytest.approx([0.0, 12 / 31])
    once = pricing({"kit": own(behaviour="one_off", start="2030-03-01")})
    assert np.flatnonzero(own_units(once.lines[0].record, once, run_calendar(START, 60))[:, 0]).tolist() == [45]
    late = pricing({"kit": own(behaviour="one_off", start="2040-03-01")})
    assert own_units(late.lines[0].record, late, run_calendar(START, 60)).sum() == 0.0


def test_months_begin_on_their_first_day_within_the_run():
    months = run_calendar(date(2030, 1, 15), 50)
    assert months.months == (date(2030, 1, 1), date(2030, 2, 1), date(2030, 3, 1))
    assert months.starts.tolist() == [0, 17, 45]
    assert months.monthly(np.ones((50, 1)))[:, 0].tolist() == [17, 28, 5]


def test_a_fiscal_year_is_named_by_the_year_in_which_it_ends():
    priced = dataclasses.replace(pricing({"bed": item(payers={"host_central": 1.0})}), fiscal_start=(1, 2))
    run = run_of(np.ones((1, 2, 2)), priced, 40)
    assert run.fiscal_years() == {"2030": 3 * 1100, "2031": 1100}


def test_money_later_is_worth_less_today():
    run = run_of(np.ones((1, 4, 2)), pricing({"bed": item()}), DAYS)
    assert run.discounted(0.0) == pytest.approx(run.total)
    assert 0.98 * run.total < run.discounted(0.07) < run.total


def test_donors_pay_a_part_and_late():
    """55 % of what is required, three months later: of four months only the first is paid within the run."""
    run = run_of(np.ones((1, 4, 2)), pricing({"bed": item()}), DAYS)
    found = funding(run)
    donor = PAYER_NAMES.index("donor")
    monthly = run.by("month")[0] / 100
    assert found.received[donor].tolist() == pytest.approx([0.0, 0.0, 0.0, 0.55 * monthly])
    assert found.gap[donor, -1] == pytest.approx(run.total - 0.55 * monthly)
    assert found.first_gap[donor] == 0
    assert found.first_gap[PAYER_NAMES.index("host_central")] == -1


def test_drawn_prices_stay_what_they_are_whatever_else_is_paid_for():
    one = price_draws(pricing({"bed": item()}), 200)
    more = price_draws(pricing({"desk": item(component="desk"), "bed": item()}), 200)
    assert (one[:, 0] == more[:, 1]).all()
    assert (one[:, 0, 0] == one[:, 0, 1]).all(), "one price for both countries is drawn once"
    below, above = (one[:, 0, 0] < 5.0).mean(), (one[:, 0, 0] > 20.0).mean()
    assert below == pytest.approx(0.05, abs=0.006)
    assert above == pytest.approx(0.05, abs=0.006)
    assert np.median(one[:, 0, 0]) == pytest.approx(10.0, rel=0.01)


def test_totals_of_draws_need_no_loop_and_swings_are_the_ends_of_ranges():
    priced = pricing({"bed": item(), "desk": item(value=1.0, component="desk")})
    run = run_of(np.ones((2, 4, 2)) * 10.0, priced, DAYS)
    totals = total_draws(run, 500)
    assert totals.shape == (500,)
    assert totals.min() < run.total < totals.max()
    units = np.stack([run.units, 2.0 * run.units])
    ensemble = totals_of_draws(units, priced.price, priced)
    assert ensemble[1] == pytest.approx(2.0 * ensemble[0])
    first = swings(run)[0]
    assert first[0] == "bed"
    assert first[1:] == pytest.approx((-5.0 * 80 * 1.177, 10.0 * 80 * 1.177))


def test_a_price_outside_its_own_range_is_refused():
    with pytest.raises(ValueError, match="the price lies outside its own range"):
        Price.model_validate(price(10.0, 20.0, 30.0))
