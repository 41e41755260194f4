"""What costs say in sentences: estimates, break-evens, what stands beside a price."""

import math
from typing import Any

from mixedmig_model.present.numbers import DASH, number, percent
from mixedmig_model.study.break_even import BreakEven

ESTIMATE = "PLANNING ESTIMATE, NOT A BUDGET"


def money(value: float, currency: str = "USD") -> str:
    """An amount for readers: three digits, in thousands or millions."""
    if math.isnan(value):
        return "none"
    for size, word in ((1e9, " bn"), (1e6, " m"), (1e4, "")):
        if abs(value) >= 0.9995 * size:
            scale = size if word else 1.0
            return f"{currency} {number(value / scale)}{word}"
    return f"{currency} {number(value)}"


def money_range(value: float, low: float, high: float, currency: str = "USD") -> str:
    """An amount with its range; the unit once."""
    ends = money(low, currency), money(high, currency).removeprefix(f"{currency} ")
    return f"{money(value, currency)} ({DASH.join(ends)})"


def estimate_banner(tables: dict[str, Any]) -> str:
    """The words that every page with costs carries while more than a stated share rests on assumptions, else ''."""
    share, limit = tables["assumed_share"], tables["assumed_limit"]
    if math.isnan(share) or share <= limit:
        return ""
    return f"{ESTIMATE}: {percent(share)} of the cost rests on prices without a source (stated limit {percent(limit)})."


def break_even_sentence(found: BreakEven, option: str, baseline: str, title: str) -> str:
    """A break-even in words. Args: option, baseline, title of the parameter, as readers know them."""
    first, second = found.below
    if math.isnan(found.root):
        word = "cheaper than" if first < second else "dearer than" if first > second else "as dear as"
        span = f"{number(found.low)} to {number(found.high)} {found.unit}"
        return f"{option} is {word} {baseline} for every value of '{title}' from {span}."
    side = "over" if first < second else "under"
    return f"{option} is cheaper than {baseline} unless '{title}' is {side} {number(found.root)} {found.unit}."
