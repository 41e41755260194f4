"""Percentiles of waits that spread.

People who find no queue leave a stage at one hazard: their waits spread as an exponential does. Waits in a queue are
known one by one, first come, first served (``docs/model.md`` section 7).
"""

from dataclasses import dataclass

import numpy as np

A_FOLD = 200
"""Classes of means between a mean and e times it.

The mean of a class stands for its own within a quarter of a percent.
"""
HALVINGS = 50
"""Halvings by which a percentile is found."""


@dataclass(frozen=True)
class MixedWaits:
    """Waits of people, known one by one or spread.

    Those that spread do so about a mean, as an exponential does.
    """

    known: np.ndarray  # days
    people: np.ndarray  # persons who waited so long
    means: np.ndarray  # days, of exponentials
    spreading: np.ndarray  # persons who wait for such a mean


def quantile(waits: MixedWaits, share: float) -> float:
    """Return the wait that a share of people does not exceed.

    It is NaN where there is less than half a person.

    Parameters
    ----------
    waits : MixedWaits
        Waits of people.
    share : float
        The share, above 0 and below 1.

    Returns
    -------
    float
        Days.
    """
    everybody = float(waits.people.sum() + waits.spreading.sum())
    if everybody < 0.5:
        return float("nan")
    order = np.argsort(waits.known)
    known, reached, wanted = waits.known[order], np.cumsum(waits.people[order]), share * everybody
    if not len(waits.means):
        return float(known[np.searchsorted(reached, share * reached[-1])])
    means, spreading = _in_classes(waits.means, waits.spreading)
    reached = np.concatenate([[0.0], reached])
    low, high = -1.0, max(known.max(initial=0.0), -float(means.max()) * np.log1p(-share)) + 1.0
    for _ in range(HALVINGS):
        days = 0.5 * (low + high)
        within = reached[np.searchsorted(known, days, side="right")] - (spreading * np.expm1(-days / means)).sum()
        low, high = (low, days) if within >= wanted else (days, high)
    return float(high)


def _in_classes(means: np.ndarray, people: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return means and people, like means together.

    Most means are nearly the same.
    """
    _, own = np.unique(np.floor(A_FOLD * np.log(means)), return_inverse=True)
    together = np.bincount(own, people)
    return np.bincount(own, people * means) / together, together
