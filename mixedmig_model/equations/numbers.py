"""Small array helpers that all equations share."""

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
