"""Numbers in words."""

import math

import pytest

from mixedmig_model.vocabulary.numbers import (
    DASH,
    MINUS,
    amount,
    counted,
    difference,
    number,
    people,
    per_unit,
    percent,
    price_unit,
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


@pytest.mark.parametrize(("unit", "words", "per"), [
    ("person*day", "person-day", "per person-day"), ("officer*year", "officer-year", "per officer-year"),
    ("case", "case", "per case"), ("1", "once", "once"), ("once", "once", "once")])
def test_what_a_price_is_paid_for_is_in_words(unit, words, per):
    assert (price_unit(unit), per_unit(unit)) == (words, per)
