"""One round of ``check`` finds every fault that the text allows, and only those: nothing that follows from another."""

import pytest
from faulty_workspace import CASE, DEPARTURES, NAME, OBSERVED, SCENARIO, SCENARIOS, swap, write

from mixedmig_model.inputs.check import check_workspace
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.reading.validation import validate_rest
from mixedmig_model.inputs.reading.yaml_reader import parse_document
from mixedmig_model.inputs.schema import Case, Scenario

SEEDED = {
    "schema of a base file": (swap("base/law.yaml", "unit: share", "unit: 12"), "parameters.child_exemption.unit"),
    "a number of a base file": (swap("base/appeal.yaml", "    value: 0.7\n", "    value: 1.7\n"), "appealed_share"),
    "a source": (swap("base/disclosure.yaml", "source: ", "source: Q"), "parameters.rate.source"),
    "a rule of money": (swap("costs/money.yaml", "{value: 0.1, range: [0", "{value: 0.1, range: [-0"), "contingency"),
    "schema of a cost item": (swap("costs/registration.yaml", "sector: documentation", "sector: paper"), ".sector"),
    "a lever": (swap("levers/intake.yaml", "    title: ", "    titel: "), "levers."),
    "schema of a case": (swap(CASE, "title: ", "title: ''\nunknown: "), "unknown"),
    "a number of a case": (swap(CASE, "    value: 30\n", "    value: 90000\n"), "parameters.journey.voyage_time"),
    "a cell of a table": (swap(DEPARTURES, "20000", "many"), "persons"),
    "a published total": (swap(OBSERVED, "deaths_at_sea", "death_at_sea"), "quantity"),
    "schema of a scenario": (swap(SCENARIO, "    set: 0\n", "    set: none\n"), "changes.1.set"),
    "a date of a scenario": (swap(SCENARIO, "start: 2015-05-01", "start: 2035-05-01"), "changes.0.start"),
    "costs of a case": (swap(f"cases/{NAME}/costs.yaml", "item: community_h", "item: communit_h"), "prices.0.item"),
    "a file not read": (write(f"{SCENARIOS}/other.yml", "schema: 1\n"), ""),
    "another case": (swap("cases/generic_surge/case.yaml", "baseline: ", "baseline: x"), "baseline"),
    "a paragraph": (swap("reproduce/canada_2018.yaml", "schema: 1", "schema: 2"), "schema"),
}


@pytest.fixture
def faults(folder):
    def found(*edits):
        for edit in edits:
            edit(folder)
        with pytest.raises(InputFaultsError) as caught:
            check_workspace(folder.parent)
        return caught.value.faults
    return found


def test_sixteen_seeded_faults_come_in_one_round_and_nothing_else(faults):
    found = faults(*(edit for edit, _ in SEEDED.values()))
    for name, (_, path) in SEEDED.items():
        assert any(path in fault.path for fault in found), name
    places = {(fault.file, fault.path.rsplit(".", 1)[0]) for fault in found}
    assert len(found) <= len(SEEDED) + 3, "\n".join(map(str, found))
    assert len(places) >= len(SEEDED) - 1


@pytest.mark.parametrize("name", ["schema of a base file", "schema of a cost item", "a lever", "schema of a scenario"])
def test_what_names_a_faulty_entry_is_not_called_unknown(faults, name):
    found = faults(SEEDED[name][0])
    assert len({fault.line for fault in found}) <= 2, found
    assert not [fault for fault in found if fault.problem.startswith(("unknown ", "there is no", "a parameter that"))
                and fault.problem != "unknown key"], found


@pytest.mark.parametrize("name", [
    "sources.yaml", "base/groups.yaml", "base/law.yaml", "costs/money.yaml", "costs/registration.yaml",
    "levers/intake.yaml", "presets.yaml", "cases/generic_surge/case.yaml", "cases/generic_surge/costs.yaml",
    "cases/generic_surge/scenarios/most_likely.yaml"])
def test_a_file_that_is_no_yaml_is_one_fault_and_brings_no_others(faults, name):
    (found,) = faults(write(name, "a: b: c\n"))
    assert (found.file, found.line) == (f"parameters/{name}", 1)
    assert found.problem.startswith("not valid YAML")


def test_a_source_without_its_title_is_one_fault_and_no_source_is_called_unknown(faults):
    (found,) = faults(swap("sources.yaml", "    title: ", "    note: "))
    assert found.problem == "a required key is missing"


def test_faults_of_a_scenario_hide_none_of_another(faults):
    found = faults(
        swap(SCENARIO, "    set: 0\n", "    set: none\n"),
        swap(f"{SCENARIOS}/standing_preparedness.yaml", "reason: ", "reasons: "),
        write(f"{SCENARIOS}/beyond.yaml", f"schema: 1\ncase: {NAME}\ntitle: Beyond\ndescription: D\nchanges:\n"
              "  - {parameter: journey.refused_share, add: 1, reason: R}\n"))
    assert {fault.file.rsplit("/", 1)[1] for fault in found} == {
        "disembark_within_two_days.yaml", "standing_preparedness.yaml", "beyond.yaml"}
    assert any("leaves its bounds" in fault.problem for fault in found)  # a scenario without faults is resolved


def test_entries_keep_their_numbers_where_faulty_ones_are_left_out():
    text = ("schema: 1\ncase: c\ntitle: T\ndescription: D\nchanges:\n  - {parameter: a.b, set: x, reason: R}\n"
            "  - {parameter: c.d, set: 1, reason: R}\n")
    rest = validate_rest(parse_document(text, "s.yaml"), Scenario)
    assert [str(one) for one in rest.faults] == ["s.yaml:6: changes.0.set: not a number; found 'x'; allowed: a number"]
    assert [change.parameter for change in rest.record.changes] == ["c.d"]
    location = rest.document.location(("changes", 0, "set"))
    assert (location.line, location.path) == (7, "changes.1.set")


def test_a_case_without_dates_is_not_guessed():
    rest = validate_rest(parse_document("schema: 1\ntitle: T\n", "case.yaml"), Case)
    assert rest.record is None
    assert {fault.path for fault in rest.faults} >= {"start", "end", "countries"}
