"""A learner's folder as it came back: refused, or read.

A folder is foreign. Files that were handed out must be the same; a plan may change only what it is allowed to. A folder
that is refused gets a word on each of its faults.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from mixedmig_model.inputs.cases.case import CaseInputs, read_case
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, Location, listed, nearest
from mixedmig_model.inputs.reading.fields import Record, Text, Version
from mixedmig_model.inputs.reading.validation import validate
from mixedmig_model.inputs.reading.yaml_reader import read_document
from mixedmig_model.inputs.schema import Scenario
from mixedmig_model.inputs.workspace import Workspace
from mixedmig_model.storage.atomic import write_file
from mixedmig_model.storage.digests import sha256
from mixedmig_model.storage.kinds import kind_of
from mixedmig_model.study.teaching.causes import MEANS, CauseName
from mixedmig_model.study.teaching.country import PLAN
from mixedmig_model.study.teaching.handout import ANSWERS

MOST_BYTES = 2_000_000
CHANGED = "the file is not the one that was handed out"
MISSING = "a file that was handed out is missing"
FOREIGN = "the file was not handed out"
LINKED = "this is no plain file or folder"
HANDED_OUT = "the file of the learner's own folder, unchanged"


class AnswerSheet(Record):
    """A learner's answers; blanks are allowed."""

    schema_: Version = Field(alias="schema")
    cause: CauseName | None = None
    cannot_tell: Annotated[Text | None, Field(description="what this model cannot tell")] = None


@dataclass(frozen=True)
class Submission:
    """A learner's plan and answers, with their case."""

    inputs: CaseInputs
    sheet: AnswerSheet


def read_submission(workspace: Workspace, folder: Path, answer: Mapping[str, Any], scratch: Path) -> Submission:
    """Read a learner's folder.

    Parameters
    ----------
    workspace : Workspace
        The shipped shared files.
    folder : Path
        The learner's folder.
    answer : Mapping[str, Any]
        What was sealed of it.
    scratch : Path
        An empty folder to read the case from.

    Returns
    -------
    Submission
        The plan and the answers.

    Raises
    ------
    InputFaultsError
        With all faults: files that are changed, missing or foreign, and what a plan may not do.
    """
    faults = [*_file_faults(folder, answer)]
    home, case = Path("parameters") / "cases" / answer["case"], answer["case"]
    plan, sheet = home / "scenarios" / f"{PLAN}.yaml", None
    for own in (plan, Path(ANSWERS)):
        faults += [] if faults else _own_faults(folder, own)
    if faults:
        raise InputFaultsError(faults)
    try:
        sheet = validate(read_document(folder / ANSWERS, ANSWERS), AnswerSheet)
    except InputFaultsError as error:
        faults += error.faults
    for path in (*(one for one in answer["files"] if one.startswith(f"{home.as_posix()}/")), plan.as_posix()):
        write_file(scratch / path, (folder / path).read_bytes())
    try:
        inputs = read_case(replace(workspace, root=scratch), case)
        faults += _plan_faults(inputs, plan.as_posix(), date.fromisoformat(answer["decision"]))
    except InputFaultsError as error:
        faults += error.faults
    if faults or sheet is None:
        raise InputFaultsError(faults)
    return Submission(inputs, sheet)


def _file_faults(folder: Path, answer: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield faults of files below ``parameters``."""
    linked = {path for path in _walked(folder, "parameters") if kind_of(folder / path) not in ("a file", "a folder")}
    for path in sorted(linked):
        yield Fault(path, 0, "", LINKED, found=kind_of(folder / path), allowed=HANDED_OUT)
    own = f"parameters/cases/{answer['case']}/scenarios/"
    found = {path for path in _walked(folder, "parameters") if kind_of(folder / path) == "a file"}
    for path, digest in sorted(answer["files"].items()):
        if path not in found:
            if path not in linked:
                yield Fault(path, 0, "", MISSING, allowed=HANDED_OUT)
        elif (folder / path).lstat().st_size > MOST_BYTES or sha256((folder / path).read_bytes()) != digest:
            yield Fault(path, 0, "", CHANGED, allowed=HANDED_OUT)
    for path in sorted(found - set(answer["files"])):
        if not (path.startswith(own) and path.endswith(".yaml")) and not Path(path).name.startswith("."):
            yield Fault(path, 0, "", FOREIGN, allowed=f"further scenarios in {own}")


def _walked(folder: Path, inside: str) -> Iterator[str]:
    """Yield all entries below a folder; links are not followed."""
    if kind_of(folder / inside) != "a folder":
        if kind_of(folder / inside):
            yield inside
        return
    for path in sorted((folder / inside).iterdir()):
        name = path.relative_to(folder).as_posix()
        yield name
        if kind_of(path) == "a folder":
            yield from _walked(folder, name)


def _own_faults(folder: Path, path: Path) -> list[Fault]:
    """Return faults of a file that the learner fills in."""
    found = kind_of(folder / path)
    if found == "a file":
        return []
    return [Fault(path.as_posix(), 0, "", LINKED if found else MISSING, found=found, allowed="the learner's own file")]


def _plan_faults(inputs: CaseInputs, file: str, decision: date) -> list[Fault]:
    """Return faults of what a plan may not do in this exercise."""
    plan: Scenario = inputs.scenarios[PLAN]
    faults = [Fault(file, 0, key, "this exercise takes changes only", found=str(len(there)), allowed="changes")
              for key, there in (("levers", plan.levers), ("own_costs", plan.own_costs)) if there]
    for index, change in enumerate(plan.changes):
        where = inputs.locations.get((PLAN, index), Location(file, 0, f"changes.{index}"))
        if change.parameter not in MEANS:
            text = "the input is no means of this exercise"
            faults.append(Fault(where.file, where.line, f"changes.{index}.parameter", text, found=change.parameter,
                                allowed=listed(MEANS, 40), nearest=nearest(change.parameter, MEANS)))
        if change.start is None or change.start < decision:
            text = "the change starts before the day of decision"
            found = "the first day" if change.start is None else change.start.isoformat()
            faults.append(Fault(where.file, where.line, f"changes.{index}.start", text, found=found,
                                allowed=f"{decision} or later"))
    return faults
