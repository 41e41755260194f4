"""Values of case files are those that the scripts of fits give today: each script is run again from its own guesses."""

import importlib
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import mixedmig_model as mm

sys.path.insert(0, str(Path(__file__).parents[1] / "fits"))
from fitting import Level, fit, with_levels

CASES = {
    "coxs_bazar_2017": "coxs_bazar", "uk_asylum_2010_2022": "uk_asylum",
    "comprehensive_plan_of_action_1989_1996": "comprehensive_plan_of_action_1989_1996",
    "libya_2011_evacuation": "libya_2011_evacuation", "andaman_sea_2015": "andaman_sea_2015",
}
"""Scripts of fits by case."""
CLOSE = 0.02
"""A fitted value and that of the case file may differ by this share: files have three or four digits."""


def fitted_anew(name: str) -> list[tuple[Level, float]]:
    """Every level that the script of a case fits, with the value that it gives."""
    script, known = importlib.import_module(CASES[name]), mm.read_case(None, name)
    if name == "uk_asylum_2010_2022":
        away = tuple(mm_level(level, 0.95) for level in script.yearly(known))
        runs = [(away, {"miss": lambda ds: script.yearly_misses(known, ds)})]
    elif name == "coxs_bazar_2017":
        runs = [(script.FIRST, {}), (script.JOINT, {})]
    else:
        runs = [(script.LEVELS, {"used": script.used, "step": 0.05, "accuracy": 3e-3})]
    return [pair for levels, how in runs for pair in zip(levels, fit(known, levels, **how).values, strict=True)]


def mm_level(level: Level, times: float) -> Level:
    """A level with another first guess, so that a fit has to find its value."""
    return Level(level.parameter, level.start, level.guess * times)


def differing(case: mm.CaseInputs, found: Sequence[tuple[Level, float]], close: float = CLOSE) -> list[str]:
    """Say which fitted values are not those of the case file, with both."""
    return [f"{level}: the file has {ours:.4g}, the fit gives {value:.4g}"
            for level, value in found if abs((ours := of_file(case, level)) / value - 1.0) > close]


def of_file(case: mm.CaseInputs, level: Level) -> float:
    """The value of the case file where a level acts, in its own unit."""
    run, probe = mm.resolve(case), mm_level(level, 1.0)
    made = with_levels(case, [probe], [1.0])
    day = max((date.fromisoformat(level.start) - case.case.start).days, 0) if level.start else 0
    ours, one = (np.atleast_1d(values_on(made_or_run, level.parameter, day)) for made_or_run in (run, made))
    at = int(np.argmax(changed(one, ours, level, case)))
    return float(ours[at] / one[at])


def changed(one: np.ndarray, ours: np.ndarray, level: Level, case: mm.CaseInputs) -> np.ndarray:
    """Where a level acts: the countries or groups that it names, or all."""
    names = list(case.case.countries) if level.countries else list(case.groups)
    chosen = level.countries or level.groups
    return np.array([name in chosen for name in names]) if chosen else np.ones(len(ours), dtype=bool)


def values_on(run: Any, name: str, day: int) -> np.ndarray:
    """All values of a parameter on a day, base units."""
    return run.parameters[name].by_day(np.array([day]))[0]


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_every_fitted_value_is_that_of_the_case_file(name):
    assert differing(mm.read_case(None, name), fitted_anew(name)) == []


def test_a_value_that_differs_is_named_with_both():
    case = mm.read_case(None, "coxs_bazar_2017")
    level = Level("registration.officers", "2017-09-24", 1.0)
    assert differing(case, [(level, 990.0)]) == []
    assert differing(case, [(level, 1100.0)]) == [
        "registration.officers from 2017-09-24: the file has 990, the fit gives 1100"]
