"""The reference path: scipy's ``solve_ivp`` over running totals, restarted where an input jumps (``model.md`` 2).

F is the vector of all flows (persons/day), C their running totals, N the incidence of the flow table:
dC/dt = F(t, X), X = X0 + N C. The stocks are integrated beside C for error control, and every stock and flow that is
kept afterwards is a difference of C, so that people are conserved to rounding.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.integrate import solve_ivp
from scipy.sparse import csr_array

from mixedmig_model.equations.arrivals import first_contact_share
from mixedmig_model.equations.axes import PLACE
from mixedmig_model.equations.coupling import State, couple, memory_change
from mixedmig_model.equations.flows import Layout, Row, build_layout
from mixedmig_model.equations.levels import Levels
from mixedmig_model.equations.procedure import TINY
from mixedmig_model.inputs.resolve import RunInputs
from mixedmig_model.solve.schedule import levels_at, opening_state, segments


class SolveError(RuntimeError):
    """The integration failed; the message says when."""


@dataclass(frozen=True)
class Options:
    """How the reference path integrates.

    ``rtol`` is relative, ``atol`` in persons, both on the stocks; ``longest`` is the longest stretch in days that is
    held in memory at daily resolution. The step is bounded by the fastest hazards (1/day), not by the tolerance: on the
    Andaman case a hundred times looser tolerance saves less than a fifth of the evaluations: every run uses these.
    """

    method: str = "RK23"
    rtol: float = 1e-6
    atol: float = 3e-4
    longest: float = 91.0


@dataclass(frozen=True)
class Answer:
    """What a run leaves behind: opening stocks and running totals of every flow cell at weekly and daily edges."""

    layout: Layout
    opening: np.ndarray  # [stock cells] persons
    week_days: np.ndarray  # [W+1] day of each weekly edge
    week_totals: np.ndarray  # [W+1, flow cells] persons since the opening
    day_stocks: np.ndarray  # [D+1, daily stock cells] persons
    day_totals: np.ndarray  # [D+1, daily flow cells] persons
    evaluations: int
    options: Options


@dataclass
class Problem:
    """The right-hand side of one run; mutable only in its scratch buffers and counters."""

    layout: Layout
    levels: Levels
    incidence: csr_array
    evaluations: int = 0
    _hazard: np.ndarray = field(init=False)
    _state: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self._hazard = np.zeros(self.layout.flow_cells)
        self._state = np.ones(self.layout.stock_cells + 1)
        detention = self._detention_cells()
        leaves, enters = self.layout.leaves, self.layout.enters
        inside = np.isin(leaves, detention) & ~np.isin(enters, detention)
        self._exits = np.flatnonzero(inside)
        shape = self.layout.stock_at["at_sea"][1]
        self._exit_cell = (leaves[self._exits] - self.layout.stock_at["people"][0].start) % (shape[0] * shape[1])

    def _detention_cells(self) -> np.ndarray:
        where, shape = self.layout.stock_at["people"]
        cells = np.arange(where.start, where.stop).reshape(shape)
        return cells[:, PLACE["detention"]].ravel()

    def state(self, stocks: np.ndarray, memory: np.ndarray) -> State:
        """The stocks that equations read, as views of the flat vector."""
        stock = self.layout.stock
        shape = self.layout.stock_at["at_sea"][1]
        return State(
            stock(stocks, "at_sea"), stock(stocks, "adrift"), stock(stocks, "people"), memory.reshape(shape)
        )

    def flows(self, stocks: np.ndarray, memory: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """All flows (persons/day, flat) and the change of the memory (persons/day, flat) in one state."""
        state = self.state(stocks, memory)
        coupled = couple(state, self.levels)
        for name, (where, shape) in self.layout.flow_at.items():
            value = coupled.departed if name == "departed" else coupled.hazards[name]
            self._hazard[where].reshape(shape)[...] = value
        self._state[:-1] = stocks
        flows = self._hazard * self._state[self.layout.sources]
        inside = np.maximum(state.people[:, PLACE["detention"]], 0.0).sum(axis=0)
        leaving = np.maximum(flows[self._exits], 0.0)  # so that the mean hazard is bounded where detention empties
        exits = np.bincount(self._exit_cell, leaving, minlength=inside.size).reshape(inside.shape)
        exempt = coupled.exempt_release * np.minimum(state.identified_inside, inside)
        other = np.maximum(exits - exempt * self.levels.groups.child[:, None], 0.0) / np.maximum(inside, TINY)
        change = memory_change(
            coupled.identified_entered, state.identified_inside, other, coupled.exempt_release
        )
        return flows, change.ravel()

    def derivative(self, _time: float, vector: np.ndarray) -> np.ndarray:
        """d[stocks, memory, running totals]/dt for ``solve_ivp``."""
        self.evaluations += 1
        stocks = vector[: self.layout.stock_cells]
        memory = vector[self.layout.stock_cells : -self.layout.flow_cells]
        flows, change = self.flows(stocks, memory)
        return np.concatenate((self.incidence @ flows, change, flows))


def incidence(layout: Layout) -> csr_array:
    """N: -1 where a flow cell leaves a stock cell, +1 where it enters one; ``[stock cells, flow cells]``."""
    flow = np.arange(layout.flow_cells)
    out, into = layout.leaves >= 0, layout.enters >= 0
    weights = np.concatenate((-np.ones(out.sum()), np.ones(into.sum())))
    rows = np.concatenate((layout.leaves[out], layout.enters[into]))
    columns = np.concatenate((flow[out], flow[into]))
    return csr_array((weights, (rows, columns)), shape=(layout.stock_cells, layout.flow_cells))


def opening_memory(layout: Layout, opening: np.ndarray, levels: Levels) -> np.ndarray:
    """Identified children in detention at the opening, flat: the share seen at first contact of those present."""
    held = layout.stock(opening, "people")[:, PLACE["detention"]].sum(axis=0)
    return np.asarray(held * first_contact_share(levels.groups, levels.registration)).ravel()


def daily_stock_sums(layout: Layout) -> csr_array:
    """Sums of stock cells kept daily: people by stage, place and country; every other stock over groups."""
    return _sums(layout, layout.stock_at, layout.stock_cells, keep_place=True)


def daily_flow_sums(layout: Layout) -> csr_array:
    """Sums of flow cells kept daily: each row by country, or in all where it has none."""
    return _sums(layout, layout.flow_at, layout.flow_cells, keep_place=False)


def _sums(
    layout: Layout, parts: Mapping[str, tuple[slice, tuple[int, ...]]], length: int, keep_place: bool
) -> csr_array:
    """A 0/1 matrix that sums cells over groups (and over stage and place, unless kept)."""
    targets, start = np.zeros(length, dtype=int), 0
    countries = len(layout.labels["country"])
    for where, shape in parts.values():
        if len(shape) == 1:  # [group]
            own, size = np.zeros(shape, dtype=int), 1
        elif keep_place and len(shape) == 4:  # [stage, place, group, country]
            whole = np.arange(shape[0] * shape[1] * countries).reshape(shape[0], shape[1], 1, countries)
            own, size = np.broadcast_to(whole, shape), shape[0] * shape[1] * countries
        else:  # [..., country]
            own, size = np.broadcast_to(np.arange(countries), shape), countries
        targets[where] = start + own.ravel()
        start += size
    return csr_array((np.ones(length), (targets, np.arange(length))), shape=(start, length))


def solve(
    run: RunInputs,
    options: Options | None = None,
    restart_days: Iterable[float] = (),
    rows: tuple[Row, ...] | None = None,
    progress: Callable[[float], None] | None = None,
) -> Answer:
    """Integrate one run.

    Args: restart_days, further days of restart, so that compared scenarios share them; rows, another flow table (for
    tests); progress, called with the share of the run that is done. Raises SolveError where the integration fails.
    """
    options = options or Options()
    names = tuple(run.groups), run.countries
    layout = build_layout(*names) if rows is None else build_layout(*names, rows)
    matrix = incidence(layout)
    stock_sums, flow_sums = daily_stock_sums(layout), daily_flow_sums(layout)
    opening = opening_state(run, layout)
    problem = Problem(layout, levels_at(run, 0.0), matrix)
    totals = np.zeros(layout.flow_cells)
    memory = opening_memory(layout, opening, problem.levels)
    memory_cells = memory.size
    weeks = sorted({*range(0, run.days, 7), run.days})
    week_totals, day_stocks, day_totals = [totals], [stock_sums @ opening], [flow_sums @ totals]
    tolerance = _tolerances(layout, memory_cells, options)
    for start, end in segments(run, restart_days, options.longest):
        problem.levels = levels_at(run, start)
        stocks = opening + matrix @ totals
        days = np.arange(start, end + 1.0)
        found = solve_ivp(
            problem.derivative, (start, end), np.concatenate((stocks, memory, totals)), options.method,
            t_eval=days, **tolerance,
        )
        if not found.success:
            raise SolveError(f"the run stopped between day {start:g} and day {end:g}: {found.message}")
        path = found.y[-layout.flow_cells :]
        day_totals += list((flow_sums @ path[:, 1:]).T)
        day_stocks += list((stock_sums @ (opening[:, None] + matrix @ path[:, 1:])).T)
        week_totals += [path[:, k] for k in range(1, len(days)) if int(days[k]) in weeks]
        totals = path[:, -1].copy()
        memory = np.maximum(found.y[layout.stock_cells : -layout.flow_cells, -1], 0.0)
        if progress:
            progress(end / run.days)
    return Answer(
        layout, opening, np.array(weeks), np.array(week_totals), np.array(day_stocks), np.array(day_totals),
        problem.evaluations, options,
    )


def _tolerances(layout: Layout, memory_cells: int, options: Options) -> dict[str, object]:
    """Error control on stocks and memory; scipy's norm is an RMS over all states, so both tolerances are scaled."""
    watched, all_states = layout.stock_cells + memory_cells, layout.stock_cells + memory_cells + layout.flow_cells
    scale = np.sqrt(watched / all_states)
    atol = np.full(all_states, np.inf)
    atol[:watched] = options.atol * scale
    return {"rtol": options.rtol * scale, "atol": atol}
