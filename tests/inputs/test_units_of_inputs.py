"""Units: what converts, what is refused, and that no text can hang or crash the reading of a unit."""

import time

import pytest

from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.reading.units import conversion_factor, nearest_unit, unit_names

MONTH = 365.2425 / 12


@pytest.mark.parametrize(("unit", "base", "factor"), [
    ("1/month", "1/day", 1 / MONTH),
    ("1/year", "1/day", 1 / 365.2425),
    ("hour", "day", 1 / 24),
    ("weeks", "day", 7.0),
    ("case/panel/week", "case/officer/week", 1.0),
    ("work_hour/officer/week", "work_hour/officer/day", 1 / 7),
    ("people / month", "person/day", 1 / MONTH),
    ("percent", "share", 0.01),
    ("per_mille", "share", 0.001),
    ("1", "share", 1.0),
    ("", "share", 1.0),
])
def test_a_unit_converts_to_the_base_unit(unit, base, factor):
    assert conversion_factor(unit, base) == pytest.approx(factor, rel=1e-14)


@pytest.mark.parametrize(("unit", "base"), [
    ("hour", "work_hour"), ("work_hour", "hour"), ("person", "case"), ("case", "person"), ("place", "person"),
    ("desk", "officer"), ("1/day", "day"), ("share", "day"), ("person/day", "person"),
])
def test_a_unit_of_another_dimension_is_refused(unit, base):
    with pytest.raises(ValueError, match=r"\Athe unit measures something else\Z"):
        conversion_factor(unit, base)


@pytest.mark.parametrize("unit", [
    "pannel", "10**10**10", "day**9**9**9", "9**9**9*day", "day/0", "day**1/", "2*day", "1e999*day", "nan", "inf",
    "None", "__import__", "day day", " ", "   day", "day\n", "/day", "day/", "1/1", "d" * 1_000_000, "day*" * 100_000,
    "(" * 9999, "day" + "/day" * 50, "day²", "%", "day;", "\x00", "kiloday",
], ids=lambda unit: repr(unit[:12]))
def test_a_hostile_unit_is_unknown_and_quickly_so(unit):
    begin = time.perf_counter()
    with pytest.raises(ValueError, match=r"\Aunknown unit\Z"):
        conversion_factor(unit, "day")
    assert isinstance(nearest_unit(unit, "day"), str)
    assert time.perf_counter() - begin < 2.0


@pytest.mark.parametrize(("unit", "base", "meant"), [
    ("pannel", "officer", "panel"), ("persons/dya", "person/day", "person/day"), ("1/mnth", "1/day", "1/month"),
    ("Day", "day", "day"), ("hour", "work_hour/case", ""), ("xyz", "day", ""), ("10**10", "day", ""),
])
def test_the_nearest_unit_is_one_of_the_right_dimension(unit, base, meant):
    assert nearest_unit(unit, base) == meant


def test_every_base_unit_of_the_catalogue_and_every_name_is_known():
    assert all(conversion_factor(need.unit, need.unit) == pytest.approx(1.0) for need in CATALOGUE.values())
    assert all(conversion_factor(name, name) == 1.0 for name in unit_names())
    assert {"day", "month", "person", "work_hour", "panel", "per_mille"} <= set(unit_names())
