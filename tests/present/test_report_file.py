"""The file report.json: it validates, is read as it was written, and another version or a damaged one is refused."""

import json
from dataclasses import replace
from functools import cache

import pytest
from changed_report import bare_report, changed
from jsonschema import Draft202012Validator

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.present.comparison.page import body
from mixedmig_model.present.handbook.schemas import REPORT_FILE
from mixedmig_model.present.report.sections import decision, regional
from mixedmig_model.record.comparison import Tables, record_of
from mixedmig_model.record.files import ReportFileError, read_report, report_of, write_report
from mixedmig_model.record.finished import open_comparison
from mixedmig_model.record.report import build_record
from mixedmig_model.record.schema.base import data_of, strict_text
from mixedmig_model.record.schema.compared import QueuesPart
from mixedmig_model.results.compare import QUEUES
from mixedmig_model.results.indicators.exposure import judged_counts
from mixedmig_model.results.indicators.table import INDICATORS, indicator_table
from mixedmig_model.study.run import run_one
from mixedmig_model.study.scenarios import Outcome, Task, tables


@cache
def validator(root):
    """The published schema."""
    return Draft202012Validator(json.loads((root / "docs" / REPORT_FILE).read_text(encoding="utf-8")))


def faults(root, text):
    return [f"{error.json_path}: {error.message}" for error in validator(root).iter_errors(json.loads(text))]


def test_the_report_of_a_solved_comparison_validates(book, root):
    assert faults(root, (book[1] / "report.json").read_text(encoding="utf-8")) == []


def test_the_schema_refuses_another_key_and_another_type(root, tmp_path):
    write_report(bare_report(), tmp_path)
    text = (tmp_path / "report.json").read_text(encoding="utf-8")
    assert faults(root, text) == []
    spoilt = json.dumps(json.loads(text) | {"more": 1, "title": 3})
    assert sorted(fault.split(": ")[0] for fault in faults(root, spoilt)) == ["$", "$.title"]


def case_names(root):
    return sorted(path.parent.name for path in (root / "parameters" / "cases").glob("*/case.yaml"))


def one_week(inputs):
    """The record of all scenarios of a case, with the tables of one week of its baseline."""
    week = replace(inputs, observations=())
    names = [week.case.baseline, *(name for name in week.scenarios if name != week.case.baseline)]
    ds = run_one(replace(resolve(week), days=7))
    found, known, counts = tables(week, ds), indicator_table(ds), judged_counts(ds)
    outcomes = [
        Outcome(Task(week.workspace.root, week.name, name, side, None, (), None), known,
                tables=found if side == "default" else {}, judged=counts)
        for name in names for side in ("default", "low", "high", "without", "without_low", "without_high")
    ]
    return build_record(week, names, outcomes, dict.fromkeys(names, ds))


def test_the_report_of_every_shipped_case_validates(workspace, root, tmp_path):
    names = case_names(root)
    assert len(names) == 10
    for name in names:
        record = one_week(read_case(workspace, name))
        write_report(record, tmp_path)
        assert faults(root, (tmp_path / "report.json").read_text(encoding="utf-8")) == [], name
        assert repr(read_report(tmp_path)) == repr(record), name


def test_a_report_of_another_version_is_refused_with_what_to_do(tmp_path):
    (tmp_path / "report.json").write_text('{"schema": 5, "case": "andaman_sea_2015"}', encoding="utf-8")
    text = (r"report\.json has schema 5, and this version of mixedmig reads schema 6: make the report again with "
            r"'mixedmig report andaman_sea_2015'")
    with pytest.raises(ReportFileError, match=text):
        open_comparison(tmp_path)
    with pytest.raises(ReportFileError, match="has schema none"):
        report_of("[]")


@pytest.mark.parametrize(("text", "words"), [
    ("{", r"report\.json is not a report of mixedmig, or it is damaged \(JSON: Expecting property name"),
    ('{"schema": 6}', r"or it is damaged \(notice: Field required\): make the report again"),
])
def test_a_damaged_report_is_refused(text, words):
    with pytest.raises(ReportFileError, match=words):
        report_of(text)


def test_strict_json_has_null_for_numbers_that_do_not_exist(book):
    assert "NaN" in json.dumps(data_of(book[0].record))
    waits = json.loads(strict_text(book[0].record))["services"][book[0].names[0]]["waits"]
    assert any(row["within"] is None for row in waits)
    assert "NaN" not in strict_text(book[0].record)


def test_a_page_is_made_of_the_file_and_the_figures_alone(book):
    """A record that is written and read again gives the same page."""
    again = replace(book[0], record=report_of(json.dumps(data_of(book[0].record))))
    assert decision.decision_table(again) == decision.decision_table(book[0])


def test_numbers_carry_the_keys_of_their_indicators(book, andaman):
    made, known = book[0], {indicator.key for indicator in INDICATORS}
    first, more = decision.decision_table(made), decision.details_table(made)
    for indicator in made.record.indicators:
        page = more if indicator.kind == "detail" else first
        assert page.count(f'<td class="number" data-indicator="{indicator.key}">') == len(made.names), indicator.key
    need = decision.need_table(made)
    assert need.count('data-indicator="granted_owed"') == len(made.names)
    values = {"deaths": (1.0, 2.0)}
    responding = changed(made, responses=[{"scenario": made.names[1], "responses": ["R"], "values": values}])
    assert regional.responses_table(responding).count('data-indicator="deaths"') == 2
    moved = {stage: dict.fromkeys(QUEUES, 0.0) for stage in QUEUES}
    queues = QueuesPart(more=0.1, path="kernel", waiting=dict.fromkeys(QUEUES, 1.0), moved=moved, went_to={})
    page = body(made, record_of(andaman, made, Tables(dict.fromkeys(made.names, queues), {})))
    assert {key for key in known if f'data-indicator="{key}"' in page} == known
    assert 'data-series="' in page
