"""What is kept of the flows of a state.

It is daily sums, queues and detention, by group; or every cell. Groups are kept separately here and added up once a
day, where an answer wants their sum.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from mixedmig_model.equations.table import FLOWS, SERVED
from mixedmig_model.solve.daily import daily_flow_axes
from mixedmig_model.solve.kernel.model.cells import Cell, FlowCell, flow_cells, summed, total
from mixedmig_model.solve.kernel.model.movement import Product
from mixedmig_model.vocabulary.labels import FUNCTIONS, PLACE, STAGES

DETENTION = PLACE["detention"]
SERVED_FLOWS = {name for names in SERVED.values() for name in names}
BY_GROUP = ("group", "country")


class Sum(NamedTuple):
    """One sum that is kept.

    It has its name, its open axes, and what goes into it, each with the axes it keeps.
    """

    name: str
    axes: tuple[str, ...]
    parts: tuple[tuple[FlowCell, tuple[str, ...]], ...]


def cell_name(cell: FlowCell) -> str:
    """Return the name of a flow's cell.

    It is the flow and the numbers of its labels.
    """
    return "/".join([cell.flow.name, *map(str, cell.at)])


def day_sums() -> list[Sum]:
    """Return daily sums of flows.

    They are in the order of ``daily.flow_sums``; by function where a flow has one.
    """
    result = []
    for flow in FLOWS:
        cells = [cell for cell in flow_cells() if cell.flow is flow]
        axes = tuple(axis for axis in flow.axes if axis in ("group", *daily_flow_axes(flow)) and axis != "function")
        by_function = [name for name in FUNCTIONS if "function" in flow.axes] or [""]
        for name in by_function:
            parts = tuple((cell, axes) for cell in cells if cell.labels.get("function", "") == name)
            result.append(Sum(f"day/{flow.name}/{name}", axes, parts))
    return result


def queue_sums() -> list[Sum]:
    """Return sums of people through each stage.

    They enter it, are served by it, or leave it in another way, in the order of ``daily.queue_sums``.
    """
    kinds: list[dict[int, list[Any]]] = [defaultdict(list) for _ in range(3)]
    for cell in flow_cells():
        left, entered = _stage(cell.leaves), _stage(cell.sink)
        if left == entered and "destination" not in cell.open_axes:
            continue  # a move between places of a stage
        if entered is not None:
            country = "destination" if "destination" in cell.open_axes else "country"
            kinds[0][entered].append((cell, ("group", country)))
        if left is not None:
            kinds[1 if cell.flow.name in SERVED_FLOWS else 2][left].append((cell, BY_GROUP))
    return [
        Sum(f"queue/{kind}/{name}", BY_GROUP, tuple(parts[k]))
        for kind, parts in zip(("entered", "served", "lost"), kinds, strict=True) for k, name in enumerate(STAGES)
    ]


def _stage(cell: Cell | None) -> int | None:
    """Return the stage of a cell of people."""
    return cell[1][0] if cell is not None and cell[0] == "people" else None


def _in_detention(cell: Cell | None) -> bool:
    return cell is not None and cell[0] == "people" and cell[1][1] == DETENTION


def detention_sums() -> list[Sum]:
    """Return sums of people through detention.

    They enter it, leave it, or are released by its limit, in the order of ``daily.detention_sums``.
    """
    entered, left, limit = [], [], []
    for cell in flow_cells():
        into, out = _in_detention(cell.sink), _in_detention(cell.leaves)
        if into and not out:
            entered.append((cell, ("group", "destination" if "destination" in cell.open_axes else "country")))
        if out and not into:
            left.append((cell, BY_GROUP))
        if cell.flow.name == "released_by_limit":
            limit.append((cell, BY_GROUP))
    return [Sum(f"detention/{name}", BY_GROUP, tuple(parts))
            for name, parts in (("entered", entered), ("left", left), ("limit", limit))]


def through_doors(rates: Sequence[Product], into: bool) -> Any:
    """Return people who enter or leave detention.

    They are persons/day ``[G, C]``.
    """
    name = "detention/entered" if into else "detention/left"
    return collected(next(one for one in detention_sums() if one.name == name), rates)


def collected(wanted: Sum, rates: Sequence[Product]) -> Any:
    """Return one sum of the flows of a state, persons/day.

    It is None where nothing goes into it. Cells with the same hazard are added up before they are multiplied with it.
    """
    own = {cell_name(rate.cell): rate for rate in rates}
    return total(_products([(own[cell_name(cell)], axes) for cell, axes in wanted.parts])) if wanted.parts else None


def _products(parts: Iterable[tuple[Product, tuple[str, ...]]]) -> list[Any]:
    """Return flows summed to the axes that they keep.

    Flows with one hazard are summed together.
    """
    groups: dict[Any, list[tuple[Product, tuple[str, ...]]]] = defaultdict(list)
    for rate, axes in parts:
        groups[(_same(rate.hazard), rate.cell.open_axes, axes)].append((rate, axes))
    products = []
    for several in groups.values():
        rate, axes = several[0]
        held = [each.held for each, _ in several if each.held is not None]
        moved = [each.hazard for each, _ in several] if len(held) < len(several) else [rate.hazard * total(held)]
        products += [summed(rate.cell, one, axes) for one in moved]
    return products


def _same(hazard: Any) -> Any:
    """Return what two hazards share if they are one array."""
    return getattr(hazard, "made", None) or id(hazard)
