"""A run as a parcel of numbers.

It is for a page that has neither Python nor the case, and has all that the module needs.

A parcel is ``mmp1``, the length of a header (4 bytes), the header (JSON), and numbers, each array at a place that eight
divides. The header names three things. Arrays are ``f64`` or ``i32``, shorter than in memory where the rest is zero.
Records are lists of numbers and of names of arrays or records, which stand for addresses. The third is what the
answer's numbers mean. The daily table is kept by steps: for each column how often it changes, on which days, and the
values from then on.
"""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from mixedmig_model.equations.table import STOCKS
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.solve.daily import daily_stock_axes
from mixedmig_model.solve.kernel.browser.module import layouts_of
from mixedmig_model.solve.kernel.inputs import AFTER, BRISK, EVEN, GRADED, GRADUAL, SUDDEN, Columns
from mixedmig_model.solve.kernel.lower.daily import MEASURES, Measured, measured_of
from mixedmig_model.solve.kernel.lower.driver import ADDRESSES, FIELDS, LISTS
from mixedmig_model.solve.kernel.memory import Sizes
from mixedmig_model.solve.kernel.model.collecting import day_sums, detention_sums, queue_sums
from mixedmig_model.solve.kernel.model.stage import Traces
from mixedmig_model.solve.kernel.plan import BY_GROUP_KEPT, Lists, plan_of
from mixedmig_model.solve.kernel.runs import OWN, SUMS, RunJob, grids_of, group_sums_of, layout_of
from mixedmig_model.vocabulary.labels import FUNCTIONS, GRADES, PLACE, PLACES, STAGES

MAGIC, VERSION = b"mmp1", 1
TABLE = "table"
WEEKS = ("week_sums", "week_states", "week_sum", "weeks")
"""What is kept by week, which is packed separately."""
NOTHING_MEASURED = Measured([], {}, 0, size=0, places={})
FIXED = ("detention.time_limit", "law.detention_limit")
"""Inputs that fix the front of detention's limit.

The front is computed before a run, so a page cannot change these inputs alone.
"""


class Packing:
    """Arrays and records as they are packed."""

    def __init__(self) -> None:
        self.arrays: dict[str, dict[str, Any]] = {}
        self.records: dict[str, list[int | str]] = {}
        self.parts: list[bytes] = []
        self.end = 0

    def put(self, name: str, values: np.ndarray) -> None:
        """Put an array, without the zeros at its end."""
        flat = values.ravel()
        kind = "i32" if flat.dtype.kind == "i" else "f64"
        some = np.flatnonzero(flat)
        given = flat[: some[-1] + 1 if len(some) else 0]
        if kind == "i32" and len(given) and int(np.abs(given).max()) >= 1 << 31:
            raise ValueError(f"'{name}' holds a whole number that 32 bits do not hold")
        self.arrays[name] = {"kind": kind, "length": len(flat), "given": len(given), "at": self.end}
        self._bytes(given.astype("<i4" if kind == "i32" else "<f8").tobytes())

    def _bytes(self, content: bytes) -> None:
        content += bytes(-len(content) % 8)
        self.parts.append(content)
        self.end += len(content)

    def packed(self, header: Mapping[str, Any]) -> bytes:
        """Return the whole parcel."""
        text = json.dumps({**header, "arrays": self.arrays, "records": self.records}, separators=(",", ":")).encode()
        text += b" " * (-(len(text) + 8) % 8)
        return b"".join([MAGIC, len(text).to_bytes(4, "little"), text, *self.parts])


def parcel(run: RunInputs, told: Mapping[str, Any], stage: Traces, day: Traces | None, *,
           shown: list[dict[str, Any]], more: Mapping[str, Mapping[str, Any]]) -> bytes:
    """Return a run as a parcel.

    Without ``day`` the module keeps every cell by week, and measures no days.

    ``told``: What the module says of itself. ``stage``: What the module was traced from. ``day``: What the module was
    traced from. ``shown``: What is said of each number of a day, by ``key``. A number that the module does not compute
    has no place (``at``). ``more``: What else the header says. It has ``stays``, to which the people detained at the
    opening are added, by group and country. Returns the parcel. Raises ValueError for a run with levers that switch
    themselves: a page solves a run once, as it is.
    """
    if run.switches:
        raise ValueError(
            f"scenario {run.scenario} has levers that switch themselves, which a page cannot do; give the run as it "
            "was after all switches (Answer.switched)"
        )
    sizes, whole = Sizes(len(run.groups), len(run.countries)), day is None
    of_stage, of_day = layouts_of(dict(told), stage, day)
    kept = (*SUMS, BY_GROUP_KEPT) if whole else SUMS
    task = RunJob(run, layout_of(tuple(run.groups), run.countries), plan_of(of_stage, sizes, kept, whole), whole,
                  grids=grids_of(OWN))
    measured = measured_of(of_day, sizes) if of_day else NOTHING_MEASURED
    packing = Packing()
    _pack_table(packing, task.held[TABLE])
    for name, values in task.held.items():
        if name not in (TABLE, *WEEKS) and not name.endswith("_lists"):
            packing.put(name, values)
    for name, lists in (("stock", task.plan.stock_lists), ("sum", task.plan.sum_lists)):
        _pack_lists(packing, name, lists)
    if whole:
        _pack_weeks(packing, task)
    else:
        _pack_measures(packing, measured)
    numbers = dict(zip(FIELDS, task.job().tolist(), strict=True))
    packing.records["job"] = [
        name if name in ADDRESSES and name != ("measures" if whole else "weeks") else int(numbers[name])
        for name in FIELDS
    ]
    held = task.layout.stock(task.opening, "people")[:, PLACE["detention"]].sum(axis=0)
    return packing.packed({
        **more, "stays": {**more["stays"], "opening": held.ravel().tolist()},
        "version": VERSION, "text": told["text"], "case": run.case, "scenario": run.scenario, "title": run.title,
        "digest": run.digest, "start": str(run.start), "days": run.days, "groups": list(run.groups),
        "countries": list(run.countries), "blocks": sizes.blocks, "columns": _columns(task.columns),
        "stocks": _stocks(sizes), **_sums(sizes),
        "measured": [{**one, "at": measured.places.get(one["key"])} for one in shown],
    })


def _pack_table(packing: Packing, table: np.ndarray) -> None:
    """Put the daily table by steps, column after column."""
    changes = np.vstack([np.ones((1, table.shape[1]), dtype=bool), table[1:] != table[:-1]]).T
    columns, days = np.nonzero(changes)
    packing.put("table_counts", changes.sum(axis=1))
    packing.put("table_days", days)
    packing.put("table_values", table[days, columns])


def _pack_lists(packing: Packing, name: str, lists: Lists) -> None:
    """Put lists of places for daily numbers, and their record."""
    record: list[int | str] = []
    for field in LISTS:
        kind, _, part = field.partition("_")
        if field == "out" or field == "group_out":
            record.append(f"{name}_{'groups' if kind == 'group' else 'out'}")
        elif kind == "many":
            record.append(len(getattr(lists, part).counts))
        elif part in ("counts", "places", "out"):
            packing.put(f"{name}_{field}", getattr(getattr(lists, f"{kind}s"), part))
            record.append(f"{name}_{field}")
        else:
            record.append(int(getattr(lists, field)))
    packing.records[f"{name}_lists"] = record


def _pack_weeks(packing: Packing, task: RunJob) -> None:
    """Put memory for what is kept by week, and its record.

    The kernel writes from the end of the first week on. Where each cell lies, and what stands as the run opens, follow.
    """
    sums, states = task.plan.lengths["sums"], task.plan.lengths["state"]
    packing.put("week_sums", np.zeros(len(task.held["week_sums"]) - sums))
    packing.put("week_states", np.zeros(len(task.held["week_states"]) - states))
    packing.put("week_sum", np.zeros(sums))
    packing.records["weeks"] = ["week_sums", "week_states", "week_sum"]
    packing.put("flow_cells", task.plan.cells)
    packing.put("stock_cells", task.plan.stocks)
    packing.put("opening", task.opening)
    packing.put("opening_groups", group_sums_of(task.layout) @ task.opening)
    packing.put("opening_identified", task.remembered)


def _pack_measures(packing: Packing, measured: Measured) -> None:
    """Put memory for what is measured of a day, and its record."""
    packing.put("day_starts", np.array(measured.starts, dtype=np.int64))
    for name, length in measured.lengths.items():
        packing.put(f"day_{name}", np.zeros(length))
    numbers = {"first": measured.first, "size": measured.size}
    packing.records["measures"] = [numbers.get(name, f"day_{name}") for name in MEASURES]


def _columns(columns: Columns) -> dict[str, Any]:
    """Return what the columns of the daily table are.

    It says too how a day's pace follows from them.
    """
    return {
        "width": columns.width, "pace": columns.pace, "everybody": columns.everybody,
        "levels": [[f"{one.subject.rstrip('_')}.{one.field}", one.where.start, one.where.stop]
                   for one in columns.levels()],
        "gradual": list(GRADUAL), "sudden": SUDDEN, "after": AFTER, "even": EVEN, "brisk": BRISK, "graded": GRADED,
        "fixed": list(FIXED),
    }


def _sized(axes: tuple[str, ...], sizes: Sizes) -> list[int]:
    labels = {"stage": len(STAGES), "place": len(PLACES), "function": len(FUNCTIONS), "grade": len(GRADES),
              "group": sizes.groups}
    return [labels.get(axis, sizes.countries) for axis in axes]


def _stocks(sizes: Sizes) -> list[dict[str, Any]]:
    """Return daily stocks, in their order: name, axes, sizes."""
    return [{"name": stock.name, "axes": list(daily_stock_axes(stock)), "unit": stock.unit,
             "sizes": _sized(daily_stock_axes(stock), sizes)} for stock in STOCKS]


def _sums(sizes: Sizes) -> dict[str, Any]:
    """Return daily flows, and what is kept by group, in order.

    What is kept is by group and country.
    """
    flows = []
    for one in day_sums():
        axes = tuple(axis for axis in one.axes if axis != "group")
        flows.append({"name": one.name.removeprefix("day/"), "axes": list(axes), "sizes": _sized(axes, sizes)})
    return {"flows": flows, "by_group": [one.name for one in (*queue_sums(), *detention_sums())],
            "labels": {"stage": list(STAGES), "place": list(PLACES), "function": list(FUNCTIONS),
                       "grade": list(GRADES)}}
