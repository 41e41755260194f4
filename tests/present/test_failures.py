"""What users read when something fails: each message names what failed, and nothing is left half-written."""

import math

import nbformat
import numpy as np
import pytest

from mixedmig_model.present.report import make as report
from mixedmig_model.present.report.make import NotebookError, NotebookJob, make_report
from mixedmig_model.record.finished import ComparisonError, make_comparison, open_comparison, ordered
from mixedmig_model.record.schema.report import NotWorkedOut
from mixedmig_model.solve import reference
from mixedmig_model.study import scenarios

TWO = ["as_it_happened", "standing_preparedness"]


def test_a_folder_without_a_comparison_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no finished comparison in .*: report\.json is missing"):
        open_comparison(tmp_path)


def test_a_scenario_that_results_do_not_have_is_named_with_those_there_are(book):
    with pytest.raises(KeyError, match=r"no scenario 'elsewhere' in these results; there are as_it_happened, predict"):
        open_comparison(book[1], ["elsewhere"])


def test_a_book_opens_with_the_baseline_and_what_was_asked_for(book):
    found = open_comparison(book[1], ["predictable_disembarkation_and_screening"])
    assert found.names == ["as_it_happened", "predictable_disembarkation_and_screening"]
    assert set(found.runs) == set(found.names)


@pytest.fixture
def unjudged(monkeypatch):
    """No run by scipy beside the kernel: what is tested here happens without it."""
    monkeypatch.setattr(scenarios, "agreement", lambda *_: {"stocks": 0.0, "indicator": "deaths", "gap": 0.0})


@pytest.mark.usefixtures("unjudged")
def test_one_failed_scenario_is_named_and_the_others_are_still_run(andaman, tmp_path, monkeypatch):
    real, done = scenarios.run_one, []

    def sometimes(run, *parts):
        done.append(run.scenario)
        if run.scenario == "standing_preparedness":
            raise reference.SolveError("the run stopped between day 1 and day 2: planted")
        return real(run, *parts)

    monkeypatch.setattr(scenarios, "run_one", sometimes)
    with pytest.raises(ComparisonError) as caught:
        make_comparison(andaman, ordered(andaman, TWO), tmp_path, workers=1)
    lines = str(caught.value).splitlines()
    assert lines[0] == "standing_preparedness: SolveError: the run stopped between day 1 and day 2: planted"
    assert lines[1].startswith("standing_preparedness (low need share): SolveError")
    assert len(lines) == 3
    for_delay = done.count("as_it_happened") - 3  # staff without end, then the teams needed
    assert 2 <= for_delay <= 13
    assert done.count("standing_preparedness") == 4  # and once to find its smallest team
    assert not (tmp_path / "report.json").exists()


@pytest.mark.usefixtures("unjudged")
def test_a_report_without_the_cost_of_delay_says_why_and_has_all_else(andaman, tmp_path, monkeypatch):
    def planted(*_):
        raise reference.SolveError("the run stopped between day 1 and day 2: planted")

    monkeypatch.setattr(scenarios, "delay_tables", planted)
    made = make_comparison(andaman, ordered(andaman, ["as_it_happened"]), tmp_path, workers=1)
    assert made.record.delay == NotWorkedOut(failure="SolveError: the run stopped between day 1 and day 2: planted")
    assert made.record.costs["as_it_happened"].total > 0
    assert (tmp_path / "report.json").is_file()


def test_a_run_that_stops_says_when(andaman, monkeypatch):
    class Stopped(reference.RK23):
        def step(self):
            self.status = "failed"
            return "step size becomes too small"

    monkeypatch.setitem(reference.METHODS, "RK23", Stopped)
    from mixedmig_model.inputs.resolving.resolve import resolve

    text = r"the run stopped between day 0 and day [0-9]+: step size becomes too small"
    with pytest.raises(reference.SolveError, match=text):
        reference.solve_reference(resolve(andaman))


def test_a_failed_notebook_is_named_and_the_old_report_stays(andaman, book, tmp_path, monkeypatch):
    target = tmp_path / "reports" / "comparison"
    target.mkdir(parents=True)
    (target / "report.html").write_text("old", encoding="utf-8")
    monkeypatch.setattr(report, "make_comparison", lambda *a, **k: book[0])
    broken = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("raise ValueError('planted in a cell')")])
    broken.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(broken, tmp_path / "broken.ipynb")
    monkeypatch.setattr(report, "notebook_path", lambda *a: tmp_path / "broken.ipynb")
    monkeypatch.setattr(report, "jobs", lambda *a: [NotebookJob("compare", "report", "The comparison", {})])
    text = r"notebook compare \(The comparison\) failed: ValueError: planted in a cell"
    with pytest.raises(NotebookError, match=text):
        make_report(andaman, TWO, target, workers=1, draws=0)
    assert (target / "report.html").read_text(encoding="utf-8") == "old"
    assert [p.name for p in target.parent.iterdir()] == ["comparison"]


def test_progress_without_a_terminal_is_a_few_lines_with_the_time_left(capsys, monkeypatch):
    from mixedmig_model.cli.progress import terminal_progress

    ticks = iter([0.0] + [10.0 * k for k in range(1, 13)])
    monkeypatch.setattr("mixedmig_model.cli.progress.PlainProgress.__init__.__defaults__", (lambda: next(ticks),))
    with terminal_progress() as show:
        for done in range(1, 13):
            show("solving", done, 12)
    assert capsys.readouterr().err.splitlines() == [
        "solving: 1 of 12 (about 2 minutes left)", "solving: 4 of 12 (about 80 seconds left)",
        "solving: 7 of 12 (about 50 seconds left)", "solving: 10 of 12 (about 20 seconds left)", "solving: 12 of 12"]


def test_each_phase_has_its_own_pace_and_what_was_done_before_does_not_count():
    from mixedmig_model.cli.progress import PlainProgress

    lines, now = [], [0.0]
    show = PlainProgress(lines.append, lambda: now[0])
    for now[0], phase, done in ((50.0, "draws", 0), (60.0, "draws", 1), (61.0, "draws", 10), (161.0, "notebooks", 1),
                                (162.0, "kept", 8), (170.0, "kept", 9), (200.0, "kept", 10)):
        show(phase, done, 10)
    assert lines == [
        "draws: 1 of 10 (about 2 minutes left)\n", "draws: 10 of 10\n", "notebooks: 1 of 10 (about 15 minutes left)\n",
        "kept: 8 of 10\n", "kept: 10 of 10\n"]


def test_spread_leaves_out_what_does_not_exist():
    assert scenarios.spread([3.0, np.nan, 1.0]) == (1.0, 3.0)
    assert all(math.isnan(v) for v in scenarios.spread([np.nan]))
