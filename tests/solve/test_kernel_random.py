"""Random runs by the kernel against the reference: every layout, hard bounds of the inputs among their numbers."""

import pytest
from science.synthetic import MIGRANT, NEVER, REFUGEE, make_run

from mixedmig_model.inputs.parameters.catalogue import CATALOGUE, allowed_by
from mixedmig_model.solve.kernel.native import available
from solve.agreement import Gap, judged
from solve.random_runs import COUNTRIES, GROUPS, HARMLESS, SUMMED, random_run

needs_kernel = pytest.mark.skipif(bool(available()), reason=available() or "llvmlite is there")
MANY, IN_THE_GATE = 500, (1, 2, 5, 8, 15, 104, 194, 464)
"""Runs in all, and those compared each time: of each number of groups, most with extremes. Of the last three one has
stages that take a quarter of an hour, one has staff who are in full output within half a day, and in one people abscond
within half an hour from a stage without staff."""
STAYS = ("journey.voyage_time", "screening.minimum_time", "counselling.duration", "determination.minimum_time",
         "return.documentation_time", "onward.journey_time")


def test_random_runs_are_legal_of_every_layout_and_stand_at_the_bounds():
    layouts, at_bounds = set(), set()
    for seed in range(MANY):
        run = random_run(seed)
        layouts.add((len(run.groups), len(run.countries)))
        for key, steps in run.parameters.items():
            need = CATALOGUE[key]
            assert all(allowed_by(need, value) or value == NEVER for value in steps.values.ravel()), (seed, key)
            if steps.values.min() == need.low or steps.values.max() == need.high:
                at_bounds.add(key)
        assert abs(run.parameters["journey.disembarkation_share"].values.sum(axis=1) - 1.0).max() < 1e-9
        together = sum(run.parameters[f"referral.{name}_share"].values for name in ("protected", "determination"))
        assert together.max() <= 1.0
    assert layouts == {(groups, countries) for groups in GROUPS for countries in COUNTRIES}
    assert {key for key in CATALOGUE if not key.startswith(HARMLESS)} - at_bounds <= SUMMED


def test_a_seed_makes_one_run():
    one, same, other = random_run(7), random_run(7), random_run(8)
    assert all((one.parameters[key].values == same.parameters[key].values).all() for key in one.parameters)
    assert one.parameters["onward.rate"].values.shape != other.parameters["onward.rate"].values.shape


@needs_kernel
@pytest.mark.parametrize("seed", IN_THE_GATE)
def test_random_runs_agree_with_the_reference(seed):
    assert judged(random_run(seed)).faulty() == []


@needs_kernel
@pytest.mark.parametrize("days", [0.02, 0.06, 0.24])
def test_people_who_pass_within_hours_are_not_held(days):
    """Three stays in a row, three others alone: shorter than the steps of other days."""
    stays = {name.replace(".", "__"): days for name in STAYS}
    opening = (("screening", "reception", "c0", 200.0), ("return", "community", "c0", 150.0))
    run = make_run(12, {0: 40.0, 6: 5.0}, {"a": REFUGEE, "b": MIGRANT}, ("c0",), opening, **stays)
    assert judged(run).faulty() == []


@needs_kernel
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(MANY))
def test_many_random_runs_agree_with_the_reference(seed):
    assert judged(random_run(seed)).faulty() == []


@pytest.mark.parametrize(("gap", "part"), [
    (Gap("a", 101.0, 100.0, 0.5), 2.0), (Gap("a", 1.0, float("nan"), 1.0), float("inf")),
    (Gap("a", float("nan"), float("nan"), 1.0), 0.0),
])
def test_what_is_compared_is_a_share_of_what_is_allowed(gap, part):
    assert gap.part == part
