"""Runs kept between reports: what did not change is not solved again, and what changed always is."""

import json
import os
import re
import shutil
import time
from types import SimpleNamespace

import pytest

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.record.finished import ComparisonError, make_comparison
from mixedmig_model.storage import cache as kept_runs
from mixedmig_model.storage import digests
from mixedmig_model.study import scenarios

NAMES = ["most_likely", "more_officers"]
FILES = ("report.json", "indicators.csv", "costs.csv")
SCENARIO = """schema: 1
case: generic_surge
title: More officers
description: Twice as many officers decide claims from the middle of January.
changes:
  - parameter: determination.officers
    set: {officers}
    start: 2018-01-15
    countries: [harbourland]
    reason: A test.
"""


class Plan:
    """A workspace with a case of one month, reports of it, and a count of the runs that were solved."""

    def __init__(self, folder, monkeypatch):
        self.root, self.folder, self.count = folder / "plan", folder, 0
        self.case = self.root / "parameters" / "cases" / "generic_surge"
        self.runs, whole = [], scenarios.run_one

        def counted(run, *parts):
            self.runs.append(run.scenario)
            return whole(run, *parts)

        def agreed(run, *_):
            """Stand for scipy beside the kernel: one more run of the baseline, which is kept as well."""
            scenarios.run_one(run)
            return {"stocks": 0.0, "indicator": "deaths", "gap": 0.0}

        monkeypatch.setattr(scenarios, "run_one", counted)
        monkeypatch.setattr(scenarios, "agreement", agreed)

    def shorten(self, shipped):
        """Write the workspace: a shipped case, cut to a month and two scenarios."""
        shutil.copytree(shipped / "parameters", self.root / "parameters", ignore=shutil.ignore_patterns("reproduce"))
        self.change(self.case / "case.yaml", r"(?m)^end: .*$", "end: 2018-02-01")
        self.change(self.case / "costs.yaml", r"(?ms)^ceilings:.*?(?=^not_costed)", "")  # for a year after that end
        for path in (self.case / "scenarios").glob("*.yaml"):
            if path.stem not in NAMES:
                path.unlink()
        head, *rows = (self.case / "arrivals.csv").read_text(encoding="utf-8").splitlines()
        kept = [row for row in rows if row.split(",")[head.split(",").index("start")] < "2018-02-01"]
        (self.case / "arrivals.csv").write_text("\n".join([head, *kept, ""]), encoding="utf-8")
        (self.case / "scenarios" / "more_officers.yaml").write_text(SCENARIO.format(officers=20), encoding="utf-8")

    def change(self, path, pattern, words):
        text, found = re.subn(pattern, words, path.read_text(encoding="utf-8"))
        assert found == 1
        path.write_text(text, encoding="utf-8")

    def report(self, name, names=NAMES):
        """Make a report; returns its files and the scenarios of the runs that were solved."""
        self.runs.clear()
        folder = self.folder / name
        folder.mkdir()
        make_comparison(read_case(read_workspace(self.root), "generic_surge"), names, folder, workers=1)
        files = (*FILES, *(f"data/{scenario}.nc" for scenario in names))
        return {file: (folder / file).read_bytes() for file in files}, list(self.runs)

    def baseline(self, name, names=NAMES):
        """The baseline of a report of some scenarios, by scipy: its indicators and its file."""
        self.runs.clear()
        (self.folder / name).mkdir()
        tasks = scenarios.plan(read_case(read_workspace(self.root), "generic_surge"), names, self.folder / name)
        (made,) = scenarios.perform([next(task for task in tasks if task.name == "most_likely")])
        return json.dumps(made.indicators), made.task.file.read_bytes()


@pytest.fixture
def store(monkeypatch, tmp_path):
    """An empty folder for kept runs."""
    monkeypatch.setenv("MIXEDMIG_RUNS", str(tmp_path / "store"))
    return tmp_path / "store"


@pytest.fixture(scope="module")
def begun(root, tmp_path_factory):
    """A workspace, its first report and the runs kept of it, made once: the folder, files, and runs solved."""
    folder = tmp_path_factory.mktemp("begun")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("MIXEDMIG_RUNS", str(folder / "store"))
        made = Plan(folder, patched)
        made.shorten(root)
        return folder, *made.report("first")


@pytest.fixture
def plan(begun, tmp_path, monkeypatch):
    """The workspace for one test, which may change it."""
    shutil.copytree(begun[0] / "plan", tmp_path / "plan")
    return Plan(tmp_path, monkeypatch)


@pytest.fixture
def first(begun, store):
    """The first report, whose runs were kept: its files, and the runs solved for it."""
    shutil.copytree(begun[0] / "store", store)
    return begun[1:]


def test_an_unchanged_report_solves_nothing_and_is_the_same_to_the_byte(plan, first, monkeypatch):
    first, solved = first
    assert 4 < solved.count("more_officers") < 20  # three shares owed protection, and its smallest team
    assert solved.count("most_likely") >= 4
    again, solved = plan.report("again")
    assert solved == []
    assert again == first
    monkeypatch.setenv("MIXEDMIG_RUNS", "off")
    afresh, solved = plan.report("afresh")
    assert len(solved) >= 7
    assert afresh == first


def test_kept_runs_are_found_without_another_process_and_a_fault_is_left_to_the_tasks(plan, first, monkeypatch):
    first, _ = first
    handed, hand_out, files_now = [], scenarios.on_processes, scenarios.files_now

    def handing(job, tasks, workers):
        handed.append(len(tasks))
        return hand_out(job, tasks, workers)

    def failing(*case):
        if len(handed) == 1:
            handed.append(0)
            raise OSError("planted")
        return files_now(*case)

    monkeypatch.setattr(scenarios, "on_processes", handing)
    assert plan.report("again") == (first, [])
    assert handed == [0]
    monkeypatch.setattr(scenarios, "files_now", failing)
    assert plan.report("failing") == (first, [])
    assert handed[2] >= 7


def test_a_changed_scenario_is_solved_again_and_no_other(plan, first):
    first, before = first
    plan.change(plan.case / "scenarios" / "more_officers.yaml", "set: 20", "set: 21")
    again, solved = plan.report("again")
    assert set(solved) == {"more_officers"}
    assert abs(len(solved) - before.count("more_officers")) <= 4  # tries of its smallest team
    assert again["data/more_officers.nc"] != first["data/more_officers.nc"]
    assert again["data/most_likely.nc"] == first["data/most_likely.nc"]


def test_a_run_that_restarts_on_other_days_is_solved_again(plan, store, monkeypatch):
    """Scenarios of a report restart on the days on which any of them changes: without the other, on fewer days.

    On the reference path only: the kernel restarts on days of its own.
    """
    both = plan.baseline("both")
    assert plan.baseline("again") == both
    assert plan.runs == []
    alone = plan.baseline("alone", ["most_likely"])
    assert plan.runs == ["most_likely"]
    monkeypatch.setenv("MIXEDMIG_RUNS", "off")
    assert plan.baseline("afresh", ["most_likely"]) == alone
    assert alone[1] != both[1]


def test_a_changed_base_value_a_changed_price_and_a_changed_program_are_solved_again(plan, first, monkeypatch):
    whole = sorted(set(first[1]))
    path = plan.root / "parameters" / "base" / "determination.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# another source was read\n", encoding="utf-8")
    assert sorted(set(plan.report("value")[1])) == whole
    path = next(iter(sorted((plan.root / "parameters" / "costs").glob("*.yaml"))))
    path.write_text(path.read_text(encoding="utf-8") + "# another price list was read\n", encoding="utf-8")
    assert sorted(set(plan.report("price")[1])) == whole
    monkeypatch.setattr(kept_runs, "code_digest", lambda: "another program")
    assert sorted(set(plan.report("program")[1])) == whole
    assert plan.report("again")[1] == []


def test_what_is_damaged_or_edited_is_solved_again_and_then_whole(plan, store, first, caplog):
    first, _ = first
    for path in store.glob("*.nc"):
        path.write_bytes(path.read_bytes()[:-1])
    again, solved = plan.report("again")
    assert sorted(solved) == ["more_officers", "most_likely"]
    assert again == first
    for path in store.glob("*.json"):
        path.write_text("{", encoding="utf-8")
    assert plan.report("records")[0] == first
    assert "A cached run is damaged or was changed, and is solved again" in caplog.text
    for path in store.glob("*.json"):
        text = path.read_text(encoding="utf-8")
        edited = re.sub(r'("indicators": \{"\w+": )[\w.+-]+', r"\g<1>17.0", text)  # as if by hand
        assert edited != text or '"indicators": {}' in text
        path.write_text(edited, encoding="utf-8")
    assert plan.report("edited")[0] == first
    assert plan.report("whole")[1] == []


def test_a_run_that_failed_is_not_kept(plan, store, monkeypatch):
    def failing(run, *parts):
        raise ArithmeticError("the step became too small")

    with monkeypatch.context() as patched:
        patched.setattr(scenarios, "run_one", failing)
        patched.setattr(scenarios, "resting", failing)
        with pytest.raises(ComparisonError, match="the step became too small"):
            plan.report("failed")
    assert list(store.glob("*.json")) == []


def test_where_runs_cannot_be_kept_the_report_is_made_all_the_same(plan, begun, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("MIXEDMIG_RUNS", str(tmp_path / "file" / "kept"))
    again, solved = plan.report("again")
    assert len(solved) >= 7
    assert again == begun[1]


def test_files_that_change_while_they_are_read_make_no_run_and_no_report(plan, store, monkeypatch):
    whole, asked = scenarios.files_now, []

    def changing(*case):
        asked.append(case)
        return whole(*case) if len(asked) % 2 else {"cases/generic_surge/case.yaml": str(len(asked))}

    monkeypatch.setattr(scenarios, "files_now", changing)
    scenarios._read.cache_clear()
    with pytest.raises(ComparisonError, match="the files of case generic_surge have changed since they were read"):
        plan.report("first")
    assert plan.runs == []
    assert not store.exists()


def test_runs_lie_in_the_users_cache_or_where_asked(monkeypatch, tmp_path):
    monkeypatch.delenv("MIXEDMIG_RUNS")
    monkeypatch.delenv("MIXEDMIG_CACHE", raising=False)
    assert kept_runs.runs_folder().name == "runs"
    monkeypatch.setenv("MIXEDMIG_CACHE", str(tmp_path))
    assert kept_runs.runs_folder() == tmp_path / "runs"
    monkeypatch.setenv("MIXEDMIG_RUNS", "OFF")
    assert kept_runs.runs_folder() is None
    assert kept_runs.find("key", None) is None


def test_on_a_disk_that_is_nearly_full_nothing_is_kept(store, monkeypatch):
    monkeypatch.setattr(kept_runs.shutil, "disk_usage", lambda _: SimpleNamespace(free=kept_runs.ROOM - 1))
    kept_runs.keep("key", {"indicators": {}}, None)
    assert list(store.iterdir()) == []


def test_the_runs_not_used_for_longest_make_room(store, tmp_path):
    file = tmp_path / "run.nc"
    file.write_bytes(bytes(1000))
    for age, key in enumerate(("newest", "older", "oldest")):
        kept_runs.keep(key, {"indicators": {}}, file)
        os.utime(store / f"{key}.json", (time.time() - 60 * age,) * 2)
    (store / ".left.nc.partial").write_bytes(bytes(10))
    (store / "fresh.nc").write_bytes(bytes(10))
    os.utime(store / ".left.nc.partial", (time.time() - 2 * kept_runs.STALE,) * 2)
    assert kept_runs.find("oldest", None) == {"indicators": {}}
    kept_runs.prune(most=2500)
    assert sorted(path.name for path in store.iterdir()) == [
        "fresh.nc", "newest.json", "newest.nc", "oldest.json", "oldest.nc"]


def test_the_digest_of_the_program_changes_with_its_source(monkeypatch, tmp_path):
    for room in ("equations", "present"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "some.py").write_text("a = 1\n", encoding="utf-8")
    (tmp_path / "inputs").mkdir()
    monkeypatch.setattr(digests, "__file__", str(tmp_path / "storage" / "digests.py"))
    digest = digests.code_digest.__wrapped__
    first = digest()
    (tmp_path / "present" / "some.py").write_text("a = 2\n", encoding="utf-8")
    assert digest() == first
    (tmp_path / "equations" / "some.py").write_text("a = 2\n", encoding="utf-8")
    assert digest() != first
    assert digest(("present",)) != digest()
