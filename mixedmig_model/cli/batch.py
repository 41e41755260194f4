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
    Author,
    Docx,
    Json,
    Paper,
    Pdf,
    Scheduler,
    SecondCurrency,
    SolverPath,
    Template,
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
    from mixedmig_model.inputs.batch import Batch
    from mixedmig_model.present.office.make import OfficeWanted
    from mixedmig_model.record.schema.commands import BatchIndex
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
    author: Author = "",
    currency: SecondCurrency = None,
    docx: Docx = False,
    pdf: Pdf = False,
    template: Template = None,
    paper: Paper = "a4",
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Run a grid or a list of scenarios to reports.

    Example: mixedmig batch intake_grid.yaml --workers 2

    Documents: mixedmig batch intake_grid.yaml --docx --pdf --currency MYR
    """
    with explained(as_json):
        from mixedmig_model.cli.progress import terminal_progress
        from mixedmig_model.present.batch.make import make_batch
        from mixedmig_model.present.office.make import OfficeWanted
        from mixedmig_model.record.commands.batch import read_index

        office = OfficeWanted(docx, pdf, template, paper)
        office.check()
        planned, folder = _planned(grid, find_workspace(workspace), to, currency=currency, office=office)
        with terminal_progress() as progress:
            told = (lambda done, whole, _: progress("runs", done, whole)) if sys.stderr.isatty() else TimeLeft()
            done = make_batch(planned, folder, workers, scheduler=scheduler, trust=trust_notebooks, progress=told,
                              publish=publish, path=path, draws=draws, office=office, author=author)
        index = read_index(done.index)
        has_all = not (done.failures or done.refused or index.refused)
        if as_json:
            show(_record(done, index, has_all))
        _tell(done, index)
    if not has_all:
        raise typer.Exit(1)


def _planned(
    grid: Path, root: Path, to: Path | None, *, currency: str | None, office: "OfficeWanted"
) -> tuple["Batch", Path]:
    """Read a batch, say its cautions, and try its folder.

    Return the batch and the folder.
    """
    from mixedmig_model.cli.common import report_folder
    from mixedmig_model.inputs.batch import batch_in, read_batch
    from mixedmig_model.inputs.workspace import read_workspace
    from mixedmig_model.present.batch.index import index_files
    from mixedmig_model.storage.targets import check_folder_target

    planned = batch_in(read_batch(grid, read_workspace(root)), currency)
    say_cautions([*planned.inputs.cautions, *planned.cautions])
    folder = to or report_folder(root) / "batches" / planned.name
    check_folder_target(folder, inputs_of(root), index_files(planned.name, office))
    return planned, folder


def _record(done: "FinishedBatch", index: "BatchIndex", has_all: bool) -> dict[str, object]:
    """Return what a batch did, for programs."""
    missing = [*done.refused, *([("", index.refused)] if index.refused else [])]
    return {"ok": has_all, "index": str(done.index), "runs": done.runs, "reused": done.reused,
            "failures": [{"run": name, "message": text} for name, text in done.failures],
            "documents": {"": list(index.documents), **{name: list(files) for name, files in done.documents.items()}},
            "documents_missing": [{"run": name, "message": text} for name, text in missing]}


def _tell(done: "FinishedBatch", index: "BatchIndex") -> None:
    """Say what the runs found, which failed, and where the index is."""
    from mixedmig_model.record.words import spoken
    from mixedmig_model.record.words.findings import batch_findings

    for line in batch_findings(index):
        say(line)
    for name, text in done.failures:
        say(f"failed: {name}: {text}")
    for name, text in done.refused:
        say(spoken.NO_DOCUMENTS.format(name=name, why=text))
    if index.refused:
        say(spoken.NO_INDEX_DOCUMENT.format(why=index.refused))
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
