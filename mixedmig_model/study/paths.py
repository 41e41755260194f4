"""Which path solves many runs: the compiled one where there is JAX, else the reference, and the words that say so."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import xarray as xr

from mixedmig_model.inputs.faults import Fault, InputFaultsError, nearest
from mixedmig_model.inputs.resolve import RunInputs
from mixedmig_model.results.ledger import check_ledger, closes
from mixedmig_model.solve.compiled import STEP, available, solve_block, solve_compiled
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.reference import Answer, solve
from mixedmig_model.study.scenarios import LedgerError, run_one

SolveBlock = Callable[[Sequence[RunInputs]], list[Answer]]
PATHS = ("auto", "compiled", "reference")
TOGETHER = 5
"""Draws solved in one call on the compiled path: with several scenarios, a few blocks of runs."""
BLOCK = 4
"""Members of a block: on two cores faster than eight, whose arrays leave the processor's cache (docs/timings.md)."""
COMPILING = "compiling the equations once for these countries and groups (up to half a minute; kept for the next time)"


class Way(NamedTuple):
    """A way to solve runs: the function, how many draws it takes at a time, and words for people."""

    solver: SolveBlock
    together: int
    words: str
    compiled: bool


def reference_block(runs: Sequence[RunInputs]) -> list[Answer]:
    """Solve runs on the reference path, all restarted on the same days, so that equal runs are equal to the bit."""
    days = tuple(sorted({day for run in runs for day in run.jumps}))
    return [solve(run, None, days) for run in runs]


def compiled_block(runs: Sequence[RunInputs]) -> list[Answer]:
    """Solve runs of one layout on the compiled path. Raises RuntimeError without JAX."""
    return solve_block(runs, block=BLOCK)


def choose_path(asked: str = "auto") -> Way:
    """The path asked for. Raises InputFaultsError for an unknown one, and for the compiled one without JAX."""
    if asked not in PATHS:
        fault = Fault("--path", 0, "", "unknown path", repr(asked)[:80], ", ".join(PATHS), nearest(asked, PATHS))
        raise InputFaultsError([fault])
    reason = available()
    if asked == "compiled" and reason:
        raise InputFaultsError([Fault("--path", 0, "", "the compiled path cannot be used", reason, "auto, reference")])
    if asked == "reference" or reason:
        why = f": {reason}" if reason else ", as asked"
        return Way(reference_block, 1, f"Solved on the reference path{why}.", False)
    return Way(compiled_block, TOGETHER, f"Solved on the compiled path, in steps of {STEP:g} day.", True)


def run_quickly(run: RunInputs, way: Way, compiling: Callable[[], None] = lambda: None) -> xr.Dataset:
    """One run, labelled, its ledger checked, by the path chosen.

    Args: compiling, called before the equations are compiled for a layout. Raises LedgerError, SolveError.
    """
    if not way.compiled:
        return run_one(run)
    answer = solve_compiled(run, progress=lambda _: compiling())
    ds = to_dataset(run, answer)
    if not closes(answer):
        raise LedgerError("; ".join(str(fault) for fault in check_ledger(ds)))
    return ds
