"""Cost against what it buys, in persons. An option with a breach is shown, never placed beside the others.

No life has a price here, and nobody who does not arrive counts as a saving.
"""

from typing import Any

from mixedmig_model.present.html.builders import Html, join, table, tag
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.priced import costs_of, spread_of_difference
from mixedmig_model.record.rows import cost_row, indicator_row
from mixedmig_model.vocabulary.numbers import MINUS

MIXED = {
    "granted_protection": "more people granted protection", "wrongly_returned": "fewer people wrongly returned",
    "needs_missed": "fewer needs missed",
}
"""Indicators that stand beside the cost, and what of them is better."""


def plane_table(comparison: Comparison) -> Html:
    """Cost against outcomes: what each option without a breach costs more or less, and what it buys, in persons."""
    tables, names = costs_of(comparison), comparison.names
    base = names[0]
    head = ["option", "cost against the baseline", *MIXED.values(), "what may be said"]
    rows: list[list[Any]] = []
    costs = cost_row(comparison)
    for name in names[1:]:
        scenario = next(s for s in comparison.record["scenarios"] if s["name"] == name)
        low, high = spread_of_difference(tables[name], tables[base])
        rows.append([
            comparison.title(name), costs.difference_with_ends(tables[name]["total"], low, high),
            *(_gain(comparison, key, name) for key in MIXED), _verdict(scenario, low, high),
        ])
    if not rows:
        return tag("p", "There is no option beside the baseline.", class_="note")
    note = (
        "Persons stand beside money and are not turned into it: there is no price of a life here, and no benefit of "
        "people who do not come. Ranges are those of prices alone, drawn together for both options."
    )
    return join([table(head, rows, numeric=range(1, len(head) - 1)), tag("p", note, class_="note")])


def _gain(comparison: Comparison, key: str, name: str) -> str:
    """What is better of an indicator, with its sign: the difference that stands in the decision table."""
    indicator = next(i for i in comparison.record["indicators"] if i["key"] == key)
    text = indicator_row(comparison, indicator).difference(indicator["values"][name]["value"])
    return text if key == "granted_protection" else opposite(text)


def opposite(text: str) -> str:
    """A difference in words with the other sign."""
    other = {"+": MINUS, MINUS: "+"}
    return f"{other[text[0]]}{text[1:]}" if text[:1] in other else text


def _verdict(scenario: dict[str, Any], low: float, high: float) -> str:
    if scenario["breaches"]:
        return "Shown, not placed: it has breaches."
    if not scenario["same_people"]:
        return "Not placed: other people depart, or more of them."
    harms = "harms exceed the baseline's." if scenario["worse_harms"] else "no harm exceeds the baseline's."
    first = "Costs less" if high < 0.0 else "Costs more" if low > 0.0 else "Cost differs within the range of prices"
    return f"{first}; {harms}"
