"""Outcomes add up to all who set out; the ledger of countries reconciles with the stocks."""

import numpy as np
import pytest
from hand_dataset import FLOWS, STOCKS, Hand

from mixedmig_model.results import regional
from mixedmig_model.results.ledger import check_ledger
from mixedmig_model.results.outcomes import OUTCOMES, outcomes
from mixedmig_model.results.regional import BESIDE, CAME, ENTRIES, WENT, between, gaps, regional_ledger

COUNTRIES = ("north", "south", "west")


@pytest.fixture(scope="module")
def busy():
    """Every row moves somebody, by chance; a seed fixes it."""
    rng = np.random.default_rng(7)
    hand = Hand(35, COUNTRIES)
    for stock in STOCKS:
        if stock.unit == "person":
            hand.opening[stock.name][...] = 500.0 + rng.random(hand.opening[stock.name].shape)
    for row in FLOWS:
        moves = rng.random(hand.flows[row.name].shape)
        for axis, names in row.only.items():
            at = 1 + row.axes.index(axis)
            allowed = [name in names for name in hand.labels[axis]]
            moves *= np.array(allowed, float).reshape([-1 if n == at else 1 for n in range(moves.ndim)])
        if "destination" in row.axes:
            moves *= 1.0 - np.eye(3)
        hand.flows[row.name][...] = moves if row.unit == "person" else 0.0
    ds = hand.dataset()
    assert check_ledger(ds) == []
    return ds


def test_outcomes_add_up_to_all_who_departed_and_all_of_the_opening(busy):
    opening = sum(
        float(busy[stock.name][0].sum()) for stock in STOCKS if stock.unit == "person" and stock.name != "displaced"
    )
    table = outcomes(busy)
    assert table.dims == ("outcome", "need")
    assert table["outcome"].values.tolist() == list(OUTCOMES)
    came = float(busy["flow_departed"].sum()) + float(busy["flow_entered_with_claim"].sum())
    assert float(table.sum()) == pytest.approx(opening + came, rel=1e-12)


def test_departing_again_moves_people_between_outcomes_and_adds_nobody():
    hand = Hand(30).open("returned_enforced", 100.0).open("people", 50.0, stage="limbo", place="community")
    hand.move("remigrated_enforced", 5, 40.0).move("landed", 9, 40.0, place="reception")
    table = outcomes(hand.dataset()).sum("need")
    assert float(table.sum()) == pytest.approx(150.0)
    assert float(table.sel(outcome="returned_enforced")) == pytest.approx(60.0)
    assert float(table.sel(outcome="procedure")) == pytest.approx(40.0)
    assert float(table.sel(outcome="limbo")) == pytest.approx(50.0)


def test_every_row_that_crosses_the_border_of_a_country_is_in_its_ledger_once():
    hosted = {"people", "irregular", "closed"}
    moves = [row for row in FLOWS if not row.count and row.unit == "person"]
    came = [row.name for row in moves if row.sink in hosted and row.source not in hosted]
    went = [row.name for row in moves if row.source in hosted and row.sink not in hosted]
    assert sorted([*came, "transferred"]) == sorted(name for rows in CAME.values() for name in rows)
    assert sorted([*went, "transferred"]) == sorted(name for rows in WENT.values() for name in rows)
    assert {row.name for row in moves if row.source == "moving"} <= {n for rows in BESIDE.values() for n in rows}
    assert set(ENTRIES) >= {*CAME, *WENT, *BESIDE, regional.OPENING, regional.CLOSING}


def test_the_ledger_of_countries_closes_and_the_matrix_reconciles_with_it(busy):
    assert np.abs(gaps(busy).values).max() < 1e-9 * 1e4
    ledger = regional_ledger(busy)
    assert ledger.dims == ("entry", "country")
    assert (ledger.sel(entry="arrived_from_countries") > 0).all()
    last = busy.isel(time=-1)
    ends = last["people"].sum(("stage", "place", "group")) + (last["irregular"] + last["closed"]).sum("group")
    assert ledger.sel(entry="hosted_at_end").values == pytest.approx(ends.values)


def test_matrices_carry_origin_destination_and_group_only(busy):
    onward, transferred = between(busy), between(busy, "transferred")
    assert onward.dims == transferred.dims == ("group", "country", "destination")
    assert np.diagonal(onward.sum("group").values) == pytest.approx(0.0)
    ledger = regional_ledger(busy)
    assert transferred.sum(("group", "destination")).values == pytest.approx(
        ledger.sel(entry="transferred_out").values)
    assert transferred.sum(("group", "country")).values == pytest.approx(ledger.sel(entry="transferred_in").values)
    daily = busy["daily_onward"].sum("day_interval").values
    assert onward.sum("group").values == pytest.approx(daily)
    with pytest.raises(KeyError):
        between(busy, "elsewhere")


def test_a_move_to_another_country_shows_in_both():
    hand = Hand(30, COUNTRIES).open("moving", 100.0)
    hand.move("arrived_onward", 3, 30.0, destination="south").move("arrived_onward_unrecorded", 3, 10.0,
                                                                  destination="west")
    hand.move("left_region", 4, 20.0).move("onward_deaths", 4, 1.0)
    ds = hand.dataset()
    ledger = regional_ledger(ds).to_pandas()
    assert ledger.loc["arrived_in_countries"].tolist() == [40.0, 0.0, 0.0]
    assert ledger.loc["arrived_from_countries"].tolist() == [0.0, 30.0, 10.0]
    assert ledger.loc["still_moving"].tolist() == [-61.0, 0.0, 0.0]
    assert ledger.loc["hosted_at_end"].tolist() == [0.0, 30.0, 10.0]
    assert float(between(ds).sel(country="north", destination="west").sum()) == 10.0
