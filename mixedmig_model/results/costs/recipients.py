"""People whom each item of a plan reaches.

They are those whom its own driver counts, else those of its part of the response. A kit for all who land reaches those
who land, in any sector. An item whose driver counts no people (staff, places, a month) serves the people of its part,
where it belongs to one. Where neither is known the numbers are left out: an empty cell says so, a zero would say that
nobody is reached.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import xarray as xr

from mixedmig_model.inputs.costs.drivers import DRIVERS
from mixedmig_model.inputs.costs.schema import CostItem
from mixedmig_model.results.costs.people import People, part_of, peak_day, people_of_plan
from mixedmig_model.results.costs.plan import PlanRow
from mixedmig_model.results.costs.pricing import Pricing
from mixedmig_model.results.costs.quantities import TINY, Quantities

Counts = tuple[float | None, float | None, float | None]
NOBODY: Counts = (None, None, None)
NOT_SERVED = ("deaths", "departures")
"""Drivers that count people who are not there to be served."""
OF_PART: dict[str, tuple[str, ...]] = {
    "registration": ("registrations",),
    "screening": ("screenings",),
    "asylum": ("first_decisions", "first_decisions_with_legal_aid"),
    "protection": ("referrals", "needs_assessments", "best_interests_determinations"),
    "shelter": ("people_in_reception", "people_in_sites", "people_in_tents", "people_in_existing_buildings",
                "people_in_new_buildings"),
}
"""Drivers that count people of a part of the response.

They may count some of them: need and target are those of the part.
"""
STAGES_OF_PART = {"shelter": ("reception",), "protection": ("referral", "whole_response")}
"""Stages in which an item serves the people of a part.

The item has no people of its own; in other stages it serves others.
"""


def people_of_rows(ds: xr.Dataset, pricing: Pricing) -> dict[str, People]:
    """Return the three numbers of every part and item.

    Parts are of a response; items are those whose driver counts people (``item NAME``). NaN stands for a number that is
    not known.
    """
    parts, quantities = people_of_plan(ds), Quantities(ds)
    found = dict(parts)
    for line in pricing.lines:
        if not isinstance(line.record, CostItem) or not counts_people(line.record.driver):
            continue
        found[_key(line.name)] = _recipients(line.record, ds, quantities, parts)
    return found


def counts_people(driver: str) -> bool:
    """Return whether a driver counts people who can be served.

    It counts them as persons or as cases.
    """
    return DRIVERS[driver].unit in ("person", "case") and driver not in NOT_SERVED


def counts_of_row(people: Mapping[str, People], row: PlanRow) -> Counts:
    """Return the three numbers of a row of a plan.

    They are in need, targeted and reached in its country; None for each that is not known. Items of a project overlap:
    it has the largest numbers of any of them.
    """
    if row.members:
        return _largest([counts_of_row(people, member) for member in row.members])
    found = people.get(_key(row.name)) if row.basis == "activity" else None
    if found is None:
        part = part_of(row.stage, row.sector)
        found = people.get(part) if row.stage in STAGES_OF_PART.get(part, (row.stage,)) else None
    if found is None:
        return NOBODY
    need, targeted, reached = (None if count != count else count for count in found.in_country(row.country))
    return need, targeted, reached


def _largest(counts: Sequence[Counts]) -> Counts:
    """Return the largest of each of the three numbers.

    There is no need where it is not known for all who are targeted.
    """
    need, targeted, reached = (
        max((one for one in column if one is not None), default=None) for column in zip(*counts, strict=True)
    )
    return (None if need is None or need < (targeted or 0.0) else need), targeted, reached


def _key(name: str) -> str:
    return f"item {name}"


def _recipients(item: CostItem, ds: xr.Dataset, quantities: Quantities, parts: Mapping[str, People]) -> People:
    """Return the people of one item, by country.

    Of a driver of a part, need and target are those of the part.
    """
    part = next((name for name, drivers in OF_PART.items() if item.driver in drivers), "")
    counted = _sheltered(item.driver, ds, quantities, parts) if part == "shelter" else _counted(item.driver, quantities)
    reached = counted * min(item.use * item.serves, 1.0)
    if part:
        need, targeted = parts[part].by_country[:2]
        reached = np.minimum(reached, targeted)
    else:
        need, targeted = np.full_like(reached, np.nan), reached
    table = np.stack([need, targeted, reached])
    meaning = (
        parts[part].meaning[0] if part else "not known: the item is bought for those whom it reaches",
        parts[part].meaning[1] if part else "those for whom it is bought", DRIVERS[item.driver].title,
    )
    whole = table.sum(axis=1)
    return People(item.title, tuple(quantities.countries), table, (float(whole[0]), float(whole[1]), float(whole[2])),
                  meaning)


def _counted(driver: str, quantities: Quantities) -> np.ndarray:
    """Return people whom a driver counts, ``[C]``.

    They are all of the run, or of a level those of the fullest day.
    """
    daily = np.maximum(quantities[driver], 0.0)
    if DRIVERS[driver].unit == "case":
        daily = daily * quantities.input("work.persons_per_case")
    return np.asarray(daily.sum(axis=0) if DRIVERS[driver].kind == "amount" else daily.max(axis=0))


def _sheltered(
    driver: str, ds: xr.Dataset, quantities: Quantities, parts: Mapping[str, People]
) -> np.ndarray:
    """Return people in places of one type on the peak day.

    It is the day on which most need shelter; they are a share of those in reception ``[C]``.
    """
    day = peak_day(ds)
    everybody = np.maximum(quantities["people_in_reception"][day], TINY)
    return np.asarray(parts["shelter"].by_country[2] * np.clip(quantities[driver][day] / everybody, 0.0, 1.0))
