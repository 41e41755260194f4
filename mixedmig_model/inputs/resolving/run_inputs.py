"""Everything a run needs, as numbers: what every solver takes."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.levers.conditions import Switch
from mixedmig_model.inputs.reading.cautions import Caution
from mixedmig_model.inputs.schema import Group, Landing, Opening
from mixedmig_model.vocabulary.labels import Counts

PER_CASE = "work.persons_per_case"


@dataclass(frozen=True)
class Steps:
    """A step function of time.

    ``values[k]`` holds from day ``starts[k]`` to the next start. Shape ``[K, labels]``.
    """

    starts: tuple[float, ...]
    values: np.ndarray

    def at(self, day: float) -> np.ndarray:
        """Return the values in force on a day.

        0 is the first day of the run.
        """
        if len(self.starts) == 1:
            return np.asarray(self.values[0])
        return np.asarray(self.values[max(bisect_right(self.starts, day) - 1, 0)])

    def by_day(self, days: np.ndarray) -> np.ndarray:
        """Return the values in force on days, ``[days, labels]``.

        They are ``[1, labels]`` where they never change. Before the first start its values hold.
        """
        if len(self.starts) == 1:
            return self.values
        which = np.searchsorted(np.asarray(self.starts), days, side="right") - 1
        return np.asarray(self.values[np.maximum(which, 0)])


def merged(starts: Sequence[float], values: np.ndarray) -> Steps:
    """Return a step function without steps that change nothing.

    A change to the same value then leaves no trace.
    """
    if len(starts) == 1:
        return Steps(tuple(starts), values)
    keep = [0] + [k for k in range(1, len(starts)) if not np.array_equal(values[k], values[k - 1])]
    return Steps(tuple(starts[k] for k in keep), values[keep])


@dataclass(frozen=True)
class RunInputs:
    """All numbers that one run needs, the same for every solver.

    Attributes
    ----------
    case, scenario, title : str
        Names of case and scenario, and the scenario's title.
    start : date
        First day of the run.
    days : int
        Length of the run (day).
    countries : tuple[str, ...]
        Names of the countries.
    groups : Mapping[str, Group]
        Groups of people by name.
    parameters : Mapping[str, Steps]
        Parameters by name, base units.
    departures : Steps
        Departures by country (person/day).
    opening : tuple[Opening, ...]
        People present when the run opens (person).
    digest : str
        SHA-256 of all numbers of the run.
    switching : Switching or None
        Levers that switch themselves, and what the run was resolved from.
    switched_on : tuple
        Days on which each of these levers is on.
    cautions : tuple[Caution, ...]
        What a reader of the numbers must know.
    counts : str
        What departures and opening count: persons, or cases of ``work.persons_per_case`` persons.
    landing : tuple[Landing, ...]
        Weights of groups by country of landing; 1 where no row says it.
    """

    case: str
    scenario: str
    title: str
    start: date
    days: int
    countries: tuple[str, ...]
    groups: Mapping[str, Group]
    parameters: Mapping[str, Steps]
    departures: Steps  # person/day, [K, country]
    opening: tuple[Opening, ...]
    digest: str
    switching: "Switching | None" = None  # levers that switch themselves, and what the run was resolved from
    switched_on: tuple[tuple[str, tuple[tuple[int, int | None], ...]], ...] = ()  # when they were, of a run solved
    cautions: tuple[Caution, ...] = ()  # what a reader of the numbers must know of the inputs
    counts: Counts = "persons"
    landing: tuple[Landing, ...] = ()  # weights of groups by country of landing

    @property
    def switches(self) -> tuple[Switch, ...]:
        """Levers that switch themselves."""
        return self.switching.switches if self.switching else ()

    def persons_of(self, one: Opening) -> float:
        """Return the people of an entry of the opening.

        Parameters
        ----------
        one : Opening
            The entry.

        Returns
        -------
        float
            Persons.
        """
        if self.counts == "persons":
            return one.persons
        return one.persons * float(self.parameters[PER_CASE].at(0.0)[self.countries.index(one.country)])

    @property
    def jumps(self) -> tuple[float, ...]:
        """Days within the run on which some input jumps.

        The opening does not count.
        """
        days = {day for steps in self.parameters.values() for day in steps.starts} | set(self.departures.starts)
        return tuple(sorted(day for day in days if 0.0 < day < self.days))


@dataclass(frozen=True)
class Override:
    """One parameter of a run replaced or multiplied.

    It is replaced by ``steps``, or, without any, multiplied by ``factor``.
    """

    parameter: str
    steps: Steps | None = None
    factor: float = 1.0

    def applied(self, before: Steps) -> Steps:
        """Return the parameter after the override."""
        return Steps(before.starts, before.values * self.factor) if self.steps is None else self.steps


@dataclass(frozen=True)
class Switching:
    """Levers of a run that switch themselves.

    It has all that the run was resolved from, so that it can be resolved again.
    """

    switches: tuple[Switch, ...]
    inputs: CaseInputs
    scenario: str
    values: Mapping[str, float]
    label: str
    held: bool
    overrides: tuple[Override, ...] = ()


def with_overrides(run: RunInputs, overrides: Sequence[Override], digest: str) -> RunInputs:
    """Return the run with some parameters changed.

    They stay changed after levers have switched.

    Parameters
    ----------
    run : RunInputs
        The run.
    overrides : Sequence[Override]
        Changes of parameters.
    digest : str
        Digest of the changed run.

    Returns
    -------
    RunInputs
        The changed run.
    """
    parameters = overridden(run.parameters, overrides)
    switching = run.switching and replace(run.switching, overrides=(*run.switching.overrides, *overrides))
    return replace(run, parameters=parameters, digest=digest, switching=switching)


def overridden(parameters: Mapping[str, Steps], overrides: Sequence[Override]) -> dict[str, Steps]:
    """Return parameters after overrides, one after the other."""
    after = dict(parameters)
    for override in overrides:
        after[override.parameter] = override.applied(after[override.parameter])
    return after
