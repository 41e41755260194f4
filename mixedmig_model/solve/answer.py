"""Options of a solver, and the answer that it leaves.

Both solvers share them (``docs/model.md`` section 2).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mixedmig_model.equations.layout import Layout
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.solve.schedule import Schedule


class SolveError(RuntimeError):
    """Raised where a run cannot be solved.

    The message says when the integration failed.
    """


@dataclass(frozen=True)
class Options:
    """How the reference path integrates.

    ``rtol`` is relative, ``atol`` in persons, both on the stocks. ``longest`` is the longest stretch in days without a
    restart. The step is bounded by the fastest hazards (1/day), not by the tolerance. On the Andaman case a hundred
    times looser tolerance saves less than a fifth of the evaluations, so every run uses these.
    """

    method: str = "RK23"
    rtol: float = 1e-6
    atol: float = 3e-4
    longest: float = 91.0


@dataclass(frozen=True)
class Answer:
    """What a run leaves behind.

    It has opening stocks, and running totals of every flow cell at weekly and daily edges.
    """

    layout: Layout
    opening: np.ndarray  # [stock cells] persons, officers
    week_days: np.ndarray  # [W+1] day of each weekly edge
    week_totals: np.ndarray  # [W+1, flow cells] since the opening
    day_stocks: np.ndarray  # [D+1, daily stock cells]
    day_totals: np.ndarray  # [D+1, daily flow cells]
    queue_totals: np.ndarray  # [D+1, kind x stage x group x country] persons
    detention_totals: np.ndarray  # [D+1, kind x group x country] persons
    group_stocks: np.ndarray  # [D+1, stock x group] persons of ``daily.BY_GROUP``, then those without shelter
    identified: np.ndarray  # [D+1, group x country] people in detention whose age or need is known, persons
    evaluations: int
    options: Options
    week_stocks: np.ndarray | None = None  # [W+1, stock cells], where stocks were integrated apart from the totals
    step: float | None = None  # days, of the kernel; 0: by their own error; None: the reference path
    overdue: np.ndarray | None = None  # [D+1, group x country] persons whom the limit should have released, and had not
    schedule: Schedule | None = None  # of the run, where the solver made one
    switched: RunInputs | None = None  # the run after all switches, where levers switch themselves

    @cached_property
    def week_moves(self) -> np.ndarray:
        """What flow cells moved by week, ``[W, flow cells]``."""
        return np.asarray(self.week_totals[1:] - self.week_totals[:-1])
