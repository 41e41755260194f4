"""A batch with its pages.

It has one executed scenario notebook and page a run, the index, and copies of both elsewhere.
"""

from collections.abc import Collection, Sequence
from functools import partial
from itertools import count
from pathlib import Path

from mixedmig_model.inputs.batch import Batch
from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.costs.shown import in_currency
from mixedmig_model.inputs.parcels import unpack
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present.batch.documents import COMPARE, add_documents, office_plan
from mixedmig_model.present.batch.index import write_index
from mixedmig_model.present.html.loading import without_grammars
from mixedmig_model.present.html.page import export
from mixedmig_model.present.office.make import NO_OFFICE, OfficeWanted
from mixedmig_model.present.report.notebooks import notebook_path, run_notebook
from mixedmig_model.record.finished import make_comparison
from mixedmig_model.record.priced import banner
from mixedmig_model.record.words.pages.decision import footer
from mixedmig_model.storage.atomic import write_file
from mixedmig_model.study.batch import (
    FILES,
    FOLDER,
    NOTEBOOK,
    NOTEBOOK_FILE,
    PAGE_FILE,
    RUN,
    BatchJob,
    BatchStoppedError,
    FinishedBatch,
    Progress,
    RunFiles,
    isolated,
    jobs_of,
    run_batch,
)
from mixedmig_model.study.ensemble.report_draws import report_draws


def make_batch(
    batch: Batch, folder: Path, workers: int = 2, *, scheduler: str | None = None, trust: bool = False,
    progress: Progress | None = None, publish: str | None = None, path: str = "auto", draws: int = 0,
    office: OfficeWanted = NO_OFFICE, author: str = "",
) -> FinishedBatch:
    """Do what is missing of a batch as pages; write its index.

    ``trust`` runs the workspace's own notebook. ``publish`` is an address to which papermill's storage handlers copy
    executed notebooks and index. ``path`` says how runs are solved. ``draws`` are of all uncertain inputs for each run.
    ``office`` says which documents each run and the index have, and ``author`` is the name in them. The others are as
    in ``study/batch.py``. Raises InputFaultsError, BatchStoppedError.
    """
    root = batch.inputs.workspace.root
    source, full = (notebook_path(name, root, trust).read_bytes() for name in (NOTEBOOK, COMPARE))
    jobs = jobs_of(batch, source, path, draws, office_plan(office, full, author))
    done = run_batch(
        batch, folder, jobs, work, partial(write_index, office=office, author=author), workers=workers,
        scheduler=scheduler, progress=progress,
    )
    if publish:
        _publish(folder, jobs, batch, publish)
    return done


def pages_of_run(job: BatchJob, folder: Path) -> RunFiles:
    """Return the files of a run, written in its own folder.

    Documents come with them, and they alone where the files are there. Raises what notebooks and solvers raise.
    """
    unpack(job.parcel, folder)
    scenarios = folder / "parameters" / "cases" / job.case / "scenarios"
    run = free_name(RUN, {path.stem for path in scenarios.iterdir()})
    write_file(scenarios / f"{run}.yaml", job.scenario)
    source, results = folder / "source.ipynb", folder / "results"
    write_file(source, job.notebook)
    results.mkdir()
    inputs = in_currency(read_case(read_workspace(folder), job.case), job.currency)
    names = [job.baseline, run]
    drawn = report_draws(inputs, names, folder / "draws", draws=job.draws, workers=1, path=job.path)
    comparison = make_comparison(inputs, names, results, workers=1, draws=drawn, path=job.path)
    made = RunFiles({})
    if not job.is_done:
        parameters = {"results": str(results), "workspace": str(folder), "case": job.case, "scenario": run}
        run_notebook(source, results / NOTEBOOK_FILE, parameters, results)
        title = f"{comparison.record.title}: {job.title}"
        export(results / NOTEBOOK_FILE, results / PAGE_FILE, title, footer(comparison.record), banner(comparison))
        made = RunFiles({name: (results / name).read_bytes() for name in FILES})
    return add_documents(job, comparison, results, made)


def free_name(wanted: str, taken: Collection[str]) -> str:
    """Return a free name.

    It is ``wanted``, with a number where it is taken: the user's files come first.
    """
    names = (wanted if number == 1 else f"{wanted}_{number}" for number in count(1))
    return next(name for name in names if name not in taken)


work = partial(isolated, pages_of_run)
"""Does one run; anything that goes wrong is put in words."""


def _publish(folder: Path, jobs: Sequence[BatchJob], batch: Batch, address: str) -> None:
    """Copy executed notebooks and the index to an address.

    Raises BatchStoppedError.
    """
    with without_grammars():
        from papermill.iorw import papermill_io

    texts: dict[str, Path] = {f"{job.digest}.ipynb": folder / FOLDER / job.digest / NOTEBOOK_FILE for job in jobs}
    texts[f"{batch.name}.json"] = folder / f"{batch.name}.json"
    for name, path in texts.items():
        if not path.is_file():
            continue
        try:
            papermill_io.write(path.read_text(encoding="utf-8"), f"{address.rstrip('/')}/{name}")
        except Exception as error:  # each storage has errors of its own
            raise BatchStoppedError(f"{name} cannot be copied to {address}: {error}. All runs are kept in "
                                    f"{folder.name}, and the same command copies them") from None
