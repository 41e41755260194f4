"""Countries by the income of their people.

``parameters/costs/economies.csv`` has the gross domestic product of each country for each of its people. Prices of the
cost book are moved from country to country with it (``placed.py``).
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from mixedmig_model.inputs.costs.schema import TIERS, Tier
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.inputs.reading.tables import TableRow, table_number, table_rows
from mixedmig_model.inputs.schema import Source

ECONOMIES = "economies.csv"
COLUMNS = ("code", "country", "gdp_per_head", "income_group", "source")
GROUPS = ("low", "lower_middle", "upper_middle", "high")
CODE = "[A-Z]{3}"
MOST_GDP = 1e6


class Economy(NamedTuple):
    """A country as prices know it.

    It has its code (ISO 3166), its name, and GDP for each of its people, in USD of 2017.
    """

    code: str
    title: str
    gdp_per_head: float


Economies = Mapping[str, Economy]
TIER_ECONOMIES: dict[Tier, Economy] = {
    "low_income": Economy("low_income", "a low-income country", 1815.6),
    "middle_income": Economy("middle_income", "a middle-income country", 9979.7),
    "high_income": Economy("high_income", "a high-income country", 40572.1),
}
"""Income tiers of older files.

They stand where Bangladesh, Malaysia and the United Kingdom do.
"""


def economy_of(code: str, table: Economies) -> Economy:
    """Return the economy of a code, or of a tier of older files.

    Raises KeyError for a code that the table lacks.
    """
    tier = next((one for one in TIERS if one == code), None)
    return TIER_ECONOMIES[tier] if tier else table[code]


def read_economies(path: Path, file: str, sources: Mapping[str, Source], faults: list[Fault]) -> Economies | None:
    """Read the table of countries, which may not be there.

    It is empty then.

    Parameters
    ----------
    path : Path
        The table.
    file : str
        Its name in messages.
    sources : Mapping[str, Source]
        The sources that a row may name.
    faults : list[Fault]
        Faults so far; new ones are added.

    Returns
    -------
    Economies or None
        The countries by code; None where the file is no such table.
    """
    if not path.exists():
        return {}
    try:
        rows = table_rows(path, file, COLUMNS, faults)
    except InputFaultsError as error:
        faults.extend(error.faults)
        return None
    found: dict[str, Economy] = {}
    lines: dict[str, int] = {}
    for row in rows:
        economy = _economy(row)
        row.source(sources)
        if economy is None:
            continue
        if economy.code in lines:
            row.whole(f"the country is already on line {lines[economy.code]}", "one row for a country")
        lines.setdefault(economy.code, row.line)
        found[economy.code] = economy
    return found


def _economy(row: TableRow) -> Economy | None:
    """Return the country of a row, or None after a fault."""
    code, title = row.cells["code"].strip(), row.cells["country"].strip()
    before = len(row.faults)
    if not re.fullmatch(CODE, code):
        row.fault("code", "not the code of a country", "three capital letters, as MYS")
    if not title:
        row.fault("country", "the country has no name", "its name")
    group = row.cells["income_group"].strip()
    if group not in GROUPS:
        row.fault("income_group", "not an income group", ", ".join(GROUPS))
    number = row.cell("gdp_per_head", table_number, "not a number", f"a number above 0, at most {MOST_GDP:g}")
    if number is not None and not 0.0 < number <= MOST_GDP:
        row.fault("gdp_per_head", "not an income of a person", f"a number above 0, at most {MOST_GDP:g}")
    return Economy(code, title, number) if len(row.faults) == before else None
