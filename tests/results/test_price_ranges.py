"""Ranges of prices, from the file of a cost book to the ends of a total."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest
from cost_examples import item, money, own, pricing, run_of

from mixedmig_model.results.costs.draws import points, price_draws, swings, total_draws, total_range
from mixedmig_model.results.costs.export import total_span
from mixedmig_model.results.costs.lines import loaded
from mixedmig_model.results.costs.pricing import price_scenario
from mixedmig_model.results.costs.tables import exchange_rates

EURO_OF_2014 = 1.02 * 1.13
"""Base currency of the base year for a euro of 2014, by the rules of ``cost_examples.money``."""
BED = item(value=100.0, low=80.0, high=150.0, currency="EUR", price_year=2014)
ROSTER = own(price=own().price.model_dump() | {"value": 1000.0, "range": [700.0, 1800.0]})


@pytest.fixture(scope="module")
def priced():
    """A bed priced in euros of 2014, and a scenario's own cost in the base currency, in one country."""
    costs = SimpleNamespace(
        items=("bed",), prices={("bed", "here"): BED.prices["middle_income"]}, local=frozenset(), by_item={},
        file=SimpleNamespace(payers={}, delivered=(), ceilings=(), exchange_rates={}, sectors={}),
        fiscal_start=lambda country: 1,
    )
    inputs = SimpleNamespace(
        workspace=SimpleNamespace(costs=SimpleNamespace(items={"bed": BED}, money=money())), costs=costs,
        case=SimpleNamespace(countries=("here",), routes={"here": "sea"}, baseline="base", start=date(2019, 1, 1)),
        own_costs=lambda scenario: {"roster": ROSTER},
    )
    return price_scenario(inputs, "base")


def test_each_end_of_a_range_goes_to_its_own_side(priced):
    assert priced.low[:, 0].tolist() == pytest.approx([80 * EURO_OF_2014, 700])
    assert priced.price[:, 0].tolist() == pytest.approx([100 * EURO_OF_2014, 1000])
    assert priced.high[:, 0].tolist() == pytest.approx([150 * EURO_OF_2014, 1800])
    spread = priced.spread(0, 0)
    assert [spread.low, spread.value, spread.high] == pytest.approx([80 * EURO_OF_2014, 100 * EURO_OF_2014,
                                                                     150 * EURO_OF_2014])


def test_the_range_of_a_total_of_one_price_is_the_range_of_the_price(priced):
    """A lognormal price: 5 and 95 % of draws lie beyond the ends of its range."""
    beds = run_of(np.array([[[40.0]], [[0.0]]]), priced, 31)
    each = 40.0 * loaded(priced)[0] * EURO_OF_2014
    seen = total_range(total_draws(beds))
    assert [seen.low, seen.median, seen.high] == pytest.approx([80 * each, 100 * each, 150 * each], rel=0.005)
    assert total_span(beds) == pytest.approx((80 * each, 150 * each), rel=0.005)


def test_a_swing_goes_down_by_the_low_end_and_up_by_the_high_end(priced):
    run = run_of(np.array([[[40.0]], [[1.0]]]), priced, 31)
    found = {name: (low, high) for name, low, high in swings(run)}
    bed, roster = loaded(priced)
    assert found["bed"] == pytest.approx((-20 * 40 * EURO_OF_2014 * bed, 50 * 40 * EURO_OF_2014 * bed))
    assert found["roster"] == pytest.approx((-300 * roster, 800 * roster))


def test_exchange_rates_move_the_total_of_foreign_prices_only_down_and_up(priced):
    """By 15 %: a bed of 112.87... dollars moves, the roster in the base currency does not."""
    run = run_of(np.array([[[40.0]], [[1.0]]]), priced, 31)
    foreign = 40 * 100 * EURO_OF_2014 * loaded(priced)[0]
    low, high = exchange_rates(run)
    assert low == pytest.approx(run.total - 0.15 * foreign, rel=1e-12)
    assert high == pytest.approx(run.total + 0.15 * foreign, rel=1e-12)
    assert low < run.total < high
    local = run_of(np.array([[[0.0]], [[1.0]]]), priced, 31)
    assert exchange_rates(local) == [local.total, local.total]


def test_prices_of_different_items_are_drawn_independently():
    """Dear beds say nothing of desks: the range of their sum is narrower than the sum of their ranges."""
    names = ("bed", "desk", "meal", "tent")
    priced = pricing({name: item(component=name) for name in names}, countries=("here",))
    draws = price_draws(priced, 1000)[:, :, 0]
    among = np.corrcoef(np.argsort(np.argsort(draws, axis=0), axis=0).T)[np.triu_indices(4, 1)]
    assert np.abs(among).max() < 0.12
    together = total_range(total_draws(run_of(np.ones((4, 1, 1)), priced, 17)))
    alone = total_range(total_draws(run_of(np.array([4.0, 0.0, 0.0, 0.0]).reshape(4, 1, 1), priced, 17)))
    assert together.high - together.low < 0.6 * (alone.high - alone.low)


def test_another_seed_and_another_item_have_other_points():
    assert not np.array_equal(points("bed", 100, 1), points("desk", 100, 1))
    assert not np.array_equal(points("bed", 100, 1), points("bed", 100, 2))
    assert np.array_equal(points("bed", 100, 1), points("bed", 100, 1))
