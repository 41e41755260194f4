"""An ensemble is costed on its draw axis at once, and gives what its members give one by one."""

from dataclasses import replace

import numpy as np
import pytest
import xarray as xr
from cost_examples import item, money, pricing
from science.synthetic import CHILD_ALONE, ILL, MIGRANT, REFUGEE, TRAFFICKED, make_run

from mixedmig_model.inputs.costs.drivers import DRIVERS
from mixedmig_model.results.costs.lines import cost_run, totals_of_draws, units_billed
from mixedmig_model.results.costs.quantities import Quantities, Together
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.run import solve
from mixedmig_model.study.ensemble.numbers import kept_numbers
from mixedmig_model.vocabulary.calendar import run_calendar

GROUPS = {"refugee": REFUGEE, "child_alone": CHILD_ALONE, "trafficked": TRAFFICKED, "ill": ILL, "migrant": MIGRANT}
COUNTRIES = ("north", "south")


def per(driver):
    """A unit that fits a variable cost of a driver."""
    if driver.kind == "amount":
        return driver.unit
    return "day" if driver.unit == "share" else f"{driver.unit}*day"


@pytest.fixture(scope="module")
def members():
    found = []
    for factor in (0.5, 1.0, 2.0):
        run = make_run(
            50, [10.0 * factor, 5.0], GROUPS, COUNTRIES, detention__places=50.0, detention__detained_share=0.2,
            alternative__places=20.0, alternative__offered_share=0.3, onward__rate=0.01,
            onward__within_region_share=0.5, journey__abandonment_rate=0.05, journey__adrift_death_rate=0.01,
            reception__tent_places=[0.0, 30.0], appeal__legal_aid_share=0.5, remigration__package_share=0.4,
            staff__attrition_rate=0.01,
        )
        found.append((run, to_dataset(run, solve(run))))
    return found


@pytest.fixture(scope="module")
def priced(members):
    """An item for every driver, and one of each behaviour."""
    items = {name: item(driver=name, per=per(driver), component=name) for name, driver in DRIVERS.items()}
    items["clinic"] = item(behaviour="step", step=20.0, per="month", component="clinic")
    items["lease"] = item(behaviour="fixed", per="month", component="lease")
    items["tents"] = item(behaviour="capital", driver="tent_places", per="place", life_years=3.0, component="tents")
    items["start"] = item(behaviour="one_off", per="1", component="start")
    items["end"] = item(behaviour="closing", driver="tent_places", per="place", component="end")
    return pricing(items, money(), COUNTRIES, members[0][0].start)


def stacked(datasets):
    """Runs side by side on a leading axis ``draw``; labels and group marks stay as they are."""
    first = datasets[0]
    dated = {"time", "interval", "day", "day_interval"}
    variables = {
        name: (("draw", *one.dims), np.stack([ds[name].values for ds in datasets]), one.attrs)
        if dated & set(one.dims) else (one.dims, one.values, one.attrs)
        for name, one in first.data_vars.items()
    }
    return xr.Dataset(variables, first.coords, first.attrs)


def test_every_driver_of_an_ensemble_is_that_of_its_members(members):
    whole = Quantities(stacked([ds for _, ds in members]))
    for name in DRIVERS:
        got = whole[name]
        for draw, (_, ds) in enumerate(members):
            expected = Quantities(ds)[name]
            assert np.broadcast_to(got, (3, *expected.shape))[draw] == pytest.approx(expected, abs=1e-12), name


def test_totals_of_an_ensemble_are_those_of_its_members_without_a_loop(members, priced):
    ensemble = stacked([ds for _, ds in members])
    months = run_calendar(priced.start, 50)
    units = units_billed(Quantities(ensemble), priced, months, financial=True)
    assert units.shape == (3, len(priced.lines), len(months.months), len(COUNTRIES))
    totals = totals_of_draws(units, priced.price, priced)
    alone = [cost_run(ds, priced).total for _, ds in members]
    assert totals == pytest.approx(alone, rel=1e-6)
    assert totals[0] < totals[1] < totals[2]


def test_draws_of_prices_and_of_runs_go_together(members, priced):
    units = units_billed(Quantities(stacked([ds for _, ds in members])), priced, run_calendar(priced.start, 50), True)
    prices = np.stack([priced.price, 2.0 * priced.price, 3.0 * priced.price])
    paired = totals_of_draws(units, prices, priced)
    assert paired == pytest.approx(totals_of_draws(units, priced.price, priced) * np.array([1.0, 2.0, 3.0]))


def test_items_are_billed_for_runs_together_as_for_each_alone(members, priced):
    months = run_calendar(priced.start, 50)
    for items in (priced, replace(priced, by_sea=(True, False))):
        units = units_billed(Together([Quantities(ds) for _, ds in members]), items, months, financial=True)
        assert units.shape == (3, len(priced.lines), len(months.months), len(COUNTRIES))
        for one, (_, ds) in zip(units, members, strict=True):
            np.testing.assert_array_equal(one, units_billed(Quantities(ds), items, months, financial=True))


def test_runs_that_pay_for_nothing_are_billed_nothing(members):
    months = run_calendar(members[0][0].start, 50)
    nothing = pricing({}, money(), COUNTRIES, members[0][0].start)
    assert units_billed(Together([Quantities(ds) for _, ds in members]), nothing, months, True).shape == (0, 2, 2)
    for kept in kept_numbers([ds for _, ds in members], nothing, np.zeros((3, 0, 2))):
        assert kept.numbers["cost_by_month"].tolist() == [0.0, 0.0]
