"""Waits from running totals, against queues whose waits are known."""

from dataclasses import fields

import numpy as np
import pytest

from mixedmig_model.results.waits.curves import MANY, running_totals
from mixedmig_model.results.waits.queues import make_queues


def column(*series):
    return [np.asarray(one, dtype=float)[:, None] for one in series]


def losing(days, arriving, served, loss, opening=0.0):
    """Totals by day of Q' = a - s - loss Q, in closed form."""
    edges = np.arange(days + 1.0)
    level = (arriving - served) / loss
    waiting = level + (opening - level) * np.exp(-loss * edges)
    lost = (arriving - served) - np.diff(waiting)
    return column(np.full(days, arriving), np.full(days, served), lost, waiting)


def test_arrivals_above_capacity_wait_longer_in_proportion_to_time():
    days = 300
    totals = column(np.full(days, 10.0), np.full(days, 6.0), np.zeros(days), 4.0 * np.arange(days + 1.0))
    queues = make_queues(*totals)
    wait = queues.middles - queues.entry_of_served()[:, 0]
    assert wait[1:] == pytest.approx(0.4 * queues.middles[1:], rel=1e-9)  # u = 0.6 t
    arrivals = queues.service_of_entered()[:, 0] - queues.middles
    known = queues.middles < 0.6 * days - 1
    assert arrivals[known][1:] == pytest.approx(queues.middles[known][1:] * (1 / 0.6 - 1), rel=1e-9)
    assert np.isnan(arrivals[queues.middles > 0.6 * days]).all()


@pytest.mark.parametrize(("loss", "days"), [(0.01, 900), (0.2, 200), (1.5, 2000)])
def test_waits_with_losses_are_those_of_the_formula(loss, days):
    queues = make_queues(*losing(days, 10.0, 6.0, loss))
    assert queues.loss[1:, 0] == pytest.approx(loss, rel=1e-6)
    wait = queues.middles - queues.entry_of_served()[:, 0]
    # in the long run 10 exp(-loss W) = 6
    assert wait[-1] == pytest.approx(np.log(10.0 / 6.0) / loss, rel=2e-3, abs=0.15 if loss > 1 else 0.02)
    assert np.isfinite(queues.log_entered[2:]).all()


def test_waits_on_the_way_to_a_steady_state_are_those_of_the_formula():
    loss, queues = 0.02, make_queues(*losing(200, 10.0, 6.0, 0.02))
    when = queues.middles[1:]
    entered = np.log1p(0.6 * np.expm1(loss * when)) / loss  # 10 (exp(loss u) - 1) = 6 (exp(loss t) - 1)
    assert queues.entry_of_served()[1:, 0] == pytest.approx(entered, abs=3e-3)


def test_an_opening_queue_entered_on_the_day_before_and_leaves_in_order():
    served = [20.0] * 5 + [0.0] * 5
    queues = make_queues(*column(np.zeros(10), served, np.zeros(10), [100, 80, 60, 40, 20, 0, 0, 0, 0, 0, 0]))
    assert queues.entry_of_served()[1:6, 0] == pytest.approx([-0.9, -0.7, -0.5, -0.3, -0.1])
    assert queues.service_of_entered()[0, 0] == pytest.approx(2.5)
    assert queues.waiting[-1, 0] == 0.0
    assert queues.older_than(1.5)[2, 0] == pytest.approx(30.0)  # at day 1 those of the first half, 20 of them served
    assert queues.older_than(0.0)[:, 0] == pytest.approx(queues.waiting[:, 0])


def test_ages_of_those_waiting_with_and_without_service():
    queues = make_queues(*losing(400, 5.0, 0.0, 0.01))
    waiting = queues.waiting[-1, 0]
    for age in (30.0, 180.5, 365.0):
        exact = 5.0 * (np.exp(-0.01 * age) - np.exp(-4.0)) / 0.01
        assert queues.older_than(age)[-1, 0] == pytest.approx(exact, abs=0.002 * waiting)
    queues = make_queues(*losing(900, 10.0, 6.0, 0.01))
    head = np.log(10.0 / 6.0) / 0.01
    inside = 10.0 * (np.exp(-0.2) - 0.6) / 0.01
    assert queues.older_than(20.0)[-1, 0] == pytest.approx(inside, rel=2e-3)
    assert queues.older_than(head + 1.0)[-1, 0] == 0.0
    assert queues.oldest()[-1, 0] == pytest.approx(head, abs=0.2)


def test_nothing_overflows_however_much_is_lost():
    days = 3000
    queues = make_queues(*losing(days, 50.0, 10.0, 2.0))
    assert queues.lost[-1, 0] == pytest.approx(2.0 * days, rel=1e-6)
    for values in (queues.oldest(), queues.older_than(1.0), queues.entry_of_served(), queues.kept(
        np.full((1, 1), 10.0), np.full((1, 1), 20.0)
    )):
        assert np.isfinite(values).all()
    assert queues.kept(np.full((1, 1), 10.0), np.full((1, 1), 20.0))[0, 0] == pytest.approx(np.exp(-20.0))


def test_queues_stand_side_by_side_and_an_empty_one_is_no_trouble():
    busy = losing(100, 10.0, 6.0, 0.05)
    empty = [np.zeros_like(part) for part in busy]
    both = make_queues(*(np.concatenate(parts, axis=1) for parts in zip(busy, empty, strict=True)))
    alone = make_queues(*busy)
    assert both.entry_of_served()[:, 0] == pytest.approx(alone.entry_of_served()[:, 0])
    assert both.oldest()[:, 1] == pytest.approx(0.0)
    none = make_queues(*(part[:, :0] for part in busy))
    assert none.older_than(3.0).shape == (102, 0)


def random_queues(seed, days=120, queues=6):
    """Queues that people enter, leave served and are lost from, none of them below zero."""
    rng = np.random.default_rng(seed)
    entered, wanted = rng.uniform(0.0, 12.0, (days, queues)), rng.uniform(0.0, 9.0, (days, queues))
    served, lost, waiting = np.zeros_like(entered), np.zeros_like(entered), np.full((days + 1, queues), 20.0)
    for day in range(days):
        served[day] = np.minimum(wanted[day], waiting[day])
        lost[day] = 0.02 * (waiting[day] - served[day])
        waiting[day + 1] = waiting[day] + entered[day] - served[day] - lost[day]
    return entered, served, lost, waiting


def test_some_of_the_queues_are_to_the_byte_what_they_are_alone():
    totals, chosen = random_queues(1), np.array([True, False, True, True, False, False])
    some, alone = make_queues(*totals).of(chosen), make_queues(*(part[:, chosen] for part in totals))
    for one in fields(alone):
        np.testing.assert_array_equal(getattr(some, one.name), getattr(alone, one.name), one.name)
    assert some.longest() == alone.longest()


def test_people_older_on_one_edge_are_those_of_all_edges_there():
    queues = make_queues(*random_queues(2))
    for edge, age in ((-1, 3.0), (60, 10.0), (0, 0.5)):
        np.testing.assert_array_equal(queues.older_on(edge, age), queues.older_than(age)[edge])


@pytest.mark.parametrize("seed", range(5))
def test_the_longest_age_is_the_largest_of_all_edges(seed):
    queues = make_queues(*random_queues(seed))
    ages = queues.oldest_together()
    assert queues.longest() == pytest.approx(ages.max(), abs=3e-6)
    each = [queues.oldest_together(np.array([edge]))[0] for edge in range(len(ages))]
    np.testing.assert_array_equal(each, ages)  # one edge is searched as many are


@pytest.mark.parametrize("queues", [1, MANY - 1, MANY, 3 * MANY])
def test_running_totals_of_few_and_of_many_queues_are_the_same_to_the_byte(queues):
    rng = np.random.default_rng(queues)
    increments = np.log(rng.lognormal(0.0, 3.0, (90, queues))) + 0.1 * np.arange(90.0)[:, None]
    increments[:5, ::2] = -np.inf
    nobody = np.full_like(increments, -np.inf)
    first, none, second = running_totals(increments, nobody, increments[::-1])
    for found, given in ((first, increments), (second, increments[::-1])):
        assert (found[0] == -np.inf).all()
        for column in range(queues):
            alone = np.logaddexp.accumulate(np.ascontiguousarray(given[:, column]))
            assert found[1:, column].tobytes() == alone.tobytes()
    assert (none == -np.inf).all()
