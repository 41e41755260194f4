"""The ledger, recomputed from a saved Dataset alone.

Opening + in - out = closing for every cell (``docs/model.md`` section 1).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr

from mixedmig_model.equations.table import ENTERS_THE_MODEL, LEAVES_THE_MODEL, STOCKS
from mixedmig_model.solve.answer import Answer
from mixedmig_model.solve.problem import incidence

TOLERANCE = 1e-10
"""Largest difference allowed.

It is relative to all people who ever entered the run.
"""
WEEKS_AT_ONCE = 16
"""Weeks whose flows are added up in one call."""
CHOSEN_ENDS = (("source",), ("sink",), ("source", "sink"))
"""Ends of a flow through which it may be at fault."""


@dataclass(frozen=True)
class LedgerFault:
    """A stock that does not close, or an open flow.

    Through such a flow people enter or leave the model unseen.
    """

    flow: str
    stock: str
    persons: float
    problem: str

    def __str__(self) -> str:
        return f"ledger: {self.problem} (row '{self.flow}', stock '{self.stock}', {self.persons:.3g} persons)"


def flow_names(ds: xr.Dataset) -> list[str]:
    """Return names of the flows of a Dataset that move people."""
    return [str(name) for name in ds.data_vars if ds.variables[name].attrs.get("kind") == "flow"]


def stock_names(ds: xr.Dataset) -> list[str]:
    """Return names of the stocks of a Dataset, counters included."""
    return [str(name) for name in ds.data_vars if ds.variables[name].attrs.get("kind") == "stock"]


@dataclass(frozen=True)
class Contribution:
    """What one flow takes from a stock or puts into it.

    It has persons by interval, and the cells they stand in.
    """

    stock: str
    at: tuple[int | slice, ...]
    values: np.ndarray  # [interval, ...] the axes of the stock that ``at`` leaves open

    def whole(self, ds: xr.Dataset) -> np.ndarray:
        """Return the part on all cells of its stock.

        It is ``[interval, ...]``, zero elsewhere.
        """
        shape = ds.variables[self.stock].shape
        result = np.zeros((shape[0] - 1, *shape[1:]))
        result[(slice(None), *self.at)] = self.values
        return result


def contribution(ds: xr.Dataset, flow: str, end: str) -> Contribution | None:
    """Return persons that a flow moves at one end.

    It takes them out of (``end='source'``) or puts them into (``'sink'``) the cells of its stock, by interval.
    """
    moved = ds.variables[flow]
    stock = moved.attrs[end]
    if not stock:
        return None
    fixed = json.loads(moved.attrs[f"at_{end}"])
    axes = [str(dim) for dim in ds.variables[stock].dims if dim != "time"]
    dims = [str(dim) for dim in moved.dims]
    if end == "sink" and "destination" in dims:  # people enter the country they go to
        dims[dims.index("country")], dims[dims.index("destination")] = "left", "country"
    open_axes = [axis for axis in axes if axis not in fixed]
    extra = tuple(k for k, dim in enumerate(dims) if dim != "interval" and dim not in open_axes)
    kept = [dim for k, dim in enumerate(dims) if k not in extra]
    values = moved.values.sum(axis=extra) if extra else moved.values
    values = values.transpose([kept.index(axis) for axis in ["interval", *open_axes]])
    at = tuple(ds.variables[axis].values.tolist().index(fixed[axis]) if axis in fixed else slice(None) for axis in axes)
    return Contribution(stock, at, values)


def check_ledger(ds: xr.Dataset, tolerance: float = TOLERANCE) -> list[LedgerFault]:
    """Return all faults of the ledger of one run.

    The run has no ``scenario`` dimension; the list is empty if people are conserved.
    """
    faults = _open_ends(ds)
    scale = {unit: _entered(ds, unit) for unit in ("person", "officer")}
    ends = {
        (flow, end): part
        for flow in flow_names(ds) for end in ("source", "sink")
        if (part := contribution(ds, flow, end)) is not None
    }
    residuals = {stock: np.diff(ds.variables[stock].values, axis=0) for stock in stock_names(ds)}
    for (_, end), part in ends.items():
        residuals[part.stock][(slice(None), *part.at)] -= part.values if end == "sink" else -part.values
    missing = {
        stock: gap for stock, gap in residuals.items()
        if float(np.abs(gap).max(initial=0.0)) > tolerance * scale[ds.variables[stock].attrs["units"]]
    }
    flow = _culprit(missing, ds, ends) if missing else ""
    text = "opening + in - out differs from closing"
    for stock, residual in missing.items():
        faults.append(LedgerFault(flow.removeprefix("flow_"), stock, float(np.abs(residual).max()), text))
    return faults


def closes(answer: Answer, tolerance: float = TOLERANCE) -> bool:
    """Return whether the ledger of an answer closes.

    It must close in every cell and week. No Dataset is needed, so it serves many draws. Stocks and running totals of
    the kernel are integrated separately, and compared here. The reference path computes stocks from totals, so that
    there is nothing to compare. Where the ledger does not close, ``check_ledger`` names the flow.
    """
    if answer.week_stocks is None:
        return True
    layout = answer.layout
    moved = answer.week_moves
    gap = np.abs(np.diff(answer.week_stocks, axis=0) - _net(answer, moved)).max(axis=0)
    for unit in ("person", "officer"):
        entering = [flow.name for flow in layout.flows if flow.name in ENTERS_THE_MODEL and flow.unit == unit]
        stocks = [layout.stock_at[stock.name][0] for stock in STOCKS if stock.unit == unit]
        came = sum(float(moved[:, layout.flow_at[name][0]].sum()) for name in entering)
        there = sum(float(answer.week_stocks[0, where].sum()) for where in stocks)
        if max(float(gap[where].max(initial=0.0)) for where in stocks) > tolerance * max(there + came, 1.0):
            return False
    return True


def _net(answer: Answer, moved: np.ndarray) -> np.ndarray:
    """Return what flows add to each stock cell by week.

    Some weeks at a time are turned over, which fit the processor's cache.
    """
    enters = incidence(answer.layout)
    parts = [moved[week : week + WEEKS_AT_ONCE] for week in range(0, len(moved), WEEKS_AT_ONCE)]
    return np.concatenate([(enters @ np.ascontiguousarray(part.T)).T for part in parts])


def _entered(ds: xr.Dataset, unit: str) -> float:
    """Return all who were there or entered, at least one.

    They were there at the opening or entered since; people and staff are counted separately.
    """
    stocks = [one for one in map(ds.variables.__getitem__, stock_names(ds)) if one.attrs["units"] == unit]
    opening = sum(float(one.values[0].sum()) for one in stocks)
    came = [ds.variables[f"flow_{name}"] for name in ENTERS_THE_MODEL if f"flow_{name}" in ds]
    return max(opening + sum(float(one.values.sum()) for one in came if one.attrs["units"] == unit), 1.0)


def _open_ends(ds: xr.Dataset) -> list[LedgerFault]:
    """Return flows without a source or a sink.

    Only departures and hired staff may enter; of all, only staff may leave.
    """
    faults = []
    for flow in flow_names(ds):
        source, sink = ds.variables[flow].attrs["source"], ds.variables[flow].attrs["sink"]
        persons = float(np.abs(ds.variables[flow].values).sum())
        if not sink and flow.removeprefix("flow_") not in LEAVES_THE_MODEL:
            faults.append(LedgerFault(flow.removeprefix("flow_"), source, persons, "people leave the model unseen"))
        if not source and flow.removeprefix("flow_") not in ENTERS_THE_MODEL:
            faults.append(LedgerFault(flow.removeprefix("flow_"), sink, persons, "people enter the model unseen"))
    return faults


def _culprit(missing: Mapping[str, np.ndarray], ds: xr.Dataset, ends: Mapping[tuple[str, str], Contribution]) -> str:
    """Return the flow that explains most of what is missing.

    It does so in all stocks, through its source, its sink or both.
    """
    whole = sum(_square(gap) for gap in missing.values())
    unexplained: dict[str, float] = {}
    for flow in sorted({flow for flow, _ in ends}):
        through = [_moved_through(flow, chosen, missing, ds, ends=ends) for chosen in CHOSEN_ENDS]
        left = [whole - _explained(missing, moved) for moved in through if _moves(moved)]
        if left:
            unexplained[flow] = min(left)
    return min(unexplained, key=lambda flow: unexplained[flow]) if unexplained else "unknown"


def _moved_through(
    flow: str, chosen: tuple[str, ...], missing: Mapping[str, np.ndarray], ds: xr.Dataset, *,
    ends: Mapping[tuple[str, str], Contribution],
) -> dict[str, np.ndarray]:
    """Return what a flow adds to the stocks with a gap.

    It adds through some of its ends: persons by stock, negative where it takes.
    """
    moved: dict[str, np.ndarray] = {}
    for end in chosen:
        part = ends.get((flow, end))
        if part is not None and part.stock in missing:
            added = part.whole(ds) if end == "sink" else -part.whole(ds)
            moved[part.stock] = moved[part.stock] + added if part.stock in moved else added
    return moved


def _moves(moved: Mapping[str, np.ndarray]) -> bool:
    """Return whether a flow moves anybody."""
    return sum(_square(part) for part in moved.values()) > 0.0


def _explained(missing: Mapping[str, np.ndarray], moved: Mapping[str, np.ndarray]) -> float:
    """Return how much of the gaps a flow explains.

    It is the sum of squares, if the flow is scaled to explain as much as it can.
    """
    along = sum(float(np.sum(missing[stock] * part)) for stock, part in moved.items())
    return along**2 / sum(_square(part) for part in moved.values())


def _square(values: np.ndarray) -> float:
    return float(np.sum(values**2))
