"""The schema of a row of ``observations/*.csv``.

``docs/schemas/observation.schema.json`` is made from it. Empty cells count as missing ones.
"""

from typing import Annotated, Literal

from pydantic import Field

from mixedmig_model.inputs.reading.fields import EVERYWHERE, Day, Name, Note, Record, SourceKey

MOST = 1e15
Amount = Annotated[float, Field(ge=0, le=MOST, strict=True, allow_inf_nan=False)]
Bound = Literal["exact", "at_least", "at_most"]
Counts = Literal["persons", "cases"]
Reliability = Literal["good", "weak", "doubtful"]
Use = Literal["input", "fitted", "predicted"]


class ObservationRow(Record):
    """One observation: what, when, where, of whom, how much.

    A level has one date, ``start``, and holds at the end of that day. An amount has a period, and ``end`` is the first
    day after it.
    """

    quantity: Annotated[str, Field(min_length=1, max_length=120, description="what is counted: docs/inputs.md")]
    start: Day = Field(description="first day of the period, or the date of a level")
    end: Day | None = Field(default=None, description="first day after the period; empty for a level")
    country: Annotated[str, Field(max_length=3000)] = Field(
        default=EVERYWHERE, description="a country of the case, several separated by spaces, or all")
    group: Name = Field(default=EVERYWHERE, description="a group of the case, or all")
    value: Amount
    low: Amount | None = None
    high: Amount | None = None
    unit: Annotated[str, Field(max_length=64)] = Field(default="", description="empty: the unit of the quantity")
    counts: Counts = Field(default="persons", description="whether the source counts people or cases")
    bound: Bound = Field(default="exact", description="at_least: the source says more than; at_most: up to")
    rounding: Amount = Field(default=0.0, description="what the figure was rounded to")
    as_of: Day | None = Field(default=None, description="date of the publication")
    reliability: Reliability = Field(default="good", description="doubtful: shown, never scored")
    use: Use = Field(description="whether the case was given it, was fitted to it, or predicts it")
    source: SourceKey
    note: Note = Field(default="", max_length=2000)
    fits: tuple[str, ...] = Field(
        default=(), description="parameters fitted to the figure, separated by spaces; only where use is fitted")


COLUMNS = tuple(name for name in ObservationRow.model_fields if name != "fits")
"""Columns of a table of observations, in their order."""
OPTIONAL = {"fits": ""}
"""Columns that may be left out."""
NUMBERS = ("value", "low", "high", "rounding")
