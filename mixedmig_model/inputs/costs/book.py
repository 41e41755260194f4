"""The cost book of a workspace, and the costs of a case.

They are read, checked, and priced in one currency of one year. Prices are moved to the base year first, with the
inflation of their own currency. They are converted second, at the rate of the base year (``docs/costs.md``). What a
price already includes may not be counted again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from mixedmig_model.inputs.costs.counted import elsewhere, twice, unused
from mixedmig_model.inputs.costs.drivers import DRIVERS
from mixedmig_model.inputs.costs.money import MOST_PRICE, money_faults, rates_of
from mixedmig_model.inputs.costs.schema import (
    CaseCostsFile,
    CostFile,
    CostItem,
    LocalPrice,
    MoneyFile,
    OwnCost,
    Price,
    Tier,
)
from mixedmig_model.inputs.entries import is_there, yaml_files
from mixedmig_model.inputs.parameters.values import two_ways_at
from mixedmig_model.inputs.reading.cautions import Caution
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, Location, listed, nearest
from mixedmig_model.inputs.reading.repeats import Titles
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.inputs.reading.unread import ALL, Unread, may_exist
from mixedmig_model.inputs.reading.validation import validate, validate_rest
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys, read_document
from mixedmig_model.inputs.schema import Source
from mixedmig_model.vocabulary.labels import Route
from mixedmig_model.vocabulary.titles import ADDED_TITLES

DEFAULT_TIER: Tier = "middle_income"
"""Income tier of a country whose case names none; reported."""
BY_TIME = ("step", "fixed")
"""Behaviours paid for time, whatever their driver counts."""
MONEY = "money.yaml"
COST_ITEM = "cost item"
WHERE_RATES_STAND = "a rate is added in parameters/costs/money.yaml"


@dataclass(frozen=True)
class CostBook:
    """The cost items of a workspace, and the rules of money."""

    items: Mapping[str, CostItem]
    money: MoneyFile
    locations: Mapping[str, Location] = field(default_factory=dict)
    unread: Unread = frozenset()


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


def charged_unit(item: CostItem) -> str:
    """Return the unit in which an item's driver gives a bill.

    It is the driver's own, times days where a level is charged by time.
    """
    driver = DRIVERS[item.driver]
    if item.behaviour in BY_TIME:
        return "day"
    if item.behaviour == "variable" and driver.kind == "level":
        return "day" if driver.unit == "share" else f"{driver.unit} * day"
    return "1" if item.behaviour == "one_off" else driver.unit


def unit_factor(item: CostItem) -> float:
    """Return the units of ``per`` in one unit of the driver.

    Raises ValueError where they measure different things.
    """
    return 1.0 / conversion_factor(item.per, charged_unit(item)) if item.behaviour != "one_off" else 1.0


def read_costs(
    root: Path, label: str, sources: Mapping[str, Source], faults: list[Fault], cautions: list[Caution] | None = None
) -> CostBook | None:
    """Read the cost book in a folder of the workspace.

    ``root``: Folder of the workspace. ``label``: The folder within ``root``, as messages name it. ``cautions``:
    Cautions so far. New ones are added. Returns the cost book, or None where there is none.
    """
    folder = root / label
    if not folder.is_dir():
        return None
    money = _money(folder, label, sources, faults)
    items: dict[str, CostItem] = {}
    locations: dict[str, Location] = {}
    unread: set[tuple[str, str]] = set()
    titles = Titles(COST_ITEM, ADDED_TITLES)
    for path in yaml_files(root, folder, faults):
        if path.name == MONEY:
            continue
        try:
            rest = validate_rest(read_document(path, f"{label}/{path.name}"), CostFile)
        except InputFaultsError as error:
            faults.extend(error.faults)
            unread.add((COST_ITEM, ALL))
            continue
        faults.extend(rest.faults)
        unread |= {(COST_ITEM, name) for name in rest.names("items")}
        document, read = rest.document, rest.record
        if read is None:
            unread.add((COST_ITEM, ALL))
            continue
        for name, item in read.items.items():
            keys: Keys = ("items", name)
            if name in locations:
                first = f"first in {locations[name].file}:{locations[name].line}"
                faults.append(document.fault(keys, "duplicate cost item", first, "one file"))
            faults.extend([*added_faults(document, keys), *item_faults(document, keys, item, sources, money)])
            faults.extend(titles.faults(document, keys, item.title))
            if cautions is not None:
                for tier, price in item.prices.items():
                    cautions.extend(price_cautions(document, (*keys, "prices", tier), price))
            items[name], locations[name] = item, document.location(keys)
    return CostBook(items, money, locations, frozenset(unread)) if money else None


def _money(folder: Path, label: str, sources: Mapping[str, Source], faults: list[Fault]) -> MoneyFile | None:
    """Return the rules of money, with their sources checked."""
    try:
        document = read_document(folder / MONEY, f"{label}/{MONEY}")
        money = validate(document, MoneyFile)
    except InputFaultsError as error:
        faults.extend(error.faults)
        return None
    for keys, rate in rates_of(money):
        faults.extend(_source_faults(document, keys, rate.source, sources))
    faults.extend(money_faults(document, money))
    return money


def _source_faults(document: Document, keys: Keys, source: str, sources: Mapping[str, Source]) -> list[Fault]:
    """Return the fault of an unknown source, if sources are read."""
    if not sources or source in sources:
        return []
    return [document.fault((*keys, "source"), "unknown source", source, listed(sources), nearest(source, sources))]


def price_cautions(document: Document, keys: Keys, price: Price) -> list[Caution]:
    """Return cautions of a price that can be read in two ways."""
    places: list[tuple[Keys, str]] = [((*keys, *path), price.currency) for path in (("value",), ("range", 1))]
    return two_ways_at(document, places)


def price_faults(
    document: Document, keys: Keys, price: Price, sources: Mapping[str, Source], money: MoneyFile | None
) -> list[Fault]:
    """Return faults of the source, currency and year of a price."""
    faults = _source_faults(document, keys, price.source, sources)
    if money is not None:
        try:
            money_factor(money, price.currency, price.price_year)
        except ValueError as error:
            key = "currency" if str(error).startswith("no exchange rate") else "price_year"
            problem, allowed = str(error).split("; there are: ")
            faults.append(document.fault((*keys, key), problem, getattr(price, key), f"{allowed}; {WHERE_RATES_STAND}"))
        else:
            faults += _size_faults(document, keys, price, money)
    return faults


def _size_faults(document: Document, keys: Keys, price: Price, money: MoneyFile) -> list[Fault]:
    """Return faults of a price too large for totals in cents."""
    factor = money_factor(money, price.currency, price.price_year)
    allowed = f"at most {MOST_PRICE:g} {money.base_currency} of {money.base_year} for one unit"
    found: list[tuple[Keys, float]] = [(("value",), price.value), (("range", 1), price.range[1])]
    return [
        document.fault((*keys, *path), "the price is too large", number, allowed)
        for path, number in found if not number * factor <= MOST_PRICE
    ]


def added_faults(document: Document, keys: Keys) -> list[Fault]:
    """Return the fault of a cost named as a line of every plan."""
    name = str(keys[-1])
    if name not in ADDED_TITLES:
        return []
    return [document.fault(keys, "the name is used by a line of every plan", name, "another name")]


def item_faults(
    document: Document, keys: Keys, item: CostItem, sources: Mapping[str, Source], money: MoneyFile | None
) -> list[Fault]:
    """Return faults of a cost item beyond its schema."""
    faults = []
    for key in ("driver", "places"):
        name = getattr(item, key)
        if name is not None and name not in DRIVERS:
            faults.append(document.fault((*keys, key), "unknown quantity", name, listed(DRIVERS),
                                         nearest(name, DRIVERS)))
    if item.driver in DRIVERS:
        faults += _fit_faults(document, keys, item)
    if item.places in DRIVERS and DRIVERS[item.places].unit != "place":
        faults.append(document.fault((*keys, "places"), "not a number of places", item.places,
                                     listed(name for name, driver in DRIVERS.items() if driver.unit == "place")))
    if item.use_source is not None:
        faults += [fault for fault in _source_faults(document, keys, item.use_source, sources)]
    for tier, price in item.prices.items():
        faults += price_faults(document, (*keys, "prices", tier), price, sources, money)
    if item.component in item.covers:
        faults.append(document.fault((*keys, "covers"), "an item cannot include itself", item.component))
    return faults


def _fit_faults(document: Document, keys: Keys, item: CostItem) -> list[Fault]:
    """Return faults where driver, behaviour and price do not fit."""
    driver = DRIVERS[item.driver]
    if item.behaviour in ("step", "fixed", "capital", "closing") and driver.kind != "level":
        levels = listed(name for name, one in DRIVERS.items() if one.kind == "level")
        return [document.fault((*keys, "driver"), f"a {item.behaviour} cost needs a level, not what happens in a day",
                               item.driver, levels)]
    try:
        unit_factor(item)
    except ValueError as error:
        allowed = f"a unit that converts from {charged_unit(item).replace(' ', '')}, which {item.driver} gives"
        return [document.fault((*keys, "per"), str(error), item.per, allowed)]
    return []


@dataclass(frozen=True)
class CaseCosts:
    """The cost file of a case, and the items that count in it."""

    file: CaseCostsFile
    items: tuple[str, ...]
    prices: Mapping[tuple[str, str], Price]  # (item, country)
    local: frozenset[tuple[str, str]]  # of these, the case's own

    def tier(self, country: str) -> Tier:
        """Return the income tier of a country."""
        return self.file.tiers.get(country, DEFAULT_TIER)

    def fiscal_start(self, country: str) -> int:
        """Return the month in which a country's fiscal year starts."""
        return self.file.fiscal_year_start.get(country, 1)


def read_case_costs(
    path: Path, label: str, book: CostBook, countries: Iterable[str], sources: Mapping[str, Source],
    faults: list[Fault], cautions: list[Caution] | None = None, route: Route = "sea",
) -> CaseCosts:
    """Read the costs of a case, and check them against the book.

    The file is ``costs.yaml``, if there is one. Faults and cautions are added.
    """
    names = tuple(countries)
    document, file = _case_file(path, label, faults)
    if document is not None:
        faults.extend(_case_faults(document, file, book, names, sources))
        faults.extend(elsewhere(document, file, book.items, route))
    chosen = tuple(
        name for name, item in book.items.items()
        if name not in file.exclude and route in item.routes and (not item.optional or name in file.include)
    )
    faults.extend(_clashes(book, chosen, label))
    if document is not None and cautions is not None:
        cautions.extend(unused(document, file, book.items, chosen, route))
        for index, price in enumerate(file.prices):
            cautions.extend(price_cautions(document, ("prices", index), price))
    local: dict[tuple[str, str], LocalPrice] = {}
    for price in file.prices:
        for country in price.countries or names:
            local[price.item, country] = price
    tiers = {country: file.tiers.get(country, DEFAULT_TIER) for country in names}
    prices = {
        (name, country): local.get((name, country), book.items[name].prices[tiers[country]])
        for name in chosen for country in names
    }
    return CaseCosts(file, chosen, prices, frozenset(key for key in local if key[0] in chosen))


def with_tier(costs: CaseCosts, book: CostBook, country: str, tier: Tier) -> CaseCosts:
    """Return the costs of a case with another income tier.

    The tier is that of a country, whose own prices stay.
    """
    prices = {
        (item, where): price if where != country or (item, where) in costs.local else book.items[item].prices[tier]
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
            faults.append(document.fault(keys, f"unknown {kind}", found, listed(allowed), nearest(found, allowed)))

    if file.currency is not None and file.currency not in (book.money.base_currency, *book.money.exchange_rates):
        currencies = [book.money.base_currency, *book.money.exchange_rates]
        faults.append(document.fault(("currency",), f"no exchange rate for {file.currency}", file.currency,
                                     f"{listed(currencies)}; {WHERE_RATES_STAND}", nearest(file.currency, currencies)))
    for key in ("tiers", "fiscal_year_start"):
        for country in getattr(file, key):
            known((key, country), "country", country, countries)
    for key in ("include", "exclude"):
        for index, item in enumerate(getattr(file, key)):
            known((key, index), "cost item", item, book.items)
        faults += twice(document, key, getattr(file, key))
    faults += [
        document.fault(("include", index), "the item is both included and excluded", item, "one of the two")
        for index, item in enumerate(file.include) if item in file.exclude
    ]
    for item in file.payers:
        known(("payers", item), "cost item", item, book.items)
    seen: dict[tuple[str, str], int] = {}
    for index, price in enumerate(file.prices):
        keys: Keys = ("prices", index)
        known((*keys, "item"), "cost item", price.item, book.items)
        for position, country in enumerate(price.countries or ()):
            known((*keys, "countries", position), "country", country, countries)
        for country in price.countries or countries:
            first = seen.setdefault((price.item, country), index)
            if first != index:
                text = f"the item already has a price in {country}, at prices.{first}"
                faults.append(document.fault(keys, text, price.item, "one price for an item and country"))
        faults += price_faults(document, keys, price, sources, book.money)
    return faults


def _clashes(book: CostBook, chosen: Iterable[str], label: str) -> list[Fault]:
    """Return faults of items that would be counted twice."""
    faults = []
    names = list(chosen)
    first: dict[str, str] = {}
    for name in names:
        same = first.setdefault(book.items[name].component, name)
        if same != name:
            location = book.locations.get(name) or Location(label, 0, name)
            text = f"counted twice: the item is the same {book.items[name].component} as {same}"
            faults.append(Fault(*location, text, name, f"one of the two; leave the other out under exclude in {label}"))
        for other in names:
            if book.items[other].component in book.items[name].covers:
                location = book.locations.get(name) or Location(label, 0, name)
                text = f"counted twice: the item already includes {book.items[other].component}, which is {other}"
                allowed = f"one of the two; leave the other out under exclude in {label}"
                faults.append(Fault(*location, text, name, allowed))
    return faults


def own_cost_faults(
    document: Document, own: Mapping[str, OwnCost], book: CostBook | None, countries: tuple[str, ...],
    sources: Mapping[str, Source],
) -> list[Fault]:
    """Return faults of the costs that a scenario brings with it."""
    faults = []
    items = {name: item.title for name, item in book.items.items()} if book and own else {}
    titles = Titles("cost", items | ADDED_TITLES)
    for name, cost in own.items():
        keys: Keys = ("own_costs", name)
        faults += added_faults(document, keys)
        if book is not None and name in book.items:
            faults.append(document.fault(keys, "the name is used by an item of the cost book", name, "another name"))
        faults += titles.faults(document, keys, cost.title)
        faults += price_faults(document, (*keys, "price"), cost.price, sources, book.money if book else None)
        for position, country in enumerate(cost.countries or ()):
            if country not in countries:
                near = nearest(country, countries)
                path: Keys = (*keys, "countries", position)
                faults.append(document.fault(path, "unknown country", country, listed(countries), near))
    return faults
