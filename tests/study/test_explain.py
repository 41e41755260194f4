"""Each name is explained, with files and lines that hold what they are said to hold; and with what formulas read."""

from collections import Counter

import pytest
from results.hand_dataset import Hand

from mixedmig_model.equations.table import FLOWS, STOCKS
from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.results.indicators.facts import Facts
from mixedmig_model.results.indicators.table import INDICATORS
from mixedmig_model.study.explain.explain import explain, explain_named
from mixedmig_model.study.explain.explanation import Library
from mixedmig_model.study.explain.hazards import equation_readers, hazards
from mixedmig_model.study.explain.names import KINDS, find, names_of
from mixedmig_model.study.explain.reads import indicator_reads
from mixedmig_model.vocabulary import contract

ALWAYS = {
    "indicator": {"formula"}, "flow": {"comes from", "goes to", "formula", "reads parameters"},
    "stock": {"entered by"}, "stage": {"entered by", "left by", "read by indicators"},
    "parameter": {"value", "range", "source", "read by"}, "lever": {"changes", "evidence", "source"},
    "preset": {"levers"}, "item": {"driver", "formula", "prices", "payers", "source"},
}
"""What no explanation of a kind may lack."""


@pytest.fixture(scope="module")
def explanations(workspace, andaman):
    library = Library(workspace, andaman)
    return [explain_named(library, one) for make in KINDS.values() for one in make(workspace)]


def test_every_name_has_an_explanation_that_says_where_it_comes_from(explanations, workspace):
    counts = Counter(one.kind for one in explanations)
    assert counts == {
        "indicator": len(INDICATORS), "flow": len(FLOWS), "stock": len(STOCKS), "stage": 9, "parameter": len(CATALOGUE),
        "lever": len(workspace.levers), "preset": len(workspace.presets), "item": len(workspace.costs.items)}
    for one in explanations:
        assert {part.title for part in one.parts} >= ALWAYS[one.kind], one.name
        assert one.title, one.name
        assert len(one.meaning) > 10, one.name
        assert one.unit or one.kind in ("lever", "preset"), one.name


def test_every_file_exists_and_every_line_holds_what_it_is_said_to_hold(explanations, root):
    lines = {}
    for one in explanations:
        for spot in one.spots:
            if spot.file not in lines:
                lines[spot.file] = (root / spot.file).read_text(encoding="utf-8").splitlines()
            assert spot.sign in lines[spot.file][spot.line - 1], (one.name, spot)
            assert spot.sign, (one.name, spot)


def test_an_item_of_several_sectors_says_their_shares_and_what_these_rest_on(workspace):
    library = Library(workspace, read_case(workspace, "uk_asylum_2010_2022"))
    named = next(one for one in names_of(workspace, "items", "reception_sites") if one.name == "reception_sites")
    found = explain_named(library, named)
    assert "several sectors" in found.meaning
    part = next(part for part in found.parts if part.title == "sectors")
    assert [entry.text for entry in part.entries] == [
        "food 37 %, camp_coordination 30 %, shelter 22 %, water_sanitation 11 % (assumption, CB11)",
        "uk_asylum_2010_2022: shelter 79.5 %, food 20.5 % (published, HO24)"]
    assert [entry.spot.file for entry in part.entries] == [
        "parameters/costs/reception.yaml", "parameters/cases/uk_asylum_2010_2022/costs.yaml"]


def test_every_flow_says_which_equations_and_inputs_its_hazard_has():
    found = hazards()
    assert set(found) == {flow.name for flow in FLOWS}
    assert found["resettled"].parameters == (
        "solutions.resettlement_share", "solutions.resettlement_places", "solutions.resettlement_time")
    assert found["resettled"].functions[0].sign == "def resettlement_hazard"
    assert found["onward_deaths"].parameters == ("onward.journey_time", "onward.mortality")
    assert found["deaths_adrift"].functions == ()  # its hazard is the input itself
    assert set(found["departed"].parameters) >= {"arrivals.scale", "arrivals.composition", "responses.enforcement"}
    assert "detention.time_limit" in found["released_by_limit"].parameters


def test_every_parameter_of_the_equations_is_read_by_one_of_their_functions():
    readers = equation_readers()
    assert [spot.sign for spot in readers["determination.officers"]] == ["def targets"]
    assert [spot.sign for spot in readers["journey.adrift_death_rate"]] == ["def _journey"]
    assert readers["standards.water"] == ()  # results read it


class Watched(dict):
    """Variables of a run that remember which of them were asked for."""

    def __init__(self, variables):
        super().__init__(variables)
        self.asked = set()

    def __getitem__(self, name):
        self.asked.add(name)
        return super().__getitem__(name)


class WatchedRun:
    """A Dataset that remembers which variables were read."""

    def __init__(self, ds):
        self.ds, self.variables = ds, Watched(ds.variables)

    def __getitem__(self, name):
        self.variables.asked.add(name)
        return self.ds[name]

    def __getattr__(self, name):
        return getattr(self.ds, name)


def test_an_indicator_reads_what_it_is_said_to_read():
    ds = Hand(40).open("people", 50.0, stage="screening", place="reception").move(
        "registered", 3, 4.0, place="reception").dataset()
    for indicator in INDICATORS:
        run, said = WatchedRun(ds), indicator_reads()[indicator.key]
        indicator.compute(Facts(run))
        flows = {name.removeprefix("flow_") for name in run.variables.asked if name.startswith("flow_")}
        assert flows <= set(said.flows), indicator.key
        inputs = {name.removeprefix("input_") for name in run.variables.asked if name.startswith("input_")}
        others = {name for name in run.variables.asked if name.startswith(("daily_", "staff_", "work_", "service_"))}
        stocks = {f"daily_{name}" for name in said.stocks} | {"daily_flow", "daily_flow_region"}
        assert others <= {*said.variables, *stocks}, indicator.key
        assert inputs <= {name.replace(".", "_") for name in said.parameters}, indicator.key


def test_a_name_of_several_kinds_is_explained_once_for_each(workspace):
    found, message = explain(workspace, "resettled")
    assert [one.kind for one in found] == ["indicator", "flow", "stock"]
    assert message == ""


def test_a_case_says_its_own_value_and_what_its_scenarios_change(workspace, andaman):
    (one,), _ = explain(workspace, "determination.officers", andaman)
    texts = [entry.text for entry in one.part("in the case")]
    assert texts[0] == "andaman_sea_2015: thailand: 2 officer (assumption, assumption)"
    assert "scenario standing_preparedness: add 4 from 2015-04-01" in texts
    assert one.part("in the case")[0].spot.file == "parameters/cases/andaman_sea_2015/case.yaml"
    (one,), _ = explain(workspace, "journey.unrecorded_share")
    assert one.part("in the case") == ()


def test_an_unknown_name_is_refused_with_the_nearest(workspace):
    with pytest.raises(InputFaultsError, match=r"unknown name; found 'determination\.oficers'; allowed: determination.*"
                       r"did you mean 'determination\.officers'\?"):
        find(workspace, "determination.oficers")


def test_an_old_name_is_explained_by_its_new_one_and_said(workspace, monkeypatch):
    planted = contract.Renamed("parameter", "decision.officers", "determination.officers", "9.9.0")
    monkeypatch.setattr(contract, "RENAMED", (planted,))
    (one,), message = explain(workspace, "decision.officers")
    assert one.name == "determination.officers"
    assert message == ("the parameter decision.officers is called determination.officers since version 9.9.0; the old "
                       "name stops working with the next version")


def test_lists_hold_all_names_of_a_kind_or_those_with_a_word(workspace):
    assert len(names_of(workspace, "parameters")) == len(CATALOGUE)
    assert [one.name for one in names_of(workspace, "parameters", "who decide claims")] == []
    assert [one.name for one in names_of(workspace, "parameters", "PANELS")] == ["appeal.panels"]
    assert {one.kind for one in names_of(workspace, "items", "tent")} == {"item"}
    with pytest.raises(InputFaultsError, match=r"unknown kind; found 'lever'; allowed: indicators, flows, .*"
                       r"did you mean 'levers'\?"):
        names_of(workspace, "lever")
