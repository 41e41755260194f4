"""The solver chosen for draws, in words; the kernel in ensembles: the same bytes for any number of workers."""

from dataclasses import replace

import numpy as np
import pytest
from short_case import design, short_case

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.results.ledger import closes
from mixedmig_model.solve import run as solvers
from mixedmig_model.solve.dataset import to_arrays
from mixedmig_model.solve.kernel.native import available
from mixedmig_model.study.ensemble import run as ensembles
from mixedmig_model.study.ensemble.files import read_ensemble
from mixedmig_model.study.ensemble.run import run_ensemble

kernel_only = pytest.mark.skipif(bool(available()), reason=available() or "llvmlite is here")
WITHOUT = "llvmlite is not installed (pip install llvmlite); the reference path does all that the kernel does"


@pytest.fixture
def without_llvmlite(monkeypatch):
    monkeypatch.setattr(solvers, "available", lambda: WITHOUT)


def test_an_unknown_path_is_refused_with_the_nearest():
    with pytest.raises(InputFaultsError, match=r"--path: unknown path; found 'kernl'; allowed: auto, kernel, "
                                               r"reference; did you mean 'kernel'\?"):
        solvers.choose_solver("kernl")


def test_the_kernel_without_llvmlite_is_refused_and_auto_says_why_it_is_not_used(without_llvmlite):
    with pytest.raises(InputFaultsError, match=r"--path: the kernel cannot be used; found llvmlite is not installed "
                                               r".*; allowed: auto, reference"):
        solvers.choose_solver("kernel")
    solver = solvers.choose_solver()
    assert solver.words == f"Solved on the reference path: {WITHOUT}."
    assert (solver.kernel, solver.solve, solver.together) == (False, solvers.reference_block, 1)


@kernel_only
def test_the_words_say_which_path_was_chosen():
    assert solvers.choose_solver("reference").words == "Solved on the reference path, as asked."
    assert solvers.choose_solver().words == solvers.choose_solver("kernel").words
    assert solvers.choose_solver().words == "Solved by the kernel, in steps chosen by their own error."
    assert solvers.choose_solver().kernel


@kernel_only
def test_the_kernel_writes_the_same_bytes_for_one_and_two_workers_and_the_same_numbers_in_other_blocks(tmp_path):
    inputs, told = short_case(), []
    plan = design(together=solvers.TOGETHER)
    run_ensemble(inputs, plan, tmp_path / "one", 1, solvers.kernel_block, progress=lambda *step: told.append(step[2]))
    run_ensemble(inputs, plan, tmp_path / "two", 2, solvers.kernel_block)
    run_ensemble(inputs, replace(plan, block=5, together=1), tmp_path / "other", 1, solvers.kernel_block)
    assert told[0] == solvers.COMPILING
    assert "compiling the equations once" in told[0]
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert len(names) == 4
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
    one, other = read_ensemble(tmp_path / "one"), read_ensemble(tmp_path / "other")
    assert not (one.failed != "").any()
    for name in ("indicators", "people_in_stage", "people_adrift", "cost"):
        np.testing.assert_array_equal(other.table(name), one.table(name), err_msg=name)


@kernel_only
def test_runs_that_are_solved_together_fit_into_memory():
    found = {}
    for name, most in (("andaman_sea_2015", 16), ("generic_surge", 3)):
        run = resolve(read_case(read_workspace(installed_workspace()), name))
        answer = solvers.kernel_block([run])[0]
        held = to_arrays(run, answer).size + sum(value.nbytes for value in vars(answer).values()
                                                 if isinstance(value, np.ndarray))
        found[name] = solvers.fitting(run, most)
        assert found[name] == min(most, found[name])
        assert held * found[name] <= 1.15 * solvers.ROOM
        assert solvers.fitting(run, 1) == 1
    assert found == {"andaman_sea_2015": 2, "generic_surge": 3}


@kernel_only
def test_a_block_solves_few_runs_at_a_time_where_they_are_large_and_leaves_the_same_bytes(tmp_path, monkeypatch):
    inputs, calls, solve = short_case(), [], solvers.kernel_block

    def counted(runs):
        calls.append([(run.scenario, len(runs)) for run in runs])
        return solve(runs)

    for module in (solvers, ensembles):
        monkeypatch.setattr(module, "kernel_block", counted)
    blocks = {}
    for room in (1, solvers.ROOM):
        monkeypatch.setattr(solvers, "ROOM", room)
        calls.clear()
        run_ensemble(inputs, design(together=solvers.TOGETHER), tmp_path / str(room), 1, counted)
        assert all(len({scenario for scenario, _ in call}) == 1 for call in calls)  # scenarios one by one
        blocks[room] = max(many for call in calls for _, many in call)
    assert blocks == {1: 1, solvers.ROOM: 2}  # draws of a block are two
    for path in sorted((tmp_path / "1").glob("*")):
        assert path.read_bytes() == (tmp_path / str(solvers.ROOM) / path.name).read_bytes(), path.name


@kernel_only
def test_a_ledger_that_does_not_close_is_seen():
    answer = solvers.kernel_block([resolve(short_case())])[0]
    assert closes(answer)
    for cell in (0, answer.week_stocks.shape[1] - 1):  # people first, staff last
        stocks = answer.week_stocks.copy()
        stocks[2, cell] += 1e-3
        assert not closes(replace(answer, week_stocks=stocks))
    totals = answer.week_totals.copy()
    totals[2:, answer.layout.flow_at["departed"][0]] += 1e-3
    assert not closes(replace(answer, week_totals=totals))
    assert closes(replace(answer, week_stocks=None))  # stocks made out of totals: nothing to compare
