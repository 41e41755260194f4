"""What an observation counts.

It is a convenience name, a driver of costs, or a flow or stock of the flow table. It may also be people who have waited
for long, or money.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from mixedmig_model.inputs.costs.drivers import DRIVERS
from mixedmig_model.inputs.costs.sectors import SECTORS
from mixedmig_model.inputs.reading.faults import listed, nearest
from mixedmig_model.vocabulary.labels import OBSERVED_FLOWS, OBSERVED_LEVELS, PUBLISHED_QUANTITIES, STAGES
from mixedmig_model.vocabulary.observed import (
    FLOWS_AT_SEA,
    PEOPLE_FLOWS,
    STAFF,
    STAFF_FLOWS,
    STOCK_AXES,
    STOCKS_AT_SEA,
)

Kind = Literal["name", "driver", "flow", "stock", "waiting_over", "cost", "money_received"]
Time = Literal["period", "date"]
NAMES = (*PUBLISHED_QUANTITIES, *OBSERVED_FLOWS, *OBSERVED_LEVELS)
COUNTED = tuple(name for name, driver in DRIVERS.items() if driver.unit != "share")
"""Drivers of costs that can be observed; a share is no amount."""
FLOWS = (*PEOPLE_FLOWS, *STAFF_FLOWS)
LONGEST_WAIT = 3650
PEAK = "peak_stranded"
"""The largest number within a period.

It is not known by group, nor in cases.
"""
NO_COUNTRY = {f"flow:{name}" for name in FLOWS_AT_SEA} | {f"stock:{name}" for name in STOCKS_AT_SEA}
FORMS = "a name of docs/inputs.md, flow:NAME, stock:NAME[axis=label], waiting_over:STAGE:DAYSd, cost or cost:SECTOR"


class QuantityError(ValueError):
    """Raised for a quantity that the model does not know.

    It has the problem, what is allowed, and the closest name.
    """

    def __init__(self, problem: str, allowed: str, near: str = "") -> None:
        super().__init__(problem)
        self.problem, self.allowed, self.near = problem, allowed, near


@dataclass(frozen=True)
class Quantity:
    """What an observation counts, in its parts.

    Attributes
    ----------
    kind : str
        How it is computed.
    name : str
        Name of its kind: of a flow, a stock, a stage, a sector or a driver.
    at : Mapping[str, str]
        The part of a stock: label by axis.
    days : int
        Days that people have waited longer than.
    """

    kind: Kind
    name: str
    at: Mapping[str, str] = field(default_factory=dict)
    days: int = 0

    @property
    def time(self) -> Time:
        """Whether it is of a period or of a date."""
        level = {
            "name": self.name in OBSERVED_LEVELS, "stock": True, "waiting_over": True,
            "driver": self.kind == "driver" and DRIVERS[self.name].kind == "level",
        }
        return "date" if level.get(self.kind, False) else "period"

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money."""
        return self.kind in ("cost", "money_received")

    @property
    def has_groups(self) -> bool:
        """Whether it is known by group."""
        if self.kind == "flow":
            return self.name not in STAFF_FLOWS
        if self.name == PEAK:
            return False
        return self.kind in ("name", "waiting_over") or (self.kind == "stock" and self.name != STAFF)

    @property
    def has_countries(self) -> bool:
        """Whether it is known by country."""
        return f"{self.kind}:{self.name}" not in NO_COUNTRY and (self.kind, self.name) not in (
            ("name", "stranded"), ("money_received", ""))

    def unit(self, currency: str) -> str:
        """Return the unit in which the model counts it."""
        if self.is_money:
            return currency
        if self.kind == "driver":
            return DRIVERS[self.name].unit
        of_staff = (self.kind, self.name) == ("stock", STAFF) or (self.kind == "flow" and self.name in STAFF_FLOWS)
        return "officer" if of_staff else "person"


def quantity_of(text: str) -> Quantity:
    """Return what a text in the column ``quantity`` counts.

    Parameters
    ----------
    text : str
        The text, such as ``in_detention`` or ``stock:people[stage=appeal]``.

    Returns
    -------
    Quantity
        What it counts.

    Raises
    ------
    QuantityError
        For a name that the model does not know.
    """
    head, _, rest = text.partition(":")
    if rest or head in ("flow", "stock", "waiting_over"):
        return _PARTS[head](rest) if head in _PARTS else _unknown(text)
    if text in NAMES:
        return Quantity("name", text)
    if text in COUNTED:
        return Quantity("driver", text)
    if text in ("cost", "money_received"):
        return Quantity("cost" if text == "cost" else "money_received", "")
    return _unknown(text)


def followed_quantity(text: str) -> Quantity:
    """Return what a text counts, of what can be followed in time.

    Raises QuantityError for other names, and for the largest number within a period.
    """
    found = quantity_of(text)
    if (found.kind, found.name) == ("name", PEAK):
        raise QuantityError("the largest number of a period cannot be followed", "stranded", "stranded")
    return found


def _unknown(text: str) -> Quantity:
    """Raise QuantityError for a text of no known form."""
    forms = [*NAMES, *COUNTED, *(f"flow:{name}" for name in FLOWS), *(f"stock:{name}" for name in STOCK_AXES), "cost",
             "money_received"]
    raise QuantityError("unknown quantity", FORMS, nearest(text, forms))


def _flow(name: str) -> Quantity:
    if name not in FLOWS:
        near = nearest(name, FLOWS)
        raise QuantityError("unknown flow", "a row of docs/flows.md", f"flow:{near}" if near else "")
    return Quantity("flow", name)


def _stock(text: str) -> Quantity:
    """Return a stock, or the part of it in brackets."""
    found = re.fullmatch(r"([a-z_]*)(?:\[([^\[\]]*)\])?", text)
    name = found[1] if found else text.split("[")[0]
    if name not in STOCK_AXES:
        near = nearest(name, STOCK_AXES)
        raise QuantityError("unknown stock", listed(STOCK_AXES), f"stock:{near}" if near else "")
    if found is None:
        raise QuantityError("the brackets of the stock are not closed", "stock:people[stage=appeal,place=detention]")
    axes, at = STOCK_AXES[name], {}
    for part in (found[2] or "").split(",") if found[2] is not None else ():
        axis, _, chosen = (one.strip() for one in part.partition("="))
        if axis not in axes:
            raise QuantityError(f"the stock has no axis '{axis}'", listed(axes) or "no brackets", nearest(axis, axes))
        if chosen not in axes[axis]:
            raise QuantityError(f"unknown {axis} '{chosen}'", listed(axes[axis]), nearest(chosen, axes[axis]))
        if axis in at:
            raise QuantityError(f"duplicate axis '{axis}'", "each axis once")
        at[axis] = chosen
    return Quantity("stock", name, at)


def _waiting(text: str) -> Quantity:
    """Return people who have waited in a stage for too long."""
    stage, _, days = text.partition(":")
    if stage not in STAGES:
        raise QuantityError(f"unknown stage '{stage}'", listed(STAGES), nearest(stage, STAGES))
    found = re.fullmatch(r"([0-9]{1,4})d", days)
    if found is None or not 1 <= int(found[1]) <= LONGEST_WAIT:
        raise QuantityError("not a number of days", f"1d to {LONGEST_WAIT}d, such as waiting_over:{stage}:183d")
    return Quantity("waiting_over", stage, days=int(found[1]))


def _cost(sector: str) -> Quantity:
    if sector not in SECTORS:
        near = nearest(sector, SECTORS)
        raise QuantityError("unknown sector", listed(SECTORS), f"cost:{near}" if near else "")
    return Quantity("cost", sector)


_PARTS = {"flow": _flow, "stock": _stock, "waiting_over": _waiting, "cost": _cost}
