"""What payers may spend at most in a fiscal year.

A ceiling is stated in a currency, as money of its fiscal year or at prices of the base year. It is moved to prices of
the base year with the inflation of its own currency, and converted second, as prices are (``docs/costs.md``).
"""

from collections.abc import Mapping, Sequence
from datetime import date

from mixedmig_model.inputs.costs.book import WHERE_RATES_STAND, CostBook
from mixedmig_model.inputs.costs.schema import CaseCostsFile, CaseRate, Ceiling, MoneyFile
from mixedmig_model.inputs.reading.faults import Fault, listed, nearest
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys
from mixedmig_model.inputs.schema import Source
from mixedmig_model.vocabulary.calendar import fiscal_year, run_calendar

LARGEST = 9e13
"""The largest ceiling, in base currency.

Its cents are whole numbers.
"""
ONE_CEILING = "one ceiling for a payer, fiscal year and country"
ALL_OR_EACH = "one ceiling for all countries together, or one for each country"


def exchange_of(ceiling: Ceiling, money: MoneyFile, own: Mapping[str, CaseRate]) -> float:
    """Return base currency for one unit of a ceiling's currency.

    A rate of the case's own wins over the published one. Raises ValueError in words where there is none.
    """
    code = ceiling.currency or money.base_currency
    if code == money.base_currency:
        return 1.0
    if code in own:
        return 1.0 / own[code].for_one
    if code not in money.exchange_rates:
        known = listed({money.base_currency, *money.exchange_rates, *own})
        raise ValueError(f"no exchange rate for {code}; there are: {known}")
    return money.exchange_rates[code].value


def deflator_of(ceiling: Ceiling, money: MoneyFile) -> tuple[int, int]:
    """Return which deflator moves a ceiling to the base year.

    Raises ValueError in words where there is none for a year that has passed.

    Parameters
    ----------
    ceiling : Ceiling
        The ceiling.
    money : MoneyFile
        The rules of money, with published rates.

    Returns
    -------
    tuple[int, int]
        The year whose deflator is taken, and how many years of expected inflation follow it. The base year has none:
        its factor is 1.
    """
    year, base = ceiling.fiscal_year, money.base_year
    if ceiling.prices == "base_year":
        return base, 0
    code = ceiling.currency or money.base_currency
    known = {base, *(int(one) for one in money.deflators.get(code, {}))}
    if year in known:
        return year, 0
    if year < max(known):
        text = listed(str(one) for one in known - {base}) or "none"
        raise ValueError(f"no deflator for {code} of {year}; there are: {text}, and {base} itself")
    return max(known), year - max(known)


def to_base_year(ceiling: Ceiling, money: MoneyFile) -> float:
    """Return the factor from a ceiling's prices to the base year.

    Both are prices in its own currency.
    """
    taken, later = deflator_of(ceiling, money)
    code = ceiling.currency or money.base_currency
    factor = 1.0 if taken == money.base_year else money.deflators[code][str(taken)].value
    return factor / (1.0 + money.inflation.value) ** later if later else factor


def in_base(ceiling: Ceiling, money: MoneyFile, own: Mapping[str, CaseRate]) -> float:
    """Return a ceiling in base currency.

    It is at prices of the base year. ``own`` are exchange rates of the case's own, by currency.
    """
    exchange = exchange_of(ceiling, money, own)
    return ceiling.amount * (to_base_year(ceiling, money) * exchange)


def ceiling_faults(
    document: Document, file: CaseCostsFile, book: CostBook, countries: Sequence[str], sources: Mapping[str, Source],
    run: tuple[date, date] | None = None,
) -> list[Fault]:
    """Return faults of the ceilings of a case.

    These are unknown countries and sources, years outside the run, amounts that nothing converts, and two ceilings for
    the same money. ``run`` has the first day of the run and the first after it.
    """
    faults = []
    for index, one in enumerate(file.ceilings):
        keys: Keys = ("ceilings", index)
        if one.country is not None and one.country not in countries:
            faults.append(document.fault((*keys, "country"), "unknown country", one.country, listed(countries),
                                         nearest(one.country, countries)))
        if sources and one.source not in sources:
            faults.append(document.fault((*keys, "source"), "unknown source", one.source, listed(sources),
                                         nearest(one.source, sources)))
        if run:
            faults += _year_faults(document, keys, one, _fiscal_years(run, one, file, countries))
        faults += _money_faults(document, keys, one, file, book.money)
    return [*faults, *_double_faults(document, file.ceilings)]


def _fiscal_years(
    run: tuple[date, date], ceiling: Ceiling, file: CaseCostsFile, countries: Sequence[str]
) -> set[int]:
    """Return the fiscal years of a run where a ceiling holds.

    It holds in a country, or in all.
    """
    months = run_calendar(run[0], max((run[1] - run[0]).days, 1)).months
    where = [one for one in countries if ceiling.country in (None, one)] or list(countries)
    return {fiscal_year(month, file.fiscal_year_start.get(one, 1)) for month in months for one in where}


def _year_faults(document: Document, keys: Keys, ceiling: Ceiling, years: set[int]) -> list[Fault]:
    """Return the fault of a fiscal year that the run does not have."""
    if not years or ceiling.fiscal_year in years:
        return []
    first, last = min(years), max(years)
    allowed = f"{first} to {last}" if first < last else str(first)
    return [document.fault((*keys, "fiscal_year"), "the run has no day in this fiscal year", ceiling.fiscal_year,
                           allowed)]


def _money_faults(
    document: Document, keys: Keys, ceiling: Ceiling, file: CaseCostsFile, money: MoneyFile
) -> list[Fault]:
    """Return faults of an amount that nothing converts.

    It also returns that of an amount too large to be counted to the cent.
    """
    try:
        amount = in_base(ceiling, money, file.exchange_rates)
    except ValueError as error:
        problem, allowed = str(error).split("; there are: ")
        no_rate = problem.startswith("no exchange rate")
        key, found = ("currency", ceiling.currency) if no_rate else ("fiscal_year", ceiling.fiscal_year)
        more = f"{WHERE_RATES_STAND}, or in exchange_rates of this file" if no_rate else (
            f"{WHERE_RATES_STAND}; or give the amount at prices of {money.base_year} (prices: base_year)")
        near = nearest(found, {money.base_currency, *money.exchange_rates, *file.exchange_rates}) if no_rate else ""
        return [document.fault((*keys, key), problem, found, f"{allowed}; {more}", near)]
    if amount <= LARGEST:
        return []
    allowed = f"at most {LARGEST:g} {money.base_currency} of {money.base_year}"
    return [document.fault((*keys, "amount"), "the ceiling is too large", ceiling.amount, allowed)]


def _double_faults(document: Document, ceilings: Sequence[Ceiling]) -> list[Fault]:
    """Return faults of two ceilings for the same money.

    They are for the same country; or one is for all countries, and the other for one of them.
    """
    faults = []
    seen: dict[tuple[str, int], dict[str | None, int]] = {}
    for index, one in enumerate(ceilings):
        before = seen.setdefault((one.payer, one.fiscal_year), {})
        keys: Keys = ("ceilings", index)
        if one.country in before:
            text = f"the payer already has this ceiling, at ceilings.{before[one.country]}"
            faults.append(document.fault((*keys, "payer"), text, one.payer, ONE_CEILING))
        elif before and one.country is None:
            text = f"the payer already has a ceiling in one country for that year, at ceilings.{min(before.values())}"
            faults.append(document.fault((*keys, "payer"), text, one.payer, ALL_OR_EACH))
        elif None in before:
            text = f"the payer already has a ceiling for all countries in that year, at ceilings.{before[None]}"
            faults.append(document.fault((*keys, "payer"), text, one.payer, ALL_OR_EACH))
        before.setdefault(one.country, index)
    return faults
