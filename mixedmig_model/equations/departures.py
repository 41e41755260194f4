"""Leaving: returns, limbo, onward movement, absconding, solutions, departing again (``model.md`` 4)."""

from typing import NamedTuple

from mixedmig_model.equations.levels import Absconding, Array, Onward, Regularisation, Remigration, Return, Solutions
from mixedmig_model.equations.numbers import TINY, granted_share
from mixedmig_model.equations.procedure import LONGEST_BACKLOG
from mixedmig_model.equations.table import NOT_DETAINED
from mixedmig_model.vocabulary.calendar import YEAR_DAYS

CROWDED = tuple(1.0 if name in ("reception", "unsheltered") else 0.0 for name in NOT_DETAINED)
IN_ALTERNATIVE = tuple(1.0 if name == "alternative" else 0.0 for name in NOT_DETAINED)


class Prepared(NamedTuple):
    """Hazards (1/day, ``[C]``) of people whose return is prepared."""

    enforced: Array
    limbo: Array


def return_hazards(waiting: Array, prepared_hazard: Array, returns: Return) -> Prepared:
    """Prepared returns are enforced as far as readmission and escorts allow; refused readmission leads to limbo.

    Args: waiting persons ``[C]`` whose return is prepared; prepared_hazard 1/day ``[C]``. Those accepted but without
    an escort wait.
    """
    accepted = returns.readmission_share * prepared_hazard
    escorted = granted_share(returns.escorted_places, accepted * waiting)
    return Prepared(accepted * escorted, (1.0 - returns.readmission_share) * prepared_hazard)


def assisted_hazards(counselled: Array, returning: Array, returns: Return) -> tuple[Array, Array]:
    """Uptake hazards (1/day, ``[G, C]``) of assisted return from counselling and from return, within places offered.

    Args: counselled, returning persons ``[G, C]`` in the two stages. Source: P86, P87.
    """
    xp = counselled.__array_namespace__()
    uptake = returns.assisted_uptake_rate[:, None] + 0.0 * returns.uptake_before_decision
    early = uptake * returns.uptake_before_decision
    granted = granted_share(returns.assisted_places, xp.sum(early * counselled + uptake * returning, axis=0))
    return early * granted, uptake * granted


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
