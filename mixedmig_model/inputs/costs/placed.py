"""Prices moved from country to country.

An item has prices of the countries for which one is known. In another country, its price lies between those of the next
poorer and the next richer country, in proportion of the logarithms. Beyond them, only pay moves. It moves with GDP for
each of a country's people, to a power of 0.63 (Serje and others 2018, table 4).
"""

import math
from typing import NamedTuple

from mixedmig_model.inputs.costs.economies import Economies, Economy, economy_of
from mixedmig_model.inputs.costs.money import money_factor
from mixedmig_model.inputs.costs.schema import TIERS, WORLD, CostItem, MoneyFile, Price
from mixedmig_model.inputs.costs.shares import ShareNumber

PAY_EXPONENT, PAY_SPREAD = 0.63, 0.4
"""What holds where ``money.yaml`` states neither."""
DIGITS = 3
"""Significant digits of a price that is derived."""
DERIVED, ASSUMED = "derived", "assumption"
MOVED = "{origin}: {amount}, {quality}; times {factor} for pay in {country}."
BETWEEN = "Between {poorer} ({low}, {low_quality}) and {richer} ({high}, {high_quality}), by GDP for each person."
MOST_NOTE = 1000


class Anchor(NamedTuple):
    """A price of an item, with its country."""

    economy: Economy
    price: Price


class DerivedPrice(Price):
    """A price that comes from prices of other countries.

    It is in base currency. ``foreign`` is the share (0 to 1) by which it moves with exchange rates.
    """

    foreign: ShareNumber


def foreign_share(price: Price, base: str) -> float:
    """Return the share of a price that moves with exchange rates.

    ``base`` is the base currency. A price between two is a product of powers, so that its share is to first order.
    """
    return price.foreign if isinstance(price, DerivedPrice) else float(price.currency != base)


def pay_factor(money: MoneyFile, here: Economy, there: Economy) -> float:
    """Return pay in one country over pay in another.

    Source: Serje and others 2018, table 4 (``docs/costs.md``).
    """
    power = money.pay_exponent.value if money.pay_exponent else PAY_EXPONENT
    return float((here.gdp_per_head / there.gdp_per_head) ** power)


def price_in(item: CostItem, economy: Economy, table: Economies, money: MoneyFile) -> Price:
    """Return the price of an item in a country.

    Source: ``docs/costs.md``, "From country to country".

    Parameters
    ----------
    item : CostItem
        The item. Its prices were checked: each stands in a country of the table, in a tier, or in the world.
    economy : Economy
        The country.
    table : Economies
        All countries.
    money : MoneyFile
        Rates, and the rule of pay.

    Returns
    -------
    Price
        The item's own price of that country. Otherwise one derived from those of others: in base currency of the base
        year, with three significant digits. It is an assumption if one that it rests on is.
    """
    own = item.prices.get(WORLD) or item.prices.get(economy.code)
    if own is not None:
        return own
    placed = [Anchor(economy_of(code, table), price) for code, price in item.prices.items()
              if (code in table or code in TIERS) and _converts(money, price)]
    known = sorted(placed, key=lambda one: one.economy.gdp_per_head)
    if not known:  # all are of unknown countries or currencies, which are faults
        return next(iter(item.prices.values()))
    poorer = [one for one in known if one.economy.gdp_per_head <= economy.gdp_per_head]
    richer = [one for one in known if one.economy.gdp_per_head > economy.gdp_per_head]
    if poorer and richer and _have_logarithms(poorer[-1], richer[0]):
        return _between(economy, poorer[-1], richer[0], money)
    return _moved(item, economy, poorer[-1] if poorer else richer[0], money)


def _have_logarithms(low: Anchor, high: Anchor) -> bool:
    """Return whether two prices have logarithms."""
    return low.price.value > 0.0 and high.price.value > 0.0


def _converts(money: MoneyFile, price: Price) -> bool:
    """Return whether a price can be moved to the base; else it is a fault."""
    try:
        money_factor(money, price.currency, price.price_year)
    except ValueError:
        return False
    return True


def _moved(item: CostItem, economy: Economy, anchor: Anchor, money: MoneyFile) -> Price:
    """Return a price moved by the rule of pay."""
    share = 1.0 if item.pay_share is None else item.pay_share
    if anchor.economy.code in TIERS:
        share = 0.0  # beyond the tiers of older files, the last tier holds
    ratio = pay_factor(money, economy, anchor.economy)
    spread = 1.0 + (money.pay_spread.value if money.pay_spread else PAY_SPREAD)
    factors = [1.0 - share + share * ratio * one for one in (1.0 / spread, 1.0, spread)]
    amounts = [one * factor for one, factor in zip(_in_base(money, anchor.price), factors, strict=True)]
    note = MOVED.format(origin=anchor.economy.title, amount=_amount(anchor.price), quality=anchor.price.quality,
                        factor=f"{factors[1]:.2f}", country=economy.title)
    foreign = foreign_share(anchor.price, money.base_currency)
    return _derived(anchor.price, amounts, (anchor.price.quality, note, foreign), money)


def _between(economy: Economy, low: Anchor, high: Anchor, money: MoneyFile) -> Price:
    """Return a price between those of a poorer and a richer country."""
    span = math.log(high.economy.gdp_per_head / low.economy.gdp_per_head)
    way = math.log(economy.gdp_per_head / low.economy.gdp_per_head) / span
    pairs = list(zip(_in_base(money, low.price), _in_base(money, high.price), strict=True))
    value = pairs[1][0] ** (1.0 - way) * pairs[1][1] ** way
    ends = [a ** (1.0 - way) * b**way if a > 0.0 and b > 0.0 else min(a, b) for a, b in (pairs[0], pairs[2])]
    note = BETWEEN.format(poorer=low.economy.title, low=_amount(low.price), low_quality=low.price.quality,
                          richer=high.economy.title, high=_amount(high.price), high_quality=high.price.quality)
    quality = ASSUMED if ASSUMED in (low.price.quality, high.price.quality) else DERIVED
    base = money.base_currency
    foreign = (1.0 - way) * foreign_share(low.price, base) + way * foreign_share(high.price, base)
    return _derived((low if way < 0.5 else high).price, [ends[0], value, ends[1]], (quality, note, foreign), money)


def _derived(origin: Price, amounts: list[float], rests_on: tuple[str, str, float], money: MoneyFile) -> Price:
    """Return a derived price, in base currency of the base year.

    ``rests_on`` has quality, note, and the share that moves with exchange rates.
    """
    quality, note, foreign = rests_on
    low, value, high = (_digits(one) for one in amounts)
    words = f"{note} {origin.note}".strip()[:MOST_NOTE]
    reaches_zero = low <= 0.0 < value and origin.distribution == "lognormal"  # which a lognormal cannot
    return DerivedPrice(
        value=value, foreign=foreign, range=(min(low, value), max(high, value)),
        distribution="pert" if reaches_zero else origin.distribution,
        currency=money.base_currency, price_year=money.base_year, source=origin.source,
        quality="assumption" if quality == ASSUMED else "derived", row=origin.row, note=words)


def _in_base(money: MoneyFile, price: Price) -> tuple[float, float, float]:
    """Return low end, value and high end in base currency."""
    factor = money_factor(money, price.currency, price.price_year)
    return price.range[0] * factor, price.value * factor, price.range[1] * factor


def _amount(price: Price) -> str:
    """Return a price as a note names it."""
    return f"{price.currency} {price.value:,.6g} of {price.price_year}"


def _digits(value: float) -> float:
    """Return a number with three significant digits."""
    return float(f"{value:.{DIGITS - 1}e}")
