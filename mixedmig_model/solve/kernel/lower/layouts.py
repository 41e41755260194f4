"""Where a kernel's buffers have each number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from mixedmig_model.solve.kernel.lower.nests import NestPlan, loops_of
from mixedmig_model.solve.kernel.memory import Buffer, Kind
from mixedmig_model.solve.kernel.trace.graph import Axis

BUFFERS = ("state", "levels", "front", "part", "sums", "still", "changing")
"""Buffers whose places a kernel needs.

The last two hold what is computed once a day, and in each stage.
"""
ARGUMENTS = ("levels", "still", "changing", "front", "part", "base", "state", "made", "sums")
"""Buffers that the functions take.

The state as the step began, now, and next have the same places.
"""
LAID_OUT = {"base": "state", "made": "state"}
SIGNATURE = "i64 %G, i64 %C, i64 %B, ptr %starts, " + ", ".join(f"ptr noalias %{name}" for name in ARGUMENTS)


class Kept(NamedTuple):
    """Where a number lies for other loops: buffer, place, loops."""

    buffer: str
    kind: Kind
    place: int
    loops: str


@dataclass
class Layouts:
    """All buffers of a kernel, and places of numbers left over."""

    buffers: dict[str, Buffer] = field(default_factory=lambda: {name: Buffer() for name in BUFFERS})
    kept: dict[int, Kept] = field(default_factory=dict)


def lay_out(inputs: Mapping[str, tuple[Axis, ...]], shapes: Mapping[str, tuple[Axis, ...]], plan: NestPlan) -> Layouts:
    """Return places for inputs, sums, and numbers left over."""
    layouts = Layouts()
    for name, axes in inputs.items():
        buffer = name.split("/")[0]
        if buffer in layouts.buffers:
            layouts.buffers[buffer].add(name, axes)
    for name, axes in shapes.items():
        if name.startswith("sums/"):
            layouts.buffers["sums"].add(name, axes)
    for one in plan.kept.values():
        if not one.free:
            loops = loops_of(one.space)
            kind = Kind(len(loops.replace("g", "")), "g" in loops)
            buffer = "still" if one.still else "changing"
            layouts.kept[one.id] = Kept(buffer, kind, layouts.buffers[buffer].one_more(kind), loops)
    return layouts
