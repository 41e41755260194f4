"""What each label, quantity, payer and sector is called.

It is the one door for languages. Where two tables call one thing differently, each has its own titles here, named for
where they are shown.
"""

NOTICE = (
    "Aggregates of a model: no individual records. Not for decisions about a person. Planning assumptions, not "
    "forecasts and not observations."
)
"""What every file of results says of itself."""

# ---- people -------------------------------------------------------------------------------------------------------

NEED_TITLES = {
    "international": "owed international protection",
    "other": "other protection need",
    "none": "no need known",
}
PLACE_TITLES = {
    "detention": "detention", "alternative": "an alternative to detention", "reception": "reception",
    "community": "the community", "unsheltered": "without shelter",
}
STAGE_TITLES = {
    "registration": "registration",
    "screening": "screening",
    "counselling": "counselling",
    "referral": "referral",
    "determination": "status determination",
    "appeal": "appeal",
    "protected": "protected",
    "return": "return",
    "limbo": "limbo",
}
QUEUE_TITLES = {
    "registration": "registration",
    "screening": "screening",
    "referral": "referral",
    "determination": "status determination",
    "appeal": "appeal",
    "return": "preparation of returns",
}
"""Stages in which people wait for staff, in sentences."""
FUNCTION_TITLES = {
    "registration": "Registration",
    "screening": "Screening",
    "referral": "Referral and best-interests work",
    "determination": "Status determination",
    "appeal": "Appeal (panels)",
    "return": "Preparation of returns",
}
"""What staff do, as heads of rows and panels."""
CLASS_TITLES = {"all": "everybody", "specific": "children and people with specific needs", "others": "others"}
"""Classes of people who wait."""
AGE_TITLES = ("under 3 months", "3 to 6 months", "6 to 12 months", "over 12 months")
"""How long people have waited, the shortest time first."""
OUTCOME_TITLES = {
    "protected": "protected, in the country",
    "integrated": "protected and self-reliant",
    "resettled": "resettled",
    "repatriated": "protected, gone home by choice",
    "regularised": "given a status by regularisation",
    "procedure": "still in the procedure",
    "limbo": "in limbo",
    "irregular": "without a record, still in the country",
    "closed": "claim closed without a decision",
    "moving": "on the way to another country",
    "elsewhere": "moved on to a country outside the run",
    "returned_assisted": "returned with assistance",
    "returned_induced": "returned under pressure",
    "returned_enforced": "returned by force",
    "turned_back": "turned back",
    "in_own_country": "in their own country",
    "at_sea": "at sea or adrift",
    "dead": "dead or missing",
}
"""Where people are at the end, in the order of reports."""
LEDGER_TITLES = {
    "hosted_at_opening": "hosted at the opening, people without a record included",
    "landed": "landed and recorded, from a voyage or from adrift",
    "landed_unrecorded": "landed without being recorded",
    "entered_with_claim": "entered with a claim of asylum, without a journey",
    "arrived_from_countries": "arrived from other countries of the run",
    "transferred_in": "transferred in by agreement",
    "set_out_onward": "set out for another country",
    "transferred_out": "transferred out by agreement",
    "returned_assisted": "returned with assistance",
    "returned_induced": "returned under pressure",
    "returned_enforced": "returned by force",
    "resettled": "resettled",
    "repatriated": "gone home by choice",
    "integrated": "self-reliant in the country",
    "regularised": "given a status by regularisation",
    "hosted_at_end": "hosted at the end, people without a record included",
    "arrived_in_countries": "of those who set out: arrived in other countries of the run",
    "arrived_home": "of those who set out: arrived in their own country",
    "left_region": "of those who set out: moved on to a country outside the run",
    "died_onward": "of those who set out: dead or missing",
    "still_moving": "of those who set out: on the way at the end, less those on the way at the opening",
    "died_crossing": "dead or missing at sea on the way to it",
    "displaced": "deterred from the way to it, took a route outside the run",
}
"""Entries of the ledger of countries, in its order."""
QUANTITY_TITLES = {
    "departed": "Departures",
    "deaths_at_sea": "Deaths and missing at sea",
    "abandoned": "People abandoned at sea",
    "disembarked": "Landed and recorded",
    "peak_stranded": "Stranded at sea, at the peak",
    "returned_with_assistance": "Returned with assistance, induced returns included",
    "returned_by_force": "Returned by force",
    "turned_back": "Turned back at sea",
    "registered": "Registered",
    "recognised": "Granted protection",
}
"""Quantities of which totals are published."""
OBSERVED_TITLES = {
    "at_sea": "On the way",
    "stranded": "Stranded at sea",
    "in_reception": "In reception",
    "in_detention": "In detention",
    "in_shelters_and_detention": "In reception and detention",
    "in_alternatives": "In alternatives to detention",
    "in_community": "In homes",
    "without_shelter": "Without shelter",
    "awaiting_registration": "Waiting for registration",
    "awaiting_screening": "Waiting for screening",
    "awaiting_first_decision": "Waiting for a first decision",
    "awaiting_appeal": "Waiting for the decision of an appeal",
    "awaiting_decision": "Waiting for a first decision or the decision of an appeal",
    "awaiting_return": "Waiting for their return",
    "in_limbo": "Under a return decision that cannot be carried out",
    "registered_total": "Registered and in the country",
    "protected_total": "Protected and in the country",
    "ashore_total": "Ashore and recorded",
    "without_record": "In the country without a record",
    "claims_made": "Claims of asylum",
    "decided_first": "Given a first decision",
    "refused_finally": "Refused finally",
    "left_onward": "Moved on to another country",
    "left_without_leave": "Left the procedure without leave",
    "freed_from_detention": "Released from detention",
    "cost": "Cost of the response",
    "money_received": "Money received",
}
"""Quantities that tables of observations may name in addition."""

# ---- kinds of indicators --------------------------------------------------------------------------------------------

KIND_TITLES = {
    "breach": "Breaches: choices of an authority",
    "harm": "Harms: they happen even to good plans",
    "headline": "Headline indicators",
    "detail": "Further indicators",
}
DECISION_KIND_TITLES = {
    "breach": "Breaches: choices of an authority. An option that adds one, or makes one grow, is not ranked.",
    "harm": "Harms: they happen even to good plans. The words are those of the sentence at the top.",
    "headline": "Headline indicators",
    "detail": "Further indicators",
}
"""In the decision table of a report."""
BATCH_KIND_TITLES = {
    "breach": "Breaches: choices of an authority. A run that adds one, or makes one grow, is not ranked.",
    "harm": "Harms: they happen even to good plans",
    "headline": "Headline indicators",
}
"""In the index of a batch."""
PLAN_KIND_TITLES = {
    "breach": "Breaches: choices of an authority",
    "harm": "Harms: they can happen even to a good plan",
}
"""In the spreadsheet of a plan."""

# ---- costs ----------------------------------------------------------------------------------------------------------

COST_STAGE_TITLES = {
    "journey": "Journey, rescue and disembarkation",
    "registration": "Registration",
    "screening": "Screening",
    "counselling": "Counselling",
    "referral": "Care of people with specific needs",
    "reception": "Reception",
    "detention": "Detention",
    "alternative": "Alternatives to detention",
    "determination": "Status determination",
    "appeal": "Appeal",
    "return": "Return and reintegration",
    "protected": "Solutions for protected people",
    "limbo": "People whose return cannot be carried out",
    "host": "Host communities",
    "whole_response": "The response as a whole",
}
"""Stages of the response to which costs belong.

They are in the order of reports.
"""
PAYER_WORDS = {
    "host_central": "host state, central",
    "host_local": "host state, local",
    "origin_state": "state of origin",
    "resettlement_state": "state of resettlement",
    "donor": "donors",
    "un_agency": "UN agencies, own funds",
    "ngo": "non-governmental organisations, own funds",
    "private": "private sector",
    "migrant": "the people themselves",
}
"""Payers within a sentence."""
PAYER_TITLES = {name: f"{words[:1].upper()}{words[1:]}" for name, words in PAYER_WORDS.items()}
"""Payers as heads of rows and columns."""
BUDGET_WORDS = {
    "host_central": "the host state's central budget",
    "host_local": "the host state's local budgets",
    "origin_state": "the state of origin",
    "resettlement_state": "the states of resettlement",
    "donor": "donors",
    "un_agency": "UN agencies' own funds",
    "ngo": "non-governmental organisations' own funds",
    "private": "the private sector",
    "migrant": "the people themselves",
}
"""Whose ceiling it is, within a sentence."""
ADDED_TITLES = {"contingency": "Contingency", "support_cost": "Support cost"}
"""What is added to the cost of items."""
RATIO_TITLES = {
    "arrival": "Cost for a person arriving",
    "protected": "Cost for a person protected",
    "resolved": "Cost for a case ended by protection, another solution or return",
}
"""What the cost is divided by, in a report."""
PLAN_RATIO_TITLES = {
    "arrival": ("Cost for a person arriving", "people landed or brought ashore, recorded or not"),
    "protected": ("Cost for a person protected", "people granted protection, at any stage"),
    "resolved": ("Cost for a case resolved",
                 "cases ended by protection, a solution, or a return after a decision or by choice"),
}
"""What the cost is divided by, in the spreadsheet of a plan.

It has a title, and of whom or what.
"""
UNMET_TITLES = {
    "without_shelter_days": "Time ashore without shelter",
    "adrift_days": "Time adrift, refused or abandoned at sea",
}
"""Needs that the money does not meet.

They are titles in the spreadsheet of a plan.
"""


def sector_title(name: str) -> str:
    """Return what a sector of the response is called.

    It is its label as words.
    """
    return name.replace("_", " ")
