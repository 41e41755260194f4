"""Waits through two stages in a row.

An example is from landing to screening: by day of landing, group and country.
"""

import numpy as np

from mixedmig_model.results.measures import values, where_label
from mixedmig_model.results.waits.curves import without_nan
from mixedmig_model.results.waits.stage import HOUR, Waits
from mixedmig_model.solve.run_arrays import RunNumbers


def entered_by_group(ds: RunNumbers, stage: str) -> np.ndarray:
    """Return people entering a stage, persons ``[K, G, C]``.

    People in it at the opening entered on the day before the run.
    """
    at = where_label(ds, "stage", stage)
    opening = np.maximum(values(ds, "daily_waiting")[:1, at], 0.0)
    return np.concatenate([opening, np.maximum(values(ds, "daily_entered")[:, at], 0.0)])


def share_through(
    first: Waits, second: Waits, entered: np.ndarray, limit: np.ndarray | float, groups: np.ndarray | None = None
) -> float:
    """Return the share served by a second stage in time.

    It is of people entering the first stage; time counts from there. As in ``Waits.cohort``, people lost on the way are
    counted separately, and only people who entered at least ``limit`` days before the end count. All who leave the
    first stage served are taken to enter the second.

    Parameters
    ----------
    first, second : Waits
        Waits of the two stages.
    entered : numpy.ndarray
        People entering the first stage (person, ``[K, G, C]``).
    limit : numpy.ndarray | float
        Days ``[K, C]``, or a number.
    groups : numpy.ndarray | None, default None
        Marks of groups, ``[G]``; all if not given.

    Returns
    -------
    float
        Share; NaN without half a person.
    """
    middles, end = first.queues.middles, first.days
    people = within = 0.0
    for group, country in np.argwhere((first.series >= 0) & (second.series >= 0)):
        if groups is not None and not groups[group]:
            continue
        allowed = limit[:, country] if isinstance(limit, np.ndarray) else np.full(len(middles), limit)
        total, kept = _through(first, second, int(first.series[group, country]), int(second.series[group, country]))
        counted = np.where(middles + allowed <= end, entered[:, group, country] * kept, 0.0)
        people += float(counted.sum())
        within += float(counted[total <= allowed + HOUR].sum())
    return within / people if people >= 0.5 else float("nan")


def _through(first: Waits, second: Waits, one: int, two: int) -> tuple[np.ndarray, np.ndarray]:
    """Return days through both queues by interval of arrival.

    They are ``[K]``, NaN where not by the end; the second result is the share not lost.
    """
    middles, end = first.queues.middles, first.days
    between = middles + first.arrival_wait[:, one]
    left = without_nan(between, end)
    after = between + np.interp(left, middles, second.arrival_wait[:, two])
    done = without_nan(after, end)
    lost = _lost(first, one, middles, left) + _lost(second, two, left, np.maximum(done, left))
    return after - middles, np.exp(-lost)


def _lost(waits: Waits, queue: int, since: np.ndarray, until: np.ndarray) -> np.ndarray:
    """Return integral of the hazard of loss between times ``[K]``."""
    curve, edges = waits.queues.lost[:, queue], waits.queues.edges
    return np.asarray(np.interp(until, edges, curve) - np.interp(since, edges, curve))
