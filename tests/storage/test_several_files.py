"""Several files written together or not at all, and new folders that never take the place of anything."""

import os
from pathlib import Path

import pytest

from mixedmig_model.storage.atomic import new_folder, whole_folder, write_file, writing_together
from mixedmig_model.storage.kinds import TargetError


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def write_two(folder, *, fails=False):
    with writing_together(folder / "a", folder / "b") as (one, other):
        one.write_text("new a", encoding="utf-8")
        if fails:
            raise OSError("planted")
        other.write_text("new b", encoding="utf-8")


def texts(folder):
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


@pytest.mark.parametrize("there", [("a", "b"), ("a",), ("b",), ()])
def test_several_files_are_replaced_together_or_none_is(tmp_path, monkeypatch, there):
    for name in there:
        (tmp_path / name).write_text(f"old {name}", encoding="utf-8")
    before = texts(tmp_path)
    with pytest.raises(OSError, match="planted"):
        write_two(tmp_path, fails=True)
    assert texts(tmp_path) == before
    real = Path.replace

    def second_fails(path, target):
        if target == tmp_path / "b":
            raise OSError("planted at the second")
        return real(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", second_fails)
        with pytest.raises(OSError, match="planted at the second"):
            write_two(tmp_path)
    assert texts(tmp_path) == before
    write_two(tmp_path)
    assert texts(tmp_path) == {"a": "new a", "b": "new b"}


def test_several_files_are_replaced_where_no_file_has_two_names(tmp_path, monkeypatch):
    def no_links(*_):
        raise OSError("not supported")

    monkeypatch.setattr(os, "link", no_links)
    (tmp_path / "a").write_text("old a", encoding="utf-8")
    write_two(tmp_path)
    assert texts(tmp_path) == {"a": "new a", "b": "new b"}


def make_new(folder, *, also=()):
    with new_folder(folder, "last") as partial:
        for name in ("first", "last"):
            (partial / name).mkdir()
            (partial / name / "file").write_text("new", encoding="utf-8")
        for name in also:
            folder.mkdir(exist_ok=True)
            (folder / name).write_text("mine", encoding="utf-8")


def test_a_new_folder_is_made_whole_and_an_empty_one_stays_the_same_folder(tmp_path):
    make_new(tmp_path / "new")
    assert names(tmp_path / "new") == ["first", "last"]
    (tmp_path / "empty").mkdir()
    before = (tmp_path / "empty").stat().st_ino
    make_new(tmp_path / "empty")
    assert names(tmp_path / "empty") == ["first", "last"]
    assert (tmp_path / "empty").stat().st_ino == before
    assert names(tmp_path) == ["empty", "new"]


@pytest.mark.parametrize("is_there", [True, False])
@pytest.mark.parametrize("name", ["first", "last"])
def test_a_folder_that_somebody_fills_meanwhile_keeps_what_they_put_there(tmp_path, is_there, name):
    if is_there:
        (tmp_path / "new").mkdir()
    with pytest.raises(FileExistsError):
        make_new(tmp_path / "new", also=[name])
    assert texts(tmp_path / "new") == {name: "mine"}
    assert names(tmp_path) == ["new"]


def test_a_folder_in_which_a_file_is_open_elsewhere_is_told_and_stays(tmp_path, monkeypatch):
    with whole_folder(tmp_path / "folder") as partial:
        write_file(partial / "new", "new")

    def opened(path, target):
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr(Path, "rename", opened)
    words = (r"folder: another program has this folder or a file in it open, or you may not replace it; close it "
             "and try again$")
    with pytest.raises(TargetError, match=words), whole_folder(tmp_path / "folder") as partial:
        write_file(partial / "other", "other")
    assert names(tmp_path) == ["folder"]
    assert names(tmp_path / "folder") == ["new"]
