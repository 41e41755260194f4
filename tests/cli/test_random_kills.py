"""A hundred kills at any moment: nothing is lost, no process stays, and the next call leaves nothing over."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile

import pytest
from real_commands import Started, left_over
from tiny_plan import CASE, GRID, contents, make_plan

from mixedmig_model.storage.atomic import OLD
from mixedmig_model.study.batch import is_whole
from mixedmig_model.study.ensemble.files import is_sealed

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="signals of POSIX, and /proc")]
SEED, KILLS = 20_260_101, 20
"""Of each of five commands."""
LONGEST = {"init": 0.8, "cost": 8.0, "ensemble": 12.0, "report": 25.0, "batch": 12.0}
"""Seconds by which a command is killed: some more than it takes, so that the last steps are met too."""
AT_ONCE = {"init": "new", "batch": "batch"}
"""What makes the next call end at once, so that there is nothing to kill: it goes when it is done."""
COMMANDS = {
    "init": ("init", "{home}/new"),
    "cost": ("cost", CASE, "--to", "{home}/plan.xlsx", "--csv", "{home}/plan.csv", "--workspace", "{plan}"),
    "ensemble": ("ensemble", CASE, "--draws", "6", "--block", "1", "--path", "reference", "--workers", "2", "--to",
                 "{home}/draws", "--workspace", "{plan}"),
    "report": ("report", CASE, "--draws", "0", "--workers", "2", "--workspace", "{plan}"),
    "batch": ("batch", "{plan}/two.yaml", "--to", "{home}/batch", "--workers", "2", "--workspace", "{plan}"),
}


def results(name, home):
    """What a command has finished so far, by name; fails where a part of it is not whole."""
    if name == "init":
        made = home / "new"
        assert not made.exists() or all((made / part).is_dir() for part in ("parameters/base", "workbooks", "reports"))
        return {"new"} & {path.name for path in home.iterdir()}
    if name == "cost":
        assert not (home / "plan.xlsx").exists() or zipfile.ZipFile(home / "plan.xlsx").testzip() is None
        return {"plan.xlsx", "plan.csv"} & {path.name for path in home.iterdir()}
    if name == "ensemble":
        blocks = list((home / "draws").glob("draws_*.nc"))
        assert all(is_sealed(block.read_bytes()) for block in blocks)
        return {block.name for block in blocks}
    if name == "batch":
        runs = list((home / "batch" / "runs").glob("[!.]*"))
        assert all(is_whole(home / "batch", run.name) for run in runs)
        return {run.name for run in runs}
    report = home / "plan" / "reports" / CASE / "comparison"
    assert not report.exists() or all((report / file).is_file() for file in ("report.json", "report.html", "costs.csv"))
    waits = list(report.parent.glob(f".comparison.*{OLD}"))  # put back by the next call
    return {"comparison"} if report.exists() or waits else set()


def still_whole(name, home, before):
    """What a command has finished so far; fails where anything that was there is gone."""
    found = results(name, home)
    assert before <= found
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_kills_at_any_moment_lose_nothing(tmp_path, name):
    chance = random.Random(f"{SEED} {name}")
    plan = make_plan(tmp_path / "plan")
    (plan / "two.yaml").write_text(GRID, encoding="utf-8")
    words = [word.format(home=tmp_path, plan=plan) for word in COMMANDS[name]]
    inputs, kept, killed, ended = contents(plan / "parameters"), set(), 0, 0
    while killed < KILLS:
        started = Started(tmp_path, *words)
        try:
            started.process.wait(chance.uniform(0.05, LONGEST[name]))
            ended, over = ended + 1, True
        except subprocess.TimeoutExpired:
            os.kill(started.process.pid, signal.SIGKILL)
            started.process.wait(60)
            killed, over = killed + 1, False
        assert started.gone() == []
        assert "Traceback" not in started.words
        assert contents(plan / "parameters") == inputs
        kept = still_whole(name, tmp_path, kept)
        if name in AT_ONCE and (over or (name == "init" and kept)):
            shutil.rmtree(tmp_path / AT_ONCE[name])
            kept = set()
        assert killed + ended < 5 * KILLS
    done = Started(tmp_path, *words)
    assert done.process.wait(300) in ((0, 2) if name == "init" else (0,)), done.words
    time.sleep(0.1)
    assert still_whole(name, tmp_path, kept)
    assert left_over(tmp_path) == []
    assert done.gone() == []
    sys.stdout.write(f"\n{name}: {killed} kills, {ended} calls that ended before\n")
