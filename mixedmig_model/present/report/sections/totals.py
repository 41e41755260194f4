"""Rows of costs in the decision table: total with its range, payers, ratios, gap of funding, unmet need.

Breaches and harms stand above these rows on every page.
"""

from typing import Any

from mixedmig_model.present.html.builders import Html, join, tag
from mixedmig_model.record.drawn import drawn
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.priced import banner, costs_of, spread_of_difference
from mixedmig_model.record.words.costs import money, money_range
from mixedmig_model.record.words.ranges import digits_of
from mixedmig_model.vocabulary.numbers import people, percent
from mixedmig_model.vocabulary.titles import PAYER_WORDS, RATIO_TITLES


def decision_rows(comparison: Comparison) -> list[list[Any]]:
    """Rows of the decision table: total with range and difference, who pays most, ratios, unmet need, gap."""
    tables, names = costs_of(comparison), comparison.names
    if not tables:
        return []
    return [
        [join(["Costs: ", tag("strong", banner(comparison) or "estimate"), " Unmet need stands beside them."])],
        [_named("Cost of the response", "cash, prices of the base year"), *(_total(comparison, n) for n in names)],
        ["Paid by", *(_payers(tables[n]) for n in names)],
        *([title, *(_ratio(tables[n], key) for n in names)] for key, title in RATIO_TITLES.items()),
        [_named("Gap of funding at the end", "required less received"), *(_gap(tables[n]) for n in names)],
        [_named("Unmet need of shelter", "person-days"),
         *(people(tables[n]["unmet"]["without_shelter_days"]) for n in names)],
        ["Cost resting on prices without a source", *(percent(tables[n]["assumed_share"]) for n in names)],
    ]


def _named(title: str, unit: str) -> Html:
    return join([title, tag("span", f" {unit}", class_="unit")])


def _total(comparison: Comparison, name: str) -> Html:
    """The total with its range; of an option also its difference to the baseline."""
    tables, baseline = costs_of(comparison), comparison.names[0]
    own, base = tables[name], tables[baseline]
    ranges = drawn(comparison, "ranges", "cost", name)
    total = _money_drawn(own["total"], ranges, (own["low"], own["high"]), own["currency"])
    if name == baseline:
        return join([total])
    gap, draws = own["total"] - base["total"], drawn(comparison, "differences", "cost", name)
    text = _money_drawn(gap, draws, spread_of_difference(own, base), "", signed=True) if gap else "same"
    return join([total, Html("<br>"), tag("span", text, class_="gap")])


def _money_drawn(
    value: float, draws: list[Any] | None, plain: tuple[float, float], currency: str, signed: bool = False
) -> str:
    """An amount with its range over all draws, at the digits that it supports, or with that of prices alone."""
    if not draws or draws[0] is None:
        return money_range(value, *plain, currency=currency, signed=signed)
    low, _, high = draws
    return money_range(value, low, high, currency=currency, signed=signed, digits=digits_of(low, high))


def _payers(tables: dict[str, Any]) -> str:
    """The three who pay most, with their shares."""
    whole = tables["total"]
    shares = sorted(((cost / whole, name) for name, cost in tables["by_payer"].items() if cost > 0), reverse=True)
    return "; ".join(f"{PAYER_WORDS[name]} {percent(share)}" for share, name in shares[:3]) if whole else "nobody"


def _ratio(tables: dict[str, Any], key: str) -> Html:
    ratio = tables["ratios"][key]
    count = people(ratio["people"])
    return join([money(ratio["cost"], tables["currency"]), tag("span", f" of {count}", class_="unit")])


def _gap(tables: dict[str, Any]) -> str:
    gap = sum(row["gap"] for row in tables["funding"]["payers"])
    return money(gap, tables["currency"]) if gap > 1.0 else "none"
