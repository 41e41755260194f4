"""From the quantities of a run to what is billed.

Units of each cost item are billed by day and country (``docs/costs.md``). Variable costs follow people and events. Step
costs go by whole units. Fixed costs run while something is open. Capital is bought before use, or spread over its life.
One-off costs fall on the first day, closing costs when places close. Capacity is billed whether it is used or not. A
price for a month is billed by months of the calendar: a whole month bills 1 for any number of days. A price for a year
is that of twelve months.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

import numpy as np

from mixedmig_model.inputs.costs.book import unit_factor
from mixedmig_model.inputs.costs.drivers import DRIVERS
from mixedmig_model.inputs.costs.schema import CostItem
from mixedmig_model.vocabulary.calendar import MONTH_DAYS, YEAR_DAYS

WHOLE = 1e-6
"""Excess over whole steps that needs no further unit.

It is the accuracy of the solver.
"""
OPEN = 0.5
"""Level from which something is open.

The level is persons, officers or places.
"""

Lookup = Callable[[str], np.ndarray]


def billed(
    item: CostItem, quantity: Lookup, financial: bool, discount_rate: float, month_shares: np.ndarray,
    level: Lookup | None = None,
) -> np.ndarray:
    """Return the units billed a day and country.

    Multiplied by a price they are money. Source: ``docs/costs.md``.

    Parameters
    ----------
    item : CostItem
        The cost item.
    quantity : Lookup
        Function that returns a driver by name.
    financial : bool
        Count capital as cash when it is bought; if False, as an equivalent yearly cost while it stands.
    discount_rate : float
        Discount rate (1/year), for capital that is not cash.
    month_shares : numpy.ndarray
        Share of its calendar month that each day is, ``[D]``.
    level : Lookup | None, default None
        Function that returns a driver, at least zero, where many items ask for it.

    Returns
    -------
    numpy.ndarray
        Units of ``item.per``, ``[..., D, C]``.
    """
    used = level(item.driver) if level else at_least_none(quantity(item.driver))
    factor = _factor(item, month_shares)
    if item.behaviour == "capital":
        return _capital(item, used, financial, discount_rate) * factor
    rules: dict[str, Callable[[], np.ndarray]] = {
        "variable": lambda: _variable(item, used, quantity),
        "step": lambda: _steps(item, used),
        "fixed": lambda: np.where(open_days(item, used), 1.0, 0.0),
        "one_off": lambda: first_day(open_days(item, used)),
        "closing": lambda: np.maximum(-change(used), 0.0),
    }
    return rules[item.behaviour]() * factor


def drivers_of(items: Iterable[CostItem]) -> list[str]:
    """Return the names of all drivers that ``billed`` reads."""
    return sorted({name for item in items for name in (item.driver, item.places) if name is not None})


def at_least_none(level: np.ndarray) -> np.ndarray:
    """Return a level, zero where it is below.

    The error of a solver could make it negative.
    """
    return np.asarray(np.maximum(level, 0.0))


def contract_days(item: CostItem) -> float:
    """Return the mean days of the term that a price is for.

    The term is a month, or a year, alone or for each person, officer or desk (``month``, ``person*year``); 0 where it
    is for neither.
    """
    return 0.0 if item.behaviour == "one_off" else _term_of(item.per)


@lru_cache(maxsize=512)
def _term_of(per: str) -> float:
    names = set(re.findall(r"[a-z_]+", per.lower()))
    return MONTH_DAYS if names & {"month", "months"} else YEAR_DAYS if names & {"year", "years"} else 0.0


def by_the_year(item: CostItem) -> bool:
    """Return whether a price is for a year.

    Months are then parts of what it buys.
    """
    return contract_days(item) == YEAR_DAYS


def _factor(item: CostItem, month_shares: np.ndarray) -> np.ndarray | float:
    """Return the units of ``item.per`` for a unit of the driver.

    They are by day ``[D, 1]`` where the price is for a month or a year.
    """
    factor, days = unit_factor(item) * item.use, contract_days(item)
    return factor * MONTH_DAYS * month_shares[:, None] if days else factor


def _steps(item: CostItem, level: np.ndarray) -> np.ndarray:
    """Return whole units begun, while something is open."""
    units = np.ceil(np.maximum(level / (item.step or 1.0) - WHOLE, 0.0))
    return np.where(open_days(item, level), units, 0.0)


def _variable(item: CostItem, level: np.ndarray, quantity: Lookup) -> np.ndarray:
    """Return what is used, or what a contract makes payable.

    A contract makes a share of places payable even if they are empty.
    """
    if item.places is None or item.contract_minimum is None:
        return level
    return np.asarray(np.maximum(level, item.contract_minimum * quantity(item.places)))


def change(level: np.ndarray) -> np.ndarray:
    """Return the change of a level from day to day.

    It is 0 on the first day: what stood before the run is not bought in it.
    """
    moved = np.zeros_like(level)
    moved[..., 1:, :] = np.diff(level, axis=-2)
    return moved


def open_days(item: CostItem, level: np.ndarray) -> np.ndarray:
    """Return whether something is open.

    It is open from half a person, officer or place on; of a share, where there is any.
    """
    return np.asarray(level > WHOLE if DRIVERS[item.driver].unit == "share" else level >= OPEN)


def first_day(is_open: np.ndarray) -> np.ndarray:
    """Return 1 on the first day on which something is open.

    It is 0 on all other days.
    """
    before = np.cumsum(is_open, axis=-2) - is_open
    return np.where(is_open & (before == 0), 1.0, 0.0)


def bought(level: np.ndarray) -> np.ndarray:
    """Return the units bought a day.

    It is what exceeds the most there has been so far, so that what is closed and reopened is not bought twice.
    """
    most = np.maximum.accumulate(level, axis=-2)
    return np.asarray(np.maximum(change(most), 0.0))


def annuity_factor(life_years: float, discount_rate: float) -> float:
    """Return the yearly payment that repays 1 over a life.

    The discount rate is 1/year; without discounting the payment is 1/life.
    """
    if discount_rate == 0.0:
        return 1.0 / life_years
    return float(discount_rate / (1.0 - (1.0 + discount_rate) ** -life_years))


def _capital(item: CostItem, level: np.ndarray, financial: bool, discount_rate: float) -> np.ndarray:
    """Return purchases of capital.

    They fall on the day they are paid, or are the yearly equivalent of what stands. The residual value is deducted.
    """
    life = item.life_years or 1.0
    if financial:
        paid = bought(level)
        lead = min(round(item.lead_days), paid.shape[-2])
        early = np.zeros_like(paid)
        early[..., : paid.shape[-2] - lead, :] = paid[..., lead:, :]
        early[..., 0, :] += paid[..., :lead, :].sum(axis=-2)
        return np.asarray(early)
    kept = item.residual_share * (1.0 + discount_rate) ** -life
    return np.asarray(level * ((1.0 - kept) * annuity_factor(life, discount_rate) / YEAR_DAYS))
