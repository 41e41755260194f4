"""Grades of a class as a record, and as a table of text."""

from collections.abc import Sequence

from mixedmig_model.record.schema.base import NONE
from mixedmig_model.record.schema.grades import GradeRow, GradesRecord, State
from mixedmig_model.storage.tables import table_text
from mixedmig_model.study.teaching.grade import CAUSE, MONEY, RIGHTS, STANDARD, passed
from mixedmig_model.study.teaching.grading import Graded
from mixedmig_model.vocabulary.titles import NOTICE


def grades_record(graded: Sequence[Graded]) -> GradesRecord:
    """Return the record of a class.

    Parameters
    ----------
    graded : Sequence[Graded]
        Grades by learner.

    Returns
    -------
    GradesRecord
        The record; nothing in it names a person.
    """
    rows = tuple(_row(one) for one in graded)
    return GradesRecord(ok=all(row.state in ("passed", "not passed") for row in rows), notice=NOTICE, learners=rows)


def _row(one: Graded) -> GradeRow:
    gates = {gate.name: gate.passed for gate in one.gates}
    result, asked = one.result, one.asked
    return GradeRow(
        learner=one.learner, case=one.case, state=_state(one),
        breaches=result.breaches if result else (), harms=result.harms if result else (),
        rights=gates.get(RIGHTS), standard=gates.get(STANDARD), budget=gates.get(MONEY), cause=gates.get(CAUSE),
        people=result.people if result else NONE, people_allowed=asked.people if asked else None,
        cost=result.cost if result else NONE, cost_allowed=asked.budget if asked else None,
        cause_named=one.cause, limits_named=one.limits_named,
        words=(*(str(fault) for fault in one.refused), *((one.failed,) if one.failed else ())),
    )


def _state(one: Graded) -> State:
    if one.refused:
        return "refused"
    if one.failed:
        return "failed"
    return "passed" if passed(one.gates) else "not passed"


def grades_table(record: GradesRecord) -> str:
    """Return the table of a class, as CSV.

    Parameters
    ----------
    record : GradesRecord
        Grades of a class.

    Returns
    -------
    str
        A row for each learner. Texts cannot become formulas of a spreadsheet.
    """
    names = tuple(GradeRow.model_fields)
    return table_text(names, [[_cell(getattr(row, name)) for name in names] for row in record.learners])


def _cell(value: object) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(str(part) for part in value)
    return f"{value:.0f}" if isinstance(value, float) else str(value)
