"""What the fuzzer found: days that nothing can mean, links to nothing, and levers' numbers of two readings."""

import re

import pytest
from fuzzing.workspace import HOME, Link, put, small

from mixedmig_model.inputs.check import check_workspace
from mixedmig_model.inputs.reading.faults import InputFaultsError

ALT = f"{HOME}/scenarios/alt.yaml"


def checked(folder, file, old="", new=""):
    """What ``check`` makes of the small workspace with one text replaced, or with a link to nothing in its place."""
    tree = small()
    if old:
        text = tree[file].decode()
        assert old in text
        tree[file] = text.replace(old, new, 1).encode()
    else:
        tree[file] = Link("nowhere")
    put(tree, folder)
    return check_workspace(folder)


@pytest.mark.parametrize(("file", "old", "new", "place"), [
    (f"{HOME}/case.yaml", "end: 2018-05-01", "end: 9999-12-31", "end"),
    (f"{HOME}/case.yaml", "start: 2018-01-01", "start: 0001-01-01", "start"),
    (f"{HOME}/case.yaml", "2018-07-15: 9", "0018-07-15: 9", "parameters.screening.officers.by_country.harbourland"),
    (ALT, "start: 2018-01-01", "start: 1018-01-01", "own_costs.extra.start"),
    (f"{HOME}/arrivals.csv", "2018-05-01", "9999-12-31", "end"),
    (f"{HOME}/arrivals.csv", "2018-01-01", "1018-01-01", "start"),
    (f"{HOME}/observed.csv", "2018-04-01", "3018-04-01", "end"),
])
def test_a_day_in_a_year_that_cannot_be_meant_is_a_fault(file, old, new, place, tmp_path):
    with pytest.raises(InputFaultsError) as told:
        checked(tmp_path, file, old, new)
    day = re.search(r"[0-9-]{10}", new)[0]
    assert re.search(rf"{file}:\d+: {place}[\w.-]*: implausible year; found '?{day}'?; "
                     r"allowed: years from 1900 to 2199", str(told.value))


@pytest.mark.parametrize("file", [
    f"{HOME}/costs.yaml", "parameters/presets.yaml", "parameters/traceability.yaml", "parameters/base/law.yaml",
    "parameters/costs/staff.yaml", ALT,
])
def test_a_link_to_nothing_is_a_fault_and_not_a_file_that_is_missing(file, tmp_path):
    with pytest.raises(InputFaultsError, match=rf"{file}: (the file cannot be read|the file does not exist)"):
        checked(tmp_path, file)


@pytest.mark.parametrize(("file", "old", "new", "said"), [
    ("levers/journey.yaml", "add: 1000", "add: 1.000", "levers.pathways.changes.0.add: "),
    ("levers/detention.yaml", "add: 100", "add: 1.250", "levers.atd.changes.0.add: "),
    ("levers/intake.yaml", "price: {value: 12000, range: [4000, 40000]", "price: {value: 12.000, range: [4, 40]",
     "levers.agency_access.own_costs.agency_teams.price.value: "),
])
def test_a_number_of_a_lever_that_can_be_read_in_two_ways_has_a_caution(file, old, new, said, tmp_path):
    assert checked(tmp_path / "before", f"parameters/{file}", "schema: 1", "schema: 1").cautions == ()
    cautions = [str(one) for one in checked(tmp_path / "after", f"parameters/{file}", old, new).cautions]
    assert len(cautions) == 1
    words = f"{re.escape(said)}a number that can be read in two ways; found "
    assert re.match(rf"parameters/{file}:\d+: {words}", cautions[0])
