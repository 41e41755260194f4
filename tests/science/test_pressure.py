"""Pressure takes time from each case and quality from each decision, within bounds; off, it changes no number."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mixedmig_model.equations.levels import Determination
from mixedmig_model.equations.procedure import caseload_excess, time_cut, true_positive_rate
from mixedmig_model.solve.kernel.runs import solve_runs

from .synthetic import REFUGEE, daily_flow, make_run

OFFICERS, NORM, CASES = 5.0, 40.0, 1.8
STILL = {"return__assisted_uptake_rate": 0.0, "return__assisted_places": 0.0}


def decided(**changes):
    """Decisions a day, and the share recognised, over ten days with six times the norm before each officer."""
    run = make_run(
        10, groups={"refugee": REFUGEE}, determination__officers=OFFICERS, determination__caseload_norm=NORM,
        determination__quality_slope=0.0, appeal__appealed_share=0.0, **STILL, **changes,
        opening=(("determination", "community", "here", 6 * NORM * OFFICERS * CASES),),
    )
    answer = solve_runs([run], step=1 / 16)[0]
    granted = daily_flow(answer, "recognised").sum(axis=1)
    return granted + daily_flow(answer, "refused_without_appeal").sum(axis=1), granted


def test_six_norms_of_caseload_cut_the_time_of_a_case_by_the_formula():
    """Five norms above the first; the queue hardly moves in ten days, so that the cut is that of its start."""
    plain, granted = decided()
    cut = 0.3 * (1.0 - np.exp(-0.1 * 5.0 / 0.3))
    pressed, fewer = decided(determination__pressure_cut=0.3, determination__pressure_slope=0.1,
                             determination__pressure_quality_loss=0.5)
    assert pressed[0] / plain[0] == pytest.approx(1.0 / (1.0 - cut), rel=2e-3)
    assert granted[0] / plain[0] == pytest.approx(0.8, rel=1e-6)
    assert fewer[0] / pressed[0] == pytest.approx(0.8 - 0.5 * cut, rel=2e-3)


def test_without_a_cut_its_other_inputs_change_no_number():
    runs = [make_run(60, 60.0, determination__officers=1.0, determination__caseload_norm=2.0,
                     determination__rework_share=0.3, determination__rework_age=10.0,
                     determination__pressure_slope=slope, determination__pressure_quality_loss=loss)
            for slope, loss in ((0.0, 0.0), (0.7, 0.9))]
    one, other = solve_runs(runs)
    assert np.array_equal(one.week_totals, other.week_totals)


def terms(cut, slope, loss):
    nothing = {name: np.zeros(3) for name in Determination._fields}
    given = {"pressure_cut": cut, "pressure_slope": slope, "pressure_quality_loss": loss,
             "caseload_norm": np.full(3, NORM), "true_positive_rate": np.full(3, 0.8)}
    return Determination(**nothing | given)


CUTS, SHARES = arrays(float, 3, elements=st.floats(0.0, 0.9)), arrays(float, 3, elements=st.floats(0.0, 1.0))


@settings(max_examples=100, deadline=None)
@given(arrays(float, 3, elements=st.floats(0.0, 1e5)), st.floats(0.0, 1e4), CUTS, SHARES, SHARES)
def test_more_pressure_never_gives_a_case_more_time_nor_a_decision_more_quality(queue, more, cut, slope, loss):
    inputs, officers, cases = terms(cut, slope, loss), np.full(3, OFFICERS), np.full(3, CASES)
    few, many = (caseload_excess(people, officers, inputs, cases) for people in (queue, queue + more))
    assert (time_cut(few, inputs) >= 0.0).all()
    assert (time_cut(many, inputs) <= cut + 1e-12).all()
    assert (time_cut(many, inputs) >= time_cut(few, inputs) - 1e-12).all()
    good, worse = (true_positive_rate(people, officers, inputs, cases) for people in (queue, queue + more))
    assert (worse <= good + 1e-12).all()
    assert (worse >= 0.0).all()
