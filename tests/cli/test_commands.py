"""Commands: exit codes, messages, JSON, nothing half-written, no traceback."""

import json
import re
import shutil

import pytest
import xarray as xr
from typer.testing import CliRunner

from mixedmig_model.cli.main import app
from mixedmig_model.results.ledger import check_ledger

run = CliRunner().invoke


def call(*arguments):
    done = run(app, [str(a) for a in arguments])
    assert "Traceback" not in done.output
    if done.exception is not None:
        assert isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture
def copied(root, tmp_path):
    """A workspace of one's own, to break."""
    shutil.copytree(root / "parameters", tmp_path / "plan" / "parameters")
    return tmp_path / "plan"


@pytest.mark.parametrize("command", ["init", "check", "run", "report"])
def test_every_command_has_help_with_an_example(command):
    done = call(command, "--help")
    assert done.exit_code == 0
    assert re.search(r"Example: mixedmig " + command, done.output)
    assert "--json" in done.output


def test_version_and_help_of_the_whole():
    assert re.match(r"\d+\.\d+", call("--version").output)
    assert "Example: mixedmig init" in call("--help").output


def test_init_writes_a_workspace_that_checks(tmp_path):
    done = call("init", tmp_path / "myplan")
    assert done.exit_code == 0
    assert (tmp_path / "myplan" / "workbooks" / "compare.ipynb").is_file()
    assert [p.name for p in tmp_path.iterdir()] == ["myplan"]
    done = call("check", tmp_path / "myplan", "--json")
    assert done.exit_code == 0
    assert "as_it_happened" in json.loads(done.stdout)["cases"]["andaman_sea_2015"]


def test_init_never_overwrites(tmp_path):
    (tmp_path / "mine.txt").write_text("kept", encoding="utf-8")
    done = call("init", tmp_path)
    assert done.exit_code == 2
    assert "the folder is not empty; allowed: a new or empty folder" in done.output
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "kept"


def test_check_lists_all_faults_of_all_files_with_exit_code_2(copied):
    base = copied / "parameters" / "base"
    text = (base / "law.yaml").read_text(encoding="utf-8")
    (base / "law.yaml").write_text(text.replace("unit: share", "unit: day"), encoding="utf-8")
    text = (base / "onward.yaml").read_text(encoding="utf-8")
    (base / "onward.yaml").write_text(text.replace("quality: assumption", "quality: guess", 1), encoding="utf-8")
    done = call("check", copied)
    assert done.exit_code == 2
    assert re.search(r"parameters/base/law.yaml:\d+: parameters.child_exemption.unit", done.output)
    assert re.search(r"parameters/base/onward.yaml:\d+: parameters.rate.quality", done.output)
    done = call("check", copied, "--json")
    assert done.exit_code == 2
    assert {fault["file"] for fault in json.loads(done.stdout)["faults"]} >= {
        "parameters/base/law.yaml", "parameters/base/onward.yaml"}


def test_run_writes_a_dataset_whose_ledger_closes(tmp_path, root):
    file = tmp_path / "two_days.nc"
    done = call("run", "andaman_sea_2015", "--scenario", "disembark_within_two_days", "--to", file,
                "--workspace", root, "--json")
    assert done.exit_code == 0, done.output
    record = json.loads(done.stdout)
    assert record["scenario"] == "disembark_within_two_days"
    assert [p.name for p in tmp_path.iterdir()] == ["two_days.nc"]
    ds = xr.load_dataset(file, engine="scipy")
    assert check_ledger(ds) == []
    assert ds.attrs["input_digest"] == record["digest"]
    assert ds.attrs["notice"] == record["notice"]
    assert record["notice"].startswith("Aggregates of a model: no individual records.")
    assert "harm: Deaths and missing on the way: 315 people" in done.stderr
    said = [line for line in done.stderr.splitlines() if not line.startswith("caution: ")]
    assert said[0] == ("Disembark within two days has 3 breaches: 507 identified children detained; "
        "16 children returned without a best-interests decision; 754 people "
                       "detained over the limit. 315 people die or go missing.")
    assert said[-1] == f"Wrote {file}. Values are single runs; mixedmig report gives ranges."


def test_a_target_that_cannot_be_written_is_refused_before_anything_is_solved(tmp_path, root, monkeypatch):
    monkeypatch.setattr("mixedmig_model.study.run.run_one", lambda *_: pytest.fail("something was solved"))
    (tmp_path / "kept.nc").write_text("mine", encoding="utf-8")
    (tmp_path / "link.nc").symlink_to("kept.nc")
    done = call("run", "andaman_sea_2015", "--to", tmp_path / "link.nc", "--workspace", root, "--json")
    assert done.exit_code == 2
    message = f"{tmp_path / 'link.nc'}: this is a link; allowed: a new file, or one to replace"
    assert json.loads(done.stdout) == {"ok": False, "error": message}
    assert done.stderr == f"{message}\n"
    assert (tmp_path / "kept.nc").read_text(encoding="utf-8") == "mine"


def test_unknown_case_and_scenario_are_named_with_the_nearest(root, tmp_path):
    done = call("run", "andaman_sea_2016", "--to", tmp_path / "x.nc", "--workspace", root)
    assert done.exit_code == 2
    assert "unknown case; found 'andaman_sea_2016'" in done.output
    assert "did you mean 'andaman_sea_2015'?" in done.output
    done = call("run", "andaman_sea_2015", "--scenario", "as_it_happend", "--to", tmp_path / "x.nc", "--workspace",
                root)
    assert done.exit_code == 2
    assert "did you mean 'as_it_happened'?" in done.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("case", ["../secrets", "con", "A b", "x" * 65])
def test_names_that_could_leave_the_workspace_are_refused(case, root, tmp_path):
    done = call("run", case, "--to", tmp_path / "x.nc", "--workspace", root)
    assert done.exit_code == 2
    assert "not a valid name" in done.output or "reserved by Windows" in done.output


def test_report_refuses_a_scenario_it_does_not_know_before_solving(root, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = call("report", "andaman_sea_2015", "--scenarios", "as_it_happened,nothing_like_it", "--workspace", root,
                "--name", "never_written")
    assert done.exit_code == 2
    assert "unknown scenario" in done.output
    assert not (root / "reports" / "andaman_sea_2015" / "never_written").exists()


def test_a_report_leads_with_the_answer_and_standard_output_is_its_path(book, root, tmp_path, monkeypatch):
    from mixedmig_model.record.files import write_report
    from mixedmig_model.record.front.summary import summary_of
    from mixedmig_model.record.words.findings import report_findings

    page = summary_of(book[0])
    write_report(book[0].record.model_copy(update={"first_page": page}), tmp_path)
    monkeypatch.setattr("mixedmig_model.present.report.make.make_report", lambda *_, **__: tmp_path / "report.html")
    done = call("report", "andaman_sea_2015", "--workspace", root)
    assert done.exit_code == 0, done.output
    assert done.stdout == f"{tmp_path / 'report.html'}\n"
    said = [line for line in done.stderr.splitlines() if not line.startswith("caution: ")]
    assert said == report_findings(page)
    assert said[0].startswith("Breaches in As it happened: ")
    assert page.answer[0] in said


def test_a_run_that_cannot_be_written_is_refused_with_2_and_leaves_nothing(root, tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    done = call("run", "andaman_sea_2015", "--to", tmp_path / "file" / "x.nc", "--workspace", root)
    assert done.exit_code == 2
    assert f"{tmp_path / 'file' / 'x.nc'}: it cannot be written: " in done.output
    assert "allowed: a folder that you may write to" in done.output
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_a_leak_in_the_flow_table_fails_the_run_with_1(root, tmp_path, monkeypatch):
    """A broken ledger is a failed check: exit code 1, the row named, no file."""
    from dataclasses import replace

    from mixedmig_model.equations import layout
    from mixedmig_model.equations.table import FLOWS
    from mixedmig_model.solve import reference

    leaking = tuple(replace(flow, sink=None) if flow.name == "found_unreturnable" else flow for flow in FLOWS)
    monkeypatch.setattr(reference, "build_layout", lambda groups, countries, _: layout.build_layout(
        groups, countries, leaking))
    done = call("run", "andaman_sea_2015", "--path", "reference", "--to", tmp_path / "x.nc", "--workspace", root)
    assert done.exit_code == 1
    assert "people leave the model unseen (row 'found_unreturnable'" in done.output
    assert list(tmp_path.iterdir()) == []
