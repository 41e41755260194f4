"""The journeys that are the same in the app and in JupyterLab: each is given a page with the panel of the case."""

import os
import subprocess
import sys

from panel.journeys.browsing import CASE, digest, press, serious, settled, slider

SCREENERS, REFUSED, PLACES = "screening.officers", "journey.refused_share", "reception.places"
HOSTILE = "<img src=x onerror=alert(1)>"
START = """() => {
    window.steps = [];
    new MutationObserver(() => {
        const bar = document.querySelector(".mm-stateline progress");
        const text = document.querySelector(".mm-statetext");
        if (!bar || bar.hidden) return;
        const step = [bar.hasAttribute("value") ? bar.value : -1, text.textContent];
        if (String(step) !== String(window.steps.at(-1))) window.steps.push(step);
    }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
}"""
"""Writes down every step of a start that a person could see."""


def shown(page):
    """The panel of a page."""
    return page.locator(".mm-panel")


def click(page, name, exact=False):
    """Press a button of the panel."""
    shown(page).get_by_role("button", name=name, exact=exact).click()


def find(page, name):
    """Show the lever with a name by the search."""
    page.get_by_label("Search levers").fill(name)
    slider(page, name).wait_for()


def strip(page):
    return page.locator(".mm-striplines li").all_inner_texts()


def digest_in(folder, scenario):
    """The digest of a saved scenario, as another process reads it."""
    script = f"""
from pathlib import Path
from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace
print(resolve(read_case(read_workspace(Path({str(folder)!r})), {CASE!r}), {scenario!r}).digest)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def save(page, title):
    """Save the setting under a title."""
    click(page, "Save", exact=True)
    tray = page.locator(".mm-tray")
    tray.get_by_label("Title").fill(title)
    tray.get_by_label("Title").press("Enter")
    tray.locator("code").first.wait_for()
    tray.get_by_role("button", name="Close").click()


def breaches_are_inside_the_window(page, height):
    assert len(strip(page)) == 3
    for line in page.locator(".mm-striplines li").all()[:2]:
        box = line.bounding_box()
        assert box["width"] > 100
        assert 0 <= box["y"] <= box["y"] + box["height"] <= height
    assert page.evaluate("""() => [document.documentElement, document.querySelector('.mm-panel')].every(
        (one) => one.scrollWidth <= one.clientWidth + 1)""")


def each_lever_is_moved_by_key(page):
    names = page.locator("[data-lever]").evaluate_all("(all) => all.map((one) => one.dataset.lever)")
    assert len(names) == 10
    seen = [digest(page)]
    for name in names:
        if slider(page, name).is_disabled():
            continue
        key = "ArrowLeft" if slider(page, name).evaluate("(one) => one.value === one.max") else "ArrowRight"
        press(page, name, key, 2)
        settled(page)
        seen.append(digest(page))
        assert page.locator(f"[data-lever='{name}'].mm-set").count() == 1
    assert len(set(seen)) == len(seen) >= 8


def a_drag_ends_in_its_last_position(page):
    find(page, PLACES)
    slider(page, PLACES).scroll_into_view_if_needed()
    box = slider(page, PLACES).bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    for k in range(20):
        page.mouse.move(box["x"] + box["width"] * (0.5 + 0.02 * k), middle)
    page.mouse.up()
    settled(page)
    dragged = digest(page)
    value = slider(page, PLACES).input_value()
    click(page, "Undo")
    settled(page)
    assert digest(page) != dragged
    slider(page, PLACES).fill(value)
    settled(page)
    assert digest(page) == dragged


def nobody_screens_and_it_is_said(page):
    find(page, SCREENERS)
    press(page, SCREENERS, "Home")
    settled(page)
    warning = page.locator(".mm-warnings li").first
    assert "screened" in warning.inner_text()
    top = shown(page).bounding_box()["y"]
    assert 0 <= warning.bounding_box()["y"] - top < 100


def a_breach_is_seen_first(page):
    find(page, REFUSED)
    press(page, REFUSED, "End")
    settled(page)
    alarms = page.locator(".mm-striplines li.mm-alarm")
    assert alarms.count() >= 1
    assert "refused disembarkation" in alarms.first.inner_text()
    assert page.locator(".mm-sentence").inner_text().startswith("Not ranked")


def three_moves_are_taken_back(page):
    before, lines = digest(page), strip(page)
    for name in (SCREENERS, REFUSED, PLACES):
        find(page, name)
        press(page, name, "ArrowRight", 3)
        settled(page)
    assert digest(page) != before
    for _ in range(3):
        click(page, "Undo")
    settled(page)
    assert digest(page) == before
    assert strip(page) == lines


def two_settings_are_pinned_and_compared(page):
    find(page, SCREENERS)
    for name, key in (("Pin A", "End"), ("Pin B", "Home")):
        press(page, SCREENERS, key)
        settled(page)
        click(page, name)
    compared_with_pins(page)


def compared_with_pins(page):
    assert page.locator(".mm-compared th").all_inner_texts() == ["Pin A", "Pin B", "Now"]
    row = page.locator(".mm-compared td").all_inner_texts()
    assert row[0] != row[1] == row[2]
    heads = page.locator(".mm-decision thead th").all_inner_texts()
    assert heads == ["Measure", "Case", "Now", "Difference", "Pin A", "Pin B"]
    cells = page.locator(".mm-decision tbody tr").evaluate_all(
        "(rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent))")
    assert all(row[1] == row[4] for row in cells)
    assert any(row[3] != row[4] for row in cells)


def a_saved_setting_opens_again(page, folder):
    find(page, PLACES)
    press(page, PLACES, "ArrowRight", 4)
    settled(page)
    wanted = digest(page)
    save(page, "More places everywhere")
    page.locator("summary", has_text="Reset").click()
    click(page, "Back to the case")
    settled(page)
    assert digest(page) != wanted
    click(page, "Open", exact=True)
    page.locator(".mm-tray select").select_option("more_places_everywhere")
    page.locator(".mm-tray button[type=submit]").click()
    page.wait_for_function("wanted => document.querySelector('.mm-digest').title === wanted", arg=wanted)
    settled(page)
    assert digest_in(folder, "more_places_everywhere") == wanted


def a_copy_as_python_has_the_same_digest(page, folder, file):
    find(page, SCREENERS)
    press(page, SCREENERS, "ArrowRight", 2)
    settled(page)
    wanted = digest(page)
    page.locator("summary", has_text="Copy as").click()
    click(page, "Python")
    file.write_text(page.locator(".mm-tray textarea").input_value(), encoding="utf-8")
    done = subprocess.run([sys.executable, str(file)], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert wanted in done.stdout


def a_fault_keeps_the_picture(page):
    find(page, PLACES)
    press(page, PLACES, "ArrowRight", 2)
    settled(page)
    before, drawn = digest(page), page.locator(".mm-line.mm-now").first.get_attribute("d")
    lever = page.locator(f"[data-lever='{PLACES}']")
    lever.locator("summary").click()
    lever.locator("input[type=date]").fill("2030-01-01")
    lever.locator("input[type=date]").press("Tab")
    lever.locator(".mm-fault").wait_for()
    assert lever.locator(".mm-fault").inner_text()
    assert digest(page) == before
    assert page.locator(".mm-line.mm-now").first.get_attribute("d") == drawn
    click(page, "Undo")
    page.wait_for_selector(".mm-panel:not(.mm-faulty)")
    assert lever.locator(".mm-fault").is_hidden()


def keys_alone_do_what_a_mouse_does(page):
    """J2 to J6 by keys; the strip is where a person comes in."""
    def tab_to(test, most=160):
        for _ in range(most):
            page.keyboard.press("Tab")
            if page.evaluate(f"() => {{ const one = document.activeElement; return {test}; }}"):
                return
        raise AssertionError(test)

    def from_the_top(test):
        page.locator(".mm-strip").focus()
        tab_to(test)

    def seek(name):
        from_the_top("one.type === 'search'")
        page.keyboard.press("Control+a")
        page.keyboard.type(name)
        tab_to(f"one.type === 'range' && one.closest('[data-lever=\"{name}\"]')")

    before = digest(page)
    from_the_top("one.type === 'range' && one.closest('[data-lever]')")
    value = int(page.evaluate("document.activeElement.value"))
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    settled(page)
    assert int(page.evaluate("document.activeElement.value")) == value + 3
    moved = digest(page)
    assert moved != before
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    for keys, wanted in (("Control+z", before), ("Control+Shift+z", moved), ("Control+z", before)):
        page.keyboard.press(keys)
        settled(page)
        assert digest(page) == wanted
    seek(REFUSED)
    page.keyboard.press("End")
    settled(page)
    assert "refused disembarkation" in page.locator(".mm-striplines li.mm-alarm").first.inner_text()
    page.keyboard.press("Control+z")
    for name, key in (("A", "End"), ("B", "Home")):
        seek(SCREENERS)
        page.keyboard.press(key)
        settled(page)
        from_the_top(f"one.textContent === 'Pin {name}'")
        page.keyboard.press("Enter")
    assert "screened" in page.locator(".mm-warnings li").first.inner_text()
    compared_with_pins(page)
    tab_to("one.getAttribute('role') === 'tab'")
    page.keyboard.press("ArrowRight")
    chosen = "document.querySelector('.mm-views [role=tab][aria-selected=true]').textContent"
    page.wait_for_function(f"() => {chosen} === 'Stages'")
    page.locator(".mm-charts[aria-label='Stages']").wait_for()
    settled(page)
    tab_to("one.textContent === 'Table' && one.closest('figure')")
    page.keyboard.press("Space")
    page.locator(".mm-twin:visible").wait_for()
    assert page.evaluate("document.activeElement.classList.contains('mm-twin')")


def axe_finds_nothing_serious(page):
    find(page, SCREENERS)
    press(page, SCREENERS, "Home")
    settled(page)
    click(page, "Pin A")
    page.get_by_label("Search levers").fill("")
    assert serious(page, ".mm-panel") == []
    for view in shown(page).locator("[role=tab]").all_inner_texts()[1:]:
        shown(page).get_by_role("tab", name=view).click()
        page.locator(f".mm-charts[aria-label='{view}']").wait_for()
        settled(page)
        page.wait_for_selector(".mm-panel:not(.mm-late)")
        assert serious(page, ".mm-panel") == [], view


def a_script_in_a_title_is_text(page, folder):
    find(page, PLACES)
    press(page, PLACES, "ArrowRight", 5)
    settled(page)
    save(page, HOSTILE)
    assert HOSTILE in page.locator(".mm-bar option").all_text_contents()
    click(page, "Open", exact=True)
    page.locator(".mm-tray select").select_option(label=HOSTILE)
    page.locator(".mm-tray button[type=submit]").click()
    settled(page)
    page.locator("summary", has_text="Moves").click()
    assert any(HOSTILE in text for text in page.locator(".mm-menulist button").all_text_contents())
    assert shown(page).locator("img, script").count() == 0
    saved = [file for file in (folder / "parameters" / "cases" / CASE / "scenarios").iterdir()
             if "onerror" in file.read_text(encoding="utf-8")]
    assert len(saved) == 1
    saved[0].unlink()


def a_file_of_ten_megabytes_is_not_sent(page, folder):
    file = folder / "large.yaml"
    file.write_bytes(b"#" * 10_000_000)
    click(page, "Open", exact=True)
    page.locator(".mm-tray input[type=file]").set_input_files(file)
    page.locator(".mm-tray button[type=submit]").click()
    page.wait_for_function("() => document.querySelector('.mm-tray .mm-fault').textContent")
    assert "larger than a scenario" in page.locator(".mm-tray .mm-fault").inner_text()
    page.locator(".mm-tray").get_by_role("button", name="Close").click()
    it_answers(page)


def a_page_of_another_origin_is_refused(page, path):
    """The browser has the cookie of the server, and a foreign page tries to use it."""
    opens = """address => new Promise((done) => {
        const socket = new WebSocket(address);
        socket.onopen = () => done(true);
        socket.onclose = socket.onerror = () => done(false);
    })"""
    host = page.evaluate("location.host")
    assert page.evaluate(opens, f"ws://{host}{path}")
    context = page.context.browser.new_context(storage_state=page.context.storage_state())
    foreign = context.new_page()
    foreign.route("http://127.0.0.1:8999/**", lambda route: route.fulfill(content_type="text/html", body="Other"))
    foreign.goto("http://127.0.0.1:8999/")
    assert context.cookies(f"http://{host}{path}")
    assert not foreign.evaluate(opens, f"ws://{host}{path}")
    context.close()


def it_answers(page):
    """A move is answered."""
    before = digest(page)
    find(page, PLACES)
    press(page, PLACES, "ArrowLeft")
    settled(page)
    assert digest(page) != before


def the_start_was_said(steps):
    """What a person saw of a first start: words, and a bar that grows in small steps."""
    bars = [bar for bar, _ in steps if bar >= 0]
    texts = list(dict.fromkeys(text for _, text in steps))
    report = f"{len(steps)} steps of the start; load {os.getloadavg()[0]:.1f}"
    sys.__stdout__.write(f"\n{report}: {texts}")
    assert bars == sorted(bars)
    assert max(later - earlier for earlier, later in zip([0.0, *bars], [*bars, 1.0], strict=True)) <= 0.25
    assert "The equations are compiled, once on this computer: this takes some seconds." in texts
    assert texts[-1] == "Inputs are ordered by their effect in this case."
    assert len(set(bars)) >= 20


