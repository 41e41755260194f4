"""The sheets of a spreadsheet that calculate.

They are rates, prices, shares of payers, quantities, lines, and sums of lines.
"""

from datetime import date

from openpyxl import Workbook

from mixedmig_model.present.spreadsheet.cells import FIRST, HEAD, Formula, Sheet, at, letter, span
from mixedmig_model.present.spreadsheet.contents import (
    AMOUNT,
    BY_ITEM,
    BY_MONTH,
    BY_PAYER,
    BY_SECTOR,
    BY_YEAR,
    COUNTRY,
    FIRST_PAYER,
    FISCAL,
    ITEM,
    LINE_HEADS,
    LINES,
    MONTH,
    NO_PHASE,
    PHASE,
    PHASES,
    PRICES,
    QUANTITIES,
    RATES,
    SECTOR,
    SHARES,
    STAGE,
    YEAR,
    Contents,
)
from mixedmig_model.present.spreadsheet.second import SecondColumn
from mixedmig_model.record.words import sheets as words
from mixedmig_model.results.costs.lines import CONTINGENCY, SUPPORT, yearly
from mixedmig_model.results.costs.plan import lead_payer, source_title, unit_of
from mixedmig_model.results.costs.pricing import PAYER_NAMES
from mixedmig_model.vocabulary.titles import ADDED_TITLES, PAYER_TITLES


def rates_sheet(spreadsheet: Workbook, contents: Contents) -> None:
    """Write base, rates and factors.

    It is everything that formulas take in addition to prices and quantities.
    """
    sheet = Sheet(spreadsheet, RATES, (26, 52, 14, 11, 11, 11, 13, 42, 60))
    styles = ("text", "wrap", "input", "text", "price", "price", "text", "wrap", "wrap")
    sheet.top(contents.title, contents.banner, words.RATES,
              ("Key", "Meaning", "Value", "Unit", "Low", "High", "Quality", "Source", "Note"), styles)
    money, sources = contents.run.pricing.money, contents.inputs.workspace.sources
    sheet.line(("base_currency", "currency of all totals", money.base_currency), ("text", "text", "right"))
    sheet.line(("base_year", "year of all prices", money.base_year), ("text", "text", "year"))
    for key, text, rate, value in contents.rates:
        if rate is None:
            sheet.line((key, text, value), styles)
            continue
        sheet.line((key, text, value, rate.unit, *rate.range, rate.quality, source_title(rate.source, sources),
                    rate.note), styles)
    base = at(RATES, "C", FIRST + 1)
    for year in contents.years:
        power = Formula(f"=(1+{contents.rate('inflation')})^({year}-{base})" if contents.run.nominal else "=1")
        text = "factor from prices of the base year to prices of this year" + (
            "" if contents.run.nominal else ": 1, since totals are in prices of the base year")
        sheet.line((f"year_factor {year}", text, power), ("text", "wrap", "factor"))


def prices_sheet(spreadsheet: Workbook, contents: Contents) -> None:
    """Write one row an item and country.

    It has its price, and the live way to the base currency of the base year.
    """
    styles = ("text", "text", "wrap", "text", "text", "input", "input_text", "input_year", "factor", "factor", "price",
              "price", "price", "text", "text", "wrap", "wrap", "wrap")
    sheet = Sheet(spreadsheet, PRICES, (8, 30, 36, 14, 16, 13, 9, 8, 10, 10, 14, 11, 11, 12, 12, 42, 34, 50))
    sheet.top(contents.title, contents.banner, words.PRICES, (
        "Row", "Item", "Title", "Country", "Unit", "Price", "Currency", "Price year", "Deflator", "Exchange rate",
         f"Price in {contents.currency}", "Low", "High", "Price is", "Quality", "Source", "Address", "Note"), styles)
    last = FIRST + 1 + len(contents.rates)
    keys, values = span(RATES, "A", FIRST, last), span(RATES, "C", FIRST, last)
    base, year = at(RATES, "C", FIRST), at(RATES, "C", FIRST + 1)
    sources = contents.inputs.workspace.sources
    for line in contents.run.pricing.lines:
        for country in contents.countries:
            price, row = line.prices[country], sheet.row
            source = sources.get(price.source)
            deflator = f'=IF(H{row}={year},1,INDEX({values},MATCH("deflator "&G{row}&" "&H{row},{keys},0)))'
            rate = f'=IF(G{row}={base},1,INDEX({values},MATCH("exchange_rate "&G{row},{keys},0)))'
            kind = "own measure" if line.own else "the case's" if country in line.local else "cost book"
            kind = kind if line.counts_in(country) else words.NOT_COUNTED
            sheet.line((
                f"P{row - HEAD}", line.name, line.record.title, country, unit_of(line), price.value, price.currency,
                price.price_year, Formula(deflator), Formula(rate), Formula(f"=F{row}*(I{row}*J{row})"), *price.range,
                kind, price.quality, source_title(price.source, sources), source.address if source else "",
                price.note), styles)


def price_row(contents: Contents, item: int, country: int) -> int:
    """Return the row of an item and country among prices."""
    return FIRST + item * len(contents.countries) + country


def shares_sheet(spreadsheet: Workbook, contents: Contents) -> None:
    """Write shares of payers by item.

    Their running totals share out lines without losing a cent.
    """
    count = len(contents.payers)
    styles = ("text", "text", "wrap", *("input_share",) * count, "share", *("factor",) * count)
    sheet = Sheet(spreadsheet, SHARES, (8, 30, 36, *(13,) * count, 10, *(13,) * count))
    sheet.top(contents.title, contents.banner, words.SHARES, (
        "Row", "Item", "Title", *contents.payer_titles, "Sum",
         *(f"Up to: {title}" for title in contents.payer_titles)), styles)
    for i, line in enumerate(contents.run.pricing.lines):
        row = sheet.row
        cells = [f"{letter(4 + k)}{row}" for k in range(count)]
        shares = [float(contents.run.pricing.payers[i, PAYER_NAMES.index(p)]) for p in contents.payers]
        running = [Formula(f"=({'+'.join(cells[: k + 1])})/({'+'.join(cells)})") for k in range(count)]
        sheet.line((f"S{row - HEAD}", line.name, line.record.title, *shares, Formula(f"={'+'.join(cells)}"), *running),
                   styles)


def quantities_sheet(spreadsheet: Workbook, contents: Contents) -> None:
    """Write what the model billed.

    It is units by item, country and month.
    """
    styles = ("text", "text", "text", "month", "text", "units")
    sheet = Sheet(spreadsheet, QUANTITIES, (10, 34, 16, 12, 18, 20))
    sheet.top(contents.title, contents.banner, words.QUANTITIES,
              ("Row", "Item", "Country", "Month", "Unit", "Quantity"), styles)
    names, units = contents.run.pricing.names, [unit_of(line) for line in contents.run.pricing.lines]
    for i, c, m in contents.lines:
        sheet.line((f"Q{sheet.row - HEAD}", names[i], contents.countries[c], contents.run.calendar.months[m], units[i],
                    float(contents.run.units[i, m, c])), styles)


def lines_sheet(spreadsheet: Workbook, contents: Contents) -> None:
    """Write the lines of cost.

    They are quantity x unit price by item, country and month, shared among payers; then contingency and support cost.
    """
    widths = (9, 9, 8, 30, 14, 11, 7, 8, 15, 18, 13, 17, 17, 14, 16)
    styles = (*("text",) * 5, "month", "year", "year", *("text",) * 4, "units", "price", "money",
              *("part_money",) * len(contents.payers))
    sheet = Sheet(spreadsheet, LINES, (*widths, *(15,) * len(contents.payers)))
    sheet.top(contents.title, contents.banner, words.LINES, (
        *LINE_HEADS, *contents.payer_titles), styles)
    leads = [lead_payer(contents.run, i) for i in range(len(contents.run.pricing.lines))]
    for i, c, m in contents.lines:
        row, record, month = sheet.row, contents.run.pricing.lines[i].record, contents.run.calendar.months[m]
        price = at(PRICES, "K", price_row(contents, i, c))
        if contents.run.nominal:
            price = f"{price}*{contents.year_factor(month.year)}"
        sheet.line((
            f"L{row - HEAD}", f"Q{row - HEAD}", f"P{price_row(contents, i, c) - HEAD}", contents.run.pricing.names[i],
            contents.countries[c], month, month.year, int(contents.fiscal[m, c]), record.stage, record.sector,
            record.phase, leads[i], Formula(f"={at(QUANTITIES, 'F', row)}"), Formula(f"={price}"),
            _amount(contents, i, c, row), *shared(contents, row, FIRST + i)), styles)
    sheet.row = contents.last_direct + 1
    for c, m in contents.added:
        _added_lines(sheet, contents, c, month=contents.run.calendar.months[m], fiscal=int(contents.fiscal[m, c]),
                     styles=styles)


def _amount(contents: Contents, item: int, country: int, row: int) -> Formula:
    """Return quantity x unit price, rounded to cents.

    Of a price for a year it is the running total less that of the row before.
    """
    first = contents.first_row[item, country]
    if row == first or not yearly(contents.run.pricing.lines[item]):
        return Formula(f"=ROUND(M{row}*N{row},2)")
    upto, before = (f"ROUND(SUMPRODUCT(M{first}:M{last},N{first}:N{last}),2)" for last in (row, row - 1))
    return Formula(f"=ROUND({upto}-{before},2)")


def shared(contents: Contents, row: int, share_row: int) -> list[Formula]:
    """Return the parts of payers of a line.

    They are running totals, rounded, less those before; the last takes the rest.
    """
    count = len(contents.payers)
    upto = [f"ROUND($O{row}*{at(SHARES, 5 + count + k, share_row)},2)" for k in range(count - 1)] + [f"$O{row}"]
    return [Formula(f"=ROUND({one}-{before},2)" if before else f"={one}")
            for one, before in zip(upto, ["", *upto[:-1]], strict=True)]


def _added_lines(
    sheet: Sheet, contents: Contents, c: int, month: date, fiscal: int, styles: tuple[str, ...]
) -> None:
    """Write contingency, then support cost.

    They are of a country and month, payer by payer.
    """
    columns = [contents.payer_column(p) for p in contents.payers]
    for name in (CONTINGENCY, SUPPORT):
        row, parts = sheet.row, []
        for payer, column in zip(contents.payers, columns, strict=True):
            base = (f"ROUND(SUMIFS({contents.column(column, True)},{contents.column(COUNTRY, True)},$E{row},"
                    f"{contents.column(MONTH, True)},$F{row}),2)")
            if name == CONTINGENCY:
                parts.append(Formula(f"=ROUND({base}*{contents.rate(name)},2)"))
            else:
                rate = f"({contents.rate(name)}*{contents.rate(f'supported {payer}')})"
                parts.append(Formula(f"=ROUND(({base}+{column}{row - 1})*{rate},2)"))
        sheet.line((
            f"L{row - HEAD}", None, None, name, contents.countries[c], month, month.year, fiscal, name, name, NO_PHASE,
            None, None, Formula(f"={contents.rate(name)}"), _across(row, FIRST_PAYER, len(columns)), *parts), styles)


def by_item(spreadsheet: Workbook, contents: Contents) -> None:
    """Write cost by item and country."""
    countries, last = contents.countries, FIRST + len(contents.run.items) - 1
    total = letter(5 + len(countries))
    second = SecondColumn(contents, total, 7 + len(countries))
    styles = ("text", "wrap", "text", "text", *("money",) * len(countries), "total", "share", *second.styles)
    sheet = Sheet(spreadsheet, BY_ITEM, (32, 40, 20, 17, *(17,) * len(countries), 18, 10, *second.widths))
    sheet.top(contents.title, contents.banner, words.BY_ITEM.format(currency=contents.currency),
              ("Item", "Title", "Sector", "Stage", *countries, "Total", "Share", *second.heads), styles)
    records = [(line.name, line.record.title, line.record.sector, line.record.stage) for line in
               contents.run.pricing.lines]
    for name, title, sector, stage in [*records, *((name, text, "", "") for name, text in ADDED_TITLES.items())]:
        row = sheet.row
        cells = [contents.sum_where(AMOUNT, (ITEM, f"$A{row}"), (COUNTRY, f"{letter(5 + c)}${HEAD}"))
                 for c in range(len(countries))]
        share = Formula(f"=IF({total}${last + 1}=0,0,{total}{row}/{total}${last + 1})")
        sheet.line((name, title, sector, stage, *cells, _across(row, 5, len(countries)), share, *second.cells(row)),
                   styles)
    _bottom(sheet, last, [*(letter(5 + c) for c in range(len(countries) + 1)), *second.letters])


def _across(row: int, first: int, count: int) -> Formula:
    """Return the sum of some columns of a row, in whole cents."""
    return Formula(f"=ROUND(SUM({letter(first)}{row}:{letter(first + count - 1)}{row}),2)")


def _bottom(sheet: Sheet, last: int, columns: list[str], first: int = FIRST) -> None:
    """Write a row of totals below a table."""
    row = sheet.row
    sheet.put(row, 1, "Total", "bold")
    for column in columns:
        sheet.ws[f"{column}{row}"] = f"=ROUND(SUM({column}{first}:{column}{last}),2)"
        sheet.ws[f"{column}{row}"].style = "plan_total"
    sheet.row += 1


def by_month(spreadsheet: Workbook, contents: Contents) -> None:
    """Write cost by month and payer.

    Contingency and support cost are included.
    """
    payers, months = contents.payers, contents.run.calendar.months
    second = SecondColumn(contents, letter(2 + len(payers)), 3 + len(payers))
    styles = ("month", *("money",) * len(payers), "total", *second.styles)
    sheet = Sheet(spreadsheet, BY_MONTH, (14, *(16,) * len(payers), 18, *second.widths))
    about = words.BY_MONTH.format(currency=contents.currency)
    sheet.top(contents.title, contents.banner, about, ("Month", *contents.payer_titles, "Total", *second.heads), styles)
    for month in months:
        row = sheet.row
        cells = [contents.sum_where(contents.payer_column(p), (MONTH, f"$A{row}")) for p in payers]
        sheet.line((month, *cells, _across(row, 2, len(payers)), *second.cells(row)), styles)
    _bottom(sheet, sheet.row - 1, [*(letter(2 + k) for k in range(len(payers) + 1)), *second.letters])


def by_payer(spreadsheet: Workbook, contents: Contents) -> None:
    """Write cost by payer and country.

    It has what of it is expected to be paid.
    """
    countries, count = contents.countries, len(contents.countries)
    second = SecondColumn(contents, letter(2 + count), 7 + count)
    styles = ("text", *("money",) * count, "total", "share", "share", "money", "money", *second.styles)
    sheet = Sheet(spreadsheet, BY_PAYER, (34, *(17,) * count, 18, 10, 12, 18, 18, *second.widths))
    heads = ("Payer", *countries, "Total", "Share", "Paid share", "Expected", "Not covered", *second.heads)
    sheet.top(contents.title, contents.banner, words.BY_PAYER.format(currency=contents.currency), heads, styles)
    last, total = FIRST + len(contents.payers) - 1, letter(2 + count)
    for payer in contents.payers:
        row = sheet.row
        cells = [contents.sum_where(contents.payer_column(payer), (COUNTRY, f"{letter(2 + c)}${HEAD}"))
                 for c in range(count)]
        key = f"coverage {payer}"
        paid = Formula(f"={contents.rate(key)}") if contents.has_rate(key) else 1.0
        expected = f"ROUND({total}{row}*{letter(4 + count)}{row},2)"
        sheet.line((PAYER_TITLES[payer], *cells, _across(row, 2, count),
                    Formula(f"=IF({total}${last + 1}=0,0,{total}{row}/{total}${last + 1})"), paid,
                    Formula(f"={expected}"), Formula(f"=ROUND({total}{row}-{expected},2)"), *second.cells(row)), styles)
    _bottom(sheet, last, [*(letter(2 + k) for k in range(count + 1)), letter(5 + count), letter(6 + count),
                          *second.letters])


def by_sector(spreadsheet: Workbook, contents: Contents) -> None:
    """Write cost by sector of the response and phase."""
    second = SecondColumn(contents, "F", 8)
    styles = ("text", *("money",) * 4, "total", "share", *second.styles)
    sheet = Sheet(spreadsheet, BY_SECTOR, (32, 18, 18, 18, 18, 18, 10, *second.widths))
    sheet.top(contents.title, contents.banner, words.BY_SECTOR.format(currency=contents.currency),
              ("Sector", *PHASES, NO_PHASE, "Total", "Share", *second.heads), styles)
    sectors = sorted({line.record.sector for line in contents.run.pricing.lines})
    last = FIRST + len(sectors) + 1
    for name in (*sectors, CONTINGENCY, SUPPORT):
        row = sheet.row
        cells = [contents.sum_where(AMOUNT, (SECTOR, f"$A{row}"), (PHASE, f"{letter(2 + k)}${HEAD}")) for k in range(4)]
        share = Formula(f"=IF(F${last + 1}=0,0,F{row}/F${last + 1})")
        sheet.line((name, *cells, _across(row, 2, 4), share, *second.cells(row)), styles)
    _bottom(sheet, last, [*"BCDEF", *second.letters])


def by_year(spreadsheet: Workbook, contents: Contents) -> dict[str, int]:
    """Write cost by fiscal and calendar year and country.

    Cost by stage and calendar year follows; return rows of the stages by name.
    """
    countries, years = contents.countries, contents.years
    wide = max(len(countries), len(years))
    second = SecondColumn(contents, letter(2 + len(countries)), 3 + len(countries))
    sheet = Sheet(spreadsheet, BY_YEAR, (30, *(17,) * (wide + 1), *second.widths))
    sheet.top(contents.title, contents.banner, words.BY_YEAR.format(currency=contents.currency),
              ("Fiscal year", *countries, "Total", *second.heads),
              ("text", *("money",) * (len(countries) + 1), *second.styles))
    fiscal = sorted({int(year) for year in contents.fiscal.ravel()})
    for column, labels in ((FISCAL, fiscal), (YEAR, years)):
        head, first = sheet.row - 1, sheet.row
        for label in labels:
            row = sheet.row
            cells = [contents.sum_where(AMOUNT, (column, f"$A{row}"), (COUNTRY, f"{letter(2 + c)}${head}"))
                     for c in range(len(countries))]
            sheet.line((label, *cells, _across(row, 2, len(countries)), *second.cells(row, first)),
                       ("left_year", *("money",) * len(countries), "total", *second.styles))
        _bottom(sheet, sheet.row - 1, [*(letter(2 + k) for k in range(len(countries) + 1)), *second.letters], first)
        sheet.row += 1
        heads = (("Calendar year", *countries, "Total", *second.heads) if column == FISCAL
                 else ("Stage", *years, "Total"))
        sheet.line(heads, ("head", *("head_right",) * (len(heads) - 1)))
    head, first, rows = sheet.row - 1, sheet.row, {}
    for stage in (*dict.fromkeys(str(line.record.stage) for line in contents.run.pricing.lines), CONTINGENCY, SUPPORT):
        row = rows[stage] = sheet.row
        cells = [contents.sum_where(AMOUNT, (STAGE, f"$A{row}"), (YEAR, f"{letter(2 + k)}${head}"))
                 for k in range(len(years))]
        sheet.line((stage, *cells, _across(row, 2, len(years))), ("text", *("money",) * len(years), "total"))
    _bottom(sheet, sheet.row - 1, [letter(2 + k) for k in range(len(years) + 1)], first)
    return rows
