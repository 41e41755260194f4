"""Inputs of the kernel as columns of one table.

Every level of the equations is a column, and every day a row. A loop over days then reads one row a day. A scenario may
change any input on any day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from mixedmig_model.equations.levels import BY_GROUP_AND_COUNTRY, Levels
from mixedmig_model.equations.numbers import TINY
from mixedmig_model.equations.procedure import LONGEST_BACKLOG
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.solve.detention_limit import OPENING_DAYS, fronts
from mixedmig_model.solve.schedule import Schedule, mix_by_country

SUDDEN = 0.1
"""Share of an input whose change makes a day sudden.

Steps of such a day are shorter.
"""
AFTER = 3
"""Days after a sudden one in which steps are still shorter."""
GRADUAL = ("departures", "mix")
"""Inputs whose changes do not make a day sudden.

The people who depart change suddenly too, but they reach everything else little by little.
"""
EVEN, BRISK, GRADED, HASTY, HASTIEST = range(5)
"""How a day is stepped.

0 as asked, 1 twice as often, 2 with short steps first, 3 and 4 as ``HASTY_STEPS`` says.
"""
WITHIN_HOURS, WITHIN_AN_HOUR = 0.25, 0.05
"""Days below which a stay needs shorter steps.

Where a stage, a way or a voyage takes less, the steps of other days would hold people in it too long.
"""
HASTY_STEPS = (32, 96)
"""Steps of a day in which people may pass within hours.

The second is for about an hour. Each step is a quarter of an hour, which is the shortest stay that may be written.
"""
STAYS = ("_time", "duration")
"""Endings of the names of the shortest stays.

Those of staff are felt in ``BRISK`` days.
"""
GRADED_FIRST = (0.125, 0.125, 0.125, 0.125, 0.25, 0.25)
GRADED_LATER = (0.25,) * 4
"""Parts of the first and each later step of a graded day."""


class TableColumn(NamedTuple):
    """One level: its subject, field, and place in a row."""

    subject: str
    field: str
    where: slice


@dataclass(frozen=True)
class Columns:
    """The columns of the table of a layout.

    They are all levels, the front of detention's limit, and the pace of the day. The last is how many people there are
    in the whole run.
    """

    groups: int
    countries: int

    def levels(self) -> tuple[TableColumn, ...]:
        """Return columns of all levels, subject by subject."""
        return _levels(self.groups, self.countries)

    @property
    def first_free(self) -> int:
        """The first column after those of the levels."""
        return int(self.levels()[-1].where.stop)

    @property
    def front(self) -> slice:
        """Columns of the front of detention's limit.

        It is the day of entry (by country) of the oldest people whom the limit has not freed, as the day begins.
        """
        return slice(self.first_free, self.first_free + self.countries)

    @property
    def front_moves(self) -> slice:
        """By how many days of entry the front moves in the day."""
        return slice(self.front.stop, self.front.stop + self.countries)

    @property
    def pace(self) -> int:
        """The column that says how the day is stepped.

        It is its pace, as ``paces`` has it.
        """
        return int(self.front_moves.stop)

    @property
    def everybody(self) -> int:
        """The column that says how many people are in the run.

        They are its opening and all who depart.
        """
        return self.pace + 1

    @property
    def width(self) -> int:
        """Number of columns."""
        return self.everybody + 1


@cache
def _levels(groups: int, countries: int) -> tuple[TableColumn, ...]:
    """Return columns of all levels of some groups and countries."""
    result, start = [], 0
    for subject, kind in Levels.__annotations__.items():
        for field in kind._fields:
            size = _size(subject, field, groups, countries)
            result.append(TableColumn(subject, field, slice(start, start + size)))
            start += size
    return tuple(result)


def _size(subject: str, field: str, groups: int, countries: int) -> int:
    """Return how many numbers a level has."""
    if f"{subject}.{field}" in BY_GROUP_AND_COUNTRY:
        return groups * countries
    if subject == "groups":
        return groups
    if field == "departures":
        return countries
    return {"country": countries, "group": groups, "region": 1}[CATALOGUE[f"{subject.rstrip('_')}.{field}"].axis]


class DailyTable(NamedTuple):
    """All inputs of a run: a row a day.

    It says whether the levels of a day differ from those of the day before.
    """

    rows: np.ndarray  # [day, column]
    changed: np.ndarray  # [day] 0 or 1


def daily_table(run: RunInputs, schedule: Schedule | None = None) -> DailyTable:
    """Return all inputs of a run, a row a day.

    Parameters
    ----------
    run : RunInputs
        All inputs of the run.
    schedule : Schedule | None, default None
        Schedule of the run, if there is one already.

    Returns
    -------
    DailyTable
        The table.
    """
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
    table[:, columns.everybody] = departures + sum(run.persons_of(each) for each in run.opening)
    entered = front_edges(run, np.append(days, float(run.days)))
    table[:, columns.front], table[:, columns.front_moves] = entered[:-1], np.diff(entered, axis=0)
    return DailyTable(table, changed.astype(np.int64))


def steps_of_day(steps: int) -> tuple[tuple[float, ...], ...]:
    """Return the share of a day that each step takes, by pace.

    Parameters
    ----------
    steps : int
        Steps of a day of pace 0.

    Returns
    -------
    tuple[tuple[float, ...], ...]
        Shares by pace.
    """
    even = tuple((1.0 / more,) * more for more in (steps, 2 * steps))
    return *even, tuple(part / steps for part in (*GRADED_FIRST, *GRADED_LATER * (steps - 1)))


def paces(table: np.ndarray, changed: np.ndarray, columns: Columns) -> np.ndarray:
    """Return the pace of each day, that is how it is stepped.

    Short steps come first where inputs change suddenly, for places that shut empty within hours. The first day is such
    a day, for the opening is sudden. Steps are twice as many on the three days after, in which hired teams start. They
    are so too while staff may be trained within a day, because errors of staff do not choose the steps. They are
    shortest where people may pass a stage within hours, for nobody passes two stages in one step.

    Parameters
    ----------
    table : numpy.ndarray
        Inputs by day, ``[D, columns]``.
    changed : numpy.ndarray
        Days on which any input may differ from the day before, ``[D]``.
    columns : Columns
        Columns of the table.

    Returns
    -------
    numpy.ndarray
        Pace ``[D]``.
    """
    felt = np.concatenate([
        np.arange(part.where.start, part.where.stop) for part in columns.levels() if part.field not in GRADUAL
    ])
    days = np.flatnonzero(changed)
    rows, which = table[days], np.cumsum(changed > 0) - 1  # the other days are as the last of these
    levels = rows[:, felt]
    before, after = levels[:-1], levels[1:]
    much = np.abs(after - before) > SUDDEN * np.maximum(np.abs(before), np.abs(after))
    sudden = np.zeros(len(table), dtype=bool)
    sudden[0] = True
    sudden[days[1:]] = much.any(axis=1)
    later = np.convolve(sudden, np.ones(AFTER + 1))[: len(sudden)] > 0.0
    staff = _shortest(rows, [part for part in columns.levels() if part.subject == "staff"])[which]
    people = _shortest(rows, [part for part in columns.levels() if part.subject != "staff"])
    people = np.minimum(people, _soonest_gone(rows, columns))[which]
    usual = np.where(sudden, GRADED, np.where(later | (staff < 1.0), BRISK, EVEN))
    hasty = np.where(people < WITHIN_AN_HOUR, HASTIEST, HASTY)
    return np.where(people < WITHIN_HOURS, hasty, usual)


def _shortest(table: np.ndarray, levels: Sequence[TableColumn]) -> np.ndarray:
    """Return the shortest time of some levels on each day.

    It is in days, ``[D]``.
    """
    stays = [table[:, part.where].min(axis=1) for part in levels if part.field.endswith(STAYS)]
    return np.asarray(np.min(stays, axis=0))


def _soonest_gone(table: np.ndarray, columns: Columns) -> np.ndarray:
    """Return how long people stay whom no staff serves.

    They may go on or abscond, where a service without staff makes them wait; in days, ``[D]``.
    """
    levels = {f"{part.subject}.{part.field}": table[:, part.where] for part in columns.levels()}
    likely = np.where(levels["onward.mover_share"] > 0.0, levels["onward.mover_rate"], 0.0)
    rate = np.maximum(levels["absconding.rate"], np.maximum(levels["onward.rate"], likely))
    fastest = (rate * (1.0 + levels["onward.waiting_gain"] * LONGEST_BACKLOG)).max(axis=1)
    return np.asarray(1.0 / np.maximum(fastest, TINY))


def _column(run: RunInputs, schedule: Schedule, column: TableColumn, starts: np.ndarray) -> Any:
    """Return one level in force from each day, ``[K, labels]``."""
    if column.subject == "groups":
        return getattr(schedule.groups, column.field).ravel()
    if column.field == "mix":
        dated = sorted({
            day for name in ("arrivals.composition", "arrivals.international_need_share")
            for day in run.parameters[name].starts
        })
        shares = np.stack([mix_by_country(run, day).ravel() for day in dated])
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
    """Return the day of entry that the limit has reached.

    It is by each day, ``[K, C]``; limits of detention are whole days.
    """
    result = np.full((len(edges), len(run.countries)), -OPENING_DAYS)
    for front in fronts(run):
        result[:, list(front.countries)] = np.interp(edges, front.days, front.entered)[:, None]
    return result
