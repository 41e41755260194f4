"""Where people live: places with capacities, and every door into and out of detention (``model.md`` 5)."""

from typing import NamedTuple

from mixedmig_model.equations.axes import PLACE, STAGE, STAGES
from mixedmig_model.equations.levels import Array, Levels
from mixedmig_model.equations.procedure import TINY

DETENTION, RECEPTION = PLACE["detention"], PLACE["reception"]
COMMUNITY, UNSHELTERED = PLACE["community"], PLACE["unsheltered"]
RELEASED_STAGES = tuple(1.0 if name in ("protected", "referral") else 0.0 for name in STAGES)
"""Stages whose people are released from detention at 1/day: recognised, or referred for care."""


class Accommodation(NamedTuple):
    """Hazards and shares of the place axis."""

    landing_shares: Array  # [P, G, C] share of landings by place, sums to one
    released_to_reception: Array  # [S, G, C] 1/day out of detention
    released_to_unsheltered: Array  # [S, G, C] 1/day out of detention
    sheltered: Array  # [C] 1/day out of unsheltered
    lost_place: Array  # [C] 1/day out of reception
    detained_before_return: Array  # [G, C] 1/day of people in return outside detention
    identified_at_landing: Array  # [G, C] share of landings: identified children detained
    identified_before_return: Array  # [G, C] 1/day of people in return: identified children detained
    exempt_release: Array  # [C] 1/day out of detention of identified children, while the exemption is in force
    moved_on: Array  # [C] 1/day of protected people in reception


class Doors(NamedTuple):
    """Entries to detention that are claimed, before room is counted."""

    landing_share: Array  # [G, C] share of landings
    before_return: Array  # [G, C] 1/day of people in return


def detention_doors(levels: Levels, identified: Array) -> Doors:
    """The child exemption multiplies every entry to detention: landing and pre-removal (``model.md`` 5; P80).

    Args: identified, share ``[G, C]`` of each group that the authorities have identified as children.
    """
    admitted = 1.0 - levels.law.child_exemption * identified
    return Doors(levels.detention.detained_share * admitted, levels.detention.pre_removal_rate * admitted)


def free_room(places: Array, occupied: Array) -> Array:
    """Room (persons/day, ``[C]``) that can be filled: one day's turnover stays vacant."""
    xp = places.__array_namespace__()
    return xp.maximum(places - occupied, xp.asarray(0.0))


def excess_hazard(places: Array, occupied: Array) -> Array:
    """Hazard (1/day, ``[C]``) of losing a place when more are housed than places are open, as after a closure."""
    xp = places.__array_namespace__()
    return xp.maximum(occupied - places, xp.asarray(0.0)) / xp.maximum(occupied, xp.asarray(TINY))


def granted_share(room: Array, claims: Array) -> Array:
    """Share ``[C]`` of claims (persons/day) that room (persons/day) can meet."""
    xp = room.__array_namespace__()
    return xp.minimum(xp.asarray(1.0), room / xp.maximum(claims, xp.asarray(TINY)))


def release_hazard(levels: Levels, occupied: Array, identified_inside: Array, children_inside: Array) -> Array:
    """Release from detention (1/day, ``[S, G, C]``): review, referral or recognition, exemption, closure.

    An identified child found in detention is released at 1/day while the exemption is in force; a child wrongly
    assessed adult is not, and stays counted. ``identified_inside`` and ``children_inside``: persons ``[G, C]``.
    """
    xp = occupied.__array_namespace__()
    identified_share = xp.minimum(xp.asarray(1.0), identified_inside / xp.maximum(children_inside, xp.asarray(TINY)))
    exempt = levels.law.child_exemption * levels.groups.child[:, None] * identified_share
    common = levels.detention.review_release_rate + excess_hazard(levels.detention.places, occupied) + exempt
    return xp.asarray(RELEASED_STAGES)[:, None, None] + common[None, :, :]


def accommodate(
    people: Array, landings: Array, identified: Array, identified_inside: Array, levels: Levels
) -> Accommodation:
    """Room is granted in proportion to claims; those for whom there is none are unsheltered (``model.md`` 5).

    Args: people persons ``[S, P, G, C]``; landings person/day ``[G, C]``; identified share ``[G, C]``;
    identified_inside persons ``[G, C]``, the identified children in detention.
    """
    xp = people.__array_namespace__()
    by_place = xp.sum(people, axis=(0, 2))
    detained, housed = by_place[DETENTION, :], by_place[RECEPTION, :]
    doors = detention_doors(levels, identified)
    returning = people[STAGE["return"], RECEPTION, :, :] + people[STAGE["return"], COMMUNITY, :, :]
    returning = returning + people[STAGE["return"], UNSHELTERED, :, :]
    claims = xp.sum(landings * doors.landing_share + returning * doors.before_return, axis=0)
    locked = granted_share(free_room(levels.detention.places, detained), claims)

    children = levels.groups.child[:, None] * xp.sum(people[:, DETENTION, :, :], axis=0)
    release = release_hazard(levels, detained, identified_inside, children)
    released = xp.sum(release * people[:, DETENTION, :, :], axis=(0, 1))
    breach = (1.0 - levels.law.child_exemption) * identified
    to_detention = doors.landing_share * locked
    seeking = (1.0 - to_detention) * (1.0 - levels.reception.community_share)
    wanting = xp.sum(landings * seeking, axis=0) + released + by_place[UNSHELTERED, :]
    sheltered = granted_share(free_room(levels.reception.places, housed), wanting)
    return Accommodation(
        landing_shares=xp.stack(
            (to_detention, seeking * sheltered, 1.0 - to_detention - seeking, seeking * (1.0 - sheltered))
        ),
        released_to_reception=release * sheltered,
        released_to_unsheltered=release * (1.0 - sheltered),
        sheltered=sheltered,
        lost_place=excess_hazard(levels.reception.places, housed),
        detained_before_return=doors.before_return * locked,
        identified_at_landing=levels.detention.detained_share * breach * locked,
        identified_before_return=levels.detention.pre_removal_rate * breach * locked,
        exempt_release=levels.law.child_exemption,
        moved_on=1.0 / levels.reception.move_on_time,
    )
