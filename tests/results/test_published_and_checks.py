"""Published totals from daily flows, and figures observed elsewhere, on runs made by hand."""

import math
from dataclasses import replace
from datetime import date

import pytest
from hand_dataset import Hand

from mixedmig_model.inputs.observations.published import Observation
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.results import published
from mixedmig_model.results.checks import CHECKS, checks
from mixedmig_model.results.published import compare
from mixedmig_model.vocabulary.labels import PUBLISHED_QUANTITIES

RANGES = {name: (0.2, 0.6) for name in CHECKS}


def seen(quantity, value, country="all", end=date(2030, 1, 11)):
    return Observation(quantity=quantity, start=date(2030, 1, 1), end=end, country=country, low=0.95 * value,
                       value=value, high=1.05 * value, kind="predicted", source="test", note="")


@pytest.fixture(scope="module")
def moved():
    hand = Hand(40, ("north", "south")).open("at_sea", 900.0).open("at_sea", 900.0, country="south")
    hand.open("moving", 50.0)
    hand.open("people", 100.0, stage="return", place="reception").open("returned_enforced", 10.0)
    hand.move("departed", slice(None), 6.0, country="*").move("crossing_deaths", slice(None), 1.0, country="*")
    hand.move("abandoned", slice(0, 10), 3.0).move("deaths_adrift", 5, 2.0).move("onward_deaths", 6, 4.0)
    hand.move("disembarked", 7, 8.0, place="reception", country="south").move("remigrated_enforced", 2, 5.0)
    hand.move("landed", slice(None), 2.0, place="detention", country="south")
    hand.move("enforced", 3, 9.0, place="reception").move("summarily_returned_from_registration", 8, 1.0,
                                                         place="reception", country="south")
    return hand.dataset()


@pytest.mark.parametrize(("quantity", "country", "ours"), [
    ("departed", "all", 125.0), ("departed", "south", 60.0), ("deaths_at_sea", "all", 26.0), ("abandoned", "all", 30.0),
    ("deaths_at_sea", "south", 12.0),  # those adrift are in no country, and count whole
    ("disembarked", "all", 28.0), ("disembarked", "south", 28.0), ("disembarked", "north", 0.0),
    ("returned_by_force", "all", 10.0), ("peak_stranded", "all", 19.0),
])
def test_totals_between_dates_are_sums_of_daily_flows(moved, quantity, country, ours):
    (found,) = compare(moved, (seen(quantity, 20.0, country),))
    assert found.ours == pytest.approx(ours)


def test_inside_the_published_range_is_no_miss_and_far_outside_is_missed(moved):
    near, far = compare(moved, (seen("departed", 123.0), seen("departed", 60.0)))
    assert (near.gap, near.miss, near.missed) == (0.0, 0.0, False)
    assert far.miss == pytest.approx(125.0 / 63.0 - 1.0)
    assert far.gap == pytest.approx(125.0 - 63.0)
    assert far.missed


def between(low, high):
    """A published number of people turned back: the run has none."""
    return replace(seen("turned_back", high), low=low)


def test_none_where_none_was_published_is_inside_and_no_miss(moved):
    for found in compare(moved, (between(0.0, 0.0), replace(between(0.0, 20.0), value=10.0))):
        assert (found.ours, found.gap, found.miss, found.missed) == (0.0, 0.0, 0.0, False)


def test_a_total_where_none_was_published_is_missed_by_persons_and_has_no_percent(moved):
    (found,) = compare(moved, (seen("returned_by_force", 0.0),))
    assert (found.ours, found.gap, found.miss, found.missed) == (pytest.approx(10.0), pytest.approx(10.0), None, True)
    (below,) = compare(moved, (between(40.0, 60.0),))
    assert (below.gap, below.miss, below.missed) == (pytest.approx(-40.0), -1.0, True)


def test_rounding_at_the_end_of_a_published_range_is_no_miss(moved):
    (found,) = compare(moved, (replace(seen("departed", 125.0), low=125.0 + 1e-9, high=125.0 + 2e-9),))
    assert (found.gap, found.miss) == (0.0, 0.0)


def test_every_quantity_of_the_catalogue_can_be_computed():
    assert set(published.QUANTITIES) == set(PUBLISHED_QUANTITIES)


def test_figures_observed_elsewhere_stand_beside_the_models():
    hand = Hand(30, ("north", "south"), checks__first_instance_recognition=0.5)
    hand.open("people", 500.0, stage="determination", place="reception").open(
        "people", 500.0, stage="return", place="reception").open("people", 100.0, stage="registration",
                                                                  place="detention")
    hand.move("recognised", 3, 30.0).move("appealed", 3, 60.0).move("refused_without_appeal", 3, 10.0)
    hand.move("appeals_allowed", 9, 6.0).move("appeals_dismissed", 9, 14.0).move("enforced", 9, 6.0)
    hand.move("released_to_unsheltered", 9, 1.0, stage="registration")
    found = {check.parameter: check for check in checks(hand.dataset(), RANGES)}
    first = found["checks.first_instance_recognition"]
    assert (first.ours, first.observed, first.inside) == (pytest.approx(0.3), pytest.approx(0.5), True)
    assert (first.low, first.high) == (0.2, 0.6)
    assert found["checks.appeals_allowed"].ours == pytest.approx(0.3)
    assert found["checks.return_orders_carried_out"].ours == pytest.approx(6.0 / (24.0 + 500.0))  # 500 at the opening
    assert found["checks.detention_ended_by_release"].inside is False
    assert set(CHECKS) == {name for name in CATALOGUE if name.startswith("checks.")}


def test_persons_a_year_stand_beside_persons_a_year():
    hand = Hand(73).move("assisted_from_counselling", slice(0, None), 2.0, place="community")
    found = {check.parameter: check for check in checks(hand.dataset(), RANGES)}["checks.assisted_returns"]
    assert found.unit == "person/year"
    assert found.ours == pytest.approx(2.0 * 365.2425)
    assert found.inside is False
    wide = checks(hand.dataset(), RANGES | {"checks.assisted_returns": (0.0, 98403.0)})
    assert next(check for check in wide if check.parameter == "checks.assisted_returns").inside is True


def test_a_figure_that_the_model_does_not_have_is_neither_inside_nor_outside():
    found = checks(Hand(10).dataset(), RANGES)
    shares = [check for check in found if check.unit == "share"]
    assert len(shares) == len(found) - 1
    assert all(math.isnan(check.ours) and check.inside is None for check in shares)
    with pytest.raises(KeyError):
        checks(Hand(10).dataset(), {})


def sure(value, **marks):
    """A published number of departures that is not a range."""
    return replace(seen("departed", value), low=value, high=value, **marks)


@pytest.mark.parametrize(("published", "marks", "miss", "missed"), [
    (80.0, {"bound": "at_least"}, 0.0, False), (200.0, {"bound": "at_least"}, -0.375, True),
    (200.0, {"bound": "at_most"}, 0.0, False), (80.0, {"bound": "at_most"}, 0.5625, True),
    (110.0, {"rounding": 40.0}, 0.0, False), (100.0, {"rounding": 20.0}, 125 / 110 - 1, True),
    (118.0, {}, 125 / 118 - 1, False), (60.0, {"reliability": "weak"}, 125 / 60 - 1, True),
])
def test_a_figure_is_missed_only_on_the_wrong_side_of_what_was_published(moved, published, marks, miss, missed):
    (found,) = compare(moved, (sure(published, **marks),))
    assert found.ours == pytest.approx(125.0)
    assert (found.miss, found.missed) == (pytest.approx(miss), missed)


def test_a_doubtful_figure_is_shown_with_its_miss_and_never_scored(moved):
    (found,) = compare(moved, (sure(60.0, reliability="doubtful"),))
    assert (found.gap, found.missed, found.observation.scored) == (pytest.approx(65.0), False, False)
