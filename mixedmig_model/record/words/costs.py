"""What costs say in sentences: estimates, break-evens, what stands beside a price."""

import math
from typing import Any

from mixedmig_model.study.planning.break_even import BreakEven
from mixedmig_model.vocabulary.numbers import DASH, number, percent

ESTIMATE = "PLANNING ESTIMATE, NOT A BUDGET"


HARD = "\N{NO-BREAK SPACE}"
SCALES = ((1e9, f"{HARD}bn"), (1e6, f"{HARD}m"), (0.0, ""))


def _scale(*values: float) -> tuple[float, str]:
    """The unit in which amounts read best together: what one is divided by, and its word."""
    most = max((abs(value) for value in values if not math.isnan(value)), default=0.0)
    size, word = next(pair for pair in SCALES if most >= 0.9995 * pair[0])
    return size or 1.0, word


def money(value: float, currency: str = "USD") -> str:
    """An amount for readers: three digits, in millions or billions where that reads better."""
    if math.isnan(value):
        return "none"
    size, word = _scale(value)
    return f"{currency}{HARD}{number(value / size)}{word}"


def money_range(
    value: float, low: float, high: float, currency: str = "USD", signed: bool = False, digits: int = 3
) -> str:
    """An amount with its range, all in one unit. Args: signed, whether a plus is written, as for a difference."""
    if any(math.isnan(one) for one in (value, low, high)):
        return money(value, currency)
    size, word = _scale(value, low, high)
    plus = "+" if signed and value > 0 else ""
    between = " to " if low < 0 else DASH
    ends = between.join(number(one / size, digits) for one in (low, high))
    return f"{currency}{HARD}{plus}{number(value / size, digits)}{word} ({ends})".lstrip(HARD)


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
