"""What commands are asked to write is tried before they solve: one sentence, exit code 2, and nothing changed."""

import os
import sys

import pytest
from tiny_plan import CASE, GRID, contents, make_plan
from typer.testing import CliRunner

from mixedmig_model.cli.main import app

COST = ("cost", CASE, "--csv", "plan.csv", "--to")
COMPARE = ("compare", CASE, "--scenarios", "alt", "--to")
ENSEMBLE = ("ensemble", CASE, "--path", "reference", "--draws", "1", "--to")
RUN = ("run", CASE, "--to")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices are those of POSIX")

MADE = ["docs", "parameters", "reports", "schemas", "workbooks"]
"""What `init` makes."""


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    folder = make_plan(tmp_path_factory.mktemp("plan"))
    (folder / "two.yaml").write_text(GRID, encoding="utf-8")
    return folder


@pytest.fixture
def here(plan, tmp_path, monkeypatch):
    """A current folder with a file, links to it and to the inputs, a folder and a pipe."""
    (tmp_path / "kept.nc").write_text("mine", encoding="utf-8")
    for name in ("link.nc", "link.xlsx", "link"):
        (tmp_path / name).symlink_to("kept.nc")
    (tmp_path / "plan").symlink_to(plan)
    (tmp_path / "folder.nc").mkdir()
    (tmp_path / "taken" / "compare.json").mkdir(parents=True)
    (tmp_path / "taken" / "two.csv").symlink_to("compare.json")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.nc")
    monkeypatch.chdir(tmp_path)
    for name in ("study.run.run_one", "study.scenarios.run_one", "study.ensemble.run.run_ensemble",
                 "present.batch.make.run_batch"):
        monkeypatch.setattr(f"mixedmig_model.{name}", lambda *_, **__: pytest.fail("something was solved"))
    return tmp_path


def refused(here, plan, *arguments):
    """The words with which a command is refused, after a look at whether it changed anything."""
    before = contents(here), contents(plan), sorted(here.iterdir())
    done = CliRunner().invoke(app, [*(str(one) for one in arguments), "--workspace", "plan"])
    assert isinstance(done.exception, SystemExit), done.exception
    assert (done.exit_code, "Traceback" in done.output) == (2, False), done.output
    assert (contents(here), contents(plan), sorted(here.iterdir())) == before
    return done.output


@pytest.mark.parametrize(("command", "target", "words"), [
    (RUN, ".", ".: this is a folder; allowed: a new file, or one to replace"),
    (RUN, "folder.nc", "folder.nc: this is a folder"),
    (RUN, "link.nc", "link.nc: this is a link"),
    pytest.param(RUN, "pipe.nc", "pipe.nc: this is a pipe", marks=POSIX),
    pytest.param(RUN, "/dev/null", "/dev/null: this is a device", marks=POSIX),
    (RUN, f"plan/parameters/cases/{CASE}/case.yaml", "--to: the file's name has another ending; found 'case.yaml'"),
    (RUN, f"plan/parameters/cases/{CASE}/new.nc", "new.nc: this lies in the inputs of the workspace"),
    (RUN, "kept.nc/deeper/new.nc", "new.nc: it cannot be written: Not a directory"),
    (RUN, "x" * 300 + ".nc", "this name cannot be used: File name too long"),
    (COST, "link.xlsx", "link.xlsx: this is a link"),
    (COST, ".", ".: this is a folder"),
    (COST, "plan/parameters/new.xlsx", "new.xlsx: this lies in the inputs of the workspace"),
    (COMPARE, "kept.nc", "kept.nc: this is a file; allowed: a new folder, or one that is there"),
    (COMPARE, "link", "link: this is a link"),
    (COMPARE, "taken", "taken/compare.json: this is a folder; allowed: a new file, or one to replace"),
    (COMPARE, "plan/parameters", "plan/parameters: this lies in the inputs of the workspace"),
    (ENSEMBLE, "plan/parameters/draws", "draws: this lies in the inputs of the workspace"),
    pytest.param(ENSEMBLE, "pipe.nc", "pipe.nc: this is a pipe; allowed: a new folder", marks=POSIX),
    (("batch", "plan/two.yaml", "--to"), "taken", "taken/two.csv: this is a link"),
    (("batch", "plan/two.yaml", "--to"), "plan/parameters/base", "base: this lies in the inputs of the workspace"),
])
def test_a_target_that_cannot_be_is_refused_before_anything_is_solved(here, plan, command, target, words):
    assert words in refused(here, plan, *command, target)


def test_all_faults_of_all_targets_are_told_in_one_round(here, plan):
    said = refused(here, plan, "cost", CASE, "--to", "plan.ods", "--csv", "link.nc")
    assert "--to: the file's name has another ending; found 'plan.ods'; allowed: a name that ends in .xlsx" in said
    assert "link.nc: this is a link" in said


# ---- init ---------------------------------------------------------------------------------------------------------


def init(folder):
    done = CliRunner().invoke(app, ["init", str(folder)])
    assert "Traceback" not in done.output
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def test_init_fills_the_current_folder_if_it_is_empty_and_stays_in_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = tmp_path.stat().st_ino
    assert init(".").exit_code == 0
    assert tmp_path.stat().st_ino == before
    assert sorted(path.name for path in tmp_path.iterdir()) == MADE
    done = init(".")
    assert done.exit_code == 2
    assert "the folder is not empty; allowed: a new or empty folder" in done.output


@pytest.mark.parametrize(("name", "words"), [
    ("file", "this is a file; allowed: a new folder, or one that is there"),
    ("file/new", "it cannot be written: Not a directory"), ("x" * 300, "this name cannot be used: File name too long")])
def test_init_refuses_what_cannot_be_a_workspace(tmp_path, name, words):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    done = init(tmp_path / name)
    assert done.exit_code == 2
    assert words in done.output
    assert contents(tmp_path) == {"file": b"mine"}


def test_init_goes_on_where_it_was_killed_while_it_filled_a_folder(tmp_path):
    assert init(tmp_path / "whole").exit_code == 0
    (tmp_path / "begun").mkdir()
    (tmp_path / "whole" / "workbooks").rename(tmp_path / "begun" / "workbooks")
    assert init(tmp_path / "begun").exit_code == 0
    assert sorted(path.name for path in (tmp_path / "begun").iterdir()) == MADE


@pytest.mark.parametrize("name", ["workbooks/mine.ipynb", "reports/mine.html", "mine.txt"])
def test_init_never_takes_what_a_person_put_there_for_its_own(tmp_path, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine", encoding="utf-8")
    done = init(tmp_path)
    assert done.exit_code == 2
    assert "the folder is not empty" in done.output
    assert contents(tmp_path) == {name: b"mine"}
