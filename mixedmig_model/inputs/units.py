"""Units at the door: a small registry of the model's own dimensions.

Persons, cases, work hours, places, officers and days are different dimensions, so that hours of work can never be
mistaken for time that passes (``model.md`` 8.8). Equations see plain numbers in base units.
"""

from functools import lru_cache
from typing import Any

DEFINITIONS = """
day = [time]
hour = day / 24
week = 7 * day
month = year / 12
year = 365.2425 * day
person = [person] = persons = people
case = [case] = cases
work_hour = [work] = work_hours
place = [place] = places
desk = [desk] = desks
officer = [officer] = officers = panel = panels
share = []
percent = 0.01 * share
per_mille = 0.001 * share
"""


@lru_cache(maxsize=1)
def registry() -> Any:
    """The pint registry of the model's units."""
    import pint

    units: Any = pint.UnitRegistry(None, autoconvert_offset_to_baseunit=False)
    units.load_definitions(DEFINITIONS.strip().splitlines())
    return units


@lru_cache(maxsize=512)
def conversion_factor(unit: str, base_unit: str) -> float:
    """Factor that turns a number in ``unit`` into ``base_unit``.

    Raises ValueError, with a text for the user, where the unit is unknown or measures something else.
    """
    import pint

    units = registry()
    try:
        found = units.Unit(unit if unit not in ("1", "") else "share")
    except (pint.errors.PintError, AttributeError, TypeError, ValueError, SyntaxError, RecursionError):
        raise ValueError("unknown unit") from None
    wanted = units.Unit(base_unit)
    if found.dimensionality != wanted.dimensionality:
        raise ValueError("the unit measures something else")
    return float((1.0 * found).to(wanted).magnitude)
