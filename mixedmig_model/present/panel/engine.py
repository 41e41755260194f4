"""Runs of the panel: a case read once, each run solved once.

Runs are kept by digest, for all panels of the process.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.resolving.resolve import case_parameters, digest_of, resolve
from mixedmig_model.inputs.resolving.run_inputs import RunInputs, Steps
from mixedmig_model.present.panel.shared import Shared
from mixedmig_model.present.panel.state import PROPOSED, PanelState
from mixedmig_model.record.panel.said import PanelRun, numbers_of
from mixedmig_model.record.panel.views import cost_lines, lines_of
from mixedmig_model.results.costs.lines import cost_run
from mixedmig_model.results.costs.pricing import price_scenario
from mixedmig_model.results.indicators.exposure import JudgedCounts, judged_counts
from mixedmig_model.results.indicators.facts import Facts
from mixedmig_model.results.ledger import closes
from mixedmig_model.solve.dataset import to_arrays
from mixedmig_model.solve.run import COMPILING, choose_solver, solve_kernel
from mixedmig_model.solve.run_arrays import RunArrays
from mixedmig_model.study.responses import judged_run
from mixedmig_model.study.run import LedgerError

MILLI = 1000.0
NUMBERS_BYTES = 100_000
"""Bytes of a run's inputs and numbers, with room to spare."""
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

    @property
    def size(self) -> int:
        """Its size in bytes."""
        return sum(one.nbytes for one in self.lines.values()) + NUMBERS_BYTES


class HeldNumbers(NamedTuple):
    """What a run is judged by: its numbers by key, and its counts."""

    table: Mapping[str, float]
    counts: JudgedCounts


class PanelCost(NamedTuple):
    """The cost of a run: its total, and the lines of its view.

    The total is in base currency. The whole table is not kept.
    """

    total: float
    lines: np.ndarray


class Flight:
    """A run that is being solved, for all who ask for it."""

    def __init__(self) -> None:
        self.done, self.wanted = threading.Event(), False


class Engine:
    """A case and its runs; may be asked by several threads.

    Parameters
    ----------
    inputs : CaseInputs
        The case.
    path : str, default "auto"
        How runs are solved.
    shared : Shared, optional
        What it shares with other cases of the process.
    """

    def __init__(self, inputs: CaseInputs, path: str = "auto", shared: Shared | None = None) -> None:
        self.inputs, self.solver = inputs, choose_solver(path)
        self.shared = shared or Shared()
        self._flights: dict[str, Flight] = {}
        self._lock = threading.Lock()

    @cached_property
    def base(self) -> SolvedRun:
        """The baseline of the case."""
        return self.solved(self._baseline)

    @cached_property
    def _baseline(self) -> RunInputs:
        return self.resolved(self.inputs)

    @cached_property
    def _given(self) -> Mapping[str, Steps]:
        return case_parameters(self.inputs)

    def resolved(self, inputs: CaseInputs, name: str | None = None) -> RunInputs:
        """Return the numbers of a scenario.

        What no change moves is known already.
        """
        return resolve(inputs, name, given=self._given)

    def kept(self, run: RunInputs) -> SolvedRun | None:
        """Return a run that was solved before, or None.

        Its words are those of the run that is asked for.
        """
        found: SolvedRun | None = self.shared.runs.get(self._key("run", run.digest))
        if found is None or found.numbers.run is run:
            return found
        return replace(found, numbers=replace(found.numbers, run=run))

    def solved(self, run: RunInputs, notice: Notice = lambda _: None, *, ahead: bool = False) -> SolvedRun:
        """Return a run solved, now or before.

        A run that another thread is solving is waited for.

        Parameters
        ----------
        run : RunInputs
            The inputs of the run.
        notice : callable, optional
            Called before the equations are compiled.
        ahead : bool, default False
            Whether nobody waits for it.

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
        if (found := self.kept(run)) is not None:
            return found
        if ahead:
            return self._flown(run, notice, ahead=True)
        with self.shared.turns.asked():
            return self._flown(run, notice, ahead=False)

    def _flown(self, run: RunInputs, notice: Notice, *, ahead: bool) -> SolvedRun:
        """Return a run when it is solved, by this thread or another.

        Where the other thread fails, this one solves it and says why.
        """
        while True:
            with self._lock:
                flight = self._flights.get(run.digest)
            if flight is not None:
                flight.wanted = flight.wanted or not ahead
                self.shared.turns.wake()
                flight.done.wait()
            if (found := self.kept(run)) is not None:
                return found
            with self.shared.turns.turn(ahead=ahead):
                with self._lock:
                    if run.digest in self._flights or self.kept(run) is not None:
                        continue
                    flight = self._flights[run.digest] = Flight()
                try:
                    return self._made(run, notice, flight if ahead else None)
                finally:
                    with self._lock:
                        del self._flights[run.digest]
                    flight.done.set()

    def _made(self, run: RunInputs, notice: Notice, flight: Flight | None) -> SolvedRun:
        """Solve a run and keep it; one that is ahead gives way."""
        begun = time.perf_counter()
        arrays = self._solve(run, notice)
        after = time.perf_counter()
        if flight is not None:
            self.shared.turns.give_way(lambda: flight.wanted)
        else:
            self.shared.arrays.put(self._key("arrays", run.digest), arrays, arrays.size)
        facts = Facts(arrays)
        table = numbers_of(facts)
        judged = judged_run(run, run if run.scenario == self.inputs.case.baseline else self._baseline)
        held = HeldNumbers(table, judged_counts(arrays, table, facts)) if judged is run else self._held(judged, notice)
        made = SolvedRun(PanelRun(run, table, held.counts, held.table), lines_of(self.inputs, arrays), {
            "solve": MILLI * (after - begun), "numbers": MILLI * (time.perf_counter() - after)})
        self.shared.runs.put(self._key("run", run.digest), made, made.size)
        return made

    def _held(self, judged: RunInputs, notice: Notice) -> HeldNumbers:
        """Return the numbers of a run in which the baseline's people depart.

        Runs that differ in nothing else have the same: they are solved once.
        """
        digest = judged.digest if judged.switches else digest_of(self.inputs, judged.parameters, judged.departures)
        key = self._key("held", digest)
        found: HeldNumbers | None = self.shared.runs.get(key)
        if found is None:
            arrays = self._solve(judged, notice)
            facts = Facts(arrays)
            table = numbers_of(facts)
            found = HeldNumbers(table, judged_counts(arrays, table, facts))
            self.shared.runs.put(key, found, NUMBERS_BYTES)
        return found

    def _key(self, kind: str, digest: str) -> tuple[str, str, str]:
        return kind, self.inputs.name, digest

    def _solve(self, run: RunInputs, notice: Notice) -> RunArrays:
        if self.solver.kernel:
            answer = solve_kernel(run, progress=lambda _: notice(COMPILING))
        else:
            answer = self.solver.solve([run])[0]
        if not closes(answer):
            raise LedgerError(run.digest)
        return to_arrays(run, answer)

    def of_state(self, state: PanelState, *, ahead: bool = False) -> tuple[CaseInputs, SolvedRun]:
        """Return the case with a state as a scenario, and its run.

        The scenario is ``PROPOSED``. Errors are those of ``solved``.
        """
        inputs = state.proposed(self.inputs)
        return inputs, self.solved(self.resolved(inputs, PROPOSED), ahead=ahead)

    def cost(self, inputs: CaseInputs, name: str, run: RunInputs) -> PanelCost | None:
        """Return the cost of a run of a scenario.

        It is None if the workspace has no cost book.
        """
        if inputs.costs is None or inputs.workspace.costs is None:
            return None
        key = (*self._key("cost", run.digest), repr(inputs.own_costs(name)))
        found: PanelCost | None = self.shared.runs.get(key)
        if found is None:
            arrays = self.shared.arrays.get(self._key("arrays", run.digest))
            with self.shared.turns.asked(), self.shared.turns.turn():
                whole = cost_run(arrays or self._solve(run, lambda _: None), price_scenario(inputs, name))
            found = PanelCost(whole.total, cost_lines(whole))
            self.shared.runs.put(key, found, found.lines.nbytes + NUMBERS_BYTES)
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
