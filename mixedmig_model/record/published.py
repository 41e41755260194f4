"""Published totals next to the model's own."""

import xarray as xr

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.observations.published import Observation
from mixedmig_model.inputs.observations.tables import FOLDER
from mixedmig_model.inputs.reading.fields import EVERYWHERE
from mixedmig_model.record.schema.inputs import BalanceRow, PublishedRow
from mixedmig_model.record.words.pages.observed import quantity_title
from mixedmig_model.results.balances import balances
from mixedmig_model.results.published import compare_case


def published_rows(inputs: CaseInputs, ds: xr.Dataset, scenario: str) -> tuple[PublishedRow, ...]:
    """Return a row for each published total.

    It has the total, the model's own, and the miss.
    """
    rows = []
    for total in compare_case(ds, inputs, scenario):
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
                table="observations" if in_table(seen) else "totals",
                title=quantity_title(seen.quantity),
                group="" if seen.group == EVERYWHERE else seen.group,
                unit=seen.unit,
                counts=seen.counts,
                time="date" if seen.level else "period",
                as_of=seen.as_of.isoformat() if seen.as_of else "",
                fits=seen.fits,
            )
        )
    return tuple(rows)


def in_table(seen: Observation) -> bool:
    """Return whether a figure stands in a table of observations."""
    return f"/{FOLDER}/" in seen.file


def balance_rows(inputs: CaseInputs) -> tuple[BalanceRow, ...]:
    """Return the ledger of the data of a case.

    Only figures of tables of observations enter it.
    """
    return tuple(
        BalanceRow(
            title=quantity_title(one.quantity), country=one.country, unit=one.unit,
            group="" if one.group == EVERYWHERE else one.group,
            first=one.first.isoformat(), last=one.last.isoformat(), before=one.before, after=one.after,
            change=one.change, unexplained=one.unexplained,
            came={quantity_title(name): value for name, value in one.came.items()},
            went={quantity_title(name): value for name, value in one.went.items()},
        )
        for one in balances(seen for seen in inputs.observations if in_table(seen))
    )
