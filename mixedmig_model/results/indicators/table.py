"""All indicators of one run: breaches, harms, headlines, details (``model.md`` 6, ``docs/indicators.md``).

Each is computed from a run's Dataset alone; rates come out in the unit that its record names. NaN: there is none.
"""

import xarray as xr

from mixedmig_model.results.indicators import movement as details_outcomes
from mixedmig_model.results.indicators import places as details_places
from mixedmig_model.results.indicators import procedure as details_procedure
from mixedmig_model.results.indicators.decision import BREACHES, HARMS, HEADLINES
from mixedmig_model.results.indicators.facts import Facts, Indicator

DETAILS = details_procedure.DETAILS + details_places.DETAILS + details_outcomes.DETAILS
INDICATORS = BREACHES + HARMS + HEADLINES + DETAILS
__all__ = ["BREACHES", "DETAILS", "HARMS", "HEADLINES", "INDICATORS", "Facts", "Indicator", "indicator_table"]


def indicator_table(ds: xr.Dataset) -> dict[str, float]:
    """Every indicator of one run (no ``scenario`` dimension), by key, in the order of reports."""
    facts = Facts(ds)
    return {indicator.key: indicator.compute(facts) for indicator in INDICATORS}
