"""What each flow reads.

The equations are run once on arrays that write down what is done with them. The kernel is built in the same way
(``solve/kernel/trace``), so that nothing here is a second list of who reads what.
"""

import ast
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from mixedmig_model.equations.carried import Carried, Through, change_of, may_leave
from mixedmig_model.equations.coupling import State, couple
from mixedmig_model.equations.inside import Kinds, Memory
from mixedmig_model.equations.segment import prepare
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE, READ_BY_SCHEDULE
from mixedmig_model.solve.kernel.model.stage import inputs_of_stage, levels_from
from mixedmig_model.solve.kernel.trace.arrays import Traced, parameter
from mixedmig_model.solve.kernel.trace.graph import Graph, Operation, needed
from mixedmig_model.study.explain.spots import Spot, called, function_at, sign_of, tree

LEVEL = "levels/"
SHAPED = {
    "arrivals.departures": ("arrivals.scale", "arrivals.seasonality", "arrivals.peak_day", "arrivals.surge_factor",
                            "arrivals.surge_start", "arrivals.surge_duration"),
    "arrivals.mix": ("arrivals.composition", "arrivals.international_need_share"),
    "reception.places": ("reception.places", *(name for name in READ_BY_SCHEDULE if not name.startswith("arrivals."))),
}
"""Levels that are shaped before the equations read them.

``solve/shapes.py`` and ``solve/schedule.py`` shape them; each has what it is shaped from.
"""
LIMIT = ("detention.time_limit", "law.detention_limit")
"""Parameters behind the people who reach the limit.

The limit is that of detention (``solve/detention_limit.py``), an input of a step.
"""
SET_IN = ("equations/coupling.py", "equations/segment.py", "equations/families.py")
ORIGIN = re.compile(r"(?P<name>.+) \((?P<file>.+):(?P<line>\d+)\)")


@dataclass(frozen=True)
class Hazard:
    """How fast a flow runs.

    It has where the flow is given its hazard, the functions behind that, the nearest first, and its inputs.
    """

    named: Spot
    functions: tuple[Spot, ...]
    parameters: tuple[str, ...]


@cache
def _traced() -> dict[str, Operation]:
    """Return the hazard of every flow.

    Each is an operation of one graph.
    """
    values = _inputs()
    segment = prepare(levels_from(values))
    stocks = ("at_sea", "adrift", "moving", "irregular", "people", "staff")
    memory = Memory(Kinds(*(values[f"state/inside_{name}"] for name in Kinds._fields)), values["front/due"])
    state = State(**{name: values[f"state/{name}"] for name in stocks}, memory=memory, carried=_carried(values))
    found = {**segment.hazards, **couple(state, segment).hazards}
    return {name: value.made for name, value in found.items() if isinstance(value, Traced)}


def _inputs() -> dict[str, Any]:
    """Return the inputs of a stage of a step, in a graph of their own."""
    graph = Graph()
    return {name: parameter(graph, name, axes) for name, axes in inputs_of_stage().items()}


def _carried(values: Mapping[str, Any]) -> Carried:
    return Carried(*(values[f"state/carried_{name}"] for name in Carried._fields))


def _changes_of_carried() -> list[Operation]:
    """Return how what people carry changes.

    Which people pass does not matter here: anybody stands for them.
    """
    values = _inputs()
    levels, present = levels_from(values), may_leave(values["state/people"])
    anybody = Through(present, present, present)
    made = change_of(_carried(values), anybody, anybody, protected=anybody, moved_on=present, levels=levels)
    return [value.made for value in made if isinstance(value, Traced)]


@cache
def hazards() -> dict[str, Hazard]:
    """Return every flow's hazard, by flow."""
    return {name: Hazard(_named(name), _behind(made), _parameters(made)) for name, made in _traced().items()}


def _named(flow: str) -> Spot:
    """Return where a flow's name is given its hazard.

    Raises KeyError.
    """
    for file in SET_IN:
        for node in ast.walk(tree(file)):
            keys: list[ast.expr | None] = []
            if isinstance(node, ast.Dict):
                keys = list(node.keys)
            elif isinstance(node, ast.DictComp):
                keys = [node.key]
            elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
                keys = [node.slice]
            for key in keys:
                if key is not None and (sign := sign_of(key, flow)):
                    return Spot(called(file), key.lineno, sign)
    raise KeyError(flow)


def _behind(made: Operation) -> tuple[Spot, ...]:
    """Return functions of the equations behind an operation.

    They made it or what it needs, the nearest first.
    """
    order: dict[Spot, None] = {}
    seen: set[int] = set()
    waiting = deque([made])
    while waiting:
        one = waiting.popleft()
        if one.number in seen:
            continue
        seen.add(one.number)
        if one.op not in ("input", "constant") and (spot := _origin(one)):
            order[spot] = None
        waiting.extend(one.args)
    return tuple(order)


def _origin(one: Operation) -> Spot | None:
    """Return the function that made an operation."""
    found = ORIGIN.fullmatch(one.origin)
    return function_at(found["file"], int(found["line"])) if found else None


def _parameters(made: Operation) -> tuple[str, ...]:
    """Return parameters that an operation needs.

    They are in the order of the catalogue.
    """
    names: set[str] = set()
    for one in needed([made]):
        if one.op == "input":
            names |= set(of_input(str(one.extra)))
    return tuple(name for name in CATALOGUE if name in names)


def of_input(name: str) -> tuple[str, ...]:
    """Return the parameters behind an input of the equations."""
    if name == "front/due":
        return LIMIT
    subject, _, field = name.removeprefix(LEVEL).partition(".")
    level = f"{subject.rstrip('_')}.{field}"
    if not name.startswith(LEVEL):
        return ()
    return SHAPED.get(level, (level,) if level in CATALOGUE else ())


@cache
def equation_readers() -> dict[str, tuple[Spot, ...]]:
    """Return the functions that read each parameter.

    They are functions of the equations that it is passed to, or that shape it before.
    """
    found: dict[str, dict[Spot, None]] = {name: {} for name in CATALOGUE}
    for one in [*needed(_traced().values()), *needed(_changes_of_carried())]:
        spot = None if one.op in ("input", "constant") else _origin(one)
        if spot is None:
            continue
        for given in one.args:
            for name in of_input(str(given.extra)) if given.op == "input" else ():
                found[name][spot] = None
    for name, hazard in hazards().items():  # an input may be a hazard as it is
        made = _traced()[name]
        if made.op == "input":
            for parameter_name in of_input(str(made.extra)):
                found[parameter_name][_enclosing(hazard.named)] = None
    return {name: tuple(spots) for name, spots in found.items()}


def _enclosing(spot: Spot) -> Spot:
    """Return the function that holds a spot."""
    return function_at(spot.file.removeprefix("mixedmig_model/"), spot.line) or spot
