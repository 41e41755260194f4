"""A capacity bounds every flow that it names, together; a share stays between 0 and 1."""

import functools

import numpy as np
import pytest

from mixedmig_model.equations.table import FLOWS, SERVED, flows_marked
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.results.indicators.table import INDICATORS, indicator_table
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.run import solve
from mixedmig_model.vocabulary.labels import PLACES, STAGES

from .synthetic import (
    CHILD_ALONE,
    HUGE,
    MIGRANT,
    REFUGEE,
    TRAFFICKED,
    arrivals,
    daily_flow,
    daily_people,
    make_run,
)

HERE, DAYS, SMALL = ("here", "there"), 28, 0.4
HOURS = 40.0 / 7.0
DETERMINATION = (*SERVED["determination"], "recognised_prima_facie")
FLOWS_WITHIN = {
    "return.escorted_places": flows_marked("enforced"),
    "return.assisted_places": (*flows_marked("assisted"), *flows_marked("induced")),
    "sharing.transfers": ("transferred",),
    "solutions.resettlement_places": ("resettled",),
}
"""Capacities in persons a day, and the flows that share them."""
TEAMS = {
    "registration.officers": SERVED["registration"],
    "screening.officers": SERVED["screening"],
    "referral.officers": SERVED["referral"],
    "determination.officers": DETERMINATION,
    "interpretation.interpreters": DETERMINATION,
    "appeal.panels": SERVED["appeal"],
    "return.officers": ("enforced", "enforced_pending_appeal", "found_unreturnable"),
}
"""Teams, and the flows for which they work."""
LEAST_HOURS = {
    "registration.officers": 8.0 * 2.0 / 25.0, "screening.officers": 1.0, "referral.officers": 4.0,
    "determination.officers": 3.0, "interpretation.interpreters": 3.0, "appeal.panels": 40.0 / 6.0 / 1.8,
    "return.officers": 12.0 / 1.8,
}
"""Work hours that a person takes at least, worked out by hand from the inputs."""
ROOM = {"reception.places": "reception", "detention.places": "detention", "alternative.places": "alternative"}
"""Places, and where people live in them."""
NO_BOUND = {
    "responses.pathway_places": "regular places lower departures, and no flow of the table goes through them",
    "reception.tent_places": "adds to reception.places", "reception.existing_building_places": "adds to them too",
    "reception.new_building_places": "adds to them too",
    "closing.officers": "test_closings.py has closings alone: plenty of them would leave nobody to decide on",
    "checks.assisted_returns": "a figure observed elsewhere, which no equation reads",
}
"""Inputs in persons a day, officers or places that bound no flow, and why."""

ELSEWHERE = {"heard_before_return": "test_families.py has the law that asks for it, which changes who is returned"}
"""Flows within a capacity that are tested elsewhere, and why."""


OTHERS = {
    "screening.prima_facie_share": 0.5, "determination.prima_facie_effort": 0.25, "return.late_return_rate": 0.02,
    "return.summary_rate": 0.05, "law.individual_decision": 0.0, "law.suspensive_appeal": 0.0,
    "detention.detained_share": 0.4, "detention.pre_removal_rate": 0.05, "alternative.offered_share": 0.5,
    "alternative.transfer_rate": 0.05, "referral.duration": 5.0, "determination.minimum_time": 5.0,
    "appeal.minimum_time": 5.0, "return.documentation_time": 5.0,
}


@functools.cache
def full_run(**changes):
    """A short run in which every flow within a capacity moves people, and there is plenty of everything."""
    plenty = {**dict.fromkeys(FLOWS_WITHIN, HUGE), **dict.fromkeys((*TEAMS, *ROOM), 1e4)}
    run = make_run(
        DAYS, 20.0, {"refugee": REFUGEE, "child": CHILD_ALONE, "trafficked": TRAFFICKED, "migrant": MIGRANT},
        countries=HERE,
        opening=tuple((stage, place, country, 60.0) for stage in STAGES for country in HERE
                      for place in ("community", "unsheltered")),
        **{key(name): value for name, value in (plenty | OTHERS).items()} | changes,
    )
    answer = solve(run)
    return run, answer, to_dataset(run, answer)


def a_day(flows, **changes):
    """People moved each day by some flows together, ``[day, country]``."""
    return daily_flow(full_run(**changes)[1], *flows)


def key(capacity):
    return capacity.replace(".", "__")


def test_every_input_that_could_bound_a_flow_is_tested_or_has_a_reason_not_to():
    units = {"person/day", "officer", "place"}
    counted = {name for name, need in CATALOGUE.items() if need.unit in units}
    assert counted == {*FLOWS_WITHIN, *TEAMS, *ROOM, *NO_BOUND}


def test_every_flow_that_is_served_or_returned_is_within_some_capacity():
    within = {flow for flows in (*FLOWS_WITHIN.values(), *TEAMS.values()) for flow in flows}
    bounded = {flow.name for flow in FLOWS if {"served", "assisted", "induced", "enforced"} & set(flow.marks)}
    assert bounded <= {*within, *ELSEWHERE}


@pytest.mark.parametrize("flow", sorted({flow for flows in (*FLOWS_WITHIN.values(), *TEAMS.values())
                                         for flow in flows}))
def test_with_plenty_of_everything_each_of_these_flows_moves_people(flow):
    """So that the zeros below mean something."""
    assert a_day((flow,)).sum() > 0.01


@pytest.mark.parametrize(("capacity", "flows"), (FLOWS_WITHIN | TEAMS).items())
def test_a_capacity_of_zero_lets_nobody_through_any_flow_that_it_names(capacity, flows):
    assert a_day(flows, **{key(capacity): 0.0}).max() <= 1e-6


@pytest.mark.parametrize(("capacity", "flows"), FLOWS_WITHIN.items())
def test_flows_within_a_small_capacity_share_it_and_use_it_up(capacity, flows):
    moved = a_day(flows, **{key(capacity): SMALL})
    run = full_run()[0]
    assert moved.max() <= SMALL + 1e-5 * arrivals(run)
    assert moved[-1] == pytest.approx(SMALL, rel=1e-3)


def test_within_escorts_each_kind_of_return_by_force_gets_the_same_share_of_what_it_asks_for():
    names = ("summarily_returned_from_registration", "summarily_returned_from_screening")
    _, answer, _ = full_run(
        return__escorted_places=SMALL, registration__minimum_time=200.0, screening__minimum_time=200.0)
    people = daily_people(answer).sum(axis=2)  # [day, stage, country]
    first = {name: daily_flow(answer, name)[0].sum() for name in (*names, "returned_late")}
    present = {name: people[:2, STAGES.index(stage)].mean(axis=0).sum()
               for name, stage in zip((*names, "returned_late"), ("registration", "screening", "limbo"), strict=True)}
    shares = [first[name] / present[name] / (0.02 if name == "returned_late" else 0.05) for name in first]
    assert shares == pytest.approx([shares[0]] * 3, rel=0.02)


@pytest.mark.parametrize(("capacity", "flows"), TEAMS.items())
def test_a_small_team_serves_no_more_than_its_hours_allow(capacity, flows):
    moved = a_day(flows, **{key(capacity): SMALL})
    hours = moved * LEAST_HOURS[capacity]
    if capacity in ("determination.officers", "interpretation.interpreters"):
        regular = daily_flow(full_run(**{key(capacity): SMALL})[1], *SERVED["determination"])
        hours = regular * 40.0 / 3.0 / 1.8 + (moved - regular) * 0.25 * 40.0 / 3.0 / 1.8
        if capacity == "interpretation.interpreters":
            hours = hours * 6.0 / (40.0 / 3.0)
    assert hours.max() <= SMALL * HOURS * (1.0 + 1e-3) + 1e-3
    assert moved.max() > 0.0


def test_those_for_whom_status_determination_has_no_time_prima_facie_wait_there_with_all_others():
    plenty, none = full_run(), full_run(determination__officers=0.0)
    flows = ("recognised_prima_facie", "screened_to_determination")
    assert daily_flow(none[1], flows[0]).sum() <= 1e-6
    assert daily_flow(none[1], flows[1])[0].sum() == pytest.approx(daily_flow(plenty[1], *flows)[0].sum(), rel=1e-3)


def test_a_recognition_that_takes_no_work_needs_no_team():
    free = {"determination__officers": 0.0, "determination__prima_facie_effort": 0.0}
    assert a_day(("recognised_prima_facie",), **free).sum() > 1.0


@pytest.mark.parametrize(("capacity", "place"), ROOM.items())
@pytest.mark.parametrize("size", [0.0, SMALL])
def test_nobody_lives_where_there_is_no_place(capacity, place, size):
    living = daily_people(full_run(**{key(capacity): size})[1]).sum(axis=1)[:, PLACES.index(place)]
    assert living.max() <= size + 1e-6
    plenty = daily_people(full_run()[1]).sum(axis=1)[:, PLACES.index(place)]
    assert plenty.max() > 1.0


@pytest.mark.parametrize("changes", [
    {}, {"return__escorted_places": 0.0}, {"return__escorted_places": 0.0, "return__assisted_places": 0.0},
    {"determination__officers": 0.0, "appeal__panels": 0.0}, {"reception__places": 0.0},
    {"counselling__duration": 3000.0, "return__late_return_rate": 2.0},  # hardly a decision, and many carried out
])
def test_every_indicator_that_is_a_share_lies_between_0_and_1(changes):
    found = indicator_table(full_run(**changes)[2])
    shares = {one.key: found[one.key] for one in INDICATORS if one.unit == "share"}
    assert "returns_carried_out" in shares
    wrong = {name: value for name, value in shares.items() if not np.isnan(value) and not -1e-9 <= value <= 1 + 1e-9}
    assert wrong == {}
