"""All flows of one state, limited so that no cell is emptied.

The limit holds within a step (``docs/model.md`` section 2).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from mixedmig_model.equations.table import FLOWS
from mixedmig_model.solve.kernel.model.cells import (
    Cell,
    FlowCell,
    at_end,
    at_source,
    hazard_of,
    part_of,
    total,
)

FEEDING = ("departed", "abandoned", "refused", "landed", "disembarked", "registered")
"""Ways into the cells that people may leave within hours.

What these bring in a step may leave in the same step.
"""
EVEN = ("moved_onward", "withdrawn", "integrated", *(flow.name for flow in FLOWS if "enforced" in flow.marks),
        "landed_unrecorded", "arrived_onward_unrecorded", "found_unreturnable")
"""Flows added up as if their hazard did not differ by group.

Where groups do not differ, and no law spares any, sums are then those of one hazard for all, to the last digit.
"""
LEAST = float(np.finfo(float).tiny)
"""Guard of a division.

Nothing over nothing is nothing; any more would let people leave who are not there.
"""
SLACK = 1.0 - 1e-14
"""What a full step may take of a cell: all but a rounding."""


class Product(NamedTuple):
    """What one cell of a flow moves, as an open product."""

    cell: FlowCell
    hazard: Any  # 1/day; persons/day where the flow has no source
    held: Any  # persons on whom it acts, on the flow's axes; None without a source

    @property
    def moved(self) -> Any:
        """Persons a day."""
        return self.hazard if self.held is None else self.hazard * self.held


class Movement(NamedTuple):
    """All flows of one state."""

    rates: list[Product]
    effective: dict[Cell, Any]  # persons: the cells on which the hazards act
    change: dict[Cell, Any]  # d cell/dt, persons/day


def move(
    cells: Sequence[FlowCell], stocks: Mapping[str, Any], hazards: Mapping[str, Any], held_cells: Sequence[Cell],
    dt: Any,
) -> Movement:
    """Return flows and changes of cells, none below zero.

    In a step no more may leave a cell than is in it and is sure to come; slightly less, for rounding. Sure to come are
    the feeding flows out of cells of which no more leaves than is in them. A cell whose people stay for less than a
    step then settles where as many leave as enter. Source: ``docs/model.md`` section 2.

    Parameters
    ----------
    cells : Sequence[FlowCell]
        Cells of all flows.
    stocks, hazards : Mapping[str, Any]
        Stocks by name (person, officer). Hazards by flow (1/day).
    held_cells : Sequence[Cell]
        Cells that stay as they are.
    dt : Any
        Length of the step (day).

    Returns
    -------
    Movement
        Flows (person/day), and changes of all cells (person/day).
    """
    none = dt.__array_namespace__().asarray(0.0)
    floored = {name: _floored(value, none) for name, value in hazards.items()}
    hazard = [hazard_of(cell, floored[cell.flow.name]) for cell in cells]
    leaving = _leaving(cells, hazard)
    stock = {cell: part_of(stocks[cell[0]], cell) for cell in held_cells}
    sure = _sure(cells, hazard, stock, leaving, dt)
    effective = {
        cell: _held(stock[cell], dt * leaving[cell], dt * sure[cell] if cell in sure else None)
        if cell in leaving else stock[cell] for cell in held_cells
    }
    rates = [Product(cell, own, at_source(cell, effective[cell.source]) if cell.source else None)
             for cell, own in zip(cells, hazard, strict=True)]
    entering = _entering(rates)
    change = {
        cell: (total(entering[cell]) if cell in entering else 0.0 * stock[cell])
        - (leaving[cell] * effective[cell] if cell in leaving else 0.0)
        for cell in held_cells
    }
    return Movement(rates, effective, change)


def _floored(hazard: Any, none: Any) -> Any:
    """Return a hazard that is not below zero.

    A share left of one rounds to -1e-17, and no flow may be negative.
    """
    return hazard.__array_namespace__().maximum(hazard, none)


def _leaving(cells: Sequence[FlowCell], hazard: Sequence[Any]) -> dict[Cell, Any]:
    """Return the hazard of leaving each cell, 1/day.

    All ways out are added.
    """
    parts: dict[Cell, list[Any]] = defaultdict(list)
    even: dict[Cell, list[Any]] = defaultdict(list)
    for cell, own in zip(cells, hazard, strict=True):
        if cell.leaves:
            made = at_end(cell, own, cell.leaves[0], into=False)
            parts[cell.leaves].append(made)
            even[cell.leaves] += [made] if cell.flow.name in EVEN else []
    return {cell: total(own, even[cell]) for cell, own in parts.items()}


def _entering(rates: Sequence[Product]) -> dict[Cell, list[Any]]:
    """Return what enters each cell, flow by flow.

    It is in persons/day.
    """
    entering: dict[Cell, list[Any]] = defaultdict(list)
    for rate in rates:
        if rate.cell.sink:
            entering[rate.cell.sink].append(at_end(rate.cell, rate.moved, rate.cell.sink[0], into=True))
    return entering


def _held(stock: Any, wanted: Any, comes: Any) -> Any:
    """Return the people of a cell on whom its hazards act.

    No more of them leave in a step than are there and come. ``wanted`` is hazard x step; ``comes`` are persons sure to
    come in the step, or None.
    """
    xp = stock.__array_namespace__()
    if comes is not None:
        wanted = wanted * (stock / xp.maximum(stock + comes, xp.asarray(LEAST)))
    return stock * (SLACK / xp.maximum(xp.asarray(1.0), wanted))


def _sure(
    cells: Sequence[FlowCell], hazard: Sequence[Any], stock: Mapping[Cell, Any], leaving: Mapping[Cell, Any], dt: Any
) -> dict[Cell, Any]:
    """Return what the feeding flows bring at least.

    It is in persons/day, by cell.
    """
    feeding = [(cell, own) for cell, own in zip(cells, hazard, strict=True) if cell.flow.name in FEEDING]
    rates = [
        Product(cell, own, at_source(cell, _held(stock[cell.source], dt * leaving[cell.source], None))
                if cell.source else None)
        for cell, own in feeding
    ]
    return {cell: total(parts) for cell, parts in _entering(rates).items()}
