"""Inputs of the compiled path: every level of the equations as columns of one table, a row for each day.

One table, because a loop over days then reads one row a day; daily, because a scenario may change any input on any
day without a new compilation. Numpy only.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from mixedmig_model.equations.levels import Levels
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.solve.detention_limit import OPENING_DAYS, fronts
from mixedmig_model.solve.schedule import Schedule, mix
from mixedmig_model.vocabulary.calendar import DAYS_A_WEEK

SUDDEN = 0.1
"""A day begins suddenly where an input changes by more than this share of itself: its steps are shorter."""
AFTER = 3
"""Days after a sudden one in which steps are still shorter."""
GRADUAL = ("departures", "mix")
"""Who departs changes in sudden ways too, but people who depart reach everything else little by little."""
EVEN, BRISK, GRADED, DONE = 0.0, 1.0, 2.0, 3.0
"""How a day is stepped: 0 as asked, 1 twice as often, 2 with short steps first, 3 not at all."""
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
    """The columns of the table of a layout: all levels, length and pace of the day, the front of detention's limit.

    Last, how many people there are in the whole run.
    """

    groups: int
    countries: int

    def levels(self) -> tuple[TableColumn, ...]:
        """Columns of all levels, subject by subject."""
        result, start = [], 0
        for subject, kind in Levels.__annotations__.items():
            for field in kind._fields:
                size = self._size(subject, field)
                result.append(TableColumn(subject, field, slice(start, start + size)))
                start += size
        return tuple(result)

    def _size(self, subject: str, field: str) -> int:
        if subject == "groups" or field == "mix":
            return self.groups
        if field == "departures":
            return self.countries
        axis = CATALOGUE[f"{subject.rstrip('_')}.{field}"].axis
        return {"country": self.countries, "group": self.groups, "region": 1}[axis]

    @property
    def first_free(self) -> int:
        """The first column after those of the levels."""
        return int(self.levels()[-1].where.stop)

    @property
    def length(self) -> int:
        """The column that says how long a day is: 1, and 0 for those that fill the last week."""
        return self.first_free

    @property
    def front(self) -> slice:
        """Day of entry (by country) of the oldest people whom the limit has not freed, as the day begins."""
        return slice(self.first_free + 1, self.first_free + 1 + self.countries)

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


def weeks(days: int) -> int:
    """Weeks that a run of some days takes, the last one filled up with days of no length."""
    return -(-days // DAYS_A_WEEK)


def daily_table(run: RunInputs) -> np.ndarray:
    """All inputs of a run, ``[7 x weeks, columns]``; days after its end repeat the last, with no length."""
    columns = Columns(len(run.groups), len(run.countries))
    schedule = Schedule(run)
    starts = np.array(sorted({0.0, *(day for day in schedule.jumps)}))
    rows = np.zeros((len(starts), columns.width))
    for column in columns.levels():
        rows[:, column.where] = _column(run, schedule, column, starts)
    days = np.arange(weeks(run.days) * DAYS_A_WEEK, dtype=float)
    table = rows[np.searchsorted(starts, np.minimum(days, run.days - 1), side="right") - 1]
    table[:, columns.pace] = paces(table, columns)
    table[:, columns.length] = days < run.days
    departures = sum(table[: run.days, part.where].sum() for part in columns.levels() if part.field == "departures")
    table[:, columns.everybody] = departures + sum(each.persons for each in run.opening)
    edges = np.minimum(np.append(days, days[-1] + 1), run.days)
    entered = front_edges(run, edges)
    table[:, columns.front], table[:, columns.front_moves] = entered[:-1], np.diff(entered, axis=0)
    return np.asarray(table)


def steps_of_day(steps: int) -> tuple[tuple[float, ...], ...]:
    """Share of a day that each of its steps takes, by pace. Args: steps, of a day of pace 0."""
    even = tuple((1.0 / more,) * more for more in (steps, 2 * steps))
    return *even, tuple(part / steps for part in (*GRADED_FIRST, *GRADED_LATER * (steps - 1))), ()


def paces(table: np.ndarray, columns: Columns) -> np.ndarray:
    """How each day is stepped ``[D]``: its pace.

    Short steps first where inputs change suddenly, for places that shut empty within hours; the first day is such a
    day, for the opening is sudden. Twice as often on the three days after, in which teams start that were hired.
    Args: table, inputs by day.
    """
    felt = np.concatenate([table[:, part.where] for part in columns.levels() if part.field not in GRADUAL], axis=1)
    before, after = felt[:-1], felt[1:]
    changed = np.abs(after - before) > SUDDEN * np.maximum(np.abs(before), np.abs(after))
    sudden = np.concatenate([[True], changed.any(axis=1)])
    later = np.convolve(sudden, np.ones(AFTER + 1))[: len(sudden)] > 0.0
    return np.where(sudden, GRADED, np.where(later, BRISK, EVEN))


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


def levels_of(row: Any, columns: Columns) -> Levels:
    """The levels of one day out of a row of the table: any array whose first axis has the columns."""
    subjects: dict[str, dict[str, Any]] = {name: {} for name in Levels.__annotations__}
    for column in columns.levels():
        subjects[column.subject][column.field] = row[column.where]
    return Levels(**{name: Levels.__annotations__[name](**fields) for name, fields in subjects.items()})
