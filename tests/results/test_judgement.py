"""What may be said of an option: breaches against the baseline, three runs, services, countries, draws."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from results.made_counts import PEOPLE, SERVICES, counts, scaled

from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.results.indicators.breaches import MADE_BY, RETURNED_BY, RETURNS, RETURNS_SLOWED_BY, read_breach
from mixedmig_model.results.indicators.exposure import HARM_KEYS
from mixedmig_model.results.indicators.judgement import SIDES, common_word, draw_shares, judge, judge_draws
from mixedmig_model.results.indicators.table import BREACHES

BASE = counts()


def judged(option, baseline=BASE, made=()):
    """A judgement by the same run on all sides."""
    return judge(dict.fromkeys(SIDES, option), dict.fromkeys(SIDES, baseline), made)


def names(found, word):
    return [one.key for one in found.named(word)]


def test_the_same_run_differs_in_nothing():
    found = judged(BASE)
    assert {one.word for one in found.harms} == {"none"}
    assert [one.key for one in found.harms] == list(HARM_KEYS)
    assert {one.word for one in found.breaches} == {"none"}
    assert found.ranked
    assert not found.better_on_all
    assert (found.serves_fewer, found.moved, found.lived) == ((), (), 0.0)


def test_lists_stand_in_the_order_of_size_relative_to_the_baseline():
    found = judged(counts({"deaths": {"seen": 200.0}, "detention": {"seen": 10_000.0}, "adrift": {"seen": 95_000.0}}))
    assert names(found, "better") == ["detention", "deaths", "adrift"]
    assert found.better_on_all


@pytest.mark.parametrize("spoilt", [
    {"harms": {"detention": {"seen": 110_000.0}}}, {"breaches": {"turned_back": 5.0}},
    {"harms": {"unsheltered": {"seen": 90_000.0, "beyond": {"in_cells": 80_000.0, "elsewhere": 50_000.0}}}},
])
def test_better_on_all_stands_alone(spoilt):
    harms = {"deaths": {"seen": 200.0}} | spoilt.get("harms", {})
    found = judged(counts(harms, spoilt.get("breaches")))
    assert names(found, "better") == ["deaths"]
    assert not found.better_on_all


# ---- three runs ---------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("low", "default", "high", "word"), [
    ("better", "better", "better", "better"), ("worse", "worse", "worse", "worse"),
    ("better", "better", "worse", "depends"), ("better", "none", "worse", "depends"),
    ("none", "worse", "worse", "depends"), ("none", "better", "better", "depends"),
    ("none", "none", "worse", "depends"), ("none", "none", "better", "none"), ("unclear", "none", "none", "none"),
    ("better", "better", "unclear", "unclear"), ("unclear", "none", "worse", "unclear"),
    ("within", "within", "within", "within"), ("none", "within", "none", "within"),
])
def test_a_sign_stands_where_all_three_runs_have_it(low, default, high, word):
    assert common_word({"low": low, "default": default, "high": high}) == word


def test_a_harm_that_turns_with_the_share_owed_protection_keeps_an_option_from_better_on_all():
    better, worse = counts({"deaths": {"seen": 100.0}, "detention": {"seen": 90_000.0}}), counts(
        {"deaths": {"seen": 100.0}, "detention": {"seen": 110_000.0}})
    found = judge({"default": better, "low": better, "high": worse}, dict.fromkeys(SIDES, BASE))
    assert names(found, "depends") == ["detention"]
    assert found.harms[6].sides == {"default": "better", "low": "better", "high": "worse"}
    assert not found.better_on_all
    milder = counts({"deaths": {"seen": 100.0}})
    assert judge({"default": better, "low": better, "high": milder}, dict.fromkeys(SIDES, BASE)).better_on_all


def test_a_doubt_is_told_by_the_run_that_has_it():
    better = counts({"unsheltered": {"seen": 90_000.0}})
    doubtful = counts({"unsheltered": {"seen": 80_000.0, "beyond": {"in_cells": 60_000.0, "elsewhere": 50_000.0}}})
    found = judge({"default": better, "low": better, "high": doubtful}, dict.fromkeys(SIDES, BASE)).named("unclear")
    assert [(one.key, one.reading.reason, one.reading.seen.option) for one in found] == [
        ("unsheltered", "in_cells", 80_000.0)]


def test_who_raises_returns_is_not_better_on_all_by_harms_that_end_with_a_return():
    away = counts({"without_status": {"seen": 80_000.0}, "unsheltered": {"seen": 80_000.0}})
    assert judged(away).better_on_all
    found = judged(away, made={RETURNS})
    assert not found.better_on_all
    assert found.ranked
    assert set(names(found, "better")) == {"without_status", "unsheltered"}
    saved = counts({"deaths": {"seen": 200.0}, "unsheltered": {"seen": 80_000.0}})
    assert judged(saved, made={RETURNS}).better_on_all


def test_more_people_sent_back_says_so_where_fewer_left_before_a_decision():
    base = counts({"sent_back": {"seen": 200.0, "settled": 1_800.0}}, outside={"left_before_decision": 5_000.0})
    more = {"sent_back": {"seen": 220.0, "settled": 1_800.0}}
    fewer_left = counts(more, outside={"left_before_decision": 4_000.0})
    assert [(one.key, one.stayed) for one in judged(fewer_left, base).named("worse")] == [("sent_back", 1_000.0)]
    few = counts(more, outside={"left_before_decision": 4_998.0})
    assert [one.stayed for one in judged(few, base).named("worse")] == [0.0]  # two people do not explain twenty


# ---- breaches -----------------------------------------------------------------------------------------------------

def breach(before, after, key="turned_back", made=(), **given):
    return next(one for one in judged(counts(breaches={key: after}, **given), counts(breaches={key: before}),
                                      made).breaches if one.key == key)


@pytest.mark.parametrize(("before", "after", "word"), [
    (0.0, 0.0, "none"), (0.0, 0.9, "none"), (0.0, 1.0, "adds"), (0.5, 200.0, "adds"), (200.0, 0.0, "ends"),
    (200.0, 0.9, "ends"), (200.0, 150.0, "shrinks"), (200.0, 200.0, "in_both"), (200.0, 200.9, "in_both"),
    (200.0, 202.0, "grows_by_throughput"), (20_000.0, 20_100.0, "in_both"), (20_000.0, 20_300.0, "grows_by_throughput"),
])
def test_a_breach_is_judged_against_the_baseline(before, after, word):
    assert breach(before, after).word == word


def test_an_option_answers_for_a_breach_that_it_makes_itself_however_small():
    found = judged(counts(breaches={"turned_back": 20_100.0}), counts(breaches={"turned_back": 20_000.0}),
                   made={"turned_back"})
    assert found.breached("grows")
    assert not found.ranked
    by_throughput = judged(counts({"deaths": {"seen": 100.0}}, {"turned_back": 30_000.0}),
                           counts(breaches={"turned_back": 20_000.0}))
    assert by_throughput.ranked
    assert not by_throughput.better_on_all


def test_a_breach_that_the_baseline_has_keeps_no_option_from_being_compared():
    shared = {"turned_back": 500.0}
    found = judged(counts({"deaths": {"seen": 100.0}}, shared), counts(breaches=shared))
    assert found.ranked
    assert found.better_on_all


def test_survivors_who_meet_the_breach_of_the_baseline_add_none():
    """300 more survivors: of 100 in 9,700 turned back, 3 more; and up to 300 are theirs."""
    assert breach(100.0, 103.1, survivors=PEOPLE).word == "in_both"
    assert breach(0.0, 299.0, survivors=PEOPLE).word == "within"
    assert breach(0.0, 400.0, survivors=PEOPLE).word == "adds"


def test_a_breach_in_any_of_the_three_runs_is_told():
    option = {"default": BASE, "low": counts(breaches={"turned_back": 7.0}), "high": BASE}
    found = judge(option, dict.fromkeys(SIDES, BASE))
    assert not found.ranked
    assert [(one.key, one.side, one.counts.option) for one in found.breached("adds")] == [("turned_back", "low", 7.0)]


CHILDREN = "identified_children_detained"


@pytest.mark.parametrize(("before", "after", "all_before", "all_after", "word"), [
    (999.0, 1_055.0, 1_154.0, 1_148.0, "seen_better"), (999.0, 1_055.0, 1_154.0, 1_154.0, "seen_better"),
    (999.0, 1_200.0, 1_154.0, 1_300.0, "grows_by_throughput"), (1_055.0, 0.0, 1_148.0, 1_150.0, "seen_less"),
    (1_055.0, 0.0, 1_148.0, 0.0, "ends"), (0.0, 50.0, 1_000.0, 1_000.0, "seen_better"),
    (0.0, 50.0, 0.0, 60.0, "adds"),
])
def test_better_identification_alone_never_adds_or_grows_a_breach(before, after, all_before, all_after, word):
    base = counts(breaches={CHILDREN: before}, children_taken_into_detention=all_before)
    option = counts(breaches={CHILDREN: after}, children_taken_into_detention=all_after)
    found = read_breach(CHILDREN, base, option, False)
    assert found.word == word
    assert found.detained == (all_before, all_after)


def test_every_breach_names_inputs_that_there_are():
    assert set(MADE_BY) == {one.key for one in BREACHES}
    assert {name for names in MADE_BY.values() for name in names} <= set(CATALOGUE)
    assert {*RETURNED_BY, *RETURNS_SLOWED_BY} == {name for name in CATALOGUE if name.startswith("return.")}


def test_the_place_of_a_breach_is_where_it_rises_most():
    places = {"turned_back": {"north": 5.0, "south": 60.0}}
    base = counts(in_countries={"turned_back": {"north": 0.0, "south": 0.0}})
    found = judged(counts(breaches={"turned_back": 65.0}, in_countries=places), base)
    assert found.breached("adds")[0].place == "south"


# ---- only mortality lowered ---------------------------------------------------------------------------------------

@settings(max_examples=100, deadline=None)
@given(
    lives=st.floats(-290.0, 290.0), days=st.floats(1.0, 600.0), into=st.lists(st.floats(0.0, 1.0), min_size=11,
                                                                              max_size=11),
)
def test_where_only_mortality_differs_no_harm_but_deaths_is_named(lives, days, into):
    """Survivors may spend all their time in every harm, and push as many others into it again."""
    harms = {}
    for key, part in zip(HARM_KEYS, into, strict=True):
        before = BASE.harms[key]
        time = lives if before.exposure == PEOPLE else lives * days
        harms[key] = {"exposure": before.exposure + time, "seen": before.seen + time * part}
    harms["deaths"] = {"seen": 300.0 - lives}
    harms["adrift"] = {}
    option = counts(harms, {"turned_back": max(lives, 0.0)}, survivors=BASE.survivors + lives)
    found = judged(option)
    differing = [one.key for one in found.harms if one.word in ("better", "worse", "unclear", "depends")]
    assert differing == (["deaths"] if abs(lives) >= 3.0 else [])
    assert found.ranked


# ---- services, countries, draws -----------------------------------------------------------------------------------

@pytest.mark.parametrize("service", SERVICES)
def test_a_service_that_sees_less_than_half_is_told(service):
    option = counts(served=BASE.served | {service: 3_999.0})
    assert [(one.service, one.baseline, one.option) for one in judged(option).serves_fewer] == [
        (service, 8_000.0, 3_999.0)]
    assert judged(counts(served=BASE.served | {service: 4_000.0})).serves_fewer == ()
    nobody = counts(served=BASE.served | {service: 0.5})
    assert judged(counts(served=BASE.served | {service: 0.0}), nobody).serves_fewer == ()


@pytest.mark.parametrize(("north", "south", "told"), [
    (-20_000.0, 15_000.0, True), (-20_000.0, 3_000.0, False), (-900.0, 900.0, False), (-5_000.0, 0.0, False)])
def test_a_harm_that_moved_to_another_country_is_told(north, south, told):
    base = counts(in_countries={"unsheltered": {"north": 60_000.0, "south": 40_000.0}})
    option = counts(in_countries={"unsheltered": {"north": 60_000.0 + north, "south": 40_000.0 + south}})
    found = judged(option, base).moved
    assert bool(found) is told
    if told:
        assert (found[0].amount, found[0].fell_in, found[0].rose_in) == (15_000.0, ("north",), ("south",))


def test_a_worse_harm_of_people_who_no_longer_leave_says_so():
    base = counts(outside={"left_before_decision": 1_000.0})
    stays = {"unsheltered": {"beyond": {"in_cells": 20_000.0, "elsewhere": 20_000.0}},
             "detention": {"seen": 102_500.0}}
    option = counts(stays, outside={"left_before_decision": 482.0})
    worse = judged(option, base).named("worse")
    assert [(one.key, one.stayed) for one in worse] == [("detention", 518.0)]
    elsewhere = counts({"detention": {"seen": 102_500.0}}, outside={"left_before_decision": 482.0})
    assert [one.stayed for one in judged(elsewhere, base).named("worse")] == [0.0]
    detained = counts(stays | {"detention": {"seen": 120_000.0}}, outside={"left_before_decision": 482.0})
    assert [one.stayed for one in judged(detained, base).named("worse")] == [0.0]  # far more than they explain


def test_draws_are_judged_one_by_one():
    better, worse = counts({"deaths": {"seen": 200.0}}), counts({"deaths": {"seen": 200.0}, "detention": {"seen": 2e5}})
    breaching = counts(breaches={"turned_back": 5.0})
    draws = judge_draws([better, worse, worse, breaching, None], [BASE] * 5, ())
    found = draw_shares(draws)
    assert (found.draws, found.better["deaths"], found.worse["detention"]) == (4, 0.75, 0.5)
    assert (found.any_worse, found.adds) == (0.5, 0.25)
    assert draws[4] is None
    assert draw_shares([None]) is None


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(HARM_KEYS), st.floats(0.0, 3e5), st.floats(0.0, 3e3), st.sampled_from([2.0, 50.0]))
def test_scaling_everything_keeps_every_entry_and_breach(key, seen, turned, factor):
    option = counts({key: {"seen": seen}}, {"turned_back": turned})
    small, large = judged(option), judged(scaled(option, factor), scaled(BASE, factor))
    for one, other in zip(small.harms, large.harms, strict=True):
        assert one.word in ("none", "within", other.word)
    for one, other in zip(small.breaches, large.breaches, strict=True):
        assert one.word in ("none", "within", other.word)


def test_unknown_parts_are_read_as_none():
    bare = replace(BASE, outside={}, in_countries={}, served={})
    assert {one.word for one in judged(bare, bare).harms} == {"none"}
