"""The people who depart and those who are there at the opening: in the report, with source, quality and note."""

import re
from dataclasses import replace
from datetime import date

import pytest
from changed_report import bare, bare_report

from mixedmig_model.inputs.cases.departures import Departures
from mixedmig_model.inputs.cases.series import series_qualities
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.schema import Opening
from mixedmig_model.present import workbook
from mixedmig_model.present.report.sections import arrivals
from mixedmig_model.record.finished import notice_text
from mixedmig_model.record.parameters import departure_rows, evidence_count, opening_rows, parameter_rows

NOTE = "Counted <at> the border; $5 & more"
ROWS = (
    Departures(date(2014, 12, 1), date(2015, 1, 31), "thailand", 610.0, "S3", "published", NOTE),
    Departures(date(2015, 2, 1), date(2015, 3, 1), "thailand", 28.0, "S3", "published", ""),
    Departures(date(2016, 12, 1), date(2017, 1, 31), "malaysia", 61.0, "assumption", "assumption", "a guess"),
)
OPENING = (
    Opening(stage="determination", place="unsheltered", country="malaysia", persons=1200.0),
    Opening(stage="limbo", place="community", country="malaysia", persons=34.0, source="S3", quality="published",
            note="counted"),
)


@pytest.fixture
def case(andaman):
    return replace(andaman, departures=ROWS, case=andaman.case.model_copy(update={"opening": OPENING}))


def shown(case, section, rows=None):
    """The text of a section, a line a row of its table."""
    made = bare(countries={name: one.title for name, one in case.case.countries.items()},
                departures=departure_rows(case) if rows is None else rows, opening=opening_rows(case))
    lines = str(section(made)).split("</tr>")
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", line)).strip() for line in lines]


def test_every_row_of_the_table_stands_there_with_the_people_within_the_run(case):
    """A run of 2015 and 2016: of 610 people from December to January 300 are within it; of 61 at the end 31."""
    lines = shown(case, arrivals.departures_section)
    assert lines[0] == "from, to before towards people within the run quality source note"
    assert lines[1].startswith("1 Dec 2014, 31 Jan 2015 Thailand 610 300 published ")
    assert "Counted &lt;at&gt; the border; $5 &amp; more" in lines[1]
    assert lines[3].startswith("1 Dec 2016, 31 Jan 2017 Malaysia 61 31 \N{DAGGER} ")
    assert lines[3].endswith("a guess")
    assert lines[4] == "all 699 359"
    assert departure_rows(case)[0].inside == pytest.approx(300.0)


def test_the_people_at_the_opening_stand_there_with_what_they_rest_on(case):
    lines = shown(case, arrivals.opening_section)
    assert lines[1].startswith("status determination, without shelter Malaysia 1,200 \N{DAGGER}")
    assert lines[2].startswith("limbo, the community Malaysia 34 published ")
    assert lines[2].endswith("counted")
    assert lines[3] == "all 1,230"


def test_where_there_is_nobody_the_report_says_so(andaman):
    empty = replace(andaman, departures=())
    assert shown(empty, arrivals.departures_section) == [
        "Nobody departs in this case: its table of departures has no rows."]
    assert shown(empty, arrivals.opening_section) == ["Nobody is in the procedure when the run opens."]


def test_a_long_table_is_told_by_country_and_source(case):
    rows = departure_rows(case)[1:] * 40
    lines = shown(case, arrivals.departures_section, rows)
    assert len(lines) == 1 + 2 + 1 + 1
    assert lines[1].startswith("1 Feb 2015, 1 Mar 2015 Thailand 1,120 1,120 published ")
    assert lines[2].startswith("1 Dec 2016, 31 Jan 2017 Malaysia 2,440 1,240 \N{DAGGER} ")


def test_people_who_depart_or_are_there_count_among_the_inputs(case):
    known = parameter_rows(case)[0]
    parameters = [known.model_copy(update={"quality": quality}) for quality in ("assumption", "published")]
    record = bare_report(parameters=parameters, departures=departure_rows(case), opening=opening_rows(case))
    assert evidence_count(record) == (3, 6)  # one row of departures and one of the opening are assumptions
    assert evidence_count(bare_report(parameters=parameters)) == (1, 2)
    series = series_qualities(case.departures, case.case.opening)
    assert sorted(series.values()) == ["assumption", "assumption", "published", "published"]
    text = notice_text(record)
    assert "3 of 6 inputs are assumptions" in text


def test_where_people_come_from_changes_no_number(case):
    other = tuple(one.model_copy(update={"source": "S3", "quality": "published", "note": "x"}) for one in OPENING)
    changed = replace(case, case=case.case.model_copy(update={"opening": other}))
    assert resolve(changed).digest == resolve(case).digest
    fewer = tuple(one.model_copy(update={"persons": 1.0}) for one in OPENING)
    assert resolve(replace(case, case=case.case.model_copy(update={"opening": fewer}))).digest != resolve(case).digest


def test_the_report_shows_them_where_every_number_comes_from(book, monkeypatch):
    made = []
    monkeypatch.setattr(workbook, "show", lambda *parts: made.append("".join(parts)))
    workbook.provenance(book[0])
    assert made[0].index("People who depart") < made[0].index("All other inputs")
    for row in book[0].record.departures:
        assert row.source_title.replace("&", "&amp;").replace("'", "&#x27;") in made[0]
