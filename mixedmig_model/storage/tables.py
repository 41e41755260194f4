"""Tables for sharing, as CSV.

Excel reads their letters as they are, and no text in them becomes a formula.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mixedmig_model.storage.atomic import write_file

if TYPE_CHECKING:
    import pandas as pd

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""First sign of a table.

By it Excel knows that the text is UTF-8. Our own readers skip it.
"""
FORMULA_SIGNS = "=+-@"
"""Signs by which a spreadsheet takes a text for a formula.

Their full-width and other forms count as well.
"""
LINE_SIGNS = ("\t", "\r", "\n")
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
AFTER_SEPARATOR = re.compile(r"([;\t\r\n])(\s*)(?=(.))", re.DOTALL)
"""Pattern of the end of a cell and the first sign after it.

A spreadsheet may take it for such an end.
"""


def harmless(text: str) -> str:
    """Return text that no spreadsheet takes for a formula.

    An apostrophe goes first where it could. A number stays.
    """
    if NUMBER.fullmatch(text):
        return text
    return f"'{text}" if text.startswith(LINE_SIGNS) or _is_formula_sign(_first_visible(text)) else text


def _first_visible(text: str) -> str:
    """Return the first visible sign of a text.

    It is neither space nor invisible; spreadsheets skip those.
    """
    return next((sign for sign in text if not sign.isspace() and unicodedata.category(sign)[0] != "C"), "")


def _is_formula_sign(sign: str) -> bool:
    return bool(sign) and unicodedata.normalize("NFKC", sign)[:1] in FORMULA_SIGNS


def shared_cell(text: str) -> str:
    """Return a text for a CSV.

    It is harmless, also where a spreadsheet splits cells at semicolons, tabs or lines.
    """
    def kept_text(found: re.Match[str]) -> str:
        apostrophe = "'" if _is_formula_sign(found[3]) else ""
        return f"{found[1]}{apostrophe}{found[2]}"

    return harmless(AFTER_SEPARATOR.sub(kept_text, text))


def table_text(columns: Sequence[str], rows: Iterable[Sequence[object]], line_end: str = "\r\n") -> str:
    """Return a table as CSV with a byte order mark.

    Texts are made harmless; numbers and numbers as text stay.
    """
    made = io.StringIO()
    table = csv.writer(made, lineterminator=line_end)
    table.writerow(columns)
    table.writerows([shared_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return BYTE_ORDER_MARK + made.getvalue()


def write_table(file: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table for sharing, whole or not at all.

    Raises OSError, TargetError.
    """
    write_file(file, table_text(columns, rows))


def write_frame(file: Path, frame: "pd.DataFrame", number: str | None = None) -> None:
    """Write a data frame for sharing.

    Dates are YYYY-MM-DD.

    Parameters
    ----------
    file : Path
        The file.
    frame : pandas.DataFrame
        The data frame.
    number : str | None, default None
        Form of numbers, such as ``%.3f``.

    Raises
    ------
    OSError
        Where the file cannot be written.
    TargetError
        Where nothing may be written.
    """
    texts = [name for name, kind in frame.dtypes.items() if kind.kind not in "biufcmM"]
    safe = frame.assign(**{str(name): frame[name].astype(str).map(shared_cell) for name in texts})
    text = safe.to_csv(index=False, float_format=number, date_format="%Y-%m-%d", lineterminator="\n")
    write_file(file, BYTE_ORDER_MARK + text)
