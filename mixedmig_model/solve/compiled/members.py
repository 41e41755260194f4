"""Arrays of many runs at once: an axis of members, last in memory, which the equations do not see.

The equations are written once, against ``x.__array_namespace__()``. ``Members`` is that x under JAX: it holds an array
``[..., member]`` and shows all axes but the last, so that an equation over ``[G, C]`` works on 32 runs at once, and
every operation runs along the members, which lie side by side in memory. (``jax.vmap`` puts the members first.)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import jax.numpy as jnp
from jax import tree_util


class Members:
    """An array over runs, ``[..., member]``, of which the axes before the last are shown."""

    __slots__ = ("values",)
    __array_priority__ = 1000.0
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, values: Any) -> None:
        self.values = values

    @property
    def shape(self) -> tuple[int, ...]:
        """Sizes of the axes that the equations see."""
        return tuple(self.values.shape[:-1])

    def __array_namespace__(self) -> Namespace:
        return NAMESPACE

    def __getitem__(self, key: Any) -> Members:
        parts = key if isinstance(key, tuple) else (key,)
        if any(part is Ellipsis for part in parts):
            parts = (*parts, slice(None))
        return Members(self.values[parts])

    def __add__(self, other: Any) -> Members:
        return Members(self.values + _plain(other))

    def __sub__(self, other: Any) -> Members:
        return Members(self.values - _plain(other))

    def __rsub__(self, other: Any) -> Members:
        return Members(_plain(other) - self.values)

    def __mul__(self, other: Any) -> Members:
        return Members(self.values * _plain(other))

    def __truediv__(self, other: Any) -> Members:
        return Members(self.values / _plain(other))

    def __rtruediv__(self, other: Any) -> Members:
        return Members(_plain(other) / self.values)

    def __gt__(self, other: Any) -> Any:
        return self.values > _plain(other)

    def __neg__(self) -> Members:
        return Members(-self.values)

    def __matmul__(self, other: Members) -> Members:
        """Matrix product of two arrays of two axes, as a sum of products."""
        parts = (self[:, k, None] * other[None, k, :] for k in range(self.shape[1]))
        return total(parts)

    __radd__, __rmul__ = __add__, __mul__


def _plain(value: Any) -> Any:
    return value.values if isinstance(value, Members) else value


def total(parts: Any) -> Members:
    """The sum of arrays of shapes that broadcast, in order. There must be one at least."""
    listed = list(parts)
    result: Members = listed[0]
    for part in listed[1:]:
        result = result + part
    return result


class Namespace:
    """The functions of the array-API standard that the equations use, over members."""

    @staticmethod
    def asarray(value: Any) -> Members:
        """A constant, the same in every run."""
        return value if isinstance(value, Members) else Members(jnp.asarray(value, dtype=float)[..., None])

    @staticmethod
    def eye(size: int) -> Members:
        """Ones on the diagonal, the same in every run."""
        return Members(jnp.eye(size)[..., None])

    @staticmethod
    def maximum(one: Any, other: Any) -> Members:
        """The larger of two."""
        return Members(jnp.maximum(_plain(one), _plain(other)))

    @staticmethod
    def minimum(one: Any, other: Any) -> Members:
        """The smaller of two."""
        return Members(jnp.minimum(_plain(one), _plain(other)))

    @staticmethod
    def clip(value: Members, low: Any, high: Any) -> Members:
        """The value held between two bounds."""
        return Members(jnp.minimum(jnp.maximum(value.values, _plain(low)), _plain(high)))

    @staticmethod
    def where(condition: Any, one: Any, other: Any) -> Members:
        """Elementwise choice. Args: condition, of the shape of the values, members last."""
        return Members(jnp.where(condition, _plain(one), _plain(other)))

    @staticmethod
    def exp(value: Members) -> Members:
        """The exponential."""
        return Members(jnp.exp(value.values))

    @staticmethod
    def log(value: Members) -> Members:
        """The natural logarithm."""
        return Members(jnp.log(value.values))

    @staticmethod
    def stack(parts: Sequence[Members], axis: int = 0) -> Members:
        """Arrays joined along a new axis."""
        shapes = jnp.broadcast_shapes(*(part.values.shape for part in parts))
        wide = [jnp.broadcast_to(part.values, shapes) for part in parts]
        return Members(jnp.stack(wide, axis=axis if axis >= 0 else axis - 1))

    @staticmethod
    def sum(value: Members, axis: int | tuple[int, ...], keepdims: bool = False) -> Members:
        """The sum over axes, counted as the equations see them; added slice by slice, which compiles to plain loops."""
        axes = sorted((a % len(value.shape) for a in (axis if isinstance(axis, tuple) else (axis,))), reverse=True)
        for a in axes:
            before = (slice(None),) * a
            value = total(value[(*before, slice(k, k + 1) if keepdims else k)] for k in range(value.shape[a]))
        return value


NAMESPACE = Namespace()


def _flatten(members: Members) -> tuple[tuple[Any], None]:
    return (members.values,), None


def _unflatten(_: None, children: tuple[Any, ...]) -> Members:
    return Members(children[0])


tree_util.register_pytree_node(Members, _flatten, _unflatten)
