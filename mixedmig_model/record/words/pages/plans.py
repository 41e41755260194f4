"""What spreadsheets say."""

import math

from mixedmig_model.record.words import sheets
from mixedmig_model.record.words.costs import estimate_banner
from mixedmig_model.results.costs.lines import CostRun
from mixedmig_model.vocabulary.numbers import percent

LEAST_STAFF = 0.05
"""Officers below which a team has no row."""
LEAST_PEOPLE = 0.5
"""Persons below which nothing is divided by them."""


def plan_banner(run: CostRun) -> str:
    """Return the words that every sheet carries.

    They stand while too much rests on assumptions; empty where it does not.
    """
    return estimate_banner(run.assumed_share, run.pricing.money.assumed_share_limit.value, run.derived_share)


def plan_standing(run: CostRun) -> str:
    """Return what the total may be taken for."""
    if banner := plan_banner(run):
        return banner
    share = run.assumed_share
    return sheets.ESTIMATE_OF_NOTHING if math.isnan(share) else sheets.ESTIMATE.format(share=percent(share))


def prices_words(run: CostRun) -> str:
    """Return the year of the prices, in words."""
    return sheets.NOMINAL if run.nominal else sheets.REAL.format(year=run.pricing.money.base_year)


def view_words(run: CostRun) -> str:
    """Return which costs are counted, and when."""
    return sheets.FINANCIAL if run.financial else sheets.ECONOMIC


def has_staff(*officers: float) -> bool:
    """Return whether a team has a row.

    Any of these numbers of officers is more than a trace.
    """
    return max(officers) >= LEAST_STAFF
