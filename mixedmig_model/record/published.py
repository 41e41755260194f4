"""Published totals next to the model's own."""

import xarray as xr

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.record.schema.inputs import PublishedRow
from mixedmig_model.results.published import compare


def published_rows(inputs: CaseInputs, ds: xr.Dataset) -> tuple[PublishedRow, ...]:
    """Return a row for each published total.

    It has the total, the model's own, and the miss.
    """
    rows = []
    for total in compare(ds, inputs.observations):
        seen = total.observation
        source = inputs.workspace.sources[seen.source]
        rows.append(
            PublishedRow(
                quantity=seen.quantity,
                start=seen.start.isoformat(),
                end=seen.end.isoformat(),
                country=seen.country,
                low=seen.low,
                value=seen.value,
                high=seen.high,
                bound=seen.bound,
                rounding=seen.rounding,
                reliability=seen.reliability,
                kind=seen.kind,
                ours=total.ours,
                gap=total.gap,
                miss=total.miss,
                missed=total.missed,
                scored=seen.scored,
                note=seen.note,
                source_title=source.title,
                address=source.address,
            )
        )
    return tuple(rows)
