"""Waiting times of the services limited by work.

It also says how loaded they are (``docs/model.md`` section 7). People of one class of a stage are taken to be served
first come first served within their country. Classes are found from the run: groups of a country that are served at the
same hazard every day wait in one queue. Groups served sooner, because they are known to have specific needs, wait in
one of their own. Waits of several classes or countries are combined by the number of people. Somebody transferred to
another country starts to wait anew there, and people waiting at the opening count from the day before the run.

While a service is at capacity (a *congested* day) a wait is that of the head of the queue. On other days people leave
at one hazard: the service's minimum time is the mean of their waits, and that is what is returned. Percentiles spread
about it as an exponential does (``spread.py``). Near capacity small teams keep people waiting where a fluid sees no
queue; ``warned`` says where that matters.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from mixedmig_model.equations.table import SERVED
from mixedmig_model.results.measures import labels, trailing_mean, values, where_label
from mixedmig_model.results.waits.before import Before
from mixedmig_model.results.waits.heads import StageQueues, Totals, queues_of, waits_of
from mixedmig_model.results.waits.queues import Queues
from mixedmig_model.results.waits.stage import Backlog, Waits
from mixedmig_model.solve.run_arrays import RunNumbers

__all__ = [
    "Backlog", "Waits", "Warned", "congested_days", "load", "served_alike", "stage_queues", "stage_waits",
    "utilisation", "waits_of_totals", "warned",
]
OPENING_WAITED = "opening_waited"
"""The variable that says how long people had waited at first."""
CONGESTED = 0.98
"""Share of capacity at which a service is at capacity."""
KEPT_WAITING = 0.95
"""Share served below which a service is at capacity too.

It is of those whose minimum time has passed.
"""
CATCHING_UP = 0.05
"""Share within which the day of catching up counts in part.

It lies on the other side of either bound, so that a tiny difference decides nothing.
"""
ALIKE = 0.02
"""Difference of hazards below which groups are one class.

Hazards of being served are weighted by people.
"""
WARN_FROM, WARN_TO, WARN_SHARE = 0.80, 1.05, 0.05
"""Loads between which chance matters, and a share of days.

Above that share a report warns of it.
"""
LOAD_DAYS = 28
"""Days over which the load of a service is averaged."""


def stage_queues(
    ds: RunNumbers, stage: str, country: str | None = None, groups: Sequence[str] | None = None, alike: bool = True
) -> tuple[Queues, np.ndarray, np.ndarray]:
    """Return the queues of a stage.

    Parameters
    ----------
    ds : RunNumbers
        A run.
    stage : str
        The stage.
    country : str | None, default None
        A country; all if not given.
    groups : Sequence[str] | None, default None
        Names of groups; all if not given.
    alike : bool, default True
        Groups served at the same hazard wait in one queue; if False each group has its own.

    Returns
    -------
    tuple[Queues, numpy.ndarray, numpy.ndarray]
        Queues, the country of each, and the queue of each group and country (-1: left out).

    Raises
    ------
    KeyError
        For labels that the run does not have.
    """
    totals, where, series = stage_totals(ds, stage, country, groups, alike=alike)
    return queues_of([totals])[0], where, series


def stage_totals(
    ds: RunNumbers, stage: str, country: str | None = None, groups: Sequence[str] | None = None, *,
    alike: bool = True, classes: np.ndarray | None = None,
) -> tuple[Totals, np.ndarray, np.ndarray]:
    """Return the totals of the queues of a stage.

    ``classes`` ``[G, C]``: The class of each group, where it is known. Arguments and the rest of what is returned are
    those of ``stage_queues``.
    """
    at = where_label(ds, "stage", stage)
    moved = [values(ds, f"daily_{name}")[:, at] for name in ("entered", "served", "lost", "waiting")]
    chosen = np.array([groups is None or name in groups for name in labels(ds, "group")])
    within = np.array([country is None or name == country for name in labels(ds, "country")])
    if country is not None:
        where_label(ds, "country", country)
    if classes is None:
        classes = served_alike(moved[1], moved[3]) if alike else np.arange(len(chosen))[:, None] + 0 * within
    members = np.where(chosen[:, None] & within, classes, -1)
    found = sorted({(int(c), int(members[g, c])) for g, c in np.argwhere(members >= 0)})
    series = np.full(members.shape, -1)
    parts = [np.zeros((len(total), len(found))) for total in moved]
    for number, (c, k) in enumerate(found):
        own = np.flatnonzero(members[:, c] == k)
        series[own, c] = number
        for part, total in zip(parts, moved, strict=True):
            part[:, number] = total[:, own[0], c] if len(own) == 1 else total[:, own, c].sum(axis=1)
    before = waited_before(ds, stage, series, len(found))
    entered, served, lost, waiting = parts
    return Totals(entered, served, lost, waiting, before), np.array([c for c, _ in found], dtype=int), series


def waited_before(ds: RunNumbers, stage: str, series: np.ndarray, queues: int) -> Before | None:
    """Return how long people at the opening had waited.

    It is None where the case does not say so. ``series`` is the queue of each group and country.
    """
    if OPENING_WAITED not in ds.variables:
        return None
    table = values(ds, OPENING_WAITED)[:, where_label(ds, "stage", stage)]  # [age, G, C]
    older = np.zeros((len(table), queues))
    for group, country in np.argwhere(series >= 0):
        older[:, series[group, country]] += table[:, group, country]
    ages = values(ds, "age").astype(float)
    shares = np.where(older[0] > 0.0, older / np.maximum(older[0], 1e-12), np.maximum(1.0 - ages, 0.0)[:, None])
    return Before(ages, shares)


def served_alike(served: np.ndarray, waiting: np.ndarray) -> np.ndarray:
    """Return the class of each group.

    It is the first group that is served at the same hazard, day by day.

    Parameters
    ----------
    served : numpy.ndarray
        People served (person, ``[D, G, C]``).
    waiting : numpy.ndarray
        People at the edges of the days (person, ``[D + 1, G, C]``).

    Returns
    -------
    numpy.ndarray
        Class ``[G, C]``.
    """
    return _alike(*(np.ascontiguousarray(np.moveaxis(part, 0, -1)) for part in (served, waiting)))


def stages_alike(ds: RunNumbers, stages: Sequence[str]) -> dict[str, np.ndarray]:
    """Return the classes of several stages, ``[G, C]`` by stage.

    A stage of a country is to its groups what a further country is.
    """
    rows = [where_label(ds, "stage", stage) for stage in stages]
    served, waiting = (  # [G, S, C, D]
        np.ascontiguousarray(values(ds, f"daily_{name}")[:, rows].transpose(2, 1, 3, 0))
        for name in ("served", "waiting")
    )
    classes = _alike(*(part.reshape(len(part), -1, part.shape[-1]) for part in (served, waiting)))
    return dict(zip(stages, np.moveaxis(classes.reshape(served.shape[:3]), 1, 0), strict=True))


def _alike(served: np.ndarray, waiting: np.ndarray) -> np.ndarray:
    """Return classes ``[G, N]`` of people ``[G, N, D]``.

    They are people served, and people at the edges of the days.
    """
    people = 0.5 * (waiting[:, :, 1:] + waiting[:, :, :-1])
    hazard = np.where(people > 1e-9, served / np.maximum(people, 1e-9), 0.0)
    groups = len(people)
    classes = np.tile(np.arange(groups)[:, None], (1, people.shape[1]))
    alone = np.ones(classes.shape, dtype=bool)
    for first in range(groups - 1):
        later = first + 1 + np.flatnonzero(alone[first + 1 :].any(axis=1))
        if len(later) == 0:
            break
        both, own = np.minimum(people[later], people[first]), hazard[later]
        gap = (both * np.abs(own - hazard[first])).sum(axis=2)
        same = alone[later] & (gap <= ALIKE * (both * own).sum(axis=2))
        classes[later] = np.where(same, first, classes[later])
        alone[later] &= ~same
    return classes


def stage_waits(
    ds: RunNumbers, stage: str, country: str | None = None, groups: Sequence[str] | None = None
) -> Waits:
    """Return the waits of a stage limited by work.

    The stage is one of ``table.SERVED``; waits are of some groups or all, in one country or all. Raises KeyError for a
    stage without a service, or for labels that the run does not have.
    """
    if stage not in SERVED:
        raise KeyError(f"'{stage}' is not a work-limited stage; these are: {', '.join(SERVED)}")
    return waits_of([asked_of_stage(ds, stage, *stage_totals(ds, stage, country, groups))])[0]


def asked_of_stage(
    ds: RunNumbers, stage: str, totals: Totals, where: np.ndarray, series: np.ndarray
) -> StageQueues:
    """Return the queues of a stage with how far it is at capacity."""
    before = np.zeros((1, len(labels(ds, "country"))))
    at_capacity = np.concatenate([before, congestion(ds, stage)])[:, where]
    return StageQueues(stage, totals, where, series=series, at_capacity=at_capacity)


def waits_of_totals(
    stage: str, entered: np.ndarray, served: np.ndarray, lost: np.ndarray, waiting: np.ndarray
) -> Waits:
    """Return waits of the head of one queue.

    They come from its totals a day ``[D]`` and people at the edges ``[D + 1]``. This is for a stock that is no service
    limited by work, such as people adrift. In the model their times scatter about the mean as an exponential does;
    first come first served says how that mean changes over time.
    """
    return waits_of([asked_of_totals(stage, entered, served, lost, waiting)])[0]


def asked_of_totals(
    stage: str, entered: np.ndarray, served: np.ndarray, lost: np.ndarray, waiting: np.ndarray
) -> StageQueues:
    """Return the queue of ``waits_of_totals``."""
    totals = Totals(entered[:, None], served[:, None], lost[:, None], waiting[:, None])
    return StageQueues(stage, totals, np.zeros(1, int), series=np.zeros((1, 1), int),
                 at_capacity=np.ones(totals.waiting.shape))


def congested_days(ds: RunNumbers, stage: str) -> np.ndarray:
    """Return days on which a service is at capacity ``[D, C]``.

    It is as ``congestion`` finds it.
    """
    return congestion(ds, stage) >= 1.0


def congestion(ds: RunNumbers, stage: str) -> np.ndarray:
    """Return how far a service is at capacity, 0 to 1.

    It is by day and country ``[D, C]``. It is 1 where the service serves at least 98 % of what its staff can. It is 1
    too where it serves fewer than 95 % of those whose minimum time has passed. Reheard files, interpreters and escorts
    take capacity that ``service_capacity`` does not know of. It falls to 0 over the next 5 % on the other side of
    either bound.
    """
    at, row = where_label(ds, "function", stage), where_label(ds, "stage", stage)
    served = values(ds, "daily_served")[:, row].sum(axis=1)
    waiting = values(ds, "daily_waiting")[:, row].sum(axis=1)
    capacity, staff = values(ds, "service_capacity")[:, at], values(ds, "staff_effective")[:, at]
    passed = values(ds, "work_needed")[:, at] * capacity / np.maximum(staff, 1e-9)
    passed = passed * 0.5 * (waiting[1:] + waiting[:-1]) / np.maximum(waiting[1:], 1e-9)
    full = _part(served - (CONGESTED - CATCHING_UP) * capacity, capacity)
    kept = _part((KEPT_WAITING + CATCHING_UP) * passed - served, passed)
    somebody = np.maximum(waiting[1:], waiting[:-1]) > 1e-6
    return np.where(somebody, np.maximum(full, kept), 0.0)


def _part(beyond: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Return how far something is beyond a bound, 0 to 1.

    It is 0 where nothing is, 1 where ``CATCHING_UP`` of the whole is, linear between.
    """
    most = CATCHING_UP * whole
    return np.where(beyond >= most, 1.0, np.maximum(beyond, 0.0) / np.maximum(most, 1e-12))


def utilisation(ds: xr.Dataset, function: str) -> xr.DataArray:
    """Return people served over what staff could serve.

    Staff are those in post, by day and country; NaN where they could serve nobody.
    """
    capacity = ds["service_capacity"].sel(function=function, drop=True)
    served = ds["daily_served"].sel(stage=function, drop=True).sum("group")
    result = served / capacity.where(capacity > 0.0)
    result.attrs = {"units": "share", "long_name": f"utilisation of {function}"}
    return result.rename("utilisation")


def load(ds: xr.Dataset, function: str) -> xr.DataArray:
    """Return people entering over what staff could serve.

    Staff are those in post, and both numbers are over four weeks, by day and country. Below capacity this is the
    utilisation. Unlike it, it says by how much a service is overrun. It is NaN without capacity.
    """
    capacity = trailing_mean(ds["service_capacity"].sel(function=function).values, LOAD_DAYS)
    entered = trailing_mean(ds["daily_entered"].sel(stage=function).sum("group").values, LOAD_DAYS)
    share = np.where(capacity > 0.0, entered / np.maximum(capacity, 1e-9), np.nan)
    coords = {"day_interval": ds["day_interval"], "country": ds["country"]}
    text = {"units": "share", "long_name": f"load of {function}, mean of four weeks"}
    return xr.DataArray(share, coords, ("day_interval", "country"), "load", text)


@dataclass(frozen=True)
class Warned:
    """A service whose load is near capacity on a share of days.

    Waits are longer there than a fluid says.
    """

    function: str
    country: str
    share: float
    team: float  # officers of full output, mean over those days


def warned(ds: xr.Dataset) -> list[Warned]:
    """Return services near capacity on more than 5 % of days.

    Their load is between 80 and 105 %; reports carry a warning. With few officers chance keeps people waiting there
    where this model sees no queue.
    """
    found = []
    staff = values(ds, "staff_effective")
    for row, function in enumerate(labels(ds, "function")):
        loaded = load(ds, function).values
        near = (loaded >= WARN_FROM) & (loaded <= WARN_TO)
        for number, country in enumerate(labels(ds, "country")):
            share = float(near[:, number].mean())
            if share > WARN_SHARE:
                found.append(Warned(function, country, share, float(staff[near[:, number], row, number].mean())))
    return found
