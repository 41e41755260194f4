"""The command ``mixedmig batch``: real notebooks, killed at half, and what it refuses."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from html import unescape

import docx
import pytest
from docx.oxml.ns import qn
from test_wheel import shorten
from typer.testing import CliRunner

from mixedmig_model.cli.main import app
from mixedmig_model.cli.plan.init import write_workspace
from mixedmig_model.inputs.batch import read_batch
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.record.commands.batch import read_index
from mixedmig_model.record.schema.base import strict_text
from mixedmig_model.record.schema.commands import BatchIndex
from mixedmig_model.study.batch import FinishedBatch

HEAD = "schema: 1\ntitle: A batch\ncase: andaman_sea_2015\n"
POISON = HEAD + "runs:\n  - {name: good, levers: {sar: 1}}\n  - {name: bad, values: {detention.detained_share: 0.7}}\n"
FAILS = "if 'Detained' in comparison.title(scenario):\n    raise RuntimeError('poisoned')"


def call(*arguments):
    done = CliRunner().invoke(app, ["batch", *(str(a) for a in arguments)])
    assert "Traceback" not in done.output
    if done.exception is not None:
        assert isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    """A workspace with the shipped case cut to a month and its baseline."""
    folder = tmp_path_factory.mktemp("batch") / "plan"
    write_workspace(folder)
    shorten(folder / "parameters" / "cases" / "andaman_sea_2015")
    return folder


def test_help_has_an_example_and_every_option():
    text = call("--help").output
    assert "Example: mixedmig batch" in text
    assert "Documents: mixedmig batch intake_grid.yaml --docx --pdf --currency MYR" in " ".join(text.split())
    for option in ("--to", "--workers", "--scheduler", "--publish", "--trust-notebooks", "--workspace", "--json",
                   "--docx", "--pdf", "--template", "--paper", "--author", "--currency"):
        assert option in text


def test_a_real_batch_runs_notebooks_isolates_the_poisoned_run_and_exits_with_one(plan):
    (plan / "two.yaml").write_text(POISON, encoding="utf-8")
    source = plan / "workbooks" / "scenario.ipynb"
    notebook = json.loads(source.read_text(encoding="utf-8"))
    notebook["cells"][1]["source"] = [*notebook["cells"][1]["source"], f"\n{FAILS}"]
    source.write_text(json.dumps(notebook), encoding="utf-8")
    done = call(plan / "two.yaml", "--workspace", plan, "--workers", 1, "--json", "--trust-notebooks")
    assert done.exit_code == 1
    record = json.loads(done.stdout)
    assert (record["ok"], record["runs"], record["reused"]) == (False, 2, 0)
    assert record["failures"][0]["run"] == "bad"
    assert "poisoned" in record["failures"][0]["message"]
    assert "1 run can be ranked" in done.stderr
    folder = plan / "reports" / "batches" / "two"
    index = json.loads((folder / "two.json").read_text(encoding="utf-8"))
    good = index["runs"][0]
    page = (folder / good["page"]).read_text(encoding="utf-8")
    assert good["standing"] in unescape(re.sub(r"<[^>]+>", "", page))
    assert str(plan) not in page
    notebook = json.loads((folder / "runs" / good["digest"] / "scenario.ipynb").read_text(encoding="utf-8"))
    assert any(cell.get("outputs") for cell in notebook["cells"])


def texts_of(file):
    """All paragraphs of a Word document, with those of its tables, header and footer."""
    opened = docx.Document(file)
    parts = (opened.element.body, opened.sections[0].header._element, opened.sections[0].footer._element)
    return ["".join(text.text or "" for text in one.iter(qn("w:t"))) for part in parts for one in part.iter(qn("w:p"))]


@pytest.mark.slow
def test_documents_of_a_run_are_those_that_a_report_of_it_has(plan, tmp_path, monkeypatch):
    """The run is written as a scenario of the case, and reported: every text of both Word files is the same."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1588291200")
    (plan / "one.yaml").write_text(HEAD + "runs:\n  - {name: good, levers: {sar: 1}}\n", encoding="utf-8")
    asked = ("--docx", "--currency", "MYR", "--paper", "letter", "--author", "A unit", "--json")
    done = call(plan / "one.yaml", "--workspace", plan, "--workers", 1, "--pdf", *asked)
    assert done.exit_code == 0, done.output
    record = json.loads(done.stdout)
    assert (record["ok"], record["documents_missing"]) == (True, [])
    assert record["documents"][""] == ["one.docx", "one.pdf"]
    names = record["documents"]["good"]
    assert [name.rsplit("/", 1)[-1] for name in names] == ["memo.docx", "report.docx", "memo.pdf", "report.pdf"]
    folder = plan / "reports" / "batches" / "one"
    scenario = plan / "parameters" / "cases" / "andaman_sea_2015" / "scenarios" / "run.yaml"
    point = read_batch(plan / "one.yaml", read_workspace(plan)).points[0]
    scenario.write_text(point.scenario, encoding="utf-8")
    try:
        report = CliRunner().invoke(app, ["report", "andaman_sea_2015", "--scenarios", "run", "--draws", "0",
                                          "--workspace", str(plan), *asked])
    finally:
        scenario.unlink()
    assert report.exit_code == 0, report.output
    other = plan / "reports" / "andaman_sea_2015" / "comparison"
    for name in names[:2]:
        found = texts_of(folder / name)
        assert found == texts_of(other / name.rsplit("/", 1)[-1])
        assert "MYR" in " ".join(found)
        assert "A unit" in " ".join(found) or "report" in name
    index = read_index(folder / "one.html")
    assert index.runs[0].cost.second[0] in " ".join(texts_of(folder / "one.docx"))
    again = call(plan / "one.yaml", "--workspace", plan, "--workers", 1, "--pdf", *asked)
    assert json.loads(again.stdout) == record | {"reused": 1}


@pytest.mark.parametrize(("options", "message"), [
    (("--docx", "--paper", "a3"), "--paper: unknown paper size; found a3; allowed: a4, letter"),
    (("--pdf", "--template", "x.docx"), "--template: a template is for Word documents, and none is requested"),
    (("--docx", "--template", "x.docx"), "--template: the template does not exist"),
    (("--currency", "XYZ"), "--currency: no exchange rate for the currency in 2017; found 'XYZ'"),
])
def test_what_no_document_can_have_is_refused_before_anything_is_solved(plan, tmp_path, options, message):
    (tmp_path / "one.yaml").write_text(HEAD + "grid: {}\n", encoding="utf-8")
    done = call(tmp_path / "one.yaml", "--workspace", plan, "--to", tmp_path / "out", *options)
    assert done.exit_code == 2
    assert message in done.output
    assert not (tmp_path / "out").exists()


def test_documents_that_are_missing_are_said_and_end_with_one(plan, tmp_path, monkeypatch):
    (tmp_path / "one.yaml").write_text(HEAD + "runs:\n  - {name: good}\n", encoding="utf-8")
    index = BatchIndex(notice="", title="", case="", case_title="", baseline="", baseline_title="", runs=(),
                       refused="no font")
    (tmp_path / "one.json").write_text(strict_text(index), encoding="utf-8")
    found = FinishedBatch(tmp_path, 1, 0, (), tmp_path / "one.html", refused=(("good", "no letters."),))
    monkeypatch.setattr("mixedmig_model.present.batch.make.make_batch", lambda *_, **__: found)
    done = call(tmp_path / "one.yaml", "--workspace", plan, "--to", tmp_path / "out", "--docx", "--json")
    assert done.exit_code == 1
    assert "documents missing: good: no letters." in done.stderr
    assert "documents missing: the index: no font" in done.stderr
    record = json.loads(done.stdout)
    assert (record["ok"], record["documents_missing"]) == (
        False, [{"run": "good", "message": "no letters."}, {"run": "", "message": "no font"}])


@pytest.mark.parametrize(("text", "message"), [
    (HEAD + "grid:\n  levers: {sarr: [1]}\n", "grid.levers.sarr: unknown lever; found 'sarr'"),
    (HEAD.replace("andaman", "andaman_") + "grid: {}\n", "unknown case"),
    (HEAD + "grid:\n  values: {detention.detained_share: [0.1, 7]}\n", "grid.values.detention.detained_share.1: "
     "detention.detained_share leaves its bounds on 2015-01-01 in scenario as_it_happened; found 7"),
])
def test_a_bad_batch_file_exits_with_two_and_writes_nothing(plan, tmp_path, text, message):
    (tmp_path / "bad.yaml").write_text(text, encoding="utf-8")
    done = call(tmp_path / "bad.yaml", "--workspace", plan, "--to", tmp_path / "out")
    assert done.exit_code == 2
    assert message in done.output
    assert not (tmp_path / "out").exists()


def finished(folder):
    return len(list((folder / "runs").glob("[!.]*")))


@pytest.mark.slow
def test_a_batch_of_a_hundred_notebooks_killed_at_half_goes_on_to_the_same_index(plan, tmp_path):
    shares = ", ".join(str(k / 100) for k in range(50))
    grid = HEAD + f"grid:\n  levers: {{sar: [0, 1]}}\n  values: {{detention.detained_share: [{shares}]}}\n"
    (tmp_path / "hundred.yaml").write_text(grid, encoding="utf-8")

    def command(to):
        return [sys.executable, "-m", "mixedmig_model.cli", "batch", str(tmp_path / "hundred.yaml"), "--workspace",
                str(plan), "--to", str(tmp_path / to), "--json"]

    # killed with all its processes, as when a machine stops
    started = subprocess.Popen(command("killed"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               start_new_session=True)
    while finished(tmp_path / "killed") < 50:
        assert started.poll() is None
        time.sleep(0.5)
    os.killpg(started.pid, signal.SIGKILL)
    started.wait()
    kept = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "killed" / "runs").glob("[!.]*")}
    done = json.loads(subprocess.run(command("killed"), check=True, capture_output=True, text=True).stdout)
    assert (done["runs"], done["reused"], done["failures"]) == (100, len(kept), [])
    assert len(kept) < 60
    assert {name: (tmp_path / "killed" / "runs" / name).stat().st_mtime_ns for name in kept} == kept
    subprocess.run(command("whole"), check=True, capture_output=True)
    for name in ("hundred.html", "hundred.json", "hundred.csv"):
        assert (tmp_path / "killed" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes(), name
