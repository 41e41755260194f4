"""Inputs of the kernel: every level of the equations as columns of one table, a row for each day.

One table, because a loop over days then reads one row a day; daily, because a scenario may change any input on any day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from mixedmig_model.equations.levels import Levels
from mixedmig_model.equations.numbers import TINY
from mixedmig_model.equations.procedure import LONGEST_BACKLOG
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.solve.detention_limit import OPENING_DAYS, fronts
from mixedmig_model.solve.schedule import Schedule, mix

SUDDEN = 0.1
"""A day begins suddenly where an input changes by more than this share of itself: its steps are shorter."""
AFTER = 3
"""Days after a sudden one in which steps are still shorter."""
GRADUAL = ("departures", "mix")
"""Who departs changes in sudden ways too, but people who depart reach everything else little by little."""
EVEN, BRISK, GRADED, HASTY, HASTIEST = range(5)
"""How a day is stepped: 0 as asked, 1 twice as often, 2 with short steps first, 3 and 4 as ``HASTY_STEPS`` says."""
WITHIN_HOURS, WITHIN_AN_HOUR = 0.25, 0.05
"""Days: where a stage, a way or a voyage takes less, the steps of other days would hold people in it too long."""
HASTY_STEPS = (32, 96)
"""Steps of a day in which people may pass within hours, and within about an hour: a quarter of an hour each, which is
the shortest stay that may be written."""
STAYS = ("_time", "duration")
"""How the names of the shortest stays end; those of staff are felt in ``BRISK`` days."""
GRADED_FIRST = (0.125, 0.125, 0.125, 0.125, 0.25, 0.25)
GRADED_LATER = (0.25,) * 4
"""Into which parts the first step and each later one of a graded day fall."""


class TableColumn(NamedTuple):
    """One level: its subject and field, and where it lies in a row of the table."""

    subject: str
    field: str
    where: slice


@dataclass(frozen=True)
class Columns:
    """The columns of the table of a layout: all levels, the front of detention's limit, the pace of the day.

    Last, how many people there are in the whole run.
    """

    groups: int
    countries: int

    def levels(self) -> tuple[TableColumn, ...]:
        """Columns of all levels, subject by subject."""
        return _levels(self.groups, self.countries)

    @property
    def first_free(self) -> int:
        """The first column after those of the levels."""
        return int(self.levels()[-1].where.stop)

    @property
    def front(self) -> slice:
        """Day of entry (by country) of the oldest people whom the limit has not freed, as the day begins."""
        return slice(self.first_free, self.first_free + self.countries)

    @property
    def front_moves(self) -> slice:
        """By how many days of entry the front moves in the day."""
        return slice(self.front.stop, self.front.stop + self.countries)

    @property
    def pace(self) -> int:
        """The column that says how the day is stepped: its pace, as ``paces`` has it."""
        return int(self.front_moves.stop)

    @property
    def everybody(self) -> int:
        """The column that says how many people there are in the run, its opening and all who depart."""
        return self.pace + 1

    @property
    def width(self) -> int:
        """Number of columns."""
        return self.everybody + 1


@cache
def _levels(groups: int, countries: int) -> tuple[TableColumn, ...]:
    """Columns of all levels of some groups and countries."""
    result, start = [], 0
    for subject, kind in Levels.__annotations__.items():
        for field in kind._fields:
            size = _size(subject, field, groups, countries)
            result.append(TableColumn(subject, field, slice(start, start + size)))
            start += size
    return tuple(result)


def _size(subject: str, field: str, groups: int, countries: int) -> int:
    """How many numbers a level has."""
    if subject == "groups" or field == "mix":
        return groups
    if field == "departures":
        return countries
    return {"country": countries, "group": groups, "region": 1}[CATALOGUE[f"{subject.rstrip('_')}.{field}"].axis]


class DailyTable(NamedTuple):
    """All inputs of a run: a row a day, and whether the levels of a day differ from those of the day before."""

    rows: np.ndarray  # [day, column]
    changed: np.ndarray  # [day] 0 or 1


def daily_table(run: RunInputs, schedule: Schedule | None = None) -> DailyTable:
    """All inputs of a run, a row a day. Args: schedule, of the run, if it is there already."""
    columns = Columns(len(run.groups), len(run.countries))
    schedule = schedule or Schedule(run)
    starts = np.array(sorted({0.0, *schedule.jumps}))
    rows = np.zeros((len(starts), columns.width))
    for column in columns.levels():
        rows[:, column.where] = _column(run, schedule, column, starts)
    days = np.arange(run.days, dtype=float)
    which = np.searchsorted(starts, days, side="right") - 1
    table = rows[which]
    changed = np.concatenate([[True], which[1:] != which[:-1]])
    table[:, columns.pace] = paces(table, changed, columns)
    departures = sum(table[:, part.where].sum() for part in columns.levels() if part.field == "departures")
    table[:, columns.everybody] = departures + sum(each.persons for each in run.opening)
    entered = front_edges(run, np.append(days, float(run.days)))
    table[:, columns.front], table[:, columns.front_moves] = entered[:-1], np.diff(entered, axis=0)
    return DailyTable(table, changed.astype(np.int64))


def steps_of_day(steps: int) -> tuple[tuple[float, ...], ...]:
    """Share of a day that each of its steps takes, by pace. Args: steps, of a day of pace 0."""
    even = tuple((1.0 / more,) * more for more in (steps, 2 * steps))
    return *even, tuple(part / steps for part in (*GRADED_FIRST, *GRADED_LATER * (steps - 1)))


def paces(table: np.ndarray, changed: np.ndarray, columns: Columns) -> np.ndarray:
    """How each day is stepped ``[D]``: its pace.

    Short steps first where inputs change suddenly, for places that shut empty within hours; the first day is such a
    day, for the opening is sudden. Twice as often on the three days after, in which teams start that were hired, and
    while staff may be trained within a day: errors of staff do not choose the steps. Shortest of all where people may
    pass a stage within hours, for nobody passes two stages in one step.
    Args: table, inputs by day; changed, days on which any may differ from those of the day before.
    """
    felt = np.concatenate([
        np.arange(part.where.start, part.where.stop) for part in columns.levels() if part.field not in GRADUAL
    ])
    days = np.flatnonzero(changed[1:]) + 1
    before, after = table[np.ix_(days - 1, felt)], table[np.ix_(days, felt)]
    much = np.abs(after - before) > SUDDEN * np.maximum(np.abs(before), np.abs(after))
    sudden = np.zeros(len(table), dtype=bool)
    sudden[0] = True
    sudden[days] = much.any(axis=1)
    later = np.convolve(sudden, np.ones(AFTER + 1))[: len(sudden)] > 0.0
    staff = _shortest(table, [part for part in columns.levels() if part.subject == "staff"])
    people = _shortest(table, [part for part in columns.levels() if part.subject != "staff"])
    usual = np.where(sudden, GRADED, np.where(later | (staff < 1.0), BRISK, EVEN))
    people = np.minimum(people, _soonest_gone(table, columns))
    hasty = np.where(people < WITHIN_AN_HOUR, HASTIEST, HASTY)
    return np.where(people < WITHIN_HOURS, hasty, usual)


def _shortest(table: np.ndarray, levels: Sequence[TableColumn]) -> np.ndarray:
    """The shortest time that some levels name on each day, days ``[D]``."""
    stays = [table[:, part.where].min(axis=1) for part in levels if part.field.endswith(STAYS)]
    return np.asarray(np.min(stays, axis=0))


def _soonest_gone(table: np.ndarray, columns: Columns) -> np.ndarray:
    """How long people stay who may go on or abscond, where a service without staff makes them, days ``[D]``."""
    levels = {f"{part.subject}.{part.field}": table[:, part.where] for part in columns.levels()}
    rate = np.maximum(levels["absconding.rate"], levels["onward.rate"])
    fastest = (rate * (1.0 + levels["onward.waiting_gain"] * LONGEST_BACKLOG)).max(axis=1)
    return np.asarray(1.0 / np.maximum(fastest, TINY))


def _column(run: RunInputs, schedule: Schedule, column: TableColumn, starts: np.ndarray) -> Any:
    """One level in force from each day on, ``[K, labels]``."""
    if column.subject == "groups":
        return getattr(schedule.groups, column.field)
    if column.field == "mix":
        dated = sorted({
            day for name in ("arrivals.composition", "arrivals.international_need_share")
            for day in run.parameters[name].starts
        })
        shares = np.stack([mix(run, day) for day in dated])
        return shares[_in_force(dated, starts)]
    if column.field == "departures":
        steps = schedule.departures
    elif (column.subject, column.field) == ("reception", "places"):
        steps = schedule.places
    else:
        steps = run.parameters[f"{column.subject.rstrip('_')}.{column.field}"]
    if len(steps.starts) == 1:
        return steps.values
    return steps.values[_in_force(steps.starts, starts)]


def _in_force(known: Any, days: np.ndarray) -> np.ndarray:
    return np.maximum(np.searchsorted(np.asarray(known), days, side="right") - 1, 0)


def front_edges(run: RunInputs, edges: np.ndarray) -> np.ndarray:
    """Day of entry that the limit of detention has reached by each day, ``[K, C]``; limits are whole days."""
    result = np.full((len(edges), len(run.countries)), -OPENING_DAYS)
    for front in fronts(run):
        result[:, list(front.countries)] = np.interp(edges, front.days, front.entered)[:, None]
    return result
