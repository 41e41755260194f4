"""From resolved inputs to the equations' levels, segment by segment."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import numpy as np

from mixedmig_model.equations.axes import PLACE, STAGE
from mixedmig_model.equations.flows import Layout
from mixedmig_model.equations.levels import Arrivals, Groups, Levels
from mixedmig_model.inputs.resolve import RunInputs
from mixedmig_model.inputs.schema import Group

REFERRED_FLAGS = ("survivor", "ill", "older", "disability", "pregnant")
"""Specific needs that screening refers, besides trafficking and children alone."""


def group_arrays(groups: Mapping[str, Group]) -> Groups:
    """Group records as 0/1 arrays over groups; rules of law read these flags, never group names."""

    def marks(test: Iterable[bool]) -> np.ndarray:
        return np.array(list(test), dtype=float)

    records = list(groups.values())
    trafficked = marks("trafficked" in g.flags for g in records)
    alone = marks("alone" in g.flags and "child" in g.flags for g in records)
    other = marks(any(flag in g.flags for flag in REFERRED_FLAGS) for g in records)
    return Groups(
        international=marks(g.need == "international" for g in records),
        owed=marks(g.need != "none" for g in records),
        child=marks("child" in g.flags for g in records),
        alone=alone,
        trafficked=trafficked,
        vulnerable=other,
    )


def mix(run: RunInputs, day: float) -> np.ndarray:
    """Shares of departures by group: the true-need share times weights within each kind of need; sums to one."""
    weights = run.parameters["arrivals.composition"].at(day)
    share = float(run.parameters["arrivals.international_need_share"].at(day)[0])
    international = np.array([group.need == "international" for group in run.groups.values()])
    result = np.zeros(len(weights))
    for chosen, part in ((international, share), (~international, 1.0 - share)):
        if chosen.any():
            result[chosen] = part * weights[chosen] / weights[chosen].sum()
    return np.asarray(result / result.sum())


def levels_at(run: RunInputs, day: float) -> Levels:
    """All inputs of the equations in force on ``day``."""
    departures = run.departures.at(day) * run.parameters["arrivals.scale"].at(day)
    subjects: dict[str, Any] = {"arrivals": Arrivals(departures, mix(run, day)), "groups": group_arrays(run.groups)}
    for name, kind in Levels.__annotations__.items():
        if name not in subjects:
            prefix = name.rstrip("_")
            subjects[name] = kind(*(run.parameters[f"{prefix}.{field}"].at(day) for field in kind._fields))
    return Levels(**subjects)


def segments(run: RunInputs, restart_days: Iterable[float] = (), longest: float = 91.0) -> list[tuple[float, float]]:
    """The run cut where an input jumps (its own and ``restart_days``) and at least every ``longest`` days."""
    cuts = {0.0, float(run.days), *run.jumps, *(day for day in restart_days if 0.0 < day < run.days)}
    edges = sorted(cuts)
    result = []
    for start, end in pairwise(edges):
        pieces = int(np.ceil((end - start) / longest))
        inner = [start + round(k * (end - start) / pieces) for k in range(pieces)] + [end]
        result += list(pairwise(inner))
    return result


def opening_state(run: RunInputs, layout: Layout) -> np.ndarray:
    """Stocks (persons) when the run opens: the case's opening people, spread over groups by the mix."""
    state = np.zeros(layout.stock_cells)
    people = layout.stock(state, "people")
    for opening in run.opening:
        country = run.countries.index(opening.country)
        people[STAGE[opening.stage], PLACE[opening.place], :, country] += opening.persons * mix(run, 0.0)
    return state
