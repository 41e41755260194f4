"""A report: solve in plain Python first, then run few notebooks, then move the finished folder into place at once."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from mixedmig_model.inputs.case import CaseInputs
from mixedmig_model.inputs.faults import InputFaultsError
from mixedmig_model.present.book import Book, make_book, ordered
from mixedmig_model.present.cost_sections import banner, costs_of
from mixedmig_model.present.notebooks import notebook_path, run_notebook
from mixedmig_model.present.page import export
from mixedmig_model.study.paths import COMPILING
from mixedmig_model.study.report_draws import ReportDraws, report_draws

Progress = Callable[[str, int, int], None]
DRAWS_FOLDER = "draws"
"""Beside the reports of a case: their ensembles, by digest. Whoever deletes it only waits for them once more."""


class NotebookError(RuntimeError):
    """A notebook failed; the message names it and the cell."""


@dataclass(frozen=True)
class Job:
    """One notebook of a report: which, with what parameters, into which files."""

    notebook: str
    stem: str
    title: str
    parameters: dict[str, Any]


@contextmanager
def put_in_place(target: Path) -> Iterator[Path]:
    """A folder under a temporary name beside ``target``, renamed over it when all is done: never half-written."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".partial", dir=target.parent))
    try:
        yield partial
        old = None
        if target.exists():
            old = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".old", dir=target.parent)) / "old"
            target.rename(old)
        partial.chmod(0o755)  # mkdtemp keeps others out; a finished report may be read
        partial.rename(target)
        if old is not None:
            shutil.rmtree(old.parent, ignore_errors=True)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def jobs(inputs: CaseInputs, book: Book, folder: Path, explore: bool) -> list[Job]:
    """The notebooks of a report: the comparison, one for each option, costs, and the sliders if asked for."""
    root = inputs.workspace.root
    common = {"results": str(folder), "workspace": str(root), "case": inputs.name}
    found = [Job("compare", "report", f"{book.record['title']}: comparison", {**common, "scenarios": ""})]
    found += [
        Job("scenario", f"scenario_{name}", f"{book.record['title']}: {book.title(name)}", {**common, "scenario": name})
        for name in book.names[1:]
    ]
    if costs_of(book):
        found.append(Job("costing", "costing", f"{book.record['title']}: costs", {**common, "scenarios": ""}))
    if explore:
        found.append(Job("explore", "explore", "Sliders", {"workspace": str(root), "case": inputs.name}))
    return found


def make_report(
    inputs: CaseInputs,
    scenarios: Sequence[str] | None,
    target: Path,
    trust: bool = False,
    workers: int = 2,
    explore: bool = False,
    progress: Progress | None = None,
    ensemble: Path | None = None,
    draws: int | None = None,
    seed: int = 1,
) -> Path:
    """Write the report of a comparison to the folder ``target`` and return the path of ``report.html`` in it.

    Args: scenarios, names (all of the case if None; the baseline always comes first); trust, run the workspace's own
    notebooks; workers, processes and notebooks at a time; explore, execute the slider notebook too; progress, called
    with a phase, done and total; ensemble, the folder of one made of the same inputs; without it ``draws`` of all
    uncertain inputs are made (None: as many as a report has where JAX is installed; 0: none), and kept in ``draws``
    beside ``target``, where the next report of the same inputs finds them. Raises InputFaultsError, ComparisonError,
    NotebookError; then no report is written.
    """
    names = ordered(inputs, scenarios)
    wanted = ("compare", "scenario", *(["costing"] if inputs.costs else []), *(["explore"] if explore else []))
    sources = {name: notebook_path(name, inputs.workspace.root, trust) for name in wanted}
    made = ReportDraws(ensemble, "") if ensemble else report_draws(
        inputs, names, target.parent / DRAWS_FOLDER, draws, seed, workers, _phase(progress, "blocks of draws"))
    with put_in_place(target) as folder:
        book = make_book(inputs, names, folder, workers, _phase(progress, "solving"), made)
        todo = jobs(inputs, book, folder, explore)
        (folder / "notebooks").mkdir()
        foot, estimate = footer(book), banner(book)
        failures = []
        with ProcessPoolExecutor(min(workers, len(todo)), mp_context=get_context("spawn")) as pool:
            waiting = [pool.submit(_execute, job, sources[job.notebook], folder, foot, estimate) for job in todo]
            for done, future in enumerate(as_completed(waiting), 1):
                if failure := future.result():
                    failures.append(failure)
                if progress:
                    progress("notebooks", done, len(todo))
        if failures:
            raise NotebookError("\n".join(failures))
    return target / "report.html"


def _phase(progress: Progress | None, phase: str) -> Callable[[int, int, str], None] | None:
    if progress is None:
        return None
    return lambda done, total, name: progress(COMPILING if name == COMPILING else phase, done, total)


def _execute(job: Job, source: Path, folder: Path, footer: str, estimate: str) -> str:
    """Run one notebook and write its page; a failure is returned as text, so that one never stops another."""
    executed = folder / "notebooks" / f"{job.stem}.ipynb"
    try:
        run_notebook(source, executed, job.parameters, folder)
        if job.notebook != "explore":
            export(executed, folder / f"{job.stem}.html", job.title, footer, estimate)
    except InputFaultsError as error:
        return str(error)
    except Exception as error:  # papermill raises many kinds; the report names the notebook and the last line
        last = str(error).strip().splitlines()[-1] if str(error).strip() else type(error).__name__
        return f"notebook {job.notebook} ({job.title}) failed: {last}"
    return ""


def footer(book: Book) -> str:
    """What stands at the foot of every page of a report."""
    run = next(iter(book.record["runs"].values()))
    return (
        f"mixedmig {run['version']}. Planning values and assumptions are marked as such; not legal advice, and no "
        f"substitute for individual assessment. Input digest of the baseline {run['input_digest'][:16]}."
    )
