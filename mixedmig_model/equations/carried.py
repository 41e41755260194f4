"""What people ashore carry with them, beyond their cell.

A cell says what the authorities have established of people. Here is what else differs between them, as a number of
persons by group and country. People of a group and country are well mixed: those who leave take a share.
Source: ``docs/model.md`` section 4.
"""

from typing import NamedTuple

from mixedmig_model.equations.levels import Array, Levels, Onward, Solutions
from mixedmig_model.equations.numbers import TINY
from mixedmig_model.equations.table import MAY_LEAVE
from mixedmig_model.vocabulary.calendar import YEAR_DAYS
from mixedmig_model.vocabulary.labels import STAGE

WAIT = ("registration", "screening", "referral", "determination", "appeal")
"""Stages in which people wait for a decision on protection."""
PROTECTED = ("protected",)


class Carried(NamedTuple):
    """What people carry, ``[G, C]``."""

    movers: Array  # persons who are likely to move on
    waited: Array  # person*day that those who wait for a decision have waited
    setback: Array  # persons: protected people, each by the part of self-reliance lost by waiting


class Through(NamedTuple):
    """People in some stages, and how many pass, ``[G, C]``."""

    present: Array  # persons
    came: Array  # person/day who came ashore; of protected people, who were granted protection
    change: Array  # person/day by which those present grow, all ways in and out counted


def in_stages(people: Array, stages: tuple[str, ...]) -> Array:
    """Return the people in some stages.

    Parameters
    ----------
    people : Array
        People ashore (person, ``[S, P, G, C]``).
    stages : tuple[str, ...]
        Names of stages.

    Returns
    -------
    Array
        People in them (person, ``[G, C]``).
    """
    by_stage = people.__array_namespace__().sum(people, axis=1)
    present = by_stage[STAGE[stages[0]], :, :]
    for name in stages[1:]:
        present = present + by_stage[STAGE[name], :, :]
    return present


def may_leave(people: Array) -> Array:
    """Return the people who may move on or abscond.

    They are in any stage but protected.

    Parameters
    ----------
    people : Array
        People ashore (person, ``[S, P, G, C]``).

    Returns
    -------
    Array
        People who may leave (person, ``[G, C]``).
    """
    return in_stages(people, MAY_LEAVE)


def opening_carried(people: Array, levels: Levels) -> Carried:
    """Return what people carry as a run opens.

    They count as people who have just come ashore, because nothing says for how long they have been there. Protected
    people have lost nothing by waiting.

    Parameters
    ----------
    people : Array
        People ashore (person, ``[S, P, G, C]``).
    levels : Levels
        First inputs of the run.

    Returns
    -------
    Carried
        What they carry, ``[G, C]``.
    """
    present = may_leave(people)
    return Carried(present * levels.onward.mover_share, 0.0 * present, 0.0 * present)


def share_of(some: Array, present: Array) -> Array:
    """Return the share of people that some of them are.

    Parameters
    ----------
    some, present : Array
        Some people, and all (person, ``[G, C]``).

    Returns
    -------
    Array
        Share ``[G, C]``.
    """
    xp = present.__array_namespace__()
    return xp.clip(some / xp.maximum(present, xp.asarray(TINY)), 0.0, 1.0)


def onward_rate(share: Array, onward: Onward) -> Array:
    """Return the mean rate of onward movement.

    People likely to move on leave at one rate, all others at another. Those who are left are therefore less and less
    likely to go. Source: P85, and counts of people in the shelters of Aceh, 2015-2016.

    Parameters
    ----------
    share : Array
        Share of people who are likely to move on, ``[G, C]``.
    onward : Onward
        Inputs of onward movement.

    Returns
    -------
    Array
        Rate before waiting and crowding (1/day, ``[G, C]``).
    """
    return onward.rate + share * (onward.mover_rate - onward.rate)


def movers_change(movers: Array, passing: Through, moved_on: Array, onward: Onward) -> Array:
    """Return how the people likely to move on change a day.

    A share of those who come ashore is likely to move on. They leave by onward movement at a rate of their own, and in
    every other way as all people do. Source: ``docs/model.md`` section 4.

    Parameters
    ----------
    movers : Array
        People likely to move on (person, ``[G, C]``).
    passing : Through
        People who may leave, and how many pass.
    moved_on : Array
        People who moved on to another country (person/day, ``[G, C]``).
    onward : Onward
        Inputs of onward movement.

    Returns
    -------
    Array
        Change (person/day, ``[G, C]``).
    """
    xp = movers.__array_namespace__()
    share = share_of(movers, passing.present)
    mean = xp.maximum(onward_rate(share, onward), xp.asarray(TINY))
    more = share * (1.0 - share) * (onward.mover_rate - onward.rate) / mean  # of onward movement, beyond their share
    return passing.came * (onward.mover_share - share) + share * passing.change - moved_on * more


def waited_change(waited: Array, passing: Through) -> Array:
    """Return how the days waited for a decision change a day.

    Each person who waits adds a day. People who leave take along the mean. People who come back from another stage, or
    from another country, count as having waited for the mean. Source: ``docs/model.md`` section 4.

    Parameters
    ----------
    waited : Array
        Days waited so far by those who wait (person*day, ``[G, C]``).
    passing : Through
        People who wait for a decision, and how many pass.

    Returns
    -------
    Array
        Change (person, ``[G, C]``).
    """
    return passing.present - mean_wait(waited, passing.present) * (passing.came - passing.change)


def mean_wait(waited: Array, present: Array) -> Array:
    """Return the mean time waited.

    Parameters
    ----------
    waited, present : Array
        Days waited (person*day, ``[G, C]``), and people who wait (person, ``[G, C]``).

    Returns
    -------
    Array
        Time (day, ``[G, C]``).
    """
    xp = present.__array_namespace__()
    return xp.maximum(waited, xp.asarray(0.0)) / xp.maximum(present, xp.asarray(TINY))


def lost_by_waiting(wait: Array, solutions: Solutions) -> Array:
    """Return the part of later self-reliance that waiting takes.

    A year waited takes ``waiting_loss``. A ban on work while waiting takes ``ban_loss`` of those whom it concerns.
    Source: Hainmueller, Hangartner and Lawrence 2016; Fasani, Frattini and Minale 2020.

    Parameters
    ----------
    wait : Array
        Time waited (day, ``[G, C]``).
    solutions : Solutions
        Inputs of durable solutions.

    Returns
    -------
    Array
        Share of the hazard of self-reliance, ``[G, C]``.
    """
    xp = wait.__array_namespace__()
    kept = xp.exp(wait / YEAR_DAYS * xp.log(1.0 - solutions.waiting_loss))
    return 1.0 - kept * (1.0 - solutions.ban_loss * (1.0 - solutions.work_while_waiting))


def setback_change(setback: Array, passing: Through, lost: Array) -> Array:
    """Return how the set-back of protected people changes a day.

    People who are granted protection bring the part lost by waiting. People who leave take along the mean. Source:
    ``docs/model.md`` section 4.

    Parameters
    ----------
    setback : Array
        Protected people, each by the part lost (person, ``[G, C]``).
    passing : Through
        Protected people, and how many pass.
    lost : Array
        Part lost by those granted protection now, ``[G, C]``.

    Returns
    -------
    Array
        Change (person/day, ``[G, C]``).
    """
    return passing.came * lost - share_of(setback, passing.present) * (passing.came - passing.change)


def change_of(
    held: Carried, leaving: Through, waiting: Through, protected: Through, moved_on: Array, levels: Levels
) -> Carried:
    """Return how all that people carry changes a day.

    Parameters
    ----------
    held : Carried
        What people carry.
    leaving, waiting, protected : Through
        People who may leave, who wait for a decision, and who are protected.
    moved_on : Array
        People who moved on to another country (person/day, ``[G, C]``).
    levels : Levels
        Inputs of the day.

    Returns
    -------
    Carried
        Changes (1/day of what is carried).
    """
    lost = lost_by_waiting(mean_wait(held.waited, waiting.present), levels.solutions)
    return Carried(
        movers_change(held.movers, leaving, moved_on, levels.onward), waited_change(held.waited, waiting),
        setback_change(held.setback, protected, lost),
    )
