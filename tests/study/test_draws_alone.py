"""Numbers of draws are those of their runs alone, to the byte: whatever draws, blocks and workers there are."""

import io

import numpy as np
import pytest
import xarray as xr
from short_case import NAMES, short_case
from solve.random_runs import random_run

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.results.costs.draws import price_draws
from mixedmig_model.results.costs.lines import loaded, units_billed
from mixedmig_model.results.costs.pricing import price_scenario
from mixedmig_model.results.costs.quantities import Quantities
from mixedmig_model.results.indicators.exposure import judged_counts
from mixedmig_model.results.indicators.table import INDICATORS, indicator_table
from mixedmig_model.solve.dataset import to_arrays, to_dataset
from mixedmig_model.solve.kernel.native import available
from mixedmig_model.solve.run import choose_solver
from mixedmig_model.study.ensemble.draws import drawn_case, drawn_columns, drawn_values
from mixedmig_model.study.ensemble.numbers import AXES, kept_numbers
from mixedmig_model.study.ensemble.points import unit_points
from mixedmig_model.study.ensemble.run import Design, solve_block
from mixedmig_model.study.responses import judged_run
from mixedmig_model.vocabulary.calendar import run_calendar

DRAWS, SEED = 6, 3
CASES = ("aegean_2014_2016", "afghan_returns_2016", "andaman_sea_2015", "comprehensive_plan_of_action_1989_1996",
         "coxs_bazar_2017", "generic_surge", "japan_2011", "libya_2011_evacuation", "pacific_climate_mobility",
         "uk_asylum_2010_2022")
pytestmark = pytest.mark.skipif(bool(available()), reason="only the kernel solves a run alike beside any others")


def block(inputs, names, ends, together):
    """Numbers of some draws of an ensemble of six, solved as one block."""
    solver, columns = choose_solver().solve, drawn_columns(inputs)
    design = Design(names, DRAWS, SEED, together=together)
    content = solve_block(inputs, design, ends, columns=columns, digest="", solver=solver, donors={})
    with xr.open_dataset(io.BytesIO(content), engine="scipy", decode_times=False) as ds:
        return ds.load()


def alone(inputs, name, draw):
    """Numbers of one draw, from the Datasets of its run and of the run by which it is judged."""
    columns = drawn_columns(inputs)
    values = drawn_values(columns, unit_points(len(columns), DRAWS, SEED, "latin_hypercube"))
    case = drawn_case(inputs, columns, values[draw])
    run = resolve(case, name, held=True)
    judged = judged_run(run, resolve(case, held=True))
    ds, other = (to_dataset(one, choose_solver().solve([one])[0]) for one in (run, judged))
    table = indicator_table(ds)
    found = {"indicators": [table[one.key] for one in INDICATORS], "judged": list(judged_counts(other).flat().values()),
             "people_in_stage": ds["people"].values.sum(axis=(2, 3, 4)),
             "people_in_place": ds["people"].values.sum(axis=(1, 3, 4)),
             "people_adrift": ds["adrift"].values.sum(axis=1)}
    if inputs.costs is not None:
        pricing = price_scenario(inputs, name)
        units = units_billed(Quantities(ds), pricing, run_calendar(pricing.start, run.days), True)
        prices = price_draws(pricing, DRAWS, SEED)[draw]
        found["cost_by_month"] = np.einsum("imc,ic,i->m", units, prices, loaded(pricing))
        found["cost"] = found["cost_by_month"].sum()
    return found


def compare(ds, name, draw, expected, first=0):
    """Assert that a block has the numbers of a draw, to the byte."""
    for variable, numbers in expected.items():
        got = ds[variable].sel(scenario=name).values[draw - first]
        np.testing.assert_array_equal(got, np.asarray(numbers), err_msg=f"{variable} of draw {draw} of {name}")


def test_a_draw_of_a_block_has_the_numbers_of_its_run_alone():
    inputs = short_case(40)
    ds = block(inputs, NAMES, (0, DRAWS), together=4)
    assert set(AXES) <= set(ds)
    for name in NAMES:
        for draw in (0, 3, DRAWS - 1):
            compare(ds, name, draw, alone(inputs, name, draw))
    assert len(np.unique(ds["cost"].values)) == 2 * DRAWS


def test_blocks_of_any_size_and_order_have_the_same_numbers():
    inputs = short_case(30)
    whole = block(inputs, NAMES, (0, DRAWS), together=6)
    for ends, together in (((4, 6), 1), ((0, 1), 5), ((1, 4), 2)):
        part = block(inputs, NAMES[::-1], ends, together)
        for variable in (*AXES, "drawn", "seed"):
            ours = whole[variable].isel(draw=slice(*ends))
            np.testing.assert_array_equal(
                part[variable].sel(scenario=list(NAMES)) if "scenario" in ours.dims else part[variable], ours, variable)


@pytest.mark.parametrize("seed", range(4))
def test_random_runs_have_the_same_numbers_with_and_without_xarray_and_beside_others(seed):
    runs = [random_run(seed), random_run(seed + 100)]
    answers = [choose_solver().solve([run])[0] for run in runs]
    arrays = [to_arrays(*both) for both in zip(runs, answers, strict=True)]
    beside = kept_numbers(arrays, None, None)
    for run, answer, kept in zip(runs, answers, beside, strict=True):
        ds = to_dataset(run, answer)
        table = indicator_table(ds)
        np.testing.assert_array_equal(kept.numbers["indicators"], [table[one.key] for one in INDICATORS])
        np.testing.assert_array_equal(kept.numbers["judged"], list(judged_counts(ds).flat().values()))


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_draws_of_every_shipped_case_have_the_numbers_of_their_runs(case):
    inputs = read_case(read_workspace(installed_workspace()), case)
    names = (next(iter(inputs.scenarios)), list(inputs.scenarios)[-1])
    ds = block(inputs, tuple(dict.fromkeys(names)), (0, 3), together=3)
    assert (ds["failure"].values.astype(str) == "").all()
    for name in dict.fromkeys(names):
        for draw in range(3):
            compare(ds, name, draw, alone(inputs, name, draw))
