"""The sheets of what was delivered of a baseline.

They are its lines, each with the share of it that was delivered, and sums of needed, delivered and gap.
"""

from collections.abc import Sequence
from dataclasses import replace

from mixedmig_model.present.spreadsheet.cells import FIRST, Formula, Sheet, Spreadsheet, at, letter
from mixedmig_model.present.spreadsheet.contents import (
    AMOUNT,
    DELIVERED,
    DELIVERED_LINES,
    FISCAL,
    ITEM,
    LINE_HEADS,
    Contents,
)
from mixedmig_model.present.spreadsheet.second import SecondColumn
from mixedmig_model.present.spreadsheet.sheets import LABEL_STYLES, LINE_WIDTHS, added_lines, line_cells
from mixedmig_model.present.spreadsheet.sums import bottom
from mixedmig_model.record.schema.costs import DeliveredPart
from mixedmig_model.record.words import sheets as words
from mixedmig_model.results.costs.delivered import delivered_rows, month_shares
from mixedmig_model.results.costs.plan import source_title
from mixedmig_model.vocabulary.titles import ADDED_TITLES, PAYER_TITLES

Where = tuple[tuple[str, str], ...]
"""Columns of lines, and what stands in them."""


def stated(contents: Contents) -> Contents | None:
    """Return the baseline where it states what was delivered."""
    own = contents.base or contents
    return own if own.run.pricing.delivered else None


def delivered_of(needed: Contents) -> Contents:
    """Return the same contents with the lines delivered."""
    return replace(needed, lines_name=DELIVERED_LINES)


def delivered_lines_sheet(spreadsheet: Spreadsheet, needed: Contents) -> None:
    """Write the lines that were delivered.

    They are the lines needed times the share of their month. Contingency and support cost follow from them.
    """
    done, shares = delivered_of(needed), month_shares(needed.run)
    styles = (*LABEL_STYLES, "cents", "share", "cents", "key", "key", *("part_money",) * len(done.payers))
    sheet = Sheet(spreadsheet, DELIVERED_LINES, (*LINE_WIDTHS, *(17,) * len(done.payers)))
    heads = (*LINE_HEADS[:12], *words.DELIVERED_HEADS, *LINE_HEADS[15:], *done.payer_titles)
    sheet.top(done.title, done.banner, words.DELIVERED_LINES.format(lines=needed.lines_name), heads, styles)
    for i, c, m in done.lines:
        row = sheet.row
        money = (Formula(f"={at(needed.lines_name, AMOUNT, row)}"), float(shares[i, m, c]),
                 Formula(f"=ROUND(M{row}*N{row},2)"))
        sheet.line(line_cells(done, (i, c, m), row, money), styles)
    added_lines(sheet, done, styles)


class _Sums:
    """Needed, delivered and gap of some lines, as columns.

    They are columns C to E, then the share delivered, and the same in a second currency.
    """

    def __init__(self, needed: Contents) -> None:
        self.needed, self.done = needed, delivered_of(needed)
        self.seconds = [SecondColumn(needed, "CD"[k], 7 + k, words.DELIVERED_SECOND[k]) for k in (0, 1)]
        second = needed.second
        self.heads: tuple[str, ...] = (*words.NEEDED_HEADS, *(head for one in self.seconds for head in one.heads))
        if second is not None:
            self.heads += (words.DELIVERED_SECOND[2].format(currency=second.currency),)
        self.styles = ("money", "money", "total", "share", *("total",) * (len(self.heads) - 4))
        self.letters = [letter(3 + k) for k in range(len(self.heads)) if k != 3]

    def where(self, row: int, first: int, column: str, *where: tuple[str, str]) -> list[Formula]:
        """Return the cells of a row over lines with some cells."""
        return self.cells(row, first, *(one.sum_where(column, *where) for one in (self.needed, self.done)))

    def cells(self, row: int, first: int, needed: Formula, done: Formula) -> list[Formula]:
        """Return the cells of a row of a table from row ``first``."""
        own = [needed, done, Formula(f"=ROUND(C{row}-D{row},2)"), Formula(f"=IF(C{row}=0,0,D{row}/C{row})")]
        second = [cell for one in self.seconds for cell in one.cells(row, first)]
        return [*own, *second, *([Formula(f"=ROUND(G{row}-H{row},2)")] if second else [])]

    def bottom(self, sheet: Sheet, first: int) -> None:
        """Write the row of totals of a table from row ``first``."""
        row = sheet.row
        bottom(sheet, row - 1, self.letters, first)
        sheet.formula(row, 6, f"=IF(C{row}=0,0,D{row}/C{row})", "share")


def delivered_sheet(spreadsheet: Spreadsheet, needed: Contents) -> None:
    """Write needed, delivered and gap.

    They are by item, then by country, payer and fiscal year.
    """
    sums = _Sums(needed)
    widths = (48, 24, 18, 18, 18, 10, *(18,) * (len(sums.heads) - 4), 14, 42, 60)
    sheet = Sheet(spreadsheet, DELIVERED, widths)
    about = words.DELIVERED.format(baseline=needed.scenario_title, currency=needed.currency)
    sheet.top(needed.title, needed.banner, about, ("Item", "Item key", *sums.heads, "Quality", "Source", "Note"),
              ("wrap", "key", *sums.styles, "text", "wrap", "wrap"))
    _items(sheet, sums)
    countries = [(title, AMOUNT, (needed.in_country(c),)) for c, title in enumerate(needed.country_titles)]
    payers: list[tuple[object, str, Where]] = [
        (PAYER_TITLES[name], needed.payer_column(name), ()) for name in needed.payers]
    years = sorted({int(year) for year in needed.fiscal.ravel()})
    _table(sheet, sums, "Country", countries)
    _table(sheet, sums, "Payer", payers)
    _table(sheet, sums, "Fiscal year", [(year, AMOUNT, ((FISCAL, str(year)),)) for year in years])


def _items(sheet: Sheet, sums: _Sums) -> None:
    """Write items not delivered in full, all others, and what is added."""
    needed, sources = sums.needed, sums.needed.inputs.workspace.sources
    styles = ("wrap", "key", *sums.styles, "text", "wrap", "wrap")
    part = DeliveredPart.model_validate(delivered_rows(needed.run))
    for one in part.items:
        row = sheet.row
        qualities = {stated.quality: None for stated in needed.run.pricing.delivered if stated.item == one.item}
        rests = (", ".join(qualities), "; ".join(source_title(key, sources) for key in one.sources),
                 " ".join(one.notes))
        sheet.line((one.title, one.item, *sums.where(row, FIRST, AMOUNT, (ITEM, f"$B{row}")), *rests), styles)
    row = sheet.row
    listed = f"SUM(X{FIRST}:X{row - 1})" if row > FIRST else "0"
    direct = (f"=ROUND(SUM({one.column(AMOUNT, True)})-{listed.replace('X', column)},2)"
              for one, column in ((needed, "C"), (sums.done, "D")))
    sheet.line((words.DELIVERED_OTHERS, "", *sums.cells(row, FIRST, *map(Formula, direct))), styles)
    for name, title in ADDED_TITLES.items():
        row = sheet.row
        sheet.line((title, name, *sums.where(row, FIRST, AMOUNT, (ITEM, f"$B{row}"))), styles)
    sums.bottom(sheet, FIRST)


def _table(sheet: Sheet, sums: _Sums, head: str, rows: Sequence[tuple[object, str, Where]]) -> None:
    """Write a table of sums: title, column of lines and condition."""
    sheet.row += 1
    sheet.line((head, "", *sums.heads), ("head", "head", *("head_right",) * len(sums.heads)))
    first = sheet.row
    for title, column, where in rows:
        style = "left_year" if isinstance(title, int) else "text"
        sheet.line((title, "", *sums.where(sheet.row, first, column, *where)), (style, "key", *sums.styles))
    sums.bottom(sheet, first)
