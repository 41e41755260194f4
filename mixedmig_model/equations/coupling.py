"""The coupling: from the state of the stocks to the hazard of every row of the flow table."""

from collections.abc import Mapping
from typing import NamedTuple

from mixedmig_model.equations.accommodation import DETENTION, Accommodation, accommodate
from mixedmig_model.equations.arrivals import (
    Crossing,
    crossing_hazards,
    disembarkation_hazard,
    first_contact_share,
)
from mixedmig_model.equations.axes import STAGE
from mixedmig_model.equations.departures import assisted_hazards, onward_hazard, return_hazards
from mixedmig_model.equations.levels import Array, Levels
from mixedmig_model.equations.procedure import (
    Efforts,
    counselling_hazards,
    efforts,
    positive_share,
    referral_hazards,
    screening_routes,
    single_class_hazard,
    true_positive_rate,
    work_capacity,
)


class State(NamedTuple):
    """The stocks that equations read (persons), and the one memory they keep."""

    at_sea: Array  # [G, C]
    adrift: Array  # [G]
    people: Array  # [S, P, G, C]
    identified_inside: Array  # [G, C] of the children in detention, those identified as such


class Services(NamedTuple):
    """Service hazards (1/day, ``[C]``) of the work-limited stages."""

    registration: Array
    screening: Array
    determination: Array
    appeal: Array
    preparation: Array


def service_hazards(by_stage: Array, levels: Levels, effort: Efforts) -> Services:
    """Hazards of the five work-limited services. Args: by_stage persons ``[S, C]``."""
    hours = levels.work.hours_per_week

    def served(stage: str, work: Array, minimum_time: Array, officers: Array) -> Array:
        return single_class_hazard(by_stage[STAGE[stage], :], work, minimum_time, work_capacity(officers, hours))

    return Services(
        served("registration", effort.registration, levels.registration.minimum_time, levels.registration.officers),
        served("screening", effort.screening, levels.screening.minimum_time, levels.screening.officers),
        served("determination", effort.determination, levels.determination.minimum_time, levels.determination.officers),
        served("appeal", effort.appeal, levels.appeal.minimum_time, levels.appeal.panels),
        served("return", effort.preparation, levels.return_.documentation_time, levels.return_.officers),
    )


Hazards = dict[str, Array]


def journey_hazards(levels: Levels, crossing: Crossing, living: Accommodation) -> Hazards:
    """Hazards of the rows of the journey; landings are spread over places."""
    ashore = disembarkation_hazard(levels.journey)
    return {
        "crossing_deaths": crossing.died,
        "abandoned": crossing.abandoned,
        "refused": crossing.refused,
        "landed": living.landing_shares * crossing.landed,
        "landed_unrecorded": crossing.landed_unrecorded,
        "deaths_adrift": levels.journey.adrift_death_rate,
        "turned_back_adrift": levels.journey.turn_back_rate,
        "disembarked": living.landing_shares * ashore,
        "identified_children_detained_at_landing": living.identified_at_landing * crossing.landed,
        "identified_children_detained_from_adrift": living.identified_at_landing * ashore,
        "identified_children_detained_before_return": living.identified_before_return,
    }


def intake_hazards(levels: Levels, services: Services) -> Hazards:
    """Hazards from registration to counselling and referral."""
    route = screening_routes(levels)
    counselled = counselling_hazards(levels.counselling)
    referred = referral_hazards(levels.referral)
    groups = levels.groups
    unmarked = (1.0 - groups.vulnerable) * (1.0 - groups.trafficked) * (1.0 - groups.alone)
    in_need = 1.0 - (1.0 - groups.owed) * unmarked
    return {
        "registered": services.registration,
        "screened_to_determination": services.screening * route.determination,
        "recognised_prima_facie": services.screening * route.protected,
        "referred": services.screening * route.referral,
        "screened_to_counselling": services.screening * route.counselling,
        "needs_missed": services.screening * route.counselling * in_need[:, None],
        "claimed_asylum": counselled.claimed,
        "return_decided": counselled.return_decided,
        "protected_after_referral": referred.protected,
        "referral_to_determination": referred.determination,
        "returned_after_referral": referred.returned,
    }


def decision_hazards(by_stage: Array, levels: Levels, services: Services) -> Hazards:
    """Hazards of decisions at first instance and on appeal. Args: by_stage persons ``[S, C]``."""
    queue = by_stage[STAGE["determination"], :]
    quality = true_positive_rate(queue, levels.determination, levels.work.persons_per_case)
    granted = positive_share(quality, levels.determination.false_positive_rate, levels.groups)
    refused = services.determination * (1.0 - granted)
    overturned = levels.appeal.overturn_share[:, None]
    return {
        "recognised": services.determination * granted,
        "appealed": refused * levels.appeal.appealed_share,
        "refused_without_appeal": refused * (1.0 - levels.appeal.appealed_share),
        "appeals_allowed": services.appeal * overturned,
        "appeals_dismissed": services.appeal * (1.0 - overturned),
    }


def departure_hazards(people: Array, by_stage: Array, levels: Levels, services: Services) -> Hazards:
    """Hazards of returns, limbo and onward movement."""
    xp = people.__array_namespace__()
    returning = STAGE["return"]
    prepared = return_hazards(by_stage[returning, :], services.preparation, levels.return_)
    counselled = xp.sum(people[STAGE["counselling"], ...], axis=0)
    early, late = assisted_hazards(counselled, xp.sum(people[returning, ...], axis=0), levels.return_)
    return {
        "assisted_from_counselling": early,
        "induced_from_counselling": early,
        "assisted_from_return": late,
        "induced_from_return": late,
        "enforced": prepared.enforced,
        "found_unreturnable": prepared.limbo,
        "moved_onward": onward_hazard(levels.onward.rate, people),
        "moved_onward_irregular": levels.onward.irregular_rate,
    }


def place_hazards(living: Accommodation) -> Hazards:
    """Hazards of the rows of the place axis."""
    return {
        "released_to_reception": living.released_to_reception,
        "released_to_unsheltered": living.released_to_unsheltered,
        "sheltered": living.sheltered,
        "lost_place": living.lost_place,
        "detained_before_return": living.detained_before_return,
        "moved_on": living.moved_on,
    }


class Couplings(NamedTuple):
    """What the equations say of one state: hazards by row, departures, and the change of the memory."""

    hazards: Mapping[str, Array]  # 1/day, each broadcastable to its row's shape
    departed: Array  # [G, C] person/day
    identified_entered: Array  # [G, C] person/day
    exempt_release: Array  # [C] 1/day


def couple(state: State, levels: Levels) -> Couplings:
    """Hazards of all rows of the flow table for one state and one set of inputs. Persons, days."""
    xp = state.people.__array_namespace__()
    crossing = crossing_hazards(levels.journey)
    ashore = disembarkation_hazard(levels.journey)
    landings = state.at_sea * crossing.landed + state.adrift[:, None] * ashore
    identified = first_contact_share(levels.groups, levels.registration)
    living = accommodate(state.people, landings, identified, state.identified_inside, levels)
    by_stage = xp.sum(state.people, axis=(1, 2))
    services = service_hazards(by_stage, levels, efforts(levels))
    outside = xp.sum(state.people[STAGE["return"], ...], axis=0) - state.people[STAGE["return"], DETENTION, ...]
    return Couplings(
        hazards={
            **journey_hazards(levels, crossing, living),
            **intake_hazards(levels, services),
            **decision_hazards(by_stage, levels, services),
            **departure_hazards(state.people, by_stage, levels, services),
            **place_hazards(living),
        },
        departed=levels.arrivals.mix[:, None] * levels.arrivals.departures,
        identified_entered=landings * living.identified_at_landing + outside * living.identified_before_return,
        exempt_release=living.exempt_release,
    )


def memory_change(entered: Array, inside: Array, other_exit_hazard: Array, exempt_release: Array) -> Array:
    """Change (person/day, ``[G, C]``) of the identified children inside detention.

    Identified children enter by a breach, leave as all others do, and are released at 1/day once an exemption is in
    force. Args: entered person/day; inside persons; other_exit_hazard 1/day, all exits but the exemption's.
    """
    return entered - inside * (other_exit_hazard + exempt_release)
