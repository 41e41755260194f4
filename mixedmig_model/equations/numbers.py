"""Small array helpers that all equations share.

Shares of room are among them, and service by a team whose work is limited.
"""

from typing import NamedTuple

from mixedmig_model.equations.levels import Array

TINY = 1e-9
"""Guard of divisions where a queue or a team is empty.

It is far below one person or one officer.
"""


def granted_share(room: Array, claims: Array) -> Array:
    """Return the share of claims that room can meet.

    Parameters
    ----------
    room : Array
        Room, in persons/day or hours/day.
    claims : Array
        Claims, in the unit of ``room``.

    Returns
    -------
    Array
        Share, 0 to 1, in the shape of ``claims``.
    """
    xp = room.__array_namespace__()
    return xp.clip(room / xp.maximum(claims, xp.asarray(TINY)), 0.0, 1.0)


def free_room(places: Array, occupied: Array) -> Array:
    """Return the room that can be filled.

    One day's turnover stays vacant.

    Parameters
    ----------
    places : Array
        Places open (person, ``[C]``).
    occupied : Array
        People housed (person, ``[C]``).

    Returns
    -------
    Array
        Room (person/day, ``[C]``).
    """
    xp = places.__array_namespace__()
    return xp.maximum(places - occupied, xp.asarray(0.0))


def excess_hazard(places: Array, occupied: Array) -> Array:
    """Return the hazard of losing a place.

    It acts when more people are housed than places are open, as after a closure.

    Parameters
    ----------
    places : Array
        Places open (person, ``[C]``).
    occupied : Array
        People housed (person, ``[C]``).

    Returns
    -------
    Array
        Hazard (1/day, ``[C]``).
    """
    xp = places.__array_namespace__()
    return xp.maximum(occupied - places, xp.asarray(0.0)) / xp.maximum(occupied, xp.asarray(TINY))


class Service(NamedTuple):
    """What a team does in a day."""

    hazard: Array  # [..., G, C] 1/day
    backlog: Array  # [..., C] day, at today's capacity


def by_speed(need: Array, room: Array, speed: Array) -> Array:
    """Return the share of each group's need that is met.

    Room is shared by need times speed, as far as a group needs it. What is left is shared by what then still is needed.
    Source: ``docs/model.md`` section 4.

    Parameters
    ----------
    need, room, speed : Array
        Work that each group needs (work_hour/day, ``[G, C]``). Work there is (work_hour/day, ``[C]``). Speed of each
        group, ``[G]``.

    Returns
    -------
    Array
        Share, 0 to 1, ``[G, C]``.
    """
    xp, weight = need.__array_namespace__(), speed[:, None]
    level = room / xp.maximum(xp.sum(weight * need, axis=0), xp.asarray(TINY))
    served = xp.minimum(weight * level, xp.asarray(1.0))
    left = xp.maximum(room - xp.sum(served * need, axis=0), xp.asarray(0.0))
    return served + (1.0 - served) * granted_share(left, xp.sum((1.0 - served) * need, axis=0))


def work_limited(
    people: Array, first: Array, effort: Array, minimum_time: Array, capacity: Array, *, speed: Array | None = None
) -> Service:
    """Compute service in two classes, the first class first.

    The hazard is granted share / minimum_time, so that no more is served than capacity and nobody sooner than the
    minimum time. Inside a class people are served in proportion, in the second class by the speeds of groups where
    these differ from one. Source: ``docs/model.md`` section 4.

    Parameters
    ----------
    people, first, effort, minimum_time, capacity : Array
        People waiting (person, ``[..., G, C]``); axes of services come first. Share of each group in the first class,
        ``[..., G, C]``. Effort (work_hour/person, ``[..., G, C]``). Least time in service (day, ``[..., C]``). Work
        that the team can give (work_hour/day, ``[..., C]``).
    speed : Array | None, default None
        Speed of each group, ``[G]``; None: all alike.

    Returns
    -------
    Service
        Hazard (1/day, ``[..., G, C]``) and backlog (day, ``[..., C]``).
    """
    xp = people.__array_namespace__()
    work = people * effort
    whole = xp.sum(work, axis=-2)
    early = xp.sum(work * first, axis=-2) / minimum_time
    late = xp.maximum(whole / minimum_time - early, xp.asarray(0.0))
    before = granted_share(capacity, early)
    room = xp.maximum(capacity - early, xp.asarray(0.0))
    after = granted_share(room, late)[..., None, :]
    if speed is not None:
        apart = xp.sum(xp.abs(speed - 1.0)) > 0.0
        after = xp.where(apart, by_speed(work * (1.0 - first) / minimum_time, room, speed), after)
    early_hazard, late_hazard = (before / minimum_time)[..., None, :], after / minimum_time[..., None, :]
    hazard = first * early_hazard + (1.0 - first) * late_hazard
    return Service(hazard, whole / xp.maximum(capacity, xp.asarray(TINY)))
