"""Grades of self-study, by number of learner."""

from typing import Literal

from mixedmig_model.record.schema.base import Frozen, Number

State = Literal["passed", "not passed", "refused", "failed"]


class GradeRow(Frozen):
    """The grade of one learner.

    Breaches and harms come first. A gate is None where a breach comes before it, or where nothing could be graded.
    """

    learner: str
    case: str
    state: State
    breaches: tuple[str, ...]
    harms: tuple[str, ...]
    rights: bool | None
    standard: bool | None
    budget: bool | None
    cause: bool | None
    people: Number
    people_allowed: int | None
    cost: Number
    cost_allowed: int | None
    cause_named: str
    limits_named: bool
    words: tuple[str, ...]


class GradesRecord(Frozen):
    """Grades of a class, and whether all folders were graded."""

    ok: bool
    notice: str
    learners: tuple[GradeRow, ...]
