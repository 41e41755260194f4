"""The right-hand side of the reference path.

It leads from the integrated vector to its rate of change (``docs/model.md`` section 2). F is the vector of all flows
(persons/day), C are their running totals, and N is the incidence of the flow table. The equations are dC/dt = F(t, X)
and X = X0 + N C. The vector holds the stocks X, what detention remembers, C, and what people ashore carry.
Detention remembers, by group and country, the people of each kind inside, the integral of its exit hazards, and people
overdue for release.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from mixedmig_model.equations.carried import PROTECTED, WAIT, Carried, Through, change_of, in_stages
from mixedmig_model.equations.coupling import Couplings, State, couple
from mixedmig_model.equations.inside import LIMIT_CAP, Kinds, Memory, memory_change, not_owed, owed_release
from mixedmig_model.equations.layout import Layout
from mixedmig_model.equations.levels import Array, Levels
from mixedmig_model.equations.numbers import TINY
from mixedmig_model.equations.segment import Segment, prepare
from mixedmig_model.equations.table import MAY_LEAVE, flows_marked
from mixedmig_model.solve.daily import detention_cells, people_cells_of
from mixedmig_model.solve.detention_limit import Front, History
from mixedmig_model.vocabulary.labels import PLACE

DETENTION = PLACE["detention"]


class Slices(NamedTuple):
    """Where the parts of the integrated vector lie."""

    stocks: slice
    kinds: slice  # [K x G x C] persons inside, by kind
    lost: slice  # [G x C] integral of the exit hazards of detention
    overdue: slice  # [G x C] persons
    totals: slice
    carried: slice  # [field x G x C] persons

    @property
    def watched(self) -> int:
        """Cells under error control.

        They are all but the running totals and what people carry.
        """
        return int(self.totals.start)


def slices(layout: Layout) -> Slices:
    """Return the parts of the integrated vector of a layout."""
    block = int(np.prod(layout.stock_at["at_sea"][1]))
    kinds, carried = len(Kinds._fields) * block, len(Carried._fields) * block
    edges = np.cumsum([0, layout.stock_cells, kinds, block, block, layout.flow_cells, carried])
    return Slices(*(slice(int(a), int(b)) for a, b in pairwise(edges)))


@lru_cache(maxsize=32)
def incidence(layout: Layout) -> csr_array:
    """Return N, the incidence of the flow table.

    It is -1 where a flow cell leaves a stock cell, +1 where it enters one; ``[stock cells, flow cells]``. It is built
    once for a layout, and nobody may write into it.
    """
    flow = np.arange(layout.flow_cells)
    out, into = layout.leaves >= 0, layout.enters >= 0
    weights = np.concatenate((-np.ones(out.sum()), np.ones(into.sum())))
    stock_cells = np.concatenate((layout.leaves[out], layout.enters[into]))
    flow_cells = np.concatenate((flow[out], flow[into]))
    return csr_array((weights, (stock_cells, flow_cells)), shape=(layout.stock_cells, layout.flow_cells))


class InDetention(NamedTuple):
    """People in detention in one state, ``[G, C]``.

    It has what detention remembers of them.
    """

    inside: np.ndarray  # persons
    kinds: Kinds  # persons
    lost: np.ndarray  # integral of the exit hazards
    overdue: np.ndarray  # persons


class RateOfChange(NamedTuple):
    """What happens in one state, all flat.

    It has flows and the changes of what detention remembers.
    """

    flows: np.ndarray
    kinds: np.ndarray
    hazard: np.ndarray  # 1/day, all exits from detention but the limit's
    overdue: np.ndarray


@dataclass
class Problem:
    """The right-hand side of one run.

    It is mutable only in its inputs, scratch buffers, history and counters.
    """

    layout: Layout
    incidence: csr_array
    fronts: tuple[Front, ...]
    history: History
    evaluations: int = 0
    segment: Segment = field(init=False)

    def __post_init__(self) -> None:
        layout = self.layout
        self.parts = slices(layout)
        self._shape = layout.stock_at["at_sea"][1]
        self._hazard = np.zeros(layout.flow_cells)
        self._views = {name: self._hazard[where].reshape(shape) for name, (where, shape) in layout.flow_at.items()}
        self._stocks = np.ones(layout.stock_cells + 1)  # the last is the source of flows that have none
        left, entered = detention_cells(layout, layout.leaves), detention_cells(layout, layout.enters)
        self._exits = np.flatnonzero((left >= 0) & (entered < 0))
        self._entries = np.flatnonzero((entered >= 0) & (left < 0))
        self._exit_cell, self._entry_cell = left[self._exits], entered[self._entries]
        out, into = people_cells_of(layout, layout.leaves), people_cells_of(layout, layout.enters)
        self._ashore = np.flatnonzero((into >= 0) & (out < 0))
        self._ashore_cell = into[self._ashore]
        self._leaving = np.flatnonzero(layout.leaves >= 0)
        self._left = layout.leaves[self._leaving]

    def use(self, levels: Levels) -> None:
        """Take the inputs of the next segment."""
        self.segment = prepare(levels)
        self._set_hazards({name: value for name, value in self.segment.hazards.items() if name in self._views})

    def rate_of_change(self, day: float, vector: np.ndarray) -> RateOfChange:
        """Return all flows (persons/day) in one state.

        It includes the changes of what detention remembers.
        """
        detained = self._detained(vector)
        due, beyond = self._reaching_limit(day, vector, detained)
        owed = owed_release(due, detained.overdue, beyond, detained.inside)
        memory = Memory(Kinds._make(np.maximum(kind, 0.0) for kind in detained.kinds), owed)
        coupled = couple(self._state(vector, memory), self.segment)
        self._set_hazards(coupled.hazards)
        return self._changes(self._flows(vector), detained, memory.kinds, coupled=coupled, due=due)

    def _detained(self, vector: np.ndarray) -> InDetention:
        """Return detention out of the vector."""
        parts = self.parts
        people = self.layout.stock(vector[parts.stocks], "people")
        kinds = Kinds._make(vector[parts.kinds].reshape(-1, *self._shape))
        remembered = (vector[part].reshape(self._shape) for part in (parts.lost, parts.overdue))
        return InDetention(np.maximum(people[:, DETENTION], 0.0).sum(axis=0), kinds, *remembered)

    def _reaching_limit(self, day: float, vector: np.ndarray, detained: InDetention) -> tuple[np.ndarray, np.ndarray]:
        """Return people who reach the limit (persons/day).

        The second result is people inside beyond all who entered since its front.
        """
        in_force = self.segment.levels.law.detention_limit
        due, before = self.history.due(day, detained.lost, self.fronts, in_force)
        if not self.fronts:
            return due, np.zeros_like(detained.inside)
        entered = self._by_group(vector[self.parts.totals], self._entries, self._entry_cell)
        return due, detained.inside - (entered - before)

    def _state(self, vector: np.ndarray, memory: Memory) -> State:
        """Return the state as the equations read it."""
        names = ("at_sea", "adrift", "moving", "irregular", "people", "staff")
        stocks = vector[self.parts.stocks]
        return State(**{name: self.layout.stock(stocks, name) for name in names}, memory=memory,
                     carried=self._carried(vector))

    def _carried(self, vector: np.ndarray) -> Carried:
        """Return what people ashore carry."""
        return Carried(*vector[self.parts.carried].reshape(-1, *self._shape))

    def _change_of_carried(self, vector: np.ndarray, flows: np.ndarray, moved: np.ndarray) -> np.ndarray:
        """Return the change a day of what people carry, flat.

        ``moved`` is the change of all stocks (persons/day).
        """
        people, change = (self.layout.stock(one, "people") for one in (vector[self.parts.stocks], moved))
        moved_on = self._people_of(flows, "moved_onward")
        granted = np.sum([self._people_of(flows, name) for name in flows_marked("granted")], axis=0)
        came = self._by_group(flows, self._ashore, self._ashore_cell)
        leaving, waiting, protected = (
            Through(in_stages(people, stages), entered, in_stages(change, stages))
            for stages, entered in ((MAY_LEAVE, came), (WAIT, came), (PROTECTED, granted))
        )
        changes = change_of(self._carried(vector), leaving, waiting, protected=protected, moved_on=moved_on,
                            levels=self.segment.levels)
        return np.concatenate([one.ravel() for one in changes])

    def _people_of(self, flows: np.ndarray, name: str) -> np.ndarray:
        """Return people whom a flow of the procedure moves.

        They are persons/day, ``[G, C]``; none where the flow table lacks it.
        """
        if name not in self.layout.flow_at:
            return np.zeros(self._shape)
        where, shape = self.layout.flow_at[name]
        return np.asarray(flows[where].reshape(-1, *shape[-2:]).sum(axis=0))

    def _set_hazards(self, hazards: Mapping[str, Array]) -> None:
        """Write hazards by flow into the vector of all.

        They are 1/day; persons/day of flows without a source.
        """
        for name, value in hazards.items():
            self._views[name][...] = value

    def _flows(self, vector: np.ndarray) -> np.ndarray:
        """Return all flows (persons/day).

        Each is the hazard times the stock that it leaves.
        """
        self._stocks[:-1] = vector[self.parts.stocks]
        return np.asarray(self._hazard * self._stocks[self.layout.sources])

    def _changes(
        self, flows: np.ndarray, detained: InDetention, kinds: Kinds, coupled: Couplings, due: np.ndarray
    ) -> RateOfChange:
        """Return the flows, and the changes of memory a day.

        Memory is what detention remembers; ``kinds`` are persons, not below zero.
        """
        inside = detained.inside
        share = 1.0 / np.maximum(inside, TINY)
        exits = self._by_group(flows, self._exits, self._exit_cell)
        limited = coupled.limit * inside
        changes = [
            memory_change(entered, kind, np.maximum(exits - own * np.minimum(kind, inside), 0.0) * share, own)
            for entered, kind, own in zip(coupled.entered, kinds, coupled.released, strict=True)
        ]
        hazard = np.maximum(exits - limited, 0.0) * share
        forgiven = not_owed(detained.overdue, inside) * LIMIT_CAP
        return RateOfChange(flows, np.ravel(changes), hazard.ravel(), (due - limited - forgiven).ravel())

    def _by_group(self, flows: np.ndarray, which: np.ndarray, cell: np.ndarray) -> np.ndarray:
        """Return sums of some flows by group and country.

        They are persons/day, ``[G, C]``.
        """
        moved = np.maximum(flows[which], 0.0)  # so that the mean hazard is bounded where detention empties
        groups, countries = self._shape
        return np.bincount(cell, moved, minlength=groups * countries).reshape(groups, countries)

    def fastest(self, vector: np.ndarray, least: float) -> float:
        """Return the largest hazard at which a cell empties.

        All ways out of the cell are added; the cell holds more than ``least``.

        Parameters
        ----------
        vector : numpy.ndarray
            The latest state whose flows were computed.
        least : float
            Persons or officers.

        Returns
        -------
        float
            Hazard (1/day).
        """
        hazard = np.bincount(self._left, self._hazard[self._leaving], minlength=self.layout.stock_cells)
        largest = float(hazard[np.abs(vector[self.parts.stocks]) > least].max(initial=0.0))
        late = bool((np.abs(vector[self.parts.overdue]) > least).any())
        return max(largest, LIMIT_CAP) if late else largest

    def derivative(self, day: float, vector: np.ndarray) -> np.ndarray:
        """Return d[stocks, memory, running totals]/dt for the solver."""
        self.evaluations += 1
        change = self.rate_of_change(day, vector)
        moved = self.incidence @ change.flows
        carried = self._change_of_carried(vector, change.flows, moved)
        return np.concatenate((moved, change.kinds, change.hazard, change.overdue, change.flows, carried))

    def remember(self, day: float, vector: np.ndarray, derivative: np.ndarray) -> None:
        """Keep what the limit of detention needs of an accepted step."""
        totals, flows, lost = vector[self.parts.totals], derivative[self.parts.totals], self.parts.lost
        entered = self._by_group(totals, self._entries, self._entry_cell).ravel()
        rate = self._by_group(flows, self._entries, self._entry_cell).ravel()
        self.history.add(day, entered, rate, vector[lost].copy(), derivative[lost].copy())
