"""Cells, styles and pages of a spreadsheet.

Text stays text, formulas are only ours, and every page carries the banner.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from textwrap import wrap
from typing import Any

from mixedmig_model.storage.tables import harmless
from mixedmig_model.vocabulary.numbers import MINUS

HEAD, FIRST = 4, 5
"""Row of the heads of a table, and the first row below it.

Above stand title, banner and what the sheet is.
"""
LONGEST_TEXT = 32_000
DIGITS = ".16G"
"""Digits of a number in a file.

Values are worked out from what the file holds.
"""
MOST_HEADER = 200
WIDE = 220
"""Width of a sheet above which it prints on A3 rather than A4."""
INPUT, BREACH, HARM, HEADS, BANNER = "FFF2CC", "F8D7DA", "FDE8CF", "E4E9F0", "FBE3E4"
CENTS, MONEY, COUNT = "#,##0.00", "#,##0", "#,##0"
SIGNED = f'+#,##0;"{MINUS}"#,##0;0'
NO_CHANGE = '"0";"0"'
"""A difference of less than half a unit, shown without a sign."""
UNITS = "[>=100]#,##0;[>=1]#,##0.00;0.000000"
"""Large quantities in whole units.

Small ones have what stands behind the point.
"""
ROW_HEIGHT, HIGHEST = 14.0, 400.0
NARROW = 1.0
"""Signs of text in one unit of a column's width.

There are fewer than in most fonts, so that nothing is cut off.
"""

@dataclass(frozen=True)
class Look:
    """What a cell looks like.

    ``open`` cells may be changed in a protected sheet.
    """

    format: str = ""
    fill: str = ""
    color: str = "1C2430"
    size: int = 10
    indent: int = 0
    bold: bool = False
    wrap: bool = False
    right: bool = False
    open: bool = False


STYLES: dict[str, Look] = {
    "text": Look(indent=1), "wrap": Look(wrap=True, indent=1), "bold": Look(bold=True, indent=1),
    "right": Look(right=True),
    "title": Look(bold=True, size=14), "banner": Look(bold=True, wrap=True, fill=BANNER, color="8C1D18"),
    "about": Look(wrap=True, color="5B6573"), "head": Look(bold=True, wrap=True, fill=HEADS, indent=1),
    "head_right": Look(bold=True, wrap=True, fill=HEADS, right=True),
    "head_month": Look(bold=True, fill=HEADS, format="mmm yyyy", right=True),
    "key": Look(size=8, color="5B6573", indent=1),
    "cents": Look(format=CENTS), "total_cents": Look(format=CENTS, bold=True),
    "money": Look(format=MONEY), "part_money": Look(format=f'{CENTS};-{CENTS};"-"', right=True),
    "part": Look(format='0.0%;-0.0%;"-"', right=True), "total": Look(format=MONEY, bold=True),
    "units": Look(format=UNITS),
    "price": Look(format="#,##0.00####"), "factor": Look(format="0.000000"), "count": Look(format=COUNT, right=True),
    "rounded": Look(format="[>=100]#,##0;General", right=True),
    "change": Look(format=SIGNED, right=True), "total_change": Look(format=SIGNED, right=True, bold=True),
    "share": Look(format="0.0%"), "year": Look(format="0"),
    "left_year": Look(format="0", indent=1), "month": Look(format="mmm yyyy"),
    "day": Look(format="d mmm yyyy", right=True),
    "staff": Look(format="#,##0.0"),
    "breach": Look(wrap=True, fill=BREACH, indent=1), "harm": Look(wrap=True, fill=HARM, indent=1),
    "input": Look(format="#,##0.00####", fill=INPUT, open=True),
    "input_text": Look(fill=INPUT, open=True, format="@", indent=1),
    "input_year": Look(format="0", fill=INPUT, open=True),
    "input_share": Look(format="0.0%", fill=INPUT, open=True),
}
"""What the cells of each kind look like."""


@dataclass(frozen=True)
class TableChart:
    """Bars of the rows of a table, a colour for each column.

    ``columns`` and ``row`` count from 1; the heads of the columns name the colours, and ``alt`` says it in words.
    """

    title: str
    alt: str
    categories: str
    values: str
    columns: tuple[int, ...]
    last: int
    row: int


class Spreadsheet:
    """The sheets of a file in their order.

    Nothing is written yet (``stored.py``).
    """

    def __init__(self, title: str) -> None:
        self.title = title[:200]
        self.sheets: list[Sheet] = []

    @property
    def names(self) -> list[str]:
        """The names of the sheets."""
        return [sheet.name for sheet in self.sheets]

    def last_row(self, name: str) -> int:
        """Return the last row of a sheet in which anything stands."""
        return max(row for row, _ in self.sheets[self.names.index(name)].cells)

    def cells(self) -> Iterator[tuple[tuple[str, int, int], Any]]:
        """Yield sheet, row and column of each cell, with its value."""
        for sheet in self.sheets:
            for (row, column), (value, _) in sheet.cells.items():
                yield (sheet.name, row, column), value


FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Control characters that the format of spreadsheets forbids."""


def clean(text: object) -> str:
    """Return text for a cell.

    It has no sign that the format forbids, is not too long, and is never read as a formula.
    """
    return harmless(FORBIDDEN.sub("", str(text)))[:LONGEST_TEXT]


def letter(column: int) -> str:
    """Return the letter of a column, counted from 1."""
    left, right = divmod(column - 1, 26)
    return f"{letter(left) if left else ''}{chr(ord('A') + right)}"


def column_number(letters: str) -> int:
    """Return the number of a column, from 1."""
    found = 0
    for one in letters:
        found = 26 * found + ord(one) - ord("A") + 1
    return found


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


def at_digits_of(cell: str, digits: int = 3) -> str:
    """Return a formula that shows a cell at significant digits."""
    return f"=IF({cell}=0,0,ROUND({cell},{digits - 1}-INT(LOG10(ABS({cell})))))"


class Sheet:
    """One sheet while it is written. Columns count from 1."""

    def __init__(
        self, spreadsheet: Spreadsheet, name: str, widths: Sequence[float], index: int | None = None
    ) -> None:
        self.name, self.widths = name, list(widths)
        self.cells: dict[tuple[int, int], tuple[Any, str]] = {}
        self.heights: dict[int, float] = {}
        self.merged: list[tuple[int, int, int]] = []
        self.header = self.footer = ""
        self.has_table = self.one_page = False
        self.charts: list[TableChart] = []
        self.row = FIRST
        spreadsheet.sheets.insert(len(spreadsheet.sheets) if index is None else index, self)

    @property
    def wide(self) -> bool:
        """Whether the sheet prints on A3."""
        return sum(self.widths) > WIDE

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
        self.header, self.has_table = printed(banner or title), bool(heads)
        self.footer = printed(f"{title} - {self.name}")

    def spread(self, row: int, text: str, style: str, first: int = 1, last: int | None = None) -> None:
        """Write text over several columns.

        The row is high enough for it.
        """
        last = last or len(self.widths)
        self.put(row, first, text, style)
        if last > first:
            self.merged.append((row, first, last))
        lines = line_count(text, sum(self.widths[first - 1 : last]) * (0.7 if style == "title" else 1.0))
        self.fit(row, [lines * (1.4 if style == "title" else 1.0)])

    def fit(self, row: int, lines: Iterable[float]) -> None:
        """Make a row high enough for its tallest cell.

        That is the cell with the most lines of text.
        """
        most = max(lines, default=1.0)
        if most > 1.0:
            self.heights[row] = min(most * ROW_HEIGHT + 2.0, HIGHEST)

    def put(self, row: int, column: int, value: object, style: str = "text") -> float:
        """Write a value; return its lines of text.

        Text is text, numbers and dates are as they are, and None and NaN are empty.
        """
        if isinstance(value, str):
            value = clean(value)
        elif isinstance(value, float):
            value = float(f"{value:{DIGITS}}") if math.isfinite(value) else None
        self.cells[row, column] = value, style
        wraps = isinstance(value, str) and STYLES[style].wrap
        return line_count(str(value), self.widths[column - 1]) if wraps else 1.0

    def formula(self, row: int, column: int, formula: str, style: str = "money") -> None:
        """Write a formula of ours.

        No text of a user may be part of it.
        """
        self.cells[row, column] = Formula(formula), style

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
    return STYLES[style].right or STYLES[style].format not in ("", "@")


@lru_cache(maxsize=4096)
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
    doubled = "".join("&&" if sign == "&" else sign for sign in clean(text).replace("\n", " "))[:MOST_HEADER]
    return doubled[:-1] if doubled.count("&") % 2 else doubled
