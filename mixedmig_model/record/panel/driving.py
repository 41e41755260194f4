"""What drives a line, as at most five sentences."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from mixedmig_model.record.schema.panel import ChartPart
from mixedmig_model.record.words.panel import templates as words
from mixedmig_model.results.indicators.bounds import least_of_unit
from mixedmig_model.vocabulary.numbers import amount, day_text
from mixedmig_model.vocabulary.rows import SAME, Row

LEAST = 0.01
"""Least share of a line's mean at which a move is named."""


class LineLevel(NamedTuple):
    """A line in three numbers: its mean, its peak, the peak's day."""

    mean: float
    peak: float
    day: int


class Mover(NamedTuple):
    """Something that moves a line.

    It has a title, the mean of the line in the other run, and the position there.
    """

    title: str
    mean: float
    position: str


def drives_sentences(
    start: date, chart: ChartPart, here: LineLevel, case: LineLevel, *, line: str, parts: Sequence[Mover],
    others: Sequence[Mover],
) -> tuple[str, ...]:
    """Say in at most five sentences what drives a line.

    Each sentence has a number.

    Parameters
    ----------
    start : date
        The first day of the run.
    chart : ChartPart
        The chart of the line.
    here : LineLevel
        The line now.
    case : LineLevel
        The line in the case.
    line : str
        The line's title.
    parts : Sequence[Mover]
        The line without each thing that was set.
    others : Sequence[Mover]
        The line with the sliders that matter most.

    Returns
    -------
    tuple of str
        The sentences.
    """
    unit = chart.unit
    least = max(least_of_unit(unit), LEAST * abs(here.mean))
    said = [words.DRIVES_LEVEL.format(line=line, mean=amount(here.mean, unit), peak=amount(here.peak, unit),
                                      day=day_text(start + timedelta(days=here.day)))]
    change = Row(unit, case.mean).difference(here.mean)
    if change == SAME:
        said.append(words.DRIVES_SAME)
    else:
        said.append(words.DRIVES_CASE.format(mean=amount(case.mean, unit), difference=change))
    moving = sorted((one for one in parts if abs(here.mean - one.mean) >= least),
                    key=lambda one: -abs(here.mean - one.mean))
    for one, template in zip(moving, (words.DRIVES_FIRST, words.DRIVES_OTHER), strict=False):
        said.append(template.format(title=one.title, difference=Row(unit, one.mean).difference(here.mean)))
    would = max(others, key=lambda one: abs(one.mean - here.mean), default=None)
    if would is not None and abs(would.mean - here.mean) >= least:
        said.append(words.DRIVES_LEVER.format(title=would.title, position=would.position,
                                              difference=Row(unit, here.mean).difference(would.mean)))
    else:
        said.append(words.DRIVES_NO_LEVER)
    return tuple(said)
