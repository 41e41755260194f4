"""The tables of observations of a case.

They are ``observations/*.csv``. Every fault of every table is found in one round, with its file and line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mixedmig_model.inputs.observations.published import GIVEN, GIVEN_FAULT, Observation
from mixedmig_model.inputs.observations.quantities import PEAK, Quantity, QuantityError, quantity_of
from mixedmig_model.inputs.observations.row import COLUMNS, MOST, NUMBERS, OPTIONAL, ObservationRow
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, listed, nearest, shown
from mixedmig_model.inputs.reading.fields import EVERYWHERE
from mixedmig_model.inputs.reading.repeats import same_rows
from mixedmig_model.inputs.reading.tables import Span, TableRow, table_rows
from mixedmig_model.inputs.reading.validation import words_of

FOLDER = "observations"
ONE_DAY = timedelta(days=1)
NUMBER = f"a number from 0 to {MOST:g}"


@dataclass(frozen=True)
class ObservedNames:
    """The names that a table of observations may use.

    ``currency`` is that of the cost book, empty where there is none. ``priced`` is false where there is one that could
    not be read: nothing is said of amounts of money then.
    """

    countries: Sequence[str]
    groups: Sequence[str]
    sources: Mapping[str, Any]
    currency: str = ""
    priced: bool = True


def read_tables(paths: Mapping[str, Path], known: ObservedNames) -> tuple[Observation, ...]:
    """Read tables of observations.

    Parameters
    ----------
    paths : Mapping[str, Path]
        The files by the name that messages use.
    known : ObservedNames
        Names that the tables may use.

    Returns
    -------
    tuple[Observation, ...]
        The observations, in the order of files and rows.

    Raises
    ------
    InputFaultsError
        With the faults of all tables.
    """
    faults: list[Fault] = []
    found: list[Observation] = []
    for file, path in paths.items():
        try:
            rows = table_rows(path, file, COLUMNS, faults, OPTIONAL)
        except InputFaultsError as error:
            faults += error.faults
            continue
        same_rows(rows)
        found += [one for row in rows if (one := _read(row, known)) is not None]
    faults += _twice(found)
    if faults:
        raise InputFaultsError(faults)
    return tuple(found)


def _read(row: TableRow, known: ObservedNames) -> Observation | None:
    """Return the observation of one row, or None after a fault."""
    before = len(row.faults)
    record, faulty = _record(row)
    quantity = None if "quantity" in faulty else _quantity(row)
    if "country" not in faulty:
        _check_countries(row, known.countries)
    if "group" not in faulty and row.cells["group"].strip():
        row.choice("group", (EVERYWHERE, *known.groups))
    if "source" not in faulty:
        row.source(known.sources)
    if record is not None:
        _check_amounts(row, record)
        _check_use(row, record)
        if quantity is not None:
            _check_quantity(row, record, quantity, known)
            _check_time(row, record, quantity)
    if len(row.faults) > before or record is None or quantity is None:
        return None
    return _observation(row, record, quantity, known)


def _record(row: TableRow) -> tuple[ObservationRow | None, set[str]]:
    """Return the record of a row, and its faulty columns."""
    data: dict[str, Any] = {name: text for name, cell in row.cells.items() if (text := cell.strip())}
    faulty = set()
    for column in NUMBERS:
        if column in data:
            data[column] = row.counted(column, NUMBER)
            if data[column] is None:
                faulty.add(column)
    if "fits" in data:
        data["fits"] = tuple(str(data["fits"]).split())
    try:
        return ObservationRow.model_validate(data), faulty
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            column = str(detail["loc"][0])
            if column not in faulty:
                faulty.add(column)
                _note(row, column, detail)
        return None, faulty


def _note(row: TableRow, column: str, detail: Any) -> None:
    """Note an error of the schema as a fault of a cell."""
    if detail["type"] == "missing":
        row.fault(column, "the cell is empty", _allowed(column))
    elif column in NUMBERS:
        row.fault(column, "not an amount", NUMBER)
    else:
        row.fault(column, *words_of(detail, row.cells[column].strip()))


def _allowed(column: str) -> str:
    """Return what may stand in a cell that must not be empty."""
    field = ObservationRow.model_fields[column]
    if column in NUMBERS:
        return NUMBER
    return listed(field.annotation.__args__) if column == "use" and field.annotation else field.description or "a name"


def _quantity(row: TableRow) -> Quantity | None:
    """Return what a row counts, or None after a fault."""
    try:
        return quantity_of(row.cells["quantity"].strip())
    except QuantityError as error:
        row.fault("quantity", error.problem, error.allowed, error.near)
        return None


def _check_countries(row: TableRow, countries: Sequence[str]) -> None:
    """Note countries that the case does not have, or has twice."""
    given = row.cells["country"].split()
    if len(given) <= 1:
        if given:
            row.choice("country", (EVERYWHERE, *countries))
        return
    for name in given:
        if name not in countries:
            row.faults.append(Fault(row.file, row.line, "country", "not one of the allowed values", found=shown(name),
                                    allowed=listed(countries), nearest=nearest(name, countries)))
    if len(set(given)) < len(given):
        row.fault("country", "duplicate country", "each country once")


def _check_amounts(row: TableRow, record: ObservationRow) -> None:
    """Note ends of a range and a rounding that cannot be."""
    low = record.value if record.low is None else record.low
    high = record.value if record.high is None else record.high
    if low > high:
        row.fault("low", "low is above high", f"at most {high:g}")
    elif not low <= record.value <= high:
        row.fault("value", "the value lies outside its own low and high", f"{low:g} to {high:g}")
    if record.rounding > max(record.value, 1.0):
        row.fault("rounding", "the rounding is larger than the figure", f"at most {record.value:g}")


def _check_use(row: TableRow, record: ObservationRow) -> None:
    """Note parameters that cannot have been fitted to a figure."""
    if record.quantity in GIVEN and record.use != "input":
        row.fault("use", *GIVEN_FAULT)
    if record.fits and record.use != "fitted":
        row.fault("fits", "only a figure whose use is fitted names parameters", "an empty cell, or use: fitted")
    for name in record.fits:
        if name not in CATALOGUE:
            row.faults.append(Fault(row.file, row.line, "fits", "unknown parameter", found=shown(name),
                                    allowed="names of parameters/base, separated by spaces",
                                    nearest=nearest(name, CATALOGUE)))


def _check_quantity(row: TableRow, record: ObservationRow, quantity: Quantity, known: ObservedNames) -> None:
    """Note a unit, group or country that a quantity does not have."""
    if record.group != EVERYWHERE and not quantity.has_groups:
        row.fault("group", "the quantity is not known by group", EVERYWHERE)
    if record.country != EVERYWHERE and not quantity.has_countries:
        row.fault("country", "the quantity is not known by country", EVERYWHERE)
    if quantity.is_money and not known.currency:
        if known.priced:
            row.fault("quantity", "money needs a cost book", "a workspace with parameters/costs")
        return
    unit = quantity.unit(known.currency)
    if record.counts == "cases" and (unit not in ("person", "case") or quantity.name == PEAK):
        row.fault("counts", "the quantity does not count people", "persons")
        return
    if record.counts == "persons" and unit == "case":
        row.fault("counts", "the quantity counts cases", "cases", "cases")
    wanted = "case" if record.counts == "cases" else unit
    if record.unit not in ("", wanted):
        row.fault("unit", "not the unit of the quantity", wanted, wanted)


def within(one: Observation, run: Span) -> bool:
    """Return whether all days of a figure lie in a run.

    A level holds at the end of its day, and so may be of the day before the run.
    """
    return run[0] <= (one.end if one.level else one.start) and one.end <= run[1]


def _check_time(row: TableRow, record: ObservationRow, quantity: Quantity) -> None:
    """Note dates that a quantity does not have."""
    if quantity.time == "date" and record.end is not None:
        row.fault("end", "a level has one date", "an empty cell")
    elif quantity.time == "period" and record.end is None:
        row.fault("end", "an amount needs a period", f"the first day after it, after {record.start}")
    elif quantity.time == "period":
        row.period(None)
    if record.as_of is not None and record.as_of < record.start:
        row.fault("as_of", "the figure is older than what it counts", f"a date from {record.start}")


def _observation(row: TableRow, record: ObservationRow, quantity: Quantity, known: ObservedNames) -> Observation:
    """Return the observation of a row without faults."""
    value, level = record.value, quantity.time == "date"
    several = record.country.split()
    end: date = record.end or record.start + ONE_DAY
    return Observation(
        record.quantity, record.start, end,
        country=" ".join(one for one in (EVERYWHERE, *known.countries) if one in several),
        low=value if record.low is None else record.low, value=value,
        high=value if record.high is None else record.high,
        kind=record.use, source=record.source, note=record.note, bound=record.bound, rounding=record.rounding,
        reliability=record.reliability, line=row.line, group=record.group, counts=record.counts,
        unit="case" if record.counts == "cases" else quantity.unit(known.currency), as_of=record.as_of,
        fits=record.fits, level=level, file=row.file,
    )


def _twice(found: Sequence[Observation]) -> list[Fault]:
    """Return faults of figures that stand in two tables."""
    first: dict[tuple[object, ...], Observation] = {}
    faults = []
    for one in found:
        key = (one.quantity, one.start, one.end, one.country, one.group, one.value, one.source, one.as_of, one.note)
        earlier = first.setdefault(key, one)
        if earlier.file != one.file:
            text = f"duplicate row, first in {earlier.file}:{earlier.line}"
            faults.append(Fault(one.file, one.line, "", text, allowed="each figure once"))
    return faults
