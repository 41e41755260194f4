"""What of a response was delivered.

Shares of items are by country and time. A plan asks for what is needed. In what happened some of it did not exist: no
judge reviewed detention, no guardian was appointed. The needed cost stays the total; the delivered cost stands next to
it (``docs/costs.md``).
"""

from collections.abc import Iterable, Mapping
from datetime import date

from mixedmig_model.inputs.costs.book import COST_ITEM, CostBook
from mixedmig_model.inputs.costs.schema import CaseCostsFile, Delivered
from mixedmig_model.inputs.reading.faults import Fault, listed, nearest
from mixedmig_model.inputs.reading.unread import may_exist
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys
from mixedmig_model.inputs.schema import Source

ONE_SHARE = "one share for an item, country and day"


def delivered_faults(
    document: Document, file: CaseCostsFile, book: CostBook, countries: Iterable[str], sources: Mapping[str, Source]
) -> list[Fault]:
    """Return faults of the delivered shares of a case.

    These are unknown items, countries and sources, and two shares for one day.
    """
    faults, names = [], tuple(countries)
    seen: dict[tuple[str, str], list[tuple[date, date, int]]] = {}
    for index, one in enumerate(file.delivered):
        keys: Keys = ("delivered", index)
        if one.item not in book.items and not may_exist(book.unread, COST_ITEM, one.item):
            faults.append(document.fault((*keys, "item"), f"unknown {COST_ITEM}", one.item, listed(book.items),
                                         nearest(one.item, book.items)))
        for position, country in enumerate(one.countries or ()):
            if country not in names:
                faults.append(document.fault((*keys, "countries", position), "unknown country", country, listed(names),
                                             nearest(country, names)))
        if sources and one.source not in sources:
            faults.append(document.fault((*keys, "source"), "unknown source", one.source, listed(sources),
                                         nearest(one.source, sources)))
        start, until = one.start or date.min, one.until or date.max
        again: dict[int, list[str]] = {}
        for country in one.countries or names:
            for first, last, other in seen.setdefault((one.item, country), []):
                if start < last and first < until:
                    again.setdefault(other, []).append(country)
            seen[one.item, country].append((start, until, index))
        for other, where in again.items():
            text = f"the item already has a share in {listed(where)} at that time, at delivered.{other}"
            faults.append(document.fault(keys, text, one.item, ONE_SHARE))
    return faults


def shares_of(
    shares: Iterable[Delivered], item: str, country: str
) -> list[tuple[date | None, date | None, float]]:
    """Return the spans of an item in a country, with their shares."""
    return [(one.start, one.until, one.share) for one in shares
            if one.item == item and (one.countries is None or country in one.countries)]
