"""``--path`` on every command that solves: which solver is taken, and what is refused."""

import json

import pytest
import xarray as xr
from study.short_case import short_case
from typer.testing import CliRunner

from mixedmig_model.cli.main import app
from mixedmig_model.solve import run as solvers
from mixedmig_model.solve.kernel.native import available
from mixedmig_model.study import scenarios
from mixedmig_model.study.run import run_one

COMMANDS = ("run", "report", "compare", "ensemble", "batch", "cost")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_that_solves_has_the_option(command):
    said = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "300", "NO_COLOR": "1"}).output
    assert "--path" in said
    assert "kernel, reference or auto" in said


@pytest.mark.parametrize("words", [
    ["run", "generic_surge", "--to", "run.nc"], ["cost", "generic_surge", "--to", "plan.xlsx"],
    ["compare", "generic_surge", "--scenarios", "early_hiring"], ["report", "generic_surge", "--name", "x"],
    ["ensemble", "generic_surge", "--to", "draws"],
])
def test_an_unknown_path_is_refused_before_anything_is_solved(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, [*words, "--path", "kernl", "--json"])
    assert done.exit_code == 2
    fault = json.loads(done.stdout)["faults"][0]
    assert (fault["file"], fault["found"], fault["nearest"]) == ("--path", "'kernl'", "kernel")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(bool(available()), reason=available() or "llvmlite is here")
@pytest.mark.parametrize("path", ["auto", "kernel", "reference"])
def test_a_run_is_solved_as_asked(tmp_path, monkeypatch, path):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["run", "libya_2011_evacuation", "--path", path, "--to", "run.nc"])
    assert done.exit_code == 0, done.output
    with xr.open_dataset(tmp_path / "run.nc", engine="scipy") as ds:
        assert ds.attrs["path"] == ("reference" if path == "reference" else "kernel")


def test_runs_of_a_comparison_are_solved_and_kept_by_their_path(tmp_path):
    tasks = scenarios.plan(short_case(), ["most_likely"], tmp_path, "kernel")
    assert {task.path for task in tasks} == {"kernel"}
    assert {task.path for task in scenarios.plan(short_case(), ["most_likely"], tmp_path)} == {"reference"}


def test_without_the_kernel_auto_takes_the_reference_path(monkeypatch):
    monkeypatch.setattr(solvers, "available", lambda: "llvmlite is not installed")
    asked = []
    monkeypatch.setattr("mixedmig_model.study.run.solve", lambda *parts: asked.append(parts) or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run_one("a run", path="auto")
    assert asked == [("a run", None, ())]
