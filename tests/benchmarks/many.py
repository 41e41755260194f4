"""Many draws, and reports, as people get them; each in a process of its own: ``many.py NAME WORDS`` prints JSON."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

if str(Path(__file__).resolve().parents[2]) not in sys.path:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from mixedmig_model.api import runs as door
from mixedmig_model.api import studies
from tests.benchmarks.case import bar_case
from tests.benchmarks.measuring import ROOT, PeakOfAll, Shares

LINE = re.compile(r"^(?P<phase>[^:]+): (?P<done>\d+) of (?P<whole>\d+)")
AFTER = "after the last progress"
CASE = "andaman_sea_2015"


def draws(number, years=3, workers=2):
    """An ensemble with indicators and costs of every draw; the clock covers all of it, the start of workers too."""
    inputs = bar_case(1, int(years))
    assert inputs.costs is not None
    door.run(door.resolve(inputs))  # the kernel is there before the clock starts
    with tempfile.TemporaryDirectory() as folder, PeakOfAll() as peak:
        start = time.perf_counter()
        made = studies.ensemble(inputs, Path(folder) / "draws", draws=int(number), workers=int(workers))
        seconds = time.perf_counter() - start
        assert made.draws == int(number)
        size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
    return {"wall": seconds, "draws": int(number), "memory": peak.peak, "disk": size / 1024**2}


def draw_shares(number):
    """Where the time of draws goes, in one process."""
    inputs = bar_case()
    door.run(door.resolve(inputs))
    with tempfile.TemporaryDirectory() as folder, Shares() as shares:
        start = time.process_time()
        studies.ensemble(inputs, Path(folder) / "draws", draws=int(number), workers=1)
        seconds = time.process_time() - start
    return {"cpu": seconds, "draws": int(number), "shares": shares.largest(12)}


def read_phases(lines):
    """Seconds of each phase of a report, from its lines of progress; the first has the start too.

    Args: lines, pairs of seconds and text.
    """
    found, last = {}, 0.0
    for now, text in lines:
        line = LINE.match(text)
        if line is None:
            continue
        phase = line["phase"].strip()
        found[phase] = found.get(phase, 0.0) + now - last
        last = now
    return found, last


def one_report(command, folder, environment):
    """Run a report in a process; its seconds, phases and memory."""
    with PeakOfAll() as peak:
        start, lines = time.perf_counter(), []
        with subprocess.Popen([*command, "report", CASE], cwd=folder, env=environment, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, encoding="utf-8") as process:
            for text in process.stdout:
                lines.append((time.perf_counter() - start, text))
        seconds = time.perf_counter() - start
    if process.returncode:
        raise RuntimeError(f"the report failed: {lines[-1][1].strip() if lines else process.returncode}")
    phases, last = read_phases(lines)
    return {"wall": seconds, "phases": phases | {AFTER: seconds - last}, "memory": peak.peak}


def reports():
    """A report of the shipped case with 100 draws: with nothing kept, and again with nothing changed."""
    with tempfile.TemporaryDirectory() as folder:
        kept = {"MIXEDMIG_CACHE": str(Path(folder) / "cache"), "PYTHONPATH": str(ROOT), "MPLBACKEND": "agg"}
        environment = {name: text for name, text in os.environ.items() if name != "MIXEDMIG_RUNS"} | kept
        command, plan = [sys.executable, "-m", "mixedmig_model.cli"], Path(folder) / "plan"
        subprocess.run([*command, "init", str(plan)], check=True, env=environment, capture_output=True)
        return {name: one_report(command, plan, environment) for name in ("cold", "again")}


WAYS = {f.__name__: f for f in (draws, draw_shares, reports)}

if __name__ == "__main__":
    print(json.dumps(WAYS[sys.argv[1]](*sys.argv[2:])))
