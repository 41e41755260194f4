"""Waiting for a decision, and a ban on work while people wait, make them self-reliant later."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mixedmig_model.equations.carried import Through, lost_by_waiting, setback_change, waited_change
from mixedmig_model.equations.levels import Solutions
from mixedmig_model.solve.kernel.runs import solve_runs
from mixedmig_model.solve.run import solve
from mixedmig_model.vocabulary.calendar import YEAR_DAYS
from mixedmig_model.vocabulary.labels import STAGE

from .discrete_event import Country, Group, Staff, World, replicate
from .synthetic import EXACT, HUGE, PLAIN, REFUGEE, daily_flow, daily_people, make_run
from .test_discrete_event import DESK, FLAT, QUICK_DESK, agree, officer_days, sharp, solved

GROUPS = {"refugee": REFUGEE}
ONE_YEAR = {
    "determination__officers": {0: 0.0, 365: 1e6}, "determination__minimum_time": 0.2425,
    "determination__true_positive_rate": 1.0, "determination__quality_slope": 0.0, "determination__caseload_norm": HUGE,
    "solutions__self_reliance_time_without_work": 500.0, "solutions__self_reliance_time_with_work": 500.0,
}
"""Everybody waits for a year (365 days without staff, 0.2425 for the decision), and is recognised then."""


def waited(days=720, **changes):
    return make_run(days, groups=GROUPS, opening=(("determination", "community", "here", 1000.0),),
                    **ONE_YEAR, **changes)


def hazard(answer):
    """Hazard of self-reliance of protected people by day, zero where there is nobody."""
    people = daily_people(answer)[:, STAGE["protected"]].sum(axis=(1, 2))
    became = daily_flow(answer, "integrated").sum(axis=1)
    return became / np.maximum(0.5 * (people[1:] + people[:-1]), 1e-9)


def late(*runs):
    """Hazards on days long after the decisions, by the kernel."""
    return [hazard(answer)[400:] for answer in solve_runs(runs)]


@pytest.mark.parametrize("loss", [0.16, 0.23])
def test_one_year_waited_multiplies_the_hazard_of_self_reliance_by_one_less_the_loss(loss):
    """By 0.84 to 0.77, as published."""
    less, plain = late(waited(solutions__waiting_loss=loss), waited())
    assert less / plain == pytest.approx(1.0 - loss, rel=1e-4)


def test_scipy_finds_the_same_loss():
    found = hazard(solve(waited(500, solutions__waiting_loss=0.2)))[400:]
    assert found == pytest.approx(0.8 / 500.0, rel=2e-3)


def test_a_ban_takes_its_part_of_those_who_may_not_work():
    """And both losses multiply."""
    plain, ban, both, free = late(
        waited(), waited(solutions__ban_loss=0.15, solutions__work_while_waiting=0.4),
        waited(solutions__ban_loss=0.15, solutions__waiting_loss=0.2),
        waited(solutions__ban_loss=0.15, solutions__work_while_waiting=1.0),
    )
    assert ban / plain == pytest.approx(1.0 - 0.15 * 0.6, rel=1e-6)
    assert both / plain == pytest.approx(0.85 * 0.8, rel=1e-4)
    assert np.array_equal(free, plain)


def test_without_losses_no_number_changes():
    runs = [make_run(60, 40.0, solutions__self_reliance_time_without_work=300.0, solutions__work_while_waiting=share,
                     screening__prima_facie_share=0.4) for share in (0.0, 1.0)]
    one, other = solve_runs(runs)
    assert np.array_equal(one.week_totals, other.week_totals)


def test_people_protected_at_the_opening_have_lost_nothing():
    run = make_run(100, groups=GROUPS, opening=(("protected", "community", "here", 500.0),),
                   solutions__self_reliance_time_without_work=200.0, solutions__waiting_loss=0.5,
                   solutions__ban_loss=0.5)
    for answer in (solve(run, EXACT), solve_runs([run])[0]):
        assert hazard(answer) == pytest.approx(np.full(100, 1.0 / 200.0), rel=1e-4)


@pytest.mark.slow
def test_people_one_by_one_become_self_reliant_as_late_as_the_equations_say():
    """A queue that grows fivefold, and the largest loss published.

    The equations give everybody who is recognised the mean wait of those who wait. Here those who came first are
    decided first, and have waited longer: the equations have up to a tenth more people self-reliant (with a loss of
    0.5 it was 11 %, here less), never fewer.
    """
    days, rows = 728, [364, 546, 728]
    run = make_run(
        days, {0: 12.0, 364: 0.0}, GROUPS, screening__officers=60.0, screening__sensitivity_with_access=1.0,
        screening__sensitivity_without_access=1.0, determination__officers=3.0, determination__cases_per_week=3.0,
        determination__quality_slope=0.0, determination__true_positive_rate=1.0, reception__places=HUGE,
        solutions__self_reliance_time_without_work=300.0, solutions__waiting_loss=0.23, **FLAT, **QUICK_DESK,
    )
    here = Country(
        departures=((0.0, 12.0), (364.0, 0.0)), community=0.1, integration=1.0 / 300.0, waiting_loss=0.23,
        move_on=1.0 / PLAIN["reception.move_on_time"], teams={
            "registration": DESK, "screening": Staff(60, officer_days(1.0), 2.0),
            "determination": Staff(3, officer_days(40.0 / (3.0 * 1.8)), 20.0),
        },
    )
    world = World(float(days), {"anyone": Group(1.0, positive=1.0, recognised=1.0)}, {"here": here})
    ds = solved(run)
    fluid = ds["daily_integrated"].sum("country").values[rows]
    samples = replicate(world, 8, 41, lambda twin: twin.series("integrated")[rows])
    agree([f"self-reliant by day {day}" for day in rows], fluid, samples, allowed=0.1)
    sharp(fluid, samples, 0.08)
    assert (fluid > samples.mean(axis=0)).all()


# The equations alone.

PEOPLE = arrays(float, (2, 3), elements=st.floats(0.1, 1e4))
SHARES = arrays(float, 3, elements=st.floats(0.0, 0.9))


def inputs(waiting, ban, work):
    nothing = {name: np.zeros(3) for name in Solutions._fields}
    return Solutions(**nothing | {"waiting_loss": waiting, "ban_loss": ban, "work_while_waiting": work})


@settings(max_examples=100, deadline=None)
@given(arrays(float, (2, 3), elements=st.floats(0.0, 4000.0)), SHARES, SHARES, SHARES)
def test_the_part_lost_is_a_share_that_grows_with_the_wait(wait, waiting, ban, work):
    lost = lost_by_waiting(wait, inputs(waiting, ban, work))
    longer = lost_by_waiting(wait + YEAR_DAYS, inputs(waiting, ban, work))
    assert (lost >= -1e-12).all()
    assert (lost <= 1.0).all()
    assert (longer >= lost - 1e-12).all()
    assert 1.0 - longer == pytest.approx((1.0 - lost) * (1.0 - waiting), rel=1e-9, abs=1e-12)


@settings(max_examples=100, deadline=None)
@given(PEOPLE, PEOPLE, PEOPLE, st.floats(0.0, 900.0), st.floats(0.0, 1.0))
def test_days_waited_and_setbacks_leave_with_those_who_leave(present, came, gone, wait, lost):
    """The mean of those who stay is moved by nobody who leaves: only by those who come, and by the day that passes."""
    passing = Through(present, came, came - gone)
    grown = waited_change(wait * present, passing)
    assert grown == pytest.approx(present - wait * gone, rel=1e-9, abs=1e-6)
    change = setback_change(0.3 * present, passing, np.full((2, 3), lost))
    assert change == pytest.approx(came * lost - 0.3 * gone, rel=1e-9, abs=1e-6)
