"""A batch: many runs planned, done, kept, and continued.

They are done on other processes, and kept by what each comes from. The folder ``runs`` holds a folder for each run,
named by a digest of its inputs, prices, notebook and program. A folder that is there is whole, as digests of its files
show, and its run is not done again. A run that fails stops no other; the next call tries it again.

Two batches may work in one folder at the same time: the files of the first to finish a run are kept. The caller says
how the files of a run and the index are written (``present/batch/make.py``). Source: ``docs/batch.md``.
"""

import json
import logging
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from errno import ENOSPC
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from mixedmig_model.inputs.batch import Batch, Point
from mixedmig_model.inputs.parcels import one_digest, pack
from mixedmig_model.solve.run import choose_solver
from mixedmig_model.storage.atomic import scratch_folder
from mixedmig_model.storage.digests import NUMBERS, code_digest, sha256
from mixedmig_model.storage.kinds import kind_of
from mixedmig_model.storage.workers import on_cluster, on_processes
from mixedmig_model.study.documents import NAMES, DocumentsPlan, files_there, missing_kinds, place_of
from mixedmig_model.study.kept_files import DISK_FULL, are_whole, store_files, twice
from mixedmig_model.study.scenarios import CHANGED, files_now

NOTEBOOK, RUN = "scenario", "run"
FOLDER, NOTEBOOK_FILE, PAGE_FILE, RECORD_FILE = "runs", "scenario.ipynb", "scenario.html", "report.json"
FILES = (NOTEBOOK_FILE, PAGE_FILE, RECORD_FILE)
LOG = logging.getLogger(__name__)
MADE_FILE = "made.json"
"""What a run comes from, and the version that made it.

The program itself is not part of it.
"""
UPGRADED = (
    "Runs of the batch in %s were made by another version of mixedmig or of its libraries (%s), and are done again: "
    "%s. The old ones stay in %s"
)
DOCUMENTS_AGAIN = "Documents of runs of the batch in %s are damaged or were changed, and are made again: %s"
AGAIN = "Runs of the batch in %s are damaged or were changed, and are done again: %s"
ROOMS = (*NUMBERS, "record", "present")
"""Rooms of the package that decide the files of a run."""
Progress = Callable[[int, int, str], None]
"""Called with runs done, runs in all, and a title.

The title is that of the run just done.
"""


@dataclass(frozen=True)
class BatchJob:
    """All that one run needs.

    Any process on any computer can then do it.
    """

    digest: str
    title: str
    scenario: str
    case: str
    baseline: str
    parcel: bytes
    notebook: bytes
    path: str = "reference"
    draws: int = 0
    currency: str | None = None
    """A second currency; None: that of the case."""
    content: str = ""
    """What the run comes from, without the program.

    These are files, run, notebook, solver, draws and a second currency.
    """
    plan: DocumentsPlan | None = None
    """Which documents the run is to have; None for none."""
    is_done: bool = False
    """Whether the files of the run are there already."""
    kinds: tuple[str, ...] = ()
    """Kinds of documents that are missing."""


@dataclass(frozen=True)
class RunFiles:
    """The files of a run by name, or why there are none.

    ``documents`` are its documents by kind and name, and ``refused`` says by kind why there are none.
    """

    files: Mapping[str, bytes]
    failure: str = ""
    documents: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FinishedBatch:
    """What a call did.

    It has runs in all, runs that were there before, and runs that failed, by name with their reasons. ``documents`` are
    those of each run by name, and ``refused`` are runs that lack some, with the reasons.
    """

    folder: Path
    runs: int
    reused: int
    failures: tuple[tuple[str, str], ...]
    index: Path
    documents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    refused: tuple[tuple[str, str], ...] = ()


class BatchStoppedError(RuntimeError):
    """Raised where a batch stopped early.

    The message says why, and what was kept.
    """


MakeFiles = Callable[[BatchJob, Path], RunFiles]
"""Writes the files of a run in a folder of its own.

It is a function of a module, so that other processes find it.
"""
Work = Callable[[BatchJob], RunFiles]
"""Does one run, and returns why it failed, if it does.

It is ``isolated`` with a ``MakeFiles``.
"""
class IndexRow(NamedTuple):
    """A run, its digest, and why it failed, if it did.

    ``documents`` are paths from the folder of the batch; ``refused`` says why some are missing.
    """

    point: Point
    digest: str
    failure: str = ""
    documents: tuple[str, ...] = ()
    refused: str = ""


WriteIndex = Callable[[Batch, Sequence[IndexRow], Path], Path]
"""Writes the index of a batch into a folder.

It returns its path; raises OSError.
"""


def jobs_of(
    batch: Batch, notebook: bytes, path: str = "auto", draws: int = 0, plan: DocumentsPlan | None = None
) -> list[BatchJob]:
    """Return the jobs of a batch in its order.

    Each run executes ``notebook``. ``path`` says how runs are solved. ``draws`` are of the uncertain inputs for each
    run, and ``plan`` says which documents each has. Raises BatchStoppedError where the files of the case are not those
    that the batch was planned with.
    """
    inputs, used = batch.inputs, choose_solver(path).path
    if one_digest(inputs.files) != one_digest(files_now(inputs.workspace.root, inputs.name)):
        raise BatchStoppedError(CHANGED.format(case=inputs.name))
    baseline = inputs.case.baseline
    parcel = pack(inputs.workspace.root, inputs.name, (baseline,))
    jobs = []
    for point in batch.points:
        files = (sha256(parcel), sha256(notebook), sha256(point.scenario))
        how = (used, str(draws), *([batch.currency] if batch.currency else []))
        digest = sha256("\n".join((*files, code_digest(ROOMS), *how)))
        jobs.append(BatchJob(
            digest=digest[:32], title=point.title, scenario=point.scenario, case=inputs.name, baseline=baseline,
            parcel=parcel, notebook=notebook, path=used, draws=draws, currency=batch.currency,
            content=sha256("\n".join((*files, *how)))[:32], plan=plan,
        ))
    return jobs


def isolated(make_files: MakeFiles, job: BatchJob) -> RunFiles:
    """Do one run in a folder of its own.

    Anything that goes wrong is returned in words, so that no run stops another.
    """
    def once() -> RunFiles:
        with scratch_folder() as folder:
            return make_files(job, folder)

    try:
        return twice(once)
    except Exception as error:  # papermill and the libraries below raise many kinds
        return RunFiles({}, reason_of(error))


def reason_of(error: Exception) -> str:
    """Return why something of a run went wrong, in one line."""
    if isinstance(error, OSError):
        return DISK_FULL if error.errno == ENOSPC else f"{type(error).__name__}: {error.strerror or error}"
    last = str(error).strip().splitlines()
    return last[-1].strip() if last else type(error).__name__


def run_batch(
    batch: Batch, folder: Path, jobs: Sequence[BatchJob], work: Work, write_index: WriteIndex, *,
    workers: int = 2, scheduler: str | None = None, progress: Progress | None = None,
) -> FinishedBatch:
    """Do what is missing of a batch, and write its index.

    At most one run a worker waits in memory. ``batch``: The batch. ``folder``: Folder of the batch. ``jobs``: Jobs of
    all points in their order. ``work``: Function that does one run. ``write_index``: Function that writes the index.
    ``workers``: Processes at a time. ``scheduler``: Address of a Dask cluster to use instead of processes.
    ``progress``: Called with runs done, runs in all, and a title. Returns what the call did. Raises BatchStoppedError
    where the work stops early: what was done by then is kept.
    """
    try:
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BatchStoppedError(f"the folder {folder.name} cannot be made: {error.strerror}") from None
    different = {job.digest: job for job in jobs}  # points that are written alike are one run
    missing = [job for digest, job in different.items() if not is_whole(folder, digest)]
    if lost := [job.digest for job in missing if kind_of(folder / FOLDER / job.digest)]:
        LOG.warning(AGAIN, folder.name, ", ".join(lost))
    _say_upgraded(folder, [job for job in missing if job.digest not in lost])
    todo = _todo(folder, list(different.values()), {job.digest for job in missing})
    ready = len(different) - len(todo)
    if progress:
        progress(ready, len(different), "")
    results = on_cluster(work, todo, scheduler) if scheduler else on_processes(work, todo, workers)
    failures: dict[str, str] = {}
    refused: dict[str, str] = {}
    try:
        for done, (job, result) in enumerate(results, ready + 1):
            if failure := "" if job.is_done else result.failure or store_run(folder, job.digest, result.files,
                                                                             job.content):
                failures[job.digest] = failure
            elif why := _store_documents(folder, job, result):
                refused[job.digest] = why
            if progress:
                progress(done, len(different), job.title)
    except RuntimeError as error:
        kept = _kept(folder, [job.digest for job in jobs])
        raise BatchStoppedError(f"{error}. {kept}, and the same command continues") from None
    finally:
        results.close()
    rows = [IndexRow(point, job.digest, failures.get(job.digest, ""), files_there(folder, job.digest, job.plan),
                     refused.get(job.digest, "")) for point, job in zip(batch.points, jobs, strict=True)]
    index = _index(batch, folder, rows, write_index)
    return FinishedBatch(
        folder, len(jobs), len(different) - len(missing), _named(batch, jobs, failures), index,
        documents={row.point.name: row.documents for row in rows if row.documents},
        refused=_named(batch, jobs, refused))


def _todo(folder: Path, jobs: Sequence[BatchJob], missing: Container[str]) -> list[BatchJob]:
    """Return jobs of what is not there: runs, and documents.

    ``missing`` are digests of runs that are not there.
    """
    found = [replace(job, is_done=job.digest not in missing, kinds=missing_kinds(folder, job.digest, job.plan))
             for job in jobs]
    broken = [job.digest for job in found for kind in job.kinds
              if job.plan and kind_of(place_of(folder, job.digest, job.plan, kind))]
    if broken:
        LOG.warning(DOCUMENTS_AGAIN, folder.name, ", ".join(dict.fromkeys(broken)))
    return [job for job in found if not job.is_done or job.kinds]


def _store_documents(folder: Path, job: BatchJob, result: RunFiles) -> str:
    """Put the documents of a run in place, each kind all or none.

    Return why some are missing, in words, or nothing.
    """
    reasons = []
    for kind in job.kinds:
        why = result.refused.get(kind, result.failure)
        if job.plan and not why:
            why = store_files(place_of(folder, job.digest, job.plan, kind), result.documents[kind], NAMES[kind],
                              above=folder, what="the documents")
        reasons.append(why)
    return " ".join(dict.fromkeys(f"{why.rstrip('.')}." for why in reasons if why))


def _index(batch: Batch, folder: Path, rows: Sequence[IndexRow], write_index: WriteIndex) -> Path:
    """Write the index and return its path.

    Raises BatchStoppedError.
    """
    try:
        return write_index(batch, rows, folder)
    except OSError as error:
        why = DISK_FULL if error.errno == ENOSPC else error.strerror
        kept = _kept(folder, [row.digest for row in rows])
        text = f"the index cannot be written: {why}. {kept}, and the same command writes it"
        raise BatchStoppedError(text) from None


def _named(batch: Batch, jobs: Sequence[BatchJob], failures: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return failures by name.

    The name is that of the first point that has the run, in the order of names.
    """
    names: dict[str, str] = {}
    for point, job in zip(batch.points, jobs, strict=True):
        names.setdefault(job.digest, point.name)
    return tuple(sorted((names[digest], text) for digest, text in failures.items()))


def _kept(folder: Path, digests: Sequence[str]) -> str:
    """Return how many runs are there, in words."""
    return f"{sum(is_whole(folder, digest) for digest in digests)} of {len(digests)} runs are kept"


def is_whole(folder: Path, digest: str) -> bool:
    """Return whether a run is there.

    All its files are as they were written.
    """
    return are_whole(folder / FOLDER / digest, FILES)


def _say_upgraded(folder: Path, missing: Sequence[BatchJob]) -> None:
    """Say which runs are done again because the program changed.

    The same files, run and notebook gave them under another version.
    """
    wanted = {job.content: job.digest for job in missing}
    found: dict[str, str] = {}
    for path in sorted((folder / FOLDER).glob(f"*/{MADE_FILE}")):
        try:
            made = json.loads(path.read_bytes())
            if made["content"] in wanted:
                found[wanted[made["content"]]] = str(made["version"])
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            continue  # a file that nobody can read says nothing
    if found:
        versions = ", ".join(sorted(set(found.values())))
        LOG.warning(UPGRADED, folder.name, versions, ", ".join(sorted(found)), FOLDER)


def store_run(folder: Path, digest: str, files: Mapping[str, bytes], made_of: str = "") -> str:
    """Put the files of a run in place, all or none.

    Return why that failed, in words, or nothing. Where another batch has put the same run there first, its files are
    kept. ``made_of`` is what the run comes from without the program.
    """
    made = json.dumps({"content": made_of, "version": version("mixedmig")}).encode()
    return store_files(folder / FOLDER / digest, {**files, MADE_FILE: made}, FILES, above=folder, what="the run")
