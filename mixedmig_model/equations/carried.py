"""What people ashore carry with them, beyond their cell.

A cell says what the authorities have established of people. Here is what else differs between them, as a number of
persons by group and country. People of a group and country are well mixed: those who leave take a share.
Source: ``docs/model.md`` section 4.
"""

from typing import NamedTuple

from mixedmig_model.equations.levels import Array, Levels, Onward
from mixedmig_model.equations.numbers import TINY
from mixedmig_model.equations.table import MAY_LEAVE
from mixedmig_model.vocabulary.labels import STAGE


class Carried(NamedTuple):
    """What people who may leave carry, ``[G, C]``."""

    movers: Array  # persons who are likely to move on


class Through(NamedTuple):
    """People who may leave, and how many pass, ``[G, C]``."""

    present: Array  # persons
    came: Array  # person/day who came ashore
    change: Array  # person/day by which those present grow, all ways in and out counted
    moved_on: Array  # person/day who moved on to another country


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
    by_stage = people.__array_namespace__().sum(people, axis=1)
    present = by_stage[STAGE[MAY_LEAVE[0]], :, :]
    for name in MAY_LEAVE[1:]:
        present = present + by_stage[STAGE[name], :, :]
    return present


def opening_carried(people: Array, levels: Levels) -> Carried:
    """Return what people carry as a run opens.

    They count as people who have just come ashore, because nothing says for how long they have been there.

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
    return Carried(may_leave(people) * levels.onward.mover_share)


def likely_share(movers: Array, present: Array) -> Array:
    """Return the share of people who are likely to move on.

    Parameters
    ----------
    movers, present : Array
        People likely to move on, and all who may (person, ``[G, C]``).

    Returns
    -------
    Array
        Share ``[G, C]``.
    """
    xp = present.__array_namespace__()
    return xp.clip(movers / xp.maximum(present, xp.asarray(TINY)), 0.0, 1.0)


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


def movers_change(movers: Array, passing: Through, onward: Onward) -> Array:
    """Return how the people likely to move on change a day.

    A share of those who come ashore is likely to move on. They leave by onward movement at a rate of their own, and in
    every other way as all people do. Source: ``docs/model.md`` section 4.

    Parameters
    ----------
    movers : Array
        People likely to move on (person, ``[G, C]``).
    passing : Through
        People who may leave, and how many pass.
    onward : Onward
        Inputs of onward movement.

    Returns
    -------
    Array
        Change (person/day, ``[G, C]``).
    """
    xp = movers.__array_namespace__()
    share = likely_share(movers, passing.present)
    mean = xp.maximum(onward_rate(share, onward), xp.asarray(TINY))
    more = share * (1.0 - share) * (onward.mover_rate - onward.rate) / mean  # of onward movement, beyond their share
    return passing.came * (onward.mover_share - share) + share * passing.change - passing.moved_on * more
