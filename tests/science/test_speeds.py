"""Groups whose claims are decided at speeds of their own."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import least_squares

from mixedmig_model.equations.numbers import by_speed, work_limited
from mixedmig_model.solve.reference import solve_reference

from .synthetic import make_run, weekly_total

NUMBERS = st.lists(st.floats(0.0, 1e4), min_size=3, max_size=3)


@given(NUMBERS, NUMBERS, st.floats(0.0, 3e4))
def test_all_room_is_used_and_no_more(need, speed, room):
    need, speed = np.array(need)[:, None], np.array(speed) / 1e3
    share = by_speed(need, np.array([room]), speed)
    assert (share >= 0.0).all()
    assert (share <= 1.0 + 1e-12).all()
    assert (share * need).sum() == pytest.approx(min(room, need.sum()), rel=1e-6, abs=1e-6)


def test_shares_are_as_the_speeds_where_officers_are_short():
    share = by_speed(np.array([[100.0], [50.0]]), np.array([30.0]), np.array([1.0, 4.0]))[:, 0]
    assert share[1] / share[0] == pytest.approx(4.0)
    assert share @ [100.0, 50.0] == pytest.approx(30.0)


def test_what_a_quick_group_does_not_need_is_left_to_others():
    share = by_speed(np.array([[100.0], [5.0]]), np.array([55.0]), np.array([1.0, 40.0]))[:, 0]
    assert share.tolist() == pytest.approx([0.5, 1.0])


@given(NUMBERS, NUMBERS, st.floats(0.0, 3e4))
def test_equal_speeds_are_one_queue_bit_for_bit(people, first, capacity):
    args = (np.array(people)[:, None], np.array(first)[:, None] / 1e4, np.full((3, 1), 7.0), np.array([20.0]),
            np.array([capacity]))
    plain, tracked = work_limited(*args), work_limited(*args, speed=np.ones(3))
    assert (plain.hazard == tracked.hazard).all()
    assert (plain.backlog == tracked.backlog).all()


def decided(speed):
    """First decisions by month of 28 days and group, of a team that is short."""
    run = make_run(
        224, 24.0, opening=(("determination", "community", "here", 3000.0),), arrivals__claim_share=1.0,
        determination__officers=12.0, determination__speed=[1.0, speed], counselling__claim_share=0.0,
    )
    answer = solve_reference(run)
    flows = ("recognised", "appealed", "refused_without_appeal")
    total = sum(weekly_total(answer, flow).sum(axis=(1, 3)) for flow in flows)
    return np.diff(total[::4], axis=0)


def test_a_planted_speed_is_found_again():
    """Two groups with speeds 1 and 4: a fit to decisions by month, read with an error of 2 %, finds the 4."""
    seen = decided(4.0) * (1.0 + 0.02 * np.random.default_rng(7).standard_normal((8, 2)))
    fit = least_squares(lambda x: (decided(float(np.exp(x[0]))) / seen - 1.0).ravel(), [0.0], diff_step=1e-2)
    assert float(np.exp(fit.x[0])) == pytest.approx(4.0, rel=0.05)
    assert float(np.abs(fit.fun).mean()) < 0.03
