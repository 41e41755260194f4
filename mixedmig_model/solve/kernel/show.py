"""One function of the equations on its way to machine code.

It is shown stage by stage, as text.
"""

from collections.abc import Iterator
from itertools import product

from mixedmig_model.solve.kernel.lower.emit import lowered
from mixedmig_model.solve.kernel.lower.nests import live, loops_of, schedule
from mixedmig_model.solve.kernel.lower.scalarise import Stored, scalarise
from mixedmig_model.solve.kernel.lower.scalars import Number, Numbers
from mixedmig_model.solve.kernel.model.stage import Traces
from mixedmig_model.solve.kernel.trace.arrays import Traced
from mixedmig_model.solve.kernel.trace.graph import Axis, Graph, Operation, needed, written


def function_of(one: Operation) -> str:
    """Return the name of the function that made an operation."""
    return one.origin.split(" ")[0]


def functions_in(traced: Traces) -> list[str]:
    """Return names of all functions of a trace."""
    return sorted({function_of(one) for one in needed(traced.outputs.values())})


def only(traced: Traces, name: str) -> Traces:
    """Return the part of a trace that one function has made.

    What it was given are inputs, what others use are outputs. Raises KeyError where no function of this name made
    anything.
    """
    every = needed(traced.outputs.values())
    own = {one.number: one for one in every if function_of(one) == name}
    if not own:
        raise KeyError(name)
    used = {arg.number for one in every if one.number not in own for arg in one.args}
    used |= {one.number for one in traced.outputs.values()}
    graph = Graph()
    made: dict[int, Operation] = {}
    inputs: dict[str, tuple[Axis, ...]] = {}
    for one in every:
        if one.number in own or one.op == "constant":
            args = [made[arg.number] for arg in one.args]
            made[one.number] = graph.add(one.op, args, one.axes, extra=one.extra, where=one.origin)
        elif any(one in other.args for other in own.values()):
            called = _called(one)
            inputs[called] = one.axes
            made[one.number] = graph.add("input", (), one.axes, extra=called, where=one.origin)
    outputs = {}
    for number in sorted(own.keys() & used):
        for label, cell in _by_label(Traced(graph, made[number])):
            outputs[f"sums/%{number}{label}"] = cell.made
    shapes = {key: tuple(axis for axis in one.axes if axis.size == 0) for key, one in outputs.items()}
    return Traces(inputs, shapes, outputs)


def _called(one: Operation) -> str:
    """Return the name of what a function is given.

    It is that of an input, else of an input that the day fixes or does not.
    """
    if one.op == "input" and not one.extra.startswith("base/"):
        return str(one.extra)
    leaves = [other.extra for other in needed([one]) if other.op == "input"]
    still = all(name.startswith("levels/") for name in leaves)
    return f"{'levels/given' if still else 'front/given'}.%{one.number}"


def _by_label(value: Traced) -> Iterator[tuple[str, Traced]]:
    """Yield an array by label of its fixed axes.

    Each part is over open axes only.
    """
    axes = value.made.axes
    for at in product(*(range(axis.size) if axis.size else (slice(None),) for axis in axes)):
        label = "".join(f"/{k}" for k, axis in zip(at, axes, strict=True) if axis.size > 1)
        yield label, value[at] if axes else value


def graph_lines(traced: Traces) -> list[str]:
    """Return the graph of arrays."""
    return list(written(traced.outputs.values()))


def number_lines(stored: list[Stored]) -> list[str]:
    """Return all numbers, with their loop variables."""
    lines = [
        f"n{one.id} [{loops_of(one.space)}] = {one.op}({', '.join(f'n{arg.id}' for arg in one.args)})"
        + ("" if one.extra is None else f" {one.extra}") for one in live(stored)
    ]
    return [*lines, *(f"{one.name} [{loops_of(one.space)}] grows by n{one.number.id}" for one in stored)]


def nest_lines(stored: list[Stored]) -> list[str]:
    """Return all loop nests, and what is computed in each."""
    def words(one: Number) -> str:
        return f"n{one.id}"

    lines = []
    for nest in schedule(stored).nests:
        when = "stage" if nest.key.changing else "day"
        loops = {"c": "country", "d": "country", "g": "eight groups"}
        over = " > ".join(loops[name] for name in nest.key.loops) or "once"
        parts = [*map(words, nest.body), *(one.name for one in nest.stored)]
        lines.append(f"{when}, turn {nest.key.turn}, {over}: {', '.join(parts)}")
    return lines


def shown(traced: Traces, name: str) -> Iterator[str]:
    """Yield all stages of one function. Raises KeyError."""
    part = only(traced, name)
    stored = scalarise(part.outputs, part.shapes, Numbers())
    for title, lines in (
        ("1. Graph of arrays", graph_lines(part)), ("2. Numbers", number_lines(stored)),
        ("3. Loop nests", nest_lines(stored)),
        ("4. LLVM", lowered(part.inputs, part.shapes, stored)[0].splitlines()),
    ):
        yield title
        yield from (f"  {line}" for line in lines)
        yield ""
