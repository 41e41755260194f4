"""The cost tables of a finished comparison.

It also has what is said of all of them.
"""

import numpy as np

from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.schema.costs import CostTable
from mixedmig_model.record.words.costs import estimate_banner
from mixedmig_model.results.costs.draws import HIGH, LOW


def costs_of(comparison: Comparison) -> dict[str, CostTable]:
    """Return cost tables by scenario.

    There are none where the workspace has no cost book.
    """
    return comparison.record.costs


def banner(comparison: Comparison) -> str:
    """Return the words that every page carries for an estimate.

    They stand while the cost of any option rests on assumptions beyond the stated share.
    """
    tables = costs_of(comparison)
    found = [tables[name] for name in comparison.names] if tables else []
    banners = [estimate_banner(table.assumed_share, table.assumed_limit, table.derived_share) for table in found]
    return next((text for text in banners if text), "")


def spread_of_difference(one: CostTable, other: CostTable) -> tuple[float, float]:
    """Return the range of a difference of totals.

    Both have the same draws of prices.
    """
    low, high = np.quantile(np.array(one.draws) - np.array(other.draws), (LOW, HIGH))
    return float(low), float(high)
