"""One stage of a step.

It leads from a state and the inputs of its day to the next state, and to what is kept of the flows:

    X1 = X + dt f(X),   X2 = 3/4 X + 1/4 (X1 + dt f(X1)),   X' = 1/3 X + 2/3 (X2 + dt f(X2))

The rule is of third order. Each stage is a mean of states that explicit Euler steps reach. The hazards of each stage
are limited so that no cell is emptied within it, so nothing falls below zero. Source: Shu and Osher 1988, Journal of
Computational Physics 77, the strong-stability-preserving rule of three stages.
Every function here works on numpy arrays as well.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from mixedmig_model.equations.carried import Carried
from mixedmig_model.equations.coupling import State, couple
from mixedmig_model.equations.levels import BY_GROUP_AND_COUNTRY, Levels
from mixedmig_model.equations.numbers import TINY
from mixedmig_model.equations.segment import prepare
from mixedmig_model.equations.table import STOCKS
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.solve.kernel.model.carrying import carried, change_of_carried
from mixedmig_model.solve.kernel.model.cells import (
    LABELS,
    Cell,
    flow_cells,
    open_axes,
    part_of,
    stock_cells,
)
from mixedmig_model.solve.kernel.model.collecting import (
    BY_GROUP,
    Sum,
    cell_name,
    collected,
    day_sums,
    detention_sums,
    queue_sums,
)
from mixedmig_model.solve.kernel.model.movement import Movement, move
from mixedmig_model.solve.kernel.model.remembering import (
    Passing,
    Remembered,
    change_of_memory,
    held_people,
    memory_of,
    remembered,
)
from mixedmig_model.solve.kernel.trace.arrays import Traced, parameter
from mixedmig_model.solve.kernel.trace.graph import Axis, Graph, Operation, axis_of

NOBODY = 1e-100
"""Persons below which a cell is empty.

What is left after months of leaving would slow the processor down.
"""
PART = ("share", "kept", "counts")
"""Inputs of a stage.

They are the share of the day that its step takes, the weight of the step's start, and the weight of the stage's flows.
"""
STATE, START, LEVEL, FRONT, OF_PART, SUM = "state", "base", "levels", "front", "part", "sums"
"""Prefixes of arrays by what they belong to.

They are the state now, the state as the step began, inputs of the day, the limit's front, the stage, and sums.
"""

REMEMBERED = (*(f"inside_{name}" for name in Remembered._fields), *(f"carried_{name}" for name in Carried._fields))
"""Arrays by group and country that are no stocks."""


class Sized(NamedTuple):
    """An array by name, and its axes."""

    name: str
    axes: tuple[Axis, ...]


def state_arrays() -> list[Sized]:
    """Return all stocks, and what is remembered of people.

    Detention remembers some, and people carry some.
    """
    own = [Sized(stock.name, tuple(axis_of(axis, len(LABELS.get(axis, ()))) for axis in stock.axes))
           for stock in STOCKS]
    both = (Axis("group", 0), Axis("country", 0))
    return [*own, *(Sized(name, both) for name in REMEMBERED)]


def level_arrays() -> list[Sized]:
    """Return all inputs of the equations, ``subject.field``."""
    return [Sized(f"{subject}.{field}", _level_axes(subject, field))
            for subject, kind in Levels.__annotations__.items() for field in kind._fields]


def _level_axes(subject: str, field: str) -> tuple[Axis, ...]:
    if f"{subject}.{field}" in BY_GROUP_AND_COUNTRY:
        return Axis("group", 0), Axis("country", 0)
    if subject == "groups":
        return (Axis("group", 0),)
    if field == "departures":
        return (Axis("country", 0),)
    return (axis_of(CATALOGUE[f"{subject.rstrip('_')}.{field}"].axis, 1),)


def inputs_of_stage() -> dict[str, tuple[Axis, ...]]:
    """Return axes of every input of a stage, by its full name."""
    both = (Axis("group", 0), Axis("country", 0))
    return {
        **{f"{STATE}/{one.name}": one.axes for one in state_arrays()},
        **{f"{START}/{one.name}": one.axes for one in state_arrays()},
        **{f"{LEVEL}/{one.name}": one.axes for one in level_arrays()},
        **{f"{FRONT}/{name}": both for name in Passing._fields},
        **{f"{OF_PART}/{name}": () for name in PART},
    }


def levels_from(values: Mapping[str, Any]) -> Levels:
    """Return the inputs of the equations, from arrays by name."""
    return Levels(**{
        subject: kind(**{field: values[f"{LEVEL}/{subject}.{field}"] for field in kind._fields})
        for subject, kind in Levels.__annotations__.items()
    })


class Evaluated(NamedTuple):
    """What one state makes of itself."""

    moved: Movement
    memory: dict[str, Any]  # changes a day of what is remembered, by name


def evaluate_state(values: Mapping[str, Any], dt: Any) -> Evaluated:
    """Return flows in one state, and its change a day.

    Source: ``docs/model.md`` section 2.

    Parameters
    ----------
    values : Mapping[str, Any]
        Arrays by full name.
    dt : Any
        Length of the step (day).

    Returns
    -------
    Evaluated
        Flows (person/day), and changes (person/day).
    """
    levels = levels_from(values)
    segment = prepare(levels)
    stocks = {stock.name: values[f"{STATE}/{stock.name}"] for stock in STOCKS}
    inside = remembered({name: values[f"{STATE}/inside_{name}"] for name in Remembered._fields})
    xp = dt.__array_namespace__()
    in_force, share = levels.law.detention_limit, values[f"{OF_PART}/share"]
    due = values[f"{FRONT}/due"] * inside.survival * (1.0 / xp.maximum(share, xp.asarray(TINY)))
    people = held_people(stocks["people"])
    memory = memory_of(inside, people, Passing(due, values[f"{FRONT}/before"]), in_force, dt)
    brought = carried({name: values[f"{STATE}/carried_{name}"] for name in Carried._fields})
    state = State(stocks["at_sea"], stocks["adrift"], stocks["moving"], irregular=stocks["irregular"],
                  people=stocks["people"], staff=stocks["staff"], memory=memory, carried=brought)
    coupled = couple(state, segment)
    cells = [cell for stock in STOCKS for cell in stock_cells(stock)]
    moved = move(flow_cells(), stocks, {**segment.hazards, **coupled.hazards}, cells, dt)
    change = change_of_memory(inside, people, moved, coupled=coupled, due=due * in_force, dt=dt)
    made = (*change, *change_of_carried(brought, stocks["people"], moved, levels))
    return Evaluated(moved, dict(zip(REMEMBERED, made, strict=True)))


def run_stage(values: Mapping[str, Any], kept: Sequence[Sum], whole: bool) -> dict[str, Any]:
    """Return the next state, and what the stage adds to sums.

    Parameters
    ----------
    values : Mapping[str, Any]
        Arrays by full name.
    kept : Sequence[Sum]
        Sums that are kept.
    whole : bool
        Whether every cell of every flow is kept instead.

    Returns
    -------
    dict[str, Any]
        Arrays by full name.
    """
    kept_share, dt = values[f"{OF_PART}/kept"], values[f"{OF_PART}/share"]  # a share of a day is so many days
    found = evaluate_state(values, dt)

    def advance(old: Any, now: Any, rate: Any) -> Any:
        new = kept_share * old + (1.0 - kept_share) * (now + dt * rate)
        return new.__array_namespace__().where(abs(new) < NOBODY, 0.0, new)  # what is no number stays none

    made = {
        f"{STATE}/{cell_text(cell)}": advance(
            part_of(values[f"{START}/{cell[0]}"], cell), part_of(values[f"{STATE}/{cell[0]}"], cell), rate
        ) for cell, rate in found.moved.change.items()
    }
    for name, rate in found.memory.items():
        made[f"{STATE}/{name}"] = advance(values[f"{START}/{name}"], values[f"{STATE}/{name}"], rate)
    weight = values[f"{OF_PART}/counts"] * dt
    if whole:
        made |= {f"{SUM}/{cell_name(rate.cell)}": weight * rate.moved for rate in found.moved.rates}
    else:
        sums = {one.name: collected(one, found.moved.rates) for one in kept}
        made |= {f"{SUM}/{name}": weight * value for name, value in sums.items() if value is not None}
    return made


def cell_text(cell: Cell) -> str:
    """Return the name of a stock's cell.

    It is the stock and the numbers of its labels.
    """
    return "/".join([cell[0], *map(str, cell[1])])


def kept_sums(names: Sequence[str]) -> list[Sum]:
    """Return the sums kept for some arrays of an answer."""
    made = {"day_totals": day_sums, "queue_totals": queue_sums, "detention_totals": detention_sums}
    return [one for name, make in made.items() if name in names for one in make()]


def outputs_of_stage(kept: Sequence[Sum], whole: bool) -> dict[str, tuple[Axis, ...]]:
    """Return the axes of everything that a stage may make.

    They are by full name. Parameters are those of ``run_stage``.
    """
    def axes(names: Sequence[str]) -> tuple[Axis, ...]:
        return tuple(Axis("country" if name == "destination" else name, 0) for name in names)

    return {
        **{f"{STATE}/{cell_text(cell)}": axes(open_axes(stock.axes))
           for stock in STOCKS for cell in stock_cells(stock)},
        **{f"{STATE}/{name}": axes(BY_GROUP) for name in REMEMBERED},
        **({f"{SUM}/{cell_name(cell)}": axes(cell.open_axes) for cell in flow_cells()} if whole
           else {f"{SUM}/{one.name}": axes(one.axes) for one in kept}),
    }


class Traces(NamedTuple):
    """A traced stage.

    It has its inputs and what it may make, with their axes, and the operations that make it.
    """

    inputs: dict[str, tuple[Axis, ...]]
    shapes: dict[str, tuple[Axis, ...]]
    outputs: dict[str, Operation]


def trace_stage(kept: Sequence[Sum], whole: bool) -> Traces:
    """Trace one stage.

    Raises TracingError where the equations do what the kernel cannot.
    """
    graph = Graph()
    inputs = inputs_of_stage()
    values = {name: parameter(graph, name, axes) for name, axes in inputs.items()}
    made: dict[str, Traced] = run_stage(values, kept, whole)
    return Traces(inputs, outputs_of_stage(kept, whole), {name: value.made for name, value in made.items()})
