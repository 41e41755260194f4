"""Names that tables of observations may use.

They are those of the flow table, which the readers of files do not know. Tests hold them equal to
``equations/table.py``.
"""

from mixedmig_model.vocabulary.labels import FUNCTIONS, GRADES, PLACES, STAGES

PEOPLE_FLOWS = (
    "departed", "displaced", "crossing_deaths", "abandoned", "refused", "landed", "landed_unrecorded",
    "entered_with_claim", "landed_in_own_country",
    "deaths_adrift", "turned_back_adrift", "disembarked", "disembarked_in_own_country", "onward_deaths", "left_region",
    "arrived_onward", "arrived_onward_unrecorded", "arrived_in_own_country", "found",
    "registered", "screened_to_determination", "recognised_prima_facie",
    "referred", "screened_to_counselling", "claimed_asylum", "return_decided", "protected_after_referral",
    "referral_to_determination", "recognised", "appealed", "refused_without_appeal", "withdrawn", "appeals_allowed",
    "appeals_dismissed", "heard_before_return", "found_unreturnable", "disclosed_in_counselling_to_determination",
    "disclosed_in_counselling_to_referral", "disclosed_in_return_to_determination", "disclosed_in_return_to_referral",
    "disclosed_in_limbo_to_determination", "disclosed_in_limbo_to_referral", "assisted_from_counselling",
    "induced_from_counselling", "returned_after_referral", "induced_after_referral", "assisted_from_return",
    "induced_from_return", "enforced", "closed", "enforced_pending_appeal",
    "summarily_returned_from_registration",
    "summarily_returned_from_screening", "returned_late", "moved_onward", "absconded", "moved_onward_irregular",
    "transferred", "resettled", "integrated", "repatriated", "regularised_from_limbo", "regularised",
    "remigrated_assisted", "remigrated_induced", "remigrated_enforced", "released_to_reception",
    "released_to_unsheltered", "released_to_alternative", "alternative_to_reception", "alternative_to_community",
    "lost_alternative", "sheltered", "lost_place", "support_withdrawn", "detained_before_return", "moved_on",
    "identified_children_detained_at_landing", "identified_children_detained_with_claim",
    "identified_children_detained_from_adrift",
    "identified_children_detained_on_arrival", "identified_children_detained_when_found",
    "identified_children_detained_before_return", "needs_missed", "children_separated",
    "children_returned_unheard", "released_by_limit",
)
"""Rows of the flow table that move or count people."""
STAFF_FLOWS = ("hired", "posted", "trained", "became_experienced", "staff_left")
"""Rows of the flow table that move staff; they have no groups."""
FLOWS_AT_SEA = ("deaths_adrift", "turned_back_adrift")
"""Rows of the flow table that are of no country."""
STOCK_AXES = {
    "at_sea": {}, "adrift": {}, "moving": {}, "people": {"stage": STAGES, "place": PLACES}, "irregular": {},
    "returned_assisted": {}, "returned_induced": {}, "returned_enforced": {}, "elsewhere": {}, "displaced": {},
    "resettled": {}, "integrated": {}, "repatriated": {}, "regularised": {}, "closed": {}, "died_crossing": {},
    "died_onward": {}, "died_adrift": {}, "turned_back": {}, "in_own_country": {},
    "staff": {"function": FUNCTIONS, "grade": GRADES},
}
"""Stocks, with the labels of their axes.

A part of a stock is chosen by them. Groups and countries have columns of their own.
"""
STOCKS_AT_SEA = ("adrift", "died_adrift", "turned_back")
"""Stocks that are of no country."""
STAFF = "staff"
"""The stock of staff; it has no groups."""
