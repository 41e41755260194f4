"""Shapley values: games with known answers, shares that sum to the difference, and a stated error that is honest."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mixedmig_model.study.attribution.shapley import exact_shares, sampled_shares


def game_of(worth):
    """A game of one quantity from a function of the set of players."""
    def game(coalitions):
        members = [{k for k in range(16) if coalition >> k & 1} for coalition in coalitions]
        return np.array([[worth(coming)] for coming in members], dtype=float)
    return game


def test_the_glove_game_gives_the_one_left_glove_most():
    """Players 0 and 1 own a right glove each, player 2 the only left one: shares 1/6, 1/6, 2/3 (Shapley 1953)."""
    found = exact_shares(3, game_of(lambda c: float(2 in c and (0 in c or 1 in c))))
    np.testing.assert_allclose(found.shares[:, 0], [1 / 6, 1 / 6, 2 / 3], rtol=1e-14)
    assert (found.coalitions, found.pairs, found.error.max()) == (8, 0, 0.0)


def test_an_airport_runway_is_paid_by_those_who_need_its_length():
    """Lengths 1, 2, 4 (Littlechild and Owen 1973): 1/3; 1/3 + 1/2; 1/3 + 1/2 + 2."""
    lengths = (1.0, 2.0, 4.0)
    found = exact_shares(3, game_of(lambda c: max((lengths[k] for k in c), default=0.0)))
    np.testing.assert_allclose(found.shares[:, 0], [1 / 3, 5 / 6, 17 / 6], rtol=1e-14)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 6).flatmap(lambda n: st.tuples(
    st.just(n), st.lists(st.floats(-1e6, 1e6), min_size=2**n, max_size=2**n))))
def test_shares_of_any_game_sum_to_the_difference_exact_or_sampled(drawn):
    players, worths = drawn
    size = max(map(abs, worths)) + 1.0
    for found in (exact_shares(players, lambda asked: np.array(worths)[list(asked), None]),
                  sampled_shares(players, lambda asked: np.array(worths)[list(asked), None], 3)):
        gap = found.shares.sum(axis=0) - (found.whole - found.none)
        assert abs(gap[0]) <= 1e-9 * size
        assert (found.none[0], found.whole[0]) == (worths[0], worths[-1])


def test_equals_get_equal_shares_and_who_changes_nothing_gets_nothing():
    found = exact_shares(4, game_of(lambda c: len(c & {0, 1}) ** 2 + 5.0 * (2 in c)))
    assert found.shares[0, 0] == pytest.approx(found.shares[1, 0], abs=1e-14)
    assert found.shares[3, 0] == pytest.approx(0.0, abs=1e-14)


def test_sampled_shares_lie_within_four_of_their_errors_and_the_error_falls():
    chance = np.random.default_rng(3)
    table = chance.normal(size=(2**6, 1)).cumsum(axis=0)
    exact = exact_shares(6, lambda asked: table[list(asked)])
    few, many = (sampled_shares(6, lambda asked: table[list(asked)], pairs, seed=5) for pairs in (20, 320))
    for found in (few, many):
        assert (np.abs(found.shares - exact.shares) < 4.0 * found.error).all()
    assert many.error.mean() < few.error.mean() / 2.5  # a quarter at sixteen times the orders, chance apart
    assert few.coalitions <= 64


def test_a_sampled_additive_game_has_no_error_and_one_seed_samples_the_same():
    found = sampled_shares(10, game_of(lambda c: sum(c)), 2)
    np.testing.assert_allclose(found.shares[:, 0], range(10), atol=1e-12)
    np.testing.assert_allclose(found.error, 0.0, atol=1e-12)
    game = game_of(lambda c: math.sin(sum(c)))
    np.testing.assert_array_equal(sampled_shares(10, game, 3, 7).shares, sampled_shares(10, game, 3, 7).shares)


def test_one_pair_of_orders_tells_no_error_and_is_refused():
    with pytest.raises(ValueError, match="at least 2 pairs of orders tell an error, not 1"):
        sampled_shares(3, game_of(len), 1)
