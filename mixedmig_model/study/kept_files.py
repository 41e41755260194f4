"""Folders of files that are whole, or not there at all."""

import json
from collections.abc import Callable, Mapping, Sequence
from errno import ENOSPC
from pathlib import Path
from typing import TypeVar

from mixedmig_model.storage.atomic import whole_folder, write_file
from mixedmig_model.storage.digests import sha256
from mixedmig_model.storage.kinds import TargetError, kind_of

DIGESTS_FILE = "digests.json"
"""Digests of the other files of a folder, by name."""
DISK_FULL = "the disk is full"
T = TypeVar("T")


def twice(work: Callable[[], T]) -> T:
    """Do work, and once more where the disk fails.

    A fault that passes then costs time and no run. A full disk is not tried again. Raises what the last try raises.

    Parameters
    ----------
    work : Callable[[], T]
        The work.

    Returns
    -------
    T
        What it returns.
    """
    try:
        return work()
    except OSError as error:
        if error.errno == ENOSPC:
            raise
    return work()


def are_whole(folder: Path, names: Sequence[str]) -> bool:
    """Return whether a folder has some files as they were written.

    Parameters
    ----------
    folder : Path
        The folder.
    names : Sequence[str]
        Names of the files.

    Returns
    -------
    bool
        Whether each has its digest.
    """
    try:
        if any(kind_of(folder / name) != "a file" for name in (*names, DIGESTS_FILE)):
            return False
        known = json.loads((folder / DIGESTS_FILE).read_bytes())
        return bool(known == {name: sha256((folder / name).read_bytes()) for name in names})
    except (OSError, ValueError, RecursionError):
        return False


def store_files(target: Path, files: Mapping[str, bytes], names: Sequence[str], *, above: Path, what: str) -> str:
    """Put files into a folder, all or none.

    A whole folder that is there already is kept.

    Parameters
    ----------
    target : Path
        The folder.
    files : Mapping[str, bytes]
        Contents by name.
    names : Sequence[str]
        Names of files that have a digest.
    above : Path
        A folder above it, which messages name by its last part alone.
    what : str
        What messages call the files.

    Returns
    -------
    str
        Why that failed, in words, or nothing.
    """
    def once() -> None:
        with whole_folder(target, lambda: are_whole(target, names)) as unfinished:
            for name, content in files.items():
                write_file(unfinished / name, content)
            write_file(unfinished / DIGESTS_FILE, json.dumps({name: sha256(files[name]) for name in names}))

    try:
        twice(once)
    except TargetError as error:
        text = str(error).replace(str(above), above.name)  # the index must not name folders of this computer
        return f"{what} cannot be written: {text}"
    except OSError as error:
        return DISK_FULL if error.errno == ENOSPC else f"{what} cannot be written: {error.strerror}"
    return ""
