"""What must hold for every legal input, however extreme: a run that went through solver, ledger and all tables."""

import math
from dataclasses import dataclass

import numpy as np
import pytest
import xarray as xr

from mixedmig_model.equations.table import STOCKS
from mixedmig_model.results.indicators.table import INDICATORS, indicator_table
from mixedmig_model.results.ledger import check_ledger
from mixedmig_model.results.regional import gaps
from mixedmig_model.results.services import service_tables

COUNTED = ("person", "person-day", "officer", "officer-month", "country-day", "litre/day", "toilet", "m2")
"""Units of indicators that always exist; shares, rates and times may be none."""
PEOPLE = [stock.name for stock in STOCKS if stock.unit == "person"]


@dataclass(frozen=True)
class Done:
    """A run that went through everything, with its indicators."""

    ds: xr.Dataset
    of: dict[str, float]

    def moved(self, *flows: str) -> float:
        return sum(float(self.ds[f"flow_{flow}"].sum()) for flow in flows)

    def at_end(self, **at: str) -> float:
        return float(self.ds["people"].isel(time=-1).sel(at).sum())


def holds(ds: xr.Dataset) -> Done:
    """Check the ledger and compute every table: nobody lost, no stock or flow negative, every number finite."""
    assert check_ledger(ds) == []
    came = float(sum(ds[f"flow_{name}"].sum() for name in ("departed", "displaced", "entered_with_claim")))
    entered = came + sum(float(ds[name].isel(time=0).sum()) for name in PEOPLE)
    floor = min(-0.05, -1e-6 * entered)
    for name, variable in ds.data_vars.items():
        if variable.dtype.kind == "f":
            assert np.isfinite(variable.values).all(), name
            if not str(name).startswith("input_"):
                assert variable.values.min() >= floor, name
    # Everybody who came is somewhere, and no country has lost anybody.
    assert sum(float(ds[name].isel(time=-1).sum()) for name in PEOPLE) == pytest.approx(entered, rel=1e-9, abs=1e-9)
    assert float(np.abs(gaps(ds)).max()) <= 1e-9 * max(entered, 1.0)
    of = indicator_table(ds)
    for indicator in INDICATORS:
        value = of[indicator.key]
        assert not math.isinf(value), indicator.key
        assert not (indicator.unit in COUNTED and math.isnan(value)), indicator.key
    assert service_tables(ds)
    return Done(ds, of)
