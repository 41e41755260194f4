"""What is kept between calls: the folder for it, and runs that did not change and so are not solved again.

They lie in the user's own cache folder and never in a workspace: one that comes from somebody else must not bring
results with it. ``MIXEDMIG_RUNS`` names another folder, or ``off`` for none. A run is found by a digest of all files it
was read from, of all its numbers, of what was asked of it, and of the program; whoever deletes the folder only waits.
"""

import json
import os
import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import platformdirs

from mixedmig_model.storage.atomic import write_file
from mixedmig_model.storage.digests import code_digest, sha256

VARIABLE, OFF = "MIXEDMIG_RUNS", "off"
SCHEMA = 1
MOST_BYTES = 500_000_000
"""Room for kept runs (10 to 35 MB a main run, some kilobytes another); those not used for longest go first."""
ROOM = 2_000_000_000
"""Free bytes that the disk must have for runs to be kept: results themselves go first."""
STALE = 24 * 3600.0
"""Seconds after which a file without its record was left behind by a process that was killed."""


def cache_folder(name: str) -> Path:
    """The folder ``name`` of what is kept between calls: where ``MIXEDMIG_CACHE`` says, else in the user's cache."""
    return Path(os.environ.get("MIXEDMIG_CACHE") or platformdirs.user_cache_path("mixedmig")) / name


def runs_folder() -> Path | None:
    """Where runs are kept, or None where none are."""
    named = os.environ.get(VARIABLE, "")
    if named.lower() == OFF:
        return None
    return Path(named) if named else cache_folder("runs")


def key_of(files: str, numbers: str, asked: Sequence[Any]) -> str:
    """The name of a run. Args: files, digest of what it was read from; numbers, digest of it; asked, all the rest."""
    return sha256(json.dumps([SCHEMA, code_digest(), files, numbers, list(asked)]))


def find(key: str, file: Path | None) -> dict[str, Any] | None:
    """What was kept of a run, or None; its netCDF is copied to ``file`` where one is wanted.

    A record or file that is not whole counts as none. Raises OSError where ``file`` cannot be written.
    """
    folder = runs_folder()
    if folder is None:
        return None
    try:
        record = json.loads((folder / f"{key}.json").read_text(encoding="utf-8"))
        kept, digest = dict(record["kept"]), record["netcdf"]
        content = (folder / f"{key}.nc").read_bytes() if file else b""
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if file:
        if sha256(content) != digest:
            return None
        write_file(file, content)
    with suppress(OSError):
        os.utime(folder / f"{key}.json")
    return kept


def keep(key: str, kept: dict[str, Any], file: Path | None) -> None:
    """Keep a run: plain data, and its netCDF where there is one. Where it cannot be kept nothing is lost but time."""
    folder = runs_folder()
    if folder is None:
        return
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(folder).free < ROOM:
            return
        digest = ""
        if file:
            content = file.read_bytes()
            digest = sha256(content)
            write_file(folder / f"{key}.nc", content)
        write_file(folder / f"{key}.json", json.dumps({"netcdf": digest, "kept": kept}).encode())


def prune(most: int = MOST_BYTES) -> None:
    """Delete the runs not used for longest until ``most`` bytes are left, and what killed processes left behind."""
    folder = runs_folder()
    if folder is None or not folder.is_dir():
        return
    found = []
    for record in folder.glob("*.json"):
        with suppress(OSError):
            files = [path for path in (record, record.with_suffix(".nc")) if path.exists()]
            found.append((record.stat().st_mtime, sum(path.stat().st_size for path in files), files))
    held = 0
    for _, size, files in sorted(found, key=lambda one: -one[0]):
        held += size
        if held > most:
            _delete(files)
    whole = {path for _, _, files in found for path in files}
    for path in folder.iterdir():
        with suppress(OSError):
            if path not in whole and time.time() - path.stat().st_mtime > STALE:
                _delete([path])


def _delete(files: Sequence[Path]) -> None:
    for path in files:
        with suppress(OSError):  # Windows keeps a file that another process has open: next time
            path.unlink(missing_ok=True)
