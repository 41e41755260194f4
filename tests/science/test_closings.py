"""Claims closed without a decision, and withdrawals by group: closed forms, bounds, and what it means for harms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mixedmig_model.equations.levels import Closing, Work
from mixedmig_model.equations.procedure import closing_hazard
from mixedmig_model.results.indicators.exposure import judged_counts
from mixedmig_model.results.ledger import check_ledger
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.reference import solve_reference

from .synthetic import EXACT, make_run, weekly_stock, weekly_total

WAITING = (("determination", "community", "here", 1000.0),)
QUIET = {"determination__officers": 0.0, "arrivals__claim_share": 1.0, "counselling__claim_share": 0.0,
         "disclosure__rate": 0.0}


def solved(days=84, **changes):
    return solve_reference(make_run(days, opening=WAITING, **(QUIET | changes)), EXACT)


def test_officers_close_as_many_claims_as_they_can():
    """Two officers, 7 cases a week of 1.8 persons, in weeks of 40 hours as in the standard week: 3.6 persons a day."""
    closed = weekly_total(solved(closing__officers=2.0, closing__cases_per_week=7.0), "closed").sum(axis=(1, 2, 3))
    assert np.allclose(closed, 3.6 * 7.0 * np.arange(13.0), rtol=1e-6)


def test_with_officers_enough_claims_go_as_the_least_time_says():
    left = weekly_stock(solved(closing__officers=1e6, closing__minimum_time=30.0), "people")[:, 4].sum(axis=(1, 2, 3))
    assert np.allclose(left, 1000.0 * np.exp(-7.0 * np.arange(13.0) / 30.0), rtol=1e-5)


def test_only_eligible_claims_are_closed():
    closed = weekly_total(solved(closing__officers=5.0, closing__eligible_share=[0.0, 1.0]), "closed")[-1]
    assert closed[:, 0].sum() == 0.0
    assert closed[:, 1].sum() > 100.0


@pytest.mark.parametrize("factors", [(1.0, 1.0), (0.0, 3.0), (2.5, 0.5)])
def test_each_group_withdraws_at_its_own_rate(factors):
    answer = solved(determination__withdrawal_rate=0.004, determination__withdrawal_factor=list(factors))
    left = weekly_stock(answer, "people")[-1, 4].sum(axis=(0, 2))
    assert np.allclose(left, 500.0 * np.exp(-0.004 * 84 * np.array(factors)), rtol=1e-5)


@given(st.lists(st.floats(0.0, 1e5), min_size=2, max_size=5), st.floats(0.0, 500.0), st.data())
def test_no_more_is_closed_than_officers_can_and_claims_there_are(people, officers, data):
    eligible = np.array([data.draw(st.floats(0.0, 1.0)) for _ in people])
    queue = np.array(people)[:, None]
    closing = Closing(*(np.array([x]) for x in (officers, 20.0, 30.0)), eligible)
    work = Work(*(np.array([x]) for x in (40.0 / 7.0, 8.0, 1.5, 0.0, 0.0)))
    a_day = (closing_hazard(queue, closing, work) * queue).sum()
    most = officers * 20.0 * 1.5 / 7.0
    assert a_day <= most * (1.0 + 1e-9) + 1e-9
    assert a_day <= (eligible[:, None] * queue).sum() / 30.0 * (1.0 + 1e-9) + 1e-9


def test_closing_claims_is_no_gain():
    """People whose claim is closed count as without protection, status and solution, as if they still waited."""
    runs = [to_dataset(run, solve_reference(run)) for run in (
        make_run(84, opening=WAITING, **(QUIET | changes)) for changes in ({}, {"closing__officers": 3.0}))]
    assert check_ledger(runs[1]) == []
    waiting, closing = (judged_counts(run) for run in runs)
    for key in ("unprotected", "without_solution"):
        assert closing.harms[key].seen == pytest.approx(waiting.harms[key].seen, rel=1e-6)
        assert closing.harms[key].exposure == pytest.approx(waiting.harms[key].exposure, rel=1e-6)
    added = closing.harms["without_status"].seen - waiting.harms["without_status"].seen
    assert added == pytest.approx(float(np.trapezoid(runs[1]["daily_closed"].values.sum(axis=1))), rel=1e-6)
    assert added > 1000.0
