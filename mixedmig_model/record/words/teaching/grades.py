"""What grading a class says to people."""

from collections.abc import Iterator

from mixedmig_model.record.schema.grades import GradeRow, GradesRecord
from mixedmig_model.record.words.teaching.lessons import BREACH, COUNTED, HARM, REFUSED
from mixedmig_model.results.indicators.table import BREACHES, HARMS
from mixedmig_model.vocabulary.numbers import counted

TITLES = {indicator.key: indicator.title for indicator in (*BREACHES, *HARMS)}
HEAD = ("learner", "rights", "standard", "budget", "cause", "limits", "grade")
MARKS = {True: "met", False: "not met", None: "-"}
GAP = 2


def grade_lines(record: GradesRecord) -> list[str]:
    """Return the table of a class, breaches and harms first.

    Parameters
    ----------
    record : GradesRecord
        Grades of a class.

    Returns
    -------
    list[str]
        Lines of text.
    """
    rows = [HEAD, *(_cells(row) for row in record.learners)]
    widths = [max(len(row[k]) for row in rows) + GAP for k in range(len(HEAD))]
    table = ["".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    passed = sum(row.state == "passed" for row in record.learners)
    refused = sum(row.state in ("refused", "failed") for row in record.learners)
    said = [line for row in record.learners for line in _said(row)]
    last = COUNTED.format(passed=passed, learners=counted(len(record.learners), "learner"), refused=refused)
    return [*said, *table, last]


def _cells(row: GradeRow) -> tuple[str, ...]:
    gates = (row.rights, row.standard, row.budget, row.cause)
    return (row.learner, *(MARKS[gate] for gate in gates), "named" if row.limits_named else "-", row.state)


def _said(row: GradeRow) -> Iterator[str]:
    for key in row.breaches:
        yield BREACH.format(learner=row.learner, title=TITLES[key])
    for key in row.harms:
        yield HARM.format(learner=row.learner, harm=key.replace("_", " "))
    for word in row.words:
        yield REFUSED.format(learner=row.learner, word=word)
