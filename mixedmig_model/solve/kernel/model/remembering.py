"""What detention remembers of one moment, and its change.

Source: ``docs/model.md`` section 5. Six numbers are kept by group and country:

- identified people,
- adults who care for children,
- people overdue,
- all entries so far,
- the people who would be inside had the limit released nobody,
- the share of those inside as the day began who have not left in another way.

Of the people who entered by time u, ``alive(u) exp(-(H(t) - H(u)))`` are inside still at time t, with H the integral of
the other exit hazards. A front that moves from u to v in a step then releases a difference of two such numbers, however
fast it moves. H is the logarithm of what the step leaves of a stock, so that memory and stocks thin out alike.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from mixedmig_model.equations.accommodation import DETENTION
from mixedmig_model.equations.coupling import Couplings
from mixedmig_model.equations.inside import LIMIT_CAP, Kinds, Memory, memory_change, not_owed, owed_release
from mixedmig_model.equations.numbers import TINY
from mixedmig_model.solve.kernel.model.cells import total
from mixedmig_model.solve.kernel.model.collecting import through_doors
from mixedmig_model.solve.kernel.model.movement import Movement
from mixedmig_model.vocabulary.labels import STAGES


class Remembered(NamedTuple):
    """What is remembered now, ``[G, C]``."""

    identified: Any  # persons
    carers: Any  # persons
    overdue: Any  # persons
    entered: Any  # persons, since the opening
    alive: Any  # persons who would be inside, had the limit released nobody
    survival: Any  # share of those inside as the day began who have not left in another way than by the limit

    @property
    def kinds(self) -> Kinds:
        """People inside by kind, persons."""
        return Kinds(*(getattr(self, name) for name in Kinds._fields))


class Passing(NamedTuple):
    """What the front of the limit passes in a step, ``[G, C]``."""

    due: Any  # person/day who reach the limit now, the law's share not counted
    before: Any  # persons who entered up to the front


def held_people(people: Any) -> Any:
    """Return people inside by group and country.

    Parameters
    ----------
    people : Any
        People ashore (person, ``[S, P, G, C]``).

    Returns
    -------
    Any
        People in detention (person, ``[G, C]``).
    """
    return people.__array_namespace__().sum(people[:, DETENTION], axis=0)


def memory_of(inside: Remembered, people: Any, front: Passing, in_force: Any, dt: Any) -> Memory:
    """Return the memory of detention that the equations read.

    People in excess of all entries since the front leave as fast as any can, yet no more of them than there are.
    Source: ``docs/model.md`` section 5.

    Parameters
    ----------
    inside : Remembered
        What detention remembers.
    people : Any
        People inside (person, ``[G, C]``).
    front : Passing
        Where the front stands.
    in_force : Any
        The law, ``[C]``.
    dt : Any
        Length of the step (day).

    Returns
    -------
    Memory
        The memory, persons and persons/day ``[G, C]``.
    """
    xp = people.__array_namespace__()
    one = xp.asarray(1.0)
    slowed = 1.0 / xp.maximum(one, dt * LIMIT_CAP)  # so that a step releases no more than there are
    beyond = xp.where(in_force >= one, (people - (inside.entered - front.before)) * slowed, -one)
    return Memory(inside.kinds, owed_release(front.due * in_force, inside.overdue * slowed, beyond, people))


def acting_people(moved: Movement) -> Any:
    """Return people inside on whom hazards act, ``[G, C]``."""
    return total(moved.effective["people", (stage, DETENTION)] for stage in range(len(STAGES)))


def change_of_memory(
    inside: Remembered, people: Any, moved: Movement, coupled: Couplings, due: Any, dt: Any
) -> Remembered:
    """Return how what is remembered changes a day.

    Source: ``docs/model.md`` section 5.

    Parameters
    ----------
    inside : Remembered
        What detention remembers.
    people : Any
        People inside (person, ``[G, C]``).
    moved : Movement
        Flows of the step.
    coupled : Couplings
        Hazards of the state.
    due : Any
        People who reach the limit, the law's share counted (person/day, ``[G, C]``).
    dt : Any
        Length of the step (day).

    Returns
    -------
    Remembered
        Changes (1/day of what is remembered).
    """
    xp = people.__array_namespace__()
    none, one, tiny = xp.asarray(0.0), xp.asarray(1.0), xp.asarray(TINY)
    acting = acting_people(moved)
    share = 1.0 / xp.maximum(people, tiny)
    exits = through_doors(moved.rates, into=False)
    limited = coupled.limit * acting
    slowed = xp.minimum(acting * share, one)  # how far the hazards of people inside were limited

    def change_of(entered: Any, kind: Any, released: Any) -> Any:
        own = released * slowed
        others = xp.maximum(exits - own * xp.minimum(kind, people), none) * share
        return memory_change(entered, kind / xp.maximum(one, dt * (others + own)), others, own)

    forgiven = not_owed(inside.overdue, people) * (LIMIT_CAP / xp.maximum(one, dt * LIMIT_CAP))
    entered = through_doors(moved.rates, into=True)
    hazard = xp.maximum(exits - limited, none) * share  # H of the other exits
    kinds = Kinds(*(change_of(*each) for each in zip(coupled.entered, inside.kinds, coupled.released, strict=True)))
    return Remembered(
        **kinds._asdict(), overdue=due - limited - forgiven, entered=entered, alive=entered - hazard * inside.alive,
        survival=-hazard * inside.survival,
    )


def remembered(values: Mapping[str, Any]) -> Remembered:
    """Return what is remembered, from arrays by name."""
    return Remembered(*(values[name] for name in Remembered._fields))
