"""A workspace and results named from the current folder: each command finds the same as by the whole path."""

import json
from pathlib import Path

import pytest
from broken_disk import stand_in
from tiny_plan import CASE, make_plan
from typer.testing import CliRunner

from mixedmig_model.cli.common import find_workspace
from mixedmig_model.cli.main import app
from mixedmig_model.present.report import make


@pytest.mark.parametrize("name", ["plan", ".", "./plan/", "plan/../plan", "plan/parameters/.."])
def test_a_workspace_is_absolute_however_it_is_named(tmp_path, monkeypatch, name):
    (tmp_path / "plan" / "parameters").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert find_workspace(Path(name)) == (tmp_path if name == "." else tmp_path / "plan")


@pytest.mark.parametrize("name", ["plan", "."])
def test_a_report_of_a_workspace_named_from_here_is_made(tmp_path, monkeypatch, name):
    """Its notebooks run in the folder of the report, from which relative paths lead elsewhere."""
    make_plan(tmp_path / "plan")

    def notebook(source, target, parameters, cwd, shared):
        monkeypatch.chdir(cwd)
        found = [(Path(parameters["workspace"]) / "parameters").is_dir(),
                 (Path(parameters["results"]) / "report.json").is_file(), target.parent.is_dir()]
        monkeypatch.chdir(here)
        assert found == [True] * 3
        stand_in(source, target, parameters, cwd, shared)

    monkeypatch.setattr(make, "run_notebook", notebook)
    here = tmp_path if name == "plan" else tmp_path / "plan"
    monkeypatch.chdir(here)
    done = CliRunner().invoke(app, ["report", CASE, "--scenarios", "base", "--workspace", name, "--draws", "0",
                                    "--workers", "1", "--json"])
    assert done.exit_code == 0, done.output
    report = Path(json.loads(done.stdout)["report"])
    assert report == tmp_path / "plan" / "reports" / CASE / "comparison" / "report.html"
    assert report.is_file()
