"""A batch run to reports: one executed scenario notebook and page a run, kept by what the run is made of.

The folder ``runs`` holds a folder for each run, named by a digest of its inputs, prices, notebook and program: what is
there is whole, and is not run again. Runs fail one by one, and one that failed is tried again by the next call. Two
batches may work in one folder at once: what the other has finished first is kept. Source: ``docs/batch.md``.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from errno import ENOSPC
from functools import partial
from pathlib import Path

from mixedmig_model.inputs.batch import Batch
from mixedmig_model.inputs.case import read_case
from mixedmig_model.inputs.installed import NUMBERS, code_digest
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present.batch_index import FOLDER, PAGE_FILE, RECORD_FILE, write_index
from mixedmig_model.present.book import make_book
from mixedmig_model.present.cost_sections import banner
from mixedmig_model.present.notebooks import notebook_path, run_notebook
from mixedmig_model.present.page import export
from mixedmig_model.present.report import footer
from mixedmig_model.study.parcels import pack, unpack
from mixedmig_model.study.workers import on_cluster, on_processes

NOTEBOOK, NOTEBOOK_FILE, RUN = "scenario", "scenario.ipynb", "run"
FILES = (NOTEBOOK_FILE, PAGE_FILE, RECORD_FILE)
DISK_FULL = "the disk is full"
Told = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Job:
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
class Finished:
    """What a call did: runs in all, runs that were there before, and runs that failed, by name with their reasons."""

    folder: Path
    runs: int
    reused: int
    failures: tuple[tuple[str, str], ...]
    index: Path


class StoppedError(RuntimeError):
    """The batch stopped early: the message says why, and what was kept."""


def jobs_of(batch: Batch, trust: bool = False) -> list[Job]:
    """The jobs of a batch in its order. Raises InputFaultsError where there is no notebook."""
    inputs = batch.inputs
    root, baseline = inputs.workspace.root, inputs.case.baseline
    notebook = notebook_path(NOTEBOOK, root, trust).read_bytes()
    parcel = pack(root, inputs.name, (baseline,))
    made = code_digest((*NUMBERS, "present")).encode()
    found = []
    for point in batch.points:
        digest = hashlib.sha256(b"\n".join(
            hashlib.sha256(part).digest() for part in (parcel, notebook, point.scenario.encode(), made)))
        found.append(Job(digest.hexdigest()[:32], point.title, point.scenario, inputs.name, baseline, parcel, notebook))
    return found


def work(job: Job) -> Made:
    """Do one run in a folder of its own; whatever goes wrong is told in words, so that no run stops another."""
    try:
        with tempfile.TemporaryDirectory(prefix="mixedmig-") as folder:
            return Made(_work(job, Path(folder)))
    except OSError as error:
        return Made({}, DISK_FULL if error.errno == ENOSPC else f"{type(error).__name__}: {error.strerror or error}")
    except Exception as error:  # papermill and the libraries below raise many kinds
        last = str(error).strip().splitlines()
        return Made({}, last[-1].strip() if last else type(error).__name__)


def _work(job: Job, folder: Path) -> dict[str, bytes]:
    unpack(job.parcel, folder)
    scenario = folder / "parameters" / "cases" / job.case / "scenarios" / f"{RUN}.yaml"
    scenario.write_text(job.scenario, encoding="utf-8")
    source, results = folder / "source.ipynb", folder / "results"
    source.write_bytes(job.notebook)
    results.mkdir()
    inputs = read_case(read_workspace(folder), job.case)
    book = make_book(inputs, [job.baseline, RUN], results, workers=1)
    parameters = {"results": str(results), "workspace": str(folder), "case": job.case, "scenario": RUN}
    run_notebook(source, results / NOTEBOOK_FILE, parameters, results)
    export(results / NOTEBOOK_FILE, results / PAGE_FILE, f"{book.record['title']}: {job.title}", footer(book),
           banner(book))
    return {name: (results / name).read_bytes() for name in FILES}


def run_batch(
    batch: Batch, folder: Path, workers: int = 2, scheduler: str | None = None, trust: bool = False,
    progress: Told | None = None, publish: str | None = None,
) -> Finished:
    """Do what is missing of a batch, and write its index. At most one run a worker waits in memory.

    Args: scheduler, the address of a Dask cluster to use instead of processes; progress, called with runs done, in all,
    and words; publish, an address to which executed notebooks and index are copied by papermill's storage handlers.
    Raises InputFaultsError, and StoppedError where the work stops early: what was done by then is kept.
    """
    jobs = jobs_of(batch, trust)
    try:
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoppedError(f"the folder {folder.name} cannot be made: {error.strerror}") from None
    missing = list({job.digest: job for job in jobs if not is_whole(folder, job.digest)}.values())
    whole = len({job.digest for job in jobs})
    done, failures = whole - len(missing), {}
    if progress:
        progress(done, whole, "")
    found = on_cluster(work, missing, scheduler) if scheduler else on_processes(work, missing, workers)
    try:
        for job, made in found:
            failure = made.failure or place(folder, job.digest, made.files)
            if failure:
                failures[job.digest] = failure
            done += 1
            if progress:
                progress(done, whole, job.title)
    except RuntimeError as error:
        kept = sum(is_whole(folder, job.digest) for job in jobs)
        raise StoppedError(f"{error}. {kept} of {len(jobs)} runs are kept, and the same command goes on") from None
    finally:
        found.close()
    index = _index(batch, jobs, folder, failures)
    if publish:
        _publish(folder, jobs, batch, publish)
    names = {job.digest: point.name for point, job in reversed(list(zip(batch.points, jobs, strict=True)))}
    lost = tuple((names[digest], text) for digest, text in failures.items())
    return Finished(folder, len(jobs), whole - len(missing), tuple(sorted(lost)), index)


def _index(batch: Batch, jobs: list[Job], folder: Path, failures: Mapping[str, str]) -> Path:
    rows = [(point, job.digest, failures.get(job.digest, "")) for point, job in zip(batch.points, jobs, strict=True)]
    try:
        return write_index(batch, rows, folder)
    except OSError as error:
        why = DISK_FULL if error.errno == ENOSPC else error.strerror
        kept = sum(is_whole(folder, job.digest) for job in jobs)
        raise StoppedError(f"the index cannot be written: {why}. {kept} of {len(jobs)} runs are kept, and the same "
                           "command writes it") from None


def is_whole(folder: Path, digest: str) -> bool:
    """Whether a run is there: its folder is put in place at once, so that what is there is whole."""
    return all((folder / FOLDER / digest / name).is_file() for name in FILES)


def place(folder: Path, digest: str, files: Mapping[str, bytes]) -> str:
    """Put the files of a run in place, all at once; why that failed, in words, or nothing.

    Where another batch has put the same run there first, its files are kept.
    """
    target = folder / FOLDER / digest
    try:
        partial_ = Path(tempfile.mkdtemp(prefix=f".{digest}.", suffix=".partial", dir=folder / FOLDER))
        try:
            for name, content in files.items():
                (partial_ / name).write_bytes(content)
            partial_.chmod(0o755)
            _rename(partial_, target, partial(is_whole, folder, digest))
        finally:
            shutil.rmtree(partial_, ignore_errors=True)
    except OSError as error:
        return DISK_FULL if error.errno == ENOSPC else f"the run cannot be written: {error.strerror}"
    return ""


def _rename(source: Path, target: Path, is_there: Callable[[], bool]) -> None:
    """Rename a folder; where a whole one is there already that one stays, and a broken one makes room."""
    for _ in range(2):
        try:
            source.rename(target)
            return
        except OSError:
            if is_there():
                return
            if not target.exists():
                raise
            shutil.rmtree(target, ignore_errors=True)
    source.rename(target)


def _publish(folder: Path, jobs: list[Job], batch: Batch, address: str) -> None:
    """Copy executed notebooks and the index to an address, by papermill's storage handlers. Raises StoppedError."""
    from papermill.iorw import papermill_io

    texts: dict[str, Path] = {f"{job.digest}.ipynb": folder / FOLDER / job.digest / NOTEBOOK_FILE for job in jobs}
    texts[f"{batch.name}.json"] = folder / f"{batch.name}.json"
    for name, path in _present(texts):
        try:
            papermill_io.write(path.read_text(encoding="utf-8"), f"{address.rstrip('/')}/{name}")
        except Exception as error:  # each storage has errors of its own
            raise StoppedError(f"{name} cannot be copied to {address}: {error}. All runs are kept in "
                               f"{folder.name}, and the same command copies them") from None


def _present(texts: Mapping[str, Path]) -> Generator[tuple[str, Path], None, None]:
    yield from ((name, path) for name, path in texts.items() if path.is_file())
