"""How long people at the opening have waited, where a case says so."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mixedmig_model.results.waits.before import Before
from mixedmig_model.results.waits.queues import make_queues

AGES = np.array([0.0, 1.0, 100.0, 400.0])
HALF_OLD = Before(AGES, np.array([[1.0], [0.9], [0.5], [0.0]]))
"""A tenth came on the day before, four tenths within 100 days, and half within 400."""


def idle_queue(days, people=200.0, before=HALF_OLD):
    """A queue that nobody enters or leaves."""
    none = np.zeros((days, 1))
    return make_queues(none, none, none, np.full((days + 1, 1), people), before=before)


@given(st.integers(0, 50), st.floats(1.0, 600.0))
def test_people_who_wait_on_grow_older_by_the_days_of_the_run(day, age):
    older = float(idle_queue(50).older_on(day + 1, age)[0])
    expected = 200.0 * np.interp(age - day, AGES, HALF_OLD.older[:, 0], left=1.0)
    assert older == pytest.approx(expected, abs=1e-6)


def test_the_oldest_came_first():
    """Half a person of 200 is older than 428.5 days after 30 days: 100 people came evenly over the oldest 300."""
    assert float(idle_queue(30).oldest_together(np.array([31]))[0]) == pytest.approx(428.5, abs=0.01)


def test_without_ages_all_came_on_the_day_before():
    """The share of each age is then even over a day, as where nothing is said."""
    even = Before(np.array([0.0, 1.0]), np.array([[1.0], [0.0]]))
    for queue in (idle_queue(20, before=even), idle_queue(20, before=None)):
        assert float(queue.older_on(21, 20.25)[0]) == pytest.approx(150.0)


def test_first_come_first_served():
    """20 of 200 are served a day: those of the first day waited for the longest."""
    served = np.full((5, 1), 20.0)
    waiting = 200.0 - 20.0 * np.arange(6.0)[:, None]
    entered = make_queues(np.zeros((5, 1)), served, np.zeros((5, 1)), waiting, before=HALF_OLD).entry_of_served()
    middle_of_first = -np.interp(10.0 / 200.0, HALF_OLD.older[::-1, 0], AGES[::-1])
    assert entered[1, 0] == pytest.approx(middle_of_first)
    assert (np.diff(entered[1:, 0]) > 0).all()


@given(st.lists(st.floats(0.01, 1.0), min_size=2, max_size=6))
def test_times_and_parts_undo_each_other(steps):
    share = np.concatenate([[1.0], 1.0 - np.cumsum(steps) / sum(steps)])
    ages = np.arange(len(share), dtype=float) * 30.0
    before = Before(ages, np.maximum(share, 0.0)[:, None])
    parts = np.linspace(0.0, 1.0, 11)[:, None]
    assert np.allclose(before.parts(before.times(parts)), parts, atol=1e-6)
