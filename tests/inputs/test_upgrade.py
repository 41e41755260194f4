"""Workspaces of older versions: each line to change is listed, written, and the old files are kept."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mixedmig_model.cli.main import app
from mixedmig_model.inputs.check import check_workspace
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.upgrading import steps
from mixedmig_model.inputs.upgrading.steps import AddedKey, RenamedKey, Step
from mixedmig_model.inputs.upgrading.upgrade import KEPT, plan_upgrade, write_upgrade

KEPT_WORKSPACES = sorted((Path(__file__).parents[1] / "data" / "init").glob("*.zip"))
"""What ``mixedmig init`` wrote, by version or date: parameters alone. Every later version reads them."""
ARRIVALS = "parameters/base/arrivals.yaml"


def unpacked(name, folder):
    with zipfile.ZipFile(Path(__file__).parents[1] / "data" / "init" / f"{name}.zip") as file:
        file.extractall(folder)
    return folder


def call(*arguments):
    done = CliRunner().invoke(app, [str(one) for one in arguments])
    assert "Traceback" not in done.output
    return done


@pytest.fixture
def older(tmp_path):
    return unpacked("0.1.0", tmp_path / "plan")


def test_a_workspace_of_each_version_and_of_today_is_kept():
    assert {path.stem for path in KEPT_WORKSPACES} >= {"0.1.0", "2026-11-29"}


@pytest.mark.parametrize("file", KEPT_WORKSPACES, ids=lambda path: path.stem)
def test_every_kept_workspace_checks_after_an_upgrade(file, tmp_path):
    root = unpacked(file.stem, tmp_path)
    planned = plan_upgrade(root)
    if planned.texts:
        write_upgrade(planned)
    assert plan_upgrade(root).lines == ()
    assert "as_it_happened" in check_workspace(root).cases["andaman_sea_2015"].scenarios


def test_check_lists_each_line_to_change(older):
    done = call("check", older)
    assert done.exit_code == 2
    assert done.stderr.splitlines() == [
        "1 fault in the input:",
        f"  {ARRIVALS}:10: parameters.scale.drawn_factors: written for an older version: mixedmig upgrade writes the "
        "new line; allowed: drawn_factors: [0.5, 2]"]


def test_upgrade_writes_the_lines_and_keeps_the_old_files(older):
    before = (older / ARRIVALS).read_text(encoding="utf-8")
    done = call("upgrade", older)
    assert done.exit_code == 0
    assert done.stderr.splitlines() == [
        f"{ARRIVALS}:10: + drawn_factors: [0.5, 2] (draws of arrivals.scale are narrower than its range, and the file "
        "now says how far they go; version 0.1.0 had these numbers in its code)",
        f"Changed 1 file. The old ones are kept in {older.resolve() / KEPT}. Next: mixedmig check {older}"]
    after = (older / ARRIVALS).read_text(encoding="utf-8")
    assert after == before.replace("    distribution", "    drawn_factors: [0.5, 2]\n    distribution", 1)
    assert (older / KEPT / ARRIVALS).read_text(encoding="utf-8") == before
    assert [path.name for path in (older / KEPT / "parameters" / "base").iterdir()] == ["arrivals.yaml"]
    done = call("upgrade", older, "--json")
    assert json.loads(done.stdout) == {"ok": True, "lines": [], "kept": None}
    assert done.stderr.splitlines() == ["The workspace is up to date. Nothing was changed."]


def test_upgrade_of_a_folder_without_a_workspace_is_refused(tmp_path):
    done = call("upgrade", tmp_path)
    assert done.exit_code == 2
    text = "no workspace here: the folder parameters is missing; allowed: a folder made by 'mixedmig init DIR'"
    assert text in done.stderr


def test_other_faults_are_listed_beside_the_lines_to_change(older):
    path = older / "parameters" / "base" / "onward.yaml"
    text = path.read_text(encoding="utf-8").replace("quality: assumption", "quality: guess", 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputFaultsError) as caught:
        check_workspace(older)
    assert {fault.file for fault in caught.value.faults} == {ARRIVALS, "parameters/base/onward.yaml"}


# ---- a planted version --------------------------------------------------------------------------------------------

PLANTED = Step("9.9.0", (1, 2), "a test", (
    RenamedKey("parameters/cases/*/scenarios/*.yaml", ("changes", "*", "because"), "reason"),
    AddedKey("parameters/cases/*/case.yaml", ("countries", "*"), "region", "asia", before="title"),
))
SCENARIO = """# kept\nschema: 1   # one\nchanges:
  - {parameter: a.b, set: 1, because: 'it is so'}
  - parameter: a.c   # a note
    because: >-
      of two
      lines
"""
CASE = "schema: 1\ncountries:\n  north: {title: North}\n  south:\n    title: South\n"


@pytest.fixture
def planted(tmp_path, monkeypatch):
    """A workspace of a version before a planted one."""
    monkeypatch.setattr(steps, "STEPS", (PLANTED,))
    case = tmp_path / "parameters" / "cases" / "one"
    (case / "scenarios").mkdir(parents=True)
    (case / "case.yaml").write_bytes(b"\xef\xbb\xbf" + CASE.replace("\n", "\r\n").encode())
    (case / "scenarios" / "base.yaml").write_text(SCENARIO, encoding="utf-8")
    (case / "scenarios" / "broken.yaml").write_text("schema: [1", encoding="utf-8")
    return tmp_path


def test_keys_are_renamed_and_added_and_the_number_of_the_schema_changes(planted):
    made = plan_upgrade(planted)
    write_upgrade(made)
    case = planted / "parameters" / "cases" / "one"
    assert (case / "scenarios" / "base.yaml").read_text(encoding="utf-8") == SCENARIO.replace(
        "because:", "reason:").replace("schema: 1", "schema: 2")
    assert (case / "case.yaml").read_bytes() == b"\xef\xbb\xbf" + (
        CASE.replace("schema: 1", "schema: 2").replace("{title", "{region: asia, title").replace(
            "    title", "    region: asia\n    title").replace("\n", "\r\n").encode())
    assert plan_upgrade(planted).lines == ()
    assert (case / "scenarios" / "broken.yaml").read_text(encoding="utf-8") == "schema: [1"


def test_each_changed_line_is_told_with_what_it_was(planted):
    lines = [(line.file.split("/")[-1], line.line, line.path, line.old, line.new)
             for line in plan_upgrade(planted).lines]
    assert lines == [
        ("case.yaml", 1, "schema", "schema: 1", "schema: 2"),
        ("case.yaml", 3, "countries.north.region", "north: {title: North}", "north: {region: asia, title: North}"),
        ("case.yaml", 5, "countries.south.region", "", "region: asia"),
        ("base.yaml", 2, "schema", "schema: 1   # one", "schema: 2   # one"),
        ("base.yaml", 4, "changes.0.because", "- {parameter: a.b, set: 1, because: 'it is so'}",
         "- {parameter: a.b, set: 1, reason: 'it is so'}"),
        ("base.yaml", 6, "changes.1.because", "because: >-", "reason: >-"),
    ]


def test_a_second_upgrade_keeps_its_files_in_a_folder_of_its_own(planted):
    assert write_upgrade(plan_upgrade(planted)).name == KEPT
    path = planted / "parameters" / "cases" / "one" / "scenarios" / "base.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    assert write_upgrade(plan_upgrade(planted)).name == f"{KEPT}_2"


def test_with_another_schema_number_only_the_lines_to_change_are_told(older, monkeypatch):
    monkeypatch.setattr(steps, "STEPS", (Step("9.9.0", (0, 1), "a test", ()),))
    path = older / "parameters" / "sources.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("schema: 1", "schema: 0", 1), encoding="utf-8")
    with pytest.raises(InputFaultsError) as caught:
        check_workspace(older)
    (fault,) = caught.value.faults
    assert (fault.file, fault.path, fault.found, fault.allowed) == (
        "parameters/sources.yaml", "schema", "schema: 0", "schema: 1")


def test_nothing_is_written_where_a_file_cannot_be_replaced(older):
    path = older / ARRIVALS
    target = older / "elsewhere.yaml"
    shutil.move(path, target)
    path.symlink_to(target)
    done = call("upgrade", older)
    assert done.exit_code == 2
    assert not (older / KEPT / ARRIVALS).exists()
