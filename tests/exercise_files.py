"""A small exercise on the invented surge, to write as a test wants it."""

import shutil
from dataclasses import replace
from pathlib import Path

from mixedmig_model.inputs.workspace import Workspace

NAME = "surge"
EXERCISE = """schema: 1
title: A surge in Harbourland
summary: Four rounds of four weeks, for a test.
licence: CC-BY-4.0
format: B
case: generic_surge
scenario: most_likely
start: 2018-05-14
seed: 7
rounds:
  - {days: 28, minutes: 25}
  - {days: 28, minutes: 25}
  - {days: 28, minutes: 25}
  - {days: 28, minutes: 25}
objectives:
  - {id: hire_early, text: Hire in time., paragraph: '47(b)', evidence: decision, names: [registration.officers]}
  - {id: answer, text: Answer the press., evidence: message, names: [press_asks]}
  - {id: shelter, text: Shelter everybody., evidence: indicator, names: [without_shelter_days]}
roles:
  - name: immigration
    title: Immigration and registration
    countries: [harbourland]
    levers:
      - {input: registration.officers, least: 0, most: 40}
      - {lever: detention_policy, most: 1}
      - {input: detention.detained_share, most: 1}
    sees: [awaiting_registration, registered, in_detention]
    lag_days: 7
    undercount: 0.1
  - name: reception
    title: Reception and local government
    countries: [harbourland]
    levers:
      - {input: reception.tent_places, most: 2000}
      - {lever: reception, most: 1}
    money: {host_central: 500000}
    sees: [in_reception, without_shelter]
  - name: rescue
    title: Coast guard
    levers:
      - {lever: sar, most: 1}
      - {input: journey.refused_share, most: 1}
    sees: [stranded, disembarked, cost]
shared: []
injects:
  - id: press_asks
    title: The press asks for the dead
    at: {round: 1, minute: 5}
    to: [immigration, rescue]
    channel: press
    text: How many people have died at sea this month?
    asks: Answer in two sentences.
    due_minutes: 10
    expected: A number, a range and the people behind it.
    objective: answer
    if_ignored: press_again
  - id: press_again
    title: The press asks again
    to: [everyone]
    channel: press
    text: The ministry keeps silent.
  - id: strike
    title: Interpreters on strike
    at: {round: 2, minute: 0}
    to: [everyone]
    channel: email
    text: Half of the interpreters stay at home for two weeks.
    changes:
      - {parameter: interpretation.interpreters, scale: 0.5, days: 14, countries: [harbourland], reason: A strike.}
  - id: crowded
    title: People sleep in the open
    when: {quantity: without_shelter, op: '>', value: 20, country: harbourland}
    to: [reception]
    channel: phone
    text: Families sleep on the quay.
truth:
  journey.mortality: {least: 0.004, most: 0.02}
references:
  no_action: {}
  as_planned: {scenario: comprehensive_response}
  hindsight:
    orders:
      - {round: 1, input: registration.officers, value: 20, countries: [harbourland]}
"""


def write_exercise(workspace: Workspace, folder: Path, text: str = EXERCISE, **files: str) -> Workspace:
    """Write the exercise and its case into a folder; return the workspace with that folder as its root.

    Args: files, further files of the exercise, named with ``_yaml`` for the ending.
    """
    parameters = folder / "parameters"
    if not (parameters / "cases").exists():
        shipped = workspace.root / "parameters" / "cases" / "generic_surge"
        shutil.copytree(shipped, parameters / "cases" / "generic_surge")
    here = parameters / "exercises" / NAME
    (here / "roles").mkdir(parents=True, exist_ok=True)
    (here / "exercise.yaml").write_text(text, encoding="utf-8")
    for role in ("immigration", "reception", "rescue"):
        (here / "roles" / f"{role}.md").write_text(f"# {role}\n\nDecide what is yours.\n", encoding="utf-8")
    for name, content in files.items():
        (here / name.replace("_yaml", ".yaml")).write_text(content, encoding="utf-8")
    return replace(workspace, root=folder)
