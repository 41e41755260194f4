"""Targets of commands: endings, inputs that are never written into, names that cannot be used, all told together."""

import re
import sys
from pathlib import Path

import pytest

from mixedmig_model.storage.kinds import TargetError
from mixedmig_model.storage.targets import FileTarget, check_folder_target, check_targets


@pytest.fixture
def inputs(tmp_path):
    """A folder that a command reads, and a second way to it."""
    (tmp_path / "plan" / "parameters" / "base").mkdir(parents=True)
    (tmp_path / "plan" / "parameters" / "case.nc").write_text("mine", encoding="utf-8")
    (tmp_path / "way").symlink_to(tmp_path / "plan")
    return tmp_path / "plan" / "parameters"


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.mark.parametrize("name", ["run", "run.txt", "run.nc.txt", ".nc", "case.yaml", "run.nc "])
def test_a_file_of_another_ending_is_refused(tmp_path, name):
    words = rf"^--to: the file's name has another ending; found '{re.escape(name)}'; allowed: a name that ends in \.nc$"
    with pytest.raises(TargetError, match=words):
        check_targets([FileTarget("--to", tmp_path / name, ".nc")])
    assert names(tmp_path) == []


def test_the_ending_may_be_written_in_capitals(tmp_path):
    check_targets([FileTarget("--to", tmp_path / "RUN.NC", ".nc")])
    assert names(tmp_path) == []


@pytest.mark.parametrize("path", [
    "plan/parameters/case.nc", "plan/parameters/new.nc", "plan/parameters/cases/deep/new.nc", "way/parameters/case.nc",
    "plan/parameters/base/../new.nc", "way/../plan/parameters/new.nc"])
def test_nothing_is_written_into_what_a_command_reads_by_whatever_way(tmp_path, inputs, path):
    before = names(tmp_path)
    words = (rf"^{re.escape(str(tmp_path / path))}: this lies in the inputs of the workspace "
             rf"\({re.escape(str(inputs))}\); allowed: a place outside that folder$")
    with pytest.raises(TargetError, match=words):
        check_targets([FileTarget("--to", tmp_path / path, ".nc")], [inputs])
    with pytest.raises(TargetError, match=r"this lies in the inputs of the workspace|this is a file"):
        check_folder_target(tmp_path / path, [inputs])
    assert names(tmp_path) == before
    assert (inputs / "case.nc").read_text(encoding="utf-8") == "mine"


def test_what_lies_beside_the_inputs_may_be_written(tmp_path, inputs):
    for path in ("plan/run.nc", "plan/reports/run.nc", "parameters2/run.nc", "way/run.nc"):
        check_targets([FileTarget("--to", tmp_path / path, ".nc")], [inputs, tmp_path / "nowhere"])
    check_folder_target(tmp_path / "plan" / "reports", [inputs])
    with pytest.raises(TargetError, match="this lies in the inputs"):
        check_folder_target(inputs, [inputs])


def test_all_files_are_tried_and_all_faults_told_together(tmp_path):
    (tmp_path / "a.xlsx").mkdir()
    (tmp_path / "c.csv").symlink_to("nowhere")
    targets = [FileTarget("--to", tmp_path / "a.xlsx", ".xlsx"), FileTarget("--more", tmp_path / "b.ods", ".xlsx"),
               FileTarget("--csv", tmp_path / "c.csv", ".csv")]
    with pytest.raises(TargetError) as caught:
        check_targets(targets)
    lines = str(caught.value).splitlines()
    assert [re.search("this is a folder|another ending|this is a link", line)[0] for line in lines] == [
        "this is a folder", "another ending", "this is a link"]


def test_files_that_a_folder_will_hold_are_tried_too(tmp_path):
    (tmp_path / "page.html").mkdir()
    (tmp_path / "data.json").symlink_to("page.html")
    with pytest.raises(TargetError) as caught:
        check_folder_target(tmp_path, files=("page.html", "data.json", "new.csv"))
    assert str(caught.value).splitlines() == [
        f"{tmp_path / 'page.html'}: this is a folder; allowed: a new file, or one to replace",
        f"{tmp_path / 'data.json'}: this is a link; allowed: a new file, or one to replace"]


@pytest.mark.skipif(sys.platform == "win32", reason="names of files are those of POSIX")
@pytest.mark.parametrize(("name", "why"), [
    ("x" * 300 + ".nc", "File name too long"), ("a\0b.nc", "embedded null byte")])
def test_a_name_that_no_file_can_have_is_told(tmp_path, name, why):
    words = f"this name cannot be used: {why}; allowed: a new file, or one to replace"
    with pytest.raises(TargetError, match=words):
        check_targets([FileTarget("--to", tmp_path / name, ".nc")])


@pytest.mark.parametrize("path", [".", "..", "/", ""])
def test_folders_by_any_name_are_no_files(path):
    with pytest.raises(TargetError, match=r": this is a folder; allowed: a new file, or one to replace"):
        check_targets([FileTarget("--to", Path(path), ".nc")])


def test_a_file_that_another_program_has_open_is_told_before_anything_is_worked_out(tmp_path, monkeypatch):
    file = tmp_path / "plan.xlsx"
    file.write_text("mine", encoding="utf-8")
    real = Path.open

    def opened(path, mode="r", *rest, **named):
        if path == file and mode == "rb+":
            raise PermissionError(13, "The process cannot access the file because it is being used by another process")
        return real(path, mode, *rest, **named)

    monkeypatch.setattr(Path, "open", opened)
    words = r"plan\.xlsx: another program has this file open, or you may not replace it; close it and try again$"
    with pytest.raises(TargetError, match=words):
        check_targets([FileTarget("--to", file, ".xlsx")])
    assert names(tmp_path) == ["plan.xlsx"]
    assert file.read_text(encoding="utf-8") == "mine"


def test_trying_a_file_changes_neither_its_content_nor_its_time(tmp_path):
    file = tmp_path / "run.nc"
    file.write_text("mine", encoding="utf-8")
    before = file.stat().st_mtime_ns
    check_targets([FileTarget("--to", file, ".nc")])
    assert (file.read_text(encoding="utf-8"), file.stat().st_mtime_ns) == ("mine", before)
    assert names(tmp_path) == ["run.nc"]


@pytest.mark.parametrize("check", [check_folder_target, lambda path: check_targets([FileTarget("--to", path, ".nc")])])
def test_a_home_folder_that_the_shell_left_as_it_was_is_refused_and_no_folder_of_that_name_is_made(
    tmp_path, monkeypatch, check
):
    """``--to=~/run.nc`` made a folder called ``~``, and left a file in the home folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    with pytest.raises(TargetError, match=r"run\.nc: the shell has not replaced ~ by a home folder; allowed: the path"):
        check(Path("~/run.nc"))
    assert list(tmp_path.iterdir()) == []
    check(Path("~run.nc"))  # a name like any other
    check(Path("./~run.nc"))
