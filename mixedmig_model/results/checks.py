"""The model compared with figures observed elsewhere.

The model is compared with them, never tuned to them. None of these figures is an input of the equations. A model near
one of them is no proof, and a model far from one may be what a case is about. A model that cannot come near any of them
is worth a question.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mixedmig_model.equations.table import SERVED
from mixedmig_model.results.measures import (
    ASSISTED,
    CARRIED_OUT,
    GRANTED,
    INDUCED,
    ORDERED,
    kept_input,
    moved,
    ratio,
    values,
    where_label,
)
from mixedmig_model.results.waits.stays import detention_stays, ended_by_release
from mixedmig_model.solve.run_arrays import RunNumbers
from mixedmig_model.vocabulary.calendar import YEAR_DAYS


@dataclass(frozen=True)
class Check:
    """A figure of the model's next to one observed elsewhere.

    It is a share, or person/year, with the plausible range. ``inside``: the model's lies within the range; None where
    either is missing.
    """

    parameter: str
    title: str
    ours: float
    observed: float
    low: float
    high: float
    inside: bool | None
    unit: str = "share"


def recognition(ds: RunNumbers) -> float:
    """Return positive first decisions over all first decisions.

    Prima facie recognition is no decision on a claim.
    """
    negative = [flow for flow in SERVED["determination"] if flow not in GRANTED]
    positive = moved(ds, "recognised")
    return ratio(positive, positive + moved(ds, *negative))


def appeals_allowed(ds: RunNumbers) -> float:
    """Return appeals allowed over appeals decided."""
    return ratio(moved(ds, "appeals_allowed"), moved(ds, *SERVED["appeal"]))


def orders_carried_out(ds: RunNumbers) -> float:
    """Return the share of final decisions that returns carry out.

    Returns are by force or with assistance. Decisions are those in the run, and people under one when it opened: in
    return or in limbo. So it is a share.
    """
    stages = [where_label(ds, "stage", stage) for stage in ("return", "limbo")]
    under_one = float(values(ds, "daily_waiting")[0, stages].sum())
    return ratio(moved(ds, *CARRIED_OUT), under_one + moved(ds, *ORDERED))


def crossing_mortality(ds: RunNumbers) -> float:
    """Return deaths and missing on the crossing over departures."""
    return ratio(moved(ds, "crossing_deaths"), moved(ds, "departed"))


def assisted_a_year(ds: RunNumbers) -> float:
    """Return assisted returns, persons a year.

    Induced ones are included.
    """
    return moved(ds, *ASSISTED, *INDUCED) * YEAR_DAYS / len(values(ds, "day_interval"))


CHECKS: dict[str, tuple[str, Callable[[RunNumbers], float]]] = {
    "checks.first_instance_recognition": ("Positive first decisions", recognition),
    "checks.appeals_allowed": ("Appeals allowed", appeals_allowed),
    "checks.detention_ended_by_release": ("Detention ended by release", ended_by_release),
    "checks.return_orders_carried_out": ("Return decisions carried out", orders_carried_out),
    "checks.mortality_eastern_mediterranean": ("Deaths per departure; Eastern Mediterranean", crossing_mortality),
    "checks.mortality_central_mediterranean": ("Deaths per departure; Central Mediterranean", crossing_mortality),
    "checks.detention_over_two_months": (
        "Detention over two months", lambda ds: detention_stays(ds).share_longer(TWO_MONTHS)),
    "checks.assisted_returns": ("Assisted returns a year; IOM in the world", assisted_a_year),
}
"""By parameter: title, and the model's own figure."""
A_YEAR = ("checks.assisted_returns",)
"""Checks in persons a year; the others are shares."""
TWO_MONTHS = 61


def checks(ds: RunNumbers, ranges: Mapping[str, tuple[float, float]]) -> list[Check]:
    """Return all checks of one run.

    The figure observed elsewhere is the mean over days and countries of the run's input.

    Parameters
    ----------
    ds : RunNumbers
        A run.
    ranges : Mapping[str, tuple[float, float]]
        Plausible range of each parameter, as its record has it.

    Returns
    -------
    list[Check]
        The checks.

    Raises
    ------
    KeyError
        For a missing range.
    """
    found = []
    for name, (title, share) in CHECKS.items():
        ours, (low, high) = share(ds), ranges[name]
        inside = None if math.isnan(ours) else low <= ours <= high
        unit, scale = ("person/year", YEAR_DAYS) if name in A_YEAR else ("share", 1.0)
        found.append(Check(name, title, ours, observed=scale * float(kept_input(ds, name).mean()), low=low, high=high,
                           inside=inside, unit=unit))
    return found
