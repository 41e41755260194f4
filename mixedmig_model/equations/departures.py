"""Leaving: returns, limbo, onward movement, absconding, solutions, departing again (``model.md`` 4).

A capacity bounds all flows that it names together: escorts every return by force, places of assisted return every
return with assistance. Where there is too little of it, it is shared in proportion to what each flow asks for.
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
    """Hazards (1/day, ``[C]``) of returns by force, all within one number of escorts, and of refused readmission."""

    enforced: Array  # of people whose return is prepared
    summary: Array  # of people without an individual decision
    late: Array  # of people in limbo
    limbo: Array  # of people whose return is prepared, and refused by the country of return


def forced_hazards(
    waiting: Array, prepared_hazard: Array, undecided: Array, limbo: Array, *, returns: Return, law: Law
) -> Forced:
    """Returns by force share the escorts: after a decision, without one, and out of limbo; refused ones go to limbo.

    Args: persons ``[C]``: waiting, whose return is prepared; undecided, in registration and screening; limbo.
    prepared_hazard 1/day ``[C]``. Those for whom there is no escort stay where they are.
    """
    accepted = returns.readmission_share * prepared_hazard
    summary = (1.0 - law.individual_decision) * returns.summary_rate
    claims = accepted * waiting + summary * undecided + returns.late_return_rate * limbo
    escorted = granted_share(returns.escorted_places, claims)
    return Forced(
        enforced=accepted * escorted,
        summary=summary * escorted,
        late=returns.late_return_rate * escorted,
        limbo=(1.0 - returns.readmission_share) * prepared_hazard,
    )


class Assisted(NamedTuple):
    """Returns with assistance, all within one number of places."""

    early: Array  # [G, C] 1/day out of counselling
    late: Array  # [G, C] 1/day out of return
    granted: Array  # [C] share of people who find a place


def assisted_hazards(counselled: Array, returning: Array, referred: Array, returns: Return) -> Assisted:
    """Uptake of assisted return from counselling, from return and after referral, within the places offered.

    Args: counselled, returning persons ``[G, C]`` in the two stages; referred person/day ``[C]`` who would return after
    referral. Those for whom there is no place stay where they are. Source: P86, P87.
    """
    xp = counselled.__array_namespace__()
    uptake = returns.assisted_uptake_rate[:, None] + 0.0 * returns.uptake_before_decision
    early = uptake * returns.uptake_before_decision
    claims = xp.sum(early * counselled + uptake * returning, axis=0) + referred
    granted = granted_share(returns.assisted_places, claims)
    return Assisted(early * granted, uptake * granted, granted)


class Leaving(NamedTuple):
    """Hazards (1/day, ``[stage, place, 1, C]``) of onward movement and of absconding, places but detention."""

    onward: Array
    absconded: Array


def leaving_hazards(backlog: Array, over: Array, onward: Onward, absconding: Absconding) -> Leaving:
    """Waiting and crowding raise both; compliance is a share of people in alternatives a year on (P83-P85).

    Args: backlog days of work before each stage ``[S, C]``; over, occupancy above capacity ``[C]``.
    """
    xp = backlog.__array_namespace__()
    waited = xp.clip(backlog, 0.0, LONGEST_BACKLOG)  # a queue just below zero, without staff, is no backlog
    waiting = 1.0 + onward.waiting_gain * waited
    crowded = 1.0 + xp.asarray(CROWDED)[:, None] * (onward.crowding_gain * over)
    alternative = xp.asarray(IN_ALTERNATIVE)[:, None]
    compliant = -xp.log(absconding.compliance_in_alternatives) / YEAR_DAYS
    rate = alternative * compliant + (1.0 - alternative) * absconding.rate * crowded
    return Leaving(
        onward=waiting[:, None, None, :] * (onward.rate * crowded)[None, :, None, :],
        absconded=waiting[:, None, None, :] * rate[None, :, None, :],
    )


def resettlement_hazard(protected: Array, solutions: Solutions) -> Array:
    """Resettlement (1/day, ``[C]``): a share of protected people and further places, no faster than processing allows.

    Args: protected persons ``[C]``. Source: P99, P100.
    """
    xp = protected.__array_namespace__()
    offered = solutions.resettlement_share + solutions.resettlement_places / xp.maximum(protected, xp.asarray(TINY))
    return xp.minimum(offered, 1.0 / solutions.resettlement_time)


def integration_hazard(solutions: Solutions, work_right: Array) -> Array:
    """Self-reliance where people are (1/day, ``[C]``), sooner with a right to work (P102)."""
    with_work = work_right / solutions.self_reliance_time_with_work
    return with_work + (1.0 - work_right) / solutions.self_reliance_time_without_work


def regularisation_hazard(regularisation: Regularisation) -> Array:
    """Regularisation (1/day, ``[C]``): rate of those who apply x share of the eligible who do (P104)."""
    return regularisation.rate * regularisation.uptake


class Remigrating(NamedTuple):
    """Hazards (1/day, ``[C]``) of departing again after a return, by its kind."""

    assisted: Array
    induced: Array
    enforced: Array


def remigration_hazards(remigration: Remigration) -> Remigrating:
    """Departing again: the hazard that gives the published share within 24 months (P98)."""
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
