"""All indicators of a run.

They are breaches, harms, headlines and details (``docs/model.md`` section 6, ``docs/indicators.md``). Each is computed
from the arrays of a run alone, with or without a Dataset around them. Rates are in the unit that the record names. NaN:
there is none.
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


def indicator_table(numbers: RunNumbers, facts: Facts | None = None) -> dict[str, Any]:
    """Return every indicator, by key, in the order of reports.

    Parameters
    ----------
    numbers : RunNumbers
        A run's Dataset (no ``scenario`` dimension), or the arrays of a run or of many.
    facts : Facts | None, default None
        What indicators read of a run, where there are some already.

    Returns
    -------
    dict[str, Any]
        A number for a run; for many an array of the shape of their leading axes.
    """
    if isinstance(numbers, RunArrays) and numbers.lead:
        tables = [indicator_table(one) for _, one in numbers.runs()]
        return {i.key: np.array([table[i.key] for table in tables]).reshape(numbers.lead) for i in INDICATORS}
    known = facts or Facts(numbers)
    return {indicator.key: indicator.compute(known) for indicator in INDICATORS}
