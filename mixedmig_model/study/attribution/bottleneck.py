"""Where the queue goes when one stage is sped up.

There is one run a stage with more staff, all by the kernel.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mixedmig_model.inputs.resolving.run_inputs import Override, RunInputs, with_overrides
from mixedmig_model.results.compare import QUEUES, bottleneck, mean_waiting, moved_queues
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.kernel.native import available
from mixedmig_model.solve.run import kernel_block, reference_block

STAFF = {
    "registration": ("registration.officers",), "screening": ("screening.officers",),
    "referral": ("referral.officers",), "determination": ("determination.officers", "interpretation.interpreters"),
    "appeal": ("appeal.panels",), "return": ("return.officers",),
}
"""Posts that make a stage faster.

Interpreters come with caseworkers, who decide nothing without them.
"""
MORE = 0.1
"""Default: a tenth more posts."""


@dataclass(frozen=True)
class Bottlenecks:
    """Queues of a run, and their change with more staff.

    They are persons on an average day; each stage gets more staff in turn.
    """

    more: float
    solver: str
    waiting: dict[str, float]
    moved: dict[str, dict[str, float]]  # by stage with more staff, then by queue

    def record(self) -> dict[str, Any]:
        """Return plain data, with where each queue went."""
        to = {stage: list(bottleneck(stage, moved)) for stage, moved in self.moved.items()}
        return {"more": self.more, "path": self.solver, "waiting": self.waiting, "moved": self.moved, "went_to": to}


def sped_up(run: RunInputs, stage: str, more: float = MORE) -> RunInputs:
    """Return the run with more posts in one stage.

    A share ``more`` is added from the first day. Raises KeyError for no stage.
    """
    changed = [Override(name, factor=1.0 + more) for name in STAFF[stage]]
    return with_overrides(run, changed, f"{run.digest} {stage} +{more:g}")


def find_bottlenecks(runs: Sequence[RunInputs], more: float = MORE, path: str = "auto") -> list[Bottlenecks]:
    """Return the bottlenecks of runs of one layout.

    Each run is solved, and one more for each stage. Raises SolveError.
    """
    slow = path == "reference" or bool(available())
    solver = reference_block if slow else kernel_block
    result = []
    for run in runs:
        asked = [run, *(sped_up(run, stage, more) for stage in QUEUES)]
        queues = [
            mean_waiting(to_dataset(one, answer)) for one, answer in zip(asked, solver(asked), strict=True)
        ]
        moved = {stage: moved_queues(queues[0], queues[k]) for k, stage in enumerate(QUEUES, 1)}
        result.append(Bottlenecks(more, "reference" if slow else "kernel", queues[0], moved))
    return result
