"""Claims one by one, with chance: people enter with a claim, and each group withdraws at its own rate."""

import numpy as np
import pytest

from mixedmig_model.solve.reference import solve_reference

from .discrete_event import Country, Group, Staff, World, replicate
from .synthetic import HUGE, make_run, weekly_total

DAYS, A_DAY, NUMBER = 168, 4.0, 24
FACTORS = {"refugee": 0.5, "migrant": 3.0}


@pytest.fixture(scope="module")
def by_chance():
    groups = {name: Group(share=0.5, recognised=1.0, withdraws=factor) for name, factor in FACTORS.items()}
    here = Country(departures=((0.0, A_DAY),), claims=True, withdrawal=0.01, community=1.0,
                   teams={"determination": Staff(2000, 0.001, 20.0)})
    world = World(DAYS, groups, {"here": here})
    return replicate(world, NUMBER, 5, lambda twin: [
        twin.moved(what, group=name) for what in ("entered_with_claim", "withdrawn") for name in FACTORS])


@pytest.fixture(scope="module")
def by_means():
    answer = solve_reference(make_run(
        DAYS, A_DAY, arrivals__claim_share=1.0, determination__officers=HUGE, determination__minimum_time=20.0,
        determination__withdrawal_rate=0.01, determination__withdrawal_factor=list(FACTORS.values()),
        determination__true_positive_rate=1.0, determination__false_positive_rate=1.0, counselling__claim_share=0.0,
        reception__community_share=1.0))
    flows = (weekly_total(answer, name)[-1] for name in ("entered_with_claim", "withdrawn"))
    return np.concatenate([total.sum(axis=(0, 2)) for total in flows])


def test_means_of_single_people_are_those_of_the_model(by_chance, by_means):
    mean, error = by_chance.mean(axis=0), by_chance.std(axis=0, ddof=1) / np.sqrt(NUMBER)
    assert (np.abs(mean - by_means) < 4.0 * error).all()
    assert by_means[3] > 2.0 * by_means[2]
