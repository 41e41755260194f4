"""The page of levers: the examples on it are read as a workspace reads them, and nothing of a lever is left out."""

import shutil
import textwrap

import pytest

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present.handbook.levers import levers_page


@pytest.fixture(scope="module")
def text(workspace):
    return levers_page(workspace)


def examples(text):
    return [textwrap.dedent(part.split("```")[0]) for part in text.split("```yaml\n")[1:]]


def test_the_examples_of_the_page_are_read_and_change_what_they_say(text, root, tmp_path):
    shutil.copytree(root / "parameters", tmp_path / "parameters")
    scenario, lever = examples(text)
    case = tmp_path / "parameters/cases/generic_surge/scenarios"
    (case / "example.yaml").write_text(scenario, encoding="utf-8")
    (case / "shifts.yaml").write_text(
        "schema: 1\ncase: generic_surge\ntitle: T\ndescription: D\nlevers:\n  - {lever: night_shifts}\n")
    (tmp_path / "parameters/levers/own.yaml").write_text(lever, encoding="utf-8")
    inputs = read_case(read_workspace(tmp_path), "generic_surge")
    run, base = resolve(inputs, "example"), resolve(inputs)
    assert float(run.parameters["screening.agency_access"].at(0.0)[0]) == 0.8
    assert (run.parameters["rescue.reach"].at(300.0) > base.parameters["rescue.reach"].at(300.0)).all()
    shifts = resolve(inputs, "shifts").parameters["registration.officers"]
    assert (shifts.at(60.0) == 1.5 * base.parameters["registration.officers"].at(60.0)).all()
    assert "night_transport" in inputs.own_costs("shifts")


def part_of(text, name):
    return text.split(f"(`{name}`)\n")[1].split("\n## ")[0]


def test_every_lever_stands_on_the_page_with_all_that_must_be_known(text, workspace):
    for name, lever in workspace.levers.items():
        part = part_of(text, name)
        for change in (*lever.changes, *lever.effects):
            assert f"| `{change.parameter}` |" in part, (name, change.parameter)
        for said in (lever.evidence.text, *(side.text for side in lever.side_effects), *lever.not_modelled):
            assert said in part, (name, said)
        for cost in lever.own_costs.values():
            assert f"* **Own cost.** {cost.title}, " in part, name


def test_an_effect_on_departures_is_shown_without_a_size(text, workspace):
    for name, lever in workspace.levers.items():
        assert part_of(text, name).count("none unless cited") == len(lever.effects), name
