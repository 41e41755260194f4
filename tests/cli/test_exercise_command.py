"""The commands of exercises: a session from start to sheets, for people and for programs."""

import json
import re

import pytest
from exercise_files import EXERCISE, NAME, write_exercise
from typer.testing import CliRunner

from mixedmig_model.cli.main import app

CONDITION = "    when: {quantity: without_shelter, op: '>', value: 20, country: harbourland}\n"
ROUND = "  - {days: 28, minutes: 25}\n"
SHORT = EXERCISE.replace(4 * ROUND, ROUND).replace(CONDITION, "")
ONE = SHORT.replace("{round: 2, minute: 0}", "{round: 1, minute: 0}")



@pytest.fixture(scope="module")
def plan(workspace, tmp_path_factory):
    """A workspace with the exercise of one round, and the shipped shared files."""
    folder = tmp_path_factory.mktemp("plan")
    write_exercise(workspace, folder, ONE)
    for name in ("base", "costs", "levers", "presets.yaml", "sources.yaml"):
        (folder / "parameters" / name).symlink_to(workspace.root / "parameters" / name)
    return folder


def call(plan, *args, code=0):
    result = CliRunner().invoke(app, ["exercise", *args, "--workspace", str(plan)])
    assert result.exit_code == code, result.output
    return result


def record(plan, *args, code=0):
    return json.loads(call(plan, *args, "--json", code=code).stdout)


def test_a_session_from_start_to_sheets(plan):
    by = ["--session", "monday", "--team", "team1"]
    assert "surge  A surge in Harbourland (format B, 1 rounds)" in call(plan, "list").stdout
    assert record(plan, "check", NAME) == {"ok": True, "exercise": NAME, "rounds": 1, "roles": 3, "injects": 4}
    made = record(plan, "start", NAME, "--teams", "2", "--session", "monday")
    assert made["teams"] == ["team1", "team2"]
    assert record(plan, "list")[0]["sessions"] == ["monday"]
    given = record(plan, "order", NAME, "registration.officers", "20", *by, "--role", "immigration", "--why", "Surge.",
                   "--expect", "awaiting_registration", "--low", "0", "--high", "200")
    assert given["events"][0]["expected"]["round"] == 1
    held = call(plan, "order", NAME, "journey.refused_share", "0.9", *by, "--role", "rescue", "--why", "No landing.")
    assert "Held: order 3 adds a breach (" in held.output
    call(plan, "sign", NAME, "3", *by, "--role", "rescue", "--reason", "The minister orders it.")
    assert record(plan, "release", NAME, "--session", "monday", "--minute", "6")["events"][0]["inject"] == "press_asks"
    call(plan, "release", NAME, "crowded", "--session", "monday", "--team", "team2")
    call(plan, "answer", NAME, "None so far.", *by, "--role", "rescue", "--inject", "press_asks", "--minute", "8")
    call(plan, "forecast", NAME, "in_reception", "0", "900", *by, "--role", "reception")
    passed = record(plan, "advance", NAME, "--session", "monday")
    assert [passed[key] for key in ("ok", "played", "rounds", "finished")] == [True, 1, 1, True]
    assert passed["teams"]["team1"]["refused_disembarkation"] > passed["teams"]["team2"]["refused_disembarkation"]
    call(plan, "observe", NAME, "hire_early", "S", *by, "--note", "In the first round.")
    call(plan, "sentence", NAME, "Desks before beds.", *by)
    sheets = call(plan, "sheets", NAME, *by).stdout
    for text in ("== team1 ==",
                 "Order 3 in round 1: Refused disembarkation at 0.9, by Coast guard. Signed by Coast guard: The "
                 "minister orders it.", "Not ranked",
                 "answered after 3 minutes", "Performed with some challenges: In the first round.",
                 "Desks before beds.", "What can this model not tell you?"):
        assert text in sheets
    assert sheets.index("Rights:") < sheets.index("Craft:") < sheets.index("What happened:")
    both = record(plan, "sheets", NAME, "--session", "monday")
    assert [one["team"] for one in both] == ["team1", "team2"]
    assert not {"sum", "total", "rank", "place"} & set(both[0])
    assert re.search(r"Waiting for registration \[person\]: before: \d+, round 1: \d+",
                     call(plan, "returns", NAME, *by, "--role", "immigration").stdout)
    assert "Host state, central: " in call(plan, "returns", NAME, *by, "--role", "reception").stdout
    again = record(plan, "replay", NAME, "2", "--value", "0", *by)
    assert again["after"]["deaths"] > 0.0
    assert "next to the run as it was" in call(plan, "replay", NAME, "2", "--value", "0", *by).output
    assert record(plan, "undo", NAME, "--session", "monday", "--round", "1")["round"] == 1


def test_after_a_round_breaches_and_harms_of_each_team_are_said(plan):
    call(plan, "start", NAME, "--teams", "red", "--session", "said")
    text = call(plan, "advance", NAME, "--session", "said").stdout
    assert re.search(r"\d+: undo of \d+ \(round", call(plan, "undo", NAME, "--session", "said").output)
    assert "== red ==\n  Breach: Children returned by force without a best-interests decision: " in text
    assert text.index("Breach: ") < text.index("Deaths and missing on the way: ")


def test_bad_input_ends_with_code_2_and_changes_nothing(plan):
    call(plan, "start", NAME, "--teams", "red", "--session", "other")
    by = ["--session", "other", "--team", "red"]
    ledger = plan / "reports" / "exercises" / NAME / "other" / "ledger.jsonl"
    before = ledger.read_bytes()
    order = ["order", NAME, "registration.officers", "99", *by, "--role", "immigration", "--why", "Surge."]
    assert "value: outside the limits of the role; found 99; allowed: 0 to 40" in call(plan, *order, code=2).output
    assert record(plan, *order, code=2)["faults"][0]["path"] == "value"
    expect = ["order", NAME, "registration.officers", "9", *by, "--role", "immigration", "--why", "x", "--low", "1"]
    assert "--expect: expected.quantity" in call(plan, *expect, code=2).output
    assert "session: unknown session; found 'othr'" in call(
        plan, "advance", NAME, "--session", "othr", code=2).output
    assert "exercise: unknown exercise; found 'surg'" in call(plan, "check", "surg", code=2).output
    assert "inject: unknown inject; found 'strik'" in call(
        plan, "release", NAME, "strik", "--session", "other", code=2).output
    assert "no round was played yet" in call(plan, "sheets", NAME, "--session", "other", code=2).output
    assert "team: unknown team; found 'rde'" in call(
        plan, "sheets", NAME, "--session", "other", "--team", "rde", code=2).output
    assert ledger.read_bytes() == before


def test_a_workspace_without_exercises_says_so(tmp_path, root):
    (tmp_path / "parameters").mkdir()
    for name in ("base", "sources.yaml"):
        (tmp_path / "parameters" / name).symlink_to(root / "parameters" / name)
    assert "No exercise here" in call(tmp_path, "list").output


def test_the_check_of_a_workspace_reads_its_exercises(plan):
    folder = plan / "parameters" / "exercises" / "second"
    folder.mkdir()
    (folder / "exercise.yaml").write_text("schema: 1\ntitle: Second\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["check", str(plan)])
    (folder / "exercise.yaml").unlink()
    folder.rmdir()
    assert result.exit_code == 2
    assert "parameters/exercises/second/exercise.yaml:1: rounds: a required key is missing" in result.output


def test_the_screens_are_served_on_this_computer_alone(plan):
    result = CliRunner().invoke(app, ["app", "--exercise", NAME, "--host", "0.0.0.0", "--token", 20 * "x",
                                      "--workspace", str(plan)])
    assert result.exit_code == 2
    assert "--host: an exercise is served on this computer alone; found 0.0.0.0; allowed: 127.0.0.1" in result.output
