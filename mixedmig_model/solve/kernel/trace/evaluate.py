"""A graph evaluated by NumPy.

It is slow and plain, and checks everything that comes from the graph.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from mixedmig_model.solve.kernel.trace.graph import Operation, TracingError, needed

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.divide, "neg": np.negative, "abs": np.abs,
    "max": np.maximum, "min": np.minimum, "exp": np.exp, "log": np.log, "sqrt": np.sqrt, "where": np.where,
    "gt": np.greater, "lt": np.less, "ge": np.greater_equal, "le": np.less_equal, "eq": np.equal, "ne": np.not_equal,
    "and": np.logical_and, "or": np.logical_or, "not": np.logical_not,
}
REDUCTIONS: dict[str, Callable[..., Any]] = {"sum": np.sum, "largest": np.max, "smallest": np.min}


def evaluate(
    outputs: Mapping[str, Operation], inputs: Mapping[str, np.ndarray], sizes: Mapping[str, int]
) -> dict[str, np.ndarray]:
    """Return values of some operations.

    Parameters
    ----------
    outputs : Mapping[str, Operation]
        Operations by name.
    inputs : Mapping[str, numpy.ndarray]
        Inputs by name.
    sizes : Mapping[str, int]
        Number of labels of each open axis.

    Returns
    -------
    dict[str, numpy.ndarray]
        Values by name.

    Raises
    ------
    KeyError
        Where an input is missing.
    """
    values: dict[int, Any] = {}
    for one in needed(outputs.values()):
        values[one.number] = _value(one, [values[arg.number] for arg in one.args], inputs, sizes)
    return {
        name: np.broadcast_to(values[one.number], tuple(axis.size or sizes[axis.name] for axis in one.axes))
        for name, one in outputs.items()
    }


def _value(one: Operation, args: list[Any], inputs: Mapping[str, np.ndarray], sizes: Mapping[str, int]) -> Any:
    """Return the value of one operation."""
    if one.op in FUNCTIONS:
        return FUNCTIONS[one.op](*args)
    if one.op in REDUCTIONS:
        chosen, keepdims = one.extra
        return REDUCTIONS[one.op](_whole(one.args[0], args[0], sizes), axis=chosen, keepdims=keepdims)
    if one.op == "input":
        return inputs[one.extra]
    if one.op == "constant":
        return np.array(one.extra[1]).reshape(one.extra[0])
    if one.op == "eye":
        return np.eye(sizes[one.axes[0].name])
    if one.op == "index":
        return _whole(one.args[0], args[0], sizes)[tuple(_part(part) for part in one.extra)]
    if one.op == "stack":
        shape = tuple(axis.size or sizes[axis.name] for k, axis in enumerate(one.axes) if k != one.extra)
        return np.stack([np.broadcast_to(arg, shape) for arg in args], axis=one.extra)
    if one.op == "permute":
        return np.transpose(args[0], one.extra)
    raise TracingError(f"{one.origin}: '{one.op}' cannot be worked out by numpy")


def _whole(one: Operation, value: Any, sizes: Mapping[str, int]) -> np.ndarray:
    """Return a value with every axis of its operation in full."""
    return np.broadcast_to(value, tuple(axis.size or sizes[axis.name] for axis in one.axes))


def _part(part: Any) -> Any:
    if isinstance(part, tuple):
        first, number, step = part
        end = first + number * step
        return slice(first, end if end >= 0 else None, step)
    return slice(None) if part == ":" else part
