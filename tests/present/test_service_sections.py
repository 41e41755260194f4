"""Sections on services, countries and responses: their messages, and the runs with and without responses."""

import re
from dataclasses import replace

import numpy as np
import pytest
from changed_report import changed

from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.schema import Change, Scenario
from mixedmig_model.present.report.sections import regional, services
from mixedmig_model.record.schema.base import data_of
from mixedmig_model.solve.schedule import Schedule
from mixedmig_model.study import scenarios
from mixedmig_model.study.responses import responses, without_responses
from mixedmig_model.study.scenarios import NEED_SHARE, WITHOUT, need_range, plan
from mixedmig_model.vocabulary.titles import FUNCTION_TITLES

EFFECT = "responses.deterrence_elasticity"


@pytest.fixture(scope="module")
def deterring(andaman):
    """The case with a scenario in which departures respond to deterrence, its source cited."""
    made = (
        Change(parameter=EFFECT, set=-0.2, source="S67", reason="a test"),
        Change(parameter="responses.harshness", set=0.5, reason="a test"),
    )
    scenario = Scenario(
        schema=1, case=andaman.name, title="Deterring", description="Deterring.", changes=made
    )
    return replace(andaman, scenarios={**andaman.scenarios, "deterring": scenario})


def text_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", str(html)))


def test_the_shipped_case_has_no_response_and_its_report_says_so(andaman, book):
    assert responses(resolve(andaman)) == []
    text = text_of(regional.responses_table(book[0]))
    assert "No option changes how many people depart, or who" in text


def test_a_scenario_with_a_response_is_run_without_it_too(deterring, tmp_path):
    tasks = plan(deterring, ["as_it_happened", "deterring"], tmp_path)
    extra = [task for task in tasks if task.side in WITHOUT.values()]
    assert [(task.scenario, task.name) for task in extra] == [("deterring", f"deterring ({name})") for name in (
        "without responses", "without responses, low need share", "without responses, high need share")]
    assert [task.need_share for task in extra] == [None, *need_range(deterring)]
    assert all(task.file is None for task in extra)


@pytest.mark.parametrize("side", ["default", "low", "high"])
def test_a_run_without_responses_keeps_the_need_share_of_its_side(side, deterring, tmp_path, monkeypatch):
    made = []
    monkeypatch.setattr(scenarios, "_read", lambda *_: deterring)
    monkeypatch.setattr(scenarios, "run_one", lambda run, *_: made.append(run))
    tasks = {task.side: task for task in plan(deterring, ["deterring"], tmp_path)}
    for task in (tasks[side], tasks[WITHOUT[side]]):
        scenarios.perform([task])
    with_, bare = made
    assert (responses(with_), responses(bare)) == ([EFFECT], [])
    share = {run.parameters[NEED_SHARE].values[0, 0] for run in made}
    assert share == {dict(zip(("default", "low", "high"), (0.36, *need_range(deterring)), strict=True))[side]}


def test_without_responses_departures_are_the_baselines_and_the_digest_is_its_own(deterring):
    run = resolve(deterring, "deterring")
    assert responses(run) == [EFFECT]
    bare = without_responses(run)
    assert responses(bare) == []
    assert bare.digest != run.digest
    levels = Schedule(bare).at(0.0)
    assert np.all(levels.responses.deterrence_elasticity == 0.0)
    assert np.array_equal(levels.arrivals.departures, Schedule(resolve(deterring)).at(0.0).arrivals.departures)


def test_results_with_and_without_responses_stand_side_by_side(book):
    made = changed(book[0], responses=[{
        "scenario": "as_it_happened", "responses": ["Effect of deterrence"], "values": {"deaths": [300.0, 335.0]},
    }])
    text = text_of(regional.responses_table(made))
    assert "Fewer departures are never a goal here" in text
    assert "effect of enforcement and of regular places on departures is assumed" in text
    assert "and is judged by those numbers" in text
    assert "As it happened: Effect of deterrence" in text
    assert "300 335" in text


def test_services_near_capacity_carry_a_warning_or_the_page_says_there_are_none(book):
    name = book[0].names[0]
    tables = {key: data_of(table) for key, table in book[0].record.services.items()}
    near = {"function": "appeal", "country": "malaysia", "share": 0.74, "team": 0.94}
    loud = changed(book[0], services={**tables, name: {**tables[name], "warnings": [near]}})
    text = text_of(services.warnings(loud))
    assert "Waits of these small, busy teams are understated" in text
    assert "appeal (panels) in Malaysia (74 % of days, 0.94 officers)" in text
    quiet = changed(book[0], services={key: {**table, "warnings": []} for key, table in tables.items()})
    assert "No service runs at 80 to 105 % of its capacity for more than 5 % of days." in text_of(
        services.warnings(quiet)
    )


def test_waits_staff_and_places_name_every_service_and_country(book):
    waits, staff = text_of(services.waits_table(book[0])), text_of(services.posts_table(book[0]))
    for title in FUNCTION_TITLES.values():
        assert title in waits
        assert title in staff
    places = text_of(services.places_table(book[0]))
    assert all(country in places for country in book[0].countries.values())


def test_the_ledger_of_countries_adds_up_on_the_page(book):
    for name in book[0].names:
        ledger = book[0].record.services[name].ledger
        came = np.sum([ledger[k] for k in ("hosted_at_opening", "landed", "landed_unrecorded",
                                           "entered_with_claim", "arrived_from_countries", "transferred_in")], axis=0)
        went = np.sum([ledger[k] for k in (
            "set_out_onward", "transferred_out", "returned_assisted", "returned_induced", "returned_enforced",
            "resettled", "repatriated", "integrated", "regularised")], axis=0)
        assert came - went == pytest.approx(np.array(ledger["hosted_at_end"]), abs=1e-4)
    text = text_of(regional.ledger_table(book[0]))
    assert "sums over countries count them twice" in text
    tables = {key: data_of(table) for key, table in book[0].record.services.items()}
    empty = {key: [[0.0] * 5] * 5 for key in ("onward", "transferred")}
    still = {key: {**table, "between": empty} for key, table in tables.items()}
    assert "Nobody moves between the countries of this run." in text_of(
        regional.between_table(changed(book[0], services=still))
    )


def test_figures_observed_elsewhere_are_marked_where_the_model_lies_outside(book):
    text = text_of(regional.checks_table(book[0]))
    found = [check for name in book[0].names for check in book[0].record.services[name].checks]
    assert text.count(": outside") == sum(check.inside is False for check in found)
    assert "None of these figures is an input." in text
