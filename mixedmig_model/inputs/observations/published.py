"""The table of published totals of a case, to compare its runs with (CSV)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.inputs.reading.fields import EVERYWHERE
from mixedmig_model.inputs.reading.tables import Span, table_rows

OBSERVED_COLUMNS = ("quantity", "start", "end", "country", "low", "value", "high", "kind", "source", "note")
KINDS = ("input", "fitted", "predicted")
GIVEN = ("departed",)
"""Quantities that the model is given: a published total of them is always an input."""


@dataclass(frozen=True)
class Observation:
    """A published total: what, when, how much, and whether it was an input, fitted or predicted."""

    quantity: str
    start: date
    end: date
    country: str
    low: float
    value: float
    high: float
    kind: str
    source: str
    note: str


def read_observations(
    path: Path, file: str, countries: Mapping[str, Any], sources: Mapping[str, Any], quantities: tuple[str, ...],
    run: Span | None = None,
) -> tuple[Observation, ...]:
    """Read a table of published totals, none wholly outside the ``run``. Raises InputFaultsError with all faults."""
    faults: list[Fault] = []
    result = []
    for row in table_rows(path, file, OBSERVED_COLUMNS, faults):
        quantity, kind = row.choice("quantity", quantities), row.choice("kind", KINDS)
        if quantity in GIVEN and kind in KINDS and kind != "input":
            row.fault("kind", "departures are given to the model, never fitted or predicted", "input", "input")
        country = row.choice("country", (EVERYWHERE, *countries))
        (start, end), value = row.period(run), row.number("value")
        low = row.number("low") if row.cells["low"].strip() else value
        high = row.number("high") if row.cells["high"].strip() else value
        if None not in (low, value, high) and low > high:
            row.fault("low", "low lies above high", f"at most {high:g}")
        elif None not in (low, value, high) and not low <= value <= high:
            row.fault("value", "the value lies outside its own low and high", f"{low:g} to {high:g}")
        source = row.choice("source", sources)
        note = row.cells["note"].strip()
        result.append(Observation(quantity, start, end, country=country, low=low, value=value, high=high, kind=kind,
                                  source=source, note=note))
    if faults:
        raise InputFaultsError(faults)
    return tuple(result)
