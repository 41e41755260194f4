"""Closed formulas: cases so simple that the answer can be written down."""

import numpy as np
import pytest

from mixedmig_model.equations.departures import leaving_hazards
from mixedmig_model.solve.answer import Answer
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.run import solve
from mixedmig_model.solve.schedule import Schedule
from mixedmig_model.vocabulary.labels import PLACE, STAGE

from .synthetic import (
    CHILD_ALONE,
    EXACT,
    MIGRANT,
    REFUGEE,
    REFUGEE_CHILD,
    TRAFFICKED,
    daily_flow,
    daily_people,
    make_run,
    weekly_stock,
    weekly_total,
)

CLOSE = 1e-6
"""Relative tolerance against a formula; the integration is asked for 1e-9."""

SMALL = 5e-5
"""Persons: what the integration may leave or take where a stock has nearly drained."""

STILL = {
    "return__assisted_uptake_rate": 0.0, "return__assisted_places": 0.0, "detention__review_release_rate": 0.0,
}
"""No way out of a stage but the one under test."""


def days_of(answer: Answer) -> np.ndarray:
    return np.arange(len(answer.day_stocks), dtype=float)


def by_stage(answer: Answer, stage: str) -> np.ndarray:
    return daily_people(answer)[:, STAGE[stage]].sum(axis=(1, 2))


def by_place(answer: Answer, place: str) -> np.ndarray:
    return daily_people(answer)[:, :, PLACE[place]].sum(axis=(1, 2))


def test_people_at_sea_fill_and_drain_as_an_exponential_of_the_voyage_time():
    voyage, rate, stop = 8.0, 50.0, 28
    run = make_run(70, {0: rate, stop: 0.0}, journey__voyage_time=voyage)
    answer = solve(run, EXACT)
    day = answer.week_days
    filling = rate * voyage * (1 - np.exp(-np.minimum(day, stop) / voyage))
    expected = filling * np.exp(-np.maximum(day - stop, 0) / voyage)
    assert weekly_stock(answer, "at_sea").sum(axis=(1, 2)) == pytest.approx(expected, rel=CLOSE, abs=SMALL)


def test_deaths_are_the_mortality_whichever_way_a_voyage_ends():
    mortality = 0.03
    run = make_run(
        140, {0: 50.0, 20: 0.0}, journey__voyage_time=5.0, journey__mortality=mortality,
        journey__abandonment_rate=0.1, journey__refused_share=0.2,
    )
    answer = solve(run, EXACT)
    assert weekly_stock(answer, "at_sea")[-1].sum() < 1e-6
    assert weekly_total(answer, "crossing_deaths")[-1].sum() == pytest.approx(mortality * 1000.0, rel=CLOSE)
    # 1/voyage + abandonment is the rate of leaving; the survivors divide in proportion, then by refusal and recording.
    survivors, abandoned = (1 - mortality) * 1000.0, 0.1 / (1 / 5.0 + 0.1)
    expected = {
        "abandoned": survivors * abandoned,
        "refused": survivors * (1 - abandoned) * 0.2,
        "landed": survivors * (1 - abandoned) * 0.8 * 0.9,
        "landed_unrecorded": survivors * (1 - abandoned) * 0.8 * 0.1,
    }
    for flow, people in expected.items():
        assert weekly_total(answer, flow)[-1].sum() == pytest.approx(people, rel=CLOSE), flow


def test_people_adrift_drain_with_the_sum_of_their_hazards_and_divide_in_proportion():
    safety, dying, turning = 6.0, 0.02, 0.05
    run = make_run(
        350, {0: 30.0, 14: 0.0}, journey__abandonment_rate=2.0, journey__voyage_time=36525.0, journey__mortality=0.0,
        journey__time_to_place_of_safety=safety, journey__adrift_death_rate=dying, journey__turn_back_rate=turning,
    )
    answer = solve(run, EXACT)
    hazard = 1 / safety + dying + turning
    adrift = weekly_stock(answer, "adrift").sum(axis=1)
    later = answer.week_days >= 28  # by then nobody is at sea: 14 days at 2/day leave exp(-28)
    day = answer.week_days[later] - 28
    assert adrift[later] == pytest.approx(adrift[later][0] * np.exp(-hazard * day), rel=CLOSE, abs=SMALL)
    # Before: the two stocks in a row, filled at a constant rate, give the known difference of two exponentials.
    full = 2.0 + 1 / 36525.0
    at_sea = 30.0 / full * (1 - np.exp(-full * 7))
    expected = 30.0 * 2.0 / full * (
        (1 - np.exp(-hazard * 7)) / hazard - (np.exp(-hazard * 7) - np.exp(-full * 7)) / (full - hazard)
    )
    assert weekly_stock(answer, "at_sea")[1].sum() == pytest.approx(at_sea, rel=CLOSE)
    assert adrift[1] == pytest.approx(expected, rel=CLOSE)
    entered = weekly_total(answer, "abandoned")[-1].sum()
    for flow, part in (("deaths_adrift", dying), ("turned_back_adrift", turning), ("disembarked", 1 / safety)):
        assert weekly_total(answer, flow)[-1].sum() == pytest.approx(entered * part / hazard, rel=CLOSE), flow


def test_disembarkation_divides_by_the_shares_of_the_countries():
    run = make_run(
        100, {0: 20.0, 30: 0.0}, countries=("near", "far"), journey__refused_share=1.0, journey__voyage_time=3.0,
        journey__disembarkation_share={"near": 0.8, "far": 0.2},
    )
    landed = weekly_total(solve(run, EXACT), "disembarked")[-1].sum(axis=(0, 1))
    assert landed.sum() > 0.99 * 2 * 20.0 * 30 * 0.99
    assert landed[0] == pytest.approx(4 * landed[1], rel=1e-9)


def test_a_steady_journey_holds_departures_times_the_time_of_a_voyage():
    answer = solve(make_run(300, 12.5, journey__voyage_time=9.0), EXACT)
    assert weekly_stock(answer, "at_sea")[-1].sum() == pytest.approx(12.5 * 9.0, rel=CLOSE)


def test_a_steady_procedure_holds_inflow_times_duration_in_each_uncongested_stage():
    """The shares of screening are worked out here by hand, group by group, from the numbers of the run."""
    groups = {"refugee": REFUGEE, "child_alone": CHILD_ALONE, "trafficked": TRAFFICKED, "migrant": MIGRANT}
    claim = [0.7, 0.4, 0.3, 0.2]
    run = make_run(
        1100, 10.0, groups, journey__mortality=0.0, journey__unrecorded_share=0.0,
        arrivals__composition=[1.0, 0.2, 0.3, 0.5], counselling__claim_share=claim, screening__agency_access=0.25,
        referral__protected_share=0.5, referral__determination_share=0.3, determination__quality_slope=0.0,
        determination__officers=500.0, appeal__panels=100.0, return__officers=100.0,
        return__assisted_uptake_rate=0.02, return__uptake_before_decision=0.5, return__assisted_places=100.0,
        return__escorted_places=100.0,
    )
    answer = solve(run, EXACT)
    stages = weekly_stock(answer, "people")[-1].sum(axis=(1, 3))  # [stage, group]
    inflow = 10.0 * np.array([0.5, 0.5 * 0.2, 0.5 * 0.3, 0.5 * 0.5])
    sensitivity = 0.7 + 0.25 * (0.9 - 0.7)
    referred = np.array([0.0, 1 - 0.12, 0.45, 0.0])
    positive = np.array([sensitivity, 0.5, 0.5, 0.5])
    counselled = inflow * (1 - referred) * (1 - positive)
    counselling = counselled / (1 / 14.0 + 0.02 * 0.5)  # left by advice and by assisted return
    determined = inflow * (1 - referred) * positive + counselling * claim / 14.0 + inflow * referred * 0.3
    granted = np.array([0.8, 0.8, 0.8, 0.08])
    appealed = determined * (1 - granted) * 0.6
    decided = counselling * (1 - np.array(claim)) / 14.0 + determined * (1 - granted) * 0.4 + appealed * 0.7
    expected = {
        "registration": inflow * 1.0, "screening": inflow * 2.0, "counselling": counselling,
        "referral": inflow * referred * 20.0, "determination": determined * 20.0, "appeal": appealed * 15.0,
        "return": decided / (1 / 20.0 + 0.02),
    }
    for stage, people in expected.items():
        assert stages[STAGE[stage]] == pytest.approx(people, rel=1e-6, abs=1e-9), stage


def drained(opening: float, capacity: float, minimum_time: float, day: np.ndarray) -> np.ndarray:
    """A queue without arrivals: linear while work limits it, exponential once only the minimum time does."""
    kink = (opening - capacity * minimum_time) / capacity
    late = capacity * minimum_time * np.exp(-(day - kink) / minimum_time)
    return np.where(day < kink, opening - capacity * day, late)


@pytest.mark.parametrize(
    ("stage", "capacity", "minimum_time", "changes"),
    [
        # officers x hours a day / hours a person: 3 x 40/7 / (8 x 2 / 25)
        ("registration", 3 * 40 / 7 * 25 / 16, 3.0,
         {"registration__officers": 3.0, "registration__minimum_time": 3.0}),
        # 5 x 40/7 / (8 / 8)
        ("screening", 5 * 40 / 7, 4.0, {"screening__officers": 5.0, "screening__minimum_time": 4.0}),
        # 20 officers x 40/7 hours / (5 x 8 hours a week / (3 cases x 1.8 persons))
        ("determination", 20 * 40 / 7 * 3 * 1.8 / 40, 12.0,
         {"determination__officers": 20.0, "determination__minimum_time": 12.0}),
        ("appeal", 7 * 40 / 7 * 6 * 1.8 / 40, 9.0, {"appeal__panels": 7.0, "appeal__minimum_time": 9.0}),
        # 12 hours a case of 1.8 persons
        ("return", 10 * 40 / 7 * 1.8 / 12, 7.0,
         {"return__officers": 10.0, "return__documentation_time": 7.0, "return__escorted_places": 1e6}),
    ],
)
def test_a_work_limited_queue_drains_linearly_and_then_exponentially(stage, capacity, minimum_time, changes):
    opening = 11.5 * capacity + capacity * minimum_time  # the kink lies at day 11.5
    run = make_run(40, opening=((stage, "community", "here", opening),), **STILL, **changes)
    answer = solve(run, EXACT)
    queue, day = by_stage(answer, stage), days_of(answer)
    assert queue == pytest.approx(drained(opening, capacity, minimum_time, day), rel=CLOSE, abs=SMALL)
    assert -np.diff(queue[:11]) == pytest.approx(capacity, rel=1e-7)
    reported = to_dataset(run, answer)["service_capacity"].sel(function=stage)
    assert reported.values == pytest.approx(capacity, rel=1e-12)


def test_quality_of_decisions_falls_with_the_caseload_by_the_formula():
    """Decisions at capacity k shrink the queue linearly, so recognitions are an integral with a closed form."""
    officers, norm, slope, worst, best, opening, days = 10.0, 20.0, 0.3, 0.25, 0.8, 1500.0, 28
    run = make_run(
        days, groups={"refugee": REFUGEE, "other": TRAFFICKED},
        opening=(("determination", "community", "here", opening),),
        determination__officers=officers, determination__caseload_norm=norm, determination__quality_slope=slope,
        determination__largest_quality_loss=worst, determination__true_positive_rate=best, **STILL,
    )
    served = officers * 40 / 7 * 3 * 1.8 / 40
    answer = solve(run, EXACT)
    steep = slope / worst / (1.8 * officers * norm)  # of exp(-steep x (queue - queue at the norm))
    at_norm = 1.8 * officers * norm
    last = opening - served * days
    assert last > at_norm
    lost = worst * (opening - last - (np.exp(-steep * (last - at_norm)) - np.exp(-steep * (opening - at_norm))) / steep)
    expected = best * (opening - last) - lost
    assert weekly_total(answer, "recognised")[-1].sum() == pytest.approx(expected, rel=CLOSE)


def test_enforced_returns_are_held_to_the_escorts_and_the_rest_waits():
    """Prepared at 8.6 a day, 60 % readmitted, 2 escorted: 2 a day leave, 40 % go into limbo, the others stay."""
    prepared = 10 * 40 / 7 * 1.8 / 12
    run = make_run(
        20, opening=(("return", "community", "here", 1000.0),), return__officers=10.0, return__escorted_places=2.0,
        return__documentation_time=5.0, return__readmission_share=0.6, **STILL,
    )
    answer = solve(run, EXACT)
    assert daily_flow(answer, "enforced")[:, 0] == pytest.approx(2.0, rel=CLOSE)
    assert daily_flow(answer, "found_unreturnable")[:, 0] == pytest.approx(0.4 * prepared, rel=CLOSE)
    assert by_stage(answer, "return")[-1] == pytest.approx(1000.0 - 20 * (2.0 + 0.4 * prepared), rel=CLOSE)


def test_assisted_return_takes_no_more_than_its_places_and_then_the_uptake():
    run = make_run(
        60, opening=(("return", "community", "here", 300.0),), return__officers=0.0,
        return__assisted_uptake_rate=0.1, return__assisted_places=12.0,
    )
    answer = solve(run, EXACT)
    # Places limit until 0.1 x people = 12, that is 120 people, after 15 days.
    expected = drained(300.0, 12.0, 10.0, days_of(answer))
    assert by_stage(answer, "return") == pytest.approx(expected, rel=CLOSE, abs=SMALL)


def test_a_closure_empties_reception_as_an_exponential_of_one_day():
    run = make_run(24, opening=(("limbo", "reception", "here", 800.0),), reception__places={0: 1000.0, 5: 300.0})
    answer = solve(run, EXACT)
    day = days_of(answer)
    housed = np.where(day < 5, 800.0, 300.0 + 500.0 * np.exp(-(day - 5)))
    assert by_place(answer, "reception") == pytest.approx(housed, rel=CLOSE)
    assert by_place(answer, "unsheltered") == pytest.approx(800.0 - housed, rel=CLOSE, abs=SMALL)
    assert daily_flow(answer, "lost_place").sum() == pytest.approx(500.0 * (1 - np.exp(-19)), rel=CLOSE)


@pytest.mark.parametrize("waiting", [200.0, 900.0], ids=["room for all", "too little room"])
def test_people_without_shelter_take_the_room_that_there_is(waiting):
    """With u waiting and room r: both fall at min(r, u)/day, so that the smaller falls as an exponential of a day."""
    run = make_run(15, opening=(("limbo", "unsheltered", "here", waiting),), reception__places=500.0)
    answer = solve(run, EXACT)
    moved = min(waiting, 500.0) * (1 - np.exp(-days_of(answer)))
    assert by_place(answer, "reception") == pytest.approx(moved, rel=CLOSE, abs=SMALL)
    assert by_place(answer, "unsheltered") == pytest.approx(waiting - moved, rel=CLOSE, abs=SMALL)


def test_people_in_detention_leave_at_the_rate_of_review_or_in_a_day_once_recognised():
    run = make_run(
        30, opening=(("limbo", "detention", "here", 60.0), ("protected", "detention", "here", 40.0)),
        detention__places=200.0, **(STILL | {"detention__review_release_rate": 0.02}),
    )
    answer = solve(run, EXACT)
    detained = daily_people(answer)[:, :, PLACE["detention"], 0]
    assert detained[:, STAGE["limbo"]] == pytest.approx(60.0 * np.exp(-0.02 * days_of(answer)), rel=CLOSE)
    recognised = 40.0 * np.exp(-1.02 * days_of(answer))
    assert detained[:, STAGE["protected"]] == pytest.approx(recognised, rel=CLOSE, abs=SMALL)


def test_identified_children_are_released_in_a_day_once_exempt_and_the_others_stay():
    """Of children detained before the exemption those seen as such (88 %) leave as exp(-t); those missed remain."""
    missed, start = 0.12, 60
    run = make_run(
        80, {0: 10.0, 10: 0.0}, {"child": {"need": "international", "flags": ("child",)}},
        journey__voyage_time=1.0, journey__unrecorded_share=0.0, journey__mortality=0.0,
        detention__places=1e6, detention__detained_share=1.0, registration__officers=0.0,
        registration__wrongly_assessed_adult_share=missed, law__child_exemption={0: 0.0, start: 1.0}, **STILL,
    )
    answer = solve(run, EXACT)
    day, held = days_of(answer), by_place(answer, "detention")
    expected = 100.0 * (missed + (1 - missed) * np.exp(-(day - start)))
    assert held[start:] == pytest.approx(expected[start:], rel=1e-5)


def test_protected_people_leave_reception_in_the_move_on_time():
    run = make_run(50, opening=(("protected", "reception", "here", 400.0),), reception__move_on_time=15.0)
    answer = solve(run, EXACT)
    assert by_place(answer, "reception") == pytest.approx(400.0 * np.exp(-days_of(answer) / 15.0), rel=CLOSE, abs=SMALL)


def test_onward_movement_is_an_exponential_that_spares_the_detained_and_the_protected():
    rate = 0.03
    run = make_run(
        40, opening=(("limbo", "community", "here", 500.0), ("limbo", "detention", "here", 30.0),
                     ("protected", "community", "here", 70.0)),
        detention__places=100.0, onward__rate=rate, **STILL,
    )
    answer = solve(run, EXACT)
    people = daily_people(answer)[:, :, :, 0]
    free = people[:, STAGE["limbo"], PLACE["community"]]
    assert free == pytest.approx(500.0 * np.exp(-rate * days_of(answer)), rel=CLOSE)
    assert people[-1, STAGE["limbo"], PLACE["detention"]] == pytest.approx(30.0, rel=1e-12)
    assert people[-1, STAGE["protected"], PLACE["community"]] == pytest.approx(70.0, rel=1e-12)


def test_children_detained_at_the_opening_are_released_by_the_exemption():
    """Identified children inside leave at 1/day, the others stay: N [(1-w) e^-t + w], with no other way out."""
    run = make_run(
        20, groups={"refugee_child": REFUGEE_CHILD}, opening=(("counselling", "detention", "here", 1000.0),),
        detention__places=2000.0, reception__places=5000.0, counselling__duration=36525.0,
        registration__wrongly_assessed_adult_share=0.2, **STILL,
    )
    answer = solve(run, EXACT)
    days = days_of(answer)
    expected = 1000.0 * (0.8 * np.exp(-days) + 0.2)
    stayed = np.exp(-days / 36525.0)
    np.testing.assert_allclose(by_place(answer, "detention"), expected * stayed, rtol=2e-3)


def test_a_trafficked_person_without_other_need_is_a_need_missed():
    """Screening sends (1 - sensitivity) x specificity of them to counselling; each is a need missed."""
    group = {"need": "none", "flags": ("trafficked",)}
    run = make_run(120, groups={"trafficked": group}, opening=(("screening", "community", "here", 100.0),), **STILL)
    answer = solve(run, EXACT)
    missed = answer.layout.flow_at["needs_missed"][0]
    sent = answer.layout.flow_at["screened_to_counselling"][0]
    assert answer.week_totals[-1][sent].sum() > 10.0
    assert answer.week_totals[-1][missed].sum() == pytest.approx(answer.week_totals[-1][sent].sum(), rel=1e-9)


def test_a_queue_a_hair_below_zero_without_staff_is_no_backlog():
    """The solver may leave -1e-6 person; over no capacity at all that was a backlog of minus a thousand days."""
    levels = Schedule(make_run(7, onward__rate=0.01, onward__waiting_gain=1.0)).at(0.0)
    inputs = levels.onward.rate[None, :], levels.onward, levels.absconding
    hazards = leaving_hazards(np.full((3, 1), -1e3), np.zeros(1), *inputs)
    none = leaving_hazards(np.zeros((3, 1)), np.zeros(1), *inputs)
    assert (hazards.onward == none.onward).all()
    assert (hazards.absconded == none.absconded).all()
    assert (none.onward == 0.01).all()
