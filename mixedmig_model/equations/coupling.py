"""The coupling of the state to the hazard of every flow."""

from collections.abc import Mapping
from typing import NamedTuple

from mixedmig_model.equations.accommodation import (
    DETENTION,
    RECEPTION,
    UNSHELTERED,
    Accommodation,
    Arriving,
    accommodate,
)
from mixedmig_model.equations.carried import PROTECTED, Carried, in_stages, may_leave, onward_rate, share_of
from mixedmig_model.equations.departures import (
    assisted_hazards,
    forced_hazards,
    integration_hazard,
    leaving_hazards,
    resettlement_hazard,
)
from mixedmig_model.equations.families import forced_by_group, may_be_returned, returned_unheard, separation
from mixedmig_model.equations.inside import Kinds, Memory
from mixedmig_model.equations.levels import Array, Levels
from mixedmig_model.equations.numbers import TINY, Service, granted_share, work_limited
from mixedmig_model.equations.procedure import (
    appealed_share,
    caseload_excess,
    closing_hazard,
    positive_share,
    referral_shares,
    rework,
    time_cut,
    true_positive_rate,
)
from mixedmig_model.equations.segment import Hazards, Segment
from mixedmig_model.equations.staffing import crowding, effective_staff, staff_flows, work_capacity
from mixedmig_model.equations.table import MAY_LEAVE
from mixedmig_model.vocabulary.labels import FUNCTION, FUNCTIONS, STAGE

DETERMINATION = FUNCTION["determination"]


class State(NamedTuple):
    """The stocks that equations read, and two memories.

    One is detention's, the other what people ashore carry. Stocks are persons and officers.
    """

    at_sea: Array  # [G, C]
    adrift: Array  # [G]
    moving: Array  # [G, C] by country left
    irregular: Array  # [G, C]
    people: Array  # [S, P, G, C]
    staff: Array  # [F, grade, C]
    memory: Memory
    carried: Carried


class Served(NamedTuple):
    """The services of one moment."""

    hazard: dict[str, Array]  # [G, C] 1/day, by function
    backlog: dict[str, Array]  # [C] day, by function
    effective: Array  # [F, C] officer
    over: Array  # [C] occupancy above capacity
    recognised: Array  # [C] share of people to be recognised prima facie for whom status determination has time


def serve(queues: Array, state: State, segment: Segment) -> Served:
    """Compute what every team does.

    Staff in post, crowding, interpreters, priority classes and rework set it. Source: ``docs/model.md`` section 4.

    Parameters
    ----------
    queues : Array
        People waiting for each function (person, ``[F, G, C]``).
    state : State
    segment : Segment

    Returns
    -------
    Served
        Hazards (1/day), backlogs (day), staff (officer) and shares of this moment.
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
    deciding = determine(queues[DETERMINATION, :, :], left, effective[DETERMINATION, :], segment)
    hazard["determination"], backlog["determination"] = deciding.hazard, deciding.backlog
    asked = prima_facie > TINY  # what takes no work is never held up
    recognised = xp.where(asked, granted_share(hours, prima_facie), xp.asarray(1.0))
    return Served(hazard, backlog, effective, over=over, recognised=recognised)


def prima_facie_hours(screened: Array, segment: Segment) -> Array:
    """Return the hours that prima facie recognitions need.

    Status determination works on them before all else. Source: P39.

    Parameters
    ----------
    screened : Array
        People who finish screening (person/day, ``[G, C]``).
    segment : Segment

    Returns
    -------
    Array
        Work (work_hour/day, ``[C]``).
    """
    xp, effort = screened.__array_namespace__(), segment.levels.determination.prima_facie_effort
    return xp.sum(screened * segment.routes.protected, axis=0) * effort * segment.efforts.regular


def determine(queue: Array, left: Array, officers: Array, segment: Segment) -> Service:
    """Compute the service of status determination.

    It uses the work hours that prima facie recognitions leave, and hears old files again. Groups may differ in speed,
    and pressure may take time from each case. Source: P39, P49.

    Parameters
    ----------
    queue, left, officers : Array
        People waiting for a decision (person, ``[G, C]``). Hours that prima facie recognitions leave (work_hour/day,
        ``[C]``). Officers of full output (officer, ``[C]``).
    segment : Segment

    Returns
    -------
    Service
        Hazard (1/day, ``[G, C]``) and backlog (day, ``[C]``).
    """
    xp = left.__array_namespace__()
    terms, effort = segment.levels.determination, segment.efforts
    waiting = xp.sum(queue, axis=0)
    kept = 1.0 - time_cut(caseload_excess(waiting, officers, terms, segment.levels.work.persons_per_case), terms)
    backlog = waiting * effort.determination / xp.maximum(left, xp.asarray(TINY)) * kept
    first, least = segment.first_class[DETERMINATION, :, :], segment.minimum_time[DETERMINATION, :]
    again = segment.effort[DETERMINATION, :, :] * (rework(backlog, terms) * kept)
    return work_limited(queue, first, again, least, left, speed=terms.speed)


def waiting_queues(people: Array, levels: Levels) -> Array:
    """Return the people waiting for each function.

    The queue of returns includes people with an appeal that does not suspend the return. Source: ``docs/model.md``
    section 4.

    Parameters
    ----------
    people : Array
    levels : Levels

    Returns
    -------
    Array
        People waiting (person, ``[F, G, C]``).
    """
    xp = people.__array_namespace__()
    by_stage = xp.sum(people, axis=1)
    unprotected = (1.0 - levels.law.suspensive_appeal) * by_stage[STAGE["appeal"], :, :]
    queues = [by_stage[STAGE[name], :, :] for name in FUNCTIONS]
    queues[FUNCTION["return"]] = queues[FUNCTION["return"]] + unprotected
    return xp.stack(queues)


def _intake(served: Served, segment: Segment) -> Hazards:
    """Return the hazards of registration, screening, referral.

    Voluntary return after referral is not included. People to be recognised prima facie for whom status determination
    has no time go there with all others.
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
    """Return the hazards of decisions and of appeals.

    ``queue`` holds the people waiting for a decision at first instance (person, ``[G, C]``).
    """
    officers = served.effective[FUNCTION["determination"], :]
    waiting = queue.__array_namespace__().sum(queue, axis=0)
    quality = true_positive_rate(waiting, officers, levels.determination, levels.work.persons_per_case)
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
        "closed": closing_hazard(queue, levels.closing, levels.work),
    }


def _forced(people: Array, queue: Array, prepared: Array, segment: Segment) -> Hazards:
    """Return the hazards of returns by force.

    ``queue`` holds the people whose return is prepared (person, ``[G, C]``); ``prepared`` is 1/day ``[G, C]``.
    """
    levels, own, readmitted, xp = segment.levels, segment.families, segment.readmitted, people.__array_namespace__()
    present, each = xp.sum(people, axis=(1, 2)), xp.sum(people, axis=1)
    undecided = each[STAGE["registration"], :, :] + each[STAGE["screening"], :, :]
    limbo, accepted = each[STAGE["limbo"], :, :], queue * readmitted
    unscreened = present[STAGE["registration"], :] + present[STAGE["screening"], :]
    taken_back = xp.sum(people[STAGE["limbo"], :, :, :] * readmitted, axis=(0, 1))
    done = forced_hazards(
        may_be_returned(xp.sum(accepted, axis=0), accepted, own.barred), prepared[0, :],
        may_be_returned(unscreened, undecided, own.barred_unscreened),
        may_be_returned(taken_back, limbo * readmitted, own.barred), readmitted, returns=levels.return_, law=levels.law,
    )
    own_hazards = forced_by_group(done, levels.return_.readmission_share * prepared[0, :] * readmitted, own)
    return {
        "enforced": own_hazards.enforced,
        "enforced_pending_appeal": (1.0 - levels.law.suspensive_appeal) * own_hazards.enforced,
        "summarily_returned_from_registration": own_hazards.summary,
        "summarily_returned_from_screening": own_hazards.summary,
        "returned_late": own_hazards.late,
        "found_unreturnable": done.limbo,
        "heard_before_return": own_hazards.heard,
        "children_returned_unheard": returned_unheard(queue, limbo, undecided, done, own),
    }


def _assisted(people: Array, completed: Array, levels: Levels) -> Hazards:
    """Return the hazards of returns with assistance.

    ``completed`` is the hazard of finishing referral (1/day, ``[G, C]``).
    """
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


def _leaving(served: Served, segment: Segment, state: State) -> Hazards:
    """Return the hazards of leaving and of two solutions.

    People leave by onward movement or by absconding. The solutions are resettlement and self-reliance.
    """
    levels = segment.levels
    xp = state.people.__array_namespace__()
    protected = xp.sum(state.people[STAGE["protected"], :, :, :], axis=(0, 1))
    idle = 0.0 * protected
    backlog = [served.backlog.get(name, idle) for name in MAY_LEAVE]
    rate = onward_rate(share_of(state.carried.movers, may_leave(state.people)), levels.onward)
    leaving = leaving_hazards(xp.stack(backlog), served.over, rate, levels.onward, levels.absconding)
    return {
        "moved_onward": leaving.onward,
        "absconded": leaving.absconded,
        "resettled": resettlement_hazard(protected, levels.solutions),
        "integrated": integration_hazard(levels.solutions, levels.law.work_right) * (
            1.0 - share_of(state.carried.setback, in_stages(state.people, PROTECTED))),
    }


def _places(living: Accommodation, segment: Segment) -> Hazards:
    """Return hazards of the place axis, and of arrivals by place."""
    entries, releases = living.entries, living.releases
    crossing, ashore = segment.crossing.landed, segment.ashore
    found, claiming = segment.levels.irregular.found_rate, segment.claiming
    arrived = segment.moving.arrived
    shares, child_landed = entries.landing_shares * segment.away, entries.child_landed * segment.away
    return {
        "landed": shares * crossing,
        "disembarked": shares * ashore,
        "entered_with_claim": entries.landing_shares * claiming,
        "arrived_onward": shares[:, :, None, :] * arrived[None, None, :, :],
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
        "identified_children_detained_at_landing": child_landed * crossing,
        "identified_children_detained_from_adrift": child_landed * ashore,
        "identified_children_detained_with_claim": entries.child_landed * claiming,
        "identified_children_detained_on_arrival": child_landed[:, None, :] * arrived[None, :, :],
        "identified_children_detained_when_found": entries.child_found * found,
        "identified_children_detained_before_return": entries.child_before_return,
    }


def _staff(state: State, segment: Segment) -> Hazards:
    """Return hiring and careers."""
    moved = staff_flows(state.staff, segment.careers)
    return {
        "hired": moved.hired,
        "posted": moved.posted,
        "trained": moved.trained,
        "became_experienced": moved.became_experienced,
        "staff_left": moved.left,
    }


class Couplings(NamedTuple):
    """What the equations say of one state."""

    hazards: Mapping[str, Array]  # 1/day, of the flows that ``Segment.hazards`` lacks; rates where a flow has no source
    entered: Kinds  # person/day taken into detention, by kind
    released: Kinds  # 1/day at which each kind is released in a way of its own
    limit: Array  # [G, C] 1/day, releases by the limit


def couple(state: State, segment: Segment) -> Couplings:
    """Compute the hazards of all flows for one state.

    Hazards that the segment fixes are not included. Source: ``docs/model.md`` sections 2 to 5.

    Parameters
    ----------
    state : State
    segment : Segment

    Returns
    -------
    Couplings
        Hazards by flow, each broadcastable to its flow's shape (1/day), and what the memory of detention needs.
    """
    levels = segment.levels
    xp = state.people.__array_namespace__()
    landed = state.at_sea * segment.crossing.landed + state.adrift[:, None] * segment.ashore
    arriving = Arriving(
        (landed + state.moving @ segment.moving.arrived) * segment.away + segment.claiming,
        state.irregular * levels.irregular.found_rate,
    )
    living = accommodate(state.people, arriving, state.memory, levels=levels, identified=segment.identified,
                         fixed=segment.places)
    queues = waiting_queues(state.people, levels)
    served = serve(queues, state, segment)
    inside = xp.sum(state.people[:, DETENTION, :, :], axis=0)
    return Couplings(
        hazards={
            **_intake(served, segment),
            **_decisions(queues[DETERMINATION, :, :], served, levels),
            **_forced(state.people, queues[FUNCTION["return"], :, :], served.hazard["return"], segment),
            **_assisted(state.people, served.hazard["referral"], levels),
            **_leaving(served, segment, state),
            **_places(living, segment),
            **separation(living.entries.entered, state.memory.kinds, inside, segment.families),
            **_staff(state, segment),
        },
        entered=living.entries.entered,
        released=Kinds(segment.identified.exempt_law, segment.identified.carer_law),
        limit=living.releases.by_limit,
    )
