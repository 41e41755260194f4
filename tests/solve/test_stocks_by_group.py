"""Stocks kept daily by group, and what a judgement reads of a run, on both paths."""

import numpy as np
import pytest
from science.synthetic import MIGRANT, REFUGEE, REFUGEE_CHILD, arrivals, make_run
from small_case import write_small

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.results.indicators.exposure import judged_counts
from mixedmig_model.results.indicators.spent import TimeSpent
from mixedmig_model.results.measures import DEATHS
from mixedmig_model.solve.daily import BY_GROUP
from mixedmig_model.solve.dataset import to_arrays, to_dataset
from mixedmig_model.solve.kernel.native import available
from mixedmig_model.solve.kernel.runs import solve_sums
from mixedmig_model.solve.run import solve, solve_kernel
from solve.agreement import JUDGE, SHARE
from solve.random_runs import random_run
from solve.test_kernel_runs import small

pytestmark = pytest.mark.skipif(bool(available()), reason=available() or "llvmlite is there")
SEEDS = (1, 3, 4, 7, 8)
"""Random runs of one to eleven groups and one to twelve countries."""


@pytest.mark.parametrize("path", [solve, solve_kernel])
@pytest.mark.parametrize("seed", SEEDS)
def test_stocks_by_group_are_those_of_the_weeks_and_add_up_to_those_of_the_days(path, seed):
    run = random_run(seed)
    ds = to_dataset(run, path(run))
    people, edges = max(arrivals(run), 1.0), [*range(0, run.days, 7), run.days]
    for stock in BY_GROUP:
        ours = ds["daily_stock"].sel(stock=stock.name)
        weekly = ds[stock.name].sum([dim for dim in ds[stock.name].dims if dim not in ("time", "group")])
        daily = ds[f"daily_{stock.name}"]
        assert np.abs(ours.values[edges] - weekly.values).max() <= 1e-9 * people, stock.name
        assert np.abs(ours.sum("group") - daily.sum([d for d in daily.dims if d != "day"])).max() <= 1e-9 * people
    outside = ds["people"].sel(place="unsheltered").sum(["stage", "country"])
    assert np.abs(ds["daily_unsheltered"].values[edges] - outside.values).max() <= 1e-9 * people
    inside = ds["daily_detained"]
    assert (ds["daily_detained_identified"] <= inside + 0.001 * people).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_places_of_survivors_close_with_the_ledger_by_group(seed):
    run = random_run(seed)
    for answer in (solve(run), solve_kernel(run)):
        ds = to_arrays(run, answer)
        spent = TimeSpent(ds)
        stock = dict(zip((one.name for one in BY_GROUP), np.moveaxis(spent.stocks, 1, 0), strict=True))
        everybody = spent.waiting.sum(axis=1) + sum(part for name, part in stock.items() if name != "displaced")
        kept = everybody - sum(stock[name] for name in ("at_sea", "adrift", "died_crossing", "died_onward",
                                                        "died_adrift"))
        np.testing.assert_allclose(spent.potential, np.trapezoid(kept, axis=0), rtol=1e-11, atol=1e-9)
        people = max(arrivals(run), 1.0)
        assert np.abs(spent.set_out - everybody[-1]).max() <= 1e-9 * people
        for harm in judged_counts(ds).harms.values():
            assert min(harm.beyond.values(), default=0.0) >= 0.0
            assert harm.possible >= harm.seen
            assert -1e-6 * people <= harm.seen <= harm.exposure + 1e-6 * people * run.days


@pytest.mark.parametrize("seed", SEEDS)
def test_counts_of_a_judgement_agree_on_both_paths(seed):
    """As indicators do: half a per cent, one person, or a day of one person, whichever is larger."""
    run = random_run(seed)
    ours, theirs = (judged_counts(to_arrays(run, answer)).flat() for answer in (solve_kernel(run), solve(run, JUDGE)))
    for name, value in theirs.items():
        assert abs(ours[name] - value) <= max(SHARE * abs(value), 1.0), (name, ours[name], value)


def test_counts_are_the_same_to_the_byte_with_and_without_a_dataset_around_them():
    run = random_run(7)
    answer = solve_kernel(run)
    assert judged_counts(to_arrays(run, answer)) == judged_counts(to_dataset(run, answer))


def test_a_run_that_keeps_sums_alone_has_the_same_stocks_by_group():
    several = [small(registration__officers=0.5 * k) for k in range(1, 4)]
    for kept in (("group_stocks",), ("group_stocks", "detention_totals"), ("day_stocks", "group_stocks")):
        made = solve_sums(several, kept)
        for k, run in enumerate(several):
            whole = solve_kernel(run)
            assert made["group_stocks"][k].shape == whole.group_stocks.shape
            assert np.abs(made["group_stocks"][k] - whole.group_stocks).max() <= 1e-11 * arrivals(run)
            if "detention_totals" in kept:
                assert np.abs(made["detention_totals"][k] - whole.detention_totals).max() <= 1e-11 * arrivals(run)


def test_people_known_in_detention_agree_on_both_paths_and_at_the_opening():
    """Of refugee children inside at the opening, all but those wrongly assessed adult are known to be children."""
    run = small(law__child_exemption=0.0, detention__time_limit=30.0)
    ours, theirs = (to_dataset(run, answer)["daily_detained_identified"] for answer in (solve_kernel(run), solve(run)))
    assert run.groups["child"].flags == REFUGEE_CHILD["flags"]
    assert float(ours.max()) > 10.0
    assert np.abs(ours - theirs).max() <= 0.002 * arrivals(run)
    assert np.array_equal(ours[0], theirs[0])
    inside = to_dataset(run, solve(run))["daily_detained"].sel(group="child")
    assert float(inside[0].sum()) > 1.0
    np.testing.assert_allclose(theirs.sel(group="child")[0], 0.88 * inside[0])
    assert float(ours.sel(group="adult").max()) == 0.0


@pytest.mark.parametrize("path", [solve, solve_kernel])
def test_the_first_day_has_the_people_of_the_opening(path):
    opening = (("determination", "unsheltered", "here", 50.0), ("limbo", "unsheltered", "here", 10.0))
    run = make_run(14, 5.0, {"refugee": REFUGEE, "migrant": MIGRANT}, opening=opening)
    ds = to_dataset(run, path(run))
    assert float(ds["daily_unsheltered"][0].sum()) == pytest.approx(60.0)
    np.testing.assert_allclose(ds["daily_unsheltered"][0], ds["people"][0].sel(place="unsheltered").sum(
        ["stage", "country"]))


@pytest.mark.parametrize("path", [solve, solve_kernel])
def test_exposures_of_the_small_case_are_those_of_its_departures(tmp_path, path):
    """Two countries, ten departures a day each for 59 days: nothing but deaths moves who lived."""
    write_small(tmp_path)
    run = resolve(read_case(read_workspace(tmp_path), "small"))
    ds = to_dataset(run, path(run))
    counts = judged_counts(ds)
    assert counts.harms["deaths"].exposure == pytest.approx(1180.0, rel=1e-9)
    assert counts.outside["departed"] == pytest.approx(1180.0, rel=1e-9)
    assert counts.survivors == pytest.approx(1180.0 - counts.harms["deaths"].seen, rel=1e-12)
    spent, children = TimeSpent(ds), np.asarray(ds["group_child"])
    assert counts.child_survivors == pytest.approx((spent.set_out - spent.moved(*DEATHS))[children].sum(), rel=1e-12)
    assert counts.harms["children_detained"].exposure == pytest.approx(spent.potential[children].sum(), rel=1e-12)
    ashore = 1180.0 - np.asarray(ds["daily_at_sea"].sum("country") + ds["daily_adrift"])[-1]
    assert counts.harms["unsheltered"].exposure < 59.0 * ashore
    assert counts.served["registration"] == pytest.approx(float(ds["flow_registered"].sum()), rel=1e-12)
    assert list(counts.in_countries["deaths"]) == ["north", "south"]
