"""Two records, tables or Datasets compared.

It has where they differ, with both values.
"""

import csv
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

NEAR = 1e-9
"""Share, or absolute distance, between equal numbers.

Another processor rounds the last digits in another way.
"""
LABELS = ("name", "key", "run", "scenario", "quantity", "result")
"""Keys by which the entries of a list are distinguished.

It is the first that all of them have and that is different in each.
"""
NOTHING = "nothing"


@dataclass(frozen=True)
class Difference:
    """One value that differs.

    It has its file, where it stands there, what the report says and what was found anew.
    """

    file: str
    where: str
    report: str
    found: str


def data_differences(file: str, ours: Any, theirs: Any, where: str = "") -> Iterator[Difference]:
    """Yield where plain data differ, depth first.

    Parameters
    ----------
    file : str
        Name of the file.
    ours : Any
        Data of the report.
    theirs : Any
        Data found anew.
    where : str, default ''
        The dotted path.

    Yields
    ------
    Difference
        A difference.
    """
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        for key in dict.fromkeys([*ours, *theirs]):
            yield from data_differences(file, ours.get(key), theirs.get(key), f"{where}.{key}" if where else str(key))
    elif _is_list(ours) and _is_list(theirs):
        names = _names(ours), _names(theirs)
        if all(names):
            named, again = (dict(zip(own, one, strict=True)) for own, one in zip(names, (ours, theirs), strict=True))
            yield from data_differences(file, named, again, where)
            return
        for number, (one, other) in enumerate(zip_longest(ours, theirs)):
            yield from data_differences(file, one, other, f"{where}[{number}]")
    elif not same(ours, theirs):
        yield Difference(file, where, shown(ours), shown(theirs))


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _names(entries: Sequence[Any]) -> list[str]:
    """Return a label of its own for each entry of a list.

    There are none where entries have none.
    """
    for label in LABELS:
        labels = [str(entry[label]) for entry in entries if isinstance(entry, Mapping) and label in entry]
        if labels and len(set(labels)) == len(entries):
            return labels
    return []


def same(ours: Any, theirs: Any) -> bool:
    """Return whether two values are equal.

    Numbers are equal to ``NEAR``; those that do not exist are alike.
    """
    if isinstance(ours, bool) or isinstance(theirs, bool) or not _are_numbers(ours, theirs):
        return bool(ours == theirs)
    if math.isnan(ours) or math.isnan(theirs):
        return math.isnan(ours) and math.isnan(theirs)
    return math.isclose(ours, theirs, rel_tol=NEAR, abs_tol=NEAR)


def _are_numbers(*values: Any) -> bool:
    return all(isinstance(value, int | float) for value in values)


def shown(value: Any) -> str:
    """Return a value in a message, cut where it is long."""
    if value is None:
        return NOTHING
    text = repr(value) if _are_numbers(value) else str(value)
    return text if len(text) <= 80 else f"{text[:77]}..."


def table_differences(ours: Path, theirs: Path) -> Iterator[Difference]:
    """Yield cells in which two tables differ.

    Tables have comma-separated values.
    """
    mine, other = (_rows(path) for path in (ours, theirs))
    head = (other or mine or [[]])[0]
    for number in range(max(len(mine), len(other))):
        row, again = (rows[number] if number < len(rows) else [] for rows in (mine, other))
        for column, (cell, found) in enumerate(zip_longest(row, again)):
            if not same(_number(cell), _number(found)):
                name = head[column] if column < len(head) else column + 1
                yield Difference(ours.name, f"line {number + 1}, column {name}", shown(cell), shown(found))


def _rows(path: Path) -> list[list[str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def _number(cell: str | None) -> Any:
    """Return a cell as a number if it is one."""
    try:
        return float(cell) if cell is not None else None
    except ValueError:
        return cell


def run_differences(file: str, ours: xr.Dataset, theirs: xr.Dataset) -> Iterator[Difference]:
    """Yield variables in which two runs differ.

    Each is shown where it differs most.
    """
    for name in dict.fromkeys(map(str, [*ours.variables, *theirs.variables])):
        if name not in ours.variables or name not in theirs.variables:
            known = ["there" if name in one.variables else NOTHING for one in (ours, theirs)]
            yield Difference(file, name, *known)
            continue
        one, other = ours.variables[name], theirs.variables[name]
        if one.shape != other.shape:
            yield Difference(file, name, f"shape {one.shape}", f"shape {other.shape}")
        elif one.dtype.kind == "f" and other.dtype.kind == "f":
            yield from _furthest(file, name, one, other)
        elif not np.array_equal(one.values.astype(str), other.values.astype(str)):
            yield Difference(file, name, shown(one.values.ravel()[0]), shown(other.values.ravel()[0]))


def _furthest(file: str, name: str, one: xr.Variable, other: xr.Variable) -> Iterator[Difference]:
    """Yield the number of a variable that differs most.

    It is compared with the other, if any differs.
    """
    mine, found = one.values, other.values
    if np.allclose(mine, found, rtol=NEAR, atol=NEAR, equal_nan=True):
        return
    gap = np.where(np.isnan(mine) | np.isnan(found), np.where(np.isnan(mine) & np.isnan(found), 0.0, np.inf),
                   np.abs(mine - found))
    at = np.unravel_index(int(gap.argmax()), gap.shape)
    where = ", ".join(f"{dim} {place}" for dim, place in zip(one.dims, at, strict=True))
    yield Difference(file, f"{name} at {where}" if where else name, shown(float(mine[at])), shown(float(found[at])))
