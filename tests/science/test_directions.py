"""Directions that must hold with feedbacks off: more of a means never makes worse what it is for."""

import itertools

import numpy as np
import pytest

from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.solve.answer import Answer, Options
from mixedmig_model.solve.run import solve
from mixedmig_model.vocabulary.labels import STAGE

from .synthetic import (
    CHILD_ALONE,
    MIGRANT,
    REFUGEE,
    REFUGEE_CHILD,
    TRAFFICKED,
    daily_people,
    make_run,
    weekly_stock,
    weekly_total,
)

TIGHT = Options(rtol=1e-8, atol=1e-5)
SLACK = 1e-3
"""Persons, or person-days per day: far above the error of the solver at these tolerances."""
GROUPS = {
    "refugee": REFUGEE, "refugee_child": REFUGEE_CHILD, "child_alone": CHILD_ALONE, "trafficked": TRAFFICKED,
    "migrant": MIGRANT,
}
INTERNATIONAL = [group["need"] == "international" for group in GROUPS.values()]


def surge(**changes: object) -> RunInputs:
    """A surge on weak services: refused and abandoned boats, people without shelter, quality feedback off."""
    return make_run(
        84, {0: 15.0, 14: 90.0, 35: 5.0}, GROUPS,
        **{
            "determination__quality_slope": 0.0, "registration__officers": 6.0, "screening__officers": 4.0,
            "reception__places": 300.0, "detention__places": 100.0, "detention__detained_share": 0.2,
            "journey__refused_share": {0: 0.0, 20: 0.4, 30: 0.0}, "journey__abandonment_rate": {0: 0.0, 25: 0.05},
            "journey__adrift_death_rate": 0.004, "onward__rate": 0.001, **changes,
        },
    )


def queue(answer: Answer, stage: str) -> np.ndarray:
    """People in a stage, by day."""
    return daily_people(answer)[:, STAGE[stage]].sum(axis=(1, 2))


@pytest.fixture(scope="module")
def baseline() -> Answer:
    return solve(surge(), TIGHT)


def test_more_screening_staff_never_lengthens_the_screening_queue(baseline):
    """Person-days in screening, from no staff at all to more than can be used."""
    staff = (0.0, 4.0, 5.0, 20.0, 1000.0)
    person_days = [
        np.trapezoid(queue(baseline if n == 4.0 else solve(surge(screening__officers=n), TIGHT), "screening"))
        for n in staff
    ]
    assert (np.diff(person_days) <= SLACK).all(), person_days
    assert (np.diff(person_days[:4]) < -10.0).all(), person_days  # congested: each officer more is felt
    assert person_days[-1] == pytest.approx(person_days[-2], rel=1e-3)  # and in the end none is


def test_screening_staff_who_arrive_later_help_less_and_never_harm(baseline):
    plans = [{0: 4.0, day: 8.0} for day in (7, 35)]
    waits = [queue(solve(surge(screening__officers=plan), TIGHT), "screening") for plan in plans]
    waits.append(queue(baseline, "screening"))
    for sooner, later in itertools.pairwise(waits):
        assert (sooner <= later + SLACK).all()
        assert np.trapezoid(sooner) < np.trapezoid(later) - 10.0


@pytest.mark.parametrize("officers", [3.0, 6.0, 12.0, 60.0])
def test_doubling_registration_officers_never_raises_the_registration_queue(officers):
    once, twice = (
        queue(solve(surge(registration__officers=n), TIGHT), "registration") for n in (officers, 2 * officers)
    )
    assert (twice <= once + SLACK).all()
    if officers < 12.0:
        assert once.max() - twice.max() > 20.0


def test_the_sooner_people_are_brought_to_safety_the_fewer_die_adrift():
    times = (0.5, 2.0, 14.0, 60.0)
    deaths = [
        weekly_total(solve(surge(journey__time_to_place_of_safety=t), TIGHT), "deaths_adrift").sum(axis=1)
        for t in times
    ]
    for sooner, later in itertools.pairwise(deaths):
        assert (sooner <= later + SLACK).all()
        assert sooner[-1] < later[-1] - 0.1
    # Shortening it from some day on helps as well.
    dated = weekly_total(
        solve(surge(journey__time_to_place_of_safety={0: 14.0, 28: 2.0}), TIGHT), "deaths_adrift"
    ).sum(axis=1)
    assert (dated <= deaths[2] + SLACK).all()
    assert deaths[1][-1] < dated[-1] < deaths[2][-1]


def test_more_access_of_agencies_never_raises_the_needs_missed_of_refugees():
    missed = [
        weekly_total(solve(surge(screening__agency_access=access), TIGHT), "needs_missed").sum(axis=(1, 3))
        for access in (0.0, 0.5, 1.0)
    ]
    for less, more in itertools.pairwise(missed):
        assert (more[:, INTERNATIONAL] <= less[:, INTERNATIONAL] + SLACK).all()
        assert (more[-1, INTERNATIONAL] < less[-1, INTERNATIONAL] - 1.0).all()
    # The two ends are the sensitivities themselves: 1 - 0.7 and 1 - 0.9 of the same people.
    assert missed[-1][-1, INTERNATIONAL] == pytest.approx(missed[0][-1, INTERNATIONAL] / 3.0, rel=1e-5)


def test_a_child_wrongly_assessed_adult_is_missed_more_often_and_detained():
    """Fewer such errors never raise the needs missed of children alone, nor the children in detention."""
    runs = [
        solve(surge(registration__wrongly_assessed_adult_share=share), TIGHT) for share in (0.0, 0.3, 1.0)
    ]
    alone, child = list(GROUPS).index("child_alone"), list(GROUPS).index("refugee_child")
    missed = [weekly_total(answer, "needs_missed")[-1].sum(axis=(0, 2))[alone] for answer in runs]
    detained = [weekly_stock(answer, "people")[:, :, 0, [alone, child]].sum(axis=(1, 2, 3)) for answer in runs]
    assert missed[0] == pytest.approx(0.0, abs=1e-9)
    assert (np.diff(missed) > 0.5).all(), missed
    assert detained[0].max() == pytest.approx(0.0, abs=1e-9)
    for fewer, more in itertools.pairwise(detained):
        assert fewer.max() < more.max() - 0.1
