"""Runs by the kernel against the reference, and what they promise by themselves (``docs/model.md`` 2)."""

import dataclasses

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from science.synthetic import CHILD_ALONE, MIGRANT, REFUGEE, REFUGEE_CHILD, arrivals, make_run
from science.test_properties import CHILDREN_DETAINED, runs

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.resolving.run_inputs import Steps
from mixedmig_model.results.indicators.table import indicator_table
from mixedmig_model.results.ledger import check_ledger, closes
from mixedmig_model.solve.answer import SolveError
from mixedmig_model.solve.daily import daily_stock
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.kernel import native
from mixedmig_model.solve.kernel import runs as kernel_runs
from mixedmig_model.solve.kernel.inputs import Columns, daily_table, steps_of_day
from mixedmig_model.solve.kernel.model import stage
from mixedmig_model.solve.kernel.native import available
from mixedmig_model.solve.kernel.runs import DAILY, solve_sums
from mixedmig_model.solve.run import kernel_block, solve, solve_kernel
from mixedmig_model.solve.schedule import mix
from mixedmig_model.solve.shapes import places_open
from mixedmig_model.storage import workers
from solve.agreement import JUDGE, indicator_gaps, judged
from solve.kernel_examples import G, traced
from solve.random_runs import random_run

pytestmark = pytest.mark.skipif(bool(available()), reason=available() or "llvmlite is there")
FEW = settings(
    max_examples=3, deadline=None, derandomize=True, database=None, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
CASES = {
    "aegean_2014_2016": (
        "faster_registration", "no_statement", "relocation_in_earnest", "statement_as_it_happened",
    ),
    "afghan_returns_2016": ("equal_grant", "equal_grant_without_effect", "no_grant", "unequal_grant"),
    "andaman_sea_2015": (
        "as_it_happened", "disembark_within_two_days", "predictable_disembarkation_and_screening",
        "standing_preparedness",
    ),
    "comprehensive_plan_of_action_1989_1996": (
        "as_it_was", "better_appeals", "done_well", "faster_return", "more_screeners",
    ),
    "coxs_bazar_2017": (
        "as_it_happened", "joint_registration_as_planned", "joint_registration_from_the_start", "places_ahead",
    ),
    "generic_surge": ("comprehensive_response", "detention_first", "early_hiring", "most_likely", "worst_case"),
    "japan_2011": ("as_assumed", "emergency_consular_help", "help_irrespective_of_status"),
    "libya_2011_evacuation": ("as_it_was", "no_reintegration_grant", "standing_preparedness"),
    "uk_asylum_2010_2022": ("as_it_happened", "output_kept", "staff_doubled"),
    "pacific_climate_mobility": ("labour_pathway", "planned_relocation", "status_quo"),
}


def small(**changes):
    """A run of one layout: one country, two groups, five weeks; a detention limit that changes."""
    given_ = {
        "detention__places": 300.0, "detention__detained_share": 0.5, "detention__time_limit": {0: 12.0, 20: 6.0},
        "law__detention_limit": 1.0, "law__child_exemption": {0: 0.0, 15: 1.0}, "registration__officers": 1.0,
        "screening__officers": 2.0, "determination__minimum_time": 5.0,
    }
    return make_run(
        35, {0: 40.0, 14: 10.0}, {"child": REFUGEE_CHILD, "adult": MIGRANT},
        opening=(("determination", "detention", "here", 50.0),), **(given_ | changes),
    )


def close_in_stocks(ours, theirs, run, share=0.005):
    return np.abs(ours.day_stocks - theirs.day_stocks).max() <= share * arrivals(run)


IN_THE_GATE = ("andaman_sea_2015",)
"""The case compared each time; the others take a minute or more of the reference, and are marked slow."""


def test_all_shipped_cases_are_compared(workspace):
    assert set(CASES) == {path.name for path in (workspace.root / "parameters" / "cases").iterdir() if path.is_dir()}


@pytest.mark.parametrize("name", [
    name if name in IN_THE_GATE else pytest.param(name, marks=pytest.mark.slow) for name in CASES])
def test_every_scenario_of_a_shipped_case_agrees_with_the_reference(workspace, name):
    case = read_case(workspace, name)
    assert set(CASES[name]) == set(case.scenarios)
    for run in (resolve(case, scenario) for scenario in CASES[name]):
        ours, theirs = solve_kernel(run), solve(run, JUDGE)
        assert close_in_stocks(ours, theirs, run, 0.001), run.scenario
        one, other = (to_dataset(run, answer) for answer in (ours, theirs))
        assert check_ledger(one) == []
        worst = max(indicator_gaps(one, other), key=lambda gap: gap.part)
        assert worst.part <= 1.0, (run.scenario, worst)


@FEW
@given(runs())
def test_random_runs_agree_with_the_reference_and_nothing_is_negative(run):
    assert judged(run).faulty() == []


@pytest.mark.slow
@settings(FEW, max_examples=150)
@given(runs(), st.booleans())
def test_many_random_runs_agree_those_with_services_of_half_a_day_among_them(run, brief):
    if brief:
        half = Steps((0.0,), np.full((1, len(run.countries)), 0.5))
        shorter = {f"{stage}.minimum_time": half for stage in ("registration", "screening")}
        run = dataclasses.replace(run, parameters=run.parameters | shorter)
    assert judged(run).faulty() == []


def test_the_limit_of_detention_agrees_with_the_reference_while_it_changes():
    """Also where a change frees most people within a day."""
    for changes in (
        {}, {"law__detention_limit": {0: 0.0, 20: 1.0}}, {"law__detention_limit": {0: 1.0, 12: 0.5, 25: 1.0}},
        {"detention__time_limit": {0: 5.0, 9: 20.0}}, {"detention__places": {0: 300.0, 18: 0.0}},
        {"detention__time_limit": 1.0},
    ):
        run = small(**changes)
        theirs = solve(run, JUDGE)
        released = theirs.detention_totals[:, -2:]
        assert released[-1].sum() > 10.0
        for step, most in ((0.5, 0.0005), (0.25, 0.0002)):
            ours = solve_kernel(run, step)
            assert close_in_stocks(ours, theirs, run, most), (changes, step)
            later = np.abs(ours.detention_totals[-1, -2:] - released[-1]).max()
            assert later <= 0.0005 * arrivals(run), (changes, step)


@pytest.mark.parametrize("limit", [1.0, 2.0, 3.0])
def test_a_centre_that_opens_again_releases_nobody_before_the_limit(limit):
    """Those overdue when it shut have left: before, as many newcomers were released at once, in both paths."""
    run = small(detention__time_limit=limit, detention__places={0: 0.0, 10: 30.0}, determination__officers=20.0)
    answers = solve_kernel(run), solve(run, JUDGE)
    for answer in answers:
        released = answer.detention_totals[:, -2:].sum(axis=1)
        assert released[int(10 + limit)] - released[10] < 1e-3
        assert released[-1] - released[10] > 10.0
    ours, theirs = (indicator_table(to_dataset(run, answer)) for answer in answers)
    assert ours["detention_days"] == pytest.approx(theirs["detention_days"], rel=0.002)


def test_halving_the_step_divides_the_error_by_eight_where_nothing_jumps():
    run = make_run(
        28, 20.0, {"refugee": REFUGEE, "migrant": MIGRANT}, registration__officers=1e6, screening__officers=1e6,
        determination__officers=1e6, journey__voyage_time=6.0, onward__rate=0.01,
    )
    ends = [solve_kernel(run, step).day_stocks[-1] for step in (0.5, 0.25, 0.125)]
    first, second = np.abs(ends[0] - ends[1]).max(), np.abs(ends[1] - ends[2]).max()
    assert 6.5 < first / second < 10.0


ARRAYS = ("week_totals", "week_stocks", "day_stocks", "day_totals", "queue_totals", "detention_totals", "overdue",
          "group_stocks", "identified")


def test_a_run_is_the_same_to_the_byte_whatever_runs_beside_it():
    several = [small(registration__officers=0.2 * k, detention__time_limit=4.0 + k) for k in range(1, 6)]
    together, again = kernel_block(several), kernel_block(several[::-1])[::-1]
    for run, one, back in zip(several, together, again, strict=True):
        alone = solve_kernel(run)
        for name in ARRAYS:
            ours = getattr(one, name)
            assert ours.tobytes() == getattr(back, name).tobytes() == getattr(alone, name).tobytes(), name
    assert np.abs(together[0].day_stocks - together[2].day_stocks).max() > 1.0


@pytest.mark.parametrize("threads", [1, 2, 16])
def test_a_run_is_the_same_to_the_byte_for_any_number_of_threads_order_and_neighbours(monkeypatch, threads):
    """Neighbours of other layouts among them, and of other lengths; by sums too."""
    seeds = (1, 8, 7, 4, 3, 12, 0, 1)
    alone = {seed: solve_kernel(random_run(seed)) for seed in seeds}
    monkeypatch.setattr(workers.os, "cpu_count", lambda: threads)
    for order in (seeds, seeds[::-1]):
        for seed, answer in zip(order, kernel_block([random_run(seed) for seed in order]), strict=True):
            for name in ARRAYS:
                assert getattr(answer, name).tobytes() == getattr(alone[seed], name).tobytes(), (seed, name)
    several = [small(registration__officers=0.2 * k) for k in range(6)]
    one = [solve_sums([run]) for run in several]
    for name, values in solve_sums(several).items():
        assert values.tobytes() == b"".join(each[name].tobytes() for each in one), name


def test_sums_of_an_ensemble_are_those_of_the_answers():
    several = [small(screening__officers=float(k)) for k in range(3)]
    for kept in (DAILY, ("day_totals", "detention_totals"), ("day_stocks",)):
        sums = solve_sums(several, kept)
        assert set(sums) == set(kept)
        for k, answer in enumerate(kernel_block(several)):
            for name, values in sums.items():
                assert values[k].shape == getattr(answer, name).shape
                assert np.abs(values[k] - getattr(answer, name)).max() <= 1e-11 * arrivals(several[k])
    with pytest.raises(ValueError, match="'week_totals' cannot be kept; what can be: day_stocks"):
        solve_sums(several, ("week_totals",))


@pytest.mark.parametrize("number", [1, 3, 7, 11])
def test_any_number_of_groups_and_countries_agrees_with_the_reference(number):
    kinds = [REFUGEE, MIGRANT, REFUGEE_CHILD, CHILD_ALONE]
    groups = {f"g{k}": kinds[k % 4] for k in range(number)}
    countries = tuple(f"c{k}" for k in range({1: 12, 3: 4, 7: 2, 11: 1}[number]))
    run = make_run(
        21, {0: [20.0] * len(countries), 9: [60.0] * len(countries)}, groups, countries,
        detention__places=40.0, detention__detained_share=0.4, detention__time_limit=6.0, law__detention_limit=1.0,
        journey__refused_share=0.2, journey__abandonment_rate=0.02, onward__rate=0.01,
        onward__within_region_share=0.5, sharing__transfers=2.0, registration__officers=2.0,
    )
    ours, theirs = solve_kernel(run), solve(run)
    assert close_in_stocks(ours, theirs, run, 0.001)
    assert np.abs(ours.week_totals - theirs.week_totals).max() <= 0.005 * arrivals(run)
    assert check_ledger(to_dataset(run, ours)) == []
    assert ours.week_stocks.min() >= 0.0


def test_who_is_overdue_is_kept_as_the_reference_keeps_it():
    run = small(detention__time_limit={0: 12.0, 20: 2.0})
    ours, theirs = solve_kernel(run), solve(run, JUDGE)
    assert ours.overdue.shape == theirs.overdue.shape
    assert np.abs(ours.overdue - theirs.overdue).max() <= 0.002 * arrivals(run)


def test_another_scenario_makes_no_other_kernel(monkeypatch):
    solve_kernel(small())
    monkeypatch.setattr(native.Machine, "compiled", lambda *_: pytest.fail("a kernel was made"))
    monkeypatch.setattr(native.Machine, "loaded", lambda *_: pytest.fail("a kernel was loaded"))
    solve_kernel(small(), progress=lambda _: pytest.fail("a kernel was made"))
    for run in (
        small(law__detention_limit=0.0, arrivals__scale={0: 1.0, 3: 2.0, 17: 0.1}, reception__places={0: 5.0, 6: 80.0}),
        dataclasses.replace(small(detention__time_limit=3.0), days=34),
        make_run(20, 5.0, {"a": REFUGEE}, ("x", "y", "z")),
    ):
        solve_kernel(run)


def test_a_leak_in_the_traced_flow_table_is_found_by_the_ledger(monkeypatch):
    """Stocks and running totals are integrated apart, so that a flow that enters nothing is seen."""
    cells = tuple(dataclasses.replace(cell, sink=None) if cell.flow.name == "screened_to_counselling" else cell
                  for cell in stage.flow_cells())
    monkeypatch.setattr(stage, "flow_cells", lambda: cells)
    leaking = native.kernel_of(stage.trace_stage([], whole=True))
    monkeypatch.setattr(kernel_runs, "kernel_for", lambda *_: leaking)
    answer = solve_kernel(small())
    assert not closes(answer)
    faults = check_ledger(to_dataset(small(), answer))
    assert "screened_to_counselling" in {fault.flow for fault in faults}


def test_a_number_that_is_none_stops_the_run_in_words():
    run = small(counselling__duration=np.nan)
    with pytest.raises(SolveError, match="the run stopped on day 0: a stock is not a number"):
        solve_kernel(run)


def test_with_the_switches_of_law_on_every_breach_is_identically_zero():
    run = small(law__child_exemption=1.0)
    answer = solve_kernel(run)
    for name in (*CHILDREN_DETAINED, "enforced_pending_appeal", "summarily_returned_from_registration",
                 "summarily_returned_from_screening", "support_withdrawn"):
        assert (answer.week_totals[:, answer.layout.flow_at[name][0]] == 0.0).all(), name
    assert indicator_table(to_dataset(run, answer))["detention_over_limit"] == 0.0


def test_the_file_says_which_path_and_step_made_it():
    run = small()
    attributes = to_dataset(run, solve_kernel(run)).attrs
    assert (attributes["path"], attributes["method"], attributes["step"]) == ("kernel", "SSPRK3", "by its own error")
    answer = solve_kernel(run, 0.5)
    assert to_dataset(run, answer).attrs["step"] == 0.5
    # inputs change on days 0, 15 and 20: ten steps then, four on the three days after, two on the 23 others
    assert answer.evaluations == 3 * (3 * 10 + 9 * 4 + 23 * 2)


def test_days_are_stepped_more_often_where_inputs_change_suddenly():
    def paces(**changes):
        table = daily_table(small(detention__time_limit=12.0, law__child_exemption=1.0, **changes)).rows
        return table[:, Columns(2, 1).pace].tolist()

    first = [2.0, 1.0, 1.0, 1.0]
    usual = first + [0.0] * 31
    assert paces() == usual  # departures change on day 14: too gradual to matter
    assert paces(reception__places={0: 100.0, 9: 91.0}) == usual
    assert paces(reception__places={0: 100.0, 9: 89.0}) == first + [0.0] * 5 + first + [0.0] * 22
    assert paces(staff__ramp_time={0: 1.0, 20: 0.5, 30: 1.0}) == first + [0.0] * 16 + first + [1.0] * 6 + first + [0.0]
    assert [sum(grid) for grid in steps_of_day(2)] == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(("lead", "opens"), [(6.0, 6), (5.01, 6), (5.99, 6), (0.0, 0), (0.3, 1)])
def test_places_that_are_ready_within_a_day_are_open_from_the_next(lead, opens):
    """In both paths: before, the kernel opened them at the next midnight and the reference at the hour."""
    run = make_run(
        21, 60.0, {"refugee": REFUGEE}, reception__places=0.0, reception__tent_places={0: 50.0, 3: 400.0},
        reception__tent_lead_time=lead, journey__voyage_time=1.0, registration__officers=2.0,
    )
    open_then = [float(places_open(run).at(3.0 + opens - early).sum()) for early in (0.01, 0.0)]
    assert open_then[0] < open_then[1] == 400.0
    assert judged(run).faulty() == []


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("kinds", [(REFUGEE, REFUGEE_CHILD), (MIGRANT, CHILD_ALONE)])
def test_a_share_of_a_need_that_all_or_none_have_says_nothing(share, kinds):
    run = make_run(14, 20.0, dict(zip("ab", kinds, strict=True)), arrivals__international_need_share=share,
                   arrivals__composition=[1.0, 3.0])
    assert mix(run, 0.0).tolist() == [0.25, 0.75]
    assert solve_kernel(run).day_stocks.max() > 100.0


def rush(officers):
    """Everybody comes at once and waits for registration to open; it catches up within a day, at half a day each."""
    return make_run(
        28, {0: 200.0, 3: 0.0}, {"refugee": REFUGEE}, registration__minimum_time=0.5, screening__minimum_time=0.5,
        registration__officers={0: 0.0, 6: officers}, screening__officers=1e3, reception__places=1e4,
    )


def test_a_day_whose_steps_turn_out_too_rough_is_taken_again():
    """With two steps on every day 0.8 % of all people were in the wrong stage on the evening of such a day."""
    run = rush(13.0)
    theirs = solve(run, JUDGE)
    assert not close_in_stocks(solve_kernel(run, 0.5), theirs, run, 0.002)
    assert close_in_stocks(solve_kernel(run), theirs, run, 0.001)


def test_steps_are_chosen_by_the_error_of_each_stock():
    """Whole days where nothing happens; and a few people adrift are not hidden behind ten thousand who arrive a day."""
    still = make_run(60, 0.0, {"refugee": REFUGEE}, opening=(("limbo", "community", "here", 1000.0),))
    assert solve_kernel(still).evaluations == 3 * (10 + 3 * 4 + 2 + 55)  # four steps, two, one a day
    crowd = make_run(
        40, {0: [2.0, 1e4], 20: [2.0, 9.3e3]}, {"refugee": REFUGEE}, ("few", "many"),
        registration__officers=1e9, screening__officers=1e9, determination__officers=1e9,
        journey__refused_share={0: [1.0, 0.0], 25: 0.0}, journey__turn_back_rate=1.5,
        journey__disembarkation_share=[1.0, 0.0],
    )
    ours, theirs = (daily_stock(answer.layout, answer.day_stocks, "adrift")
                    for answer in (solve_kernel(crowd), solve(crowd, JUDGE)))
    assert 0.5 < theirs.max() < 2.0
    assert np.abs(ours - theirs).max() <= 0.002 * theirs.max()


def test_a_service_that_takes_half_a_day_is_not_slowed_by_the_step():
    """In a cell that people leave at 3 a day, as many leave as enter: before, no more left than were in it."""
    run = make_run(
        28, 60.0, {"refugee": REFUGEE, "migrant": MIGRANT}, registration__minimum_time=0.5,
        screening__minimum_time=0.5, reception__places={0: 400.0, 14: 20.0}, absconding__rate=0.3,
    )
    ours, theirs = (indicator_table(to_dataset(run, answer)) for answer in (solve_kernel(run), solve(run, JUDGE)))
    assert theirs["without_shelter_peak"] > 30.0
    assert ours["without_shelter_peak"] == pytest.approx(theirs["without_shelter_peak"], rel=0.002)


def test_a_step_that_makes_no_day_is_refused_in_words():
    for step in (0.3, 2.0):
        with pytest.raises(ValueError, match="a whole number of steps must make a day"):
            solve_kernel(small(), step)
    with pytest.raises(ValueError, match="a day takes 130 steps, at most 127 are possible"):
        solve_kernel(small(), 1.0 / 32.0)
    assert kernel_block([]) == []


def test_sums_of_runs_of_other_sizes_are_refused_in_words():
    run = small()
    with pytest.raises(ValueError, match="the same days: scenario as_given has 35, scenario as_given has 34"):
        solve_sums([run, dataclasses.replace(run, days=34)])


def test_without_llvmlite_the_kernel_says_so(monkeypatch):
    monkeypatch.setattr(native, "find_spec", lambda name: None)
    monkeypatch.setattr(native.sys, "platform", "linux")
    assert available() == (
        "llvmlite is not installed (pip install llvmlite); the reference path does all that the kernel does"
    )
    with pytest.raises(RuntimeError, match="llvmlite is not installed"):
        native.kernel_of(traced(lambda x: x + 1.0, state__x=(G,)))
    monkeypatch.setattr(native.sys, "platform", "darwin")
    monkeypatch.setattr(native.platform, "machine", lambda: "x86_64")
    assert available().startswith("llvmlite is not available for Macs with an Intel processor; the reference path")


def test_no_number_rests_on_what_memory_held_before(monkeypatch):
    run, real = random_run(3), kernel_runs._memory

    def poisoned(size, known=None):
        made = real(size, known)
        if known is not None:
            made[known:] = np.nan
        return made

    plain = solve_kernel(run)
    monkeypatch.setattr(kernel_runs, "_memory", poisoned)
    again = solve_kernel(run)
    for name in ARRAYS:
        assert getattr(again, name).tobytes() == getattr(plain, name).tobytes(), name
