"""Levers in records: told at their intensity, cited effects with their source, and what levers cost by themselves."""

from dataclasses import replace

import pytest
from changed_report import bare

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.levers.schema import CitedEffect, LeverUse
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.present.report.sections.levers import lever_words
from mixedmig_model.record.changes import change_row
from mixedmig_model.record.differences import differences
from mixedmig_model.record.levers import lever_rows
from mixedmig_model.record.parameters import parameter_rows
from mixedmig_model.record.schema.options import OptionPart

BASE = "most_likely"
EFFECT = CitedEffect(parameter="responses.enforcement_effect", value=0.1, source="S2", reason="The size of a test.")
USES = (
    LeverUse(lever="smuggling_enforcement", intensity=0.5, effects=(EFFECT,)),
    LeverUse(lever="registration_surge", intensity=0.5, start=31, until=59, countries=("northmark",)),
    LeverUse(lever="sar", intensity=0.0),
    LeverUse(lever="disembarkation"), LeverUse(lever="taskforce"),
)


@pytest.fixture(scope="module")
def inputs(workspace):
    return read_case(workspace, "generic_surge").with_levers(BASE, USES, "made")


@pytest.fixture(scope="module")
def records(inputs):
    before = resolve(inputs, BASE)
    return lever_rows(inputs, "made", lambda change: change_row(inputs, before, change))


def told(records, lever, parameter):
    record = next(one for one in records if one.name == lever)
    return next(change for change in record.changes if change.parameter == parameter)


def test_levers_stand_in_the_record_with_their_intensity_dates_and_places(records):
    surge = next(one for one in records if one.name == "registration_surge")
    assert [one.name for one in records] == [
        "smuggling_enforcement", "registration_surge", "disembarkation", "taskforce",
    ]
    assert (surge.intensity, surge.where) == (0.5, "Northmark (invented)")
    assert surge.when == "from 1 Feb 2018 until 1 Mar 2018"
    assert told(records, "registration_surge", "registration.officers").operation == "50 % of: multiplied by 2"


def test_side_effects_and_the_strength_of_evidence_are_told_in_words(records):
    text = str(lever_words(records[0]))
    assert "at 50 % of its strength" in text
    assert "Side effect that cannot be removed: Crews abandon boats" in text
    assert "weak evidence" in text


def test_a_cited_effect_carries_the_source_that_the_scenario_cites(records, workspace):
    effect = told(records, "smuggling_enforcement", "responses.enforcement_effect")
    assert (effect.operation, effect.reason) == ("set to 0.1", "The size of a test.")
    assert effect.cited == workspace.sources["S2"].title
    assert told(records, "smuggling_enforcement", "responses.enforcement").cited == ""


def test_a_comparison_tells_sources_and_costs_of_levers(inputs, records, workspace):
    words = {"title": "T", "description": "", "paragraphs": (), "judgement": {"sentence": ""},
             "same_people": True, "changes": ()}
    scenarios = [OptionPart(name=BASE, **words), OptionPart(name="made", levers=records, **words)]
    no_changes = {"changes": (), "own_costs": {}}
    only_levers = {name: inputs.scenario(name).model_copy(update=no_changes) for name in (BASE, "made")}
    book = bare(baseline=BASE, scenarios=scenarios, parameters=parameter_rows(inputs))
    rows = differences(replace(inputs, scenarios=only_levers), book, "made")
    by_input = {row.parameter: row for row in rows}
    assert by_input["responses.enforcement_effect"].quality == "cited"
    assert by_input["responses.enforcement_effect"].source == workspace.sources["S2"].title
    assert by_input["responses.enforcement"].quality == "weak evidence"
    assert by_input["screening.minimum_time"].quality == "no evidence"
    assert {row.parameter for row in rows if row.kind == "own_costs"} == {
        "enforcement_teams", "disembarkation_liaison", "task_force_secretariat",
    }
    assert by_input["enforcement_teams"].operation == "20000 USD a month"
