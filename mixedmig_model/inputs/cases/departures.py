"""The table of dated departures of a case (CSV)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.inputs.reading.fields import QUALITIES
from mixedmig_model.inputs.reading.repeats import same_rows
from mixedmig_model.inputs.reading.tables import Span, table_rows
from mixedmig_model.vocabulary.labels import Route

ON_ROUTE = {"route": ""}
"""A column that says how the people of a row come.

They come as all people of the case; another way is a fault.
"""
ONE_ROUTE = (
    "{route}: all people of a case come by one route; make a case for each route and divide the rows between them "
    "(docs/inputs.md, Routes)"
)
DEPARTURE_COLUMNS = ("start", "end", "country", "persons", "source", "quality", "note")


@dataclass(frozen=True)
class Departures:
    """People who depart in a period towards one country.

    The period runs from ``start`` to ``end`` (exclusive); people depart evenly.
    """

    start: date
    end: date
    country: str
    persons: float
    source: str
    quality: str
    note: str = ""
    line: int = 0  # in the table

    def within(self, run: Span) -> float:
        """Return persons of the period who depart within a run."""
        days = (min(self.end, run[1]) - max(self.start, run[0])).days
        return self.persons * max(days, 0) / (self.end - self.start).days


def read_departures(
    path: Path, file: str, countries: Mapping[str, Any], sources: Mapping[str, Any], run: Span | None = None,
    route: Route = "sea",
) -> tuple[Departures, ...]:
    """Read a table of departures.

    A row that names a route names the ``route`` of the case. No row lies wholly outside the ``run``. Raises
    InputFaultsError with all faults.
    """
    faults: list[Fault] = []
    result = []
    rows = table_rows(path, file, DEPARTURE_COLUMNS, faults, ON_ROUTE)
    same_rows(rows)
    for row in rows:
        (start, end), persons = row.period(run), row.number("persons")
        country, source = row.choice("country", countries), row.source(sources)
        quality = row.choice("quality", QUALITIES)
        if row.cells["route"].strip() not in ("", route):
            row.fault("route", "the row comes by another route than its case", ONE_ROUTE.format(route=route))
        result.append(Departures(start, end, country, persons=persons, source=source, quality=quality,
                                 note=row.cells["note"].strip(), line=row.line))
    if faults:
        raise InputFaultsError(faults)
    return tuple(result)
