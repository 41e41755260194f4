"""A report: solve, run notebooks, move the folder.

Runs are solved in plain Python first, then few notebooks run, then the finished folder is moved into place in one step.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.present.html.page import export
from mixedmig_model.present.office.make import NO_OFFICE, OfficeWanted, write_office
from mixedmig_model.present.report.front import write_front
from mixedmig_model.present.report.kept import NOTEBOOKS, keep_pages, pages_key, restore_pages
from mixedmig_model.present.report.notebooks import notebook_path, run_notebook
from mixedmig_model.present.report.warm import end_warm_kernel
from mixedmig_model.record.finished import FIGURES_FOLDER, Comparison, make_comparison, ordered
from mixedmig_model.record.front.summary import shown_options, with_summary
from mixedmig_model.record.priced import banner, costs_of
from mixedmig_model.record.verify.inputs import keep_inputs
from mixedmig_model.record.words.pages.decision import footer
from mixedmig_model.solve.run import COMPILING
from mixedmig_model.storage.atomic import whole_folder
from mixedmig_model.storage.cache import runs_folder
from mixedmig_model.storage.sums import write_sums
from mixedmig_model.storage.targets import check_folder_target
from mixedmig_model.storage.workers import on_processes, same_workers
from mixedmig_model.study.ensemble.report_draws import ReportDraws, report_draws
from mixedmig_model.vocabulary.numbers import day_text

Progress = Callable[[str, int, int], None]
DRAWS_FOLDER = "draws.kept"
"""Folder next to the reports of a case, with ensembles.

They are by digest. No report can have this name, for names have no dot. You can delete the folder; the draws are then
recomputed.
"""


SLIDERS = "explore"
"""The notebook that has no page."""


class NotebookError(RuntimeError):
    """A notebook failed; the message names it and the cell."""


@dataclass(frozen=True)
class NotebookJob:
    """One notebook of a report.

    It says which, with what parameters, into which files.
    """

    notebook: str
    stem: str
    title: str
    parameters: dict[str, Any]


@dataclass(frozen=True)
class Around:
    """What all pages of a report share.

    It has the notebooks by name, the folder, foot and head of pages, and whether notebooks may share a kernel.
    """

    sources: Mapping[str, Path]
    folder: Path
    footer: str
    estimate: str
    shared: bool


def jobs(inputs: CaseInputs, comparison: Comparison, folder: Path, explore: bool) -> list[NotebookJob]:
    """Return the notebooks of a report.

    They are the comparison, its annex, costs, one for each option, and the sliders if wanted: the longest come first.
    """
    root, title = inputs.workspace.root, comparison.record.title
    common = {"results": str(folder), "workspace": str(root), "case": inputs.name}
    wanted = [NotebookJob("compare", "report", f"{title}: comparison", {**common, "scenarios": ""})]
    wanted.append(NotebookJob("annex", "annex", f"{title}: annex", {**common, "scenarios": ""}))
    if costs_of(comparison):
        wanted.append(NotebookJob("costing", "costing", f"{title}: costs", {**common, "scenarios": ""}))
    wanted += [
        NotebookJob("scenario", f"scenario_{name}", f"{title}: {comparison.title(name)}", {**common, "scenario": name})
        for name in comparison.names[1:]
    ]
    if explore:
        wanted.append(NotebookJob(SLIDERS, SLIDERS, "Sliders", {"workspace": str(root), "case": inputs.name}))
    return wanted


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
    path: str = "auto",
    options: Sequence[str] | None = None,
    author: str = "",
    office: OfficeWanted = NO_OFFICE,
) -> Path:
    """Write the report of a comparison; return its page.

    The folder is ``target``, and the page is ``report.html``. Where an error is raised no report is written.
    ``scenarios``: Names of scenarios (all of the case if None. The baseline always comes first). ``target``: Folder of
    the report. ``trust``: Run the workspace's own notebooks. ``workers``: Processes and notebooks at a time.
    ``explore``: Execute the slider notebook too. ``progress``: Called with a phase, done and total. ``ensemble``:
    Folder of an ensemble of the same inputs. ``draws``: Draws of all uncertain inputs without ``ensemble`` (None: the
    default with the kernel. 0: none), kept in ``draws.kept`` next to ``target``. ``seed``: The same seed gives the same
    draws. ``path``: By which runs are solved. ``options``: Options of the first page (the first three if None).
    ``author``: Name on it. ``office``: Documents of Word and PDF. Raises InputFaultsError for bad input, and
    ComparisonError, NotebookError, PdfError or TargetError where a scenario, notebook, PDF or file cannot be made.
    """
    names = ordered(inputs, scenarios)
    shown_options(names, options)
    wanted = ("compare", "annex", "scenario", *(["costing"] if inputs.costs else []), *([SLIDERS] if explore else []))
    sources = {name: notebook_path(name, inputs.workspace.root, trust) for name in wanted}
    check_folder_target(target := target.absolute(), (inputs.workspace.root / "parameters",))
    with ExitStack() as processes:
        processes.enter_context(same_workers())
        made = ReportDraws(ensemble, "") if ensemble else report_draws(
            inputs, names, target.parent / DRAWS_FOLDER, draws=draws, seed=seed, workers=workers,
            progress=_phase(progress, "blocks of draws"), path=path)
        with whole_folder(target) as folder:
            with processes.pop_all():  # they end before the folder moves, which Windows wants
                solving = _phase(progress, "solving")
                comparison = make_comparison(inputs, names, folder, workers=workers, progress=solving, draws=made,
                                             path=path)
                comparison = with_summary(comparison, folder, options, author, made_on=today())
                around = Around(sources, folder, footer(comparison.record), banner(comparison), shared=not trust)
                _make_pages(jobs(inputs, comparison, folder, explore), around, workers, progress)
            _write_around(replace(comparison, figures=folder / FIGURES_FOLDER), folder, office)
            keep_inputs(inputs, names, folder)
            write_sums(folder)
    return target / "report.html"


def _write_around(comparison: Comparison, folder: Path, office: OfficeWanted) -> None:
    """Write what needs no notebook: the first page, and documents."""
    write_front(comparison, folder, banner(comparison))
    write_office(comparison, folder, office, day_made())


def _make_pages(todo: Sequence[NotebookJob], around: Around, workers: int, progress: Progress | None) -> None:
    """Write the pages of a report, or find them done.

    The notebook of sliders runs each time, and so do notebooks of the workspace: both may show what the record does not
    have. Raises NotebookError naming each that failed.
    """
    if not around.shared or runs_folder() is None:
        _run_notebooks(todo, around, workers, progress)
        return
    whole, sliders = _parted(todo)
    said = [(job.notebook, job.stem, job.title, job.parameters.get("scenario")) for job in whole]
    sources = {job.notebook: around.sources[job.notebook] for job in whole}
    key = pages_key(around.folder, [said, around.footer, around.estimate], sources)
    if restore_pages(key, around.folder):
        _run_notebooks(sliders, around, workers, progress)
        return
    _run_notebooks(todo, around, workers, progress)
    keep_pages(key, [job.stem for job in whole], around.folder)


def _parted(todo: Sequence[NotebookJob]) -> tuple[list[NotebookJob], list[NotebookJob]]:
    """Return notebooks of the record, and those of sliders."""
    return [job for job in todo if job.notebook != SLIDERS], [job for job in todo if job.notebook == SLIDERS]


def _run_notebooks(todo: Sequence[NotebookJob], around: Around, workers: int, progress: Progress | None) -> None:
    """Run notebooks of a report and write their pages.

    Raises NotebookError naming each that failed.
    """
    (around.folder / NOTEBOOKS).mkdir(exist_ok=True)
    failures = []
    try:
        with closing(on_processes(partial(_execute, around=around), todo, workers)) as results:
            for done, (_, failure) in enumerate(results, 1):
                failures += [failure] if failure else []
                if progress:
                    progress("notebooks", done, len(todo))
    finally:
        end_warm_kernel()  # with one worker it is a child of this process
    if failures:
        raise NotebookError("\n".join(failures))


def today() -> str:
    """Return the day for the foot of the first page.

    It is that of ``SOURCE_DATE_EPOCH`` where set, so that a build can be repeated. The variable holds seconds since
    1970, as https://reproducible-builds.org/specs/source-date-epoch has it; anything else is no day, and today is
    taken.
    """
    return day_text(day_made())


def day_made() -> date:
    """Return the day of ``today`` as a date."""
    with suppress(ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "")), UTC).date()
    return datetime.now().astimezone().date()


def _phase(progress: Progress | None, phase: str) -> Callable[[int, int, str], None] | None:
    if progress is None:
        return None
    return lambda done, total, name: progress(COMPILING if name == COMPILING else phase, done, total)


def _execute(job: NotebookJob, around: Around) -> str:
    """Run one notebook and write its page.

    A failure is returned as text, so that one never stops another.
    """
    executed = around.folder / NOTEBOOKS / f"{job.stem}.ipynb"
    try:
        run_notebook(around.sources[job.notebook], executed, job.parameters, around.folder, around.shared)
        if job.notebook != SLIDERS:
            export(executed, around.folder / f"{job.stem}.html", job.title, around.footer, around.estimate)
    except InputFaultsError as error:
        return str(error)
    except Exception as error:  # papermill raises many kinds; the report names the notebook and the last line
        last = str(error).strip().splitlines()[-1] if str(error).strip() else type(error).__name__
        return f"notebook {job.notebook} ({job.title}) failed: {last}"
    return ""
