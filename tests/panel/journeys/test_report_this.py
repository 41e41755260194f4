"""``Report this`` for real: from a setting in the app to pages whose numbers are the panel's."""

import json
import re
import sys

import pytest
from panel.journeys.browsing import Watch, press, running, settled, slider
from panel.priced import priced_workspace

from mixedmig_model.vocabulary.rows import Row

pytestmark = pytest.mark.slow
MINUTE = 60_000
MARKER = "ran"
"""A file that notebooks of the workspace would write, if they ran."""


@pytest.fixture
def root(tmp_path):
    """A small case with costs, and notebooks of the workspace's own that would leave a mark."""
    made = priced_workspace(tmp_path / "workspace")
    cell = {"cell_type": "code", "execution_count": None, "id": "a", "metadata": {}, "outputs": [],
            "source": f"from pathlib import Path\nPath({str(tmp_path / MARKER)!r}).write_text('x')"}
    (made / "workbooks").mkdir()
    for name in ("compare", "annex", "scenario", "costing", "explore", "start_here"):
        text = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
        (made / "workbooks" / f"{name}.ipynb").write_text(text, encoding="utf-8")
    return made


def test_a_setting_becomes_a_report_with_the_numbers_of_the_panel(browser, root, tmp_path):
    command = [sys.executable, "-m", "mixedmig_model.cli", "app", "small", "--no-browser", "--workspace", str(root)]
    with running(command, "token=") as server:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        watch = Watch(page, "127.0.0.1")
        page.set_default_timeout(2 * MINUTE)
        page.goto(server.address)
        page.wait_for_selector(".mm-drawing path.mm-now[d^=M]", state="attached")
        page.get_by_label("Search levers").fill("screening.officers")
        slider(page, "screening.officers").wait_for()
        press(page, "screening.officers", "ArrowLeft", 6)
        settled(page)
        shown = {row.get_attribute("data-row"): row.locator("td").nth(1).inner_text()
                 for row in page.locator(".mm-decision tbody tr").all()}
        page.get_by_role("button", name="Report this").click()
        page.get_by_label("Title").fill("Fewer screeners")
        page.evaluate("""() => {
            window.steps = [];
            new MutationObserver(() => steps.push(document.querySelector('.mm-statetext').textContent))
                .observe(document.querySelector('.mm-statetext'), { childList: true, subtree: true });
        }""")
        page.locator(".mm-tray").get_by_role("button", name="Report this").click()
        link = page.locator(".mm-tray a")
        link.wait_for(timeout=10 * MINUTE)
        steps = page.evaluate("steps")
        assert any(re.fullmatch(r"The report is being made: solving, \d+ of \d+\.", one) for one in steps), steps
        assert any(re.fullmatch(r"The report is being made: notebooks, \d+ of \d+\.", one) for one in steps), steps
        path = root / "reports" / "small_fewer_screeners" / "report.html"
        assert link.inner_text() == str(path)
        with page.expect_popup() as popup:
            link.click()
        report = popup.value
        report.wait_for_load_state()
        assert "Fewer screeners" in report.locator("body").inner_text()
        watch.check()
    record = json.loads((path.parent / "report.json").read_text(encoding="utf-8"))
    compared = [one for one in record["indicators"] if one["key"] in shown]
    assert len(compared) > 10
    for one in compared:
        base, mine = (one["values"][name]["value"] for name in ("base", "fewer_screeners"))
        assert shown[one["key"]] == Row(one["unit"], float("nan") if base is None else base).value(
            float("nan") if mine is None else mine), one["key"]
    assert {key for key in shown if key != "cost"} == {one["key"] for one in compared}
    assert (root / "parameters" / "cases" / "small" / "scenarios" / "fewer_screeners.yaml").exists()
    assert not (tmp_path / MARKER).exists()
