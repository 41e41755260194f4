"""A scripted session of format B in a browser: three teams, four rounds, stopped and gone on; the results are equal."""

import os
import re
import subprocess
import sys
import time

import numpy as np
import pytest
import xarray as xr
from exercise_files import NAME, write_exercise
from panel.journeys.browsing import Watch, serious

from mixedmig_model.inputs.exercises.reading import read_exercise
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.study.exercise import files, moves
from mixedmig_model.study.exercise.ledger import in_force
from mixedmig_model.study.exercise.runs import ExerciseRuns

pytestmark = pytest.mark.slow
TEAMS = ("red", "green", "blue")
PATIENCE = 300_000
"""Milliseconds that a busy computer has."""
MOST_SECONDS = 10.0
"""What a round of three teams may take."""


@pytest.fixture(scope="module")
def plan(workspace, tmp_path_factory):
    folder = tmp_path_factory.mktemp("plan")
    write_exercise(workspace, folder)
    for name in ("base", "costs", "levers", "presets.yaml", "sources.yaml"):
        (folder / "parameters" / name).symlink_to(workspace.root / "parameters" / name)
    return folder


class Screens:
    """The running server, and a page for each who takes part."""

    def __init__(self, browser, plan):
        command = [sys.executable, "-m", "mixedmig_model.cli", "app", "--exercise", NAME, "--session", "day",
                   "--teams", ",".join(TEAMS), "--workspace", str(plan)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                        env={**os.environ, "PYTHONUNBUFFERED": "1"})
        self.addresses = dict(self.process.stdout.readline().split() for _ in range(len(TEAMS) + 2))
        self.browser, self.pages, self.watches = browser, {}, []
        for who, address in self.addresses.items():
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.set_default_timeout(PATIENCE)
            self.watches.append(Watch(page, "127.0.0.1"))
            page.goto(address)
            page.wait_for_selector("html[data-version]")
            self.pages[who] = page

    def stop(self):
        for watch in self.watches:
            watch.check()
        for page in self.pages.values():
            page.close()
        self.process.terminate()
        self.process.wait(60)
        self.process.stdout.close()

    def order(self, team, role, key, value, why):
        """Fill and send the form of an order, by labels as a screen reader has them."""
        page = self.pages[team]
        part = self.role(team, role)
        form = part.locator("section", has=page.get_by_role("heading", name="Give an order"))
        form.get_by_label("Lever or input").select_option(key)
        form.get_by_label("Value").fill(str(value))
        form.get_by_label("Reason").fill(why)
        form.get_by_role("button", name="Give the order").click()
        form.locator(".ex-said", has_text=re.compile("Done|held")).wait_for()

    def role(self, team, role):
        page = self.pages[team]
        index = {"immigration": 0, "reception": 1, "rescue": 2}[role]
        page.locator(".ex-tabs button").nth(index).click()
        return page.locator(f".ex-role[data-role='{role}']")

    def advance(self, number):
        page = self.pages["facilitator"]
        page.locator(".ex-advance").click()
        page.locator(".ex-yes").click()
        page.locator(".ex-said", has_text="Done: advance").wait_for()
        for one in self.pages.values():
            text = "All rounds were played." if number == 4 else f"Round {number + 1} of 4"
            one.locator(".ex-clock", has_text=text).wait_for()

    def clock(self):
        self.pages["facilitator"].locator(".ex-clockbutton").click()
        self.pages["facilitator"].locator(".ex-clock", has_text="clock running").wait_for()


def first_half(screens):
    screens.clock()
    screens.order("red", "immigration", "registration.officers", 20, "The surge.")
    screens.order("red", "reception", "reception", 0.5, "Beds.")
    screens.order("green", "rescue", "journey.refused_share", 0.5, "Orders from above.")
    held = screens.pages["green"].locator(".ex-heldorder")
    held.wait_for()
    held.get_by_label("Why it is ordered all the same").fill("The minister says so.")
    held.get_by_role("button", name="Sign").click()
    held.wait_for(state="detached")
    screens.order("blue", "rescue", "sar", 1, "Save lives.")
    card = screens.pages["facilitator"].locator("details[data-inject='crowded']")
    card.locator("summary").click()
    card.get_by_role("button", name="Release to blue").click()
    screens.role("blue", "reception").locator("[data-inject='crowded']").wait_for()
    screens.advance(1)
    part = screens.role("blue", "rescue")
    answer = part.locator("[data-inject='press_asks']")
    answer.get_by_label("Answer").fill("Nine people, between five and fifteen.")
    answer.get_by_role("button", name="Send the answer").click()
    answer.locator(".ex-answer", has_text="Nine people").wait_for()
    screens.order("green", "rescue", "journey.refused_share", 0, "The court stops it.")
    screens.advance(2)


def second_half(screens):
    screens.order("red", "reception", "reception", 1, "More beds.")
    screens.advance(3)
    screens.order("blue", "reception", "reception.tent_places", 400, "Tents.")
    screens.advance(4)
    room = screens.pages["facilitator"]
    room.get_by_label("Gap in the real plan").fill("No contract for interpreters.")
    room.get_by_label("Owner: an office").fill("Immigration")
    room.get_by_label("By (may be left out)").fill("2027-03-31")
    room.get_by_role("button", name="Write the gap down").click()
    room.locator(".ex-gaps", has_text="No contract for interpreters. (owner: Immigration; by: 31 Mar 2027)").wait_for()


def test_three_teams_play_four_rounds_stop_and_go_on(browser, plan, tmp_path):
    screens = Screens(browser, plan)
    first_half(screens)
    for who, page in screens.pages.items():
        assert page.locator(".ex-strip").first.is_visible(), who
        page.mouse.wheel(0, 20000)
        assert page.locator(".ex-strip").first.is_visible(), who  # it stays in sight
        assert serious(page) == [], who
    assert "Nobody landed" not in screens.pages["red"].content()
    assert "The minister says so." not in screens.pages["red"].content()
    screens.stop()
    screens = Screens(browser, plan)
    second_half(screens)
    sheets = screens.pages["green"].locator(".ex-sheets").inner_text()
    assert "Signed by Coast guard" in sheets
    assert "No further person from round" in sheets or "It goes on" in sheets
    assert "== red ==" not in sheets
    assert "== red ==" in screens.pages["facilitator"].locator(".ex-sheets").inner_text()
    assert screens.pages["projector"].locator(".ex-picture").count() >= 5
    for who, page in screens.pages.items():
        assert serious(page) == [], who
    if folder := os.environ.get("MIXEDMIG_PICTURES"):
        for who, page in screens.pages.items():
            page.screenshot(path=f"{folder}/exercise-{who}.png", full_page=True)
    screens.stop()
    _same_as_uninterrupted(plan, tmp_path)


def _same_as_uninterrupted(plan, tmp_path):
    """Play the moves of the ledger again in one go: every state is the same to 1e-9."""
    inputs = read_exercise(read_workspace(plan), NAME)
    played = files.open_session(inputs, plan / "reports", "day")
    again, runs = files.start_session(inputs, tmp_path, "day", TEAMS), ExerciseRuns(inputs)
    seconds = []
    for event in in_force(played.events)[1:]:
        if event.kind == "advance":
            begun = time.perf_counter()
            again = files.advance_session(again, runs)
            seconds.append(time.perf_counter() - begun)
        elif event.kind == "order":
            again = moves.ordered(again, runs, team=event.team, role=event.role, key=event.key, value=event.value,
                                  why=event.text, countries=event.countries, minute=event.minute)
        elif event.kind == "sign":
            again = moves.signed(again, order=event.of, team=event.team, role=event.role, reason=event.text,
                                 minute=event.minute)
        elif event.kind == "answer":
            again = moves.answered(again, team=event.team, role=event.role, text=event.text, inject=event.inject,
                                   minute=event.minute)
        elif event.kind == "inject" and event.inject not in {
                one.inject for one in again.of_team(event.team, "inject")}:
            again = again.added(kind="inject", team=event.team, inject=event.inject, minute=event.minute)
    for team in TEAMS:
        for number in range(1, 5):
            one, other = (folder / "states" / team / f"round-{number}" for folder in (played.folder, again.folder))
            assert one.with_suffix(".json").read_text() == other.with_suffix(".json").read_text()
            with xr.open_dataset(one.with_suffix(".nc")) as first, xr.open_dataset(other.with_suffix(".nc")) as second:
                for name in first.data_vars:
                    if first[name].dtype.kind == "f":
                        np.testing.assert_allclose(first[name].values, second[name].values, rtol=0, atol=1e-9)
    assert min(seconds) < MOST_SECONDS, seconds


def test_a_team_page_works_by_keyboard_alone(browser, plan):
    screens = Screens(browser, plan)
    page = screens.pages["red"]
    page.keyboard.press("Tab")
    seen = []
    for _ in range(40):
        seen.append(page.evaluate("document.activeElement.tagName"))
        page.keyboard.press("Tab")
    assert {"BUTTON", "SECTION", "TEXTAREA", "SUMMARY", "SELECT", "INPUT"} <= set(seen)  # the strip scrolls by keys
    for control in page.locator("input:visible, select:visible, textarea:visible").all():
        assert control.evaluate("node => node.labels.length") > 0
    screens.stop()
