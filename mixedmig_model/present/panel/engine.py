"""Runs of the panel: a case read once, each run solved once.

Runs are kept by digest, for all panels of the process.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.present.panel.state import PROPOSED, PanelState
from mixedmig_model.record.panel.said import PanelRun, numbers_of
from mixedmig_model.record.panel.views import cost_lines, lines_of
from mixedmig_model.results.costs.lines import cost_run
from mixedmig_model.results.costs.pricing import price_scenario
from mixedmig_model.results.indicators.exposure import judged_counts
from mixedmig_model.results.ledger import closes
from mixedmig_model.solve.dataset import to_arrays
from mixedmig_model.solve.run import COMPILING, choose_solver, solve_kernel
from mixedmig_model.solve.run_arrays import RunArrays
from mixedmig_model.study.responses import judged_run
from mixedmig_model.study.run import LedgerError

KEPT, KEPT_WHOLE = 400, 4
"""Runs that are kept without their arrays, and with them.

Lines and numbers of a run take some 200 kB, all its arrays some 40 MB.
"""
MILLI = 1000.0
Notice = Callable[[str], None]


@dataclass
class SolvedRun:
    """One run: its numbers, what it is judged by, and its lines.

    The lines are those of all views but costs.
    """

    numbers: PanelRun
    lines: dict[str, np.ndarray]
    ms: dict[str, float] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The digest of the run."""
        return self.numbers.run.digest


class PanelCost(NamedTuple):
    """The cost of a run: its total, and the lines of its view.

    The total is in base currency. The whole table is not kept.
    """

    total: float
    lines: np.ndarray


class Engine:
    """A case and its runs; may be asked by several threads."""

    def __init__(self, inputs: CaseInputs, path: str = "auto") -> None:
        self.inputs, self.solver = inputs, choose_solver(path)
        self._runs: OrderedDict[str, SolvedRun] = OrderedDict()
        self._arrays: OrderedDict[str, RunArrays] = OrderedDict()
        self._costs: OrderedDict[tuple[str, str], PanelCost] = OrderedDict()
        self._lock = threading.Lock()
        self._asked = 0

    @cached_property
    def base(self) -> SolvedRun:
        """The baseline of the case."""
        return self.solved(resolve(self.inputs))

    def kept(self, run: RunInputs) -> SolvedRun | None:
        """Return a run that was solved before, or None."""
        with self._lock:
            found = self._runs.get(run.digest)
            if found is not None:
                self._runs.move_to_end(run.digest)
            return found

    def solved(self, run: RunInputs, notice: Notice = lambda _: None) -> SolvedRun:
        """Return a run solved, now or before.

        Parameters
        ----------
        run : RunInputs
            The inputs of the run.
        notice : callable, optional
            Called before the equations are compiled.

        Returns
        -------
        SolvedRun
            The run.

        Raises
        ------
        InputFaultsError
            For inputs with faults.
        SolveError
            If the equations cannot be solved.
        SwitchError
            If a lever never comes to rest.
        LedgerError
            If the run's ledger does not close.
        """
        found = self.kept(run)
        if found is not None:
            return found
        begun = time.perf_counter()
        arrays = self._solve(run, notice)
        after = time.perf_counter()
        table = numbers_of(arrays)
        base = run if run.scenario == self.inputs.case.baseline else self.base.numbers.run
        judged = judged_run(run, base)
        judged_arrays = arrays if judged is run else self._solve(judged, notice)
        held = table if judged is run else numbers_of(judged_arrays)
        counts = judged_counts(judged_arrays, held)
        lines = lines_of(self.inputs, arrays)
        made = SolvedRun(PanelRun(run, table, counts, held), lines, {
            "solve": MILLI * (after - begun), "numbers": MILLI * (time.perf_counter() - after)})
        self._keep(run, made, arrays)
        return made

    def _solve(self, run: RunInputs, notice: Notice) -> RunArrays:
        if self.solver.kernel:
            answer = solve_kernel(run, progress=lambda _: notice(COMPILING))
        else:
            answer = self.solver.solve([run])[0]
        if not closes(answer):
            raise LedgerError(run.digest)
        return to_arrays(run, answer)

    def _keep(self, run: RunInputs, made: SolvedRun, arrays: RunArrays) -> None:
        with self._lock:
            self._runs[run.digest], self._arrays[run.digest] = made, arrays
            for kept, most in ((self._runs, KEPT), (self._arrays, KEPT_WHOLE)):
                while len(kept) > most:
                    kept.popitem(last=False)

    @contextmanager
    def asked(self) -> Iterator[None]:
        """Hold back all solving ahead while somebody waits."""
        with self._lock:
            self._asked += 1
        try:
            yield
        finally:
            with self._lock:
                self._asked -= 1

    @property
    def is_asked(self) -> bool:
        """Whether somebody waits for an answer."""
        return bool(self._asked)

    def of_state(self, state: PanelState, notice: Notice = lambda _: None) -> tuple[CaseInputs, SolvedRun]:
        """Return the case with a state as a scenario, and its run.

        The scenario is ``PROPOSED``. Errors are those of ``solved``.
        """
        inputs = state.proposed(self.inputs)
        return inputs, self.solved(resolve(inputs, PROPOSED), notice)

    def cost(self, inputs: CaseInputs, name: str, run: RunInputs) -> PanelCost | None:
        """Return the cost of a run of a scenario.

        It is None if the workspace has no cost book.
        """
        if inputs.costs is None or inputs.workspace.costs is None:
            return None
        key = (run.digest, repr(inputs.own_costs(name)))
        with self._lock:
            found, arrays = self._costs.get(key), self._arrays.get(run.digest)
        if found is None:
            whole = cost_run(arrays or self._solve(run, lambda _: None), price_scenario(inputs, name))
            found = PanelCost(whole.total, cost_lines(whole))
            with self._lock:
                self._costs[key] = found
                while len(self._costs) > KEPT:
                    self._costs.popitem(last=False)
        return found

    def lines(self, view: str, inputs: CaseInputs, name: str, run: SolvedRun) -> np.ndarray:
        """Return the numbers of a view's lines.

        An unknown view raises KeyError.
        """
        if view in run.lines:
            return run.lines[view]
        cost = self.cost(inputs, name, run.numbers.run)
        if view != "costs" or cost is None:
            raise KeyError(view)
        return cost.lines
