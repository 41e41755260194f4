"""Fixtures shared by all tests, and what each test is marked with.

The fixtures are the shipped workspace, its case, and one short solved comparison.
"""

import os
import sys
from pathlib import Path

import pytest
import selection
from sharing import make_once, run_folder

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.workspace import read_workspace

CASE = "andaman_sea_2015"
os.environ["MIXEDMIG_RUNS"] = "off"
"""Tests solve their runs: some change what a run does, and none may find another's."""
os.environ.setdefault("MIXEDMIG_CACHE", str(Path(__file__).parents[1] / ".pytest_cache" / "mixedmig"))
"""All workers share what one of them has compiled, and the next run of the tests finds it."""
TESTS = Path(__file__).parent
pytest.register_assert_rewrite("panel.journeys.steps", "panel.journeys.browsing")


def pytest_xdist_make_scheduler(config, log):
    """With ``--dist loadgroup`` hand out tests by the groups of ``tests/selection.py``.

    Not by the mark ``xdist_group``: xdist 3.8 writes it into ``Item._nodeid``, which pytest 9.2 no longer reads.
    """
    from handing_out import ByGroup

    return ByGroup(config, log) if config.getvalue("dist") == "loadgroup" else None


def pytest_collection_modifyitems(config, items):
    """Mark what compiles, runs notebooks or solves; with groups, those that take longest come first."""
    groups = {}
    for item in items:
        test = f"{item.path.relative_to(TESTS).as_posix()}::{item.name}"
        for mark in selection.marks_of(test, set(item.fixturenames)):
            item.add_marker(mark)
        groups[item] = selection.group_of(test)
    if getattr(config.option, "loadgroup", False):
        items.sort(key=lambda item: selection.order(groups[item]))


def quick(config):
    """Whether only quick tests were asked for."""
    return selection.QUICK in config.option.markexpr


def pytest_ignore_collect(collection_path, config):
    """Whole files that are not quick need not be read for the quick tests."""
    if quick(config) and collection_path.suffix == ".py":
        return True if selection.marks_of(collection_path.relative_to(TESTS).as_posix(), set()) else None
    return None


LOADED: set[str] = set()


def pytest_runtest_teardown(item):
    """Of the quick tests none may load what compiles or runs notebooks: the first that does lacks a mark."""
    if quick(item.config):
        loaded = set(selection.HEAVY) & set(sys.modules) - LOADED
        LOADED.update(loaded)
        lacking = [f"{name}: mark it '{selection.HEAVY[name]}'" for name in sorted(loaded)]
        assert not loaded, f"a quick test has loaded {', '.join(lacking)} (tests/selection.py)"


def pytest_terminal_summary(terminalreporter, config):
    """Say how much processor time the quick tests took."""
    if quick(config):
        spent = sum(os.times()[:4])
        terminalreporter.write_line(
            f"{spent:.0f} s of processor time; quick tests may take {selection.MOST_SECONDS:.0f} s")


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
def shared(tmp_path_factory):
    """A folder made once for all workers of a test run: ``shared(name, make)``; ``make`` is given a folder to fill."""
    here = run_folder(tmp_path_factory.getbasetemp())
    return lambda name, make: make_once(here / name, make)


@pytest.fixture(scope="session")
def book(andaman, shared):
    """A finished comparison of two scenarios on disk, solved once for all workers."""
    from mixedmig_model.record.finished import make_comparison, open_comparison, ordered

    names = ordered(andaman, ["as_it_happened", "predictable_disembarkation_and_screening"])
    folder = shared("book", lambda partial: make_comparison(andaman, names, partial, workers=1))
    return open_comparison(folder), folder
