"""What the notebook of the after-action report calls.

Rights of all teams come first. Teams stand as they were named, and nothing is added up.
"""

from pathlib import Path

from mixedmig_model.inputs.exercises.reading import read_exercise
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present.exercise.printed.multiples import tops
from mixedmig_model.present.exercise.printed.sheets import craft_part, happened_part, rights_part, sentences
from mixedmig_model.present.html.builders import Html, join, paragraphs, table, tag
from mixedmig_model.present.workbook import show
from mixedmig_model.record.exercise.after import after_action
from mixedmig_model.record.exercise.after_schema import AfterAction, GapLine
from mixedmig_model.record.words.exercise import printed as said
from mixedmig_model.study.exercise.files import open_session
from mixedmig_model.study.exercise.runs import ExerciseRuns

BLANK_ROWS = 6
"""Rows of the improvement plan, empty ones included."""


def load(workspace: str, reports: str, exercise: str, session: str) -> AfterAction:
    """Read a session, and return what its report says.

    Parameters
    ----------
    workspace : str
        The folder with ``parameters``.
    reports : str
        The folder of reports; ``reports`` of the workspace if empty.
    exercise : str
        The exercise.
    session : str
        The session.

    Returns
    -------
    AfterAction
        The report.

    Raises
    ------
    InputFaultsError
        Where there is no such session, or no round was played.
    """
    inputs = read_exercise(read_workspace(Path(workspace)), exercise)
    folder = Path(reports) if reports else Path(workspace) / "reports"
    return after_action(open_session(inputs, folder, session), ExerciseRuns(inputs))


def head(report: AfterAction) -> None:
    """Show title, purpose, and what was played."""
    show(tag("h1", said.AFTER_TITLE.format(title=report.title)), tag("p", report.facts, class_="question"),
         tag("p", said.AFTER_PURPOSE, class_="note"))


def rights(report: AfterAction) -> None:
    """Show breaches of all teams: who signed, when they ended."""
    show(tag("p", join([said.BREACHES_FIRST, " ", said.TEAMS_ORDER]), class_="note"),
         *(rights_part(one, whole=False) for one in report.teams))


def happened(report: AfterAction) -> None:
    """Show harms by small multiples, each team with references."""
    top = tops([one.pictures for one in report.teams])
    compared = [one for one in report.teams[0].sheets.happened.runs if one.name != report.teams[0].sheets.team]
    show(tag("p", said.CONTEXT, class_="note"), tag("p", said.SAME_SCALE, class_="note"),
         tag("h3", said.REFERENCES), sentences(compared),
         *(happened_part(one, top, whole=False) for one in report.teams))


def craft(report: AfterAction) -> None:
    """Show decisions, forecasts, injects and objectives."""
    show(*(craft_part(one, whole=False) for one in report.teams))


def injects(report: AfterAction) -> None:
    """Show what arrived, and what was answered."""
    if not report.injects:
        show(paragraphs(said.NO_INJECTS))
        return
    rows = [[one.title, one.expected, join([tag("p", text) for text in one.answers])] for one in report.injects]
    show(tag("p", said.INJECTS_NOTE, class_="note"), tag("div", table(said.INJECT_HEAD, rows), class_="injects"))


def plan(report: AfterAction) -> None:
    """Show gaps with owner and date, and room for more."""
    notes = [said.PLAN_NOTE, *([report.gaps_note] if report.gaps_note else [])]
    rows = [_row(one) for one in report.gaps] + [[""] * len(said.PLAN_HEAD)] * (BLANK_ROWS - len(report.gaps))
    show(paragraphs(*notes), tag("div", table(said.PLAN_HEAD, rows), class_="blank plan-rows"))


def _row(one: GapLine) -> list[str]:
    return [one.text, one.owner, one.by, ""]


def limits(report: AfterAction) -> None:
    """Show what the model leaves out."""
    parts = [*_listed(said.LIMITS, report.not_modelled), *_listed(said.LIMITS_INJECTS, report.left_out)]
    show(join(parts))


def _listed(note: str, texts: tuple[str, ...]) -> list[Html]:
    return [tag("p", note), tag("ul", join([tag("li", one) for one in texts]))] if texts else []
