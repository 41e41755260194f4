"""Numbers that can be read in two ways: refused where people are counted, a caution where a value may be meant."""

import pytest
from small_case import SHARES, WHOLE, write_small

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.reading.numerals import both_ways, is_ambiguous, without_marks
from mixedmig_model.inputs.workspace import read_workspace

TWO = "a number that can be read in two ways"
SET = "changes:\n  - {parameter: registration.officers, set: 1.500, reason: R}\n"
VALUE = "reception.places: {value: 2.500, source: assumption, quality: assumption}"


@pytest.mark.parametrize(("text", "may_be"), [
    ("1.800", "write 1800 or 1.8"), ("12.345", "write 12345 or 12.345"), ("1,800", "write 1800 or 1.8"),
    ("250.000", "write 250000 or 250"), ("+1.800", "write 1800 or 1.8"),
    ("01.800", "write 1800 or 1.8"), ("1.8", ""), ("0.800", ""), ("1800", ""), ("1.8000", ""), ("1234.567", ""),
    ("1.800.000", "")])
def test_exactly_three_decimals_after_one_to_three_digits_are_ambiguous(text, may_be):
    assert is_ambiguous(text) == bool(may_be)
    assert not may_be or both_ways(text) == may_be


@pytest.mark.parametrize(("text", "plain"), [
    ("1.800.000", "1800000"), ("1 800", "1800"), ("12'345'678", "12345678"), ("18,00", ""), ("many", ""), ("1800", "")])
def test_thousands_that_are_set_off_are_named_without_their_marks(text, plain):
    assert without_marks(text) == plain


@pytest.mark.parametrize(("cell", "message"), [
    ("1.800", f"persons: {TWO}; found '1.800'; allowed: write 1800 or 1.8"),
    ('"1,800"', f"persons: {TWO}; found '1,800'; allowed: write 1800 or 1.8"),
    ("25.000", f"persons: {TWO}; found '25.000'; allowed: write 25000 or 25"),
    ("1 800", "persons: not a number; found '1 800'; allowed: a number from 0 to 1,000,000,000; write 1800"),
    ("1.800.000", "persons: not a number; found '1.800.000'; allowed: a number from 0 to 1,000,000,000; write 1800000"),
])
def test_people_in_a_table_are_never_guessed(tmp_path, cell, message):
    write_small(tmp_path, WHOLE[0].replace("590", cell), WHOLE[1])
    with pytest.raises(InputFaultsError) as caught:
        read_case(read_workspace(tmp_path), "small")
    assert [str(one) for one in caught.value.faults] == [f"parameters/cases/small/arrivals.csv:2: {message}"]


def test_people_of_the_opening_are_never_guessed(tmp_path):
    write_small(tmp_path, more="opening:\n  - {stage: screening, place: reception, country: north, persons: 1.800}\n")
    with pytest.raises(InputFaultsError, match=rf"opening.0.persons: {TWO}; found '1.800'; allowed: write 1800 or 1.8"):
        read_case(read_workspace(tmp_path), "small")


def test_a_value_that_counts_is_read_with_a_caution(tmp_path):
    write_small(tmp_path, more=f"parameters:\n  {SHARES}\n  {VALUE}\n", other=SET)
    inputs = read_case(read_workspace(tmp_path), "small")
    assert [str(one) for one in inputs.cautions] == [
        f"parameters/cases/small/case.yaml:14: parameters.reception.places.value: {TWO}; found 2.500 place; "
        "write 2500 or 2.5",
        f"parameters/cases/small/scenarios/other.yaml:6: changes.0.set: {TWO}; found 1.500 officer; write 1500 or 1.5"]


def test_a_share_with_three_decimals_needs_no_word(tmp_path):
    half = VALUE.replace("reception.places", "onward.attraction").replace("2.500", "1.125")
    write_small(tmp_path, more=f"parameters:\n  {SHARES}\n  {half}\n")
    assert read_case(read_workspace(tmp_path), "small").cautions == ()
