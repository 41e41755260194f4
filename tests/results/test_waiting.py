"""Waits of services, by class and country, from Datasets made by hand."""

import numpy as np
import pytest
from hand_dataset import FUNCTIONS, Hand

from mixedmig_model.results.waits.chain import entered_by_group, share_through
from mixedmig_model.results.waits.waiting import load, stage_waits, utilisation, waits_of_totals, warned

DAYS = 400


def overrun(days=DAYS, capacity=6.0, **given):
    """Ten people a day register for six places: the queue grows for ever."""
    hand = Hand(days, groups={"refugee": ("international",)}, **given)
    hand.move("landed", slice(None), 10.0, place="reception").move("registered", slice(None), capacity)
    hand.services["service_capacity"][:, 0] = capacity
    return hand


def test_a_service_at_capacity_keeps_the_head_of_the_queue_waiting_longer_and_longer():
    waits = stage_waits(overrun().dataset(), "registration")
    assert waits.congested[1:].all()
    assert waits.label == ""
    days = np.arange(DAYS) + 0.5
    assert waits.by_day() == pytest.approx(0.4 * days, rel=1e-9)
    assert waits.median == pytest.approx(0.4 * 0.5 * DAYS, abs=0.5)
    assert waits.p90 == pytest.approx(0.4 * 0.9 * DAYS, abs=0.5)
    assert waits.mean == pytest.approx(0.2 * DAYS, rel=1e-3)


def test_shares_within_a_standard_count_arrivals_old_enough_to_know():
    waits = stage_waits(overrun().dataset(), "registration")
    # somebody who comes on day u waits 2/3 u: within 60 days up to day 90, of those who came before day 340
    assert waits.share_within(60.0) == pytest.approx(90.0 / 340.0, rel=0.01)
    weekly = waits.weekly_share_within(60.0)
    assert weekly[:12] == pytest.approx(1.0)
    assert weekly[14:48] == pytest.approx(0.0)
    assert np.isnan(weekly[-1])
    assert np.isnan(waits.share_within(float(DAYS + 1)))
    assert waits.so_far[-1] == pytest.approx(0.5)


def test_the_backlog_has_an_age():
    backlog = stage_waits(overrun().dataset(), "registration").age_of_backlog()
    assert backlog.number == pytest.approx(4.0 * DAYS)
    assert backlog.oldest == pytest.approx(0.4 * DAYS, abs=0.1)
    assert (backlog.over_180, backlog.over_365) == (0.0, 0.0)
    early = stage_waits(overrun(1000).dataset(), "registration").age_of_backlog(600)
    assert early.number == pytest.approx(2400.0)
    assert early.over_180 == pytest.approx(60.0 / 240.0, rel=1e-6)


def test_the_backlog_of_the_opening_counts_from_the_day_before():
    hand = Hand(400).open("people", 30.0, stage="determination", place="reception", group="refugee")
    backlog = stage_waits(hand.dataset(), "determination").age_of_backlog()
    assert (backlog.number, backlog.over_365) == (30.0, pytest.approx(1.0))
    assert 400.0 < backlog.oldest <= 401.0


def light(minimum=10.0, arriving=5.0, days=200, withdrawn=0.0):
    """A service that everybody leaves at 1/minimum, or withdraws from: nobody waits for capacity."""
    hand = Hand(days, groups={"refugee": ("international",)})
    edges = np.arange(days + 1.0)
    hazard = 1.0 / minimum + withdrawn
    queue = arriving / hazard * (1.0 - np.exp(-edges * hazard))
    left = arriving - np.diff(queue)
    hand.move("screened_to_determination", slice(None), arriving)
    hand.move("recognised", slice(None), left / (minimum * hazard))
    hand.move("withdrawn", slice(None), left * withdrawn / hazard)
    row = FUNCTIONS.index("determination")
    hand.services["service_capacity"][:, row] = 100.0
    hand.services["work_needed"][:, row, 0] = queue[1:] / minimum / 100.0 * 10.0
    return hand


def test_a_lightly_loaded_service_reads_as_its_minimum_time():
    waits = stage_waits(light().dataset(), "determination")
    assert not waits.congested.any()
    assert waits.label == "at its minimum time"
    assert waits.at_minimum == pytest.approx(1.0)
    assert waits.mean == pytest.approx(10.0, rel=2e-3)
    assert waits.share_within(11.0) == pytest.approx(1.0)
    assert waits.share_within(9.0) == pytest.approx(0.0)


@pytest.mark.parametrize("minimum", [10.0, 30.0])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_without_a_queue_percentiles_are_those_of_an_exponential(minimum, share):
    """The 90th is 2.3 times the mean."""
    waits = stage_waits(light(minimum).dataset(), "determination")
    assert waits.quantile(share) == pytest.approx(-minimum * np.log(1.0 - share), rel=2e-3)
    assert waits.p90 == pytest.approx(2.3026 * minimum, rel=2e-3)


def test_without_a_queue_losses_end_the_long_waits_first():
    waits = stage_waits(light(30.0, withdrawn=0.02).dataset(), "determination")
    assert waits.p90 == pytest.approx(np.log(10.0) / (1.0 / 30.0 + 0.02), rel=2e-3)


def test_a_service_that_leaves_people_waiting_below_its_capacity_is_congested():
    hand = light()
    hand.services["work_needed"][:, FUNCTIONS.index("determination")] *= 2.0  # half of those whose time has come
    assert stage_waits(hand.dataset(), "determination").congested[2:].all()


def test_a_hair_does_not_decide_how_long_people_waited_on_the_day_on_which_a_service_catches_up():
    def wait(load_):
        """Day 20, with 80 people in the queue and teams for 100, of whom some share is used."""
        hand = Hand(30, groups={"refugee": ("international",)})
        hand.move("landed", slice(None), 10.0, place="reception").move("registered", slice(0, 20), 6.0)
        hand.services["service_capacity"][:20, 0] = 6.0
        hand.services["service_capacity"][20:, 0] = 80.0 / load_
        waits = stage_waits(hand.move("registered", 20, 80.0).dataset(), "registration")
        return waits.congested[20:22, 0].tolist(), waits.wait[21, 0]

    # those served at noon came on day 16: they waited until noon, or until the morning, when it had caught up
    (_, at_capacity), (_, hardly) = wait(0.9801), wait(0.9799)
    assert at_capacity == pytest.approx(4.5)
    assert hardly == pytest.approx(at_capacity, abs=0.01)
    assert wait(0.945)[1] == pytest.approx(4.5 - 0.5 + 0.3)
    assert wait(0.5) == ([True, True], pytest.approx(4.0))


def test_people_lost_on_the_way_are_apart():
    hand = Hand(300, groups={"refugee": ("international",)})
    hand.move("landed", slice(None), 10.0, place="reception")
    hand.move("absconded", slice(None), 4.0, stage="registration").move("registered", slice(2, None), 6.0)
    hand.services["service_capacity"][:, 0] = 6.0
    waits = stage_waits(hand.dataset(), "registration")
    queue = waits.queues.waiting[-1, 0]  # settles: 10 - 4 - 6, and the twelve of the first two days
    assert queue == pytest.approx(12.0)
    loss = 4.0 / queue
    assert waits.by_day()[-1] == pytest.approx(np.log(10.0 / 6.0) / loss, rel=5e-3)
    people, within = waits.cohort(30.0)
    assert people[100, 0] == pytest.approx(6.0, rel=5e-3)
    assert within[100, 0] == pytest.approx(people[100, 0])


def test_countries_are_combined_by_people_and_can_be_asked_for_alone():
    hand = Hand(100, ("north", "south"), {"refugee": ("international",)})
    for country, arriving, served in (("north", 10.0, 5.0), ("south", 30.0, 20.0)):
        hand.move("landed", slice(None), arriving, place="reception", country=country)
        hand.move("registered", slice(None), served, country=country)
    hand.services["service_capacity"][:, 0] = [5.0, 20.0]
    ds = hand.dataset()
    both = stage_waits(ds, "registration")
    north, south = (stage_waits(ds, "registration", country) for country in ("north", "south"))
    assert (north.mean, south.mean) == (pytest.approx(25.0, rel=0.01), pytest.approx(50.0 / 3.0, rel=0.01))
    assert both.mean == pytest.approx((5.0 * north.mean + 20.0 * south.mean) / 25.0)
    assert both.mean_by_country(2) == pytest.approx([north.mean, south.mean])
    with pytest.raises(KeyError, match="no country 'west'"):
        stage_waits(ds, "registration", "west")
    with pytest.raises(KeyError, match="not a work-limited stage"):
        stage_waits(ds, "limbo")


def prioritised(days=200):
    """Children are served in a day; refugees and migrants together wait for what is left."""
    groups = {"refugee": ("international",), "migrant": ("none",), "child": ("other", "child")}
    hand = Hand(days, groups=groups)
    edges = np.arange(days + 1.0)
    children = 2.0 * (1.0 - np.exp(-edges))
    hand.move("landed", slice(None), 2.0, place="reception", group="child")
    hand.move("registered", slice(None), 2.0 - np.diff(children), group="child")
    for group, size in (("refugee", 6.0), ("migrant", 3.0)):
        hand.move("landed", slice(None), size, place="reception", group=group)
        hand.move("registered", slice(None), 0.5 * size, group=group)
    hand.services["service_capacity"][:, 0] = 6.5
    return hand.dataset()


def test_groups_served_alike_wait_together_and_the_first_class_apart():
    ds = prioritised()
    waits = stage_waits(ds, "registration")
    assert waits.series[:, 0].tolist() == [1, 1, 0] or waits.series[:, 0].tolist() == [0, 0, 1]
    child = stage_waits(ds, "registration", groups=("child",))
    assert child.median == pytest.approx(1.0, abs=0.05)
    others = stage_waits(ds, "registration", groups=("refugee", "migrant"))
    assert others.median == pytest.approx(50.0, abs=0.5)
    assert waits.p90 > 85.0
    assert waits.quantile(0.2) == pytest.approx(1.0, abs=0.1)


def test_a_selection_without_anybody_has_no_wait():
    waits = stage_waits(prioritised(), "registration", groups=())
    assert np.isnan([waits.median, waits.share_within(3.0), waits.age_of_backlog().oldest]).all()


def test_waits_through_two_stages_add_up():
    hand = Hand(100, groups={"refugee": ("international",)})
    hand.move("landed", slice(None), 10.0, place="reception").move("registered", slice(2, None), 10.0)
    hand.move("screened_to_counselling", slice(6, None), 10.0)
    hand.services["service_capacity"][:, :2] = 10.0
    ds = hand.dataset()
    first, second = stage_waits(ds, "registration"), stage_waits(ds, "screening")
    assert (first.by_day()[50], second.by_day()[50]) == (pytest.approx(2.0), pytest.approx(4.0))
    entered = entered_by_group(ds, "registration")
    assert share_through(first, second, entered, 5.9) == pytest.approx(0.0)
    assert share_through(first, second, entered, 6.1) == pytest.approx(1.0)
    assert np.isnan(share_through(first, second, entered, 6.1, np.zeros(1, bool)))


def test_times_adrift_are_those_of_the_head_of_a_queue():
    days = 200
    edges = np.arange(days + 1.0)
    stock = 4.0 * 5.0 * (1.0 - np.exp(-edges / 5.0))
    left = 4.0 - np.diff(stock)
    waits = waits_of_totals("adrift", np.full(days, 4.0), 0.9 * left, 0.1 * left, stock)
    # 4 exp(-0.02 W) = 3.6, once the stock is steady
    assert waits.median == pytest.approx(np.log(1.0 / 0.9) / 0.02, rel=0.02)


def test_utilisation_load_and_warnings():
    hand = overrun(capacity=10.0)
    hand.flows["registered"][...] = 0.0
    hand.move("registered", slice(None), 9.5)
    hand.services["staff_effective"][:, 0] = 3.0
    ds = hand.dataset()
    assert utilisation(ds, "registration").values == pytest.approx(0.95)
    assert utilisation(ds, "registration").dims == ("day_interval", "country")
    assert load(ds, "registration").values == pytest.approx(1.0)
    (found,) = warned(ds)
    assert (found.function, found.country, found.share, found.team) == ("registration", "here", 1.0, 3.0)
    hand.services["service_capacity"][:, 0] = 5.0  # overrun twice over: no matter of chance
    assert warned(hand.dataset()) == []
