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
    ("grid:\n  scenarios: [as_it_hapened]\n", "intake.yaml:5: grid.scenarios.0: unknown scenario; found "
     "'as_it_hapened'; allowed: …; did you mean 'as_it_happened'?"),
    ("runs:\n  - {name: a, scenario: nothing}\n", "intake.yaml:5: runs.0.scenario: unknown scenario; found "
     "'nothing'; allowed: …"),
    ("grid:\n  levers: {screning: [1]}\n", "intake.yaml:5: grid.levers.screning: unknown lever; found 'screning'; "
     "allowed: …; did you mean 'screening'?"),
    ("grid:\n  values: {work.hours: [1]}\n", "intake.yaml:5: grid.values.work.hours: unknown parameter; found "
     "'work.hours'; allowed: …"),
    ("runs:\n  - {name: a}\n  - {name: a}\n", "intake.yaml:6: runs.1.name: duplicate name; found 'a'; allowed: "
     "another name"),
    ("grid:\n  levers: {sar: [1.5]}\n", "intake.yaml:5: grid.levers.sar.0: …; found 1.5; allowed: …"),
])
def test_faults_of_a_batch_file(batch_of, text, message):
    pattern = re.escape(message).replace("…", "[^\n]*")
    with pytest.raises(InputFaultsError, match=pattern):
        batch_of(text)


@pytest.mark.parametrize(("text", "message"), [
    ("grid:\n  values: {detention.detained_share: [0.1, 1.5]}\n", "intake.yaml:5: "
     "grid.values.detention.detained_share.1: detention.detained_share leaves its bounds on 2015-01-01 in scenario "
     "as_it_happened; found 1.5; allowed: 0 to 1 share"),
    ("grid:\n  values: {registration.officers: [5, 1.0e+9]}\n", "intake.yaml:5: grid.values.registration.officers.1: "
     "registration.officers lies more than 100 times beyond its range on 2015-01-01 in scenario as_it_happened; "
     "found 1e+09; allowed: 0 to 5000 officer"),
    ("grid:\n  values: {responses.information_effect: [0, -0.04]}\n", "intake.yaml:5: "
     "grid.values.responses.information_effect.1: an effect of policy on departures needs a source, in a run of the "
     "scenario as_it_happened; found -0.04; allowed: zero, or a value with a source …"),
    ("runs:\n  - {name: a, values: {referral.protected_share: 0.9}}\n", "intake.yaml:5: "
     "runs.0.values.referral.protected_share: referral.protected_share and referral.determination_share together "
     "exceed one in scenario as_it_happened; found 1.5; allowed: at most 1"),
    ("runs:\n  - {name: a, scenario: disembark_within_two_days, values: {journey.refused_share: 0.1}}\n",
     "intake.yaml:5: runs.0.values.journey.refused_share: the parameter is already set at this time, in a run of the "
     "scenario disembark_within_two_days; found 'journey.refused_share'; allowed: one set at a time"),
    ("runs:\n  - {name: a, values: {detention.time_limit: 30.5}}\n", "intake.yaml:5: "
     "runs.0.values.detention.time_limit: the limit of detention is not a whole number of days on 2015-01-01 in "
     "scenario as_it_happened; found 30.5"),
])
def test_a_run_that_cannot_be_made_is_found_when_the_file_is_read(batch_of, text, message):
    pattern = re.escape(message).replace("…", "[^\n]*")
    with pytest.raises(InputFaultsError, match=rf"\A1 fault in the input:\n  {pattern}"):
        batch_of(text)


def test_a_value_beyond_its_range_is_run_with_a_caution_that_names_its_place(batch_of):
    found = batch_of("grid:\n  values: {registration.officers: [5, 9000]}\n")
    assert [str(one) for one in found.cautions] == [
        "intake.yaml:5: grid.values.registration.officers.1: registration.officers lies outside its range from "
        "2015-01-01 in scenario as_it_happened; found 9000; range: 0 to 5000 officer"]


def test_a_scenario_run_as_it_is_has_a_title_of_its_own(batch_of):
    point, = batch_of("runs:\n  - {name: a}\n").points
    assert point.title == "As it happened; unchanged"


def test_the_ends_of_a_large_grid_are_resolved(batch_of):
    axis = ", ".join(str(k / 20) for k in range(20))
    with pytest.raises(InputFaultsError, match=r"grid\.values\.referral\.protected_share\.\d+: referral\.protected_"):
        batch_of(f"grid:\n  values: {{detention.detained_share: [{axis}], referral.protected_share: [{axis}]}}\n")


def test_too_many_runs_are_refused_before_they_are_made(batch_of):
    axis = ", ".join(str(k / 1000) for k in range(101))
    with pytest.raises(InputFaultsError, match=r"grid: too many runs; found '10,201'; allowed: at most 10,000"):
        batch_of(f"grid:\n  values: {{detention.detained_share: [{axis}], journey.refused_share: [{axis}]}}\n")


def test_several_faults_come_at_once(batch_of):
    with pytest.raises(InputFaultsError, match="3 faults in the input"):
        batch_of("grid:\n  scenarios: [x]\n  levers: {y: [1]}\n  values: {z: [1]}\n")
