"""The one writer of files and folders.

A reader finds the old content or the new one, whole, never a part. Everything is written under a temporary name of the
writer's own next to the target, flushed to the disk, and renamed. Only regular files and plain folders are replaced: a
link, a pipe or a device stays what it is. What a killed process left behind is cleaned up, or put back, by the next
that writes there.
"""

import os
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from errno import EEXIST, ENOTEMPTY
from functools import cache
from pathlib import Path

from mixedmig_model.storage.kinds import TargetError, kind_of, require_kind
from mixedmig_model.storage.system import flush_file, flush_folder, host, is_running, locked, process

PARTIAL, OLD = ".partial", ".old"
"""Endings of temporary names.

They are for what is being written, and what is being replaced.
"""
SCRATCH = "mixedmig"
"""First word of folders for work.

They lie in the system's temporary folder.
"""
OWNED = re.compile(
    r"^\.?(?P<name>.+)\.(?P<owner>(?P<host>[0-9a-f]{8})-(?P<process>\d+)-[0-9a-f]{8})(?P<ending>\.partial|\.old|)$"
)
"""Pattern of a temporary name.

It has what it is for, the computer and process that made it, and eight random digits.
"""
OWNERS: set[str] = set()
"""What this process made.

In a container that is started again its number is that of the process that was killed.
"""
STALE = 24 * 3600.0
"""Seconds after which another computer's files are stale.

They lie in a shared folder, and then count as left behind.
"""
OPEN_ELSEWHERE = "another program has this file open, or you may not replace it; close it and try again"
FOLDER_OPEN_ELSEWHERE = (
    "another program has this folder or a file in it open, or you may not replace it; close it and try again"
)


def temporary_name(target: Path, ending: str = PARTIAL) -> Path:
    """Return a hidden name next to ``target``.

    No other writer has it: it has computer, process and eight random digits.
    """
    return target.with_name(f".{target.name}.{_owner()}{ending}")


def _owner() -> str:
    owner = f"{host()}-{process()}-{secrets.token_hex(4)}"
    OWNERS.add(owner)
    return owner


def try_file(target: Path) -> None:
    """Try to write a file and leave all as it was.

    An existing file is opened; a new one is made next to it and removed. Raises OSError.
    """
    if kind_of(target):
        with target.open("rb+"):
            pass
    made = [folder for folder in (target.parent, *target.parent.parents) if not folder.exists()]
    probe = temporary_name(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with probe.open("xb"):
            pass
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
            for folder in made:
                folder.rmdir()


def write_file(file: Path, content: bytes | str) -> None:
    """Write a file whole.

    ``file``: The file. ``content``: Bytes, or text that becomes UTF-8. Raises OSError where the file cannot be written.
    Raises TargetError where nothing may be written.
    """
    with writing(file) as partial:
        partial.write_bytes(content.encode() if isinstance(content, str) else content)


def write_together(contents: Mapping[Path, bytes | str]) -> None:
    """Write several files, or none where anything fails.

    ``contents``: Content by file, as for ``write_file``. Raises OSError where a file cannot be written. Raises
    TargetError where nothing may be written.
    """
    with writing_together(*contents) as partials:
        for partial, content in zip(partials, contents.values(), strict=True):
            partial.write_bytes(content.encode() if isinstance(content, str) else content)


@contextmanager
def writing(file: Path) -> Iterator[Path]:
    """Yield a temporary path to write to.

    It becomes ``file`` when the block ends, and is removed where the block fails. Raises OSError, TargetError.
    """
    with writing_together(file) as (partial,):
        yield partial


@contextmanager
def writing_together(*files: Path) -> Iterator[tuple[Path, ...]]:
    """Yield temporary paths to write to.

    When the block ends all become ``files``, and where anything fails none does. Raises OSError, TargetError.
    """
    for file in files:
        require_kind(file, "a file", "a new file, or one to replace")
        file.parent.mkdir(parents=True, exist_ok=True)
        tidy(file.parent)
    partials = tuple(temporary_name(file) for file in files)
    olds = tuple(temporary_name(file, OLD) for file in files)
    try:
        yield partials
        for partial in partials:
            flush_file(partial)
        if len(files) == 1:
            _replace(partials[0], files[0])
        else:
            with locked(files[0].parent):
                _replace_all(partials, files, olds)
        for folder in {file.parent for file in files}:
            flush_folder(folder)
    finally:
        for path in (*partials, *olds):
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _replace(partial: Path, file: Path) -> None:
    """Rename over a file.

    On Windows a file that another program has open cannot be replaced: that is said.
    """
    try:
        partial.replace(file)
    except PermissionError:
        if not file.exists():
            raise
        raise TargetError(f"{file}: {OPEN_ELSEWHERE}") from None


def _replace_all(partials: Sequence[Path], files: Sequence[Path], olds: Sequence[Path]) -> None:
    """Rename over several files.

    Where one cannot be replaced those before it get their old content back.
    """
    for file, old in zip(files, olds, strict=True):
        if file.exists():
            _second_name(file, old)
    try:
        for partial, file in zip(partials, files, strict=True):
            _replace(partial, file)
    except BaseException:
        for partial, file, old in zip(partials, files, olds, strict=True):
            if partial.exists():  # its file was not replaced
                continue
            if old.exists():
                old.replace(file)
            else:
                file.unlink(missing_ok=True)
        raise


def _second_name(file: Path, name: Path) -> None:
    """Give the content of a file a second name.

    It is a hard link, or a copy where the file system has none.
    """
    try:
        os.link(file, name)
    except OSError:
        shutil.copy2(file, name)


@contextmanager
def whole_folder(target: Path, keep: Callable[[], bool] = lambda: False) -> Iterator[Path]:
    """Yield a temporary folder to fill.

    It replaces ``target`` when the block ends, and is removed if that fails. ``target``: The folder. ``keep``: Called
    when all is written: whether what stands at ``target`` stays, because somebody else was first. Returns the temporary
    folder. Raises OSError where the folder cannot be written. Raises TargetError where nothing may be written.
    """
    require_kind(target, "a folder", "a new folder, or one to replace")
    target.parent.mkdir(parents=True, exist_ok=True)
    tidy(target.parent)
    partial, old = temporary_name(target), temporary_name(target, OLD)
    partial.mkdir()
    try:
        yield partial
        with locked(target.parent):
            if not keep():
                _put_in_place(partial, target, old, keep)
        flush_folder(target.parent)
    finally:
        _delete(partial)
        _delete(old)


def _put_in_place(partial: Path, target: Path, old: Path, keep: Callable[[], bool]) -> None:
    """Move the old folder out and the new one in.

    Where the second fails the old one comes back.
    """
    try:
        with suppress(FileNotFoundError):
            target.rename(old)
        partial.rename(target)
    except BaseException as error:
        if isinstance(error, OSError) and keep():
            return
        if old.exists() and not target.exists():
            old.rename(target)
        if isinstance(error, PermissionError) and target.exists():
            raise TargetError(f"{target}: {FOLDER_OPEN_ELSEWHERE}") from None
        raise


@contextmanager
def new_folder(target: Path, last: str) -> Iterator[Path]:
    """Yield a temporary folder that becomes a new folder.

    When the block ends it becomes ``target``, which must be missing or empty. An empty folder that is there stays the
    folder it is (somebody may stand in it). It gets what was written, the entry ``last`` after all others. Raises
    FileExistsError where something is there by then; OSError, TargetError.
    """
    require_kind(target, "a folder", "a new folder, or one to fill")
    is_there = target.is_dir()
    home = target if is_there else target.parent
    home.mkdir(parents=True, exist_ok=True)
    tidy(home)
    partial = temporary_name(home / "new" if is_there else target)
    partial.mkdir()
    try:
        yield partial
        if is_there:
            _move_in(partial, target, last)
        elif kind_of(target):
            raise FileExistsError(target)
        else:
            _rename_new(partial, target)
        flush_folder(home)
    finally:
        _delete(partial)


def _move_in(partial: Path, target: Path, last: str) -> None:
    """Move what was written into a folder.

    Where that fails it is moved out again. Raises FileExistsError, OSError.
    """
    paths = sorted(partial.iterdir(), key=lambda one: (one.name == last, _is_empty(one), one.name))
    try:
        for path in paths:
            if kind_of(target / path.name):
                raise FileExistsError(target / path.name)
            _rename_new(path, target / path.name)
    except BaseException:
        for path in paths:
            if not path.exists():  # it was moved
                (target / path.name).rename(path)
        raise


def _is_empty(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())


def _rename_new(path: Path, target: Path) -> None:
    """Rename where nothing may be.

    Raises FileExistsError where a folder that holds something is there by then.
    """
    try:
        path.rename(target)
    except OSError as error:
        if error.errno in (EEXIST, ENOTEMPTY):
            raise FileExistsError(target) from None
        raise


def is_temporary(path: Path) -> bool:
    """Return whether a name is temporary.

    This writer gives such names to what is not finished.
    """
    return path.name.startswith(".") and bool(OWNED.match(path.name))


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Yield a folder for work.

    It lies in the system's temporary folder, and goes when the block ends, or with the next one made.
    """
    home = Path(tempfile.gettempdir())
    tidy(home)
    folder = home / f"{SCRATCH}.{_owner()}"
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        _delete(folder)


def _delete(folder: Path) -> None:
    """Delete a folder with all in it.

    What one fault of the disk leaves goes with a second try. Perhaps nothing is made there again that would clean up.
    """
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def tidy_scratch() -> None:
    """Remove folders for work whose processes are gone.

    Workers that were ended leave such folders.
    """
    _tidy(Path(tempfile.gettempdir()))


@cache
def tidy(folder: Path) -> None:
    """Clean up in a folder after processes that are gone.

    It is done once in this process. Old content comes back where its successor never came, and what was not finished
    goes.
    """
    _tidy(folder)


def _tidy(folder: Path) -> None:
    with suppress(OSError):
        left = [(path, owned) for path in folder.iterdir() if (owned := OWNED.match(path.name))]
        for path, owned in sorted(left, key=lambda one: one[1]["ending"] != OLD):
            if _is_left_behind(path, owned):
                _clean_up(path, owned, folder)


def _is_left_behind(path: Path, owned: re.Match[str]) -> bool:
    """Return whether the owner of a temporary name is gone.

    It is the process that made the name.
    """
    if not path.name.startswith(".") and owned["name"] != SCRATCH:
        return False
    if owned["host"] == host():
        number = int(owned["process"])
        return owned["owner"] not in OWNERS if number == process() else not is_running(number)
    with suppress(OSError):
        return time.time() - path.lstat().st_mtime > STALE
    return False


def _clean_up(path: Path, owned: re.Match[str], folder: Path) -> None:
    """Put back what was being replaced, or delete it.

    It is put back where nothing replaced it.
    """
    with suppress(OSError):
        if owned["ending"] == OLD and not kind_of(folder / owned["name"]):
            path.rename(folder / owned["name"])
        elif path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
