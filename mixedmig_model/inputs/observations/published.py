"""The table of published totals of a case (CSV).

Runs are compared with them.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.inputs.reading.fields import EVERYWHERE
from mixedmig_model.inputs.reading.repeats import same_rows
from mixedmig_model.inputs.reading.tables import Span, TableRow, table_rows

OBSERVED_COLUMNS = ("quantity", "start", "end", "country", "low", "value", "high", "kind", "source", "note")
OPTIONAL_COLUMNS = {"bound": "exact", "rounding": "0", "reliability": "good"}
"""Columns that may stand anywhere in the table.

Each has the value that holds where the column is missing or a cell is empty.
"""
KINDS = ("input", "fitted", "predicted")
BOUNDS = ("exact", "at_least", "at_most")
RELIABILITIES = ("good", "weak", "doubtful")
GIVEN = ("departed", "departures", "flow:departed")
"""Quantities that the model is given.

A published total of them is always an input.
"""
GIVEN_FAULT = ("departures are given to the model, never fitted or predicted", "input", "input")


@dataclass(frozen=True)
class Observation:
    """A published total: what, when, how much.

    It was an input, fitted or predicted. ``bound`` is ``at_least`` where the source says "more than", ``at_most`` where
    it says "up to". ``rounding`` is what the figure was rounded to, persons; 0 where it was not. ``reliability`` is
    ``good``, ``weak``, or ``doubtful``: shown, and never scored. A ``level`` holds at the end of the day ``start``.
    ``fits`` names the parameters that were fitted to the figure. ``country`` may name several, separated by spaces.
    """

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
    bound: str = "exact"
    rounding: float = 0.0
    reliability: str = "good"
    line: int = 0  # in the table
    group: str = EVERYWHERE
    unit: str = "person"
    counts: str = "persons"
    as_of: date | None = None
    fits: tuple[str, ...] = ()
    level: bool = False
    file: str = ""

    @property
    def ends(self) -> tuple[float, float]:
        """Least and largest number that the publication allows.

        A one-sided figure has one end alone.
        """
        low, high = max(self.low - self.rounding / 2.0, 0.0), self.high + self.rounding / 2.0
        return (0.0 if self.bound == "at_most" else low), (math.inf if self.bound == "at_least" else high)

    @property
    def scored(self) -> bool:
        """Whether a run is compared with the figure.

        A figure that its source doubts is only shown.
        """
        return self.reliability != "doubtful"


def read_observations(
    path: Path, file: str, countries: Mapping[str, Any], sources: Mapping[str, Any], quantities: tuple[str, ...],
    run: Span | None = None,
) -> tuple[Observation, ...]:
    """Read a table of published totals.

    None may lie wholly outside the ``run``. Raises InputFaultsError with all faults.
    """
    faults: list[Fault] = []
    result = []
    rows = table_rows(path, file, OBSERVED_COLUMNS, faults, OPTIONAL_COLUMNS)
    same_rows(rows)
    for row in rows:
        quantity, kind = row.choice("quantity", quantities), row.choice("kind", KINDS)
        if quantity in GIVEN and kind in KINDS and kind != "input":
            row.fault("kind", *GIVEN_FAULT)
        country = row.choice("country", (EVERYWHERE, *countries))
        (start, end), value = row.period(run), row.number("value")
        low = row.number("low") if row.cells["low"].strip() else value
        high = row.number("high") if row.cells["high"].strip() else value
        if None not in (low, value, high) and low > high:
            row.fault("low", "low is above high", f"at most {high:g}")
        elif None not in (low, value, high) and not low <= value <= high:
            row.fault("value", "the value lies outside its own low and high", f"{low:g} to {high:g}")
        source, note = row.source(sources), row.cells["note"].strip()
        bound, rounding, reliability = _how_sure(row, value)
        result.append(Observation(quantity, start, end, country=country, low=low, value=value, high=high, kind=kind,
                                  source=source, note=note, bound=bound, rounding=rounding, reliability=reliability,
                                  line=row.line, file=file))
    if faults:
        raise InputFaultsError(faults)
    return tuple(result)


def _how_sure(row: TableRow, value: float | None) -> tuple[str, float, str]:
    """Return how sure a published total is.

    The cells are ``bound``, ``rounding`` and ``reliability``. An empty cell counts as a missing one.
    """
    for column, otherwise in OPTIONAL_COLUMNS.items():
        row.cells[column] = row.cells[column].strip() or otherwise
    bound, reliability = row.choice("bound", BOUNDS), row.choice("reliability", RELIABILITIES)
    rounding = row.number("rounding")
    if rounding is not None and value is not None and rounding > max(value, 1.0):
        row.fault("rounding", "the rounding is larger than the figure", f"at most {value:g}")
    return bound, rounding or 0.0, reliability
