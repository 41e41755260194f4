"""Ctrl-C and the signals that end programs: a word, an exit code, no traceback, no process and nothing half-written."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from real_commands import Started, left_over
from tiny_plan import CASE, GRID, contents, make_plan

from mixedmig_model.storage import cache

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals of POSIX, and /proc")
WORDS = {
    signal.SIGINT: "interrupted; nothing half-written was left behind",
    signal.SIGTERM: "stopped by SIGTERM; nothing half-written was left behind",
    signal.SIGHUP: "stopped by SIGHUP; nothing half-written was left behind",
}


# ---- while modules are loaded -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "at"), [
    (signal.SIGINT, "1,4,20,80,300,700"), (signal.SIGTERM, "2,40,500"), (signal.SIGHUP, "10,200")])
def test_a_command_that_has_only_just_begun_ends_with_a_word(tmp_path, number, at):
    script = Path(__file__).parent / "interrupted_imports.py"
    words = ("run", CASE, "--to", str(tmp_path / "run.nc"))
    done = subprocess.run([sys.executable, str(script), str(tmp_path), str(int(number)), at, *words],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert len(told) == len(at.split(","))
    for place, code, said in told:
        assert (code, said) == (128 + number, f"{WORDS[number]}\n"), place
    assert not (tmp_path / "run.nc").exists()


def test_before_signals_are_taken_only_what_takes_them_is_loaded():
    """Python itself takes some milliseconds to start, in which nobody can help; nothing of ours makes them longer."""
    loads = "import sys, contextlib, typing; before = set(sys.modules); import mixedmig_model.cli.__main__; " \
            "print(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", loads], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= {
        "mixedmig_model", "mixedmig_model.cli", "mixedmig_model.cli.__main__", "mixedmig_model.storage",
        "mixedmig_model.storage.signals", "signal", "_signal", "importlib", "importlib._bootstrap", "warnings",
        "importlib._bootstrap_external",
    }


# ---- while it works -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    folder = make_plan(tmp_path_factory.mktemp("plan") / "plan")
    (folder / "two.yaml").write_text(GRID, encoding="utf-8")
    target = folder / "reports" / CASE / "comparison"
    target.mkdir(parents=True)
    (target / "report.html").write_text("old", encoding="utf-8")
    return folder


def cleaned(home, plan, monkeypatch):
    """What is left over, after the cached runs were tidied as the next report begins by doing."""
    monkeypatch.setenv("MIXEDMIG_RUNS", str(home / "runs"))
    cache.prune()
    return left_over(plan, home)


def stopped(home, plan, number, command, *, everybody=False):
    """Start a command, stop it once its workers are busy, and return its exit code, words and what is left."""
    started = Started(home, *command, "--workspace", plan)
    assert started.wait_until(lambda: len(started.processes()) >= 4), started.words  # two workers and a tracker
    assert started.wait_until(lambda: len(list((home / "runs").glob("*.json"))) >= 1 or "blocks" in started.words)
    (os.killpg if everybody else os.kill)(started.process.pid, number)
    code = started.process.wait(60)
    return code, started.words, started.gone()


REPORT = ("report", CASE, "--draws", "0", "--workers", "2")


def test_a_report_that_a_container_ends_leaves_no_process_and_no_folder(tmp_path, plan, monkeypatch):
    before = contents(plan)
    code, said, left = stopped(tmp_path, plan, signal.SIGTERM, REPORT)
    assert (code, left) == (143, [])
    assert said.splitlines()[-1] == WORDS[signal.SIGTERM]
    assert "Traceback" not in said
    assert cleaned(tmp_path, plan, monkeypatch) == []
    assert contents(plan) == before


@pytest.mark.slow
@pytest.mark.parametrize(("number", "everybody"), [
    (signal.SIGINT, True), (signal.SIGINT, False), (signal.SIGTERM, True), (signal.SIGHUP, True)])
@pytest.mark.parametrize("command", [
    REPORT, ("batch", "{plan}/two.yaml", "--to", "{home}/batch", "--workers", "2"),
    ("compare", CASE, "--scenarios", "alt", "--to", "{home}/compared", "--workers", "2"),
    ("ensemble", CASE, "--draws", "40", "--block", "1", "--path", "reference", "--workers", "2", "--to",
     "{home}/draws"),
], ids=lambda one: one[0] if isinstance(one, tuple) else None)
def test_every_command_with_workers_ends_with_all_of_them(
        tmp_path, plan, monkeypatch, command, number, everybody):
    words = [word.format(plan=plan, home=tmp_path) for word in command]
    code, said, left = stopped(tmp_path, plan, number, words, everybody=everybody)
    assert (code, left) == (128 + number, [])
    assert said.splitlines()[-1] == WORDS[number]
    assert "Traceback" not in said
    assert cleaned(tmp_path, plan, monkeypatch) == []
