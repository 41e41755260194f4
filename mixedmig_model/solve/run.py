"""One door to both solvers, with levers that switch themselves on top (``model.md`` 2).

The reference path (scipy) solves any run; the compiled path (JAX) many runs of one layout at once.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from mixedmig_model.equations.table import FLOWS, Flow
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, nearest
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.solve.answer import Answer, Options
from mixedmig_model.solve.compiled.runs import FULL_BLOCK, STEP, Progress, available, solve_layout
from mixedmig_model.solve.reference import solve_reference
from mixedmig_model.solve.switching import solve_switching

SolveBlock = Callable[[Sequence[RunInputs]], list[Answer]]
SOLVERS = ("auto", "compiled", "reference")
TOGETHER = 5
"""Draws solved in one call on the compiled path: with several scenarios, a few blocks of runs."""
BLOCK = 4
"""Members of a block: on two cores faster than eight, whose arrays leave the processor's cache (docs/timings.md)."""
COMPILING = "compiling the equations once for these countries and groups (up to half a minute; kept for the next time)"


class Solver(NamedTuple):
    """A way to solve runs: the function, how many draws it takes at a time, and words for people."""

    solve: SolveBlock
    together: int
    words: str
    compiled: bool


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


def solve_block(
    runs: Sequence[RunInputs], step: float = STEP, progress: Progress | None = None, block: int = FULL_BLOCK
) -> list[Answer]:
    """Runs of one layout on the compiled path, in blocks of ``block`` members.

    Args: step, days, a whole number of which make a day; progress, told ``compiling`` before the first run of a layout.
    Raises ValueError where layouts differ or a step does not divide a day, RuntimeError without JAX, SwitchError.
    """
    return _switched(runs, lambda plain: solve_layout(plain, step, progress, block))


def _switched(runs: Sequence[RunInputs], solve_plain: SolveBlock) -> list[Answer]:
    """Answers of runs, each solved again for every switch of a lever that switches itself."""
    return solve_switching(runs, solve_plain) if any(run.switches for run in runs) else solve_plain(runs)


def solve_compiled(run: RunInputs, step: float = STEP, progress: Progress | None = None) -> Answer:
    """One run on the compiled path. Args and errors as those of ``solve_block``."""
    return solve_block([run], step, progress, block=1)[0]


def reference_block(runs: Sequence[RunInputs]) -> list[Answer]:
    """Solve runs on the reference path, all restarted on the same days, so that equal runs are equal to the bit."""
    days = tuple(sorted({day for run in runs for day in run.jumps}))
    return [solve(run, None, days) for run in runs]


def compiled_block(runs: Sequence[RunInputs]) -> list[Answer]:
    """Solve runs of one layout on the compiled path. Raises RuntimeError without JAX."""
    return solve_block(runs, block=BLOCK)


def choose_solver(asked: str = "auto") -> Solver:
    """Choose a solver. Raises InputFaultsError for an unknown one, and for the compiled one without JAX."""
    if asked not in SOLVERS:
        fault = Fault("--path", 0, "", "unknown path", found=repr(asked)[:80], allowed=", ".join(SOLVERS),
                      nearest=nearest(asked, SOLVERS))
        raise InputFaultsError([fault])
    reason = available()
    if asked == "compiled" and reason:
        raise InputFaultsError([Fault("--path", 0, "", "the compiled path cannot be used", found=reason,
                                      allowed="auto, reference")])
    if asked == "reference" or reason:
        why = f": {reason}" if reason else ", as asked"
        return Solver(reference_block, 1, f"Solved on the reference path{why}.", False)
    return Solver(compiled_block, TOGETHER, f"Solved on the compiled path, in steps of {STEP:g} day.", True)
