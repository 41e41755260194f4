"""The cost book of a workspace, and faults of costs.

It is read, checked, and priced in one currency of one year. Prices are moved to the base year first, with the
inflation of their own currency. They are converted second, at the rate of the base year (``docs/costs.md``). What a
price already includes may not be counted again.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from mixedmig_model.inputs.costs.drivers import DRIVERS
from mixedmig_model.inputs.costs.economies import ECONOMIES, Economies, read_economies
from mixedmig_model.inputs.costs.money import MOST_PRICE, money_factor, money_faults, rates_of
from mixedmig_model.inputs.costs.rates import RATES, RateTable, read_rates, with_table
from mixedmig_model.inputs.costs.schema import TIERS, WORLD, CostFile, CostItem, MoneyFile, OwnCost, Price
from mixedmig_model.inputs.entries import yaml_files
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.parameters.values import two_ways_at
from mixedmig_model.inputs.reading.cautions import Caution
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, Location, listed, nearest
from mixedmig_model.inputs.reading.repeats import Titles
from mixedmig_model.inputs.reading.tables import table_rows
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.inputs.reading.unread import ALL, Unread
from mixedmig_model.inputs.reading.validation import validate, validate_rest
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys, read_document
from mixedmig_model.inputs.schema import Source
from mixedmig_model.vocabulary.titles import ADDED_TITLES

WHERE_ECONOMIES_STAND = "a country is added in parameters/costs/economies.csv"
BY_TIME = ("step", "fixed")
"""Behaviours paid for time, whatever their driver counts."""
MONEY = "money.yaml"
EVIDENCE = "evidence.csv"
"""What was found for prices; pages read it, no cost does."""
EVIDENCE_COLUMNS = ("item", "country", "year", "currency", "price", "unit", "includes", "title", "publisher", "address",
                    "quality", "use", "where", "reason")
EVIDENCE_USES = ("value", "range", "rule", "refused")
COST_ITEM = "cost item"
COSTS = "parameters/costs"
WHERE_RATES_STAND = "a rate is added in parameters/costs/rates.csv, or stated in money.yaml"


@dataclass(frozen=True)
class CostBook:
    """The cost items of a workspace, and the rules of money.

    ``money`` has the published rates of ``rates.csv`` too; ``stated`` only what ``money.yaml`` says. ``economies`` are
    the countries of ``economies.csv``.
    """

    items: Mapping[str, CostItem]
    money: MoneyFile
    stated: MoneyFile
    locations: Mapping[str, Location] = field(default_factory=dict)
    unread: Unread = frozenset()
    economies: Economies = field(default_factory=dict)


def unknown_item(book: CostBook, name: str) -> str:
    """Return what is wrong with an item that the book lacks.

    It names the file that holds the item as it is shipped, where the workspace lacks that file.
    """
    present = {location.file for location in book.locations.values()}
    with suppress(FileNotFoundError):
        for path in sorted((installed_workspace() / COSTS).glob("*.yaml")):
            if f"{COSTS}/{path.name}" not in present and f"\n  {name}:\n" in path.read_text(encoding="utf-8"):
                return f"unknown {COST_ITEM}: {COSTS}/{path.name}, which holds it as shipped, is missing"
    return f"unknown {COST_ITEM}"


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
    table = read_rates(folder / RATES, f"{label}/{RATES}", sources, faults)
    _check_evidence(folder / EVIDENCE, f"{label}/{EVIDENCE}", faults)
    economies = read_economies(folder / ECONOMIES, f"{label}/{ECONOMIES}", sources, faults)
    stated, money = _money(folder, label, sources, table, faults)
    items: dict[str, CostItem] = {}
    locations: dict[str, Location] = {}
    unread: set[tuple[str, str]] = set()
    titles = Titles(COST_ITEM, ADDED_TITLES)
    for path in yaml_files(root, folder, faults, tables=(RATES, ECONOMIES, EVIDENCE)):
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
            faults.extend(place_faults(document, keys, item, economies))
            faults.extend(titles.faults(document, keys, item.title))
            if cautions is not None:
                for tier, price in item.prices.items():
                    cautions.extend(price_cautions(document, (*keys, "prices", tier), price))
            items[name], locations[name] = item, document.location(keys)
    if stated is None or money is None or economies is None:
        return None
    return CostBook(items, money, stated, locations, unread=frozenset(unread), economies=economies)


def _check_evidence(path: Path, file: str, faults: list[Fault]) -> None:
    """Note faults of the table of what was found for prices.

    Each row is used, or refused with a reason.
    """
    if not path.exists():
        return
    try:
        rows = table_rows(path, file, EVIDENCE_COLUMNS, faults)
    except InputFaultsError as error:
        faults.extend(error.faults)
        return
    for row in rows:
        use = row.cells["use"].strip()
        if use not in EVIDENCE_USES:
            row.fault("use", "not a use of a price", listed(EVIDENCE_USES), nearest(use, EVIDENCE_USES))
        elif use == "refused" and not row.cells["reason"].strip():
            row.fault("reason", "the price is refused without a reason", "why it is not used")


def _money(
    folder: Path, label: str, sources: Mapping[str, Source], table: RateTable | None, faults: list[Fault]
) -> tuple[MoneyFile | None, MoneyFile | None]:
    """Return the rules of money as stated, and with the table.

    Their sources are checked. Without a readable table nobody knows which currencies there are.
    """
    try:
        document = read_document(folder / MONEY, f"{label}/{MONEY}")
        stated = validate(document, MoneyFile)
    except InputFaultsError as error:
        faults.extend(error.faults)
        return None, None
    for keys, rate in rates_of(stated):
        faults.extend(_source_faults(document, keys, rate.source, sources))
    if table is None:
        return stated, None
    money = with_table(stated, table)
    faults.extend(money_faults(document, stated, (stated.base_currency, *money.exchange_rates)))
    return stated, money


def source_faults(document: Document, keys: Keys, source: str, sources: Mapping[str, Source]) -> list[Fault]:
    """Return the fault of an unknown source, if sources are read.

    ``keys`` are those of the source itself.
    """
    if not sources or source in sources:
        return []
    return [document.fault(keys, "unknown source", source, listed(sources), nearest(source, sources))]


def _source_faults(document: Document, keys: Keys, source: str, sources: Mapping[str, Source]) -> list[Fault]:
    """Return the fault of an unknown source below ``keys``."""
    return source_faults(document, (*keys, "source"), source, sources)


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
    if item.sectors_source is not None:
        faults += source_faults(document, (*keys, "sectors_source"), item.sectors_source, sources)
    for tier, price in item.prices.items():
        faults += price_faults(document, (*keys, "prices", tier), price, sources, money)
    if item.component in item.covers:
        faults.append(document.fault((*keys, "covers"), "an item cannot include itself", item.component))
    return faults


def place_faults(document: Document, keys: Keys, item: CostItem, economies: Economies | None) -> list[Fault]:
    """Return faults of prices of countries that nobody knows.

    Without a readable table of countries there are none.
    """
    if economies is None:
        return []
    known = [*economies, WORLD]
    return [
        document.fault((*keys, "prices", code), "unknown country", code, f"{listed(known)}; {WHERE_ECONOMIES_STAND}",
                       nearest(code, known))
        for code in item.prices if code not in known and code not in TIERS
    ]


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
