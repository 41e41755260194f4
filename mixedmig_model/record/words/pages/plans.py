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
    return estimate_banner(run.assumed_share, run.pricing.money.assumed_share_limit.value)


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


def state_words(given: int, inputs: int, cautions: Sequence[Caution]) -> list[str]:
    """Return how many inputs are set, and cautions about them."""
    said = sheets.SLIDERS_SET.format(set=given, inputs=inputs) if given else sheets.SLIDERS_AS_BEFORE
    return [said, *(sheets.SLIDERS_CAUTION.format(text=one.text, found=one.found, advice=one.advice)
                    for one in cautions)]


def solver_words(solver: Solver) -> str:
    """Return which path solves the sliders.

    It says what that means for those who move them.
    """
    return (sheets.SLIDERS_KERNEL if solver.kernel else sheets.SLIDERS_REFERENCE).format(solver=solver.words)


def slider_words(base: Parameter, value: str) -> str:
    """Return what a slider is.

    Parameters
    ----------
    base : Parameter
        The parameter.
    value : str
        Value of the case in words.

    Returns
    -------
    str
        The words.
    """
    return sheets.SLIDER.format(title=base.title, unit=base.unit, value=value, description=base.description)
