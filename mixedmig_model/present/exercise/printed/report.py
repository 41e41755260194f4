"""The after-action report.

A notebook is run on a session, and its results become a page.
"""

from pathlib import Path

from mixedmig_model.inputs.exercises.reading import ExerciseInputs
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.present.exercise.pack.style import Paper
from mixedmig_model.present.exercise.printed.sheets import footer_of, printed_style
from mixedmig_model.present.html.page import export
from mixedmig_model.present.report.notebooks import notebook_path, run_notebook
from mixedmig_model.record.words.exercise import printed as said
from mixedmig_model.vocabulary.titles import NOTICE

NOTEBOOK, PAGE_FILE, NOTEBOOK_FILE = "after_action", "after_action.html", "after_action.ipynb"
FILES = (PAGE_FILE, NOTEBOOK_FILE)


def write_after_action(
    inputs: ExerciseInputs, root: Path, reports: Path, session: str, *, folder: Path, paper: Paper = "a4"
) -> Path:
    """Run the notebook of the report, and write its page.

    Parameters
    ----------
    inputs : ExerciseInputs
        The exercise.
    root : Path
        The workspace.
    reports : Path
        The folder of reports, which has the session.
    session : str
        The session.
    folder : Path
        Where page and notebook are written.
    paper : Paper, default 'a4'
        Size of the paper.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    OSError
        Where a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    notebook, page = folder / NOTEBOOK_FILE, folder / PAGE_FILE
    parameters = {"workspace": str(root), "reports": str(reports), "exercise": inputs.name, "session": session}
    run_notebook(notebook_path(NOTEBOOK, installed_workspace()), notebook, parameters, folder)
    exercise = inputs.exercise
    export(notebook, page, said.AFTER_TITLE.format(title=exercise.title),
           footer_of(exercise.title, exercise.licence, NOTICE), further=printed_style(paper))
    return page
