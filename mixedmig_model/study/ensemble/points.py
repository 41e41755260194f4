"""Points at which inputs are drawn, and seeds of draws.

They depend on a draw's number alone, so that any process makes the same.
"""

from functools import lru_cache

import numpy as np
from scipy.stats import qmc

METHODS = ("latin_hypercube", "sobol")
MOST_KEPT = 20_000_000
"""Points that are kept for the next block of an ensemble.

More are made anew, for they would fill the memory.
"""


def unit_points(count: int, draws: int, seed: int, method: str) -> np.ndarray:
    """Return points ``[draws, count]`` between 0 and 1.

    They are equally spread in each column, and the same on any machine. They are a Latin hypercube, or scrambled Sobol
    points, of which powers of two are balanced. Nobody may write into them, for blocks of one ensemble share them.
    """
    made = _kept_points if count * draws <= MOST_KEPT else _made_points
    return made(count, draws, seed, method)


def _made_points(count: int, draws: int, seed: int, method: str) -> np.ndarray:
    random = np.random.default_rng(np.random.SeedSequence(seed))
    if method == "sobol":
        power = max(int(np.ceil(np.log2(draws))), 0)
        found = qmc.Sobol(count, scramble=True, rng=random).random_base2(power)[:draws]
        return np.asarray(np.clip(found, 1e-12, 1.0 - 1e-12))
    return np.asarray(qmc.LatinHypercube(count, rng=random).random(draws))


@lru_cache(maxsize=1)
def _kept_points(count: int, draws: int, seed: int, method: str) -> np.ndarray:
    points = _made_points(count, draws, seed, method)
    points.flags.writeable = False
    return points


def seeds(draws: int, seed: int, first: int = 0) -> np.ndarray:
    """Return a seed for each draw from ``first`` on.

    It serves what is left to chance in the draw, by its number alone, for any block it falls in.
    """
    children = (np.random.SeedSequence(seed, spawn_key=(draw,)) for draw in range(first, draws))
    return np.array([child.generate_state(1)[0] for child in children], dtype=np.int64)
