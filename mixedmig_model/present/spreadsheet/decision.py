"""The page of the decision in a spreadsheet.

Breaches and harms come first, then money with what it buys, people, unmet need, and detention with its harms. The
baseline stands next to the option.
"""

import math
from collections.abc import Iterable, Sequence

from mixedmig_model.present.spreadsheet.cells import FIRST, Formula, Sheet, Spreadsheet, at, at_digits_of
from mixedmig_model.present.spreadsheet.contents import BY_ITEM, Contents
from mixedmig_model.present.spreadsheet.sums import stage_cell
from mixedmig_model.record.costs import plan_detention, plan_ratios, plan_unmet
from mixedmig_model.record.words import sheets as words
from mixedmig_model.record.words.pages.plans import LEAST_PEOPLE
from mixedmig_model.results.costs.export import hidden
from mixedmig_model.results.costs.lines import CENTS, CONTINGENCY, SUPPORT
from mixedmig_model.results.costs.people import people_of_plan
from mixedmig_model.results.costs.sectors import part_cents
from mixedmig_model.results.indicators.table import BREACHES, DETAILS, HARMS, Facts
from mixedmig_model.results.measures import RELEASED, moved
from mixedmig_model.vocabulary.numbers import MINUS, amount, number, people, rounded, unit_word
from mixedmig_model.vocabulary.routes import on_route
from mixedmig_model.vocabulary.rows import Row
from mixedmig_model.vocabulary.titles import PLAN_KIND_TITLES, PLAN_RATIO_TITLES, UNMET_TITLES

DECISION = "Decision"
OVERALL = "overall"
RIGHT = ("divided by", "targeted", "reached", "cost, each targeted", words.IN_BASELINE, words.CHANGE)
UNMET_DETAILS = ("not_screened_days", "without_outcome_days", "without_care_days", "without_legal_aid_days")
DIGITS, MOST_DIGITS, CLOSE = 3, 9, 0.05
"""Significant digits of money.

Rounding may change its difference by a share: the last number.
"""
MONEY = "money"
"""Unit of money in rows of this page, of three digits."""


def decision_sheet(spreadsheet: Spreadsheet, contents: Contents) -> None:
    """Write the sheet of the decision, one page."""
    widths = (58, 17, 17, 17, 17, 46) if contents.base else (58, 17, 15, 15, 17, 46)
    sheet = Sheet(spreadsheet, DECISION, widths, 1)
    about = words.DECISION
    if contents.base:
        about = words.DECISION_BESIDE.format(about=about, baseline=contents.base.scenario_title)
    sheet.top(contents.title, contents.banner, about)
    _indicators(sheet, contents)
    _money(sheet, contents)
    _people(sheet, contents)
    _unmet(sheet, contents)
    _detention(sheet, contents)
    sheet.one_page = True


def _indicators(sheet: Sheet, contents: Contents) -> None:
    """Write breaches, then harms, of the option and the baseline."""
    facts = [Facts(one.ds) for one in _both(contents)]
    for kind, indicators in (("breach", BREACHES), ("harm", HARMS)):
        _heading(sheet, PLAN_KIND_TITLES[kind], (words.IN_THIS_RUN, *_heads(contents), "unit"))
        for indicator in indicators:
            found = [indicator.compute(one) for one in facts]
            texts = [amount(value, indicator.unit) for value in found]
            unit = unit_word(texts[0], indicator.unit)
            _line(sheet, (indicator.title, kind), texts, _change(found, indicator.unit), unit)


def _both(contents: Contents) -> list[Contents]:
    """Return the contents of the option and of the baseline, if there is one."""
    return [contents, *([contents.base] if contents.base else [])]


def _heads(contents: Contents) -> tuple[str, ...]:
    """Return heads of the columns of the baseline."""
    return (words.IN_BASELINE, words.CHANGE) if contents.base else ()


def _change(found: Sequence[float], unit: str) -> list[str | float]:
    """Return the difference of the first to the second, if there is one.

    It is that of the numbers shown: a number, or in words where it is none of whole units.
    """
    return [_said(Row(unit, base).difference(found[0])) for base in found[1:]]


def _said(change: str) -> str | float:
    """Return a difference as a number, or in words without a sign.

    A program that reads the cell may take a sign in front for a formula.
    """
    if not change.startswith(("+", MINUS)):
        return change
    sign, size = change[0], change[1:].replace(",", "")
    if size.isdigit():
        return float(size) if sign == "+" else -float(size)
    return (words.MORE if sign == "+" else words.LESS).format(amount=change[1:])


def _line(
    sheet: Sheet, title: tuple[str, str], texts: Sequence[str], change: Sequence[str | float], unit: str | None
) -> None:
    """Write a row of this page: title with its style, values in words, difference, unit."""
    styles = ("right" if isinstance(one, str) else "change" for one in change)
    sheet.line((title[0], *texts, *change, unit), (title[1], *("right",) * len(texts), *styles, "text"))


def _heading(sheet: Sheet, title: str, more: tuple[str, ...] = ()) -> None:
    """Write the heading of a part of a page.

    It stands below an empty row.
    """
    sheet.row += sheet.row > FIRST
    texts = (title, *more, *("",) * (len(sheet.widths) - len(more) - 1))
    sheet.line(texts, ("head", "head_right", *("head_right" if text in RIGHT else "head" for text in texts[2:])))


def total_cell(contents: Contents, item: str = "", right: int = 0) -> str:
    """Return the cell of ``By item`` that holds the total.

    It may be that of an item. The baseline's is one column to the ``right``.
    """
    row = contents.run.items.index(item) if item else len(contents.run.items)
    return at(BY_ITEM, 5 + len(contents.countries) + right, FIRST + row)


def _digits(own: float, *base: float) -> int:
    """Return the significant digits of a row.

    They are three, or as many as its difference needs. A cost of nobody is no number and has no difference.
    """
    if any(math.isnan(one) for one in (own, *base)):
        return DIGITS
    tries = ((count, Row("", one, count)) for one in base for count in range(DIGITS, MOST_DIGITS + 1))
    return next((count for count, row in tries
                 if abs(row.shown_difference(own) - (own - row.baseline)) <= CLOSE * abs(own - row.baseline)), DIGITS)


def _beside(sheet: Sheet, contents: Contents, cells: Iterable[object]) -> list[object]:
    """Return cells of the option and the baseline, with their difference.

    The difference is that of the numbers shown, and empty where one is no number.
    """
    own, *base = list(cells)[: 2 if contents.base else 1]
    if not base:
        return [own]
    counted = all(isinstance(cell, Formula | float) for cell in (own, *base))
    return [own, *base, Formula(f"=ROUND(B{sheet.row}-C{sheet.row},6)") if counted else None]


def _money(sheet: Sheet, contents: Contents) -> None:
    """Write totals and ratios, live.

    The range is the model's, of prices alone.
    """
    _heading(sheet, "Cost", (contents.currency, *_heads(contents), "divided by", "of whom or what"))
    count = 3 if contents.base else 1
    beside = ("count", "count", "change")[:count]
    of_whom = "wrap" if contents.base else "text"
    styles = ("text", *("count",) * count, "rounded", of_whom)
    for title, item, style in (("Total", "", "bold"), ("of which contingency", CONTINGENCY, "text"),
                               ("of which support cost of agencies", SUPPORT, "text")):
        digits = _digits(*(_cost(one, item) for one in _both(contents)))
        cells = (Formula(at_digits_of(total_cell(contents, item, right), digits)) for right in (0, 1))
        sheet.line((title, *_beside(sheet, contents, cells)), (style, *beside))
        if not item and contents.second is not None:
            second, rate = words.SECOND_TOTAL.format(currency=contents.second.currency), contents.rate(
                contents.second_key)
            cells = (Formula(f"=ROUND({total_cell(contents, '', right)}*{rate},2)") for right in (0, 1))
            sheet.line((second, *_beside(sheet, contents, cells)), ("bold", *("total", "total", "change")[:count]))
    for end, (title, text) in enumerate(words.ENDS):
        ends = [rounded(one.span[end]) for one in _both(contents)]
        sheet.line((title, *ends, *(None,) * (count - len(ends)), None, text), styles)
    shares = [rounded(one.run.assumed_share, 2) for one in _both(contents)]
    sheet.line((words.ASSUMED, *_beside(sheet, contents, shares)), ("wrap", *("share",) * count))
    shares = [rounded(one.run.derived_share, 2) for one in _both(contents)]
    sheet.line((words.DERIVED, *_beside(sheet, contents, shares)), ("wrap", *("share",) * count))
    found = [plan_ratios(one.ds, one.run.total) for one in _both(contents)]
    for key in found[0]:
        title, whom = (on_route(text, contents.inputs.case.coming) for text in PLAN_RATIO_TITLES[key])
        counts = [one[key].people for one in found]
        digits = _digits(*(one[key].cost for one in found))
        ratios = [_ratio(total_cell(contents, "", right), people_, digits) for right, people_ in enumerate(counts)]
        shown = _beside(sheet, contents, ratios)
        own = ("right" if isinstance(cell, str) else style for cell, style in zip(shown, beside, strict=True))
        sheet.line((title, *shown, rounded(counts[0]), whom), ("text", *own, "rounded", of_whom))


def _cost(contents: Contents, item: str) -> float:
    """Return what everything costs, or an item."""
    run = contents.run
    return int(run.by("item")[run.items.index(item)]) / CENTS if item else run.total


def _ratio(total: str, count: float, digits: int) -> Formula | str:
    """Return the cost of each, at significant digits.

    It is 'none' where there are too few.
    """
    if count < LEAST_PEOPLE:
        return "none"
    return Formula(f"=IF({total}=0,0,ROUND({total}/{count!r},{digits - 1}-INT(LOG10({total}/{count!r}))))")


def _people(sheet: Sheet, contents: Contents) -> None:
    """Write people in need, targeted and reached.

    The cost of a person targeted stands where the part has lines of its own.
    """
    limit = contents.run.pricing.money.small_cell.value
    _heading(sheet, words.PEOPLE_BESIDE if contents.base else words.PEOPLE,
             ("in need", "targeted", "reached", "cost, each targeted", "in need means"))
    cents = part_cents(contents.run) | {OVERALL: int(contents.run.cents.sum())}
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


def _unmet(sheet: Sheet, contents: Contents) -> None:
    """Write needs that the money does not meet, next to it."""
    _heading(sheet, "Unmet need, next to the cost above", ("person-days", *_heads(contents)))
    unmet = [dict(plan_unmet(one.ds)) for one in _both(contents)]
    facts = [Facts(one.ds) for one in _both(contents)]
    for key in unmet[0]:
        if key in UNMET_TITLES and (key != "adrift_days" or contents.inputs.case.coming == "sea"):
            _counted(sheet, UNMET_TITLES[key], [one.get(key, 0.0) for one in unmet])
    for indicator in DETAILS:
        if indicator.key in UNMET_DETAILS:
            _counted(sheet, indicator.title, [indicator.compute(one) for one in facts])


def _counted(sheet: Sheet, title: str, found: Sequence[float], unit: str = "") -> None:
    """Write a row of people or their days, with the word for the unit."""
    texts = [people(value) for value in found]
    _line(sheet, (title, "text"), texts, _change(found, "person"), unit_word(texts[0], unit) if unit else None)


def _detention(sheet: Sheet, contents: Contents) -> None:
    """Write detention, where it costs anything.

    What it costs never stands alone.
    """
    boxes = [plan_detention(one.ds, one.run) for one in _both(contents)]
    if not any(box.cost > 0.0 for box in boxes):
        return
    _heading(sheet, "Detention: never its cost alone", (words.IN_THIS_RUN, *_heads(contents), "unit"))
    for stage, title in (("detention", "Cost of detention"), ("alternative", "Cost of alternatives to detention")):
        if stage in contents.stages:
            digits = _digits(*(box.cost if stage == "detention" else box.alternative_cost for box in boxes))
            cells = (Formula(at_digits_of(stage_cell(contents, stage, right), digits)) for right in (0, 1))
            beside = _beside(sheet, contents, cells)
            styles = ("count", "count", "change")[: len(beside)]
            sheet.line((title, *beside, contents.currency), ("text", *styles, "text"))
    _counted(sheet, "Time in detention", [box.person_days for box in boxes], "person-day")
    _counted(sheet, "Time of children in detention", [box.child_days for box in boxes], "person-day")
    _counted(sheet, "People detained over the limit", [box.over_limit for box in boxes], "person")
    _counted(sheet, "People released, to any place", [moved(one.ds, *RELEASED) for one in _both(contents)], "person")
    _measured(sheet, "Detention ended by release", [box.released_share for box in boxes], ("share", "of all who left"))
    _counted(sheet, "Time in alternatives to detention", [box.alternative_days for box in boxes], "person-day")
    as_run = (MONEY, words.AS_RUN.format(currency=contents.currency))
    _measured(sheet, "Cost of a day in detention", [box.per_day for box in boxes], as_run)
    _measured(sheet, "Cost of a day in an alternative", [box.alternative_per_day for box in boxes], as_run)


def _measured(sheet: Sheet, title: str, found: Sequence[float], unit: tuple[str, str]) -> None:
    """Write a row of shares or prices.

    ``unit`` has the unit of the number and its words.
    """
    texts = [number(value) if unit[0] == MONEY else amount(value, unit[0]) for value in found]
    _line(sheet, (title, "text"), texts, _change(found, unit[0]), unit[1])
