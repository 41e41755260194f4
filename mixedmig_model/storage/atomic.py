"""The one writer of files and folders: a reader finds the old content or the new one, whole, never a part.

Everything is written under a temporary name of the writer's own beside the target, flushed to the disk, and renamed.
Only regular files and plain folders are replaced: a link, a pipe or a device stays what it is. What a killed process
left behind is cleaned up, or put back, by the next that writes there.
"""

import re
import secrets
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from mixedmig_model.storage.system import flush_file, flush_folder, host, is_running, process

PARTIAL, OLD = ".partial", ".old"
"""Endings of temporary names: what is being written, and what is being replaced."""
SCRATCH = "mixedmig"
"""First word of folders for work in the system's temporary folder."""
OWNED = re.compile(r"^\.?(?P<name>.+)\.(?P<host>[0-9a-f]{8})-(?P<process>\d+)-[0-9a-f]{8}(?P<ending>\.partial|\.old|)$")
"""A temporary name: what it is for, the computer and process that made it, and eight random digits."""
STALE = 24 * 3600.0
"""Seconds after which what another computer left in a shared folder counts as left behind."""
KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISLNK, "a link"), (stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a device"), (stat.S_ISCHR, "a device"), (stat.S_ISREG, "a file"),
)


class TargetError(ValueError):
    """A file or folder cannot be written there; the message says why and what is allowed."""


def temporary_name(target: Path, ending: str = PARTIAL) -> Path:
    """A hidden name beside ``target`` that no other writer has: computer, process and eight random digits."""
    return target.with_name(f".{target.name}.{_owner()}{ending}")


def _owner() -> str:
    return f"{host()}-{process()}-{secrets.token_hex(4)}"


def kind_of(path: Path) -> str:
    """What stands at a path, in words; empty where nothing does. Links are not followed."""
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return ""
    return next((words for test, words in KINDS if test(mode)), "no file")


def check_file_target(file: Path) -> None:
    """Try whether a file can be written, before anything is worked out. Raises TargetError.

    Missing folders above it are made, and removed again where that is all that was done.
    """
    _check_kind(file, "a file", "a new file, or one to replace")
    _try(file)


def check_folder_target(folder: Path) -> None:
    """Try whether a folder can be made or filled, before anything is worked out. Raises TargetError."""
    _check_kind(folder, "a folder", "a new folder, or one that is there")
    _try(folder / "x" if folder.is_dir() else folder)


def _check_kind(target: Path, wanted: str, allowed: str) -> None:
    found = kind_of(target)
    if found not in ("", wanted):
        raise TargetError(f"{target}: this is {found}; allowed: {allowed}")


def _try(target: Path) -> None:
    """Make a temporary file where ``target`` will be, and remove it."""
    made = [folder for folder in (target.parent, *target.parent.parents) if not folder.exists()]
    probe = temporary_name(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with probe.open("xb"):
            pass
    except OSError as error:
        raise TargetError(f"{target}: it cannot be written: {error.strerror or error}; allowed: a folder that "
                          "you may write to") from None
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
            for folder in made:
                folder.rmdir()


def write_file(file: Path, content: bytes | str) -> None:
    """Write a file whole. Args: content, bytes, or text that becomes UTF-8. Raises OSError, TargetError."""
    with writing(file) as partial:
        partial.write_bytes(content.encode() if isinstance(content, str) else content)


@contextmanager
def writing(file: Path) -> Iterator[Path]:
    """A temporary path to write to; it becomes ``file`` when the block ends, and is removed where the block fails.

    Raises OSError, TargetError.
    """
    _check_kind(file, "a file", "a new file, or one to replace")
    file.parent.mkdir(parents=True, exist_ok=True)
    tidy(file.parent)
    partial = temporary_name(file)
    try:
        yield partial
        flush_file(partial)
        _replace(partial, file)
        flush_folder(file.parent)
    finally:
        partial.unlink(missing_ok=True)


def _replace(partial: Path, file: Path) -> None:
    """Rename over a file. On Windows a file that another program has open cannot be replaced: that is said."""
    try:
        partial.replace(file)
    except PermissionError:
        if not file.exists():
            raise
        raise TargetError(f"{file}: another program has this file open, or it may not be replaced; close it there and "
                          "try again") from None


@contextmanager
def whole_folder(target: Path, keep: Callable[[], bool] = lambda: False) -> Iterator[Path]:
    """A temporary folder to fill; it takes the place of ``target`` when the block ends, and is removed if that fails.

    Args: keep, asked when all is written: whether what stands at ``target`` stays (somebody else was first).
    Raises OSError, TargetError.
    """
    _check_kind(target, "a folder", "a new folder, or one to replace")
    target.parent.mkdir(parents=True, exist_ok=True)
    tidy(target.parent)
    partial, old = temporary_name(target), temporary_name(target, OLD)
    partial.mkdir()
    try:
        yield partial
        if not keep():
            _put_in_place(partial, target, old, keep)
            flush_folder(target.parent)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _put_in_place(partial: Path, target: Path, old: Path, keep: Callable[[], bool]) -> None:
    """Move the old folder aside and the new one in; where the second fails the old one comes back."""
    with suppress(FileNotFoundError):
        target.rename(old)
    try:
        partial.rename(target)
    except OSError:
        if keep():
            return
        if old.exists() and not target.exists():
            old.rename(target)
        raise


def is_temporary(path: Path) -> bool:
    """Whether a name is one that this writer gives to what is not finished."""
    return path.name.startswith(".") and bool(OWNED.match(path.name))


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder for work, in the system's temporary folder; it goes when the block ends, or with the next one made."""
    home = Path(tempfile.gettempdir())
    tidy(home)
    folder = home / f"{SCRATCH}.{_owner()}"
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@cache
def tidy(folder: Path) -> None:
    """Clean up in a folder after processes that are gone, once in this process: old content comes back where its
    successor never came, and what was not finished goes.
    """
    with suppress(OSError):
        left = [(path, owned) for path in folder.iterdir() if (owned := OWNED.match(path.name))]
        for path, owned in sorted(left, key=lambda one: one[1]["ending"] != OLD):
            if _is_left_behind(path, owned):
                _clean_up(path, owned, folder)


def _is_left_behind(path: Path, owned: re.Match[str]) -> bool:
    """Whether the process that made a temporary name is gone."""
    if not path.name.startswith(".") and owned["name"] != SCRATCH:
        return False
    if owned["host"] == host():
        return not is_running(int(owned["process"]))
    with suppress(OSError):
        return time.time() - path.lstat().st_mtime > STALE
    return False


def _clean_up(path: Path, owned: re.Match[str], folder: Path) -> None:
    """Put back what was being replaced, where nothing took its place; else delete."""
    with suppress(OSError):
        if owned["ending"] == OLD and not kind_of(folder / owned["name"]):
            path.rename(folder / owned["name"])
        elif path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
