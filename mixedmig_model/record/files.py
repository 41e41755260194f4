"""The file ``report.json``: written, and read again.

A file of another version or a damaged one is refused.
"""

import json
from pathlib import Path

from pydantic import ValidationError

from mixedmig_model.record.schema.base import data_of
from mixedmig_model.record.schema.report import SCHEMA, Report
from mixedmig_model.storage.atomic import write_file

RECORD_FILE = "report.json"
OTHER_SCHEMA = (
    "{file} has schema {found}, and this version of mixedmig reads schema {ours}: make the report again with "
    "'mixedmig report {case}'"
)
DAMAGED = "{file} is not a report of mixedmig, or it is damaged ({where}: {why}): make the report again"


class ReportFileError(RuntimeError):
    """Raised for a report.json that this version cannot read.

    The message says what to do.
    """


def write_report(report: Report, folder: Path) -> None:
    """Write ``report.json`` to a folder.

    Numbers that do not exist are NaN there.
    """
    text = json.dumps(data_of(report), indent=1, ensure_ascii=False, allow_nan=True)
    write_file(folder / RECORD_FILE, text)


def read_report(folder: Path) -> Report:
    """Return the record in a folder.

    Raises FileNotFoundError where there is none, ReportFileError.
    """
    file = folder / RECORD_FILE
    if not file.is_file():
        text = f"no finished comparison in {folder}: {RECORD_FILE} is missing"
        raise FileNotFoundError(text)
    return report_of(file.read_text(encoding="utf-8"), str(file))


def report_of(text: str, file: str = RECORD_FILE) -> Report:
    """Return the record in a text.

    Parameters
    ----------
    text : str
        The text.
    file : str, default RECORD_FILE
        Name of the text in messages.

    Returns
    -------
    Report
        The record.

    Raises
    ------
    ReportFileError
        For another version, or damaged text.
    """
    try:
        data = json.loads(text)
    except ValueError as error:
        raise ReportFileError(DAMAGED.format(file=file, where="JSON", why=error)) from None
    found = data.get("schema") if isinstance(data, dict) else None
    if found != SCHEMA:
        case = data.get("case", "CASE") if isinstance(data, dict) else "CASE"
        shown = "none" if found is None else found
        raise ReportFileError(OTHER_SCHEMA.format(file=file, found=shown, ours=SCHEMA, case=case))
    try:
        return Report.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ReportFileError(DAMAGED.format(file=file, where=where, why=first["msg"])) from None
