"""The sheets of a spreadsheet that sum its lines.

They are by item, month, payer, sector and phase, stage, and year, with the baseline next to the totals.
"""

from mixedmig_model.present.spreadsheet.cells import (
    FIRST,
    HEAD,
    Formula,
    Sheet,
    Spreadsheet,
    TableChart,
    at,
    column_number,
    letter,
)
from mixedmig_model.present.spreadsheet.contents import (
    AMOUNT,
    BY_ITEM,
    BY_MONTH,
    BY_PAYER,
    BY_SECTOR,
    BY_STAGE,
    BY_YEAR,
    FISCAL,
    ITEM,
    MONTH,
    NO_PHASE,
    PHASE,
    PHASES,
    SECTOR,
    STAGE,
    YEAR,
    Contents,
    sector_list,
    sector_or_added,
    stage_title,
    word_title,
)
from mixedmig_model.present.spreadsheet.second import BaselineColumns, SecondColumn
from mixedmig_model.present.spreadsheet.sheets import across
from mixedmig_model.record.words import sheets as words
from mixedmig_model.results.costs.lines import CONTINGENCY, SUPPORT
from mixedmig_model.vocabulary.titles import ADDED_TITLES, PAYER_TITLES


def by_item(spreadsheet: Spreadsheet, contents: Contents) -> None:
    """Write cost by item and country."""
    count, last = len(contents.countries), FIRST + len(contents.run.items) - 1
    total = letter(5 + count)
    base = BaselineColumns(contents, 5 + count)
    second = SecondColumn(contents, total, 7 + count + base.count)
    styles = ("wrap", "wrap", "wrap", "key", *("money",) * count, "total", *base.styles, "share", *second.styles)
    sheet = Sheet(spreadsheet, BY_ITEM, (48, 22, 30, 24, *(17,) * count, 18, *base.widths, 10, *second.widths))
    sheet.top(contents.title, contents.banner, words.BY_ITEM.format(currency=contents.currency), (
        "Item", "Sectors", "Stage", "Item key", *contents.country_titles, "Total", *base.heads, "Share", *second.heads),
        styles)
    for title, sector, stage, name in _items(contents):
        row, item = sheet.row, (ITEM, f"$D{sheet.row}")
        cells = [contents.sum_where(AMOUNT, item, contents.in_country(c)) for c in range(count)]
        share = Formula(f"=IF({total}${last + 1}=0,0,{total}{row}/{total}${last + 1})")
        sheet.line((title, sector, stage, name, *cells, across(row, 5, count), *base.cells(row, AMOUNT, item), share,
                    *second.cells(row)), styles)
    bottom(sheet, last, [*(letter(5 + c) for c in range(count + 1)), *base.letters, *second.letters])


def _items(contents: Contents) -> list[tuple[str, str, str, str]]:
    """Return title, sectors, stage and key of all items.

    Contingency and support cost are the last.
    """
    return [*((line.record.title, sector_list(line.sectors), stage_title(line.record.stage), line.name)
              for line in contents.run.pricing.lines),
            *((title, "", "", name) for name, title in ADDED_TITLES.items())]


def bottom(sheet: Sheet, last: int, columns: list[str], first: int = FIRST) -> None:
    """Write a row of totals below a table."""
    row = sheet.row
    sheet.put(row, 1, "Total", "bold")
    for column in columns:
        number = column_number(column)
        style = "total_change" if sheet.cells[row - 1, number][1] == "change" else "total"
        sheet.formula(row, number, f"=ROUND(SUM({column}{first}:{column}{last}),2)", style)
    sheet.row += 1


def by_month(spreadsheet: Spreadsheet, contents: Contents) -> None:
    """Write cost by month and payer.

    Contingency and support cost are included.
    """
    payers, months = contents.payers, contents.run.calendar.months
    base = BaselineColumns(contents, 2 + len(payers))
    second = SecondColumn(contents, letter(2 + len(payers)), 3 + len(payers) + base.count)
    styles = ("month", *("money",) * len(payers), "total", *base.styles, *second.styles)
    sheet = Sheet(spreadsheet, BY_MONTH, (14, *(16,) * len(payers), 18, *base.widths, *second.widths))
    about = words.BY_MONTH.format(currency=contents.currency)
    heads = ("Month", *contents.payer_titles, "Total", *base.heads, *second.heads)
    sheet.top(contents.title, contents.banner, about, heads, styles)
    for month in months:
        row = sheet.row
        cells = [contents.sum_where(contents.payer_column(p), (MONTH, f"$A{row}")) for p in payers]
        beside = base.cells(row, AMOUNT, (MONTH, f"$A{row}"))
        sheet.line((month, *cells, across(row, 2, len(payers)), *beside, *second.cells(row)), styles)
    bottom(sheet, sheet.row - 1, [*(letter(2 + k) for k in range(len(payers) + 1)), *base.letters, *second.letters])


def by_payer(spreadsheet: Spreadsheet, contents: Contents) -> None:
    """Write cost by payer and country.

    It has what of it is expected to be paid.
    """
    count = len(contents.countries)
    base = BaselineColumns(contents, 2 + count)
    after = 2 + count + base.count  # the last column of totals
    second = SecondColumn(contents, letter(2 + count), 5 + after)
    styles = ("text", *("money",) * count, "total", *base.styles, "share", "share", "money", "money", *second.styles)
    sheet = Sheet(spreadsheet, BY_PAYER, (44, *(17,) * count, 18, *base.widths, 10, 12, 18, 18, *second.widths))
    heads = ("Payer", *contents.country_titles, "Total", *base.heads, "Share", "Paid share", "Expected", "Not covered",
             *second.heads)
    sheet.top(contents.title, contents.banner, words.BY_PAYER.format(currency=contents.currency), heads, styles)
    last, total = FIRST + len(contents.payers) - 1, letter(2 + count)
    for payer in contents.payers:
        row, column, key = sheet.row, contents.payer_column(payer), f"coverage {payer}"
        cells = [contents.sum_where(column, contents.in_country(c)) for c in range(count)]
        paid = Formula(f"={contents.rate(key)}") if contents.has_rate(key) else 1.0
        expected = f"ROUND({total}{row}*{letter(after + 2)}{row},2)"
        sheet.line((PAYER_TITLES[payer], *cells, across(row, 2, count), *base.cells(row, column),
                    Formula(f"=IF({total}${last + 1}=0,0,{total}{row}/{total}${last + 1})"), paid,
                    Formula(f"={expected}"), Formula(f"=ROUND({total}{row}-{expected},2)"), *second.cells(row)), styles)
    bottom(sheet, last, [*(letter(2 + k) for k in range(count + 1)), *base.letters, letter(after + 3),
                          letter(after + 4), *second.letters])


def by_sector(spreadsheet: Spreadsheet, contents: Contents) -> None:
    """Write cost by sector of the response and phase."""
    base = BaselineColumns(contents, 6)
    second = SecondColumn(contents, "F", 8 + base.count)
    styles = ("text", *("money",) * 4, "total", *base.styles, "share", *second.styles)
    sheet = Sheet(spreadsheet, BY_SECTOR, (32, 18, 18, 18, 18, 18, *base.widths, 10, *second.widths))
    phases = (*(word_title(phase) for phase in PHASES), NO_PHASE)
    sheet.top(contents.title, contents.banner, words.BY_SECTOR.format(currency=contents.currency),
              ("Sector", *phases, "Total", *base.heads, "Share", *second.heads), styles)
    sectors = sorted({name for line in contents.run.pricing.lines for name in line.sectors})
    last = FIRST + len(sectors) + 1
    for name in (*sectors, CONTINGENCY, SUPPORT):
        row, own = sheet.row, (SECTOR, f"$A{sheet.row}")
        cells = [contents.sum_where(AMOUNT, own, (PHASE, f"{letter(2 + k)}${HEAD}")) for k in range(4)]
        share = Formula(f"=IF(F${last + 1}=0,0,F{row}/F${last + 1})")
        sheet.line((sector_or_added(name), *cells, across(row, 2, 4), *base.cells(row, AMOUNT, own), share,
                    *second.cells(row)), styles)
    bottom(sheet, last, [*"BCDEF", *base.letters, *second.letters])


def by_year(spreadsheet: Spreadsheet, contents: Contents) -> None:
    """Write cost by fiscal and calendar year and country.

    Cost by stage and calendar year follows.
    """
    count, years = len(contents.countries), contents.years
    base = BaselineColumns(contents, 2 + count)
    second = SecondColumn(contents, letter(2 + count), 3 + count + base.count)
    wide = max(count, len(years))
    sheet = Sheet(spreadsheet, BY_YEAR, (44, *(17,) * (wide + 1), *base.widths, *second.widths))
    heads = (*contents.country_titles, "Total", *base.heads, *second.heads)
    sheet.top(contents.title, contents.banner, words.BY_YEAR.format(currency=contents.currency),
              ("Fiscal year", *heads), ("text", *("money",) * len(heads)))
    fiscal = sorted({int(year) for year in contents.fiscal.ravel()})
    for column, labels in ((FISCAL, fiscal), (YEAR, years)):
        first = sheet.row
        for label in labels:
            row, own = sheet.row, (column, f"$A{sheet.row}")
            cells = [contents.sum_where(AMOUNT, own, contents.in_country(c)) for c in range(count)]
            sheet.line((label, *cells, across(row, 2, count), *base.cells(row, AMOUNT, own),
                        *second.cells(row, first)),
                       ("left_year", *("money",) * count, "total", *base.styles, *second.styles))
        bottom(sheet, sheet.row - 1, [*(letter(2 + k) for k in range(count + 1)), *base.letters, *second.letters],
                first)
        sheet.row += 1
        below = ("Calendar year", *heads) if column == FISCAL else ("Stage", *years, "Total")
        sheet.line(below, ("head", *("head_right",) * (len(below) - 1)))
    _stages_by_year(sheet, contents)


def _stages_by_year(sheet: Sheet, contents: Contents) -> None:
    """Write cost by stage and calendar year, below its heads."""
    years, head, first = contents.years, sheet.row - 1, sheet.row
    for stage in contents.stages:
        row = sheet.row
        cells = [contents.sum_where(AMOUNT, (STAGE, f"$A{row}"), (YEAR, f"{letter(2 + k)}${head}"))
                 for k in range(len(years))]
        sheet.line((stage_title(stage), *cells, across(row, 2, len(years))),
                   ("text", *("money",) * len(years), "total"))
    bottom(sheet, sheet.row - 1, [letter(2 + k) for k in range(len(years) + 1)], first)


def by_stage(spreadsheet: Spreadsheet, contents: Contents) -> None:
    """Write cost by stage next to the baseline's, with a chart."""
    base = BaselineColumns(contents, 2)
    second = SecondColumn(contents, "B", 3 + base.count)
    styles = ("text", "total", *base.styles, *second.styles)
    sheet = Sheet(spreadsheet, BY_STAGE, (48, 20, *(base.widths or (18, 18)), *second.widths))
    sheet.top(contents.title, contents.banner, words.BY_STAGE.format(currency=contents.currency),
              ("Stage", words.THIS_SCENARIO, *base.heads, *second.heads), styles)
    for stage in contents.stages:
        row, own = sheet.row, (STAGE, f"$A{sheet.row}")
        sheet.line((stage_title(stage), contents.sum_where(AMOUNT, own), *base.cells(row, AMOUNT, own),
                    *second.cells(row)), styles)
    last = sheet.row - 1
    bottom(sheet, last, ["B", *base.letters, *second.letters])
    money = contents.run.pricing.money
    alt = words.CHART_ALT_BESIDE if contents.base else words.CHART_ALT
    sheet.charts.append(TableChart(
        words.CHART, alt, categories=words.CHART_STAGES,
        values=words.CHART_MONEY.format(currency=contents.currency, year=money.base_year),
        columns=(2, 3) if contents.base else (2,), last=last, row=sheet.row + 1))
    sheet.one_page = True


def stage_cell(contents: Contents, stage: str, right: int = 0) -> str:
    """Return the cell with the cost of a stage.

    The baseline's is one column to the ``right``.
    """
    return at(BY_STAGE, 2 + right, FIRST + contents.stages.index(stage))
