"""The catalogue of what the equations read.

It has every parameter's base unit, axis and hard bounds. The names are those of ``equations/levels.py`` (a test holds
the two equal) and of the files in ``parameters/base``. Hard bounds are what the equations allow. The narrower range of
plausible values stands in each parameter's record.
"""

from collections.abc import Iterator
from typing import NamedTuple

from mixedmig_model.vocabulary.calendar import LEAP_YEAR_DAYS
from mixedmig_model.vocabulary.labels import Coming


class Need(NamedTuple):
    """What the equations need of one parameter."""

    unit: str
    axis: str  # country | group | region
    low: float
    high: float
    rule: str = ""  # cited: zero unless a source is cited; whole: whole days; constant: one value for the run
    owned_by_case: bool = False  # a case must set it itself: no base value holds for another place and time


ALMOST = 1e-12
"""Relative error of unit conversion that stays within bounds."""


def allowed_by(need: Need, number: float) -> bool:
    """Return whether a number lies within hard bounds.

    The number is in the base unit.
    """
    return need.low - ALMOST * abs(need.low) <= number <= need.high + ALMOST * abs(need.high)


HUGE = 1e9
SHARE = Need("share", "country", 0.0, 1.0)
GROUP_SHARE = Need("share", "group", 0.0, 1.0)
TIME = Need("day", "country", 0.01, 36525.0)
RATE = Need("1/day", "country", 0.0, 2.0)
OFFICERS = Need("officer", "country", 0.0, HUGE)
PLACE_COUNT = Need("place", "country", 0.0, HUGE)
PER_DAY = Need("person/day", "country", 0.0, HUGE)
SWITCH = Need("share", "country", 0.0, 1.0)
SIGNED = Need("share", "country", -1.0, 1.0)
STAFF_TIME = Need("day", "country", 0.5, 36525.0)
LEAD_TIME = Need("day", "country", 0.0, 36525.0, "constant")
REMIGRATED = Need("share", "country", 0.0, 0.99)
GAIN_A_DAY = Need("1/day", "country", 0.0, 0.03)  # about 11 a year
GAIN = Need("share", "country", 0.0, 10.0)
"""Hard bound of the rises of leaving.

Both multiply a rate, so together they make it at most some 500 times faster. They are five times the plausible ranges.
Far beyond, people would leave thousands of times a day, and no run would ever end.
"""


def _own(need: Need) -> Need:
    """Return the same need, for a case to set itself."""
    return need._replace(owned_by_case=True)


OWN_SHARE, OWN_RATE, OWN_SWITCH = _own(SHARE), _own(RATE), _own(SWITCH)
OWN_OFFICERS, OWN_PLACES = _own(OFFICERS), _own(PLACE_COUNT)

CATALOGUE: dict[str, Need] = {
    "arrivals.scale": Need("share", "country", 0.0, 1000.0),
    "arrivals.claim_share": SHARE,
    "arrivals.international_need_share": _own(Need("share", "region", 0.0, 1.0)),
    "arrivals.composition": _own(GROUP_SHARE),
    "arrivals.seasonality": Need("share", "country", 1.0, 2.0, "constant"),
    "arrivals.peak_day": Need("day", "country", 1.0, float(LEAP_YEAR_DAYS), "constant"),
    "arrivals.surge_factor": Need("share", "country", 0.0, 1000.0, "constant"),
    "arrivals.surge_start": Need("day", "country", 0.0, 36525.0, "constant"),
    "arrivals.surge_duration": Need("day", "country", 1.0, 36525.0, "constant"),
    "responses.information_effect": Need("share", "country", -1.0, 1.0, "cited"),
    "responses.deterrence_elasticity": Need("share", "country", -10.0, 10.0, "cited"),
    "responses.harshness": SIGNED,
    "responses.enforcement": SHARE,
    "responses.enforcement_effect": SIGNED,
    "responses.enforcement_abandonment_share": SHARE,
    "responses.pathway_places": PER_DAY,
    "responses.substitution_share": SHARE,
    "responses.displaced_share": SHARE,
    "rescue.reach": SHARE,
    "rescue.observed_reach": Need("share", "country", 0.0, 0.99),
    "rescue.effect": SHARE,
    "journey.voyage_time": TIME,
    "journey.mortality": OWN_SHARE,
    "journey.abandonment_rate": RATE,
    "journey.refused_share": OWN_SHARE,
    "journey.unrecorded_share": OWN_SHARE,
    "journey.time_to_place_of_safety": Need("day", "region", 0.5, 36525.0),
    "journey.adrift_death_rate": _own(Need("1/day", "region", 0.0, 1.0)),
    "journey.turn_back_rate": Need("1/day", "region", 0.0, 2.0),
    "journey.disembarkation_share": SHARE,
    "journey.urgent_care_share": SHARE,
    "work.hours_per_week": Need("work_hour/officer/day", "country", 0.0, 24.0),
    "work.standard_day": Need("work_hour/officer/day", "country", 1.0, 24.0),
    "work.persons_per_case": Need("person/case", "country", 1.0, 20.0),
    "work.vulnerable_first": SWITCH,
    "work.crowding_loss": Need("share", "country", 0.0, 10.0),
    "staff.recruitment_time": STAFF_TIME,
    "staff.training_time": STAFF_TIME,
    "staff.ramp_time": STAFF_TIME,
    "staff.desk_lead_time": STAFF_TIME,
    "staff.desk_training_time": STAFF_TIME,
    "staff.desk_ramp_time": STAFF_TIME,
    "staff.novice_output": SHARE,
    "staff.attrition_rate": RATE,
    "staff.trainer_share": SHARE,
    "staff.given": SWITCH,
    "interpretation.interpreters": OFFICERS,
    "interpretation.hours_per_case": Need("work_hour/case", "country", 0.0, 1000.0),
    "registration.officers": OWN_OFFICERS,
    "registration.persons_per_desk_day": Need("person/desk/day", "country", 0.1, HUGE),
    "registration.staff_per_desk": Need("officer/desk", "country", 0.1, 100.0),
    "registration.minimum_time": TIME,
    "registration.wrongly_assessed_adult_share": SHARE,
    "registration.age_disputed_share": SHARE,
    "registration.found_adult_share": SHARE,
    "screening.officers": OWN_OFFICERS,
    "screening.interviews_per_day": Need("person/officer/day", "country", 0.01, HUGE),
    "screening.minimum_time": TIME,
    "screening.agency_access": SHARE,
    "screening.sensitivity_with_access": SHARE,
    "screening.sensitivity_without_access": SHARE,
    "screening.specificity": SHARE,
    "screening.sensitivity_trafficking": SHARE,
    "screening.sensitivity_other_needs": SHARE,
    "screening.prima_facie_share": SHARE,
    "counselling.duration": TIME,
    "counselling.claim_share": GROUP_SHARE,
    "referral.duration": TIME,
    "referral.protected_share": GROUP_SHARE,
    "referral.determination_share": GROUP_SHARE,
    "referral.officers": OWN_OFFICERS,
    "referral.assessment_effort": Need("work_hour/person", "country", 0.01, 10000.0),
    "referral.best_interests_effort": Need("work_hour/person", "country", 0.01, 10000.0),
    "determination.officers": OWN_OFFICERS,
    "determination.cases_per_week": Need("case/officer/week", "country", 0.01, HUGE),
    "determination.minimum_time": TIME,
    "determination.true_positive_rate": SHARE,
    "determination.false_positive_rate": SHARE,
    "determination.caseload_norm": Need("case/officer", "country", 0.1, HUGE),
    "determination.quality_slope": Need("share", "country", 0.0, 10.0),
    "determination.largest_quality_loss": SHARE,
    "determination.pressure_cut": Need("share", "country", 0.0, 0.9),
    "determination.pressure_slope": Need("share", "country", 0.0, 10.0),
    "determination.pressure_quality_loss": SHARE,
    "determination.accelerated_share": SHARE,
    "determination.accelerated_effort": Need("share", "country", 0.01, 1.0),
    "determination.accelerated_quality_loss": SHARE,
    "determination.prima_facie_effort": Need("share", "country", 0.0, 1.0),
    "determination.speed": Need("share", "group", 0.0, 1000.0),
    "determination.withdrawal_rate": RATE,
    "determination.withdrawal_factor": Need("share", "group", 0.0, 1000.0),
    "determination.rework_share": SHARE,
    "determination.rework_age": TIME,
    "closing.officers": OFFICERS,
    "closing.cases_per_week": Need("case/officer/week", "country", 0.01, HUGE),
    "closing.minimum_time": TIME,
    "closing.eligible_share": GROUP_SHARE,
    "disclosure.rate": RATE,
    "appeal.panels": OWN_OFFICERS,
    "appeal.cases_per_week": Need("case/officer/week", "country", 0.01, HUGE),
    "appeal.minimum_time": TIME,
    "appeal.appealed_share": SHARE,
    "appeal.overturn_share": GROUP_SHARE,
    "appeal.legal_aid_share": SHARE,
    "appeal.legal_aid_gain": SHARE,
    "return.officers": OWN_OFFICERS,
    "return.preparation_effort": Need("work_hour/case", "country", 0.01, HUGE),
    "return.documentation_time": TIME,
    "return.readmission_share": OWN_SHARE,
    "return.readmission_factor": Need("share", "group", 0.0, 100.0),
    "return.escorted_places": PER_DAY,
    "return.assisted_uptake_rate": Need("1/day", "group", 0.0, 2.0),
    "return.uptake_before_decision": Need("share", "country", 0.0, 100.0),
    "return.assisted_places": PER_DAY,
    "return.summary_rate": RATE,
    "return.late_return_rate": OWN_RATE,
    "reception.places": OWN_PLACES,
    "reception.community_share": SHARE,
    "reception.move_on_time": TIME,
    "reception.housing_rate": RATE,
    "reception.tent_places": PLACE_COUNT,
    "reception.existing_building_places": PLACE_COUNT,
    "reception.new_building_places": PLACE_COUNT,
    "reception.tent_lead_time": LEAD_TIME,
    "reception.existing_building_lead_time": LEAD_TIME,
    "reception.new_building_lead_time": LEAD_TIME,
    "funding.binds": SWITCH,
    "preparedness.standing_share": Need("share", "country", 0.0, 1.0, "constant"),
    "detention.places": OWN_PLACES,
    "detention.detained_share": OWN_SHARE,
    "detention.pre_removal_rate": OWN_RATE,
    "detention.review_release_rate": RATE,
    "detention.time_limit": Need("day", "country", 1.0, 36525.0, "whole"),
    "alternative.places": PLACE_COUNT,
    "alternative.offered_share": SHARE,
    "alternative.transfer_rate": RATE,
    "alternative.review_rate": RATE,
    "household.carer_share": GROUP_SHARE,
    "law.child_exemption": OWN_SWITCH,
    "law.family_unity": SWITCH,
    "law.specific_needs_exemption": OWN_SWITCH,
    "law.individual_decision": OWN_SWITCH,
    "law.best_interests": SWITCH,
    "law.suspensive_appeal": OWN_SWITCH,
    "law.detention_limit": OWN_SWITCH,
    "law.services_irrespective_of_status": OWN_SWITCH,
    "law.no_penalty_for_irregular_entry": OWN_SWITCH,
    "law.work_right": OWN_SWITCH,
    "onward.rate": OWN_RATE,
    "onward.mover_share": SHARE,
    "onward.mover_rate": RATE,
    "onward.irregular_rate": OWN_RATE,
    "onward.waiting_gain": GAIN_A_DAY,
    "onward.crowding_gain": GAIN,
    "onward.within_region_share": SHARE,
    "onward.attraction": Need("share", "country", 0.0, HUGE),
    "onward.journey_time": TIME,
    "onward.mortality": SHARE,
    "absconding.rate": RATE,
    "absconding.compliance_in_alternatives": Need("share", "country", 0.001, 1.0),
    "irregular.found_rate": OWN_RATE,
    "irregular.housed_share": SHARE,
    "solutions.resettlement_share": RATE,
    "solutions.resettlement_places": PER_DAY,
    "solutions.resettlement_time": TIME,
    "solutions.self_reliance_time_with_work": TIME,
    "solutions.self_reliance_time_without_work": TIME,
    "solutions.waiting_loss": Need("share", "country", 0.0, 0.99),
    "solutions.ban_loss": SHARE,
    "solutions.work_while_waiting": SHARE,
    "solutions.repatriation_rate": RATE,
    "regularisation.rate": RATE,
    "regularisation.uptake": SHARE,
    "remigration.enforced_share": REMIGRATED,
    "remigration.assisted_share": REMIGRATED,
    "remigration.with_package_share": REMIGRATED,
    "remigration.package_share": SHARE,
    "remigration.induced_package_share": SHARE,
    "sharing.transfers": PER_DAY,
    "sharing.key": Need("share", "country", 0.0, HUGE),
    "standards.registration_time": TIME,
    "standards.screening_time": TIME,
    "standards.decision_time": TIME,
    "standards.place_of_safety_time": TIME,
    "standards.site_area": Need("m2/person", "country", 0.0, HUGE),
    "standards.covered_area": Need("m2/person", "country", 0.0, HUGE),
    "standards.water": Need("litre/person/day", "country", 0.0, HUGE),
    "standards.persons_per_toilet": Need("person/toilet", "country", 1.0, HUGE),
    "checks.first_instance_recognition": SHARE,
    "checks.appeals_allowed": SHARE,
    "checks.detention_ended_by_release": SHARE,
    "checks.return_orders_carried_out": SHARE,
    "checks.mortality_eastern_mediterranean": SHARE,
    "checks.mortality_central_mediterranean": SHARE,
    "checks.detention_over_two_months": SHARE,
    "checks.assisted_returns": PER_DAY,
}

OWNED_BY_CASE = tuple(name for name, need in CATALOGUE.items() if need.owned_by_case)
"""Parameters that each case must set itself.

They are in the order of the catalogue.
"""

ADDED: tuple[str, ...] = (
    "arrivals.claim_share", "staff.given", "onward.mover_share", "onward.mover_rate", "funding.binds",
    "household.carer_share", "law.family_unity", "law.best_interests", "determination.speed",
    "determination.withdrawal_factor", "closing.officers", "closing.cases_per_week", "closing.minimum_time",
    "closing.eligible_share", "return.readmission_factor", "irregular.housed_share",
    "determination.pressure_cut", "determination.pressure_slope", "determination.pressure_quality_loss",
    "solutions.waiting_loss", "solutions.ban_loss", "solutions.work_while_waiting",
)
"""Parameters that a workspace of an older version may lack.

Their shipped base values then hold, with their sources: they are off.
"""

READ_BY_SCHEDULE = (
    "arrivals.scale", "arrivals.international_need_share", "arrivals.composition", "arrivals.seasonality",
    "arrivals.peak_day", "arrivals.surge_factor", "arrivals.surge_start", "arrivals.surge_duration",
    "reception.tent_places", "reception.existing_building_places", "reception.new_building_places",
    "reception.tent_lead_time", "reception.existing_building_lead_time", "reception.new_building_lead_time",
    "preparedness.standing_share",
)
"""Parameters that shape the dated inputs of the equations.

These are departures, their mix, and the places open.
"""

READ_BEFORE_RUNS = ("funding.binds",)
"""Parameters that change other inputs before a run.

No equation reads them.
"""

READ_BY_RESULTS = (
    "journey.urgent_care_share", "registration.age_disputed_share", "registration.found_adult_share",
    *(name for name in CATALOGUE if name.startswith(("standards.", "checks."))),
)
"""Parameters that no equation reads.

These are standards, figures to compare with, and shares of people counted after the run.
"""

AT_SEA = (
    "responses.enforcement_abandonment_share", "rescue.reach", "rescue.observed_reach", "rescue.effect",
    "journey.abandonment_rate", "journey.refused_share", "journey.time_to_place_of_safety",
    "journey.adrift_death_rate", "journey.turn_back_rate", "journey.disembarkation_share",
    "standards.place_of_safety_time",
)
"""Parameters that act at sea only.

Nobody is adrift on land or in the air, nor rescued from a boat.
"""

JOURNEY = ("journey.", "rescue.")
"""How names of inputs of a journey begin."""


def passed_over(name: str, coming: Coming) -> bool:
    """Return whether an input cannot act, by how people come.

    Nobody is at sea on another route, and nobody is on a journey in a case of claims.
    """
    return (coming != "sea" and name in AT_SEA) or (coming == "claim" and name.startswith(JOURNEY))


OFF_ASHORE = (
    "responses.enforcement_abandonment_share", "rescue.effect", "journey.abandonment_rate", "journey.refused_share",
    "journey.turn_back_rate",
)
"""Parameters of these that are zero on any other route.

Nobody is refused, abandoned or turned back there.
"""

ASSUMPTION = "assumption"
"""The key that stands for no source at all."""

NARROWER_DRAWS = ("arrivals.scale",)
"""Parameters whose base file must say how far draws go.

Their range is that of a lever.
"""

SUMS_TO_ONE = ("journey.disembarkation_share",)
"""Parameters whose values sum to one over their axis.

They must do so at every date.
"""


def subjects() -> Iterator[str]:
    """Yield the subjects of the catalogue, in order, once each."""
    seen: dict[str, None] = dict.fromkeys(name.split(".")[0] for name in CATALOGUE)
    return iter(seen)
