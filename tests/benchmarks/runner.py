"""Run measurements one after the other, each in a process of its own; keep each as it comes, and go on where it ended.

A measurement that fails says so in its result and stops no other.
"""

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.measuring import ROOT
from tests.benchmarks.plan import Measurement, too_long

FRESH = 12 * 3600.0
"""Seconds after which what an interrupted bench measured is measured again."""
LONGEST = 1800.0
"""Seconds after which a measurement is given up."""
Found = dict[str, dict]
Measure = Callable[[Measurement], dict]


def digest_of_code() -> str:
    """What is measured: another state of the code starts anew. The page and tests may change meanwhile."""
    made, aside = hashlib.sha256(), ("page.py", "aims.py", "bench.py", "runner.py")
    for folder in ("mixedmig_model", "parameters", "tests/benchmarks"):
        for path in sorted((ROOT / folder).rglob("*")):
            counts = path.suffix in (".py", ".yaml", ".csv", ".c") and not path.name.startswith("test_")
            if counts and not (folder == "tests/benchmarks" and path.name in aside):
                made.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return made.hexdigest()


def apart(measurement: Measurement) -> dict:
    """Measure in a process of its own; ``words`` say why there is nothing."""
    command = [sys.executable, str(Path(__file__).with_name(measurement.script)), *measurement.words]
    paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": "1"}
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, env=environment,
                              timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        return {"words": f"given up after {LONGEST:.0f} s"}
    if done.returncode:
        return {"words": "failed: " + (done.stderr.strip().splitlines() or ["no message"])[-1]}
    try:
        return json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        return {"words": "failed: it said nothing that can be read"}


class Kept:
    """What was measured so far, in a file that outlives an interruption."""

    def __init__(self, file: Path, code: str, again: bool = False) -> None:
        self.file, self.code = file, code
        self.found: Found = {} if again else self._read()

    def _read(self) -> Found:
        try:
            kept = json.loads(self.file.read_text(encoding="utf-8"))
            fresh = kept["code"] == self.code and time.time() - kept["at"] < FRESH
            return dict(kept["found"]) if fresh else {}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def add(self, name: str, result: dict) -> None:
        """Keep one more result; a failure is not kept, so that it is tried again."""
        self.found[name] = result
        whole = {key: one for key, one in self.found.items() if "words" not in one}
        self._write({"code": self.code, "at": time.time(), "found": whole})

    def _write(self, record: dict) -> None:
        scratch, text = self.file.with_suffix(".part"), json.dumps(record)
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            scratch.write_text(text, encoding="utf-8")
            scratch.replace(self.file)
        except OSError:
            return  # without a folder for it, an interrupted bench starts anew

    def done(self, about: list[str]) -> None:
        """Forget it, so that the next bench starts anew; keep it as the latest, with lines about the machine."""
        latest = Latest(about, self.found)
        self.file.unlink(missing_ok=True)
        self.file = self.file.with_stem(self.file.stem + "-latest")
        self._write(latest._asdict())


class Latest(NamedTuple):
    """What the latest whole bench measured, with lines about the machine."""

    about: list[str]
    found: Found


def read_latest(file: Path) -> Latest | None:
    """What the latest whole bench measured; None where there is none. Args: file, that of an interrupted bench."""
    try:
        kept = json.loads(file.with_stem(file.stem + "-latest").read_text(encoding="utf-8"))
        return Latest(list(kept["about"]), dict(kept["found"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def time_left(seconds: float) -> str:
    """In words how long the rest takes."""
    minutes = round(seconds / 60)
    return f"about {minutes} minutes left" if minutes > 1 else f"about {max(1, round(seconds)):.0f} seconds left"


def run_all(measurements: Sequence[Measurement], kept: Kept, say: Callable[[str], object], *,
            measure: Measure = apart, everything: bool = False, clock: Callable[[], float] = time.monotonic) -> Found:
    """Measure all that is not kept yet; tell each with the time left, in proportion to how long others took."""
    waiting = [one for one in measurements if one.name not in kept.found]
    if len(waiting) < len(measurements):
        say(f"{len(measurements) - len(waiting)} of {len(measurements)} were measured before the interruption")
    start, planned = clock(), 0.0
    for k, one in enumerate(waiting, start=len(measurements) - len(waiting) + 1):
        slower = (clock() - start) / planned if planned else 1.0
        rest = sum(other.seconds for other in waiting) - planned
        say(f"[{k}/{len(measurements)}] {one.name} ({time_left(slower * rest)})")
        reason = too_long(one, kept.found, everything)
        result = {"words": reason} if reason else measure(one)
        if "words" in result:
            say(f"    {result['words']}")
        kept.add(one.name, result)
        planned += one.seconds
    return {one.name: kept.found[one.name] for one in measurements}
