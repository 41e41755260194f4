"""Nothing is lost on a disk that breaks: whatever file operation fails or is the last, the same call goes on.

After it each file is the old one or the new one, whole; after the second call all are new and nothing is left over.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from broken_disk import COMMANDS, WAYS

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="breaks forks of one process")
SOME = {"init": ("fail", 4), "init_empty": ("kill", 4), "run": ("kill", 4), "ensemble": ("full", 2)}
"""How many operations are broken each time the tests run, and how; all of all commands are slow."""
MOST = {"batch": 150}
"""Operations that are broken of a command that has very many: a batch unpacks its inputs for each run."""


def broken(folder, way, command, numbers):
    script = Path(__file__).parent / "broken_disk.py"
    done = subprocess.run([sys.executable, str(script), str(folder), way, command, str(numbers)], capture_output=True,
                          text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("command", SOME)
def test_an_operation_that_fails_or_kills_loses_nothing(tmp_path, command):
    way, number = SOME[command]
    found = broken(tmp_path, way, command, number)
    assert found["faults"] == []
    assert found["broken"] == number <= found["operations"]


@pytest.mark.parametrize("command", ["init", "init_empty", "run"])
def test_two_that_start_together_both_end_well_and_one_result_is_there_whole(tmp_path, command):
    assert broken(tmp_path, "twins", command, 4)["faults"] == []


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_any_two_that_start_together_end_well(tmp_path, command):
    found = broken(tmp_path, "twins", command, 40)
    sys.stdout.write(f"\n{command}: {found['broken']} times two at once\n")
    assert found["faults"] == []


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("command", COMMANDS)
def test_no_operation_of_any_command_loses_anything(tmp_path, command, way):
    found = broken(tmp_path, way, command, MOST.get(command, "all"))
    sys.stdout.write(f"\n{command}, {way}: {found['broken']} of {found['operations']} operations broken\n")
    assert found["faults"] == []
    assert found["broken"] == MOST.get(command, found["operations"]) > 4
