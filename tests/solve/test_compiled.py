"""The compiled path against the reference, and what it promises by itself (``docs/model.md`` 2)."""

import dataclasses

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from science.synthetic import MIGRANT, REFUGEE, REFUGEE_CHILD, arrivals, make_run
from science.test_properties import CHILDREN_DETAINED, runs

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.resolving.run_inputs import Steps
from mixedmig_model.results.indicators.facts import Facts
from mixedmig_model.results.indicators.table import BREACHES, HARMS, HEADLINES, indicator_table
from mixedmig_model.results.ledger import check_ledger
from mixedmig_model.solve.answer import Options
from mixedmig_model.solve.compiled import runs as compiled
from mixedmig_model.solve.compiled.inputs import Columns, daily_table, steps_of_day
from mixedmig_model.solve.compiled.runs import available, solve_sums
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.run import solve, solve_block, solve_compiled

pytestmark = pytest.mark.skipif(bool(available()), reason=available() or "JAX is there")
FEW = settings(
    max_examples=3, deadline=None, derandomize=True, database=None, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
JUDGE = Options(rtol=1e-8, atol=1e-5)
"""The reference at a tolerance at which its own error is far below what is compared."""
MEDIANS = {
    "time_adrift": lambda facts: facts.adrift, "wait_registration": lambda facts: facts.waits("registration"),
    "wait_screening": lambda facts: facts.waits("screening"),
    "wait_determination": lambda facts: facts.waits("determination"),
}
"""Medians of waits. In random runs whose services open and shut, half of the people wait next to nothing and half for
weeks, and a hair decides which half is larger: the reference at its usual tolerance jumps too. There 0.5 % are a share
of the people: half a day from the waits that 49.5 % and 50.5 % of them did not exceed."""
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
    "generic_surge": ("comprehensive_response", "detention_first", "early_hiring", "most_likely", "worst_case"),
    "japan_2011": ("as_assumed", "emergency_consular_help", "help_irrespective_of_status"),
    "libya_2011_evacuation": ("as_it_was", "no_reintegration_grant", "standing_preparedness"),
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


def compare_headlines(ours, theirs, by_people=False):
    """All that leads a report, within 0.5 %, one person or half a day, whichever is larger.

    Args: by_people, in medians 0.5 % are a share of the people who waited, not of the days.
    """
    ours_table, theirs_table = indicator_table(ours), indicator_table(theirs)
    facts = Facts(ours), Facts(theirs)
    for indicator in BREACHES + HARMS + HEADLINES:
        value, judge = ours_table[indicator.key], theirs_table[indicator.key]
        where = (ours.attrs["scenario"], indicator.key)
        if by_people and indicator.key in MEDIANS and not np.isnan([value, judge]).any():
            one, other = (MEDIANS[indicator.key](own) for own in facts)
            assert any(
                waits.quantile(0.495) - 0.5 <= median <= waits.quantile(0.505) + 0.5
                for waits, median in ((one, judge), (other, value))
            ), where
            continue
        least = 1.0 if "person" in indicator.unit else 0.5 if "day" in indicator.unit else 0.005
        assert value == pytest.approx(judge, rel=0.005, abs=least, nan_ok=True), where


IN_THE_GATE = ("andaman_sea_2015", "generic_surge", "libya_2011_evacuation")
"""Cases compared each time; the others, whose equations take a minute to compile and compare, are marked slow."""


def test_all_shipped_cases_are_compared(workspace):
    assert set(CASES) == {path.name for path in (workspace.root / "parameters" / "cases").iterdir() if path.is_dir()}


@pytest.mark.parametrize("name", [
    name if name in IN_THE_GATE else pytest.param(name, marks=pytest.mark.slow) for name in CASES])
def test_every_scenario_of_a_shipped_case_agrees_with_the_reference(workspace, name):
    case = read_case(workspace, name)
    assert set(CASES[name]) == set(case.scenarios)
    for run in (resolve(case, scenario) for scenario in CASES[name]):
        ours, theirs = solve_compiled(run), solve(run, JUDGE)
        assert close_in_stocks(ours, theirs, run), run.scenario
        one, other = (to_dataset(run, answer) for answer in (ours, theirs))
        assert check_ledger(one) == []
        compare_headlines(one, other)


def check_random(run):
    """Agreement, conservation, and nothing below zero."""
    ours, theirs = solve_compiled(run), solve(run, JUDGE)
    assert close_in_stocks(ours, theirs, run)
    assert check_ledger(to_dataset(run, ours)) == []
    compare_headlines(to_dataset(run, ours), to_dataset(run, theirs), by_people=True)
    assert ours.day_stocks.min() >= 0.0
    assert ours.week_stocks.min() >= 0.0
    assert np.diff(ours.week_totals, axis=0).min() >= 0.0
    assert np.diff(ours.day_totals, axis=0).min() >= 0.0


@FEW
@given(runs())
def test_random_runs_agree_with_the_reference_and_nothing_is_negative(run):
    check_random(run)


@pytest.mark.slow
@settings(FEW, max_examples=150)
@given(runs(), st.booleans())
def test_many_random_runs_agree_those_with_services_of_half_a_day_among_them(run, brief):
    if brief:
        half = Steps((0.0,), np.full((1, len(run.countries)), 0.5))
        shorter = {f"{stage}.minimum_time": half for stage in ("registration", "screening")}
        run = dataclasses.replace(run, parameters=run.parameters | shorter)
    check_random(run)


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
            ours = solve_compiled(run, step)
            assert close_in_stocks(ours, theirs, run, most), (changes, step)
            later = np.abs(ours.detention_totals[-1, -2:] - released[-1]).max()
            assert later <= 0.0005 * arrivals(run), (changes, step)


@pytest.mark.parametrize("limit", [1.0, 2.0, 3.0])
def test_a_centre_that_opens_again_releases_nobody_before_the_limit(limit):
    """Those overdue when it shut have left: before, as many newcomers were released at once, in both paths."""
    run = small(detention__time_limit=limit, detention__places={0: 0.0, 10: 30.0}, determination__officers=20.0)
    answers = solve_compiled(run), solve(run, JUDGE)
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
    ends = [solve_compiled(run, step).day_stocks[-1] for step in (0.5, 0.25, 0.125)]
    first, second = np.abs(ends[0] - ends[1]).max(), np.abs(ends[1] - ends[2]).max()
    assert 6.5 < first / second < 10.0


def test_members_of_a_block_are_the_runs_alone():
    several = [small(registration__officers=0.2 * k, detention__time_limit=4.0 + k) for k in range(1, 4)]
    together = solve_block(several, block=2)
    again = solve_block(several[::-1], block=2)[::-1]
    for run, one, back in zip(several, together, again, strict=True):
        alone = solve_compiled(run)
        for name in ("week_totals", "week_stocks", "day_stocks", "day_totals", "queue_totals", "detention_totals"):
            ours = getattr(one, name)
            assert ours.tobytes() == getattr(back, name).tobytes(), name
            most = 1e-12 * arrivals(run) + 1e-14 * alone.week_stocks.max()  # teams without limit are 1e9 officers
            assert np.abs(ours - getattr(alone, name)).max() <= most, name
    assert np.abs(together[0].day_stocks - together[2].day_stocks).max() > 1.0


def test_sums_of_an_ensemble_are_those_of_the_answers():
    several = [small(screening__officers=float(k)) for k in range(3)]
    sums = solve_sums(several, ("day_totals", "detention_totals"), block=2)
    for k, answer in enumerate(solve_block(several, block=2)):
        for name, values in sums.items():
            assert values[k].shape == getattr(answer, name).shape
            assert np.abs(values[k] - getattr(answer, name)).max() <= 1e-11 * arrivals(several[k])
    with pytest.raises(ValueError, match="'week_totals' cannot be kept; what can be: day_stocks"):
        solve_sums(several, ("week_totals",))


def test_another_scenario_compiles_nothing():
    said = []
    solve_compiled(small(), progress=said.append)
    from mixedmig_model.solve.compiled.step import TRACES

    before, said = TRACES[0], []
    other = small(
        law__detention_limit=0.0, arrivals__scale={0: 1.0, 3: 2.0, 17: 0.1}, reception__places={0: 5.0, 6: 80.0},
    )
    solve_compiled(other, progress=said.append)
    solve_compiled(dataclasses.replace(small(detention__time_limit=3.0), days=34), progress=said.append)
    assert TRACES[0] == before
    assert said == []


def test_the_first_run_of_a_layout_says_that_it_compiles(monkeypatch):
    said = []
    monkeypatch.setattr(compiled, "_compiled", lambda asked: None)
    monkeypatch.setattr(compiled, "_LOOPS", compiled._Loops())
    compiled._loop(compiled._LoopKey(1, 1, 1, 1, 2, kept=()), said.append)
    assert said == ["compiling"]


def test_with_the_switches_of_law_on_every_breach_is_identically_zero():
    run = small(law__child_exemption=1.0)
    answer = solve_compiled(run)
    for name in (*CHILDREN_DETAINED, "enforced_pending_appeal", "summarily_returned_from_registration",
                 "summarily_returned_from_screening", "support_withdrawn"):
        assert (answer.week_totals[:, answer.layout.flow_at[name][0]] == 0.0).all(), name
    assert indicator_table(to_dataset(run, answer))["detention_over_limit"] == 0.0


def test_the_file_says_which_path_and_step_made_it():
    run = small()
    attributes = to_dataset(run, solve_compiled(run)).attrs
    assert (attributes["path"], attributes["method"], attributes["step"]) == ("compiled", "SSPRK3", 0.5)
    # inputs change on days 0, 15 and 20: ten steps then, four on the three days after, two on the 23 others
    assert attributes["evaluations"] == 3 * (3 * 10 + 9 * 4 + 23 * 2)


def test_days_are_stepped_more_often_where_inputs_change_suddenly():
    def paces(**changes):
        table = daily_table(small(detention__time_limit=12.0, law__child_exemption=1.0, **changes))
        return table[:, Columns(2, 1).pace].tolist()

    first = [2.0, 1.0, 1.0, 1.0]
    usual = first + [0.0] * 31
    assert paces() == usual  # departures change on day 14: too gradual to matter
    assert paces(reception__places={0: 100.0, 9: 91.0}) == usual
    assert paces(reception__places={0: 100.0, 9: 89.0}) == first + [0.0] * 5 + first + [0.0] * 22
    assert [sum(grid) for grid in steps_of_day(2)] == [1.0, 1.0, 1.0, 0.0]


def rush(officers):
    """Everybody comes at once and waits for registration to open; it catches up within a day, at half a day each."""
    return make_run(
        28, {0: 200.0, 3: 0.0}, {"refugee": REFUGEE}, registration__minimum_time=0.5, screening__minimum_time=0.5,
        registration__officers={0: 0.0, 6: officers}, screening__officers=1e3, reception__places=1e4,
    )


def test_a_day_whose_steps_turn_out_too_rough_is_taken_again():
    """Before, 0.8 % of all people were in the wrong stage on the evening of the day on which the service caught up."""
    run = rush(13.0)
    ours = solve_compiled(run)
    planned = [(2, 4, 10, 0)[int(pace)] for pace in daily_table(run)[:, Columns(1, 1).pace]]
    assert ours.evaluations == 3 * (sum(planned) + 4)  # one day, four steps
    assert close_in_stocks(ours, solve(run, JUDGE), run, 0.001)
    others = [rush(13.0 + k) for k in range(3)]
    for one, run in zip(solve_block(others, block=3), others, strict=True):
        alone = solve_block([run], block=3)[0]
        assert one.evaluations == alone.evaluations
        for name in ("week_stocks", "day_stocks", "day_totals", "queue_totals", "detention_totals"):
            assert getattr(one, name).tobytes() == getattr(alone, name).tobytes(), name


def test_a_service_that_takes_half_a_day_is_not_slowed_by_the_step():
    """In a cell that people leave at 3 a day, as many leave as enter: before, no more left than were in it."""
    run = make_run(
        28, 60.0, {"refugee": REFUGEE, "migrant": MIGRANT}, registration__minimum_time=0.5,
        screening__minimum_time=0.5, reception__places={0: 400.0, 14: 20.0}, absconding__rate=0.3,
    )
    ours, theirs = (indicator_table(to_dataset(run, answer)) for answer in (solve_compiled(run), solve(run, JUDGE)))
    assert theirs["without_shelter_peak"] > 30.0
    assert ours["without_shelter_peak"] == pytest.approx(theirs["without_shelter_peak"], rel=0.002)


def test_what_cannot_be_solved_together_is_refused_in_words():
    run = small()
    with pytest.raises(ValueError, match="the same days: scenario as_given has 35, scenario as_given has 34"):
        solve_block([run, dataclasses.replace(run, days=34)])
    with pytest.raises(ValueError, match="must have the same countries"):
        solve_block([run, dataclasses.replace(run, countries=("there",))])
    for step in (0.3, 2.0, 0.0):
        with pytest.raises(ValueError, match="a whole number of steps must make a day"):
            solve_compiled(run, step)
    assert solve_block([]) == []


def test_without_jax_the_compiled_path_says_so(monkeypatch):
    monkeypatch.setattr(compiled, "find_spec", lambda name: None)
    monkeypatch.setattr(compiled.sys, "platform", "linux")
    assert available() == (
        "JAX is not installed (pip install jax); the reference path does all that the compiled one does"
    )
    with pytest.raises(RuntimeError, match="JAX is not installed"):
        solve_compiled(small())
