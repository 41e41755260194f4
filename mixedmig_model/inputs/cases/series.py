"""Tables of a case: dated departures and the published totals to compare with (CSV)."""

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, has_controls, listed, nearest, shown
from mixedmig_model.inputs.reading.fields import EVERYWHERE, MOST_PERSONS, iso_day
from mixedmig_model.inputs.reading.yaml_reader import read_text

DEPARTURE_COLUMNS = ("start", "end", "country", "persons", "source", "quality", "note")
OBSERVED_COLUMNS = ("quantity", "start", "end", "country", "low", "value", "high", "kind", "source", "note")
KINDS = ("input", "fitted", "predicted")
GIVEN = ("departed",)
"""Quantities that the model is given: a published total of them is always an input."""
QUALITIES = ("measured", "published", "assumption")
PEOPLE = f"a number from 0 to {MOST_PERSONS:,.0f}"

Span = tuple[date, date]


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


class TableRow:
    """One row of a table, read cell by cell; faults are collected."""

    def __init__(self, file: str, line: int, cells: Mapping[str, str], faults: list[Fault]) -> None:
        self.file, self.line, self.cells, self.faults = file, line, cells, faults

    def fault(self, column: str, problem: str, allowed: str = "", near: str = "") -> None:
        """Note a fault of one cell."""
        found = shown(self.cells[column])
        self.faults.append(Fault(self.file, self.line, column, problem, found=found, allowed=allowed, nearest=near))

    def cell(self, column: str, parse: Callable[[str], Any], problem: str, allowed: str) -> Any:
        """A cell parsed, or None after noting the fault."""
        try:
            return parse(self.cells[column].strip())
        except ValueError:
            self.fault(column, problem, allowed)
            return None

    def day(self, column: str) -> Any:
        """A cell that holds a date."""
        return self.cell(column, iso_day, "not a date", "YYYY-MM-DD")

    def period(self, run: Span | None) -> tuple[Any, Any]:
        """The cells ``start`` and ``end``: in order, and not wholly outside the run."""
        start, end = self.day("start"), self.day("end")
        if start and end and end <= start:
            self.fault("end", "the period ends before it starts", f"a date after {start}")
        elif start and end and run and (end <= run[0] or start >= run[1]):
            column = "end" if end <= run[0] else "start"
            self.fault(column, "the period lies outside the run of the case", f"{run[0]} to {run[1]}")
        return start, end

    def number(self, column: str) -> Any:
        """A cell that holds a number of people, not below zero."""
        value = self.cell(column, table_number, "not a number", PEOPLE)
        if value is not None and not 0.0 <= value <= MOST_PERSONS:
            self.fault(column, "not a number of people", PEOPLE)
        return value

    def choice(self, column: str, names: Mapping[str, Any] | tuple[str, ...]) -> str:
        """A cell that holds one of some names."""
        value = self.cells[column].strip()
        if value not in names:
            self.fault(column, "not one of the allowed values", listed(names), nearest(value, names))
        return value


def table_number(text: str) -> float:
    """A number in plain digits. Raises ValueError."""
    if not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]+)?", text):
        raise ValueError("not a number")
    return float(text)


def table_rows(path: Path, file: str, columns: tuple[str, ...], faults: list[Fault]) -> list[TableRow]:
    """The rows of a CSV file with exactly these columns."""
    reader = csv.reader(io.StringIO(read_text(path, file), newline=""), strict=True)
    rows, line = [], 0
    try:
        header = tuple(cell.strip() for cell in next(reader, []))
        if header != columns:
            near = next((nearest(name, columns) for name in header if name not in columns), "")
            found, allowed = shown(", ".join(header), 120), ", ".join(columns)
            raise InputFaultsError([Fault(file, 1, "", "unexpected columns", found=found, allowed=allowed,
                                          nearest=near)])
        line = reader.line_num
        for cells in reader:
            line = reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(columns):
                allowed = f"{len(columns)} cells: {', '.join(columns)}; text with a comma in double quotes"
                faults.append(Fault(file, line, "", "wrong number of cells", found=str(len(cells)), allowed=allowed))
                continue
            row = TableRow(file, line, dict(zip(columns, cells, strict=True)), faults)
            for column in columns:
                if has_controls(row.cells[column]):
                    row.fault(column, "control characters in the text", "plain text")
            rows.append(row)
    except csv.Error as error:
        text = "a double quote is never closed" if "end of data" in str(error) else str(error)
        faults.append(Fault(file, line + 1, "", f"not a valid table: {text}", allowed="CSV with commas"))
    return rows


def read_departures(
    path: Path, file: str, countries: Mapping[str, Any], sources: Mapping[str, Any], run: Span | None = None
) -> tuple[Departures, ...]:
    """Read a table of departures, none of them wholly outside the ``run``. Raises InputFaultsError with all faults."""
    faults: list[Fault] = []
    result = []
    for row in table_rows(path, file, DEPARTURE_COLUMNS, faults):
        (start, end), persons = row.period(run), row.number("persons")
        country, source = row.choice("country", countries), row.choice("source", sources)
        quality = row.choice("quality", QUALITIES)
        result.append(Departures(start, end, country, persons=persons, source=source, quality=quality))
    if faults:
        raise InputFaultsError(faults)
    return tuple(result)


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
