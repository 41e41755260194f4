"""The file of a case in Chromium: how soon a move is painted, and who can use it."""

import statistics

import pytest
from panel.journeys.browsing import launched, press, serious, settled

from explorer.settings import Explored

pytestmark = pytest.mark.slow
MOST_MS = 150.0
MOVES = """() => performance.getEntriesByName("mixedmig move").map((one) => one.duration)"""


@pytest.fixture(scope="module")
def file(workspace, tmp_path_factory):
    return Explored(workspace, "generic_surge", tmp_path_factory.mktemp("page")).file


def test_a_move_is_painted_soon(file):
    """The aim is for a quiet machine; the figure is printed."""
    with launched() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(file.as_uri())
        page.wait_for_selector(".mm-decision")
        page.get_by_label("Search levers").fill("screening.officers")
        for _ in range(20):
            press(page, "screening.officers", "ArrowLeft")
            settled(page)
        took = page.evaluate(MOVES)
    assert len(took) >= 15
    assert statistics.median(took) <= MOST_MS


def test_the_file_has_no_serious_fault_of_accessibility(file):
    with launched() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(file.as_uri())
        page.wait_for_selector(".mm-decision")
        assert serious(page) == []
