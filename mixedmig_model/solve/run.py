"""One door to both solvers, with levers that switch themselves on top (``model.md`` 2).

The kernel solves a run in milliseconds, each alone, many on all threads; the reference path (scipy) does the same
wherever there is no kernel, and judges it.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from mixedmig_model.equations.table import FLOWS, Flow
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, nearest
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.solve.answer import Answer, Options
from mixedmig_model.solve.kernel.native import Progress, available
from mixedmig_model.solve.kernel.runs import OWN, solve_runs
from mixedmig_model.solve.reference import solve_reference
from mixedmig_model.solve.switching import solve_switching

SolveBlock = Callable[[Sequence[RunInputs]], list[Answer]]
SOLVERS = ("auto", "kernel", "reference")
TOGETHER = 5
"""Draws solved in one call by the kernel: enough for all threads, few enough for memory."""
COMPILING = "compiling the equations once on this computer (about 3 seconds, then cached)"


class Solver(NamedTuple):
    """A way to solve runs: the function, how many draws it takes at a time, words for people, whether it is fast."""

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
    """One run on the reference path; with levers that switch themselves, once more for each switch.

    Args: as ``solve_reference`` has them. Raises SolveError where the integration fails, SwitchError where a lever
    does not come to rest.
    """
    days = tuple(restart_days)

    def solved(runs: Sequence[RunInputs]) -> list[Answer]:
        return [solve_reference(one, options, days, flows, progress) for one in runs]

    return _switched([run], solved)[0]


def _switched(runs: Sequence[RunInputs], solve_plain: SolveBlock) -> list[Answer]:
    """Answers of runs, each solved again for every switch of a lever that switches itself."""
    return solve_switching(runs, solve_plain) if any(run.switches for run in runs) else solve_plain(runs)


def solve_kernel(run: RunInputs, step: float = OWN, progress: Progress | None = None) -> Answer:
    """One run by the kernel.

    Args: step, days, a whole number of which make a day; by their own error if not given; progress, told ``compiling``
    before the kernel is made. Raises RuntimeError where there is no kernel, ValueError, SolveError, SwitchError.
    """
    return _switched([run], lambda plain: solve_runs(plain, step, progress))[0]


def kernel_block(runs: Sequence[RunInputs]) -> list[Answer]:
    """Solve runs by the kernel, a run a thread. Raises RuntimeError where there is none, SolveError, SwitchError."""
    return _switched(runs, solve_runs)


def reference_block(runs: Sequence[RunInputs]) -> list[Answer]:
    """Solve runs on the reference path, all restarted on the same days, so that equal runs are equal to the bit."""
    days = tuple(sorted({day for run in runs for day in run.jumps}))
    return [solve(run, None, days) for run in runs]


def choose_solver(asked: str = "auto") -> Solver:
    """Choose a solver. Raises InputFaultsError for an unknown one, and for the kernel where there is none."""
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
