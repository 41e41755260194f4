"""What differs between systems."""

import subprocess
import sys

import pytest

FAULTS = """
import resource
import numpy as np
from mixedmig_model.storage.system import reuse_memory
assert {asked} is False or reuse_memory()
def faults():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(20):
        made = [np.ones(1_000_000) for _ in range(8)]
        del made
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
faults()
print(faults())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only the C library of Linux has the settings")
def test_memory_of_a_run_is_used_again_by_the_next():
    pages = {asked: int(subprocess.run([sys.executable, "-c", FAULTS.format(asked=asked)], check=True,
                                       capture_output=True, text=True).stdout) for asked in (True, False)}
    assert pages[True] < 100
    assert pages[True] <= pages[False]
