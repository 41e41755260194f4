"""What indicators are computed from.

It is an indicator's record, and a run's Dataset with its waits computed once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np

from mixedmig_model.results.indicators.counts import Counts
from mixedmig_model.results.indicators.spent import TimeSpent
from mixedmig_model.results.measures import (
    LEFT_IRREGULAR,
    LOST_ADRIFT,
    SAVED,
    SET_ADRIFT,
    daily,
    labels,
    living,
    marked,
    over_days,
    values,
    where_label,
)
from mixedmig_model.results.waits.heads import StageQueues, Totals, queues_of, waits_of
from mixedmig_model.results.waits.queues import Queues
from mixedmig_model.results.waits.stage import Waits
from mixedmig_model.results.waits.stays import Stays, detention_stays, detention_totals
from mixedmig_model.results.waits.waiting import (
    asked_of_stage,
    asked_of_totals,
    stage_totals,
    stage_waits,
    stages_alike,
)
from mixedmig_model.solve.run_arrays import RunNumbers
from mixedmig_model.vocabulary.calendar import YEAR_DAYS

Kind = Literal["breach", "harm", "headline", "detail"]
Better = Literal["lower", "higher", "neither"]
ADRIFT = "adrift"
INDICATED = ("registration", "screening", "referral", "determination", "appeal")
"""Stages whose waits indicators read."""


@dataclass
class Facts(Counts):
    """One run with what indicators read of it.

    It has no ``scenario`` dimension. It has the Dataset, marks ``[G]`` of groups, and waits and stays computed once.
    """

    _waits: dict[str, Waits] = field(default_factory=dict)
    _living: dict[str, np.ndarray] = field(default_factory=dict)
    _inside: Queues | None = None  # of detention, where they are computed already
    outside: list[Queues] = field(default_factory=list)  # of people in limbo and without a record, once computed

    @cached_property
    def countries(self) -> list[str]:
        """The countries of the run."""
        return labels(self.ds, "country")

    @cached_property
    def years(self) -> float:
        """Length of the run, years."""
        return len(values(self.ds, "day_interval")) / YEAR_DAYS

    def waits(self, stage: str) -> Waits:
        """Return waits of a stage limited by work.

        All groups and countries are included.
        """
        if not self._waits:
            find_waits([self])
        if stage not in self._waits:
            self._waits[stage] = stage_waits(self.ds, stage)
        return self._waits[stage]

    @cached_property
    def spent(self) -> TimeSpent:
        """Time that people spent by group and place."""
        return TimeSpent(self.ds)

    def time_of(self, groups: np.ndarray, stages: tuple[str, ...], stocks: tuple[str, ...]) -> float:
        """Return person-days of marked groups.

        They are in some stages of the procedure and in some other stocks.
        """
        return self.spent.of_groups(groups, stages, stocks)

    @cached_property
    def specific_needs(self) -> np.ndarray:
        """Marks ``[G]`` of groups with specific needs.

        These are trafficked, vulnerable, or children alone.
        """
        return np.asarray(marked(self.ds, "trafficked", "vulnerable") | (marked(self.ds, "alone") & self.children))

    @property
    def adrift(self) -> Waits:
        """Times adrift until a place of safety.

        They start with being refused or abandoned at sea.
        """
        return self.waits(ADRIFT)

    @cached_property
    def stays(self) -> Stays:
        """Stays in detention of all groups."""
        return detention_stays(self.ds, None, self._inside)

    @cached_property
    def children_inside(self) -> Queues:
        """The queues of children in detention, by group and country."""
        return self.stays.queues.known().of(np.repeat(self.children, len(self.countries)))

    def living(self, *places: str) -> np.ndarray:
        """Return people in some places by country: persons.

        Those of each place are added up once.
        """
        for place in places:
            if place not in self._living:
                self._living[place] = living(self.ds, place)
        return np.asarray(sum(self._living[place] for place in places))

    @cached_property
    def person_years(self) -> float:
        """Person-years on record outside detention.

        Those of protected people are left out.
        """
        days = over_days(values(self.ds, "daily_people").sum(axis=3))  # [S, P]
        stages = np.arange(days.shape[0]) != where_label(self.ds, "stage", "protected")
        places = np.arange(days.shape[1]) != where_label(self.ds, "place", "detention")
        return float(days[np.ix_(stages, places)].sum()) / YEAR_DAYS


def find_waits(runs: Sequence[Facts]) -> None:
    """Compute the waits of runs that indicators read.

    They are computed together, and kept with each run. Those of a run are the same with any other runs.

    Parameters
    ----------
    runs : Sequence[Facts]
        Runs of as many days.
    """
    asked = [one for facts in runs for one in _asked(facts.ds)]
    made = waits_of(asked)
    each = len(INDICATED) + 1
    stocks = [[detention_totals(facts.ds), *outside_asked(facts.ds)] for facts in runs]
    queues = iter(queues_of([one for own in stocks for one in own]))
    for number, facts in enumerate(runs):
        facts._inside, *facts.outside = [next(queues) for _ in stocks[number]]
        facts._waits |= {waits.stage: waits for waits in made[each * number : each * (number + 1)]}


def _asked(ds: RunNumbers) -> list[StageQueues]:
    """Return queues of the stages that indicators read."""
    classes = stages_alike(ds, INDICATED)
    return [
        *(asked_of_stage(ds, stage, *stage_totals(ds, stage, classes=classes[stage])) for stage in INDICATED),
        asked_of_totals(ADRIFT, daily(ds, *SET_ADRIFT), daily(ds, *SAVED), lost=daily(ds, *LOST_ADRIFT),
                        waiting=values(ds, "daily_adrift")),
    ]


def outside_asked(ds: RunNumbers) -> list[Totals]:
    """Return totals of limbo, and of people without a record."""
    people = values(ds, "daily_irregular")
    left = np.stack([daily(ds, *LEFT_IRREGULAR, country=country) for country in labels(ds, "country")], axis=1)
    entered = np.diff(people, axis=0) + left
    limbo, _, _ = stage_totals(ds, "limbo", alike=False)
    return [limbo, Totals(entered, np.zeros_like(left), left, waiting=people)]


@dataclass(frozen=True)
class Indicator:
    """An indicator: what it counts, its unit and its basis.

    It says which way is better. A ``breach`` is a choice of an authority, a ``harm`` happens even to good plans; both
    lead every report. A ``headline`` stands in the first table of decisions, a ``detail`` below it. ``protection``: it
    depends on how many people are due protection, which nobody knows.
    """

    key: str
    title: str
    unit: str
    kind: Kind
    better: Better
    description: str
    basis: str
    compute: Callable[[Facts], float]
    protection: bool = False
