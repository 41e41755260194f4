"""Items of the cost book that a case counts.

They are those of its route, with what it includes and excludes by name.
"""

from collections.abc import Mapping, Sequence

from mixedmig_model.inputs.costs.schema import CaseCostsFile, CostItem
from mixedmig_model.inputs.reading.cautions import Caution
from mixedmig_model.inputs.reading.faults import Fault
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys
from mixedmig_model.vocabulary.labels import Route


def _how_to_count(name: str, item: CostItem, route: Route) -> str:
    """Return what to write so that an item is counted."""
    if route not in item.routes:
        return f"it belongs to people who come by {' or '.join(item.routes)}: take this away"
    return f"list {name} under include" if item.optional else f"take {name} off exclude"


def unused(
    document: Document, file: CaseCostsFile, items: Mapping[str, CostItem], chosen: Sequence[str], route: Route
) -> list[Caution]:
    """Return cautions of items that the case does not count.

    Nothing reads their prices and payers.
    """
    places: list[tuple[Keys, str]] = []
    places += [(("prices", index, "item"), price.item) for index, price in enumerate(file.prices)]
    places += [(("payers", item), item) for item in file.payers]
    return [
        Caution(*document.location(keys), "the item is not counted in this case, and this is not used", item,
                _how_to_count(item, items[item], route))
        for keys, item in places if item in items and item not in chosen
    ]


def elsewhere(document: Document, file: CaseCostsFile, items: Mapping[str, CostItem], route: Route) -> list[Fault]:
    """Return faults of included items of another route.

    People of the case come by ``route``.
    """
    return [
        document.fault(("include", index), f"the item is not counted where people come by {route}", item,
                       f"an item for {route}; this one is for {', '.join(items[item].routes)}")
        for index, item in enumerate(file.include) if item in items and route not in items[item].routes
    ]


def twice(document: Document, key: str, names: Sequence[str]) -> list[Fault]:
    """Return items that stand twice in a case's cost file."""
    return [
        document.fault((key, index), "duplicate item", item, "once")
        for index, item in enumerate(names) if item in names[:index]
    ]
