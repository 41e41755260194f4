"""Labels that the model fixes.

They are stages, places, functions, grades, needs and flags. The first four are axes of stocks and flows, in this order.
Groups and countries are data and come with each case (``docs/model.md`` section 1); a group record names one need and
any flags.
"""

from typing import Literal, get_args

STAGES = (
    "registration",
    "screening",
    "counselling",
    "referral",
    "determination",
    "appeal",
    "protected",
    "return",
    "limbo",
)
"""What the authorities have established about a person."""

PLACES = ("detention", "alternative", "reception", "community", "unsheltered")
"""Where a person lives.

``alternative`` is an alternative to detention.
"""

FUNCTIONS = ("registration", "screening", "referral", "determination", "appeal", "return")
"""What staff do: the services limited by work.

They are in the order of the procedure.
"""

GRADES = ("training", "novice", "active")
"""Staff by experience."""

STAGE = {name: index for index, name in enumerate(STAGES)}
PLACE = {name: index for index, name in enumerate(PLACES)}
FUNCTION = {name: index for index, name in enumerate(FUNCTIONS)}
GRADE = {name: index for index, name in enumerate(GRADES)}

NeedName = Literal["international", "other", "none"]
NEEDS: tuple[NeedName, ...] = get_args(NeedName)
"""True needs: what protection a person is due.

They are international protection, another protection need, and none known.
"""

FlagName = Literal[
    "child", "alone", "trafficked", "stateless", "survivor", "ill", "older", "disability", "pregnant"
]
FLAGS: tuple[FlagName, ...] = get_args(FlagName)
"""Specific needs that a group record may carry.

They may overlap.
"""

STATELESS = "stateless"
"""The origin of people whom no country takes for its own."""

Route = Literal["sea", "land", "air"]
ROUTES: tuple[Route, ...] = get_args(Route)
"""How people of a case arrive.

They arrive at sea where a case does not say.
"""

Entry = Literal["journey", "determination"]
"""Where people of the table of arrivals enter.

They set out on a journey, or they enter status determination with a claim.
"""

Coming = Literal["sea", "land", "air", "claim"]
"""How pages say that people come.

They come by a route, or with a claim of asylum where all enter so.
"""

Counts = Literal["persons", "cases"]
"""What numbers of people count: persons, or cases of several."""

PUBLISHED_QUANTITIES = (
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
"""Quantities that a published total can be compared with.

They are of a run (``results/published.py`` computes them).
"""

OBSERVED_LEVELS = (
    "at_sea", "stranded", "in_reception", "in_detention", "in_shelters_and_detention", "in_alternatives",
    "in_community", "without_shelter", "awaiting_registration", "awaiting_screening", "awaiting_first_decision",
    "awaiting_appeal", "awaiting_decision", "awaiting_return", "in_limbo", "registered_total", "protected_total",
    "ashore_total", "without_record",
)
"""Names of stocks that are published often.

``results/observed.py`` defines each by the stocks that it sums.
"""

OBSERVED_FLOWS = (
    "claims_made", "decided_first", "refused_finally", "left_onward", "left_without_leave", "freed_from_detention",
)
"""Names of further flows that are published often.

``results/observed.py`` defines each by the flows that it sums.
"""

INDICATOR_KEYS = (
    "identified_children_detained", "enforced_without_decision", "enforced_pending_appeal",
    "children_returned_unheard", "detention_over_limit",
    "refused_disembarkation", "turned_back", "services_tied_to_status", "deaths", "adrift_days", "wrongly_returned",
    "unprotected_days", "needs_unseen_days", "without_shelter_days", "detention_days", "child_detention_days",
    "child_separation_days",
    "without_status_days", "without_solution_days", "needs_missed", "children_assessed_adult_detained",
    "without_shelter_peak", "disembarked", "peak_stranded", "time_adrift", "wait_registration", "wait_screening",
    "wait_determination", "decided_in_time", "granted_protection", "granted_owed", "awaiting_decision", "in_limbo",
    "reception_full_days", "returned_assisted", "returned_induced", "returned_enforced", "voluntary_share",
    "moved_onward", "absconded", "without_status", "deaths_crossing", "deaths_adrift", "deaths_onward",
    "deaths_per_1000", "time_adrift_p90", "safe_in_time", "urgent_care", "wait_registration_p90",
    "registered_in_time", "wait_screening_p90", "screened_in_time", "wait_determination_p90", "wait_appeal",
    "backlog_oldest", "backlog_over_180", "backlog_over_365", "limbo_days", "without_outcome_days",
    "not_screened_days", "needs_unidentified", "needs_unidentified_days", "referral_completion",
    "children_alone_in_care_in_time", "ages_disputed", "found_adult", "wrongly_returned_without_decision",
    "wrongly_returned_pending_appeal", "wrongly_returned_after_decision", "wrongly_turned_back", "wrongly_assisted",
    "wrongly_induced", "wrongly_home", "overturn_rate", "wrong_refusals", "wrong_grants",
    "claims_closed", "claims_closed_owed", "reception_demand_peak",
    "reception_short_days", "without_care_days", "without_legal_aid_days", "water_needed", "toilets_needed",
    "covered_area_needed", "site_area_needed", "children_ashore_peak", "children_detained", "children_separated",
    "child_detention_longest",
    "detention_median_stay", "detention_longest", "detention_over_limit_share", "detention_over_limit_days",
    "detention_ended_by_release", "induced_share", "returns_carried_out", "found_unreturnable", "remigrated",
    "sustained_share", "landed_unrecorded", "arrived_onward", "came_home", "left_region", "displaced", "transferred",
    "onward_rate", "absconding_rate", "solutions_rate", "resettled", "integrated", "repatriated", "regularised",
    "without_status_over_year", "wait_gap", "shelter_gap", "sharing_index", "staff_need_peak", "staff_shortage",
    "recruitment_start",
)
"""Keys of all indicators, so that inputs can name them.

``results/indicators/table.py`` computes the indicators.
"""
