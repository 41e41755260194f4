"""The compiled loop: Runge-Kutta steps within days within weeks, and what is kept of them (``model.md`` 2).

    X1 = X + dt N f(X),   X2 = 3/4 X + 1/4 (X1 + dt N f(X1)),   X' = 1/3 X + 2/3 (X2 + dt N f(X2))

of third order, each stage a mean of states that explicit Euler steps reach (Shu and Osher 1988, Journal of
Computational Physics 77, the strong-stability-preserving rule of three stages), with the hazards of each stage limited
so that no cell is emptied within it (``compiled/flows.move``): so nothing falls below zero.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from mixedmig_model.equations.coupling import Segment, State, couple, prepare
from mixedmig_model.equations.identification import first_contact_share
from mixedmig_model.equations.layout import Layout
from mixedmig_model.equations.numbers import TINY
from mixedmig_model.equations.table import SERVED, STOCKS, Flow
from mixedmig_model.solve.compiled import detention
from mixedmig_model.solve.compiled.flows import Arrays, FlowRate, Flows, Moved, at_source, move, summed
from mixedmig_model.solve.compiled.inputs import BRISK, DONE, EVEN, Columns, levels_of, steps_of_day
from mixedmig_model.solve.compiled.members import NAMESPACE, Members, total
from mixedmig_model.solve.daily import daily_flow_axes, daily_stock_axes
from mixedmig_model.vocabulary.calendar import DAYS_A_WEEK

TRACES = [0]
"""How often a loop was traced, and so compiled: a new scenario of the same layout must not."""


def _is_members(leaf: Any) -> bool:
    return isinstance(leaf, Members)


def _plain(leaf: Any) -> Any:
    return leaf.values if isinstance(leaf, Members) else leaf


Sums = dict[str, list[Members]]
"""What is kept, in pieces, by the array of the answer."""


class Plan(NamedTuple):
    """What a compiled loop is made for: all else are its inputs."""

    groups: int
    countries: int
    weeks: int
    members: int
    steps: int  # in a day
    kept: tuple[str, ...]  # arrays of the answer


class Now(NamedTuple):
    """The state that is carried from step to step."""

    stocks: Arrays
    inside: detention.Inside


def state_of(now: Now, memory: Any) -> State:
    """The state as the equations read it."""
    s = now.stocks
    return State(s["at_sea"], s["adrift"], s["moving"], irregular=s["irregular"], people=s["people"],
                 staff=s["staff"], memory=memory)


class DayPart(NamedTuple):
    """What one stage of a step needs besides the state: its length, the front of the limit, the weights of the rule."""

    share: Members  # of the day that the step takes
    due: Members  # [G, C] persons who reach the limit in the step, as the day began
    before: Members  # [G, C] persons who entered up to the front
    noon: Members  # 1 in steps that end at noon
    kept: Any  # share of the state at the start of the step in the new one
    counts: Any  # weight of the stage's flows in what is moved in the step
    last: Any  # 1 in the last stage of a step


# Share of the state at the start of the step, weight of the stage's flows in what is moved, whether it ends the step.
STAGES_OF_STEP = ((0.0, 1.0 / 6.0, 0.0), (0.75, 1.0 / 6.0, 0.0), (1.0 / 3.0, 2.0 / 3.0, 1.0))


class Staged(NamedTuple):
    """What one stage of a step hands to the next."""

    base: Now  # as the step began
    current: Now
    noon: detention.Inside  # what detention remembers of noon, once it has passed
    rough: Members  # people who may be in a wrong cell, as far as the steps themselves show
    sums: Sums


ROUGH = 0.01
"""Share of all people who may be astray on a day of even steps: beyond it the day is taken again in shorter ones."""


def grid_of_day(pace: Members, steps: int) -> tuple[Members, Members]:
    """Share of the day that each step takes ``[step]``, and what has passed at their edges ``[step + 1]``.

    In whole rounds of ``steps``, the last of them of no length. Args: pace 0 to 3; steps, of an even day.
    """
    grids = steps_of_day(steps)
    most = -(-max(len(grid) for grid in grids) // steps) * steps
    shares = np.array([grid + (0.0,) * (most - len(grid)) for grid in grids])
    passed = np.cumsum(np.pad(shares, ((0, 0), (1, 0))), axis=1)
    chosen = pace.values.astype(jnp.int32)
    return Members(jnp.asarray(shares.T)[:, chosen]), Members(jnp.asarray(passed.T)[:, chosen])


def parts_of(front: detention.LimitFront, shares: Members, passed: Members, steps: int) -> DayPart:
    """Stages of a day by round of steps, in order: three for each step, at its start, its end and its middle."""
    rounds = shares.shape[0] // steps

    def staged(*parts: Members) -> Members:
        all_ = jnp.stack([part.values for part in parts], axis=1)
        return Members(all_.reshape(rounds, -1, *all_.shape[2:]))

    middle = (front.before + front.after) * 0.5
    noon = Members((jnp.abs(passed.values[1:] - 0.5) < TINY).astype(float))
    columns = [jnp.tile(jnp.array(column), (rounds, steps)) for column in zip(*STAGES_OF_STEP, strict=True)]
    return DayPart(
        staged(shares, shares, shares), staged(front.due, front.due, front.due),
        staged(front.before, front.after, middle), staged(noon, noon, noon), *columns,
    )


def evaluate(
    layout: Layout, through: detention.DoorFlows, now: Now, segment: Segment, dt: Members, part: DayPart
) -> tuple[Moved, Now]:
    """Flows in one state, and the change of the state a day."""
    in_force = segment.levels.law.detention_limit
    due = part.due * now.inside.survival * (1.0 / NAMESPACE.maximum(part.share, NAMESPACE.asarray(TINY)))
    people = detention.held_people(now.stocks)
    memory = detention.memory_of(now.inside, people, due, before=part.before, in_force=in_force, dt=dt)
    coupled = couple(state_of(now, memory), segment)
    moved = move(layout, now.stocks, {**segment.hazards, **coupled.hazards}, dt)
    change = detention.change(
        now.inside, now.stocks, moved, coupled=coupled, due=due * in_force, through=through, layout=layout, dt=dt
    )
    return moved, Now(moved.change, change)


def run_day(
    layout: Layout, through: detention.DoorFlows, plan: Plan, carried: tuple[Now, detention.Edges], today: Any, day: Any
) -> tuple[tuple[Now, detention.Edges], Sums]:
    """One day: its inputs, its steps, and what is kept of the people moved in it.

    Each member has its own steps; those that need fewer take steps of no length, which change nothing. A day whose
    steps turn out too rough is taken again with twice as many, by the members that it was too rough for.
    Args: carried, state and memory as the day begins; today, its row of the table of inputs; day, its number.
    """
    now, edges = carried
    columns = Columns(plan.groups, plan.countries)
    inputs = Members(today)
    now = now._replace(inside=detention.morning(now.inside))
    none = inputs[columns.pace] * 0.0
    start = Staged(now, now, now.inside, none, nothing(layout, through, plan, now.stocks))
    turn = turn_of_stages(layout, through, plan, inputs)

    def attempt(carry: tuple[Members, Members, Staged]) -> tuple[Members, Members, Staged]:
        pace, taken, before = carry
        shares, passed = grid_of_day(pace, plan.steps)
        front = detention.front_of_day(edges, day, inputs[columns.front], inputs[columns.front_moves], passed)
        parts = parts_of(front, shares, passed, plan.steps)
        acting = pace.values < DONE
        begin = jax.tree.map(lambda first, last: jnp.where(acting, first, last), start, before)
        needed = (shares.values[:: plan.steps] > 0.0).any(axis=1).sum()
        end = lax.fori_loop(0, needed, lambda k, staged: turn(parts, k, staged), begin)
        again = (pace.values == EVEN) & (end.rough.values > ROUGH * inputs[columns.everybody].values)
        steps = Members((shares.values > 0.0).sum(axis=0).astype(float))
        return Members(jnp.where(again, BRISK, DONE)), taken + steps, end

    _, taken, end = lax.while_loop(
        lambda carry: (carry[0].values < DONE).any(), attempt, (inputs[columns.pace], none, start)
    )
    moved = end.sums | {"steps": [taken]}
    if "week_totals" in moved:
        cells = zip(layout.flows, moved["week_totals"], strict=True)
        moved |= collector(layout, through, plan.kept)({flow.name: FlowRate(flow, cell, None) for flow, cell in cells})
    noon = end.noon if plan.steps % 2 == 0 else halfway(now.inside, end.current.inside)
    return (end.current, detention.keep(edges, noon, end.current.inside, day)), moved


def turn_of_stages(
    layout: Layout, through: detention.DoorFlows, plan: Plan, inputs: Members
) -> Callable[[DayPart, Any, Staged], Staged]:
    """One round of a day's steps, stage by stage.

    Stages are turns of one loop, new = k base + (1 - k) (now + dt f), so that the equations are compiled once.
    """
    columns = Columns(plan.groups, plan.countries)
    segment = prepare(levels_of(inputs, columns))
    collect = collector(layout, through, kept_in_stages(plan))

    def stage(carry: Staged, part: DayPart) -> tuple[Staged, None]:
        dt = inputs[columns.length] * part.share
        moved, change = evaluate(layout, through, carry.current, segment=segment, dt=dt, part=part)

        def advance(old: Any, present: Any, rate: Any) -> Any:
            new = part.kept * old + (1.0 - part.kept) * (present + dt.values * rate)
            return jnp.where(part.share.values > 0.0, new, present)  # to the bit, whoever else is in the block

        new = jax.tree.map(advance, carry.base, carry.current, change)
        rough = carry.rough + Members(part.last * astray(carry.base.stocks, carry.current.stocks, new.stocks).values)
        base = jax.tree.map(lambda old, later: jnp.where(part.last > 0.0, later, old), carry.base, new)
        at_noon = part.noon.values * part.last
        noon = jax.tree.map(lambda old, now: jnp.where(at_noon > 0.0, now, old), carry.noon, new.inside)
        weight = part.counts * dt.values
        sums = jax.tree.map(lambda old, flow: old + weight * flow, carry.sums, collect(moved.flows))
        return Staged(base, new, noon, rough, sums), None

    def turn(parts: DayPart, k: Any, carry: Staged) -> Staged:
        own = jax.tree.map(lambda values: lax.dynamic_index_in_dim(values, k, keepdims=False), parts)
        return lax.scan(stage, carry, own)[0]

    return turn


def astray(base: Arrays, middle: Arrays, new: Arrays) -> Members:
    """Persons whom a step leaves in another cell than the rule of second order made of its first two stages, by run.

    That rule is 2 X2 - X: several times further off than the rule of third order, where people leave within hours.
    """
    apart = []
    for name in ("at_sea", "adrift", "moving", "irregular", "people"):
        off = jnp.abs(new[name].values - 2.0 * middle[name].values + base[name].values)
        apart.append(Members(off.reshape(-1, off.shape[-1]).sum(axis=0)))
    return total(apart) * 0.5


def halfway(first: detention.Inside, last: detention.Inside) -> detention.Inside:
    """What is remembered of noon where no step ends there: an odd number of steps a day."""
    return detention.Inside(*((a + b) * 0.5 for a, b in zip(first, last, strict=True)))


def collector(layout: Layout, through: detention.DoorFlows, kept: tuple[str, ...]) -> Callable[[Flows], Sums]:
    """What is kept of the flows of a state, person/day: sums, or every cell for ``week_totals``."""
    made: dict[str, Callable[[Flows], list[Members]]] = {
        "day_totals": lambda flows: flow_sums(layout, flows),
        "queue_totals": lambda flows: queue_sums(layout, flows),
        "detention_totals": lambda flows: detention_sums(layout, through, flows),
        "week_totals": lambda flows: [flows[flow.name].whole(layout) for flow in layout.flows],
    }
    return lambda flows: {name: make(flows) for name, make in made.items() if name in kept}


def kept_in_stages(plan: Plan) -> tuple[str, ...]:
    """What is summed in every stage: every cell, if weekly totals are kept, for daily sums can be made of them."""
    return ("week_totals",) if "week_totals" in plan.kept else plan.kept


def nothing(layout: Layout, through: detention.DoorFlows, plan: Plan, stocks: Arrays) -> Sums:
    """Zeros in the shape of what is kept."""
    def still(flow: Flow, stocks: Arrays) -> FlowRate:
        sizes = (len(layout.labels[axis]) for axis in flow.axes)
        none = Members(jnp.zeros((*sizes, plan.members)))
        return FlowRate(flow, none, at_source(flow, stocks) if flow.source else None)

    def some(stocks: Arrays) -> Sums:
        collect = collector(layout, through, kept_in_stages(plan))
        return collect({flow.name: still(flow, stocks) for flow in layout.flows})

    zeros: Sums = jax.tree.map(lambda leaf: jnp.zeros(leaf.shape, leaf.dtype), jax.eval_shape(some, stocks))
    return zeros


def flat(parts: list[Members]) -> Any:
    """Arrays one after the other, ``[cells, member]``."""
    return jnp.concatenate([part.values.reshape(-1, part.values.shape[-1]) for part in parts])


def stock_sums(layout: Layout, stocks: Arrays) -> Any:
    """Daily sums of stocks, in the order of ``daily.stock_sums``."""
    return flat([summed(stocks[s.name], s.axes, daily_stock_axes(s), layout) for s in STOCKS])


def flow_sums(layout: Layout, flows: Flows) -> list[Members]:
    """Daily sums of flows, in the order of ``daily.flow_sums``."""
    return [flows[flow.name].sum(daily_flow_axes(flow), layout) for flow in layout.flows]


def queue_sums(layout: Layout, flows: Flows) -> list[Members]:
    """People entering, served by and otherwise leaving each stage, in the order of ``daily.queue_sums``."""
    served = {name for names in SERVED.values() for name in names}
    stages = layout.labels["stage"]
    kinds: list[dict[str, list[Members]]] = [{stage: [] for stage in stages} for _ in range(3)]
    for flow in layout.flows:
        if flow.count:
            continue
        out, into = flow.source == "people", flow.sink == "people"
        if out and into and "stage" not in flow.at_sink and "destination" not in flow.axes:
            continue  # a move between places of a stage
        if out and into and flow.at_source.get("stage") is not None and (
            flow.at_source.get("stage") == flow.at_sink.get("stage")
        ):
            continue
        if into:
            country = "destination" if "destination" in flow.axes else "country"
            _add_stages(kinds[0], flow.at_sink, flows[flow.name].sum(("stage", "group", country), layout))
        if out:
            left = flows[flow.name].sum(("stage", "group", "country"), layout)
            _add_stages(kinds[1 if flow.name in served else 2], flow.at_source, left)
    some = next(iter(kinds[0].values()))[0]
    none = Members(jnp.zeros_like(some.values))
    return [total(parts) if parts else none for kind in kinds for parts in kind.values()]


def _add_stages(kind: dict[str, list[Members]], fixed: Any, values: Members) -> None:
    if "stage" in fixed:
        kind[fixed["stage"]].append(values)
        return
    for k, parts in enumerate(kind.values()):
        parts.append(values[k])


def detention_sums(layout: Layout, through: detention.DoorFlows, flows: Flows) -> list[Members]:
    """People entering and leaving detention and released by its limit, in the order of ``daily.detention_sums``."""
    return [
        detention.passed(through.enter, flows, layout, into=True),
        detention.passed(through.leave, flows, layout, into=False),
        flows["released_by_limit"].sum(("group", "country"), layout),
    ]


def opening_now(layout: Layout, stocks: Arrays, first: Any, plan: Plan) -> tuple[Now, detention.Edges]:
    """The state when the run opens, as the reference defines it. Args: first, inputs of the first day."""
    levels = levels_of(Members(first), Columns(plan.groups, plan.countries))
    held = detention.held_people(stocks)
    known = held * first_contact_share(levels.groups, levels.registration)
    inside, edges = detention.opening(held, known, plan.weeks * DAYS_A_WEEK)
    return Now(stocks, inside), edges


def loop(layout: Layout, plan: Plan) -> Callable[[Any, Any], dict[str, Any]]:
    """The function of a whole run: inputs ``[week, 7, column, member]`` and opening stocks to what is kept."""
    through = detention.doors(layout)

    def daily(carry: Any, part: Any) -> Any:
        today, day = part
        state, moved = run_day(layout, through, plan, carried=carry[0], today=today, day=day)
        kept: dict[str, Any] = {name: flat(parts) for name, parts in moved.items() if name != "week_totals"}
        if "day_stocks" in plan.kept:
            kept["day_stocks"] = stock_sums(layout, state[0].stocks)
        totals = [old + new for old, new in zip(carry[1], moved.get("week_totals", []), strict=True)]
        return (state, totals), kept

    def week(carry: Any, part: Any) -> Any:
        carry, kept = lax.scan(daily, carry, part)
        if "week_totals" in plan.kept:
            names = [flow.name for flow in layout.flows]
            kept |= {"week_totals": dict(zip(names, carry[1], strict=True)), "week_stocks": carry[0][0].stocks}
        return carry, kept

    def whole(table: Any, stocks: Any) -> dict[str, Any]:
        TRACES[0] += 1
        opening = opening_now(layout, {name: Members(values) for name, values in stocks.items()}, table[0, 0], plan)
        none = nothing(layout, through, plan, opening[0].stocks).get("week_totals", [])
        days = jnp.arange(plan.weeks * DAYS_A_WEEK, dtype=jnp.int32).reshape(plan.weeks, DAYS_A_WEEK)
        _, kept = lax.scan(week, (opening, none), (table, days))
        return {name: jax.tree.map(_plain, part, is_leaf=_is_members) for name, part in kept.items()}

    return whole


__all__ = ["TRACES", "Plan", "loop"]
