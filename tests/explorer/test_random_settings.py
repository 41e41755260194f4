"""Two hundred random settings of two cases: the file and Python say the same."""

import random

import pytest

from explorer.settings import NODE, Explored, compare, random_setting
from mixedmig_model.solve.kernel.native import available

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(available()) or NODE is None, reason="no kernel, or no Node")]


@pytest.mark.parametrize("case", ["generic_surge", "andaman_sea_2015"])
def test_random_settings_are_solved_and_said_as_in_python(workspace, tmp_path, case):
    explored, pick = Explored(workspace, case, tmp_path), random.Random(23)
    solved = 0
    for _ in range(10):
        settings = [random_setting(explored, pick) for _ in range(10)]
        solved += compare(explored, settings, explored.in_node(settings))[0]
    assert solved >= 90
