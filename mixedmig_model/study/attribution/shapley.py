"""Shapley values: a fair share of a difference.

Each of its makers gets a share, exact or from sampled orders. A game is a function from coalitions to worths. A
coalition is a whole number whose bit k says that player k is in it. The share of a player is the mean, over all orders
in which players may come, of what its coming adds. It is the only rule with three properties. Shares sum to the
difference, equal players get equal shares, and a player who changes nothing gets nothing. Source: L. S. Shapley, A
value for n-person games (1953). Sampled orders: Castro, Gomez and Tejada (2009), each order taken with its reverse.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np

Game = Callable[[Sequence[int]], np.ndarray]
"""Worths ``[M, K]`` (K quantities) of M coalitions."""


@dataclass(frozen=True)
class ShapleyShares:
    """Shares ``[N, K]`` of N players in a difference.

    The difference is ``whole - none`` ``[K]``, and ``error`` ``[N, K]`` is 0 where they are exact. ``pairs``: orders
    sampled, each with its reverse; 0 where shares are exact.
    """

    shares: np.ndarray
    error: np.ndarray
    none: np.ndarray
    whole: np.ndarray
    coalitions: int
    pairs: int


def exact_shares(players: int, game: Game) -> ShapleyShares:
    """Return shares from all ``2 ** players`` coalitions."""
    worth = np.asarray(game(range(2**players)), dtype=float)
    weights = [factorial(k) * factorial(players - k - 1) / factorial(players) for k in range(players)]
    shares = np.zeros((players, worth.shape[1]))
    for player in range(players):
        for coalition in range(2**players):
            if not coalition >> player & 1:
                added = worth[coalition | 1 << player] - worth[coalition]
                shares[player] += weights[coalition.bit_count()] * added
    return ShapleyShares(shares, np.zeros_like(shares), worth[0], whole=worth[-1], coalitions=2**players, pairs=0)


def sampled_shares(players: int, game: Game, pairs: int, seed: int = 1) -> ShapleyShares:
    """Return shares from sampled orders.

    Their standard error is that of the mean over pairs of an order and its reverse. They sum to the difference however
    few orders there are, as what comes in one order adds up to the whole. Raises ValueError for fewer than two pairs,
    which give no error.
    """
    if pairs < 2:
        text = f"at least 2 pairs of orders tell an error, not {pairs}"
        raise ValueError(text)
    chance = np.random.default_rng(np.random.SeedSequence(seed))
    orders = [order for _ in range(pairs) for order in _with_reverse(chance.permutation(players))]
    chains = [_chain(order) for order in orders]
    asked = sorted({coalition for chain in chains for coalition in chain})
    worth = np.asarray(game(asked), dtype=float)
    where = {coalition: k for k, coalition in enumerate(asked)}
    added = np.zeros((len(orders), players, worth.shape[1]))
    for k, (order, chain) in enumerate(zip(orders, chains, strict=True)):
        added[k, order] = np.diff(worth[[where[coalition] for coalition in chain]], axis=0)
    means = added.reshape(pairs, 2, players, -1).mean(axis=1)
    error = means.std(axis=0, ddof=1) / np.sqrt(pairs)
    return ShapleyShares(means.mean(axis=0), error, worth[where[0]], whole=worth[where[2**players - 1]],
                         coalitions=len(asked), pairs=pairs)


def _with_reverse(order: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return order, order[::-1]


def _chain(order: np.ndarray) -> list[int]:
    """Return coalitions from nobody to everybody.

    Players come in an order.
    """
    chain = [0]
    for player in order.tolist():
        chain.append(chain[-1] | 1 << player)
    return chain
