"""Published exchange rates and deflators.

They stand in ``parameters/costs/rates.csv``. A row has a currency and a year: units for one US dollar, averaged over
the year, and two indexes of prices. What ``money.yaml`` states wins. Prices move to the base year within their own
currency first, so that only exchange rates of the base year convert a price (``docs/costs.md``).
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from mixedmig_model.inputs.costs.schema import FIRST_YEAR, LAST_YEAR, MoneyFile, Rate
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.inputs.reading.fields import CURRENCY_PATTERN
from mixedmig_model.inputs.reading.tables import TableRow, table_number, table_rows
from mixedmig_model.inputs.schema import Source

RATES = "rates.csv"
COLUMNS = ("currency", "year", "per_usd", "consumer_prices", "gdp_deflator", "source")
US_DOLLAR = "USD"
LARGEST = 1e9
NUMBER = f"a number above 0, at most {LARGEST:g}, or an empty cell"
BY_CONSUMER_PRICES = "Consumer prices; the range reaches to the GDP deflator."
BY_GDP_DEFLATOR = "GDP deflator: the table has no consumer prices for these years."
AVERAGE = "Average of {year}."


class RateRow(NamedTuple):
    """What the table has of one currency and year.

    An empty cell is None.
    """

    per_usd: float | None
    consumer_prices: float | None
    gdp_deflator: float | None
    source: str


RateTable = Mapping[tuple[str, int], RateRow]


def read_rates(path: Path, file: str, sources: Mapping[str, Source], faults: list[Fault]) -> RateTable | None:
    """Read the table of rates; it is empty where there is none.

    Parameters
    ----------
    path : Path
        The table.
    file : str
        Its name in messages.
    sources : Mapping[str, Source]
        The sources that a row may name.
    faults : list[Fault]
        Faults so far; new ones are added.

    Returns
    -------
    RateTable or None
        The rows by currency and year; None where the file is no such table.
    """
    if not path.exists():
        return {}
    try:
        rows = table_rows(path, file, COLUMNS, faults)
    except InputFaultsError as error:
        faults.extend(error.faults)
        return None
    found: dict[tuple[str, int], RateRow] = {}
    lines: dict[tuple[str, int], int] = {}
    for row in rows:
        key = _key(row)
        numbers = [_number(row, column) for column in COLUMNS[2:5]]
        source = row.source(sources)
        if key is None:
            continue
        if key in lines:
            row.whole(f"the currency and year are already on line {lines[key]}", "one row for a currency and year")
        lines.setdefault(key, row.line)
        found[key] = RateRow(numbers[0], numbers[1], numbers[2], source)
    return found


def _key(row: TableRow) -> tuple[str, int] | None:
    """Return currency and year of a row, or None after a fault."""
    currency, year = row.cells["currency"].strip(), row.cells["year"].strip()
    sound = True
    if not re.fullmatch(CURRENCY_PATTERN, currency):
        row.fault("currency", "not the code of a currency", "three capital letters, as EUR")
        sound = False
    if not re.fullmatch("[0-9]{4}", year) or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        row.fault("year", "not a year of prices", f"a year from {FIRST_YEAR} to {LAST_YEAR}")
        sound = False
    return (currency, int(year)) if sound else None


def _number(row: TableRow, column: str) -> float | None:
    """Return the number of a cell, or None for an empty one."""
    if not row.cells[column].strip():
        return None
    number: float | None = row.cell(column, table_number, "not a number", NUMBER)
    if number is not None and not 0.0 < number <= LARGEST:
        row.fault(column, "not a rate or an index", NUMBER)
        return None
    return number


def with_table(stated: MoneyFile, table: RateTable) -> MoneyFile:
    """Return the rules of money with the rates of a table added.

    What the rules state themselves stays. A rate that the table cannot give for the base year is not added.
    """
    base, year = stated.base_currency, stated.base_year
    currencies = sorted({currency for currency, _ in table} | {US_DOLLAR})
    exchange = dict(stated.exchange_rates)
    for currency in currencies:
        rate = _exchange(table, base, currency, year)
        if currency != base and rate is not None:
            exchange.setdefault(currency, rate)
    deflators = {currency: dict(years) for currency, years in stated.deflators.items()}
    for (currency, when), row in table.items():
        to = table.get((currency, year))
        rate = _deflator(row, to) if to is not None and when != year else None
        if rate is not None and (currency == base or currency in exchange):
            deflators.setdefault(currency, {}).setdefault(str(when), rate)
    return stated.model_copy(update={"exchange_rates": exchange, "deflators": deflators})


def _exchange(table: RateTable, base: str, currency: str, year: int) -> Rate | None:
    """Return base currency for one unit of a currency, in a year."""
    ours, theirs = table.get((base, year)), table.get((currency, year))
    if ours is None or theirs is None or not ours.per_usd or not theirs.per_usd:
        return None
    value = ours.per_usd / theirs.per_usd
    return _rate(value, value, theirs.source if currency != US_DOLLAR else ours.source, AVERAGE.format(year=year))


def _deflator(row: RateRow, to: RateRow) -> Rate | None:
    """Return the factor from prices of a row to those of another.

    Consumer prices come first; the range reaches to the factor of the GDP deflator.
    """
    factors = [after / before for before, after in (
        (row.consumer_prices, to.consumer_prices), (row.gdp_deflator, to.gdp_deflator)) if before and after]
    if not factors:
        return None
    by_prices = bool(row.consumer_prices and to.consumer_prices)
    return _rate(factors[0], factors[-1], row.source, BY_CONSUMER_PRICES if by_prices else BY_GDP_DEFLATOR)


def _rate(value: float, other: float, source: str, note: str) -> Rate:
    """Return a published rate, with a range to another value."""
    return Rate(value=value, range=(min(value, other), max(value, other)), unit="1", source=source,
                quality="published", note=note)
