"""Amounts of money in cells, in one currency or in two."""

from mixedmig_model.present.html.builders import Html, join, tag
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.words.costs import money
from mixedmig_model.record.words.pages.costs import twice


def amount(value: float, comparison: Comparison) -> Html:
    """Return an amount, with the second currency below it."""
    return in_both(money(value), value, comparison)


def in_both(text: str, value: float, comparison: Comparison) -> Html:
    """Return the text of an amount, and the second currency below."""
    shown, second = twice(text, value, comparison.record.local_currency)
    return join([shown, *([Html("<br>"), tag("span", second, class_="second")] if second else [])])
