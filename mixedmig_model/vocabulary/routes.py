"""Titles and sentences of cases by land, air, or of claims.

Nobody is at sea there. In a case of claims nobody is on a journey either.
"""

from mixedmig_model.vocabulary.labels import Coming

AT_SEA_INDICATORS = frozenset((
    "refused_disembarkation", "turned_back", "adrift_days", "peak_stranded", "time_adrift", "deaths_adrift",
    "time_adrift_p90", "safe_in_time", "wrongly_turned_back",
))
"""Indicators of what happens at sea only.

Pages leave them out on another route, where all of them are zero.
"""

JOURNEY_INDICATORS = frozenset((
    "deaths_crossing", "deaths_per_1000", "urgent_care", "came_home", "remigrated", "sustained_share",
))
"""Indicators of a journey and of what happens on arrival.

Pages leave them out in a case of claims, where all of them are zero or undefined.
"""

ASHORE = {
    # indicators: titles and descriptions
    "People landed and recorded": "People arrived and recorded",
    "People who landed, from a voyage or from adrift, and were recorded.": "People who arrived and were recorded.",
    "Entries to detention of children whom the authorities had identified as children. Entries count by any door: "
    "landing, disembarkation, arrival from another country, when found, in view of return.":
        "Entries to detention of children whom the authorities had identified as children. Entries count by any door: "
        "arrival, arrival from another country, when found, in view of return.",
    "On the crossing, while adrift, and on the way to another country. Never priced.":
        "On the journey, and on the way to another country. Never priced.",
    "Returns by force and people turned back with any need of protection. Assisted returns of people owed "
    "international protection, and landings of them in their own country.":
        "Returns by force with any need of protection. Assisted returns of people owed international protection, and "
        "arrivals of them in their own country.",
    "Owed international protection, landed in their own country":
        "Owed international protection, arrived in their own country",
    "Landed or arrived in the country of their origin: no procedure, and no return.":
        "Arrived in the country of their origin: no procedure, and no return.",
    "Largest number of people ashore without a place to live, all countries together.":
        "Largest number of people without a place to live, all countries together.",
    "From landing, of people registered, first come first served.":
        "From arrival, of people registered, first come first served.",
    "From landing, of people registered.": "From arrival, of people registered.",
    "Deaths on the crossing": "Deaths on the journey",
    "Deaths and missing at sea or on the way overland.": "Deaths and missing on the way.",
    "People landing in need of urgent care": "People arriving in need of urgent care",
    "People landed or disembarked x the share in need of urgent care.":
        "People arrived x the share in need of urgent care.",
    "Of landings at least the standard before the end, except people who left unregistered.":
        "Of arrivals at least the standard before the end, except people who left unregistered.",
    "Of landings at least the standard before the end, counted from landing, except people who left.":
        "Of arrivals at least the standard before the end, counted from arrival, except people who left.",
    "Days that people ashore and on record spent in any stage except protected, added up.":
        "Days that people on record spent in any stage except protected, added up.",
    "Landed or arrived without being recorded": "Arrived without being recorded",
    "From the sea and from another country of the run.": "From outside and from another country of the run.",
    "Onward movement a person-year ashore": "Onward movement a person-year",
    "Leaving the procedure a person-year ashore": "Leaving the procedure a person-year",
    # outcomes, the ledger of countries, published totals, costs
    "at sea or adrift": "on the way to the country",
    "landed and recorded, from a voyage or from adrift": "arrived and recorded",
    "landed without being recorded": "arrived without being recorded",
    "dead or missing at sea on the way to it": "dead or missing on the way to it",
    "Deaths and missing at sea": "Deaths and missing on the way",
    "Landed and recorded": "Arrived and recorded",
    "Journey, rescue and disembarkation": "Journey and arrival",
    "At sea": "Journey",
    "Stacked areas of people ashore by stage over time. Largest totals: {totals}":
        "Stacked areas of people by stage over time. Largest totals: {totals}",
}
"""Titles and sentences by the one that a case at sea has."""


CLAIMED = {
    # indicators: titles and descriptions
    "People landed and recorded": "Claims lodged, people",
    "People who landed, from a voyage or from adrift, and were recorded.":
        "People who lodged a claim of asylum, each with the members of the family in the claim.",
    "Deaths and missing on the way": "Deaths and missing on the way to another country",
    "On the crossing, while adrift, and on the way to another country. Never priced.":
        "On the way to another country. Never priced.",
    "Returns by force and people turned back with any need of protection. Assisted returns of people owed "
    "international protection, and landings of them in their own country.":
        "Returns by force with any need of protection. Assisted returns of people owed international protection.",
    # the ledger of countries, costs, heads of tables, groups of sliders
    "entered with a claim of asylum, without a journey": "lodged a claim of asylum",
    "Journey, rescue and disembarkation": "First help",
    "Cost for a person arriving": "Cost for a person with a claim",
    "people landed or brought ashore, recorded or not": "people who lodged a claim",
    "People who depart": "People who claim asylum",
    "Everybody ashore": "Everybody with a claim or on record",
    "all who were ashore at any time of the run, recorded or not":
        "all who were in the country at any time of the run, recorded or not",
    "people with specific needs, or owed a protection other than refugees', who came ashore":
        "people with specific needs, or owed a protection other than refugees', who lodged a claim",
    "with the baseline's departures": "with the baseline's claims",
    "Who departs": "Who claims asylum",
    "Responses of departures": "Responses of claims",
}
"""Titles and sentences of claims.

They are by the one that a case at sea has.
"""


def left_out(coming: Coming) -> frozenset[str]:
    """Return indicators that pages leave out, by how people come."""
    if coming == "sea":
        return frozenset()
    return AT_SEA_INDICATORS | JOURNEY_INDICATORS if coming == "claim" else AT_SEA_INDICATORS


def on_route(text: str, coming: Coming) -> str:
    """Return a title or a sentence by how people come.

    It has its own where people do not come by sea, and another where they enter with a claim.
    """
    if coming == "sea":
        return text
    ashore = ASHORE.get(text, text)
    return CLAIMED.get(text, ashore) if coming == "claim" else ashore
