"""Small array helpers that all subjects of the equations share."""

from mixedmig_model.equations.levels import Array

TINY = 1e-9
"""Guards divisions where a queue or a team is empty; far below one person or one officer."""


def granted_share(room: Array, claims: Array) -> Array:
    """Share of claims (persons/day or hours/day) that room in the same unit can meet, 0 to 1."""
    xp = room.__array_namespace__()
    return xp.clip(room / xp.maximum(claims, xp.asarray(TINY)), 0.0, 1.0)


def free_room(places: Array, occupied: Array) -> Array:
    """Room (persons/day, ``[C]``) that can be filled: one day's turnover stays vacant."""
    xp = places.__array_namespace__()
    return xp.maximum(places - occupied, xp.asarray(0.0))


def excess_hazard(places: Array, occupied: Array) -> Array:
    """Hazard (1/day, ``[C]``) of losing a place when more are housed than places are open, as after a closure."""
    xp = places.__array_namespace__()
    return xp.maximum(occupied - places, xp.asarray(0.0)) / xp.maximum(occupied, xp.asarray(TINY))
