"""A spreadsheet as bytes, every formula with its value.

openpyxl writes formulas without values; what it leaves empty is filled in. Programs that calculate compute all of them
again when they open the file.
"""

import io
import re
import zipfile
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from mixedmig_model.present.spreadsheet.evaluate import Values

CellValues = dict[str, str | float | None]
"""Values of the formulas of a sheet, by cell."""
EMPTY = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*)><f>([^<]*)</f><v ?(?:/>|></v>)</c>')
"""A formula without a value, as openpyxl writes it."""
SHEET = re.compile(r"xl/worksheets/sheet([0-9]+)\.xml")


def stored(spreadsheet: Workbook) -> bytes:
    """Return the file of a spreadsheet.

    Raises FormulaError for a formula that cannot be computed.
    """
    made = io.BytesIO()
    spreadsheet.save(made)
    found: dict[str, CellValues] = {name: {} for name in spreadsheet.sheetnames}
    for (sheet, row, column), value in Values(spreadsheet).results().items():
        found[sheet][f"{get_column_letter(column)}{row}"] = value
    return _filled(made.getvalue(), [found[name] for name in spreadsheet.sheetnames])


def _filled(content: bytes, values: list[CellValues]) -> bytes:
    """Return the file with the values of its formulas.

    Values are by sheet and cell.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = old.read(info)
            if sheet := SHEET.fullmatch(info.filename):
                part = _with_values(part.decode(), values[int(sheet[1]) - 1]).encode()
            new.writestr(info, part)
    return made.getvalue()


def _with_values(text: str, values: CellValues) -> str:
    """Return the XML of a sheet with the values of its formulas."""
    def filled(cell: re.Match[str]) -> str:
        value = values[cell[1]]
        kind, shown = (' t="str"', escape(value)) if isinstance(value, str) else ("", repr(float(value or 0.0)))
        return f'<c r="{cell[1]}"{cell[2]}{kind}><f>{cell[3]}</f><v>{shown}</v></c>'

    return EMPTY.sub(filled, text)
