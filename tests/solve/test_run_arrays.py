"""The arrays of a run: one formula an indicator, with a Dataset around them or not, of one run or of many."""

from dataclasses import replace

import numpy as np
import pytest
from science.synthetic import MIGRANT, REFUGEE, REFUGEE_CHILD, make_run

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.results.costs.lines import cost_run
from mixedmig_model.results.costs.pricing import price_scenario
from mixedmig_model.results.indicators.table import INDICATORS, indicator_table
from mixedmig_model.solve.dataset import to_arrays, to_dataset
from mixedmig_model.solve.run import solve
from mixedmig_model.solve.run_arrays import together


def solved(**changes):
    """A run of two countries with children, a queue, detention and people without shelter; its arrays and Dataset."""
    run = make_run(
        40, 30.0, {"a": REFUGEE, "b": MIGRANT, "c": REFUGEE_CHILD}, ("north", "south"),
        (("determination", "reception", "north", 90.0), ("return", "detention", "south", 20.0)),
        reception__places=100.0, **changes,
    )
    answer = solve(run)
    return to_arrays(run, answer), to_dataset(run, answer)


@pytest.fixture(scope="module")
def runs():
    detaining = solved(detention__detained_share=0.4, detention__places=60.0)
    return [solved(), solved(determination__officers=1.0), detaining]


def test_all_indicators_agree_to_the_byte_with_and_without_a_dataset_and_among_many_runs(runs):
    alone = [indicator_table(dataset) for _, dataset in runs]
    bare = [indicator_table(arrays) for arrays, _ in runs]
    many = indicator_table(together([arrays for arrays, _ in runs]))
    assert list(many) == [indicator.key for indicator in INDICATORS]
    for key, found in many.items():
        for others in (alone, bare):
            assert found.tobytes() == np.array([table[key] for table in others]).tobytes(), key
    assert len({table["awaiting_decision"] for table in alone}) == 3


def test_a_dataset_holds_the_arrays_themselves(runs):
    arrays, dataset = runs[0]
    assert set(arrays.variables) == {str(name) for name in dataset.variables}
    for name, one in arrays.variables.items():
        assert dataset.variables[name].dims == one.dims
        assert np.array_equal(dataset.variables[name].values, one.values)
        assert dict(dataset.variables[name].attrs) == dict(one.attrs)
    assert dataset.attrs == dict(arrays.attrs)


def test_arrays_that_are_made_when_read_are_those_of_the_run():
    run = make_run(20, 30.0, {"a": REFUGEE, "c": REFUGEE_CHILD}, ("north", "south"), reception__places=100.0)
    answer = solve(run)
    whole, lazy = to_arrays(run, answer), to_arrays(run, answer, when_read=True)
    assert indicator_table(lazy).keys() == indicator_table(whole).keys()
    assert list(lazy.variables) == list(whole.variables)
    assert len(lazy.variables) == len(whole.variables)
    assert lazy.size == whole.size
    for name, one in whole.variables.items():
        own = lazy.variables[name]
        assert (own.dims, own.values.tobytes(), dict(own.attrs)) == (one.dims, one.values.tobytes(), dict(one.attrs))
        assert lazy.variables[name] is own  # made once
    with pytest.raises(KeyError, match="flow_unknown"):
        lazy.variables["flow_unknown"]


def test_many_runs_are_given_back_one_by_one(runs):
    many = together([arrays for arrays, _ in runs])
    assert many.lead == (3,)
    for (index, one), (arrays, _) in zip(many.runs(), runs, strict=True):
        assert all(one.variables[name].values.tobytes() == own.values.tobytes()
                   for name, own in arrays.variables.items()), index
    with pytest.raises(ValueError, match="a Dataset holds one run; these are 3"):
        many.dataset()


def test_runs_of_other_labels_are_not_put_together(runs):
    first = runs[0][0]
    country = replace(first.variables["country"], values=np.array(["north", "east"]))
    other = replace(first, variables={**first.variables, "country": country})
    with pytest.raises(ValueError, match="the same labels; those of country differ"):
        together([first, other])
    with pytest.raises(ValueError, match="no run"):
        together([])


def test_costs_agree_to_the_cent_with_and_without_a_dataset():
    inputs = read_case(read_workspace(installed_workspace()), "andaman_sea_2015")
    run = resolve(inputs)
    short = replace(run, days=60)
    answer = solve(short)
    pricing = price_scenario(inputs, inputs.case.baseline)
    ours, theirs = (cost_run(make(short, answer), pricing) for make in (to_arrays, to_dataset))
    assert ours.cents.sum() > 0.0
    assert np.array_equal(ours.cents, theirs.cents)
