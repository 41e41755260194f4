"""One door to both solvers.

Levers that switch themselves come on top (``docs/model.md`` section 2). The kernel solves a run in milliseconds, each
alone, many on all threads. The reference path (scipy) does the same where there is no kernel, and judges it.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from mixedmig_model.equations.table import FLOWS, Flow
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, nearest
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.solve.answer import Answer, Options
from mixedmig_model.solve.kernel.native import Progress, available
from mixedmig_model.solve.kernel.runs import OWN, kernel_for, layout_of, solve_runs
from mixedmig_model.solve.reference import solve_reference
from mixedmig_model.solve.switching import solve_switching
from mixedmig_model.vocabulary.calendar import DAYS_A_WEEK

SolveBlock = Callable[[Sequence[RunInputs]], list[Answer]]
SOLVERS = ("auto", "kernel", "reference")
TOGETHER = 4
"""Draws that the kernel solves in one call.

They are enough for all threads, and few enough for memory.
"""
ROOM = 150_000_000
"""Bytes that draws may hold that are solved in one call.

A run of five countries over two years holds 67 million, of one country over three years 20.
"""
COMPILING = "compiling the equations once on this computer (about 3 seconds, then cached)"


def fitting(run: RunInputs, most: int) -> int:
    """Return how many runs like one are solved in one call.

    Parameters
    ----------
    run : RunInputs
        All inputs of a run.
    most : int
        No more than these, however small they are.

    Returns
    -------
    int
        One where a run is large.
    """
    layout, weeks = layout_of(tuple(run.groups), run.countries), run.days / DAYS_A_WEEK
    numbers = weeks * (layout.flow_cells + layout.stock_cells) + run.days * layout.stock_cells
    held = 2 * 8 * numbers  # bytes of the solver's answer, and of its arrays by name
    return max(1, min(most, int(ROOM / held)))


def apart(
    scenarios: tuple[str, ...], draws: int, run: RunInputs, solver: SolveBlock
) -> list[tuple[tuple[str, ...], int]]:
    """Return scenarios solved together, and their draws a call.

    The kernel takes each scenario alone and as many draws as memory may hold. Elsewhere runs that are compared restart
    on the same days, so that they stay together.

    Parameters
    ----------
    scenarios : tuple[str, ...]
        Names of scenarios.
    draws : int
        Draws of all scenarios in one call.
    run : RunInputs
        A run of one of them.
    solver : SolveBlock
        The function that solves them.

    Returns
    -------
    list[tuple[tuple[str, ...], int]]
        Scenarios and draws of each call; all scenarios are in it.
    """
    if solver is not kernel_block:
        return [(scenarios, draws)]
    return [((name,), fitting(run, draws * len(scenarios))) for name in scenarios]


class Solver(NamedTuple):
    """A way to solve runs.

    It has the function, how many draws it takes at a time, words for people, and whether it is fast.
    """

    solve: SolveBlock
    together: int
    words: str
    kernel: bool

    @property
    def path(self) -> str:
        """The name of the path."""
        return "kernel" if self.kernel else "reference"


def solve(
    run: RunInputs, options: Options | None = None, restart_days: Iterable[float] = (),
    flows: tuple[Flow, ...] = FLOWS, progress: Callable[[float], None] | None = None,
) -> Answer:
    """Solve one run on the reference path.

    With levers that switch themselves, it is solved once more for each switch.

    Parameters
    ----------
    run : RunInputs
        All inputs of the run.
    options : Options | None, default None
        Tolerances and method.
    restart_days : Iterable[float], default ()
        Further days of restart.
    flows : tuple[Flow, ...], default FLOWS
        Another flow table (for tests).
    progress : Callable[[float], None] | None, default None
        Called with the share of the run that is done.

    Returns
    -------
    Answer
        The answer.

    Raises
    ------
    SolveError
        Where the integration fails.
    SwitchError
        Where a lever does not come to rest.
    """
    days = tuple(restart_days)

    def solved(runs: Sequence[RunInputs]) -> list[Answer]:
        return [solve_reference(one, options, days, flows, progress) for one in runs]

    return _switched([run], solved)[0]


def _switched(runs: Sequence[RunInputs], solve_plain: SolveBlock) -> list[Answer]:
    """Return answers of runs, solved again for every switch.

    Levers of the run switch themselves.
    """
    return solve_switching(runs, solve_plain) if any(run.switches for run in runs) else solve_plain(runs)


def solve_kernel(run: RunInputs, step: float = OWN, progress: Progress | None = None) -> Answer:
    """Solve one run by the kernel.

    Parameters
    ----------
    run : RunInputs
        All inputs of the run.
    step : float, default OWN
        Length of a step (day), a whole number of which make a day. If not given, steps follow their own error.
    progress : Progress | None, default None
        Called with ``compiling`` before the kernel is built.

    Returns
    -------
    Answer
        The answer.

    Raises
    ------
    RuntimeError
        Where there is no kernel.
    ValueError
        Where steps do not make a day.
    SolveError
        Where the run cannot be solved.
    SwitchError
        Where a lever does not come to rest.
    """
    return _switched([run], lambda plain: solve_runs(plain, step, progress))[0]


def kernel_block(runs: Sequence[RunInputs]) -> list[Answer]:
    """Solve runs by the kernel, a run a thread.

    Raises RuntimeError where there is none, SolveError, SwitchError.
    """
    return _switched(runs, solve_runs)


def compile_kernel() -> None:
    """Make the kernel of runs in full, without a run.

    Raises RuntimeError where there is none.
    """
    kernel_for((), True)


def reference_block(runs: Sequence[RunInputs]) -> list[Answer]:
    """Solve runs on the reference path.

    All are restarted on the same days, so that equal runs are equal to the bit.
    """
    days = tuple(sorted({day for run in runs for day in run.jumps}))
    return [solve(run, None, days) for run in runs]


def choose_solver(asked: str = "auto") -> Solver:
    """Choose a solver.

    Raises InputFaultsError for an unknown one, and for the kernel where there is none.
    """
    if asked not in SOLVERS:
        fault = Fault("--path", 0, "", "unknown path", found=repr(asked)[:80], allowed=", ".join(SOLVERS),
                      nearest=nearest(asked, SOLVERS))
        raise InputFaultsError([fault])
    reason = available()
    if asked == "kernel" and reason:
        raise InputFaultsError([Fault("--path", 0, "", "the kernel cannot be used", found=reason,
                                      allowed="auto, reference")])
    if asked == "reference" or reason:
        why = f": {reason}" if reason else ", as asked"
        return Solver(reference_block, 1, f"Solved on the reference path{why}.", False)
    return Solver(kernel_block, TOGETHER, "Solved by the kernel, in steps chosen by their own error.", True)
