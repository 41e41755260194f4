"""Tables (CSV) read strictly.

Rows are read cell by cell; every fault has its line and column.
"""

import csv
import io
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from mixedmig_model.inputs.reading.faults import (
    Fault,
    InputFaultsError,
    has_controls,
    hidden_signs,
    listed,
    nearest,
    shown,
)
from mixedmig_model.inputs.reading.fields import HIDDEN, IN_TIME, MOST_PERSONS, OUT_OF_TIME, is_out_of_time, iso_day
from mixedmig_model.inputs.reading.numerals import TWO_WAYS, both_ways, is_ambiguous, without_marks
from mixedmig_model.inputs.reading.yaml_reader import read_text

PEOPLE = f"a number from 0 to {MOST_PERSONS:,.0f}"
Span = tuple[date, date]
NOTHING: dict[str, str] = {}
MOST_HEADER = 240
"""Characters of a wrong header that a message shows."""


class TableRow:
    """One row of a table, read cell by cell; faults are collected."""

    def __init__(self, file: str, line: int, cells: dict[str, str], faults: list[Fault]) -> None:
        self.file, self.line, self.cells, self.faults = file, line, cells, faults

    def fault(self, column: str, problem: str, allowed: str = "", near: str = "") -> None:
        """Note a fault of one cell."""
        found = shown(self.cells[column])
        self.faults.append(Fault(self.file, self.line, column, problem, found=found, allowed=allowed, nearest=near))

    def whole(self, problem: str, allowed: str) -> None:
        """Note a fault of the row as a whole."""
        self.faults.append(Fault(self.file, self.line, "", problem, allowed=allowed))

    def cell(self, column: str, parse: Callable[[str], Any], problem: str, allowed: str) -> Any:
        """Return a cell parsed, or None after noting the fault."""
        try:
            return parse(self.cells[column].strip())
        except ValueError:
            self.fault(column, problem, allowed)
            return None

    def day(self, column: str) -> Any:
        """Return the date in a cell."""
        day = self.cell(column, iso_day, "not a date", "YYYY-MM-DD")
        if day is not None and is_out_of_time(day):
            self.fault(column, OUT_OF_TIME, IN_TIME)
            return None
        return day

    def period(self, run: Span | None) -> tuple[Any, Any]:
        """Return the cells ``start`` and ``end``.

        They must be in order, and not wholly outside the run.
        """
        start, end = self.day("start"), self.day("end")
        if start and end and end <= start:
            self.fault("end", "the period ends before it starts", f"a date after {start}")
        elif start and end and run and (end <= run[0] or start >= run[1]):
            column = "end" if end <= run[0] else "start"
            self.fault(column, "the period lies outside the run of the case", f"{run[0]} to {run[1]}")
        return start, end

    def number(self, column: str) -> Any:
        """Return the number of people in a cell, not below zero."""
        value = self.counted(column, PEOPLE)
        if value is not None and not 0.0 <= value <= MOST_PERSONS:
            self.fault(column, "not a number of people", PEOPLE)
        return value

    def counted(self, column: str, allowed: str) -> Any:
        """Return the number of people or of money in a cell.

        A point may be meant to set off thousands.
        """
        text = self.cells[column]
        if is_ambiguous(text):
            self.fault(column, TWO_WAYS, both_ways(text))
            return None
        plain = without_marks(text)
        return self.cell(column, table_number, "not a number", f"{allowed}; write {plain}" if plain else allowed)

    def choice(self, column: str, names: Mapping[str, Any] | tuple[str, ...]) -> str:
        """Return the name in a cell, one of those allowed."""
        value = self.cells[column].strip()
        if value not in names:
            self.fault(column, "not one of the allowed values", listed(names), nearest(value, names))
        return value


    def source(self, sources: Mapping[str, Any]) -> str:
        """Return the key of a source in a cell.

        It is not looked up where the sources could not be read.
        """
        return self.choice("source", sources) if sources else self.cells["source"].strip()


def table_number(text: str) -> float:
    """Return a number in plain digits. Raises ValueError."""
    if not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]+)?", text):
        raise ValueError("not a number")
    return float(text)


def table_rows(
    path: Path, file: str, columns: tuple[str, ...], faults: list[Fault], optional: dict[str, str] = NOTHING
) -> list[TableRow]:
    """Return the rows of a CSV file.

    It must have exactly these columns, in this order. ``path``: The file. ``file``: Its name for messages. ``columns``:
    Columns of the table. ``optional``: Columns that may stand anywhere in the table, and what holds where they do not.
    Returns the rows.
    """
    reader = csv.reader(io.StringIO(read_text(path, file), newline=""), strict=True)
    rows, line = [], 0
    try:
        header = tuple(cell.strip() for cell in next(reader, []))
        given = [name for name in header if name in optional]
        if tuple(name for name in header if name not in optional) != columns or len(set(given)) < len(given):
            known = (*columns, *optional)
            near = next((nearest(name, known) for name in header if name not in known), "")
            found, allowed = shown(", ".join(header), MOST_HEADER), ", ".join(columns)
            allowed += f"; and, if wanted, {', '.join(optional)}" if optional else ""
            raise InputFaultsError([Fault(file, 1, "", "unexpected columns", found=found, allowed=allowed,
                                          nearest=near)])
        line = reader.line_num
        for cells in reader:
            line = reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                allowed = f"{len(header)} cells: {', '.join(header)}; text with a comma in double quotes"
                faults.append(Fault(file, line, "", "wrong number of cells", found=str(len(cells)), allowed=allowed))
                continue
            rows.append(_row(file, line, optional | dict(zip(header, cells, strict=True)), faults))
    except csv.Error as error:
        text = "a double quote is never closed" if "end of data" in str(error) else str(error)
        faults.append(Fault(file, line + 1, "", f"not a valid table: {text}", allowed="a comma-separated table"))
    return rows


def _row(file: str, line: int, cells: dict[str, str], faults: list[Fault]) -> TableRow:
    """Return one row; note signs that no reader sees."""
    row = TableRow(file, line, cells, faults)
    for column, text in cells.items():
        if has_controls(text):
            row.fault(column, "control characters in the text", "plain text")
        elif hidden := hidden_signs(text):
            row.fault(column, f"{HIDDEN}: {', '.join(hidden)}", "visible characters")
    return row
