"""Journeys through the panel in the app, with the server, the case and the numbers that users have."""

import subprocess
import sys

import pytest
from panel.journeys.browsing import (
    CASE,
    SIZES,
    at_app,
    digest,
    own_workspace,
    press,
    serious,
    served,
    settled,
    slider,
)

SCREENERS, REFUSED, PLACES = "screening.officers", "journey.refused_share", "reception.places"


@pytest.fixture(scope="module")
def folder(root, tmp_path_factory):
    return own_workspace(root, tmp_path_factory.mktemp("app"))


@pytest.fixture(scope="module")
def address(browser, folder):
    with served(folder) as server:
        yield server.address


@pytest.fixture
def panel(browser, address):
    page, watch = at_app(browser, address)
    page.set_default_timeout(60_000)
    yield page
    watch.check()
    page.close()


def find(page, name):
    """Show the lever with a name by the search."""
    page.get_by_label("Search levers").fill(name)
    slider(page, name).wait_for()


def strip(page):
    return page.locator(".mm-striplines li").all_inner_texts()


@pytest.mark.parametrize("size", SIZES)
def test_j1_it_opens_with_breaches_inside_the_window(browser, address, size):
    page, watch = at_app(browser, address, size)
    assert len(strip(page)) == 3
    for line in page.locator(".mm-striplines li").all()[:2]:
        box = line.bounding_box()
        assert 0 <= box["y"] <= box["y"] + box["height"] <= size[1]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    watch.check()
    page.close()


def test_j2_each_lever_is_moved_by_key_and_one_state_is_on_screen(panel):
    names = panel.locator("[data-lever]").evaluate_all("(all) => all.map((one) => one.dataset.lever)")
    assert len(names) == 10
    seen = [digest(panel)]
    for name in names:
        if slider(panel, name).is_disabled():
            continue
        key = "ArrowLeft" if slider(panel, name).evaluate("(one) => one.value === one.max") else "ArrowRight"
        press(panel, name, key, 2)
        settled(panel)
        seen.append(digest(panel))
        assert panel.locator(f"[data-lever='{name}'].mm-set").count() == 1
    assert len(set(seen)) == len(seen) >= 8


def test_j2_a_drag_ends_in_the_picture_of_its_last_position(panel):
    find(panel, PLACES)
    box = slider(panel, PLACES).bounding_box()
    middle = box["y"] + box["height"] / 2
    panel.mouse.move(box["x"] + box["width"] / 2, middle)
    panel.mouse.down()
    for k in range(20):
        panel.mouse.move(box["x"] + box["width"] * (0.5 + 0.02 * k), middle)
    panel.mouse.up()
    settled(panel)
    dragged = digest(panel)
    value = slider(panel, PLACES).input_value()
    panel.get_by_role("button", name="Undo").click()
    settled(panel)
    assert digest(panel) != dragged
    slider(panel, PLACES).fill(value)
    settled(panel)
    assert digest(panel) == dragged


def test_j3_nobody_who_screens_gives_a_warning_in_sight(panel):
    find(panel, SCREENERS)
    press(panel, SCREENERS, "Home")
    settled(panel)
    warning = panel.locator(".mm-warnings li").first
    assert "screened" in warning.inner_text()
    assert warning.bounding_box()["y"] < 100


def test_j4_a_breach_that_is_caused_is_seen_first(panel):
    find(panel, "law.child_exemption")
    find(panel, REFUSED)
    press(panel, REFUSED, "End")
    settled(panel)
    alarms = panel.locator(".mm-striplines li.mm-alarm")
    assert alarms.count() >= 1
    assert "refused disembarkation" in alarms.first.inner_text()
    assert panel.locator(".mm-sentence").inner_text().startswith("Not ranked")


def test_j5_three_moves_taken_back_give_the_same_settings(panel):
    before, lines = digest(panel), strip(panel)
    for name in (SCREENERS, REFUSED, PLACES):
        find(panel, name)
        press(panel, name, "ArrowRight", 3)
        settled(panel)
    assert digest(panel) != before
    for _ in range(3):
        panel.get_by_role("button", name="Undo").click()
    settled(panel)
    assert digest(panel) == before
    assert strip(panel) == lines


def test_j6_two_settings_are_pinned_and_compared(panel):
    find(panel, SCREENERS)
    for name, key in (("Pin A", "End"), ("Pin B", "Home")):
        press(panel, SCREENERS, key)
        settled(panel)
        panel.get_by_role("button", name=name).click()
    assert panel.locator(".mm-compared th").all_inner_texts() == ["Pin A", "Pin B", "Now"]
    row = panel.locator(".mm-compared td").all_inner_texts()
    assert row[0] != row[1] == row[2]
    heads = panel.locator(".mm-decision thead th").all_inner_texts()
    assert heads == ["Measure", "Case", "Now", "Difference", "Pin A", "Pin B"]
    cells = panel.locator(".mm-decision tbody tr").evaluate_all(
        "(rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent))")
    assert all(row[1] == row[4] for row in cells)
    assert any(row[3] != row[4] for row in cells)


def test_j7_a_saved_setting_opens_again_and_runs_on_the_command_line(panel, folder):
    find(panel, PLACES)
    press(panel, PLACES, "ArrowRight", 4)
    settled(panel)
    wanted = digest(panel)
    panel.get_by_role("button", name="Save", exact=True).click()
    panel.get_by_label("Title").fill("More places everywhere")
    panel.get_by_label("Title").press("Enter")
    panel.locator(".mm-tray code").first.wait_for()
    panel.get_by_role("button", name="Close").click()
    panel.locator("summary", has_text="Reset").click()
    panel.get_by_role("button", name="Back to the case").click()
    settled(panel)
    assert digest(panel) != wanted
    panel.get_by_role("button", name="Open", exact=True).click()
    panel.locator(".mm-tray select").select_option("more_places_everywhere")
    panel.locator(".mm-tray button[type=submit]").click()
    settled(panel)
    panel.wait_for_function("wanted => document.querySelector('.mm-digest').title === wanted", arg=wanted)
    script = f"""
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.resolving.resolve import resolve
from pathlib import Path
print(resolve(read_case(read_workspace(Path({str(folder)!r})), {CASE!r}), "more_places_everywhere").digest)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == wanted


def test_j8_a_setting_copied_as_python_gives_the_same_digest(panel, folder, tmp_path):
    find(panel, SCREENERS)
    press(panel, SCREENERS, "ArrowRight", 2)
    settled(panel)
    wanted = digest(panel)
    panel.locator("summary", has_text="Copy as").click()
    panel.get_by_role("button", name="Python").click()
    text = panel.locator(".mm-tray textarea").input_value()
    file = tmp_path / "setting.py"
    file.write_text(text, encoding="utf-8")
    done = subprocess.run([sys.executable, str(file)], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert wanted in done.stdout


def test_j10_a_fault_keeps_the_picture_and_its_words_stand_at_the_lever(panel):
    find(panel, PLACES)
    press(panel, PLACES, "ArrowRight", 2)
    settled(panel)
    before, drawn = digest(panel), panel.locator(".mm-line.mm-now").first.get_attribute("d")
    lever = panel.locator(f"[data-lever='{PLACES}']")
    lever.locator("summary").click()
    lever.locator("input[type=date]").fill("2030-01-01")
    lever.locator("input[type=date]").press("Tab")
    lever.locator(".mm-fault").wait_for()
    assert lever.locator(".mm-fault").inner_text()
    assert digest(panel) == before
    assert panel.locator(".mm-line.mm-now").first.get_attribute("d") == drawn
    panel.get_by_role("button", name="Undo").click()
    panel.wait_for_selector(".mm-panel:not(.mm-faulty)")
    assert lever.locator(".mm-fault").is_hidden()


def test_j11_keys_alone_do_what_a_mouse_does(panel):
    def tab_to(test, most=120):
        for _ in range(most):
            panel.keyboard.press("Tab")
            if panel.evaluate(f"() => {{ const one = document.activeElement; return {test}; }}"):
                return
        raise AssertionError(test)

    before = digest(panel)
    panel.locator(".mm-strip").focus()
    tab_to("one.type === 'range' && one.closest('[data-lever]')")
    for _ in range(3):
        panel.keyboard.press("ArrowRight")
    settled(panel)
    moved = digest(panel)
    assert moved != before
    outline = panel.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"
    panel.keyboard.press("Control+z")
    settled(panel)
    assert digest(panel) == before
    panel.keyboard.press("Control+Shift+z")
    settled(panel)
    assert digest(panel) == moved
    panel.locator(".mm-strip").focus()
    tab_to("one.textContent === 'Pin A'")
    panel.keyboard.press("Enter")
    tab_to("one.getAttribute('role') === 'tab'")
    panel.keyboard.press("ArrowRight")
    panel.wait_for_function("document.querySelector('[role=tab][aria-selected=true]').textContent === 'Stages'")
    tab_to("one.textContent === 'Table' && one.closest('figure')")
    panel.keyboard.press("Space")
    assert panel.locator(".mm-twin:visible").count() == 1
    assert panel.evaluate("document.activeElement.classList.contains('mm-twin')")


def test_j12_axe_finds_no_serious_fault(panel):
    find(panel, SCREENERS)
    press(panel, SCREENERS, "Home")
    settled(panel)
    panel.get_by_role("button", name="Pin A").click()
    panel.get_by_label("Search levers").fill("")
    assert serious(panel) == []
    for view in panel.locator("[role=tab]").all_inner_texts()[1:]:
        panel.get_by_role("tab", name=view).click()
        panel.locator(f".mm-charts[aria-label='{view}']").wait_for()
        settled(panel)
        panel.wait_for_selector(".mm-panel:not(.mm-late)")
        assert serious(panel) == [], view


def test_all_views_draw_and_what_drives_a_line_is_said(panel):
    assert {"People", "Waits", "Places", "Outcomes", "Costs", "Countries"} <= set(
        panel.locator("[role=tab]").all_inner_texts())
    for view in panel.locator("[role=tab]").all_inner_texts():
        panel.get_by_role("tab", name=view).click()
        panel.locator(f".mm-charts[aria-label='{view}']").wait_for()
        panel.wait_for_function("""() => [...document.querySelectorAll('.mm-drawing')].every(
            (one) => one.querySelector('path.mm-now[d^=M], rect'))""")
    panel.get_by_role("tab", name="People").click()
    panel.locator(".mm-tools button", has_text="What drives this?").first.click()
    panel.locator(".mm-drives li").first.wait_for()


def test_a_shared_address_opens_with_the_same_settings_and_lets_nobody_in(browser, address, panel):
    find(panel, PLACES)
    press(panel, PLACES, "ArrowRight", 3)
    settled(panel)
    wanted = digest(panel)
    panel.get_by_role("button", name="Share").click()
    shared = panel.locator(".mm-tray textarea").input_value()
    assert "token" not in shared
    stranger = browser.new_context().new_page()
    stranger.goto(shared)
    assert stranger.locator(".mm-panel").count() == 0
    stranger.close()
    page, watch = at_app(browser, f"{address}#{shared.split('#')[1]}")
    page.wait_for_function("wanted => document.querySelector('.mm-digest').title === wanted", arg=wanted)
    watch.check()
    page.close()

