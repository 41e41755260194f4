"""Levers as measures: each gets its share with what it costs, presets taken apart; shares sum to the difference."""

import numpy as np
import pytest
from short_case import short_case

from mixedmig_model.inputs.levers.schema import LeverUse
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.schema import Change
from mixedmig_model.record.words.measures import measure_title
from mixedmig_model.results.costs.lines import cost_run
from mixedmig_model.results.costs.pricing import price_scenario
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.run import choose_solver
from mixedmig_model.study.attribution.attribute import attribute, coalition, players_of, with_scenario

BASE, OPTION = "most_likely", "early_hiring"
USES = (
    LeverUse(lever="sar", intensity=0.5), LeverUse(lever="agency_access"), LeverUse(lever="law", intensity=0.0),
    LeverUse(preset="crrf", intensity=0.0),
)
CHANGE = Change(parameter="screening.officers", scale=2.0, reason="More screeners.")


def option(case, uses, changes=(CHANGE,), base=()):
    """The case whose option and baseline use these levers."""
    scenario = case.scenario(OPTION).model_copy(update={"changes": changes, "levers": uses, "own_costs": {}})
    case = with_scenario(case, OPTION, scenario)
    return with_scenario(case, BASE, case.scenario(BASE).model_copy(update={"levers": base}))


@pytest.fixture(scope="module")
def inputs():
    return option(short_case(56), USES)


@pytest.fixture(scope="module")
def found(inputs):
    return attribute(inputs, OPTION, BASE, solver=choose_solver().solve)


def test_a_lever_is_a_measure_and_own_changes_are_measures_by_subject(inputs):
    players = players_of(inputs, OPTION, BASE)
    assert [player.name for player in players] == ["lever_agency_access", "lever_sar", "screening"]
    assert [measure_title(player.name) for player in players] == ["lever 'agency access'", "lever 'sar'", "screening"]


def test_a_preset_is_taken_apart_and_a_lever_that_both_use_alike_is_no_measure():
    case = option(short_case(), (LeverUse(preset="bali_declaration", intensity=0.5),), (),
                  (LeverUse(lever="law", intensity=0.5), LeverUse(lever="sar")))
    names = {player.name for player in players_of(case, OPTION, BASE)}
    assert names == {"lever_sar"} | {
        f"lever_{one.lever}" for one in case.workspace.presets["bali_declaration"].levers if one.lever != "law"
    }


def test_nobody_is_the_baseline_and_everybody_is_the_option_to_the_bit(inputs):
    players = players_of(inputs, OPTION, BASE)
    for members, whole in ((0, BASE), (2 ** len(players) - 1, OPTION)):
        part = coalition(inputs, OPTION, BASE, players, members)
        assert resolve(part, OPTION).digest == resolve(inputs, whole).digest
        assert part.own_costs(OPTION) == inputs.own_costs(whole)


def test_shares_sum_and_each_lever_gets_what_only_it_can_do(found):
    gaps = found.found.shares.sum(axis=0) - (found.found.whole - found.found.none)
    real = ~np.isnan(gaps)
    assert (np.abs(gaps)[real] <= 1e-9 * np.maximum(np.abs(found.found.whole[real]), 1.0)).all()
    assert real.sum() > 20
    record = found.record()
    deaths, missed = record["quantities"]["deaths"], record["quantities"]["needs_missed"]
    rescue, access = (record["measures"].index(name) for name in ("lever_sar", "lever_agency_access"))
    assert deaths["shares"][rescue] < 0.0
    assert missed["shares"][access] < 0.0
    assert abs(missed["shares"][rescue]) < 0.01 * abs(missed["shares"][access])


def test_what_a_lever_costs_by_itself_is_in_its_share(found, inputs):
    """The other two add people to receive and officers to pay; teams of agencies are the cost of access alone."""
    run = resolve(inputs, OPTION)
    ds = to_dataset(run, choose_solver().solve([run])[0])
    whole = cost_run(ds, price_scenario(inputs, OPTION)).total
    without = option(short_case(56), USES, base=()).with_levers(OPTION, (USES[0],), OPTION)
    teams = whole - cost_run(ds, price_scenario(without, OPTION)).total
    record = found.record()
    share = record["quantities"]["cost"]["shares"][record["measures"].index("lever_agency_access")]
    assert teams > 0.0
    assert share > 0.5 * teams
