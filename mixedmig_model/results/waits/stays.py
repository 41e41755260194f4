"""Stays in detention.

It says how long they are, and how many people are over the limit (``docs/model.md`` sections 5 and 7). The limit
releases the people who have been inside longest. Detention is then a queue whose service is the limit, and every other
way out a loss; the arithmetic is that of ``results/waits/queues.py``. Groups and countries are separate queues. People
detained at the opening entered on the day before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mixedmig_model.results.measures import RELEASED, kept_input, labels, moved, ratio, values, where_label
from mixedmig_model.results.waits.heads import Totals, queues_of
from mixedmig_model.results.waits.queues import Queues
from mixedmig_model.solve.run_arrays import RunNumbers

GRACE = 1.0
"""Days after the limit within which people leave.

A stay is over the limit beyond limit + 1 day.
"""
OVERDUE = "daily_detention_overdue"
"""What the solver knows of people overdue.

Runs saved before it was kept have none.
"""
ACCURACY = 0.05
"""Persons: the accuracy of the solver."""


@dataclass(frozen=True)
class Stays:
    """Stays of some groups.

    ``over_limit``: persons inside for longer than the limit and a day, by edge of day and country ``[D + 1, C]``. It is
    computed from daily totals, which take entries and exits as even within a day. While the limit is law throughout, it
    is never more than those whom the solver knew to be overdue a day before. ``over_limit_people``: persons whose stay
    ever became so long. ``over_limit_days``: person-days beyond. All of them are exactly 0 while the switch
    ``law.detention_limit`` is 1 throughout and the persons are below 0.05, the accuracy of the solver.
    """

    queues: Queues
    entered: float
    over_limit: np.ndarray
    over_limit_people: float
    over_limit_days: float

    @property
    def over_limit_share(self) -> float:
        """Share of those who entered who stayed over the limit.

        The people inside at the opening are included.
        """
        return ratio(self.over_limit_people, self.entered)

    @property
    def longest(self) -> float:
        """Longest stay so far, days.

        It is the age above which half a person was, all groups together, on any day.
        """
        return self.queues.longest()

    @property
    def _entrants(self) -> "Entrants":
        return Entrants(
            self.queues.entered, 0.5 * (self.queues.lost[1:] + self.queues.lost[:-1]),
            self.queues.service_of_entered() - self.queues.middles[:, None],
        )

    def share_longer(self, days: int) -> float:
        """Return the share still inside after some days.

        It is of those who entered at least so long before the end; NaN: nobody.
        """
        return self._entrants.inside(days) if days < len(self.queues.entered) else float("nan")

    @property
    def median(self) -> float:
        """Median stay, days.

        It is the age at which half of those who entered at least that long before the end had left. NaN where so many
        have not left that it cannot be known, or where fewer than half a person entered.
        """
        known = self._entrants
        low = 0
        for top in _ages(len(known.entered) - 1):
            share = known.inside(top)
            if np.isnan(share):
                break
            if share <= 0.5:
                return known.halved(low, top)
            low = top
        return float("nan")


@dataclass(frozen=True)
class Entrants:
    """People who entered in each interval ``[K, N]``.

    It has H in its middle, and days until the limit freed them (or NaN).
    """

    entered: np.ndarray
    lost: np.ndarray
    freed: np.ndarray

    @cached_property
    def _any_freed(self) -> bool:
        """Whether the limit freed anybody."""
        return not bool(np.isnan(self.freed).all())

    def inside(self, age: int) -> float:
        """Return the share still inside at a whole age (days).

        It is of those who entered at least so long before the end; NaN: none.
        """
        known = len(self.entered) - age
        people = self.entered[:known]
        kept = np.exp(self.lost[:known] - self.lost[age:])
        if self._any_freed:
            kept = np.where(self.freed[:known] <= age, 0.0, kept)
        return ratio(float((kept * people).sum()), float(people.sum()))

    def halved(self, low: int, top: int) -> float:
        """Return the age at which half are inside.

        It lies between two ages at which more and at most half are: to the day, then linear.
        """
        while top - low > 1:
            middle = (low + top) // 2
            if self.inside(middle) > 0.5:
                low = middle
            else:
                top = middle
        before, after = self.inside(low), self.inside(top)
        return low + (before - 0.5) / max(before - after, 1e-12)


def _ages(last: int) -> list[int]:
    """Return ages to try.

    Each is about a quarter above the one before.
    """
    ages, age = [], 1
    while age <= last:
        ages.append(age)
        age = max(age + 1, int(age * 1.25))
    return ages


def detention_totals(ds: RunNumbers, groups: Sequence[str] | None = None) -> Totals:
    """Return totals a day of detention, by group and country.

    They are of some groups, or of all. Raises KeyError for groups that the run does not have.
    """
    chosen, countries = _chosen(ds, groups), len(labels(ds, "country"))
    entered, left, limited, inside = (
        _flat(values(ds, f"daily_{name}")[:, chosen], len(chosen) * countries)
        for name in ("detention_entered", "detention_left", "detention_limit_released", "detained")
    )
    return Totals(entered, limited, left, waiting=inside)


def _flat(daily: np.ndarray, cells: int) -> np.ndarray:
    """Return days by cells, also where there are no cells."""
    return daily.reshape(len(daily), cells)


def _chosen(ds: RunNumbers, groups: Sequence[str] | None) -> np.ndarray:
    """Return the numbers of some groups, or of all."""
    names = labels(ds, "group") if groups is None else groups
    return np.array([where_label(ds, "group", name) for name in names], dtype=int)


def detention_stays(ds: RunNumbers, groups: Sequence[str] | None = None, known: Queues | None = None) -> Stays:
    """Return stays in detention of some groups, or of all.

    ``known``: The queues of ``detention_totals``, where they are computed already. Raises KeyError for groups that the
    run does not have.
    """
    queues = known or queues_of([detention_totals(ds, groups)])[0]
    chosen, countries, inside = _chosen(ds, groups), len(labels(ds, "country")), queues.waiting[1:]
    in_force = bool((kept_input(ds, "law.detention_limit") >= 1.0).all())
    before = np.full((len(inside), countries), np.inf)  # those who may be over it: while it is law, few
    if in_force and OVERDUE in ds.variables:  # nobody is over it but those whom the solver could not release in time
        overdue = values(ds, OVERDUE)[:, chosen].sum(axis=1)
        before = np.concatenate([overdue[:1], overdue[:-1]])
    over, people = np.zeros((len(inside), countries)), 0.0
    if not in_force or float(before.sum()) >= ACCURACY:
        limit = np.tile(_limit_at_edges(kept_input(ds, "detention.time_limit")), (1, len(chosen)))
        older = queues.older_than(limit + GRACE)[1:].reshape(len(inside), len(chosen), countries).sum(axis=1)
        crossed = min(_crossed(queues, limit + GRACE), float(before.sum()))
        if not in_force or crossed >= ACCURACY:
            over, people = np.minimum(older, before), crossed
    return Stays(queues, float(queues.entered.sum()), over, people, float(np.trapezoid(over.sum(axis=1))))


def _limit_at_edges(limit: np.ndarray) -> np.ndarray:
    """Return the limit (days) at the edges ``[K + 1, C]``.

    It is that of the day before: a new limit has a day to take effect.
    """
    return np.concatenate([limit[:1], limit[:1], limit])


def _crossed(queues: Queues, age: np.ndarray) -> float:
    """Return persons whose stay came to exceed ``age``.

    The age is days ``[K + 1, N]``; each person counts once.
    """
    reached = np.maximum.accumulate(queues.edges[:, None] - age, axis=0)
    passed = queues.log_entered_by(reached)
    before = np.maximum(passed[:-1], queues.log_served[1:])
    return float(np.maximum(np.exp(passed[1:] - queues.lost[1:]) - np.exp(before - queues.lost[1:]), 0.0).sum())


def ended_by_release(ds: RunNumbers, groups: np.ndarray | None = None) -> float:
    """Return the share of exits from detention by release.

    Releases are to reception, an alternative or no place.
    """
    exits = values(ds, "daily_detention_left") + values(ds, "daily_detention_limit_released")
    whole = exits if groups is None else exits[:, groups]
    return ratio(moved(ds, *RELEASED, groups=groups), float(whole.sum()))
