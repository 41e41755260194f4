"""Units at the door: a registry of the model's dimensions.

Persons, cases, work hours, places, officers and days are different dimensions, so that hours of work can never be
mistaken for time that passes. Equations see plain numbers in base units.
"""

import re
from functools import lru_cache
from typing import Any

from mixedmig_model.inputs.reading.faults import nearest
from mixedmig_model.vocabulary.calendar import YEAR_DAYS

DEFINITIONS = f"""
day = [time]
hour = day / 24
week = 7 * day
month = year / 12
year = {YEAR_DAYS} * day
person = [person] = persons = people
case = [case] = cases
work_hour = [work] = work_hours
place = [place] = places
desk = [desk] = desks
officer = [officer] = officers = panel = panels
litre = [volume] = litres
m2 = [area]
toilet = [toilet] = toilets
share = []
percent = 0.01 * share
per_mille = 0.001 * share
"""

UNIT_PATTERN = r"^(1|[A-Za-z_]{1,20}|m2)( ?[*/] ?[A-Za-z_]{1,20}){0,5}$"
"""Pattern of a unit.

It has names joined by * and /, or 1 over them. Numbers and powers are refused, because they could take forever to
compute.
"""


@lru_cache(maxsize=1)
def registry() -> Any:
    """Return the pint registry of the model's units."""
    import pint

    units: Any = pint.UnitRegistry(None, autoconvert_offset_to_baseunit=False)
    units.load_definitions(DEFINITIONS.strip().splitlines())
    return units


def unit_names() -> tuple[str, ...]:
    """Return the names of all units, without plurals."""
    names = [part.strip() for line in DEFINITIONS.strip().splitlines() for part in line.split("=")]
    plain = [name for name in names if re.fullmatch(r"[a-z_]+", name)]
    return tuple(name for name in plain if not (name.endswith("s") and name[:-1] in plain))


@lru_cache(maxsize=512)
def conversion_factor(unit: str, base_unit: str) -> float:
    """Return the factor from ``unit`` to ``base_unit``.

    Raises ValueError, with a text for the user, where the unit is unknown or measures something else.
    """
    import pint

    units = registry()
    if unit and not re.fullmatch(UNIT_PATTERN, unit):
        raise ValueError("unknown unit")
    try:
        found = units.Unit(unit if unit not in ("1", "") else "share")
    except (pint.errors.PintError, AttributeError, TypeError, ValueError):
        raise ValueError("unknown unit") from None
    wanted = units.Unit(base_unit)
    if found.dimensionality != wanted.dimensionality:
        raise ValueError("the unit measures something else")
    return float((1.0 * found).to(wanted).magnitude)


def nearest_unit(unit: str, base_unit: str) -> str:
    """Return the unit that ``unit`` may have meant, or ''.

    It has the right dimension; each name is replaced by the nearest.
    """
    names = unit_names()
    if not re.fullmatch(UNIT_PATTERN, unit):
        return ""
    meant = re.sub(r"[A-Za-z_]+", lambda match: nearest(match[0].lower(), names) or match[0], unit)
    try:
        conversion_factor(meant, base_unit)
    except ValueError:
        return nearest(unit, [base_unit])
    return meant
