"""Breaches, harms and headlines counted by the kernel.

It counts them as it runs, by the same formulas (``decision.py``). ``KernelCounts`` replaces ``Facts`` while the
formulas are traced: it makes counts of the arrays of a day, which the kernel adds up over days. Waits are not counted
so: they need all days together.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple, NoReturn, cast

from mixedmig_model.results.indicators.decision import BREACHES, HARMS, HEADLINES
from mixedmig_model.results.indicators.facts import Facts
from mixedmig_model.results.measures import ENOUGH, days_in_need
from mixedmig_model.results.waits.stays import ACCURACY
from mixedmig_model.solve.kernel.model.day import Day
from mixedmig_model.solve.kernel.trace.arrays import Traced
from mixedmig_model.vocabulary.labels import PLACE, STAGES

SHOWN = BREACHES + HARMS + HEADLINES
NONE = float("nan")


class NotCountedError(Exception):
    """Raised where a formula asks for waits.

    The kernel does not compute them.
    """


class There(NamedTuple):
    """People there as the day begins and as it ends, persons."""

    before: Any
    after: Any


class OverLimit(NamedTuple):
    """What the kernel knows of stays over the limit.

    It is people detained, in persons.
    """

    over_limit_people: Any


class KernelCounts:
    """The counts of ``Counts`` as traced arrays.

    They are of all days so far.

    Parameters
    ----------
    day : Day
        The arrays of a day.
    """

    def __init__(self, day: Day) -> None:
        self.day = day
        self.xp = day.level("groups.owed").__array_namespace__()
        self.owed, self.international = day.level("groups.owed"), day.level("groups.international")
        self.children = day.level("groups.child")
        vulnerable = self.xp.maximum(day.level("groups.trafficked"), day.level("groups.vulnerable"))
        self.specific_needs = self.xp.maximum(vulnerable, day.level("groups.alone"))

    def __getattr__(self, name: str) -> NoReturn:
        raise NotCountedError(name)

    def moved(self, *flows: str, groups: Traced | None = None) -> Any:
        """Return people moved by flows so far.

        They are of all groups or of those marked.
        """
        return self.day.total(sum(self._of(f"day/{flow}/", groups) for flow in flows))

    def taken_into_detention(self, groups: Traced) -> Any:
        """Return entries of marked groups to detention so far."""
        return self.day.total(self._of("detention/entered", groups))

    def _of(self, name: str, groups: Traced | None) -> Any:
        """Return what moved in the day, of all or marked groups."""
        found = self.day.moved(name)
        if not isinstance(found, Traced):
            return found
        axes = [axis.name for axis in found.made.axes]
        if groups is not None:
            found = found * groups[tuple(slice(None) if axis == "group" else None for axis in axes)]
        return self.xp.sum(found)

    def _people(self, part: Any) -> There:
        """Return people of a part of the procedure.

        ``part`` is an index of stage and place.
        """
        return There(*(self.xp.sum(whole[part], axis=tuple(range(whole[part].ndim - 1)))
                        for whole in (self.day.started("people"), self.day.ended("people"))))

    def living(self, *places: str) -> There:
        """Return people in some places by country."""
        found = [self._people((slice(None), PLACE[name])) for name in places]
        return There(sum(one.before for one in found), sum(one.after for one in found))

    def in_stage(self, stage: str) -> There:
        """Return people in a stage by country."""
        return self._people(STAGES.index(stage))

    def detained(self, groups: Traced) -> There:
        """Return people of marked groups in detention.

        They are by group and country.
        """
        inside = (self.xp.sum(whole[:, PLACE["detention"]], axis=0)
                  for whole in (self.day.started("people"), self.day.ended("people")))
        return There(*(one * groups[:, None] for one in inside))

    def stock(self, name: str) -> There:
        """Return people adrift or without a record."""
        return There(self.day.started(name), self.day.ended(name))

    def time_of(self, groups: Traced, stages: tuple[str, ...], stocks: tuple[str, ...]) -> Any:
        """Return person-days so far of marked groups.

        They are in some stages of the procedure and in some other stocks.
        """
        found = There(*(
            sum([self._of_groups(there("people")[STAGES.index(stage)], groups) for stage in stages]
                + [self._of_groups(there(stock), groups) for stock in stocks])
            for there in (self.day.started, self.day.ended)))
        return self.person_days(found)

    def _of_groups(self, people: Traced, groups: Traced) -> Any:
        """Return people of marked groups, all together."""
        axes = [axis.name for axis in people.made.axes]
        return self.xp.sum(people * groups[tuple(slice(None) if axis == "group" else None for axis in axes)])

    def in_procedure_at_end(self, stage: str) -> Any:
        """Return people in a stage at the end of the day."""
        return self.at_end(self.in_stage(stage))

    def time_in_need(self, least: float) -> Any:
        """Return country-days so far in need of places.

        On these days people in need of a place came to ``least`` times the open places.
        """
        people = self.living("reception", "unsheltered")
        share = days_in_need(people.before, people.after, self.day.level("reception.places"), least)
        return self.day.total(self.xp.sum(share))

    def person_days(self, people: There) -> Any:
        """Return person-days so far, by the trapezoidal rule."""
        return self.day.total(0.5 * (self.xp.sum(people.before) + self.xp.sum(people.after)))

    def peak(self, people: There) -> Any:
        """Return the largest number of people so far.

        It is at the start or end of a day.
        """
        return self.day.largest(self.xp.maximum(self.xp.sum(people.before), self.xp.sum(people.after)))

    def at_end(self, people: There) -> Any:
        """Return people there at the end of the day."""
        return self.xp.sum(people.after)

    def ratio(self, part: Any, whole: Any) -> Any:
        """Return a share.

        It is NaN where the whole is less than half a person.
        """
        enough = self.xp.asarray(ENOUGH)
        return self.xp.where(whole >= enough, part / self.xp.maximum(whole, enough), self.xp.asarray(NONE))

    def at_least_none(self, value: Any) -> Any:
        """Return a difference of persons, none where it is below zero."""
        return self.xp.maximum(value, self.xp.asarray(0.0))

    @property
    def stays(self) -> OverLimit:
        """People over the limit: none while it is law.

        The solver must release all in time. If not, the number takes the arithmetic of stays, which the kernel does not
        do: NaN (a page does it: ``results/browser/stays.mjs``).
        """
        none, one = self.xp.asarray(0.0), self.xp.asarray(1.0)
        switched_off = self.day.total(self.xp.sum(
            self.xp.where(self.day.level("law.detention_limit") >= one, none, one)))
        overdue = self.day.total(self.xp.sum(self.xp.maximum(self.day.started("inside_overdue"), none)))
        surely = self.xp.logical_and(switched_off <= none, overdue < self.xp.asarray(ACCURACY))
        return OverLimit(self.xp.where(surely, none, self.xp.asarray(NONE)))


def counted(day: Day) -> Mapping[str, Traced]:
    """Return all numbers that the kernel counts, by key.

    They are breaches, harms and headlines so far, as the day ends.
    """
    counts = KernelCounts(day)
    made: dict[str, Traced] = {}
    for indicator in SHOWN:
        try:
            made[indicator.key] = cast(Traced, indicator.compute(cast(Facts, counts)))
        except NotCountedError:
            continue
    return made

