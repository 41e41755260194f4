"""The journey: departures, from departure to landing, being refused or abandoned, or dying (``model.md`` 3).

Every function returns hazards (1/day) of the people in the stock that they leave, or rates (persons/day) where people
enter the model.
"""

from typing import NamedTuple

from mixedmig_model.equations.levels import Array, Journey, Onward, Rescue, Responses
from mixedmig_model.equations.numbers import TINY


class Departing(NamedTuple):
    """Departures (persons/day, ``[C]``), and those deterred who take another route."""

    departed: Array
    displaced: Array


def responded_departures(departures: Array, responses: Responses) -> Departing:
    """Departures after behavioural responses, which are none by default (P105-P109; ``model.md`` 3).

    Args: departures persons/day ``[C]``. Enforcement and deterrence lower departures, and a share of those deterred
    takes another route; information campaigns and regular places lower them too.
    """
    xp = departures.__array_namespace__()
    none = xp.asarray(0.0)
    enforced = xp.maximum(1.0 + responses.enforcement * responses.enforcement_effect, none)
    kept = enforced * xp.maximum(1.0 + responses.deterrence_elasticity * responses.harshness, none)
    informed = departures * xp.maximum(1.0 + responses.information_effect, none)
    regular = responses.pathway_places * responses.substitution_share
    return Departing(
        departed=xp.maximum(informed * kept - regular, none),
        displaced=responses.displaced_share * xp.maximum(informed * (1.0 - kept), none),
    )


class Crossing(NamedTuple):
    """Hazards (1/day, ``[C]``) of people at sea, by how the voyage ends."""

    died: Array
    abandoned: Array
    refused: Array
    landed: Array
    landed_unrecorded: Array


def rescued_mortality(mortality: Array, rescue: Rescue) -> Array:
    """Mortality (share, ``[C]``) with today's rescue; what was observed contains the rescue of its day (P12, P13)."""
    xp = mortality.__array_namespace__()
    factor = (1.0 - rescue.reach * rescue.effect) / (1.0 - rescue.observed_reach * rescue.effect)
    return xp.clip(mortality * factor, 0.0, 1.0)


def crossing_hazards(journey: Journey, rescue: Rescue, responses: Responses) -> Crossing:
    """How voyages end: 1/voyage_time, or earlier by abandonment; ``mortality`` of either way out are deaths.

    Mortality is a share of departures, so it falls on every way a voyage can end; otherwise abandoning boats
    would lower the deaths of the crossing. Units: 1/day. Shape ``[C]``. Source: ``model.md`` 3, P10-P13, P108.
    """
    mortality = rescued_mortality(journey.mortality, rescue)
    enforced = responses.enforcement * responses.enforcement_abandonment_share / journey.voyage_time
    abandoning = journey.abandonment_rate + enforced
    alive = 1.0 - mortality
    ashore = alive * (1.0 - journey.refused_share) / journey.voyage_time
    return Crossing(
        died=mortality * (1.0 / journey.voyage_time + abandoning),
        abandoned=alive * abandoning,
        refused=alive * journey.refused_share / journey.voyage_time,
        landed=ashore * (1.0 - journey.unrecorded_share),
        landed_unrecorded=ashore * journey.unrecorded_share,
    )


def disembarkation_hazard(journey: Journey) -> Array:
    """Hazard (1/day, ``[C]``) of landing in each country for people adrift: share / time to a place of safety (P16)."""
    return journey.disembarkation_share / journey.time_to_place_of_safety


def other_country_shares(weights: Array) -> Array:
    """Shares ``[C, C]`` (origin, destination) of all other countries by their weights; zero where none has any."""
    xp = weights.__array_namespace__()
    others = 1.0 - xp.eye(weights.shape[0])
    table = others * weights[None, :]
    return table / xp.maximum(xp.sum(table, axis=1, keepdims=True), xp.asarray(TINY))


class Moving(NamedTuple):
    """Hazards (1/day) of people on the way to another country, by how the journey ends."""

    died: Array  # [C]
    left_region: Array  # [C]
    arrived: Array  # [C, C] recorded
    arrived_unrecorded: Array  # [C, C]


def moving_hazards(onward: Onward, unrecorded_share: Array) -> Moving:
    """How onward movement ends: in another country of the run, outside it, or in death (P85).

    Args: unrecorded_share ``[C]`` of landings in each country. People who arrive register anew: what another country
    had established is not carried over (``model.md`` 1).
    """
    xp = unrecorded_share.__array_namespace__()
    chosen = other_country_shares(onward.attraction)
    within = onward.within_region_share[:, None] * chosen
    alive = (1.0 - onward.mortality) / onward.journey_time
    arrived = alive[:, None] * within
    return Moving(
        died=onward.mortality / onward.journey_time,
        left_region=alive * (1.0 - xp.sum(within, axis=1)),
        arrived=arrived * (1.0 - unrecorded_share),
        arrived_unrecorded=arrived * unrecorded_share,
    )
