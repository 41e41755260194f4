"""How far the kernel and scipy agree on one run.

A report that the kernel solved says so of its baseline.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import xarray as xr

from mixedmig_model.equations.table import STOCKS
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.results.indicators.table import BREACHES, HARMS, HEADLINES, Facts
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.kernel.inputs import Columns, daily_table
from mixedmig_model.solve.run import solve, solve_kernel

NOTHING = {"person": 1.0, "day": 0.5}
"""Differences that count as none.

They are one person, and half a day. Of other units a difference is given as a share.
"""

DAILY_STOCKS = tuple(f"daily_{stock.name}" for stock in STOCKS)
"""Stocks at the edges of days, as a Dataset has them."""


def agreement(run: RunInputs, restart_days: Sequence[float] = (), solved: xr.Dataset | None = None) -> dict[str, Any]:
    """Solve a run by scipy and compare it with the kernel.

    Parameters
    ----------
    run : RunInputs
        All inputs of the run.
    restart_days : Sequence[float], default ()
        Further days of restart of scipy.
    solved : xr.Dataset | None, default None
        The run by the kernel, if it was solved before.

    Returns
    -------
    dict[str, Any]
        ``stocks``, the largest difference of a daily stock as a share of all who enter the run. ``indicator`` and
        ``gap``, the breach, harm or headline that differs most and by which share of it.

    Raises
    ------
    SolveError
        Where a run cannot be solved.
    """
    ours = solved if solved is not None else to_dataset(run, solve_kernel(run))
    theirs = to_dataset(run, solve(run, None, restart_days))
    apart = max(float(np.abs(ours[name].values - theirs[name].values).max()) for name in DAILY_STOCKS)
    one, other = Facts(ours), Facts(theirs)
    gaps = {row.key: gap(row.compute(one), row.compute(other), row.unit) for row in (*BREACHES, *HARMS, *HEADLINES)}
    largest = max(gaps, key=lambda key: gaps[key])
    return {"stocks": apart / entering(run), "indicator": largest, "gap": gaps[largest]}


def gap(one: float, other: float, unit: str) -> float:
    """Return the difference of two values of an indicator.

    It is a share of the larger in size. It is 0 where the difference is nothing, infinite where only one of the two
    exists.
    """
    if math.isnan(one) or math.isnan(other):
        return 0.0 if math.isnan(one) and math.isnan(other) else math.inf
    apart = abs(one - other)
    return 0.0 if apart <= NOTHING.get(unit, 0.0) else apart / max(abs(one), abs(other))


def entering(run: RunInputs) -> float:
    """Return all who enter a run, persons.

    They depart, or are there when it opens; at least one.
    """
    columns = Columns(len(run.groups), len(run.countries))
    return max(float(daily_table(run).rows[0, columns.everybody]), 1.0)
