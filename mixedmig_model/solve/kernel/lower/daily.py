"""What is computed of a whole day, as text of LLVM.

There are two functions next to ``day`` and ``stage``, and their call.
"""

from collections.abc import Mapping
from typing import NamedTuple

from mixedmig_model.solve.kernel.lower.emit import lowered
from mixedmig_model.solve.kernel.lower.layouts import ARGUMENTS, BUFFERS, Layouts
from mixedmig_model.solve.kernel.lower.scalarise import scalarise
from mixedmig_model.solve.kernel.lower.scalars import Numbers
from mixedmig_model.solve.kernel.lower.text import Code
from mixedmig_model.solve.kernel.memory import KINDS, LANES, Buffer, Kind, Sizes, starts
from mixedmig_model.solve.kernel.model.day import SHOWN
from mixedmig_model.solve.kernel.model.stage import STATE, Traces

MEASURES = ("starts", "still", "changing", "front", "part", "made", "first", "size")
"""The record of what is measured.

It has addresses, where the numbers begin among all numbers, and how many they are.
"""
OWN = ("still", "changing", "front", "part", "made")
SINGLE = Kind(0, False)


def daily_text(traced: Traces, lanes: int = LANES) -> tuple[str, Layouts]:
    """Return the functions ``inputs_of_day`` and ``measure``.

    The second result says where everything lies.
    """
    text, layouts = lowered(traced.inputs, traced.shapes, scalarise(traced.outputs, traced.shapes, Numbers()),
                            lanes)
    return text.replace(" @day(", " @inputs_of_day(").replace(" @stage(", " @measure("), layouts


def call_daily(code: Code, of: Mapping[str, str], states: Mapping[str, str], changed: str) -> None:
    """Write the call that measures a day.

    Parameters
    ----------
    code : Code
        The function that is written.
    of : Mapping[str, str]
        Fields of the job.
    states : Mapping[str, str]
        States as the day began (base) and ended.
    changed : str
        Whether the inputs changed: true or false.
    """
    record = {name: code.load("i64", code.at(of["measures"], str(k), "i64")) for k, name in enumerate(MEASURES)}
    own = {name: code.get(f"inttoptr i64 {record[name]} to ptr") for name in ("starts", *OWN)}
    given = {**of, **states, **own}
    args = [f"i64 {of[key]}" for key in ("groups", "countries", "blocks")] + [f"ptr {own['starts']}"]
    together = ", ".join([*args, *(f"ptr {given[key]}" for key in ARGUMENTS)])
    with code.only_if(changed):
        code.put(f"call void @inputs_of_day({together})")
    code.put(f"call void @measure({together})")
    made = code.at(own["made"], record["first"])
    code.put(f"call void @copy(ptr {own['front']}, ptr {made}, i64 {record['size']})")


class Measured(NamedTuple):
    """What a run of some sizes needs to measure days.

    It has places, lengths of memory, and places by name.
    """

    starts: list[int]
    lengths: dict[str, int]
    first: int
    size: int
    places: dict[str, int]


def measured_of(layouts: Layouts, sizes: Sizes) -> Measured:
    """Return where numbers of a day lie in a run.

    Parameters
    ----------
    layouts : Layouts
        Layouts of the functions of a day.
    sizes : Sizes
        Numbers of groups and countries.

    Returns
    -------
    Measured
        Places, lengths of memory, and places by name.
    """
    buffers = dict(layouts.buffers)
    single = buffers["state"].counts[SINGLE]
    stocks = {kind: count for kind, count in buffers["state"].counts.items() if kind != SINGLE}
    slots = buffers["state"].slots
    buffers["state"] = Buffer(counts=stocks)  # stocks lie where the run has them; no stock is a single number
    of = {name: starts(buffers[name], sizes) for name in BUFFERS}
    first = of["state"][0][SINGLE]
    size = -(-single // LANES) * LANES
    lengths = {"still": of["still"][1], "changing": of["changing"][1], "front": size, "part": LANES,
               "made": first + size}
    begin = f"{STATE}/{SHOWN}"
    places = {name.removeprefix(begin): first + slot.first for name, slot in slots.items() if name.startswith(begin)}
    return Measured([of[name][0][kind] for name in BUFFERS for kind in KINDS], lengths, first, size=size,
                    places=places)
