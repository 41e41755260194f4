"""A batch: many runs planned, done, kept, and continued.

They are done on other processes, and kept by what each comes from. The folder ``runs`` holds a folder for each run,
named by a digest of its inputs, prices, notebook and program. A folder that is there is whole, as digests of its files
show, and its run is not done again. A run that fails stops no other; the next call tries it again.

Two batches may work in one folder at the same time: the files of the first to finish a run are kept. The caller says
how the files of a run and the index are written (``present/batch/make.py``). Source: ``docs/batch.md``.
"""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from errno import ENOSPC
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from mixedmig_model.inputs.batch import Batch, Point
from mixedmig_model.inputs.parcels import one_digest, pack
from mixedmig_model.solve.run import choose_solver
from mixedmig_model.storage.atomic import scratch_folder, whole_folder, write_file
from mixedmig_model.storage.digests import NUMBERS, code_digest, sha256
from mixedmig_model.storage.kinds import TargetError, kind_of
from mixedmig_model.storage.workers import on_cluster, on_processes
from mixedmig_model.study.scenarios import CHANGED, files_now

NOTEBOOK, RUN = "scenario", "run"
FOLDER, NOTEBOOK_FILE, PAGE_FILE, RECORD_FILE = "runs", "scenario.ipynb", "scenario.html", "report.json"
FILES = (NOTEBOOK_FILE, PAGE_FILE, RECORD_FILE)
DIGESTS_FILE = "digests.json"
"""Digests of the other files of a run, by name."""
LOG = logging.getLogger(__name__)
T = TypeVar("T")
MADE_FILE = "made.json"
"""What a run comes from, and the version that made it.

The program itself is not part of it.
"""
UPGRADED = (
    "Runs of the batch in %s were made by another version of mixedmig or of its libraries (%s), and are done again: "
    "%s. The old ones stay in %s"
)
AGAIN = "Runs of the batch in %s are damaged or were changed, and are done again: %s"
ROOMS = (*NUMBERS, "record", "present")
"""Rooms of the package that decide the files of a run."""
DISK_FULL = "the disk is full"
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
    content: str = ""
    """What the run comes from, without the program.

    These are files, run, notebook, solver and draws.
    """


@dataclass(frozen=True)
class RunFiles:
    """The files of a run by name, or why there are none."""

    files: Mapping[str, bytes]
    failure: str = ""


@dataclass(frozen=True)
class FinishedBatch:
    """What a call did.

    It has runs in all, runs that were there before, and runs that failed, by name with their reasons.
    """

    folder: Path
    runs: int
    reused: int
    failures: tuple[tuple[str, str], ...]
    index: Path


class BatchStoppedError(RuntimeError):
    """Raised where a batch stopped early.

    The message says why, and what was kept.
    """


MakeFiles = Callable[[BatchJob, Path], Mapping[str, bytes]]
"""Writes the files of a run in a folder of its own.

It is a function of a module, so that other processes find it.
"""
Work = Callable[[BatchJob], RunFiles]
"""Does one run, and returns why it failed, if it does.

It is ``isolated`` with a ``MakeFiles``.
"""
IndexRow = tuple[Point, str, str]
"""A run, its digest, and why it failed, if it did."""
WriteIndex = Callable[[Batch, Sequence[IndexRow], Path], Path]
"""Writes the index of a batch into a folder.

It returns its path; raises OSError.
"""


def jobs_of(batch: Batch, notebook: bytes, path: str = "auto", draws: int = 0) -> list[BatchJob]:
    """Return the jobs of a batch in its order.

    Each run executes ``notebook``. ``path`` says how runs are solved. ``draws`` are of the uncertain inputs for each
    run. Raises BatchStoppedError where the files of the case are not those that the batch was planned with.
    """
    inputs, used = batch.inputs, choose_solver(path).path
    if one_digest(inputs.files) != one_digest(files_now(inputs.workspace.root, inputs.name)):
        raise BatchStoppedError(CHANGED.format(case=inputs.name))
    baseline = inputs.case.baseline
    parcel = pack(inputs.workspace.root, inputs.name, (baseline,))
    jobs = []
    for point in batch.points:
        files = (sha256(parcel), sha256(notebook), sha256(point.scenario))
        digest = sha256("\n".join((*files, code_digest(ROOMS), used, str(draws))))
        jobs.append(BatchJob(
            digest=digest[:32], title=point.title, scenario=point.scenario, case=inputs.name, baseline=baseline,
            parcel=parcel, notebook=notebook, path=used, draws=draws,
            content=sha256("\n".join((*files, used, str(draws))))[:32],
        ))
    return jobs


def isolated(make_files: MakeFiles, job: BatchJob) -> RunFiles:
    """Do one run in a folder of its own.

    Anything that goes wrong is returned in words, so that no run stops another.
    """
    def once() -> RunFiles:
        with scratch_folder() as folder:
            return RunFiles(make_files(job, folder))

    try:
        return _twice(once)
    except OSError as error:
        why = DISK_FULL if error.errno == ENOSPC else f"{type(error).__name__}: {error.strerror or error}"
        return RunFiles({}, why)
    except Exception as error:  # papermill and the libraries below raise many kinds
        last = str(error).strip().splitlines()
        return RunFiles({}, last[-1].strip() if last else type(error).__name__)


def _twice(work: Callable[[], T]) -> T:
    """Do work, and once more where the disk fails.

    A fault that passes then costs time and no run. A full disk is not tried again. Raises what the last try raises.
    """
    try:
        return work()
    except OSError as error:
        if error.errno == ENOSPC:
            raise
    return work()


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
    reused = len(different) - len(missing)
    if progress:
        progress(reused, len(different), "")
    results = on_cluster(work, missing, scheduler) if scheduler else on_processes(work, missing, workers)
    failures: dict[str, str] = {}
    try:
        for done, (job, result) in enumerate(results, reused + 1):
            failure = result.failure or store_run(folder, job.digest, result.files, job.content)
            if failure:
                failures[job.digest] = failure
            if progress:
                progress(done, len(different), job.title)
    except RuntimeError as error:
        raise BatchStoppedError(f"{error}. {_kept(folder, jobs)}, and the same command continues") from None
    finally:
        results.close()
    index = _index(batch, folder, jobs, failures, write_index)
    return FinishedBatch(folder, len(jobs), reused, _named(batch, jobs, failures), index)


def _index(
    batch: Batch, folder: Path, jobs: Sequence[BatchJob], failures: Mapping[str, str], write_index: WriteIndex
) -> Path:
    """Write the index and return its path.

    Raises BatchStoppedError.
    """
    rows = [(point, job.digest, failures.get(job.digest, "")) for point, job in zip(batch.points, jobs, strict=True)]
    try:
        return write_index(batch, rows, folder)
    except OSError as error:
        why = DISK_FULL if error.errno == ENOSPC else error.strerror
        text = f"the index cannot be written: {why}. {_kept(folder, jobs)}, and the same command writes it"
        raise BatchStoppedError(text) from None


def _named(batch: Batch, jobs: Sequence[BatchJob], failures: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return failures by name.

    The name is that of the first point that has the run, in the order of names.
    """
    names: dict[str, str] = {}
    for point, job in zip(batch.points, jobs, strict=True):
        names.setdefault(job.digest, point.name)
    return tuple(sorted((names[digest], text) for digest, text in failures.items()))


def _kept(folder: Path, jobs: Sequence[BatchJob]) -> str:
    """Return how many runs are there, in words."""
    return f"{sum(is_whole(folder, job.digest) for job in jobs)} of {len(jobs)} runs are kept"


def is_whole(folder: Path, digest: str) -> bool:
    """Return whether a run is there.

    All its files are as they were written.
    """
    run = folder / FOLDER / digest
    try:
        if any(kind_of(run / name) != "a file" for name in (*FILES, DIGESTS_FILE)):
            return False
        known = json.loads((run / DIGESTS_FILE).read_bytes())
        return bool(known == {name: sha256((run / name).read_bytes()) for name in FILES})
    except (OSError, ValueError, RecursionError):
        return False


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
    def once() -> None:
        with whole_folder(folder / FOLDER / digest, partial(is_whole, folder, digest)) as unfinished:
            for name, content in files.items():
                write_file(unfinished / name, content)
            write_file(unfinished / MADE_FILE, json.dumps({"content": made_of, "version": version("mixedmig")}))
            write_file(unfinished / DIGESTS_FILE, json.dumps({name: sha256(files[name]) for name in FILES}))

    try:
        _twice(once)
    except TargetError as error:
        text = str(error).replace(str(folder), folder.name)  # the index must not name folders of this computer
        return f"the run cannot be written: {text}"
    except OSError as error:
        return DISK_FULL if error.errno == ENOSPC else f"the run cannot be written: {error.strerror}"
    return ""
