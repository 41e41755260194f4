"""One harm of two runs: two bounds, the split, the threshold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from results.made_counts import DAYS, PEOPLE, counts, harm, scaled

from mixedmig_model.results.indicators.bounds import read_harm, split, threshold
from mixedmig_model.results.indicators.exposure import HARM_KEYS

AMOUNTS = st.floats(0.0, 1e7)
EXPOSED = st.floats(1.0, 1e7)


@settings(max_examples=300, deadline=None)
@given(AMOUNTS, AMOUNTS, EXPOSED, EXPOSED)
def test_risk_and_exposure_sum_to_the_difference(baseline, option, before, after):
    found = split(baseline, option, (before, after))
    scale = max(baseline, option, abs(found.risk), abs(found.exposed), 1.0)
    assert found.risk + found.exposed == pytest.approx(option - baseline, abs=1e-9 * scale)
    assert split(baseline, baseline, (before, before)).risk == 0.0


def test_where_nobody_is_exposed_there_is_no_risk_to_compare():
    assert split(5.0, 0.0, (10.0, 0.0))[2:] == (0.0, -5.0)
    assert split(0.0, 5.0, (0.0, 10.0))[2:] == (0.0, 5.0)


def test_twice_as_many_people_at_the_same_risk_are_all_exposure():
    found = split(100.0, 200.0, (1_000.0, 2_000.0))
    assert found.risk == pytest.approx(0.0)
    assert found.exposed == pytest.approx(100.0)


@pytest.mark.parametrize(("key", "seen", "own"), [
    ("deaths", 300.0, 3.0), ("deaths", 20.0, 1.0), ("deaths", 5_000.0, 10.0), ("deaths", 50_000.0, 40.0),
    ("sent_back", 50.0, 1.0), ("sent_back", 4_000.0, 40.0), ("unsheltered", 100.0, 365.0),
    ("unsheltered", 1e6, 1e4), ("without_status", 36_500.0, 365.0),
])
def test_what_is_material_is_a_person_or_a_year_or_a_share_of_the_baseline(key, seen, own):
    base = counts({key: {"seen": seen}})
    assert threshold(key, base, base) == (own, 0.0)


@pytest.mark.parametrize("key", [key for key in HARM_KEYS if key not in ("deaths", "adrift")])
def test_what_survivors_could_cause_is_nothing_material(key):
    whole = harm(key).exposure
    base, own = counts(), threshold(key, counts(), counts()).own
    lives = 4.0 * own
    for more in (lives, -lives):
        option = counts({key: {"exposure": whole + more, "seen": harm(key).seen * (1.0 + more / whole) + 2.0 * own}})
        assert threshold(key, base, option).lives == pytest.approx(lives * max(1.0, whole / (whole + more)))
        found = read_harm(key, base, option)
        assert found.sign == "within"
        assert own < found.seen.risk < threshold(key, base, option).lives


def test_a_life_saved_adrift_may_add_its_time_adrift_and_half_of_anothers():
    base = counts()
    option = counts({"adrift": {"seen": 103_000.0}}, adrift_deaths=20.0, adrift_entries=1_000.0)
    assert threshold("adrift", base, option).lives == pytest.approx(1.5 * 30.0 * 103.0)
    assert read_harm("adrift", base, option).sign == "within"
    assert read_harm("adrift", base, counts({"adrift": {"seen": 103_000.0}})).sign == "worse"
    nobody = counts({"adrift": {"seen": 0.0}}, adrift_entries=0.0, adrift_deaths=0.0)
    assert threshold("adrift", nobody, nobody).lives == 0.0


def test_time_adrift_that_falls_because_people_die_adrift_is_no_gain_and_more_of_it_is_worse_as_before():
    base = counts()
    fewer = counts({"adrift": {"seen": 97_000.0}}, adrift_deaths=80.0, adrift_entries=1_000.0)
    assert threshold("adrift", base, fewer).lives == pytest.approx(1.5 * 30.0 * 100.0)
    assert read_harm("adrift", base, fewer).sign == "within"
    assert read_harm("adrift", base, counts({"adrift": {"seen": 97_000.0}})).sign == "better"
    more = counts({"adrift": {"seen": 103_000.0}}, adrift_deaths=80.0, adrift_entries=1_000.0)
    assert threshold("adrift", base, more).lives == 0.0
    assert read_harm("adrift", base, more).sign == "worse"


def test_deaths_are_never_excused_by_the_lives_of_others():
    option = counts({"deaths": {"seen": 310.0, "exposure": PEOPLE + 500.0}})
    assert threshold("deaths", counts(), option).lives == 0.0


# ---- two bounds ---------------------------------------------------------------------------------------------------

def unsheltered(seen, cells):
    return counts({"unsheltered": {"seen": seen, "beyond": {"in_cells": cells, "elsewhere": 50_000.0}}})


@pytest.mark.parametrize(("seen", "cells", "sign", "size"), [
    (90_000.0, 20_000.0, "better", -10_000.0), (110_000.0, 20_000.0, "worse", 10_000.0),
    (90_000.0, 15_000.0, "better", -10_000.0), (90_000.0, 26_000.0, "better", -4_000.0),
    (90_000.0, 30_000.0, "unclear", None), (90_000.0, 60_000.0, "unclear", None),
    (110_000.0, 0.0, "unclear", None), (100_500.0, 80_000.0, "none", None),
])
def test_both_bounds_must_move_the_same_way_and_the_nearer_to_zero_is_told(seen, cells, sign, size):
    found = read_harm("unsheltered", unsheltered(100_000.0, 20_000.0), unsheltered(seen, cells))
    assert found.sign == sign
    if sign in ("better", "worse"):
        assert found.size == pytest.approx(size, abs=1e-6)
    assert found.possible.baseline >= found.seen.baseline
    if sign == "unclear":
        assert found.reason == "in_cells"
        assert found.moved * found.seen.risk < 0.0


def test_who_still_waits_in_detention_is_given_the_days_of_a_settled_person():
    base = counts({"detention": {"seen": 100_000.0, "settled": 5_000.0, "waiting": 0.0}})
    option = counts({"detention": {"seen": 90_000.0, "settled": 4_000.0, "waiting": 1_000.0}})
    found = read_harm("detention", base, option)
    assert (found.possible.baseline, found.possible.option) == (100_000.0, 110_000.0)
    assert (found.sign, found.reason, found.moved) == ("unclear", "waiting", 20_000.0)
    nobody = counts({"detention": {"seen": 0.0, "settled": 0.0}})
    assert read_harm("detention", nobody, nobody).sign == "none"


def test_people_sent_back_are_counted_by_those_who_got_an_outcome():
    base = counts({"sent_back": {"seen": 400.0, "settled": 600.0}})
    slower = counts({"sent_back": {"seen": 200.0, "settled": 300.0}})  # half as many decisions, the same chance
    found = read_harm("sent_back", base, slower)
    assert (found.sign, found.reason, found.moved) == ("unclear", "outcome", -500.0)
    fairer = counts({"sent_back": {"seen": 200.0, "settled": 800.0}})
    assert read_harm("sent_back", base, fairer).sign == "better"
    first = read_harm("sent_back", counts({"sent_back": {"seen": 0.0, "settled": 0.0}}), fairer)
    assert (first.sign, first.size) == ("worse", 200.0)  # nobody had an outcome before: only what is seen counts
    none = read_harm("sent_back", base, counts({"sent_back": {"seen": 0.0, "settled": 0.0}}))
    assert none.sign == "unclear"  # nobody is sent back because nobody gets an outcome


CHANGE = st.fixed_dictionaries({
    "seen": st.floats(0.0, 3e5), "exposure": st.floats(DAYS * 0.9, DAYS * 1.1),
    "beyond": st.fixed_dictionaries({"in_cells": st.floats(0.0, 1e5), "elsewhere": st.floats(0.0, 1e5)}),
    "waiting": st.floats(0.0, 3e3), "settled": st.floats(2.0, 1e4),
})


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(HARM_KEYS), CHANGE, CHANGE, st.sampled_from([1.5, 3.0, 10.0, 100.0]))
def test_with_more_people_alike_entries_may_appear_and_none_vanishes_or_flips(key, one, two, factor):
    base, option = counts({key: one}), counts({key: two})
    small, large = read_harm(key, base, option), read_harm(key, scaled(base, factor), scaled(option, factor))
    if small.sign in ("better", "worse", "unclear"):
        assert large.sign == small.sign
    assert small.possible.baseline >= small.seen.baseline - 1e-6
    assert small.possible.option >= small.seen.option - 1e-6
