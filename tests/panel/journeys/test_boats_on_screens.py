"""The boats exercise at full scale in a browser: three teams, eleven roles, four rounds in under 10 seconds each."""

import os
import re
import shutil
import subprocess
import sys
import time

import pytest
from panel.journeys.browsing import Watch, serious

from mixedmig_model.inputs.exercises.reading import read_exercise
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.study.exercise.files import open_session

pytestmark = pytest.mark.slow
TEAMS = ("red", "green", "blue")
PATIENCE = 300_000
"""Milliseconds that a busy computer has."""
MOST_SECONDS = 10.0
"""What the quickest of four rounds may take, from the button to the last of the pages."""
ORDERS = (
    (("red", "Coast guards", "journey.time_to_place_of_safety", 1, "A port is named."),
     ("green", "Coast guards", "journey.refused_share", 0.4, "Orders from above."),
     ("blue", "Immigration and registration", "registration.officers", 12, "The season.")),
    (("red", "Reception and local government", "reception.tent_places", 300, "Beds."),
     ("green", "Coast guards", "journey.refused_share", 0, "The court stops it.")),
    (("blue", "Status determination", "determination.officers", 20, "Before the backlog."),),
    (("red", "Child protection", "referral.officers", 8, "Children alone."),),
)


@pytest.fixture
def pages(browser, root, tmp_path):
    """The workspace, and a page for each who takes part."""
    shutil.copytree(root / "parameters", tmp_path / "parameters")
    command = [sys.executable, "-m", "mixedmig_model.cli", "app", "--exercise", "boats", "--session", "day",
               "--teams", ",".join(TEAMS), "--workspace", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                               env={**os.environ, "PYTHONUNBUFFERED": "1"})
    opened, watches = {}, []
    for who, address in dict(process.stdout.readline().split() for _ in range(len(TEAMS) + 2)).items():
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(PATIENCE)
        watches.append(Watch(page, "127.0.0.1"))
        page.goto(address)
        page.wait_for_selector("html[data-version]")
        opened[who] = page
    yield opened
    for watch in watches:
        watch.check()
    for page in opened.values():
        page.close()
    process.terminate()
    process.wait(60)
    process.stdout.close()


def order(page, role, key, value, why):
    page.locator(".ex-tabs button", has_text=re.compile(f"^{role}")).click()
    form = page.locator(".ex-role:visible section", has=page.get_by_role("heading", name="Give an order"))
    form.get_by_label("Lever or input").select_option(key)
    form.get_by_label("Value").fill(str(value))
    form.get_by_label("Reason").fill(why)
    form.get_by_role("button", name="Give the order").click()
    form.locator(".ex-said", has_text=re.compile("Done|held")).wait_for()


def sign(page):
    held = page.locator(".ex-heldorder")
    held.wait_for()
    held.get_by_label("Why it is ordered all the same").fill("The minister says so.")
    held.get_by_role("button", name="Sign").click()
    held.wait_for(state="detached")


def advanced(pages, number):
    """Play a round; return how long it took until all pages showed it."""
    leader, begun = pages["facilitator"], time.perf_counter()
    leader.locator(".ex-advance").click()
    leader.locator(".ex-yes").click()
    text = "All rounds were played." if number == len(ORDERS) else f"Round {number + 1} of 4"
    for page in pages.values():
        page.locator(".ex-clock", has_text=text).wait_for()
    return time.perf_counter() - begun


def test_the_boats_exercise_is_played_to_its_end_by_three_teams(pages, tmp_path):
    seconds = []
    for number, orders in enumerate(ORDERS, 1):
        for team, role, key, value, why in orders:
            order(pages[team], role, key, value, why)
            if (key, value) == ("journey.refused_share", 0.4):
                sign(pages[team])
        seconds.append(advanced(pages, number))
    for who, page in pages.items():
        assert page.locator(".ex-strip").first.is_visible(), who
        assert serious(page) == [], who
    sheets = pages["green"].locator(".ex-sheets").inner_text()
    assert "Signed by Coast guards, joint rescue centre: The minister says so." in sheets
    assert "No further person from round 2 on." in sheets
    assert "Not ranked" in sheets
    assert pages["projector"].locator(".ex-picture").count() >= 5
    inputs = read_exercise(read_workspace(tmp_path), "boats")
    session = open_session(inputs, tmp_path / "reports", "day")
    assert session.finished
    assert len(inputs.exercise.roles) == 11
    assert min(seconds) < MOST_SECONDS, seconds
