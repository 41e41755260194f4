"""The journey: from departure to landing, being refused or abandoned, or dying (``model.md`` 3).

Every function returns hazards (1/day) of the people in the stock that they leave.
"""

from typing import NamedTuple

from mixedmig_model.equations.levels import Array, Groups, Journey, Registration, Screening


class Crossing(NamedTuple):
    """Hazards (1/day, ``[C]``) of people at sea, by how the voyage ends."""

    died: Array
    abandoned: Array
    refused: Array
    landed: Array
    landed_unrecorded: Array


def crossing_hazards(journey: Journey) -> Crossing:
    """How voyages end: 1/voyage_time, or earlier by abandonment; ``mortality`` of either way out are deaths.

    Mortality is a share of departures, so it falls on every way a voyage can end; otherwise abandoning boats
    would lower the deaths of the crossing. Units: 1/day. Shape ``[C]``. Source: ``model.md`` 3, P10.
    """
    alive = 1.0 - journey.mortality
    ashore = alive * (1.0 - journey.refused_share) / journey.voyage_time
    return Crossing(
        died=journey.mortality * (1.0 / journey.voyage_time + journey.abandonment_rate),
        abandoned=alive * journey.abandonment_rate,
        refused=alive * journey.refused_share / journey.voyage_time,
        landed=ashore * (1.0 - journey.unrecorded_share),
        landed_unrecorded=ashore * journey.unrecorded_share,
    )


def disembarkation_hazard(journey: Journey) -> Array:
    """Hazard (1/day, ``[C]``) of landing in each country for people adrift: share / time to a place of safety (P16)."""
    return journey.disembarkation_share / journey.time_to_place_of_safety


def first_contact_share(groups: Groups, registration: Registration) -> Array:
    """Share ``[G, C]`` of each group seen as a child at first contact: 1 - share wrongly assessed adult (P32)."""
    return groups.child[:, None] * (1.0 - registration.wrongly_assessed_adult_share)


def protection_sensitivity(screening: Screening) -> Array:
    """Sensitivity ``[C]`` for international protection, raised by access of UNHCR and IOM (P27, P27b; para 12 d)."""
    gain = screening.sensitivity_with_access - screening.sensitivity_without_access
    return screening.sensitivity_without_access + screening.agency_access * gain
