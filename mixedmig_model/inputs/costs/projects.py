"""Budgets that agencies have submitted.

They come from a table next to the case. Pages show them next to the model's costs; they are never added.
"""

from dataclasses import dataclass
from typing import Any

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.costs.book import WHERE_RATES_STAND
from mixedmig_model.inputs.costs.money import money_factor
from mixedmig_model.inputs.costs.schema import FIRST_YEAR, LAST_YEAR, MoneyFile
from mixedmig_model.inputs.costs.sectors import SECTORS
from mixedmig_model.inputs.entries import label
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, listed, nearest
from mixedmig_model.inputs.reading.tables import TableRow, table_rows

PROJECT_COLUMNS = ("project", "title", "agency", "sector", "country", "amount", "currency", "year", "note")
MOST_MONEY = 1e15
AMOUNT = "a number from 0 to 1e15 in plain digits"
YEARS = (FIRST_YEAR, LAST_YEAR)
LONGEST = {"project": 64, "title": 200, "agency": 120, "note": 1000}


@dataclass(frozen=True)
class Project:
    """A budget of one agency for one sector and country.

    ``in_base`` is in base currency of the base year.
    """

    project: str
    title: str
    agency: str
    sector: str
    country: str
    amount: float
    currency: str
    year: int
    note: str
    in_base: float


def read_projects(inputs: CaseInputs) -> tuple[Project, ...]:
    """Read the projects that ``costs.yaml`` of a case names.

    There are none where it names none. Raises InputFaultsError.
    """
    book, costs = inputs.workspace.costs, inputs.costs
    if book is None or costs is None or costs.file.projects is None:
        return ()
    folder = inputs.workspace.root / "parameters" / inputs.workspace.case_folder / inputs.name
    path, beside = folder / costs.file.projects, folder / "costs.yaml"
    if not path.exists():
        names = [found.name for found in folder.glob("*.csv")]
        file = label(inputs.workspace.root, beside)
        allowed = listed(names) or f"a table next to {file}"
        raise InputFaultsError([Fault(file, 0, "projects", "the file does not exist", found=repr(costs.file.projects),
                                      allowed=allowed, nearest=nearest(costs.file.projects, names))])
    faults: list[Fault] = []
    result: list[Project] = []
    seen: dict[tuple[str, str, str], int] = {}
    rows = table_rows(path, label(inputs.workspace.root, path), PROJECT_COLUMNS, faults)
    for row in rows:
        project = _project(row, tuple(inputs.case.countries), book.money)
        key = (project.project, project.sector, project.country)
        if key in seen:
            row.fault("project", f"the project already has a budget for this sector and country, on line {seen[key]}",
                      "one budget for a project, sector and country")
        seen.setdefault(key, row.line)
        result.append(project)
    if faults:
        raise InputFaultsError(faults)
    return tuple(result)


def _project(row: TableRow, countries: tuple[str, ...], money: MoneyFile) -> Project:
    """Return the project of one row; its faults are noted."""
    texts = {column: _text(row, column) for column in LONGEST}
    sector, country = row.choice("sector", SECTORS), row.choice("country", countries)
    amount = row.counted("amount", AMOUNT)
    if amount is not None and not 0.0 <= amount <= MOST_MONEY:
        row.fault("amount", "not an amount of money", AMOUNT)
    currency, year = row.cells["currency"].strip(), _year(row)
    factor = 0.0 if year is None else _factor(row, money, currency, year)
    return Project(texts["project"], texts["title"], texts["agency"], sector=sector, country=country,
                   amount=amount or 0.0, currency=currency, year=year or 0, note=texts["note"],
                   in_base=(amount or 0.0) * factor)


def _text(row: TableRow, column: str) -> str:
    """Return the text of a cell; only a note may be empty.

    The text must not be too long.
    """
    text, most = row.cells[column].strip(), LONGEST[column]
    if not text and column != "note":
        row.fault(column, "the cell is empty", f"1 to {most} characters")
    if len(text) > most:
        row.fault(column, f"the text has more than {most} characters", f"at most {most} characters")
    return text


def _year(row: TableRow) -> Any:
    """Return the price year of an amount, or None after a fault."""
    allowed = f"a year from {YEARS[0]} to {YEARS[1]}"
    year = row.cell("year", _whole, "not a year", allowed)
    if year is not None and not YEARS[0] <= year <= YEARS[1]:
        row.fault("year", "not a year", allowed)
        return None
    return year


def _whole(text: str) -> int:
    """Return a whole number in plain ASCII digits.

    Raises ValueError.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise ValueError("not a year")
    return int(text)


def _factor(row: TableRow, money: MoneyFile, currency: str, year: int) -> float:
    """Return the price of a unit in base currency, or 0.

    It is 0 after a fault is noted. The base currency is of the base year.
    """
    try:
        return money_factor(money, currency, year)
    except ValueError as error:
        problem, allowed = str(error).split("; there are: ")
        unknown = problem.startswith("no exchange rate")
        near = nearest(currency, [money.base_currency, *money.exchange_rates]) if unknown else ""
        row.fault("currency" if unknown else "year", problem, f"{allowed}; {WHERE_RATES_STAND}", near)
        return 0.0
