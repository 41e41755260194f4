"""Homes of people without a record: being recorded by itself moves no count of shelter."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mixedmig_model.results.indicators.exposure import judged_counts
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.reference import solve_reference

from .synthetic import EXACT, HUGE, make_run

COUNTRIES = ("north", "south")
PLACES = 150.0


def of_homes(found, housed, days=120, **changes):
    """A Dataset: reception is full, half of those who land are unrecorded, and no service is short of staff."""
    given_here = {"reception__places": [PLACES, 0.0], "reception__housing_rate": 0.01} | changes
    run = make_run(
        days, {0: [12.0, 5.0], 80: 1.0}, countries=COUNTRIES, journey__unrecorded_share=0.5,
        registration__officers=HUGE, screening__officers=HUGE, determination__officers=HUGE,
        determination__quality_slope=0.0, appeal__panels=HUGE, return__officers=HUGE, return__escorted_places=HUGE,
        return__assisted_places=HUGE, irregular__found_rate=found, irregular__housed_share=housed, **given_here,
    )
    return to_dataset(run, solve_reference(run, EXACT))


def shelter(ds):
    """People without shelter and in reception by day and country."""
    people = ds["daily_people"].sum("stage")
    return np.stack([people.sel(place=place).values for place in ("unsheltered", "reception")])


def test_being_recorded_by_itself_changes_no_count_of_shelter():
    """Nobody found, against two thirds found within a month: all of them are housed."""
    never, often = of_homes(0.0, 1.0), of_homes(0.04, 1.0)
    assert float(often["flow_found"].sum()) > 500.0
    assert float(never["flow_found"].sum()) == 0.0
    assert float(shelter(never)[0].sum()) > 10_000.0  # of those recorded as they landed
    np.testing.assert_allclose(shelter(often), shelter(never), rtol=1e-6, atol=1e-4)
    counts = [judged_counts(ds) for ds in (never, often)]
    for one in counts:
        assert one.harms["unsheltered"].beyond["unrecorded"] == pytest.approx(0.0, abs=1e-6)
    seen, other = (one.harms["unsheltered"].seen for one in counts)
    assert other == pytest.approx(seen, rel=1e-6)
    assert counts[1].outside["unsheltered_peak"] == pytest.approx(counts[0].outside["unsheltered_peak"], rel=1e-6)


def test_without_homes_being_recorded_leaves_more_people_without_shelter():
    never, often = (judged_counts(of_homes(found, 0.0)).harms["unsheltered"] for found in (0.0, 0.04))
    assert often.seen > 1.5 * never.seen
    assert often.beyond["unrecorded"] < never.beyond["unrecorded"]


@settings(max_examples=4, deadline=None)
@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_as_many_of_those_found_go_home_as_were_housed(north, south):
    """Of those whom no community houses, the housed go home; each country has its own share."""
    ds = of_homes(0.04, [north, south], days=28, reception__community_share=0.2)
    found = ds["flow_found"].sum(("interval", "group"))
    home = (found.sel(place="community") / found.sum("place")).values
    np.testing.assert_allclose(home, 0.2 + 0.8 * np.array([north, south]), rtol=1e-6)


def test_people_found_are_detained_whether_they_had_a_home_or_not():
    """A home is no protection from detention: as many are detained with homes as without."""
    detained = [
        float(of_homes(0.04, share, days=56, detention__places=HUGE, detention__detained_share=0.5)["flow_found"].sel(
            place="detention").sum()) for share in (0.0, 1.0)]
    assert detained[1] == pytest.approx(detained[0], rel=1e-6)
    assert detained[0] > 50.0
