"""Running totals of queues as curves.

Curves are ``[K + 1, N]`` at the edges of intervals, one for each queue.
"""

import numpy as np


def position(curve: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return where rising curves first reach values.

    Curves are logarithmic ``[K + 1, N]``, values ``[M, N]``; the result is the index of an edge, with fraction.
    """
    last = len(curve) - 1
    upper = np.empty(values.shape, dtype=int)
    for n in range(curve.shape[1]):
        upper[:, n] = np.searchsorted(curve[:, n], values[:, n], side="left").clip(1, last)
    top, low = taken(curve, upper), taken(curve, upper - 1)
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        before = np.exp(low - top)
        share = (np.exp(values - top) - before) / (1.0 - before)
    return np.asarray(upper - 1.0 + np.clip(without_nan(share, 0.0), 0.0, 1.0))


def split(place: np.ndarray, edges: int, queues: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the edge before each place, and the share past it.

    It is the index of the edge and the share of the interval: ``[M, N]``.
    """
    place = np.clip(np.broadcast_to(place, (len(place), queues)), 0.0, edges - 1.0)
    index = np.minimum(place.astype(int), edges - 2)
    return index, place - index


def at_place(curve: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Return a curve ``[K + 1, N]`` at places ``[M, N]``.

    It is linear within a day.
    """
    index, share = split(place, len(curve), curve.shape[1])
    low = taken(curve, index)
    return np.asarray(low + share * (taken(curve, index + 1) - low))


def without_nan(values: np.ndarray, instead: float) -> np.ndarray:
    """Return numbers, with another instead of each NaN."""
    return np.where(np.isnan(values), instead, values)


def taken(curve: np.ndarray, index: np.ndarray) -> np.ndarray:
    """Return numbers of curves ``[K, N]`` by index ``[M, N]``."""
    queues = curve.shape[1]
    return np.asarray(curve.ravel().take(index * queues + np.arange(queues)))
