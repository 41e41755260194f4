"""Levels of an input over some days in words.

They are every level, its steps and ramps, by country or group.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from mixedmig_model.inputs.resolving.run_inputs import Steps
from mixedmig_model.vocabulary.numbers import day_text, number

MOST_PARTS = 8
"""Levels of one label that are given one by one.

Of more, the lowest, the highest, the first and the last are given.
"""
MOST_KINDS = 6
"""Different histories that are given one by one.

They are of countries or groups; of more, the lowest and the highest level are given.
"""
SHORTEST_RAMP = 3
"""Days in a row that make one ramp.

On them a level rises, or falls.
"""


class Span(NamedTuple):
    """Days of a run: the first, and the one after the last."""

    first: int
    last: int


class Level(NamedTuple):
    """A level from a day on, in the unit in which it is given."""

    day: int
    value: float


def levels_text(
    steps: Steps, factor: float, span: Span, start: date, labels: Sequence[str], chosen: Collection[str],
    titles: Mapping[str, str],
) -> str:
    """Return all levels of an input over some days.

    They are of the labels chosen.

    Parameters
    ----------
    steps : Steps
        The input, base units.
    factor : float
        Base units in a unit of the text.
    span : Span
        The days.
    start : date
        First day of the run.
    labels : Sequence[str]
        Labels of the axis of ``steps``.
    chosen : Collection[str]
        Labels chosen.
    titles : Mapping[str, str]
        Titles of the labels.

    Returns
    -------
    str
        The text.
    """
    days = [span.first, *(int(day) for day in steps.starts if span.first < day < span.last)]
    told: dict[str, list[str]] = {}
    for k, label in enumerate(labels):
        if label in chosen:
            history = [Level(day, float(steps.at(day)[k]) / factor) for day in days]
            told.setdefault(_history(history, start), []).append(titles.get(label, label))
    if len(told) == 1:
        return next(iter(told))
    if len(told) > MOST_KINDS:
        values = [steps.at(day)[k] / factor for day in days for k, label in enumerate(labels) if label in chosen]
        return f"{number(float(min(values)))} to {number(float(max(values)))}, by place or group and date"
    return "; ".join(f"{', '.join(names)}: {text}" for text, names in told.items())


def _history(levels: Sequence[Level], start: date) -> str:
    """Return the levels of one label, one after the other.

    An example is '0, 0.5 from 11 May 2015, 0 from 21 May 2015'.
    """
    parts, last, k = [number(levels[0].value)], levels[0].value, 1
    while k < len(levels):
        end = _ramp_end(levels, k)
        if end - k + 1 >= SHORTEST_RAMP:
            word = "rising" if levels[end].value > last else "falling"
            parts.append(f"{word} to {number(levels[end].value)} from {_day(levels[k], start)} to "
                         f"{_day(levels[end], start)}")
        else:
            end = k
            if number(levels[k].value) != number(last):
                parts.append(f"{number(levels[k].value)} from {_day(levels[k], start)}")
        last, k = levels[end].value, end + 1
    if len(parts) <= MOST_PARTS:
        return ", ".join(parts)
    values = [level.value for level in levels]
    return (f"between {number(min(values))} and {number(max(values))}, first {number(values[0])}, last "
            f"{number(values[-1])}, with {len(levels) - 1} changes")


def _ramp_end(levels: Sequence[Level], k: int) -> int:
    """Return the last of the levels that rise or fall.

    They do so from number k on, day by day without a break.
    """
    rises = levels[k].value > levels[k - 1].value
    while (k + 1 < len(levels) and levels[k + 1].day == levels[k].day + 1
           and levels[k + 1].value != levels[k].value and (levels[k + 1].value > levels[k].value) == rises):
        k += 1
    return k


def _day(level: Level, start: date) -> str:
    return day_text(start + timedelta(days=level.day))
