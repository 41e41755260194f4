"""Numbers in words, and what may be said of an option."""

import math

import pytest
from mixedmig_model.record.words.verdicts import standing_sentence

from mixedmig_model.results.indicators import judgement as comparison
from mixedmig_model.results.indicators.judgement import SIDES
from mixedmig_model.results.indicators.table import BREACHES, HARMS
from mixedmig_model.vocabulary.numbers import (
    DASH,
    MINUS,
    amount,
    counted,
    difference,
    number,
    people,
    percent,
    published_span,
    unit_words,
    with_range,
)


@pytest.mark.parametrize(("value", "text"), [
    (0.0, "0"), (1e-12, "0"), (0.3, "under 1"), (1.4, "1"), (23.4, "23"), (1234.6, "1,230"), (32600.0, "32,600"),
    (5_287_111.0, "5,290,000"), (math.nan, "none"),
])
def test_people_read_as_whole_persons_and_never_vanish(value, text):
    assert people(value) == text


@pytest.mark.parametrize(("value", "text"), [
    (0.0092, "0.0092"), (11.72, "11.7"), (322.06, "322"), (99.96, "100"), (-2.5, f"{MINUS}2.5"), (2.0, "2"),
    (171145.0, "171,000"),
])
def test_numbers_have_three_significant_digits(value, text):
    assert number(value) == text


@pytest.mark.parametrize(("text", "unit", "words"), [
    ("1", "person", "1 person"), ("308", "person", "308 people"), ("under 1", "person", "under 1 person"),
    (f"{MINUS}1", "person", f"{MINUS}1 person"), ("0", "person", "0 people"), ("5 %", "share", "5 %"),
    ("none", "day", "none"), ("1", "day", "1 day"), ("3", "person-day", "3 person-days"), ("2", "m2", "2 m2"),
    ("2", "litre/day", "2 litres/day"), ("1", "litre/day", "1 litre/day")])
def test_one_person_is_no_persons(text, unit, words):
    assert unit_words(text, unit) == words


@pytest.mark.parametrize(("value", "unit", "words"), [
    (18_903.4, "person", "18,903 people"), (1.0, "person", "1 person"), (0.4, "person", "under 1 person"),
    (0.0, "person", "0 people"), (1.0, "day", "1 day"), (366.0, "day", "366 days"), (1, "scenario", "1 scenario")])
def test_counts_show_all_their_digits(value, unit, words):
    assert counted(value, unit) == words


def test_a_published_bound_has_one_end():
    assert published_span("5", "5", "exact") == "5"
    assert published_span("5", "8", "exact") == f"5{DASH}8"
    assert published_span("5", "8", "at_least") == "at least 5"
    assert published_span("5", "8", "at_most") == "at most 8"


def test_ranges_and_differences():
    assert with_range(129.2, 67.1, 196.0, "person") == "129 (67\N{EN DASH}196)"
    assert with_range(0.0, 0.0, 0.0, "person") == "0"
    assert amount(0.563, "share") == "56 %"
    assert difference(305.0, 332.0, "person") == f"{MINUS}27"
    assert difference(332.0, 332.0, "person") == "same"
    assert difference(0.0, 0.4, "person") == f"{MINUS}under 1"
    assert difference(0.66, 0.56, "share") == "+10 points"


@pytest.mark.parametrize(("share", "text"), [
    (12.3456, "1,230 %"), (1.047, "105 %"), (0.4998, "50 %"), (0.002, "under 1 %"), (0.0, "0 %"),
])
def test_shares_beyond_one_read_as_whole_percent_of_three_digits(share, text):
    assert percent(share) == text


def values(**given):
    return {i.key: 0.0 for i in (*BREACHES, *HARMS)} | given


def standing(main, baseline, is_baseline=False, same_people=True, low=None, high=None):
    """What may be said of an option; where not given, its low and high runs are as the main one."""
    runs = {"default": main, "low": main if low is None else low, "high": main if high is None else high}
    return comparison.standing(runs, dict.fromkeys(SIDES, baseline), is_baseline, same_people)


def test_a_breaching_option_is_shown_and_never_ranked_however_small_its_harms():
    found = standing(values(turned_back=1.0), values(deaths=500.0))
    assert found.breaches == ("People turned back at sea",)
    assert standing_sentence(found) == "Shown, not ranked: it has breaches."


def test_no_option_is_called_better_while_a_harm_exceeds_the_baselines():
    baseline = values(deaths=500.0, needs_missed=100.0)
    found = standing(values(deaths=1.0, needs_missed=101.0), baseline)
    assert found.worse_harms == ("Needs missed by screening",)
    assert standing_sentence(found) == "Not called better: 1 of 6 harms exceed the baseline's."


def test_an_option_with_fewer_harms_says_so_and_the_baseline_is_named():
    found = standing(values(deaths=1.0), values(deaths=500.0))
    assert standing_sentence(found) == "No breach, and no harm exceeds the baseline's; 1 of 6 are smaller."
    assert standing_sentence(standing(values(), values())) == "No breach, and the same harms as the baseline."
    baseline = standing(values(turned_back=2.0), values(), is_baseline=True)
    assert standing_sentence(baseline) == "Baseline, with breaches."


RARE = {"refused_disembarkation": 1.0}


@pytest.mark.parametrize(("runs", "ending"), [
    ({"low": values(**RARE)}, ", only in the run with a low true-need share."),
    ({"high": values(**RARE)}, ", only in the run with a high true-need share."),
    ({"low": values(**RARE), "high": values(**RARE)}, ", only in the runs with a low or high true-need share."),
])
def test_an_option_with_a_breach_in_any_of_its_runs_is_not_ranked_and_it_says_in_which(runs, ending):
    found = standing(values(deaths=1.0), values(deaths=500.0), **runs)
    assert found.breaches == ("People refused disembarkation",)
    assert standing_sentence(found) == f"Shown, not ranked: it has breaches{ending}"
    baseline = standing(values(), values(), is_baseline=True, **runs)
    assert standing_sentence(baseline) == f"Baseline, with breaches{ending}"


def test_breaches_of_the_main_run_are_told_from_those_that_only_other_runs_show():
    both = values(turned_back=1.0, **RARE)
    found = standing(values(turned_back=1.0), values(), high=both)
    assert found.breaches == ("People refused disembarkation", "People turned back at sea")
    assert standing_sentence(found) == (
        "Shown, not ranked: it has breaches, 1 of them only in the run with a high true-need share.")
    assert standing_sentence(standing(both, values(), high=values())) == "Shown, not ranked: it has breaches."


def test_a_harm_that_exceeds_the_baselines_in_any_run_is_enough_not_to_be_called_better():
    baseline = values(deaths=500.0, needs_missed=100.0)
    found = standing(values(needs_missed=100.0), baseline, high=values(deaths=600.0))
    assert found.worse_harms == ("Deaths and missing on the way",)
    assert standing_sentence(found) == (
        "Not called better: 1 of 6 harms exceed the baseline's, only in the run with a high true-need share.")


def test_harms_are_not_compared_where_other_people_depart():
    found = standing(values(deaths=1.0), values(deaths=500.0), same_people=False)
    assert standing_sentence(found) == (
        "No breach. Not ranked: it changes who departs, or how many, so that harms cannot be compared.")
    breaching = standing(values(**RARE), values(), same_people=False)
    assert standing_sentence(breaching) == "Shown, not ranked: it has breaches."
