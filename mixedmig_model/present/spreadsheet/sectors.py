"""The sheets of a spreadsheet that share lines among sectors.

They stand only where a price holds several sectors.
"""

from mixedmig_model.present.spreadsheet.cells import HEAD, Formula, Sheet, Spreadsheet, at, letter
from mixedmig_model.present.spreadsheet.contents import (
    AMOUNT,
    FIRST_PAYER,
    LINE_HEADS,
    SECTOR_SHARES,
    Contents,
    stage_title,
    word_title,
)
from mixedmig_model.present.spreadsheet.sheets import across
from mixedmig_model.record.words import sheets as words
from mixedmig_model.results.costs.plan import lead_payer, source_title
from mixedmig_model.vocabulary.titles import PAYER_TITLES

PART_HEADS = ("Part", "Line", "Share row", *LINE_HEADS[3:12], "Share", "Amount of the line", *LINE_HEADS[14:])
"""Columns of parts of lines.

Those that sums ask for stand where they stand in Lines.
"""


def sector_shares_sheet(spreadsheet: Spreadsheet, contents: Contents) -> None:
    """Write shares of sectors by item, with what they rest on.

    Their running totals share out lines without losing a cent.
    """
    if not contents.shared_items:
        return
    names = contents.shared_sectors
    count, titles = len(names), [word_title(name) for name in names]
    sheet = Sheet(spreadsheet, SECTOR_SHARES,
                  (8, 40, 24, *(15,) * count, 10, *(15,) * count, 13, 12, 42, 60))
    ends = ("text", "text", "wrap", "wrap")
    sheet.top(contents.title, contents.banner, words.SECTOR_SHARES, (
        "Row", "Item", "Item key", *titles, "Sum", *(f"Up to: {title}" for title in titles), "Shares are", "Quality",
        "Source", "Note"), ("text", "wrap", "key", *("share",) * count, "share", *("factor",) * count, *ends))
    sources = contents.inputs.workspace.sources
    for i in contents.shared_items:
        line, row = contents.run.pricing.lines[i], sheet.row
        own = {name: f"{letter(4 + names.index(name))}{row}" for name in line.sectors}
        cells = list(own.values())
        whole = "+".join(cells)
        running = [Formula(f"=({'+'.join(cells[: cells.index(own[name]) + 1])})/({whole})") if name in own else None
                   for name in names]
        split = line.split
        rests = (words.SHARES_OF_CASE if line.own_split else words.SHARES_OF_BOOK, split.quality,
                 source_title(split.source, sources), split.note) if split else ()
        cells_of_row = (f"D{row - HEAD}", line.record.title, line.name, *(line.sectors.get(name) for name in names),
                        Formula(f"={whole}"), *running, *rests)
        sheet.line(cells_of_row, ("text", "wrap", "key", *("input_share" if name in own else "share" for name in names),
                                  "share", *("factor",) * count, *ends))
        for column, value in enumerate(cells_of_row, 1):
            if value is None:
                sheet.put(row, column, None, "share")


def sector_lines_sheet(spreadsheet: Spreadsheet, contents: Contents) -> None:
    """Write the lines of items of several sectors, shared."""
    if not contents.parts:
        return
    count = len(contents.payers)
    widths = (9, 9, 10, 36, 24, 11, 7, 8, 24, 18, 14, 20, 10, 18, 15, 22, 14)
    styles = (*("text",) * 3, "wrap", "wrap", "month", "year", "year", "wrap", "text", "text", "wrap", "share",
              "cents", "cents", "key", "key", *("part_money",) * count)
    sheet = Sheet(spreadsheet, contents.parts_name, (*widths, *(17,) * count))
    sheet.top(contents.title, contents.banner, words.SECTOR_LINES, (*PART_HEADS, *contents.payer_titles), styles)
    for i, c, sector, m in contents.parts:
        row, line = sheet.row, contents.run.pricing.lines[i]
        month, of_line = contents.run.calendar.months[m], contents.row_of[i, c, m]
        sheet.line((
            f"K{row - HEAD}", f"L{of_line - HEAD}", f"D{contents.shared_items.index(i) + 1}", line.record.title,
            contents.country_titles[c], month, month.year, int(contents.fiscal[m, c]), stage_title(line.record.stage),
            word_title(sector), word_title(line.record.phase), PAYER_TITLES[lead_payer(contents.run, i)],
            Formula(f"={contents.share_cell(i, sector)}"), Formula(f"={at(contents.lines_name, AMOUNT, of_line)}"),
            across(row, FIRST_PAYER, count), line.name, contents.countries[c],
            *(_part(contents, i, sector, at(contents.lines_name, contents.payer_column(payer), of_line))
              for payer in contents.payers)), styles)


def _part(contents: Contents, item: int, sector: str, paid: str) -> Formula:
    """Return what of a payer's part of a line is of a sector.

    It is a running total, rounded, less the one before; the last sector takes the rest.
    """
    names = list(contents.run.pricing.lines[item].sectors)
    place = names.index(sector)
    upto = paid if place == len(names) - 1 else f"ROUND({paid}*{contents.share_cell(item, sector, upto=True)},2)"
    if place == 0:
        return Formula(f"={upto}")
    return Formula(f"=ROUND({upto}-ROUND({paid}*{contents.share_cell(item, names[place - 1], upto=True)},2),2)")
