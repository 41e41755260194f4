"""What made the difference: measures, combinations of them, shares that sum, and where queues go."""

from dataclasses import replace

import numpy as np
import pytest
from short_case import short_case

from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.schema import Change
from mixedmig_model.results.indicators.table import indicator_table
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.kernel.native import available
from mixedmig_model.solve.run import choose_solver
from mixedmig_model.study.attribution import attribute as module
from mixedmig_model.study.attribution import bottleneck
from mixedmig_model.study.attribution.attribute import OWN_COSTS, attribute, coalition, players_of, with_scenario
from mixedmig_model.study.attribution.bottleneck import find_bottlenecks, sped_up

MEASURES = (
    Change(parameter="rescue.reach", set=0.9, reason="More boats."),
    Change(parameter="screening.officers", scale=3.0, reason="More screeners."),
    Change(parameter="screening.agency_access", set=1.0, reason="Access."),
    Change(parameter="reception.tent_places", add=500.0, reason="Tents."),
)


@pytest.fixture(scope="module")
def inputs():
    case = short_case(28)
    option = case.scenario("early_hiring").model_copy(update={"changes": MEASURES})
    return with_scenario(case, "early_hiring", option)


@pytest.fixture(scope="module")
def found(inputs):
    return attribute(inputs, "early_hiring", "most_likely", solver=choose_solver().solve)


def test_measures_are_what_an_option_changes_in_one_subject_and_its_own_costs(inputs):
    players = players_of(inputs, "early_hiring", "most_likely")
    assert [player.name for player in players] == ["reception", "rescue", "screening", OWN_COSTS]
    assert [change.parameter for change in players[2].option] == ["screening.officers", "screening.agency_access"]
    assert set(players[3].option_costs) == {"retainers", "rooms_and_trainers"} or len(players[3].option_costs) == 2


def test_nobody_is_the_baseline_and_everybody_is_the_option(inputs):
    players = players_of(inputs, "early_hiring", "most_likely")
    asked = (inputs, "early_hiring", "most_likely", players)
    parts = [resolve(coalition(*asked, members), "early_hiring") for members in (0, 2 ** len(players) - 1)]
    base, option = resolve(inputs, "most_likely"), resolve(inputs, "early_hiring")
    for part, whole in zip(parts, (base, option), strict=True):
        for name, steps in whole.parameters.items():
            np.testing.assert_array_equal(part.parameters[name].values, steps.values, err_msg=name)


def test_shares_sum_to_the_difference_of_every_quantity(found, inputs):
    assert (found.found.coalitions, found.found.pairs, found.runs, found.solver) == (16, 0, 8, "given")  # costs: no run
    gaps = found.found.shares.sum(axis=0) - (found.found.whole - found.found.none)
    sizes = np.maximum(np.abs(found.found.whole), 1.0)
    real = ~np.isnan(gaps)
    assert (np.abs(gaps)[real] <= 1e-9 * sizes[real]).all()
    assert real.sum() > 20
    run = resolve(inputs, "early_hiring")
    table = indicator_table(to_dataset(run, choose_solver().solve([run])[0]))
    for k, key in enumerate(found.keys[:-1]):
        assert found.found.whole[k] == pytest.approx(table[key], rel=1e-3, abs=1e-3, nan_ok=True), key


def test_each_measure_gets_what_only_it_can_do(found):
    record = found.record()
    names, deaths = record["measures"], record["quantities"]["deaths"]
    rescue = names.index("rescue")
    assert deaths["shares"][rescue] < 0.0
    assert abs(deaths["shares"][rescue]) > 0.9 * abs(deaths["difference"])
    without_shelter = record["quantities"]["without_shelter_days"]
    assert without_shelter["shares"][names.index("reception")] <= min(without_shelter["shares"]) + 1e-9
    cost = record["quantities"]["cost"]
    assert cost["shares"][names.index(OWN_COSTS)] > 0.0
    assert all(row["shares"][names.index(OWN_COSTS)] in (None, pytest.approx(0.0, abs=1e-9))
               for key, row in record["quantities"].items() if key != "cost")


def test_beyond_eight_measures_orders_are_sampled_with_a_stated_error(inputs, monkeypatch):
    monkeypatch.setattr(module, "MOST_EXACT", 2)
    seen = []
    sampled = attribute(inputs, "early_hiring", "most_likely", pairs=2, solver=choose_solver().solve,
                        progress=lambda done, whole: seen.append((done, whole)))
    record = sampled.record()
    assert (record["exact"], record["pairs_of_orders"]) == (False, 2)
    assert seen[-1][0] == seen[-1][1] == sampled.runs
    deaths = record["quantities"]["deaths"]
    assert sum(deaths["shares"]) == pytest.approx(deaths["difference"], rel=1e-9)
    assert any(error for row in record["quantities"].values() for error in row["errors"] if error is not None)


@pytest.mark.parametrize(("asked", "words"), [
    ({"pairs": 1}, "--pairs: not an allowed number of pairs of orders; found 1; allowed: 2 to 1,000"),
    ({"scenario": "most_likely"}, "nothing differs from the baseline, so there is nothing to attribute; found "
                                  "most_likely; allowed: a scenario that differs from most_likely"),
])
def test_what_cannot_be_attributed_is_refused(inputs, asked, words):
    with pytest.raises(InputFaultsError, match=words):
        attribute(inputs, asked.get("scenario", "early_hiring"), "most_likely", asked.get("pairs", 8))


def test_too_many_measures_are_refused(inputs, monkeypatch):
    monkeypatch.setattr(module, "MOST_PLAYERS", 2)
    with pytest.raises(InputFaultsError, match="too many measures to attribute a difference to; found 4; allowed: at "):
        players_of(inputs, "early_hiring", "most_likely")


def test_the_reference_path_is_used_and_named_where_the_kernel_cannot_be(inputs, monkeypatch):
    monkeypatch.setattr(module, "available", lambda: "llvmlite is not installed")
    one = with_scenario(inputs, "early_hiring", inputs.scenario("early_hiring").model_copy(
        update={"changes": MEASURES[:1], "own_costs": {}}))
    record = attribute(one, "early_hiring", "most_likely").record()
    assert (record["path"], record["note"], record["runs"]) == ("reference", "llvmlite is not installed", 2)


def test_more_staff_shorten_their_own_queue_and_the_table_says_where_it_goes(inputs):
    run = replace(resolve(short_case(300)), digest="x")
    faster = sped_up(run, "determination")
    for name in bottleneck.STAFF["determination"]:
        np.testing.assert_allclose(faster.parameters[name].values, 1.1 * run.parameters[name].values)
    assert faster.digest != run.digest
    found = find_bottlenecks([run], more=1.0)[0]
    assert found.solver == ("reference" if available() else "kernel")
    assert all(found.moved[stage][stage] < 0.5 for stage in found.moved)  # trainers' time is lost before posts help
    shorter = [stage for stage in found.moved if found.moved[stage][stage] < -1.0]
    assert "determination" in shorter
    assert set(found.record()["went_to"]) == set(found.moved)
    with pytest.raises(KeyError):
        sped_up(run, "resettlement")


def test_where_the_kernel_cannot_be_bottlenecks_are_found_on_the_reference_path(inputs, monkeypatch):
    run, solved = resolve(inputs), []
    monkeypatch.setattr(bottleneck, "reference_block", lambda runs: solved.append(runs) or choose_solver().solve(runs))
    monkeypatch.setattr(bottleneck, "kernel_block", lambda runs: pytest.fail("the kernel was used"))
    assert find_bottlenecks([run], path="reference")[0].solver == "reference"
    monkeypatch.setattr(bottleneck, "available", lambda: "llvmlite is not installed")
    assert find_bottlenecks([run])[0].solver == "reference"
    assert len(solved) >= 2
