"""A report that the kernel solved says how far scipy agrees on the baseline."""

import math
from datetime import timedelta

import pytest
from short_case import short_case

from mixedmig_model.inputs.observations.published import Observation
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.record.schema.inputs import RunPart
from mixedmig_model.record.schema.report import AgreementPart, NotWorkedOut
from mixedmig_model.record.words.solving import agreement_sentence, solver_row
from mixedmig_model.results.observed import modelled
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.kernel.native import available
from mixedmig_model.solve.run import solve, solve_kernel
from mixedmig_model.study import agreement as judged
from mixedmig_model.study.agreement import agreement, entering, gap
from mixedmig_model.study.scenarios import AGREEMENT, plan

made_by = RunPart.model_validate
kernel_only = pytest.mark.skipif(bool(available()), reason=available() or "the kernel is there")


@kernel_only
def test_kernel_and_scipy_agree_on_a_run_and_the_largest_difference_is_named():
    run = resolve(short_case())
    found = agreement(run)
    assert 0.0 < found["stocks"] < 0.001
    assert found["gap"] < 0.005
    assert "On no day does a stock differ by more than 0.0" in agreement_sentence(AgreementPart.model_validate(found))


@kernel_only
def test_observed_levels_flows_and_waits_are_the_same_of_both_solvers():
    run = resolve(short_case())
    both = [to_dataset(run, solver(run)) for solver in (solve, solve_kernel)]
    country, group = next(iter(run.countries)), next(iter(run.groups))
    day, end = run.start + timedelta(days=3), run.start + timedelta(days=5)
    for quantity, last in (("in_reception", None), ("awaiting_decision", None), ("registered", end),
                           ("flow:absconded", end), ("waiting_over:registration:2d", None), ("staff", None)):
        places = ("all",) if quantity == "staff" else ("all", country)
        for where, whom in ((where, whom) for where in places for whom in ("all", group)[: len(places)]):
            seen = Observation(quantity, day, last or day + timedelta(days=1), country=where, low=1.0, value=1.0,
                               high=1.0, kind="predicted", source="test", note="", group=whom, level=last is None)
            one, other = (modelled(ds, seen) for ds in both)
            assert one == pytest.approx(other, rel=0.005, abs=0.5), (quantity, where, whom)


@kernel_only
def test_a_solver_that_is_wrong_is_seen(monkeypatch):
    run = resolve(short_case())

    def wrong(one):
        answer = solve_kernel(one)
        answer.day_stocks[5:] *= 1.02
        return answer

    monkeypatch.setattr(judged, "solve_kernel", wrong)
    assert agreement(run)["stocks"] > 0.001


@pytest.mark.parametrize(("one", "other", "unit", "share"), [
    (100.0, 100.9, "person", 0.0), (100.0, 102.0, "person", 2.0 / 102.0), (10.0, 10.4, "day", 0.0),
    (10.0, 11.0, "day", 1.0 / 11.0), (0.5, 0.6, "share", 0.1 / 0.6), (0.0, 0.0, "share", 0.0),
    (math.nan, math.nan, "day", 0.0), (math.nan, 3.0, "day", math.inf)])
def test_a_gap_is_a_share_and_less_than_a_person_or_half_a_day_is_none(one, other, unit, share):
    assert gap(one, other, unit) == pytest.approx(share)


def test_the_sentence_says_what_is_known():
    found = {"stocks": 4.2e-5, "indicator": "deaths", "gap": 0.0}
    assert agreement_sentence(None) == ""
    assert agreement_sentence(AgreementPart(**found)) == (
        "The kernel solved all runs. Scipy, which is independent of the kernel, solved the baseline as well. On no "
        "day does a stock differ by more than 0.0042 % of all people who enter the run; no breach, harm or headline "
        "differs by more than one person or half a day.")
    text = agreement_sentence(AgreementPart(**found | {"gap": 0.0032}))
    assert "differs most of all breaches, harms and headlines, by 0.32 %." in text
    assert "exists in only one of the two" in agreement_sentence(AgreementPart(**found | {"gap": math.inf}))
    assert agreement_sentence(NotWorkedOut(failure="SolveError: no step")) == (
        "Scipy could not solve the baseline, so nothing checks the kernel: SolveError: no step")


def test_scipy_solves_the_baseline_beside_the_kernel_only(tmp_path):
    inputs = short_case()
    names = [inputs.case.baseline]
    assert [task.side for task in plan(inputs, names, tmp_path, "kernel")].count(AGREEMENT) == 1
    assert AGREEMENT not in [task.side for task in plan(inputs, names, tmp_path)]


@kernel_only
def test_a_page_says_who_solved_a_run_and_how_closely():
    run = resolve(short_case())
    by_scipy, by_kernel = (to_dataset(run, answer).attrs for answer in (solve(run), solve_kernel(run)))
    assert solver_row(made_by(by_scipy)) == ("scipy RK23", "1e-06 / 0.0003 persons")
    assert solver_row(made_by(by_kernel)) == ("kernel, SSPRK3", "each step by its own error")
    assert solver_row(made_by(to_dataset(run, solve_kernel(run, 0.5)).attrs)) == ("kernel, SSPRK3", "steps of 0.5 days")


@kernel_only
def test_all_who_enter_are_those_of_the_run():
    run = resolve(short_case())
    ds = to_dataset(run, solve_kernel(run))
    opening = sum(each.persons for each in run.opening)
    assert entering(run) == pytest.approx(float(ds["flow_departed"].sum()) + opening, rel=0.02)
