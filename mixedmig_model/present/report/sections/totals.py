"""Rows of costs in the decision table.

They are the total with its range, payers, ratios, gap of funding, and unmet need. Breaches and harms stand above these
rows on every page.
"""

from typing import Any

from mixedmig_model.present.html.builders import Html, join, tag
from mixedmig_model.present.report.amounts import in_both
from mixedmig_model.record.drawn import drawn
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.priced import costs_of, spread_of_difference
from mixedmig_model.record.rows import cost_row
from mixedmig_model.record.schema.base import Band
from mixedmig_model.record.schema.costs import CostTable
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.costs import money
from mixedmig_model.record.words.pages.costs import banner_words, gap_words, payers_words
from mixedmig_model.record.words.pages.inputs import COST, marked_results
from mixedmig_model.record.words.ranges import digits_of
from mixedmig_model.vocabulary.numbers import people, percent
from mixedmig_model.vocabulary.routes import on_route
from mixedmig_model.vocabulary.titles import RATIO_TITLES

PRICE_DIGITS = 3
"""Significant digits of a range of prices alone."""


def decision_rows(comparison: Comparison) -> list[list[Any]]:
    """Return rows of the decision table on costs.

    They are the total with range and difference, who pays most, ratios, unmet need, and the gap.
    """
    tables, names = costs_of(comparison), comparison.names
    if not tables:
        return []
    return [
        [join(["Costs: ", tag("strong", banner_words(comparison)), templates.COSTS_HEADING])],
        [_named(f"Cost of the response{_mark(comparison)}", "cash, prices of the base year"),
         *(_total(comparison, n) for n in names)],
        ["Paid by", *(payers_words(tables[n]) for n in names)],
        *([on_route(title, comparison.record.coming), *(_ratio(tables[n], key, comparison) for n in names)]
          for key, title in RATIO_TITLES.items()),
        [_named("Gap of funding at the end", "required less received"), *(gap_words(tables[n]) for n in names)],
        [_named("Unmet need of shelter", "person-days"),
         *(people(tables[n].unmet.without_shelter_days) for n in names)],
        ["Cost resting on prices without a source", *(percent(tables[n].assumed_share) for n in names)],
        ["Cost resting on derived prices", *(percent(tables[n].derived_share) for n in names)],
    ]


def _mark(comparison: Comparison) -> str:
    """Return the mark of a cost that rests on unset inputs."""
    return templates.RESTS_MARK if COST in marked_results(comparison) else ""


def _named(title: str, unit: str) -> Html:
    return join([title, tag("span", f" {unit}", class_="unit")])


def _total(comparison: Comparison, name: str) -> Html:
    """Return the total with its range.

    Of an option it has also the difference to the baseline.
    """
    tables, baseline = costs_of(comparison), comparison.names[0]
    own, base = tables[name], tables[baseline]
    ranges = drawn(comparison, "ranges", "cost", name)
    row = cost_row(comparison)
    low, high, digits = _ends(ranges, (own.low, own.high))
    total = in_both(row.with_ends(own.total, low, high, digits), own.total, comparison)
    if name == baseline:
        return join([total])
    draws = drawn(comparison, "differences", "cost", name)
    text = row.difference_with_ends(own.total, *_ends(draws, spread_of_difference(own, base)))
    return join([total, Html("<br>"), tag("span", text, class_="gap")])


def _ends(draws: Band | None, plain: tuple[float, float]) -> tuple[float, float, int]:
    """Return the range over all draws, and its digits.

    Without draws it is the range of prices alone.
    """
    low, _, high = draws or (None, None, None)
    return (*plain, PRICE_DIGITS) if low is None or high is None else (low, high, digits_of(low, high))


def _ratio(table: CostTable, key: str, comparison: Comparison) -> Html:
    ratio = table.ratios[key]
    count = people(ratio.people)
    cost = in_both(money(ratio.cost, table.currency), ratio.cost, comparison)
    return join([cost, tag("span", f" of {count}", class_="unit")])
