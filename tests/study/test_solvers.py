"""The solver chosen for draws, in words; the compiled path in ensembles: the same bytes for any number of workers."""

from dataclasses import replace

import numpy as np
import pytest
from short_case import design, short_case

from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.results.ledger import closes
from mixedmig_model.solve import run as solvers
from mixedmig_model.solve.compiled.runs import available
from mixedmig_model.study.ensemble.files import read_ensemble
from mixedmig_model.study.ensemble.run import run_ensemble

compiled_only = pytest.mark.skipif(bool(available()), reason=available() or "JAX is here")
WITHOUT = "JAX is not installed (pip install jax); everything still works on the reference path"


@pytest.fixture
def without_jax(monkeypatch):
    monkeypatch.setattr(solvers, "available", lambda: WITHOUT)


def test_an_unknown_path_is_refused_with_the_nearest():
    with pytest.raises(InputFaultsError, match=r"--path: unknown path; found 'compild'; allowed: auto, compiled, "
                                               r"reference; did you mean 'compiled'\?"):
        solvers.choose_solver("compild")


def test_the_compiled_path_without_jax_is_refused_and_auto_says_why_it_is_not_used(without_jax):
    with pytest.raises(InputFaultsError, match=r"--path: the compiled path cannot be used; found JAX is not installed "
                                               r".*; allowed: auto, reference"):
        solvers.choose_solver("compiled")
    solver = solvers.choose_solver()
    assert solver.words == f"Solved on the reference path: {WITHOUT}."
    assert (solver.compiled, solver.solve, solver.together) == (False, solvers.reference_block, 1)


@compiled_only
def test_the_words_say_which_path_was_chosen():
    assert solvers.choose_solver("reference").words == "Solved on the reference path, as asked."
    assert solvers.choose_solver().words == solvers.choose_solver("compiled").words
    assert solvers.choose_solver().words == "Solved on the compiled path, in steps of 0.5 day."
    assert solvers.choose_solver().compiled


@compiled_only
def test_the_compiled_path_writes_the_same_bytes_for_one_and_two_workers_and_the_same_numbers_in_other_blocks(tmp_path):
    inputs, told = short_case(), []
    plan = design(together=solvers.TOGETHER)
    run_ensemble(inputs, plan, tmp_path / "one", 1, solvers.compiled_block, progress=lambda *step: told.append(step[2]))
    run_ensemble(inputs, plan, tmp_path / "two", 2, solvers.compiled_block)
    run_ensemble(inputs, replace(plan, block=5, together=1), tmp_path / "other", 1, solvers.compiled_block)
    assert told[0] == solvers.COMPILING
    assert "compiling the equations once" in told[0]
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert len(names) == 4
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
    one, other = read_ensemble(tmp_path / "one"), read_ensemble(tmp_path / "other")
    assert not (one.failed != "").any()
    for name in ("indicators", "people_in_stage", "people_adrift", "cost"):
        np.testing.assert_allclose(other.table(name), one.table(name), rtol=1e-12, atol=1e-12, err_msg=name)


@compiled_only
def test_a_ledger_that_does_not_close_is_seen():
    answer = solvers.compiled_block([resolve(short_case())])[0]
    assert closes(answer)
    for cell in (0, answer.week_stocks.shape[1] - 1):  # people first, staff last
        stocks = answer.week_stocks.copy()
        stocks[2, cell] += 1e-3
        assert not closes(replace(answer, week_stocks=stocks))
    totals = answer.week_totals.copy()
    totals[2:, answer.layout.flow_at["departed"][0]] += 1e-3
    assert not closes(replace(answer, week_totals=totals))
    assert closes(replace(answer, week_stocks=None))  # stocks made out of totals: nothing to compare
