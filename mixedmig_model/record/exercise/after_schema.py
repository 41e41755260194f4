"""Records of printed sheets and of the after-action report.

There is no sum of the three sheets, and no order of teams.
"""

from mixedmig_model.record.exercise.schema import TeamSheets
from mixedmig_model.record.schema.base import Frozen, Number


class HarmRow(Frozen):
    """A breach or a harm by the end of a round, a cell a run."""

    key: str
    title: str
    unit: str
    kind: str
    cells: tuple[str, ...]


class SmallMultiple(Frozen):
    """A breach or a harm by round: a team and the references.

    ``texts`` has the values of ``runs`` in words.
    """

    key: str
    title: str
    unit: str
    kind: str
    rounds: tuple[int, ...]
    runs: dict[str, tuple[Number, ...]]
    texts: dict[str, tuple[str, ...]]
    top: str


class PrintedSheets(Frozen):
    """The three sheets of a team with pictures, to print."""

    title: str
    licence: str
    session: str
    facts: str
    sheets: TeamSheets
    run_titles: tuple[str, ...]
    rows: tuple[HarmRow, ...]
    pictures: tuple[SmallMultiple, ...]


class InjectRow(Frozen):
    """An inject that was released, and what teams answered."""

    inject: str
    title: str
    expected: str
    answers: tuple[str, ...]


class GapLine(Frozen):
    """A gap of the room: what lacks, which office, by when."""

    number: int
    text: str
    owner: str
    by: str
    is_whole: bool


class AfterAction(Frozen):
    """What the after-action report says."""

    notice: str
    title: str
    licence: str
    session: str
    facts: str
    teams: tuple[PrintedSheets, ...]
    injects: tuple[InjectRow, ...]
    gaps: tuple[GapLine, ...]
    gaps_note: str
    not_modelled: tuple[str, ...]
    left_out: tuple[str, ...]
    question: str
