"""How far the kernel and scipy agree on one run.

A report that the kernel solved says so of its baseline.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.results.indicators.table import BREACHES, HARMS, HEADLINES, Facts
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.kernel.inputs import Columns, daily_table
from mixedmig_model.solve.run import solve, solve_kernel

NOTHING = {"person": 1.0, "day": 0.5}
"""Differences that count as none.

They are one person, and half a day. Of other units a difference is given as a share.
"""


def agreement(run: RunInputs, restart_days: Sequence[float] = ()) -> dict[str, Any]:
    """Solve a run by the kernel and by scipy and compare them.

    Raises SolveError. Returns ``stocks``, the largest difference of a daily stock as a share of all who enter the run.
    It also returns ``indicator`` and ``gap``, the breach, harm or headline that differs most and by which share of it.
    """
    ours, theirs = solve_kernel(run), solve(run, None, restart_days)
    apart = float(np.abs(ours.day_stocks - theirs.day_stocks).max())
    one, other = (Facts(to_dataset(run, answer)) for answer in (ours, theirs))
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
