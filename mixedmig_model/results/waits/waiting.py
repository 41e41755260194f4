"""Waiting times of the work-limited services, and how loaded they are (``model.md`` 7).

People of one class of a stage are taken to be served first come first served within their country. Classes are found
from the run: groups of a country that are served at the same hazard every day wait in one queue; groups served sooner,
because they are known to have specific needs, wait in one of their own. Waits of several classes or countries are
combined by the number of people. Somebody transferred to another country starts to wait anew there, and people waiting
at the opening count from the day before the run.

While a service is at capacity (a *congested* day) a wait is that of the head of the queue. On other days each person
takes the service's minimum time, and that is what is returned: the fluid knows no chance, and would say that times
scatter about it as an exponential does. Near capacity small teams keep people waiting where a fluid sees no queue;
``warned`` says where that matters.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from mixedmig_model.equations.table import SERVED
from mixedmig_model.results.measures import labels, trailing_mean, values, where_label
from mixedmig_model.results.waits.queues import Queues, make_queues
from mixedmig_model.results.waits.stage import Backlog, Waits
from mixedmig_model.solve.run_arrays import RunNumbers

__all__ = [
    "Backlog", "Waits", "Warned", "congested_days", "load", "served_alike", "stage_queues", "stage_waits",
    "utilisation", "waits_of_totals", "warned",
]
CONGESTED = 0.98
"""Share of its capacity at which a service counts as at capacity."""
KEPT_WAITING = 0.95
"""It counts so too where fewer than this share of those whose minimum time has passed are served."""
CATCHING_UP = 0.05
"""Within such a share of either bound, the day on which a service catches up counts in part: a hair decides nothing."""
ALIKE = 0.02
"""Groups whose hazard of being served differs by less than this, weighted by people, are one class."""
WARN_FROM, WARN_TO, WARN_SHARE = 0.80, 1.05, 0.05
"""Loads between which chance matters, and the share of days above which a report warns of it."""
LOAD_DAYS = 28
"""Days over which the load of a service is averaged."""


def stage_queues(
    ds: RunNumbers, stage: str, country: str | None = None, groups: Sequence[str] | None = None, alike: bool = True
) -> tuple[Queues, np.ndarray, np.ndarray]:
    """Queues of a stage, the country of each, and the queue of each group and country (-1: left out).

    Args: alike, groups served at the same hazard wait in one queue; else each group has its own. Raises KeyError for
    labels that the run does not have.
    """
    at = where_label(ds, "stage", stage)
    moved = [values(ds, f"daily_{name}")[:, at] for name in ("entered", "served", "lost", "waiting")]
    chosen = np.array([groups is None or name in groups for name in labels(ds, "group")])
    within = np.array([country is None or name == country for name in labels(ds, "country")])
    if country is not None:
        where_label(ds, "country", country)
    classes = served_alike(moved[1], moved[3]) if alike else np.arange(len(chosen))[:, None] + 0 * within
    members = np.where(chosen[:, None] & within, classes, -1)
    found = sorted({(int(c), int(members[g, c])) for g, c in np.argwhere(members >= 0)})
    series = np.full(members.shape, -1)
    parts = [np.zeros((len(total), len(found))) for total in moved]
    for number, (c, k) in enumerate(found):
        own = members[:, c] == k
        series[own, c] = number
        for part, total in zip(parts, moved, strict=True):
            part[:, number] = total[:, own, c].sum(axis=1)
    return make_queues(*parts), np.array([c for c, _ in found], dtype=int), series


def served_alike(served: np.ndarray, waiting: np.ndarray) -> np.ndarray:
    """The class ``[G, C]`` of each group: the first group that is served at the same hazard, day by day.

    Args: served persons ``[D, G, C]``; waiting persons at the edges ``[D + 1, G, C]``.
    """
    people = 0.5 * (waiting[1:] + waiting[:-1])
    hazard = np.where(people > 1e-9, served / np.maximum(people, 1e-9), 0.0)
    groups = people.shape[1]
    classes = np.tile(np.arange(groups)[:, None], (1, people.shape[2]))
    for later in range(groups - 1, -1, -1):
        for earlier in range(later - 1, -1, -1):
            both = np.minimum(people[:, later], people[:, earlier])
            gap = (both * np.abs(hazard[:, later] - hazard[:, earlier])).sum(axis=0)
            same = gap <= ALIKE * (both * hazard[:, later]).sum(axis=0)
            classes[later] = np.where(same, earlier, classes[later])
    return classes


def stage_waits(
    ds: RunNumbers, stage: str, country: str | None = None, groups: Sequence[str] | None = None
) -> Waits:
    """Waits of a work-limited stage (``table.SERVED``), of some groups or all, in one country or all.

    Raises KeyError for a stage without a service, or for labels that the run does not have.
    """
    if stage not in SERVED:
        raise KeyError(f"'{stage}' is not a work-limited stage; these are: {', '.join(SERVED)}")
    queues, where, series = stage_queues(ds, stage, country, groups)
    before = np.zeros((1, len(labels(ds, "country"))))
    at_capacity = np.concatenate([before, congestion(ds, stage)])[:, where]
    return _waits(stage, queues, where, series, at_capacity)


@dataclass(frozen=True)
class _Pace:
    """How the service of each queue goes, by interval: arrays ``[K, N]``."""

    congested: np.ndarray  # whether it is at capacity
    caught_up: np.ndarray  # day on which its latest congestion ended or ends; minus infinity before the first
    minimum: np.ndarray  # days that it takes when nobody has to queue


def _waits(stage: str, queues: Queues, where: np.ndarray, series: np.ndarray, at_capacity: np.ndarray) -> Waits:
    """Waits of queues: of the head on congested days, the minimum time on others. Args: at_capacity, share ``[K, N]``.

    When a service has caught up, those who still stand in its queue are all served within a minimum time: they waited
    until it caught up, or the minimum time, whichever is longer.
    """
    head_entered = queues.entry_of_served()
    pace = _Pace(at_capacity >= 1.0, _caught_up(queues, at_capacity), _minimum_time(queues, head_entered))
    return Waits(stage, queues, where, series=series, congested=pace.congested | (pace.caught_up > head_entered),
                 wait=_wait_of_served(queues, head_entered, pace), arrival_wait=_wait_of_entrants(queues, pace))


def _caught_up(queues: Queues, at_capacity: np.ndarray) -> np.ndarray:
    """Day of the run on which the latest congestion ended or ends, by interval ``[K, N]``.

    That is the end of the last congested day, or a time in the course of the day after it, as far as the service was
    at capacity still.
    """
    congested = at_capacity >= 1.0
    day_before = np.concatenate([congested[:1], congested[:-1]])
    share_of_day = np.where(congested, 1.0, np.where(day_before, at_capacity, 0.0))
    ends = np.where(share_of_day > 0.0, queues.edges[:-1, None] + share_of_day, -np.inf)
    return np.asarray(np.maximum.accumulate(ends, axis=0))


def _minimum_time(queues: Queues, head_entered: np.ndarray) -> np.ndarray:
    """People waiting over people served a day, days ``[K, N]``; where nobody is served, the wait of the head."""
    waiting = 0.5 * (queues.waiting[1:] + queues.waiting[:-1])
    busy = queues.served > 1e-9
    head = queues.middles[:, None] - head_entered
    return np.asarray(np.where(busy, waiting / np.where(busy, queues.served, 1.0), head))


def _wait_of_served(queues: Queues, entered: np.ndarray, pace: _Pace) -> np.ndarray:
    """Days ``[K, N]`` that those served in the middle of each interval waited. Args: entered, when they entered."""
    middle = queues.middles[:, None]
    until_caught_up = np.minimum(pace.caught_up, middle) - entered
    return np.asarray(np.where(pace.congested, middle - entered, np.maximum(until_caught_up, pace.minimum)))


def _wait_of_entrants(queues: Queues, pace: _Pace) -> np.ndarray:
    """Days ``[K, N]`` that those who enter in the middle of each interval wait; NaN where not served by the end."""
    entered, served = queues.middles[:, None], queues.service_of_entered()
    interval = np.minimum((np.nan_to_num(served) + 1.0).astype(int), len(queues.served) - 1)  # in which they are served
    congested, caught_up, minimum = (
        np.take_along_axis(part, interval, axis=0) for part in (pace.congested, pace.caught_up, pace.minimum)
    )
    until_caught_up = np.minimum(caught_up, served) - entered
    wait = np.where(congested, served - entered, np.maximum(until_caught_up, minimum))
    return np.where(np.isnan(served), np.nan, wait)


def waits_of_totals(
    stage: str, entered: np.ndarray, served: np.ndarray, lost: np.ndarray, waiting: np.ndarray
) -> Waits:
    """Waits of the head of one queue from its totals a day ``[D]`` and people at the edges ``[D + 1]``.

    For a stock that is no work-limited service, such as people adrift: in the model their times scatter about the mean
    as an exponential does; first come first served says how that mean changes over time.
    """
    queues = make_queues(*(part[:, None] for part in (entered, served, lost, waiting)))
    always = np.ones(queues.served.shape)
    return _waits(stage, queues, np.zeros(1, int), np.zeros((1, 1), int), always)


def congested_days(ds: RunNumbers, stage: str) -> np.ndarray:
    """Days on which a service is at capacity ``[D, C]``, as ``congestion`` finds it."""
    return congestion(ds, stage) >= 1.0


def congestion(ds: RunNumbers, stage: str) -> np.ndarray:
    """How far a service is at capacity, 0 to 1, by day and country ``[D, C]``.

    1 where it serves at least 98 % of what its staff can, or fewer than 95 % of those whose minimum time has passed:
    reheard files, interpreters and escorts take capacity that ``service_capacity`` does not know of. Falls to 0 over
    the next 5 % on the other side of either bound.
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
    """0 where nothing is beyond a bound, 1 where ``CATCHING_UP`` of the whole is, linear between."""
    most = CATCHING_UP * whole
    return np.where(beyond >= most, 1.0, np.maximum(beyond, 0.0) / np.maximum(most, 1e-12))


def utilisation(ds: xr.Dataset, function: str) -> xr.DataArray:
    """People served over what the staff in post could serve, by day and country; NaN where they could serve nobody."""
    capacity = ds["service_capacity"].sel(function=function, drop=True)
    served = ds["daily_served"].sel(stage=function, drop=True).sum("group")
    result = served / capacity.where(capacity > 0.0)
    result.attrs = {"units": "share", "long_name": f"utilisation of {function}"}
    return result.rename("utilisation")


def load(ds: xr.Dataset, function: str) -> xr.DataArray:
    """People entering over what the staff in post could serve, both over four weeks, by day and country.

    Below capacity this is the utilisation; unlike it, it says by how much a service is overrun. NaN without capacity.
    """
    capacity = trailing_mean(ds["service_capacity"].sel(function=function).values, LOAD_DAYS)
    entered = trailing_mean(ds["daily_entered"].sel(stage=function).sum("group").values, LOAD_DAYS)
    share = np.where(capacity > 0.0, entered / np.maximum(capacity, 1e-9), np.nan)
    coords = {"day_interval": ds["day_interval"], "country": ds["country"]}
    text = {"units": "share", "long_name": f"load of {function}, mean of four weeks"}
    return xr.DataArray(share, coords, ("day_interval", "country"), "load", text)


@dataclass(frozen=True)
class Warned:
    """A service whose load is near capacity on a share of days: waits are longer there than a fluid says."""

    function: str
    country: str
    share: float
    team: float  # officers of full output, mean over those days


def warned(ds: xr.Dataset) -> list[Warned]:
    """Services whose load is between 80 and 105 % on more than 5 % of days: reports carry a warning.

    With few officers chance keeps people waiting there where this model sees no queue.
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
