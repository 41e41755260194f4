"""Batch files: what they say becomes runs, and every fault is told with its line."""

import json
import re

import pytest

from mixedmig_model.inputs.batch import read_batch
from mixedmig_model.inputs.reading.faults import InputFaultsError

HEAD = "schema: 1\ntitle: A batch\ncase: andaman_sea_2015\n"


@pytest.fixture
def batch_of(tmp_path, workspace):
    def read(text):
        (tmp_path / "intake.yaml").write_text(HEAD + text, encoding="utf-8")
        return read_batch(tmp_path / "intake.yaml", workspace)
    return read


def test_a_grid_is_every_combination_the_last_axis_fastest(batch_of):
    found = batch_of("grid:\n  scenarios: [as_it_happened, standing_preparedness]\n  levers: {screening: [0, 0.5]}\n"
                     "  values: {detention.detained_share: [0.1, 0.2, 0.3]}\n")
    assert (found.name, found.title, len(found.points)) == ("intake", "A batch", 12)
    assert [point.name for point in found.points[:2]] == ["run-00001", "run-00002"]
    assert found.points[1].title == "As it happened; Screening for protection needs 0 %; Detained at landing 0.2"
    first, last = (json.loads(found.points[k].scenario) for k in (0, -1))
    assert first["levers"] == []  # at intensity 0 a lever does nothing
    assert last["levers"] == [{"lever": "screening", "intensity": 0.5}]
    assert last["changes"][-1] == {
        "parameter": "detention.detained_share", "set": 0.3, "reason": "A value of the batch."}
    assert last["changes"][0]["parameter"] == "registration.officers"  # the scenario's own


def test_a_list_keeps_its_names_and_its_order(batch_of):
    found = batch_of("runs:\n  - {name: much, levers: {sar: 1}}\n"
                     "  - {name: none, scenario: disembark_within_two_days}\n")
    assert [point.name for point in found.points] == ["much", "none"]
    assert json.loads(found.points[0].scenario)["levers"][0]["lever"] == "sar"


def test_a_long_title_is_cut(batch_of):
    levers = ", ".join(f"{name}: [1]" for name in ("screening", "reception", "preparedness", "registration_surge",
                                                   "appeal_legal_aid"))
    point = batch_of(f"grid:\n  levers: {{{levers}}}\n").points[0]
    assert len(point.title) == 120
    assert point.title.endswith("\N{HORIZONTAL ELLIPSIS}")


@pytest.mark.parametrize(("text", "message"), [
    ("", "intake.yaml:1: give exactly one of runs, grid; found neither"),
    ("runs: [{name: a}]\ngrid: {}\n", "intake.yaml:1: give exactly one of runs, grid; found both"),
    ("grid:\n  scenarios: [as_it_hapened]\n", "intake.yaml:5: grid.scenarios.0: there is no such scenario; found "
     "'as_it_hapened'; allowed: …; did you mean 'as_it_happened'?"),
    ("runs:\n  - {name: a, scenario: nothing}\n", "intake.yaml:5: runs.0.scenario: there is no such scenario; found "
     "'nothing'; allowed: …"),
    ("grid:\n  levers: {screning: [1]}\n", "intake.yaml:5: grid.levers.screning: unknown lever; found 'screning'; "
     "allowed: …; did you mean 'screening'?"),
    ("grid:\n  values: {work.hours: [1]}\n", "intake.yaml:5: grid.values.work.hours: unknown parameter; found "
     "'work.hours'; allowed: …"),
    ("runs:\n  - {name: a}\n  - {name: a}\n", "intake.yaml:6: runs.1.name: two runs have one name; found 'a'; allowed: "
     "another name"),
    ("grid:\n  levers: {sar: [1.5]}\n", "intake.yaml:5: grid.levers.sar.0: …; found 1.5; allowed: …"),
])
def test_faults_of_a_batch_file(batch_of, text, message):
    pattern = re.escape(message).replace("…", "[^\n]*")
    with pytest.raises(InputFaultsError, match=pattern):
        batch_of(text)


def test_too_many_runs_are_refused_before_they_are_made(batch_of):
    axis = ", ".join(str(k / 1000) for k in range(101))
    with pytest.raises(InputFaultsError, match=r"grid: too many runs; found '10,201'; allowed: at most 10,000"):
        batch_of(f"grid:\n  values: {{detention.detained_share: [{axis}], journey.refused_share: [{axis}]}}\n")


def test_several_faults_come_at_once(batch_of):
    with pytest.raises(InputFaultsError, match="3 faults in the input"):
        batch_of("grid:\n  scenarios: [x]\n  levers: {y: [1]}\n  values: {z: [1]}\n")
