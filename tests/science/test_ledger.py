"""The ledger: recomputed from a saved file alone, and able to find a leak that was planted."""

import dataclasses
import json

import numpy as np
import pytest
import xarray as xr
from scipy.sparse import csr_array

from mixedmig_model.equations.table import ENTERS_THE_MODEL, FLOWS, LEAVES_THE_MODEL, STOCKS
from mixedmig_model.results.ledger import check_ledger
from mixedmig_model.solve import dataset, reference
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.run import solve

from .synthetic import ILL, MIGRANT, REFUGEE, REFUGEE_CHILD, make_run

TOLERANCE = 1e-10
MOVING = [flow.name for flow in FLOWS if not flow.count]



@pytest.fixture(scope="session")
def saved(andaman_run, whole, tmp_path_factory) -> xr.Dataset:
    """The real case, saved to netCDF and opened again."""
    path = tmp_path_factory.mktemp("ledger") / "andaman_run.nc"
    to_dataset(andaman_run, whole).to_netcdf(path, engine="scipy", format="NETCDF3_64BIT")
    with xr.open_dataset(path, engine="scipy") as file:
        return file.load()


@pytest.fixture(scope="session")
def busy():
    """A small run in which every flow moves people, so that a leak in any of them shows."""
    return make_run(
        42, {0: [12.0, 8.0], 28: [0.0, 4.0]},
        {"refugee": REFUGEE, "refugee_child": REFUGEE_CHILD, "ill": ILL,
         "migrant": {**MIGRANT, "origin": "south"}}, ("north", "south"),
        opening=(
            ("determination", "detention", "north", 80.0), ("appeal", "reception", "north", 60.0),
            ("return", "community", "south", 90.0), ("return", "unsheltered", "south", 40.0),
            ("counselling", "reception", "south", 50.0), ("counselling", "unsheltered", "north", 50.0),
            ("protected", "reception", "south", 70.0), ("referral", "community", "north", 30.0),
        ),
        arrivals__composition=[0.7, 0.3, 0.4, 0.6], screening__prima_facie_share=0.2,
        journey__abandonment_rate=0.03, journey__refused_share={0: [0.3, 0.1], 14: 0.0},
        journey__adrift_death_rate=0.01, journey__turn_back_rate=0.02,
        return__assisted_uptake_rate=[0.01, 0.02, 0.03, 0.04],
        reception__places={0: 150.0, 14: 60.0, 28: 120.0}, detention__places=150.0, detention__detained_share=0.3,
        detention__pre_removal_rate=0.02, detention__review_release_rate=0.03, law__child_exemption={0: 0.0, 28: 1.0},
        onward__rate=[0.003, 0.006], onward__irregular_rate=0.01, onward__within_region_share=0.5,
        onward__journey_time=3.0, onward__mortality=0.05, responses__enforcement=0.5,
        responses__enforcement_effect=-0.3, law__work_right=1.0, solutions__self_reliance_time_with_work=90.0,
        responses__displaced_share=0.5, irregular__found_rate=0.05, determination__withdrawal_rate=0.01,
        arrivals__claim_share=0.2, closing__officers=1.0, law__best_interests={0: 0.0, 14: 1.0, 28: 0.0},
        staff__given={0: 0.0, 18: 1.0, 32: 0.0}, disclosure__rate=0.02, law__suspensive_appeal=0.5,
        law__individual_decision=0.5, return__summary_rate=0.05,
        return__late_return_rate=0.01, absconding__rate=0.003, sharing__transfers=1.0,
        solutions__resettlement_share=0.002, solutions__resettlement_time=100.0, solutions__repatriation_rate=0.002,
        regularisation__rate=0.01, regularisation__uptake=0.7, remigration__assisted_share=0.95,
        remigration__with_package_share=0.2, remigration__enforced_share=0.3, law__services_irrespective_of_status=0.5,
        alternative__places={0: 40.0, 28: 5.0}, alternative__offered_share=0.3, alternative__transfer_rate=0.02,
        alternative__review_rate=0.02, staff__attrition_rate=0.002, law__detention_limit=1.0,
        detention__time_limit=10.0, screening__officers={0: 10.0, 20: 60.0},
    )


@pytest.fixture(scope="session")
def closed(busy) -> xr.Dataset:
    return to_dataset(busy, solve(busy))


def test_the_real_case_closes_after_a_round_trip_to_file(saved):
    assert saved.sizes["time"] > 100
    assert float(saved["flow_departed"].sum()) > 30_000
    assert check_ledger(saved, TOLERANCE) == []


def residuals(ds: xr.Dataset) -> dict[str, float]:
    """Opening + in - out - closing, the worst cell of each stock, from the file's attributes alone: plain loops."""
    missing = {
        name: ds[name].values[1:] - ds[name].values[:-1]
        for name in ds.data_vars if ds[name].attrs.get("kind") == "stock"
    }
    for name in ds.data_vars:
        flow = ds[name]
        if flow.attrs.get("kind") != "flow":
            continue
        for end, sign in (("source", 1.0), ("sink", -1.0)):
            stock = flow.attrs[end]
            if not stock:
                boundary = ENTERS_THE_MODEL if end == "source" else LEAVES_THE_MODEL
                assert name.removeprefix("flow_") in boundary
                continue
            at = json.loads(flow.attrs[f"at_{end}"])
            for index in np.ndindex(flow.shape[1:]):
                labels = dict(zip(flow.dims[1:], index, strict=True))
                if end == "sink" and "destination" in labels:
                    labels["country"] = labels["destination"]
                labels |= {axis: list(ds[axis].values).index(label) for axis, label in at.items()}
                cell = tuple(labels[axis] for axis in ds[stock].dims[1:])
                missing[stock][(slice(None), *cell)] += sign * flow.values[(slice(None), *index)]
    return {name: float(np.abs(gap).max()) for name, gap in missing.items()}


def test_opening_plus_in_minus_out_is_closing_without_the_check_itself(saved):
    entered = float(saved["flow_departed"].sum())
    worst = residuals(saved)
    assert len(worst) == len(STOCKS)
    assert max(worst.values()) < TOLERANCE * entered, worst


def test_the_daily_record_tells_the_same_story_as_the_weekly(saved):
    """Daily flows add up to the weekly ones; the daily stock on each weekly edge is the weekly stock."""
    days = ((saved["time"] - saved["time"][0]) / np.timedelta64(1, "D")).values.astype(int)
    for flow in FLOWS:
        if flow.unit != "person":
            continue
        weekly = saved[f"flow_{flow.name}"]
        keep = [axis for axis in weekly.dims if axis in ("interval", "country")]
        weekly = weekly.sum([axis for axis in weekly.dims if axis not in keep]).values
        if "country" in flow.axes:
            kept = saved["daily_flow"].sel(row=flow.name).values
        else:
            kept = saved["daily_flow_region"].sel(region_row=flow.name).values
        daily = np.add.reduceat(kept, days[:-1], axis=0)
        assert weekly == pytest.approx(daily, rel=1e-9, abs=1e-6), flow.name
    for name in ("people", "at_sea", "adrift"):
        weekly = saved[name].sum("group").values
        assert saved[f"daily_{name}"].values[days] == pytest.approx(weekly, rel=1e-9, abs=1e-6)


def test_every_flow_moves_people_in_the_small_run(closed):
    assert check_ledger(closed, TOLERANCE) == []
    assert [name for name in MOVING if float(closed[f"flow_{name}"].sum()) < 0.5] == []


@pytest.mark.parametrize("name", ["landed", "enforced", "sheltered"])
def test_a_flow_without_a_sink_is_named(busy, name):
    flows = tuple(dataclasses.replace(flow, sink=None) if flow.name == name else flow for flow in FLOWS)
    leaking = to_dataset(busy, solve(busy, flows=flows))
    faults = check_ledger(leaking, TOLERANCE)
    assert [(fault.flow, fault.problem) for fault in faults] == [(name, "people leave the model unseen")]
    assert faults[0].persons == pytest.approx(float(np.abs(leaking[f"flow_{name}"]).sum()))
    assert faults[0].persons > 1.0
    assert f"'{name}'" in str(faults[0])


@pytest.mark.parametrize("name", ["landed", "registered"])
def test_a_flow_without_a_source_is_named(closed, name):
    """As a file might say it: people enter from nowhere."""
    tampered = closed.copy(deep=True)
    tampered[f"flow_{name}"].attrs["source"] = ""
    named = {(fault.flow, fault.problem) for fault in check_ledger(tampered, TOLERANCE)}
    assert (name, "people enter the model unseen") in named


def leaky_incidence(name: str, part: float):
    """``reference.incidence`` with what enters through one flow cut down to a part."""
    def incidence(layout):
        whole = true_incidence(layout).toarray()
        where = layout.flow_at[name][0]
        columns = whole[:, where]
        whole[:, where] = np.where(columns > 0, part * columns, columns)
        return csr_array(whole)

    true_incidence = reference.incidence
    return incidence


@pytest.mark.parametrize(
    "name", ["departed", "disembarked", "registered", "enforced", "detained_before_return", "moved_onward"],
)
def test_a_flow_that_loses_a_tenth_on_the_way_is_named(busy, monkeypatch, name):
    leaky = leaky_incidence(name, 0.9)
    monkeypatch.setattr(reference, "incidence", leaky)
    monkeypatch.setattr(dataset, "incidence", leaky)
    leaking = to_dataset(busy, solve(busy))
    faults = check_ledger(leaking, TOLERANCE)
    assert [fault.flow for fault in faults] == [name]
    assert faults[0].problem == "opening + in - out differs from closing"
    sink = leaking[f"flow_{name}"].attrs["sink"]
    assert faults[0].stock == sink
    assert 0.0 < faults[0].persons < 0.1001 * float(leaking[f"flow_{name}"].sum())
    assert residuals(leaking)[sink] == pytest.approx(faults[0].persons, rel=1e-6)


@pytest.mark.parametrize("name", MOVING)
def test_a_flow_tampered_with_in_the_file_is_found_at_both_ends(closed, name):
    """One person in a hundred more through one flow: the file no longer adds up, at the ends of that flow alone."""
    tampered = closed.copy(deep=True)
    tampered[f"flow_{name}"] = tampered[f"flow_{name}"] * 1.01
    tampered[f"flow_{name}"].attrs = closed[f"flow_{name}"].attrs
    faults = check_ledger(tampered, TOLERANCE)
    ends = {closed[f"flow_{name}"].attrs[end] for end in ("source", "sink")} - {""}
    assert {fault.stock for fault in faults} == ends
    assert {fault.flow for fault in faults} == {name}


def test_a_single_cell_of_a_stock_tampered_with_is_found(closed):
    """A stock that was changed in the file differs by exactly that from what flows explain, at that stock alone."""
    tampered = closed.copy(deep=True)
    tampered["irregular"].values[4, 1, 0] += 0.5
    faults = check_ledger(tampered, TOLERANCE)
    assert [fault.stock for fault in faults] == ["irregular"]
    assert faults[0].persons == pytest.approx(0.5, rel=1e-6)


def test_the_tolerance_is_relative_to_all_who_entered(closed):
    """A millionth of a person is beyond 1e-10 of a thousand people, a billionth of a person below it is not."""
    entered = float(closed["flow_departed"].sum()) + sum(
        float(closed[name].isel(time=0).sum()) for name in closed.data_vars
        if closed[name].attrs.get("kind") == "stock" and closed[name].attrs["units"] == "person"
    ) + float(closed["flow_displaced"].sum())
    for persons, found in ((2.0 * TOLERANCE * entered, True), (0.5 * TOLERANCE * entered, False)):
        tampered = closed.copy(deep=True)
        tampered["elsewhere"].values[-1, 0, 0] += persons
        assert bool(check_ledger(tampered, TOLERANCE)) is found
