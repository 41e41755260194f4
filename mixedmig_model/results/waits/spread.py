"""Percentiles of waits that spread.

People who find no queue leave a stage at one hazard: their waits spread as an exponential does. Waits in a queue are
known one by one, first come, first served (``docs/model.md`` section 7).
"""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

import numpy as np

A_FOLD = 200
"""Classes of means between a mean and e times it.

The mean of a class stands for its own within a quarter of a percent.
"""
HALVINGS = 50
"""Halvings by which a percentile is found."""
TRIES = 24
"""Days tried at most to bracket a percentile."""
NEAR = 1e-11
"""Share of a wait to which it is bracketed.

It is near the width that is left after all halvings.
"""


@dataclass(frozen=True)
class MixedWaits:
    """Waits of people, known one by one or spread.

    Those that spread do so about a mean, as an exponential does.
    """

    known: np.ndarray  # days
    people: np.ndarray  # persons who waited so long
    means: np.ndarray  # days, of exponentials
    spreading: np.ndarray  # persons who wait for such a mean

    @cached_property
    def everybody(self) -> float:
        """Persons whose waits these are."""
        return float(self.people.sum() + self.spreading.sum())

    @cached_property
    def _in_order(self) -> tuple[list[float], np.ndarray]:
        """Known waits from short to long, and persons up to each."""
        order = np.argsort(self.known)
        return self.known[order].tolist(), np.cumsum(self.people[order])

    @cached_property
    def _curve(self) -> "_Curve":
        known, reached = self._in_order
        means, spreading = _in_classes(self.means, self.spreading)
        return _Curve(known, [0.0, *reached.tolist()], -1.0 / means, means=means, spreading=spreading)


@dataclass(frozen=True)
class _Curve:
    """Persons who waited no longer than some days."""

    known: list[float]  # days, rising
    reached: list[float]  # persons whose known wait is one of the first so many
    fall: np.ndarray  # 1/day, below zero
    means: np.ndarray  # days
    spreading: np.ndarray  # persons

    def within(self, days: float) -> float:
        """Return persons who waited no longer than ``days``."""
        return self.reached[bisect_right(self.known, days)] - float(
            np.add.reduce(self.spreading * np.expm1(-days / self.means)))

    def bracket(self, wanted: float, low: float, high: float) -> tuple[float, float]:
        """Return days between which ``wanted`` persons are reached.

        They lie between ``low`` and ``high``, and close to each other where that is soon found. Newton's method finds
        them where no known wait lies between, else the line between both ends.
        """
        under, over, days = self.within(low) - wanted, self.within(high) - wanted, 0.5 * (low + high)
        side = 0
        for _ in range(TRIES):
            part = self.spreading * np.expm1(-days / self.means)
            number = bisect_right(self.known, days)
            beyond = self.reached[number] - float(np.add.reduce(part)) - wanted
            if beyond >= 0.0:
                high, over, under, side = days, beyond, under * (0.5 if side == 1 else 1.0), 1
            else:
                low, under, over, side = days, beyond, over * (0.5 if side == -1 else 1.0), -1
            if high - low <= NEAR * high:
                break
            days = self._next(days, beyond, number, (low, under, high, over), part)
        return low, high

    def _next(
        self, days: float, beyond: float, number: int, ends: tuple[float, float, float, float], part: np.ndarray
    ) -> float:
        """Return the next days to try between two ends."""
        low, under, high, over = ends
        slope = -float(self.fall @ (self.spreading + part))
        tried = days - beyond / slope if slope > 0.0 else low
        if bisect_right(self.known, tried) == number and low <= tried <= high:  # beyond it by a hair: that closes in
            hair = 0.3 * NEAR * high
            near = tried + (hair if beyond < 0.0 else -hair) if abs(tried - days) < 1e3 * hair else tried
        else:
            near = low + (high - low) * (-under / max(over - under, 1e-300))
        return near if low < near < high else 0.5 * (low + high)


def quantile(waits: MixedWaits, share: float) -> float:
    """Return the wait that a share of people does not exceed.

    It is NaN where there is less than half a person. It is what halving alone finds: days that a bracket has judged
    are not computed again.

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
    if waits.everybody < 0.5:
        return float("nan")
    known, reached = waits._in_order
    if not len(waits.means):
        return known[int(np.searchsorted(reached, share * reached[-1]))]
    curve, wanted = waits._curve, share * waits.everybody
    longest = known[-1] if known else 0.0
    low, high = -1.0, max(longest, -float(curve.means.max()) * np.log1p(-share), 0.0) + 1.0
    short, enough = curve.bracket(wanted, low, high)
    for _ in range(HALVINGS):
        days = 0.5 * (low + high)
        reaches = days >= enough or (days > short and curve.within(days) >= wanted)
        low, high = (low, days) if reaches else (days, high)
    return float(high)


def _in_classes(means: np.ndarray, people: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return means and people, like means together.

    Most means are nearly the same.
    """
    _, own = np.unique(np.floor(A_FOLD * np.log(means)), return_inverse=True)
    together = np.bincount(own, people)
    return np.bincount(own, people * means) / together, together
