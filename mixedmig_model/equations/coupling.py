"""The coupling: from the state of the stocks to the hazard of every flow of the flow table."""

from collections.abc import Mapping
from typing import NamedTuple

from mixedmig_model.equations.accommodation import (
    RECEPTION,
    UNSHELTERED,
    Accommodation,
    Arriving,
    Constants,
    Memory,
    accommodate,
    accommodation_constants,
)
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
    assisted_hazards,
    integration_hazard,
    leaving_hazards,
    regularisation_hazard,
    remigration_hazards,
    resettlement_hazard,
    return_hazards,
)
from mixedmig_model.equations.identification import Identified, identify
from mixedmig_model.equations.levels import Array, Levels
from mixedmig_model.equations.numbers import TINY
from mixedmig_model.equations.procedure import (
    Efforts,
    Routing,
    Service,
    appealed_share,
    counselling_hazards,
    effort_table,
    efforts,
    first_class,
    minimum_times,
    positive_share,
    referral_shares,
    rework,
    screening_routes,
    true_positive_rate,
    work_limited,
)
from mixedmig_model.equations.staffing import (
    Careers,
    careers,
    crowding,
    effective_staff,
    staff_flows,
    work_capacity,
)
from mixedmig_model.equations.table import MAY_LEAVE, TRANSFERABLE
from mixedmig_model.vocabulary.labels import FUNCTION, FUNCTIONS, STAGE, STAGES

Hazards = dict[str, Array]
DETERMINATION = FUNCTION["determination"]
MAY_TRANSFER = tuple(1.0 if name in TRANSFERABLE else 0.0 for name in STAGES)


class State(NamedTuple):
    """The stocks that equations read (persons, officers), and what detention remembers."""

    at_sea: Array  # [G, C]
    adrift: Array  # [G]
    moving: Array  # [G, C] by country left
    irregular: Array  # [G, C]
    people: Array  # [S, P, G, C]
    staff: Array  # [F, grade, C]
    memory: Memory


class Segment(NamedTuple):
    """What one set of inputs fixes for all states: worked out once while the inputs hold."""

    levels: Levels
    crossing: Crossing
    ashore: Array  # [C] 1/day out of adrift
    moving: Moving
    identified: Identified
    places: Constants
    efforts: Efforts
    effort: Array  # [F, G, C] work_hour/person
    minimum_time: Array  # [F, C] day
    first_class: Array  # [F, G, C] share
    routes: Routing
    careers: Careers
    hazards: Hazards  # of flows whose hazard no state changes


def prepare(levels: Levels) -> Segment:
    """Work out what one set of inputs fixes for all states: shares, hazards (1/day), efforts (work_hour/person)."""
    identified = identify(levels.groups, levels.registration, levels.screening, levels.law)
    crossing = crossing_hazards(levels.journey, levels.rescue, levels.responses)
    departing = responded_departures(levels.arrivals.departures, levels.responses)
    moving = moving_hazards(levels.onward, levels.journey.unrecorded_share)
    effort = efforts(levels)
    remigrating = remigration_hazards(levels.remigration)
    mix = levels.arrivals.mix[:, None]
    fixed = {**_journey(levels, crossing, moving), **_procedure(levels), **_solutions(levels, remigrating)}
    fixed["departed"], fixed["displaced"] = mix * departing.departed, mix * departing.displaced
    key = other_country_shares(levels.sharing.key)
    return Segment(
        levels=levels,
        crossing=crossing,
        ashore=disembarkation_hazard(levels.journey),
        moving=moving,
        identified=identified,
        places=accommodation_constants(levels, identified, key, MAY_TRANSFER),
        efforts=effort,
        effort=effort_table(effort),
        minimum_time=minimum_times(levels),
        first_class=first_class(levels, identified),
        routes=screening_routes(levels, identified),
        careers=careers(levels),
        hazards=fixed,
    )


def _journey(levels: Levels, crossing: Crossing, moving: Moving) -> Hazards:
    """Hazards of the journey that no state changes."""
    return {
        "crossing_deaths": crossing.died,
        "abandoned": crossing.abandoned,
        "refused": crossing.refused,
        "landed_unrecorded": crossing.landed_unrecorded,
        "deaths_adrift": levels.journey.adrift_death_rate,
        "turned_back_adrift": levels.journey.turn_back_rate,
        "onward_deaths": moving.died,
        "left_region": moving.left_region,
        "arrived_onward_unrecorded": moving.arrived_unrecorded,
        "moved_onward_irregular": levels.onward.irregular_rate,
    }


def _procedure(levels: Levels) -> Hazards:
    """Hazards of the procedure that no state changes."""
    groups, law = levels.groups, levels.law
    counselled = counselling_hazards(levels.counselling)
    summary = (1.0 - law.individual_decision) * levels.return_.summary_rate
    international = groups.international[:, None]
    disclosed = {
        "determination": international * levels.disclosure.rate,
        "referral": (1.0 - international) * groups.in_need[:, None] * levels.disclosure.rate,
    }
    return {
        "claimed_asylum": counselled.claimed,
        "return_decided": counselled.return_decided,
        "withdrawn": levels.determination.withdrawal_rate,
        "summarily_returned_from_registration": summary,
        "summarily_returned_from_screening": summary,
        **{
            f"disclosed_in_{stage}_to_{sink}": hazard
            for stage in ("counselling", "return", "limbo") for sink, hazard in disclosed.items()
        },
    }


def _solutions(levels: Levels, remigrating: Remigrating) -> Hazards:
    """Hazards of solutions and of departing again that no state changes."""
    regularised = regularisation_hazard(levels.regularisation)
    moved_on = levels.reception.housing_rate
    protected = levels.counselling.duration.__array_namespace__().asarray(
        [1.0 if name == "protected" else 0.0 for name in STAGES]
    )[:, None, None]
    return {
        "integrated": integration_hazard(levels.solutions, levels.law.work_right),
        "repatriated": levels.solutions.repatriation_rate,
        "regularised_from_limbo": regularised,
        "regularised": regularised,
        "returned_late": levels.return_.late_return_rate,
        "remigrated_assisted": remigrating.assisted,
        "remigrated_induced": remigrating.induced,
        "remigrated_enforced": remigrating.enforced,
        "support_withdrawn": 1.0 - levels.law.services_irrespective_of_status,
        "moved_on": protected / levels.reception.move_on_time + (1.0 - protected) * moved_on,
    }


class Served(NamedTuple):
    """The services of one moment."""

    hazard: dict[str, Array]  # [G, C] 1/day, by function
    backlog: dict[str, Array]  # [C] day, by function
    effective: Array  # [F, C] officer
    over: Array  # [C] occupancy above capacity


def serve(queues: Array, state: State, segment: Segment) -> Served:
    """What every team does: capacity of staff in post, crowding, interpreters, priority classes, rework.

    Args: queues, persons ``[F, G, C]`` waiting for each function. Source: ``model.md`` 4.
    """
    levels = segment.levels
    xp = state.people.__array_namespace__()
    pressed = xp.sum(state.people[:, RECEPTION, :, :] + state.people[:, UNSHELTERED, :, :], axis=(0, 1))
    over = crowding(pressed, levels.reception.places)
    effective = effective_staff(state.staff, levels.staff)
    capacity = work_capacity(effective, levels, over)
    every = work_limited(queues, segment.first_class, segment.effort, segment.minimum_time, capacity)
    hazard = {name: every.hazard[k, :, :] for k, name in enumerate(FUNCTIONS)}
    backlog = {name: every.backlog[k, :] for k, name in enumerate(FUNCTIONS)}
    screened = queues[FUNCTION["screening"], :, :] * hazard["screening"]
    deciding = determine(queues[DETERMINATION, :, :], screened, capacity[DETERMINATION, :], segment)
    hazard["determination"], backlog["determination"] = deciding.hazard, deciding.backlog
    return Served(hazard, backlog, effective, over)


def determine(queue: Array, screened: Array, hours: Array, segment: Segment) -> Service:
    """Status determination, with the work hours that prima facie recognitions leave, and old files heard again.

    Args: queue persons ``[G, C]``; screened persons/day ``[G, C]``; hours work_hour/day ``[C]``. Source: P39, P49.
    """
    xp = hours.__array_namespace__()
    terms, effort = segment.levels.determination, segment.efforts
    prima_facie = xp.sum(screened * segment.routes.protected, axis=0) * terms.prima_facie_effort * effort.regular
    left = xp.maximum(hours - prima_facie, xp.asarray(0.0))
    backlog = xp.sum(queue, axis=0) * effort.determination / xp.maximum(left, xp.asarray(TINY))
    first, least = segment.first_class[DETERMINATION, :, :], segment.minimum_time[DETERMINATION, :]
    return work_limited(queue, first, segment.effort[DETERMINATION, :, :] * rework(backlog, terms), least, left)


def waiting_queues(people: Array, levels: Levels) -> Array:
    """Persons ``[F, G, C]`` waiting for each function; of returns, people with an appeal that does not suspend too."""
    xp = people.__array_namespace__()
    by_stage = xp.sum(people, axis=1)
    unprotected = (1.0 - levels.law.suspensive_appeal) * by_stage[STAGE["appeal"], :, :]
    queues = [by_stage[STAGE[name], :, :] for name in FUNCTIONS]
    queues[FUNCTION["return"]] = queues[FUNCTION["return"]] + unprotected
    return xp.stack(queues)


def _intake(hazard: Mapping[str, Array], segment: Segment) -> Hazards:
    """Hazards of registration, screening and referral."""
    screened, routes, levels = hazard["screening"], segment.routes, segment.levels
    completed, shares = hazard["referral"], referral_shares(segment.levels.referral)
    return {
        "registered": hazard["registration"],
        "screened_to_determination": screened * routes.determination,
        "recognised_prima_facie": screened * routes.protected,
        "referred": screened * routes.referral,
        "screened_to_counselling": screened * routes.counselling,
        "needs_missed": screened * routes.counselling * levels.groups.in_need[:, None],
        "protected_after_referral": completed * shares.protected,
        "referral_to_determination": completed * shares.determination,
        "returned_after_referral": completed * shares.returned,
        "induced_after_referral": completed * shares.returned,
    }


def _decisions(queue: Array, served: Served, levels: Levels) -> Hazards:
    """Hazards of decisions at first instance and on appeal. Args: queue of determination, persons ``[C]``."""
    officers = served.effective[FUNCTION["determination"], :]
    quality = true_positive_rate(queue, officers, levels.determination, levels.work.persons_per_case)
    granted = positive_share(quality, levels.determination.false_positive_rate, levels.groups)
    decided, heard = served.hazard["determination"], served.hazard["appeal"]
    refused, appealing = decided * (1.0 - granted), appealed_share(levels.appeal)
    overturned = levels.appeal.overturn_share[:, None]
    return {
        "recognised": decided * granted,
        "appealed": refused * appealing,
        "refused_without_appeal": refused * (1.0 - appealing),
        "appeals_allowed": heard * overturned,
        "appeals_dismissed": heard * (1.0 - overturned),
    }


def _returns(people: Array, queue: Array, prepared: Array, levels: Levels) -> Hazards:
    """Hazards of returns. Args: queue of preparation, persons ``[C]``; prepared 1/day ``[G, C]``."""
    xp = people.__array_namespace__()
    done = return_hazards(queue, prepared[0, :], levels.return_)
    counselled = xp.sum(people[STAGE["counselling"], :, :, :], axis=0)
    early, late = assisted_hazards(counselled, xp.sum(people[STAGE["return"], :, :, :], axis=0), levels.return_)
    return {
        "assisted_from_counselling": early,
        "induced_from_counselling": early,
        "assisted_from_return": late,
        "induced_from_return": late,
        "enforced": done.enforced,
        "enforced_pending_appeal": (1.0 - levels.law.suspensive_appeal) * done.enforced,
        "found_unreturnable": done.limbo,
    }


def _leaving(served: Served, segment: Segment, protected: Array) -> Hazards:
    """Hazards of onward movement, absconding and resettlement. Args: protected persons ``[C]``."""
    levels = segment.levels
    xp = protected.__array_namespace__()
    idle = 0.0 * protected
    backlog = [served.backlog.get(name, idle) for name in MAY_LEAVE]
    leaving = leaving_hazards(xp.stack(backlog), served.over, levels.onward, levels.absconding)
    return {
        "moved_onward": leaving.onward,
        "absconded": leaving.absconded,
        "resettled": resettlement_hazard(protected, levels.solutions),
    }


def _places(living: Accommodation, segment: Segment) -> Hazards:
    """Hazards of the place axis, and of arrivals by place."""
    entries, releases = living.entries, living.releases
    crossing, ashore = segment.crossing.landed, segment.ashore
    found = segment.levels.irregular.found_rate
    arrived = segment.moving.arrived
    return {
        "landed": entries.landing_shares * crossing,
        "disembarked": entries.landing_shares * ashore,
        "arrived_onward": entries.landing_shares[:, :, None, :] * arrived[None, None, :, :],
        "found": entries.found_shares * found,
        "detained_before_return": entries.detained_before_return,
        "released_to_reception": releases.to_reception,
        "released_to_unsheltered": releases.to_unsheltered,
        "released_to_alternative": releases.to_alternative,
        "released_by_limit": releases.by_limit,
        "alternative_to_reception": releases.alternative_to_reception,
        "alternative_to_community": releases.alternative_to_community,
        "lost_alternative": releases.lost_alternative,
        "sheltered": releases.sheltered,
        "lost_place": releases.lost_place,
        "transferred": releases.transferred,
        "identified_children_detained_at_landing": entries.child_landed * crossing,
        "identified_children_detained_from_adrift": entries.child_landed * ashore,
        "identified_children_detained_on_arrival": entries.child_landed[:, None, :] * arrived[None, :, :],
        "identified_children_detained_when_found": entries.child_found * found,
        "identified_children_detained_before_return": entries.child_before_return,
    }


def _staff(state: State, segment: Segment) -> Hazards:
    """Hiring and careers."""
    moved = staff_flows(state.staff, segment.careers)
    return {
        "hired": moved.hired,
        "trained": moved.trained,
        "became_experienced": moved.became_experienced,
        "staff_left": moved.left,
    }


class Couplings(NamedTuple):
    """What the equations say of one state."""

    hazards: Mapping[str, Array]  # 1/day, of the flows that ``Segment.hazards`` lacks; rates where a flow has no source
    identified_entered: Array  # [G, C] person/day, identified people taken into detention
    exempt_law: Array  # [G, C] 1/day at which identified people are released
    limit: Array  # [G, C] 1/day, releases by the limit


def couple(state: State, segment: Segment) -> Couplings:
    """Hazards of all flows for one state, except those that the segment fixes. Persons, officers, days.

    Each hazard is broadcastable to its flow's shape.
    """
    levels = segment.levels
    xp = state.people.__array_namespace__()
    landed = state.at_sea * segment.crossing.landed + state.adrift[:, None] * segment.ashore
    arriving = Arriving(
        landed + state.moving @ segment.moving.arrived, state.irregular * levels.irregular.found_rate
    )
    living = accommodate(state.people, arriving, state.memory, levels=levels, identified=segment.identified,
                         fixed=segment.places)
    queues = waiting_queues(state.people, levels)
    served = serve(queues, state, segment)
    waiting = xp.sum(queues, axis=1)
    return Couplings(
        hazards={
            **_intake(served.hazard, segment),
            **_decisions(waiting[DETERMINATION, :], served, levels),
            **_returns(state.people, waiting[FUNCTION["return"], :], served.hazard["return"], levels),
            **_leaving(served, segment, xp.sum(state.people[STAGE["protected"], :, :, :], axis=(0, 1))),
            **_places(living, segment),
            **_staff(state, segment),
        },
        identified_entered=living.entries.identified_entered,
        exempt_law=segment.identified.exempt_law,
        limit=living.releases.by_limit,
    )


def memory_change(entered: Array, inside: Array, other_exit_hazard: Array, exempt_release: Array) -> Array:
    """Change (person/day, ``[G, C]``) of the identified people inside detention.

    Identified people whom no law exempts enter, leave as all others do, and are released at 1/day once an exemption
    is in force. Args: entered person/day; inside persons; other_exit_hazard 1/day, all exits but the exemption's.
    """
    return entered - inside * (other_exit_hazard + exempt_release)
