"""The procedure: services limited by work, and decisions.

It covers screening, decisions and appeal (``docs/model.md`` section 4). Hazards are 1/day of the people in the stage
that they leave; a stage hazard has shape ``[C]`` or ``[G, C]``.
"""

from typing import NamedTuple

from mixedmig_model.equations.identification import Identified, protection_sensitivity
from mixedmig_model.equations.levels import (
    Appeal,
    Array,
    Closing,
    Counselling,
    Determination,
    Groups,
    Levels,
    Referral,
    Work,
)
from mixedmig_model.equations.numbers import TINY, granted_share
from mixedmig_model.vocabulary.calendar import WORKING_DAYS_A_WEEK
from mixedmig_model.vocabulary.labels import FUNCTIONS

LONGEST_BACKLOG = 730.0
"""Backlog beyond which waiting raises departures no further.

Days; departures from the procedure (``docs/model.md`` section 4).
"""


class Efforts(NamedTuple):
    """Work hours a person for each service.

    Shapes are ``[C]``, for referral ``[G, C]``. Determination is before rework.
    """

    registration: Array
    screening: Array
    referral: Array
    determination: Array
    regular: Array  # of a determination in the regular procedure
    appeal: Array
    preparation: Array


def efforts(levels: Levels) -> Efforts:
    """Compute the work hours a person.

    They come from published outputs per desk-day, officer-day and -week (P19, P20, P25, P34, P52). Accelerated
    procedures enter status determination as a mean effort within the one queue (P38). A child alone needs a
    best-interests determination, others an assessment (P33b). Source: P19, P20, P25, P33b, P34, P38, P52.

    Parameters
    ----------
    levels : Levels

    Returns
    -------
    Efforts
        Efforts (work_hour/person, ``[C]``, for referral ``[G, C]``).
    """
    day, cases = levels.work.standard_day, levels.work.persons_per_case
    alone, referral = levels.groups.alone[:, None], levels.referral
    regular = WORKING_DAYS_A_WEEK * day / (levels.determination.cases_per_week * cases)
    faster = levels.determination.accelerated_share * (1.0 - levels.determination.accelerated_effort)
    return Efforts(
        registration=day * levels.registration.staff_per_desk / levels.registration.persons_per_desk_day,
        screening=day / levels.screening.interviews_per_day,
        referral=alone * referral.best_interests_effort + (1.0 - alone) * referral.assessment_effort,
        determination=regular * (1.0 - faster),
        regular=regular,
        appeal=WORKING_DAYS_A_WEEK * day / (levels.appeal.cases_per_week * cases),
        preparation=levels.return_.preparation_effort / cases,
    )


def effort_table(effort: Efforts) -> Array:
    """Return the efforts as one array, before rework.

    Parameters
    ----------
    effort : Efforts

    Returns
    -------
    Array
        Efforts (work_hour/person, ``[F, G, C]``) in the order of the functions.
    """
    xp = effort.referral.__array_namespace__()
    every = 0.0 * effort.referral
    return xp.stack([every + getattr(effort, "preparation" if f == "return" else f) for f in FUNCTIONS])


def minimum_times(levels: Levels) -> Array:
    """Return the least time that each service takes.

    Time in service is included.

    Parameters
    ----------
    levels : Levels

    Returns
    -------
    Array
        Time (day, ``[F, C]``).
    """
    times = (
        levels.registration.minimum_time, levels.screening.minimum_time, levels.referral.duration,
        levels.determination.minimum_time, levels.appeal.minimum_time, levels.return_.documentation_time,
    )
    return times[0].__array_namespace__().stack(times)


def first_class(levels: Levels, identified: Identified) -> Array:
    """Return the share of each group served in the first class.

    It is the share identified by then, as far as policy asks. Referral serves only people with specific needs, and
    returns put nobody first: one class each. Source: ``docs/model.md`` section 4.

    Parameters
    ----------
    levels : Levels
    identified : Identified

    Returns
    -------
    Array
        Share ``[F, G, C]``.
    """
    xp = identified.first.__array_namespace__()
    one = 0.0 * identified.first
    known = {"registration": identified.first, "screening": identified.first, "determination": identified.later,
             "appeal": identified.later}
    return levels.work.vulnerable_first * xp.stack([known.get(name, one) for name in FUNCTIONS])


def closing_hazard(queue: Array, closing: Closing, work: Work) -> Array:
    """Return the hazard of claims closed without a decision.

    Officers of their own close as many as they can, in proportion among those that may be closed. Source:
    ``docs/model.md`` section 4.

    Parameters
    ----------
    queue : Array
        People waiting for a decision (person, ``[G, C]``).
    closing : Closing
    work : Work

    Returns
    -------
    Array
        Hazard (1/day, ``[G, C]``).
    """
    xp = queue.__array_namespace__()
    eligible = closing.eligible_share[:, None]
    week = WORKING_DAYS_A_WEEK * work.standard_day / (closing.cases_per_week * work.persons_per_case)
    closable = xp.sum(eligible * queue, axis=0) / closing.minimum_time
    return eligible * (granted_share(closing.officers * work.hours_per_week / week, closable) / closing.minimum_time)


def rework(backlog: Array, determination: Determination) -> Array:
    """Return the factor of rework on the effort of a decision.

    A share of files older than ``rework_age`` is heard again. With a backlog of B days, served first come first served,
    files above that age are a share max(0, 1 - age/B). Source: P49.

    Parameters
    ----------
    backlog : Array
        Backlog of decisions (day, ``[C]``).
    determination : Determination

    Returns
    -------
    Array
        Factor ``[C]``, at least 1.
    """
    xp = backlog.__array_namespace__()
    old = xp.maximum(1.0 - determination.rework_age / xp.maximum(backlog, xp.asarray(TINY)), xp.asarray(0.0))
    return 1.0 + determination.rework_share * old


class Routing(NamedTuple):
    """Shares of screened people by where screening sends them.

    Shape ``[G, C]``; they sum to one.
    """

    determination: Array
    protected: Array
    referral: Array
    counselling: Array


def screening_routes(levels: Levels, identified: Identified) -> Routing:
    """Return the shares by where screening sends people.

    Referral comes first, then international protection, false positives and counselling. Screening is never a ground
    for return: everyone else goes to counselling. Source: ``docs/model.md`` section 4.

    Parameters
    ----------
    levels : Levels
    identified : Identified

    Returns
    -------
    Routing
        Shares ``[G, C]``; they sum to one.
    """
    screening, international = levels.screening, levels.groups.international[:, None]
    referred = identified.referred
    positive = international * protection_sensitivity(screening) + (1.0 - international) * (1.0 - screening.specificity)
    to_procedure = (1.0 - referred) * positive
    prima_facie = international * screening.prima_facie_share
    return Routing(
        determination=to_procedure * (1.0 - prima_facie),
        protected=to_procedure * prima_facie,
        referral=referred,
        counselling=(1.0 - referred) * (1.0 - positive),
    )


def caseload_excess(queue: Array, effective: Array, determination: Determination, persons_per_case: Array) -> Array:
    """Return the caseload of an officer above the norm.

    Source: P42.

    Parameters
    ----------
    queue, effective : Array
        People waiting for a decision (person, ``[C]``). Officers of full output (officer, ``[C]``).
    determination : Determination
    persons_per_case : Array
        Persons in a case, ``[C]``.

    Returns
    -------
    Array
        Share of the norm, ``[C]``, not below 0.
    """
    xp = queue.__array_namespace__()
    caseload = queue / persons_per_case / xp.maximum(effective, xp.asarray(TINY))
    return xp.maximum(caseload / determination.caseload_norm - 1.0, xp.asarray(0.0))


def time_cut(excess: Array, determination: Determination) -> Array:
    """Return the share of the time of a case that pressure takes.

    Officers with more cases than the norm give each less time, up to a bound. Source: Oliva and Sterman 2001.

    Parameters
    ----------
    excess : Array
        Caseload above the norm, a share of it ``[C]``.
    determination : Determination

    Returns
    -------
    Array
        Share ``[C]``.
    """
    xp = excess.__array_namespace__()
    most = xp.maximum(determination.pressure_cut, xp.asarray(TINY))
    return determination.pressure_cut * (1.0 - xp.exp(-determination.pressure_slope * excess / most))


def true_positive_rate(queue: Array, effective: Array, determination: Determination, persons_per_case: Array) -> Array:
    """Return the share recognised of those due protection.

    It falls with the caseload of each officer: TPR = TPR0 - l (1 - exp(-s max(0, caseload/norm - 1)/l)). Accelerated
    procedures and time that pressure takes lower it further. Caseload is queue/persons_per_case/officers. Source: P42,
    P43.

    Parameters
    ----------
    queue, effective : Array
        People waiting for a decision (person, ``[C]``). Officers of full output (officer, ``[C]``).
    determination : Determination
    persons_per_case : Array
        Persons in a case, ``[C]``.

    Returns
    -------
    Array
        Share ``[C]``, not below 0.
    """
    xp = queue.__array_namespace__()
    excess = caseload_excess(queue, effective, determination, persons_per_case)
    loss = xp.maximum(determination.largest_quality_loss, xp.asarray(TINY))
    fall = loss * (1.0 - xp.exp(-determination.quality_slope * excess / loss))
    hurried = determination.accelerated_share * determination.accelerated_quality_loss
    pressed = determination.pressure_quality_loss * time_cut(excess, determination)
    return xp.maximum(determination.true_positive_rate - fall - hurried - pressed, xp.asarray(0.0))


def positive_share(true_positive: Array, false_positive: Array, groups: Groups) -> Array:
    """Return the share of decisions that grant protection.

    Parameters
    ----------
    true_positive, false_positive : Array
        Share recognised of people due protection, TPR ``[C]``. Share recognised of all others, FPR ``[C]``.
    groups : Groups

    Returns
    -------
    Array
        Share ``[G, C]``.
    """
    owed = groups.owed[:, None]
    return owed * true_positive + (1.0 - owed) * false_positive


def appealed_share(appeal: Appeal) -> Array:
    """Return the share of refusals that are appealed.

    Legal aid lets more people appeal. Source: P50.

    Parameters
    ----------
    appeal : Appeal

    Returns
    -------
    Array
        Share ``[C]``.
    """
    return appeal.appealed_share + appeal.legal_aid_share * appeal.legal_aid_gain * (1.0 - appeal.appealed_share)


class Counselled(NamedTuple):
    """Hazards out of counselling, without assisted return.

    Each is 1/day, ``[G, C]``.
    """

    claimed: Array
    return_decided: Array


def counselling_hazards(counselling: Counselling) -> Counselled:
    """Return the hazards of what follows counselling.

    People claim asylum or receive an individual return decision. Source: ``docs/model.md`` section 4.

    Parameters
    ----------
    counselling : Counselling

    Returns
    -------
    Counselled
        Hazards (1/day, ``[1, C]``).
    """
    claim = counselling.claim_share[:, None]
    return Counselled(claim / counselling.duration, (1.0 - claim) / counselling.duration)


class Referred(NamedTuple):
    """Shares ``[G, 1]`` of people whose referral is complete."""

    protected: Array
    determination: Array
    returned: Array


def referral_shares(referral: Referral) -> Referred:
    """Return the shares by what follows referral.

    After care and best-interests procedures people are protected, go to determination, or return voluntarily. Source:
    ``docs/model.md`` section 4.

    Parameters
    ----------
    referral : Referral

    Returns
    -------
    Referred
        Shares ``[1, C]``; they sum to one.
    """
    protected, determination = referral.protected_share[:, None], referral.determination_share[:, None]
    return Referred(protected, determination, 1.0 - protected - determination)


