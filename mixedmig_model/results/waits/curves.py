"""Running totals of queues as curves.

Curves are ``[K + 1, N]`` at the edges of intervals, one for each queue.
"""

import numpy as np


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
