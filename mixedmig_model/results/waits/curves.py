"""Running totals of queues as curves.

Curves are ``[K + 1, N]`` at the edges of intervals, one for each queue.
"""

from itertools import pairwise

import numpy as np

MANY = 24
"""Columns from which running totals are faster row by row."""


def position(curve: np.ndarray, values: np.ndarray, by_queue: np.ndarray | None = None) -> np.ndarray:
    """Return where rising curves first reach values.

    Curves are logarithmic ``[K + 1, N]``, values ``[M, N]``; the result is the index of an edge, with fraction.
    ``by_queue`` are the curves turned over, ``[N, K + 1]``, where they are at hand.
    """
    last, queues = len(curve) - 1, curve.shape[1]
    rows = np.ascontiguousarray(curve.T) if by_queue is None else by_queue
    found = np.empty((queues, len(values)), dtype=np.intp)
    for own, row, sought in zip(found, rows, np.ascontiguousarray(values.T), strict=True):
        own[:] = row.searchsorted(sought)
    upper = np.minimum(np.maximum(found.T, 1), last)
    above = upper * queues + np.arange(queues)
    flat = curve.ravel()
    top, low = flat.take(above), flat.take(above - queues)
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        before = np.exp(low - top)
        share = (np.exp(values - top) - before) / (1.0 - before)
    return np.asarray(upper - 1.0 + np.minimum(np.maximum(without_nan(share, 0.0), 0.0), 1.0))


def split(place: np.ndarray, edges: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the edge before each place, and the share past it.

    They are the index of the edge and the share of the interval, in the shape of the places. That is ``[M, N]``, or
    ``[M, 1]`` where all queues have the same places.
    """
    place = np.minimum(np.maximum(place, 0.0), edges - 1.0)
    index = np.minimum(place.astype(int), edges - 2)
    return index, place - index


def at_place(curve: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Return a curve ``[K + 1, N]`` at places ``[M, N]``.

    It is linear within a day.
    """
    index, share = split(place, len(curve))
    low = taken(curve, index)
    return np.asarray(low + share * (taken(curve, index + 1) - low))


def without_nan(values: np.ndarray, instead: float) -> np.ndarray:
    """Return numbers, with another instead of each NaN."""
    return np.where(np.isnan(values), instead, values)


def taken(curve: np.ndarray, index: np.ndarray) -> np.ndarray:
    """Return numbers of curves ``[K, N]`` by index.

    The index is ``[M, N]``, or ``[M, 1]`` where it is that of all queues.
    """
    queues = curve.shape[1]
    if index.shape[1] == 1:
        return np.asarray(curve.take(index[:, 0], axis=0))
    return np.asarray(curve.ravel().take(index * queues + np.arange(queues)))


def running_totals(*increments: np.ndarray) -> list[np.ndarray]:
    """Return the running totals of several increments.

    All are logarithms: increments ``[K, N]``, totals ``[K + 1, N]``. Each column is added up in turn, the same to the
    byte next to any others. Where there is nobody, as of those whom no service sees, nothing is added up.
    """
    edges, queues = len(increments[0]) + 1, increments[0].shape[1]
    made = [np.full((edges, queues), -np.inf) for _ in increments]
    some = [k for k, part in enumerate(increments) if part.max(initial=-np.inf) > -np.inf]
    if some:
        added = np.concatenate([increments[k] for k in some], axis=1)
        totals = _added_by_row(added) if added.shape[1] >= MANY else np.logaddexp.accumulate(added, axis=0)
        for place, k in enumerate(some):
            made[k][1:] = totals[:, place * queues : (place + 1) * queues]
    return made


def _added_by_row(increments: np.ndarray) -> np.ndarray:
    """Return running totals, all columns of a row together.

    It does what ``numpy.logaddexp.accumulate`` does, which waits for each number of a column in turn.
    """
    totals = increments.copy()
    for before, row in pairwise(totals):
        np.logaddexp(before, row, out=row)
    return totals
