"""Documents of one run of a batch, as a report has them.

The baseline and the run are the two options of that report.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from mixedmig_model.present.html.page import export
from mixedmig_model.present.office.make import PAGE, OfficeWanted, write_office
from mixedmig_model.present.report.front import write_front
from mixedmig_model.present.report.make import day_made, today
from mixedmig_model.present.report.notebooks import run_notebook
from mixedmig_model.record.finished import FIGURES_FOLDER, Comparison
from mixedmig_model.record.front.summary import with_summary
from mixedmig_model.record.priced import banner
from mixedmig_model.record.words.pages.decision import footer
from mixedmig_model.storage.atomic import write_file
from mixedmig_model.study.batch import BatchJob, RunFiles, reason_of
from mixedmig_model.study.documents import NAMES, PDF, WORD, DocumentsPlan
from mixedmig_model.study.kept_files import twice

COMPARE = "compare"
"""The notebook of the full report."""
SOURCE, EXECUTED, TEMPLATE = "compare.ipynb", "report.ipynb", "template.docx"


def office_plan(wanted: OfficeWanted, notebook: bytes, author: str) -> DocumentsPlan | None:
    """Return which documents each run is to have; None for none.

    Parameters
    ----------
    wanted : OfficeWanted
        What was asked for.
    notebook : bytes
        The notebook of the full report.
    author : str
        Name at the foot of the memo.

    Returns
    -------
    DocumentsPlan | None
        The plan.
    """
    kinds = tuple(kind for kind, is_wanted in ((WORD, wanted.word), (PDF, wanted.pdf)) if is_wanted)
    template = wanted.template.read_bytes() if wanted.template else b""
    return DocumentsPlan(kinds, notebook, wanted.paper, author, template) if kinds else None


def add_documents(job: BatchJob, comparison: Comparison, folder: Path, made: RunFiles) -> RunFiles:
    """Return the files of a run with its missing documents.

    What goes wrong with documents is put in words, and the other files of the run stay.

    Parameters
    ----------
    job : BatchJob
        The run.
    comparison : Comparison
        The baseline and the run.
    folder : Path
        Folder of their results.
    made : RunFiles
        The files of the run.

    Returns
    -------
    RunFiles
        Those files, and documents by kind.
    """
    if job.plan is None or not job.kinds:
        return made
    try:
        comparison = twice(partial(_report, job.plan, comparison, folder, job.case))
    except Exception as error:  # papermill and the libraries below raise many kinds
        return replace(made, refused=dict.fromkeys(job.kinds, reason_of(error)))
    documents: dict[str, Mapping[str, bytes]] = {}
    refused: dict[str, str] = {}
    for kind in job.kinds:
        try:
            documents[kind] = twice(partial(_documents, job.plan, comparison, folder, kind))
        except Exception as error:  # one kind must not stop the other
            refused[kind] = reason_of(error)
    return replace(made, documents=documents, refused=refused)


def _report(plan: DocumentsPlan, comparison: Comparison, folder: Path, case: str) -> Comparison:
    """Make the page that the full report has, and the chart of the memo."""
    comparison = with_summary(comparison, folder, author=plan.author, made_on=today())
    write_file(folder / SOURCE, plan.notebook)
    parameters = {"results": str(folder), "workspace": str(folder.parent), "case": case, "scenarios": ""}
    run_notebook(folder / SOURCE, folder / EXECUTED, parameters, folder)
    estimate = banner(comparison)
    export(folder / EXECUTED, folder / PAGE, comparison.record.title, footer(comparison.record), estimate)
    comparison = replace(comparison, figures=folder / FIGURES_FOLDER)
    write_front(comparison, folder, estimate)
    return comparison


def _documents(plan: DocumentsPlan, comparison: Comparison, folder: Path, kind: str) -> dict[str, bytes]:
    """Return the documents of one kind by name."""
    template = folder / TEMPLATE if plan.template and kind == WORD else None
    if template:
        write_file(template, plan.template)
    wanted = OfficeWanted(word=kind == WORD, pdf=kind == PDF, template=template, paper=plan.paper)
    write_office(comparison, folder, wanted, day_made())
    return {name: (folder / name).read_bytes() for name in NAMES[kind]}
