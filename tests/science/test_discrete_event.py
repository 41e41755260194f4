"""The package against its discrete-event twin: means of stocks, ends and waits, within chance.

A *comparison* is a number of the package beside as many as there are replications of the twin. All comparisons of a
configuration together hold where they agree, with a chance of 99 %: each lies within a t band of 1 - 0.01/number of
comparisons. And of the plain 99 % bands no more than 5 % (or one) may be missed, which would show a bias that is small
but everywhere. The numbers of the twin are worked out here by hand from the definitions of the parameters.
"""

import ast
import functools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from mixedmig_model.inputs.schema import Landing
from mixedmig_model.results.waits.waiting import stage_waits
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.run import solve

from . import discrete_event as twin
from . import small_teams
from .discrete_event import ENDS, STAGES, Country, Group, Staff, Team, Twin, World, replicate
from .synthetic import CHILD_ALONE, HUGE, MIGRANT, REFUGEE, REFUGEE_CHILD, TRAFFICKED, make_run

HOURS = 40.0 / 7.0
"""Work hours of an officer a day, all days of the week counted."""
CHANCE = 0.01

# How numbers are compared.


def misses(labels, fluid, samples, chance, allowed=0.0):
    """Labels of comparisons outside the band of a chance; ``allowed``: relative, for a difference that is known."""
    fluid, samples = np.asarray(fluid, float), np.asarray(samples, float)
    assert samples.shape == (len(samples), len(labels)), (samples.shape, len(labels))
    mean, error = samples.mean(axis=0), samples.std(axis=0, ddof=1) / np.sqrt(len(samples))
    band = stats.t.ppf(1.0 - chance / 2.0, len(samples) - 1) * error + allowed * np.abs(fluid) + 1e-9
    return [
        f"{label}: fluid {value:.6g}, twin {middle:.6g} +- {about:.3g}"
        for label, value, middle, about in zip(labels, fluid, mean, band, strict=True) if abs(value - middle) > about
    ]


def agree(labels, fluid, samples, allowed=0.0):
    """Assert that all comparisons together agree with a chance of 99 %, and few miss a 99 % band of their own."""
    assert misses(labels, fluid, samples, CHANCE / len(labels), allowed) == []
    alone = misses(labels, fluid, samples, CHANCE, allowed)
    assert len(alone) <= max(1, 0.05 * len(labels)), alone


def sharp(fluid, samples, share):
    """Assert that the plain 99 % bands of all comparisons are together narrower than a share of the values."""
    error = np.std(samples, axis=0, ddof=1) / np.sqrt(len(samples))
    assert 2.6 * error.sum() < share * np.abs(fluid).sum()


def solved(run):
    return to_dataset(run, solve(run))


def officer_days(hours):
    return hours / HOURS


# The twin alone.


def test_the_twin_imports_nothing_of_the_package():
    for name in ("discrete_event.py", "small_teams.py"):
        tree = ast.parse((Path(twin.__file__).parent / name).read_text(encoding="utf-8"))
        found = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        found |= {alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names}
        assert found <= {
            "heapq", "collections", "dataclasses", "itertools", "math", "pathlib", "sys", "numpy", "simpy",
        }


def one_stage(officers, work, rate, days, minimum_time=None, **country):
    """Voyages of no time, then registration; screening holds people for ever."""
    here = Country(
        departures=((0.0, rate),), voyage_time=1e-6,
        teams={"registration": Staff(officers, work, work if minimum_time is None else minimum_time),
               "screening": Staff(0, 1.0, 1.0)}, **country,
    )
    return World(days, {"anyone": Group(1.0)}, {"here": here})


def times_in(replication, stage, since=0.0, until=np.inf):
    """Stays of the people who entered a stage between two dates; so far, of those still inside."""
    return np.array([min(left, replication.world.days) - come for s, _, _, _, come, left, _ in replication.visits
                     if s == stage and since <= come < until])


def test_a_single_officer_keeps_people_waiting_as_the_formula_of_pollaczek_says():
    load, days = 0.7, 2000.0
    waits = replicate(one_stage(1, 0.5, load / 0.5, days), 8, 11, lambda t: times_in(t, "registration", 100).mean())
    expected = 0.5 * (1.0 + load / (2.0 * (1.0 - load)))
    assert misses(["stay"], [expected], waits[:, None], CHANCE) == []


def test_many_officers_keep_nobody_waiting_and_the_stay_is_the_minimum_time():
    stays = replicate(one_stage(50, 0.5, 20.0, 200.0, 6.0), 6, 12,
                      lambda t: [times_in(t, "registration", 0, 120).mean(), t.series("registration")[60:].mean()])
    assert misses(["stay", "people"], [6.0, 120.0], stays, CHANCE) == []


def test_percentiles_without_a_queue_are_those_of_people_who_were_served():
    """Registration takes six days on average, and a twentieth a day leave before: 2.3 times 4.6 days at the 90th."""
    run = make_run(
        200, {0: 20.0}, registration__officers=50.0, registration__persons_per_desk_day=56.0,
        registration__minimum_time=6.0, screening__officers=0.0, absconding__rate=0.05, reception__places=HUGE,
        **FLAT)
    waits = stage_waits(solved(run), "registration")
    world = one_stage(50, officer_days(16.0 / 56.0), 20.0, 200.0, 6.0, absconding=0.05)
    levels = (0.5, 0.9)

    def served(replication):
        return np.quantile([left - come for stage, _, _, _, come, left, how in replication.visits
                            if stage == "registration" and how == "served"], levels)

    assert waits.at_minimum > 0.99
    assert waits.p90 == pytest.approx(np.log(10.0) / (1.0 / 6.0 + 0.05), rel=0.01)
    found = replicate(world, 6, 14, served)
    assert misses(["median", "90th"], [waits.quantile(level) for level in levels], found, CHANCE, 0.02) == []


def test_under_load_a_team_serves_what_it_can_and_the_queue_is_that_of_the_fluid():
    """13 a day come and 10 are served; the fluid's queue grows by 3 a day once 10 x the minimum time are there."""
    minimum, late = 4.0, np.array([40, 80, 120])
    queues = replicate(one_stage(20, 2.0, 13.0, 120.0, minimum), 16, 13, lambda t: t.series("registration")[late])
    full = minimum * np.log(13.0 / 3.0)
    fluid = 10.0 * minimum + 3.0 * (late - full)
    agree(["40", "80", "120"], fluid, queues)


def test_a_team_takes_the_first_class_first_and_does_not_break_off():
    env = twin.simpy.Environment()
    team, order = Team(env, 1), []

    def person(name, rank, come):
        yield env.timeout(come)
        yield env.process(team.attend(0.0, 2.0, rank))
        order.append((name, env.now))

    for name, rank, come in (("a", 1, 0.0), ("b", 1, 0.5), ("c", 1, 0.6), ("d", 0, 1.0)):
        env.process(person(name, rank, come))
    env.run()
    assert order == [("a", 2.0), ("d", 4.0), ("b", 6.0), ("c", 8.0)]


def test_whoever_leaves_frees_the_officer_and_the_queue():
    env = twin.simpy.Environment()
    team, order = Team(env, 1), []

    def person(name, patience):
        service = env.process(team.attend(0.0, 2.0, 1))
        yield service | env.timeout(patience)
        if service.triggered:
            order.append((name, env.now))
        else:
            service.interrupt()

    for name, patience in (("served", 9.0), ("leaves the queue", 1.0), ("leaves the desk", 3.0), ("last", 9.0)):
        env.process(person(name, patience))
    env.run()
    assert order == [("served", 2.0), ("last", 5.0)]
    assert (team.free, team.worked) == (1, 4.0)


def test_nobody_is_lost_and_people_present_are_arrivals_times_stay():
    """Conservation, and Little's law: person-days of each stage are the sum of stays."""
    _, world = whole_chain()
    replication = Twin(world, 5).run()
    people = replication.moved("departed")
    assert people > 3000
    everywhere = {name: sum(n for (k, _), n in replication.stock.items() if k == name)
                  for name in {k for k, _ in replication.stock}}
    assert all(number >= 0 for number in everywhere.values())
    assert sum(everywhere[name] for name in (*STAGES, *twin.AWAY, *ENDS) if name in everywhere) == people
    ashore = sum(everywhere[name] for name in STAGES)
    assert sum(everywhere.get(p, 0) for p in ("detention", "reception", "community", "unsheltered")) == ashore
    for stage in ("registration", "screening", "counselling", "referral", "determination", "appeal", "return"):
        days = replication.area[stage, "here"]
        assert times_in(replication, stage).sum() == pytest.approx(days, rel=1e-9), stage
        assert replication.series(stage)[:-1].sum() == pytest.approx(days, rel=0.05), stage  # once a day


# 1. The whole chain, uncongested.

CHAIN_GROUPS = {"refugee": REFUGEE, "child_alone": CHILD_ALONE, "trafficked": TRAFFICKED, "migrant": MIGRANT}
CHAIN_DATES = (56, 112, 189, 252, 364)


def whole_chain_run(limited):
    return make_run(
        364, {0: 20.0, 196: 0.0}, CHAIN_GROUPS, arrivals__composition=[1.0, 0.2, 0.3, 0.5],
        journey__mortality=0.02, journey__abandonment_rate=0.01, journey__refused_share=0.1,
        journey__unrecorded_share=0.1, journey__adrift_death_rate=0.01, journey__turn_back_rate=0.05,
        registration__officers=40.0, registration__persons_per_desk_day=100.0, screening__officers=40.0,
        screening__interviews_per_day=32.0, screening__prima_facie_share=0.1, referral__officers=60.0,
        referral__assessment_effort=1.0, referral__best_interests_effort=3.0, determination__officers=60.0,
        determination__cases_per_week=12.0, determination__quality_slope=0.0, determination__withdrawal_rate=0.003,
        appeal__panels=30.0, appeal__cases_per_week=12.0, return__officers=60.0, return__preparation_effort=3.0,
        return__escorted_places=HUGE, return__assisted_uptake_rate=[0.0, 0.02, 0.02, 0.02],
        return__assisted_places=HUGE, return__late_return_rate=0.002, disclosure__rate=0.004,
        reception__places=HUGE, reception__housing_rate=0.01, detention__places=HUGE, detention__detained_share=0.25,
        detention__pre_removal_rate=0.02, detention__review_release_rate=0.01, law__detention_limit=float(limited),
        detention__time_limit=45.0, onward__rate=0.001, onward__irregular_rate=0.003, onward__mortality=0.05,
        absconding__rate=0.002, irregular__found_rate=0.003, regularisation__rate=0.002,
        solutions__resettlement_share=0.001, solutions__self_reliance_time_without_work=500.0,
        solutions__repatriation_rate=0.001,
    )


def whole_chain_people():
    """The four groups; half of departures are refugees, the other half 0.2, 0.3 and 0.5 of the rest."""
    owed = {
        "positive": 0.5, "prima_facie": 0.0, "claims": 0.4, "protected_after_referral": 0.5,
        "determination_after_referral": 0.3, "recognised": 0.8, "appeals": 0.6, "allowed": 0.3,
    }
    return {
        "refugee": Group(0.5, **(owed | {"positive": 0.5 * 0.9 + 0.5 * 0.7, "prima_facie": 0.1}),
                         discloses_to="determination"),
        "child_alone": Group(0.1, **owed, referred=0.88, uptake=0.02, discloses_to="referral", exempt_at_landing=0.88,
                             exempt_before_return=0.88),
        "trafficked": Group(0.15, **owed, referred=0.45, uptake=0.02, discloses_to="referral",
                            exempt_before_return=0.45),
        "migrant": Group(0.25, **(owed | {"recognised": 0.08}), uptake=0.02),
    }


def whole_chain(limited=False):
    week, case = 5.0 * 8.0, 1.8
    teams = {
        "registration": Staff(40, officer_days(8.0 * 2.0 / 100.0), 1.0),
        "screening": Staff(40, officer_days(8.0 / 32.0), 2.0),
        "referral": Staff(60, {g: officer_days(3.0 if g == "child_alone" else 1.0) for g in CHAIN_GROUPS}, 20.0),
        "determination": Staff(60, officer_days(week / (12.0 * case)), 20.0),
        "appeal": Staff(30, officer_days(week / (12.0 * case)), 15.0),
        "return": Staff(60, officer_days(3.0 / case), 20.0),
    }
    here = Country(
        departures=((0.0, 20.0), (196.0, 0.0)), voyage_time=8.0, mortality=0.02, abandonment=0.01, refused=0.1,
        unrecorded=0.1, teams=teams, escorted_a_day=1000.0, uptake_before_decision=0.5, withdrawal=0.003,
        disclosure=0.004, readmitted=0.6, late_return=0.002, regularisation=0.002 * 0.5, resettlement=0.001,
        integration=1.0 / 500.0, repatriation=0.001, detained=0.25, detained_when_found=0.25, pre_removal=0.02,
        review_release=0.01, limit=45.0 if limited else np.inf, community=0.1, move_on=1.0 / 30.0, housing=0.01,
        absconding=0.002, onward=0.001, onward_irregular=0.003, found=0.003, journey_time=10.0, onward_mortality=0.05,
    )
    world = World(364.0, whole_chain_people(), {"here": here}, safety_time=5.0, adrift_death=0.01, turn_back=0.05)
    return whole_chain_run(limited), world


CHAIN_FLOWS = {
    **{flow: (flow,) for flow in (
        "landed", "landed_unrecorded", "abandoned", "refused", "disembarked", "found", "registered",
        "screened_to_determination", "recognised_prima_facie", "referred", "screened_to_counselling", "claimed_asylum",
        "return_decided", "protected_after_referral", "referral_to_determination", "recognised", "appealed",
        "refused_without_appeal", "withdrawn", "appeals_allowed", "appeals_dismissed", "found_unreturnable", "enforced",
        "returned_late", "moved_onward", "absconded", "moved_onward_irregular", "detained_before_return",
        "released_by_limit",
    )},
    "returned_assisted_from_counselling": ("assisted_from_counselling",),
    "returned_induced_from_counselling": ("induced_from_counselling",),
    "returned_assisted_from_return": ("assisted_from_return",),
    "returned_induced_from_return": ("induced_from_return",),
    "returned_after_referral": ("returned_after_referral", "induced_after_referral"),
    **{f"disclosed_in_{stage}": tuple(f"disclosed_in_{stage}_to_{to}" for to in ("determination", "referral"))
       for stage in ("counselling", "return", "limbo")},
}
"""What happens in the twin -> flows of the flow table."""


def moved(ds, *flows):
    return float(sum(ds[f"flow_{flow}"].sum() for flow in flows))


def fluid_chain(ds):
    """Totals, ends, and stocks at some dates, in the order of ``twin_chain``."""
    ends = [float(ds[f"daily_{end}"].values[-1].sum()) for end in ENDS]
    ashore = ds["daily_people"].sum("country").values[list(CHAIN_DATES)]
    at_stage = [ashore[:, list(ds["stage"].values).index(stage)].sum(axis=1) for stage in STAGES]
    at_place = [ashore[:, :, list(ds["place"].values).index(place)].sum(axis=1) for place in PLACES]
    away = [ds[f"daily_{name}"].values.reshape(len(ds["day"]), -1).sum(axis=1)[list(CHAIN_DATES)] for name in twin.AWAY]
    return [*(moved(ds, *flows) for flows in CHAIN_FLOWS.values()), *ends, *np.concatenate(at_stage + at_place + away)]


PLACES = ("detention", "reception", "community")


def twin_chain(replication):
    where = (*STAGES, *PLACES, *twin.AWAY)
    return [
        *(replication.moved(what) for what in CHAIN_FLOWS),
        *(replication.series(end)[-1] for end in ENDS),
        *np.concatenate([replication.series(name)[list(CHAIN_DATES)] for name in where]),
    ]


def chain_labels():
    return [*CHAIN_FLOWS, *ENDS, *(f"{name} on day {day}" for name in (*STAGES, *PLACES, *twin.AWAY)
                                  for day in CHAIN_DATES)]


def compare_chain(replications):
    run, world = whole_chain()
    fluid, samples = np.array(fluid_chain(solved(run))), replicate(world, replications, 1, twin_chain)
    large = fluid >= 1.0  # of less than a person in each replication, no t band
    labels = [label for label, use in zip(chain_labels(), large, strict=True) if use]
    return labels, fluid[large], samples[:, large]


def test_the_whole_chain_without_congestion():
    labels, fluid, samples = compare_chain(8)
    agree(labels, fluid, samples)
    sharp(fluid, samples, 0.05)


@pytest.mark.slow
def test_the_whole_chain_without_congestion_in_many_replications():
    labels, fluid, samples = compare_chain(100)
    agree(labels, fluid, samples)
    sharp(fluid, samples, 0.015)


@pytest.mark.slow
def test_the_limit_of_detention_along_the_chain_errs_by_no_more_than_is_known():
    """The package works out who reaches the limit from the mean hazard of leaving of all inside.

    Along the chain that hazard grows with time inside, as people are recognised, referred or returned: so fewer reach
    the limit than the package says. This is its approximation, not chance, and is held here to what was measured:
    6 % more releases by the limit (217 of 205), 3 % more person-days. Where everybody's hazard is the same it is exact
    (4 below). All that the limit does not touch agrees as without it.
    """
    run, world = whole_chain(limited=True)
    ds = solved(run)
    fluid = [moved(ds, "released_by_limit"), np.trapezoid(ds["daily_detained"].values.sum(axis=(1, 2))),
             *(moved(ds, *flows) for flows in UNTOUCHED.values())]
    samples = replicate(world, 60, 7, lambda t: [
        t.moved("released_by_limit"), t.area["detention", "here"], *(t.moved(what) for what in UNTOUCHED)])
    error = np.array(fluid[:2]) / samples[:, :2].mean(axis=0) - 1.0
    assert 0.0 < error[0] < 0.09, error
    assert 0.0 < error[1] < 0.05, error
    agree(list(UNTOUCHED), fluid[2:], samples[:, 2:])


UNTOUCHED = {what: CHAIN_FLOWS[what] for what in (
    "landed", "disembarked", "registered", "screened_to_determination", "referred", "claimed_asylum", "recognised",
    "appealed", "return_decided", "found_unreturnable", "enforced",
)}


# 2. Congested screening.

SCREENERS = 12
SCREENED_A_DAY = SCREENERS * HOURS / 1.0
SURGE_DAYS, SURGE_END, SURGES = 60, 120, 6
SURGE_DATES = (14, 28, 42, 56, 70, 84)
FLAT = {"journey__voyage_time": 1.0, "journey__mortality": 0.0, "journey__unrecorded_share": 0.0}
QUICK_DESK = {"registration__officers": 40.0, "registration__persons_per_desk_day": 400.0,
              "registration__minimum_time": 0.5}
DESK = Staff(40, officer_days(8.0 * 2.0 / 400.0), 0.5)


def surge_of_screening():
    """60 days at 1.3 times what 12 screeners can do, then 60 days at 0.4 times: the queue grows and ends."""
    dated = {0: 1.3 * SCREENED_A_DAY, SURGE_DAYS: 0.4 * SCREENED_A_DAY}
    run = make_run(
        SURGE_END, dated, screening__officers=float(SCREENERS), screening__interviews_per_day=8.0,
        screening__minimum_time=1.0,
        screening__sensitivity_with_access=0.0, screening__sensitivity_without_access=0.0,
        screening__specificity=1.0, counselling__duration=1e6, return__assisted_uptake_rate=0.0,
        reception__places=HUGE, absconding__rate=0.004, **FLAT, **QUICK_DESK,
    )
    here = Country(
        departures=tuple(dated.items()), voyage_time=1.0, counselling_time=1e6, absconding=0.004, community=0.1,
        teams={"registration": DESK, "screening": Staff(SCREENERS, officer_days(1.0), 1.0)},
    )
    return run, World(float(SURGE_END), {"anyone": Group(1.0)}, {"here": here})


def cohorts(replication, stage, days, name=None):
    """Waits of the people served, by week of entry."""
    seen = [(come, left - come) for s, _, g, _, come, left, how in replication.visits
            if s == stage and how == "served" and name in (None, g)]
    come, wait = np.array(seen).T
    return [wait[(come >= start) & (come < start + 7.0)] for start in range(0, days, 7)]


def of_cohorts(found, weeks, read):
    """A figure of the waits of those who enter in each week, the mean of replications (worlds differ by chance)."""
    return np.array([np.mean([read(one[week]) for one in found]) for week in weeks])


def ninth(waits):
    return np.quantile(waits, 0.9)


def fluid_cohorts(ds, stage, weeks, read, groups=None):
    """A figure of the package's waits of those who enter in each week: ``read(waits, people)``."""
    waits = stage_waits(ds, stage, groups=groups)
    found = []
    for week in weeks:
        days = slice(1 + 7 * week, 8 + 7 * week)
        found.append(read(waits.arrival_wait[days].ravel(), waits.queues.entered[days].ravel()))
    return np.array(found)


def p90(waits, people):
    order = np.argsort(waits)
    return waits[order][np.searchsorted(np.cumsum(people[order]), 0.9 * people.sum())]


def mean(waits, people):
    return (waits * people).sum() / people.sum()


def close(found, expected):
    """Within 5 % or two days, whichever is larger."""
    return np.abs(np.asarray(found) - expected) <= np.maximum(0.05 * np.asarray(expected), 2.0)


@functools.cache
def surge_replications(number):
    _, world = surge_of_screening()
    seeds = np.random.SeedSequence(2).spawn(number)
    found = [Twin(world, seed).run() for seed in seeds]
    return (np.array([t.series("screening")[list(SURGE_DATES)] for t in found]),
            np.array([[t.moved("absconded"), t.moved("screened_to_counselling")] for t in found]),
            [cohorts(t, "screening", SURGE_END) for t in found])


@functools.cache
def surge_solved():
    return solved(surge_of_screening()[0])


def screening_queue(ds):
    at = list(ds["stage"].values).index("screening")
    return ds["daily_waiting"].values[list(SURGE_DATES), at].sum(axis=(1, 2))


def test_a_surge_of_screening_builds_the_same_queue():
    queues, totals, _ = surge_replications(SURGES)
    ds = surge_solved()
    fluid = [*screening_queue(ds), moved(ds, "absconded"), moved(ds, "screened_to_counselling")]
    samples = np.concatenate([queues, totals], axis=1)
    agree([*(f"queue on day {day}" for day in SURGE_DATES), "absconded", "screened"], fluid, samples)
    sharp(fluid, samples, 0.07)


def test_nine_in_ten_who_enter_screening_in_a_surge_wait_no_longer_than_the_package_says():
    weeks = range(1, 14)
    found = surge_replications(SURGES)[2]
    fluid, observed = fluid_cohorts(surge_solved(), "screening", weeks, p90), of_cohorts(found, weeks, ninth)
    assert observed.max() > 10.0
    assert close(fluid, observed).all(), np.c_[fluid, observed]
    means = fluid_cohorts(surge_solved(), "screening", weeks, mean)
    assert np.abs(means - of_cohorts(found, weeks, np.mean)).max() < 0.7


@pytest.mark.slow
def test_a_surge_of_screening_builds_the_same_queue_in_many_replications():
    _, world = surge_of_screening()
    ds, days = surge_solved(), list(SURGE_DATES)
    samples = replicate(world, 80, 22, lambda t: t.series("screening")[days])
    agree([f"queue on day {day}" for day in days[:-1]], screening_queue(ds)[:-1], samples[:, :-1])
    # Near its end chance keeps a queue: some replications are empty, others not yet, and none is below nothing.
    assert 0.0 < samples[:, -1].mean() - screening_queue(ds)[-1] < 40.0


# 3. Priority in determination.

PRIORITY_DATES, PRIORITIES, MINIMUM = (28, 56, 84, 105, 126), 6, 4.0


def priority():
    """15 officers decide 46 cases a day; children, always seen as such, come first: 15 a day; others, 45 a day."""
    dated = {0: 60.0, 98: 0.0}
    run = make_run(
        196, dated, {"child": REFUGEE_CHILD, "adult": REFUGEE}, arrivals__international_need_share=1.0,
        arrivals__composition=[0.25, 0.75], registration__wrongly_assessed_adult_share=0.0, work__vulnerable_first=1.0,
        screening__officers=100.0, screening__interviews_per_day=32.0, screening__minimum_time=1.0,
        screening__sensitivity_with_access=1.0, screening__sensitivity_without_access=1.0,
        determination__officers=15.0, determination__cases_per_week=12.0, determination__minimum_time=MINIMUM,
        determination__true_positive_rate=1.0, determination__quality_slope=0.0, reception__places=HUGE,
        reception__move_on_time=1e6, **FLAT, **QUICK_DESK,
    )
    teams = {"registration": DESK, "screening": Staff(100, officer_days(0.25), 1.0),
             "determination": Staff(15, officer_days(40.0 / (12.0 * 1.8)), MINIMUM)}
    here = Country(departures=tuple(dated.items()), voyage_time=1.0, community=0.1, teams=teams)
    groups = {"child": Group(0.25, positive=1.0, recognised=1.0, first={"determination": 1.0}),
              "adult": Group(0.75, positive=1.0, recognised=1.0)}
    return run, World(196.0, groups, {"here": here})


def queue_at(replication, stage, name, dates):
    inside = np.array([(come, left) for s, _, g, _, come, left, _ in replication.visits if s == stage and g == name])
    return [np.sum((inside[:, 0] <= day) & (day < inside[:, 1])) for day in dates]


@functools.cache
def priority_replications(number):
    _, world = priority()
    found = [Twin(world, seed).run() for seed in np.random.SeedSequence(3).spawn(number)]
    queues = [[*queue_at(t, "determination", "child", PRIORITY_DATES[:3]),
               *queue_at(t, "determination", "adult", PRIORITY_DATES)] for t in found]
    return np.array(queues), {g: [cohorts(t, "determination", 196, g) for t in found] for g in ("child", "adult")}


@functools.cache
def priority_solved():
    return solved(priority()[0])


def test_the_first_class_waits_for_nobody_and_the_second_for_all():
    queues, _ = priority_replications(PRIORITIES)
    waiting = priority_solved()["daily_waiting"].sel(stage="determination", country="here")
    fluid = [*waiting.sel(group="child").values[list(PRIORITY_DATES[:3])],
             *waiting.sel(group="adult").values[list(PRIORITY_DATES)]]
    labels = [f"children on day {d}" for d in PRIORITY_DATES[:3]] + [f"adults on day {d}" for d in PRIORITY_DATES]
    agree(labels, fluid, queues)
    assert queues[:, 2].mean() < 120.0
    assert queues[:, 5].mean() > 1000.0


def test_waits_of_each_class_are_those_of_the_package():
    """In weeks in which adults wait for at least twice the minimum time; below, its scatter shows, not the queue."""
    ds, found = priority_solved(), priority_replications(PRIORITIES)[1]
    weeks = [week for week in range(14)
             if fluid_cohorts(ds, "determination", [week], mean, ["adult"])[0] > 2.0 * MINIMUM]
    assert len(weeks) >= 10
    fluid, observed = (fluid_cohorts(ds, "determination", weeks, p90, ["adult"]),
                       of_cohorts(found["adult"], weeks, ninth))
    assert observed.max() > 25.0
    assert close(fluid, observed).all(), np.c_[fluid, observed]
    means = fluid_cohorts(ds, "determination", weeks, mean, ["child"])
    assert np.abs(means - of_cohorts(found["child"], weeks, np.mean)).max() < 0.5
    assert np.abs(means - MINIMUM).max() < 0.5


def test_the_last_to_enter_before_a_queue_ends_waited_as_long_as_those_before_them():
    """Adults who enter on days 97 to 101 wait for 32 days, first come first served, not the minimum time."""
    waits = stage_waits(priority_solved(), "determination", groups=["adult"])
    found = priority_replications(PRIORITIES)[1]["adult"]
    days = slice(98, 103)
    said = mean(waits.arrival_wait[days].ravel(), waits.queues.entered[days].ravel())
    assert close(said, of_cohorts(found, [14], np.mean)[0])


# 4. The limit of detention.

LIMIT = 30.0


def detained(days, dated, review):
    """Everybody who lands is detained; nobody is registered; release by review, or on day 30."""
    run = make_run(
        days, dated, journey__voyage_time=0.1, journey__mortality=0.0, journey__unrecorded_share=0.0,
        registration__officers=0.0, reception__places=HUGE, detention__places=HUGE, detention__detained_share=1.0,
        detention__review_release_rate=review, law__detention_limit=1.0, detention__time_limit=LIMIT,
    )
    here = Country(
        departures=tuple(dated.items()), voyage_time=0.1, detained=1.0, review_release=review, limit=LIMIT,
        teams={"registration": Staff(0, 1.0, 1.0)},
    )
    return run, World(float(days), {"anyone": Group(1.0)}, {"here": here})


def compare_detention(days, dated, review, dates, replications, seed):
    run, world = detained(days, dated, review)
    ds = solved(run)
    inside = ds["daily_detained"].sum(("group", "country")).values[list(dates)]
    by_limit = ds["daily_detention_limit_released"].sum(("group", "country")).values.cumsum()
    fluid = [*inside, *(by_limit[day - 1] for day in dates), moved(ds, "released_to_reception")]
    labels = [*(f"inside on day {d}" for d in dates), *(f"released by limit until day {d}" for d in dates), "released"]

    def read(t):
        left = np.sort(t.limit_days)
        return [*t.series("detention")[list(dates)], *(np.searchsorted(left, d) for d in dates),
                t.moved("released") + t.moved("released_by_limit")]

    samples = replicate(world, replications, seed, read)
    use = np.asarray(fluid) > 1.0
    return [n for n, one in zip(labels, use, strict=True) if one], np.asarray(fluid)[use], samples[:, use]


def test_those_who_enter_within_one_week_are_released_within_one_week_a_month_later():
    dates = (3, 7, 14, 21, 28, 30, 32, 34, 36, 37, 38)
    labels, fluid, samples = compare_detention(60, {0: 200.0, 7: 0.0}, 0.01, dates, 12, 41)
    agree(labels, fluid, samples)
    sharp(fluid, samples, 0.03)


def test_a_steady_inflow_fills_detention_to_the_limit_of_each():
    """Inside: a day's entries times (1 - exp(-0.02 x 30))/0.02; of each day's entries exp(-0.6) reach the limit."""
    dates = (20, 40, 80, 120, 160)
    labels, fluid, samples = compare_detention(160, {0: 25.0}, 0.02, dates, 8, 42)
    agree(labels, fluid, samples)
    steady = dict(zip(labels, fluid, strict=True))
    assert steady["inside on day 160"] == pytest.approx(25.0 * (1.0 - np.exp(-0.6)) / 0.02, rel=0.01)
    a_day = (steady["released by limit until day 160"] - steady["released by limit until day 80"]) / 80.0
    assert a_day == pytest.approx(25.0 * np.exp(-0.6), rel=0.01)


# 5. Two countries.

PAIR_DATES = (42, 84, 126, 182)
PAIR_STAGES = ("registration", "screening", "counselling", "determination", "appeal", "return", "limbo", "protected")


def two_countries():
    """People land in the south and in the north, and move on both ways; whoever arrives is registered anew."""
    run = make_run(
        182, {0: [15.0, 5.0], 126: 0.0}, countries=("south", "north"), reception__places=HUGE,
        journey__voyage_time=[4.0, 6.0], journey__mortality=0.02, journey__unrecorded_share=[0.1, 0.3],
        registration__officers=40.0, registration__persons_per_desk_day=100.0, screening__officers=40.0,
        screening__interviews_per_day=32.0, determination__officers=60.0, determination__cases_per_week=12.0,
        determination__quality_slope=0.0, appeal__panels=30.0, appeal__cases_per_week=12.0, return__officers=60.0,
        return__preparation_effort=3.0, return__escorted_places=HUGE, return__assisted_uptake_rate=0.0,
        onward__rate=[0.012, 0.004], onward__irregular_rate=[0.02, 0.005], onward__within_region_share=[0.8, 0.3],
        onward__journey_time=[10.0, 6.0], onward__mortality=[0.03, 0.01], absconding__rate=0.005,
        irregular__found_rate=[0.004, 0.01],
    )
    week, case = 40.0, 1.8
    teams = {
        "registration": Staff(40, officer_days(8.0 * 2.0 / 100.0), 1.0),
        "screening": Staff(40, officer_days(8.0 / 32.0), 2.0),
        "determination": Staff(60, officer_days(week / (12.0 * case)), 20.0),
        "appeal": Staff(30, officer_days(week / (12.0 * case)), 15.0),
        "return": Staff(60, officer_days(3.0 / case), 20.0),
    }
    common = {"teams": teams, "mortality": 0.02, "community": 0.1, "readmitted": 0.6, "absconding": 0.005,
              "move_on": 1.0 / 30.0}
    south = Country(departures=((0.0, 15.0), (126.0, 0.0)), voyage_time=4.0, unrecorded=0.1, onward=0.012,
                    onward_irregular=0.02, within_region=0.8, journey_time=10.0, onward_mortality=0.03, found=0.004,
                    **common)
    north = Country(departures=((0.0, 5.0), (126.0, 0.0)), voyage_time=6.0, unrecorded=0.3, onward=0.004,
                    onward_irregular=0.005, within_region=0.3, journey_time=6.0, onward_mortality=0.01, found=0.01,
                    **common)
    decided = {"claims": 0.4, "appeals": 0.6, "allowed": 0.3}
    groups = {"refugee": Group(0.5, positive=0.8, recognised=0.8, **decided),
              "migrant": Group(0.5, positive=0.5, recognised=0.08, **decided)}
    return run, World(182.0, groups, {"south": south, "north": north})


PAIR_FLOWS = ("registered", "moved_onward", "moved_onward_irregular", "absconded", "found", "arrived_onward",
              "arrived_onward_unrecorded", "recognised", "enforced", "died_onward", "elsewhere")
PAIR_ROWS = {"died_onward": "onward_deaths", "elsewhere": "left_region"}


def fluid_pair(ds, c):
    at = {"country": c}
    flows = [float(ds[f"flow_{PAIR_ROWS.get(what, what)}"].sel(at).sum()) for what in PAIR_FLOWS]
    flows.append(float(ds["daily_in_own_country"].sel(at)[-1]))
    people = ds["daily_people"].sel(at).sum("place")
    stages = [people.sel(stage=stage).values[list(PAIR_DATES)] for stage in PAIR_STAGES]
    away = [ds[f"daily_{name}"].sel(at).values[list(PAIR_DATES)] for name in ("at_sea", "moving", "irregular")]
    return [*flows, *np.concatenate(stages + away)]


def twin_pair(t, c):
    stocks = [t.series(name, c)[list(PAIR_DATES)] for name in (*PAIR_STAGES, "at_sea", "moving", "irregular")]
    return [*(t.moved(what, c) for what in PAIR_FLOWS), t.series("in_own_country", c)[-1], *np.concatenate(stocks)]


def with_origins():
    """The same two countries: migrants come from the north, rather land there, and nobody takes refugees back."""
    run, world = two_countries()
    groups = {"refugee": run.groups["refugee"], "migrant": run.groups["migrant"].model_copy(update={"origin": "north"})}
    factor = replace(run.parameters["return.readmission_factor"], values=np.array([[0.0, 1.2]]))
    made = replace(run, groups=groups, parameters={**run.parameters, "return.readmission_factor": factor},
                   landing=(Landing(group="migrant", country="north", weight=3.0),))
    kinds = {"refugee": replace(world.groups["refugee"], readmitted=0.0),
             "migrant": replace(world.groups["migrant"], home="north", readmitted=1.2, lands={"north": 3.0})}
    return made, replace(world, groups=kinds)


def compare_pair(replications, make=two_countries):
    run, world = make()
    ds, both = solved(run), ("south", "north")
    fluid = np.concatenate([fluid_pair(ds, c) for c in both])
    samples = replicate(world, replications, 5, lambda t: np.concatenate([twin_pair(t, c) for c in both]))
    stocks = (*PAIR_STAGES, "at_sea", "moving", "irregular")
    names = [*PAIR_FLOWS, "in_own_country", *(f"{name} on day {day}" for name in stocks for day in PAIR_DATES)]
    labels, large = [f"{c}: {name}" for c in both for name in names], fluid >= 1.0
    return [label for label, use in zip(labels, large, strict=True) if use], fluid[large], samples[:, large]


def test_two_countries_and_the_people_who_move_between_them():
    labels, fluid, samples = compare_pair(8)
    agree(labels, fluid, samples)
    sharp(fluid, samples, 0.07)


def test_people_go_home_in_their_own_country_and_groups_are_readmitted_apart():
    labels, fluid, samples = compare_pair(8, with_origins)
    assert "north: in_own_country" in labels
    agree(labels, fluid, samples)


@pytest.mark.slow
def test_two_countries_in_many_replications():
    labels, fluid, samples = compare_pair(100)
    agree(labels, fluid, samples)


# 6. Reception that is full.

FULL_DATES = (14, 28, 56, 84, 126)


def full_reception():
    """200 places, 10 arrivals a day, homes found at 1/40 a day: more ask than there is room for."""
    run = make_run(
        126, 10.0, journey__voyage_time=1.0, journey__mortality=0.0, journey__unrecorded_share=0.0,
        registration__officers=0.0, reception__places=200.0, reception__housing_rate=1.0 / 40.0, absconding__rate=0.01,
    )
    here = Country(departures=((0.0, 10.0),), voyage_time=1.0, reception_places=200, housing=1.0 / 40.0,
                   community=0.1, absconding=0.01, teams={"registration": Staff(0, 1.0, 1.0)})
    return run, World(126.0, {"anyone": Group(1.0)}, {"here": here})


def with_homes():
    """The same, and 70 of 100 land without a record; half of these have a home, which they keep when found."""
    run, world = full_reception()
    given = {"journey.unrecorded_share": 0.7, "irregular.found_rate": 0.03, "irregular.housed_share": 0.5}
    made = {name: replace(run.parameters[name], values=np.array([[value]])) for name, value in given.items()}
    here = replace(world.countries["here"], unrecorded=0.7, found=0.03, housed=0.5, reception_places=60)
    made["reception.places"] = replace(run.parameters["reception.places"], values=np.array([[60.0]]))
    return replace(run, parameters={**run.parameters, **made}), replace(world, countries={"here": here})


def in_places(made, replications):
    """People on record by place and day: labels, of the package, of the twin."""
    run, world = made
    people = solved(run)["daily_people"].sel(stage="registration", country="here")
    where = ("reception", "unsheltered", "community")
    fluid = np.concatenate([people.sel(place=place).values[list(FULL_DATES)] for place in where])
    samples = replicate(
        world, replications, 6, lambda t: np.concatenate([t.series(p)[list(FULL_DATES)] for p in where]))
    labels = [f"{place} on day {day}" for place in where for day in FULL_DATES]
    large = fluid > 1.0
    return [n for n, use in zip(labels, large, strict=True) if use], fluid[large], samples[:, large]


def test_whoever_finds_no_place_in_reception_is_without_shelter():
    agree(*in_places(full_reception(), 12))


def test_people_found_keep_their_homes():
    labels, fluid, samples = in_places(with_homes(), 12)
    assert {"unsheltered on day 126", "community on day 126"} <= set(labels)
    agree(labels, fluid, samples)


# 7. Small teams: what chance adds, in docs/small_teams.md.

PAGE = Path(__file__).parents[2] / "docs" / "small_teams.md"


def test_waits_of_one_officer_are_those_of_the_formula_of_pollaczek():
    """In the long run load/(2 (1 - load)) service times; half a year of warming up is left out."""
    load, rng, found = 0.7, np.random.default_rng(8), []
    for _ in range(40):
        arrivals = np.sort(rng.uniform(0.0, 5000.0, rng.poisson(load * 5000.0)))
        found.append((small_teams.beginnings(arrivals, 1) - arrivals)[len(arrivals) // 10 :].mean())
    assert misses(["wait"], [load / (2.0 * (1.0 - load))], np.array(found)[:, None], CHANCE) == []


def test_officers_take_turns_as_a_loop_over_people_says():
    arrivals = np.sort(np.random.default_rng(9).uniform(0.0, 30.0, 100))
    free, begun = [0.0, 0.0, 0.0], []
    for come in arrivals:
        first = min(range(3), key=free.__getitem__)
        begun.append(max(come, free[first]))
        free[first] = begun[-1] + 1.0
    assert small_teams.beginnings(arrivals, 3) == pytest.approx(np.array(begun))


def test_officers_of_the_twin_keep_people_waiting_as_long_as_those_of_the_page():
    """Three officers at 90 %, 100 cases a year each: stay less work, in the twin."""
    twins = replicate(one_stage(3, 1.0, 2.7, 140.0), 12, 14, lambda t: times_in(t, "registration", 0, 100).mean() - 1.0)
    expected, _, error = small_teams.cell(3, 0.9, 100, years=2000)
    assert error < 0.03
    assert misses(["wait"], [expected], twins[:, None], CHANCE) == []


def rows_of_page():
    """{(cases a year, officers): cells} of the page; the first column is the team."""
    found = {}
    parts = PAGE.read_text(encoding="utf-8").split("\n## ")
    for year, part in zip((250, 100, 1500), parts[1:], strict=False):
        for line in part.splitlines():
            if line.startswith("| ") and line[2].isdigit():
                cells = [cell.strip() for cell in line.strip("|").split("|")]
                found[year, int(cells[0])] = [tuple(map(float, cell.split("/"))) for cell in cells[1:]]
    return found


def test_the_page_of_small_teams_has_all_cells():
    found = rows_of_page()
    assert set(found) == {(year, team) for year in small_teams.YEARS for team in small_teams.TEAMS}
    assert all(len(row) == len(small_teams.LOADS) for row in found.values())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("officers", "load", "year"), [(1, 0.9, 250), (2, 1.0, 100), (5, 0.95, 250), (10, 1.05, 250), (20, 0.8, 1500)]
)
def test_cells_of_the_page_come_out_again_with_other_random_numbers(officers, load, year):
    mean_wait, ninth_wait, error = small_teams.cell(officers, load, year, seed=77)
    said, said_ninth = rows_of_page()[year, officers][small_teams.LOADS.index(load)]
    assert abs(mean_wait - said) < 2.6 * np.sqrt(2.0) * error + 0.05 * 0.1 + 0.005 * said
    assert ninth_wait == pytest.approx(said_ninth, rel=0.1, abs=0.02)


# 6. Escorts, shared by all returns by force.


def few_escorts():
    """Half an escort a day, for returns that were prepared and for late ones out of limbo: too few of them soon."""
    run = make_run(
        98, {0: 10.0}, reception__places=HUGE, registration__officers=40.0, registration__persons_per_desk_day=100.0,
        screening__officers=40.0, screening__interviews_per_day=32.0, determination__officers=60.0,
        determination__cases_per_week=12.0, determination__quality_slope=0.0, appeal__panels=30.0,
        appeal__cases_per_week=12.0, return__officers=60.0, return__preparation_effort=3.0,
        return__escorted_places=0.5, return__assisted_uptake_rate=0.0, return__late_return_rate=0.05,
    )
    _, pair = two_countries()
    here = replace(pair.countries["south"], departures=((0.0, 10.0),), voyage_time=8.0, mortality=0.01, unrecorded=0.1,
                   absconding=0.0, onward=0.0, onward_irregular=0.0, found=0.0, escorted_a_day=0.5, late_return=0.05)
    return run, World(98.0, pair.groups, {"here": here})


def test_returns_by_force_of_all_kinds_wait_for_the_same_escorts():
    run, world = few_escorts()
    ds = solved(run)
    kinds = ("enforced", "returned_late")
    samples = replicate(world, 8, 61, lambda t: [sum(t.moved(kind) for kind in kinds)])
    assert samples.max() <= 0.5 * 98.0
    assert all(moved(ds, kind) > 1.0 for kind in kinds)
    assert moved(ds, *kinds) <= 0.5 * 98.0
    agree(["returned by force"], [moved(ds, *kinds)], samples, allowed=0.03)  # no escort begins before a return is due
