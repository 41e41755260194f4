"""What detention remembers, under JAX: entries by day of entry, identified people, people overdue (``model.md`` 5).

Kept at every midnight and noon, by group and country: all entries so far; H, the integral of the other exit hazards;
and the people who would be inside had the limit released nobody. Of these, those who entered by time u and are inside
still at time t are ``alive(u) exp(-(H(t) - H(u)))``, so that a front that moves from u to v in a step releases a
difference of two such numbers, however fast it moves. H is the logarithm of what the step leaves of a stock, so that
memory and stocks thin out alike.
"""

from collections.abc import Mapping
from typing import NamedTuple

import jax.numpy as jnp
from jax import lax

from mixedmig_model.equations.accommodation import LIMIT_CAP, Memory, not_owed, owed_release
from mixedmig_model.equations.coupling import Couplings, memory_change
from mixedmig_model.equations.layout import Layout
from mixedmig_model.equations.numbers import TINY
from mixedmig_model.equations.table import STOCKS, Flow
from mixedmig_model.solve.compiled.flows import Arrays, Flows, Moved
from mixedmig_model.solve.compiled.members import NAMESPACE, Members, total
from mixedmig_model.vocabulary.labels import PLACE

DETENTION = PLACE["detention"]
BEFORE = 1
"""The first edge kept is a day before the run: people inside at the opening entered on that day."""
A_DAY = 2
"""Edges in a day: under a limit of a day or two it matters at which hours of a day a centre filled up."""


class Inside(NamedTuple):
    """What is remembered now, ``[G, C]``."""

    identified: Members  # persons
    overdue: Members  # persons
    entered: Members  # persons, since the opening
    alive: Members  # persons who would be inside, had the limit released nobody
    survival: Members  # share of those inside as the day began who have not left in another way than by the limit


class Edges(NamedTuple):
    """What is remembered of midnights and noons, ``[edge, G, C]``."""

    entered: Members
    lost: Members  # H
    alive: Members
    now: Members  # [G, C] H as the day begins


class LimitFront(NamedTuple):
    """What the front of the limit passes in each step of a day, ``[step, G, C]``."""

    due: Members  # persons who reach the limit in the step, as they stood when the day began
    before: Members  # persons entered up to the front when the step begins
    after: Members  # the same when it ends


def opening(held: Members, identified: Members, days: int) -> tuple[Inside, Edges]:
    """People inside when the run opens: they entered evenly on the day before it. Args: persons ``[G, C]``."""
    none = Members(jnp.zeros_like(held.values))
    many = Members(jnp.zeros(((BEFORE + days) * A_DAY + 1, *held.values.shape)))
    inside = jnp.arange(BEFORE * A_DAY + 1).reshape(-1, 1, 1, 1) / (BEFORE * A_DAY) * held.values
    entered = Members(many.values.at[: len(inside)].set(inside - held.values))
    alive = Members(many.values.at[: len(inside)].set(inside))
    return morning(Inside(identified, none, none, held, none)), Edges(entered, many, alive, none)


def morning(inside: Inside) -> Inside:
    """What is remembered as a day begins."""
    return inside._replace(survival=Members(jnp.ones_like(inside.survival.values)))


def keep(edges: Edges, noon: Inside, inside: Inside, day: jnp.ndarray) -> Edges:
    """Write what is remembered of the noon and the end of a day."""
    def put(kept: Members, at_noon: Members, now: Members) -> Members:
        both = jnp.stack([at_noon.values, now.values])
        first = (BEFORE + day) * A_DAY + 1
        return Members(lax.dynamic_update_slice_in_dim(kept.values, both, first, axis=0))

    lost_by_noon, lost = (edges.now - NAMESPACE.log(then.survival) for then in (noon, inside))
    return Edges(
        put(edges.entered, noon.entered, inside.entered), put(edges.lost, lost_by_noon, lost),
        put(edges.alive, noon.alive, inside.alive), lost,
    )


def front_of_day(edges: Edges, day: jnp.ndarray, start: Members, moves: Members, passed: Members) -> LimitFront:
    """What the front passes in each step of a day.

    Args: start, day of entry where it stands, and by how much it moves ``[C]``; passed, share of the day that has
    passed at the edges of its steps ``[step + 1]``.
    """
    entry = (start.values + moves.values * passed.values[:, None]) * A_DAY  # [step + 1, C, member]
    low = jnp.clip(jnp.floor(entry), -BEFORE * A_DAY, day * A_DAY - 1)
    part = Members((entry - low)[:, None])
    edge = low.astype(jnp.int32)[:, None] + BEFORE * A_DAY

    def read(kept: Members, edge: jnp.ndarray) -> Members:
        """Values of an edge for every group."""
        index = jnp.broadcast_to(edge, (len(edge), *kept.values.shape[1:]))
        return Members(jnp.take_along_axis(kept.values, index, axis=0, mode="clip"))

    def between(lower: Members, upper: Members) -> Members:
        return lower + (upper - lower) * part

    alive = [read(edges.alive, e) * NAMESPACE.exp(read(edges.lost, e) - edges.now) for e in (edge, edge + 1)]
    inside = between(*alive)  # of those who entered up to the front
    entered = between(read(edges.entered, edge), read(edges.entered, edge + 1))
    due = NAMESPACE.maximum(inside[1:] - inside[:-1], NAMESPACE.asarray(0.0))
    return LimitFront(due, entered[:-1], entered[1:])


def held_people(stocks: Arrays) -> Members:
    """People inside by group and country."""
    return NAMESPACE.sum(stocks["people"][:, DETENTION], axis=0)


def memory_of(
    inside: Inside, people: Members, due: Members, before: Members, in_force: Members, dt: Members
) -> Memory:
    """The memory that the equations read. Args: due person/day; before, persons entered up to the front.

    People in excess of all entries since the front leave as fast as any can, yet no more of them than there are.
    """
    full = NAMESPACE.asarray(1.0)
    beyond = people - (inside.entered - before)
    slowed = 1.0 / NAMESPACE.maximum(full, dt * LIMIT_CAP)  # so that a step releases no more than there are
    beyond = beyond * slowed
    beyond = Members(jnp.where(in_force.values >= full.values, beyond.values, -1.0))
    return Memory(inside.identified, owed_release(due * in_force, inside.overdue * slowed, beyond, people))


Door = tuple[Flow, tuple[int | slice, ...]]
"""A flow by which people enter or leave detention, and the part of its axes that does."""


class DoorFlows(NamedTuple):
    """All ways into and out of detention."""

    enter: tuple[Door, ...]
    leave: tuple[Door, ...]


def doors(layout: Layout) -> DoorFlows:
    """Flows into and out of detention: a flow has detention at one end, as a fixed label or as a place of its own."""
    enter, leave = [], []
    axes = {stock.name: stock.axes for stock in STOCKS}
    for flow in layout.flows:
        if flow.count:
            continue
        out = _end(flow, flow.source, flow.at_source, axes)
        into = _end(flow, flow.sink, flow.at_sink, axes)
        if into is not None and out is None:
            enter.append((flow, into))
        if out is not None and into is None:
            leave.append((flow, out))
    return DoorFlows(tuple(enter), tuple(leave))


def _end(
    flow: Flow, stock: str | None, fixed: Mapping[str, str], axes: Mapping[str, tuple[str, ...]]
) -> tuple[int | slice, ...] | None:
    """Where on a flow's axes one of its ends lies in detention; None if nowhere."""
    if stock is None or "place" not in axes[stock]:
        return None
    if "place" in fixed:
        return tuple(slice(None) for _ in flow.axes) if fixed["place"] == "detention" else None
    if "detention" not in flow.only.get("place", ("detention",)):
        return None
    return tuple(DETENTION if axis == "place" else slice(None) for axis in flow.axes)


def passed(ways: tuple[Door, ...], flows: Flows, layout: Layout, into: bool) -> Members:
    """People through some doors (person/day, ``[G, C]``), by the country that they enter or leave."""
    parts = []
    for flow, where in ways:
        narrow = tuple(axis for axis, part in zip(flow.axes, where, strict=True) if not isinstance(part, slice))
        country = "destination" if into and "destination" in flow.axes else "country"
        parts.append(flows[flow.name].at(where).sum(("group", country), layout, narrow))
    return total(parts)


def change(
    inside: Inside, stocks: Arrays, moved: Moved, coupled: Couplings, due: Members, through: DoorFlows,
    layout: Layout, dt: Members,
) -> Inside:
    """How what is remembered changes a day, as in the reference; due person/day, the law's share counted."""
    xp = NAMESPACE
    none, one, tiny = xp.asarray(0.0), xp.asarray(1.0), xp.asarray(TINY)
    people, acting = held_people(stocks), held_people(moved.effective)
    share = 1.0 / xp.maximum(people, tiny)
    exits = passed(through.leave, moved.flows, layout, into=False)
    limited = coupled.limit * acting
    slowed = xp.minimum(acting * share, one)  # how far the hazards of people inside were limited
    exempt = coupled.exempt_law * slowed
    others = xp.maximum(exits - exempt * xp.minimum(inside.identified, people), none) * share
    within = inside.identified / xp.maximum(one, dt * (others + exempt))
    identified = memory_change(coupled.identified_entered, within, others, exempt)
    forgiven = not_owed(inside.overdue, people) * (LIMIT_CAP / xp.maximum(one, dt * LIMIT_CAP))
    entered = passed(through.enter, moved.flows, layout, into=True)
    hazard = xp.maximum(exits - limited, none) * share  # H of the other exits
    return Inside(
        identified, due - limited - forgiven, entered, entered - hazard * inside.alive, -hazard * inside.survival,
    )
