"""Two kinds of people: some are likely to move on, the others are not, so onward movement falls with time."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mixedmig_model.equations.carried import Through, movers_change, onward_rate, share_of
from mixedmig_model.equations.levels import Onward
from mixedmig_model.solve.kernel.runs import solve_runs
from mixedmig_model.solve.run import solve
from mixedmig_model.vocabulary.calendar import YEAR_DAYS
from mixedmig_model.vocabulary.labels import STAGE

from .discrete_event import Country, Group, Staff, World, replicate
from .synthetic import EXACT, HUGE, MIGRANT, PLAIN, daily_flow, daily_people, make_run, weekly_stock
from .test_discrete_event import DESK, FLAT, QUICK_DESK, agree, officer_days, sharp, solved

MONTH = YEAR_DAYS / 12.0
SHARE, FAST, SLOW = 0.6, 0.02, 0.0015
STILL = {"return__assisted_uptake_rate": 0.0, "return__assisted_places": 0.0, "detention__review_release_rate": 0.0}
LIMBO = (("limbo", "community", "here", 1000.0),)


def both_ways(run):
    """The run by the reference path, and by the kernel with short steps."""
    return {"reference": solve(run, EXACT), "kernel": solve_runs([run], step=1 / 16)[0]}


def present(answer):
    """People ashore by day, of all stages and places."""
    return daily_people(answer).sum(axis=(1, 2, 3))


def two_kinds(days, share=SHARE, fast=FAST, slow=SLOW):
    return share * np.exp(-fast * days) + (1.0 - share) * np.exp(-slow * days)


@pytest.mark.parametrize("absconding", [0.0, 0.004])
def test_a_closed_population_of_two_kinds_leaves_as_two_exponentials(absconding):
    """All other ways out take both kinds alike."""
    run = make_run(400, opening=LIMBO, onward__rate=SLOW, onward__mover_share=SHARE, onward__mover_rate=FAST,
                   absconding__rate=absconding, **STILL)
    for path, answer in both_ways(run).items():
        days = np.arange(401.0)
        expected = 1000.0 * np.exp(-absconding * days) * two_kinds(days)
        assert present(answer) == pytest.approx(expected, rel=1e-6 if path == "reference" else 2e-5), path


def test_people_who_keep_coming_are_the_sum_of_both_kinds():
    """In one stage nothing that people do depends on others, so two kinds are two runs of one kind, added up."""
    def landed(**onward):
        return make_run(
            350, {0: 30.0, 200: 0.0}, {"migrant": MIGRANT}, registration__officers=0.0, absconding__rate=0.002,
            reception__places=HUGE, **FLAT, **STILL, **onward,
        )

    both, *alone = solve_runs([landed(onward__rate=SLOW, onward__mover_share=SHARE, onward__mover_rate=FAST),
                               *(landed(onward__rate=rate) for rate in (FAST, SLOW))], step=1 / 16)
    moved = [daily_flow(one, "moved_onward").sum(axis=1) for one in (both, *alone)]
    assert moved[0][-1] < 0.2 * moved[0].max()  # few of those likely to are left
    assert moved[0] == pytest.approx(SHARE * moved[1] + (1.0 - SHARE) * moved[2], rel=1e-3, abs=1e-3)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_with_one_kind_alone_the_rate_is_constant(share):
    run = make_run(100, opening=LIMBO, onward__rate=SLOW, onward__mover_share=share, onward__mover_rate=FAST, **STILL)
    rate = FAST if share else SLOW
    for answer in both_ways(run).values():
        assert present(answer) == pytest.approx(1000.0 * np.exp(-rate * np.arange(101.0)), rel=1e-5)


def test_without_people_likely_to_move_on_their_rate_changes_no_number():
    """To the last digit, in every stock and flow."""
    runs = [make_run(60, 40.0, opening=LIMBO, onward__rate=0.004, onward__mover_rate=rate, onward__waiting_gain=0.001,
                     onward__crowding_gain=0.5, absconding__rate=0.003, journey__unrecorded_share=0.2)
            for rate in (0.0, 0.5)]
    one, other = solve_runs(runs)
    assert np.array_equal(one.week_totals, other.week_totals)
    assert np.array_equal(one.day_stocks, other.day_stocks)


def test_transferred_people_are_as_likely_as_those_where_they_come():
    """Nobody is likely to move on in the second country, and all who were transferred stay there."""
    countries = ("first", "second")
    run = make_run(
        200, opening=(("determination", "reception", "first", 1000.0), ("determination", "reception", "second", 500.0)),
        countries=countries, determination__officers=0.0, onward__mover_share={"first": 0.5, "second": 0.0},
        onward__mover_rate=FAST, sharing__transfers={"first": 5.0, "second": 0.0}, **STILL,
    )
    for answer in both_ways(run).values():
        moved = daily_flow(answer, "moved_onward").sum(axis=0)
        assert moved[0] > 100.0
        assert moved[1] == 0.0
        assert weekly_stock(answer, "people")[-1].sum() + moved.sum() == pytest.approx(1500.0)


# Aceh, 2015-2016: 1,010 Rohingya landed between 10 and 20 May 2015 (BenarNews). IOM's situation reports count those
# left in shelters at the end of five months. By 9 October "at least 345" had left: a bound.

LANDED, LANDING = 1010.0, date(2015, 5, 20)
LEFT = {date(2015, 11, 30): 369.0, date(2015, 12, 31): 341.0, date(2016, 3, 31): 285.0, date(2016, 4, 30): 281.0,
        date(2016, 5, 31): 276.0}
GONE_BY_OCTOBER, OCTOBER = 345.0, date(2015, 10, 9)


def in_shelters(**onward):
    """Rohingya in Aceh's shelters by day since they landed: all wait for a decision that nobody takes."""
    run = make_run(
        (max(LEFT) - LANDING).days, groups={"stateless": {"need": "international"}},
        opening=(("determination", "reception", "here", LANDED),), determination__officers=0.0,
        reception__places=HUGE, **STILL, **onward,
    )
    return present(solve_runs([run])[0])


def misses(people):
    """By how much each month's count is missed, as a share of it."""
    return np.array([people[(day - LANDING).days] / left - 1.0 for day, left in LEFT.items()])


def test_two_kinds_leave_acehs_shelters_as_they_did():
    """All five counts within a tenth (3 %), and more than the 345 who had left at least by 9 October 2015."""
    people = in_shelters(onward__rate=0.02 / MONTH, onward__mover_share=0.67, onward__mover_rate=0.35 / MONTH)
    assert np.abs(misses(people)).max() < 0.03
    assert LANDED - people[(OCTOBER - LANDING).days] >= GONE_BY_OCTOBER


def test_no_single_rate_leaves_acehs_shelters_as_they_did():
    worst = {rate: np.abs(misses(in_shelters(onward__rate=rate / MONTH))).max() for rate in np.arange(0.06, 0.2, 0.01)}
    assert min(worst.values()) > 0.2


@pytest.mark.parametrize(("share", "fast", "slow"), [(0.5, 0.11, 0.09), (0.0, 0.0, 0.1)])
def test_the_counts_of_october_and_may_alone_tell_little_about_the_kinds(share, fast, slow):
    """Taken as counts, 345 gone by October and 276 left in May are met within a tenth; by a single rate too."""
    people = in_shelters(onward__rate=slow / MONTH, onward__mover_share=share, onward__mover_rate=fast / MONTH)
    assert LANDED - people[(OCTOBER - LANDING).days] == pytest.approx(GONE_BY_OCTOBER, rel=0.1)
    assert people[-1] == pytest.approx(276.0, rel=0.1)


# Against people one by one.

CHAIN_DAYS, CHAIN_DATES = 364, (56, 112, 189, 252, 364)


def chain_of_kinds():
    """A chain of four stages, and people of two kinds in it: four groups of one kind would be a chain each."""
    run = make_run(
        CHAIN_DAYS, {0: 25.0, 196: 0.0}, {"migrant": MIGRANT}, screening__officers=60.0,
        screening__interviews_per_day=8.0, screening__specificity=0.5, counselling__claim_share=0.5,
        determination__officers=60.0, determination__cases_per_week=12.0, determination__quality_slope=0.0,
        determination__minimum_time=60.0, appeal__panels=HUGE, appeal__minimum_time=60.0, return__officers=0.0,
        return__assisted_uptake_rate=0.0, reception__places=HUGE, onward__rate=0.002, onward__mover_share=0.5,
        onward__mover_rate=0.015, absconding__rate=0.002, **FLAT, **QUICK_DESK,
    )
    teams = {
        "registration": DESK, "screening": Staff(60, officer_days(1.0), 2.0),
        "determination": Staff(60, officer_days(40.0 / (12.0 * 1.8)), 60.0), "appeal": Staff(100000, 0.01, 60.0),
        "return": Staff(0, 1.0, 1.0),
    }
    here = Country(
        departures=((0.0, 25.0), (196.0, 0.0)), teams=teams, community=0.1, onward=0.002, likely_movers=0.5,
        onward_of_likely=0.015, absconding=0.002, move_on=1.0 / PLAIN["reception.move_on_time"],
    )
    group = Group(1.0, positive=0.5, claims=0.5, recognised=0.08, appeals=0.6, allowed=0.3)
    return run, World(float(CHAIN_DAYS), {"anyone": group}, {"here": here})


@pytest.mark.slow
def test_the_discrete_event_model_with_two_kinds_of_people_says_the_same():
    """The equations mix both kinds over all stages; people one by one do not, which shows in the stages apart."""
    run, world = chain_of_kinds()
    ds = solved(run)
    ashore = ds["daily_people"].sum(("country", "place")).values
    rows = list(CHAIN_DATES)
    fluid = [ds["flow_moved_onward"].values.sum(), ds["flow_absconded"].values.sum(), *ashore.sum(axis=1)[rows]]
    samples = replicate(world, 8, 31, lambda twin: [
        twin.moved("moved_onward"), twin.moved("absconded"),
        *sum(twin.series(stage) for stage in STAGE)[rows],
    ])
    labels = ["moved on", "absconded", *(f"ashore on day {day}" for day in rows)]
    agree(labels, fluid, samples, allowed=0.01)
    sharp(fluid, samples, 0.05)


# The equations alone.

ROWS = arrays(float, (2, 3), elements=st.floats(0.0, 1e4))
SHARES = arrays(float, 3, elements=st.floats(0.0, 1.0))


def inputs(rate, share, fast):
    nothing = {name: np.zeros(3) for name in Onward._fields}
    return Onward(**nothing | {"rate": rate, "mover_share": share, "mover_rate": fast})


@settings(max_examples=100, deadline=None)
@given(ROWS, ROWS, SHARES, SHARES, SHARES)
def test_the_mean_rate_lies_between_those_of_both_kinds(movers, others, slow, fast, share):
    onward = inputs(slow, share, fast)
    mean = onward_rate(share_of(movers, movers + others), onward)
    tiny = 1e-12
    assert (mean >= np.minimum(slow, fast) - tiny).all()
    assert (mean <= np.maximum(slow, fast) + tiny).all()


@settings(max_examples=100, deadline=None)
@given(ROWS, ROWS, ROWS, SHARES, SHARES, SHARES, st.floats(0.0, 0.2))
def test_those_likely_to_move_on_leave_at_their_own_rate_and_else_as_all_do(
    movers, others, came, slow, fast, share, other_exits
):
    """d(movers)/dt is what comes less both ways out, however it is computed."""
    onward = inputs(slow, share, fast)
    people = movers + others
    moved = onward_rate(share_of(movers, people), onward) * people
    passing = Through(people, came, came - moved - other_exits * people)
    expected = share * came - fast * movers - other_exits * movers
    found = movers_change(movers, passing, moved, onward)
    large = people > 1e-3
    assert found[large] == pytest.approx(expected[large], rel=1e-9, abs=1e-7)
