"""Indices of traced arrays.

They say which axes they leave, and what they take, as plain data.
"""

from typing import Any

import numpy as np

from mixedmig_model.solve.kernel.trace.graph import Axis, refusal


def indexed(of: tuple[Axis, ...], key: tuple[Any, ...]) -> tuple[tuple[Axis, ...], tuple[Any, ...]]:
    """Return the axes that an index leaves, and its parts.

    A part is a number, (first, number, step), a colon, or None for a new axis. Raises TracingError.
    """
    axes: list[Axis] = []
    parts: list[Any] = []
    left = iter(of)
    for part in _filled(key, len(of)):
        if part is None:
            axes.append(Axis("", 1))
            parts.append(None)
            continue
        axis = next(left, None)
        if axis is None:
            raise refusal("takes more axes than the array has")
        kept, took = _taken(axis, part)
        axes += kept
        parts.append(took)
    return tuple(axes), tuple(parts)


def _filled(key: tuple[Any, ...], many: int) -> tuple[Any, ...]:
    """Return an index that names every axis of an array."""
    given = sum(part is not None and part is not Ellipsis for part in key)
    missing = (slice(None),) * (many - given)
    at = next((k for k, part in enumerate(key) if part is Ellipsis), None)
    return (*key, *missing) if at is None else (*key[:at], *missing, *key[at + 1 :])


def _taken(axis: Axis, part: Any) -> tuple[list[Axis], Any]:
    """Return what an index leaves of an axis.

    The index comes as plain data: a number, (first, number, step), or a colon.
    """
    if isinstance(part, slice):
        if part == slice(None):
            return [axis], ":"
        if axis.size == 0:
            raise refusal(f"takes part of axis '{axis.name}', whose size is not known when equations are traced")
        numbers = range(axis.size)[part]
        name = axis.name if len(numbers) == axis.size else ""
        return [Axis(name, len(numbers))], (numbers.start, len(numbers), numbers.step)
    if isinstance(part, (int, np.integer)) and not isinstance(part, bool):
        if axis.size == 0:
            if part != 0:
                raise refusal(f"takes label {part} of axis '{axis.name}', which has at least one")
            return [], 0
        if not -axis.size <= part < axis.size:
            raise refusal(f"takes label {part} of an axis of {axis.size}")
        return [], int(part) % axis.size
    raise refusal(f"takes part of an array by {type(part).__name__}; whole numbers and slices can be traced")
