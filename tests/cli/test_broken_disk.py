"""Nothing is lost on a disk that breaks: whatever file operation fails or is the last, the same call goes on.

After it each file is the old one or the new one, whole; after the second call all are new and nothing is left over.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from broken_disk import COMMANDS, WAYS, kind_of, one_of_each

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="breaks forks of one process")
SOME = ("init:fail:4", "init_empty:kill:4", "run:kill:4", "ensemble:full:2")
"""How many operations are broken each time the tests run, and how; all of all commands are slow."""
TWINS = ("init:twins:4", "init_empty:twins:4", "run:twins:4")
SAMPLED = ("batch", "report")
"""Commands with very many operations: broken are the first, the last and one of each kind, within minutes."""


def broken(folder, *jobs):
    words = [sys.executable, str(Path(__file__).parent / "broken_disk.py"), str(folder), *jobs]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def some(tmp_path_factory):
    """What all short jobs found, in one process: it loads the package and makes its plan once."""
    return broken(tmp_path_factory.mktemp("some"), *SOME, *TWINS)


@pytest.mark.parametrize("job", SOME)
def test_an_operation_that_fails_or_kills_loses_nothing(some, job):
    found = some[job]
    assert found["faults"] == []
    assert found["broken"] == int(job.rsplit(":", 1)[1]) <= found["operations"]


@pytest.mark.parametrize("job", TWINS)
def test_two_that_start_together_both_end_well_and_one_result_is_there_whole(some, job):
    assert some[job]["faults"] == []
    assert some[job]["broken"] == 4


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_any_two_that_start_together_end_well(tmp_path, command):
    (found,) = broken(tmp_path, f"{command}:twins:40").values()
    sys.stdout.write(f"\n{command}: {found['broken']} times two at once\n")
    assert found["faults"] == []


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("command", COMMANDS)
def test_no_operation_of_any_command_loses_anything(tmp_path, command, way):
    (found,) = broken(tmp_path, f"{command}:{way}:{'kinds' if command in SAMPLED else 'all'}").values()
    sys.stdout.write(f"\n{command}, {way}: {found['broken']} of {found['operations']} operations broken\n")
    assert found["faults"] == []
    if command in SAMPLED:
        assert 10 < found["kinds"] <= found["broken"] <= found["kinds"] + 2
    else:
        assert found["broken"] == found["operations"] > 4


def test_one_of_each_kind_has_the_first_the_last_and_every_kind():
    assert one_of_each(["open .json", "open .csv", "open .csv", "open .csv", "os.fsync"]) == [1, 3, 5]
    assert kind_of("open", "/x/.report.json.0123abcd-7-89abcdef.partial") == "open .json.partial"
    assert kind_of("os.rename", "/x/.report.json.0123abcd-7-89abcdef.old") == "os.rename .old"
    assert kind_of("os.mkdir", "/x/plan") == "os.mkdir"
