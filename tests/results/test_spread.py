"""Percentiles of waits that are known or spread, against the distribution written out."""

import numpy as np
import pytest
from scipy.optimize import brentq

from mixedmig_model.results.waits.spread import HALVINGS, MixedWaits, _Curve, quantile

NONE = np.zeros(0)


def by_root(waits, share):
    """The percentile as the root of the distribution function."""
    people = waits.people.sum() + waits.spreading.sum()

    def beyond(days):
        spread = (waits.spreading * (1.0 - np.exp(-days / waits.means))).sum()
        return waits.people[waits.known <= days].sum() + spread - share * people

    return brentq(beyond, 0.0, 1e4, xtol=1e-9)


@pytest.mark.parametrize("share", [0.05, 0.5, 0.9, 0.999])
def test_one_exponential_has_its_own_percentiles(share):
    found = quantile(MixedWaits(NONE, NONE, np.full(3, 30.0), np.array([1.0, 5.0, 2.0])), share)
    assert found == pytest.approx(-30.0 * np.log(1.0 - share), rel=1e-9)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_known_waits_and_spread_ones_count_together(share):
    rng = np.random.default_rng(3)
    waits = MixedWaits(*(rng.uniform(low, high, size) for low, high, size in (
        (0.0, 90.0, 400), (0.0, 2.0, 400), (1.0, 60.0, 700), (0.0, 3.0, 700))))
    assert quantile(waits, share) == pytest.approx(by_root(waits, share), rel=1e-3, abs=0.3)


def test_known_waits_alone_are_counted_one_by_one():
    waits = MixedWaits(np.array([5.0, 1.0, 3.0]), np.array([1.0, 2.0, 1.0]), NONE, NONE)
    assert [quantile(waits, share) for share in (0.5, 0.6, 0.75, 0.9)] == [1.0, 3.0, 3.0, 5.0]


def test_a_wait_that_many_share_is_the_percentile():
    waits = MixedWaits(np.array([20.0]), np.array([10.0]), np.array([1.0]), np.array([10.0]))
    assert quantile(waits, 0.9) == pytest.approx(20.0, abs=1e-9)


def test_less_than_half_a_person_has_no_percentile():
    assert np.isnan(quantile(MixedWaits(np.array([1.0]), np.array([0.2]), np.array([1.0]), np.array([0.2])), 0.5))
    assert np.isnan(quantile(MixedWaits(NONE, NONE, NONE, NONE), 0.5))


def test_a_bracket_changes_no_bit_of_what_halving_alone_finds(monkeypatch):
    rng, cases = np.random.default_rng(5), []
    for known, spread in ((0, 1), (1, 1), (1, 300), (300, 5), (2000, 40)):
        for whole in (False, True):
            days = rng.lognormal(rng.uniform(-1.0, 5.0), 1.0, known)
            cases.append((np.round(days) if whole else days, rng.lognormal(0.0, 2.0, known),
                          rng.lognormal(rng.uniform(-2.0, 4.0), 1.0, spread), 1.0 + rng.random(spread)))
    shares = (0.05, 0.5, 0.9, 0.999)
    found = [[quantile(MixedWaits(*case), share) for share in shares] for case in cases]
    monkeypatch.setattr(_Curve, "bracket", lambda curve, wanted, low, high: (low, high))
    assert found == [[quantile(MixedWaits(*case), share) for share in shares] for case in cases]


def test_a_percentile_takes_far_fewer_sums_than_halving_alone(monkeypatch):
    tried, within = [], _Curve.within
    monkeypatch.setattr(_Curve, "within", lambda curve, days: tried.append(days) or within(curve, days))
    quantile(MixedWaits(NONE, NONE, np.linspace(5.0, 40.0, 300), np.ones(300)), 0.5)
    assert len(tried) < HALVINGS / 2
