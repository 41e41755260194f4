"""The costs of a case: which items count, and at which prices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from mixedmig_model.inputs.costs.book import (
    COST_ITEM,
    WHERE_ECONOMIES_STAND,
    WHERE_RATES_STAND,
    CostBook,
    price_cautions,
    price_faults,
    source_faults,
    unknown_item,
)
from mixedmig_model.inputs.costs.ceilings import ceiling_faults
from mixedmig_model.inputs.costs.counted import clashes, counts_in, elsewhere, twice, unused
from mixedmig_model.inputs.costs.delivered import delivered_faults
from mixedmig_model.inputs.costs.economies import TIER_ECONOMIES, Economy, economy_of
from mixedmig_model.inputs.costs.money import BASE_HAS_NO_RATE
from mixedmig_model.inputs.costs.placed import price_in
from mixedmig_model.inputs.costs.schema import CaseCostsFile, LocalPrice, Price
from mixedmig_model.inputs.entries import is_there
from mixedmig_model.inputs.reading.cautions import Caution
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, listed, nearest
from mixedmig_model.inputs.reading.unread import may_exist
from mixedmig_model.inputs.reading.validation import validate_rest
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys, read_document
from mixedmig_model.inputs.schema import Source
from mixedmig_model.vocabulary.labels import Route

DEFAULT_ECONOMY = "MYS"
"""Whose pay and prices hold where a case names none; reported."""


@dataclass(frozen=True)
class CaseCosts:
    """The cost file of a case, and the items that count in it."""

    file: CaseCostsFile
    items: tuple[str, ...]
    prices: Mapping[tuple[str, str], Price]  # (item, country)
    local: frozenset[tuple[str, str]]  # of these, the case's own
    by_item: Mapping[str, frozenset[str]] = field(default_factory=dict)  # countries in which an item counts

    def has_economy(self, country: str) -> bool:
        """Return whether the case says whose prices hold there."""
        return country in self.file.economies or country in self.file.tiers

    def fiscal_start(self, country: str) -> int:
        """Return the month in which a country's fiscal year starts."""
        return self.file.fiscal_year_start.get(country, 1)


def read_case_costs(
    path: Path, label: str, book: CostBook, countries: Iterable[str], sources: Mapping[str, Source],
    faults: list[Fault], cautions: list[Caution] | None = None, routes: Mapping[str, Route] | None = None,
    run: tuple[date, date] | None = None,
) -> CaseCosts:
    """Read the costs of a case, and check them against the book.

    The file is ``costs.yaml``, if there is one. Faults and cautions are added. ``run`` has the first day of the run and
    the first after it; None where they are not known.
    """
    names = tuple(countries)
    routes = routes or dict.fromkeys(names, "sea")
    document, file = _case_file(path, label, faults)
    if document is not None:
        faults.extend(_case_faults(document, file, book, names, sources))
        faults.extend(ceiling_faults(document, file, book, names, sources, run=run))
        faults.extend(elsewhere(document, file, book.items, routes))
    chosen = tuple(
        name for name, item in book.items.items()
        if name not in file.exclude and counts_in(item, routes) and (not item.optional or name in file.include)
    )
    faults.extend(clashes(book.items, chosen, routes, book.locations, label))
    if document is not None and cautions is not None:
        cautions.extend(unused(document, file, book.items, chosen, routes))
        for index, price in enumerate(file.prices):
            cautions.extend(price_cautions(document, ("prices", index), price))
    local: dict[tuple[str, str], LocalPrice] = {}
    for price in file.prices:
        for country in price.countries or names:
            local[price.item, country] = price
    economies = {country: economy_in(file, book, country) for country in names}
    prices = {
        (name, country): local.get((name, country))
        or price_in(book.items[name], economies[country], book.economies, book.money)
        for name in chosen for country in names
    }
    return CaseCosts(file, chosen, prices, frozenset(key for key in local if key[0] in chosen),
                     {name: counts_in(book.items[name], routes) for name in chosen})


def economy_in(file: CaseCostsFile, book: CostBook, country: str) -> Economy:
    """Return the economy whose pay and prices hold in a country.

    Where the case names none, it is that of Malaysia, in the middle of the book. Pages say so.
    """
    code = file.economies.get(country) or file.tiers.get(country)
    try:
        return economy_of(code, book.economies) if code else default_economy(book)
    except KeyError:  # an unknown code, which is a fault
        return default_economy(book)


def default_economy(book: CostBook) -> Economy:
    """Return the economy of a country whose case names none."""
    return book.economies.get(DEFAULT_ECONOMY, TIER_ECONOMIES["middle_income"])


def with_economy(costs: CaseCosts, book: CostBook, country: str, economy: Economy) -> CaseCosts:
    """Return the costs of a case with prices of another economy.

    They are those of one country, whose own prices stay.
    """
    prices = {
        (item, where): price if where != country or (item, where) in costs.local
        else price_in(book.items[item], economy, book.economies, book.money)
        for (item, where), price in costs.prices.items()
    }
    return replace(costs, prices=prices)


def _case_file(path: Path, label: str, faults: list[Fault]) -> tuple[Document | None, CaseCostsFile]:
    """Return what is sound of a cost file; an empty one if none."""
    empty = CaseCostsFile(schema=1)
    if not is_there(path):
        return None, empty
    try:
        rest = validate_rest(read_document(path, label), CaseCostsFile)
    except InputFaultsError as error:
        faults.extend(error.faults)
        return None, empty
    faults.extend(rest.faults)
    return (rest.document, rest.record) if rest.record else (None, empty)


def _case_faults(
    document: Document, file: CaseCostsFile, book: CostBook, countries: tuple[str, ...], sources: Mapping[str, Source]
) -> list[Fault]:
    """Return unknown items, unknown countries, unusable prices."""
    faults = []

    def known(keys: Keys, kind: str, found: str, names: Iterable[str]) -> None:
        allowed = list(names)
        if found not in allowed and not may_exist(book.unread, kind, found):
            problem = unknown_item(book, found) if kind == COST_ITEM else f"unknown {kind}"
            faults.append(document.fault(keys, problem, found, listed(allowed), nearest(found, allowed)))

    faults += _currency_faults(document, file, book, sources)
    faults += delivered_faults(document, file, book, countries, sources)
    faults += _economy_faults(document, file, book)
    for key in ("economies", "tiers", "fiscal_year_start"):
        for country in getattr(file, key):
            known((key, country), "country", country, countries)
    for key in ("include", "exclude"):
        for index, item in enumerate(getattr(file, key)):
            known((key, index), COST_ITEM, item, book.items)
        faults += twice(document, key, getattr(file, key))
    faults += [
        document.fault(("include", index), "the item is both included and excluded", item, "one of the two")
        for index, item in enumerate(file.include) if item in file.exclude
    ]
    for item in file.payers:
        known(("payers", item), COST_ITEM, item, book.items)
    for item, split in file.sectors.items():
        known(("sectors", item), COST_ITEM, item, book.items)
        faults += source_faults(document, ("sectors", item, "source"), split.source, sources)
    seen: dict[tuple[str, str], int] = {}
    for index, price in enumerate(file.prices):
        keys: Keys = ("prices", index)
        known((*keys, "item"), COST_ITEM, price.item, book.items)
        for position, country in enumerate(price.countries or ()):
            known((*keys, "countries", position), "country", country, countries)
        for country in price.countries or countries:
            first = seen.setdefault((price.item, country), index)
            if first != index:
                text = f"the item already has a price in {country}, at prices.{first}"
                faults.append(document.fault(keys, text, price.item, "one price for an item and country"))
        faults += price_faults(document, keys, price, sources, book.money)
    return faults


def _economy_faults(document: Document, file: CaseCostsFile, book: CostBook) -> list[Fault]:
    """Return unknown economies, and countries with a tier as well."""
    faults = [
        document.fault(("economies", country), "unknown country of prices", code,
                       f"{listed(book.economies)}; {WHERE_ECONOMIES_STAND}", nearest(code, book.economies))
        for country, code in file.economies.items() if code not in book.economies
    ]
    return faults + [
        document.fault(("tiers", country), "the country has an economy, and an income tier as in older files",
                       file.tiers[country], "one of the two")
        for country in file.tiers if country in file.economies
    ]


def _currency_faults(
    document: Document, file: CaseCostsFile, book: CostBook, sources: Mapping[str, Source]
) -> list[Fault]:
    """Return faults of the second currency and of a case's rates."""
    faults, base = [], book.money.base_currency
    known = sorted({base, *book.money.exchange_rates, *file.exchange_rates})
    if file.currency is not None and file.currency not in known:
        faults.append(document.fault(
            ("currency",), f"no exchange rate for {file.currency}", file.currency,
            f"{listed(known)}; {WHERE_RATES_STAND}, or in exchange_rates of this file", nearest(file.currency, known)))
    for code, rate in file.exchange_rates.items():
        keys: Keys = ("exchange_rates", code)
        if code == base:
            faults.append(document.fault(keys, BASE_HAS_NO_RATE, code, "the other currencies"))
        if sources and rate.source not in sources:
            faults.append(document.fault((*keys, "source"), "unknown source", rate.source, listed(sources),
                                         nearest(rate.source, sources)))
    return faults
