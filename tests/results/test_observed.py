"""What a run has of observed quantities, against sums made by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from cost_examples import item, pricing, run_of
from hand_dataset import Hand
from hypothesis import given, settings
from hypothesis import strategies as st

from mixedmig_model.equations.table import FLOWS, STOCKS
from mixedmig_model.inputs.observations.published import Observation
from mixedmig_model.inputs.observations.quantities import quantity_of
from mixedmig_model.results.costs.funding import funding
from mixedmig_model.results.costs.lines import CENTS
from mixedmig_model.results.observed import LEVELS, MORE_SUMS, SUMS, modelled, parts_of
from mixedmig_model.results.published import compare
from mixedmig_model.vocabulary.labels import OBSERVED_FLOWS, OBSERVED_LEVELS, PUBLISHED_QUANTITIES

START = date(2030, 1, 1)
DAYS = 28


def day(number):
    return START + timedelta(days=number)


def seen(quantity, first, end=None, country="all", group="all", counts="persons", value=1.0):
    """An observation: a level at the end of day ``first``, or an amount of the days before ``end``."""
    level = end is None
    return Observation(quantity, day(first), day(first + 1) if level else day(end), country=country, low=value,
                       value=value, high=value, kind="predicted", source="test", note="", group=group, counts=counts,
                       level=level)


@pytest.fixture(scope="module")
def moved():
    hand = Hand(DAYS, ("north", "south"), work__persons_per_case=2.0, journey__disembarkation_share=0.5,
                closing__officers=1.5)
    hand.open("people", 100.0, stage="determination", place="reception", group="refugee")
    hand.open("people", 40.0, stage="determination", place="detention", group="migrant", country="south")
    hand.open("people", 30.0, stage="appeal", place="detention", group="refugee", country="south")
    hand.open("people", 8.0, stage="registration", place="unsheltered", group="migrant")
    hand.open("adrift", 60.0).open("irregular", 20.0).open("integrated", 5.0)
    hand.open("staff", 12.0, function="determination", grade="active")
    hand.move("recognised", slice(None), 2.0, place="reception", group="refugee")
    hand.move("refused_without_appeal", slice(7, 14), 1.0, place="detention", group="migrant", country="south")
    hand.move("appealed", 20, 6.0, place="detention", group="migrant", country="south")
    hand.move("turned_back_adrift", slice(0, 10), 3.0)
    hand.move("released_to_reception", 10, 9.0, stage="appeal", group="refugee", country="south")
    hand.open("at_sea", 50.0).move("crossing_deaths", 4, 3.0, country="south").move("deaths_adrift", 5, 2.0)
    hand.move("moved_onward_irregular", slice(0, 7), 1.0).move("hired", 3, 7.0, function="determination")
    return hand.dataset()


@pytest.mark.parametrize(("one", "ours"), [
    # levels at the end of a day: 100 less 2 a day
    (seen("awaiting_first_decision", 0), 138.0),
    (seen("awaiting_first_decision", -1), 140.0),  # the opening
    (seen("awaiting_first_decision", 9), 100 - 20 + 40 - 3),
    (seen("awaiting_first_decision", 9, country="north"), 80.0),
    (seen("awaiting_first_decision", 9, group="migrant"), 37.0),
    (seen("awaiting_first_decision", 9, group="migrant", country="north"), 0.0),
    (seen("awaiting_decision", 27, country="south"), 40 - 7 + 30),
    (seen("in_detention", 9), 70.0), (seen("in_detention", 10), 61.0),
    (seen("in_detention", 10, group="refugee"), 21.0),
    (seen("in_reception", 10), 100 - 22 + 22 + 9), (seen("in_shelters_and_detention", 10), 170.0),
    (seen("without_shelter", 5), 8.0), (seen("ashore_total", 27), 178.0), (seen("registered_total", 27), 170.0),
    (seen("protected_total", 4), 10.0 + 5.0), (seen("stranded", 9), 28.0), (seen("without_record", 6), 13.0),
    (seen("awaiting_appeal", 20), 36.0), (seen("awaiting_return", 27), 7.0),
    (seen("stock:people[stage=appeal,place=detention]", 27), 27.0),
    (seen("stock:staff[function=determination]", 2), 12.0), (seen("stock:staff", 6), 19.0),
    # by group, between the ends of weeks on a straight line: 9 leave on day 10, seen as 9/7 a day of week 1
    (seen("in_reception", 10, group="refugee", country="south"), 9.0 * 4 / 7),
    (seen("in_reception", 13, group="refugee", country="south"), 9.0),
    # amounts, the end left out
    (seen("recognised", 0, 10), 20.0), (seen("recognised", 0, 10, country="south"), 0.0),
    (seen("flow:refused_without_appeal", 8, 12), 4.0),
    (seen("flow:refused_without_appeal", 8, 12, group="migrant"), 4.0),
    (seen("flow:refused_without_appeal", 8, 12, group="refugee"), 0.0),
    (seen("decided_first", 0, 28), 56 + 7 + 6), (seen("refused_finally", 0, 28), 7.0),
    (seen("turned_back", 0, 28), 30.0), (seen("flow:turned_back_adrift", 5, 28), 15.0),
    (seen("freed_from_detention", 0, 28), 9.0), (seen("left_onward", 0, 28), 7.0),
    (seen("flow:hired", 0, 7), 7.0),
    # people adrift are of no country, and count once in each
    (seen("deaths_at_sea", 0, 28, group="refugee"), 5.0), (seen("deaths_at_sea", 0, 28, counts="cases"), 2.5),
    (seen("deaths_at_sea", 0, 28, country="south", counts="cases"), 2.5),
    (seen("deaths_at_sea", 0, 28, country="north", counts="cases"), 1.0),
    # several countries together
    (seen("awaiting_first_decision", 9, country="north south"), 117.0),
    (seen("recognised", 0, 10, country="north south"), 20.0),
    # days outside the run are left out
    (seen("recognised", -100, 2), 4.0), (seen("recognised", 26, 400), 4.0),
    # in cases of two
    (seen("awaiting_first_decision", 9, counts="cases"), 117 / 2), (seen("recognised", 0, 10, counts="cases"), 10.0),
    (seen("stranded", 9, counts="cases"), 14.0),
    # drivers of costs: an amount, already in cases, and a level as its mean over the day
    (seen("first_decisions", 0, 10, counts="cases"), 10 + 1.5), (seen("people_in_detention", 10), 0.5 * (70 + 61)),
    (seen("determination_staff", 1), 12.0 + 2 * 1.5), (seen("reception_places", 4, country="north"), 1e6),
    # those at the opening are held to have come on the day before the run
    (seen("waiting_over:determination:9d", 27, country="north"), 100 - 56),
    (seen("waiting_over:determination:9d", 3), 0.0),
    (seen("waiting_over:determination:9d", 27, group="migrant"), 40 - 7 - 6),
])
def test_levels_and_amounts_are_the_sums_made_by_hand(moved, one, ours):
    assert modelled(moved, one) == pytest.approx(ours, abs=1e-6)


def test_old_names_are_computed_as_before(moved):
    for name in PUBLISHED_QUANTITIES:
        one = seen(name, 0, 28)
        (found,) = compare(moved, (one,))
        if name in SUMS:
            assert found.ours == pytest.approx(modelled(moved, one))


def test_each_name_is_defined_once_by_flows_or_stocks_that_there_are():
    assert tuple(LEVELS) == tuple(name for name in OBSERVED_LEVELS if name in LEVELS)
    assert set(LEVELS) == set(OBSERVED_LEVELS)
    assert set(MORE_SUMS) == set(OBSERVED_FLOWS)
    assert set(SUMS) == set(PUBLISHED_QUANTITIES) - {"peak_stranded"}
    for name in (*LEVELS, *MORE_SUMS, *SUMS):
        parts = parts_of(quantity_of(name))
        assert {part.name for part in parts} <= {row.name for row in (*FLOWS, *STOCKS)}
        assert len({(part.kind, part.name, tuple(part.at.items())) for part in parts}) == len(parts) > 0


@settings(max_examples=30, deadline=None)
@given(st.integers(0, DAYS - 1), st.integers(0, DAYS - 1), st.sampled_from(("north", "south", "all")))
def test_a_stock_changes_by_the_flows_between_two_dates(moved, one, two, country):
    first, last = sorted((one, two))
    change = modelled(moved, seen("awaiting_first_decision", last, country=country)) - modelled(
        moved, seen("awaiting_first_decision", first, country=country))
    out = modelled(moved, seen("decided_first", first + 1, last + 1, country=country))
    assert change == pytest.approx(-out, abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, DAYS - 1), st.sampled_from([name for name in LEVELS if name != "stranded"]))
def test_countries_and_groups_add_up(moved, number, name):
    whole = modelled(moved, seen(name, number))
    by_country = [modelled(moved, seen(name, number, country=one)) for one in ("north", "south")]
    assert sum(by_country) == pytest.approx(whole, abs=1e-6)
    end_of_week = number - number % 7 + 6
    by_group = [modelled(moved, seen(name, end_of_week, group=str(one))) for one in moved["group"].values]
    assert sum(by_group) == pytest.approx(modelled(moved, seen(name, end_of_week)), abs=1e-6)


def test_an_amount_of_money_without_costs_is_refused(moved):
    with pytest.raises(ValueError, match="an amount of money needs the costs of the run"):
        modelled(moved, seen("cost", 0, 28))


def test_ranges_bounds_rounding_and_doubt_hold_for_levels_too(moved):
    level = seen("in_detention", 9, value=90.0)
    below = replace(level, bound="at_least")
    above = replace(level, bound="at_most")
    rounded = replace(level, value=65.0, low=65.0, high=65.0, rounding=10.0)
    doubted = replace(level, reliability="doubtful")
    found = compare(moved, (level, below, above, rounded, doubted))
    assert [one.ours for one in found] == [70.0] * 5
    assert [one.gap for one in found] == [-20.0, -20.0, 0.0, 0.0, -20.0]
    assert [one.missed for one in found] == [True, True, False, False, False]


def test_money_of_a_period_is_that_of_its_months_by_days():
    """January has 31 days and February 28; the cost of a month is spread over its days."""
    ds = Hand(59, ("north", "south")).dataset()
    priced = pricing({"bed": item(), "meal": item(sector="food")}, start=START)
    costs = run_of([[[3.0, 1.0], [5.0, 2.0]], [[1.0, 0.0], [0.0, 4.0]]], priced, 59)
    monthly = costs.by("month") / CENTS

    def ours(quantity, first, end, country="all"):
        return modelled(ds, replace(seen(quantity, first, end, country), unit="USD"), lambda: costs)

    assert ours("cost", 0, 59) == pytest.approx(costs.total)
    assert ours("cost", 10, 45) == pytest.approx(monthly[0] * 21 / 31 + monthly[1] * 14 / 28)
    assert ours("cost:food", 0, 59) == pytest.approx(50.0)
    assert ours("cost:food", 0, 59, "south") == pytest.approx(40.0)
    assert ours("cost:shelter", 0, 31) == pytest.approx(40.0)
    assert ours("money_received", 0, 59) == pytest.approx(funding(costs).received.sum())
