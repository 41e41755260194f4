"""The reference path: scipy's ``RK23`` over running totals, restarted where an input jumps (``model.md`` 2).

F is the vector of all flows (persons/day), C their running totals, N the incidence of the flow table:
dC/dt = F(t, X), X = X0 + N C. The stocks are integrated beside C for error control, and every stock and flow that is
kept afterwards is a difference of C, so that people are conserved to rounding. Beside them stands what detention
remembers: the identified people inside, the integral of its exit hazards, and people overdue for release.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.integrate import DOP853, RK23, RK45, OdeSolver
from scipy.sparse import csr_array
from threadpoolctl import threadpool_limits

from mixedmig_model.equations.accommodation import LIMIT_CAP, Memory, not_owed, owed_release
from mixedmig_model.equations.coupling import Segment, State, couple, memory_change, prepare
from mixedmig_model.equations.identification import first_contact_share
from mixedmig_model.equations.layout import Layout, build_layout
from mixedmig_model.equations.levels import Levels
from mixedmig_model.equations.numbers import TINY
from mixedmig_model.equations.table import Flow
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.solve.answer import Answer, Options, SolveError
from mixedmig_model.solve.daily import detention_cells, detention_sums, queue_sums, row_sums, stock_sums
from mixedmig_model.solve.detention_limit import Front, History, fronts, limit_cuts, shortest_limit
from mixedmig_model.solve.schedule import Schedule, opening_state, segments
from mixedmig_model.vocabulary.labels import PLACE

METHODS: dict[str, type[OdeSolver]] = {"RK23": RK23, "RK45": RK45, "DOP853": DOP853}
STABLE = {"RK23": 2.2, "RK45": 3.0, "DOP853": 5.5}
"""Longest step x hazard: nine tenths of that at which a method no longer lets a stock run empty. Beyond it what is left
swings about zero, and the error control, which sees the mean of all cells, notices late: people stood at -1.7 where
hazards are 200/day.
"""
SEEN = 1e-3
"""Share of the absolute tolerance above which a cell holds anybody, so that its hazard bounds the step."""
DETENTION = PLACE["detention"]


class Slices(NamedTuple):
    """Where the parts of the integrated vector lie."""

    stocks: slice
    identified: slice  # [G x C] persons
    lost: slice  # [G x C] integral of the exit hazards of detention
    overdue: slice  # [G x C] persons
    totals: slice

    @property
    def watched(self) -> int:
        """Cells under error control: all but the running totals."""
        return int(self.totals.start)


def slices(layout: Layout) -> Slices:
    """The parts of the integrated vector of a layout."""
    block = int(np.prod(layout.stock_at["at_sea"][1]))
    edges = np.cumsum([0, layout.stock_cells, block, block, block, layout.flow_cells])
    return Slices(*(slice(int(a), int(b)) for a, b in pairwise(edges)))


class RateOfChange(NamedTuple):
    """What happens in one state: flows and the changes of what detention remembers, all flat."""

    flows: np.ndarray
    identified: np.ndarray
    hazard: np.ndarray  # 1/day, all exits from detention but the limit's
    overdue: np.ndarray


@dataclass
class Problem:
    """The right-hand side of one run; mutable only in its inputs, scratch buffers, history and counters."""

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
        self._state = np.ones(layout.stock_cells + 1)
        left, entered = detention_cells(layout, layout.leaves), detention_cells(layout, layout.enters)
        self._exits = np.flatnonzero((left >= 0) & (entered < 0))
        self._entries = np.flatnonzero((entered >= 0) & (left < 0))
        self._exit_cell, self._entry_cell = left[self._exits], entered[self._entries]
        self._leaving = np.flatnonzero(layout.leaves >= 0)
        self._left = layout.leaves[self._leaving]

    def use(self, levels: Levels) -> None:
        """Take the inputs of the next segment."""
        self.segment = prepare(levels)
        for name, value in self.segment.hazards.items():
            if name in self._views:
                self._views[name][...] = value

    def flows(self, day: float, vector: np.ndarray) -> RateOfChange:
        """All flows (persons/day) in one state, and the changes of what detention remembers."""
        parts, stock = self.parts, self.layout.stock
        stocks = vector[parts.stocks]
        identified, lost, overdue = (
            vector[part].reshape(self._shape) for part in (parts.identified, parts.lost, parts.overdue)
        )
        people = stock(stocks, "people")
        in_force = self.segment.levels.law.detention_limit
        due, before = self.history.due(day, lost, self.fronts, in_force)
        inside = np.maximum(people[:, DETENTION], 0.0).sum(axis=0)
        forgiven = not_owed(overdue, inside) * LIMIT_CAP
        beyond = np.zeros_like(inside)
        if self.fronts:  # no more can be within the limit than entered since its front
            entered = self._by_group(vector[parts.totals], self._entries, self._entry_cell)
            beyond = inside - (entered - before)
        memory = Memory(np.maximum(identified, 0.0), owed_release(due, overdue, beyond, inside))
        state = State(stock(stocks, "at_sea"), stock(stocks, "adrift"), stock(stocks, "moving"),
                      irregular=stock(stocks, "irregular"), people=people, staff=stock(stocks, "staff"),
                      memory=memory)
        coupled = couple(state, self.segment)
        for name, value in coupled.hazards.items():
            self._views[name][...] = value
        self._state[:-1] = stocks
        flows = self._hazard * self._state[self.layout.sources]
        exits = self._by_group(flows, self._exits, self._exit_cell)
        limited = coupled.limit * inside
        known = coupled.exempt_law * np.minimum(memory.identified, inside)
        share = 1.0 / np.maximum(inside, TINY)
        change = memory_change(
            coupled.identified_entered, memory.identified, np.maximum(exits - known, 0.0) * share, coupled.exempt_law
        )
        hazard = np.maximum(exits - limited, 0.0) * share
        return RateOfChange(flows, change.ravel(), hazard.ravel(), (due - limited - forgiven).ravel())

    def _by_group(self, flows: np.ndarray, which: np.ndarray, cell: np.ndarray) -> np.ndarray:
        """Sums (persons/day, ``[G, C]``) of some flows by group and country."""
        moved = np.maximum(flows[which], 0.0)  # so that the mean hazard is bounded where detention empties
        groups, countries = self._shape
        return np.bincount(cell, moved, minlength=groups * countries).reshape(groups, countries)

    def fastest(self, vector: np.ndarray, least: float) -> float:
        """Largest hazard (1/day) at which a cell that holds more than ``least`` empties, all its ways out together.

        Args: vector, the latest state whose flows were worked out; least, persons or officers.
        """
        hazard = np.bincount(self._left, self._hazard[self._leaving], minlength=self.layout.stock_cells)
        found = float(hazard[np.abs(vector[self.parts.stocks]) > least].max(initial=0.0))
        late = bool((np.abs(vector[self.parts.overdue]) > least).any())
        return max(found, LIMIT_CAP) if late else found

    def derivative(self, day: float, vector: np.ndarray) -> np.ndarray:
        """d[stocks, memory, running totals]/dt for the solver."""
        self.evaluations += 1
        change = self.flows(day, vector)
        moved = self.incidence @ change.flows
        return np.concatenate((moved, change.identified, change.hazard, change.overdue, change.flows))

    def remember(self, day: float, vector: np.ndarray, derivative: np.ndarray) -> None:
        """Keep what the limit of detention needs of an accepted step."""
        totals, flows, lost = vector[self.parts.totals], derivative[self.parts.totals], self.parts.lost
        entered = self._by_group(totals, self._entries, self._entry_cell).ravel()
        rate = self._by_group(flows, self._entries, self._entry_cell).ravel()
        self.history.add(day, entered, rate, vector[lost].copy(), derivative[lost].copy())


def incidence(layout: Layout) -> csr_array:
    """N: -1 where a flow cell leaves a stock cell, +1 where it enters one; ``[stock cells, flow cells]``."""
    flow = np.arange(layout.flow_cells)
    out, into = layout.leaves >= 0, layout.enters >= 0
    weights = np.concatenate((-np.ones(out.sum()), np.ones(into.sum())))
    rows = np.concatenate((layout.leaves[out], layout.enters[into]))
    columns = np.concatenate((flow[out], flow[into]))
    return csr_array((weights, (rows, columns)), shape=(layout.stock_cells, layout.flow_cells))


class Keeper:
    """Keeps what a run leaves behind as it goes: daily sums, and all cells at weekly edges."""

    def __init__(self, layout: Layout, opening: np.ndarray, matrix: csr_array, days: int) -> None:
        self.opening, self.matrix = opening, matrix
        self.sums = (row_sums(layout), queue_sums(layout), detention_sums(layout))
        self.of_stocks = stock_sums(layout)
        self.weeks = np.array(sorted({*range(0, days, 7), days}))
        self.week_totals = np.zeros((len(self.weeks), layout.flow_cells))
        self.day_stocks = np.zeros((days + 1, self.of_stocks.shape[0]))
        self.days = [np.zeros((days + 1, part.shape[0])) for part in self.sums]
        self.parts = slices(layout)
        self.overdue = np.zeros((days + 1, self.parts.overdue.stop - self.parts.overdue.start))
        self.keep(0, np.zeros(self.parts.totals.stop))

    def keep(self, day: int, vector: np.ndarray) -> None:
        """Keep the running totals of one day, and who is overdue for release."""
        totals, self.overdue[day] = vector[self.parts.totals], np.maximum(vector[self.parts.overdue], 0.0)
        self.day_stocks[day] = self.of_stocks @ (self.opening + self.matrix @ totals)
        for kept, part in zip(self.days, self.sums, strict=True):
            kept[day] = part @ totals
        week = int(np.searchsorted(self.weeks, day))
        if self.weeks[week] == day:
            self.week_totals[week] = totals


def solve_reference(
    run: RunInputs,
    options: Options | None = None,
    restart_days: Iterable[float] = (),
    rows: tuple[Flow, ...] | None = None,
    progress: Callable[[float], None] | None = None,
) -> Answer:
    """Integrate one run.

    Args: restart_days, further days of restart, so that compared scenarios share them; rows, another flow table (for
    tests); progress, called with the share of the run that is done. Levers that switch themselves stay off here:
    ``solve/run.py`` solves such a run. Raises SolveError where the integration fails.
    """
    options = options or Options()
    names = tuple(run.groups), run.countries
    layout = build_layout(*names) if rows is None else build_layout(*names, rows)
    matrix, schedule = incidence(layout), Schedule(run)
    first = schedule.at(0.0)
    opening = opening_state(run, layout, first)
    held = layout.stock(opening, "people")[:, DETENTION].sum(axis=0)
    problem = Problem(layout, matrix, fronts(run), History(held.ravel()))
    keeper = Keeper(layout, opening, matrix, run.days)
    vector = np.zeros(problem.parts.totals.stop)
    vector[problem.parts.stocks] = opening
    vector[problem.parts.identified] = (held * first_contact_share(first.groups, first.registration)).ravel()
    longest = max(min(options.longest, shortest_limit(run)), 1.0)  # else releases by the limit drift
    # scipy's step is a product of a 3-row matrix and a vector, far too small to share: threads of BLAS that wait for
    # each other took half of the time of a run alone, and four fifths beside another run
    with threadpool_limits(limits=1, user_api="blas"):
        for start, end in segments(run, {*restart_days, *schedule.jumps, *limit_cuts(run)}, longest):
            problem.use(schedule.at(start))
            vector = _stretch(problem, vector, start, end=end, options=options, longest=shortest_limit(run),
                              keeper=keeper)
            if progress:
                progress(end / run.days)
    return Answer(layout, opening, keeper.weeks, week_totals=keeper.week_totals, day_stocks=keeper.day_stocks,
                  day_totals=keeper.days[0], queue_totals=keeper.days[1], detention_totals=keeper.days[2],
                  evaluations=problem.evaluations, options=options, overdue=keeper.overdue)


def _stretch(
    problem: Problem, vector: np.ndarray, start: float, end: float, options: Options, longest: float, keeper: Keeper
) -> np.ndarray:
    """Integrate while the inputs hold, keeping every day on the way; returns the vector at the end."""
    parts = problem.parts
    vector = vector.copy()
    totals = vector[parts.totals]
    vector[parts.stocks] = keeper.opening + keeper.matrix @ totals
    vector[parts.identified] = np.maximum(vector[parts.identified], 0.0)
    vector[parts.overdue] = np.maximum(vector[parts.overdue], 0.0)
    solver = METHODS[options.method](
        problem.derivative, start, vector, end, max_step=longest, **_tolerances(parts, options)
    )
    limited = bool(problem.fronts)
    if limited:
        problem.remember(start, solver.y, solver.f)
    day = int(np.floor(start)) + 1
    while solver.status == "running":
        fastest = problem.fastest(solver.y, SEEN * options.atol)
        solver.max_step = min(longest, STABLE[options.method] / max(fastest, TINY))
        message = solver.step()
        if solver.status == "failed":
            raise SolveError(f"the run stopped between day {start:g} and day {end:g}: {message}")
        if limited:
            problem.remember(solver.t, solver.y, solver.f)
        path = None
        while day <= solver.t + 1e-9 and day <= end:
            if abs(day - solver.t) < 1e-9:
                keeper.keep(day, solver.y)
            else:
                path = path or solver.dense_output()
                keeper.keep(day, path(float(day)))
            day += 1
    return np.asarray(solver.y)


def _tolerances(parts: Slices, options: Options) -> dict[str, object]:
    """Error control on stocks and memory; scipy's norm is an RMS over all states, so both tolerances are scaled."""
    watched, all_states = parts.watched, parts.totals.stop
    scale = np.sqrt(watched / all_states)
    atol = np.full(all_states, np.inf)
    atol[:watched] = options.atol * scale
    atol[parts.lost] = np.inf  # a mean of hazards: where nobody is inside it says nothing, and it never steers a step
    return {"rtol": options.rtol * scale, "atol": atol}
