"""Runs of an exercise.

They are a team's decisions solved to the end of a round.
A run always begins on the first day of the case, however often a session was stopped. What happens by a day depends on
nothing that comes after it. Runs are kept in memory by digest and length.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import xarray as xr

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.exercises.reading import ExerciseInputs
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.results.indicators.exposure import JudgedCounts, judged_counts
from mixedmig_model.results.indicators.facts import Facts
from mixedmig_model.results.indicators.table import BREACHES, HARMS, HEADLINES
from mixedmig_model.study.exercise.orders import TEAM, Order, Released, round_start, with_orders
from mixedmig_model.study.responses import judged_run
from mixedmig_model.study.run import run_one

SHOWN = (*BREACHES, *HARMS, *HEADLINES)
MOST_KEPT = 60
"""Runs whose numbers are kept in memory."""
MOST_DATASETS = 16


@dataclass(frozen=True)
class PlayedRun:
    """A run to the end of a round: inputs, indicators and counts.

    ``judged`` is of the run in which the same people depart as without orders.
    """

    case: CaseInputs
    run: RunInputs
    table: Mapping[str, float]
    judged: JudgedCounts


def hidden_values(inputs: ExerciseInputs) -> dict[str, float]:
    """Return the hidden inputs of an exercise, drawn by its seed.

    They are the same for every team and every reference.
    """
    generator = np.random.default_rng(inputs.exercise.seed)
    return {name: float(generator.uniform(one.least, one.most)) for name, one in inputs.exercise.truth.items()}


@dataclass
class ExerciseRuns:
    """Solves runs of an exercise, and keeps them.

    ``path`` is the solver.
    """

    inputs: ExerciseInputs
    path: str = "auto"
    _played: dict[tuple[str, int], PlayedRun] = field(default_factory=dict)
    _solved: dict[tuple[str, int], xr.Dataset] = field(default_factory=dict)

    def days(self, number: int) -> int:
        """Return days from the start of the case to a round's end."""
        return (round_start(self.inputs, number + 1) - self.inputs.case.case.start).days

    def resolved(self, orders: Sequence[Order], released: Sequence[Released], scenario: str = "") -> tuple[
            CaseInputs, RunInputs]:
        """Return the case and the inputs of a run.

        Raises InputFaultsError where orders leave what the equations allow.
        """
        case = with_orders(self.inputs, scenario or self.inputs.scenario, orders, released)
        return case, resolve(case, TEAM, hidden_values(self.inputs))

    def dataset(self, run: RunInputs, number: int) -> xr.Dataset:
        """Return a run solved to the end of a round.

        Raises SolveError, LedgerError, SwitchError.
        """
        key = (run.digest, self.days(number))
        if key not in self._solved:
            if len(self._solved) >= MOST_DATASETS:
                self._solved.pop(next(iter(self._solved)))
            self._solved[key] = run_one(replace(run, days=self.days(number)), path=self.path)
        return self._solved[key]

    def played(self, orders: Sequence[Order], released: Sequence[Released], number: int,
               scenario: str = "") -> PlayedRun:
        """Return a run to the end of a round, with its numbers.

        Raises InputFaultsError, SolveError, LedgerError, SwitchError.
        """
        case, run = self.resolved(orders, released, scenario)
        key = (run.digest, self.days(number))
        if key not in self._played:
            if len(self._played) >= MOST_KEPT:
                self._played.pop(next(iter(self._played)))
            self._played[key] = self._numbers(case, run, released, number)
        return replace(self._played[key], case=case, run=run)

    def _numbers(self, case: CaseInputs, run: RunInputs, released: Sequence[Released], number: int) -> PlayedRun:
        """Return the numbers of a run."""
        ds = self.dataset(run, number)
        facts = Facts(ds)
        table = {one.key: float(one.compute(facts)) for one in SHOWN}
        _, bare = self.resolved((), released)
        held = judged_run(run, bare)
        if held is run:
            return PlayedRun(case, run, table, judged_counts(ds, table, facts))
        return PlayedRun(case, run, table, judged_counts(self.dataset(held, number)))
