"""The ledger of the data.

Published stocks stand against published flows. A stock was observed at two dates, and flows that lead into it or out of
it between them. Its change is compared with what came in and went out. The rest is unexplained. Nothing is fitted to
it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from mixedmig_model.equations.table import FLOWS, Flow
from mixedmig_model.inputs.observations.published import Observation
from mixedmig_model.inputs.observations.quantities import PEAK, Quantity, quantity_of
from mixedmig_model.results.observed import parts_of

ROWS = {flow.name: flow for flow in FLOWS}
Series = tuple[str, str, str]


@dataclass(frozen=True)
class DataBalance:
    """A published stock at two dates with the flows between.

    Dates are days at whose end the stock was observed. ``came`` and ``went`` are amounts by quantity: flows that lead
    into the stock and out of it, in whole or in part. ``unexplained`` is the change less what came, plus what went.
    """

    quantity: str
    country: str
    group: str
    unit: str
    first: date
    last: date
    before: float
    after: float
    came: Mapping[str, float]
    went: Mapping[str, float]

    @property
    def change(self) -> float:
        """Change of the stock between the two dates."""
        return self.after - self.before

    @property
    def unexplained(self) -> float:
        """What flows do not explain of the change."""
        return self.change - sum(self.came.values()) + sum(self.went.values())


def balances(observations: Iterable[Observation]) -> tuple[DataBalance, ...]:
    """Return the ledger of the data of a case.

    Parameters
    ----------
    observations : Iterable[Observation]
        What was published. Doubtful figures and bounds are left out.

    Returns
    -------
    tuple[DataBalance, ...]
        A row for each two neighbouring dates of a stock between which flows were observed.
    """
    exact = [one for one in observations if one.scored and one.bound == "exact" and _sums_parts(one)]
    levels: dict[tuple[str, Series], dict[date, Observation]] = {}
    for one in exact:
        if one.level:
            levels.setdefault((one.quantity, _series(one)), {}).setdefault(one.end, one)
    found = []
    for (_, series), by_date in levels.items():
        flows = [one for one in exact if not one.level and _series(one) == series]
        dates = sorted(by_date)
        found += [row for a, b in pairwise(dates) if (row := _balance(by_date[a], by_date[b], flows)) is not None]
    return tuple(found)


def _sums_parts(one: Observation) -> bool:
    """Return whether a quantity sums flows or stocks of people."""
    quantity = quantity_of(one.quantity)
    return quantity.kind in ("name", "flow", "stock") and quantity.unit("") == "person" and one.quantity != PEAK


def _series(one: Observation) -> Series:
    """Return where, of whom and in what a figure is counted."""
    return one.country, one.group, one.counts


def _balance(one: Observation, two: Observation, flows: Sequence[Observation]) -> DataBalance | None:
    """Return the ledger of a stock between two dates.

    It is None where no flow of it was observed between them.
    """
    stock = parts_of(quantity_of(one.quantity))
    came: dict[str, float] = {}
    went: dict[str, float] = {}
    used: set[str] = set()
    by_quantity: dict[str, list[Observation]] = {}
    for flow in flows:
        by_quantity.setdefault(flow.quantity, []).append(flow)
    for name, rows in sorted(by_quantity.items(), key=lambda pair: -len(parts_of(quantity_of(pair[0])))):
        moved = [part.name for part in parts_of(quantity_of(name))]
        sign, amount = direction(moved, stock), between(rows, one.end, two.end)
        if sign and amount is not None and not used & set(moved):
            used |= set(moved)
            (came if sign > 0 else went)[name] = amount
    if not used:
        return None
    return DataBalance(one.quantity, one.country, one.group, unit=one.unit, first=one.start, last=two.start,
                   before=one.value, after=two.value, came=came, went=went)


def direction(flows: Sequence[str], stock: Sequence[Quantity]) -> int:
    """Return whether flows lead into a stock or out of it.

    It is 1 for into and -1 for out of. It is 0 where none does, where they move people within it, or where some do one
    and some the other.
    """
    signs = {_one_direction(ROWS[name], stock) for name in flows} - {0}
    return signs.pop() if len(signs) == 1 else 0


def _one_direction(flow: Flow, stock: Sequence[Quantity]) -> int:
    if flow.count:
        return 0
    out = any(_meets(flow.source, {**flow.only, **_one(flow.at_source)}, part) for part in stock)
    into = any(_meets(flow.sink, {**flow.only, **_one(flow.at_sink)}, part) for part in stock)
    return int(into) - int(out)


def _one(fixed: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {axis: (label,) for axis, label in fixed.items()}


def _meets(stock: str | None, labels: Mapping[str, tuple[str, ...]], part: Quantity) -> bool:
    """Return whether an end of a flow can lie in a part of a stock."""
    return stock == part.name and all(label in labels.get(axis, (label,)) for axis, label in part.at.items())


def between(rows: Sequence[Observation], start: date, end: date) -> float | None:
    """Return what was observed of a flow between two dates.

    Parameters
    ----------
    rows : Sequence[Observation]
        Figures of one flow.
    start, end : date
        First day and first day after.

    Returns
    -------
    float | None
        The sum of figures that follow each other, or the difference of two running totals with one beginning. None
        where there is neither.
    """
    total, today = 0.0, start
    while today < end:
        step = max((one for one in rows if one.start == today and one.end <= end), key=lambda one: one.end,
                   default=None)
        if step is None:
            return next(_differences(rows, start, end), None)
        total, today = total + step.value, step.end
    return total


def _differences(rows: Sequence[Observation], start: date, end: date) -> Iterator[float]:
    """Yield differences of running totals to two dates."""
    for early in rows:
        for late in rows:
            if early.start == late.start and early.end == start and late.end == end:
                yield late.value - early.value
