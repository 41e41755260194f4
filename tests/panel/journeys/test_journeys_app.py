"""Journeys J1 to J15 in the app, with the server, the case and the numbers that users have.

They are in the gate. Each fails on an error of its page and on a request that leaves.
"""

import secrets

import pytest
from panel.journeys import steps
from panel.journeys.browsing import (
    SIZES,
    START_SECONDS,
    Watch,
    at_app,
    digest,
    free_port,
    own_workspace,
    press,
    served,
    settled,
    slider,
)
from panel.journeys.steps import PLACES, click, find, shown

LONG = 1000 * START_SECONDS
PEOPLE = 10


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


@pytest.mark.parametrize("size", SIZES)
def test_j1_it_opens_with_breaches_inside_the_window(browser, address, size):
    page, watch = at_app(browser, address, size)
    steps.breaches_are_inside_the_window(page, size[1])
    watch.check()
    page.close()


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


@pytest.mark.slow
def test_j9_while_the_server_is_away_nothing_moves_and_afterwards_the_setting_is_still_there(browser, folder):
    options = ("--port", str(free_port()), "--token", secrets.token_hex(16))
    with served(folder, *options) as server:
        page, watch = at_app(browser, server.address)
        page.set_default_timeout(LONG)
        find(page, PLACES)
        press(page, PLACES, "ArrowRight", 2)
        settled(page)
        wanted = digest(page)
    page.wait_for_selector(".mm-panel.mm-dead")
    assert "does not answer" in page.locator(".mm-stateline").inner_text()
    assert slider(page, PLACES).is_disabled()
    watch.check_all_but("WebSocket")
    with served(folder, *options):
        page.wait_for_selector(".mm-panel:not(.mm-dead)")
        settled(page)
        assert digest(page) == wanted
        assert slider(page, PLACES).is_enabled()
        steps.it_answers(page)
        watch.check_all_but("WebSocket")
        page.close()


def test_j10_a_fault_keeps_the_picture_and_its_words_stand_at_the_lever(panel):
    steps.a_fault_keeps_the_picture(panel)


def test_j11_keys_alone_do_what_a_mouse_does(panel):
    steps.keys_alone_do_what_a_mouse_does(panel)


def test_j12_axe_finds_no_serious_fault(panel):
    steps.axe_finds_nothing_serious(panel)


def test_j13_ten_people_see_each_the_setting_of_their_own(browser, address):
    """Times and memory are in ``test_panel_figures.py``."""
    people = [at_app(browser, address) for _ in range(PEOPLE)]
    for page, _ in people:
        find(page, PLACES)
    for number, (page, _) in enumerate(people):
        press(page, PLACES, "ArrowRight", 1 + number)
    for page, _ in people:
        settled(page)
    found = [digest(page) for page, _ in people]
    assert len(set(found)) == PEOPLE
    press(people[0][0], PLACES, "ArrowRight", PEOPLE - 1)
    settled(people[0][0])
    assert digest(people[0][0]) == found[-1]
    assert [digest(page) for page, _ in people[1:]] == found[1:]
    for page, watch in people:
        watch.check()
        page.close()


def test_j14_with_a_wrong_token_there_is_no_panel(browser, address):
    context = browser.new_context()
    page = context.new_page()
    watch = Watch(page, "127.0.0.1", console=False)  # Jupyter's page for the token has no style here, and says so
    page.goto(f"{address.split('token=')[0]}token=wrong")
    assert shown(page).count() == 0
    assert page.locator("input[type=password]").count() > 0
    watch.check()
    context.close()


def test_j14_a_page_of_another_origin_gets_no_connection(panel):
    steps.a_page_of_another_origin_is_refused(panel, "/panel/socket")


def test_j14_a_script_in_a_title_is_text(panel, folder):
    steps.a_script_in_a_title_is_text(panel, folder)


def test_j14_a_message_of_ten_megabytes_ends_its_connection_and_no_other(panel, tmp_path):
    code = panel.evaluate("""() => new Promise((done) => {
        const socket = new WebSocket(`ws://${location.host}/panel/socket`);
        socket.onopen = () => socket.send("x".repeat(10_000_000));
        socket.onclose = (event) => done(event.code);
    })""")
    assert code in (1006, 1009)
    steps.it_answers(panel)
    steps.a_file_of_ten_megabytes_is_not_sent(panel, tmp_path)


@pytest.mark.slow
def test_j15_a_first_start_without_what_was_compiled_says_how_far_it_is(browser, folder, tmp_path):
    with served(folder, MIXEDMIG_CACHE=str(tmp_path / "empty")) as server:
        page = browser.new_page()
        page.add_init_script(f"({steps.START})()")
        watch = Watch(page, "127.0.0.1")
        page.goto(server.address)
        page.wait_for_selector(".mm-drawing path.mm-now[d^=M]", state="attached", timeout=LONG)
        steps.the_start_was_said(page.evaluate("window.steps"))
        assert page.locator(".mm-stateline progress").is_hidden()
        watch.check()
        page.close()


def test_all_views_draw_and_what_drives_a_line_is_said(panel):
    tabs = shown(panel).locator("[role=tab]").all_inner_texts()
    assert {"People", "Waits", "Places", "Outcomes", "Costs", "Countries"} <= set(tabs)
    for view in tabs:
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
    click(panel, "Share")
    shared = panel.locator(".mm-tray textarea").input_value()
    assert "token" not in shared
    stranger = browser.new_context().new_page()
    stranger.goto(shared)
    assert shown(stranger).count() == 0
    stranger.close()
    page, watch = at_app(browser, f"{address}#{shared.split('#')[1]}")
    page.wait_for_function("wanted => document.querySelector('.mm-digest').title === wanted", arg=wanted)
    watch.check()
    page.close()
