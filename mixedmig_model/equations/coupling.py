"""The coupling: from the state of the stocks to the hazard of every flow of the flow table."""

from collections.abc import Mapping
from typing import NamedTuple

from mixedmig_model.equations.accommodation import (
    RECEPTION,
    UNSHELTERED,
    Accommodation,
    Arriving,
    Memory,
    accommodate,
)
from mixedmig_model.equations.departures import (
    assisted_hazards,
    forced_hazards,
    leaving_hazards,
    resettlement_hazard,
)
from mixedmig_model.equations.levels import Array, Levels
from mixedmig_model.equations.numbers import TINY, granted_share
from mixedmig_model.equations.procedure import (
    Service,
    appealed_share,
    positive_share,
    referral_shares,
    rework,
    true_positive_rate,
    work_limited,
)
from mixedmig_model.equations.segment import Hazards, Segment
from mixedmig_model.equations.staffing import crowding, effective_staff, staff_flows, work_capacity
from mixedmig_model.equations.table import MAY_LEAVE
from mixedmig_model.vocabulary.labels import FUNCTION, FUNCTIONS, STAGE

DETERMINATION = FUNCTION["determination"]


class State(NamedTuple):
    """The stocks that equations read (persons, officers), and what detention remembers."""

    at_sea: Array  # [G, C]
    adrift: Array  # [G]
    moving: Array  # [G, C] by country left
    irregular: Array  # [G, C]
    people: Array  # [S, P, G, C]
    staff: Array  # [F, grade, C]
    memory: Memory


class Served(NamedTuple):
    """The services of one moment."""

    hazard: dict[str, Array]  # [G, C] 1/day, by function
    backlog: dict[str, Array]  # [C] day, by function
    effective: Array  # [F, C] officer
    over: Array  # [C] occupancy above capacity
    recognised: Array  # [C] share of people to be recognised prima facie for whom status determination has time


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
    screened, hours = queues[FUNCTION["screening"], :, :] * hazard["screening"], capacity[DETERMINATION, :]
    prima_facie = prima_facie_hours(screened, segment)
    left = xp.maximum(hours - prima_facie, xp.asarray(0.0))
    deciding = determine(queues[DETERMINATION, :, :], left, segment)
    hazard["determination"], backlog["determination"] = deciding.hazard, deciding.backlog
    asked = prima_facie > TINY  # what takes no work is never held up
    recognised = xp.where(asked, granted_share(hours, prima_facie), xp.asarray(1.0))
    return Served(hazard, backlog, effective, over=over, recognised=recognised)


def prima_facie_hours(screened: Array, segment: Segment) -> Array:
    """Hours (work_hour/day, ``[C]``) of status determination that prima facie recognitions ask for, before all else.

    Args: screened persons/day ``[G, C]``. Source: P39.
    """
    xp, effort = screened.__array_namespace__(), segment.levels.determination.prima_facie_effort
    return xp.sum(screened * segment.routes.protected, axis=0) * effort * segment.efforts.regular


def determine(queue: Array, left: Array, segment: Segment) -> Service:
    """Status determination, with the work hours that prima facie recognitions leave, and old files heard again.

    Args: queue persons ``[G, C]``; left work_hour/day ``[C]``. Source: P39, P49.
    """
    xp = left.__array_namespace__()
    terms, effort = segment.levels.determination, segment.efforts
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


def _intake(served: Served, segment: Segment) -> Hazards:
    """Hazards of registration, screening and referral, voluntary return after referral excepted.

    People to be recognised prima facie for whom status determination has no time go there with all others.
    """
    screened, routes, levels = served.hazard["screening"], segment.routes, segment.levels
    completed, shares = served.hazard["referral"], referral_shares(levels.referral)
    at_once = routes.protected * served.recognised
    return {
        "registered": served.hazard["registration"],
        "screened_to_determination": screened * (routes.determination + (routes.protected - at_once)),
        "recognised_prima_facie": screened * at_once,
        "referred": screened * routes.referral,
        "screened_to_counselling": screened * routes.counselling,
        "needs_missed": screened * routes.counselling * levels.groups.in_need[:, None],
        "protected_after_referral": completed * shares.protected,
        "referral_to_determination": completed * shares.determination,
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


def _forced(people: Array, queue: Array, prepared: Array, levels: Levels) -> Hazards:
    """Hazards of returns by force. Args: queue of preparation, persons ``[C]``; prepared 1/day ``[G, C]``."""
    present = people.__array_namespace__().sum(people, axis=(1, 2))
    done = forced_hazards(
        queue, prepared[0, :], present[STAGE["registration"], :] + present[STAGE["screening"], :],
        present[STAGE["limbo"], :], returns=levels.return_, law=levels.law,
    )
    return {
        "enforced": done.enforced,
        "enforced_pending_appeal": (1.0 - levels.law.suspensive_appeal) * done.enforced,
        "summarily_returned_from_registration": done.summary,
        "summarily_returned_from_screening": done.summary,
        "returned_late": done.late,
        "found_unreturnable": done.limbo,
    }


def _assisted(people: Array, completed: Array, levels: Levels) -> Hazards:
    """Hazards of returns with assistance. Args: completed 1/day ``[G, C]``, of people in referral."""
    xp = people.__array_namespace__()
    present = xp.sum(people, axis=1)
    returning = completed * referral_shares(levels.referral).returned
    referred = xp.sum(returning * present[STAGE["referral"], :, :], axis=0)
    helped = assisted_hazards(
        present[STAGE["counselling"], :, :], present[STAGE["return"], :, :], referred, levels.return_
    )
    return {
        "assisted_from_counselling": helped.early,
        "induced_from_counselling": helped.early,
        "assisted_from_return": helped.late,
        "induced_from_return": helped.late,
        "returned_after_referral": returning * helped.granted,
        "induced_after_referral": returning * helped.granted,
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
            **_intake(served, segment),
            **_decisions(waiting[DETERMINATION, :], served, levels),
            **_forced(state.people, waiting[FUNCTION["return"], :], served.hazard["return"], levels),
            **_assisted(state.people, served.hazard["referral"], levels),
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
