"""Children and those who care for them.

It has children separated from a detained parent, and returns of children without a best-interests decision. Source:
``docs/model.md`` sections 4 and 5; CMW/CRC joint general comment 4/23.
"""

from typing import NamedTuple

from mixedmig_model.equations.departures import Forced
from mixedmig_model.equations.identification import Identified
from mixedmig_model.equations.inside import Kinds
from mixedmig_model.equations.levels import Array, Groups, Levels
from mixedmig_model.equations.numbers import TINY


class Families(NamedTuple):
    """What a segment fixes for children and their carers."""

    apart: Array  # [C] children who stay outside when the adult who cares for them is detained, a carer
    unheard: Array  # [G, C] share of each group: identified children who need a decision before their return
    unscreened: Array  # [G, C] the same of people in registration and screening
    barred: Array  # [G, C] share of each group who may not be returned by force for lack of it
    barred_unscreened: Array  # [G, C] the same of people in registration and screening


def children_each(mix: Array, groups: Groups, caring: Array) -> Array:
    """Return how many accompanying children a carer has.

    All children who are not alone have one adult who cares for them, of those who set out with them.

    Parameters
    ----------
    mix : Array
        Share of each group among departures towards a country, ``[G, C]``.
    groups : Groups
        What the group records say, 0/1 ``[G]``.
    caring : Array
        Share of each group who care for children, ``[G, 1]``.

    Returns
    -------
    Array
        Children a carer (person/person, ``[C]``); none where nobody cares for children.
    """
    xp, tiny = mix.__array_namespace__(), mix.__array_namespace__().asarray(TINY)
    children = xp.sum(mix * (groups.child - groups.alone)[:, None], axis=0)
    adults = xp.sum(mix * caring, axis=0)
    return xp.where(adults > tiny, children / xp.maximum(adults, tiny), 0.0 * children)


def families(levels: Levels, identified: Identified) -> Families:
    """Compute what a segment fixes for families.

    A child alone whom screening referred has had a best-interests determination. Other children need a decision before
    their return. Of people whom nobody has screened, all children do. Source: P33b and CMW/CRC joint general comment
    4/23.

    Parameters
    ----------
    levels : Levels
        Inputs that hold during the segment.
    identified : Identified
        What authorities know.

    Returns
    -------
    Families
        Children a carer (person/person, ``[C]``) and shares ``[G, C]``.
    """
    groups, law = levels.groups, levels.law
    unheard = (1.0 - groups.alone)[:, None] * identified.first
    return Families(
        apart=law.child_exemption * children_each(levels.arrivals.mix, groups, identified.carers),
        unheard=unheard,
        unscreened=identified.first,
        barred=law.best_interests * unheard,
        barred_unscreened=law.best_interests * identified.first,
    )


def separation(entered: Kinds, inside: Kinds, everybody: Array, own: Families) -> dict[str, Array]:
    """Return how many children are separated, and for how long.

    Children are exempt from detention and the adults who care for them are inside.

    Parameters
    ----------
    entered, inside : Kinds
        People taken into detention (person/day, ``[G, C]``). People inside by kind (person, ``[G, C]``).
    everybody : Array
        People inside (person, ``[G, C]``).
    own : Families
        What the segment fixes.

    Returns
    -------
    dict[str, Array]
        Counts by name, ``[G, C]`` by the group of the adult: children separated (person/day), and days of separation
        (person-day/day).
    """
    xp = everybody.__array_namespace__()
    held = xp.maximum(xp.minimum(inside.carers, everybody), xp.asarray(0.0))
    return {"children_separated": own.apart * entered.carers, "separation_days": own.apart * held}


class ForcedByGroup(NamedTuple):
    """Hazards of returns by force by group, and what follows.

    Each is 1/day, ``[G, C]``.
    """

    enforced: Array  # of people whose return is prepared
    summary: Array  # of people without an individual decision
    late: Array  # of people in limbo
    heard: Array  # of children whose return is prepared, who are heard first


def may_be_returned(whole: Array, people: Array, barred: Array) -> Array:
    """Return how many people no law keeps from return by force.

    Parameters
    ----------
    whole, people : Array
        People together (person, ``[C]``), and by group (person, ``[G, C]``).
    barred : Array
        Share of each group who may not be returned, ``[G, C]``.

    Returns
    -------
    Array
        People (person, ``[C]``), not below zero.
    """
    xp = people.__array_namespace__()
    return xp.maximum(whole - xp.sum(people * barred, axis=0), xp.asarray(0.0))


def forced_by_group(done: Forced, accepted: Array, own: Families) -> ForcedByGroup:
    """Return the hazards of returns by force by group.

    Where law asks for a best-interests decision first, identified children are not returned without one. Those whose
    return is prepared and accepted go to referral, where their interests are assessed.

    Parameters
    ----------
    done : Forced
        Hazards of people whom no law keeps from return (1/day, ``[G, C]``, of summary returns ``[C]``).
    accepted : Array
        Hazard of a return that is prepared and accepted (1/day, ``[G, C]``).
    own : Families
        What the segment fixes.

    Returns
    -------
    ForcedByGroup
        Hazards (1/day, ``[G, C]``).
    """
    free = 1.0 - own.barred
    return ForcedByGroup(done.enforced * free, done.summary * (1.0 - own.barred_unscreened), done.late * free,
                         heard=accepted * own.barred)


def returned_unheard(decided: Array, limbo: Array, undecided: Array, done: Forced, own: Families) -> Array:
    """Return identified children returned by force, unheard.

    No best-interests decision came first.

    Parameters
    ----------
    decided, limbo, undecided : Array
        People whose return is prepared, in limbo, and in registration or screening (person, ``[G, C]``).
    done : Forced
        Hazards of people whom no law keeps from return (1/day, ``[G, C]``, of summary returns ``[C]``).
    own : Families
        What the segment fixes.

    Returns
    -------
    Array
        Children (person/day, ``[G, C]``).
    """
    later = (own.unheard - own.barred) * (decided * done.enforced + limbo * done.late)
    return later + (own.unscreened - own.barred_unscreened) * (undecided * done.summary)
