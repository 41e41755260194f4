"""The arrivals of a new case, from a file of one's own.

The file has the columns of ``arrivals.csv``, or months and people.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from mixedmig_model.inputs.cases.departures import (
    DEPARTURE_COLUMNS,
    ON_ROUTE,
    Departures,
    read_departures,
    row_route,
)
from mixedmig_model.inputs.parameters.catalogue import ASSUMPTION
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, listed
from mixedmig_model.inputs.reading.tables import Span, TableRow, table_rows
from mixedmig_model.inputs.reading.yaml_reader import read_text
from mixedmig_model.vocabulary.labels import Route

MONTHLY = ("month", "persons")
WHOSE = {"country": "", **ON_ROUTE}
"""Further columns of a table of months.

The country is needed where a case has several.
"""


def read_arrivals(
    path: Path, countries: Sequence[str], sources: Mapping[str, Any], run: Span | None, faults: list[Fault],
    route: Route = "sea",
) -> tuple[Departures, ...]:
    """Return rows of a file of arrivals; add its faults.

    Parameters
    ----------
    path : Path
        The file.
    countries : Sequence[str]
        Countries of the case.
    sources : Mapping[str, Any]
        Sources of the workspace by key.
    run : Span | None
        First day and end of the run; None where its dates have faults.
    faults : list[Fault]
        Faults so far; new ones are added.
    route : Route
        Route of the case; people of a row that names none come by it.

    Returns
    -------
    tuple[Departures, ...]
        The rows.
    """
    file = path.name
    if not path.is_file():
        faults.append(Fault("--arrivals", 0, "", "the file does not exist", found=repr(str(path)),
                            allowed="a comma-separated file"))
        return ()
    try:
        if "start" in _header(path, file):
            return read_departures(path, file, dict.fromkeys(countries), sources, run, route=route)
        return _monthly(path, file, countries, run, route)
    except InputFaultsError as error:
        faults.extend(error.faults)
        return ()


def _header(path: Path, file: str) -> tuple[str, ...]:
    """Return the names of the columns.

    Raises InputFaultsError where the file is no text.
    """
    first = read_text(path, file).split("\n", 1)[0]
    return tuple(cell.strip() for cell in next(csv.reader(io.StringIO(first)), []))


def _monthly(
    path: Path, file: str, countries: Sequence[str], run: Span | None, route: Route
) -> tuple[Departures, ...]:
    """Return rows of a table of months.

    Raises InputFaultsError with all faults.
    """
    faults: list[Fault] = []
    try:
        rows = table_rows(path, file, MONTHLY, faults, WHOSE)
    except InputFaultsError as error:
        raise InputFaultsError([_either_way(fault) for fault in error.faults]) from None
    made, first, routes = [], dict[tuple[date, str], int](), dict[str, tuple[Route, int]]()
    for row in rows:
        month, persons, country = _month(row, run), row.number("persons"), _country(row, countries)
        named = row_route(row, country, route, routes)
        if month is None or persons is None:
            continue
        earlier = first.setdefault((month, country), row.line)
        if earlier != row.line:
            row.fault("month", f"duplicate month, first on line {earlier}", "each month once")
        made.append(Departures(month, next_month(month), country, persons=persons, source=ASSUMPTION,
                               quality="assumption", line=row.line, route=named))
    if faults:
        raise InputFaultsError(faults)
    return tuple(made)


def _either_way(fault: Fault) -> Fault:
    """Return a fault of the columns with both forms of a table."""
    if fault.problem != "unexpected columns":
        return fault
    allowed = f"{', '.join(MONTHLY)}, and country where there are several; or {', '.join(DEPARTURE_COLUMNS)}"
    allowed += f"; and, if wanted, {', '.join(ON_ROUTE)}"
    return Fault(fault.file, fault.line, fault.path, fault.problem, found=fault.found, allowed=allowed,
                 nearest=fault.nearest)


def _month(row: TableRow, run: Span | None) -> date | None:
    """Return the first day of a month written YYYY-MM.

    It is None after noting the fault.
    """
    text = row.cells["month"].strip()
    if not re.fullmatch(r"(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])", text):
        row.fault("month", "not a month", "YYYY-MM, years from 1900 to 2199")
        return None
    first = date.fromisoformat(f"{text}-01")
    if run and (next_month(first) <= run[0] or first >= run[1]):
        row.fault("month", "the month lies outside the run of the case", f"{run[0]} to {run[1]}")
    return first


def next_month(first: date) -> date:
    """Return the first day of the next month."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _country(row: TableRow, countries: Sequence[str]) -> str:
    """Return the country of a row.

    It is the only one of the case, or the one that the row names.
    """
    given = row.cells["country"].strip()
    if not given and len(countries) == 1:
        return countries[0]
    if not given:
        row.whole("the row names no country, and the case has several", f"a column country with {listed(countries)}")
        return ""
    return row.choice("country", tuple(countries))
