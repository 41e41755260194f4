"""What the equations read: every parameter's base unit, axis and hard bounds.

The names are those of ``equations/levels.py`` (a test holds the two equal) and of the files in ``parameters/base``.
Hard bounds are what the equations allow; the narrower range of plausible values stands in each parameter's record.
"""

from collections.abc import Iterator
from typing import NamedTuple


class Need(NamedTuple):
    """What the equations need of one parameter."""

    unit: str
    axis: str  # country | group | region
    low: float
    high: float


HUGE = 1e9
SHARE = Need("share", "country", 0.0, 1.0)
GROUP_SHARE = Need("share", "group", 0.0, 1.0)
TIME = Need("day", "country", 0.01, 36525.0)
RATE = Need("1/day", "country", 0.0, 2.0)
OFFICERS = Need("officer", "country", 0.0, HUGE)
PLACE_COUNT = Need("place", "country", 0.0, HUGE)
PER_DAY = Need("person/day", "country", 0.0, HUGE)
SWITCH = Need("share", "country", 0.0, 1.0)

CATALOGUE: dict[str, Need] = {
    "arrivals.scale": Need("share", "country", 0.0, 1000.0),
    "arrivals.international_need_share": Need("share", "region", 0.0, 1.0),
    "arrivals.composition": GROUP_SHARE,
    "journey.voyage_time": TIME,
    "journey.mortality": SHARE,
    "journey.abandonment_rate": RATE,
    "journey.refused_share": SHARE,
    "journey.unrecorded_share": SHARE,
    "journey.time_to_place_of_safety": Need("day", "region", 0.5, 36525.0),
    "journey.adrift_death_rate": Need("1/day", "region", 0.0, 1.0),
    "journey.turn_back_rate": Need("1/day", "region", 0.0, 2.0),
    "journey.disembarkation_share": SHARE,
    "work.hours_per_week": Need("work_hour/officer/day", "country", 0.0, 24.0),
    "work.standard_day": Need("work_hour/officer/day", "country", 1.0, 24.0),
    "work.persons_per_case": Need("person/case", "country", 1.0, 20.0),
    "registration.officers": OFFICERS,
    "registration.persons_per_desk_day": Need("person/desk/day", "country", 0.1, HUGE),
    "registration.staff_per_desk": Need("officer/desk", "country", 0.1, 100.0),
    "registration.minimum_time": TIME,
    "registration.wrongly_assessed_adult_share": SHARE,
    "screening.officers": OFFICERS,
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
    "determination.officers": OFFICERS,
    "determination.cases_per_week": Need("case/officer/week", "country", 0.01, HUGE),
    "determination.minimum_time": TIME,
    "determination.true_positive_rate": SHARE,
    "determination.false_positive_rate": SHARE,
    "determination.caseload_norm": Need("case/officer", "country", 0.1, HUGE),
    "determination.quality_slope": Need("share", "country", 0.0, 10.0),
    "determination.largest_quality_loss": SHARE,
    "appeal.panels": OFFICERS,
    "appeal.cases_per_week": Need("case/officer/week", "country", 0.01, HUGE),
    "appeal.minimum_time": TIME,
    "appeal.appealed_share": SHARE,
    "appeal.overturn_share": GROUP_SHARE,
    "return.officers": OFFICERS,
    "return.preparation_effort": Need("work_hour/case", "country", 0.01, HUGE),
    "return.documentation_time": TIME,
    "return.readmission_share": SHARE,
    "return.escorted_places": PER_DAY,
    "return.assisted_uptake_rate": Need("1/day", "group", 0.0, 2.0),
    "return.uptake_before_decision": Need("share", "country", 0.0, 100.0),
    "return.assisted_places": PER_DAY,
    "reception.places": PLACE_COUNT,
    "reception.community_share": SHARE,
    "reception.move_on_time": TIME,
    "detention.places": PLACE_COUNT,
    "detention.detained_share": SHARE,
    "detention.pre_removal_rate": RATE,
    "detention.review_release_rate": RATE,
    "law.child_exemption": SWITCH,
    "onward.rate": RATE,
    "onward.irregular_rate": RATE,
}

SUMS_TO_ONE = ("journey.disembarkation_share",)
"""Parameters whose values over their axis must sum to one at every date."""


def subjects() -> Iterator[str]:
    """The subjects of the catalogue, in order, once each."""
    seen: dict[str, None] = dict.fromkeys(name.split(".")[0] for name in CATALOGUE)
    return iter(seen)

QUANTITIES = (
    "departed",
    "deaths_at_sea",
    "disembarked",
    "abandoned",
    "peak_stranded",
    "returned_with_assistance",
    "returned_by_force",
    "turned_back",
    "registered",
    "recognised",
)
"""Model quantities that a published total can be compared with (``results/published.py`` computes them)."""

STAGES = (
    "registration", "screening", "counselling", "referral", "determination", "appeal", "protected", "return", "limbo",
)
PLACES = ("detention", "reception", "community", "unsheltered")
"""Labels that an opening stock may name; a test holds them equal to ``equations/axes.py``."""
