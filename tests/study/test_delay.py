"""Staff needed: the smallest team that keeps 95 % on time, by brute force and by runs of its own."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.study.planning.delay import (
    ON_TIME,
    TEAMS,
    interpreters_an_officer,
    prompt_run,
    shares_on_time,
    smallest_capacity,
    with_teams,
)
from mixedmig_model.study.planning.tries import Tries
from mixedmig_model.study.run import run_one


def share_on_time(work, persons, least_time, standard, capacity):
    """Share of arrivals on time in a plain loop: the queue has served them by then, or had capacity to spare before."""
    part = 1.0 - np.exp(-1.0 / least_time)
    backlog, served, spare = 0.0, [0.0], []
    for hours in work:
        backlog += hours
        spare.append(backlog * part <= capacity)
        done = min(backlog * part, capacity)
        served.append(served[-1] + done)
        backlog -= done
    good = whole = 0.0
    for day in range(len(work)):
        if day + standard > len(work):
            continue
        until = min(day + max(round(standard), 1), len(work))
        middle = sum(work[:day + 1]) - 0.5 * work[day]
        timely = served[until] >= middle or any(spare[day:int(day + standard) + 1])
        good, whole = good + timely * persons[day], whole + persons[day]
    return good / max(whole, 1e-9)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.lists(st.integers(0, 100), min_size=12, max_size=40), st.sampled_from([2.0, 5.0, 9.0]))
def test_the_smallest_capacity_keeps_95_percent_within_the_standard(persons, standard):
    work = np.array(persons, dtype=float)
    capacity = smallest_capacity(2.0 * work, work, 1.0, standard)
    if work.sum() == 0.0:
        assert capacity == 0.0
        return
    assert share_on_time(2.0 * work, work, 1.0, standard, capacity) >= ON_TIME - 1e-9
    assert capacity <= 2.0 * work.max()


def test_a_rare_burst_needs_no_team_of_its_own():
    """A burst of less than 5 % of all may come late; one of more may not."""
    persons = np.full(200, 10.0)
    persons[100] = 60.0
    small = smallest_capacity(persons, persons, 1.0, 3.0)
    persons[100] = 600.0
    large = smallest_capacity(persons, persons, 1.0, 3.0)
    assert small < 15.0
    assert large > 60.0


@pytest.mark.parametrize("least", [1, 2, 7, 60, 333])
@pytest.mark.parametrize("times", [0.4, 0.8, 1.0, 1.5, 3.0])
def test_tries_end_at_the_smallest_team_to_within_one_officer_or_5_percent(least, times):
    tries, size = Tries(), float(max(round(times * least), 1))
    for _ in range(12):
        following = tries.following(size, size >= least, proving=False)
        if following == size:
            break
        size = following
    assert least <= size <= max(least + 1, 1.06 * least)


def test_a_team_that_comes_late_now_is_late_whatever_was_found_before():
    tries = Tries()
    assert tries.following(10.0, True, proving=False) == 9.0
    assert tries.following(9.0, True, proving=False) < 9.0
    assert tries.following(9.0, False, proving=True) == 10.0  # another service has changed meanwhile
    assert tries.following(10.0, False, proving=True) > 10.0


@pytest.fixture(scope="module")
def prompt(andaman):
    run = resolve(andaman)
    return run, run_one(run), prompt_run(run, run_one)


def least(shares):
    """The smallest share of any service and country."""
    return min(float(np.nanmin(share)) for share in shares.values())


def test_teams_found_keep_each_standard_in_each_country_and_a_run_proves_it(prompt):
    run, ds, found = prompt
    assert least(shares_on_time(ds)) < 0.6
    assert set(found.on_time) == set(TEAMS)
    assert least(found.on_time) >= ON_TIME
    again = shares_on_time(run_one(with_teams(run, found.teams)))
    for stage, share in again.items():
        np.testing.assert_allclose(share, found.on_time[stage], atol=1e-6)
        assert found.teams[stage].shape == (len(run.countries),)
        assert (found.teams[stage] == np.round(found.teams[stage])).all()
        assert 0.0 < found.teams[stage].max() < 100.0


@pytest.mark.parametrize("stage", ["registration", "screening", "determination"])
def test_a_team_smaller_by_a_quarter_comes_late_in_every_country(prompt, stage):
    run, _, found = prompt
    smaller = found.teams | {stage: np.minimum(np.floor(0.75 * found.teams[stage]), found.teams[stage] - 1.0)}
    assert np.nanmax(shares_on_time(run_one(with_teams(run, smaller)))[stage]) < 1.0
    assert np.nanmin(shares_on_time(run_one(with_teams(run, smaller)))[stage]) < ON_TIME


def test_where_staff_without_end_come_late_no_team_is_sought_and_their_share_is_told(andaman):
    run = resolve(andaman, values={"standards.screening_time": 1.0, "screening.minimum_time": 5.0})
    made = []
    found = prompt_run(run, lambda changed: made.append(changed) or run_one(changed))
    assert np.nanmax(found.on_time["screening"]) < ON_TIME
    assert least({stage: share for stage, share in found.on_time.items() if stage != "screening"}) >= ON_TIME
    sizes = [one.parameters["screening.officers"].values[0].tolist() for one in made[1:]]
    assert all(size == sizes[0] for size in sizes)
    assert len(made) <= 13


def test_interpreters_grow_in_step_and_nothing_else_changes(prompt):
    run, _, found = prompt
    changed = with_teams(run, found.teams)
    levels_per = interpreters_an_officer
    from mixedmig_model.solve.schedule import Schedule

    needed = levels_per(Schedule(run).at(0.0)) * found.teams["determination"]
    given_now = changed.parameters["interpretation.interpreters"].values
    assert (given_now >= needed - 1e-9).all()
    assert given_now.max() < 100.0
    same = set(run.parameters) - {*TEAMS.values(), "interpretation.interpreters"}
    assert all(changed.parameters[name] is run.parameters[name] for name in same)
    assert changed.digest != run.digest
