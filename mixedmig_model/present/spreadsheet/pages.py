"""The sheets of a spreadsheet that are read.

They are plan, submitted budgets, local prices to find, and staff. The page of the decision stands in ``decision.py``.
"""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np

from mixedmig_model.present.spreadsheet.cells import FIRST, Formula, Sheet, Spreadsheet, at, span
from mixedmig_model.present.spreadsheet.contents import (
    AMOUNT,
    FISCAL,
    ITEM,
    LEAD,
    LINES,
    PRICES,
    SECTOR,
    Contents,
    function_title,
    sector_or_added,
    word_title,
)
from mixedmig_model.present.spreadsheet.decision import total_cell
from mixedmig_model.present.spreadsheet.sheets import price_row
from mixedmig_model.record.costs import plan_staff
from mixedmig_model.record.words import sheets as words
from mixedmig_model.record.words.pages.plans import has_staff
from mixedmig_model.results.costs.export import hidden
from mixedmig_model.results.costs.lines import CENTS
from mixedmig_model.results.costs.people import People
from mixedmig_model.results.costs.plan import PlanRow, activity_based, unit_of
from mixedmig_model.results.costs.recipients import counts_of_row, people_of_rows
from mixedmig_model.results.costs.views import overlay, project_based
from mixedmig_model.results.measures import labels, values
from mixedmig_model.vocabulary.numbers import number, price_unit
from mixedmig_model.vocabulary.titles import PAYER_TITLES

PLAN, SUBMITTED, LOCAL, STAFF = "Plan", "Submitted budgets", "Local prices", "Staff plan"
LARGEST = 15


def plan_sheet(spreadsheet: Spreadsheet, contents: Contents) -> None:
    """Write the response plan.

    It has live sums of lines by item or project, country and fiscal year, with who pays and for whom.
    """
    payers = contents.payers
    widths = (36, 44, 20, 14, 24, 8, 15, 17, 14, 10, 17)
    styles = ("wrap", "wrap", "wrap", "text", "wrap", "year", "text", "units", "price", "count", "money",
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
            row.title, row.activity, sector_or_added(row.sector or row.name), word_title(row.phase),
            contents.country(row.country), row.year, price_unit(row.unit), row.quantity,
            _unit_cost(contents, row), len(row.months), _plan_sum(contents, row, AMOUNT),
            *(_share_of(_plan_sum(contents, row, contents.payer_column(p)), f"$K{number_}") for p in payers),
            *_counts(who, row, limit), row.quality, row.source), styles)
    last = sheet.row - 1
    sheet.put(sheet.row, 1, "Total", "bold")
    sheet.formula(sheet.row, 11, f"=ROUND(SUM(K{FIRST}:K{last}),2)" if last >= FIRST else "=0", "total")


def _unit_cost(contents: Contents, row: PlanRow) -> Formula | float:
    """Return the unit cost of a row.

    It is the live price where there is one for all its months; of an item of several sectors it is a share of it.
    """
    if row.basis == "activity" and not contents.run.nominal:
        i, c = contents.run.pricing.names.index(row.name), contents.countries.index(row.country)
        price = at(PRICES, "K", price_row(contents, i, c))
        share = f"*{contents.share_cell(i, row.sector)}" if i in contents.shared_items else ""
        return Formula(f"={price}{share}")
    return Formula(f"={contents.rate(row.name)}") if row.basis == "added" else row.unit_cost


def _plan_sum(contents: Contents, row: PlanRow, column: str) -> Formula:
    """Return the live sum of a column of ``Lines``.

    It is over a row of the plan.
    """
    c = contents.countries.index(row.country)
    if row.basis == "activity":
        i, months = contents.run.pricing.names.index(row.name), sorted(row.months)
        shared = i in contents.shared_items
        sheet = contents.parts_name if shared else LINES
        at_rows = [contents.part_row[i, c, row.sector, m] if shared else contents.row_of[i, c, m] for m in months]
        return Formula(f"=ROUND(SUM({span(sheet, column, at_rows[0], at_rows[-1])}),2)") if at_rows else Formula("=0")
    own = (((ITEM, f'"{row.name}"'),) if row.basis == "added" else
           ((LEAD, f'"{PAYER_TITLES[row.lead]}"'), (SECTOR, f'"{word_title(row.sector)}"')))
    return contents.sum_where(column, contents.in_country(c), (FISCAL, str(row.year)), *own)


def _share_of(part: Formula, total: str) -> Formula:
    return Formula(f"=IF({total}=0,0,{part.text.removeprefix('=')}/{total})")


def _counts(who: Mapping[str, People], row: PlanRow, limit: float) -> list[str | float | None]:
    """Return people in need, targeted and reached of a row.

    They are in its country.
    """
    return [None if count is None else hidden(count, limit) for count in counts_of_row(who, row)]


def submitted_sheet(spreadsheet: Spreadsheet, contents: Contents) -> None:
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
        where = ((SECTOR, f"$A{row}"), contents.in_country(contents.countries.index(found.country)))
        parts = "+".join(contents.sum_where(contents.payer_column(p), *where).text.removeprefix("=") for p in through)
        names = "; ".join(f"{one.project}: {one.title} ({one.agency})" for one in found.projects)
        sheet.line((word_title(found.sector), contents.country(found.country), contents.sum_where(AMOUNT, *where),
                    Formula(f"={parts or '0'}"), found.submitted / CENTS,
                    Formula(f"=ROUND(E{row}-C{row},2)"), names), styles)
    last = sheet.row - 1
    sheet.put(sheet.row, 1, "Total", "bold")
    for column in "CDEF":
        sheet.formula(sheet.row, "ABCDEF".index(column) + 1, f"=ROUND(SUM({column}{FIRST}:{column}{last}),2)", "total")
    sheet.row += 2
    sheet.line(("Project", "Country", "Amount", "Currency and year", f"in {contents.currency}", "Sector",
                "Title, agency, note"), ("head", "head", "head_right", "head", "head_right", "head", "head"))
    for one in contents.projects:
        text = "; ".join(part for part in (one.title, one.agency, one.note) if part)
        sheet.line((one.project, contents.country(one.country), one.amount, f"{one.currency} {one.year}",
                    round(one.in_base, 2), word_title(one.sector), text),
                   ("wrap", "text", "cents", "text", "cents", "text", "wrap"))


def local_sheet(spreadsheet: Spreadsheet, contents: Contents) -> None:
    """Write the items that matter most in this run.

    They have empty cells for prices of one's own: what to find out first.
    """
    blank = ("input", "input", "input", "input_text", "input_year", *("input_text",) * 4)
    styles = ("count", "wrap", "key", "text", "share", "wrap", "text", *blank)
    sheet = Sheet(spreadsheet, LOCAL, (6, 40, 24, 14, 10, 36, 23, 12, 11, 11, 10, 9, 16, 14, 14, 30))
    sheet.top(contents.title, contents.banner, words.LOCAL.format(count=LARGEST), (
        "Rank", "Item", "Item key", "Unit", "Share of cost", f"Price now, {contents.currency}", "Quality now",
         "Own price", "Low", "High", "Currency", "Year", "Source", "Quality", "Countries", "Note"), styles)
    whole, pricing = contents.run.by("item"), contents.run.pricing
    order = sorted(range(len(pricing.lines)), key=lambda i: (-int(whole[i]), pricing.names[i]))[:LARGEST]
    for rank, i in enumerate((i for i in order if whole[i]), 1):
        line = pricing.lines[i]
        prices: dict[str, list[str]] = {}
        here = [country for country in contents.countries if line.counts_in(country)]
        for c, country in enumerate(contents.countries):
            if country in here:
                prices.setdefault(number(float(pricing.price[i, c])), []).append(contents.country(country))
        now = "; ".join(f"{price} ({', '.join(where)})" for price, where in prices.items())
        qualities = ", ".join(dict.fromkeys(line.prices[country].quality for country in here))
        share = Formula(f"=IF({total_cell(contents)}=0,0,{total_cell(contents, line.name)}/{total_cell(contents)})")
        row = sheet.line((rank, line.record.title, line.name, price_unit(unit_of(line)), share, now,
                          qualities), styles)
        for column, style in enumerate(blank, 8):
            sheet.put(row, column, None, style)


def staff_sheet(spreadsheet: Spreadsheet, contents: Contents) -> None:
    """Write when recruiting must have begun, and staff in post.

    Staff are by country, function, grade and month.
    """
    ds, months = contents.ds, contents.run.calendar.months
    styles = ("text", "text", "day", "staff", "staff", "staff", "staff", "day", "day")
    sheet = Sheet(spreadsheet, STAFF, (32, 24, 15, *(11,) * max(len(months), 8)))
    sheet.top(contents.title, contents.banner, words.STAFF, (
        "Function", "Country", "Most work on", "Work", "Working", "Posts", "Short, months", "First short",
         "Recruit from"), styles)
    for found in plan_staff(ds):
        if has_staff(found.need, found.posts):
            sheet.line((
                function_title(found.function), contents.country(found.country), _day(contents, found.day),
                found.need, found.have, found.posts, found.short_months,
                _day(contents, found.first_short), _day(contents, found.start),
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
                    sheet.line((function_title(function), contents.country(country), word_title(grade),
                                *(float(v) for v in series)), ("text", "text", "text", *("staff",) * len(series)))


def _day(contents: Contents, day: float) -> date | str:
    """Return the date of a day of the run.

    It is 'never' where there is none.
    """
    if day != day or (isinstance(day, int) and day < 0):
        return "never"
    return contents.run.pricing.start + timedelta(days=round(day))
