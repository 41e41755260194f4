"""What of the run the arrivals cover: spans, people inside the run, gaps, overlaps, bare ends, and ends misread."""

from datetime import date

import pytest
from small_case import WHOLE, write_small

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.cases.coverage import coverage
from mixedmig_model.inputs.workspace import read_workspace

SOUTH = WHOLE[1]
FILE = "parameters/cases/small/arrivals.csv"
MISREAD = "end is the first day after the period: write"


def row(start, end, people=59, country="north"):
    return f"{start},{end},{country},{people},assumption,assumption,"


@pytest.fixture
def read(tmp_path):
    def made(*rows, **settings):
        write_small(tmp_path, *rows, **settings)
        return read_case(read_workspace(tmp_path), "small")
    return made


def said(inputs):
    return [str(caution) for caution in inputs.cautions]


def test_a_table_that_covers_the_run_needs_no_word(read):
    assert said(read()) == []


@pytest.mark.parametrize(("rows", "cautions"), [
    ([row("2019-01-01", "2019-01-31"), row("2019-02-01", "2019-02-28"), SOUTH], [
        f"{FILE}:2: end: nobody sets out towards north on 2019-01-31; found 2019-01-31; {MISREAD} 2019-02-01 if "
        "2019-01-31 belongs to it",
        f"{FILE}:3: end: nobody sets out towards north on 2019-02-28; found 2019-02-28; {MISREAD} 2019-03-01 if "
        "2019-02-28 belongs to it"]),
    ([row("2019-01-01", "2019-01-11"), row("2019-01-21", "2019-03-01"), SOUTH], [
        f"{FILE}:2: end: nobody sets out towards north from 2019-01-11 to 2019-01-20; 10 days of the run"]),
    ([row("2019-01-06", "2019-02-01"), SOUTH], [
        f"{FILE}:2: end: nobody sets out towards north from 2019-02-01 to 2019-02-28; 28 days of the run",
        f"{FILE}:2: start: nobody sets out towards north from 2019-01-01 to 2019-01-05; 5 days of the run"]),
    ([row("2019-01-01", "2019-03-01"), row("2019-01-15", "2019-02-01"), row("2019-02-01", "2019-02-02"), SOUTH], [
        f"{FILE}:3: start: the period overlaps line 2 in north from 2019-01-15 to 2019-01-31; the people of "
        "both rows are counted; rows of north that overlap another: 2"]),
    ([row("2018-07-01", "2019-03-01", 243), SOUTH], [
        f"{FILE}:2: start: 184 people of 243 people lie outside the run and are left out; found 2018-07-01 to "
        "2019-03-01; the run: 2019-01-01 to 2019-03-01"]),
    ([SOUTH], [f"{FILE}: country: no row for north: nobody sets out towards it"]),
    ([row("2019-01-01", "2019-02-01"), row("2019-01-01", "2019-02-01", country="south")], [
        f"{FILE}:2: end: nobody sets out towards north, south from 2019-02-01 to 2019-02-28; 28 days of the run"]),
])
def test_what_the_arrivals_leave_out_is_said(read, rows, cautions):
    assert said(read(*rows)) == cautions


def test_people_inside_the_run_are_those_of_the_schedule(read):
    inputs = read(row("2018-12-02", "2019-01-31", 60), SOUTH)
    span = (inputs.case.start, inputs.case.end)
    north, south = coverage(inputs.departures, inputs.case.countries, span)
    assert (north.people, north.inside) == (60.0, 30.0)
    assert str(north) == "north: arrivals from 2018-12-02 to 2019-01-30, 30 people in the run of 60 in the table"
    assert str(south) == "south: arrivals from 2019-01-01 to 2019-02-28, 590 people in the run"
    assert str(coverage((), ["east"], span)[0]) == "east: no arrivals"
    assert north.as_record() == {
        "country": "north", "start": "2018-12-02", "end": "2019-01-31", "people": 60.0, "people_in_run": 30.0}


@pytest.mark.parametrize(("end", "told"), [("2019-03-31", True), ("2019-02-28", True), ("2019-04-01", False),
                                          ("2019-03-15", False)])
def test_a_run_that_ends_before_the_last_day_of_a_month_is_told_so(read, end, told):
    inputs = read(row("2019-01-01", end), row("2019-01-01", end, country="south"), end=end)
    assert inputs.case.end == date.fromisoformat(end)
    text = f"parameters/cases/small/case.yaml:6: end: the run ends before {end}, the last day of a month; found {end}"
    assert [one.startswith(text) for one in said(inputs)] == ([True] if told else [])
