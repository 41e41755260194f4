"""The sheets of fiscal years and payers, and of ceilings.

Sums of lines stand next to what payers may spend at most. What is left is the ceiling less the cost, live.
"""

from mixedmig_model.inputs.costs.ceilings import deflator_of
from mixedmig_model.inputs.costs.schema import Ceiling
from mixedmig_model.present.spreadsheet.cells import Formula, Sheet, Spreadsheet, letter
from mixedmig_model.present.spreadsheet.contents import (
    BY_YEAR_PAYER,
    CEILINGS,
    FISCAL,
    OWN_RATE,
    Contents,
)
from mixedmig_model.present.spreadsheet.second import BaselineColumns, SecondColumn
from mixedmig_model.present.spreadsheet.sheets import across
from mixedmig_model.present.spreadsheet.sums import bottom
from mixedmig_model.record.words import sheets as words
from mixedmig_model.results.costs.plan import source_title
from mixedmig_model.vocabulary.titles import PAYER_TITLES

MONEY_COLUMNS = 8
"""Columns of a ceiling before amounts in base currency."""
WIDTH = 15
"""Width of a column of amounts."""


def by_year_payer(spreadsheet: Spreadsheet, contents: Contents) -> None:
    """Write cost by fiscal year and payer.

    Contingency and support cost are included.
    """
    count = len(contents.countries)
    base = BaselineColumns(contents, 3 + count)
    second = SecondColumn(contents, letter(3 + count), 4 + count + base.count)
    styles = ("left_year", "text", *("money",) * count, "total", *base.styles, *second.styles)
    sheet = Sheet(spreadsheet, BY_YEAR_PAYER, (12, 44, *(17,) * count, 18, *base.widths, *second.widths))
    heads = ("Fiscal year", "Payer", *contents.country_titles, "Total", *base.heads, *second.heads)
    about = words.BY_YEAR_PAYER.format(currency=contents.currency)
    if contents.run.pricing.ceilings:
        about = (words.CEILINGS_HERE if contents.ceilings else words.CEILINGS_ELSEWHERE).format(about=about)
    sheet.top(contents.title, contents.banner, about, heads, styles)
    for year in sorted({int(one) for one in contents.fiscal.ravel()}):
        for payer in contents.payers:
            row, column, own = sheet.row, contents.payer_column(payer), (FISCAL, f"$A{sheet.row}")
            cells = [contents.sum_where(column, own, contents.in_country(c)) for c in range(count)]
            sheet.line((year, PAYER_TITLES[payer], *cells, across(row, 3, count), *base.cells(row, column, own),
                        *second.cells(row)), styles)
    bottom(sheet, sheet.row - 1, [*(letter(3 + k) for k in range(count + 1)), *base.letters, *second.letters])


def ceilings_sheet(spreadsheet: Spreadsheet, contents: Contents) -> None:
    """Write ceilings with the cost under each, and what is left."""
    base = contents.base
    beside = (words.BASELINE_COST, words.BASELINE_LEFT) if base else ()
    code = contents.second.currency if contents.second else ""
    local = tuple(text.format(currency=code) for text in words.CEILING_SECOND) if code else ()
    money = contents.run.pricing.money
    heads = (*words.CEILING_HEADS, words.CEILING_IN_BASE.format(currency=contents.currency, year=money.base_year),
             *words.CEILING_COST, *beside, *local, "Quality", "Source", "Note")
    styles = ("wrap", "left_year", "wrap", "input", "text", "text", "factor", "factor", "total", "money", "change",
              *("money", "change")[: len(beside)], *("total", "money", "change")[: len(local)], "text", "wrap", "wrap")
    widths = (26, 8, 17, 15, 9, 15, 10, 10, *(WIDTH,) * (3 + len(beside) + len(local)), 11, 24, 32)
    sheet = Sheet(spreadsheet, CEILINGS, widths)
    about = words.CEILINGS.format(currency=contents.currency, year=money.base_year)
    sheet.top(contents.title, contents.banner, about, heads, styles)
    for one in contents.ceilings:
        row = sheet.row
        where = [(FISCAL, str(one.fiscal_year))]
        where += [contents.in_country(contents.countries.index(one.country))] if one.country else []
        cost = contents.sum_where(contents.payer_column(one.payer), *where) if one.payer in contents.payers else (
            Formula("=0"))
        more = _next_to(contents, one, row, where)
        here = contents.country(one.country) if one.country else words.EVERYWHERE
        sheet.line((
            PAYER_TITLES[one.payer], one.fiscal_year, here, one.amount,
            one.currency or contents.currency, _prices(contents, one), _deflator(contents, one),
            _exchange(contents, one), Formula(f"=ROUND(D{row}*(G{row}*H{row}),2)"), cost,
            Formula(f"=ROUND(I{row}-J{row},2)"), *more, one.quality,
            source_title(one.source, contents.inputs.workspace.sources), one.note), styles)


def _next_to(contents: Contents, ceiling: Ceiling, row: int, where: list[tuple[str, str]]) -> list[Formula]:
    """Return what stands next to a ceiling's cost.

    It is the baseline's cost with what is left, and all amounts in the second currency.
    """
    cells = []
    if contents.base:
        column = contents.payer_column(ceiling.payer) if ceiling.payer in contents.payers else ""
        cells += [contents.base.sum_where(column, *where) if column else Formula("=0"),
                  Formula(f"=ROUND(I{row}-L{row},2)")]
    if contents.second:
        rate, first = contents.rate(contents.second_key), MONEY_COLUMNS + 4 + len(cells)
        cells += [Formula(f"=ROUND({column}{row}*{rate},2)") for column in "IJ"]
        cells.append(Formula(f"=ROUND({letter(first)}{row}-{letter(first + 1)}{row},2)"))
    return cells


def _prices(contents: Contents, ceiling: Ceiling) -> str:
    """Return of which year the money of a ceiling is."""
    if ceiling.prices == "nominal":
        return words.CEILING_NOMINAL.format(year=ceiling.fiscal_year)
    return words.CEILING_REAL.format(year=contents.run.pricing.money.base_year)


def _deflator(contents: Contents, ceiling: Ceiling) -> Formula:
    """Return the factor to prices of the base year, live.

    It is a deflator of the sheet of rates, with expected inflation for the years after it.
    """
    money = contents.run.pricing.money
    taken, later = deflator_of(ceiling, money)
    code = ceiling.currency or money.base_currency
    factor = "1" if taken == money.base_year else contents.rate(f"deflator {code} {taken}")
    return Formula(f"={factor}/(1+{contents.rate('inflation')})^{later}" if later else f"={factor}")


def _exchange(contents: Contents, ceiling: Ceiling) -> Formula:
    """Return base currency for one unit of a ceiling's, live."""
    code = ceiling.currency or contents.currency
    if code == contents.currency:
        return Formula("=1")
    if code in contents.own_rates:
        return Formula(f"=1/{contents.rate(f'{OWN_RATE} {code}')}")
    return Formula(f"={contents.rate(f'exchange_rate {code}')}")
