"""Stays in detention: the limit, medians, releases; from Datasets made by hand."""

import numpy as np
import pytest
from hand_dataset import Hand

from mixedmig_model.results.waits.stays import detention_stays, ended_by_release

DETAINED = {"stage": "registration"}


def detained(days=120, until=None, **given):
    """Four people a day taken in; nobody leaves."""
    hand = Hand(days, groups={"refugee": ("international",), "child": ("other", "child")}, **given)
    return hand.move("landed", slice(0, until), 4.0, place="detention")


def release(hand, day, persons, limit=True):
    hand.move("released_to_reception", day, persons, **DETAINED)
    return hand.move("released_by_limit", day, persons, **DETAINED) if limit else hand


def test_with_the_limit_kept_nobody_is_over_it_exactly():
    stays = detention_stays(release(detained(), slice(30, None), 4.0).dataset())
    assert stays.over_limit_people == 0.0
    assert stays.over_limit_days == 0.0
    assert stays.over_limit_share == 0.0
    assert not stays.over_limit.any()
    assert stays.median == pytest.approx(30.0, abs=1.0)
    assert stays.longest == pytest.approx(30.0, abs=0.2)


def test_a_little_more_than_the_accuracy_of_the_solver_is_never_rounded_away():
    ds = release(release(detained(until=10), slice(30, 39), 4.0), 39, 3.8).dataset()
    assert detention_stays(ds).over_limit_people == pytest.approx(0.2, rel=1e-6)
    assert detention_stays(ds).over_limit_days == pytest.approx(0.2 * (120.0 - 41.0), rel=0.02)
    ds = release(release(detained(until=10), slice(30, 39), 4.0), 39, 3.96).dataset()
    assert detention_stays(ds).over_limit_people == 0.0  # 0.04 person: less than the solver knows


def test_without_a_limit_stays_beyond_it_are_counted_once_each():
    stays = detention_stays(detained(until=10, law__detention_limit=0.0).dataset())
    assert stays.over_limit_people == pytest.approx(40.0)
    assert stays.over_limit[36, 0] == pytest.approx(20.0)  # those of the first five days
    assert stays.over_limit[31, 0] == pytest.approx(0.0)
    assert stays.over_limit[60, 0] == pytest.approx(40.0)
    assert stays.over_limit_days == pytest.approx(40.0 * (120.0 - 31.0 - 5.0), rel=1e-3)
    assert stays.longest == pytest.approx(120.0, abs=0.2)
    assert np.isnan(stays.median)
    assert stays.over_limit_share == pytest.approx(1.0)


def test_a_limit_of_which_the_law_is_part_of_the_time_is_no_excuse():
    hand = detained(law__detention_limit=1.0)
    ds = hand.dataset()
    ds["input_law_detention_limit"][60:] = 0.5
    assert detention_stays(ds).over_limit_people == pytest.approx(4.0 * (120.0 - 31.0))


def test_a_limit_that_is_shortened_has_a_day_to_take_effect():
    hand = release(detained(), slice(30, 60), 4.0)
    release(hand, 60, 4.0 + 4.0 * 20.0)  # from the 60th day on the limit is ten days
    release(hand, slice(61, None), 4.0)
    ds = hand.dataset()
    ds["input_detention_time_limit"][60:] = 10.0
    assert detention_stays(ds).over_limit_people == 0.0
    ds["input_detention_time_limit"][50:] = 10.0
    assert detention_stays(ds).over_limit_people == pytest.approx(4.0 * 28.0, rel=1e-6)  # days 20 to 48 of entry


def test_a_constant_hazard_of_release_gives_an_exponential_median():
    days, rate = 400, 0.05
    edges = np.arange(days + 1.0)
    hand = detained(days)
    inside = 4.0 / rate * (1.0 - np.exp(-rate * edges))
    hand.move("released_to_unsheltered", slice(None), 4.0 - np.diff(inside), **DETAINED)
    hand.inputs["detention.time_limit"] = 600.0
    stays = detention_stays(hand.dataset())
    assert stays.median == pytest.approx(np.log(2.0) / rate, rel=0.01)
    assert stays.over_limit_people == 0.0


def test_people_detained_at_the_opening_entered_on_the_day_before():
    hand = Hand(60, law__detention_limit=0.0).open("people", 10.0, stage="return", place="detention", group="refugee")
    stays = detention_stays(hand.dataset())
    assert stays.over_limit[30, 0] == pytest.approx(0.0)
    assert stays.over_limit[31, 0] == pytest.approx(10.0)
    assert stays.over_limit_people == pytest.approx(10.0)


def test_groups_apart_and_none():
    hand = detained(law__detention_limit=0.0)
    hand.move("landed", 0, 1.0, place="detention", group="child")
    ds = hand.dataset()
    assert detention_stays(ds, ["child"]).over_limit_people == pytest.approx(1.0)
    assert detention_stays(ds, []).over_limit_people == 0.0
    assert np.isnan(detention_stays(ds, []).median)
    with pytest.raises(KeyError, match="no group 'nobody'"):
        detention_stays(ds, ["nobody"])


def test_the_share_of_detention_that_ended_by_release():
    hand = release(detained(), slice(30, 60), 3.0)
    release(hand, slice(30, 60), 1.0, limit=False)
    hand.open("people", 300.0, stage="return", place="detention", group="refugee")
    hand.move("enforced", slice(0, 60), 1.0, place="detention")
    assert ended_by_release(hand.dataset()) == pytest.approx(120.0 / 180.0)


def test_where_the_solver_knows_of_nobody_overdue_daily_totals_make_nobody_so():
    """Daily totals cannot tell the hour: people who left in the course of a day may look a little late."""
    hand = release(release(detained(until=10), slice(30, 39), 4.0), 39, 3.8)
    ds = hand.dataset()
    none = np.zeros((ds.sizes["day"], ds.sizes["group"], ds.sizes["country"]))
    ds["daily_detention_overdue"] = (("day", "group", "country"), none)
    assert detention_stays(ds).over_limit_people == 0.0
    known = none.copy()
    known[40:, 0, 0] = 0.2
    ds["daily_detention_overdue"] = (("day", "group", "country"), known)
    found = detention_stays(ds)
    assert found.over_limit_people == pytest.approx(0.2, rel=1e-6)
    assert (found.over_limit.sum(axis=1) <= 0.2 + 1e-9).all()
    ds["input_law_detention_limit"][60:] = 0.5
    ds["daily_detention_overdue"] = (("day", "group", "country"), none)
    assert detention_stays(ds).over_limit_people > 0.2, "where the law is not fully in force, daily totals speak"
