"""The front end over a stand-in for Python: what is asked, what is shown, and what happens where nobody answers."""

import json
import re
from itertools import pairwise

import pytest
from panel.journeys.browsing import FRONT, SIZES, announced, joined, opened, press, serious, settled, slider

FIRST = "input.k0"
HOSTILE = """{ title: "<img src=x onerror=alert(1)><script>alert(1)</script>", address: "javascript:alert(1)" }"""


@pytest.fixture
def panel(browser):
    page, watch = opened(browser)
    yield page
    watch.check()
    page.close()


def sent(page, kind):
    return page.evaluate("kind => python.sent.filter((one) => one.type === kind)", kind)


def path_of_now(page):
    return page.locator(".mm-line.mm-now").first.get_attribute("d")


# ---- what makes every journey red -----------------------------------------------------------------------------------

@pytest.mark.parametrize(("script", "fault"), [
    ("fetch('http://elsewhere.test/x').catch(() => 0)", "request: http://elsewhere.test/x"),
    ("setTimeout(() => { throw new Error('planted'); })", "error: planted"),
    ("console.error('planted')", "console: planted"), ("alert('planted')", "dialog: planted"),
])
def test_a_request_that_leaves_and_an_error_of_the_page_are_noticed(browser, script, fault):
    page, watch = opened(browser)
    watch.check()
    page.evaluate(f"() => {{ {script}; }}")
    page.wait_for_timeout(200)
    assert any(one.startswith(fault) for one in watch.faults)
    with pytest.raises(AssertionError):
        watch.check()
    page.close()


# ---- one state on screen --------------------------------------------------------------------------------------------

def test_while_a_state_is_solved_only_the_newest_of_all_later_ones_waits(panel):
    panel.evaluate("python.mute = true")
    press(panel, FIRST, "ArrowRight", 6)
    assert len(sent(panel, "set")) == 1
    panel.evaluate("() => { python.mute = false; python.run(python.sent.findLast((one) => one.type === 'set')); }")
    settled(panel)
    values = [one["state"]["changes"][0]["scale"] for one in sent(panel, "set")]
    assert values == [1.05, 1.4]


def test_an_answer_with_an_older_number_is_dropped(panel):
    press(panel, FIRST, "ArrowRight", 2)
    settled(panel)
    before = path_of_now(panel)
    old = "{ scenario: 'quick', levers: [], changes: [{ scale: 4 }] }"
    panel.evaluate(f"python.run({{ seq: 1, view: 'people', state: {old} }})")
    assert path_of_now(panel) == before


def test_numbers_older_than_the_newest_move_are_dimmed(panel):
    panel.evaluate("python.delay = 4000")
    press(panel, FIRST, "ArrowRight")
    panel.wait_for_selector(".mm-panel.mm-late", timeout=3500)
    panel.wait_for_selector(".mm-panel:not(.mm-late)")


def test_a_fault_keeps_the_last_picture_and_stands_at_its_lever(panel):
    before = path_of_now(panel)
    panel.evaluate("python.fault = { lever: 'input.k0', text: 'Too many officers.', allowed: '0 to 4' }")
    press(panel, FIRST, "ArrowRight")
    fault = panel.locator(f"[data-lever='{FIRST}'] .mm-fault")
    fault.wait_for()
    assert fault.inner_text() == "Too many officers. Allowed: 0 to 4."
    assert path_of_now(panel) == before
    assert panel.locator(".mm-panel.mm-faulty").count() == 1
    panel.evaluate("python.fault = null")
    press(panel, FIRST, "ArrowRight")
    panel.wait_for_selector(".mm-panel:not(.mm-faulty)")
    assert fault.is_hidden()


def test_when_nobody_answers_nothing_can_be_moved_and_the_panel_says_so(browser):
    page, watch = opened(browser, options="{ kind: 'widget' }")
    page.evaluate("python.down()")
    assert slider(page, FIRST).is_disabled()
    assert "kernel does not answer" in page.locator(".mm-stateline").inner_text()
    page.evaluate("python.up()")
    page.wait_for_selector(".mm-panel:not(.mm-dead)")
    assert slider(page, FIRST).is_enabled()
    watch.check()
    page.close()


def test_a_silence_of_the_kernel_is_noticed(browser):
    page, watch = opened(browser, options="{ kind: 'widget' }")
    page.evaluate("python.mute = true")
    page.wait_for_selector(".mm-panel.mm-dead", timeout=9000)
    page.evaluate("python.mute = false")
    page.wait_for_selector(".mm-panel:not(.mm-dead)", timeout=4000)
    watch.check()
    page.close()


def test_without_a_kernel_a_run_is_asked_for_when_the_slider_is_let_go(browser):
    page, watch = opened(browser, options="{ kernel: false }")
    box = slider(page, FIRST).bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, middle, steps=5)
    page.wait_for_timeout(120)
    assert sent(page, "set") == []
    page.mouse.up()
    settled(page)
    assert len(sent(page, "set")) == 1
    watch.check()
    page.close()


def test_no_move_changes_the_height_of_anything(panel):
    heights = """() => [".mm-strip", ".mm-bar", ".mm-charts", ".mm-judged", "[data-lever='input.k0']", ".mm-levers"]
        .map((name) => document.querySelector(name).getBoundingClientRect().height)"""
    before = panel.evaluate(heights)
    press(panel, FIRST, "End")
    settled(panel)
    assert panel.evaluate(heights) == before


@pytest.mark.parametrize("kind", ["idle", "lines", "drives"])
def test_a_fault_of_what_is_worked_out_behind_a_setting_is_said(panel, kind):
    panel.evaluate(f"python.faults = {{ {kind}: '/cache: the disk is full' }}")
    if kind == "drives":
        panel.get_by_role("button", name="What drives this?: Ashore (People)").click()
        panel.locator(".mm-drives .mm-fault").wait_for()
        assert panel.locator(".mm-drives .mm-fault").inner_text() == "/cache: the disk is full."
        return
    if kind == "lines":
        panel.get_by_role("tab", name="Waits").click()
    else:
        press(panel, FIRST, "ArrowRight")
    panel.locator(".mm-stateline.mm-is-fault").wait_for()
    assert panel.locator(".mm-statetext").inner_text() == "/cache: the disk is full."


def test_progress_and_the_fault_of_a_report_are_sentences(panel):
    panel.get_by_role("button", name="Report this").click()
    panel.get_by_label("Title").fill("Mine")
    panel.locator(".mm-tray").get_by_role("button", name="Report this").click()
    number = sent(panel, "report")[-1]["id"]
    line = panel.locator(".mm-statetext")
    for fields, said in (("done: 2, of: 5, text: 'notebooks'", "The report is being made: notebooks, 2 of 5."),
                         ("done: 0, of: 0, text: 'solving'", "The report is being made: solving.")):
        panel.evaluate(f"python.hear({{ type: 'progress', id: {number}, {fields} }}, [])")
        assert line.inner_text() == said
    fault = "type: 'fault', lever: '', text: 'the disk is full', allowed: ''"
    panel.evaluate(f"python.hear({{ id: {number}, {fault} }}, [])")
    assert panel.locator(".mm-tray .mm-fault").inner_text() == "The disk is full."
    assert line.inner_text() == "Ready."
    assert panel.locator("progress").is_hidden()


# ---- what a move asks for ------------------------------------------------------------------------------------------

def test_ten_per_cent_more_officers_in_one_country_can_be_asked_for(panel):
    lever = panel.locator(f"[data-lever='{FIRST}']")
    lever.locator("summary").click()
    lever.get_by_role("button", name="Thailand").click()
    box = lever.locator(".mm-box")
    box.fill("1.1")
    box.press("Enter")
    settled(panel)
    assert sent(panel, "set")[-1]["state"]["changes"] == [{"parameter": FIRST, "scale": 1.1, "countries": ["thailand"]}]
    assert "Thailand 4 → 4.4, Malaysia 10" in slider(panel, FIRST).get_attribute("aria-valuetext")


def test_where_the_case_has_nothing_a_slider_is_absolute(panel):
    lever = panel.locator(f"[data-lever='{FIRST}']")
    lever.locator("summary").click()
    lever.get_by_role("button", name="Indonesia").click()
    press(panel, FIRST, "ArrowRight", 2)
    settled(panel)
    assert sent(panel, "set")[-1]["state"]["changes"] == [{"parameter": FIRST, "set": 2, "countries": ["indonesia"]}]


def test_a_change_everywhere_is_cut_where_one_country_is_set(panel):
    press(panel, FIRST, "ArrowRight")
    lever = panel.locator(f"[data-lever='{FIRST}']")
    lever.locator("summary").click()
    lever.get_by_role("button", name="Malaysia").click()
    press(panel, FIRST, "ArrowLeft", 2)
    settled(panel)
    changes = sent(panel, "set")[-1]["state"]["changes"]
    assert [(one["scale"], one["countries"]) for one in changes] == [
        (1.05, ["thailand", "indonesia"]), (0.95, ["malaysia"])]


def test_a_number_that_is_none_is_refused_at_the_lever(panel):
    box = panel.locator(f"[data-lever='{FIRST}'] .mm-box")
    box.fill("many")
    box.press("Enter")
    assert panel.locator(f"[data-lever='{FIRST}'] .mm-fault").inner_text() == "“many” is not a number."
    assert sent(panel, "set") == []


def test_the_number_of_the_case_stands_in_its_box_and_typing_it_takes_a_change_away(panel):
    lever = panel.locator("[data-lever='input.k2']")
    box = lever.locator(".mm-box")
    assert box.input_value() == "50"
    assert lever.locator(".mm-places").is_hidden()  # all countries have the number of the box
    box.fill("80")
    box.press("Enter")
    settled(panel)
    assert sent(panel, "set")[-1]["state"]["changes"] == [{"parameter": "input.k2", "set": 0.8}]
    box.fill("50 %")
    box.press("Enter")
    settled(panel)
    assert sent(panel, "set")[-1]["state"]["changes"] == []


def test_dates_and_ramps_are_those_of_the_scenario_file(panel):
    lever = panel.locator(f"[data-lever='{FIRST}']")
    press(panel, FIRST, "ArrowRight")
    lever.locator("summary").click()
    lever.locator("input[type=date]").fill("2015-05-01")
    lever.locator("input[type=number]").fill("14")
    lever.locator("input[type=number]").press("Tab")
    settled(panel)
    assert sent(panel, "set")[-1]["state"]["changes"] == [
        {"parameter": FIRST, "scale": 1.05, "start": "2015-05-01", "ramp_days": 14}]
    panel.wait_for_timeout(700)
    assert announced(panel).startswith(
        "Officers of kind 0: 1.05 times the case, from 1 May 2015, phased in over 14 days.")


def test_levers_of_the_catalogue_and_presets_have_an_intensity(panel):
    groups = (("Levers of the catalogue", "sar", "lever"), ("Plans and declarations", "plan", "preset"))
    for group, name, kind in groups:
        panel.locator("summary", has_text=group).click()
        use = panel.locator(f"[data-use='{name}'] input[type=range]")
        use.focus()
        panel.keyboard.press("End")
        panel.keyboard.press("ArrowLeft")
        settled(panel)
        assert {kind: name, "intensity": 0.95} in sent(panel, "set")[-1]["state"]["levers"]
        panel.keyboard.press("Home")
        settled(panel)
    assert sent(panel, "set")[-1]["state"]["levers"] == []


def test_a_scenario_is_a_move_and_its_own_changes_can_be_had_back(panel):
    panel.get_by_role("combobox", name="Scenario").select_option("quick")
    settled(panel)
    own = [{"parameter": "input.k1", "add": 6, "start": "2015-05-01", "reason": "Agreed."}]
    assert sent(panel, "set")[-1]["state"]["changes"] == own
    press(panel, "input.k1", "ArrowRight")
    settled(panel)
    assert sent(panel, "set")[-1]["state"]["changes"][0]["scale"] == 1.05
    panel.get_by_role("button", name="Officers of kind 1: back to the scenario").click()
    settled(panel)
    assert sent(panel, "set")[-1]["state"]["changes"] == own


def test_a_lever_without_effect_is_grey_and_says_why(panel):
    panel.locator("summary", has_text="Theme 0").click()
    lever = panel.locator("[data-lever='input.k12']")
    assert lever.locator(".mm-off").inner_text() == "The scenario sets it. quick.yaml:9"
    assert slider(panel, "input.k12").is_disabled()


def test_search_finds_levers_by_the_words_of_their_title_and_theme(panel):
    panel.get_by_label("Search levers").fill("kind 23 theme")
    assert panel.locator(".mm-count").inner_text() == "1 found"
    panel.get_by_label("Search levers").fill("nothing of the kind")
    assert panel.locator(".mm-count").inner_text() == "0 found"
    panel.get_by_label("Search levers").fill("")
    assert slider(panel, FIRST).is_visible()


# ---- history, pins, sharing ----------------------------------------------------------------------------------------

def test_a_drag_is_one_move_and_undo_goes_back_before_it(panel):
    press(panel, FIRST, "ArrowRight", 4)
    settled(panel)
    panel.get_by_role("button", name="Undo").click()
    settled(panel)
    assert sent(panel, "set")[-1]["state"]["changes"] == []
    panel.keyboard.press("Control+y")
    settled(panel)
    assert sent(panel, "set")[-1]["state"]["changes"][0]["scale"] == 1.2


def test_moves_are_listed_in_words(panel):
    press(panel, FIRST, "ArrowRight", 2)
    settled(panel)
    panel.locator("summary", has_text="Moves").click()
    panel.locator(".mm-menu[open] button").first.wait_for()
    moves = panel.locator(".mm-menu[open] button").all_inner_texts()
    assert moves == ["Officers of kind 0: 1.1 times the case", "As it opened"]


def test_pins_stay_while_now_moves_and_settings_that_differ_are_told(panel):
    press(panel, FIRST, "End")
    settled(panel)
    panel.get_by_role("button", name="Pin A").click()
    pinned = panel.locator(".mm-line.mm-A").first.get_attribute("d")
    press(panel, FIRST, "Home")
    settled(panel)
    assert panel.locator(".mm-line.mm-A").first.get_attribute("d") == pinned != path_of_now(panel)
    assert panel.locator(".mm-compared td").all_inner_texts() == [
        "Officers of kind 0: 4 times the case", "Officers of kind 0: 0 times the case"]
    panel.get_by_role("tab", name="Waits").click()
    panel.wait_for_function("document.querySelector('.mm-figure').dataset.chart.startsWith('waits')")
    panel.wait_for_function("document.querySelector('.mm-line.mm-A').getAttribute('d')")


def test_a_setting_in_an_address_is_the_same_setting_and_nothing_else_is_read(panel):
    states = panel.evaluate("""() => {
        const { fromFragment, toFragment, sameState } = inner;
        const state = { scenario: "quick", levers: [{ lever: "sar", intensity: 0.5 }],
          changes: [{ parameter: "input.k1", scale: 1.1, countries: ["thailand"], reason: "Über alles, 1 €." }] };
        const long = { ...state, changes: Array(500).fill(state.changes[0]) };
        const wrong = "#mm1=" + btoa('{"scenario":1,"levers":[],"changes":[]}');
        return [sameState(fromFragment("#" + toFragment(state)), state), toFragment(long),
          ...["", "#mm1=", "#mm1=%%%", "#mm1=bm8", "#other=e30", wrong].map(fromFragment)];
    }""")
    assert states == [True, *[None] * 7]


def test_strange_texts_are_texts_and_a_script_in_an_address_is_no_link(browser):
    page, watch = opened(browser, options=HOSTILE)
    page.locator(f"[data-lever='{FIRST}'] summary").click()
    page.locator(".mm-events-said summary").click()
    assert page.locator("main img, main script").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.locator("h1").inner_text().startswith("<img src=x")
    watch.check()
    page.close()


# ---- charts --------------------------------------------------------------------------------------------------------

def test_a_table_and_a_file_have_the_numbers_of_their_chart(panel):
    figure = panel.locator(".mm-figure").first
    figure.get_by_role("button", name="Table: Adrift (People)").click()
    rows = figure.locator("tbody tr").all_inner_texts()
    assert len(rows) == 25
    with panel.expect_download() as found:
        figure.get_by_role("button", name="CSV: Adrift (People)").click()
    lines = found.value.path().read_text(encoding="utf-8").splitlines()
    assert lines[2] == "Day,case (people),now (people)"
    assert len(lines) == 3 + 732
    by_day = {line.split(",")[0]: line.split(",")[1] for line in lines[3:]}
    drawn = panel.evaluate("value => inner.plain(value)", float(by_day["2015-03-01"]))
    assert rows[2].split("\t")[:2] == ["1 Mar 2015", drawn]


def test_a_cell_that_a_spreadsheet_would_run_is_text(panel):
    cells = panel.evaluate("""["=1+1", "-2", "a,b", 'say "no"', 2.5, NaN].map(inner.csvCell)""")
    assert cells == ["'=1+1", "'-2", '"a,b"', '"say ""no"""', "2.5", ""]


def test_one_crosshair_goes_through_all_charts_with_values_in_words(panel):
    panel.get_by_label("Day that all charts show").fill("100")
    readouts = panel.locator(".mm-readout").all_inner_texts()
    assert len(readouts) == 4
    assert all(re.fullmatch(r"11 Apr 2015: now [\d,.]+, case [\d,.]+", text) for text in readouts)
    assert panel.locator(".mm-cross line").count() == 4
    panel.locator(".mm-drawing").nth(1).hover(position={"x": 120, "y": 80})
    assert panel.locator(".mm-readout").nth(3).inner_text() != readouts[3]


def test_a_chart_grows_and_shrinks(panel):
    panel.get_by_role("button", name="Larger: Ashore (People)").click()
    assert panel.locator(".mm-figure:visible").count() == 1
    assert panel.locator(".mm-drawing:visible").bounding_box()["height"] == pytest.approx(400, abs=2)
    panel.get_by_role("button", name="Larger: Ashore (People)").click()
    assert panel.locator(".mm-figure:visible").count() == 4


def test_bars_and_charts_of_several_lines_are_drawn(panel):
    panel.get_by_role("tab", name="Costs").click()
    panel.wait_for_selector(".mm-bars rect")
    assert panel.locator(".mm-bars rect").count() == 3
    panel.get_by_role("tab", name="Countries").click()
    panel.wait_for_selector(".mm-line.mm-series")
    assert set(panel.locator(".mm-labels text").all_text_contents()) == {"Thailand", "Malaysia", "Indonesia"}


def test_what_drives_a_chart_is_asked_for_and_said(panel):
    panel.get_by_role("button", name="What drives this?: Ashore (People)").click()
    panel.wait_for_selector(".mm-drives li")
    assert sent(panel, "drives")[-1]["chart"] == "people_1"
    assert panel.locator(".mm-drives li").all_inner_texts() == ["More people arrive.", "Few officers work."]


def test_lines_that_are_equal_are_named_once(panel):
    assert panel.locator(".mm-labels").first.locator("text").all_text_contents() == ["case =", "now"]
    press(panel, FIRST, "End")
    settled(panel)
    assert sorted(panel.locator(".mm-labels").first.locator("text").all_text_contents()) == ["case", "now"]


def test_lines_differ_by_more_than_colour(panel):
    for name in ("A", "B", "C"):
        press(panel, FIRST, "ArrowRight", 2)
        settled(panel)
        panel.get_by_role("button", name=f"Pin {name}").click()
    styles = panel.evaluate("""["case", "A", "B", "C", "now"].map((name) => {
        const { strokeDasharray, strokeWidth } = getComputedStyle(document.querySelector(`.mm-line.mm-${name}`));
        return strokeDasharray === "none" ? strokeWidth : strokeDasharray; })""")
    assert len(set(styles)) == 5
    labels = panel.locator(".mm-labels").first.locator("text").all_text_contents()
    assert {text.removesuffix(" =") for text in labels} == {"case", "A", "B", "C", "now"}


def test_an_axis_has_round_numbers_at_even_distances(panel):
    texts = panel.locator(".mm-drawing").first.locator(".mm-grid text[text-anchor=end]").all_text_contents()
    numbers = [float(text.replace(",", "")) for text in texts]
    steps = {after - before for before, after in pairwise(numbers)}
    assert len(steps) == 1
    assert numbers[0] == 0


def test_money_is_said_in_millions_also_where_it_differs(panel):
    assert panel.evaluate("[inner.signed(12345678, 'USD'), inner.signed(-2e6, 'USD'), inner.signed(0.5, 'share')]") == [
        "+12.3 m", "\N{MINUS SIGN}2 m", "+50 %"]


def test_less_than_a_person_is_said_so(panel):
    found = panel.evaluate("""[0.01, 0.4, -0.4, 3.2, -3].map((gap) => inner.signed(gap, "person"))""")
    assert found == ["", "less than 1 more", "less than 1 fewer", "+3.2", "\N{MINUS SIGN}3"]


@pytest.mark.parametrize(("now", "case", "gap"), [
    (6_067.0, 6_242.0, -170.0), (2_916.0, 2_960.3, -40.0), (0.123, 0.1, 0.023),
])
def test_a_value_less_that_of_the_case_is_the_difference_that_stands_there(panel, now, case, gap):
    assert panel.evaluate("([now, base]) => inner.gapShown(now, base)", [now, case]) == pytest.approx(gap)


def test_values_that_look_the_same_differ_by_what_they_differ(panel):
    assert panel.evaluate("inner.gapShown(6240.4, 6238.3)") == pytest.approx(2.1)


def test_gaps_of_a_line_stay_gaps(panel):
    path = panel.evaluate("inner.linePath(Float32Array.of(1, 2, NaN, 4, 5), (k) => k, (v) => v, 100)")
    assert path == "M0.0 1.0L1.0 2.0M3.0 4.0L4.0 5.0"


@pytest.mark.parametrize(("days", "width", "most"), [(3, 200, 1), (90, 200, 4), (731, 190, 3), (3650, 240, 4)])
def test_months_on_an_axis_do_not_overlap(panel, days, width, most):
    ticks = panel.evaluate("([days, width]) => inner.monthTicks('2015-01-01', days, width)", [days, width])
    assert 1 <= len(ticks) <= most + 1
    places = [index / days * width for index, _ in ticks]
    assert all(right - left > 40 for left, right in pairwise(places))


def test_numbers_are_read_as_people_write_them(panel):
    texts = ["1.5", "1,200", " 1 200 ", "0,5", "\N{MINUS SIGN}2", "many", ""]
    found = panel.evaluate("(texts) => texts.map((text) => inner.readNumber(text, ''))", texts)
    assert found == [1.5, 1200, 1200, 0.5, -2, None, None]


# ---- reach ---------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("size", SIZES)
def test_breaches_stay_in_sight_at_every_size(browser, size):
    page, watch = opened(browser, size)
    page.evaluate("document.querySelector('.mm-stateline').scrollIntoView()")
    for line in page.locator(".mm-striplines li").all():
        box = line.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= size[1]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    columns = len(page.evaluate("getComputedStyle(document.querySelector('.mm-columns')).gridTemplateColumns").split())
    assert columns == {1440: 3, 820: 2, 390: 1}[size[0]]
    watch.check()
    page.close()


LONG = json.dumps({"strip": [{"key": key, "alarm": True, "text": text} for key, text in (
    ("adds", "Breaches added: people returned by force without an individual decision (0 \u2192 1,200); people refused "
             "disembarkation (0 \u2192 27,500); people turned back at sea (0 \u2192 14,300). Breaches that grow: "
             "people detained over the limit (1,260 \u2192 1,540)."),
    ("leaves", "Breaches that remain: 1,000 identified children detained; 203 people who lost their place."),
    ("harms", "Harms: time adrift: 1,750 more person-years; deaths and missing: 321 more people."))]})


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("presenting", [False, True])
def test_long_lists_of_breaches_stay_in_sight_also_in_a_presentation(browser, size, presenting):
    page, watch = opened(browser, size, options=LONG)
    if presenting:
        page.get_by_role("button", name="Present", exact=True).click()
    strip = page.locator(".mm-strip").bounding_box()
    for line in page.locator(".mm-striplines").first.locator("li").all():
        box = line.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= strip["y"] + strip["height"], line.inner_text()
    assert strip["height"] < 0.3 * size[1]
    watch.check()
    page.close()


@pytest.mark.parametrize("size", SIZES)
def test_no_words_are_cut_or_lie_on_others(browser, size):
    page, watch = opened(browser, size)
    press(page, FIRST, "End")
    settled(page)
    cut = page.evaluate("""() => [...document.querySelectorAll(".mm-figure figcaption, .mm-source, .mm-decision td, "
          + ".mm-decision th, .mm-leverhead label, .mm-strip li, .mm-unit, .mm-title *, .mm-bar button")]
        .filter((one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent)""")
    assert cut == []
    on_others = page.evaluate("""() => [...document.querySelectorAll(".mm-lever")].filter((one) => {
        const words = document.createRange();
        words.selectNodeContents(one.querySelector("label"));
        const box = one.querySelector(".mm-number-of")?.getBoundingClientRect();
        return box && [...words.getClientRects()].some((line) => line.right > box.left + 1
          && line.bottom > box.top + 1 && line.top < box.bottom - 1);
    }).map((one) => one.textContent)""")
    assert on_others == []
    watch.check()
    page.close()


def test_axe_finds_no_serious_fault(panel):
    press(panel, FIRST, "End")
    settled(panel)
    panel.get_by_role("button", name="Pin A").click()
    for summary in panel.locator(".mm-group > summary").all()[1:3]:
        summary.click()
    panel.get_by_role("button", name="Table: Adrift (People)").click()
    assert serious(panel) == []
    panel.get_by_role("button", name="Present", exact=True).click()
    assert serious(panel) == []


def test_every_control_keeps_its_keys_in_jupyterlab(panel):
    for summary in panel.locator(".mm-group > summary").all():
        summary.click()
    lacking = panel.locator("input:not([data-lm-suppress-shortcuts]), select:not([data-lm-suppress-shortcuts]), "
                            "button:not([data-lm-suppress-shortcuts]), summary:not([data-lm-suppress-shortcuts])")
    assert lacking.count() == 0


def test_in_a_presentation_a_guess_comes_before_the_numbers(panel):
    press(panel, FIRST, "End")
    settled(panel)
    panel.get_by_role("button", name="Present", exact=True).click()
    panel.get_by_role("button", name="Guess first").click()
    assert not panel.locator(".mm-striplines").first.is_visible()
    assert not panel.locator(".mm-sentence").is_visible()
    panel.get_by_role("button", name="higher").click()
    assert panel.locator(".mm-guesssaid").inner_text().startswith("Right: it is higher.")
    assert panel.locator(".mm-striplines").first.is_visible()
    assert panel.locator(".mm-figure:visible").count() == 1
    panel.get_by_role("button", name="End", exact=True).click()
    assert panel.locator(".mm-figure:visible").count() == 4


def test_without_movement_asked_for_nothing_fades(browser):
    page, watch = opened(browser, reduced_motion="reduce")
    page.evaluate("document.querySelector('.mm-panel').classList.add('mm-late')")
    assert page.evaluate("getComputedStyle(document.querySelector('.mm-verdict')).transitionDuration") == "0s"
    watch.check()
    page.close()


# ---- words and size (no browser) -----------------------------------------------------------------------------------

def test_no_text_is_ever_read_as_a_page():
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", joined(".js"))


def test_every_file_has_its_place_in_the_order():
    names = (FRONT / "order.txt").read_text(encoding="utf-8").split()
    assert sorted(names) == sorted(path.name for path in FRONT.iterdir() if path.suffix in (".js", ".css"))


def test_every_word_that_is_asked_for_is_there_and_none_is_idle():
    text = joined(".js")
    words = set(re.findall(r"^  (\w+): \"", (FRONT / "words.js").read_text(encoding="utf-8"), re.MULTILINE))
    asked = set(re.findall(r"WORDS\.(\w+)", text))
    begun = tuple(re.findall(r"WORDS\[`(\w+)\$", text))
    assert asked - words == set()
    assert {word for word in words - asked if not word.startswith(begun)} == set()


def test_words_are_those_of_the_writing_rules():
    texts = re.findall(r": \"((?:[^\"\\]|\\.)*)\"", (FRONT / "words.js").read_text(encoding="utf-8"))
    forbidden = ("apart", "but for", "beside", "told", "a hair", "nought", "whoever", "by itself", "at once",
                 "in place of", "are asked", "is owed", "otherwise")
    found = rf"\b({'|'.join(forbidden)})\b"
    assert [text for text in texts if re.search(found, text, re.IGNORECASE)] == []
    sentences = [part for text in texts for part in re.split(r"(?<=[.!?]) ", text)]
    assert len(texts) > 150
    assert [part for part in sentences if len(part.split()) > 25] == []
