"""The cost tables of a finished comparison, and what is said of all of them."""

from typing import Any

import numpy as np

from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.words.costs import estimate_banner
from mixedmig_model.results.costs.draws import HIGH, LOW


def costs_of(comparison: Comparison) -> dict[str, dict[str, Any]]:
    """Cost tables by scenario; empty where the workspace has no cost book."""
    return comparison.record.get("costs") or {}


def banner(comparison: Comparison) -> str:
    """The words that every page carries while the cost of any option rests on assumptions beyond the stated share."""
    tables = costs_of(comparison)
    banners = [estimate_banner(tables[name]) for name in comparison.names] if tables else []
    return next((text for text in banners if text), "")


def spread_of_difference(one: dict[str, Any], other: dict[str, Any]) -> tuple[float, float]:
    """Range of a difference of totals: the same draws of prices for both."""
    low, high = np.quantile(np.array(one["draws"]) - np.array(other["draws"]), (LOW, HIGH))
    return float(low), float(high)
