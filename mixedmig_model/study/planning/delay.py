"""The cost of delay.

A run costs more than the same run with the teams that it needs; the difference is that cost.

Staff needed has one definition everywhere: the smallest constant team, in whole officers, that keeps 95 % within the
standard of its service, in each country. ``smallest_capacity`` reckons it from the work that arrives in a run with
staff without end. Runs of its own then narrow it, and the last proves it. Where even staff without end come late, the
team is the smallest that comes within a point as near. Stages without a standard (referral, appeal, returns) keep the
staff that they have. Source: ``docs/costs.md``; indicator I-26.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import xarray as xr

from mixedmig_model.equations.levels import Levels
from mixedmig_model.equations.procedure import effort_table, efforts, minimum_times
from mixedmig_model.equations.staffing import crowding
from mixedmig_model.inputs.resolving.run_inputs import Override, RunInputs, Steps, with_overrides
from mixedmig_model.results.indicators.facts import Facts
from mixedmig_model.results.measures import kept_input, living, values, where_label
from mixedmig_model.results.services import ON_TIME, STANDARDS
from mixedmig_model.solve.schedule import Schedule
from mixedmig_model.study.planning.tries import Tries
from mixedmig_model.vocabulary.calendar import WORKING_DAYS_A_WEEK
from mixedmig_model.vocabulary.labels import FUNCTION

Run = Callable[[RunInputs], xr.Dataset]
PLENTY = 1e6
"""Officers of a team that never keeps anybody waiting."""
LEAST_WAIT = 0.25
"""The shortest minimum time that is reckoned with, days."""
RUNS, PROVING = 12, 3
"""Runs in which teams are narrowed, and runs that prove.

``RUNS`` is the most. The last ``PROVING`` of them repeat the smallest known to suffice.
"""
LEAST_SHARE, RUNGS, LADDERS = 1e-4, 80, 2
"""Capacities tried.

They go from a part of the busiest day's work to all of it, on ladders of so many rungs.
"""
LEAST_PERSONS = 0.5
"""Persons of whom a share can be said."""
TEAMS = {stage: f"{stage}.officers" for stage in STANDARDS}


@dataclass(frozen=True)
class Prompt:
    """The run with the teams needed.

    It has its Dataset, teams by stage and country, and shares on time.
    """

    ds: xr.Dataset
    teams: dict[str, np.ndarray]  # whole officers [C], constant through the run
    on_time: dict[str, np.ndarray]  # share [C] within the standard; NaN where nobody can be counted


def smallest_capacity(
    work: np.ndarray, persons: np.ndarray, least_time: float, standard: float, share: float = ON_TIME
) -> float:
    """Return the smallest constant capacity (work_hour/day).

    It serves a share of arrivals within a standard. ``work`` is in work_hour/day ``[D]``, and ``persons``, who bring
    it, ``[D]``. ``least_time`` and ``standard`` are in days. First come, first served, as waits are counted. It is
    found between two ladders of capacities, the second finer.
    """
    most = float(work.max(initial=0.0))
    if most <= 0.0 or persons.sum() <= 0.0:
        return 0.0
    low, high = most * LEAST_SHARE, most
    for _ in range(LADDERS):
        ladder = np.geomspace(low, high, RUNGS)
        enough = np.flatnonzero(_shares_on_time(work, persons, least_time, standard, ladder) >= share)
        first = int(enough[0]) if len(enough) else RUNGS - 1
        low, high = float(ladder[max(first - 1, 0)]), float(ladder[first])
    return high


def _shares_on_time(
    work: np.ndarray, persons: np.ndarray, least_time: float, standard: float, capacity: np.ndarray
) -> np.ndarray:
    """Return shares of arrivals served within a standard.

    They are by capacity ``[K]``; those of the last days do not count. Somebody is on time where the queue serves them
    by then, or has capacity to spare on a day before.
    """
    days, share_a_day = len(work), -np.expm1(-1.0 / max(least_time, LEAST_WAIT))
    backlog, served = np.zeros_like(capacity), np.zeros((days + 1, len(capacity)))
    spare = np.full((days + 1, len(capacity)), days + standard + 1.0)  # the next day with capacity to spare
    for day in range(days):
        backlog = backlog + work[day]
        ready = backlog * share_a_day
        done = np.minimum(ready, capacity)
        served[day + 1] = served[day] + done
        backlog = backlog - done
        spare[day] = np.where(ready <= capacity, day, spare[day])
    spare = np.minimum.accumulate(spare[::-1], axis=0)[::-1]
    counted = np.arange(days) + standard <= days
    until = np.minimum(np.arange(days) + max(round(standard), 1), days)
    entered = np.cumsum(work) - 0.5 * work
    timely = (served[until] >= entered[:, None]) | (spare[:-1] <= (np.arange(days) + standard)[:, None])
    people = np.where(counted, persons, 0.0)
    return np.asarray((people[:, None] * timely).sum(axis=0) / max(float(people.sum()), 1e-9))


def with_teams(run: RunInputs, teams: dict[str, np.ndarray]) -> RunInputs:
    """Return the run with teams of constant size ``[C]``.

    Interpreters move in step with status determination.
    """
    changed = {TEAMS[stage]: Steps((0.0,), np.asarray(size, float)[None, :]) for stage, size in teams.items()}
    name = "interpretation.interpreters"
    interpreters, schedule = run.parameters[name], Schedule(run)
    needed = np.stack([interpreters_an_officer(schedule.at(float(day))) for day in range(0, run.days, 30)]).max(axis=0)
    changed[name] = Steps(interpreters.starts, np.maximum(interpreters.values, needed * teams["determination"]))
    overrides = [Override(parameter, steps) for parameter, steps in changed.items()]
    return with_overrides(run, overrides, f"{run.digest} prompt")


def interpreters_an_officer(levels: Levels) -> np.ndarray:
    """Return the interpreters that an officer needs, ``[C]``.

    Without them an officer of status determination could not work all hours (P40).
    """
    hours_per_case = WORKING_DAYS_A_WEEK * levels.work.standard_day / levels.determination.cases_per_week
    return np.asarray(levels.interpretation.hours_per_case / hours_per_case)


def needed_teams(ds: xr.Dataset, run: RunInputs) -> dict[str, np.ndarray]:
    """Return whole officers ``[C]`` of each stage.

    Stages have a standard. The officers come from a run in which nobody waits for staff.
    """
    schedule = Schedule(run)
    effort = np.stack([effort_table(efforts(schedule.at(float(day)))) for day in range(0, run.days, 30)]).max(axis=0)
    least_time = np.stack([minimum_times(schedule.at(float(day))) for day in range(0, run.days, 30)]).max(axis=0)
    crowded = crowding_factor(ds, schedule)
    hours = np.stack([schedule.at(float(day)).work.hours_per_week for day in range(0, run.days, 30)]).min(axis=0)
    per_post = values(ds, "staff_effective") / np.maximum(values(ds, "staff_target"), 1e-9)
    teams = {}
    for stage in TEAMS:
        f, standard = FUNCTION[stage], kept_input(ds, STANDARDS[stage]).min(axis=0)
        at = where_label(ds, "stage", stage)
        entered = np.maximum(values(ds, "daily_entered")[:, at], 0.0)
        entered[0] += values(ds, "daily_waiting")[0, at]  # people of the opening wait too
        work = np.einsum("dgc,gc->dc", entered, effort[f]) * crowded
        capacity = np.array([smallest_capacity(work[:, c], entered[:, :, c].sum(axis=1), least_time[f, c], standard[c])
                             for c in range(work.shape[1])])
        teams[stage] = np.ceil(capacity / np.maximum(hours * np.median(per_post[:, f], axis=0), 1e-9))
    return teams


def crowding_factor(ds: xr.Dataset, schedule: Schedule) -> np.ndarray:
    """Return the factor of crowding on work, ``[D, C]``.

    Crowding multiplies the hours that work takes.
    """
    pressed = living(ds, "reception", "unsheltered")[1:]
    places = values(ds, "places_open")[:, where_label(ds, "kind", "reception")]
    return np.asarray(1.0 + schedule.at(0.0).work.crowding_loss * crowding(pressed, places))


def prompt_run(run: RunInputs, solve: Run) -> Prompt:
    """Return the same run with the teams that it needs.

    Raises what ``solve`` raises. A service of a country in which even staff without end come late keeps the team that
    was reckoned.
    """
    free = _proved(run, solve, {stage: np.full(len(run.countries), PLENTY) for stage in TEAMS})
    hopeless = {stage: share < ON_TIME for stage, share in free.on_time.items()}
    teams, best = needed_teams(free.ds, run), None
    tries = {stage: [Tries() for _ in run.countries] for stage in TEAMS}
    for attempt in range(RUNS):
        found = _proved(run, solve, teams)
        meets = {stage: ~(share < ON_TIME) | hopeless[stage] for stage, share in found.on_time.items()}
        if all(one.all() for one in meets.values()) and (best is None or _officers(found) <= _officers(best)):
            best = found
        following = {}
        for stage, size in teams.items():
            sizes = [one.following(own, bool(enough), proving=attempt >= RUNS - PROVING) for one, own, enough in
                     zip(tries[stage], size, meets[stage], strict=True)]
            following[stage] = np.where(hopeless[stage], size, sizes)
        if best is not None and all((following[stage] == best.teams[stage]).all() for stage in TEAMS):
            break
        teams = following
    best = best or found
    on_time = {stage: np.where(hopeless[stage], free.on_time[stage], share) for stage, share in best.on_time.items()}
    return Prompt(best.ds, best.teams, on_time)


def _proved(run: RunInputs, solve: Run, teams: dict[str, np.ndarray]) -> Prompt:
    """Return a run with some teams."""
    ds = solve(with_teams(run, teams))
    return Prompt(ds, teams, shares_on_time(ds))


def _officers(found: Prompt) -> float:
    """Return all officers of the teams."""
    return sum(float(size.sum()) for size in found.teams.values())


def shares_on_time(ds: xr.Dataset) -> dict[str, np.ndarray]:
    """Return shares ``[C]`` of arrivals served in time.

    They are within the standard of each stage that has one; NaN where nobody counts.
    """
    facts = Facts(ds)
    found = {}
    for stage, name in STANDARDS.items():
        limit = kept_input(ds, name)
        waits = facts.waits(stage)
        people, within = (part.sum(axis=0) for part in waits.cohort(np.concatenate([limit[:1], limit])))
        own = [waits.country == c for c in range(limit.shape[1])]
        found[stage] = np.array([_ratio(within[at].sum(), people[at].sum()) for at in own])
    return found


def _ratio(part: float, whole: float) -> float:
    """Return a share of people; NaN of less than half a person."""
    return float(part / whole) if whole >= LEAST_PERSONS else float("nan")
