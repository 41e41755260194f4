"""Ranges over draws in words.

They have no more digits than they support.
"""

import math

from mixedmig_model.record.schema.base import Band
from mixedmig_model.vocabulary.numbers import DASH, MINUS, ZERO, amount, difference, number
from mixedmig_model.vocabulary.rows import Row, at_digits

MILLION = 1e6
TENTH = 0.001
LEAST = {"person": 1.0, "day": 0.01, "share": TENTH, "person-day": 1.0}
"""Values below which a difference of two runs is not shown."""


def digits_of(low: float, high: float) -> int:
    """Return the significant digits that a range supports.

    It is one where its ends differ twofold or more, two below, never more.
    """
    if math.isnan(low) or math.isnan(high):
        return 1
    most, least = max(abs(low), abs(high)), min(abs(low), abs(high))
    return 1 if low * high <= 0.0 or most >= 2.0 * least else 2


def told(value: float, unit: str, digits: int) -> str:
    """Return a value in its unit at some digits."""
    return at_digits(value, unit, digits)


def range_text(three: Band, unit: str, currency: str = "") -> str:
    """Return the median of the draws and their 90 % range.

    They have the digits that the range supports.
    """
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


def ranged(value: float, three: Band, unit: str, row: Row | None = None) -> str:
    """Return a value and the 90 % range of draws.

    The value is of the main run, at the digits that the range supports.

    Parameters
    ----------
    value : float
        The value.
    three : Band
        5 %, half and 95 % of draws.
    unit : str
        The unit.
    row : Row | None, default None
        Row whose last digit the value has instead, so that it agrees with others of a table.

    Returns
    -------
    str
        The text.
    """
    low, high = _ends(three)
    if math.isnan(value) or math.isnan(low) or max(abs(value), abs(low), abs(high)) < ZERO:
        return amount(value, unit) if row is None else row.value(value)
    texts = [told(one, unit, digits_of(low, high)) for one in (value, low, high)]
    if row is not None:
        texts = [row.value(value), *(_end(end, value, digits_of(low, high), row) for end in (low, high))]
    return texts[0] if texts[0] == texts[1] == texts[2] else f"{texts[0]} ({texts[1]}{DASH}{texts[2]})"


def _end(end: float, value: float, digits: int, row: Row) -> str:
    """Return an end of a range at its digits.

    It has those of the row where it would pass the value shown.
    """
    text = told(end, row.unit, digits)
    rough = Row(row.unit, end, digits).shown(end)
    return row.value(end) if (rough - row.shown(value)) * (end - value) < 0.0 else text


def ranged_difference(
    value: float, baseline: float, three: Band, unit: str, row: Row | None = None
) -> str:
    """Return a difference to the baseline, with its range.

    The difference is of the main runs, the 90 % range is of the same difference in draws. Ends of less than a hundredth
    of a day or a tenth of a point are none. A difference whose ends are both less than a person is none where the main
    runs are the same: rounding of two runs. If they are not, part of a person is shown.

    Parameters
    ----------
    value : float
        The option's value.
    baseline : float
        The baseline's value.
    three : Band
        5 %, half and 95 % of draws of the difference.
    unit : str
        The unit.
    row : Row | None, default None
        Row whose numbers the difference is between.

    Returns
    -------
    str
        The text.
    """
    (low, high), plain = _ends(three), row.difference(value) if row else difference(value, baseline, unit)
    if not plain or math.isnan(low):
        return plain
    least = LEAST.get(unit, LEAST["day"])
    if plain == "same" and max(abs(low), abs(high)) < least:
        return plain
    if unit != "person":
        low, high = (0.0 if abs(one) < least else one for one in (low, high))
    digits, points = digits_of(low, high), " points" if unit == "share" else ""
    first = plain.split(" point")[0] if row or plain == "same" else _signed(value - baseline, unit, digits)
    texts = [_signed(one, unit, digits) for one in (low, high)]
    return f"{first}{points}" if first == texts[0] == texts[1] else f"{first} ({' to '.join(texts)}){points}"


def _ends(three: Band) -> tuple[float, float]:
    low, _, high = (float("nan") if one is None else one for one in three)
    return low, high


def _signed(value: float, unit: str, digits: int) -> str:
    text = told(abs(value), unit, digits).removesuffix(" %")
    return text if abs(value) < ZERO else f"{'+' if value > 0 else MINUS}{text}"


def of_ten(share: float | None) -> str:
    """Return a share of draws in tenths, or its ends in words.

    It says no more than draws support.
    """
    if share is None or math.isnan(share):
        return "no"
    if share >= 1.0:
        return "all"
    if share <= 0.0:
        return "none of the"
    if share > 0.95 or share < 0.05:
        return "nearly all" if share > 0.5 else "hardly any"
    return f"{round(10 * share)} of 10"
