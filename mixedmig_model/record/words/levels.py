"""Levels of an input over some days in words: every level, its steps and ramps, by country or group."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from mixedmig_model.inputs.resolving.run_inputs import Steps
from mixedmig_model.vocabulary.numbers import day_text, number

MOST_PARTS = 8
"""Levels of one label that are told one by one; of more, the lowest, the highest, the first and the last."""
MOST_KINDS = 6
"""Different histories of countries or groups that are told one by one; of more, the lowest and the highest level."""
SHORTEST_RAMP = 3
"""Days in a row on which a level rises, or falls, from which they are told as one ramp."""


class Span(NamedTuple):
    """Days of a run: the first, and the one after the last."""

    first: int
    last: int


class Level(NamedTuple):
    """A level from a day on, in the unit in which it is told."""

    day: int
    value: float


def levels_text(
    steps: Steps, factor: float, span: Span, start: date, labels: Sequence[str], chosen: Collection[str],
    titles: Mapping[str, str],
) -> str:
    """All levels of an input over some days, of the labels chosen.

    Args: factor, base units in a unit told; start, the first day of the run; labels, of the axis of ``steps``, with
    their titles.
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
    """The levels of one label, one after the other: '0, 0.5 from 11 May 2015, 0 from 21 May 2015'."""
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
    """The last of the levels from number k on that rise, or fall, day by day without a break."""
    rises = levels[k].value > levels[k - 1].value
    while (k + 1 < len(levels) and levels[k + 1].day == levels[k].day + 1
           and levels[k + 1].value != levels[k].value and (levels[k + 1].value > levels[k].value) == rises):
        k += 1
    return k


def _day(level: Level, start: date) -> str:
    return day_text(start + timedelta(days=level.day))
