"""From a graph of arrays to numbers.

First it finds which cells are needed, from the end, and then each of them, from the start.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import product
from typing import NamedTuple

from mixedmig_model.solve.kernel.lower.scalars import Number, Numbers, Variables
from mixedmig_model.solve.kernel.trace.graph import Axis, Operation, TracingError, needed

At = tuple[int | str, ...]
VARIABLE = {"group": "g", "country": "c"}
REDUCTIONS = ("sum", "largest", "smallest")
JOINED = {"sum": "add", "largest": "max", "smallest": "min"}


class Stored(NamedTuple):
    """A number that the kernel writes.

    It says of which output, over which loop variables.
    """

    name: str
    space: Variables
    number: Number


class Place(NamedTuple):
    """Where a number of an array is computed.

    It says how loop variables are replaced to get the wanted one.
    """

    at: At
    moved: tuple[tuple[str, str | int], ...]


def placed(axes: tuple[Axis, ...], at: At) -> Place:
    """Return where a number is computed.

    The first country is always ``c``, the second ``d``.
    """
    result: list[int | str] = []
    moved: dict[str, str | int] = {}
    for axis, k in zip(axes, at, strict=True):
        if axis.size == 1:
            result.append(0)
        elif axis.size:
            result.append(k)
        elif axis.name == "group":
            result.append("g")
            moved["g"] = k
        else:
            known = [name for name, to in moved.items() if to == k and name != "g"]
            name = known[0] if known and isinstance(k, str) else "d" if "c" in moved else "c"
            result.append(name)
            moved[name] = k
    return Place(tuple(result), tuple((name, to) for name, to in moved.items() if name != to))


def scalarise(
    outputs: Mapping[str, Operation], shapes: Mapping[str, tuple[Axis, ...]], numbers: Numbers
) -> list[Stored]:
    """Return all outputs as numbers.

    Parameters
    ----------
    outputs : Mapping[str, Operation]
        Arrays over open axes only.
    shapes : Mapping[str, tuple[Axis, ...]]
        Axes that each output is written with; it is the same along some.
    numbers : Numbers
        Numbers so far; new ones are added.

    Returns
    -------
    list[Stored]
        The numbers that are written.

    Raises
    ------
    TracingError
        Where an array has more open axes than there are loops.
    """
    wanted: dict[int, dict[At, None]] = defaultdict(dict)
    order = needed(outputs.values())
    places = [(name, one, _loops(shapes[name], one)) for name, one in outputs.items()]
    for _, one, at in places:
        wanted[one.number][placed(one.axes, at).at] = None
    asked: dict[tuple[int, At], list[tuple[Operation, Place]]] = {}
    for one in reversed(order):
        for at in wanted[one.number]:
            needs = [(arg, placed(arg.axes, own)) for arg, own in _arguments(one, at)]
            asked[one.number, at] = needs
            for arg, place in needs:
                wanted[arg.number][place.at] = None
    made: dict[tuple[int, At], Number] = {}
    for one in order:
        for at in wanted[one.number]:
            args = [numbers.view(made[arg.number, own.at], dict(own.moved)) for arg, own in asked[one.number, at]]
            made[one.number, at] = _number(one, at, args, numbers)
    return [
        Stored(name, frozenset(_variables(shapes[name])), made[one.number, at]) for name, one, at in places
    ]


def _variables(axes: tuple[Axis, ...]) -> list[str]:
    """Return a loop variable for each of some open axes."""
    countries = iter(("c", "d"))
    return ["g" if axis.name == "group" else next(countries) for axis in axes]


def _loops(shape: tuple[Axis, ...], one: Operation) -> At:
    """Return loop variables of an output.

    It is the first label on axes along which the output is the same.
    """
    variables = _variables(shape)[len(shape) - len(one.axes) :]
    return tuple(0 if axis.size == 1 else name for axis, name in zip(one.axes, variables, strict=True))


def _arguments(one: Operation, at: At) -> list[tuple[Operation, At]]:
    """Return the arguments of a number of an operation.

    They are in order.
    """
    if one.op in ("input", "constant", "eye"):
        return []
    if one.op == "index":
        return [(one.args[0], _before_index(one, at))]
    if one.op == "stack":
        k = at[one.extra]
        assert isinstance(k, int)
        return [_aligned(one.args[k], (*at[: one.extra], *at[one.extra + 1 :]))]
    if one.op == "permute":
        own: dict[int, int | str] = dict(zip(one.extra, at, strict=True))
        return [(one.args[0], tuple(own[k] for k in range(len(at))))]
    if one.op in REDUCTIONS:
        return [(one.args[0], own) for own in _before_reduction(one, at)]
    return [_aligned(arg, at) for arg in one.args]


def _aligned(arg: Operation, at: At) -> tuple[Operation, At]:
    """Return an argument with the last of some labels.

    Axes that it lacks are the first.
    """
    return arg, at[len(at) - len(arg.axes) :]


def _before_index(one: Operation, at: At) -> At:
    """Return labels in the array that an index takes part of."""
    result: list[int | str] = []
    left = iter(at)
    for part in one.extra:
        if part is None:
            next(left)
        elif part == ":":
            result.append(next(left))
        elif isinstance(part, tuple):
            first, _, step = part
            k = next(left)
            assert isinstance(k, int)
            result.append(first + k * step)
        else:
            result.append(part)
    return tuple(result)


def _before_reduction(one: Operation, at: At) -> list[At]:
    """Return labels of all numbers that a sum adds.

    Its open axes are loop variables.
    """
    chosen, keepdims = one.extra
    left = iter(at)
    ranges: list[Iterable[int | str]] = []
    used = {k for k in at if isinstance(k, str)}
    for k, axis in enumerate(one.args[0].axes):
        if k not in chosen:
            ranges.append((next(left),))
            continue
        if keepdims:
            next(left)
        ranges.append(range(axis.size) if axis.size else (_loop_of(axis, used, one.origin),))
    return list(product(*ranges))


def _loop_of(axis: Axis, used: set[str], origin: str) -> str:
    """Return a loop variable that is free. Raises TracingError."""
    for name in ("g",) if axis.name == "group" else ("c", "d"):
        if name not in used:
            used.add(name)
            return name
    raise TracingError(f"{origin} needs more axes of {axis.name} at once than the kernel has loops")


def _number(one: Operation, at: At, args: list[Number], numbers: Numbers) -> Number:
    """Return one number of an operation."""
    if one.op == "input":
        return numbers.input(one.extra, at)
    if one.op == "constant":
        shape, flat = one.extra
        place = 0
        for size, k in zip(shape, at, strict=True):
            assert isinstance(k, int)
            place = place * size + k
        return numbers.constant(flat[place])
    if one.op == "eye":
        return numbers.apply("where", (numbers.same(*at), numbers.constant(1.0), numbers.constant(0.0)))
    if one.op in ("index", "stack", "permute"):
        return args[0]
    if one.op in REDUCTIONS:
        return _reduced(one, at, args, numbers)
    return numbers.apply(one.op, tuple(args))


def _reduced(one: Operation, at: At, args: list[Number], numbers: Numbers) -> Number:
    """Return the sum of some numbers, then along open axes."""
    result = args[0]
    for arg in args[1:]:
        result = numbers.apply(JOINED[one.op], (result, arg))
    own = _before_reduction(one, at)[0]
    loops = [k for n, k in enumerate(own) if n in one.extra[0] and isinstance(k, str)]
    for variable in sorted(loops, reverse=True):  # groups first
        result = numbers.reduced(one.op, result, variable)
    return result
