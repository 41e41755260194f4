"""Things that all processes of a test run need and only one makes."""

import os
import time
from collections.abc import Callable
from pathlib import Path

LONGEST_WAIT = 1800.0
"""Seconds after which a process that makes something is taken to be dead."""


def make_once(folder: Path, make: Callable[[Path], object], pause: float = 0.2, longest: float = LONGEST_WAIT) -> Path:
    """Return a folder that ``make`` has filled: in this process, or in another that came first.

    Args: make, is given an empty folder to fill. Raises what ``make`` raises; AssertionError where another process
    failed to make it, or took longer than ``longest`` seconds.
    """
    failed = folder.with_name(f"{folder.name}.failed")
    try:
        folder.with_name(f"{folder.name}.lock").mkdir(parents=True)
    except FileExistsError:
        end = time.monotonic() + longest
        while not (folder.exists() or failed.exists()) and time.monotonic() < end:
            time.sleep(pause)
        assert folder.exists(), f"{folder.name} could not be made in another process"
        return folder
    try:
        partial = folder.with_name(f"{folder.name}.partial")
        partial.mkdir()
        make(partial)
        partial.rename(folder)
    except BaseException:
        failed.touch()
        raise
    return folder


def run_folder(own: Path) -> Path:
    """Return the temporary folder of the whole test run. Args: own, that of this process."""
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
