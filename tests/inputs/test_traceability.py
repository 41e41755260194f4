"""The rows of ``parameters/traceability.yaml``: all that is asked for, nothing that does not exist, faults in words."""

import shutil

import pytest

from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.study.trace import trace, trace_part, trace_record

ITEMS = {12: "abcdefghijklm", 28: "abcdefghij", 47: "abcdefghijkl"}
WHOLE = (8, 10, *range(14, 17), *range(18, 25), *range(27, 42), *range(44, 47))
ASKED = [f"{n}({item})" for n in ITEMS for item in ITEMS[n]] + [str(n) for n in WHOLE if n not in ITEMS]


@pytest.fixture
def copied(root, tmp_path):
    """A workspace of its own, and a way to write its traceability file."""
    shutil.copytree(root / "parameters", tmp_path / "parameters")

    def write(rows):
        (tmp_path / "parameters" / "traceability.yaml").write_text(f"schema: 1\nrows:\n{rows}", encoding="utf-8")
        return read_workspace(tmp_path)

    return write


def faults_of(workspace):
    with pytest.raises(InputFaultsError) as caught:
        trace(workspace)
    return [str(fault) for fault in caught.value.faults]


def test_every_paragraph_asked_for_has_a_row(workspace):
    rows = trace(workspace)
    assert set(ASKED) <= {row.paragraph for row in rows}
    assert all(row.not_representable for row in rows if row.status != "represented")
    assert all(row.acts or row.note or row.not_representable for row in rows)


def test_a_lever_that_every_row_names_is_used_and_every_lever_has_a_row(workspace):
    named = {name for row in trace(workspace) for name in row.levers}
    assert named == set(workspace.levers)
    assert {name for row in trace(workspace) for name in row.presets} == set(workspace.presets)


def test_a_paragraph_stands_for_its_items(workspace):
    assert [row.paragraph for row in trace(workspace, "12(b)")] == ["12(b)"]
    assert len(trace(workspace, "28")) == 10
    with pytest.raises(InputFaultsError, match=r"unknown paragraph.*'12\(z\)'.*did you mean '12\("):
        trace(workspace, "12(z)")


def test_a_record_is_plain(workspace):
    record = trace_record(trace(workspace, "12(b)")[0])
    assert record["paragraph"] == "12(b)"
    assert record["status"] == "represented"
    assert record["acts"] == [{"lever": "sar", "indicator": "deaths", "direction": "lower"}]


def test_names_that_do_not_exist_are_refused_all_at_once(copied):
    found = faults_of(copied(
        "  - {paragraph: '12(b)', asks: Rescue, levers: [sarr], presets: [crf], law: [law.childexemption],\n"
        "     indicators: [deathz], cases: [andaman], acts: [{lever: drivers, indicator: dead, direction: lower}]}\n"
        "  - {paragraph: '12(b)', asks: Again, levers: [sar]}\n"
    ))
    for words in (
        "rows.0.levers.0: unknown lever; found 'sarr'", "unknown preset; found 'crf'",
        "unknown parameter of law; found 'law.childexemption'", "unknown indicator; found 'deathz'",
        "unknown case; found 'andaman'", "rows.0.acts.0.lever: unknown lever; found 'drivers'",
        "rows.0.acts.0.indicator: unknown indicator; found 'dead'",
        "rows.1.paragraph: duplicate paragraph; found '12(b)'",
    ):
        assert any(words in fault for fault in found), (words, found)
    assert any("did you mean 'sar'" in fault for fault in found)
    assert all(fault.startswith("parameters/traceability.yaml:") for fault in found)


def test_a_row_must_say_something(copied):
    assert "a paragraph is answered by nothing" in faults_of(copied("  - {paragraph: '9', asks: Context}\n"))[0]


def test_a_workspace_without_the_file_is_told_so_and_still_makes_reports(copied, root):
    from mixedmig_model.inputs.cases.case import read_case

    workspace = copied("")
    (workspace.root / "parameters" / "traceability.yaml").unlink()
    assert "the file does not exist" in faults_of(workspace)[0]
    assert trace_part(read_case(workspace, "generic_surge"), ["most_likely"]) == {}


def test_a_report_gets_the_rows_it_names_and_all_that_is_left_out(workspace):
    from mixedmig_model.inputs.cases.case import read_case

    part = trace_part(read_case(workspace, "andaman_sea_2015"), ["disembark_within_two_days"])
    assert {"12(c)"} <= {row["paragraph"] for row in part["used"]}
    assert {"35", "36", "38", "47(i)", "47(k)", "47(l)"} <= {row["paragraph"] for row in part["left"]}
    assert all(row["not_representable"] for row in part["left"])
