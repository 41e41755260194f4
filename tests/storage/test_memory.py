"""Memory that is freed stays with a process where the library of C is glibc; elsewhere nothing is done."""

import gc
import platform
import subprocess
import sys

import pytest

from mixedmig_model.storage import memory

TOUCHED = """
import resource, sys
import numpy as np
from mixedmig_model.storage.memory import keep_freed_memory
if sys.argv[1] == "kept":
    assert keep_freed_memory()
for _ in range(3):
    np.ones(1_000_000)
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(50):
    np.ones(1_000_000)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def pages(how):
    """Pages that the system cleared for fifty arrays of eight million bytes, one after the other."""
    run = subprocess.run([sys.executable, "-c", TOUCHED, how], check=True, capture_output=True, text=True)
    return int(run.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can be asked to keep memory")
def test_pages_of_large_arrays_are_cleared_once():
    assert pages("kept") < 500


def test_other_systems_and_libraries_are_left_as_they_are(monkeypatch):
    monkeypatch.setattr(memory.sys, "platform", "darwin")
    assert not memory.keep_freed_memory()
    monkeypatch.setattr(memory.sys, "platform", "linux")
    monkeypatch.setattr(memory.ctypes, "CDLL", lambda name: object())  # a library without the setting
    assert not memory.keep_freed_memory()


def test_a_worker_searches_all_objects_for_garbage_a_tenth_as_often(monkeypatch):
    before, found = gc.get_threshold(), []
    monkeypatch.setattr(memory, "keep_freed_memory", lambda: found.append("memory"))
    try:
        memory.expect_same_work()
        assert found == ["memory"]
        assert gc.get_threshold()[:2] == before[:2]
        assert gc.get_threshold()[2] == 10 * before[2]
    finally:
        gc.set_threshold(*before)
