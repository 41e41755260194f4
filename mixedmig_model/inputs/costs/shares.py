"""Sectors of assistance, and shares of a price."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from mixedmig_model.inputs.reading.fields import Note, Quality, Record, SourceKey, refusal

Sector = Literal[
    "camp_coordination", "shelter", "water_sanitation", "food", "health", "protection", "education", "logistics",
    "telecommunications", "transport_assistance", "documentation", "border_management", "asylum", "detention",
    "counter_trafficking", "humanitarian_communications", "return_reintegration", "resettlement", "integration",
    "coordination", "host_communities", "rescue",
]
"""Sectors of assistance.

They follow IOM's Migration Crisis Operational Framework, with what states add to them.
"""
ShareNumber = Annotated[float, Field(ge=0, le=1, strict=True, allow_inf_nan=False)]
SHARES_TO_ONE = 1e-9


def _whole_price(value: dict[Sector, float]) -> dict[Sector, float]:
    if abs(sum(value.values()) - 1.0) > SHARES_TO_ONE:
        raise refusal("the shares of sectors do not sum to one", f"{sum(value.values()):g}", "shares that sum to 1")
    return value


SectorShares = Annotated[dict[Sector, ShareNumber], Field(min_length=1), AfterValidator(_whole_price)]


class SectorSplit(Record):
    """The shares of a price that belong to each sector.

    It has the source and quality of the shares.
    """

    shares: SectorShares
    source: SourceKey
    quality: Quality
    note: Note = Field(default="", max_length=1000)
