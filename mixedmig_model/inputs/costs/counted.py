"""Items of the cost book that a case counts.

They are those of its route, with what it includes and excludes by name.
"""

from collections.abc import Mapping, Sequence

from mixedmig_model.inputs.costs.schema import CaseCostsFile, CostItem
from mixedmig_model.inputs.reading.cautions import Caution
from mixedmig_model.inputs.reading.faults import Fault, Location, listed
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys
from mixedmig_model.vocabulary.labels import Route


def counts_in(item: CostItem, routes: Mapping[str, Route]) -> frozenset[str]:
    """Return the countries in which an item counts.

    People come to them by one of its routes.
    """
    return frozenset(country for country, route in routes.items() if route in item.routes)


def _how_to_count(name: str, item: CostItem, routes: Mapping[str, Route]) -> str:
    """Return what to write so that an item is counted."""
    if not counts_in(item, routes):
        return f"it belongs to people who come by {' or '.join(item.routes)}: take this away"
    return f"list {name} under include" if item.optional else f"take {name} off exclude"


def unused(
    document: Document, file: CaseCostsFile, items: Mapping[str, CostItem], chosen: Sequence[str],
    routes: Mapping[str, Route],
) -> list[Caution]:
    """Return cautions of items that the case does not count.

    Nothing reads their prices, payers and sectors, or the price of a country to which people come by another route.
    """
    places: list[tuple[Keys, str]] = []
    places += [(("prices", index, "item"), price.item) for index, price in enumerate(file.prices)]
    places += [((key, item), item) for key in ("payers", "sectors") for item in getattr(file, key)]
    return [
        Caution(*document.location(keys), "the item is not counted in this case, and this is not used", item,
                _how_to_count(item, items[item], routes))
        for keys, item in places if item in items and item not in chosen
    ] + [
        Caution(*document.location(("prices", index, "countries", position)),
                f"the item is not counted in {country}, to which people come by {routes[country]}", price.item,
                "leave the country out")
        for index, price in enumerate(file.prices) if price.item in chosen
        for position, country in enumerate(price.countries or ())
        if country in routes and country not in counts_in(items[price.item], routes)
    ]


def elsewhere(
    document: Document, file: CaseCostsFile, items: Mapping[str, CostItem], routes: Mapping[str, Route]
) -> list[Fault]:
    """Return faults of included items of another route.

    ``routes`` are those of the countries.
    """
    ways = listed(dict.fromkeys(routes.values()))
    return [
        document.fault(("include", index), f"the item is not counted where people come by {ways}", item,
                       f"an item for {ways}; this one is for {', '.join(items[item].routes)}")
        for index, item in enumerate(file.include) if item in items and not counts_in(items[item], routes)
    ]


def clashes(
    items: Mapping[str, CostItem], chosen: Sequence[str], routes: Mapping[str, Route],
    locations: Mapping[str, Location], label: str,
) -> list[Fault]:
    """Return faults of items that would be counted twice.

    They count in the same country.

    Parameters
    ----------
    items : Mapping[str, CostItem]
        Items of the cost book.
    chosen : Sequence[str]
        Names of the items that the case counts.
    routes : Mapping[str, Route]
        Routes by country.
    locations : Mapping[str, Location]
        Where each item stands.
    label : str
        The cost file of the case, as messages name it.

    Returns
    -------
    list[Fault]
        The faults.
    """
    faults = []
    one_of = f"one of the two; leave the other out under exclude in {label}"
    first: dict[str, list[str]] = {}
    for name in chosen:
        here, location = counts_in(items[name], routes), locations.get(name) or Location(label, 0, name)
        earlier = first.setdefault(items[name].component, [])
        same = next((other for other in earlier if here & counts_in(items[other], routes)), None)
        earlier.append(name)
        if same is not None:
            text = f"counted twice: the item is the same {items[name].component} as {same}"
            faults.append(Fault(*location, text, name, one_of))
        for other in chosen:
            if items[other].component in items[name].covers and here & counts_in(items[other], routes):
                text = f"counted twice: the item already includes {items[other].component}, which is {other}"
                faults.append(Fault(*location, text, name, one_of))
    return faults


def twice(document: Document, key: str, names: Sequence[str]) -> list[Fault]:
    """Return items that stand twice in a case's cost file."""
    return [
        document.fault((key, index), "duplicate item", item, "once")
        for index, item in enumerate(names) if item in names[:index]
    ]
