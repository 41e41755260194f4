"""Journeys J1 to J15 in JupyterLab, as ``mixedmig lab`` opens it in a workspace of ``mixedmig init``.

They are slow: kernels start, equations compile, a report is made. Each fails on an error of its page and on a request
that leaves. J7 and those from the script in a title on have not yet been seen to end.

Two journeys differ from those in the app:

* J13: JupyterLab belongs to one person. Ten people have ten of them, each with a kernel of its own. Here one kernel
  serves two panels.
* J14: a message of ten megabytes is the app's matter. In JupyterLab only the person's own page can send one, and that
  page may run any code in the kernel. A file of that size, which the panel itself might send, is tried.
"""

from contextlib import suppress

import pytest
from panel.journeys import steps
from panel.journeys.browsing import SIZES, START_SECONDS, Watch, digest, lab_served, press, settled, slider
from panel.journeys.figures import painted_in_time
from panel.journeys.steps import PLACES, find, shown

from mixedmig_model.cli.plan.init import write_workspace

pytestmark = pytest.mark.slow
LONG = 3000 * START_SECONDS
INDICATOR = ".jp-Notebook-ExecutionIndicator"
DRAWN = ".mm-panel:not([data-old]) .mm-drawing path.mm-now[d^=M]"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    plan = tmp_path_factory.mktemp("lab") / "plan"
    write_workspace(plan)
    return plan


@pytest.fixture(scope="module")
def lab(browser, folder):
    with lab_served(folder) as server:
        yield server.address


def notebook(browser, lab, name):
    """Open a notebook of the workspace as its only one."""
    page = browser.new_context(viewport={"width": 1440, "height": 1000}).new_page()
    page.set_default_timeout(120_000)
    page.add_init_script(f"({steps.START})()")
    watch = Watch(page, "127.0.0.1")
    base, token = lab.split("/lab")[0], lab.split("token=")[1]
    page.goto(f"{base}/lab/tree/workbooks/{name}.ipynb?reset&token={token}")
    page.wait_for_selector(f"{INDICATOR}[data-status=idle]", state="attached", timeout=LONG)
    return page, watch


@pytest.fixture(scope="module")
def first(browser, lab):
    """The notebook of the panel."""
    page, watch = notebook(browser, lab, "explore")
    run_first(page)
    drawn(page)
    yield page, watch
    page.close()


@pytest.fixture
def panel(first):
    """The page with the panel as the case is, without pins and search."""
    page, watch = first
    if page.locator(".mm-tray").is_visible():
        page.locator(".mm-tray").get_by_role("button", name="Close").click()
    for name in page.locator(".mm-pin[aria-pressed=true]").all_inner_texts():
        steps.click(page, name)
    page.get_by_label("Search levers").fill("")
    shown(page).get_by_role("tab", name="People").click()
    page.locator("summary", has_text="Reset").click()
    steps.click(page, "Back to the case")
    settled(page)
    shown(page).evaluate("(one) => { one.scrollTop = 0; }")
    yield page
    watch.check()


def menu(page, title, item):
    page.locator(".lm-MenuBar-item", has_text=title).first.click()
    page.locator(".lm-Menu-item:not(.lm-mod-disabled)", has_text=item).first.click()


def run_all(page):
    menu(page, "Run", "Run All Cells")


def run_first(page):
    """Run all cells of a notebook just opened; until it is whole, JupyterLab may drop the command."""
    from playwright.sync_api import TimeoutError as LateError

    for _ in range(5):
        page.wait_for_timeout(2000)
        run_all(page)
        with suppress(LateError):
            page.wait_for_selector(".jp-OutputArea-output", state="attached", timeout=LONG // 10)
            return
    raise AssertionError("no cell was run")


def drawn(page):
    """Wait for the panel of the newest run."""
    page.wait_for_selector(DRAWN, state="attached", timeout=LONG)
    settled(page)


def renew(page):
    """Run the cells again, and wait for the panel that they then show."""
    page.evaluate("document.querySelectorAll('.mm-panel').forEach((one) => { one.dataset.old = '1'; })")
    run_all(page)
    drawn(page)


@pytest.mark.parametrize("size", SIZES)
def test_j1_it_opens_with_breaches_inside_the_window(panel, size):
    width, height = size
    panel.set_viewport_size({"width": width, "height": height})
    if width < 500:  # the list of files leaves no room there
        panel.locator(".jp-SideBar.jp-mod-left .lm-TabBar-tab.lm-mod-current").click()
    panel.locator(".mm-strip").scroll_into_view_if_needed()
    steps.breaches_are_inside_the_window(panel, height)
    if width < 500:
        panel.locator(".jp-SideBar.jp-mod-left .lm-TabBar-tab").first.click()
    panel.set_viewport_size({"width": 1440, "height": 1000})


def test_j1_the_strip_stays_in_sight_when_the_panel_is_scrolled(panel):
    top = panel.locator(".mm-strip").bounding_box()["y"]
    shown(panel).evaluate("(one) => { one.scrollTop = 600; }")
    assert shown(panel).evaluate("(one) => one.scrollTop") > 100
    assert panel.locator(".mm-strip").bounding_box()["y"] == pytest.approx(top, abs=2)


def test_j2_each_lever_is_moved_by_key_and_one_state_is_on_screen(panel):
    steps.each_lever_is_moved_by_key(panel)


def test_j2_a_drag_ends_in_the_picture_of_its_last_position(panel):
    steps.a_drag_ends_in_its_last_position(panel)


def test_j3_nobody_who_screens_gives_a_warning_in_sight(panel):
    steps.nobody_screens_and_it_is_said(panel)


def test_j4_a_breach_that_is_caused_is_seen_first(panel):
    steps.a_breach_is_seen_first(panel)


def test_j5_three_moves_taken_back_give_the_same_settings(panel):
    steps.three_moves_are_taken_back(panel)


def test_j6_two_settings_are_pinned_and_compared(panel):
    steps.two_settings_are_pinned_and_compared(panel)


def test_j7_a_saved_setting_opens_again_and_runs_on_the_command_line(panel, folder):
    steps.a_saved_setting_opens_again(panel, folder)


def test_j8_a_setting_copied_as_python_gives_the_same_digest(panel, folder, tmp_path):
    steps.a_copy_as_python_has_the_same_digest(panel, folder, tmp_path / "setting.py")


def test_j10_a_fault_keeps_the_picture_and_its_words_stand_at_the_lever(panel):
    steps.a_fault_keeps_the_picture(panel)


def test_j11_keys_alone_do_what_a_mouse_does(panel):
    steps.keys_alone_do_what_a_mouse_does(panel)


def test_j12_axe_finds_no_serious_fault(panel):
    steps.axe_finds_nothing_serious(panel)


def test_j13_two_panels_of_one_kernel_have_each_a_setting_of_their_own(browser, lab, panel):
    """What JupyterLab has of J13: the notebook is open in two windows."""
    other, watch = notebook(browser, lab, "explore")
    run_first(other)
    drawn(other)
    before = digest(panel)
    assert digest(other) == before
    find(other, PLACES)
    press(other, PLACES, "ArrowRight", 3)
    settled(other)
    find(panel, PLACES)
    assert digest(panel) == before
    press(panel, PLACES, "ArrowRight", 3)
    settled(panel)
    assert digest(panel) == digest(other) != before
    watch.check()
    other.close()


def test_j14_with_a_wrong_token_there_is_no_panel(browser, lab):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{lab.split('/lab')[0]}/lab/tree/workbooks/explore.ipynb?token=wrong")
    assert page.locator("input[type=password]").count() > 0
    assert shown(page).count() == 0
    context.close()


def test_j14_a_page_of_another_origin_gets_no_connection(panel):
    kernel = panel.evaluate("async () => (await (await fetch('/api/kernels')).json())[0].id")
    steps.a_page_of_another_origin_is_refused(panel, f"/api/kernels/{kernel}/channels")


def test_j14_a_script_in_a_title_is_text(panel, folder):
    steps.a_script_in_a_title_is_text(panel, folder)


def test_j14_a_file_of_ten_megabytes_is_not_sent(panel, tmp_path):
    steps.a_file_of_ten_megabytes_is_not_sent(panel, tmp_path)


def test_a_move_is_painted_while_it_is_still_felt(panel):
    find(panel, PLACES)
    painted_in_time(panel, PLACES, where="in JupyterLab", aim_rest=40)


def test_j9_after_the_kernel_has_restarted_nothing_moves_until_the_cell_is_run(panel):
    find(panel, PLACES)
    before = digest(panel)
    menu(panel, "Kernel", "Restart Kernel…")
    panel.locator(".jp-Dialog button.jp-mod-accept").click()
    panel.wait_for_selector(".mm-panel.mm-dead", timeout=LONG)
    assert "kernel does not answer" in panel.locator(".mm-stateline").inner_text()
    assert slider(panel, PLACES).is_disabled()
    slider(panel, PLACES).focus()
    panel.keyboard.press("ArrowRight")
    assert digest(panel) == before
    renew(panel)
    find(panel, PLACES)
    assert slider(panel, PLACES).is_enabled()
    press(panel, PLACES, "ArrowRight")
    settled(panel)
    assert digest(panel) != before


def test_j15_a_first_start_without_what_was_compiled_says_how_far_it_is(browser, tmp_path):
    write_workspace(tmp_path / "plan")  # a notebook that nobody has run: one saved with a panel shows that it is gone
    with lab_served(tmp_path / "plan", MIXEDMIG_CACHE=str(tmp_path / "empty")) as server:
        page, watch = notebook(browser, server.address, "explore")
        run_first(page)
        drawn(page)
        steps.the_start_was_said(page.evaluate("window.steps"))
        assert page.locator(".mm-stateline progress").is_hidden()
        watch.check()
        page.close()


def test_no_window_about_news_is_opened(panel):
    assert panel.locator(".Toastify__toast").count() == 0


def test_start_here_leads_from_nothing_to_a_report(browser, lab, folder):
    page, watch = notebook(browser, lab, "start_here")
    run_first(page)
    page.get_by_role("button", name="Make the case").wait_for(timeout=LONG)
    page.get_by_label("Name").first.fill("my_harbour")
    page.get_by_role("button", name="Make the case").click()
    page.get_by_text("The case my_harbour is written.").wait_for()
    page.get_by_role("button", name="Keep these numbers").click()
    page.get_by_role("button", name="Make the report").click()
    report = folder / "reports" / "my_harbour" / "report.html"
    page.get_by_text(str(report)).wait_for(timeout=LONG)
    assert "my harbour" in report.read_text(encoding="utf-8").lower().replace("_", " ")
    watch.check()
    page.close()
