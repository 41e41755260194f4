"""What people ashore carry, in the kernel, and its change.

Source: ``docs/model.md`` section 4.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from mixedmig_model.equations.carried import PROTECTED, WAIT, Carried, Through, change_of, in_stages
from mixedmig_model.equations.levels import Levels
from mixedmig_model.equations.table import MAY_LEAVE, flows_marked
from mixedmig_model.solve.kernel.model.cells import FlowCell, flow_cells, total
from mixedmig_model.solve.kernel.model.collecting import BY_GROUP, Sum, collected
from mixedmig_model.solve.kernel.model.movement import Movement
from mixedmig_model.vocabulary.labels import PLACES, STAGE


def _comes_ashore(cell: FlowCell) -> bool:
    """Return whether people come ashore by a cell of a flow."""
    from_ashore = cell.source is not None and cell.source[0] == "people"
    return cell.sink is not None and cell.sink[0] == "people" and not from_ashore


@cache
def came_ashore() -> Sum:
    """Return the sum of people who come ashore."""
    parts = tuple(
        (cell, ("group", "destination" if "destination" in cell.open_axes else "country"))
        for cell in flow_cells() if _comes_ashore(cell)
    )
    return Sum("carried/came", BY_GROUP, parts)


@cache
def of_flow(name: str) -> Sum:
    """Return the sum of people whom a flow of the procedure moves."""
    return Sum(f"carried/{name}", BY_GROUP, tuple((cell, BY_GROUP) for cell in flow_cells() if cell.flow.name == name))


def carried(values: Mapping[str, Any]) -> Carried:
    """Return what people carry, from arrays by name."""
    return Carried(*(values[name] for name in Carried._fields))


def change_of_carried(held: Carried, people: Any, moved: Movement, levels: Levels) -> Carried:
    """Return how what people carry changes a day.

    Parameters
    ----------
    held : Carried
        What people carry.
    people : Any
        People ashore (person, ``[S, P, G, C]``).
    moved : Movement
        Flows of the step.
    levels : Levels
        Inputs of the day.

    Returns
    -------
    Carried
        Changes (1/day of what is carried).
    """
    def passing(stages: tuple[str, ...], came: Any) -> Through:
        grown = total(moved.change["people", (STAGE[name], place)] for name in stages for place in range(len(PLACES)))
        return Through(in_stages(people, stages), came, grown)

    came = collected(came_ashore(), moved.rates)
    granted = total(collected(of_flow(name), moved.rates) for name in flows_marked("granted"))
    moved_on = collected(of_flow("moved_onward"), moved.rates)
    return change_of(held, passing(MAY_LEAVE, came), passing(WAIT, came), protected=passing(PROTECTED, granted),
                     moved_on=moved_on, levels=levels)
