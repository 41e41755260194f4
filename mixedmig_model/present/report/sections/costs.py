"""Sections of a report on costs.

They are by stage, in other views, by payer, by fiscal year, under ceilings, of detention, and by people. Breaches and
harms stand above these sections on every page.
"""

from collections.abc import Sequence
from typing import Any

from mixedmig_model.present.html.builders import Html, join, table, tag
from mixedmig_model.present.report.amounts import amount, in_both
from mixedmig_model.present.report.sections.delivered import delivered_row
from mixedmig_model.present.report.sections.items import on_screen
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.priced import costs_of
from mixedmig_model.record.schema.costs import CostTable
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.costs import MoneyRow, money
from mixedmig_model.record.words.pages import templates as words
from mixedmig_model.record.words.pages.costs import (
    CeilingCell,
    anybody_detained,
    ceilings,
    ceilings_note,
    exchange_title,
    local_total_title,
    payer_cells,
    present_value_title,
    stages_note,
    views_note,
    year_payers_note,
)
from mixedmig_model.vocabulary.numbers import DASH, people, percent
from mixedmig_model.vocabulary.routes import on_route
from mixedmig_model.vocabulary.titles import COST_STAGE_TITLES, PAYER_TITLES

MOST_ON_PAPER = 40
"""Lines of fiscal years and payers that are printed.

A row has a line for each currency.
"""


def stage_table(comparison: Comparison) -> Html:
    """Return cost by stage of the response.

    It has the difference of each option to the baseline.
    """
    tables, names = costs_of(comparison), comparison.names
    first = tables[names[0]]
    rows: list[list[Any]] = []
    for stage, title in COST_STAGE_TITLES.items():
        sums = {name: sum(r.cost for r in tables[name].items if r.stage == stage) for name in names}
        if any(sums.values()):
            cells = _with_gaps(sums, names, first.currency, comparison)
            rows.append([on_route(title, comparison.record.coming), *cells])
    totals = {name: tables[name].total for name in names}
    rows.append([tag("strong", "Total"), *_with_gaps(totals, names, first.currency, comparison)])
    local = comparison.record.local_currency
    if local is not None:
        converted = (money(local.totals[name], local.currency) for name in names)
        rows.append([local_total_title(first, local), *converted])
    delivered = delivered_row(comparison)
    rows += [delivered] if delivered else []
    own = [sum(r.cost for r in tables[name].items if r.own) for name in names]
    rows.append(["of which measures of the option itself", *(amount(cost, comparison) for cost in own)])
    return _with_note(_head(comparison), rows, stages_note(first))


def _head(comparison: Comparison) -> list[str]:
    """Return the head of a table with a column an option."""
    return ["", *(comparison.title(name) for name in comparison.names)]


def _with_note(head: list[str], rows: list[list[Any]], note: str) -> Html:
    """Return a table of numbers with its note.

    The note below says what is to be known of it.
    """
    return join([table(head, rows, numeric=range(1, len(head))), tag("p", note, class_="note")])


def _with_gaps(
    amounts: dict[str, float], names: Sequence[str], currency: str, comparison: Comparison
) -> list[Html]:
    """Return amounts of the options with their differences.

    Differences are to the baseline, which comes first.
    """
    row = MoneyRow(amounts[names[0]], currency)
    cells = [in_both(row.value(amounts[names[0]]), amounts[names[0]], comparison)]
    for name in names[1:]:
        value, gap = row.value(amounts[name]), row.signed(amounts[name])
        more = [] if gap == "same" else [Html("<br>"), tag("span", gap, class_="gap")]
        cells.append(join([in_both(value, amounts[name], comparison), *more]))
    return cells


def views_table(comparison: Comparison) -> Html:
    """Return the same response in other views.

    They are economic, nominal and discounted; then by year and by country.
    """
    tables = [costs_of(comparison)[name] for name in comparison.names]
    rows = [*_view_rows(tables, comparison), *_year_rows(tables, comparison), *_country_rows(tables, comparison)]
    return _with_note(_head(comparison), rows, views_note(tables[0]))


def _view_rows(tables: list[CostTable], comparison: Comparison) -> list[list[Any]]:
    """Return the total of each option in each view."""
    rates = [rate for rate in tables[0].discounted if float(rate) > 0]
    return [
        ["Views"],
        ["Cash, undiscounted", *(amount(t.total, comparison) for t in tables)],
        *([present_value_title(rate), *(amount(t.discounted[rate], comparison) for t in tables)]
          for rate in rates),
        ["Economic: capital over its life, donated goods counted", *(amount(t.economic, comparison) for t in tables)],
        ["Nominal: at prices of each year", *(amount(t.nominal, comparison) for t in tables)],
        [exchange_title(tables[0]),
         *(" / ".join(money(value) for value in t.exchange) for t in tables)],
        ["Taxes and output of people with a right to work: next to costs, never netted",
         *(amount(t.work_gain, comparison) if t.work_gain else "not valued" for t in tables)],
    ]


def _year_rows(tables: list[CostTable], comparison: Comparison) -> list[list[Any]]:
    """Return cost by fiscal year.

    It has all years in which any option costs something.
    """
    years = sorted({year for t in tables for year in t.by_year})
    rows = [[year, *(amount(t.by_year.get(year, 0.0), comparison) for t in tables)] for year in years]
    return [["By fiscal year of each country"], *rows]


def _country_rows(tables: list[CostTable], comparison: Comparison) -> list[list[Any]]:
    """Return cost by country."""
    rows = [[title, *(amount(t.by_country[name], comparison) for t in tables)]
            for name, title in comparison.countries.items()]
    return [["By country"], *rows]


def payer_table(comparison: Comparison) -> Html:
    """Return who pays.

    It has what each must pay in each option, and what is not covered.
    """
    rows = [[PAYER_TITLES[payer], *(in_both(text, required, comparison) for text, required in cells)]
            for payer, cells in payer_cells(comparison).items()]
    return _with_note(_head(comparison), rows, templates.PAYERS_NOTE)


def year_payer_table(comparison: Comparison) -> Html:
    """Return cost by fiscal year and payer.

    It sums to the total of each option. A long one is folded: it is on screen, and not on paper.
    """
    tables, names = costs_of(comparison), comparison.names
    costs = {name: {(row.year, row.payer): row.cost for row in tables[name].by_year_payer} for name in names}
    years = sorted({year for found in costs.values() for year, _ in found})
    rows: list[list[Any]] = []
    for year in years:
        payers = [payer for payer in PAYER_TITLES if any((year, payer) in found for found in costs.values())]
        rows.append([year])
        rows += [[PAYER_TITLES[payer], *(amount(costs[name].get((year, payer), 0.0), comparison) for name in names)]
                 for payer in payers]
        whole = (tables[name].by_year.get(year, 0.0) for name in names)
        rows.append([tag("strong", words.ALL_PAYERS), *(amount(value, comparison) for value in whole)])
    rows += [[words.ALL_YEARS],
             [tag("strong", words.ALL_PAYERS), *(amount(tables[name].total, comparison) for name in names)]]
    found = _with_note(_head(comparison), rows, year_payers_note(tables[names[0]]))
    lines = len(rows) * (2 if comparison.record.local_currency else 1)
    if lines > MOST_ON_PAPER:
        found = on_screen(words.YEAR_PAYERS_FOLDED.format(count=len(rows)), found)
    return join([tag("h3", words.YEAR_PAYERS_TITLE), found])


def ceiling_table(comparison: Comparison) -> Html:
    """Return ceilings with what is left in each option.

    It is empty where the case states none.
    """
    rows = []
    for one in ceilings(comparison):
        below = (join([Html("<br>"), tag("span", text, class_="gap")]) for text in one.below)
        title = join([one.title, *below])
        cells = (join([in_both(cell.cost, cell.amount, comparison), *_left(cell)]) for cell in one.cells.values())
        rows.append([title, in_both(one.ceiling, one.amount, comparison), *cells])
    if not rows:
        return Html("")
    head = [*words.CEILING_HEADS, *(comparison.title(name) for name in comparison.names)]
    note = ceilings_note(costs_of(comparison)[comparison.names[0]])
    return join([tag("h3", words.CEILINGS_TITLE), table(head, rows, numeric=range(1, len(head))),
                 tag("p", note, class_="note")])


def _left(cell: CeilingCell) -> list[Html]:
    """Return what is left of a ceiling, a line for each currency.

    It has the colour of a flag where the ceiling is exceeded.
    """
    return [join([Html("<br>"), tag("span", text, class_="flag" if cell.over else "gap")]) for text in cell.left]


def detention_table(comparison: Comparison) -> Html:
    """Return detention with its effects.

    Cost never stands without releases, the limit, children inside and the alternative.
    """
    tables = [costs_of(comparison)[name] for name in comparison.names]
    if not anybody_detained(tables):
        return tag("p", templates.DETENTION_NONE, class_="note")
    boxes = [table.detention for table in tables]
    rows: list[list[Any]] = [
        ["Cost of detention", *(amount(box.cost, comparison) for box in boxes)],
        ["Person-days in detention", *(people(box.person_days) for box in boxes)],
        ["Cost of a person-day", *(amount(box.per_day, comparison) for box in boxes)],
        ["Ended by release, not by return", *(_share(box.released_share) for box in boxes)],
        ["People held over the limit", *(people(box.over_limit) for box in boxes)],
        ["Days of children inside", *(people(box.child_days) for box in boxes)],
        ["Cost of a person-day in an alternative", *(amount(box.alternative_per_day, comparison) for box in boxes)],
        ["Person-days in alternatives", *(people(box.alternative_days) for box in boxes)],
    ]
    return table(_head(comparison), rows, numeric=range(1, 1 + len(boxes)))


def _share(value: float) -> str:
    return DASH if value != value else percent(value)


def people_table(comparison: Comparison) -> Html:
    """Return people in need, targeted and reached by option.

    They are three different numbers, with what each means.
    """
    tables, names = costs_of(comparison), comparison.names
    head = ["part of the response and option", "in need", "targeted", "reached", "cost a person targeted"]
    rows: list[list[Any]] = []
    for index, first in enumerate(tables[names[0]].people):
        said = [on_route(text, comparison.record.coming) for text in (first.title, *first.meaning)]
        rows.append([join([f"{said[0]}: ", "; ".join(said[1:])])])
        for name in names:
            row = tables[name].people[index]
            counted = (people(value) for value in row.people)
            rows.append([comparison.title(name), *counted, amount(row.cost, comparison)])
    return table(head, rows, numeric=range(1, 5))
