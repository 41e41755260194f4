"""The bench goes on where it ended, no failure stops the rest, and the page says what was met and what was not."""

import json
import os
import re
import subprocess
import sys
from types import SimpleNamespace

import psutil
import pytest
from plain_words import faults

from . import bench, runner
from .aims import Aim, aims, all_draws
from .many import AFTER, one_report, read_phases
from .measuring import ROOT, PeakOfAll, Shares, held_by, place_of
from .page import BEGIN, END, SECTIONS, failures, measured, put
from .plan import ALL, MANY, plan, too_long
from .runner import Kept, apart, read_latest, run_all, time_left

NUMBERS = {
    "wall": 2.0, "cpu": 1.0, "members": 1, "memory": 100.0, "kernel": 0.5, "evaluations": 100, "disk": 1.0,
    "median": 0.1, "most": 0.2, "rest": 0.01, "shares": {"solve/kernel/native": 0.75, "all else": 0.25},
    "parts": {"resolve": 0.1}, "cold": {"wall": 70.0, "phases": {"runs": 61.0, AFTER: 9.0}, "memory": 5.0},
    "again": {"wall": 10.0, "phases": {AFTER: 10.0}, "memory": 4.0},
    "version": "3.14", "translating": 0.1, "reading": 4.0, "stocks": 86, "flows": 297, "auxiliaries": 155,
    "people": 5e3, "extrapolated": 1e-6, "left out": 0.0, "runs": [
        {"step": 0.5, "difference": 4e-4, "wall": 1.0, "cpu": 1.0},
        {"step": 0.25, "difference": 2e-4, "wall": 2.0, "cpu": 2.0}],
}


def found_of(quick, **other):
    """Numbers of all measurements, as if they had been taken."""
    found = {}
    for one in plan(quick):
        found[one.name] = NUMBERS | ({"draws": int(one.words[1])} if one.words[0].startswith("draw") else {})
    return found | other


def test_a_failure_stops_no_other_and_is_tried_again(tmp_path):
    said, asked = [], []

    def measure(one):
        asked.append(one.name)
        return {"words": "failed: no room"} if one.words[0] == "hand" and len(asked) < 50 else dict(NUMBERS)

    file, whole = tmp_path / "bench" / "quick.json", plan(True)
    found = run_all(whole, Kept(file, "a"), said.append, measure=measure)
    assert list(found) == [one.name for one in whole]
    assert [name for name, one in found.items() if "words" in one] == ["hand 1 1", "hand 1 1 0 cut"]
    assert said.count("    failed: no room") == 2
    assert "hand 1 1: failed: no room" in failures("", found)
    asked[:] = ["earlier"] * 50
    again = run_all(whole, Kept(file, "a"), said.append, measure=measure)
    assert asked[50:] == ["hand 1 1", "hand 1 1 0 cut"]
    assert not [name for name, one in again.items() if "words" in one]
    assert f"{len(whole) - 2} of {len(whole)} were measured before the interruption" in said


def test_an_interrupted_bench_goes_on_and_another_state_of_the_code_starts_anew(tmp_path, monkeypatch, capsys):
    asked = []

    def stopped(one):
        asked.append(one.name)
        if len(asked) == 4:
            raise KeyboardInterrupt
        return dict(NUMBERS)

    monkeypatch.setenv("MIXEDMIG_CACHE", str(tmp_path))
    assert bench.main(["--quick", "--page"]) == 1
    assert "No bench was finished" in capsys.readouterr().err
    assert bench.main(["--quick"], stopped) == 130
    assert "The next call goes on from here" in capsys.readouterr().err
    monkeypatch.setattr(bench, "failures", lambda text, found: [])
    monkeypatch.setattr(bench, "measured", lambda found, quick, about: f"{len(found)} measured")
    assert bench.main(["--quick"], stopped) == 0
    said = capsys.readouterr()
    assert "3 of" in said.err
    assert f"{len(plan(True))} measured" in said.out
    file = tmp_path / "bench" / "quick.json"
    assert not file.exists()
    assert bench.main(["--quick", "--page"]) == 0
    assert len(read_latest(file).found) == len(plan(True))
    kept = Kept(file, "one")
    kept.add("a", {"wall": 1.0})
    assert Kept(file, "one").found == {"a": {"wall": 1.0}}
    assert Kept(file, "another").found == {}
    assert Kept(file, "one", again=True).found == {}
    file.write_text(json.dumps(json.loads(file.read_text()) | {"at": 0.0}))
    assert Kept(file, "one").found == {}
    file.write_text("{")
    assert Kept(file, "one").found == {}


def test_a_way_that_ends_badly_says_so():
    assert apart(runner.Measurement("x", "there_is_none.py", ("x",), 1.0))["words"].startswith("failed: ")


def test_ten_thousand_draws_are_left_out_where_they_would_take_long():
    one = next(one for one in plan(False) if one.words[:2] == ("draws", str(ALL)))
    pace = {f"draws {MANY} 3": {"wall": 90.0}}
    assert too_long(one, pace, False) == "not run: 1,000 draws say that it takes 900 s"
    assert too_long(one, pace, True) == ""
    assert too_long(one, {f"draws {MANY} 3": {"wall": 18.0}}, False) == ""
    assert "could not be measured" in too_long(one, {}, False)
    found = {f"draws {MANY} 3": {"wall": 90.0, "memory": 5.0}}
    assert all_draws(found) == (900.0, 5.0, "foretold by 1,000 draws")


@pytest.mark.parametrize(("aim", "row"), [
    (Aim("a", 50.0, "s", 60.0, 180.0), "| a | 0.83 | 50 s | <= 60 s | yes | yes, 180 s |"),
    (Aim("a", 90.0, "s", 60.0, 180.0), "| a | 1.5 | 90 s | <= 60 s | no | yes, 180 s |"),
    (Aim("a", 600.0, "s", 60.0, 180.0, note="from 100"), "| a | 10 | 600 s (from 100) | <= 60 s | no | no, 180 s |"),
    (Aim("a", 299.0, "times", 300.0, least=True), "| a | 1 | 299 times | >= 300 times | no |  |"),
    (Aim("a", 301.0, "times", 300.0, least=True), "| a | 1 | 301 times | >= 300 times | yes |  |"),
    (Aim("a", float("nan"), "s", 60.0, 180.0), "| a | | not measured | <= 60 s | no | no, 180 s |"),
])
def test_an_aim_is_met_or_not(aim, row):
    assert aim.row() == row


def test_the_page_has_ratios_and_verdicts_in_both_forms():
    full, quick = (measured(found_of(form), form, ["Machine: a."]) for form in (False, True))
    assert "| a report, nothing kept | 0.05 | 5 |" in full
    for text in (full, quick):
        assert text.startswith(BEGIN)
        assert text.endswith(END)
        assert re.findall(r"^## (.*)$", text, re.MULTILINE) == [title for title, *_ in SECTIONS]
        assert failures(text, {}) == []
        assert "**agreement, yes**" in text
        assert "| **kernel, all that a report needs** | 1 |" in text
    assert "Both give the same numbers." in full
    assert "This is the quick form" in quick
    assert "| runs | 61 s | 0 ms |" in full
    assert "| 10,000 | 0.01 | 2 s |" in full
    rows = aims(found_of(False), 3)
    assert len(rows) == 23
    assert [row.floor for row in rows].count(None) == 15


@pytest.mark.parametrize("quick", [False, True])
def test_the_page_is_in_plain_words(quick):
    text = measured(found_of(quick), quick, ["Machine: a."])
    assert faults(text) == []
    assert max(len(line) for line in text.splitlines() if not line.startswith("|")) <= 128


def test_what_could_not_be_measured_is_said_on_the_page():
    found = found_of(False) | {"pysd 3 0.5 0.25 0.125": {"words": "PySD is not installed (extra dev)"},
                               "draws 10000 3": {"words": "not run: it is long"},
                               "reports": {"words": "failed: no disk"}, "kernel 1 3": {"words": "failed: no LLVM"},
                               "sums 12 3 0": {"words": "failed: no memory"}}
    text = measured(found, False, [])
    assert "PySD: PySD is not installed (extra dev)." in text
    assert "| 10,000 |  | not run: it is long |" in text
    assert "failed: no disk" in text
    assert "| report of the Andaman Sea with 100 draws, nothing kept, wall | | not measured |" in text
    assert {"reports: failed: no disk", "sums 12 3 0: failed: no memory"} <= set(failures(text, found))


def test_a_tool_that_disagrees_is_said_on_the_page_and_fails_the_bench():
    found = found_of(False, **{"pysd 3 0.5 0.25 0.125": NUMBERS | {"extrapolated": 0.01}})
    text = measured(found, False, [])
    assert "**They disagree**" in text
    assert "**Agreement: no.**" in text
    assert "PySD and the kernel disagree" in failures(text, found)


def test_a_section_that_fails_stops_no_other_and_is_named():
    found = found_of(False)
    found["reports"] = {"cold": {}, "again": {}}
    text = measured(found, False, [])
    assert "This section failed: `KeyError: 'phases'`." in text
    assert "## What takes the rest" in text
    assert "This section failed: `KeyError: 'phases'`." in failures(text, {})


def test_only_the_measured_part_of_a_page_is_replaced(root):
    assert put(f"a\n{BEGIN}\nold\n{END}\nb\n", f"{BEGIN}\nnew\n{END}") == f"a\n{BEGIN}\nnew\n{END}\nb\n"
    with pytest.raises(ValueError, match="the page lacks the lines"):
        put("a\n", "new")
    page = (root / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert put(page, "x").count("x") >= 1
    part = page[page.index(BEGIN) : page.index(END)]
    assert re.findall(r"^## (.*)$", part, re.MULTILINE) == [title for title, *_ in SECTIONS]
    assert "This is the quick form" not in part


def test_memory_of_processes_below_counts():
    script = "import time; held = b'x' * (120 * 1024**2); time.sleep(1.5)"
    with PeakOfAll() as peak:
        subprocess.run([sys.executable, "-c", script], check=True)
    assert peak.peak > 120 + 0.5 * held_by(psutil.Process()) / 1024**2


def test_time_is_laid_to_the_innermost_file_of_the_package():
    outside = SimpleNamespace(f_code=SimpleNamespace(co_filename="/x/numpy/core.py"), f_back=None)
    inside = SimpleNamespace(f_code=SimpleNamespace(co_filename=str(ROOT / "mixedmig_model" / "solve" / "run.py")),
                             f_back=outside)
    below = SimpleNamespace(f_code=outside.f_code, f_back=inside)
    assert [place_of(frame) for frame in (outside, inside, below)] == ["outside the package", "solve/run", "solve/run"]
    shares = Shares()
    shares.seen.update({"a": 6, "b": 3, "c": 1})
    assert shares.largest(2) == {"a": 0.6, "b": 0.3, "all else": 0.1}


def test_phases_of_a_report_are_read_from_its_progress():
    lines = [(1.0, "note: some words\n"), (2.0, "scenarios: 1 of 3 (about 4 seconds left)\n"),
             (5.0, "scenarios: 3 of 3\n"), (9.0, "notebooks: 2 of 2\n")]
    assert read_phases(lines) == ({"scenarios": 5.0, "notebooks": 4.0}, 9.0)


def test_a_report_is_timed_by_phases_and_a_failed_one_says_why(tmp_path):
    script = tmp_path / "mixedmig.py"
    script.write_text("import sys, time\nassert sys.argv[1:] == ['report', 'andaman_sea_2015']\n"
                      "print('runs: 1 of 2 (about 1 second left)', file=sys.stderr, flush=True)\ntime.sleep(0.2)\n"
                      "print('runs: 2 of 2', file=sys.stderr, flush=True)\ntime.sleep(0.1)\nprint('x/report.html')\n")
    made = one_report([sys.executable, str(script)], tmp_path, dict(os.environ))
    assert list(made["phases"]) == ["runs", AFTER]
    assert made["phases"]["runs"] >= 0.2
    assert made["phases"][AFTER] >= 0.1
    assert sum(made["phases"].values()) == pytest.approx(made["wall"])
    script.write_text("raise SystemExit('no such case')")
    with pytest.raises(RuntimeError, match="the report failed: no such case"):
        one_report([sys.executable, str(script)], tmp_path, dict(os.environ))


@pytest.mark.parametrize(("seconds", "words"), [(0.2, "about 1 seconds"), (50.0, "about 50 seconds"),
                                                (200.0, "about 3 minutes")])
def test_time_left_is_said_in_words(seconds, words):
    assert time_left(seconds) == f"{words} left"
