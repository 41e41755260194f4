"""Ranges over draws in words, with no more digits than they support."""

import math

from mixedmig_model.present.numbers import DASH, ZERO, amount, number, people

MILLION = 1e6


def digits_of(low: float, high: float) -> int:
    """Significant digits that a range supports: one where its ends differ twofold or more, two below, never more."""
    if math.isnan(low) or math.isnan(high):
        return 1
    most, least = max(abs(low), abs(high)), min(abs(low), abs(high))
    return 1 if low * high <= 0.0 or most >= 2.0 * least else 2


def told(value: float, unit: str, digits: int) -> str:
    """A value in its unit at some digits."""
    if math.isnan(value):
        return "none"
    if unit == "share":
        return f"{number(100.0 * value, digits)} %"
    if unit == "person" and abs(value) < 1.0:
        return people(value)
    return number(float(round(value)) if unit == "person" else value, digits)


def range_text(three: list[float | None], unit: str, currency: str = "") -> str:
    """Half of the draws and the range of 9 in 10, at the digits that the range supports."""
    low, half, high = (float("nan") if value is None else value for value in three)
    if math.isnan(half):
        return "none"
    if currency:
        size, word = (MILLION, "m") if abs(high) < 1e9 else (1e9, "bn")
        digits = digits_of(low, high)
        texts = [number(value / size, digits) for value in (half, low, high)]
        return f"{currency} {texts[0]} {word} ({texts[1]}{DASH}{texts[2]})"
    if max(abs(low), abs(high)) < ZERO:
        return amount(0.0, unit)
    texts = [told(value, unit, digits_of(low, high)) for value in (half, low, high)]
    return texts[0] if texts[0] == texts[1] == texts[2] else f"{texts[0]} ({texts[1]}{DASH}{texts[2]})"
