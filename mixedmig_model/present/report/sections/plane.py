"""Cost against what it buys, in persons.

An option with a breach is shown, never placed next to the others. No life has a price here, and nobody who does not
arrive counts as a saving.
"""

from typing import Any

from mixedmig_model.present.html.builders import Html, join, table, tag
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.priced import costs_of, spread_of_difference
from mixedmig_model.record.rows import cost_row, indicator_row
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.pages.costs import opposite, plane_verdict

MIXED = {
    "granted_protection": "more people granted protection", "wrongly_returned": "fewer people wrongly returned",
    "needs_missed": "fewer needs missed",
}
"""Indicators shown next to the cost, and what is better."""


def plane_table(comparison: Comparison) -> Html:
    """Return cost against outcomes.

    It is what each option without a breach costs more or less, and what it buys, in persons.
    """
    tables, names = costs_of(comparison), comparison.names
    base = names[0]
    head = ["option", "cost against the baseline", *MIXED.values(), "what may be said"]
    rows: list[list[Any]] = []
    costs = cost_row(comparison)
    for name in names[1:]:
        low, high = spread_of_difference(tables[name], tables[base])
        rows.append([
            comparison.title(name), costs.difference_with_ends(tables[name].total, low, high),
            *(_gain(comparison, key, name) for key in MIXED),
            plane_verdict(comparison.record.option(name), low, high, comparison.record.coming),
        ])
    if not rows:
        return tag("p", templates.OPTIONS_NONE, class_="note")
    shown = table(head, rows, numeric=range(1, len(head) - 1), column_keys=["", "", *MIXED])
    return join([shown, tag("p", templates.PLANE_NOTE, class_="note")])


def _gain(comparison: Comparison, key: str, name: str) -> str:
    """Return what is better of an indicator, with its sign.

    It is the difference that stands in the decision table.
    """
    indicator = comparison.record.indicator(key)
    text = indicator_row(comparison, indicator).difference(indicator.values[name].value)
    return text if key == "granted_protection" else opposite(text)
