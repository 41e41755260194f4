"""The ledger of the data: published stocks against published flows."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mixedmig_model.inputs.observations.published import Observation
from mixedmig_model.inputs.observations.quantities import quantity_of
from mixedmig_model.results.balances import balances, between, direction
from mixedmig_model.results.observed import parts_of

START = date(2030, 1, 1)


def figure(quantity, value, first, end=None, **changes):
    """A level at the end of day ``first``, or an amount of the days before ``end``."""
    level = end is None
    made = Observation(quantity, START + timedelta(days=first), START + timedelta(days=first + 1 if level else end),
                       country="all", low=value, value=value, high=value, kind="predicted", source="test", note="",
                       level=level)
    return replace(made, **changes)


HELD = (figure("in_shelters_and_detention", 100.0, 9), figure("in_shelters_and_detention", 70.0, 19))


def test_the_change_of_a_stock_less_what_came_plus_what_went_is_unexplained():
    (found,) = balances((*HELD, figure("returned_with_assistance", 25.0, 10, 20), figure("disembarked", 4.0, 10, 20)))
    assert (found.first, found.last) == (START + timedelta(days=9), START + timedelta(days=19))
    assert (found.before, found.after, found.change) == (100.0, 70.0, -30.0)
    assert (found.came, found.went) == ({"disembarked": 4.0}, {"returned_with_assistance": 25.0})
    assert found.unexplained == pytest.approx(-30.0 - 4.0 + 25.0)


def test_running_totals_give_what_was_between_them():
    running = (figure("returned_with_assistance", 500.0, 0, 10), figure("returned_with_assistance", 540.0, 0, 20))
    (found,) = balances((*HELD, *running))
    assert found.went == {"returned_with_assistance": 40.0}
    assert found.unexplained == pytest.approx(10.0)


def test_a_stock_without_flows_between_its_dates_has_no_row():
    assert balances(HELD) == ()
    assert balances((*HELD, figure("returned_with_assistance", 25.0, 10, 19))) == ()
    assert balances((*HELD, figure("registered", 25.0, 10, 20))) == ()  # moves people within it


@pytest.mark.parametrize("changes", [
    {"country": "north"}, {"group": "refugee"}, {"counts": "cases"}, {"reliability": "doubtful"},
    {"bound": "at_least"}, {"quantity": "cost"}, {"quantity": "assisted_returns"}, {"quantity": "peak_stranded"}])
def test_flows_of_another_place_group_or_kind_and_doubtful_ones_and_bounds_are_left_out(changes):
    assert balances((*HELD, replace(figure("returned_with_assistance", 25.0, 10, 20), **changes))) == ()


def test_a_flow_that_stands_under_two_names_counts_once():
    both = (figure("returned_with_assistance", 25.0, 10, 20), figure("flow:assisted_from_return", 20.0, 10, 20))
    (found,) = balances((*HELD, *both))
    assert found.went == {"returned_with_assistance": 25.0}


@pytest.mark.parametrize(("flow", "stock", "sign"), [
    ("released_to_reception", "in_reception", 1), ("released_to_reception", "in_detention", -1),
    ("released_to_reception", "in_shelters_and_detention", 0), ("registered", "in_reception", 0),
    ("registered", "awaiting_registration", -1), ("registered", "registered_total", 1),
    ("recognised", "awaiting_decision", -1), ("appealed", "awaiting_decision", 0), ("resettled", "protected_total", -1),
    ("integrated", "protected_total", 0), ("disembarked", "stranded", -1), ("disembarked", "in_reception", 1),
    ("needs_missed", "awaiting_screening", 0), ("assisted_from_return", "in_detention", 0),
    ("induced_from_return", "in_detention", -1)])
def test_the_flow_table_says_which_way_a_flow_leads(flow, stock, sign):
    assert direction([flow], parts_of(quantity_of(stock))) == sign


def test_three_dates_make_two_rows_and_a_flow_may_come_in_pieces():
    stock = (*HELD, figure("in_shelters_and_detention", 60.0, 29))
    pieces = [figure("returned_by_force", value, first, end) for value, first, end in (
        (10.0, 10, 14), (20.0, 14, 20), (6.0, 20, 30))]
    assert [one.unexplained for one in balances((*stock, *pieces))] == [0.0, -4.0]


@given(st.lists(st.integers(1, 9), min_size=1, max_size=8), st.data())
def test_pieces_in_any_order_add_up_and_so_do_running_totals(lengths, data):
    ends = [sum(lengths[: k + 1]) for k in range(len(lengths))]
    pieces = [figure("returned_by_force", float(n + 1), end - n, end) for n, end in zip(lengths, ends, strict=True)]
    mixed = data.draw(st.permutations(pieces))
    day = START + timedelta(days=ends[-1])
    assert between(mixed, START, day) == pytest.approx(sum(one.value for one in pieces))
    running = [figure("returned_by_force", sum(one.value for one in pieces[: k + 1]), 0, end)
               for k, end in enumerate(ends)]
    first = START + timedelta(days=ends[0])
    if len(ends) > 1:
        assert between(running, first, day) == pytest.approx(sum(one.value for one in pieces[1:]))
