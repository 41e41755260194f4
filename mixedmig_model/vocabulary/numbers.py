"""Numbers in words.

They have two or three significant digits and ranges, and no harm is ever rounded to nothing.
"""

import math
from datetime import date

MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
ONE = ("1", "under 1")
"""Numbers in words after which a unit stands in the singular."""
ONCE = "once"
"""How often a price is paid that has no unit."""
ZERO = 1e-6
"""Number of people below which there is nobody.

It is rounding of the arithmetic, not a person.
"""


def rounded(value: float, digits: int = 3) -> float:
    """Return ``value`` at ``digits`` significant digits."""
    if value == 0.0 or not math.isfinite(value):
        return value
    return round(value, digits - 1 - math.floor(math.log10(abs(value))))


def number(value: float, digits: int = 3) -> str:
    """Return a number for readers.

    It has significant digits, thousands set off, a real minus sign, and no scientific notation.
    """
    if math.isnan(value):
        return "none"
    if abs(value) < ZERO:
        return "0"
    value = rounded(value, digits)
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(value)))) if abs(value) < 100 else 0
    text = f"{abs(value):,.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{MINUS if value < 0 else ''}{text}"


def given(value: float) -> str:
    """Return a number that somebody wrote, with all its digits.

    17.68 persons for one toilet are not 17.7.
    """
    text = f"{abs(value):,.12f}".rstrip("0").rstrip(".") if abs(value) >= ZERO else f"{abs(value):.12g}"
    return f"{MINUS if value < 0 else ''}{text}"


def people(value: float) -> str:
    """Return a number of people in whole persons.

    Part of a person is 'under 1', never 0.
    """
    if math.isnan(value):
        return "none"
    if abs(value) < ZERO:
        return "0"
    if abs(value) < 1.0:
        return "under 1" if value > 0 else f"{MINUS}under 1"
    return number(float(round(value)) if abs(value) < 1000 else value)


def amount(value: float, unit: str) -> str:
    """Return a value of an indicator in its unit.

    The unit's name is left out.
    """
    if unit == "person":
        return people(value)
    if unit == "share":
        return "none" if math.isnan(value) else f"{number(100.0 * value, 2)} %"
    return number(value)


def percent(share: float) -> str:
    """Return a share as whole percent.

    Part of a percent is 'under 1 %', never 0.
    """
    return f"{people(100.0 * share)} %"


def with_range(value: float, low: float, high: float, unit: str) -> str:
    """Return a value with its range.

    It stands alone where all three read the same.
    """
    texts = [amount(v, unit) for v in (value, low, high)]
    if texts[1] == texts[2] == texts[0]:
        return texts[0]
    return f"{texts[0]} ({texts[1]}{DASH}{texts[2]})"


def difference(value: float, baseline: float, unit: str) -> str:
    """Return a difference to the baseline with its sign.

    It is 'same' where there is no notable difference.
    """
    if math.isnan(value) or math.isnan(baseline):
        return ""
    gap = value - baseline
    noise = 1e-4 if unit == "person" else 1e-3
    if amount(gap, unit) in ("0", "0 %") or abs(gap) < noise * max(abs(baseline), 1e-9):
        return "same"
    text = number(abs(gap), 2) if unit == "day" else amount(abs(gap), unit).replace(" %", " points")
    return f"{'+' if gap > 0 else MINUS}{text}"


def day_text(day: date) -> str:
    """Return a date for readers: 1 May 2015.

    It is the same on every system.
    """
    return f"{day.day} {day:%b %Y}"


def unit_word(text: str, unit: str) -> str:
    """Return the word for the unit of a printed number.

    It is person, people, person-days; a percentage has its own.

    Parameters
    ----------
    text : str
        The number in words, a range in brackets included.
    unit : str
        Unit of an indicator.

    Returns
    -------
    str
        The word.
    """
    if text == "none" or unit == "share":
        return ""
    if text.lstrip(f"+{MINUS}") in ONE:
        return unit
    head, slash, tail = unit.partition("/")
    plural = {"person": "people", "m2": "m2", "breach": "breaches"}.get(head, f"{head}s")
    return f"{plural}{slash}{tail}"


def price_unit(unit: str) -> str:
    """Return what a price is paid for, in words.

    It is person-day or officer-year; what is paid once has no unit.

    Parameters
    ----------
    unit : str
        Unit of a cost item.

    Returns
    -------
    str
        The words.
    """
    return ONCE if unit == "1" else unit.replace("*", "-")


def per_unit(unit: str) -> str:
    """Return how often a price is paid, after an amount.

    It is per person-day, per officer-year, or once.

    Parameters
    ----------
    unit : str
        Unit of a cost item.

    Returns
    -------
    str
        The words.
    """
    words = price_unit(unit)
    return words if words == ONCE else f"per {words}"


def unit_words(text: str, unit: str) -> str:
    """Return a number in words with its unit.

    It is 1 person, 2 people, 3 person-days.

    Parameters
    ----------
    text : str
        The number in words, a range in brackets included.
    unit : str
        Unit of an indicator.

    Returns
    -------
    str
        The text.
    """
    return f"{text} {unit_word(text, unit)}".rstrip()


def counted(value: float, unit: str = "person") -> str:
    """Return a whole number of something with its word.

    All digits are shown: 1 person, 18,903 people, 30 days.
    """
    text = people(value) if 0.0 < abs(value) < 1.0 else f"{value:,.0f}"
    return unit_words(text, unit)


def published_span(low: str, high: str, bound: str) -> str:
    """Return what was published, in words.

    It is a number, two ends, or one end of a figure that its source gives as a bound.

    Parameters
    ----------
    low, high : str
        Ends, as texts.
    bound : str
        exact, at_least or at_most.

    Returns
    -------
    str
        The text.
    """
    if bound == "exact":
        return low if low == high else f"{low}{DASH}{high}"
    return f"at least {low}" if bound == "at_least" else f"at most {high}"
