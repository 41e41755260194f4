"""Where people live, and every way into and out of detention.

Places have capacities. Source: ``docs/model.md`` section 5.
"""

from typing import NamedTuple

from mixedmig_model.equations.identification import Identified
from mixedmig_model.equations.inside import Kinds, Memory, limit_hazard, share_inside
from mixedmig_model.equations.levels import Array, Levels
from mixedmig_model.equations.numbers import excess_hazard, free_room, granted_share
from mixedmig_model.vocabulary.labels import PLACE, STAGE, STAGES

DETENTION, ALTERNATIVE, RECEPTION = PLACE["detention"], PLACE["alternative"], PLACE["reception"]
COMMUNITY, UNSHELTERED = PLACE["community"], PLACE["unsheltered"]
RETURN, LIMBO = STAGE["return"], STAGE["limbo"]
RELEASED_STAGES = tuple(1.0 if name in ("protected", "referral") else 0.0 for name in STAGES)
"""Stages released from detention at 1/day.

They are recognised, or referred for care.
"""
IN_LIMBO = tuple(1.0 if name == "limbo" else 0.0 for name in STAGES)


class Door(NamedTuple):
    """Whom authorities want to detain, by the way they come."""

    landed: Array  # [G, C] share of landings
    found: Array  # [G, C] share of people found without a record
    before_return: Array  # [G, C] 1/day of people in return


class Doors(NamedTuple):
    """Constants of a segment: entries to detention.

    They are of all people, and of some kinds of people among them.
    """

    everybody: Door
    identified: Door  # identified people whom no law exempts
    carers: Door  # adults who care for accompanying children, whom no law exempts
    children: Door  # identified children only: a breach


def detention_doors(levels: Levels, identified: Identified) -> Doors:
    """Return every entry to detention, exemptions included.

    The exemption of what is identified multiplies each entry. People found without a record are detained as those who
    landed are, or all of them where irregular entry is penalised. Source: ``docs/model.md`` section 5 and P80. Returns
    shares of arrivals ``[G, C]``. Before return 1/day.
    """
    share, rate = levels.detention.detained_share, levels.detention.pre_removal_rate
    penalised = share + (1.0 - share) * (1.0 - levels.law.no_penalty_for_irregular_entry)
    later = identified.first.__array_namespace__().maximum(identified.first, identified.specific)
    child = (1.0 - levels.law.child_exemption) * identified.first
    caring = identified.carers - identified.exempt_carers

    def door(at_arrival: Array, before_return: Array) -> Door:
        return Door(share * at_arrival, penalised * at_arrival, rate * before_return)

    return Doors(
        everybody=door(1.0 - identified.exempt_at_landing, 1.0 - identified.exempt_before_return),
        identified=door(identified.first - identified.exempt_children,
                        (later - identified.exempt_needs) * (1.0 - identified.exempt_carers)),
        carers=door(caring, caring * (1.0 - identified.exempt_needs)),
        children=door(child, child),
    )


class Entries(NamedTuple):
    """Where arrivals live, and what is taken into detention."""

    landing_shares: Array  # [P, G, C] share of landings by place, sums to one
    found_shares: Array  # [P, G, C] the same of people found
    detained_before_return: Array  # [G, C] 1/day of people in return, without alternatives
    child_landed: Array  # [G, C] share of landings: identified children detained
    child_found: Array  # [G, C]
    child_before_return: Array  # [G, C] 1/day
    entered: Kinds  # person/day taken into detention


class Releases(NamedTuple):
    """Hazards (1/day) on the place axis."""

    to_reception: Array  # [S, G, C] out of detention
    to_unsheltered: Array  # [S, G, C] out of detention
    to_alternative: Array  # [C] out of detention
    by_limit: Array  # [G, C] out of detention, part of the first two
    alternative_to_reception: Array  # [S, G, C]
    alternative_to_community: Array  # [S, 1, C]
    lost_alternative: Array  # [C]
    sheltered: Array  # [S, G, C] out of unsheltered
    lost_place: Array  # [C] out of reception
    transferred: Array  # [G, C, C] out of reception, by destination


class Accommodation(NamedTuple):
    """Entries to places and releases from them."""

    entries: Entries
    releases: Releases


class Arriving(NamedTuple):
    """People who need a place today, persons/day ``[G, C]``."""

    landed: Array
    found: Array


def release_hazard(levels: Levels, identified: Identified, detained: Array, inside: Array, memory: Memory) -> Array:
    """Return the hazard of release from detention.

    Releases follow a review, a referral or recognition, an exemption, a closure or the limit. An identified exempt
    person found in detention is released at 1/day. A child wrongly assessed as adult is not, and stays counted. Source:
    ``docs/model.md`` section 5. ``detained``: People in detention (person, ``[C]``). ``inside``: People in detention by
    group (person, ``[G, C]``). Returns hazard (1/day, ``[S, G, C]``).
    """
    xp = inside.__array_namespace__()
    common = levels.detention.review_release_rate + excess_hazard(levels.detention.places, detained)
    common = common + identified.exempt_law * share_inside(memory.kinds.identified, inside)
    common = common + identified.carer_law * share_inside(memory.kinds.carers, inside) + limit_hazard(memory, inside)
    return xp.asarray(RELEASED_STAGES)[:, None, None] + common[None, :, :]


class Granted(NamedTuple):
    """Shares ``[G, C]`` of claims met, of arrivals and of others."""

    arrivals: Array
    others: Array


def grant_places(room: Array, arrivals: Array, others: Array, at_landing: Array, later: Array) -> Granted:
    """Grant places in reception, specific needs first.

    Identified people with specific needs come first, as far as policy asks. Source: ``docs/model.md`` section 5.
    ``room``: Free places (person/day, ``[C]``). ``arrivals``: Claims (person/day, ``[G, C]``). ``others``: Claims
    (person/day, ``[G, C]``). ``at_landing``: Share of each group in the first class, ``[G, C]``. ``later``: Share of
    each group in the first class, ``[G, C]``. Returns shares of claims that are met, ``[G, C]``.
    """
    xp = room.__array_namespace__()
    early = xp.sum(arrivals * at_landing + others * later, axis=0)
    late = xp.maximum(xp.sum(arrivals + others, axis=0) - early, xp.asarray(0.0))
    first = granted_share(room, early)
    second = granted_share(xp.maximum(room - early, xp.asarray(0.0)), late)
    return Granted(at_landing * first + (1.0 - at_landing) * second, later * first + (1.0 - later) * second)


def transfer_claims(people: Array, levels: Levels, fixed: "Constants") -> tuple[Array, Array]:
    """Return the agreed transfers that are wanted.

    Nobody is transferred to the country of origin. Source: ``docs/model.md`` section 5. ``people``: People ashore
    (person, ``[S, P, G, C]``). Returns hazard out of reception (1/day, ``[C, C]``), and claims (person/day,
    ``[G, C]``).
    """
    xp = people.__array_namespace__()
    eligible = xp.sum(people[:, RECEPTION, :, :] * fixed.transferable[:, None, None], axis=0)
    rate = granted_share(levels.sharing.transfers, xp.sum(eligible, axis=0))[:, None] * fixed.transfer_key
    return rate, (eligible @ rate) * fixed.away


class Constants(NamedTuple):
    """What accommodation needs of a segment, computed once."""

    doors: Doors
    priority_landed: Array  # [G, C]
    priority_later: Array  # [G, C]
    leaving_alternative: Array  # [S, 1, C] 1/day
    seeking_stage: Array  # [S, 1, C] share of people without shelter who may claim a place
    transfer_key: Array  # [C, C]
    transferable: Array  # [S] 0/1
    away: Array  # [G, C] 0 in the country of origin, else 1


class Detained(NamedTuple):
    """Places granted in detention and in alternatives; releases."""

    instead: Array  # [C] share of those offered an alternative who find a place in one
    taken: Array  # [C] share of arrivals to be detained who are, those in alternatives deducted
    locked: Array  # [C] share of claims on detention that are met
    release: Array  # [S, G, C] 1/day
    entered: Kinds  # person/day taken in


def detain(
    people: Array, arriving: Arriving, memory: Memory, levels: Levels, identified: Identified, doors: Doors
) -> Detained:
    """Decide who is detained.

    Alternatives are offered first, then places in detention as far as there are any. Source: ``docs/model.md`` section
    5. ``people``: People ashore (person, ``[S, P, G, C]``). Returns grants and releases, shares ``[G, C]`` and hazards
    (1/day).
    """
    xp = people.__array_namespace__()
    inside = xp.sum(people[:, DETENTION, :, :], axis=0)
    detained = xp.sum(inside, axis=0)
    in_alternatives = xp.sum(people[:, ALTERNATIVE, :, :], axis=(0, 1))
    wanted = arriving.landed * doors.everybody.landed + arriving.found * doors.everybody.found
    offered = levels.alternative.offered_share
    claims = xp.sum(wanted, axis=0) * offered + levels.alternative.transfer_rate * detained
    instead = granted_share(free_room(levels.alternative.places, in_alternatives), claims)
    kept = 1.0 - offered * instead
    at_large = people[RETURN, :, :, :]
    returning = at_large[RECEPTION, :, :] + at_large[COMMUNITY, :, :] + at_large[UNSHELTERED, :, :]
    claims = xp.sum(wanted * kept + returning * doors.everybody.before_return, axis=0)
    locked = granted_share(free_room(levels.detention.places, detained), claims)
    taken = kept * locked

    def entered(door: Door) -> Array:
        arrived = arriving.landed * door.landed + arriving.found * door.found
        return arrived * taken + returning * door.before_return * locked

    return Detained(
        instead, taken, locked, release_hazard(levels, identified, detained, inside, memory),
        Kinds(entered(doors.identified), entered(doors.carers)),
    )


class Housed(NamedTuple):
    """Shares of claims on reception that are met, and transfers."""

    granted: Granted
    seek_landed: Array  # [G, C] share of people landed who seek a place
    seek_found: Array  # [G, C]
    transfer: Array  # [C, C] 1/day


def house(people: Array, arriving: Arriving, held: Detained, levels: Levels, fixed: Constants) -> Housed:
    """Decide who finds a place in reception.

    Claims come from arrivals, people released, people without shelter and people transferred. People found who have a
    home keep it. Source: ``docs/model.md`` section 5. ``people``: People ashore (person, ``[S, P, G, C]``). Returns
    shares of claims that are met ``[G, C]``, and transfers (1/day, ``[C, C]``).
    """
    xp = people.__array_namespace__()
    outside = 1.0 - levels.reception.community_share
    off = held.taken + levels.alternative.offered_share * held.instead
    seek_landed = (1.0 - fixed.doors.everybody.landed * off) * outside
    seek_found = (1.0 - fixed.doors.everybody.found * off) * outside * (1.0 - levels.irregular.housed_share)
    released = xp.sum(held.release * people[:, DETENTION, :, :], axis=0)
    leaving = xp.sum(fixed.leaving_alternative * people[:, ALTERNATIVE, :, :], axis=0) * outside
    homeless = xp.sum(fixed.seeking_stage * people[:, UNSHELTERED, :, :], axis=0)
    transfer, sent = transfer_claims(people, levels, fixed)
    granted = grant_places(
        free_room(levels.reception.places, xp.sum(people[:, RECEPTION, :, :], axis=(0, 1))),
        arriving.landed * seek_landed + arriving.found * seek_found,
        released + leaving + homeless + sent,
        fixed.priority_landed, fixed.priority_later,
    )
    return Housed(granted, seek_landed, seek_found, transfer)


def arrival_places(door: Array, seeking: Array, held: Detained, levels: Levels, granted: Array) -> Array:
    """Return the shares of an arrival by place.

    Source: ``docs/model.md`` section 5. ``door``: Share of the arrival that authorities want to detain, ``[G, C]``.
    ``seeking``: Share that seeks a place in reception, ``[G, C]``. ``granted``: Share of those claims that is met,
    ``[G, C]``. Returns shares ``[P, G, C]`` in the order of ``PLACES``. They sum to one.
    """
    detained = door * held.taken
    alternative = door * (levels.alternative.offered_share * held.instead)
    housed = seeking * granted
    home = 1.0 - detained - alternative - seeking
    return door.__array_namespace__().stack((detained, alternative, housed, home, seeking - housed))


def accommodate(
    people: Array, arriving: Arriving, memory: Memory, levels: Levels, identified: Identified, fixed: Constants
) -> Accommodation:
    """Grant places by class and in proportion to claims.

    People who get no place count as without shelter. Source: ``docs/model.md`` section 5. ``people``: People ashore
    (person, ``[S, P, G, C]``). Returns entries, releases, transfers and losses of places (shares, and 1/day).
    """
    xp = people.__array_namespace__()
    everybody, children = fixed.doors.everybody, fixed.doors.children
    held = detain(people, arriving, memory, levels=levels, identified=identified, doors=fixed.doors)
    shelter = house(people, arriving, held, levels, fixed)
    granted, others = shelter.granted, shelter.granted.others
    housed = xp.sum(people[:, RECEPTION, :, :], axis=(0, 1))
    in_alternatives = xp.sum(people[:, ALTERNATIVE, :, :], axis=(0, 1))
    community = levels.reception.community_share
    return Accommodation(
        Entries(
            landing_shares=arrival_places(everybody.landed, shelter.seek_landed, held, levels, granted.arrivals),
            found_shares=arrival_places(everybody.found, shelter.seek_found, held, levels, granted.arrivals),
            detained_before_return=everybody.before_return * held.locked,
            child_landed=children.landed * held.taken,
            child_found=children.found * held.taken,
            child_before_return=children.before_return * held.locked,
            entered=held.entered,
        ),
        Releases(
            to_reception=held.release * others,
            to_unsheltered=held.release * (1.0 - others),
            to_alternative=levels.alternative.transfer_rate * held.instead,
            by_limit=limit_hazard(memory, xp.sum(people[:, DETENTION, :, :], axis=0)),
            alternative_to_reception=fixed.leaving_alternative * ((1.0 - community) * others),
            alternative_to_community=fixed.leaving_alternative * community,
            lost_alternative=excess_hazard(levels.alternative.places, in_alternatives),
            sheltered=fixed.seeking_stage * others,
            lost_place=excess_hazard(levels.reception.places, housed),
            transferred=shelter.transfer[None, :, :] * (others * fixed.away)[:, None, :],
        ),
    )


def accommodation_constants(
    levels: Levels, identified: Identified, key: Array, transferable: tuple[float, ...], away: Array
) -> Constants:
    """Compute the constants of a segment.

    Source: ``docs/model.md`` section 5. ``key``: Shares of destinations by origin, ``[C, C]``. ``transferable``:
    Whether people of a stage can be transferred, 0/1 by stage. ``away``: 0 in the country of origin, else 1 ``[G, C]``.
    Returns constants, shares ``[G, C]`` and hazards (1/day).
    """
    xp = key.__array_namespace__()
    first = levels.work.vulnerable_first
    released = xp.asarray(RELEASED_STAGES)[:, None, None]
    limbo = xp.asarray(IN_LIMBO)[:, None, None]
    return Constants(
        doors=detention_doors(levels, identified),
        priority_landed=first * identified.first,
        priority_later=first * identified.later,
        leaving_alternative=released + (1.0 - released) * levels.alternative.review_rate,
        seeking_stage=1.0 - limbo * (1.0 - levels.law.services_irrespective_of_status),
        transfer_key=key,
        transferable=xp.asarray(transferable),
        away=away,
    )
