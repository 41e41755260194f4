"""Positions of sliders.

Capacities and rates are multiples of the case. Shares and switches have their own unit.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mixedmig_model.inputs.parameters.catalogue import Need, allowed_by
from mixedmig_model.record.schema.plain import PlainData
from mixedmig_model.record.words.panel import templates as words
from mixedmig_model.vocabulary.numbers import given, number, unit_word

LESS = (0.0, 0.25, 0.28, 0.32, 0.36, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
MORE = (1.05, 1.1, 1.15, 1.2, 1.3, 1.4, 1.5, 1.6, 1.8, 2.0, 2.25, 2.5, 2.75, 3.0, 3.25, 3.5, 4.0)
"""Multiples of the case, as many below it as above.

A step from one multiple above zero to the next is at most 15 %.
"""
STEPS = 40
"""Most steps of a slider in its own unit.

At least half as many are made, unless numbers must be whole.
"""
CLOSE = 1e-9
TIMES = ("day", "week", "month", "year")


@dataclass(frozen=True)
class Position:
    """A position: what it writes, and its words.

    None is as in the case: nothing is written.
    """

    value: float | None
    text: str

    def message(self) -> PlainData:
        """Return the position as a message has it."""
        return {"value": self.value, "text": self.text}


@dataclass(frozen=True)
class Scale:
    """Positions of a slider from left to right, with the case's."""

    positions: tuple[Position, ...]
    case: int

    def message(self) -> PlainData:
        """Return the scale as a message has it."""
        return {"positions": [one.message() for one in self.positions], "case": self.case}

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the largest value of the positions.

        The case's own is left out.
        """
        values = [one.value for one in self.positions if one.value is not None]
        return min(values, default=0.0), max(values, default=0.0)


def multiples(need: Need, levels: Sequence[float]) -> Scale:
    """Return multiples of the case that the equations allow.

    Parameters
    ----------
    need : Need
        The need of the equations.
    levels : Sequence[float]
        All levels of the case, in the base unit.

    Returns
    -------
    Scale
        The positions.
    """
    def allowed(times: float) -> bool:
        return all(allowed_by(need, times * level) for level in levels)

    less = [Position(times, _times(times)) for times in LESS if allowed(times)]
    more = [Position(times, _times(times)) for times in MORE if allowed(times)]
    return Scale((*less, Position(None, words.AS_IN_CASE), *more), len(less))


def _times(times: float) -> str:
    return words.TIMES.format(times=given(times)) if times else words.NONE_OF_IT


def absolute(need: Need, factor: float, low: float, high: float, levels: Sequence[float]) -> Scale:
    """Return positions in the unit of the base file.

    The case is among them. If it has one level, its position stands between its neighbours; else it stands at the mean
    of the levels.

    Parameters
    ----------
    need : Need
        The need of the equations.
    factor : float
        Base units in one of the unit.
    low : float
        The low end of the range, in the unit.
    high : float
        The high end of the range, in the unit.
    levels : Sequence[float]
        All levels of the case, in the unit.

    Returns
    -------
    Scale
        The positions.
    """
    unit = "share" if need.unit == "share" else ""
    low, high = min([low, *levels]), max([high, *levels])
    grid = _grid(low, high, whole=need.rule == "whole")
    values = [value for value in grid if allowed_by(need, value * factor)]
    mean = float(np.mean(levels)) if levels else low
    one_level = min(levels, default=low) == max(levels, default=low)
    others = [value for value in values if not (one_level and abs(value - mean) <= CLOSE * max(1.0, abs(mean)))]
    less = [Position(value, _amount(value, unit)) for value in others if value < mean]
    more = [Position(value, _amount(value, unit)) for value in others if value >= mean]
    return Scale((*less, Position(None, _case(levels, unit)), *more), len(less))


def switch(levels: Sequence[float]) -> Scale:
    """Return off and on, with the case.

    The case is one of the two, or stands between them.
    """
    off, on = Position(0.0, words.NO), Position(1.0, words.YES)
    if not any(levels):
        return Scale((Position(None, words.AS_IN_CASE_VALUE.format(value=words.NO)), on), 0)
    if set(levels) == {on.value}:
        return Scale((off, Position(None, words.AS_IN_CASE_VALUE.format(value=words.YES))), 1)
    return Scale((off, Position(None, _case(levels, "share")), on), 1)


def _grid(low: float, high: float, *, whole: bool) -> list[float]:
    """Return round numbers, evenly spaced, with both ends."""
    if high <= low:
        return [low]
    rough = (high - low) / STEPS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(size * power for size in (1.0, 2.0, 2.5, 5.0, 10.0) if size * power >= rough * (1.0 - CLOSE))
    step = max(1.0, math.ceil(step)) if whole else step
    first = math.floor(low / step + CLOSE) + 1
    inner = [float(f"{k * step:.10g}") for k in range(first, math.ceil(high / step - CLOSE))]
    return [low, *(value for value in inner if low < value < high), high]


def _amount(value: float, unit: str) -> str:
    return f"{number(100.0 * value)} %" if unit == "share" else given(float(f"{value:.6g}"))


def _case(levels: Sequence[float], unit: str) -> str:
    """Return the words for as in the case.

    They name its value, or the ends of its values.
    """
    low, high = min(levels, default=0.0), max(levels, default=0.0)
    text = _amount(low, unit) if low == high else words.RANGE.format(
        low=_amount(low, unit), high=_amount(high, unit), unit="").strip()
    return words.AS_IN_CASE_VALUE.format(value=text)


def unit_title(unit: str) -> str:
    """Return the plural of a unit in words.

    It is officers, people a day, or work hours per officer and week.

    Parameters
    ----------
    unit : str
        A unit of the base files.

    Returns
    -------
    str
        The words.
    """
    if unit == "share":
        return "%"
    head, *rest = unit.replace("_", " ").split("/")
    if head == "1":
        return words.A_RATE.format(time=rest[0])
    what = unit_word("2", head)
    if len(rest) == 2:
        return words.PER_TWO.format(what=what, one=rest[0], two=rest[1])
    if not rest:
        return what
    template = words.A_TIME if rest[0] in TIMES else words.PER_ONE
    return template.format(what=what, time=rest[0], one=rest[0])
