"""Names that the program uses itself: nothing of a workspace can have one and take its place."""

import pytest
from faulty_workspace import SCENARIO, exactly, read_all, swap
from small_case import write_small

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.check import check_workspace
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.vocabulary.titles import ADDED_TITLES

ADDED = "the name is used by a line of every plan; found '{0}'; allowed: another name"
OWN = ("own_costs:\n  {}:\n    title: {}\n    activity: A\n    stage: screening\n    sector: protection\n"
       "    phase: response\n    behaviour: fixed\n    price: {{value: 1, range: [1, 2], currency: USD, "
       "price_year: 2017, source: assumption, quality: assumption}}\n    payers: {{donor: 1}}\n").format


@pytest.mark.parametrize("name", ADDED_TITLES)
def test_a_cost_of_a_scenario_cannot_be_called_as_a_line_that_every_plan_adds(folder, name):
    """Sums by name counted an own cost called contingency as contingency."""
    path = folder / SCENARIO
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{OWN(name, 'Mine')}", encoding="utf-8")
    message = f"parameters/{SCENARIO}:…: own_costs.{name}: {ADDED.format(name)}"
    with pytest.raises(InputFaultsError, match=exactly(message)):
        read_all(folder.parent)


@pytest.mark.parametrize("title", ADDED_TITLES.values())
def test_a_cost_cannot_have_the_title_of_a_line_that_every_plan_adds(folder, title):
    path = folder / SCENARIO
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{OWN('mine', title)}", encoding="utf-8")
    with pytest.raises(InputFaultsError, match=r"own_costs\.mine\.title: the title is used by the cost "):
        read_all(folder.parent)


@pytest.mark.parametrize(("file", "old", "place"), [
    ("costs/registration.yaml", "  registration_materials:\n", "items.contingency"),
    ("levers/intake.yaml", "      agency_teams:\n", "levers.agency_access.own_costs.contingency")])
def test_nor_can_an_item_of_the_cost_book_or_a_cost_of_a_lever(folder, file, old, place):
    line = swap(file, old, old.replace(old.strip(), "contingency:"))(folder)
    with pytest.raises(InputFaultsError) as caught:
        read_workspace(folder.parent)
    assert f"parameters/{file}:{line}: {place}: {ADDED.format('contingency')}" in map(str, caught.value.faults)


def test_a_case_cannot_be_called_as_the_folder_of_batches(tmp_path):
    write_small(tmp_path).rename(tmp_path / "parameters" / "cases" / "batches")
    said = "the name is used by another folder of reports; found 'batches'; allowed: another name"
    with pytest.raises(InputFaultsError) as caught:
        check_workspace(tmp_path)
    assert [str(fault) for fault in caught.value.faults] == [f"parameters/cases/batches: {said}"]
    with pytest.raises(InputFaultsError, match=f"case: {said}"):
        read_case(read_workspace(tmp_path), "batches")
