"""Capacity that money allows to open.

A plan opens places and posts. Where funding binds, what a payer does not pay does not open.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from mixedmig_model.inputs.reading.cautions import Caution
from mixedmig_model.inputs.reading.faults import Fault
from mixedmig_model.inputs.resolving.request import Request
from mixedmig_model.inputs.resolving.run_inputs import Steps, merged
from mixedmig_model.vocabulary.calendar import MONTH_DAYS

BINDS = "funding.binds"
PAID_AS = {
    "reception.places": "reception_sites",
    "reception.tent_places": "reception_tents",
    "reception.existing_building_places": "reception_existing_buildings",
    "reception.new_building_places": "reception_new_buildings",
    "detention.places": "detention",
    "alternative.places": "alternative_case_management",
    "registration.officers": "registration_staff",
    "screening.officers": "screening_staff",
    "referral.officers": "referral_staff",
    "determination.officers": "determination_staff",
    "appeal.panels": "appeal_panels",
    "return.officers": "return_staff",
    "interpretation.interpreters": "interpreters",
}
"""The cost item that pays for each capacity."""


class Paid(NamedTuple):
    """What one payer pays of a capacity: how much, and how late."""

    share: float  # of the cost of the capacity, that comes
    late: float  # day


def funded(request: Request, parameters: Mapping[str, Steps]) -> dict[str, Steps]:
    """Return capacities that are smaller because funding binds.

    What stands on the first day stays. Of what a plan opens later, each payer pays its share, as far as its money comes
    and when it comes. A fault is noted where there is no cost book, a caution where less opens.

    Parameters
    ----------
    request : Request
        What is resolved.
    parameters : Mapping[str, Steps]
        Parameters as planned, base units.

    Returns
    -------
    dict[str, Steps]
        Capacities that differ from the plan.
    """
    binds = parameters[BINDS]
    if not binds.values.any():
        return {}
    book, costs = request.inputs.workspace.costs, request.inputs.costs
    if book is None or costs is None:
        text = "funding binds, and this workspace has no cost book that says who pays"
        request.faults.append(Fault(*request.location((BINDS,)), text, allowed="parameters/costs, or 0"))
        return {}
    found = {}
    for name, item in PAID_AS.items():
        if item not in book.items:
            text = f"funding binds, and no cost item says who pays for {name}"
            request.faults.append(Fault(*request.location((BINDS,)), text, item, "the item in parameters/costs"))
            continue
        payers = costs.file.payers.get(item, book.items[item].payers)
        coverage, delay = book.money.funding_coverage, book.money.disbursement_delay
        paid = [Paid(float(share) * (coverage[payer].value if payer in coverage else 1.0),
                     MONTH_DAYS * (delay[payer].value if payer in delay else 0.0)) for payer, share in payers.items()]
        steps = opened(parameters[name], binds, paid, request.inputs.days)
        if not same(steps, parameters[name]):
            found[name] = steps
    if found:
        request.cautions.append(_caution(request, found))
    return found


def opened(planned: Steps, binds: Steps, paid: list[Paid], days: int) -> Steps:
    """Return the capacity that opens of a plan, ``[K, C]``.

    It is never more than planned, and never less than the smaller of what stood first and what is planned. A payer pays
    for what has been planned at all times since its money was asked for.

    Parameters
    ----------
    planned, binds : Steps
        Capacity of the plan, and how far funding binds (0 to 1), by country.
    paid : list[Paid]
        What each payer pays.
    days : int
        Length of the run (day).

    Returns
    -------
    Steps
        Capacity, in the unit of the plan.
    """
    late = sorted({np.ceil(one.late) for one in paid})
    starts = sorted({*planned.starts, *binds.starts, *(day + wait for day in planned.starts for wait in late)})
    starts = [day for day in starts if day < days]
    first = planned.at(0.0)
    levels = []
    for day in starts:
        plan = planned.at(day)
        more = [one.share * _since(planned, first, day, np.ceil(one.late)) for one in paid]
        money = np.sum(more, axis=0) if more else 0.0 * plan
        levels.append(plan - binds.at(day) * np.maximum(plan - np.minimum(plan, first) - money, 0.0))
    return merged(starts, np.array(levels))


def _since(planned: Steps, first: np.ndarray, day: float, late: float) -> np.ndarray:
    """Return what was planned beyond the first at all times.

    These are the last ``late`` days; before the run nothing more was planned.
    """
    if day - late < 0.0:
        return 0.0 * first
    least = np.min([planned.at(day - late), *(planned.at(one) for one in planned.starts if day - late < one <= day)],
                   axis=0)
    return np.asarray(np.maximum(least - first, 0.0))


def same(one: Steps, other: Steps) -> bool:
    """Return whether two step functions are one."""
    return one.starts == other.starts and np.array_equal(one.values, other.values)


def _caution(request: Request, found: Mapping[str, Steps]) -> Caution:
    """Return the caution of a plan that is not fully paid."""
    names = ", ".join(found)
    text = f"funding binds in scenario {request.scenario}: less opens than planned of {names}"
    return Caution(*request.location((BINDS,)), text, advice="costs and money required are of what opens")
