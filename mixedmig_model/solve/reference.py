"""The reference path: scipy's ``RK23``.

It integrates running totals, and restarts where an input jumps (``docs/model.md`` section 2). The stocks are integrated
next to the running totals for error control. Every stock and flow that is kept afterwards is a difference of running
totals, so that people are conserved to rounding.
"""

from collections.abc import Callable, Iterable

import numpy as np
from scipy.integrate import DOP853, RK23, RK45, OdeSolver
from threadpoolctl import threadpool_limits

from mixedmig_model.equations.carried import opening_carried
from mixedmig_model.equations.inside import kinds_held
from mixedmig_model.equations.layout import build_layout
from mixedmig_model.equations.levels import Levels
from mixedmig_model.equations.numbers import TINY
from mixedmig_model.equations.table import FLOWS, Flow
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.solve.answer import Answer, Options, SolveError
from mixedmig_model.solve.detention_limit import History, fronts, limit_cuts, shortest_limit
from mixedmig_model.solve.keeper import Keeper
from mixedmig_model.solve.problem import DETENTION, Problem, Slices, incidence
from mixedmig_model.solve.schedule import Schedule, opening_state, segments

METHODS: dict[str, type[OdeSolver]] = {"RK23": RK23, "RK45": RK45, "DOP853": DOP853}
STABLE = {"RK23": 2.2, "RK45": 3.0, "DOP853": 5.5}
"""Longest step x hazard.

It is nine tenths of that at which a method no longer lets a stock run empty. Beyond it what is left swings about zero.
The error control, which sees the mean of all cells, notices late: people stood at -1.7 where hazards are 200/day.
"""
SEEN = 1e-3
"""Share of the absolute tolerance above which a cell counts.

It then holds people, and its hazard bounds the step.
"""
SAME_TIME = 1e-9
"""Days within which a step counts as ending at a midnight."""


def solve_reference(
    run: RunInputs,
    options: Options | None = None,
    restart_days: Iterable[float] = (),
    flows: tuple[Flow, ...] = FLOWS,
    progress: Callable[[float], None] | None = None,
) -> Answer:
    """Integrate one run.

    Levers that switch themselves stay off here: ``solve/run.py`` solves such a run. ``run``: All inputs of the run.
    ``options``: Tolerances and method. ``restart_days``: Further days of restart, so that compared scenarios share
    them. ``flows``: Another flow table (for tests). ``progress``: Called with the share of the run that is done.
    Returns the answer. Raises SolveError where the integration fails.
    """
    options = options or Options()
    layout = build_layout(tuple(run.groups), run.countries, flows)
    matrix, schedule = incidence(layout), Schedule(run)
    first = schedule.at(0.0)
    opening = opening_state(run, layout, first)
    held = layout.stock(opening, "people")[:, DETENTION].sum(axis=0)
    problem = Problem(layout, matrix, fronts(run), History(held.ravel()))
    vector = _opening_vector(problem.parts, opening, layout.stock(opening, "people"), first)
    keeper = Keeper(layout, vector, matrix, run.days)
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
    return keeper.answer(options, problem.evaluations)


def _opening_vector(parts: Slices, opening: np.ndarray, people: np.ndarray, first: Levels) -> np.ndarray:
    """Return the integrated vector when the run opens.

    ``people`` are persons ashore ``[S, P, G, C]``; ``first`` are the first inputs.
    """
    held = people[:, DETENTION].sum(axis=0)
    vector = np.zeros(parts.carried.stop)
    vector[parts.stocks] = opening
    vector[parts.kinds] = np.ravel(kinds_held(held, first))
    vector[parts.carried] = np.concatenate([part.ravel() for part in opening_carried(people, first)])
    return vector


def _stretch(
    problem: Problem, vector: np.ndarray, start: float, end: float, options: Options, longest: float, keeper: Keeper
) -> np.ndarray:
    """Integrate while the inputs hold; return the last vector.

    Every day on the way is kept.
    """
    solver = METHODS[options.method](
        problem.derivative, start, _restarted(problem.parts, vector, keeper), end, max_step=longest,
        **_tolerances(problem.parts, options),
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
        day = _keep_days(keeper, solver, day, end)
    return np.asarray(solver.y)


def _restarted(parts: Slices, vector: np.ndarray, keeper: Keeper) -> np.ndarray:
    """Return the vector with stocks from its running totals.

    No memory is below zero.
    """
    vector = vector.copy()
    vector[parts.stocks] = keeper.stocks(vector[parts.totals])
    for part in (parts.kinds, parts.overdue, parts.carried):
        vector[part] = np.maximum(vector[part], 0.0)
    return vector


def _keep_days(keeper: Keeper, solver: OdeSolver, day: int, end: float) -> int:
    """Keep the days that the solver's last step has reached.

    They start with ``day``; return the first that it has not reached.
    """
    between = None
    while day <= solver.t + SAME_TIME and day <= end:
        if abs(day - solver.t) < SAME_TIME:
            keeper.keep(day, solver.y)
        else:
            between = between or solver.dense_output()
            keeper.keep(day, between(float(day)))
        day += 1
    return day


def _tolerances(parts: Slices, options: Options) -> dict[str, object]:
    """Return the error control on stocks and memory.

    scipy's norm is an RMS over all states, so both tolerances are scaled.
    """
    watched, all_states = parts.watched, parts.carried.stop
    scale = np.sqrt(watched / all_states)
    atol = np.full(all_states, np.inf)
    atol[:watched] = options.atol * scale
    atol[parts.lost] = np.inf  # a mean of hazards: where nobody is inside it says nothing, and it never steers a step
    return {"rtol": options.rtol * scale, "atol": atol}
