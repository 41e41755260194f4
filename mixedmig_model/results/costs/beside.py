"""Costs of two scenarios on one list of items.

A scenario's own measures have items of their own. On one list, both scenarios share prices and payers, and an item of
the other has no units.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from mixedmig_model.results.costs.lines import CostRun
from mixedmig_model.results.costs.pricing import Pricing

OF_BASELINE = "{name}_of_baseline"
"""Key of a measure that only the baseline has.

It stands where the other scenario has another of its name.
"""


def on_one_list(run: CostRun, baseline: CostRun) -> tuple[CostRun, CostRun]:
    """Return both costs on one list of items.

    The list is that of the first, then measures that only the baseline has. Amounts stay as they are.
    """
    own, other = run.pricing, baseline.pricing
    place: list[int] = []
    more: list[int] = []
    for number, line in enumerate(other.lines):
        same = [k for k, one in enumerate(own.lines) if one == line]
        place.append(same[0] if same else len(own.lines) + len(more))
        more += [] if same else [number]
    if not more:
        return run, _placed(baseline, own, place)
    renamed = [replace(other.lines[k], name=_free(other.lines[k].name, own.names)) for k in more]
    joined = replace(
        own, lines=(*own.lines, *renamed), price=np.concatenate([own.price, other.price[more]]),
        low=np.concatenate([own.low, other.low[more]]), high=np.concatenate([own.high, other.high[more]]),
        payers=np.concatenate([own.payers, other.payers[more]]))
    return _placed(run, joined, range(len(own.lines))), _placed(baseline, joined, place)


def _free(name: str, taken: Sequence[str]) -> str:
    """Return a key that no item of the other scenario has."""
    return OF_BASELINE.format(name=name) if name in taken else name


def _placed(run: CostRun, pricing: Pricing, place: Sequence[int]) -> CostRun:
    """Return costs with their items at other places of a longer list."""
    rows, count = list(place), len(pricing.lines)
    units = np.zeros((count, *run.units.shape[1:]))
    price = np.repeat(pricing.price[:, None, :], run.units.shape[1], axis=1)
    cents = np.zeros((count + 2, *run.cents.shape[1:]), dtype=run.cents.dtype)
    units[rows], price[rows] = run.units, run.price
    cents[[*rows, count, count + 1]] = run.cents
    return replace(run, pricing=pricing, units=units, price=price, cents=cents)
