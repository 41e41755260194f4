"""The procedure: work-limited service, screening, decisions, appeal (``model.md`` 4).

Hazards are 1/day of the people in the stage that they leave; a stage hazard has shape ``[C]`` or ``[G, C]``.
"""

from typing import NamedTuple

from mixedmig_model.equations.arrivals import first_contact_share, protection_sensitivity
from mixedmig_model.equations.levels import Array, Counselling, Determination, Groups, Levels, Referral

TINY = 1e-9
"""Guards divisions where a queue or a team is empty; far below one person or one officer."""


def work_capacity(officers: Array, hours_per_week: Array) -> Array:
    """Work hours a day ``[C]`` of a team: officers x working hours a calendar day."""
    return officers * hours_per_week


def work_limited_hazard(people: Array, effort: Array, minimum_time: Array, capacity: Array) -> Array:
    """Service hazard (1/day) by class, earlier classes first (``model.md`` 4).

    Args: people ``[K, C]`` persons waiting by class; effort work_hour/person ``[C]``; minimum_time day ``[C]``;
    capacity work_hour/day ``[C]``. Returns ``[K, C]``: granted share / minimum_time, so that no more is served
    than capacity and nobody sooner than the minimum time.
    """
    xp = people.__array_namespace__()
    hours = people / minimum_time * effort
    earlier = xp.cumulative_sum(hours, axis=0) - hours
    granted = xp.clip((capacity - earlier) / xp.maximum(hours, xp.asarray(TINY)), 0.0, 1.0)
    return granted / minimum_time


def single_class_hazard(people: Array, effort: Array, minimum_time: Array, capacity: Array) -> Array:
    """``work_limited_hazard`` for a queue of one class: ``[C]`` in, ``[C]`` out."""
    return work_limited_hazard(people[None, :], effort, minimum_time, capacity)[0, :]


class Efforts(NamedTuple):
    """Work hours a person for each service, ``[C]``."""

    registration: Array
    screening: Array
    determination: Array
    appeal: Array
    preparation: Array


def efforts(levels: Levels) -> Efforts:
    """Work hours a person, from published outputs per desk-day, officer-day and -week (P19, P20, P25, P34, P52)."""
    day, cases = levels.work.standard_day, levels.work.persons_per_case
    return Efforts(
        registration=day * levels.registration.staff_per_desk / levels.registration.persons_per_desk_day,
        screening=day / levels.screening.interviews_per_day,
        determination=5.0 * day / (levels.determination.cases_per_week * cases),
        appeal=5.0 * day / (levels.appeal.cases_per_week * cases),
        preparation=levels.return_.preparation_effort / cases,
    )


class Routing(NamedTuple):
    """Shares ``[G, C]`` of screened people by where screening sends them; they sum to one."""

    determination: Array
    protected: Array
    referral: Array
    counselling: Array


def referral_sensitivity(levels: Levels) -> Array:
    """Chance ``[G, C]`` that screening sees a need for referral: the best of the tests that apply to the group."""
    groups, screening = levels.groups, levels.screening
    xp = groups.child.__array_namespace__()
    alone = groups.alone[:, None] * first_contact_share(groups, levels.registration)
    trafficked = groups.trafficked[:, None] * screening.sensitivity_trafficking
    other = groups.vulnerable[:, None] * screening.sensitivity_other_needs
    return xp.maximum(alone, xp.maximum(trafficked, other))


def screening_routes(levels: Levels) -> Routing:
    """Where screening sends people: referral first, then international protection, false positives, else counselling.

    Screening is never a ground for return: everyone else goes to counselling (``model.md`` 4).
    """
    screening, international = levels.screening, levels.groups.international[:, None]
    referred = referral_sensitivity(levels)
    positive = international * protection_sensitivity(screening) + (1.0 - international) * (1.0 - screening.specificity)
    to_procedure = (1.0 - referred) * positive
    prima_facie = international * screening.prima_facie_share
    return Routing(
        determination=to_procedure * (1.0 - prima_facie),
        protected=to_procedure * prima_facie,
        referral=referred,
        counselling=(1.0 - referred) * (1.0 - positive),
    )


def true_positive_rate(queue: Array, determination: Determination, persons_per_case: Array) -> Array:
    """Share ``[C]`` of those owed protection who are recognised, falling with the caseload of each officer (P42, P43).

    TPR = TPR0 - l (1 - exp(-s max(0, caseload/norm - 1)/l)), caseload = queue/persons_per_case/officers.
    Args: queue persons ``[C]``; persons_per_case person/case ``[C]``.
    """
    xp = queue.__array_namespace__()
    caseload = queue / persons_per_case / xp.maximum(determination.officers, xp.asarray(TINY))
    excess = xp.maximum(caseload / determination.caseload_norm - 1.0, xp.asarray(0.0))
    loss = xp.maximum(determination.largest_quality_loss, xp.asarray(TINY))
    fall = 1.0 - xp.exp(-determination.quality_slope * excess / loss)
    return xp.maximum(determination.true_positive_rate - loss * fall, xp.asarray(0.0))


def positive_share(true_positive: Array, false_positive: Array, groups: Groups) -> Array:
    """Share ``[G, C]`` of decisions that grant protection: TPR for those owed protection, FPR for others."""
    owed = groups.owed[:, None]
    return owed * true_positive + (1.0 - owed) * false_positive


class Counselled(NamedTuple):
    """Hazards (1/day, ``[G, C]``) out of counselling, assisted return apart."""

    claimed: Array
    return_decided: Array


def counselling_hazards(counselling: Counselling) -> Counselled:
    """After counselling people claim asylum or receive an individual return decision."""
    claim = counselling.claim_share[:, None]
    return Counselled(claim / counselling.duration, (1.0 - claim) / counselling.duration)


class Referred(NamedTuple):
    """Hazards (1/day, ``[G, C]``) out of referral."""

    protected: Array
    determination: Array
    returned: Array


def referral_hazards(referral: Referral) -> Referred:
    """After care and best-interests procedures: protection, determination, or voluntary return."""
    protected, determination = referral.protected_share[:, None], referral.determination_share[:, None]
    return Referred(
        protected / referral.duration,
        determination / referral.duration,
        (1.0 - protected - determination) / referral.duration,
    )
