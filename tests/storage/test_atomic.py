"""The one writer: what it refuses in words, what stays where writing fails, and that nothing is left over."""

import errno
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from mixedmig_model.storage import atomic
from mixedmig_model.storage.atomic import (
    OLD,
    is_temporary,
    scratch_folder,
    temporary_name,
    tidy,
    whole_folder,
    write_file,
    writing,
)
from mixedmig_model.storage.kinds import TargetError
from mixedmig_model.storage.targets import check_file_target, check_folder_target

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="pipes, sockets and devices are those of POSIX")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def link(path):
    path.with_name("kept").write_text("mine", encoding="utf-8")
    path.symlink_to("kept")


def bound(path):
    with socket.socket(socket.AF_UNIX) as one:
        here = Path.cwd()
        os.chdir(path.parent)  # the address of a socket must be short
        try:
            one.bind(path.name)
        finally:
            os.chdir(here)


NO_FILES = [
    (link, "a link"), (lambda path: path.mkdir(), "a folder"),
    pytest.param(os.mkfifo if hasattr(os, "mkfifo") else None, "a pipe", marks=POSIX),
    pytest.param(bound, "a socket", marks=POSIX),
]


@pytest.mark.parametrize(("make", "words"), NO_FILES)
@pytest.mark.parametrize("write", [check_file_target, lambda file: write_file(file, "new")], ids=["check", "write"])
def test_what_is_no_file_is_refused_as_a_file_and_stays_what_it_is(tmp_path, make, words, write):
    target = tmp_path / "target"
    make(target)
    before, kind = names(tmp_path), target.lstat().st_mode
    with pytest.raises(TargetError) as caught:
        write(target)
    assert str(caught.value) == f"{target}: this is {words}; allowed: a new file, or one to replace"
    assert (names(tmp_path), target.lstat().st_mode) == (before, kind)


@POSIX
def test_a_device_is_refused_as_a_file():
    with pytest.raises(TargetError, match=r"^/dev/null: this is a device; allowed: a new file, or one to replace$"):
        check_file_target(Path("/dev/null"))


def test_a_link_to_nothing_is_refused_too(tmp_path):
    (tmp_path / "target").symlink_to("nowhere")
    with pytest.raises(TargetError, match="this is a link"):
        write_file(tmp_path / "target", b"new")
    assert names(tmp_path) == ["target"]


def fill(folder):
    with whole_folder(folder) as partial:
        write_file(partial / "new", "new")


@pytest.mark.parametrize(("write", "allowed"), [
    (check_folder_target, "a new folder, or one that is there"), (fill, "a new folder, or one to replace"),
], ids=["check", "fill"])
@pytest.mark.parametrize(("make", "words"), [
    (link, "a link"), (lambda path: path.write_text("mine", encoding="utf-8"), "a file")])
def test_what_is_no_folder_is_refused_as_a_folder_and_stays_what_it_is(tmp_path, make, words, write, allowed):
    target = tmp_path / "target"
    make(target)
    before, text = names(tmp_path), target.read_text(encoding="utf-8")
    with pytest.raises(TargetError) as caught:
        write(target)
    assert str(caught.value) == f"{target}: this is {words}; allowed: {allowed}"
    assert (names(tmp_path), target.read_text(encoding="utf-8")) == (before, text)


@pytest.mark.parametrize("check", [check_file_target, check_folder_target])
def test_a_target_below_a_file_cannot_be_written_and_the_message_says_why(tmp_path, check):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for target in (tmp_path / "file" / "target", tmp_path / "file" / "folder" / "target"):
        with pytest.raises(TargetError) as caught:
            check(target)
        pattern = rf"{re.escape(str(target))}: it cannot be written: \w[^;]+; allowed: a folder that you may write to"
        assert re.fullmatch(pattern, str(caught.value))
    assert names(tmp_path) == ["file"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_without_leave_to_write_is_refused(tmp_path):
    (tmp_path / "locked").mkdir(mode=0o500)
    for check in (check_file_target, check_folder_target):
        with pytest.raises(TargetError, match="it cannot be written: Permission denied; allowed: a folder that you"):
            check(tmp_path / "locked" / "target")


@pytest.mark.parametrize("check", [check_file_target, check_folder_target])
def test_a_target_that_can_be_written_is_left_as_it_was(tmp_path, check):
    check(tmp_path / "one" / "two" / "target")
    assert names(tmp_path) == []
    (tmp_path / "one").mkdir()
    check(tmp_path / "one" / "two" / "target")
    assert names(tmp_path) == ["one"]
    assert names(tmp_path / "one") == []


def test_checks_pass_for_what_is_there_and_change_nothing(tmp_path):
    (tmp_path / "folder").mkdir()
    for file in (tmp_path / "file", tmp_path / "folder" / "inside"):
        file.write_text("mine", encoding="utf-8")
    check_file_target(tmp_path / "file")
    check_folder_target(tmp_path / "folder")
    assert names(tmp_path) == ["file", "folder"]
    assert names(tmp_path / "folder") == ["inside"]
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_a_file_is_written_with_its_folders_and_replaced(tmp_path):
    file = tmp_path / "one" / "file"
    write_file(file, "Größe\n")
    assert file.read_bytes() == "Größe\n".encode()
    write_file(file, b"\x00")
    assert file.read_bytes() == b"\x00"
    assert names(tmp_path / "one") == ["file"]


def test_a_file_keeps_its_old_content_where_writing_fails(tmp_path):
    file = tmp_path / "file"
    file.write_text("old", encoding="utf-8")

    def half():
        with writing(file) as partial:
            partial.write_text("half of the n", encoding="utf-8")
            assert file.read_text(encoding="utf-8") == "old"
            raise OSError("planted")

    with pytest.raises(OSError, match="planted"):
        half()
    assert names(tmp_path) == ["file"]
    assert file.read_text(encoding="utf-8") == "old"


def test_a_new_file_that_fails_is_not_there(tmp_path):
    def half():
        with writing(tmp_path / "file") as partial:
            partial.write_bytes(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert names(tmp_path) == []


def test_a_file_that_may_not_be_replaced_is_told_and_keeps_its_content(tmp_path, monkeypatch):
    file = tmp_path / "file"
    file.write_text("old", encoding="utf-8")

    def opened(*_):
        raise PermissionError(13, "The process cannot access the file because it is being used by another process")

    monkeypatch.setattr(Path, "replace", opened)
    with pytest.raises(TargetError) as caught:
        write_file(file, "new")
    assert str(caught.value) == (
        f"{file}: another program has this file open, or you may not replace it; close it and try again")
    with pytest.raises(PermissionError):
        write_file(tmp_path / "other", "new")
    assert names(tmp_path) == ["file"]
    assert file.read_text(encoding="utf-8") == "old"


def test_two_writers_at_once_have_names_of_their_own_and_the_last_one_holds(tmp_path):
    file = tmp_path / "file"
    with writing(file) as one:
        with writing(file) as other:
            assert one != other
            one.write_text("one", encoding="utf-8")
            other.write_text("other", encoding="utf-8")
        assert file.read_text(encoding="utf-8") == "other"
    assert file.read_text(encoding="utf-8") == "one"
    assert names(tmp_path) == ["file"]


def test_temporary_names_differ_stand_beside_the_target_and_are_known(tmp_path):
    made = {temporary_name(tmp_path / "file") for _ in range(100)}
    assert len(made) == 100
    assert {path.parent for path in made} == {tmp_path}
    assert all(is_temporary(path) for path in made)
    assert is_temporary(temporary_name(tmp_path / "file", OLD))
    assert not any(is_temporary(tmp_path / name) for name in ("file", ".hidden", "x.partial", ".x.partial", "x.old"))


def test_a_whole_folder_takes_the_place_of_the_old_one(tmp_path):
    for text in ("first", "second"):
        with whole_folder(tmp_path / "above" / "folder") as partial:
            write_file(partial / text, text)
            assert not (tmp_path / "above" / "folder" / text).exists()
    assert names(tmp_path / "above") == ["folder"]
    assert names(tmp_path / "above" / "folder") == ["second"]


def test_a_folder_keeps_its_old_content_where_filling_fails(tmp_path):
    def half():
        with whole_folder(tmp_path / "folder") as partial:
            write_file(partial / "half", "half")
            raise RuntimeError("planted")

    fill(tmp_path / "folder")
    with pytest.raises(RuntimeError, match="planted"):
        half()
    assert names(tmp_path) == ["folder"]
    assert names(tmp_path / "folder") == ["new"]


def test_the_old_folder_comes_back_where_the_new_one_cannot_be_put_in_place(tmp_path, monkeypatch):
    fill(tmp_path / "folder")
    real = Path.rename

    def fails(path, target):
        if path.name.endswith(atomic.PARTIAL):
            raise OSError("planted")
        return real(path, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(OSError, match="planted"), whole_folder(tmp_path / "folder") as partial:
        write_file(partial / "other", "other")
    assert names(tmp_path) == ["folder"]
    assert names(tmp_path / "folder") == ["new"]


def test_a_folder_that_somebody_else_put_there_first_is_kept_if_asked(tmp_path):
    folder = tmp_path / "folder"
    with whole_folder(folder, keep=folder.is_dir) as partial:
        write_file(partial / "mine", "mine")
        fill(folder)
    assert names(folder) == ["new"]
    with whole_folder(folder, keep=lambda: not (folder / "new").exists()) as partial:
        write_file(partial / "mine", "mine")
    assert names(folder) == ["mine"]
    assert names(tmp_path) == ["folder"]


# ---- processes that were killed -----------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from pathlib import Path
from mixedmig_model.storage import atomic
folder = Path(sys.argv[1])
def kill(*_):
    os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[2] == "file":
    with atomic.writing(folder / "file") as partial:
        partial.write_text("half")
        kill()
real = Path.rename
def rename(path, target):
    if path.name.endswith(atomic.PARTIAL):
        kill()
    return real(path, target)
Path.rename = rename
with atomic.whole_folder(folder / "folder") as partial:
    (partial / "other").write_text("other")
"""


@POSIX
@pytest.mark.parametrize(("what", "left"), [("file", 2), ("folder", 3)])
def test_what_a_killed_process_left_is_cleaned_up_and_old_content_comes_back(tmp_path, what, left):
    write_file(tmp_path / "file", "old")
    if what == "folder":
        fill(tmp_path / "folder")
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), what], check=False)
    assert len(names(tmp_path)) == left
    assert any(is_temporary(path) for path in tmp_path.iterdir())
    tidy.cache_clear()
    write_file(tmp_path / "next", "next")
    assert names(tmp_path) == ["file", *(["folder"] if what == "folder" else []), "next"]
    assert (tmp_path / "file").read_text(encoding="utf-8") == "old"
    assert what == "file" or names(tmp_path / "folder") == ["new"]


def test_what_a_process_that_runs_is_writing_is_left_alone(tmp_path):
    with writing(tmp_path / "one") as partial:
        partial.write_text("one", encoding="utf-8")
        tidy.cache_clear()
        write_file(tmp_path / "two", "two")
        assert partial.exists()
    assert names(tmp_path) == ["one", "two"]


def test_what_a_process_of_the_same_number_left_is_cleaned_up(tmp_path):
    """As in a container: killed, started again, and numbered as before."""
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for target, ending in (("file", atomic.PARTIAL), ("gone", OLD)):
        left = temporary_name(tmp_path / target, ending)
        left.write_text("left", encoding="utf-8")
        atomic.OWNERS.discard(atomic.OWNED.match(left.name)["owner"])
    ours = temporary_name(tmp_path / "ours")
    ours.write_text("being written", encoding="utf-8")
    tidy.cache_clear()
    tidy(tmp_path)
    assert names(tmp_path) == [ours.name, "file", "gone"]
    assert (tmp_path / "gone").read_text(encoding="utf-8") == "left"
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_a_scratch_folder_goes_also_where_the_disk_fails_once(monkeypatch):
    real, faults = os.rmdir, [OSError(errno.EIO, "Input/output error")]

    def rmdir(path, **given):
        if faults:
            raise faults.pop()
        return real(path, **given)

    with scratch_folder() as folder:
        monkeypatch.setattr(os, "rmdir", rmdir)
    assert faults == []
    assert not folder.exists()


def test_a_scratch_folder_is_the_users_own_and_goes_with_its_block():
    made = []

    def half():
        with scratch_folder() as folder:
            made.append(folder)
            (folder / "work").write_text("work", encoding="utf-8")
            assert sys.platform == "win32" or folder.stat().st_mode & 0o777 == 0o700
            raise RuntimeError("planted")

    with pytest.raises(RuntimeError, match="planted"):
        half()
    assert not made[0].exists()
