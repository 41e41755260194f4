"""What a role sees.

It sees its own returns, late and undercounted, and its money.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import xarray as xr

from mixedmig_model.inputs.exercises.reading import ExerciseInputs
from mixedmig_model.inputs.exercises.schema import ExerciseRole
from mixedmig_model.inputs.observations.published import Observation
from mixedmig_model.inputs.observations.quantities import Quantity, quantity_of
from mixedmig_model.inputs.reading.fields import EVERYWHERE
from mixedmig_model.results.costs.lines import CENTS, CostRun
from mixedmig_model.results.costs.pricing import PAYER_NAMES
from mixedmig_model.results.observed import modelled
from mixedmig_model.study.exercise.orders import round_start

Money = Callable[[], CostRun]


@dataclass(frozen=True)
class RoleReturn:
    """A quantity as a role knows it, by round.

    A level is of the last day that is reported, an amount of the days of the round. The first is of the day before the
    exercise.
    """

    quantity: str
    level: bool
    unit: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class RoleCash:
    """Money of a payer: what there was, what is committed so far."""

    payer: str
    given: float
    committed: float


def amount(
    inputs: ExerciseInputs, ds: xr.Dataset, quantity: Quantity, number: int, countries: tuple[str, ...] | None = None,
    *, lag: int = 0, money: Money | None = None,
) -> float:
    """Return a quantity at the end of a round, or over it.

    Parameters
    ----------
    inputs : ExerciseInputs
        The exercise.
    ds : xarray.Dataset
        A run to the end of the round, or longer.
    quantity : Quantity
        What is counted.
    number : int
        The round; 0 for the day before the first.
    countries : tuple of str or None
        Countries; all if None.
    lag : int, default 0
        Days by which the number is late.
    money : callable or None
        Costs of the run, called for money only.

    Returns
    -------
    float
        The number.
    """
    late = timedelta(days=lag)
    end = max(round_start(inputs, number + 1) - late, inputs.case.case.start)
    start = max(round_start(inputs, max(number, 1)) - late, inputs.case.case.start)
    level = quantity.time == "date"
    where = " ".join(countries) if countries and quantity.has_countries else EVERYWHERE
    name = _text(quantity)
    last = end - timedelta(days=1)
    if level:
        day = max(last, inputs.case.case.start)
        seen = Observation(name, day, day + timedelta(days=1), where, low=0.0, value=0.0, high=0.0, kind="predicted",
                           source="", note="", level=True)
    else:
        seen = Observation(name, start, end if number else start, where, low=0.0, value=0.0, high=0.0,
                           kind="predicted", source="", note="")
    return modelled(ds, seen, money)


def _text(quantity: Quantity) -> str:
    """Return a quantity as tables write it."""
    at = ",".join(f"{axis}={label}" for axis, label in quantity.at.items())
    return {
        "name": quantity.name, "driver": quantity.name, "flow": f"flow:{quantity.name}",
        "stock": f"stock:{quantity.name}" + (f"[{at}]" if at else ""),
        "waiting_over": f"waiting_over:{quantity.name}:{quantity.days}d",
        "cost": f"cost:{quantity.name}" if quantity.name else "cost", "money_received": "money_received",
    }[quantity.kind]


def returns_of(
    inputs: ExerciseInputs, ds: xr.Dataset, role: ExerciseRole, number: int, money: Money | None = None
) -> tuple[RoleReturn, ...]:
    """Return what a role knows after a round.

    Each number is late by the role's days, and misses the share that the role undercounts.
    """
    book = inputs.case.workspace.costs
    currency = book.money.base_currency if book else ""
    found = []
    for text in role.sees:
        quantity = quantity_of(text)
        values = tuple(
            (1.0 - role.undercount) * amount(inputs, ds, quantity, at, role.countries, lag=role.lag_days, money=money)
            for at in range(number + 1)
        )
        found.append(RoleReturn(text, quantity.time == "date", quantity.unit(currency), values))
    return tuple(found)


def cash_of(inputs: ExerciseInputs, role: ExerciseRole, costs: CostRun, number: int) -> tuple[RoleCash, ...]:
    """Return the money of a role's payers after a round.

    What a month costs is spread evenly over its days.
    """
    monthly = costs.by("month", "payer") / CENTS
    lengths = np.diff(np.append(costs.calendar.starts, costs.calendar.days)).astype(int)
    daily = np.repeat(monthly / lengths[:, None], lengths, axis=0)
    first = (inputs.exercise.start - inputs.case.case.start).days
    last = (round_start(inputs, number + 1) - inputs.case.case.start).days
    return tuple(
        RoleCash(payer, given, float(daily[first:last, PAYER_NAMES.index(payer)].sum()))
        for payer, given in role.money.items()
    )
