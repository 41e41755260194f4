"""Published totals next to the model's own."""

from typing import Any

import xarray as xr

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.results.published import compare


def published_rows(inputs: CaseInputs, ds: xr.Dataset) -> list[dict[str, Any]]:
    """A row for each published total: the total, the model's own, and the miss."""
    rows = []
    for total in compare(ds, inputs.observations):
        seen = total.observation
        source = inputs.workspace.sources[seen.source]
        rows.append(
            {
                "quantity": seen.quantity,
                "start": seen.start.isoformat(),
                "end": seen.end.isoformat(),
                "country": seen.country,
                "low": seen.low,
                "value": seen.value,
                "high": seen.high,
                "bound": seen.bound,
                "rounding": seen.rounding,
                "reliability": seen.reliability,
                "kind": seen.kind,
                "ours": total.ours,
                "gap": total.gap,
                "miss": total.miss,
                "missed": total.missed,
                "scored": seen.scored,
                "note": seen.note,
                "source_title": source.title,
                "address": source.address,
            }
        )
    return rows
