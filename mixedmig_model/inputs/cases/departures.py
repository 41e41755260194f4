"""The table of dated departures of a case (CSV)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.inputs.reading.fields import QUALITIES
from mixedmig_model.inputs.reading.repeats import same_rows
from mixedmig_model.inputs.reading.tables import Span, TableRow, table_rows
from mixedmig_model.vocabulary.labels import ROUTES, Route

ON_ROUTE = {"route": ""}
"""A column that says how the people of a row come.

Where it is empty they come by the route of the case.
"""
ONE_ROUTE = (
    "{route}, as on line {line}; or make two places of {country} in the case, or two cases (docs/inputs.md, Routes)"
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
    route: Route | None = None  # None: the row does not say

    def within(self, run: Span) -> float:
        """Return persons of the period who depart within a run."""
        days = (min(self.end, run[1]) - max(self.start, run[0])).days
        return self.persons * max(days, 0) / (self.end - self.start).days


def read_departures(
    path: Path, file: str, countries: Mapping[str, Any], sources: Mapping[str, Any], run: Span | None = None,
    route: Route = "sea",
) -> tuple[Departures, ...]:
    """Read a table of departures.

    People of a row that names no route come by ``route``, that of the case. Raises InputFaultsError with all faults.
    """
    rows, faults = survey_departures(path, file, countries, sources, run, route=route)
    if faults:
        raise InputFaultsError(faults)
    return rows


def survey_departures(
    path: Path, file: str, countries: Mapping[str, Any], sources: Mapping[str, Any], run: Span | None = None,
    *, route: Route = "sea",
) -> tuple[tuple[Departures, ...], list[Fault]]:
    """Return the rows of a table of departures, and its faults.

    Rows with faults say who comes by which route. They are of no other use.
    """
    faults: list[Fault] = []
    result = []
    try:
        rows = table_rows(path, file, DEPARTURE_COLUMNS, faults, ON_ROUTE)
    except InputFaultsError as error:
        return (), list(error.faults)
    first = dict[str, tuple[Route, int]]()
    same_rows(rows)
    for row in rows:
        (start, end), persons = row.period(run), row.number("persons")
        country, source = row.choice("country", countries), row.source(sources)
        quality = row.choice("quality", QUALITIES)
        named = row_route(row, country, route, first)
        result.append(Departures(start, end, country, persons=persons, source=source, quality=quality,
                                 note=row.cells["note"].strip(), line=row.line, route=named))
    return tuple(result), faults


def row_route(row: TableRow, country: str, default: Route, first: dict[str, tuple[Route, int]]) -> Route | None:
    """Return the route that a row names, or None.

    A row by another route than earlier rows of its country is a fault.

    Parameters
    ----------
    row : TableRow
        The row.
    country : str
        Its country.
    default : Route
        Route of a row that names none.
    first : dict[str, tuple[Route, int]]
        Route of each country with the line of its first row; a new country is added.

    Returns
    -------
    Route | None
        The route.
    """
    if not row.cells["route"].strip():
        named: Route | None = None
    else:
        found = row.choice("route", ROUTES)
        named = next((one for one in ROUTES if one == found), None)
        if named is None:
            return None
    if not country:
        return named
    earlier, line = first.setdefault(country, (named or default, row.line))
    if (named or default) != earlier:
        text = "people come to the country by another route in an earlier row"
        row.fault("route", text, ONE_ROUTE.format(route=earlier, line=line, country=country))
    return named


def routes_of(rows: Iterable[Departures], countries: Iterable[str], default: Route) -> dict[str, Route]:
    """Return how people come to each country.

    The first row of a country says it. The default holds where no row does.
    """
    first = dict[str, Route]()
    for row in rows:
        first.setdefault(row.country, row.route or default)
    return {country: first.get(country, default) for country in countries}
