"""Tasks on other processes: results as they are ready, lost workers, and workers that end with their parent."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from mixedmig_model.storage.system import is_running
from mixedmig_model.storage.workers import WorkerLostError, on_processes, on_threads, same_workers

PATIENCE = 5.0
"""Seconds in which workers must be gone after their parent."""
PARENT = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from mixedmig_model.storage.workers import on_processes
from test_workers import tell_and_sleep
if __name__ == "__main__":
    list(on_processes(tell_and_sleep, [sys.argv[1]] * 2, 2))
"""


def tell_and_sleep(folder):
    """Leave the number of this process as the name of a file, and sleep."""
    (Path(folder) / str(os.getpid())).touch()
    time.sleep(600.0)


def waited(task):
    """A task that ends some time after the file it waits for is there, if any; then it makes its own."""
    folder, own, other = task
    while other and not (folder / other).exists():
        time.sleep(0.01)
    time.sleep(2.0 if other else 0.0)  # the other must still hand back its result
    (folder / own).touch()
    return own, os.getpid()


def die(_task):
    """A worker killed from outside."""
    os.kill(os.getpid(), signal.SIGKILL)


def fail(task):
    raise ValueError(f"planted in {task}")


def eventually(true):
    """Whether something becomes true in time."""
    end = time.monotonic() + PATIENCE
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


def test_one_worker_is_this_process_and_keeps_the_order():
    tasks = [(Path(), "a", ""), (Path(), "b", "")]
    here = [result for _, result in on_processes(os.path.join, ["x", "y"], 1)]
    assert here == ["x", "y"]
    assert list(on_processes(len, tasks, 1)) == [(task, 3) for task in tasks]
    assert list(on_processes(len, [], 2)) == []


def test_results_come_as_they_are_ready_from_other_processes(tmp_path):
    first, second = (tmp_path, "first", "second"), (tmp_path, "second", "")
    results = list(on_processes(waited, [first, second], 2))
    assert [task for task, _ in results] == [second, first]
    assert [own for _, (own, _) in results] == ["second", "first"]
    numbers = {number for _, (_, number) in results}
    assert len(numbers) == 2
    assert os.getpid() not in numbers
    assert eventually(lambda: not any(is_running(number) for number in numbers))


def test_a_failing_task_raises_its_own_error():
    with pytest.raises(ValueError, match="planted in b"):
        list(on_processes(fail, ["b"], 2))


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
def test_a_worker_that_was_killed_is_told():
    text = "a worker process was killed, often because memory ran out: use fewer workers"
    with pytest.raises(WorkerLostError, match=text):
        list(on_processes(die, [1, 2], 2))


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_a_parent_that_is_killed(tmp_path, number):
    with subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path)], stderr=subprocess.DEVNULL) as parent:
        end = time.monotonic() + 60.0
        while len(workers := [int(path.name) for path in tmp_path.iterdir()]) < 2:
            assert parent.poll() is None
            assert time.monotonic() < end
            time.sleep(0.02)
        assert all(map(is_running, workers))
        parent.send_signal(number)
        parent.wait()
    assert eventually(lambda: not any(map(is_running, workers))), workers


def test_threads_give_results_in_the_order_of_tasks():
    assert on_threads(len, ["a", "bb", "ccc"]) == [1, 2, 3]
    assert on_threads(len, ["a"]) == [1]
    assert on_threads(len, []) == []


def threads_used(tasks):
    """How many threads a process uses for some tasks."""
    return len(set(on_threads(lambda _: time.sleep(0.05) or threading.get_ident(), range(tasks))))


def test_workers_share_the_processors_so_that_each_has_its_part_of_the_threads():
    cores = os.cpu_count() or 1
    assert threads_used(8) == min(cores, 8)
    found = [used for _, used in on_processes(threads_used, [8, 8], 2)]
    assert found == [max(1, min(cores // 2, 8))] * 2


def own_number(_):
    """The number of the worker's process."""
    return os.getpid()


def test_calls_in_a_block_have_the_same_workers_which_end_with_it():
    with same_workers():
        first, second = ({number for _, number in on_processes(own_number, list(range(8)), 2)} for _ in range(2))
        assert list(on_processes(own_number, [1], 1)) == [(1, os.getpid())]
        assert len(first | second) <= 2
        assert all(map(is_running, first | second))
    assert eventually(lambda: not any(map(is_running, first | second)))
    after = {number for _, number in on_processes(own_number, [1, 2], 2)}
    assert not after & (first | second)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
def test_after_a_lost_worker_and_after_a_call_that_stopped_early_there_are_new_ones():
    with same_workers():
        before = {number for _, number in on_processes(own_number, [1, 2], 2)}
        with pytest.raises(WorkerLostError, match="a worker process was killed"):
            list(on_processes(die, [1, 2], 2))
        stopped = on_processes(own_number, list(range(8)), 2)
        after = {next(stopped)[1]}
        stopped.close()
        assert eventually(lambda: not any(map(is_running, before | after)))
        assert not {number for _, number in on_processes(own_number, [1, 2], 2)} & (before | after)


def test_a_task_that_fails_leaves_the_workers_of_a_block_to_the_next_call():
    with same_workers():
        before = {number for _, number in on_processes(own_number, [1], 2)}
        with pytest.raises(ValueError, match="planted in b"):
            list(on_processes(fail, ["b"], 2))
        assert all(map(is_running, before))
