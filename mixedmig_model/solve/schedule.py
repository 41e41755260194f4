"""From resolved inputs to levels, segment by segment."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from mixedmig_model.equations.layout import Layout
from mixedmig_model.equations.levels import Arrivals, Groups, Levels
from mixedmig_model.equations.staffing import careers, steady_staff
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.inputs.schema import Group, Opening
from mixedmig_model.solve.shapes import places_open, shaped_departures
from mixedmig_model.vocabulary.labels import PLACE, STAGE

REFERRED_FLAGS = ("survivor", "ill", "older", "disability", "pregnant")
"""Specific needs that screening refers.

Trafficking and children alone are referred in addition.
"""


def group_arrays(
    groups: Mapping[str, Group], countries: Sequence[str] = ("",), landing: np.ndarray | None = None
) -> Groups:
    """Return group records as 0/1 arrays over groups.

    Rules of law read these flags, never group names. ``countries`` are those of the run, and ``landing`` has weights by
    country of landing, ``[G, C]``.
    """

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
        in_need=np.maximum.reduce([marks(g.need != "none" for g in records), trafficked, other, alone]),
        landing=np.ones((len(records), len(countries))) if landing is None else landing,
        at_home=np.array([[float(g.origin == country) for country in countries] for g in records]),
    )


def mix(run: RunInputs, day: float) -> np.ndarray:
    """Return the shares of departures by group.

    They are the true-need share times weights within each kind of need, and sum to one. Where all groups are of one
    kind the share says nothing.
    """
    weights = run.parameters["arrivals.composition"].at(day)
    share = float(run.parameters["arrivals.international_need_share"].at(day)[0])
    international = np.array([group.need == "international" for group in run.groups.values()])
    result = np.zeros(len(weights))
    for chosen, part in ((international, share), (~international, 1.0 - share)):
        if chosen.any():
            whole = 1.0 if chosen.all() else part
            result[chosen] = whole * weights[chosen] / weights[chosen].sum()
    return np.asarray(result / result.sum())


def landing_weights(run: RunInputs) -> np.ndarray:
    """Return weights of groups by country of landing, ``[G, C]``."""
    groups, weights = list(run.groups), np.ones((len(run.groups), len(run.countries)))
    for row in run.landing:
        weights[groups.index(row.group), run.countries.index(row.country)] = row.weight
    return weights


def mix_by_country(run: RunInputs, day: float) -> np.ndarray:
    """Return shares of departures by group and country.

    The weights of groups move the mix of the case, ``[G, C]``. Where they leave nobody of it, it holds as it is.
    """
    everywhere, weights = mix(run, day), landing_weights(run)
    result = np.repeat(everywhere[:, None], len(run.countries), axis=1)
    for country in np.flatnonzero((weights != 1.0).any(axis=0)):
        weighed = everywhere * weights[:, country]
        if weighed.sum() > 0.0:
            result[:, country] = weighed / weighed.sum()
    return result


def opening_mix(run: RunInputs) -> np.ndarray:
    """Return the shares of people present at the opening by group.

    They are those of departures towards the country on the first day, without people at home there, ``[G, C]``. Where
    these leave nobody, all other groups have equal shares.
    """
    away = 1.0 - group_arrays(run.groups, run.countries).at_home
    mixed = mix_by_country(run, 0.0)
    for country in np.flatnonzero((away < 1.0).any(axis=0)):
        others = mixed[:, country] * away[:, country]
        others = others if others.sum() > 0.0 else away[:, country]
        mixed[:, country] = others / others.sum() if others.sum() > 0.0 else mixed[:, country]
    return mixed


class Schedule:
    """The dated inputs of a run as the equations read them.

    It has the days on which any of them jumps.
    """

    def __init__(self, run: RunInputs) -> None:
        self.run = run
        self.departures = shaped_departures(run)
        self.places = places_open(run)
        self.groups = group_arrays(run.groups, run.countries, landing_weights(run))
        own = {*self.departures.starts, *self.places.starts}
        self.jumps = tuple(sorted({*run.jumps, *(day for day in own if 0.0 < day < run.days)}))

    @cached_property
    def first(self) -> Levels:
        """All inputs of the equations as the run opens."""
        return self.at(0.0)

    def at(self, day: float) -> Levels:
        """Return all inputs of the equations in force on ``day``."""
        run = self.run
        subjects: dict[str, Any] = {
            "arrivals": Arrivals(
                self.departures.at(day), run.parameters["arrivals.claim_share"].at(day), mix_by_country(run, day)),
            "groups": self.groups,
        }
        for name, kind in Levels.__annotations__.items():
            if name not in subjects:
                prefix = name.rstrip("_")
                subjects[name] = kind(*(run.parameters[f"{prefix}.{field}"].at(day) for field in kind._fields))
        subjects["reception"] = subjects["reception"]._replace(places=self.places.at(day))
        return Levels(**subjects)


def segments(run: RunInputs, restart_days: Iterable[float] = (), longest: float = 91.0) -> list[tuple[float, float]]:
    """Cut the run where an input jumps.

    These are its own jumps and ``restart_days``; a stretch has at most ``longest`` days.
    """
    cuts = {0.0, float(run.days), *run.jumps, *(day for day in restart_days if 0.0 < day < run.days)}
    edges = sorted(cuts)
    kept = [edges[0]] + [later for day, later in pairwise(edges) if later - day > 1e-6]
    if kept[-1] != edges[-1]:
        kept[-1] = edges[-1]
    result = []
    for start, end in pairwise(kept):
        pieces = int(np.ceil((end - start) / longest))
        inner = [start + round(k * (end - start) / pieces) for k in range(pieces)] + [end]
        result += list(pairwise(inner))
    return result


def opening_by_group(run: RunInputs, opening: Opening) -> np.ndarray:
    """Return people of an entry of the opening, persons ``[G]``.

    They are of the group that it names, or spread over groups by the mix of the country.
    """
    if opening.group is None:
        return np.asarray(run.persons_of(opening) * opening_mix(run)[:, run.countries.index(opening.country)])
    return np.array([run.persons_of(opening) if name == opening.group else 0.0 for name in run.groups])


def waited_ages(run: RunInputs) -> np.ndarray:
    """Return the ages (day) of the people at the opening."""
    return np.array(sorted({0, 1, *(days for one in run.opening for days in one.waited or {})}))


def opening_waited(run: RunInputs, ages: np.ndarray) -> np.ndarray:
    """Return people at the opening who had waited for longer.

    They are persons by age, ``[A, S, G, C]``; those of whom nothing is said came evenly on the day before.
    """
    older = np.zeros((len(ages), len(STAGE), len(run.groups), len(run.countries)))
    for one in run.opening:
        days = {0: 0.0, **dict(sorted((one.waited or {1: 1.0}).items()))}
        share = 1.0 - np.interp(ages, list(days), list(days.values()))
        people = share[:, None] * opening_by_group(run, one)
        older[:, STAGE[one.stage], :, run.countries.index(one.country)] += people
    return older


def opening_state(run: RunInputs, layout: Layout, levels: Levels) -> np.ndarray:
    """Return the stocks when the run opens.

    They are the case's opening people by group, and staff long in post.
    """
    state = np.zeros(layout.stock_cells)
    people = layout.stock(state, "people")
    for opening in run.opening:
        country = run.countries.index(opening.country)
        people[STAGE[opening.stage], PLACE[opening.place], :, country] += opening_by_group(run, opening)
    layout.stock(state, "staff")[...] = steady_staff(careers(levels))
    return state
