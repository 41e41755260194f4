"""A spreadsheet as the bytes of a file.

XlsxWriter writes it, every formula with its value. Programs that calculate compute all of them again when they open
the file.
"""

import io
from datetime import date
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from mixedmig_model.present.spreadsheet.cells import (
    HEAD,
    NO_CHANGE,
    STYLES,
    Formula,
    Look,
    Sheet,
    Spreadsheet,
    TableChart,
)
from mixedmig_model.present.spreadsheet.evaluate import Values

OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
"""How XlsxWriter works.

It makes no file of its own, and takes no text for anything else.
"""
A3, A4 = 8, 9
EDGE, SERIES = "#C9D0D9", ("#2F5D8A", "#B8C4D2")
SHOWN = ";".join(('[>=1000000]#,##0.0,," m"', '[>=1000]#,##0," k"', "0"))
"""Money at the axis of a chart: millions, thousands, ones."""
CHANGES = ("change", "total_change")
"""Styles of differences."""
NEAR_ZERO = {"type": "cell", "criteria": "between", "minimum": -0.49999, "maximum": 0.49999}
"""Where a difference of whole units is none."""
BAR = 16
"""Height of one bar of a chart, in points of the screen."""


def stored(spreadsheet: Spreadsheet) -> bytes:
    """Return the file of a spreadsheet.

    Raises FormulaError for a formula that cannot be computed.
    """
    values, made = Values(spreadsheet.cells()).results(), io.BytesIO()
    file = Workbook(made, OPTIONS)
    file.set_properties({"title": spreadsheet.title, "author": "mixedmig"})
    formats = {name: file.add_format(_in_words(name, look)) for name, look in STYLES.items()}
    unsigned = NEAR_ZERO | {"format": file.add_format({"num_format": NO_CHANGE})}
    pages = [(sheet, file.add_worksheet(sheet.name)) for sheet in spreadsheet.sheets]
    for sheet, page in pages:
        _set_up(sheet, page)
        for row, first, last in sheet.merged:
            look = formats[sheet.cells[row, first][1]]
            page.merge_range(row - 1, first - 1, row - 1, last - 1, "", cell_format=look)
        for (row, column), (value, style) in sheet.cells.items():
            found = values[sheet.name, row, column] if isinstance(value, Formula) else value
            _write(page, (row - 1, column - 1), value, found, formats[style])
        for column, first, last in _changes(sheet):
            page.conditional_format(first - 1, column - 1, last - 1, column - 1, unsigned)
    for sheet, page in pages:
        for chart in sheet.charts:
            _draw(file, page, sheet, chart)
    file.close()
    return made.getvalue()


def _changes(sheet: Sheet) -> list[tuple[int, int, int]]:
    """Return column, first and last row of differences.

    They are runs of cells below each other.
    """
    found: list[tuple[int, int, int]] = []
    for column, row in sorted((column, row) for (row, column), (_, style) in sheet.cells.items() if style in CHANGES):
        if found and found[-1][0] == column and found[-1][2] == row - 1:
            found[-1] = column, found[-1][1], row
        else:
            found.append((column, row, row))
    return found


def _in_words(name: str, look: Look) -> dict[str, str | int | bool]:
    """Return a style in the words of XlsxWriter."""
    found: dict[str, str | int | bool] = {
        "font_name": "Calibri", "font_size": look.size, "bold": look.bold, "font_color": f"#{look.color}",
        "valign": "top", "text_wrap": look.wrap, "indent": look.indent, "locked": not look.open,
    }
    if look.right or look.indent:
        found |= {"align": "right" if look.right else "left"}
    if look.format:
        found |= {"num_format": look.format}
    if look.fill:
        found |= {"bg_color": f"#{look.fill}"}
    if name not in ("title", "banner", "about"):
        found |= {"bottom": 1, "bottom_color": EDGE}
    return found


def _set_up(sheet: Sheet, page: Worksheet) -> None:
    """Set widths and how a sheet prints, and lock it.

    It is as wide as the paper, with heads on each page; all cells except its open ones are locked.
    """
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    for row, height in sheet.heights.items():
        page.set_row(row - 1, height)
    if sheet.one_page:
        page.set_portrait()
    else:
        page.set_landscape()
    page.set_paper(A3 if sheet.wide else A4)
    page.fit_to_pages(1, int(sheet.one_page))
    page.set_margins(left=0.4, right=0.4)
    page.set_header(f"&C{sheet.header}")
    page.set_footer(f"&L{sheet.footer}&R&P / &N")
    if sheet.has_table:
        page.repeat_rows(HEAD - 1)
        page.freeze_panes(HEAD, 0)
    page.protect("", {"format_columns": True, "format_rows": True})  # against slips: there is no password


def _write(page: Worksheet, place: tuple[int, int], value: object, found: Any, look: Format) -> None:
    """Write a cell by what it is.

    ``found`` is the value of a formula.
    """
    if isinstance(value, Formula):
        page.write_formula(*place, value.text, look, found if isinstance(found, str) else float(found or 0.0))
    elif isinstance(value, str) and value:
        page.write_string(*place, value, look)
    elif isinstance(value, date):
        page.write_datetime(*place, value, look)
    elif isinstance(value, int | float):
        page.write_number(*place, value, look)
    else:
        page.write_blank(*place, None, look)


def _draw(file: Workbook, page: Worksheet, sheet: Sheet, chart: TableChart) -> None:
    """Draw a chart of the table of a sheet, below it."""
    drawn = file.add_chart({"type": "bar"})
    for column, colour in zip(chart.columns, SERIES, strict=False):
        drawn.add_series({
            "name": [sheet.name, HEAD - 1, column - 1], "categories": [sheet.name, HEAD, 0, chart.last - 1, 0],
            "values": [sheet.name, HEAD, column - 1, chart.last - 1, column - 1], "fill": {"color": colour}, "gap": 60,
        })
    drawn.set_title({"name": chart.title, "overlay": False, "name_font": {"size": 12}})
    drawn.set_y_axis({"name": chart.categories, "reverse": True, "crossing": "max",
                      "num_font": {"size": 9}})
    drawn.set_x_axis({"name": chart.values, "num_format": SHOWN, "num_font": {"size": 9},
                      "major_gridlines": {"visible": True, "line": {"color": EDGE}}})
    drawn.set_legend({"position": "bottom"})
    bars = len(chart.columns) * (chart.last - HEAD)
    drawn.set_size({"width": 760, "height": 180 + BAR * bars})
    page.insert_chart(chart.row - 1, 0, drawn, {"description": chart.alt, "object_position": 2})
