"""The cost of delay: the least team that keeps a standard, by brute force and by a run of its own."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.study.planning.delay import (
    ON_TIME,
    TEAMS,
    interpreters_an_officer,
    least_capacity,
    prompt_run,
    shares_on_time,
    with_teams,
)
from mixedmig_model.study.run import run_one


def longest_wait(work, capacity):
    """Wait of the last hour of each day's work, first come first served, in a plain loop."""
    backlog, waits = 0.0, []
    for hours in work:
        backlog += hours
        waits.append(max(backlog - capacity, 0.0) / capacity)
        backlog = max(backlog - capacity, 0.0)
    return max(waits)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.lists(st.floats(0.0, 100.0), min_size=3, max_size=40), st.floats(0.5, 20.0))
def test_the_least_capacity_keeps_the_standard_and_a_little_less_does_not(work, standard):
    capacity = least_capacity(np.array(work), standard)
    if capacity < 1e-6:
        assert sum(work) < 1e-4
        return
    assert longest_wait(work, capacity) <= standard + 1e-6
    assert longest_wait(work, 0.99 * capacity) > standard


def test_a_steady_stream_needs_what_arrives_and_a_burst_needs_it_over_the_standard():
    assert least_capacity(np.full(1000, 8.0), 1.0) == pytest.approx(8.0, rel=2e-3)
    burst = np.zeros(50)
    burst[10] = 120.0
    assert least_capacity(burst, 9.0) == pytest.approx(12.0)


@pytest.fixture(scope="module")
def prompt(andaman):
    run = resolve(andaman)
    return run, run_one(run), prompt_run(run, run_one)


def test_teams_found_keep_every_standard_that_the_baseline_misses(prompt):
    _, ds, found = prompt
    assert min(shares_on_time(ds).values()) < 0.6
    assert set(found.on_time) == set(TEAMS)
    assert min(found.on_time.values()) >= ON_TIME
    assert all(0.0 < size.max() < 100.0 for size in found.teams.values())


def test_much_smaller_teams_would_not_do(prompt):
    run, _, found = prompt
    smaller = {stage: 0.6 * size for stage, size in found.teams.items()}
    assert min(shares_on_time(run_one(with_teams(run, smaller))).values()) < ON_TIME


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
