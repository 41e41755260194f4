"""Rules of money: units, hard bounds, and fit.

Source: ``docs/costs.md``. Within the bounds every total exists and has its sign: a line of cost is never negative, and
low <= total <= high. They are wide; what is plausible stands in each rule's own range.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from mixedmig_model.inputs.costs.schema import FIRST_YEAR, LAST_YEAR, MoneyFile, Rate
from mixedmig_model.inputs.reading.faults import Fault, listed
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys

BASE_HAS_NO_RATE = "the base currency has no exchange rate: one unit of it is one unit"
MOST_PRICE = 1e9
"""The highest price of one unit, in base currency.

It is at prices of the base year. Sums of cents then fit their 64 bits.
"""


class Rule(NamedTuple):
    """Unit and hard bounds of a rule of money.

    The arithmetic allows nothing below the least and above the largest number.
    """

    unit: str
    low: float
    high: float
    above: bool = False  # whether the least number itself is refused


SHARE = Rule("share", 0.0, 1.0)
FACTOR = Rule("1", 0.0, 1e9, above=True)
RULES = {
    "deflators": FACTOR,
    "exchange_rates": FACTOR,
    "inflation": Rule("1/year", -0.5, 10.0),
    "discount_rate": Rule("1/year", 0.0, 1.0),
    "contingency": SHARE,
    "support_cost": SHARE,
    "exchange_rate_spread": Rule("share", 0.0, 0.99),
    "work_gain": Rule("person*year", 0.0, MOST_PRICE),
    "assumed_share_limit": SHARE,
    "pay_exponent": Rule("1", 0.0, 2.0),
    "pay_spread": Rule("share", 0.0, 10.0),
    "funding_coverage": SHARE,
    "disbursement_delay": Rule("month", 0.0, 480.0),
    "small_cell": Rule("person", 0.0, 1e6),
}
"""All rules of ``money.yaml``, each with its unit.

The code reads each in this unit, and converts none.
"""


def money_factor(money: MoneyFile, currency: str, year: int) -> float:
    """Return the price of one unit of currency in base currency.

    The unit is ``currency`` at prices of ``year``; the result is of the base year. Raises ValueError in words.
    """
    rate = 1.0
    if currency != money.base_currency:
        if currency not in money.exchange_rates:
            known = listed([money.base_currency, *money.exchange_rates])
            raise ValueError(f"no exchange rate for {currency}; there are: {known}")
        rate = money.exchange_rates[currency].value
    if year == money.base_year:
        return rate
    known_years = money.deflators.get(currency, {})
    if str(year) not in known_years:
        text = listed(known_years) or "none"
        raise ValueError(f"no deflator for {currency} of {year}; there are: {text}, and {money.base_year} itself")
    return known_years[str(year)].value * rate


def rates_of(money: MoneyFile) -> Iterator[tuple[Keys, Rate]]:
    """Yield every rate of the rules with its path.

    Rates are in the order of the schema.
    """

    def below(keys: Keys, value: Any) -> Iterator[tuple[Keys, Rate]]:
        if isinstance(value, Rate):
            yield keys, value
        elif isinstance(value, dict):
            for key, entry in value.items():
                yield from below((*keys, key), entry)

    for name in type(money).model_fields:
        yield from below((name,), getattr(money, name))


def money_faults(document: Document, money: MoneyFile, known: Sequence[str]) -> list[Fault]:
    """Return faults of the rules of money beyond their schema.

    These concern units, bounds, distributions, and tables that contradict the base. ``known`` are the currencies with
    an exchange rate, stated or in the table.
    """
    faults = []
    for keys, rate in rates_of(money):
        faults += _rate_faults(document, keys, rate, RULES[str(keys[0])])
    faults += [*_base_faults(document, money), *_year_faults(document, money, known)]
    return [*faults, *_payer_faults(document, money)]


def _rate_faults(document: Document, keys: Keys, rate: Rate, rule: Rule) -> list[Fault]:
    """Return faults of a rate in another unit or out of bounds.

    Its value or an end of its range is out of bounds.
    """
    if rate.unit != rule.unit:
        return [document.fault((*keys, "unit"), "the rule is in another unit", rate.unit, rule.unit, rule.unit)]
    allowed = f"{'above ' if rule.above else ''}{rule.low:g} to {rule.high:g} {rule.unit}"
    ends: list[tuple[Keys, float]] = [(("range", index), end) for index, end in enumerate(rate.range)]
    faults = [
        document.fault((*keys, *path), "outside what a rule of money may be", number, allowed)
        for path, number in [(("value",), rate.value), *ends]
        if not rule.low <= number <= rule.high or (rule.above and number == rule.low)
    ]
    return faults or _distribution_faults(document, keys, rate)


def _distribution_faults(document: Document, keys: Keys, rate: Rate) -> list[Fault]:
    """Return the fault of a range that a rate cannot have.

    The distribution of the rate does not allow it.
    """
    low, high = rate.range
    another = "another distribution"
    if rate.distribution == "lognormal" and low <= 0.0 < high:
        text = "the range of a lognormal number starts at or below zero"
        return [document.fault((*keys, "range", 0), text, low, f"above 0, or {another}")]
    if rate.distribution == "beta" and not 0.0 <= low <= high <= 1.0:
        text = "the range of a beta number leaves 0 to 1"
        return [document.fault((*keys, "range"), text, list(rate.range), f"0 to 1, or {another}")]
    return []


def _base_faults(document: Document, money: MoneyFile) -> list[Fault]:
    """Return faults of rates of the base currency or base year.

    The exchange rate and the deflator of the base are 1, and neither is read.
    """
    faults = []
    base, year = money.base_currency, str(money.base_year)
    if base in money.exchange_rates:
        keys: Keys = ("exchange_rates", base)
        faults.append(document.fault(keys, BASE_HAS_NO_RATE,
                                     money.exchange_rates[base].value, "the other currencies"))
    for currency, years in money.deflators.items():
        if year in years:
            keys = ("deflators", currency, year)
            faults.append(document.fault(keys, "the base year has no deflator: its prices are prices of the base year",
                                         years[year].value, "the other years"))
    return faults


def _year_faults(document: Document, money: MoneyFile, known: Sequence[str]) -> list[Fault]:
    """Return faults of the years and currencies of deflators.

    No price can have the year, or nothing can convert the currency.
    """
    faults = []
    for currency, years in money.deflators.items():
        if currency not in known:
            text = "no exchange rate for the currency of these deflators"
            faults.append(document.fault(("deflators", currency), text, currency, listed(known)))
        for year in years:
            if not re.fullmatch("[0-9]{4}", year) or not FIRST_YEAR <= int(year) <= LAST_YEAR:
                faults.append(document.fault(("deflators", currency, year), "not a year of prices", year,
                                             f"a year from {FIRST_YEAR} to {LAST_YEAR}"))
    return faults


def _payer_faults(document: Document, money: MoneyFile) -> list[Fault]:
    """Return faults of payers named twice."""
    seen: set[str] = set()
    faults = []
    for index, payer in enumerate(money.supported_payers):
        if payer in seen:
            faults.append(document.fault(("supported_payers", index), "duplicate payer", payer, "once"))
        seen.add(payer)
    return faults
