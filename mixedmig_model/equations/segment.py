"""A segment: what one set of inputs fixes for all states.

It is computed once, while the inputs hold.
"""

from typing import NamedTuple

from mixedmig_model.equations.accommodation import Constants, accommodation_constants
from mixedmig_model.equations.arrivals import (
    Crossing,
    Moving,
    crossing_hazards,
    disembarkation_hazard,
    moving_hazards,
    other_country_shares,
    responded_departures,
)
from mixedmig_model.equations.departures import (
    Remigrating,
    readmission_of_groups,
    regularisation_hazard,
    remigration_hazards,
)
from mixedmig_model.equations.families import Families, families
from mixedmig_model.equations.identification import Identified, identify
from mixedmig_model.equations.levels import Array, Levels
from mixedmig_model.equations.procedure import (
    Efforts,
    Routing,
    counselling_hazards,
    effort_table,
    efforts,
    first_class,
    minimum_times,
    screening_routes,
)
from mixedmig_model.equations.staffing import Careers, careers
from mixedmig_model.equations.table import TRANSFERABLE
from mixedmig_model.vocabulary.labels import STAGES

Hazards = dict[str, Array]
MAY_TRANSFER = tuple(1.0 if name in TRANSFERABLE else 0.0 for name in STAGES)


class Segment(NamedTuple):
    """What one set of inputs fixes for all states.

    It is computed once, while the inputs hold.
    """

    levels: Levels
    crossing: Crossing
    ashore: Array  # [G, C] 1/day out of adrift
    claiming: Array  # [G, C] person/day who enter with a claim
    moving: Moving
    away: Array  # [G, C] 0 in the country of origin, else 1
    readmitted: Array  # [G, C] ratio of a group's readmission to that of the country
    identified: Identified
    families: Families
    places: Constants
    efforts: Efforts
    effort: Array  # [F, G, C] work_hour/person
    minimum_time: Array  # [F, C] day
    first_class: Array  # [F, G, C] share
    routes: Routing
    careers: Careers
    hazards: Hazards  # of flows whose hazard no state changes


def prepare(levels: Levels) -> Segment:
    """Compute what one set of inputs fixes for all states.

    Parameters
    ----------
    levels : Levels
        Inputs that hold during the segment, in the units of the parameter catalogue.

    Returns
    -------
    Segment
        Shares, hazards (1/day) and efforts (work_hour/person).
    """
    identified = identify(levels)
    crossing = crossing_hazards(levels.journey, levels.rescue, levels.responses)
    departing = responded_departures(levels.arrivals.departures, levels.responses)
    moving = moving_hazards(levels.onward, levels.journey.unrecorded_share)
    effort = efforts(levels)
    remigrating = remigration_hazards(levels.remigration)
    mix, claims = levels.arrivals.mix, levels.arrivals.claim_share
    ashore = disembarkation_hazard(levels.journey, levels.groups.landing)
    away = 1.0 - levels.groups.at_home
    fixed = {**_journey(levels, crossing, moving, ashore), **_procedure(levels), **_solutions(levels, remigrating)}
    fixed["departed"] = mix * (departing.departed * (1.0 - claims * away))  # nobody claims asylum at home
    fixed["displaced"] = mix * departing.displaced
    key = other_country_shares(levels.sharing.key)
    return Segment(
        levels=levels,
        crossing=crossing,
        ashore=ashore,
        claiming=mix * (departing.departed * claims) * away,
        moving=moving,
        away=away,
        readmitted=readmission_of_groups(levels.return_),
        identified=identified,
        families=families(levels, identified),
        places=accommodation_constants(levels, identified, key, MAY_TRANSFER, away),
        efforts=effort,
        effort=effort_table(effort),
        minimum_time=minimum_times(levels),
        first_class=first_class(levels, identified),
        routes=screening_routes(levels, identified),
        careers=careers(levels),
        hazards=fixed,
    )


def _journey(levels: Levels, crossing: Crossing, moving: Moving, ashore: Array) -> Hazards:
    """Return hazards of the journey that no state changes.

    ``ashore`` is 1/day out of adrift, ``[G, C]``. People who come to their own country go home from there.
    """
    home = levels.groups.at_home
    away = 1.0 - home
    return {
        "crossing_deaths": crossing.died,
        "abandoned": crossing.abandoned,
        "refused": crossing.refused,
        "landed_unrecorded": crossing.landed_unrecorded * away,
        "landed_in_own_country": (crossing.landed + crossing.landed_unrecorded) * home,
        "disembarked_in_own_country": ashore * home,
        "deaths_adrift": levels.journey.adrift_death_rate,
        "turned_back_adrift": levels.journey.turn_back_rate,
        "onward_deaths": moving.died,
        "left_region": moving.left_region,
        "arrived_onward_unrecorded": moving.arrived_unrecorded * away[:, None, :],
        "arrived_in_own_country": (moving.arrived + moving.arrived_unrecorded) * home[:, None, :],
        "moved_onward_irregular": levels.onward.irregular_rate,
    }


def _procedure(levels: Levels) -> Hazards:
    """Return hazards of the procedure that no state changes."""
    groups = levels.groups
    counselled = counselling_hazards(levels.counselling)
    international = groups.international[:, None]
    disclosed = {
        "determination": international * levels.disclosure.rate,
        "referral": (1.0 - international) * groups.in_need[:, None] * levels.disclosure.rate,
    }
    return {
        "claimed_asylum": counselled.claimed,
        "return_decided": counselled.return_decided,
        "withdrawn": levels.determination.withdrawal_factor[:, None] * levels.determination.withdrawal_rate,
        **{
            f"disclosed_in_{stage}_to_{sink}": hazard
            for stage in ("counselling", "return", "limbo") for sink, hazard in disclosed.items()
        },
    }


def _solutions(levels: Levels, remigrating: Remigrating) -> Hazards:
    """Return the hazards of solutions that no state changes.

    Departing again is one of them.
    """
    regularised = regularisation_hazard(levels.regularisation)
    moved_on = levels.reception.housing_rate
    sets_out = 1.0 - levels.arrivals.claim_share  # a table of claims has those of people who come again
    protected = levels.counselling.duration.__array_namespace__().asarray(
        [1.0 if name == "protected" else 0.0 for name in STAGES]
    )[:, None, None]
    return {
        "repatriated": levels.solutions.repatriation_rate,
        "regularised_from_limbo": regularised,
        "regularised": regularised,
        "remigrated_assisted": remigrating.assisted * sets_out,
        "remigrated_induced": remigrating.induced * sets_out,
        "remigrated_enforced": remigrating.enforced * sets_out,
        "support_withdrawn": 1.0 - levels.law.services_irrespective_of_status,
        "moved_on": protected / levels.reception.move_on_time + (1.0 - protected) * moved_on,
    }
