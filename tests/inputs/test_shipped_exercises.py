"""The shipped exercises: they read without fault, their injects move the run, and no truth reaches a team."""

import re
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from exercise_files import EXERCISE, NAME, write_exercise

from mixedmig_model.inputs.exercises.reading import playable_names, read_exercise
from mixedmig_model.inputs.exercises.schema import Clock
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.schema import Change, Scenario
from mixedmig_model.inputs.traceability import read_traceability
from mixedmig_model.study.run import run_one
from mixedmig_model.vocabulary.labels import INDICATOR_KEYS

LIBRARY = (
    "boats_abandoned", "state_refuses", "graves_found", "own_nationals", "measles", "interpreters_strike", "cyclone",
    "donor_pays_less", "court_limit", "neighbour_closes", "age_assessments", "child_missing", "police_register",
    "rumour_and_attack", "deported_arrive", "press_asks_for_the_dead", "supplier_fails", "recount", "election_freeze",
    "earthquake",
)
FOLLOWING = ("second_night", "register_handed_over")
SHIPPED = ("boats", "surge")
FORMS = ("boats", "boats_short", "surge", "surge_short")
LARGE = 2, "as_planned", "most_likely"
"""The round in which injects without a time are tried, and scenarios that open places and posts later."""
LEAST = 0.5
"""People who move in another way because of an inject, at the least."""
SHORT = """short:
  rounds: [{days: 28, minutes: 15}, {days: 28, minutes: 15}]
  roles: [immigration, reception]
  injects: {press_asks: {round: 1, minute: 3}}
"""


@pytest.fixture(scope="module")
def shipped(workspace):
    return {name: read_exercise(workspace, name) for name in FORMS}


def scenario_with(inputs, inject, scenario):
    """The case with one more scenario, in which an inject happens in its round."""
    number = inject.at.round if inject.at is not None else LARGE[0]
    first = inputs.exercise.start + timedelta(days=sum(one.days for one in inputs.exercise.rounds[:number - 1]))
    made = []
    for one in inject.changes:
        start = first + timedelta(days=one.after_days)
        until = start + timedelta(days=one.days) if one.days else None
        made.append(Change(parameter=one.parameter, set=one.set, scale=one.scale, add=one.add, start=start, until=until,
                           countries=one.countries, groups=one.groups, reason=one.reason))
    base = inputs.case.scenario(scenario)
    changed = Scenario(schema=1, case=base.case, title="With an inject", description="One inject happens.",
                       levers=base.levers, changes=(*base.changes, *made))
    return replace(inputs.case, scenarios={**inputs.case.scenarios, "with_inject": changed})


def opens_later(inputs):
    """A scenario of the case in which places and posts open after the first day."""
    return LARGE[1] if LARGE[1] in inputs.case.scenarios else LARGE[2]


def test_all_forms_can_be_played(workspace, shipped):
    assert playable_names(workspace.root) == FORMS
    for name, inputs in shipped.items():
        assert inputs.exercise.licence == "CC BY 4.0"
        assert set(inputs.exercise.references) == {"no_action", "as_planned", "hindsight"}
        rounds = [one.days for one in inputs.exercise.rounds]
        assert rounds == ([28] * 3 if name.endswith("_short") else [28] * 4)
    assert [shipped[name].exercise.format for name in FORMS] == ["B", "A", "B", "A"]


@pytest.mark.parametrize("name", SHIPPED)
def test_the_library_is_whole(shipped, name):
    injects = shipped[name].injects
    assert set(injects) == {*LIBRARY, *FOLLOWING}
    for one in injects.values():
        lacking = [key for key in ("asks", "due_minutes", "expected", "objective", "paragraph", "not_modelled")
                   if getattr(one, key) is None]
        assert not lacking, (one.id, lacking)
    assert {one.if_ignored for one in injects.values()} - {None} == set(FOLLOWING)
    assert [name for name, one in injects.items() if not one.changes] == ["press_asks_for_the_dead"]
    grave = re.compile("graves|have died|has not been seen")
    assert all(one.content_note for one in injects.values() if grave.search(one.text))


def test_every_inject_is_planned_in_one_of_the_exercises(shipped):
    planned = {one.id for name in SHIPPED for one in shipped[name].exercise.injects if one.at or one.when}
    assert planned == set(LIBRARY)


def test_paragraphs_are_those_of_the_founding_document(workspace, shipped):
    known = {row.paragraph for row in read_traceability(workspace, INDICATOR_KEYS)}
    for name in SHIPPED:
        exercise = shipped[name].exercise
        cited = {one.paragraph for one in (*exercise.objectives, *exercise.injects)}
        heads = {paragraph.split("(")[0] for paragraph in known}
        assert {paragraph for paragraph in cited if paragraph not in known and paragraph not in heads} == set()


@pytest.mark.parametrize("name", SHIPPED)
def test_the_answer_to_the_police_is_no(shipped, name):
    assert shipped[name].injects["police_register"].expected.startswith("Refuse.")


@pytest.mark.parametrize("name", FORMS)
def test_teams_neither_order_nor_see_what_is_hidden(shipped, name):
    inputs = shipped[name]
    assert inputs.exercise.truth
    ordered = {one.key for role in inputs.exercise.roles for one in role.levers}
    assert not ordered & set(inputs.exercise.truth)
    ends = {f"{end:g}" for hidden in inputs.exercise.truth.values() for end in (hidden.least, hidden.most)}
    for role, text in inputs.briefs.items():
        numbers = set(re.findall(r"\d+(?:\.\d+)?", text))
        assert not numbers & ends, role
        assert not [parameter for parameter in inputs.exercise.truth if parameter in text], role


@pytest.mark.parametrize("name", SHIPPED)
def test_every_change_of_an_inject_changes_an_input(shipped, name):
    inputs = shipped[name]
    scenario = opens_later(inputs)
    before = resolve(inputs.case, scenario)
    for inject in inputs.exercise.injects:
        if not inject.changes:
            continue
        after = resolve(scenario_with(inputs, inject, scenario), "with_inject")
        arrays = [(after.departures, before.departures),
                  *((after.parameters[name], before.parameters[name]) for name in before.parameters)]
        same = [np.array_equal(ours.starts, theirs.starts) and np.array_equal(ours.values, theirs.values)
                for ours, theirs in arrays]
        assert not all(same), inject.id


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED)
def test_every_inject_with_changes_moves_the_run(shipped, name):
    inputs = shipped[name]
    scenario = opens_later(inputs)
    before = run_one(resolve(inputs.case, scenario), path="kernel")["daily_flow"].values
    moved = {}
    for inject in inputs.exercise.injects:
        late = inject if inject.at is not None else inject.model_copy(update={"at": Clock(round=3)})
        after = run_one(resolve(scenario_with(inputs, late, scenario), "with_inject"), path="kernel")
        moved[inject.id] = np.abs(after["daily_flow"].values - before).sum() if inject.changes else np.inf
    assert {name: people for name, people in moved.items() if people < LEAST} == {}


def test_the_short_form_keeps_what_is_played(workspace, tmp_path):
    made = write_exercise(workspace, tmp_path, EXERCISE + SHORT)
    whole, short = read_exercise(made, NAME).exercise, read_exercise(made, f"{NAME}_short").exercise
    assert [role.name for role in short.roles] == ["immigration", "reception"]
    assert [one.to for one in short.injects] == [("immigration",), ("everyone",), ("everyone",), ("reception",)]
    assert (short.injects[0].at.round, short.injects[0].at.minute) == (1, 3)
    assert all(one.at is None and one.when is None for one in short.injects[1:])
    assert (short.format, len(short.rounds), whole.format, len(whole.rounds)) == ("A", 2, "B", 4)


@pytest.mark.parametrize(("old", "new", "message", "allowed"), [
    ("roles: [immigration,", "roles: [imigration,", "short.roles.0: unknown role", "did you mean 'immigration'"),
    ("{press_asks:", "{press_ask:", "short.injects.press_ask: unknown inject", "did you mean 'press_asks'"),
    ("round: 1, minute: 3", "round: 3, minute: 3", "short.injects.press_asks.round: the inject comes after the last",
     "allowed: 1 to 2"),
    ("round: 1, minute: 3", "round: 1, minute: 15", "short.injects.press_asks.minute: the inject comes after the end",
     "allowed: 0 to 14"),
    ("rounds: [{days: 28,", "rounds: [{days: 128,", "short.rounds: the short form is longer than the exercise",
     "allowed: at most 112 days"),
])
def test_faults_of_a_short_form_are_named(workspace, tmp_path, old, new, message, allowed):
    text = EXERCISE + SHORT.replace(old, new)
    assert text != EXERCISE + SHORT
    with pytest.raises(InputFaultsError) as refused:
        read_exercise(write_exercise(workspace, tmp_path, text), NAME)
    assert message in str(refused.value)
    assert allowed in str(refused.value)
    assert "exercise.yaml:" in str(refused.value)
