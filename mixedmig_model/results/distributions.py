"""Distributions of values that are not known well.

They lead from equally spread numbers between 0 and 1 to values.

- ``pert``: a beta distribution from low to high with its peak at the value.
- ``lognormal``: half of the draws below the value, one in twenty below low and one in twenty above high. Where the two
sides differ, each has its own width. Where low is zero, which no lognormal can reach, the lower side is as wide as the
upper.
- ``beta``: a beta distribution with the value as mean and 95 % of it between low and high. Where the range is too wide
for that, it is the flattest with one peak, never heaped at both ends.
- ``fixed``: always the value.

A lognormal or beta value of zero stays zero.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq
from scipy.special import betaincinv, ndtri
from scipy.stats import beta as beta_law

TAIL = 1.6448536269514722
"""Standard deviations that leave 5 % above them."""


class Spread(NamedTuple):
    """A distribution: its name, low, value and high, in one unit."""

    distribution: str
    low: float
    value: float
    high: float

    def at(self, share: np.ndarray) -> np.ndarray:
        """Return values at some shares (0 to 1) of the distribution.

        They have the shape given.
        """
        if self.distribution == "fixed" or self.high <= self.low:
            return np.full_like(share, self.value)
        return {"pert": _pert, "lognormal": _lognormal, "beta": _beta}[self.distribution](self, share)


def _pert(spread: Spread, share: np.ndarray) -> np.ndarray:
    width = spread.high - spread.low
    alpha = 1.0 + 4.0 * (spread.value - spread.low) / width
    return np.asarray(spread.low + width * betaincinv(alpha, 6.0 - alpha, share))


def _lognormal(spread: Spread, share: np.ndarray) -> np.ndarray:
    if spread.value <= 0.0:
        return np.full_like(share, spread.value)
    score = ndtri(share)
    low = spread.low if spread.low > 0.0 else spread.value**2 / spread.high
    down, up = np.log(spread.value / low) / TAIL, np.log(spread.high / spread.value) / TAIL
    return np.asarray(spread.value * np.exp(np.where(score < 0.0, down, up) * score))


def _beta(spread: Spread, share: np.ndarray) -> np.ndarray:
    if not 0.0 < spread.value < 1.0:
        return np.full_like(share, spread.value)
    a, b = _beta_shape(spread)
    return np.asarray(betaincinv(a, b, share))


@lru_cache(maxsize=1024)
def _beta_shape(spread: Spread) -> tuple[float, float]:
    """Return the shape of a beta distribution between 0 and 1.

    It has the given mean, and 95 % of it lies within the range.
    """
    mean = min(max(spread.value, 1e-6), 1.0 - 1e-6)

    def outside(log_size: float) -> float:
        size = float(np.exp(log_size))
        law = beta_law(mean * size, (1.0 - mean) * size)
        return float(law.cdf(spread.low) + law.sf(spread.high)) - 0.05

    low, high = np.log(1.0 / min(mean, 1.0 - mean)), np.log(1e9)
    if outside(low) < 0.0:
        size = float(np.exp(low))
    elif outside(high) > 0.0:
        size = float(np.exp(high))
    else:
        size = float(np.exp(brentq(outside, low, high)))
    return mean * size, (1.0 - mean) * size
