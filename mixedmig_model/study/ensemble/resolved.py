"""Inputs of draws: only what a draw moves is resolved anew.

A scenario's other parameters are resolved once for all draws. A drawn number that is a parameter's level itself, and
that no lever or change moves, goes straight to the run. What is left is resolved as in any other case.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.cases.parts import part_named
from mixedmig_model.inputs.levers.acting import switches_of
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.resolving.levels import labels_of
from mixedmig_model.inputs.resolving.resolve import moved_parameters, resolve, settled_parameters
from mixedmig_model.inputs.resolving.run_inputs import RunInputs, Steps
from mixedmig_model.study.ensemble.draws import DrawnColumn, drawn_case

T = TypeVar("T")


@dataclass(frozen=True)
class DrawnInputs:
    """A case before draws, with what no draw has to resolve.

    ``settled`` has parameters that no draw moves, by scenario. ``straight`` are numbers of the columns that are the
    level of a parameter. ``others`` are those of the columns that make a new case.
    """

    inputs: CaseInputs
    columns: Sequence[DrawnColumn]
    settled: Mapping[str, Mapping[str, Steps]]
    straight: tuple[int, ...]
    others: tuple[int, ...]

    def case(self, row: np.ndarray) -> CaseInputs:
        """Return the case of one draw ``[columns]``.

        It lacks the numbers that go straight to its runs.
        """
        return drawn_case(self.inputs, [self.columns[k] for k in self.others], row[list(self.others)])

    def run(self, case: CaseInputs, row: np.ndarray, scenario: str) -> RunInputs:
        """Return a scenario of one draw, resolved.

        Raises InputFaultsError for what draws cannot hold within bounds.
        """
        return resolve(case, scenario, held=True, settled={**self.settled[scenario], **self._levels(row)})

    def _levels(self, row: np.ndarray) -> dict[str, Steps]:
        """Return the parameters whose level is a drawn number."""
        made = {}
        for k in self.straight:
            need = CATALOGUE[self.columns[k].parameter]
            level = min(max(float(row[k]), need.low), need.high)
            labels = len(labels_of(self.inputs, need.axis))
            made[self.columns[k].parameter] = Steps((0.0,), np.full((1, labels), level))
        return made


def drawn_inputs(inputs: CaseInputs, columns: Sequence[DrawnColumn], scenarios: Sequence[str]) -> DrawnInputs:
    """Return a case before draws, ready for draws of scenarios.

    Where levers switch themselves no number goes straight to a run: it is resolved again from its case.
    """
    names = tuple(dict.fromkeys((*scenarios, inputs.case.baseline)))
    drawn = {column.parameter for column in columns}
    moved = set().union(*(moved_parameters(inputs, name) for name in names))
    switching = any(switches_of(inputs.acting(name)) for name in names)
    straight = tuple(k for k, column in enumerate(columns) if not switching and _is_level(inputs, column)
                     and column.parameter not in moved)
    return DrawnInputs(
        inputs, columns, {name: settled_parameters(inputs, name, drawn) for name in names}, straight,
        others=tuple(k for k in range(len(columns)) if k not in straight),
    )


def _is_level(inputs: CaseInputs, column: DrawnColumn) -> bool:
    """Return whether a drawn number is a parameter everywhere."""
    return column.how == "replaced" and part_named(inputs, column.name).route is None


def tried(action: Callable[[], T]) -> T | str:
    """Return what an action gives, or why it failed.

    The reason is in words: one draw never stops another.
    """
    try:
        return action()
    except InputFaultsError as error:
        return "; ".join(str(fault) for fault in error.faults)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
