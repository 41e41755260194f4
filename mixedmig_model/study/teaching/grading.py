"""Grades of all learners: each plan solved again.

A folder that is refused, or a run that fails, stops no other.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.inputs.reading.yaml_reader import read_text
from mixedmig_model.inputs.workspace import Workspace, read_workspace
from mixedmig_model.solve.answer import SolveError
from mixedmig_model.storage.atomic import scratch_folder
from mixedmig_model.storage.kinds import kind_of
from mixedmig_model.storage.seal import SealError, opened_text
from mixedmig_model.study.run import LedgerError
from mixedmig_model.study.teaching.country import PLAN
from mixedmig_model.study.teaching.grade import Gate, PlanResult, Standards, gates_of
from mixedmig_model.study.teaching.handout import LEARNERS, SCHEMA, SEALED
from mixedmig_model.study.teaching.results import plan_result
from mixedmig_model.study.teaching.submission import read_submission

Progress = Callable[[int, int], None]
UNKNOWN = "the folder is of no learner of this class"


@dataclass(frozen=True)
class Graded:
    """The grade of one learner, by number.

    ``refused`` has a word on each fault of a folder that is not graded, ``failed`` why a run failed. ``limits_named``:
    the learner says what the model cannot tell.
    """

    learner: str
    case: str
    gates: tuple[Gate, ...] = ()
    result: PlanResult | None = None
    asked: Standards | None = None
    cause: str = ""
    limits_named: bool = False
    refused: tuple[Fault, ...] = ()
    failed: str = ""


def open_answers(folder: Path, phrase: str) -> Mapping[str, Any]:
    """Return the sealed answers of a class by learner.

    Parameters
    ----------
    folder : Path
        The folder that ``mixedmig teach build`` wrote.
    phrase : str
        The teacher's phrase.

    Returns
    -------
    Mapping[str, Any]
        Answers by learner.

    Raises
    ------
    InputFaultsError
        Where there is no sealed file, or the phrase does not open it.
    """
    if kind_of(folder / SEALED) != "a file":
        raise InputFaultsError([Fault(str(folder), 0, "", f"there is no file {SEALED}",
                                      allowed="a folder that mixedmig teach build wrote")])
    try:
        record = json.loads(opened_text(read_text(folder / SEALED, SEALED), phrase))
    except SealError as error:
        fault = Fault(SEALED, 0, "", str(error), allowed="the phrase of mixedmig teach build")
        raise InputFaultsError([fault]) from None
    if record["schema"] != SCHEMA:
        raise InputFaultsError([Fault(SEALED, 0, "schema", "another version of sealed answers",
                                      found=str(record["schema"]), allowed=str(SCHEMA))])
    answers: Mapping[str, Any] = record["learners"]
    return answers


def grade_class(
    folder: Path, phrase: str, path: str = "auto", progress: Progress = lambda done, of: None
) -> list[Graded]:
    """Grade all learners of a class.

    Parameters
    ----------
    folder : Path
        The folder that ``mixedmig teach build`` wrote, with the learners' folders as they came back.
    phrase : str
        The teacher's phrase.
    path : str, default "auto"
        By which runs are solved.
    progress : Callable
        Called with learners done and in all.

    Returns
    -------
    list[Graded]
        A grade for each learner, in the order of numbers; folders of no learner come last.

    Raises
    ------
    InputFaultsError
        Where the sealed file cannot be opened.
    """
    answers = open_answers(folder, phrase)
    workspace = read_workspace(installed_workspace())
    graded = []
    for name, answer in answers.items():
        graded.append(grade_learner(workspace, folder / LEARNERS / name, name, answer, path))
        progress(len(graded), len(answers))
    return [*graded, *_foreign(folder / LEARNERS, answers)]


def grade_learner(
    workspace: Workspace, folder: Path, name: str, answer: Mapping[str, Any], path: str = "auto"
) -> Graded:
    """Grade one learner.

    Parameters
    ----------
    workspace : Workspace
        The shipped shared files.
    folder : Path
        The learner's folder.
    name : str
        The learner's number, such as ``learner_07``.
    answer : Mapping[str, Any]
        What was sealed.
    path : str, default "auto"
        By which runs are solved.

    Returns
    -------
    Graded
        The grade, or why there is none.
    """
    asked = standards_of(answer)
    try:
        if kind_of(folder) != "a folder":
            raise InputFaultsError([Fault(name, 0, "", "the folder of the learner is missing", found=kind_of(folder),
                                          allowed=f"a folder in {LEARNERS}")])
        with scratch_folder() as scratch:
            given = read_submission(workspace, folder, answer, scratch)
        result = plan_result(given.inputs, PLAN, path=path)
    except InputFaultsError as error:
        return Graded(name, answer["case"], asked=asked, refused=error.faults)
    except (SolveError, LedgerError) as error:
        return Graded(name, answer["case"], asked=asked, failed=str(error))
    except OSError as error:
        fault = Fault(name, 0, "", "a file cannot be read", found=error.strerror or "", allowed="files to read")
        return Graded(name, answer["case"], asked=asked, refused=(fault,))
    cause = given.sheet.cause or ""
    return Graded(name, answer["case"], gates_of(result, cause, asked), result, asked=asked, cause=cause,
                  limits_named=bool(given.sheet.cannot_tell))


def standards_of(answer: Mapping[str, Any]) -> Standards:
    """Return what is asked of a learner."""
    asked = answer["standards"]
    return Standards(date.fromisoformat(asked["day"]), asked["people"], budget=asked["budget"], cause=asked["cause"])


def _foreign(folder: Path, answers: Mapping[str, Any]) -> Iterator[Graded]:
    """Yield folders and files of no learner."""
    if kind_of(folder) != "a folder":
        return
    for path in sorted(folder.iterdir()):
        if path.name not in answers and not path.name.startswith("."):
            fault = Fault(path.name, 0, "", UNKNOWN, found=kind_of(path), allowed="learner_01 and so on, as handed out")
            yield Graded(path.name, "", refused=(fault,))
