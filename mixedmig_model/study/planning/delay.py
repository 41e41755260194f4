"""The cost of delay: what a run costs above the same run with teams that keep every wait within its standard.

The smallest team of constant size that does so follows from the work that arrives: a queue served first come, first
served never waits longer than S where, over every stretch of time, work arriving <= capacity x (length + S). The
minimum time of the service is taken off the standard first, and what crowding takes of a team's hours is added. The
team is found from a run with staff without end, and proved by a run of its own. Stages without a standard (referral,
appeal, returns) keep the staff that they have. Source: ``docs/costs.md``; indicator I-26.
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
from mixedmig_model.results.services import STANDARDS
from mixedmig_model.solve.schedule import Schedule
from mixedmig_model.vocabulary.calendar import WORKING_DAYS_A_WEEK
from mixedmig_model.vocabulary.labels import FUNCTION

Run = Callable[[RunInputs], xr.Dataset]
PLENTY = 1e6
"""Officers of a team that never keeps anybody waiting."""
ON_TIME = 0.95
"""Share within the standard that counts as meeting it."""
LEAST_WAIT = 0.25
"""Days of waiting that a team is reckoned for where the minimum time alone takes up the standard."""
TRIES = 3
MORE = 1.15
"""Factor on a team that did not suffice, as crowding and training take more than was reckoned."""
TEAMS = {stage: f"{stage}.officers" for stage in STANDARDS}


@dataclass(frozen=True)
class Prompt:
    """The run whose services keep their standards: its Dataset, teams by stage and country, shares on time."""

    ds: xr.Dataset
    teams: dict[str, np.ndarray]  # officers [C], constant through the run
    on_time: dict[str, float]


def least_capacity(work: np.ndarray, standard: float) -> float:
    """The least constant capacity (work_hour/day) that keeps the wait for ``work`` within a standard.

    Args: work work_hour/day ``[D]``; standard, days. The largest of work over any stretch / (length + standard).
    """
    total = np.concatenate([[0.0], np.cumsum(work)])
    days = np.arange(len(total))
    length = days[None, :] - days[:, None]
    ahead = np.triu(total[None, :] - total[:, None], 1)
    return float((ahead / np.maximum(length + standard, 1e-9))[length > 0].max(initial=0.0))


def with_teams(run: RunInputs, teams: dict[str, np.ndarray]) -> RunInputs:
    """The run with teams of constant size ``[C]``, and interpreters in step with status determination."""
    changed = {TEAMS[stage]: Steps((0.0,), np.asarray(size, float)[None, :]) for stage, size in teams.items()}
    name = "interpretation.interpreters"
    interpreters, schedule = run.parameters[name], Schedule(run)
    needed = np.stack([interpreters_an_officer(schedule.at(float(day))) for day in range(0, run.days, 30)]).max(axis=0)
    changed[name] = Steps(interpreters.starts, np.maximum(interpreters.values, needed * teams["determination"]))
    overrides = [Override(parameter, steps) for parameter, steps in changed.items()]
    return with_overrides(run, overrides, f"{run.digest} prompt")


def interpreters_an_officer(levels: Levels) -> np.ndarray:
    """Interpreters ``[C]`` without whom an officer of status determination could not work all hours (P40)."""
    hours_per_case = WORKING_DAYS_A_WEEK * levels.work.standard_day / levels.determination.cases_per_week
    return np.asarray(levels.interpretation.hours_per_case / hours_per_case)


def needed_teams(ds: xr.Dataset, run: RunInputs) -> dict[str, np.ndarray]:
    """Officers ``[C]`` of each stage with a standard, from a run in which nobody waits for staff."""
    schedule = Schedule(run)
    effort = np.stack([effort_table(efforts(schedule.at(float(day)))) for day in range(0, run.days, 30)]).max(axis=0)
    least_time = np.stack([minimum_times(schedule.at(float(day))) for day in range(0, run.days, 30)]).max(axis=0)
    crowded = crowding_factor(ds, schedule)
    hours = np.stack([schedule.at(float(day)).work.hours_per_week for day in range(0, run.days, 30)]).min(axis=0)
    per_post = values(ds, "staff_effective") / np.maximum(values(ds, "staff_target"), 1e-9)
    teams = {}
    for stage in TEAMS:
        f, standard = FUNCTION[stage], kept_input(ds, STANDARDS[stage]).min(axis=0)
        wait = np.maximum(standard - least_time[f], LEAST_WAIT)
        entered = values(ds, "daily_entered")[:, where_label(ds, "stage", stage)]
        work = np.einsum("dgc,gc->dc", np.maximum(entered, 0.0), effort[f])
        capacity = np.array([least_capacity(work[:, c] * crowded[:, c], wait[c]) for c in range(work.shape[1])])
        output = np.maximum(hours * np.median(per_post[:, f], axis=0), 1e-9)
        teams[stage] = np.ceil(capacity / output * 10.0) / 10.0
    return teams


def crowding_factor(ds: xr.Dataset, schedule: Schedule) -> np.ndarray:
    """Factor ``[D, C]`` by which crowding multiplies the hours that work takes."""
    pressed = living(ds, "reception", "unsheltered")[1:]
    places = values(ds, "places_open")[:, where_label(ds, "kind", "reception")]
    return np.asarray(1.0 + schedule.at(0.0).work.crowding_loss * crowding(pressed, places))


def prompt_run(run: RunInputs, solve: Run) -> Prompt:
    """The same run with the smallest constant teams that meet every standard. Raises what ``solve`` raises."""
    plenty = {stage: np.full(len(run.countries), PLENTY) for stage in TEAMS}
    teams = needed_teams(solve(with_teams(run, plenty)), run)
    for attempt in range(TRIES):
        ds = solve(with_teams(run, teams))
        on_time = shares_on_time(ds)
        late = [stage for stage, share in on_time.items() if share < ON_TIME]
        if not late or attempt == TRIES - 1:
            break
        teams = {stage: size * (MORE if stage in late else 1.0) for stage, size in teams.items()}
    return Prompt(ds, teams, on_time)


def shares_on_time(ds: xr.Dataset) -> dict[str, float]:
    """Share of arrivals served within the standard of each stage that has one; NaN where nobody can be counted."""
    facts = Facts(ds)
    found = {}
    for stage, name in STANDARDS.items():
        limit = kept_input(ds, name)
        found[stage] = facts.waits(stage).share_within(np.concatenate([limit[:1], limit]))
    return found
