"""Tables of a case: dated departures and the published totals to compare with (CSV)."""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mixedmig_model.inputs.faults import Fault, InputFaultsError, listed, nearest, shown
from mixedmig_model.inputs.yaml_reader import read_text

DEPARTURE_COLUMNS = ("start", "end", "country", "persons", "source", "quality", "note")
OBSERVED_COLUMNS = ("quantity", "start", "end", "country", "low", "value", "high", "kind", "source", "note")
KINDS = ("input", "fitted", "predicted")
QUALITIES = ("measured", "published", "assumption")


@dataclass(frozen=True)
class Departures:
    """People who depart from ``start`` to ``end`` (exclusive), evenly, towards one country."""

    start: date
    end: date
    country: str
    persons: float
    source: str
    quality: str


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


class _Row:
    """One row of a table, read cell by cell; faults are collected."""

    def __init__(self, file: str, line: int, cells: Mapping[str, str], faults: list[Fault]) -> None:
        self.file, self.line, self.cells, self.faults = file, line, cells, faults

    def fault(self, column: str, problem: str, allowed: str = "", near: str = "") -> None:
        """Note a fault of one cell."""
        found = shown(self.cells[column])
        self.faults.append(Fault(self.file, self.line, column, problem, found, allowed, near))

    def cell(self, column: str, parse: Callable[[str], Any], problem: str, allowed: str) -> Any:
        """A cell parsed, or None after noting the fault."""
        try:
            return parse(self.cells[column].strip())
        except ValueError:
            self.fault(column, problem, allowed)
            return None

    def day(self, column: str) -> Any:
        """A cell that holds a date."""
        return self.cell(column, date.fromisoformat, "not a date", "YYYY-MM-DD")

    def number(self, column: str) -> Any:
        """A cell that holds a number of people, not below zero."""
        value = self.cell(column, float, "not a number", "a number of at least 0")
        if value is not None and not 0.0 <= value < 1e12:
            self.fault(column, "not a number of people", "a number of at least 0")
        return value

    def choice(self, column: str, names: Mapping[str, Any] | tuple[str, ...]) -> str:
        """A cell that holds one of some names."""
        value = self.cells[column].strip()
        if value not in names:
            self.fault(column, "not one of the allowed values", listed(names), nearest(value, names))
        return value


def _rows(path: Path, file: str, columns: tuple[str, ...], faults: list[Fault]) -> list[_Row]:
    """The rows of a CSV file with exactly these columns."""
    reader = csv.reader(io.StringIO(read_text(path, file)))
    header = tuple(cell.strip() for cell in next(reader, []))
    if header != columns:
        raise InputFaultsError([Fault(file, 1, "", "unexpected columns", ", ".join(header), ", ".join(columns))])
    rows = []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(columns):
            allowed = f"{len(columns)} cells: {', '.join(columns)}"
            faults.append(Fault(file, reader.line_num, "", "wrong number of cells", str(len(cells)), allowed))
            continue
        rows.append(_Row(file, reader.line_num, dict(zip(columns, cells, strict=True)), faults))
    return rows


def read_departures(
    path: Path, file: str, countries: Mapping[str, Any], sources: Mapping[str, Any]
) -> tuple[Departures, ...]:
    """Read a table of departures. Raises InputFaultsError with all faults."""
    faults: list[Fault] = []
    result = []
    for row in _rows(path, file, DEPARTURE_COLUMNS, faults):
        start, end, persons = row.day("start"), row.day("end"), row.number("persons")
        if start and end and end <= start:
            row.fault("end", "the period ends before it starts", f"a date after {start}")
        country, source = row.choice("country", countries), row.choice("source", sources)
        quality = row.choice("quality", QUALITIES)
        result.append(Departures(start, end, country, persons, source, quality))
    if faults:
        raise InputFaultsError(faults)
    return tuple(result)


def read_observations(
    path: Path, file: str, countries: Mapping[str, Any], sources: Mapping[str, Any], quantities: tuple[str, ...]
) -> tuple[Observation, ...]:
    """Read a table of published totals. Raises InputFaultsError with all faults."""
    faults: list[Fault] = []
    result = []
    for row in _rows(path, file, OBSERVED_COLUMNS, faults):
        quantity, kind = row.choice("quantity", quantities), row.choice("kind", KINDS)
        country = row.choice("country", ("all", *countries))
        start, end, value = row.day("start"), row.day("end"), row.number("value")
        low = row.number("low") if row.cells["low"].strip() else value
        high = row.number("high") if row.cells["high"].strip() else value
        source = row.choice("source", sources)
        note = row.cells["note"].strip()
        result.append(Observation(quantity, start, end, country, low, value, high, kind, source, note))
    if faults:
        raise InputFaultsError(faults)
    return tuple(result)
