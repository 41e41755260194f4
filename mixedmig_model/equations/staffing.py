"""Staff: hiring, training, ramp, loss, and work hours.

A surge is a hiring lever, never a jump. A target is set; people are recruited, trained by those in post, and reach full
output months later. Arrays are ``[F, ...]`` over the functions of ``vocabulary/labels.py``. Source: ``docs/model.md``
section 4 and P35-P37.
"""

from typing import NamedTuple

from mixedmig_model.equations.levels import Array, Levels, Staff
from mixedmig_model.equations.numbers import TINY
from mixedmig_model.vocabulary.calendar import WORKING_DAYS_A_WEEK
from mixedmig_model.vocabulary.labels import FUNCTION, FUNCTIONS, GRADE

DESK = tuple(1.0 if name in ("registration", "screening") else 0.0 for name in FUNCTIONS)
"""Functions whose staff are hired and trained as desk staff.

The others are hired and trained as caseworkers.
"""
GIVEN_WITHIN = 1.0
"""Days in which staff in post follow the number given."""
MOST_CROWDED = 3.0
"""Occupancy above which crowding takes no more output."""


class Careers(NamedTuple):
    """Times and rates of careers, and posts to fill.

    Times are days, ``[F, C]``.
    """

    target: Array  # [F, C] officer
    lead: Array
    training: Array
    ramp: Array
    attrition: Array  # [C] 1/day
    given: Array  # [C] 1: posts are staff in post


def targets(levels: Levels) -> Array:
    """Return the posts of each function.

    Parameters
    ----------
    levels : Levels
        Inputs that hold during the segment, in the units of the parameter catalogue.

    Returns
    -------
    Array
        Posts (officer, panel; ``[F, C]``).
    """
    teams = (
        levels.registration.officers, levels.screening.officers, levels.referral.officers,
        levels.determination.officers, levels.appeal.panels, levels.return_.officers,
    )
    return teams[0].__array_namespace__().stack(teams)


def careers(levels: Levels) -> Careers:
    """Return the lead time, training and ramp of each function.

    Desk staff and caseworkers differ. Staff in post that are given follow their number within days, and nobody else
    leaves. Source: P21, P35, P36.

    Parameters
    ----------
    levels : Levels
        Inputs that hold during the segment, in the units of the parameter catalogue.

    Returns
    -------
    Careers
        Times (day, ``[F, C]``), rates (1/day) and posts (officer).
    """
    staff, posts = levels.staff, targets(levels)
    found = 1.0 - staff.given
    desk = posts.__array_namespace__().asarray(DESK)[:, None]

    def either(of_desks: Array, of_caseworkers: Array) -> Array:
        return desk * of_desks + (1.0 - desk) * of_caseworkers

    return Careers(
        target=posts,
        lead=found * either(staff.desk_lead_time, staff.recruitment_time) + staff.given * GIVEN_WITHIN,
        training=either(staff.desk_training_time, staff.training_time),
        ramp=either(staff.desk_ramp_time, staff.ramp_time),
        attrition=found * staff.attrition_rate,
        given=staff.given,
    )


class StaffFlows(NamedTuple):
    """Hiring, staff added to a given number, and careers.

    Both are officers/day, ``[F, C]``; hazards are 1/day.
    """

    hired: Array
    posted: Array
    trained: Array
    became_experienced: Array
    left: Array  # [F, 1, C]


def staff_flows(staff: Array, career: Careers) -> StaffFlows:
    """Return hiring, training and loss of staff.

    Vacancies are filled over the lead time and losses replaced. Posts above target end over the same time. Staff whose
    number in post is given are not hired: they are there, in full output. Source: ``docs/model.md`` section 4.

    Parameters
    ----------
    staff : Array
        Staff in post (officer, ``[F, grade, C]``).
    career : Careers
        Times and rates of careers.

    Returns
    -------
    StaffFlows
        Hiring (officer/day, ``[F, C]``) and hazards (1/day).
    """
    xp = staff.__array_namespace__()
    none = xp.asarray(0.0)
    count = xp.sum(staff, axis=1)
    missing = xp.maximum(career.target - count, none) / career.lead
    ending = xp.maximum(count - career.target, none) / career.lead / xp.maximum(count, xp.asarray(TINY))
    wanted = missing + career.attrition * xp.minimum(count, career.target)
    return StaffFlows(
        hired=(1.0 - career.given) * wanted,
        posted=career.given * wanted,
        trained=1.0 / career.training,
        became_experienced=1.0 / career.ramp,
        left=(career.attrition + ending)[:, None, :],
    )


def steady_staff(career: Careers) -> Array:
    """Return the staff of a team long at its target.

    It is the opening of a run.

    Parameters
    ----------
    career : Careers
        Times and rates of careers.

    Returns
    -------
    Array
        Staff (officer, ``[F, grade, C]``).
    """
    xp = career.target.__array_namespace__()
    hired = career.attrition * career.target
    training = hired / (1.0 / career.training + career.attrition)
    novice = training / career.training / (1.0 / career.ramp + career.attrition)
    return xp.stack((training, novice, career.target - training - novice), axis=1)


def effective_staff(staff: Array, terms: Staff) -> Array:
    """Return the officers of full output.

    Novices count by their mean output; trainees take a share of a trainer. Output of a novice rises evenly from
    ``novice_output`` (P36b, the first month) to full, so its mean over the ramp is (1 + novice_output)/2. Source: P36,
    P36b.

    Parameters
    ----------
    staff : Array
        Staff in post (officer, ``[F, grade, C]``).
    terms : Staff
        Inputs of staff.

    Returns
    -------
    Array
        Officers of full output (officer, ``[F, C]``).
    """
    xp = staff.__array_namespace__()
    novice = 0.5 * (1.0 + terms.novice_output) * staff[:, GRADE["novice"], :]
    teaching = terms.trainer_share * staff[:, GRADE["training"], :]
    return xp.maximum(staff[:, GRADE["active"], :] + novice - teaching, xp.asarray(0.0))


def crowding(occupied: Array, places: Array) -> Array:
    """Return the occupancy above capacity.

    Source: P73.

    Parameters
    ----------
    occupied : Array
        People in reception and without shelter (person, ``[C]``).
    places : Array
        Places open (person, ``[C]``).

    Returns
    -------
    Array
        Share above capacity ``[C]``, 0 where nobody lacks a place, at most 2.
    """
    xp = occupied.__array_namespace__()
    occupancy = xp.minimum(occupied / xp.maximum(places, xp.asarray(1.0)), xp.asarray(MOST_CROWDED))
    return xp.maximum(occupancy - 1.0, xp.asarray(0.0))


def interpreted_hours(levels: Levels) -> Array:
    """Return the hours of decisions that interpreters allow.

    Source: P40.

    Parameters
    ----------
    levels : Levels
        Inputs that hold during the segment, in the units of the parameter catalogue.

    Returns
    -------
    Array
        Work of status determination (work_hour/day, ``[C]``).
    """
    xp = levels.work.standard_day.__array_namespace__()
    hours_per_case = WORKING_DAYS_A_WEEK * levels.work.standard_day / levels.determination.cases_per_week
    needed = xp.maximum(levels.interpretation.hours_per_case / hours_per_case, xp.asarray(TINY))
    return levels.interpretation.interpreters * levels.work.hours_per_week / needed


def work_capacity(effective: Array, levels: Levels, over: Array) -> Array:
    """Return the work hours that teams can give.

    They are hours times effective staff, within interpretation, less the loss by crowding. Source: ``docs/model.md``
    section 4.

    Parameters
    ----------
    effective : Array
        Officers of full output (officer, ``[F, C]``).
    levels : Levels
        Inputs that hold during the segment, in the units of the parameter catalogue.
    over : Array
        Occupancy above capacity, ``[C]``.

    Returns
    -------
    Array
        Work (work_hour/day, ``[F, C]``).
    """
    xp = effective.__array_namespace__()
    hours = effective * levels.work.hours_per_week
    deciding = xp.minimum(hours[FUNCTION["determination"], :], interpreted_hours(levels))
    by_function = [deciding if name == "determination" else hours[k, :] for k, name in enumerate(FUNCTIONS)]
    return xp.stack(by_function) / (1.0 + levels.work.crowding_loss * over)
