"""Small synthetic runs for the tests: plain numbers here, so that no test depends on the shipped parameter files."""

import math
from collections.abc import Mapping
from datetime import date
from itertools import pairwise

import numpy as np

from mixedmig_model.equations.table import STOCKS
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.resolving.run_inputs import RunInputs, Steps
from mixedmig_model.inputs.schema import Group, Landing, Opening
from mixedmig_model.solve.answer import Answer, Options
from mixedmig_model.solve.daily import daily_flow_axes, daily_stock_axes
from mixedmig_model.solve.problem import incidence

EXACT = Options(rtol=1e-9, atol=5e-7)
"""For comparisons with formulas."""

REFUGEE, MIGRANT = {"need": "international"}, {"need": "none"}
REFUGEE_CHILD = {"need": "international", "flags": ("child",)}
CHILD_ALONE = {"need": "other", "flags": ("child", "alone")}
TRAFFICKED = {"need": "other", "flags": ("trafficked",)}
ILL = {"need": "other", "flags": ("ill",)}

HUGE = 1e9
"""Officers, interpreters or places of which there are always enough."""

NEVER = 1e15
"""A time (days) so long that nobody moves for that reason: beyond what files may say, so that formulas hold exactly."""

# Every parameter of the equations in base units: simple numbers, under which the journey, detention, responses, staff
# that come and go, priorities, crowding, breaches of law and durable solutions are all switched off.
PLAIN = {
    "arrivals.scale": 1.0, "arrivals.claim_share": 0.0,
    "arrivals.international_need_share": 0.5, "arrivals.composition": 1.0,
    "arrivals.seasonality": 1.0, "arrivals.peak_day": 1.0, "arrivals.surge_factor": 1.0, "arrivals.surge_start": 0.0,
    "arrivals.surge_duration": 30.0,
    "responses.information_effect": 0.0, "responses.deterrence_elasticity": 0.0, "responses.harshness": 0.0,
    "responses.enforcement": 0.0, "responses.enforcement_effect": 0.0,
    "responses.enforcement_abandonment_share": 0.0, "responses.pathway_places": 0.0,
    "responses.substitution_share": 0.0, "responses.displaced_share": 0.0,
    "rescue.reach": 0.5, "rescue.observed_reach": 0.5, "rescue.effect": 0.0,
    "journey.voyage_time": 8.0, "journey.mortality": 0.01, "journey.abandonment_rate": 0.0,
    "journey.refused_share": 0.0, "journey.unrecorded_share": 0.1, "journey.time_to_place_of_safety": 5.0,
    "journey.adrift_death_rate": 0.0, "journey.turn_back_rate": 0.0, "journey.disembarkation_share": None,
    "journey.urgent_care_share": 0.1,
    "work.hours_per_week": 40.0 / 7.0, "work.standard_day": 8.0, "work.persons_per_case": 1.8,
    "work.vulnerable_first": 0.0, "work.crowding_loss": 0.0,
    "staff.recruitment_time": 1.0, "staff.training_time": 1.0, "staff.ramp_time": 1.0, "staff.desk_lead_time": 1.0,
    "staff.desk_training_time": 1.0, "staff.desk_ramp_time": 1.0, "staff.novice_output": 1.0,
    "staff.attrition_rate": 0.0, "staff.trainer_share": 0.0, "staff.given": 0.0,
    "interpretation.interpreters": HUGE, "interpretation.hours_per_case": 6.0,
    "registration.officers": 20.0, "registration.persons_per_desk_day": 25.0, "registration.staff_per_desk": 2.0,
    "registration.minimum_time": 1.0, "registration.wrongly_assessed_adult_share": 0.12,
    "registration.age_disputed_share": 0.3, "registration.found_adult_share": 0.2,
    "screening.officers": 10.0, "screening.interviews_per_day": 8.0, "screening.minimum_time": 2.0,
    "screening.agency_access": 0.5, "screening.sensitivity_with_access": 0.9,
    "screening.sensitivity_without_access": 0.7, "screening.specificity": 0.5,
    "screening.sensitivity_trafficking": 0.45, "screening.sensitivity_other_needs": 0.6,
    "screening.prima_facie_share": 0.0,
    "counselling.duration": 14.0, "counselling.claim_share": 0.4,
    "referral.duration": 20.0, "referral.protected_share": 0.5, "referral.determination_share": 0.3,
    "referral.officers": HUGE, "referral.assessment_effort": 4.0, "referral.best_interests_effort": 12.0,
    "determination.officers": 10.0, "determination.cases_per_week": 3.0, "determination.minimum_time": 20.0,
    "determination.true_positive_rate": 0.8, "determination.false_positive_rate": 0.08,
    "determination.caseload_norm": 40.0, "determination.quality_slope": 0.1,
    "determination.largest_quality_loss": 0.25,
    "determination.pressure_cut": 0.0, "determination.pressure_slope": 0.0,
    "determination.pressure_quality_loss": 0.0,
    "determination.accelerated_share": 0.0, "determination.accelerated_effort": 0.5,
    "determination.accelerated_quality_loss": 0.1, "determination.prima_facie_effort": 0.0,
    "determination.withdrawal_rate": 0.0, "determination.withdrawal_factor": 1.0,
    "determination.speed": 1.0, "closing.officers": 0.0,
    "closing.cases_per_week": 20.0, "closing.minimum_time": 30.0, "closing.eligible_share": 1.0,
    "determination.rework_share": 0.0, "determination.rework_age": 180.0,
    "disclosure.rate": 0.0,
    "appeal.panels": 2.0, "appeal.cases_per_week": 6.0, "appeal.minimum_time": 15.0, "appeal.appealed_share": 0.6,
    "appeal.overturn_share": 0.3, "appeal.legal_aid_share": 0.0, "appeal.legal_aid_gain": 0.0,
    "return.officers": 5.0, "return.preparation_effort": 12.0, "return.documentation_time": 20.0,
    "return.readmission_share": 0.6, "return.readmission_factor": 1.0, "return.escorted_places": 5.0,
    "return.assisted_uptake_rate": 0.01,
    "return.uptake_before_decision": 0.5, "return.assisted_places": 20.0, "return.summary_rate": 0.0,
    "return.late_return_rate": 0.0,
    "reception.places": 1000.0, "reception.community_share": 0.1, "reception.move_on_time": 30.0,
    "reception.housing_rate": 0.0, "reception.tent_places": 0.0, "reception.existing_building_places": 0.0,
    "reception.new_building_places": 0.0, "reception.tent_lead_time": 0.0,
    "reception.existing_building_lead_time": 0.0, "reception.new_building_lead_time": 0.0,
    "preparedness.standing_share": 0.0,
    "detention.places": 0.0, "detention.detained_share": 0.0, "detention.pre_removal_rate": 0.0,
    "detention.review_release_rate": 0.005, "detention.time_limit": 180.0,
    "alternative.places": 0.0, "alternative.offered_share": 0.0, "alternative.transfer_rate": 0.0,
    "alternative.review_rate": 0.0,
    "household.carer_share": 0.3,
    "law.child_exemption": 1.0, "law.family_unity": 0.0, "law.specific_needs_exemption": 1.0,
    "law.individual_decision": 1.0, "law.best_interests": 0.0, "law.suspensive_appeal": 1.0,
    "law.detention_limit": 0.0, "law.services_irrespective_of_status": 1.0,
    "law.no_penalty_for_irregular_entry": 1.0, "law.work_right": 0.0,
    "onward.mover_share": 0.0, "onward.mover_rate": 0.0,
    "onward.rate": 0.0, "onward.irregular_rate": 0.0, "onward.waiting_gain": 0.0, "onward.crowding_gain": 0.0,
    "onward.within_region_share": 0.0, "onward.attraction": 1.0, "onward.journey_time": 10.0, "onward.mortality": 0.0,
    "absconding.rate": 0.0, "absconding.compliance_in_alternatives": 1.0, "irregular.found_rate": 0.0,
    "irregular.housed_share": 0.0,
    "solutions.resettlement_share": 0.0, "solutions.resettlement_places": 0.0, "solutions.resettlement_time": 365.0,
    "solutions.self_reliance_time_with_work": NEVER, "solutions.self_reliance_time_without_work": NEVER,
    "solutions.waiting_loss": 0.0, "solutions.ban_loss": 0.0, "solutions.work_while_waiting": 0.0,
    "solutions.repatriation_rate": 0.0, "regularisation.rate": 0.0, "regularisation.uptake": 0.5,
    "remigration.enforced_share": 0.0, "remigration.assisted_share": 0.0, "remigration.with_package_share": 0.0,
    "remigration.package_share": 0.0, "remigration.induced_package_share": 0.0,
    "funding.binds": 0.0, "sharing.transfers": 0.0, "sharing.key": 1.0,
    "standards.registration_time": 3.0, "standards.screening_time": 10.0, "standards.decision_time": 180.0,
    "standards.place_of_safety_time": 2.0, "standards.site_area": 45.0,
    "standards.covered_area": 3.5, "standards.water": 15.0, "standards.persons_per_toilet": 20.0,
    "checks.first_instance_recognition": 0.4, "checks.appeals_allowed": 0.3,
    "checks.detention_ended_by_release": 0.5, "checks.return_orders_carried_out": 0.3,
    "checks.mortality_eastern_mediterranean": 0.002, "checks.mortality_central_mediterranean": 0.02,
    "checks.detention_over_two_months": 0.2, "checks.assisted_returns": 200.0,
}


def steps(value: object, labels: tuple[str, ...]) -> Steps:
    """A step function: from a number, a list (one a label), a mapping by label, or a mapping day -> any of these."""
    if isinstance(value, Mapping) and all(isinstance(key, int) for key in value):
        days = sorted(value)
        assert days[0] == 0
        return Steps(tuple(float(day) for day in days), np.stack([_row(value[day], labels) for day in days]))
    return Steps((0.0,), _row(value, labels)[None, :])


def _row(value: object, labels: tuple[str, ...]) -> np.ndarray:
    if isinstance(value, Mapping):
        assert set(value) == set(labels), (value, labels)
        return np.array([float(value[label]) for label in labels])
    if isinstance(value, (list, tuple)):
        assert len(value) == len(labels)
        return np.array(value, dtype=float)
    return np.full(len(labels), float(value))


def make_run(
    days: int,
    departures: object = 0.0,
    groups: Mapping[str, Mapping[str, object]] | None = None,
    countries: tuple[str, ...] = ("here",),
    opening: tuple[tuple[str, str, str, float], ...] = (),
    landing: Mapping[tuple[str, str], float] | None = None,
    **changes: object,
) -> RunInputs:
    """A run with the numbers of ``PLAIN`` but for ``changes``, whose names have ``__`` for the dot.

    Args: departures, persons a day by country (as ``steps`` reads it); opening, (stage, place, country, persons);
    landing, weights by (group, country).
    """
    groups = groups or {"refugee": REFUGEE, "migrant": MIGRANT}
    values = PLAIN | {"journey.disembarkation_share": 1.0 / len(countries)}
    given = {name.replace("__", "."): value for name, value in changes.items()}
    assert set(given) <= set(CATALOGUE) == set(values), set(given) ^ set(values)
    labels = {"country": countries, "group": tuple(groups), "region": ("region",)}
    return RunInputs(
        case="synthetic", scenario="as_given", title="A synthetic run", start=date(2030, 1, 1), days=days,
        countries=countries,
        groups={name: Group(title=name, **record) for name, record in groups.items()},
        parameters={key: steps((values | given)[key], labels[CATALOGUE[key].axis]) for key in CATALOGUE},
        departures=steps(departures, countries),
        opening=tuple(
            Opening(stage=stage, place=place, country=country, persons=float(persons))
            for stage, place, country, persons in opening
        ),
        digest="synthetic",
        landing=tuple(Landing(group=g, country=c, weight=float(w)) for (g, c), w in (landing or {}).items()),
    )


def weekly_stock(answer: Answer, name: str) -> np.ndarray:
    """One stock at the weekly edges, ``[edge, ...axes]``, from the running totals."""
    state = answer.opening + (incidence(answer.layout) @ answer.week_totals.T).T
    where, shape = answer.layout.stock_at[name]
    return state[:, where].reshape(-1, *shape)


def weekly_total(answer: Answer, flow: str) -> np.ndarray:
    """The running total of one flow at the weekly edges, ``[edge, ...axes]``."""
    where, shape = answer.layout.flow_at[flow]
    return answer.week_totals[:, where].reshape(-1, *shape)


def _daily_part(answer: Answer, axes: tuple[str, ...]) -> tuple[int, tuple[int, ...]]:
    """Numbers of a daily sum, and its shape."""
    shape = tuple(len(answer.layout.labels[axis]) for axis in axes)
    return math.prod(shape), shape


def daily_people(answer: Answer) -> np.ndarray:
    """People ashore by day, ``[day, stage, place, country]``."""
    start = 0
    for stock in STOCKS:
        axes = daily_stock_axes(stock)
        size, shape = _daily_part(answer, axes)
        if stock.name == "people":
            assert axes == ("stage", "place", "country")
            return answer.day_stocks[:, start : start + size].reshape(-1, *shape)
        start += size
    raise AssertionError("no people")


def daily_flow(answer: Answer, *flows: str) -> np.ndarray:
    """People moved each day by flows that have a country (of departure, if two), ``[day interval, country]``."""
    start, result = 0, np.zeros((len(answer.day_totals) - 1, len(answer.layout.labels["country"])))
    for flow in answer.layout.flows:
        axes = daily_flow_axes(flow)
        size, shape = _daily_part(answer, axes)
        if flow.name in flows:
            moved = np.diff(answer.day_totals[:, start : start + size], axis=0).reshape(-1, *shape)
            others = tuple(1 + k for k, axis in enumerate(axes) if axis != "country")
            assert "country" in axes
            result += moved.sum(axis=others)
        start += size
    return result


def arrivals(run: RunInputs) -> float:
    """All who enter the run: departures times scale, and the opening people. Persons."""
    cuts = [0.0, *run.jumps, float(run.days)]
    sailed = sum(
        float((run.departures.at(day) * run.parameters["arrivals.scale"].at(day)).sum()) * (end - day)
        for day, end in pairwise(cuts)
    )
    return sailed + sum(opening.persons for opening in run.opening)
