"""Fixtures shared by all tests: the shipped workspace, its case, and one short solved comparison."""

import os
import time
from pathlib import Path

import pytest

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.workspace import read_workspace

CASE = "andaman_sea_2015"
os.environ["MIXEDMIG_RUNS"] = "off"
"""Tests solve their runs: some change what a run does, and none may find another's."""


@pytest.fixture(scope="session")
def root() -> Path:
    return installed_workspace()


@pytest.fixture(scope="session")
def workspace(root):
    return read_workspace(root)


@pytest.fixture(scope="session")
def andaman(workspace):
    return read_case(workspace, CASE)


@pytest.fixture(scope="session")
def book(andaman, tmp_path_factory):
    """A finished comparison of two scenarios on disk, solved once for all workers."""
    from mixedmig_model.record.finished import make_comparison, open_comparison, ordered

    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, failed = shared / "book", shared / "book.failed"
    try:
        (shared / "book.lock").mkdir()
    except FileExistsError:  # another worker solves it
        while not (folder.exists() or failed.exists()):
            time.sleep(0.2)
        assert folder.exists(), "the comparison could not be solved in another worker"
        return open_comparison(folder), folder
    try:
        partial = shared / "book.partial"
        partial.mkdir()
        names = ordered(andaman, ["as_it_happened", "predictable_disembarkation_and_screening"])
        make_comparison(andaman, names, partial, workers=1)
        partial.rename(folder)
    except BaseException:
        failed.touch()
        raise
    return open_comparison(folder), folder
