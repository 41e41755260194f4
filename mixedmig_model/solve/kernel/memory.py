"""Where numbers lie in the kernel's memory.

Eight groups lie next to each other, all cells of a country after each other. A buffer has blocks, one for each kind of
array: with groups or without, over no country, one, or pairs. A block holds, for each country (or pair) and each eight
groups, all its numbers one after the other. The address of each is then a fixed distance from the first. Lanes beyond
the last group are zero where people are and count in no sum.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import NamedTuple

import numpy as np

from mixedmig_model.solve.kernel.trace.graph import Axis

LANES = 8


class Kind(NamedTuple):
    """A kind of array: over how many countries, and if by group."""

    countries: int
    groups: bool


KINDS = tuple(Kind(countries, groups) for countries, groups in product(range(3), (True, False)))


class Slot(NamedTuple):
    """Where an array lies in its buffer.

    It has the kind of block, and the number of its first cell in it.
    """

    kind: Kind
    first: int
    sizes: tuple[int, ...]  # of its fixed axes
    axes: tuple[str, ...]  # all its axes, an empty name where one is fixed

    def number(self, at: Sequence[int]) -> int:
        """Return the number of a cell by its labels on fixed axes."""
        place = 0
        for size, k in zip(self.sizes, at, strict=True):
            place = place * size + k
        return self.first + place


@dataclass
class Buffer:
    """What lies in one buffer.

    It has slots by name, and how many cells each kind of block has.
    """

    slots: dict[str, Slot] = field(default_factory=dict)
    counts: dict[Kind, int] = field(default_factory=dict)

    def add(self, name: str, axes: tuple[Axis, ...]) -> Slot:
        """Make room for an array."""
        names = tuple(axis.name if axis.size == 0 else "" for axis in axes)
        kind = Kind(names.count("country"), "group" in names)
        sizes = tuple(axis.size for axis in axes if axis.size)
        slot = Slot(kind, self.counts.get(kind, 0), sizes, names)
        self.slots[name] = slot
        self.counts[kind] = slot.first + prod(sizes)
        return slot

    def one_more(self, kind: Kind) -> int:
        """Make room for one number that has no name."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.counts[kind] - 1


class Sizes(NamedTuple):
    """How many groups and countries a run has."""

    groups: int
    countries: int

    @property
    def blocks(self) -> int:
        """How many times eight groups."""
        return -(-self.groups // LANES)

    def cells(self, kind: Kind) -> int:
        """Return how many times the numbers of a block are repeated."""
        return int(self.countries**kind.countries * (self.blocks if kind.groups else 1))


def starts(buffer: Buffer, sizes: Sizes) -> tuple[Mapping[Kind, int], int]:
    """Return where each block of a buffer starts.

    The second number is how long the buffer is; both in numbers of eight bytes.
    """
    result, end = {}, 0
    for kind in KINDS:
        result[kind] = end
        lanes = LANES if kind.groups else 1
        size = buffer.counts.get(kind, 0) * sizes.cells(kind) * lanes
        end += -(-size // LANES) * LANES
    return result, end


def positions(buffer: Buffer, name: str, sizes: Sizes) -> np.ndarray:
    """Return where each number of an array lies in its buffer.

    The result has the array's own shape.
    """
    slot = buffer.slots[name]
    shape, fixed = [], iter(slot.sizes)
    for axis in slot.axes:
        shape.append(next(fixed) if not axis else sizes.groups if axis == "group" else sizes.countries)
    grids = np.indices(tuple(shape), sparse=True)
    cell: np.ndarray = np.zeros((), dtype=np.int64)
    country: np.ndarray = np.zeros((), dtype=np.int64)
    group: np.ndarray = np.zeros((), dtype=np.int64)
    for axis, size, grid in zip(slot.axes, shape, grids, strict=True):
        if axis == "group":
            group = grid
        elif axis == "country":
            country = country * sizes.countries + grid
        else:
            cell = cell * size + grid
    start, many = starts(buffer, sizes)[0][slot.kind], buffer.counts[slot.kind]
    if not slot.kind.groups:
        where = start + country * many + slot.first + cell
    else:
        block = country * sizes.blocks + group // LANES
        where = start + (block * many + slot.first + cell) * LANES + group % LANES
    return np.broadcast_to(where, tuple(shape)).astype(np.int64)
