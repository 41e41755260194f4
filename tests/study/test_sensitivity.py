"""What an ensemble says, against planted truths: Ishigami's indices, bands that cover, probabilities that come true."""

import numpy as np
import pytest

from mixedmig_model.study.ensemble.points import unit_points
from mixedmig_model.study.ensemble.sensitivity import (
    bands,
    beats,
    drivers,
    evidence,
    gaps,
    group_share,
    screened,
    surrogate,
    tornado,
    variance_shares,
    wilson,
)


def ishigami(points):
    """Ishigami and Homma (1990) on points between 0 and 1; a = 7, b = 0.1."""
    x = np.pi * (2.0 * points - 1.0)
    return np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def exact_shares():
    a, b = 7.0, 0.1
    one = 0.5 * (1.0 + b * np.pi**4 / 5.0) ** 2
    two, three = a**2 / 8.0, b**2 * np.pi**8 * (1.0 / 18.0 - 1.0 / 50.0)
    whole = one + two + three
    return np.array([one, two, 0.0]) / whole, np.array([one + three, two, three]) / whole


def test_shares_of_the_variance_of_ishigami_lie_inside_their_intervals():
    first, total = exact_shares()
    found = variance_shares(ishigami, 3, size=4096, seed=2)
    assert ((found.first_low <= first) & (first <= found.first_high)).all()
    assert ((found.total_low <= total) & (total <= found.total_high)).all()
    assert (found.total_high - found.total_low < 0.15).all()
    np.testing.assert_allclose(found.first, first, atol=0.03)
    assert found.trusted


def test_intervals_of_shares_cover_the_truth_about_as_often_as_they_say():
    total = exact_shares()[1]
    inside = [
        (found.total_low <= total) & (total <= found.total_high)
        for found in (variance_shares(ishigami, 3, size=512, seed=seed) for seed in range(20))
    ]
    assert np.mean(inside) > 0.85


def test_the_same_seed_gives_the_same_shares_and_the_same_intervals():
    one, two = (variance_shares(ishigami, 3, size=512, seed=4) for _ in range(2))
    for name in ("first", "first_low", "first_high", "total", "total_low", "total_high"):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name))


def test_a_result_that_does_not_vary_has_no_shares():
    found = variance_shares(lambda points: np.full(len(points), 3.0), 2, size=64)
    for values in (found.first, found.total, found.total_low, found.total_high):
        np.testing.assert_array_equal(values, 0.0)


def test_the_group_of_all_inputs_brings_the_whole_variance_and_a_part_its_own():
    assert group_share(ishigami, np.array([True, True, True])) == pytest.approx(1.0, abs=0.05)
    assert group_share(ishigami, np.array([False, True, False])) == pytest.approx(exact_shares()[1][1], abs=0.05)
    assert group_share(ishigami, np.array([False, False, False])) == 0.0


def test_bands_cover_as_many_new_draws_as_they_say():
    random = np.random.default_rng(3)
    low, half, high = bands(random.normal(size=(2000, 40)))
    new = random.normal(size=(5000, 40))
    assert ((new >= low) & (new <= high)).mean() == pytest.approx(0.90, abs=0.01)
    assert (new < half).mean() == pytest.approx(0.5, abs=0.01)


def test_bands_leave_out_draws_without_a_value():
    table = np.array([[1.0, np.nan], [3.0, np.nan], [np.nan, np.nan]])
    found = bands(table)
    assert found[1, 0] == 2.0
    assert np.isnan(found[:, 1]).all()
    assert bands(np.arange(6.0).reshape(1, 3, 2), axis=1).shape == (3, 1, 2)


def test_a_probability_to_do_better_comes_true_on_new_draws():
    said, true = [], []
    for k in range(60):
        random = np.random.default_rng(k)
        shift = random.normal(0.0, 0.7)
        common, new = random.normal(size=(2, 400)), random.normal(size=(2, 4000))
        gap = gaps(common[0] - shift, common[0] + 0.5 * common[1], "lower")
        said.append(beats(gap, "lower", breached=False, harmed=0.0))
        true.append(float((new[0] - shift < new[0] + 0.5 * new[1]).mean()))
    assert np.mean([one.share for one in said]) == pytest.approx(np.mean(true), abs=0.01)
    inside = [one.low - 0.016 <= truth <= one.high + 0.016 for one, truth in zip(said, true, strict=True)]
    assert np.mean(inside) >= 0.93


def test_ties_count_half_and_draws_without_a_value_not_at_all():
    option = np.array([1.0, 2.0, 3.0, np.nan])
    other = np.array([2.0, 2.001, 1.0, 5.0])  # the second two are the same but for the error of a solver
    found = beats(gaps(option, other, "lower"), "lower", breached=False, harmed=0.0)
    assert (found.share, found.draws) == (0.5, 3)
    assert beats(gaps(option, other, "higher"), "higher", breached=False, harmed=0.0).share == 0.5
    nothing = beats(gaps(np.full(4, np.nan), other, "lower"), "lower", breached=False, harmed=0.0)
    assert np.isnan(nothing.share)
    assert nothing.reason == "no draw has a value for both"


def test_an_option_that_adds_a_breach_in_any_draw_is_never_said_to_do_better():
    found = beats(np.ones(50), "lower", breached=True, harmed=0.0)
    assert np.isnan(found.share)
    assert found.reason == "the option adds a breach"
    assert beats(np.ones(50), "lower", breached=False, harmed=0.0).share == 1.0


def test_nothing_is_said_where_no_way_is_better_or_other_people_depart():
    assert beats(np.ones(50), "neither", False, 0.0).reason == "no way is better on this indicator"
    found = beats(np.ones(50), "lower", False, 0.0, same_people=False)
    assert np.isnan(found.share)
    assert found.reason == "other people depart under the option"


def test_the_share_of_draws_in_which_a_harm_is_worse_stands_next_to_the_share():
    assert beats(np.ones(50), "lower", False, 0.4).harmed == 0.4


def test_intervals_of_shares_never_leave_zero_and_one():
    assert wilson(1.0, 20)[1] == 1.0
    assert 0.8 < wilson(1.0, 20)[0] < 0.9
    assert wilson(0.0, 20)[0] == 0.0


def test_screening_finds_the_inputs_that_matter_among_many_that_do_not():
    points = unit_points(100, 400, 1, "latin_hypercube")
    values = 5.0 * points[:, 3] - 3.0 * points[:, 70] ** 2 + np.exp(points[:, 42])
    found = screened(points, values)
    assert {one.column for one in found} == {3, 42, 70}
    assert found[0].column == 3
    assert next(one for one in found if one.column == 70).correlation < 0.0
    assert screened(points, np.ones(400)) == []
    assert len(screened(points[:, :40], points[:, :40].sum(axis=1), most=15)) <= 15


def test_drivers_share_out_the_variance_and_say_what_rests_on_assumptions():
    points = unit_points(30, 1000, 1, "latin_hypercube")
    values = 3.0 * points[:, 4] + points[:, 9]  # variances 9 to 1
    found = drivers(points, values, [k == 4 for k in range(30)])
    assert [one.column for one in found.found] == [4, 9]
    assert found.found[0].total == pytest.approx(0.9, abs=0.03)
    assert found.found[0].low < 0.9 < found.found[0].high
    assert found.assumed == pytest.approx(0.9, abs=0.05)
    assert found.trusted


def test_a_surrogate_that_explains_little_is_not_trusted():
    random = np.random.default_rng(1)
    points = unit_points(5, 300, 1, "latin_hypercube")
    assert surrogate(points, 0.3 * points[:, 0] + random.normal(size=300)).explained < 0.3
    product = surrogate(points, points[:, 0] * points[:, 1])
    assert product.pairs
    assert product.explained > 0.999
    noisy = drivers(points, points[:, 0] + random.normal(size=300), [True] * 5)
    assert not noisy.trusted


def test_a_tornado_moves_one_input_at_a_time_from_the_case_itself():
    def model(points):
        filled = np.where(np.isnan(points), 0.5, points)
        return filled @ np.array([1.0, -10.0, 0.0])

    found = tornado(model, np.full(3, np.nan), [0, 1, 2])
    assert [one.column for one in found] == [1, 0, 2]
    assert found[0].low == pytest.approx(0.5 - 0.5)
    assert found[0].high == pytest.approx(0.5 - 9.5)
    assert found[2].low == found[2].high == -4.5


def test_the_evidence_index_counts_inputs_and_variance():
    found = evidence({"a": "assumption", "b": "published", "c": "assumption", "d": "measured"}, {"cost": 0.8})
    assert found.share == 0.5
    assert found.variance == {"cost": 0.8}
