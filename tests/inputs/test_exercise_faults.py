"""Faults of exercises: each one message with file and line, all of them in one round."""

from dataclasses import replace

import pytest
from exercise_files import EXERCISE, NAME, write_exercise

from mixedmig_model.inputs.exercises.reading import exercise_entries, read_exercise
from mixedmig_model.inputs.reading.faults import InputFaultsError

FILE = f"parameters/exercises/{NAME}/exercise.yaml"
FAULTS = {
    "a lever that does not exist": (
        "{lever: sar, most: 1}", "{lever: sarr, most: 1}", "roles.2.levers.0.lever: unknown lever",
        "did you mean 'sar'"),
    "an input that does not exist": (
        "{input: detention.detained_share,", "{input: detention.detained_shares,",
        "roles.0.levers.2.input: unknown parameter", "did you mean 'detention.detained_share'"),
    "a lever and an input": (
        "{lever: sar, most: 1}", "{lever: sar, input: rescue.reach, most: 1}",
        "roles.2.levers.0: give exactly one of lever, input", "found both"),
    "an inject after the last round": (
        "at: {round: 2, minute: 0}", "at: {round: 5, minute: 0}",
        "injects.2.at.round: the inject comes after the last round", "allowed: 1 to 4"),
    "an inject after the end of its round": (
        "at: {round: 2, minute: 0}", "at: {round: 2, minute: 25}",
        "injects.2.at.minute: the inject comes after the end of its round", "allowed: 0 to 24"),
    "two roles with one lever and no rule": (
        "{lever: sar, most: 1}", "{lever: reception, most: 1}",
        "roles.2.levers.0: two roles order the same, and no rule says whose order holds: reception, rescue",
        "allowed: a rule for it under shared"),
    "a rule for what one role orders": (
        "shared: []", "shared: [{lever: sar, rule: last}]", "shared.0: no two roles order this", "found 'sar'"),
    "a rule of another kind": (
        "shared: []", "shared: [{lever: sar, rule: first}]", "shared.0.rule: not one of the allowed values",
        "allowed: agree, last"),
    "an unknown role in to": (
        "to: [immigration, rescue]", "to: [immigration, resque]", "injects.0.to.1: unknown role",
        "did you mean 'rescue'"),
    "an objective not known": (
        "objective: answer", "objective: answers", "injects.0.objective: unknown objective", "did you mean 'answer'"),
    "a country not in the case": (
        "countries: [harbourland]\n    levers:\n      - {input: registration",
        "countries: [harborland]\n    levers:\n      - {input: registration",
        "roles.0.countries.0: unknown country", "did you mean 'harbourland'"),
    "a payer unknown": (
        "money: {host_central: 500000}", "money: {host_centre: 500000}",
        "roles.1.money.host_centre: not one of the allowed values", "did you mean 'host_central'"),
    "a quantity unknown": (
        "sees: [in_reception, without_shelter]", "sees: [in_reception, without_shelters]",
        "roles.1.sees.1: unknown quantity", "did you mean 'without_shelter'"),
    "a quantity of a condition unknown": (
        "when: {quantity: without_shelter,", "when: {quantity: outside,", "injects.3.when.quantity: unknown quantity",
        "found 'outside'"),
    "a condition op unknown": (
        "op: '>', value: 20", "op: '=', value: 20", "injects.3.when.op: not one of the allowed values",
        "allowed: <, <=, >, >="),
    "a round of 0 days": (
        "rounds:\n  - {days: 28,", "rounds:\n  - {days: 0,", "rounds.0.days: too small", "allowed: at least 1"),
    "a reserved name of a role": (
        "- name: rescue", "- name: facilitator", "roles.2.name: the name is used by the exercise itself",
        "allowed: another name"),
    "a name that is none": (
        "- name: rescue", "- name: Coast Guard", "roles.2.name: not a valid name", "did you mean 'coast_guard'"),
    "one role twice": (
        "- name: rescue", "- name: reception", "roles.2.name: duplicate role", "found 'reception'"),
    "one inject twice": (
        "- id: strike", "- id: press_again", "injects.2.id: duplicate inject", "first in"),
    "one objective twice": (
        "{id: shelter, text", "{id: answer, text", "objectives.2.id: duplicate objective", "found 'answer'"),
    "a start before the case": (
        "start: 2018-05-14", "start: 2017-05-14", "start: outside the run of the case",
        "allowed: 2018-01-01 to 2019-12-31"),
    "rounds beyond the case": (
        "start: 2018-05-14", "start: 2019-11-01", "rounds: the rounds go beyond the end of the case",
        "allowed: at most 61 days"),
    "a scenario unknown": (
        "scenario: most_likely", "scenario: likely", "scenario: unknown scenario", "did you mean 'most_likely'"),
    "a case unknown": (
        "case: generic_surge", "case: generic_serge", "case: unknown case", "did you mean 'generic_surge'"),
    "no case": ("case: generic_surge\n", "", "the exercise has no case", "or a folder case with case.yaml"),
    "limits in the wrong order": (
        "{input: registration.officers, least: 0, most: 40}", "{input: registration.officers, least: 50, most: 40}",
        "roles.0.levers.0: the lower limit is above the upper one", "found 50"),
    "an intensity above 1": (
        "{lever: sar, most: 1}", "{lever: sar, most: 2}", "roles.2.levers.0.most: not an intensity of a lever",
        "allowed: 0 to 1"),
    "a limit beyond the equations": (
        "{input: journey.refused_share, most: 1}", "{input: journey.refused_share, most: 3}",
        "roles.2.levers.1.most: outside what the equations allow", "allowed: 0 to 1 share"),
    "an order of who departs": (
        "{input: journey.refused_share, most: 1}", "{input: arrivals.scale, most: 1}",
        "roles.2.levers.1.input: who departs is no order of a role", "allowed: another input, or a lever"),
    "an input of the whole run": (
        "{input: journey.refused_share, most: 1}", "{input: preparedness.standing_share, most: 1}",
        "roles.2.levers.1.input: the input holds for the whole run", "allowed: an input that an order can change"),
    "an input of no country": (
        "{input: detention.detained_share, most: 1}", "{input: journey.time_to_place_of_safety, least: 1, most: 5}",
        "roles.0.levers.2.input: what it changes does not differ by country", "allowed: a role of all countries"),
    "an input twice": (
        "{input: detention.detained_share, most: 1}", "{input: registration.officers, most: 9}",
        "roles.0.levers.2: the role has the lever or input twice", "allowed: once"),
    "a time and a condition": (
        "    when: {quantity", "    at: {round: 1}\n    when: {quantity",
        "injects.3: an inject has a time or a condition",
        "found both"),
    "due without asking": (
        "    asks: Answer in two sentences.\n", "", "injects.0: an answer is due that nobody is asked for",
        "allowed: asks as well"),
    "ignored without a time": (
        "    due_minutes: 10\n", "", "injects.0: nothing says when the inject counts as ignored",
        "allowed: due_minutes as well"),
    "a follower unknown": (
        "if_ignored: press_again", "if_ignored: press_agin", "injects.0.if_ignored: unknown inject",
        "did you mean 'press_again'"),
    "a circle of injects": (
        "    text: The ministry keeps silent.\n",
        "    text: The ministry keeps silent.\n    asks: More?\n    due_minutes: 5\n    if_ignored: press_asks\n",
        "injects.0.if_ignored: the injects follow each other in a circle", "allowed: another inject"),
    "a change of nothing known": (
        "{parameter: interpretation.interpreters, scale", "{parameter: interpretation.interpreter, scale",
        "injects.2.changes.0.parameter: unknown parameter", "did you mean 'interpretation.interpreters'"),
    "a change of two kinds": (
        "interpreters, scale: 0.5,", "interpreters, scale: 0.5, add: 1,",
        "injects.2.changes.0: give exactly one of set, scale, add", "found scale, add"),
    "a change of the whole run": (
        "{parameter: interpretation.interpreters, scale: 0.5, days: 14, countries: [harbourland],",
        "{parameter: arrivals.surge_factor, scale: 2,",
        "injects.2.changes.0.parameter: the input holds for the whole run",
        "allowed: an input that may change by date"),
    "a change of a response": (
        "{parameter: interpretation.interpreters, scale: 0.5, days: 14, countries: [harbourland],",
        "{parameter: responses.deterrence_elasticity, set: 0.5,",
        "injects.2.changes.0.parameter: a response of departures to policy is no event", "allowed: another input"),
    "a change of what a role orders": (
        "{parameter: interpretation.interpreters, scale: 0.5,", "{parameter: registration.officers, set: 5,",
        "injects.2.changes.0.set: a role orders this input, and an inject would overrule it", "allowed: scale or add"),
    "a change by group of what differs by country": (
        "days: 14, countries: [harbourland]", "days: 14, groups: [refugee]",
        "injects.2.changes.0.groups: the parameter does not differ by group", "allowed: a change without groups"),
    "a channel unknown": (
        "channel: phone", "channel: fax", "injects.3.channel: not one of the allowed values", "email"),
    "evidence unknown": (
        "names: [press_asks]", "names: [press_ask]", "objectives.1.names.0: unknown inject",
        "did you mean 'press_asks'"),
    "an indicator unknown": (
        "names: [without_shelter_days]", "names: [without_shelter]", "objectives.2.names.0: unknown indicator",
        "did you mean 'without_shelter_"),
    "a hidden input unknown": (
        "  journey.mortality: {least", "  journey.mortalty: {least", "truth.journey.mortalty: unknown parameter",
        "did you mean 'journey.mortality'"),
    "a hidden input by group": (
        "journey.mortality: {least: 0.004, most: 0.02}", "counselling.claim_share: {least: 0.1, most: 0.9}",
        "truth.counselling.claim_share: an input by group, or a response of departures, cannot be hidden",
        "allowed: an input by country or of the region"),
    "a hidden input upside down": (
        "{least: 0.004, most: 0.02}", "{least: 0.4, most: 0.02}",
        "truth.journey.mortality: the lower end is above the upper one", "found 0.4"),
    "an order of a plan after the last round": (
        "{round: 1, input: registration.officers, value: 20", "{round: 9, input: registration.officers, value: 20",
        "references.hindsight.orders.0.round: the order comes after the last round", "allowed: 1 to 4"),
    "an order of a plan beyond its limits": (
        "officers, value: 20", "officers, value: 200",
        "references.hindsight.orders.0.value: outside the limits of the roles that may order it", "allowed: 0 to 40"),
    "a reference unknown": (
        "  no_action: {}", "  nothing: {}", "references.nothing: not one of the allowed values", "no_action"),
    "a key unknown": (
        "    undercount: 0.1", "    undercuont: 0.1", "roles.0.undercuont: unknown key", "did you mean 'undercount'"),
    "a brief that is missing": (
        "    title: Coast guard\n", "    title: Coast guard\n    brief: coast.md\n",
        "roles.2: the brief of the role is missing", "found 'coast.md'"),
    "a brief elsewhere": (
        "    title: Coast guard\n", "    title: Coast guard\n    brief: ../../../secrets.md\n",
        "roles.2.brief: not a valid file name of a brief", "allowed: a .md file in the folder roles"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_of_an_exercise_is_one_message_at_its_line(name, workspace, tmp_path):
    old, new, problem, more = FAULTS[name]
    assert EXERCISE.count(old) == 1
    text = EXERCISE.replace(old, new)
    with pytest.raises(InputFaultsError) as refused:
        read_exercise(write_exercise(workspace, tmp_path, text), NAME)
    found = [str(fault) for fault in refused.value.faults if problem in str(fault)]
    assert len(found) == 1, str(refused.value)
    assert more in found[0]
    fault = next(fault for fault in refused.value.faults if problem in str(fault))
    assert fault.file == FILE
    changed = text.splitlines().index(next(
        line for line, before in zip([*text.splitlines(), ""], [*EXERCISE.splitlines(), "", "", ""], strict=False)
        if line != before)) + 1
    assert abs(fault.line - changed) <= 11  # the entry that holds the change


def test_money_is_seen_only_where_there_are_costs(workspace, tmp_path):
    made = replace(write_exercise(workspace, tmp_path), costs=None)
    (tmp_path / "parameters" / "cases" / "generic_surge" / "costs.yaml").unlink()
    with pytest.raises(InputFaultsError, match=r"roles.2.sees.2: the workspace has no costs; found 'cost'"):
        read_exercise(made, NAME)


def test_many_faults_come_in_one_round(workspace, tmp_path):
    together = ("a lever that does not exist", "an inject after the last round", "an unknown role in to",
                "an objective not known", "a payer unknown", "a quantity of a condition unknown", "a scenario unknown",
                "a hidden input unknown", "an order of a plan after the last round", "an indicator unknown")
    text = EXERCISE
    for name in together:
        text = text.replace(*FAULTS[name][:2])
    with pytest.raises(InputFaultsError) as refused:
        read_exercise(write_exercise(workspace, tmp_path, text), NAME)
    for name in together:
        assert FAULTS[name][2] in str(refused.value)


def test_injects_may_stand_in_a_file_of_their_own(workspace, tmp_path):
    text = "schema: 1\ninjects:\n  - {id: rumour, title: Rumour, to: [everyone], channel: rumour, text: So it is.}\n"
    read = read_exercise(write_exercise(workspace, tmp_path, injects_yaml=text), NAME)
    assert tuple(read.injects) == ("press_asks", "press_again", "strike", "crowded", "rumour")
    assert read.briefs["rescue"].startswith("# rescue")
    with pytest.raises(InputFaultsError, match=r"injects.yaml:3: injects.0.to.0: unknown role; found 'no_one'"):
        read_exercise(write_exercise(workspace, tmp_path, injects_yaml=text.replace("everyone", "no_one")), NAME)


def test_an_exercise_may_bring_its_own_case(workspace, tmp_path):
    text = EXERCISE.replace("case: generic_surge\n", "").replace("scenario: most_likely\n", "")
    made = write_exercise(workspace, tmp_path, text)
    case = tmp_path / "parameters" / "cases" / "generic_surge"
    own = tmp_path / "parameters" / "exercises" / NAME / "case"
    case.rename(own)
    for path in (own / "scenarios").glob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("case: generic_surge", "case: case"), encoding="utf-8")
    read = read_exercise(made, NAME)
    assert (read.case.name, read.scenario) == ("case", "most_likely")
    with pytest.raises(InputFaultsError, match="the exercise names a case and has its own in the folder case"):
        read_exercise(write_exercise(workspace, tmp_path), NAME)


def test_other_entries_and_names_are_refused(workspace, tmp_path):
    made = write_exercise(workspace, tmp_path, "schema: 1\n", plan_yaml="x: 1\n")
    (tmp_path / "parameters" / "exercises" / "Big Surge").mkdir()
    assert "the folder is not an exercise; found Big Surge" in str(exercise_entries(tmp_path)[0])
    with pytest.raises(InputFaultsError, match="title: a required key is missing"):
        read_exercise(made, NAME)
    with pytest.raises(InputFaultsError, match=r"plan.yaml: no command reads a file of this name"):
        read_exercise(write_exercise(workspace, tmp_path), NAME)
    with pytest.raises(InputFaultsError, match=r"exercise: unknown exercise; found 'surg'; .*did you mean 'surge'"):
        read_exercise(made, "surg")
