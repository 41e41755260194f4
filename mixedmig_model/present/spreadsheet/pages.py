"""The sheets of a spreadsheet that are read.

They are decision, plan, submitted budgets, local prices to find, and staff.
"""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
from openpyxl import Workbook

from mixedmig_model.present.spreadsheet.cells import FIRST, Formula, Sheet, at, clean, span, three_digits
from mixedmig_model.present.spreadsheet.contents import (
    AMOUNT,
    BY_ITEM,
    BY_YEAR,
    COUNTRY,
    FISCAL,
    ITEM,
    LEAD,
    LINES,
    PRICES,
    SECTOR,
    Contents,
)
from mixedmig_model.present.spreadsheet.sheets import price_row
from mixedmig_model.record.costs import plan_detention, plan_ratios, plan_staff, plan_unmet
from mixedmig_model.record.words import sheets as words
from mixedmig_model.record.words.pages.plans import LEAST_PEOPLE, has_staff
from mixedmig_model.results.costs.export import hidden, total_span
from mixedmig_model.results.costs.lines import CENTS, CONTINGENCY, SUPPORT
from mixedmig_model.results.costs.people import People, part_of, people_of_plan
from mixedmig_model.results.costs.plan import PlanRow, activity_based
from mixedmig_model.results.costs.recipients import counts_of_row, people_of_rows
from mixedmig_model.results.costs.views import overlay, project_based
from mixedmig_model.results.indicators.table import BREACHES, DETAILS, HARMS, Facts
from mixedmig_model.results.measures import RELEASED, labels, moved, values
from mixedmig_model.vocabulary.numbers import amount, number, people, rounded, unit_word
from mixedmig_model.vocabulary.routes import on_route
from mixedmig_model.vocabulary.titles import PAYER_TITLES, PLAN_KIND_TITLES, PLAN_RATIO_TITLES, UNMET_TITLES

DECISION, PLAN, SUBMITTED, LOCAL, STAFF = "Decision", "Plan", "Submitted budgets", "Local prices", "Staff plan"
LARGEST = 15
OVERALL = "overall"
RIGHT = ("divided by", "targeted", "reached", "cost, each targeted")
UNMET_DETAILS = ("not_screened_days", "without_outcome_days", "without_care_days", "without_legal_aid_days")


def decision_sheet(spreadsheet: Workbook, contents: Contents, stage_rows: Mapping[str, int]) -> None:
    """Write the sheet of the decision, one page.

    It has breaches and harms, then money with what it buys, people, unmet need, and detention with its harms.
    """
    sheet = Sheet(spreadsheet, DECISION, (58, 17, 15, 15, 17, 46), 1)
    sheet.top(contents.title, contents.banner, words.DECISION)
    facts = Facts(contents.ds)
    for kind, indicators in (("breach", BREACHES), ("harm", HARMS)):
        _heading(sheet, PLAN_KIND_TITLES[kind], ("in this run", "unit"))
        for indicator in indicators:
            value = amount(indicator.compute(facts), indicator.unit)
            sheet.line((indicator.title, value, unit_word(value, indicator.unit)), (kind, "right", "text"))
    _money(sheet, contents)
    _people(sheet, contents)
    _unmet(sheet, contents, facts)
    _detention(sheet, contents, stage_rows)
    sheet.ws.page_setup.orientation, sheet.ws.page_setup.fitToHeight = "portrait", 1


def _heading(sheet: Sheet, title: str, more: tuple[str, ...] = ()) -> None:
    """Write the heading of a part of a page.

    It stands below an empty row.
    """
    sheet.row += sheet.row > FIRST
    texts = (title, *more, *("",) * (len(sheet.widths) - len(more) - 1))
    sheet.line(texts, ("head", "head_right", *("head_right" if text in RIGHT else "head" for text in texts[2:])))


def total_cell(contents: Contents, item: str = "") -> str:
    """Return the cell of ``By item`` that holds the total.

    It may be that of an item.
    """
    row = contents.run.items.index(item) if item else len(contents.run.items)
    return at(BY_ITEM, 5 + len(contents.countries), FIRST + row)


def _money(sheet: Sheet, contents: Contents) -> None:
    """Write totals and ratios, live.

    The range is the model's, of prices alone.
    """
    run = contents.run
    _heading(sheet, "Cost", (contents.currency, "divided by", "of whom or what"))
    low, high = (rounded(end) for end in total_span(run))
    sheet.line(("Total", Formula(three_digits(total_cell(contents)))), ("bold", "count"))
    if contents.second is not None:
        title, rate = words.SECOND_TOTAL.format(currency=contents.second.currency), contents.rate(contents.second_key)
        sheet.line((title, Formula(f"=ROUND({total_cell(contents)}*{rate},2)")), ("bold", "total"))
    sheet.line(("of which contingency", Formula(three_digits(total_cell(contents, CONTINGENCY)))), ("text", "count"))
    sheet.line(("of which support cost of agencies", Formula(three_digits(total_cell(contents, SUPPORT)))),
               ("text", "count"))
    sheet.line(("low end of the total, by the ranges of prices", low, None,
                "5 % of 1,000 draws; of prices as the model had them"), ("text", "count", "text", "text"))
    sheet.line(("high end of the total, by the ranges of prices", high, None, "95 % of them; other inputs as they are"),
               ("text", "count", "text", "text"))
    sheet.line(("Share of cost on prices without a source", rounded(run.assumed_share, 2)), ("wrap", "share"))
    for key, found in plan_ratios(contents.ds, run.total).items():
        title, of_whom = (on_route(text, contents.inputs.case.coming) for text in PLAN_RATIO_TITLES[key])
        row, count = sheet.row, found.people
        sheet.line((title, None, rounded(count), of_whom), ("text", "count", "rounded", "text"))
        if count >= LEAST_PEOPLE:
            total = total_cell(contents)
            sheet.formula(row, 2, f"=IF({total}=0,0,ROUND({total}/{count!r},2-INT(LOG10({total}/{count!r}))))", "count")
        else:
            sheet.put(row, 2, "none", "right")


def _people(sheet: Sheet, contents: Contents) -> None:
    """Write people in need, targeted and reached.

    The cost of a person targeted stands where the part has lines of its own.
    """
    limit = contents.run.pricing.money.small_cell.value
    _heading(sheet, "People (three different numbers; parts overlap)",
             ("in need", "targeted", "reached", "cost, each targeted", "in need means"))
    cents: dict[str, int] = {}
    for line, item in zip(contents.run.pricing.lines, contents.run.by("item"), strict=False):
        part = part_of(line.record.stage, line.record.sector)
        cents[part] = cents.get(part, 0) + int(item)
    cents |= {OVERALL: int(contents.run.cents.sum())}
    for part, who in people_of_plan(contents.ds).items():
        counts = [_masked(count, limit) for count in who.total]
        cost = rounded(cents.get(part, 0) / CENTS / who.total[1]) if who.total[1] >= limit else None
        styles = ("text", *("right" if isinstance(c, str) else "count" for c in counts), "count", "wrap")
        sheet.line((who.title, *counts, cost, who.meaning[0]), styles)


def _masked(count: float, limit: float) -> str | float:
    """Return a count of people at three digits.

    A small one is hidden.
    """
    shown = hidden(count, limit)
    return shown if isinstance(shown, str) else rounded(shown)


def _unmet(sheet: Sheet, contents: Contents, facts: Facts) -> None:
    """Write needs that the money does not meet, next to it."""
    _heading(sheet, "Unmet need, next to the cost above", ("person-days",))
    for key, value in plan_unmet(contents.ds):
        if key in UNMET_TITLES and (key != "adrift_days" or contents.inputs.case.coming == "sea"):
            sheet.line((UNMET_TITLES[key], people(value)), ("text", "right"))
    for indicator in DETAILS:
        if indicator.key in UNMET_DETAILS:
            sheet.line((indicator.title, people(indicator.compute(facts))), ("text", "right"))


def _detention(sheet: Sheet, contents: Contents, stage_rows: Mapping[str, int]) -> None:
    """Write detention, where it costs anything.

    What it costs never stands alone.
    """
    box = plan_detention(contents.ds, contents.run)
    if box.cost <= 0.0:
        return
    _heading(sheet, "Detention: never its cost alone", ("in this run", "unit"))
    total = 2 + len(contents.years)
    for stage, title in (("detention", "Cost of detention"), ("alternative", "Cost of alternatives to detention")):
        if stage in stage_rows:
            sheet.line((title, Formula(three_digits(at(BY_YEAR, total, stage_rows[stage]))), contents.currency),
                       ("text", "count", "text"))
    released, as_run = moved(contents.ds, *RELEASED), f"{contents.currency}, as the model had it"
    rows = (
        _counted("Time in detention", box.person_days, "person-day"),
        _counted("Time of children in detention", box.child_days, "person-day"),
        _counted("People detained over the limit", box.over_limit, "person"),
        _counted("People released, to any place", released, "person"),
        ("Detention ended by release", amount(box.released_share, "share"), "of all who left"),
        _counted("Time in alternatives to detention", box.alternative_days, "person-day"),
        ("Cost of a day in detention", number(box.per_day), as_run),
        ("Cost of a day in an alternative", number(box.alternative_per_day), as_run),
    )
    for row in rows:
        sheet.line(row, ("text", "right", "text"))


def _counted(title: str, value: float, unit: str) -> tuple[str, str, str]:
    """Return a row of the page.

    It has what is counted, how many, and the word for its unit.
    """
    return title, people(value), unit_word(people(value), unit)


def plan_sheet(spreadsheet: Workbook, contents: Contents) -> None:
    """Write the response plan.

    It has live sums of lines by item or project, country and fiscal year, with who pays and for whom.
    """
    payers = contents.payers
    widths = (30, 44, 18, 14, 14, 8, 15, 17, 14, 10, 17)
    styles = ("wrap", "wrap", "text", "text", "text", "year", "text", "units", "price", "count", "money",
              *("part",) * len(payers), "count", "count", "count", "text", "wrap")
    sheet = Sheet(spreadsheet, PLAN, (*widths, *(14,) * len(payers), 11, 11, 11, 12, 40))
    about = words.PLAN.format(least=f"{contents.run.pricing.money.small_cell.value:g}")
    sheet.top(contents.title, contents.banner, about, (
        "Item", "Activity", "Sector", "Phase", "Country", "Fiscal year", "Unit", "Quantity", "Unit cost",
        "Duration, months", f"Total, {contents.currency}",
        *(f"% {PAYER_TITLES[p]}" for p in payers), "In need", "Targeted", "Reached", "Price quality", "Source"),
        styles)
    who, limit = people_of_rows(contents.ds, contents.run.pricing), contents.run.pricing.money.small_cell.value
    rows = activity_based(contents.run, contents.inputs.workspace.sources)
    for row in project_based(rows, contents.by_project):
        number_ = sheet.row
        sheet.line((
            row.title, row.activity, row.sector or row.name, row.phase, row.country, row.year, row.unit, row.quantity,
            _unit_cost(contents, row), len(row.months), _plan_sum(contents, row, AMOUNT),
            *(_share_of(_plan_sum(contents, row, contents.payer_column(p)), f"$K{number_}") for p in payers),
            *_counts(who, row, limit), row.quality, row.source), styles)
    last = sheet.row - 1
    sheet.put(sheet.row, 1, "Total", "bold")
    sheet.formula(sheet.row, 11, f"=ROUND(SUM(K{FIRST}:K{last}),2)" if last >= FIRST else "=0", "total")


def _unit_cost(contents: Contents, row: PlanRow) -> Formula | float:
    """Return the unit cost of a row.

    It is the live price where there is one for all its months.
    """
    if row.basis == "activity" and not contents.run.nominal:
        i, c = contents.run.pricing.names.index(row.name), contents.countries.index(row.country)
        return Formula(f"={at(PRICES, 'K', price_row(contents, i, c))}")
    return Formula(f"={contents.rate(row.name)}") if row.basis == "added" else row.unit_cost


def _plan_sum(contents: Contents, row: PlanRow, column: str) -> Formula:
    """Return the live sum of a column of ``Lines``.

    It is over a row of the plan.
    """
    c = contents.countries.index(row.country)
    if row.basis == "activity":
        i = contents.run.pricing.names.index(row.name)
        at_rows = [contents.row_of[i, c, m] for m in sorted(row.months)]
        return Formula(f"=ROUND(SUM({span(LINES, column, at_rows[0], at_rows[-1])}),2)") if at_rows else Formula("=0")
    rules: tuple[tuple[str, str], ...] = ((COUNTRY, f'"{clean(row.country)}"'), (FISCAL, str(row.year)))
    own = ((ITEM, f'"{row.name}"'),) if row.basis == "added" else ((LEAD, f'"{row.lead}"'), (SECTOR, f'"{row.sector}"'))
    return contents.sum_where(column, *rules, *own)


def _share_of(part: Formula, total: str) -> Formula:
    return Formula(f"=IF({total}=0,0,{part.text.removeprefix('=')}/{total})")


def _counts(who: Mapping[str, People], row: PlanRow, limit: float) -> list[str | float | None]:
    """Return people in need, targeted and reached of a row.

    They are in its country.
    """
    return [None if count is None else hidden(count, limit) for count in counts_of_row(who, row)]


def submitted_sheet(spreadsheet: Workbook, contents: Contents) -> None:
    """Write budgets that agencies submitted next to ours.

    They have the difference; nothing is added to our costs.
    """
    styles = ("text", "text", "money", "money", "money", "money", "wrap")
    sheet = Sheet(spreadsheet, SUBMITTED, (24, 18, 19, 19, 19, 19, 60))
    sheet.top(contents.title, contents.banner, words.SUBMITTED, (
        "Sector", "Country", f"Ours, {contents.currency}", "Ours through agencies", "Submitted", "Submitted less ours",
        "Projects"), styles)
    through = [p for p in contents.payers if p in contents.run.pricing.money.supported_payers]
    for found in overlay(contents.run, contents.projects):
        row = sheet.row
        where = ((SECTOR, f"$A{row}"), (COUNTRY, f"$B{row}"))
        parts = "+".join(contents.sum_where(contents.payer_column(p), *where).text.removeprefix("=") for p in through)
        names = "; ".join(f"{one.project}: {one.title} ({one.agency})" for one in found.projects)
        sheet.line((found.sector, found.country, contents.sum_where(AMOUNT, *where), Formula(f"={parts or '0'}"),
                    found.submitted / CENTS, Formula(f"=ROUND(E{row}-C{row},2)"), names), styles)
    last = sheet.row - 1
    sheet.put(sheet.row, 1, "Total", "bold")
    for column in "CDEF":
        sheet.formula(sheet.row, "ABCDEF".index(column) + 1, f"=ROUND(SUM({column}{FIRST}:{column}{last}),2)", "total")
    sheet.row += 2
    sheet.line(("Project", "Country", "Amount", "Currency and year", f"in {contents.currency}", "Sector",
                "Title, agency, note"), ("head", "head", "head_right", "head", "head_right", "head", "head"))
    for one in contents.projects:
        text = "; ".join(part for part in (one.title, one.agency, one.note) if part)
        sheet.line((one.project, one.country, one.amount, f"{one.currency} {one.year}", round(one.in_base, 2),
                    one.sector, text), ("wrap", "text", "money", "text", "money", "text", "wrap"))


def local_sheet(spreadsheet: Workbook, contents: Contents) -> None:
    """Write the items that matter most in this run.

    They have empty cells for prices of one's own: what to find out first.
    """
    blank = ("input", "input", "input", "input_text", "input_year", *("input_text",) * 4)
    styles = ("count", "text", "wrap", "text", "share", "wrap", "text", *blank)
    sheet = Sheet(spreadsheet, LOCAL, (6, 30, 36, 14, 10, 36, 23, 12, 11, 11, 10, 9, 16, 14, 14, 30))
    sheet.top(contents.title, contents.banner, words.LOCAL.format(count=LARGEST), (
        "Rank", "Item", "Title", "Unit", "Share of cost", f"Price now, {contents.currency}", "Quality now",
         "Own price", "Low", "High", "Currency", "Year", "Source", "Quality", "Countries", "Note"), styles)
    whole, pricing = contents.run.by("item"), contents.run.pricing
    order = sorted(range(len(pricing.lines)), key=lambda i: (-int(whole[i]), pricing.names[i]))[:LARGEST]
    for rank, i in enumerate((i for i in order if whole[i]), 1):
        line = pricing.lines[i]
        prices: dict[str, list[str]] = {}
        here = [country for country in contents.countries if line.counts_in(country)]
        for c, country in enumerate(contents.countries):
            if country in here:
                prices.setdefault(number(float(pricing.price[i, c])), []).append(country)
        now = "; ".join(f"{price} ({', '.join(where)})" for price, where in prices.items())
        qualities = ", ".join(dict.fromkeys(line.prices[country].quality for country in here))
        share = Formula(f"=IF({total_cell(contents)}=0,0,{total_cell(contents, line.name)}/{total_cell(contents)})")
        row = sheet.line((rank, line.name, line.record.title, getattr(line.record, "per", "month or once"), share, now,
                          qualities), styles)
        for column, style in enumerate(blank, 8):
            sheet.put(row, column, None, style)


def staff_sheet(spreadsheet: Workbook, contents: Contents) -> None:
    """Write when recruiting must have begun, and staff in post.

    Staff are by country, function, grade and month.
    """
    ds, months = contents.ds, contents.run.calendar.months
    styles = ("text", "text", "day", "staff", "staff", "staff", "staff", "day", "day")
    sheet = Sheet(spreadsheet, STAFF, (18, 16, 13, *(11,) * max(len(months), 8)))
    sheet.top(contents.title, contents.banner, words.STAFF, (
        "Function", "Country", "Most work on", "Work", "Working", "Posts", "Short, months", "First short",
         "Recruit from"), styles)
    for found in plan_staff(ds):
        if has_staff(found.need, found.posts):
            sheet.line((
                found.function, found.country, _day(contents, found.day), found.need, found.have,
                found.posts, found.short_months, _day(contents, found.first_short), _day(contents, found.start),
            ), styles)
    sheet.row += 1
    sheet.line(("Function", "Country", "Grade", *months), ("head", "head", "head", *("head_month",) * len(months)))
    staff = values(ds, "daily_staff")  # [day, F, grade, C]
    mean = 0.5 * (staff[1:] + staff[:-1])
    sums = np.add.reduceat(mean, contents.run.calendar.starts, axis=0)
    days = np.diff([*contents.run.calendar.starts, contents.run.calendar.days])
    for f, function in enumerate(labels(ds, "function")):
        for c, country in enumerate(contents.countries):
            for g, grade in enumerate(labels(ds, "grade")):
                series = sums[:, f, g, c] / days
                if has_staff(float(series.max())):
                    sheet.line((function, country, grade, *(float(v) for v in series)),
                               ("text", "text", "text", *("staff",) * len(series)))


def _day(contents: Contents, day: float) -> date | str:
    """Return the date of a day of the run.

    It is 'never' where there is none.
    """
    if day != day or (isinstance(day, int) and day < 0):
        return "never"
    return contents.run.pricing.start + timedelta(days=round(day))
