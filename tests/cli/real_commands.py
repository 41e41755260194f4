"""Commands as people start them, in processes of their own, and what such a process leaves behind."""

import os
import subprocess
import sys
import time
import uuid
from pathlib import Path

from mixedmig_model.storage.atomic import OWNED

PATIENCE = 10.0
"""Seconds in which all processes of a command must be gone after it."""
MARK = "MIXEDMIG_TEST_MARK"


class Started:
    """A command that was started, with marks by which all its processes are found. Args: home, for what it keeps."""

    def __init__(self, home, *words):
        self.mark = uuid.uuid4().hex
        (home / "tmp").mkdir(exist_ok=True)
        self.said = home / f"said_{self.mark}"
        kept = {"MIXEDMIG_CACHE": str(home / "cache"), "MIXEDMIG_RUNS": str(home / "runs"), "TMPDIR": str(home / "tmp")}
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "mixedmig_model.cli", *map(str, words)], stdin=subprocess.DEVNULL, stdout=said,
                stderr=said, start_new_session=True, env={**os.environ, **kept, MARK: self.mark})

    @property
    def words(self):
        return self.said.read_text(encoding="utf-8")

    def processes(self):
        """Numbers of all processes of the command that are alive, kernels and workers included."""
        found = []
        for folder in Path("/proc").iterdir():
            try:
                if folder.name.isdigit() and f"{MARK}={self.mark}".encode() in (folder / "environ").read_bytes():
                    found.append(int(folder.name))
            except OSError:
                continue
        return [number for number in found if is_alive(number)]

    def wait_until(self, true, longest=120.0):
        """Wait until something is true while the command runs; False where it ended before."""
        end = time.monotonic() + longest
        while not true():
            if self.process.poll() is not None:
                return False
            assert time.monotonic() < end, self.words
            time.sleep(0.01)
        return True

    def gone(self):
        """Whether all its processes are gone, after some patience: those that are not."""
        end = time.monotonic() + PATIENCE
        while (left := self.processes()) and time.monotonic() < end:
            time.sleep(0.05)
        return left


def is_alive(number):
    """Whether a process is more than an entry that nobody asked for yet."""
    try:
        return Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def left_over(*folders):
    """Temporary files and folders below some folders."""
    return sorted(str(path) for folder in folders for path in folder.rglob("*") if OWNED.match(path.name))
