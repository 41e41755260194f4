"""The command ``mixedmig batch``.

It runs a grid or list of scenarios to reports, with one index (``docs/batch.md``).
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mixedmig_model.cli.common import (
    Json,
    Scheduler,
    SolverPath,
    Workspace,
    explained,
    find_workspace,
    inputs_of,
    say,
    say_cautions,
    show,
)
from mixedmig_model.cli.progress import time_left
from mixedmig_model.vocabulary.numbers import counted

if TYPE_CHECKING:
    from mixedmig_model.study.batch import FinishedBatch

RunDraws = Annotated[
    int, typer.Option("--draws", min=0, help="Draws of all uncertain inputs for each run; 0 for none.")
]


def batch(
    grid: Annotated[Path, typer.Argument(help="A file with runs or a grid (docs/batch.md).")],
    to: Annotated[
        Path | None, typer.Option("--to", help="The folder for runs and index; default: reports/batches/NAME.")
    ] = None,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="How many runs to do at the same time.")] = 2,
    scheduler: Scheduler = None,
    publish: Annotated[
        str | None, typer.Option("--publish", help="Also copy notebooks and index to s3://, gs:// or a folder.")
    ] = None,
    trust_notebooks: Annotated[
        bool, typer.Option("--trust-notebooks", help="Run the workspace's own notebooks, which can do anything.")
    ] = False,
    draws: RunDraws = 0,
    path: SolverPath = "auto",
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Run a grid or a list of scenarios to reports.

    Example: mixedmig batch intake_grid.yaml --workers 2
    """
    with explained(as_json):
        from mixedmig_model.cli.common import report_folder
        from mixedmig_model.cli.progress import terminal_progress
        from mixedmig_model.inputs.batch import read_batch
        from mixedmig_model.inputs.workspace import read_workspace
        from mixedmig_model.present.batch.index import index_files
        from mixedmig_model.present.batch.make import make_batch
        from mixedmig_model.storage.targets import check_folder_target

        root = find_workspace(workspace)
        planned = read_batch(grid, read_workspace(root))
        say_cautions([*planned.inputs.cautions, *planned.cautions])
        folder = to or report_folder(root) / "batches" / planned.name
        check_folder_target(folder, inputs_of(root), index_files(planned.name))
        with terminal_progress() as progress:
            bars = sys.stderr.isatty()
            told = (lambda done, whole, _: progress("runs", done, whole)) if bars else TimeLeft()
            done = make_batch(planned, folder, workers, scheduler=scheduler, trust=trust_notebooks, progress=told,
                              publish=publish, path=path, draws=draws)
        if as_json:
            show({"ok": not done.failures, "index": str(done.index), "runs": done.runs, "reused": done.reused,
                  "failures": [{"run": name, "message": text} for name, text in done.failures]})
        _tell(done)
    if done.failures:
        raise typer.Exit(1)


def _tell(done: "FinishedBatch") -> None:
    """Say what the runs found, which failed, and where the index is."""
    from mixedmig_model.record.commands.batch import read_index
    from mixedmig_model.record.words import spoken
    from mixedmig_model.record.words.findings import batch_findings

    for line in batch_findings(read_index(done.index)):
        say(line)
    for name, text in done.failures:
        say(f"failed: {name}: {text}")
    say(spoken.BATCH_COUNTS.format(runs=counted(done.runs, "run"), reused=done.reused, failed=len(done.failures),
                                   file=done.index))


class TimeLeft:
    """Progress in plain lines, with the time that is left.

    The time follows from the pace so far.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock, self.first = clock, clock()
        self.before: int | None = None

    def __call__(self, done: int, whole: int, title: str) -> None:
        """Tell one step."""
        from mixedmig_model.record.words import spoken

        if self.before is None:
            self.before = done
            runs = counted(whole, "run")
            say(spoken.ALREADY_DONE.format(done=done, runs=runs) if done else spoken.TO_DO.format(runs=runs))
            return
        pace = (self.clock() - self.first) / max(done - self.before, 1)
        left = f" ({time_left(pace * (whole - done))})" if done < whole else ""
        say(f"{done} of {whole}: {title}{left}")
