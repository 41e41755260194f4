"""Units of reproduced figures.

A check has a unit, and its ratio to the published one.
"""

import re

from mixedmig_model.inputs.costs.drivers import DRIVERS
from mixedmig_model.inputs.observations.schema import FigureCheck, RunFigure
from mixedmig_model.inputs.reading.units import conversion_factor


def result_unit(check: FigureCheck, currency: str = "") -> str:
    """Return the unit of the result of a check.

    Parameters
    ----------
    check : FigureCheck
        The check of a published figure.
    currency : str, default ''
        Currency of the cost book of a run.

    Returns
    -------
    str
        The unit.
    """
    if check.break_even is not None or check.divided_by_lines is not None:
        return "share"
    if check.run is not None:
        return _run_unit(check.run, currency)
    assert check.lines is not None
    money = check.lines[0].currency
    if check.divided_by is None:
        return money
    unit = check.divided_by.unit
    return unit.removeprefix(f"{money}/") if unit.startswith(f"{money}/") else f"{money}/{unit}"


def _run_unit(figure: RunFigure, currency: str) -> str:
    """Return the unit of a figure of a run.

    A mean level over an amount has the unit of the amount a day.
    """
    if figure.quantity is None:
        top, level = currency, False
    else:
        driver = DRIVERS[figure.quantity]
        top, level = driver.unit, driver.kind == "level"
    if figure.per is None:
        return top
    below = DRIVERS[figure.per]
    return f"{top}*day/{below.unit}" if level and below.kind == "amount" else f"{top}/{below.unit}"


def is_unit(unit: str) -> bool:
    """Return whether the model knows a unit, whatever it measures."""
    try:
        conversion_factor(unit, "share")
    except ValueError as error:
        return str(error) != "unknown unit"
    return True


def unit_ratio(unit: str, wanted: str) -> float:
    """Return the factor from a unit to another, money included.

    Raises ValueError where they measure different things.
    """
    money = re.match(r"[A-Z]{3}(?=$|/)", unit)
    if money is None:
        return conversion_factor(unit, wanted)
    if unit != wanted:
        raise ValueError("the unit measures something else")
    return 1.0
