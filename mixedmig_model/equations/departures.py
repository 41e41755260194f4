"""Leaving: returns, limbo, onward movement, solutions.

Absconding and departing again are here too (``docs/model.md`` section 4). A capacity bounds all flows that it names
together: escorts bound every return by force, places of assisted return bound every return with assistance. A capacity
that is too small is shared in proportion to what each flow asks for.
"""

from typing import NamedTuple

from mixedmig_model.equations.levels import (
    Absconding,
    Array,
    Law,
    Onward,
    Regularisation,
    Remigration,
    Return,
    Solutions,
)
from mixedmig_model.equations.numbers import TINY, granted_share
from mixedmig_model.equations.procedure import LONGEST_BACKLOG
from mixedmig_model.equations.table import NOT_DETAINED
from mixedmig_model.vocabulary.calendar import YEAR_DAYS

CROWDED = tuple(1.0 if name in ("reception", "unsheltered") else 0.0 for name in NOT_DETAINED)
IN_ALTERNATIVE = tuple(1.0 if name == "alternative" else 0.0 for name in NOT_DETAINED)


class Forced(NamedTuple):
    """Hazards of returns by force and of refused readmission.

    Each is 1/day, ``[G, C]``, of returns without a decision ``[C]``; all returns share one number of escorts.
    """

    enforced: Array  # of people whose return is prepared
    summary: Array  # of people without an individual decision
    late: Array  # of people in limbo
    limbo: Array  # of people whose return is prepared, and refused by the country of return


def readmission_of_groups(returns: Return) -> Array:
    """Return how readmission differs between groups.

    It is the ratio to the share of the country, so that no group's share is above one. Source: ``docs/model.md``
    section 4; P92.

    Parameters
    ----------
    returns : Return
        Inputs of returns.

    Returns
    -------
    Array
        Ratio ``[G, C]``; 1 where a group is readmitted as all others are.
    """
    xp = returns.readmission_share.__array_namespace__()
    return xp.minimum(
        returns.readmission_factor[:, None], 1.0 / xp.maximum(returns.readmission_share, xp.asarray(TINY))
    )


def forced_hazards(
    waiting: Array, prepared_hazard: Array, undecided: Array, limbo: Array, readmitted: Array, *, returns: Return,
    law: Law,
) -> Forced:
    """Return the hazards of returns by force.

    Returns after a decision, without one, and out of limbo share the escorts. People whose readmission is refused go to
    limbo. People for whom there is no escort stay where they are. A return without a decision asks for nobody's
    readmission. Source: ``docs/model.md`` section 4.

    Parameters
    ----------
    waiting : Array
        People whose return is prepared, each times the readmission of the group (person, ``[C]``).
    prepared_hazard : Array
        Hazard of finishing the preparation (1/day, ``[C]``).
    undecided : Array
        People in registration and screening (person, ``[C]``).
    limbo : Array
        People in limbo, each times the readmission of the group (person, ``[C]``).
    readmitted : Array
        Ratio of a group's readmission to that of the country, ``[G, C]``.
    returns : Return
        Inputs of returns.
    law : Law
        Switches of law, 1 in force, 0 not.

    Returns
    -------
    Forced
        Hazards (1/day, ``[G, C]``, of returns without a decision ``[C]``).
    """
    accepted = returns.readmission_share * prepared_hazard
    summary = (1.0 - law.individual_decision) * returns.summary_rate
    claims = accepted * waiting + summary * undecided + returns.late_return_rate * limbo
    escorted = granted_share(returns.escorted_places, claims)
    return Forced(
        enforced=accepted * escorted * readmitted,
        summary=summary * escorted,
        late=returns.late_return_rate * escorted * readmitted,
        limbo=(1.0 - returns.readmission_share * readmitted) * prepared_hazard,
    )


class Assisted(NamedTuple):
    """Returns with assistance, all within one number of places."""

    early: Array  # [G, C] 1/day out of counselling
    late: Array  # [G, C] 1/day out of return
    granted: Array  # [C] share of people who find a place


def assisted_hazards(counselled: Array, returning: Array, referred: Array, returns: Return) -> Assisted:
    """Return the uptake of assisted return.

    People take it up from counselling, from return and after referral, within the places offered. People for whom there
    is no place stay where they are. Source: P86, P87.

    Parameters
    ----------
    counselled, returning : Array
        People in the stage (person, ``[G, C]``).
    referred : Array
        People who would return after referral (person/day, ``[C]``).
    returns : Return
        Inputs of returns.

    Returns
    -------
    Assisted
        Hazards (1/day, ``[G, C]``) and the share of claims that is met ``[C]``.
    """
    xp = counselled.__array_namespace__()
    uptake = returns.assisted_uptake_rate[:, None] + 0.0 * returns.uptake_before_decision
    early = uptake * returns.uptake_before_decision
    claims = xp.sum(early * counselled + uptake * returning, axis=0) + referred
    granted = granted_share(returns.assisted_places, claims)
    return Assisted(early * granted, uptake * granted, granted)


class Leaving(NamedTuple):
    """Hazards of onward movement and of absconding.

    Each is 1/day, for every place except detention.
    """

    onward: Array  # [stage, place, G, C]
    absconded: Array  # [stage, place, 1, C]


def leaving_hazards(backlog: Array, over: Array, rate: Array, onward: Onward, absconding: Absconding) -> Leaving:
    """Return the hazards of onward movement and absconding.

    Waiting and crowding raise both. Compliance is the share of people still in alternatives after a year. Source:
    P83-P85.

    Parameters
    ----------
    backlog : Array
        Days of work before each stage (day, ``[S, C]``).
    over : Array
        Occupancy above capacity, ``[C]``.
    rate : Array
        Onward movement before waiting and crowding (1/day, ``[G, C]``).
    onward : Onward
        Inputs of onward movement.
    absconding : Absconding
        Inputs of absconding.

    Returns
    -------
    Leaving
        Hazards (1/day, ``[stage, place, G, C]``).
    """
    xp = backlog.__array_namespace__()
    waited = xp.clip(backlog, 0.0, LONGEST_BACKLOG)  # a queue just below zero, without staff, is no backlog
    waiting = 1.0 + onward.waiting_gain * waited
    crowded = 1.0 + xp.asarray(CROWDED)[:, None] * (onward.crowding_gain * over)
    alternative = xp.asarray(IN_ALTERNATIVE)[:, None]
    compliant = -xp.log(absconding.compliance_in_alternatives) / YEAR_DAYS
    hidden = alternative * compliant + (1.0 - alternative) * absconding.rate * crowded
    return Leaving(
        onward=waiting[:, None, None, :] * (rate * crowded[:, None, :])[None, :, :, :],
        absconded=waiting[:, None, None, :] * hidden[None, :, None, :],
    )


def resettlement_hazard(protected: Array, solutions: Solutions) -> Array:
    """Return the hazard of resettlement.

    It covers a share of protected people and further places, no faster than processing allows. Source: P99, P100.

    Parameters
    ----------
    protected : Array
        Protected people (person, ``[C]``).
    solutions : Solutions
        Inputs of durable solutions.

    Returns
    -------
    Array
        Hazard (1/day, ``[C]``).
    """
    xp = protected.__array_namespace__()
    offered = solutions.resettlement_share + solutions.resettlement_places / xp.maximum(protected, xp.asarray(TINY))
    return xp.minimum(offered, 1.0 / solutions.resettlement_time)


def integration_hazard(solutions: Solutions, work_right: Array) -> Array:
    """Return the hazard of becoming self-reliant.

    People become self-reliant where they are, sooner with a right to work. Source: P102.

    Parameters
    ----------
    solutions : Solutions
        Inputs of durable solutions.
    work_right : Array
        Whether people may work, 1 or 0 ``[C]``.

    Returns
    -------
    Array
        Hazard (1/day, ``[C]``).
    """
    with_work = work_right / solutions.self_reliance_time_with_work
    return with_work + (1.0 - work_right) / solutions.self_reliance_time_without_work


def regularisation_hazard(regularisation: Regularisation) -> Array:
    """Return the hazard of regularisation.

    It is the rate of those who apply times the share of the eligible who do. Source: P104.

    Parameters
    ----------
    regularisation : Regularisation
        Inputs of regularisation.

    Returns
    -------
    Array
        Hazard (1/day, ``[C]``).
    """
    return regularisation.rate * regularisation.uptake


class Remigrating(NamedTuple):
    """Hazards of departing again, by the kind of return.

    Each is 1/day, ``[C]``.
    """

    assisted: Array
    induced: Array
    enforced: Array


def remigration_hazards(remigration: Remigration) -> Remigrating:
    """Return the hazards of departing again after a return.

    Each gives the published share within 24 months. Source: P98.

    Parameters
    ----------
    remigration : Remigration
        Inputs of departing again after a return.

    Returns
    -------
    Remigrating
        Hazards (1/day, ``[C]``).
    """
    xp = remigration.enforced_share.__array_namespace__()

    def hazard(share: Array) -> Array:
        return -xp.log(1.0 - share) / (2.0 * YEAR_DAYS)

    plain, helped = hazard(remigration.assisted_share), hazard(remigration.with_package_share)

    def mixed(package: Array) -> Array:
        return package * helped + (1.0 - package) * plain

    return Remigrating(
        assisted=mixed(remigration.package_share),
        induced=mixed(remigration.induced_package_share),
        enforced=hazard(remigration.enforced_share),
    )
