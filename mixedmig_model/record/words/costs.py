"""What costs say in sentences.

They are estimates, break-evens, and what stands next to a price.
"""

import math
from dataclasses import dataclass
from functools import cached_property

from mixedmig_model.record.words import spoken
from mixedmig_model.study.planning.break_even import BreakEven
from mixedmig_model.vocabulary.numbers import DASH, number, percent, rounded
from mixedmig_model.vocabulary.rows import DIGITS, SAME, Row, row_of_ranges

ESTIMATE = "PLANNING ESTIMATE, NOT A BUDGET"


HARD = "\N{NO-BREAK SPACE}"
SCALES = ((1e9, f"{HARD}bn"), (1e6, f"{HARD}m"), (0.0, ""))


def _scale(*values: float) -> tuple[float, str]:
    """Return the unit in which amounts read best together.

    It is what one is divided by, and its word.
    """
    most = max((abs(value) for value in values if not math.isnan(value)), default=0.0)
    size, word = next(pair for pair in SCALES if most >= 0.9995 * pair[0])
    return size or 1.0, word


def money(value: float, currency: str = "USD") -> str:
    """Return an amount for readers.

    It has three digits, in millions or billions where that reads better.
    """
    if math.isnan(value):
        return "none"
    size, word = _scale(value)
    return f"{currency}{HARD}{number(value / size)}{word}"


def money_range(
    value: float, low: float, high: float, currency: str = "USD", signed: bool = False, digits: int = 3
) -> str:
    """Return an amount with its range, all in one unit.

    Parameters
    ----------
    value : float
        The amount.
    low, high : float
        Ends of the range.
    currency : str, default 'USD'
        The currency.
    signed : bool, default False
        Write a plus, as for a difference.
    digits : int, default 3
        Digits that the range supports.

    Returns
    -------
    str
        The text.
    """
    if any(math.isnan(one) for one in (value, low, high)):
        return money(value, currency)
    size, word = _scale(value, low, high)
    plus = "+" if signed and value > 0 else ""
    between = " to " if low < 0 else DASH
    ends = between.join(number(one / size, digits) for one in (low, high))
    return f"{currency}{HARD}{plus}{number(value / size, digits)}{word} ({ends})".lstrip(HARD)


LEAST_MONEY = 0.5
"""Of the currency: amounts that differ by less are the same."""


@dataclass(frozen=True)
class MoneyRow:
    """How the amounts of one row are printed.

    An amount less the baseline's is the difference that is shown.

    Attributes
    ----------
    baseline : float
        The amount that differences are to.
    currency : str
        The currency.
    amounts : tuple[float, ...]
        All amounts of the row.
    digits : int or None
        Digits that their ranges support; None without ranges over draws.
    most : int
        Digits that they have at most for the sake of small differences.
    """

    baseline: float
    currency: str = ""
    amounts: tuple[float, ...] = ()
    digits: int | None = None
    most: int = DIGITS

    def value(self, value: float) -> str:
        """Return an amount with its currency."""
        if math.isnan(value):
            return "none"
        size, word = _scale(value)
        return f"{self._currency}{number(value / size, self._shown_digits)}{word}"

    def with_ends(self, value: float, low: float, high: float, digits: int = 3) -> str:
        """Return an amount with its range.

        Parameters
        ----------
        value : float
            The amount.
        low, high : float
            Ends of the range.
        digits : int, default 3
            Digits that the range supports.

        Returns
        -------
        str
            The text.
        """
        if any(math.isnan(one) for one in (value, low, high)):
            return self.value(value)
        size, word = _scale(value, low, high)
        ends = DASH.join(number(one / size, digits) for one in (low, high))
        return f"{self._currency}{number(value / size, self._shown_digits)}{word} ({ends})"

    def ends(self, low: float, high: float) -> str:
        """Return a range alone, without a currency."""
        size, word = _scale(low, high)
        return f"{DASH.join(number(one / size) for one in (low, high))}{word}"

    def difference(self, value: float) -> str:
        """Return the difference to the baseline with its sign.

        It has no currency; 'same' where there is none.
        """
        text = self._row.difference(value)
        return text if text in ("", SAME) else f"{text[0]}{self._size(text, value, 0.0)}"

    def signed(self, value: float) -> str:
        """Return the signed difference to the baseline with currency.

        The sign comes first; 'same' where there is none.
        """
        text = self.difference(value)
        return text if text in ("", SAME) else f"{text[0]}{self.size_of_difference(value)}"

    def size_of_difference(self, value: float) -> str:
        """Return the difference to the baseline without a sign.

        It has its currency; 0 where there is none.
        """
        text = self.difference(value)
        under = "under " if text[1:].startswith("under ") else ""
        return f"{under}{self._currency}{'0' if text == SAME else text[1:].removeprefix(under)}"

    def difference_with_ends(self, value: float, low: float, high: float, digits: int = 3) -> str:
        """Return the difference with its range.

        Parameters
        ----------
        value : float
            The amount.
        low, high : float
            Ends of the range of the difference.
        digits : int, default 3
            Digits that the range supports.

        Returns
        -------
        str
            The text.
        """
        text = self._row.difference(value)
        if text in ("", SAME) or math.isnan(low) or math.isnan(high):
            return self.difference(value)
        size, _ = _scale(self._row.shown_difference(value), low, high)
        ends = (" to " if low < 0 else DASH).join(number(one / size, digits) for one in (low, high))
        return f"{text[0]}{self._size(text, value, max(abs(low), abs(high)))} ({ends})"

    def shown(self, value: float) -> float:
        """Return the amount that a reader sees."""
        return rounded(value, self._shown_digits)

    @property
    def _shown_digits(self) -> int:
        return self._row.digits or DIGITS

    @property
    def _currency(self) -> str:
        return f"{self.currency}{HARD}" if self.currency else ""

    @cached_property
    def _row(self) -> Row:
        first = self.digits or DIGITS
        return row_of_ranges(self.amounts, self.baseline, "", first, most=self.most, least=LEAST_MONEY)

    def _size(self, text: str, value: float, largest: float) -> str:
        """Return the size of a difference in millions or billions.

        ``text`` is as the row has it, with 'under' where it is.
        """
        under = text[1:].startswith("under ")
        amount = float(text[1:].removeprefix("under ").replace(",", "")) if under else abs(
            self._row.shown_difference(value))
        size, word = _scale(amount, largest)
        return f"{'under ' if under else ''}{number(amount / size)}{word}"


def estimate_banner(share: float, limit: float, derived: float = 0.0) -> str:
    """Return the words that every page with costs carries.

    They stand while more than a stated share rests on assumptions and derived prices, else ''.

    Parameters
    ----------
    share : float
        Share of the cost that rests on prices without a source.
    limit : float
        The stated share.
    derived : float, default 0.0
        Share of the cost that rests on prices derived from published ones.

    Returns
    -------
    str
        The words.
    """
    if math.isnan(share) or share + derived <= limit:
        return ""
    template = spoken.BANNER_DERIVED if derived else spoken.BANNER
    return template.format(estimate=ESTIMATE, share=percent(share), derived=percent(derived), limit=percent(limit))


def break_even_sentence(found: BreakEven, option: str, baseline: str, title: str) -> str:
    """Return a break-even in words.

    Parameters
    ----------
    found : BreakEven
        The break-even.
    option, baseline, title : str
        Titles of option, baseline and parameter, as readers know them.

    Returns
    -------
    str
        The sentence.
    """
    first, second = found.below
    if math.isnan(found.root):
        template = (
            spoken.ALWAYS_CHEAPER if first < second else spoken.ALWAYS_DEARER if first > second else spoken.ALWAYS_ALIKE
        )
        return template.format(option=option, baseline=baseline, input=title, low=number(found.low),
                               high=number(found.high), unit=found.unit)
    template = spoken.UNLESS_OVER if first < second else spoken.UNLESS_UNDER
    return template.format(option=option, baseline=baseline, input=title, root=number(found.root), unit=found.unit)
