"""Rows of a table whose numbers agree as printed.

An option shown less the baseline shown is the difference shown. Values are rounded first, each to its significant
digits; a difference is that of the rounded values. A reader with a pocket calculator finds what stands there, within
half a unit of its last digit. What is smaller than the last digit of the values is printed as 'under' that digit. It is
never printed as nothing, nor as more than it is.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from mixedmig_model.vocabulary.numbers import MINUS, ZERO, amount, difference, number, people

DIGITS, SHARE_DIGITS = 3, 2
"""Significant digits of numbers and of shares.

They hold without a range of their own, and for every difference at most.
"""
FAITHFUL = 0.25
"""Share by which rounding may change a difference.

Beyond it its values get another digit.
"""
LEAST_SHARE = 0.001
"""A share below this is printed as below it.

It holds where shares have the digits of a range.
"""
SAME = "same"


@dataclass(frozen=True)
class Row:
    """How the numbers of one row are printed.

    Attributes
    ----------
    unit : str
        Unit of an indicator, or empty.
    baseline : float
        The value that differences are to.
    digits : int or None
        Significant digits of values; None: as many as ``amount`` gives.
    least : float or None
        Size below which a difference is none; None: as ``difference`` says for the unit.
    """

    unit: str
    baseline: float
    digits: int | None = None
    least: float | None = None

    def value(self, value: float) -> str:
        """Return a value, without its unit except percent.

        Part of a person is 'under 1'.
        """
        return amount(value, self.unit) if self.digits is None else at_digits(value, self.unit, self.digits)

    def difference(self, value: float) -> str:
        """Return the difference of a value to the baseline.

        It has its sign. It is 'same' where there is none, and '' without a number.
        """
        if math.isnan(value) or math.isnan(self.baseline):
            return ""
        if self._is_same(value) and self.value(value) == self.value(self.baseline):
            return SAME
        gap, size, step = self._gap(value), self.shown_difference(value), self._step(value)
        small = abs(size) < 0.5 * step or (abs(size) <= step * (1.0 + ZERO) and abs(gap) < step * (1.0 - ZERO))
        words = f"under {number(step)}" if small else people(abs(size)) if self.unit == "person" else number(abs(size))
        if self.unit == "share":
            words += " point" if words in ("1", "under 1") else " points"
        return f"{'+' if (gap if small else size) > 0 else MINUS}{words}"

    def shown(self, value: float) -> float:
        """Return the number that a reader sees for a value.

        Shares are in percent; part of one is what it is.
        """
        text = self.value(value)
        if text.startswith(("under", f"{MINUS}under")):
            return value * self._scale
        return float(text.removesuffix(" %").replace(",", "").replace(MINUS, "-"))

    def shown_difference(self, value: float) -> float:
        """Return the difference of the numbers that a reader sees.

        Shares are in points.
        """
        return self.shown(value) - self.shown(self.baseline)

    def is_faithful(self, value: float) -> bool:
        """Return whether shown values differ as the values do.

        They differ by about as much; so too where there is no difference.
        """
        if math.isnan(value) or math.isnan(self.baseline) or self._is_same(value):
            return True
        return abs(self.shown_difference(value) - self._gap(value)) <= FAITHFUL * abs(self._gap(value))

    def _gap(self, value: float) -> float:
        """Return the difference itself, shares in points."""
        return (value - self.baseline) * self._scale

    @property
    def _scale(self) -> float:
        return 100.0 if self.unit == "share" else 1.0

    def _is_same(self, value: float) -> bool:
        if self.least is not None:
            return abs(value - self.baseline) < self.least
        return difference(value, self.baseline, self.unit) == SAME

    def _step(self, value: float) -> float:
        """Return the size of the last digit of the values shown.

        It is that of the value or of the baseline, the larger of the two.
        """
        digits = self.digits or (SHARE_DIGITS if self.unit == "share" else DIGITS)
        sizes = [abs(one) for one in (self.shown(value), self.shown(self.baseline)) if abs(one) >= ZERO]
        steps = [10.0 ** (math.floor(math.log10(size) + ZERO) - digits + 1) for size in sizes]
        return max([*steps, 1.0] if self.unit == "person" else steps, default=0.0)


def at_digits(value: float, unit: str, digits: int) -> str:
    """Return a value in its unit at some significant digits.

    Part of a person, or of a tenth of a percent, is shown as such.
    """
    if math.isnan(value):
        return "none"
    if unit == "share":
        if ZERO <= value < LEAST_SHARE:
            return f"under {number(100.0 * LEAST_SHARE, 1)} %"
        return f"{number(100.0 * value, digits)} %"
    if unit == "person" and abs(value) < 1.0:
        return people(value)
    return number(float(round(value)) if unit == "person" else value, digits)


def row_of_ranges(
    values: Iterable[float], baseline: float, unit: str, digits: int, *, most: int = DIGITS, least: float | None = None
) -> Row:
    """Return a row at the digits that ranges support.

    It takes the first more at which its differences are faithful.

    Parameters
    ----------
    values : Iterable[float]
        Values of the options.
    baseline : float
        The baseline's value.
    unit : str
        The unit.
    digits : int
        Digits that ranges support.
    most : int, default DIGITS
        Digits that it has at most.
    least : float | None, default None
        As in ``Row``.

    Returns
    -------
    Row
        The row.
    """
    options, rows = list(values), [Row(unit, baseline, count, least) for count in range(digits, most + 1)]
    return next((row for row in rows if all(row.is_faithful(value) for value in options)), rows[-1])
