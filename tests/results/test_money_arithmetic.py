"""Sums of money: never negative, never outside their own range, and refused where they cannot be counted."""

import dataclasses
import math

import numpy as np
import pytest
from cost_examples import item, money, pricing, rate, run_of
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mixedmig_model.results.costs.draws import total_draws, total_range
from mixedmig_model.results.costs.export import total_span
from mixedmig_model.results.costs.lines import MOST_CENTS, MoneyRangeError, line_cents, totals_of_draws

MANY = settings(max_examples=150, deadline=None, derandomize=True)
PER = ("person*day", "person*month", "person*year")


def costed(value, units, per="person*day", low=0.5, high=2.0, distribution="lognormal", **rules):
    """The cost run of one item in one country and month."""
    record = item(value=value, low=low * value, high=high * value, per=per, distribution=distribution)
    return run_of(np.full((1, 1, 1), units), pricing({"bed": record}, money(**rules), ("here",)), 10, digits=12)


@MANY
@given(st.floats(1e-3, 1e300), st.floats(0.0, 1e9), st.sampled_from(PER), st.floats(0.0, 2.0), st.floats(0.0, 0.5))
@example(1e15, 1e6, "person*day", 0.1, 0.07)
def test_every_cost_is_counted_to_the_cent_or_refused(value, units, per, contingency, support):
    rules = {"contingency": rate(contingency), "support_cost": rate(support)}
    if round(units, 12) * value * 100 > MOST_CENTS:
        with pytest.raises(MoneyRangeError, match="the cost of bed in here cannot be counted to the cent"):
            costed(value, units, per, **rules)
        return
    run = costed(value, units, per, **rules)
    assert (run.cents >= 0).all()
    exact = round(units, 12) * value * (1.0 + contingency) * (1.0 + support)
    half_cents = (1.0 + contingency) * (1.0 + support) + (1.0 + support) + 1.0  # of the item, and of each rate on it
    assert run.total == pytest.approx(exact, rel=1e-12, abs=0.005 * half_cents + 1e-9)
    low, high = total_span(run)
    assert 0.0 <= low <= run.total <= high < math.inf


@MANY
@given(st.floats(1.0, 1e6), st.floats(0.01, 1.0), st.floats(1.0, 100.0),
       st.sampled_from(["lognormal", "pert", "fixed"]), st.floats(0.0, 1e4))
@example(100.0, 1.0, 100.0, "lognormal", 10.0)
@example(100.0, 0.01, 1.0, "pert", 10.0)
def test_a_total_lies_in_its_own_range_however_skewed_prices_are(value, below, above, distribution, units):
    """A price at an end of its range lies outside nine in ten of its draws; the range reaches to it."""
    run = costed(value, units, low=below, high=above, distribution=distribution)
    low, high = total_span(run)
    assert low <= run.total <= high
    found = total_range(total_draws(run), run.total)
    assert (found.low, found.high) == (low, high)


def test_a_line_too_large_to_count_is_named_with_its_item_country_and_size():
    priced = pricing({"bed": item(), "tent": item(value=1e15, component="tent")}, countries=("here", "there"))
    units = np.ones((2, 1, 2))
    units[1, 0, 1] = 1e4
    with pytest.raises(MoneyRangeError, match=r"the cost of tent in here cannot be counted to the cent: 1e\+15 USD in "
                                              r"one month; a line is from 0 to 9\.01e\+13\. Check its price"):
        line_cents(units, np.broadcast_to(priced.price[:, None], units.shape), priced)


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -1.0])
def test_what_is_no_amount_of_money_is_refused(wrong):
    priced = pricing({"bed": item()}, countries=("here",))
    with pytest.raises(MoneyRangeError, match="the cost of bed in here cannot be counted"):
        line_cents(np.full((1, 1, 1), wrong), np.ones((1, 1, 1)), priced)


def test_a_total_of_many_lines_that_are_too_large_together_is_refused():
    priced = pricing({f"bed{k}": item(component=f"bed{k}") for k in range(700)}, countries=("here",))
    units = np.full((700, 1, 1), 9e13)
    with pytest.raises(MoneyRangeError, match=r"the total of .* USD is too large to be counted: at most 4\.61e"):
        line_cents(units, np.ones_like(units), priced)


@pytest.mark.parametrize("name", ["contingency", "support_cost"])
def test_a_negative_rate_is_refused_even_where_no_file_was_checked(name):
    rules = money()
    wrong = rules.model_copy(update={name: rules.contingency.model_copy(update={"value": -0.5})})
    priced = dataclasses.replace(pricing({"bed": item()}, countries=("here",)), money=wrong)
    with pytest.raises(MoneyRangeError, match=f"the rate of {name} is -0.5: it must be 0 or more"):
        line_cents(np.ones((1, 1, 1)), np.ones((1, 1, 1)), priced)


def test_draws_whose_total_is_no_number_are_refused():
    priced = pricing({"bed": item()}, countries=("here",))
    with pytest.raises(MoneyRangeError, match="the total of a draw of prices is too large"):
        totals_of_draws(np.full((1, 1, 1), 1e300), np.full((1, 1), 1e300), priced)


def test_a_price_may_be_nought_and_costs_nothing():
    run = run_of(np.full((1, 1, 1), 1e6), pricing({"bed": item(value=0.0)}, countries=("here",)), 10)
    assert run.total == 0.0
    assert total_span(run) == (0.0, 0.0)
