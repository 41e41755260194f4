"""Tables (CSV) read strictly: rows cell by cell, every fault with its line and column."""

import csv
import io
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, has_controls, listed, nearest, shown
from mixedmig_model.inputs.reading.fields import MOST_PERSONS, iso_day
from mixedmig_model.inputs.reading.yaml_reader import read_text

PEOPLE = f"a number from 0 to {MOST_PERSONS:,.0f}"
Span = tuple[date, date]


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
