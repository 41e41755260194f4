"""The journey, from departure to landing or death.

People also end a journey refused or abandoned. Every function returns hazards (1/day) of the people in the stock that
they leave, or rates (persons/day) where people enter the model. Source: ``docs/model.md`` section 3.
"""

from typing import NamedTuple

from mixedmig_model.equations.levels import Array, Journey, Onward, Rescue, Responses
from mixedmig_model.equations.numbers import TINY


class Departing(NamedTuple):
    """Departures, and people deterred who take another route.

    Both are persons/day, ``[C]``.
    """

    departed: Array
    displaced: Array


def responded_departures(departures: Array, responses: Responses) -> Departing:
    """Return departures after behavioural responses.

    Responses are none by default. Enforcement and deterrence lower departures, and a share of those deterred takes
    another route. Information campaigns and regular places lower them too. Source: ``docs/model.md`` section 3;
    P105-P109.

    Parameters
    ----------
    departures : Array
        Departures without responses (person/day, ``[C]``).
    responses : Responses
        Behavioural responses of departures.

    Returns
    -------
    Departing
        Departures, and people who take another route (person/day, ``[C]``).
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
    """Hazards of people at sea, by how the voyage ends.

    Each is 1/day, ``[C]``.
    """

    died: Array
    abandoned: Array
    refused: Array
    landed: Array
    landed_unrecorded: Array


def rescued_mortality(mortality: Array, rescue: Rescue) -> Array:
    """Return the mortality of the crossing with today's rescue.

    The observed mortality already contains the rescue of its day. Source: P12, P13.

    Parameters
    ----------
    mortality : Array
        Observed mortality, a share of departures ``[C]``.
    rescue : Rescue
        Inputs of search and rescue.

    Returns
    -------
    Array
        Mortality, a share of departures ``[C]``.
    """
    xp = mortality.__array_namespace__()
    factor = (1.0 - rescue.reach * rescue.effect) / (1.0 - rescue.observed_reach * rescue.effect)
    return xp.clip(mortality * factor, 0.0, 1.0)


def crossing_hazards(journey: Journey, rescue: Rescue, responses: Responses) -> Crossing:
    """Return the hazards of each way a voyage can end.

    A voyage ends after ``voyage_time``, or earlier by abandonment, and ``mortality`` applies to both. Mortality is a
    share of departures, so it falls on every way a voyage can end. If it did not, abandoning boats would lower the
    deaths of the crossing. Source: ``docs/model.md`` section 3, P10-P13 and P108.

    Parameters
    ----------
    journey : Journey
        Inputs of the journey.
    rescue : Rescue
        Inputs of search and rescue.
    responses : Responses
        Behavioural responses of departures.

    Returns
    -------
    Crossing
        Hazards (1/day, ``[C]``).
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


def disembarkation_hazard(journey: Journey, landing: Array) -> Array:
    """Return the hazard of landing for people adrift.

    It is the share of each country over the time to a place of safety. Weights move the people of a group between
    countries. All groups land equally soon. A group that lands in none of these countries lands by the shares alone.
    Source: ``docs/model.md`` section 3; P16.

    Parameters
    ----------
    journey : Journey
        Inputs of the journey.
    landing : Array
        Weight of a country for people of a group, ``[G, C]``.

    Returns
    -------
    Array
        Hazard (1/day, ``[G, C]``).
    """
    xp = landing.__array_namespace__()
    shares = journey.disembarkation_share + 0.0 * landing
    weighed = shares * landing
    met = xp.sum(weighed, axis=1, keepdims=True)
    scale = xp.sum(shares, axis=1, keepdims=True) / xp.maximum(met, xp.asarray(TINY))
    return xp.where(met > TINY, weighed * scale, shares) / journey.time_to_place_of_safety


def other_country_shares(weights: Array) -> Array:
    """Return each other country's share, by its weight.

    Source: ``docs/model.md`` section 3.

    Parameters
    ----------
    weights : Array
        Weight of each country, ``[C]``.

    Returns
    -------
    Array
        Shares ``[C, C]`` (origin, destination); zero where no other country has a weight.
    """
    xp = weights.__array_namespace__()
    others = 1.0 - xp.eye(weights.shape[0])
    table = others * weights[None, :]
    return table / xp.maximum(xp.sum(table, axis=1, keepdims=True), xp.asarray(TINY))


class Moving(NamedTuple):
    """Hazards of people on the way to another country.

    Each is 1/day, by how the journey ends.
    """

    died: Array  # [C]
    left_region: Array  # [C]
    arrived: Array  # [C, C] recorded
    arrived_unrecorded: Array  # [C, C]


def moving_hazards(onward: Onward, unrecorded_share: Array) -> Moving:
    """Return the hazards of each way onward movement can end.

    It ends in another country of the run, outside it, or in death. People who arrive register anew: what another
    country had established is not carried over (``docs/model.md`` section 1). Source: P85.

    Parameters
    ----------
    onward : Onward
        Inputs of onward movement.
    unrecorded_share : Array
        Share of landings in each country that nobody records, ``[C]``.

    Returns
    -------
    Moving
        Hazards (1/day, ``[C]`` and ``[C, C]``).
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
