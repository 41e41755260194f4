"""The ledger, recomputed from a saved Dataset alone: opening + in - out = closing for every cell (``model.md`` 8.1)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr

TOLERANCE = 1e-10
"""Largest difference allowed, relative to all people who ever entered the run."""


@dataclass(frozen=True)
class LedgerFault:
    """A stock that does not close, or a row through which people enter or leave the model unseen."""

    row: str
    stock: str
    persons: float
    problem: str

    def __str__(self) -> str:
        return f"ledger: {self.problem} (row '{self.row}', stock '{self.stock}', {self.persons:.3g} persons)"


def flow_names(ds: xr.Dataset) -> list[str]:
    """Names of the flows of a Dataset that move people."""
    return [str(name) for name in ds.data_vars if ds[name].attrs.get("kind") == "flow"]


def stock_names(ds: xr.Dataset) -> list[str]:
    """Names of the stocks of a Dataset, counters included."""
    return [str(name) for name in ds.data_vars if ds[name].attrs.get("kind") == "stock"]


def contribution(ds: xr.Dataset, flow: str, end: str) -> xr.DataArray | None:
    """Persons a flow takes out of (``end='source'``) or puts into (``'sink'``) each cell of its stock, by interval."""
    moved = ds[flow]
    stock = moved.attrs[end]
    if not stock:
        return None
    fixed = json.loads(moved.attrs[f"at_{end}"])
    axes = [dim for dim in ds[stock].dims if dim != "time"]
    extra = [dim for dim in moved.dims if dim != "interval" and (dim not in axes or dim in fixed)]
    moved = moved.sum(extra)
    for axis, name in fixed.items():
        labels = ds[axis].values
        mark = xr.DataArray((labels == name).astype(float), dims=axis, coords={axis: labels})
        moved = moved * mark
    return moved.transpose("interval", *axes)


def check_ledger(ds: xr.Dataset, tolerance: float = TOLERANCE) -> list[LedgerFault]:
    """All faults of the ledger of one run (no ``scenario`` dimension); an empty list if people are conserved."""
    faults = _open_ends(ds)
    people = sum(float(ds[name].isel(time=0).sum()) for name in stock_names(ds))
    scale = max(people + float(ds["flow_departed"].sum()), 1.0)
    ends = {
        (flow, end): part
        for flow in flow_names(ds) for end in ("source", "sink")
        if (part := contribution(ds, flow, end)) is not None
    }
    missing = {}
    for stock in stock_names(ds):
        touching = {key: part for key, part in ends.items() if ds[key[0]].attrs[key[1]] == stock}
        expected = sum((part if key[1] == "sink" else -part).values for key, part in touching.items())
        residual = np.diff(ds[stock].values, axis=0) - expected
        if float(np.abs(residual).max(initial=0.0)) > tolerance * scale:
            missing[stock] = residual
    row = _culprit(missing, ds, ends) if missing else ""
    text = "opening + in - out differs from closing"
    for stock, residual in missing.items():
        faults.append(LedgerFault(row.removeprefix("flow_"), stock, float(np.abs(residual).max()), text))
    return faults


def _open_ends(ds: xr.Dataset) -> list[LedgerFault]:
    """Rows without a source or a sink: only departures may enter the model, and nobody may leave it unseen."""
    faults = []
    for flow in flow_names(ds):
        source, sink = ds[flow].attrs["source"], ds[flow].attrs["sink"]
        persons = float(np.abs(ds[flow]).sum())
        if not sink:
            faults.append(LedgerFault(flow.removeprefix("flow_"), source, persons, "people leave the model unseen"))
        if not source and flow != "flow_departed":
            faults.append(LedgerFault(flow.removeprefix("flow_"), sink, persons, "people enter the model unseen"))
    return faults


def _culprit(missing: Mapping[str, np.ndarray], ds: xr.Dataset, ends: Mapping[tuple[str, str], xr.DataArray]) -> str:
    """The row whose flow explains most of what is missing in all stocks, through its source, its sink or both."""
    whole = sum(float(np.sum(gap**2)) for gap in missing.values())
    left: dict[str, float] = {}
    for flow in {flow for flow, _ in ends}:
        for chosen in (("source",), ("sink",), ("source", "sink")):
            shares: dict[str, np.ndarray] = {}
            for end in chosen:
                stock = ds[flow].attrs[end]
                if (flow, end) in ends and stock in missing:
                    signed = ends[flow, end].values if end == "sink" else -ends[flow, end].values
                    shares[stock] = shares[stock] + signed if stock in shares else signed
            square = sum(float(np.sum(part**2)) for part in shares.values())
            if square > 0.0:
                along = sum(float(np.sum(missing[stock] * part)) for stock, part in shares.items())
                left[flow] = min(left.get(flow, whole), whole - along**2 / square)
    return min(sorted(left), key=lambda name: left[name]) if left else "unknown"
