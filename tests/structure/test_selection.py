"""Quick tests are what neither compiles nor runs notebooks nor solves; the marks of files name files that exist."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
import selection

TESTS = Path(__file__).parents[1]


def names():
    """All tests, ``folder/file.py::name``."""
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield f"{path.relative_to(TESTS).as_posix()}::{node.name}"


def test_every_mark_and_every_group_names_a_test():
    assert selection.stale(names()) == []


def test_a_mark_that_names_no_test_is_reported():
    stale = selection.stale(["cases/test_libya.py::test_a", "solve/test_switching.py::test_b"])
    assert "study/test_delay.py" in stale
    assert not {"cases/", "solve/"} & set(stale)


@pytest.mark.parametrize(("file", "fixtures", "marks"), [
    ("cases/test_libya.py", set(), ["solves"]),
    ("present/test_verdicts.py", {"book"}, ["solves"]),
    ("cases/test_libya.py", {"book"}, ["solves"]),
    ("solve/test_kernel_runs.py", set(), ["compiled"]),
    ("structure/test_selection.py", {"root"}, []),
])
def test_a_test_is_marked_by_its_file_and_its_fixtures(file, fixtures, marks):
    assert selection.marks_of(file, fixtures) == marks


def test_a_group_shares_what_one_worker_should_make_and_long_ones_start_first():
    groups = [selection.group_of(test) for test in (
        "solve/test_compiled.py::test_a", "cli/test_wheel.py::test_a", "science/test_ledger.py::test_a",
        "cases/test_japan.py::test_a", "study/test_delay.py::test_a", "study/test_shapley.py::test_a")]
    assert groups == ["layouts", "compiled", "andaman", "cases-test_japan", "study-test_delay", None]
    assert [selection.order(group) for group in groups] == sorted(selection.order(group) for group in groups)


def test_whoever_shares_a_fixture_of_a_file_has_a_group(request):
    lacking = {
        item.nodeid for item in request.session.items
        if any(definitions[-1].scope == "module" for definitions in item._fixtureinfo.name2fixturedefs.values())
        and selection.group_of(f"{item.path.relative_to(TESTS).as_posix()}::{item.name}") is None}
    assert not lacking


def test_a_file_that_keeps_what_it_made_in_a_cached_function_has_a_group():
    """Else each worker would make it."""
    kept = re.compile(r"^@(functools\.)?(lru_)?cache\b", re.MULTILINE)
    lacking = [test for test in names() if selection.group_of(test) is None
               and kept.search((TESTS / test.partition("::")[0]).read_text(encoding="utf-8"))]
    assert not lacking
    assert selection.group_of("science/test_hand_loop.py::test_a") == "science-test_hand_loop"


def test_the_workers_are_handed_groups_whole(pytestconfig):
    """On two workers, each prints the tests that it ran: those of a group stand on one of them."""
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup", "--no-loadscope-reorder", "-v",
         "tests/inputs/test_levers.py", "tests/inputs/test_units_of_inputs.py"],
        cwd=pytestconfig.rootpath, capture_output=True, text=True, timeout=300, check=True).stdout
    ran = re.findall(r"\[(gw\d)\].* (tests/\S+)", told)
    assert len({worker for worker, test in ran if "test_levers" in test}) == 1
    assert len(ran) > 20


def test_this_test_has_no_mark_and_a_test_with_the_solved_comparison_has_one(request):
    assert not {mark.name for mark in request.node.iter_markers()} & set(selection.MARKS)
