"""The first page of a report.

It has the question, the answer in a few sentences, eight rows, and how sure all of it is.
"""

from typing import Literal

from mixedmig_model.record.schema.base import Frozen, Number

Letter = Literal["A", "B", "C", "D"]
"""Grade of evidence, the best first."""


class SummaryCell(Frozen):
    """One number in words, with a second line.

    The line is the difference to the baseline, or what stands behind the number.
    """

    value: str
    note: str = ""


class SummaryRow(Frozen):
    """One row: what it counts, its unit, and a cell an option.

    ``key`` is that of the indicator, if it is one; ``rests``: it rests on an input that the case did not set.
    """

    key: str
    title: str
    unit: str
    cells: dict[str, SummaryCell]
    rests: bool = False


class GradePart(Frozen):
    """How good the evidence is: a letter with its sentence."""

    letter: Letter
    sentence: str


class SummaryPart(Frozen):
    """What the first page says.

    ``options`` are the columns, the baseline first; ``left_out`` names the other options. ``breaches`` has a line for
    each option with one: they stand above everything else. ``serves_fewer`` has a line for each option by which a
    service sees less than half of the baseline's people: it leads the answer.
    """

    options: tuple[str, ...]
    left_out: tuple[str, ...]
    breaches: tuple[str, ...]
    serves_fewer: tuple[str, ...]
    answer: tuple[str, ...]
    rows: tuple[SummaryRow, ...]
    grade: GradePart
    author: str = ""
    made_on: str = ""


class TeamsPart(Frozen):
    """The smallest constant teams (officers) by service.

    They keep 95 % within the standard, by service and country. ``on_time`` is the share served in time with these
    teams, by service and country. Where even staff without end come late, it is the share with them. It is none where
    nobody can be counted.
    """

    teams: dict[str, dict[str, float]]
    on_time: dict[str, dict[str, Number]]
