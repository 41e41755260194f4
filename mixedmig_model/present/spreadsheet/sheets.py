"""The sheets of a spreadsheet that calculate.

They are rates, prices, shares of payers, quantities and lines. Sums of lines stand in ``sums.py``.
"""

from datetime import date

from mixedmig_model.present.spreadsheet.cells import (
    FIRST,
    HEAD,
    Formula,
    Sheet,
    Spreadsheet,
    at,
    letter,
    span,
)
from mixedmig_model.present.spreadsheet.contents import (
    COUNTRY,
    FIRST_PAYER,
    LINE_HEADS,
    MONTH,
    NO_PHASE,
    PRICES,
    RATES,
    SHARES,
    Contents,
    stage_title,
    word_title,
)
from mixedmig_model.record.words import sheets as words
from mixedmig_model.results.costs.lines import CONTINGENCY, SUPPORT, yearly
from mixedmig_model.results.costs.plan import lead_payer, source_title, unit_of
from mixedmig_model.results.costs.pricing import PAYER_NAMES
from mixedmig_model.vocabulary.numbers import price_unit
from mixedmig_model.vocabulary.titles import ADDED_TITLES, PAYER_TITLES

LINE_WIDTHS = (9, 9, 8, 36, 24, 11, 7, 8, 24, 18, 14, 20, 14, 13, 15, 22, 14)
LABEL_STYLES = (*("text",) * 3, "wrap", "wrap", "month", "year", "year", "wrap", "text", "text", "wrap")
"""Styles of the columns that say what a line is.

Widths are of all columns before those of payers.
"""


def rates_sheet(spreadsheet: Spreadsheet, contents: Contents) -> None:
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


def prices_sheet(spreadsheet: Spreadsheet, contents: Contents) -> None:
    """Write one row an item and country.

    It has its price, and the live way to the base currency of the base year.
    """
    styles = ("text", "wrap", "key", "wrap", "text", "input", "input_text", "input_year", "factor", "factor", "price",
              "price", "price", "text", "text", "wrap", "wrap", "wrap", "key")
    sheet = Sheet(spreadsheet, PRICES, (8, 40, 24, 24, 16, 13, 10, 8, 10, 10, 14, 11, 11, 12, 12, 42, 34, 50, 16))
    sheet.top(contents.title, contents.banner, words.PRICES, (
        "Row", "Item", "Item key", "Country", "Unit", "Price", "Currency", "Price year", "Deflator", "Exchange rate",
         f"Price in {contents.currency}", "Low", "High", "Price is", "Quality", "Source", "Address", "Note",
         "Country key"), styles)
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
                f"P{row - HEAD}", line.record.title, line.name, contents.country(country), price_unit(unit_of(line)),
                price.value, price.currency, price.price_year, Formula(deflator), Formula(rate),
                Formula(f"=F{row}*(I{row}*J{row})"), *price.range, kind, price.quality,
                source_title(price.source, sources), source.address if source else "", price.note, country), styles)


def price_row(contents: Contents, item: int, country: int) -> int:
    """Return the row of an item and country among prices."""
    return FIRST + item * len(contents.countries) + country


def shares_sheet(spreadsheet: Spreadsheet, contents: Contents) -> None:
    """Write shares of payers by item.

    Their running totals share out lines without losing a cent.
    """
    count = len(contents.payers)
    styles = ("text", "wrap", "key", *("input_share",) * count, "share", *("factor",) * count)
    sheet = Sheet(spreadsheet, SHARES, (8, 40, 24, *(15,) * count, 10, *(15,) * count))
    sheet.top(contents.title, contents.banner, words.SHARES, (
        "Row", "Item", "Item key", *contents.payer_titles, "Sum",
         *(f"Up to: {title}" for title in contents.payer_titles)), styles)
    for i, line in enumerate(contents.run.pricing.lines):
        row = sheet.row
        cells = [f"{letter(4 + k)}{row}" for k in range(count)]
        shares = [float(contents.run.pricing.payers[i, PAYER_NAMES.index(p)]) for p in contents.payers]
        running = [Formula(f"=({'+'.join(cells[: k + 1])})/({'+'.join(cells)})") for k in range(count)]
        sheet.line((f"S{row - HEAD}", line.record.title, line.name, *shares, Formula(f"={'+'.join(cells)}"), *running),
                   styles)


def quantities_sheet(spreadsheet: Spreadsheet, contents: Contents) -> None:
    """Write what the model billed.

    It is units by item, country and month.
    """
    styles = ("text", "wrap", "wrap", "month", "text", "units")
    sheet = Sheet(spreadsheet, contents.quantities_name, (10, 44, 24, 12, 18, 20))
    sheet.top(contents.title, contents.banner, words.QUANTITIES,
              ("Row", "Item", "Country", "Month", "Unit", "Quantity"), styles)
    lines, countries = contents.run.pricing.lines, contents.country_titles
    units = [price_unit(unit_of(line)) for line in lines]
    for i, c, m in contents.lines:
        sheet.line((f"Q{sheet.row - HEAD}", lines[i].record.title, countries[c],
                    contents.run.calendar.months[m], units[i], float(contents.run.units[i, m, c])), styles)


def lines_sheet(spreadsheet: Spreadsheet, contents: Contents) -> None:
    """Write the lines of cost.

    They are quantity x unit price by item, country and month, shared among payers; then contingency and support cost.
    """
    styles = (*LABEL_STYLES, "units", "price", "cents", "key", "key", *("part_money",) * len(contents.payers))
    sheet = Sheet(spreadsheet, contents.lines_name, (*LINE_WIDTHS, *(17,) * len(contents.payers)))
    sheet.top(contents.title, contents.banner, words.LINES, (
        *LINE_HEADS, *contents.payer_titles), styles)
    for i, c, m in contents.lines:
        row, price = sheet.row, at(PRICES, "K", price_row(contents, i, c))
        if contents.run.nominal:
            price = f"{price}*{contents.year_factor(contents.run.calendar.months[m].year)}"
        money = (Formula(f"={at(contents.quantities_name, 'F', row)}"), Formula(f"={price}"),
                 _amount(contents, i, c, row))
        sheet.line(line_cells(contents, (i, c, m), row, money), styles)
    added_lines(sheet, contents, styles)


def line_cells(
    contents: Contents, line: tuple[int, int, int], row: int, money: tuple[Formula | float, ...]
) -> tuple[object, ...]:
    """Return the cells of a line.

    What it is comes first, then quantity, price and amount (``money``), and the parts of payers.
    """
    i, c, m = line
    record, month = contents.run.pricing.lines[i].record, contents.run.calendar.months[m]
    return (f"L{row - HEAD}", f"Q{row - HEAD}", f"P{price_row(contents, i, c) - HEAD}", record.title,
            contents.country_titles[c], month, month.year, int(contents.fiscal[m, c]), stage_title(record.stage),
            contents.sector_of(i), word_title(record.phase), PAYER_TITLES[lead_payer(contents.run, i)], *money,
            contents.run.pricing.names[i], contents.countries[c], *shared(contents, row, FIRST + i))


def added_lines(sheet: Sheet, contents: Contents, styles: tuple[str, ...]) -> None:
    """Write the lines of contingency and support cost below."""
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
        row, title, parts = sheet.row, ADDED_TITLES[name], []
        for payer, column in zip(contents.payers, columns, strict=True):
            base = (f"ROUND(SUMIFS({contents.column(column, True)},{contents.column(COUNTRY, True)},${COUNTRY}{row},"
                    f"{contents.column(MONTH, True)},$F{row}),2)")
            if name == CONTINGENCY:
                parts.append(Formula(f"=ROUND({base}*{contents.rate(name)},2)"))
            else:
                rate = f"({contents.rate(name)}*{contents.rate(f'supported {payer}')})"
                parts.append(Formula(f"=ROUND(({base}+{column}{row - 1})*{rate},2)"))
        sheet.line((
            f"L{row - HEAD}", None, None, title, contents.country_titles[c], month, month.year, fiscal, title, title,
            NO_PHASE, None, None, Formula(f"={contents.rate(name)}"), across(row, FIRST_PAYER, len(columns)), name,
            contents.countries[c], *parts), styles)


def across(row: int, first: int, count: int) -> Formula:
    """Return the sum of some columns of a row, in whole cents."""
    return Formula(f"=ROUND(SUM({letter(first)}{row}:{letter(first + count - 1)}{row}),2)")
