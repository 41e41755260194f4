"""What people ashore carry, in the kernel, and its change.

Source: ``docs/model.md`` section 4.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from mixedmig_model.equations.carried import Carried, Through, may_leave, movers_change
from mixedmig_model.equations.levels import Levels
from mixedmig_model.equations.table import MAY_LEAVE
from mixedmig_model.solve.kernel.model.cells import flow_cells, total
from mixedmig_model.solve.kernel.model.collecting import BY_GROUP, Sum, collected
from mixedmig_model.solve.kernel.model.movement import Movement
from mixedmig_model.vocabulary.labels import PLACES, STAGE


@cache
def came_ashore() -> Sum:
    """Return the sum of people who come ashore."""
    parts = tuple(
        (cell, ("group", "destination" if "destination" in cell.open_axes else "country")) for cell in flow_cells()
        if cell.sink and cell.sink[0] == "people" and not (cell.source and cell.source[0] == "people")
    )
    return Sum("carried/came", BY_GROUP, parts)


@cache
def moved_on() -> Sum:
    """Return the sum of people who move on from the procedure."""
    parts = tuple((cell, BY_GROUP) for cell in flow_cells() if cell.flow.name == "moved_onward")
    return Sum("carried/moved_on", BY_GROUP, parts)


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
    change = total(moved.change["people", (STAGE[name], place)] for name in MAY_LEAVE for place in range(len(PLACES)))
    passing = Through(may_leave(people), collected(came_ashore(), moved.rates), change,
                      moved_on=collected(moved_on(), moved.rates))
    return Carried(movers_change(held.movers, passing, levels.onward))
