"""Leaving: assisted, induced and enforced return, limbo, onward movement (``model.md`` 4)."""

from typing import NamedTuple

from mixedmig_model.equations.axes import PLACE, STAGE
from mixedmig_model.equations.levels import Array, Return
from mixedmig_model.equations.procedure import TINY


class Prepared(NamedTuple):
    """Hazards (1/day, ``[C]``) of people in return whose preparation is complete."""

    enforced: Array
    limbo: Array


def return_hazards(people: Array, prepared_hazard: Array, returns: Return) -> Prepared:
    """Prepared returns are enforced as far as readmission and escorts allow; refused readmission leads to limbo.

    Args: people in return, persons ``[C]``; prepared_hazard 1/day ``[C]``. Those accepted but without an escort wait.
    """
    xp = people.__array_namespace__()
    accepted = returns.readmission_share * prepared_hazard
    escorted = xp.minimum(
        xp.asarray(1.0), returns.escorted_places / xp.maximum(accepted * people, xp.asarray(TINY))
    )
    return Prepared(accepted * escorted, (1.0 - returns.readmission_share) * prepared_hazard)


def assisted_hazards(counselled: Array, returning: Array, returns: Return) -> tuple[Array, Array]:
    """Uptake hazards (1/day, ``[G, C]``) of assisted return from counselling and from return, within places offered.

    Args: counselled, returning persons ``[G, C]`` in the two stages. Source: P86, P87.
    """
    xp = counselled.__array_namespace__()
    uptake = returns.assisted_uptake_rate[:, None] + 0.0 * returns.uptake_before_decision
    early = uptake * returns.uptake_before_decision
    wanted = xp.sum(early * counselled + uptake * returning, axis=0)
    granted = xp.minimum(xp.asarray(1.0), returns.assisted_places / xp.maximum(wanted, xp.asarray(TINY)))
    return early * granted, uptake * granted


def onward_hazard(rate: Array, people: Array) -> Array:
    """Onward movement (1/day, ``[stage, place, 1, C]``): nobody moves on from detention or once protected (P85)."""
    xp = people.__array_namespace__()
    stages = xp.asarray([0.0 if stage == STAGE["protected"] else 1.0 for stage in range(people.shape[0])])
    places = xp.asarray([0.0 if place == PLACE["detention"] else 1.0 for place in range(people.shape[1])])
    return stages[:, None, None, None] * places[None, :, None, None] * rate
