"""Journeys through the panel in JupyterLab, and the first start of all (slow: a kernel starts, equations compile)."""

import shutil
import sys

import pytest
from panel.journeys.browsing import (
    START_SECONDS,
    Watch,
    at_app,
    digest,
    own_workspace,
    press,
    running,
    served,
    settled,
    slider,
)

pytestmark = pytest.mark.slow
PLACES = "reception.places"
LONG = 1000 * START_SECONDS


@pytest.fixture(scope="module")
def lab(browser, root, tmp_path_factory):
    folder = own_workspace(root, tmp_path_factory.mktemp("lab"))
    shutil.copytree(root / "workbooks", folder / "workbooks")
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--port", "8971",
               f"--ServerApp.root_dir={folder}", "--LabApp.news_url=None",
               "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    with running(command, "token=") as server:
        yield server.address


@pytest.fixture
def panel(browser, lab):
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.set_default_timeout(120_000)
    # JupyterLab writes errors of its own into the console; errors of scripts and requests that leave still count.
    watch = Watch(page, "127.0.0.1", "localhost", console=False)
    base, token = lab.split("?")[0].split("/lab")[0].rstrip("/"), lab.split("token=")[1]
    page.goto(f"{base}/lab/tree/workbooks/explore.ipynb?reset&token={token}")
    page.wait_for_selector(".jp-Notebook-cell", timeout=LONG)
    run_all(page)
    page.wait_for_selector(".mm-drawing path.mm-now[d^=M]", state="attached", timeout=LONG)
    yield page
    watch.check()
    page.close()


def menu(page, title, item):
    page.locator(".lm-MenuBar-item", has_text=title).first.click()
    page.locator(".lm-Menu-item", has_text=item).first.click()


def run_all(page):
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle], .jp-Toolbar-kernelStatus", timeout=LONG)
    menu(page, "Run", "Run All Cells")


def test_j1_j2_j11_breaches_are_in_sight_and_arrow_keys_move_a_slider(panel):
    for line in panel.locator(".mm-striplines li").all():
        assert 0 <= line.bounding_box()["y"] <= 1000
    before, value = digest(panel), slider(panel, PLACES).input_value()
    press(panel, PLACES, "ArrowRight", 3)
    settled(panel)
    assert int(slider(panel, PLACES).input_value()) == int(value) + 3
    assert digest(panel) != before
    panel.keyboard.press("Control+z")
    settled(panel)
    assert digest(panel) == before
    top = panel.locator(".mm-strip").bounding_box()["y"]
    panel.locator(".mm-widget").evaluate("(one) => { one.scrollTop = 600; }")
    assert panel.locator(".mm-strip").bounding_box()["y"] == pytest.approx(top, abs=2)


def test_j9_after_the_kernel_has_restarted_nothing_moves_and_the_panel_says_so(panel):
    menu(panel, "Kernel", "Restart Kernel…")
    panel.locator(".jp-Dialog button.jp-mod-accept").click()
    panel.wait_for_selector(".mm-panel.mm-dead", timeout=LONG)
    assert "kernel does not answer" in panel.locator(".mm-stateline").inner_text()
    assert slider(panel, PLACES).is_disabled()
    run_all(panel)
    panel.wait_for_selector(".mm-panel:not(.mm-dead) .mm-drawing path.mm-now[d^=M]", state="attached", timeout=LONG)
    assert slider(panel, PLACES).is_enabled()


def test_j15_a_first_start_without_what_was_compiled_says_how_far_it_is(browser, root, tmp_path):
    folder = own_workspace(root, tmp_path / "first")
    with served(folder, MIXEDMIG_CACHE=str(tmp_path / "empty")) as server:
        page = browser.new_page()
        page.goto(server.address)
        page.locator(".mm-stateline progress").wait_for(timeout=LONG)
        said = page.locator(".mm-statetext").inner_text()
        page.close()
        assert said
        page, watch = at_app(browser, server.address)
        assert page.locator(".mm-stateline progress").is_hidden()
        watch.check()
        page.close()
