"""Cells, styles and pages of a spreadsheet.

Text stays text, formulas are only ours, and every page carries the banner.
"""

import math
import re
from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter

from mixedmig_model.storage.tables import harmless

HEAD, FIRST = 4, 5
"""Row of the heads of a table, and the first row below it.

Above stand title, banner and what the sheet is.
"""
LONGEST_TEXT = 32_000
MOST_HEADER = 200
WIDE = 220
"""Width of a sheet above which it prints on A3 rather than A4."""
INPUT, BREACH, HARM, HEADS, BANNER = "FFF2CC", "F8D7DA", "FDE8CF", "E4E9F0", "FBE3E4"
LINE = Side(style="thin", color="C9D0D9")
MONEY, UNITS, COUNT = "#,##0.00", "#,##0.000000", "#,##0"
ROW_HEIGHT, HIGHEST = 14.0, 400.0
NARROW = 1.0
"""Signs of text in one unit of a column's width.

There are fewer than in most fonts, so that nothing is cut off.
"""

STYLES: dict[str, dict[str, Any]] = {
    "text": {"indent": 1}, "wrap": {"wrap": True, "indent": 1}, "bold": {"bold": True, "indent": 1},
    "right": {"right": True},
    "title": {"bold": True, "size": 14}, "banner": {"bold": True, "wrap": True, "fill": BANNER, "color": "8C1D18"},
    "about": {"wrap": True, "color": "5B6573"}, "head": {"bold": True, "wrap": True, "fill": HEADS, "indent": 1},
    "head_right": {"bold": True, "wrap": True, "fill": HEADS, "right": True},
    "head_month": {"bold": True, "fill": HEADS, "format": "mmm yyyy", "right": True},
    "money": {"format": MONEY}, "part_money": {"format": f'{MONEY};-{MONEY};"-"', "right": True},
    "part": {"format": '0.0%;-0.0%;"-"', "right": True}, "total": {"format": MONEY, "bold": True},
    "units": {"format": UNITS},
    "price": {"format": "#,##0.00####"}, "factor": {"format": "0.000000"}, "count": {"format": COUNT, "right": True},
    "rounded": {"format": "#,##0.###"}, "share": {"format": "0.0%"}, "year": {"format": "0"},
    "left_year": {"format": "0", "indent": 1}, "month": {"format": "mmm yyyy"},
    "day": {"format": "d mmm yyyy", "right": True},
    "staff": {"format": "#,##0.0"},
    "breach": {"wrap": True, "fill": BREACH, "indent": 1}, "harm": {"wrap": True, "fill": HARM, "indent": 1},
    "input": {"format": "#,##0.00####", "fill": INPUT, "open": True},
    "input_text": {"fill": INPUT, "open": True, "format": "@"},
    "input_year": {"format": "0", "fill": INPUT, "open": True},
    "input_share": {"format": "0.0%", "fill": INPUT, "open": True},
}
"""What the cells of each kind look like.

``open`` cells may be changed in a protected sheet.
"""


def new_spreadsheet(title: str) -> Workbook:
    """Return an empty spreadsheet that knows the styles.

    It is computed whole when it is opened.
    """
    spreadsheet = Workbook()
    spreadsheet.remove(spreadsheet.active)
    spreadsheet.properties.creator, spreadsheet.properties.title = "mixedmig", title[:200]
    spreadsheet.calculation.fullCalcOnLoad = True
    edge = Border(bottom=LINE)
    for name, look in STYLES.items():
        style = NamedStyle(f"plan_{name}")
        style.font = Font(name="Calibri", size=look.get("size", 10), bold=look.get("bold", False),
                          color=look.get("color", "1C2430"))
        side = "right" if look.get("right") else "left" if look.get("indent") else None
        style.alignment = Alignment(side, "top", wrap_text=look.get("wrap", False), indent=look.get("indent", 0))
        style.number_format = look.get("format", "General")
        style.protection = Protection(locked=not look.get("open", False))
        if "fill" in look:
            style.fill = PatternFill("solid", fgColor=look["fill"])
        if name not in ("title", "banner", "about"):
            style.border = edge
        spreadsheet.add_named_style(style)
    return spreadsheet


FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Control characters that the format of spreadsheets forbids."""


def clean(text: object) -> str:
    """Return text for a cell.

    It has no sign that the format forbids, is not too long, and is never read as a formula.
    """
    return harmless(FORBIDDEN.sub("", str(text)))[:LONGEST_TEXT]


def letter(column: int) -> str:
    """Return the letter of a column, counted from 1."""
    return str(get_column_letter(column))


def at(sheet: str, column: int | str, row: int) -> str:
    """Return the address of a cell of another sheet.

    It is for a formula.
    """
    name = column if isinstance(column, str) else letter(column)
    return f"'{sheet}'!${name}${row}"


def span(sheet: str, column: int | str, first: int, last: int) -> str:
    """Return the address of cells below each other.

    They are in another sheet, for a formula.
    """
    name = column if isinstance(column, str) else letter(column)
    return f"'{sheet}'!${name}${first}:${name}${max(first, last)}"


def three_digits(cell: str) -> str:
    """Return a formula that shows a cell at three digits.

    They are significant digits.
    """
    return f"=IF({cell}=0,0,ROUND({cell},2-INT(LOG10(ABS({cell})))))"


class Sheet:
    """One sheet while it is written. Columns count from 1."""

    def __init__(self, spreadsheet: Workbook, name: str, widths: Sequence[float], index: int | None = None) -> None:
        self.ws = spreadsheet.create_sheet(name, index)
        self.name, self.widths = name, list(widths)
        for number, width in enumerate(widths, 1):
            self.ws.column_dimensions[letter(number)].width = width
        self.row = FIRST

    def top(
        self, title: str, banner: str, about: str, heads: Sequence[object] = (), styles: Sequence[str] = (),
    ) -> None:
        """Write title, banner and what the sheet is.

        The heads of its table are set as the cells below them; how it prints is set too.
        """
        for row, style, text in ((1, "title", title), (2, "banner", banner), (3, "about", about)):
            self.spread(row, text, style if text else "text")
        kinds = [*styles, *("text",) * (len(heads) - len(styles))]
        self.fit(HEAD, [
            self.put(HEAD, column, head, "head_right" if is_right(kind) else "head")
            for column, (head, kind) in enumerate(zip(heads, kinds, strict=True), 1)
        ])
        self._page(title, banner, bool(heads))

    def spread(self, row: int, text: str, style: str, first: int = 1, last: int | None = None) -> None:
        """Write text over several columns.

        The row is high enough for it.
        """
        last = last or len(self.widths)
        self.put(row, first, text, style)
        if last > first:
            self.ws.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)
        lines = line_count(text, sum(self.widths[first - 1 : last]) * (0.7 if style == "title" else 1.0))
        self.fit(row, [lines * (1.4 if style == "title" else 1.0)])

    def fit(self, row: int, lines: Iterable[float]) -> None:
        """Make a row high enough for its tallest cell.

        That is the cell with the most lines of text.
        """
        most = max(lines, default=1.0)
        if most > 1.0:
            self.ws.row_dimensions[row].height = min(most * ROW_HEIGHT + 2.0, HIGHEST)

    def _page(self, title: str, banner: str, table: bool) -> None:
        """Set how the sheet prints, and lock it.

        It is landscape, as wide as the paper, heads on each page; all cells except its open ones are locked.
        """
        ws = self.ws
        ws.page_setup.orientation = "landscape"
        ws.page_setup.paperSize = ws.PAPERSIZE_A3 if sum(self.widths) > WIDE else ws.PAPERSIZE_A4
        ws.page_setup.fitToWidth, ws.page_setup.fitToHeight = 1, 0
        ws.sheet_properties.pageSetUpPr.fitToPage = True
        ws.page_margins.left = ws.page_margins.right = 0.4
        ws.oddHeader.center.text = printed(banner or title)
        ws.oddFooter.left.text, ws.oddFooter.right.text = printed(f"{title} - {self.name}"), "&P / &N"
        if table:
            ws.print_title_rows = f"{HEAD}:{HEAD}"
            ws.freeze_panes = ws.cell(FIRST, 1)
        ws.protection.sheet = True  # against slips, not against people: there is no password
        ws.protection.formatColumns = ws.protection.formatRows = False

    def put(self, row: int, column: int, value: object, style: str = "text") -> float:
        """Write a value; return its lines of text.

        Text is text, numbers and dates are as they are, and None and NaN are empty.
        """
        cell = self.ws.cell(row, column)
        if isinstance(value, str):
            cell.value = clean(value)
            cell.data_type = "s"
        elif isinstance(value, float) and not math.isfinite(value):
            cell.value = None
        else:
            cell.value = value
        cell.style = f"plan_{style}"
        wraps = isinstance(value, str) and STYLES[style].get("wrap")
        return line_count(str(value), self.widths[column - 1]) if wraps else 1.0

    def formula(self, row: int, column: int, formula: str, style: str = "money") -> None:
        """Write a formula of ours.

        No text of a user may be part of it.
        """
        cell = self.ws.cell(row, column, formula)
        cell.style = f"plan_{style}"

    def line(self, values: Iterable[object], styles: Sequence[str] | str = "text") -> int:
        """Write a row of values and formulas; return its number.

        It is the next one of the sheet.
        """
        lines = [1.0]
        for column, value in enumerate(values, 1):
            style = styles if isinstance(styles, str) else styles[column - 1]
            if isinstance(value, Formula):
                self.formula(self.row, column, value.text, style)
            elif value is not None:
                lines.append(self.put(self.row, column, value, style))
        self.fit(self.row, lines)
        self.row += 1
        return self.row - 1


def is_right(style: str) -> bool:
    """Return whether cells of a style are set right.

    Numbers and dates are.
    """
    return bool(STYLES[style].get("right")) or STYLES[style].get("format", "@") != "@"


def line_count(text: str, width: float) -> float:
    """Return lines that text takes in a cell of some width."""
    return float(sum(len(wrap(part, max(int(width * NARROW), 4))) or 1 for part in text.split("\n")))


class Formula:
    """A formula, so that no text can be taken for one."""

    def __init__(self, text: str) -> None:
        self.text = text


def printed(text: str) -> str:
    """Return text for the header of a printed page.

    It is short, with its ampersands doubled.
    """
    return clean(text)[:MOST_HEADER].replace("&", "&&").replace("\n", " ")
