"""Prices drawn from their ranges, and the totals.

No run is solved again (``docs/costs.md``). One draw gives every price of the cost book one value. A price that
countries share is drawn once for all of them. The same draws serve all scenarios of a comparison, so that differences
are those of the scenarios.
"""

from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np

from mixedmig_model.results.costs.lines import CostRun, loaded, totals_of_draws
from mixedmig_model.results.costs.pricing import Pricing

DRAWS = 1000
SEED = 20170101
LOW, HIGH = 0.05, 0.95
"""Ends of the range given in a report.

One draw in twenty lies below, one above.
"""


@lru_cache(maxsize=512)
def points(name: str, draws: int, seed: int) -> np.ndarray:
    """Return one column of a Latin hypercube.

    It has ``draws`` numbers between 0 and 1, one in each equal part, in random order. The seed includes the name of the
    item. An item then has the same draws in every scenario, for any other items it pays for.
    """
    random = np.random.default_rng([seed, crc32(name.encode())])
    found = (random.permutation(draws) + random.random(draws)) / draws
    found.flags.writeable = False
    return np.asarray(found)


def price_draws(
    pricing: Pricing, draws: int = DRAWS, seed: int = SEED, rows: slice = slice(None)
) -> np.ndarray:
    """Return drawn prices in base currency.

    The same item has the same draws in every scenario of a case.

    Parameters
    ----------
    pricing : Pricing
        Items with their prices.
    draws : int, default DRAWS
        Number of draws.
    seed : int, default SEED
        The same seed gives the same draws.
    rows : slice, default slice(None)
        The draws wanted, all if not given. Each is what it is among all of them.

    Returns
    -------
    numpy.ndarray
        Prices ``[draws, I, C]``.
    """
    result = np.empty((len(range(draws)[rows]), *pricing.price.shape))
    for item, line in enumerate(pricing.lines):
        drawn: dict[int, np.ndarray] = {}
        for country, name in enumerate(pricing.countries):
            key = id(line.prices[name])
            if key not in drawn:
                drawn[key] = pricing.spread(item, country).at(points(line.name, draws, seed)[rows])
            result[:, item, country] = drawn[key]
    return result


@dataclass(frozen=True)
class TotalRange:
    """A total over draws of prices, in base currency.

    5 %, half and 95 % of draws lie below its three numbers.
    """

    low: float
    median: float
    high: float


def total_draws(run: CostRun, draws: int = DRAWS, seed: int = SEED) -> np.ndarray:
    """Return the total cost of a run for each draw of prices.

    It is ``[draws]`` in base currency.
    """
    return totals_of_draws(run.units, price_draws(run.pricing, draws, seed), run.pricing)


def total_range(totals: np.ndarray, planned: float | None = None) -> TotalRange:
    """Return the range of totals.

    Parameters
    ----------
    totals : numpy.ndarray
        Total of each draw, ``[draws]``.
    planned : float | None, default None
        Total at planned prices. The range reaches to it where it lies outside nine in ten draws.

    Returns
    -------
    TotalRange
        The range.
    """
    low, median, high = (float(end) for end in np.quantile(totals, (LOW, 0.5, HIGH)))
    if planned is not None:
        low, high = min(low, planned), max(high, planned)
    return TotalRange(low, median, high)


def swings(run: CostRun) -> list[tuple[str, float, float]]:
    """Return how far each item's price alone moves the total.

    For the low and the high end of the price it is (name, change, change). Changes are in base currency, contingency
    and support cost included; largest first.
    """
    billed, factor = run.units.sum(axis=1), loaded(run.pricing)
    low = ((run.pricing.low - run.pricing.price) * billed).sum(axis=1) * factor
    high = ((run.pricing.high - run.pricing.price) * billed).sum(axis=1) * factor
    rows = [(name, float(a), float(b)) for name, a, b in zip(run.pricing.names, low, high, strict=True)]
    return sorted(rows, key=lambda row: row[1] - row[2])
