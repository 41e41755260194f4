"""What the founding document asks, row by row.

Rows are records for programs, reports and docs (``mixedmig trace``).
"""

from collections.abc import Collection, Sequence
from typing import Any

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, listed, nearest
from mixedmig_model.inputs.traceability import FILE, TraceRow, covering, read_traceability
from mixedmig_model.inputs.workspace import Workspace
from mixedmig_model.results.indicators.table import INDICATORS

INDICATOR_NAMES = tuple(indicator.key for indicator in INDICATORS)


def trace(workspace: Workspace, paragraph: str | None = None, whole: bool = True) -> tuple[TraceRow, ...]:
    """Return all rows, or those of one paragraph.

    Parameters
    ----------
    workspace : Workspace
        The workspace.
    paragraph : str | None, default None
        A paragraph, ``12`` for all its items; all rows if not given.
    whole : bool, default True
        Whether the workspace has all cases that rows may name.

    Returns
    -------
    tuple[TraceRow, ...]
        The rows.

    Raises
    ------
    InputFaultsError
        For an unknown paragraph, or faults of the file.
    """
    rows = read_traceability(workspace, INDICATOR_NAMES, whole)
    if paragraph is None:
        return rows
    found = covering(rows, (paragraph,))
    if not found:
        names = [row.paragraph for row in rows]
        fault = Fault("paragraph", 0, "", "unknown paragraph", found=repr(paragraph)[:80],
                      allowed=listed(names), nearest=nearest(paragraph, names))
        raise InputFaultsError([fault])
    return found


def trace_record(row: TraceRow) -> dict[str, Any]:
    """Return a row for programs.

    It has plain lists and text, the status spelled out.
    """
    return {**row.model_dump(mode="json"), "status": row.status}


def used_and_left(
    rows: tuple[TraceRow, ...], paragraphs: Collection[str]
) -> tuple[tuple[TraceRow, ...], tuple[TraceRow, ...]]:
    """Return rows that a case names, and rows not representable.

    The first are named by the case or its scenarios; of the second something cannot be represented.
    """
    return covering(rows, paragraphs), tuple(row for row in rows if row.not_representable)


def trace_part(inputs: CaseInputs, names: Sequence[str]) -> dict[str, Any]:
    """Return the part of a report's record.

    It has rows that the case and its scenarios name, and rows not representable. Raises InputFaultsError where the file
    has faults; the record is empty where there is no file.
    """
    if not (inputs.workspace.root / "parameters" / FILE).is_file():
        return {}
    named = {*inputs.case.paragraphs, *(p for name in names for p in inputs.scenario(name).paragraphs)}
    named |= {p for name in names for one in inputs.acting(name) for p in one.record.paragraphs}
    used, left = used_and_left(trace(inputs.workspace, whole=False), named)
    return {"used": [trace_record(row) for row in used], "left": [trace_record(row) for row in left]}
