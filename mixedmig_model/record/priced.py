"""The cost tables of a finished comparison, and what is said of all of them."""

import numpy as np

from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.schema.costs import CostTable
from mixedmig_model.record.words.costs import estimate_banner
from mixedmig_model.results.costs.draws import HIGH, LOW


def costs_of(comparison: Comparison) -> dict[str, CostTable]:
    """Cost tables by scenario; empty where the workspace has no cost book."""
    return comparison.record.costs


def banner(comparison: Comparison) -> str:
    """The words that every page carries while the cost of any option rests on assumptions beyond the stated share."""
    tables = costs_of(comparison)
    found = [tables[name] for name in comparison.names] if tables else []
    banners = [estimate_banner(table.assumed_share, table.assumed_limit) for table in found]
    return next((text for text in banners if text), "")


def spread_of_difference(one: CostTable, other: CostTable) -> tuple[float, float]:
    """Range of a difference of totals: the same draws of prices for both."""
    low, high = np.quantile(np.array(one.draws) - np.array(other.draws), (LOW, HIGH))
    return float(low), float(high)
