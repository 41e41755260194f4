"""A batch run to reports: one executed scenario notebook and page a run, kept by what the run is made of.

The folder ``runs`` holds a folder for each run, named by a digest of its inputs, prices, notebook and program: what is
there is whole, and is not run again. Runs fail one by one, and one that failed is tried again by the next call. Two
batches may work in one folder at once: what the other has finished first is kept. Source: ``docs/batch.md``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from errno import ENOSPC
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from mixedmig_model.inputs.batch import Batch, Point
from mixedmig_model.inputs.parcels import pack
from mixedmig_model.storage.atomic import TargetError, whole_folder, write_file
from mixedmig_model.storage.digests import NUMBERS, code_digest, sha256
from mixedmig_model.storage.workers import on_cluster, on_processes

NOTEBOOK, RUN = "scenario", "run"
FOLDER, NOTEBOOK_FILE, PAGE_FILE, RECORD_FILE = "runs", "scenario.ipynb", "scenario.html", "report.json"
FILES = (NOTEBOOK_FILE, PAGE_FILE, RECORD_FILE)
ROOMS = (*NUMBERS, "record", "present")
"""Rooms of the package whose code decides what the files of a run hold."""
DISK_FULL = "the disk is full"
Told = Callable[[int, int, str], None]


@dataclass(frozen=True)
class BatchJob:
    """All that one run needs, so that any process on any computer can do it."""

    digest: str
    title: str
    scenario: str
    case: str
    baseline: str
    parcel: bytes
    notebook: bytes


@dataclass(frozen=True)
class Made:
    """What a run gave: its files, or why there are none."""

    files: Mapping[str, bytes]
    failure: str = ""


@dataclass(frozen=True)
class FinishedBatch:
    """What a call did: runs in all, runs that were there before, and runs that failed, by name with their reasons."""

    folder: Path
    runs: int
    reused: int
    failures: tuple[tuple[str, str], ...]
    index: Path


class BatchStoppedError(RuntimeError):
    """The batch stopped early: the message says why, and what was kept."""


MakePages = Callable[[BatchJob, Path], Mapping[str, bytes]]
"""Makes the files of a run in a folder of its own; a function of a module, so that other processes find it."""
IndexRow = tuple[Point, str, str]
"""A run, its digest, and why it failed, if it did."""
WriteIndex = Callable[[Batch, Sequence[IndexRow], Path], Path]
"""Writes the index of a batch into a folder and returns its path; raises OSError."""


def jobs_of(batch: Batch, notebook: bytes) -> list[BatchJob]:
    """The jobs of a batch in its order. Args: notebook, the one that each run executes."""
    inputs = batch.inputs
    baseline = inputs.case.baseline
    parcel = pack(inputs.workspace.root, inputs.name, (baseline,))
    found = []
    for point in batch.points:
        digest = sha256("\n".join((sha256(parcel), sha256(notebook), sha256(point.scenario), code_digest(ROOMS))))
        found.append(BatchJob(
            digest=digest[:32], title=point.title, scenario=point.scenario, case=inputs.name, baseline=baseline,
            parcel=parcel, notebook=notebook,
        ))
    return found


def isolated(pages: MakePages, job: BatchJob) -> Made:
    """Do one run in a folder of its own; whatever goes wrong is told in words, so that no run stops another."""
    try:
        with TemporaryDirectory(prefix="mixedmig-") as folder:
            return Made(pages(job, Path(folder)))
    except OSError as error:
        return Made({}, DISK_FULL if error.errno == ENOSPC else f"{type(error).__name__}: {error.strerror or error}")
    except Exception as error:  # papermill and the libraries below raise many kinds
        last = str(error).strip().splitlines()
        return Made({}, last[-1].strip() if last else type(error).__name__)


def run_batch(
    batch: Batch, folder: Path, jobs: Sequence[BatchJob], work: Callable[[BatchJob], Made], write_index: WriteIndex, *,
    workers: int = 2, scheduler: str | None = None, progress: Told | None = None,
) -> FinishedBatch:
    """Do what is missing of a batch, and write its index. At most one run a worker waits in memory.

    Args: jobs, of all points in their order; work, which does one; scheduler, the address of a Dask cluster to use
    instead of processes; progress, called with runs done, in all, and words. Raises BatchStoppedError where the work
    stops early: what was done by then is kept.
    """
    try:
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BatchStoppedError(f"the folder {folder.name} cannot be made: {error.strerror}") from None
    missing = list({job.digest: job for job in jobs if not is_whole(folder, job.digest)}.values())
    whole = len({job.digest for job in jobs})
    done, failures = whole - len(missing), {}
    if progress:
        progress(done, whole, "")
    found = on_cluster(work, missing, scheduler) if scheduler else on_processes(work, missing, workers)
    try:
        for job, made in found:
            failure = made.failure or store_run(folder, job.digest, made.files)
            if failure:
                failures[job.digest] = failure
            done += 1
            if progress:
                progress(done, whole, job.title)
    except RuntimeError as error:
        raise BatchStoppedError(f"{error}. {_kept(folder, jobs)}, and the same command goes on") from None
    finally:
        found.close()
    rows = [(point, job.digest, failures.get(job.digest, "")) for point, job in zip(batch.points, jobs, strict=True)]
    try:
        index = write_index(batch, rows, folder)
    except OSError as error:
        why = DISK_FULL if error.errno == ENOSPC else error.strerror
        text = f"the index cannot be written: {why}. {_kept(folder, jobs)}, and the same command writes it"
        raise BatchStoppedError(text) from None
    names = {job.digest: point.name for point, job in reversed(list(zip(batch.points, jobs, strict=True)))}
    lost = tuple(sorted((names[digest], text) for digest, text in failures.items()))
    return FinishedBatch(folder, len(jobs), whole - len(missing), lost, index)


def _kept(folder: Path, jobs: Sequence[BatchJob]) -> str:
    """How many runs are there, in words."""
    return f"{sum(is_whole(folder, job.digest) for job in jobs)} of {len(jobs)} runs are kept"


def is_whole(folder: Path, digest: str) -> bool:
    """Whether a run is there: its folder is put in place at once, so that what is there is whole."""
    return all((folder / FOLDER / digest / name).is_file() for name in FILES)


def store_run(folder: Path, digest: str, files: Mapping[str, bytes]) -> str:
    """Put the files of a run in place, all at once; why that failed, in words, or nothing.

    Where another batch has put the same run there first, its files are kept.
    """
    try:
        with whole_folder(folder / FOLDER / digest, partial(is_whole, folder, digest)) as made:
            for name, content in files.items():
                write_file(made / name, content)
    except TargetError as error:
        return f"the run cannot be written: {error}"
    except OSError as error:
        return DISK_FULL if error.errno == ENOSPC else f"the run cannot be written: {error.strerror}"
    return ""
