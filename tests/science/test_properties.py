"""Properties that hold for every input (``model.md`` 1): random small runs, and the real case once."""

import dataclasses

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from mixedmig_model.equations.layout import FLOWS, STOCKS
from mixedmig_model.equations.table import flows_marked
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.resolving.run_inputs import RunInputs, Steps
from mixedmig_model.inputs.schema import Change, Scenario
from mixedmig_model.results.indicators.table import indicator_table
from mixedmig_model.results.ledger import check_ledger
from mixedmig_model.solve.answer import Answer, Options
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.problem import Problem, incidence
from mixedmig_model.solve.run import solve
from mixedmig_model.vocabulary.labels import PLACES

from .synthetic import CHILD_ALONE, ILL, MIGRANT, REFUGEE, REFUGEE_CHILD, TRAFFICKED, arrivals, daily_flow, make_run
from .synthetic import daily_people as people_by_day

FEW = settings(
    max_examples=12, deadline=None, derandomize=True, database=None, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
"""Without shrinking: a failing run is a run to look at, and to shrink it would take the time of the whole suite."""
KINDS = {
    "refugee": REFUGEE, "refugee_child": REFUGEE_CHILD, "child_alone": CHILD_ALONE, "trafficked": TRAFFICKED,
    "ill": ILL, "migrant": MIGRANT,
}
CHILDREN_DETAINED = [flow.name for flow in FLOWS if flow.name.startswith("identified_children_detained")]
WORK = {
    "registration": 8.0 * 2.0 / 25.0, "screening": 8.0 / 8.0, "referral": 4.0, "determination": 5.0 * 8.0 / (3.0 * 1.8),
    "appeal": 5.0 * 8.0 / (6.0 * 1.8), "return": 12.0 / 1.8,
}
"""Work hours a person takes of each service under the numbers of ``PLAIN``; a child alone takes 12 of referral."""
HOURS = 40.0 / 7.0
"""Work hours of an officer a day."""
HELPED, FORCED = (*flows_marked("assisted"), *flows_marked("induced")), flows_marked("enforced")
EXTENSIVE = (
    "registration.officers", "screening.officers", "referral.officers", "determination.officers", "appeal.panels",
    "return.officers", "interpretation.interpreters", "return.escorted_places", "return.assisted_places",
    "reception.places", "reception.tent_places", "detention.places", "alternative.places", "sharing.transfers",
    "solutions.resettlement_places",
)
"""Parameters that count people, staff or places: double them with arrivals and everything doubles."""
STAGES = ("registration", "screening", "counselling", "determination", "appeal", "return", "limbo", "protected")
LAWS = (
    "child_exemption", "specific_needs_exemption", "individual_decision", "suspensive_appeal", "detention_limit",
    "services_irrespective_of_status", "no_penalty_for_irregular_entry",
)
"""The switches of law."""


def share(low: float = 0.0, high: float = 1.0) -> st.SearchStrategy[float]:
    return st.floats(low, high).map(lambda value: round(value, 3))


def amount(low: float, high: float) -> st.SearchStrategy[float]:
    """A number between the bounds, sometimes exactly zero."""
    return st.one_of(st.just(0.0), share(low, high), share(low, high), share(low, high))


@st.composite
def runs(draw, lawful: bool = False, steady_places: bool = False) -> RunInputs:
    """A random small run: one or two countries, two or three groups, four or five weeks, one jump of some inputs.

    Args: lawful, every switch of law is on throughout; steady_places, places open do not change.
    """
    countries = draw(st.sampled_from([("here",), ("north", "south")]))
    names = draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=2, max_size=3, unique=True))
    groups = {name: KINDS[name] for name in names}
    days, jump = draw(st.sampled_from([28, 35])), draw(st.integers(5, 25))

    def each(strategy):
        return [draw(strategy) for _ in countries]

    def dated(strategy):
        return {0: each(strategy), jump: each(strategy)}

    parts = each(share(0.1, 1.0))
    cells = amount(0.0, 200.0)
    places = each if steady_places else dated
    changes = {
        "arrivals__international_need_share": draw(share(0.1, 0.9)),
        "arrivals__composition": [draw(share(0.1, 1.0)) for _ in groups],
        "journey__voyage_time": each(share(1.0, 15.0)), "journey__mortality": each(share(0.0, 0.1)),
        "journey__abandonment_rate": dated(amount(0.0, 0.3)), "journey__refused_share": dated(amount(0.0, 1.0)),
        "journey__unrecorded_share": each(share(0.0, 0.9)), "journey__adrift_death_rate": draw(share(0.0, 0.05)),
        "journey__turn_back_rate": draw(amount(0.0, 0.2)), "journey__time_to_place_of_safety": draw(share(0.5, 20.0)),
        "journey__disembarkation_share": [part / sum(parts) for part in parts],
        "registration__officers": dated(amount(0.0, 10.0)), "screening__officers": dated(amount(0.0, 10.0)),
        "screening__prima_facie_share": each(amount(0.0, 0.5)), "screening__agency_access": each(share()),
        "work__vulnerable_first": each(amount(0.0, 1.0)), "work__crowding_loss": each(amount(0.0, 1.0)),
        "staff__recruitment_time": each(share(1.0, 30.0)), "staff__novice_output": each(share()),
        "staff__training_time": each(share(1.0, 20.0)), "staff__ramp_time": each(share(1.0, 20.0)),
        "staff__attrition_rate": each(share(0.0, 0.02)), "staff__trainer_share": each(share()),
        "interpretation__interpreters": each(amount(0.0, 20.0)), "referral__officers": each(amount(0.0, 10.0)),
        "determination__withdrawal_rate": each(share(0.0, 0.02)), "disclosure__rate": each(share(0.0, 0.02)),
        "determination__officers": dated(amount(0.0, 20.0)), "determination__minimum_time": each(share(1.0, 20.0)),
        "determination__quality_slope": each(share(0.0, 1.0)), "appeal__panels": each(amount(0.0, 3.0)),
        "appeal__minimum_time": each(share(1.0, 20.0)), "return__officers": each(amount(0.0, 5.0)),
        "return__documentation_time": each(share(1.0, 20.0)), "return__escorted_places": each(amount(0.0, 5.0)),
        "return__readmission_share": each(share()), "return__assisted_places": dated(amount(0.0, 5.0)),
        "return__assisted_uptake_rate": [draw(amount(0.0, 0.2)) for _ in groups],
        "reception__places": places(amount(0.0, 500.0)), "reception__community_share": each(share()),
        "detention__places": places(cells), "detention__detained_share": each(amount(0.0, 1.0)),
        "detention__pre_removal_rate": each(amount(0.0, 0.1)), "detention__time_limit": each(st.integers(1, 30)),
        "alternative__places": places(cells), "alternative__offered_share": each(amount(0.0, 1.0)),
        "alternative__transfer_rate": each(share(0.0, 0.1)), "alternative__review_rate": each(share(0.0, 0.1)),
        "onward__rate": each(share(0.0, 0.01)), "onward__irregular_rate": each(share(0.0, 0.02)),
        "onward__within_region_share": each(share()), "onward__waiting_gain": each(amount(0.0, 0.01)),
        "absconding__rate": each(share(0.0, 0.02)), "irregular__found_rate": each(share(0.0, 0.02)),
        "return__summary_rate": each(amount(0.0, 0.1)), "return__late_return_rate": each(amount(0.0, 0.01)),
        "solutions__resettlement_share": each(share(0.0, 0.01)), "regularisation__rate": each(share(0.0, 0.02)),
        "remigration__enforced_share": each(share(0.0, 0.9)), "sharing__transfers": each(amount(0.0, 3.0)),
    }
    for law in LAWS:
        changes[f"law__{law}"] = 1.0 if lawful else dated(st.sampled_from([0.0, 0.5, 1.0]))
    opening = tuple(
        (stage, "community", country, draw(st.floats(0.0, 300.0).map(round)))
        for country in countries
        for stage in draw(st.lists(st.sampled_from(STAGES), max_size=3, unique=True))
    )
    departures = {0: each(share(1.0, 60.0)), jump: each(amount(0.0, 30.0))}
    return make_run(days, departures, groups, countries, opening, **changes)


def people_in(ds) -> float:
    """All people of a Dataset at its end, wherever they are: staff apart."""
    return sum(float(ds[stock.name].isel(time=-1).sum()) for stock in STOCKS if stock.unit == "person")


def all_stocks(answer: Answer) -> np.ndarray:
    """Every stock cell at every weekly edge."""
    return answer.opening + (incidence(answer.layout) @ answer.week_totals.T).T


@FEW
@given(runs())
def test_no_stock_and_no_flow_is_negative_and_the_ledger_closes(run):
    answer = solve(run)
    floor = min(-0.05, -1e-6 * arrivals(run))
    assert all_stocks(answer).min() >= floor
    assert answer.day_stocks.min() >= floor
    assert np.diff(answer.week_totals, axis=0).min() >= floor
    ds = to_dataset(run, answer)
    assert check_ledger(ds) == []
    # Everybody who came is somewhere: stocks and counters add up to all who entered.
    assert people_in(ds) == pytest.approx(arrivals(run), rel=1e-9)


def doubled(run: RunInputs) -> RunInputs:
    """The run with twice the people, staff and places."""
    parameters = {
        key: Steps(steps.starts, 2.0 * steps.values) if key in EXTENSIVE else steps
        for key, steps in run.parameters.items()
    }
    return dataclasses.replace(
        run, parameters=parameters, departures=Steps(run.departures.starts, 2.0 * run.departures.values),
        opening=tuple(o.model_copy(update={"persons": 2.0 * o.persons}) for o in run.opening),
    )


@pytest.mark.slow
@FEW
@given(runs())
def test_twice_the_people_staff_and_places_is_twice_of_everything(run):
    """With twice the absolute tolerance, so that both take the same steps but where somebody is a hair from nobody; and
    with tighter ones than usual, so that steps which differ there do not show.

    Occupancy counts at least one place, so that the first person in a country without any does not crowd it: there
    doubling nothing leaves nothing, and such runs are left out.
    """
    assume(run.parameters["reception.places"].values.min() >= 1.0)
    options = Options(rtol=1e-8, atol=1e-5)
    once = solve(run, options)
    twice = solve(doubled(run), dataclasses.replace(options, atol=2.0 * options.atol))
    assert once.week_totals[-1].sum() > 5.0
    for ours, theirs in ((once.week_totals, twice.week_totals), (once.day_stocks, twice.day_stocks)):
        assert np.abs(theirs - 2.0 * ours).max() <= 1e-6 * arrivals(run)


@FEW
@given(runs(steady_places=True))
def test_never_more_served_than_capacity_nor_more_housed_than_places(run):
    answer = solve(run)
    ds = to_dataset(run, answer)
    slack = 1e-5 * arrivals(run) + 0.01
    alone = np.array([1.0 if {"child", "alone"} <= set(group.flags) else 0.0 for group in run.groups.values()])
    for function, work in WORK.items():
        of_group = np.where(alone, 12.0, work) if function == "referral" else np.full(len(alone), work)
        done = np.einsum("dgc,g->dc", ds["daily_served"].sel(stage=function).values, of_group)
        team = ds["staff_effective"].sel(function=function).values
        at_most = HOURS * np.maximum(team, np.concatenate([np.full((1, team.shape[1]), np.inf), team[:-1]]))
        assert (done[1:] <= at_most[1:] + of_group.max() * slack).all(), function
    table = run.parameters
    assert (daily_flow(answer, *FORCED) <= table["return.escorted_places"].at(0.0) + slack).all()
    offered = np.stack([table["return.assisted_places"].at(float(day)) for day in range(run.days)])
    assert (daily_flow(answer, *HELPED) <= offered + slack).all()
    living = people_by_day(answer).sum(axis=1)  # [day, place, country]
    for place in ("detention", "alternative", "reception"):
        assert (living[:, PLACES.index(place)] <= table[f"{place}.places"].at(0.0) + 0.5).all(), place


@FEW
@given(runs(lawful=True))
def test_with_the_switches_of_law_on_every_breach_of_law_is_identically_zero(run):
    answer = solve(run)
    forbidden = (*CHILDREN_DETAINED, "enforced_pending_appeal", "summarily_returned_from_registration",
                 "summarily_returned_from_screening", "support_withdrawn")
    for name in forbidden:
        where, _ = answer.layout.flow_at[name]
        assert (answer.week_totals[:, where] == 0.0).all(), name
    assert indicator_table(to_dataset(run, answer))["detention_over_limit"] == 0.0


def test_without_the_exemption_identified_children_are_detained():
    """So that the zeros above mean something."""
    run = make_run(
        28, 20.0, {"child": REFUGEE_CHILD, "adult": REFUGEE}, detention__places=500.0, detention__detained_share=0.5,
        detention__pre_removal_rate=0.1, journey__refused_share=0.2, law__child_exemption=0.0,
        irregular__found_rate=0.1, onward__irregular_rate=0.1, onward__within_region_share=1.0,
        arrivals__claim_share=0.2, countries=("here", "there"),
        opening=(("return", "community", "here", 100.0),),
    )
    answer = solve(run)
    for name in CHILDREN_DETAINED:
        assert answer.week_totals[-1][answer.layout.flow_at[name][0]].sum() > 1.0, name


class TooLongError(Exception):
    """More evaluations than any run of this length needs."""


def closed_down(places: float, before: float, after: float, removal: float) -> RunInputs:
    """Detention filled with children known as such, then closed down; the exemption changes on that day."""
    return make_run(
        70, {0: 20.0, 14: 5.0}, {"child": REFUGEE_CHILD, "adult": REFUGEE}, detention__detained_share=0.8,
        detention__places={0: places, 20: 0.0}, law__child_exemption={0: before, 20: after},
        detention__pre_removal_rate=removal, return__assisted_uptake_rate=0.0,
    )


def test_a_detention_centre_that_is_closed_down_does_not_stall_the_run(monkeypatch):
    def counted(problem, time, vector):
        if problem.evaluations > 3000:
            raise TooLongError
        return derivative(problem, time, vector)

    derivative = Problem.derivative
    monkeypatch.setattr(Problem, "derivative", counted)
    for case in ((80.0, 0.0, 1.0, 0.0), (80.0, 0.5, 1.0, 0.05), (150.0, 0.0, 0.5, 0.0), (150.0, 0.5, 1.0, 0.0)):
        answer = solve(closed_down(*case))
        held = people_by_day(answer)[:, :, PLACES.index("detention")].sum(axis=(1, 2))
        assert held[20] > 50.0
        assert np.abs(held[50:]).max() < 0.05


def frozen(run: RunInputs) -> list[bytes]:
    """All numbers of a run as bytes."""
    numbers = [steps.values.tobytes() for steps in run.parameters.values()] + [run.departures.values.tobytes()]
    starts = [repr(steps.starts).encode() for steps in (*run.parameters.values(), run.departures)]
    return [*numbers, *starts, repr(run.opening).encode(), repr(run.groups).encode(), run.digest.encode()]


def same_bits(one: Answer, other: Answer) -> bool:
    return all(
        getattr(one, name).tobytes() == getattr(other, name).tobytes()
        for name in ("opening", "week_days", "week_totals", "day_stocks", "day_totals")
    )


@settings(FEW, max_examples=6)
@given(runs())
def test_the_same_inputs_give_the_same_bits_and_are_left_as_they_were(run):
    before = frozen(run)
    first = solve(run)
    to_dataset(run, first)
    assert frozen(run) == before
    assert same_bits(first, solve(run))


SHORT_DAYS = 165
"""The real case up to the middle of June 2015: the crisis of May with most of its jumps."""


def shortened(run: RunInputs) -> RunInputs:
    return dataclasses.replace(run, days=SHORT_DAYS)


def with_changes(case, changes: tuple[Change, ...]):
    """The case with a further scenario of these changes."""
    scenario = Scenario(schema=1, case=case.name, title="As given", description="For a test.", changes=changes)
    return dataclasses.replace(case, scenarios={**case.scenarios, "as_given": scenario})


def test_a_scenario_that_changes_nothing_is_its_baseline_bit_for_bit(andaman_case, andaman_run):
    nothing = (
        Change(parameter="screening.officers", scale=1.0, start="2015-04-07", ramp_days=10, reason="nothing"),
        Change(parameter="reception.places", add=0.0, start="2015-05-03", until="2015-05-09", reason="nothing"),
        Change(parameter="journey.mortality", set=0.0092, start="2015-03-03", reason="nothing"),
    )
    run = resolve(with_changes(andaman_case, nothing), "as_given")
    assert run.jumps == andaman_run.jumps
    assert run.digest == andaman_run.digest
    assert same_bits(solve(shortened(run)), solve(shortened(andaman_run)))


def test_a_scenario_that_changes_something_is_not_its_baseline(andaman_case, andaman_run):
    """So that equal bits above mean something; the smallest change shows."""
    change = Change(parameter="screening.officers", scale=1.001, start="2015-05-15", reason="a little")
    run = resolve(with_changes(andaman_case, (change,)), "as_given")
    assert run.digest != andaman_run.digest
    shared = run.jumps
    one, other = solve(shortened(run), restart_days=shared), solve(shortened(andaman_run), restart_days=shared)
    assert not same_bits(one, other)
    before = one.week_days <= 134  # until then nothing differs, because the two restart on the same days
    assert before.sum() > 10
    assert one.week_totals[before].tobytes() == other.week_totals[before].tobytes()


def test_a_run_of_the_real_case_never_changes_its_inputs(andaman_case, andaman_run):
    before = frozen(andaman_run)
    solve(shortened(andaman_run))
    assert frozen(andaman_run) == before
    assert resolve(andaman_case, "as_it_happened").digest == andaman_run.digest


@pytest.fixture(scope="module")
def careful(andaman_run) -> Answer:
    return solve(shortened(andaman_run), Options(rtol=1e-8, atol=1e-5))


def test_tighter_tolerances_change_no_stock_by_more_than_the_stated_error(andaman_run, careful):
    """Measured: 1.3e-6 of arrivals in the worst cell at the end of a week, 5.5e-6 in the worst on a day."""
    run = shortened(andaman_run)
    answer = solve(run)
    for ours, theirs in ((all_stocks(answer), all_stocks(careful)), (answer.day_stocks, careful.day_stocks)):
        difference = np.abs(ours - theirs).max() / arrivals(run)
        assert 0.0 < difference < 1e-5


def test_no_weekly_stock_of_the_real_case_is_negative(whole):
    assert all_stocks(whole).min() >= -0.05
    assert np.diff(whole.week_totals, axis=0).min() >= -0.05


def test_no_daily_stock_of_the_real_case_is_negative(whole):
    assert whole.day_stocks.min() >= -0.05
