"""What a run has of each quantity that is observed.

A level holds at the end of its day, and an amount is the sum over its period. All people together are read from daily
tables. One group is read from daily tables where there are any, and from weekly cells where there are none. Its levels
then lie on a straight line between the ends of weeks, and its flows are spread evenly over a week.
"""

from collections.abc import Callable

import numpy as np

from mixedmig_model.equations.table import SERVED, flows_marked
from mixedmig_model.inputs.observations.published import Observation
from mixedmig_model.inputs.observations.quantities import Quantity, quantity_of
from mixedmig_model.inputs.reading.fields import EVERYWHERE
from mixedmig_model.results.costs.funding import funding
from mixedmig_model.results.costs.lines import CENTS, CostRun
from mixedmig_model.results.costs.quantities import Quantities
from mixedmig_model.results.costs.sectors import sector_cents
from mixedmig_model.results.measures import (
    ASSISTED,
    DEATHS,
    ENFORCED,
    GRANTED,
    INDUCED,
    LANDED,
    REFUSED,
    RELEASED,
    REMIGRATED,
    kept_input,
    labels,
    values,
    where_label,
)
from mixedmig_model.results.waits.waiting import stage_queues
from mixedmig_model.solve.run_arrays import RunNumbers
from mixedmig_model.vocabulary.labels import STAGES

SUMS: dict[str, tuple[str, ...]] = {
    "departed": ("departed", *REMIGRATED),
    "deaths_at_sea": DEATHS,
    "abandoned": ("abandoned",),
    "disembarked": LANDED,
    "returned_with_assistance": (*ASSISTED, *INDUCED),
    "returned_by_force": ENFORCED,
    "turned_back": ("turned_back_adrift",),
    "registered": ("registered",),
    "recognised": GRANTED,
}
"""Flows that make up each quantity.

Publications count each departure, a second one after a return included.
"""
MORE_SUMS: dict[str, tuple[str, ...]] = {
    "claims_made": flows_marked("claimed"),
    "decided_first": SERVED["determination"],
    "refused_finally": REFUSED,
    "left_onward": ("moved_onward", "moved_onward_irregular"),
    "left_without_leave": ("absconded",),
    "freed_from_detention": RELEASED,
}
"""Flows that make up further totals.

Tables of observations may name them.
"""
LEVELS: dict[str, tuple[str, ...]] = {
    "at_sea": ("stock:at_sea",),
    "stranded": ("stock:adrift",),
    "in_reception": ("stock:people[place=reception]",),
    "in_detention": ("stock:people[place=detention]",),
    "in_shelters_and_detention": ("stock:people[place=reception]", "stock:people[place=detention]"),
    "in_alternatives": ("stock:people[place=alternative]",),
    "in_community": ("stock:people[place=community]",),
    "without_shelter": ("stock:people[place=unsheltered]",),
    "awaiting_registration": ("stock:people[stage=registration]",),
    "awaiting_screening": ("stock:people[stage=screening]",),
    "awaiting_first_decision": ("stock:people[stage=determination]",),
    "awaiting_appeal": ("stock:people[stage=appeal]",),
    "awaiting_decision": ("stock:people[stage=determination]", "stock:people[stage=appeal]"),
    "awaiting_return": ("stock:people[stage=return]",),
    "in_limbo": ("stock:people[stage=limbo]",),
    "registered_total": tuple(f"stock:people[stage={stage}]" for stage in STAGES if stage != "registration"),
    "protected_total": ("stock:people[stage=protected]", "stock:integrated"),
    "ashore_total": ("stock:people",),
    "without_record": ("stock:irregular",),
}
"""Stocks that make up each published level."""
Money = Callable[[], CostRun]


def modelled(ds: RunNumbers, seen: Observation, money: Money | None = None) -> float:
    """Return what a run has of an observed quantity.

    Parameters
    ----------
    ds : RunNumbers
        A run.
    seen : Observation
        The observation: what, when, where and of whom.
    money : Money | None, default None
        Function that costs the run, called only for an amount of money.

    Returns
    -------
    float
        The model's number, in the unit of the observation. Days outside the run are left out.

    Raises
    ------
    QuantityError
        For a quantity that the model does not know.
    ValueError
        For an amount of money of a run that nobody costs.
    """
    quantity, total = quantity_of(seen.quantity), 0.0
    for part in parts_of(quantity):
        daily = _by_day(ds, part, seen.group, money)
        if seen.counts == "cases" and quantity.unit("") == "person":
            daily = _in_cases(ds, daily)
        total += float(_in_country(ds, daily, seen.country)[_when(ds, seen, len(daily))].sum())
    return total


def parts_of(quantity: Quantity) -> tuple[Quantity, ...]:
    """Return the flows or stocks that a quantity sums."""
    if quantity.kind != "name":
        return (quantity,)
    flows = SUMS | MORE_SUMS
    if quantity.name in flows:
        return tuple(Quantity("flow", name) for name in flows[quantity.name])
    return tuple(quantity_of(text) for text in LEVELS[quantity.name])


def _days_since(ds: RunNumbers, day: object) -> int:
    start = values(ds, "day")[0].astype("datetime64[D]")
    return int((np.datetime64(str(day), "D") - start).astype(int))


def _when(ds: RunNumbers, seen: Observation, length: int) -> slice:
    """Return the days of an observation among those of a table.

    A level at the end of a day is one edge, or that day where a table has days only.
    """
    first, end = _days_since(ds, seen.start), _days_since(ds, seen.end)
    if not seen.level:
        return slice(max(first, 0), max(end, 0))
    edge = end if length > len(values(ds, "day_interval")) else max(end - 1, 0)
    return slice(edge, edge + 1)


def _by_day(ds: RunNumbers, part: Quantity, group: str, money: Money | None) -> np.ndarray:
    """Return a quantity by day ``[D, C]`` or, at edges, ``[D + 1, C]``.

    The last axis has one entry for what is of no country.
    """
    if part.is_money:
        if money is None:
            raise ValueError("an amount of money needs the costs of the run")
        return _money_by_day(money(), part)
    if part.kind == "driver":
        return Quantities(ds)[part.name]
    if part.kind == "flow":
        return _flow(ds, part.name, group)
    return _stock(ds, part, group) if part.kind == "stock" else _waiting(ds, part, group)


def _flow(ds: RunNumbers, name: str, group: str) -> np.ndarray:
    """Return people moved by a flow a day.

    Of two countries, the one left counts.
    """
    if group == EVERYWHERE and name in labels(ds, "row"):
        return np.asarray(values(ds, "daily_flow")[:, labels(ds, "row").index(name)])
    if group == EVERYWHERE and name in labels(ds, "region_row"):
        return np.asarray(values(ds, "daily_flow_region")[:, labels(ds, "region_row").index(name), None])
    weekly = _cells(ds, f"flow_{name}", {"group": group} if group != EVERYWHERE else {})
    lengths = (np.diff(values(ds, "time")) / np.timedelta64(1, "D")).astype(int)
    return np.asarray(np.repeat(weekly / lengths[:, None], lengths, axis=0))


def _stock(ds: RunNumbers, part: Quantity, group: str) -> np.ndarray:
    """Return people in a stock, or in a part of it, at daily edges."""
    at = dict(part.at)
    if group == EVERYWHERE:
        return _cells(ds, f"daily_{part.name}", at)
    if part.name == "people" and set(at) == {"stage"}:
        return _cells(ds, "daily_waiting", at | {"group": group})
    if part.name == "people" and at == {"place": "detention"}:
        return _cells(ds, "daily_detained", {"group": group})
    weekly = _cells(ds, part.name, at | {"group": group})
    days, weeks = (values(ds, name).astype("datetime64[D]").astype(float) for name in ("day", "time"))
    return np.stack([np.interp(days, weeks, series) for series in weekly.T], axis=1)


def _cells(ds: RunNumbers, name: str, at: dict[str, str]) -> np.ndarray:
    """Return a variable at some labels, by time and country.

    Other axes are summed.
    """
    variable = ds.variables[name]
    numbers, dims = np.asarray(variable.values), [str(dim) for dim in variable.dims]
    for axis, chosen in at.items():
        numbers = np.take(numbers, where_label(ds, axis, chosen), axis=dims.index(axis))
        dims.remove(axis)
    others = tuple(k for k, dim in enumerate(dims) if k > 0 and dim != "country")
    summed = numbers.sum(axis=others) if others else numbers
    return np.asarray(summed if "country" in dims else summed[:, None])


def _waiting(ds: RunNumbers, part: Quantity, group: str) -> np.ndarray:
    """Return people who have waited longer, at daily edges."""
    groups = None if group == EVERYWHERE else (group,)
    where_label(ds, "group", group) if groups else None
    by_country = [
        stage_queues(ds, part.name, country, groups)[0].older_than(float(part.days))[1:].sum(axis=1)
        for country in labels(ds, "country")
    ]
    return np.stack(by_country, axis=1)


def _in_cases(ds: RunNumbers, people: np.ndarray) -> np.ndarray:
    """Return people as cases, by the persons in a case."""
    persons = kept_input(ds, "work.persons_per_case")
    if people.shape[1] == 1:
        persons = persons.mean(axis=1, keepdims=True)
    edges = len(people) > len(persons)
    return np.asarray(people / (np.concatenate([persons[:1], persons]) if edges else persons))


def _in_country(ds: RunNumbers, daily: np.ndarray, country: str) -> np.ndarray:
    """Return numbers by time, in one country, several or all.

    What is of no country counts whole.
    """
    if country == EVERYWHERE or daily.shape[1] == 1:
        return np.asarray(daily.sum(axis=1))
    return np.asarray(daily[:, [where_label(ds, "country", name) for name in country.split()]].sum(axis=1))


def _money_by_day(costs: CostRun, quantity: Quantity) -> np.ndarray:
    """Return money a day, in base currency.

    What a month costs is spread evenly over its days in the run.
    """
    if quantity.kind == "money_received":
        monthly = funding(costs).received.sum(axis=0)[:, None]
    else:
        nothing = np.zeros(costs.cents.shape[1:])
        of_sector = sector_cents(costs).get(quantity.name, nothing) if quantity.name else costs.cents.sum(axis=0)
        monthly = of_sector.sum(axis=-1) / CENTS
    lengths = np.diff(np.append(costs.calendar.starts, costs.calendar.days))
    return np.asarray(np.repeat(monthly / lengths[:, None], lengths, axis=0))
