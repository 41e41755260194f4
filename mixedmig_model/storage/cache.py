"""What is kept between calls.

It has the folder for it, and runs and pages that did not change and so are not made again. They lie in the user's own
cache folder and never in a workspace: one that comes from somebody else must not bring results with it.
``MIXEDMIG_RUNS`` names another folder, or ``off`` for none.

A run is found by a digest of all files it was read from, of all its numbers, of its options, and of the program. Its
record holds a digest of all of it. You can delete the folder; runs are then solved again.
"""

import json
import logging
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import platformdirs

from mixedmig_model.storage.atomic import tidy, write_file
from mixedmig_model.storage.digests import code_digest, sha256
from mixedmig_model.storage.kinds import TargetError, kind_of
from mixedmig_model.storage.system import process

LOG = logging.getLogger(__name__)

VARIABLE, OFF = "MIXEDMIG_RUNS", "off"
SCHEMA = 2
MOST_BYTES = 500_000_000
"""Room for kept runs and pages.

A main run takes 10 to 35 MB, another some kilobytes; those not used for longest go first.
"""
ROOM = 2_000_000_000
"""Free bytes that the disk must have for runs to be kept.

Results themselves go first.
"""
NOWHERE = Path(os.devnull)
"""A path below which there is never anything."""
MOST_ERRORS = 20
"""Unexpected errors of which the details are kept."""
STALE = 24 * 3600.0
"""Seconds after which a file without its record is stale.

A process that was killed left it behind.
"""


class KeptKind(NamedTuple):
    """What is kept.

    It has the ending of its file, and words for a damaged one.
    """

    ending: str
    damaged: str


RUN = KeptKind(".nc", "A cached run is damaged or was changed, and is solved again: %s")
PAGES = KeptKind(".zip", "Cached pages are damaged or were changed, and are made again: %s")


def cache_folder(name: str) -> Path:
    """Return a folder of what is kept between calls.

    It lies where ``MIXEDMIG_CACHE`` says, else in the user's cache. A user without a home folder has none. Nothing is
    kept then, neither next to their work, in a folder named ``~``, nor in the system's temporary folder. Anybody could
    leave a kernel there for them to run.
    """
    return Path(os.environ.get("MIXEDMIG_CACHE") or _user_cache()) / name


def _user_cache() -> Path:
    """Return the user's own cache.

    It is ``NOWHERE`` without a home folder, of which platformdirs says so or leaves a ``~``.
    """
    try:
        folder = platformdirs.user_cache_path("mixedmig")
    except RuntimeError:
        return NOWHERE
    return folder if folder.is_absolute() else NOWHERE


def keep_error(text: str) -> Path | None:
    """Keep what a maintainer needs of an unexpected error.

    The last few of them are kept; None where it cannot be kept.
    """
    folder = cache_folder("errors")
    file = folder / f"{time.strftime('%Y-%m-%d_%H-%M-%S')}_{process()}.txt"
    try:
        write_file(file, text)
    except (OSError, TargetError):
        return None
    _delete(sorted(folder.glob("*.txt"))[:-MOST_ERRORS])
    return file


def runs_folder() -> Path | None:
    """Return where runs are kept, or None where none are."""
    named = os.environ.get(VARIABLE, "")
    if named.lower() == OFF:
        return None
    return Path(named) if named else cache_folder("runs")


@contextmanager
def solved_again() -> Iterator[None]:
    """Solve every run anew within the block.

    This holds in worker processes too, for any runs that were kept.
    """
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = OFF
    try:
        yield
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before


def key_of(files: str, numbers: str, asked: Sequence[Any]) -> str:
    """Return the name of a run.

    Parameters
    ----------
    files : str
        Digest of what it was read from.
    numbers : str
        Digest of its numbers.
    asked : Sequence[Any]
        All the rest.

    Returns
    -------
    str
        The name.
    """
    return sha256(json.dumps([SCHEMA, code_digest(), files, numbers, list(asked)]))


def find(key: str, file: Path | None, kind: KeptKind = RUN) -> dict[str, Any] | None:
    """Return what was kept of a run or of pages, or None.

    The netCDF or the pages are copied to ``file`` where they are wanted. A record or file that is not whole, or that
    somebody changed, counts as none, which is reported in one line. Raises OSError where ``file`` cannot be written.
    """
    folder = runs_folder()
    if folder is None or not kind_of_kept(folder / f"{key}.json"):
        return None
    try:
        record = _read(folder / f"{key}.json", key)
        content = _whole(folder / f"{key}{kind.ending}", record["netcdf"]) if file else b""
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        LOG.warning(kind.damaged, folder / f"{key}.json")
        return None
    if file:
        write_file(file, content)
    with suppress(OSError):
        os.utime(folder / f"{key}.json")
    return dict(record["kept"])


def any_kept() -> bool:
    """Return whether anything is kept."""
    folder = runs_folder()
    return folder is not None and next(folder.glob("*.json"), None) is not None


def kind_of_kept(file: Path) -> str:
    """Return what stands where a record would be.

    It is empty where nothing does, or where it cannot be reached.
    """
    try:
        return kind_of(file)
    except OSError:
        return ""


def _read(file: Path, key: str) -> dict[str, Any]:
    """Return a record as it was kept under ``key``.

    Raises OSError, KeyError, TypeError, and ValueError where it changed.
    """
    record = dict(json.loads(_regular(file)))
    if record.pop("digest") != _digest(key, record):
        raise ValueError("the record was changed")
    if not isinstance(record["kept"], dict):
        raise TypeError("the record holds no run")
    return record


def _whole(file: Path, digest: str) -> bytes:
    """Return a file of which the digest is known.

    Raises OSError, ValueError.
    """
    content = _regular(file)
    if sha256(content) != digest:
        raise ValueError("the file was changed")
    return content


def _regular(file: Path) -> bytes:
    """Return the content of a regular file.

    A pipe would never end. Raises OSError, ValueError.
    """
    if kind_of(file) != "a file":
        raise ValueError("this is no file")
    return file.read_bytes()


def _digest(key: str, record: dict[str, Any]) -> str:
    """Return a digest of a whole record and of its key."""
    return sha256(json.dumps([key, record], sort_keys=True))


def keep(key: str, kept: dict[str, Any], file: Path | None, kind: KeptKind = RUN) -> None:
    """Keep a run, or pages.

    It is plain data, and a netCDF or the pages where there are any. Where it cannot be kept, only time is lost.
    """
    folder = runs_folder()
    if folder is None:
        return
    with suppress(OSError, TargetError):
        folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(folder).free < ROOM:
            return
        digest = ""
        if file:
            content = file.read_bytes()
            digest = sha256(content)
            write_file(folder / f"{key}{kind.ending}", content)
        record = json.loads(json.dumps({"netcdf": digest, "kept": kept}))
        write_file(folder / f"{key}.json", json.dumps({"digest": _digest(key, record), **record}))


def prune(most: int = MOST_BYTES) -> None:
    """Delete the runs not used for longest.

    ``most`` bytes are left; what killed processes left behind goes too.
    """
    folder = runs_folder()
    with suppress(OSError):
        if folder is not None and folder.is_dir():
            _prune(folder, most)


def _prune(folder: Path, most: int) -> None:
    tidy(folder)
    found = []
    for record in folder.glob("*.json"):
        with suppress(OSError):
            endings = (record.suffix, RUN.ending, PAGES.ending)
            files = [path for ending in endings if (path := record.with_suffix(ending)).exists()]
            found.append((record.stat().st_mtime, sum(path.stat().st_size for path in files), files))
    held = 0
    for _, size, files in sorted(found, key=lambda one: -one[0]):
        held += size
        if held > most:
            _delete(files)
    whole = {path for _, _, files in found for path in files}
    for path in folder.iterdir():
        with suppress(OSError):
            if path not in whole and time.time() - path.lstat().st_mtime > STALE:
                _delete([path])


def _delete(files: Sequence[Path]) -> None:
    for path in files:
        with suppress(OSError):  # Windows keeps a file that another process has open: next time
            path.unlink(missing_ok=True)
