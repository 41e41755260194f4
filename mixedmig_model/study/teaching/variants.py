"""Countries with one hidden cause that can be found.

A country is invented, the model says how many places are enough, and one input is made short. Two conditions decide.
The cause has the largest share in the time without shelter, by more than the error of the model. A plan that puts it
right meets the standard.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import ceil, floor, log10
from pathlib import Path
from typing import Any

import numpy as np

from mixedmig_model.inputs.cases.case import CaseInputs, read_case
from mixedmig_model.inputs.cases.proposed import with_scenario
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import Workspace
from mixedmig_model.results.measures import living
from mixedmig_model.solve.dataset import to_arrays
from mixedmig_model.solve.run import choose_solver
from mixedmig_model.storage.atomic import scratch_folder, write_file
from mixedmig_model.study.teaching.causes import CASH, CAUSES, Cause
from mixedmig_model.study.teaching.country import (
    BASELINE,
    DAYS,
    DECISION,
    LAST_DAYS,
    PLAN,
    PUT_RIGHT,
    InventedCountry,
    case_name,
    changed,
    day_of,
    files_of,
    invent,
)
from mixedmig_model.study.teaching.grade import PlanResult, Standards
from mixedmig_model.study.teaching.identify import DRAWS, CauseShares, cause_shares, identifiable
from mixedmig_model.study.teaching.names import place_names
from mixedmig_model.study.teaching.results import plan_result
from mixedmig_model.study.teaching.texts import DESCRIPTION, REASON, TITLE

ROOMY = 1e5
"""Places with which nobody is without shelter."""
SPARE = 1.02
"""Places that are enough, per person at the peak."""
SOLVED = 1.6
"""Posts of a solution, as a share of those that are enough.

A backlog is worked off too.
"""
SOLVED_PLACES = 1.05
BEFORE = 0.6
"""Places before arrivals rise, as a share of those after."""
LEAST_PEOPLE = 60.0
"""People without shelter at the end: fewer are no task."""
ALLOWED = 1.25
"""People that the standard allows, per person of the solution."""
MOST_ALLOWED = 0.4
"""The same, at most, as a share of people as it is."""
BUDGET = 1.04
TRIES = 12
"""Countries invented for one learner before the work stops."""
Progress = Callable[[int, int], None]


class NoVariantError(RuntimeError):
    """Raised where no country can be accepted.

    The message says which cause could not be hidden.
    """


@dataclass(frozen=True)
class Variant:
    """A country with its hidden cause and its answers."""

    country: InventedCountry
    cause: str
    shares: CauseShares
    standards: Standards
    solution: Mapping[str, Any]


def read_country(workspace: Workspace, country: InventedCountry, folder: Path) -> CaseInputs:
    """Read an invented country through files in a folder.

    Parameters
    ----------
    workspace : Workspace
        The shared files.
    country : InventedCountry
        The country.
    folder : Path
        An empty folder.

    Returns
    -------
    CaseInputs
        Its case.
    """
    name = case_name(country)
    for file, text in files_of(country).items():
        write_file(folder / "parameters" / "cases" / name / file, text)
    return read_case(replace(workspace, root=folder), name)


def variants(
    workspace: Workspace, learners: int, chance: np.random.Generator, draws: int = DRAWS, path: str = "auto"
) -> Iterator[Variant]:
    """Yield a country for each learner; no two are the same.

    Causes are spread evenly over the learners, in an order of chance.

    Parameters
    ----------
    workspace : Workspace
        The shared files.
    learners : int
        How many.
    chance : numpy.random.Generator
        Decides all numbers.
    draws : int, default DRAWS
        Draws for ranges and for the error of the model.
    path : str, default "auto"
        By which runs are solved.

    Yields
    ------
    Variant
        A country with its answers.

    Raises
    ------
    NoVariantError
        Where no country can be accepted.
    """
    names = place_names(learners, chance)
    causes = [CAUSES[k % len(CAUSES)] for k in range(learners)]
    for place, k in zip(names, chance.permutation(learners).tolist(), strict=True):
        yield _variant(workspace, place, causes[k], chance=chance, draws=draws, path=path)


def _variant(
    workspace: Workspace, place: str, cause: Cause, *, chance: np.random.Generator, draws: int, path: str
) -> Variant:
    for _ in range(TRIES):
        with scratch_folder() as folder:
            enough = _with_places(workspace, invent(place, chance), folder / "enough", path)
            short = enough
            for one in CAUSES:
                short = changed(short, one, float(chance.uniform(*(one.short if one is cause else one.enough))))
            inputs = read_country(workspace, short, folder / "short")
        found = _accepted(inputs, short, enough, cause=cause, draws=draws, path=path)
        if found is not None:
            return found
    text = f"no country in which the cause '{cause.name}' is clear after {TRIES} tries"
    raise NoVariantError(text)


def _with_places(workspace: Workspace, country: InventedCountry, folder: Path, path: str) -> InventedCountry:
    """Return the country with as many places as the model finds enough."""
    roomy = replace(country, levels={**country.levels, "reception.places": (ROOMY, ROOMY)})
    run = resolve(read_country(workspace, roomy, folder))
    people = living(to_arrays(run, choose_solver(path).solve([run])[0], True), "reception").sum(axis=-1)
    places = ceil(SPARE * float(people.max()))
    both = (float(ceil(BEFORE * places)), float(places))
    return replace(country, levels={**country.levels, "reception.places": both})


def _accepted(
    inputs: CaseInputs, short: InventedCountry, enough: InventedCountry, *, cause: Cause, draws: int, path: str
) -> Variant | None:
    """Return the variant, or None where its cause is not clear."""
    case = with_scenario(inputs, PUT_RIGHT, _record(inputs, TITLE, [_right(enough, one, 1.0) for one in CAUSES]))
    solution = _record(inputs, "My plan", [_right(enough, cause, SOLVED)])
    solved = with_scenario(case, PLAN, solution)
    base, plan = (plan_result(solved, name, path=path) for name in (BASELINE, PLAN))
    people = max(ceil(ALLOWED * plan.people), 10)
    if base.people < LEAST_PEOPLE or people > MOST_ALLOWED * base.people or plan.breaches:
        return None
    shares = cause_shares(case, PUT_RIGHT, BASELINE, draws, path=path)
    if shares.top != cause.name or not identifiable(shares):
        return None
    standards = Standards(day_of(short, DAYS - LAST_DAYS), people, budget=_rounded(base, plan), cause=cause.name)
    return Variant(short, cause.name, shares, standards, solution)


def _rounded(base: PlanResult, plan: PlanResult) -> int:
    """Return a budget with three digits that pays for the solution."""
    wanted = BUDGET * max(base.cost, plan.cost)
    step = 10 ** (floor(log10(wanted)) - 2)
    return int(ceil(wanted / step) * step)


def _right(enough: InventedCountry, cause: Cause, more: float) -> dict[str, Any]:
    """Return the change that puts a cause right."""
    start: date = day_of(enough, DECISION)
    value = 0.0
    if cause.name != CASH:
        more = min(more, SOLVED_PLACES) if cause.name == "reception" else more
        value = float(ceil(more * enough.levels[cause.parameter][1]))
    return {"parameter": cause.parameter, "set": value, "start": start, "reason": REASON}


def _record(inputs: CaseInputs, title: str, changes: list[dict[str, Any]]) -> dict[str, Any]:
    return {"schema": 1, "case": inputs.name, "title": title, "description": DESCRIPTION, "changes": changes}
