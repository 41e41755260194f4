"""Mutated workspaces: one mutant of each kind in every run of the tests, 2,000 of them before a release.

The second half plants faults in the program: the oracle must find each.
"""

import os
import random
import signal
import time
from dataclasses import replace

import pytest
from fuzzing import folders, keys, raw, run, tables, values  # noqa: F401  (each registers its kinds)
from fuzzing.commands import Done, insane, quicker
from fuzzing.meaning import meaning
from fuzzing.mutant import KINDS, Mutant, make, misspelt
from fuzzing.oracle import Bench, Tried, of_indicators, of_money
from fuzzing.spots import entry, replaced, spots
from fuzzing.workspace import HOME, Special, change, found, put, small

from mixedmig_model.inputs import check
from mixedmig_model.inputs.reading import tables as tables_read
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.study import run as study_run

SEED, SOLVED = 16, 23
"""Seed of the mutants of every run of the tests, and of how many kinds one is solved."""
MANY = 2000


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    with quicker():
        yield Bench(tmp_path_factory.mktemp("fuzzing"))


@pytest.mark.parametrize(("number", "name"), list(enumerate(sorted(KINDS))))
def test_a_mutant_of_each_kind_is_refused_by_name_or_read(number, name, bench):
    done = bench.try_one(make(bench.tree, SEED, number, name), solve=number % SOLVED == 0)
    assert done.faults == (), f"{done.mutant.kind}; {done.mutant.what}"


@pytest.mark.slow
def test_two_thousand_mutants_are_refused_by_name_or_read():
    assert run.main(["--count", str(MANY), "--seed", "1"]) == 0


def test_the_workspace_without_a_mutation_has_no_fault(bench):
    for solve in (False, True):
        done = bench.try_one(keep(bench.tree), solve)
        assert (done.faults, done.accepted, done.same) == ((), True, True)


def keep(tree, **files):
    """The workspace, with some files changed. ``__`` in a name stands for a dot."""
    after = {**tree, **{f"{HOME}/{name.replace('__', '.')}": content for name, content in files.items()}}
    return Mutant("kept", after, f"{HOME}/case.yaml", (f"{HOME}/case.yaml",), "nothing")


def test_a_mutant_is_always_the_same_one():
    tree = small()
    first, second = make(tree, 3, 5), make(tree, 3, 5)
    assert (first.told(), first.tree) == (second.told(), second.tree)
    assert make(tree, 3, 6).what != first.what != make(tree, 4, 5).what


def test_every_kind_changes_the_workspace():
    tree = small()
    for name in KINDS:
        for number in range(5):
            assert make(tree, SEED, number, name).tree != tree, (name, number)


def test_a_tree_is_put_changed_and_put_back(tmp_path):
    tree = small()
    put(tree, tmp_path)
    before = found(tmp_path)
    for name in ("one more folder", "a folder missing", "a folder renamed", "a link in its place", "a second case"):
        mutant = make(tree, SEED, 1, name)
        change(tmp_path, tree, mutant.tree)
        assert found(tmp_path) != before, name
        change(tmp_path, mutant.tree, tree)
        assert found(tmp_path) == before, name


def test_what_is_written_in_another_way_says_the_same():
    tree = small()
    file = f"{HOME}/arrivals.csv"
    for old, new, same in ((b"600", b"600.0", True), (b"600", b"6e2", True), (b"600", b"601", False),
                           (b"\n", b"\r\n", True), (b"600", b" 600", True), (b"300 a", b"301 a", False)):
        assert (meaning({**tree, file: tree[file].replace(old, new)}) == meaning(tree)) is same, (old, new)
    file = f"{HOME}/case.yaml"
    for old, new, same in ((b"# A", b"# B", True), (b"persons: 50", b"persons: 5e1", True), (b"50}", b"51}", False),
                           (b"opening:", b"openings:", False), (b"schema: 1", b"schema: true", False)):
        assert (meaning({**tree, file: tree[file].replace(old, new, 1)}) == meaning(tree)) is same, (old, new)


def test_spans_of_yaml_are_those_of_keys_values_and_entries():
    text = "a:\n  b: 1\n  c: [x, {d: 2, e: 3}]\n  f: >-\n    long\n    text\ng: 4\n"
    by = {spot.dotted: spot for spot in spots(text)}
    assert list(by) == ["a", "a.b", "a.c", "a.c.0", "a.c.1", "a.c.1.d", "a.c.1.e", "a.f", "g"]
    assert replaced(text, by["a"].value, "9").startswith("a:\n  9\ng: 4")
    assert replaced(text, by["a.c.1.d"].key, "dd") == text.replace("{d", "{dd")
    assert [text[slice(*entry(text, by[name]))] for name in ("a.b", "a.c.0", "a.c.1.d", "a.c.1.e")] == [
        "b: 1", "x,", "d: 2,", "e: 3"]


def test_a_slip_of_the_finger_is_another_word():
    rng = random.Random(1)
    assert "persons" not in {misspelt("persons", rng) for _ in range(100)}


# The oracle finds what is planted.

def planted(bench, must="be read", solve=False, **files):
    return bench.try_one(replace(keep(bench.tree, **files), must=must), solve)


def test_a_file_that_nobody_reads_is_called_ignored(bench, monkeypatch):
    before = bench.tree[f"{HOME}/arrivals.csv"]
    more = before.replace(b"600", b"601")
    assert planted(bench, arrivals__csv=more).faults == ()
    read = tables_read.read_text
    monkeypatch.setattr(tables_read, "read_text",
                        lambda path, label: before.decode() if path.name == "arrivals.csv" else read(path, label))
    assert any("ignored in silence" in fault for fault in planted(bench, arrivals__csv=more).faults)
    assert any("without a word of caution" in fault
               for fault in planted(bench, must="be said", arrivals__csv=more).faults)


def test_a_refusal_that_does_not_name_the_file_is_found(bench, monkeypatch):
    def refuse(root):
        raise InputFaultsError([Fault("somewhere", 0, "", "something is wrong")])

    monkeypatch.setattr(check, "check_workspace", refuse)
    assert any("without naming" in fault for fault in planted(bench, arrivals__csv=b"x").faults)
    assert any("says the same as before" in fault for fault in planted(bench, must="be accepted").faults)


def test_what_escapes_from_a_command_is_found(bench, monkeypatch):
    monkeypatch.setattr(check, "check_workspace", lambda root: [][1])
    assert any("IndexError" in fault for fault in planted(bench).faults)


def waits(_):
    time.sleep(20)


def works(_):
    while True:
        pass


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="clocks that interrupt are POSIX")
@pytest.mark.parametrize("endless", [waits, works])
def test_a_command_without_end_is_stopped_and_found(endless, bench, monkeypatch):
    monkeypatch.setattr(check, "check_workspace", endless)
    monkeypatch.setattr(bench, "limit", 0.2)
    assert any("no end after 0.2 s" in fault for fault in planted(bench).faults)


def test_what_should_be_refused_and_is_accepted_is_found(bench):
    done = planted(bench, must="be refused", README__md=b"other", arrivals__csv=bench.tree[f"{HOME}/arrivals.csv"]
                   .replace(b"600", b"601"))
    assert any("no reading of it is right" in fault for fault in done.faults)


def test_an_output_that_is_not_whole_is_found(bench, monkeypatch):
    def half(ds, file):
        file.write_bytes(b"CDF")
        raise OSError("the disk is full")

    def cut(ds, file):
        file.write_bytes(b"CDF\x02 and no more")

    for save, words in ((half, "left behind: x.nc"), (cut, "x.nc cannot be read")):
        monkeypatch.setattr(study_run, "save", save)
        assert any(words in fault for fault in planted(bench, solve=True).faults)


def test_numbers_that_no_result_can_be_are_found():
    def done(text):
        return Done(0, text, "", "", 0.0)

    assert insane({"a": [1.0, {"b": float("inf")}], "c": "inf"}) == ["a.1.b is inf"]
    indicators = '{"indicators": {"deaths": -1.0, "x": Infinity, "y": null, "recruitment_start": -42}}'
    assert of_indicators(done(indicators)) == ["impossible: x is inf", "impossible: deaths is -1.0"]
    assert of_money(done('{"low": 1, "total": 3, "high": 2}')) == ["impossible: a total of 3 from 1 to 2"]
    assert of_money(done('{"low": 1, "total": 2, "high": 3}')) == []


def test_a_workspace_that_a_command_changes_is_found(bench, monkeypatch):
    def litter(root):
        (root / "parameters" / "left.tmp").write_bytes(b"")
        return {}

    monkeypatch.setattr(check, "check_workspace", litter)
    try:
        assert "the workspace was changed" in planted(bench).faults
    finally:
        (bench.root / "parameters" / "left.tmp").unlink()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes are POSIX")
def test_a_pipe_in_place_of_a_file_is_refused_and_nobody_waits_for_it(bench):
    done = bench.try_one(keep(bench.tree, arrivals__csv=Special("pipe")))
    assert not done.accepted
    assert "arrivals.csv: not a file" in done.said


def test_the_summary_counts_by_kind():
    one = Mutant("cut off", {}, "a", (), "b")
    became = ((True, True, ()), (True, False, ()), (False, False, ()), (True, False, ("x",)))
    tried = [Tried(one, accepted, same, False, faults, 2.0, "") for accepted, same, faults in became]
    text = run.report(tried, 1, 120.0)
    assert text.startswith("4 mutants of seed 1, 0 of them solved and costed, in 2 minutes. The slowest command took ")
    assert "| cut off | 4 | 1 | 1 | 1 | 1 |\n| all | 4 | 1 | 1 | 1 | 1 |" in text


def test_the_figures_are_put_into_the_page(tmp_path):
    page = tmp_path / "reliability.md"
    page.write_text(f"before\n{run.FIRST}old\n{run.LAST}after\n", encoding="utf-8")
    run.write("new", page)
    assert page.read_text(encoding="utf-8") == f"before\n{run.FIRST}\nnew\n{run.LAST}after\n"
