"""Drivers: quantities of a run that a cost can attach to.

Each has its unit (``docs/costs.md``). A *level* is a stock in a country on a day (persons, officers, places). Charged
by time, its unit is multiplied by days. An *amount* is what happens on a day. ``results/costs/quantities.py`` computes
each (a test holds the two equal), so that a quantity is never typed by hand.
"""

from typing import Literal, NamedTuple

from mixedmig_model.vocabulary.labels import FUNCTIONS


class Driver(NamedTuple):
    """A quantity that a cost can attach to.

    It has a unit, is a level or an amount a day, and says what it counts.
    """

    unit: str
    kind: Literal["level", "amount"]
    title: str


def _amount(title: str, unit: str = "person") -> Driver:
    return Driver(unit, "amount", title)


def _level(title: str, unit: str = "person") -> Driver:
    return Driver(unit, "level", title)


DESK_FUNCTIONS = ("registration", "screening")
"""Functions whose staff are trained as desk staff."""

DRIVERS: dict[str, Driver] = {
    # the journey
    "departures": _amount("people who set out"),
    "landings": _amount("people landed and recorded, from a voyage, from adrift or from another country of the run"),
    "urgent_care": _amount("people who need urgent medical care when they arrive"),
    "deaths": _amount("deaths and missing on the way"),
    "rescue_operation": _level("share of boats that one rescue operation reaches, by where those at sea head", "share"),
    "people_adrift": _level("people adrift, by the country in which they are brought ashore"),
    # intake
    "registrations": _amount("people registered"),
    "screenings": _amount("people screened"),
    "age_disputes": _amount("children alone whose age is disputed at registration"),
    "referrals": _amount("people whom screening refers for specific needs"),
    "needs_assessments": _amount("people referred, except children alone"),
    "best_interests_determinations": _amount("children alone referred"),
    "counselled": _amount("people whose counselling ends"),
    # procedure
    "claims": _amount("asylum claims", "case"),
    "first_decisions": _amount("first decisions", "case"),
    "first_decisions_with_legal_aid": _amount("first decisions of people with legal aid", "case"),
    "appeals": _amount("appeals decided", "case"),
    "appeals_with_legal_aid": _amount("appeals decided of people with legal aid", "case"),
    "protection_granted": _amount("people granted protection, at any stage"),
    "people_awaiting_decision": _level("people waiting for a first decision or the decision of an appeal"),
    "people_in_procedure": _level("people in the procedure who are not protected"),
    "people_in_limbo": _level("people whose return cannot be carried out"),
    # places
    "people_ashore": _level("people ashore and recorded"),
    "people_in_reception": _level("people in reception"),
    "people_in_sites": _level("people in reception, in sites and centres of no stated type"),
    "people_in_tents": _level("people in reception, in tents"),
    "people_in_existing_buildings": _level("people in reception, in existing buildings, hotels or ships"),
    "people_in_new_buildings": _level("people in reception, in new buildings"),
    "people_in_community": _level("people in homes, in the procedure"),
    "people_without_shelter": _level("people without shelter"),
    "people_in_detention": _level("people in detention"),
    "people_in_alternatives": _level("people in alternatives to detention"),
    "reception_places": _level("reception places open", "place"),
    "site_places": _level("reception places open in sites and centres of no stated type", "place"),
    "tent_places": _level("places open in tents", "place"),
    "existing_building_places": _level("places open in existing buildings, hotels or ships", "place"),
    "new_building_places": _level("places open in new buildings", "place"),
    "detention_places": _level("places of detention open", "place"),
    "alternative_places": _level("places open in alternatives to detention", "place"),
    # specific needs
    "children": _level("children ashore and recorded"),
    "children_alone_in_care": _level("children alone outside detention"),
    "trafficked_people_in_care": _level("trafficked people in referral, outside detention"),
    "people_with_specific_needs": _level("people with other specific needs, ashore"),
    # staff
    **{f"{name}_staff": _level(f"staff in post: {name}", "officer") for name in FUNCTIONS},
    "staff": _level("staff in post, all functions", "officer"),
    "interpreters": _level("interpreters in post", "officer"),
    "desks": _level("registration desks", "desk"),
    "desk_staff_hired": _amount("staff hired for registration and screening", "officer"),
    "caseworkers_hired": _amount("staff hired for referral, determination, appeal and return", "officer"),
    # return and solutions
    "assisted_returns": _amount("assisted returns, by choice"),
    "induced_returns": _amount("assisted returns from detention or without shelter"),
    "enforced_returns": _amount("enforced returns"),
    "reintegration_packages": _amount("assisted returns with a reintegration package, those under pressure included"),
    "resettled": _amount("people resettled"),
    "transfers": _amount("agreed transfers to another country of the run"),
    "regularisations": _amount("people regularised", "case"),
    "protected_people": _level("protected people who are not yet self-reliant"),
    # the response as a whole
    "response_active": _level("1 while anybody is at sea, adrift or in the procedure", "share"),
    "detention_active": _level("1 while anybody is in detention", "share"),
}
"""All quantities by name."""
