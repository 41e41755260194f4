"""People inside detention: kinds of them, and the limit.

The equations remember how many of the people inside are of each kind. A share of all would release people whom the
authorities take for others. Source: ``docs/model.md`` section 5.
"""

from typing import NamedTuple

from mixedmig_model.equations.identification import carers, first_contact_share
from mixedmig_model.equations.levels import Array, Levels
from mixedmig_model.equations.numbers import TINY

LIMIT_CAP = 8.0
"""Fastest release by the limit of detention, 1/day.

Overdue people leave at this hazard, so 3 in 10,000 of them are left after a day. At 2/day one in seven stayed beyond
the day's grace: a breach that no authority had chosen.
"""


class Kinds(NamedTuple):
    """A number for each kind of people inside, ``[G, C]``.

    A person may be of several kinds.
    """

    identified: Array  # whose age or specific need the authorities know
    carers: Array  # adults who care for accompanying children


class Memory(NamedTuple):
    """What detention remembers of the people inside, ``[G, C]``."""

    kinds: Kinds  # persons inside
    owed: Array  # person/day whom the limit releases


def kinds_held(held: Array, levels: Levels) -> Kinds:
    """Return the people inside by kind as a run opens.

    The case says how many people are inside, and not of which kind: shares are those of each group.

    Parameters
    ----------
    held : Array
        People inside (person, ``[G, C]``).
    levels : Levels
        Inputs that hold on the first day.

    Returns
    -------
    Kinds
        People inside (person, ``[G, C]``).
    """
    return Kinds(
        identified=held * first_contact_share(levels.groups, levels.registration),
        carers=held * carers(levels.groups, levels.household),
    )


def share_inside(kind: Array, inside: Array) -> Array:
    """Return the share of the people inside who are of a kind.

    Parameters
    ----------
    kind, inside : Array
        People inside of the kind, and all (person, ``[G, C]``).

    Returns
    -------
    Array
        Share ``[G, C]``, at most 1.
    """
    xp = inside.__array_namespace__()
    return xp.minimum(kind / xp.maximum(inside, xp.asarray(TINY)), xp.asarray(1.0))


def owed_release(due: Array, overdue: Array, beyond: Array, inside: Array) -> Array:
    """Return the people whom the limit of detention releases.

    These are the people who reach the limit now, and the overdue. The overdue and those beyond leave as fast as any
    can. Source: P78.

    Parameters
    ----------
    due, overdue, beyond, inside : Array
        People who reach the limit now (person/day, ``[G, C]``). People whom earlier steps could not release (person,
        ``[G, C]``). People inside in excess of all who entered within the limit (person, ``[G, C]``). People inside
        (person, ``[G, C]``).

    Returns
    -------
    Array
        Release that is due (person/day, ``[G, C]``).
    """
    xp = inside.__array_namespace__()
    late = xp.clip(xp.maximum(overdue, beyond), 0.0, inside)
    return due + xp.where(late > TINY, late, 0.0) * LIMIT_CAP  # what rounding leaves is nobody, and would grow


def not_owed(overdue: Array, inside: Array) -> Array:
    """Return the overdue who need no release.

    These are debts below zero, and people who left. Both die away. If they did not, the next people to enter would be
    released instead. Source: P78.

    Parameters
    ----------
    overdue, inside : Array
        People whom earlier steps could not release (person, ``[G, C]``). People inside (person, ``[G, C]``).

    Returns
    -------
    Array
        People counted as overdue without cause (person, ``[G, C]``).
    """
    xp = inside.__array_namespace__()
    excess = overdue - xp.clip(overdue, 0.0, inside)
    return xp.where(xp.maximum(excess, -excess) > TINY, excess, 0.0)  # what rounding leaves is nobody


def limit_hazard(memory: Memory, inside: Array) -> Array:
    """Return the hazard of release by the limit of detention.

    The cap keeps the hazard finite as the last of a cohort leave. The people it holds back become overdue. Source: P78.

    Parameters
    ----------
    memory : Memory
    inside : Array
        People in detention (person, ``[G, C]``).

    Returns
    -------
    Array
        Hazard (1/day, ``[G, C]``).
    """
    xp = inside.__array_namespace__()
    return xp.minimum(memory.owed / xp.maximum(inside, xp.asarray(TINY)), xp.asarray(LIMIT_CAP))


def memory_change(entered: Array, inside: Array, other_exit_hazard: Array, own_exit_hazard: Array) -> Array:
    """Return the change of one kind of people in detention.

    They enter, leave as all others do, and leave in a way of their own. Identified people and carers are released at
    1/day once an exemption is in force. Source: ``docs/model.md`` section 5.

    Parameters
    ----------
    entered, inside, other_exit_hazard, own_exit_hazard : Array
        People of the kind who enter (person/day, ``[G, C]``). People of the kind inside (person, ``[G, C]``). Hazard
        of all other exits (1/day, ``[G, C]``). Hazard of the way of their own (1/day, ``[G, C]``).

    Returns
    -------
    Array
        Change (person/day, ``[G, C]``).
    """
    return entered - inside * (other_exit_hazard + own_exit_hazard)
