"""All indicators of a run: breaches, harms, headlines, details (``model.md`` 6, ``docs/indicators.md``).

Each is computed from the arrays of a run alone, with or without a Dataset around them. Rates come out in the unit that
its record names. NaN: there is none.
"""

from typing import Any

import numpy as np

from mixedmig_model.results.indicators import movement as details_outcomes
from mixedmig_model.results.indicators import places as details_places
from mixedmig_model.results.indicators import procedure as details_procedure
from mixedmig_model.results.indicators.decision import BREACHES, HARMS, HEADLINES
from mixedmig_model.results.indicators.facts import Facts, Indicator
from mixedmig_model.solve.run_arrays import RunArrays, RunNumbers

DETAILS = details_procedure.DETAILS + details_places.DETAILS + details_outcomes.DETAILS
INDICATORS = BREACHES + HARMS + HEADLINES + DETAILS
__all__ = ["BREACHES", "DETAILS", "HARMS", "HEADLINES", "INDICATORS", "Facts", "Indicator", "indicator_table"]


def indicator_table(numbers: RunNumbers) -> dict[str, Any]:
    """Every indicator, by key, in the order of reports.

    Parameters
    ----------
    numbers
        A run's Dataset (no ``scenario`` dimension), or the arrays of a run or of many.

    Returns
    -------
    dict
        A number for a run; for many an array of the shape of their leading axes.
    """
    if isinstance(numbers, RunArrays) and numbers.lead:
        tables = [indicator_table(one) for _, one in numbers.runs()]
        return {i.key: np.array([table[i.key] for table in tables]).reshape(numbers.lead) for i in INDICATORS}
    facts = Facts(numbers)
    return {indicator.key: indicator.compute(facts) for indicator in INDICATORS}
