"""Delivered and needed: needed - delivered = gap to the cent, by item, country, payer and year."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from cost_examples import COUNTRIES, START, item, pricing, run_of
from hypothesis import given, settings
from hypothesis import strategies as st

from mixedmig_model.inputs.costs.schema import Delivered
from mixedmig_model.results.costs.delivered import delivered_rows, delivered_run, month_shares, paid_run
from mixedmig_model.vocabulary.calendar import run_calendar

MANY = settings(max_examples=60, deadline=None, derandomize=True, database=None)
DAYS = 100


def stated(share, name="item_0", **more):
    plain = {"item": name, "share": share, "source": "assumption", "quality": "assumption"}
    plain = {"item": name, "share": share, "source": "assumption", "quality": "assumption"}
    return Delivered.model_validate(plain | more)


def costed(units, *shares, records=None):
    priced = replace(pricing(records or {"item_0": item(), "item_1": item(component="other")}), delivered=shares)
    return run_of(units, priced, DAYS)


def some_units(seed=0):
    months = len(run_calendar(START, DAYS).months)
    return np.random.default_rng(seed).random((2, months, len(COUNTRIES))) * 1e4


@MANY
@given(st.lists(st.floats(0.0, 1.0), min_size=2, max_size=2), st.integers(0, 50))
def test_needed_less_delivered_is_the_gap_to_the_cent_in_every_view(shares, seed):
    run = costed(some_units(seed), stated(shares[0]), stated(shares[1], "item_1", countries=["south"]))
    done, rows = delivered_run(run), delivered_rows(run)
    assert done.cents.dtype == np.int64
    assert (done.cents >= 0).all()
    for axes in (("item",), ("month",), ("country",), ("payer",), ("item", "country", "payer")):
        assert int((run.by(*axes) - done.by(*axes)).sum()) == round(100 * rows["gap"]), axes
    assert round(100 * rows["total"]) + round(100 * rows["gap"]) == int(run.cents.sum())
    assert sum(round(100 * value) for value in rows["by_country"].values()) == round(100 * rows["total"])
    assert sum(round(100 * value) for value in rows["by_year"].values()) == round(100 * rows["total"])
    for row in rows["items"]:
        assert round(100 * row["needed"]) - round(100 * row["delivered"]) == round(100 * row["gap"])
    # contingency 10 % and support cost 7 % of what donors pay follow the lines
    lines = done.cents[:2].sum(axis=0)
    assert abs(int(done.cents[2].sum()) - 0.1 * lines.sum()) <= lines.size


def test_a_share_of_one_delivers_all_and_of_none_nothing():
    run = costed(some_units(), stated(1.0), stated(0.0, "item_1"))
    done = delivered_run(run)
    assert (done.cents[0] == run.cents[0]).all()
    assert not done.cents[1].any()
    assert [row["item"] for row in delivered_rows(run)["items"]] == ["item_1"]


def test_a_month_has_the_mean_of_its_days():
    """From 15 January: nothing until 25 January, which is 10 of 17 days, then three quarters for all of February."""
    run = costed(some_units(), stated(0.0, until=date(2030, 1, 25)),
                 stated(0.75, start=date(2030, 2, 1), until=date(2030, 3, 1)))
    assert month_shares(run)[0, :3, 0] == pytest.approx([7 / 17, 0.75, 1.0])
    assert (month_shares(run)[1] == 1.0).all()


def test_where_nothing_is_stated_all_was_delivered_and_nothing_is_shown():
    run = costed(some_units())
    assert delivered_run(run) is None
    assert delivered_rows(run) is None
    assert paid_run(run) is run
