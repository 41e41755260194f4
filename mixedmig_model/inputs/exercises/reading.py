"""An exercise read whole, with all faults in one round.

Files are ``exercise.yaml``, ``injects.yaml``, the briefs of roles, and the exercise's own case.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from mixedmig_model.inputs.cases.case import CaseInputs, read_case
from mixedmig_model.inputs.entries import CASE_FILE, is_left_alone, is_there, label, other_entries
from mixedmig_model.inputs.exercises.inject_checks import inject_faults
from mixedmig_model.inputs.exercises.plan_checks import plan_faults
from mixedmig_model.inputs.exercises.role_checks import role_faults
from mixedmig_model.inputs.exercises.schema import Exercise, Inject, InjectFile
from mixedmig_model.inputs.exercises.short_form import ENDING, short_faults, short_form
from mixedmig_model.inputs.exercises.surveyed import PlacedInject, Surveyed
from mixedmig_model.inputs.parcels import tree_digests
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.inputs.reading.fields import NAME_PATTERN, Record, is_device_name
from mixedmig_model.inputs.reading.validation import Rest, validate_rest
from mixedmig_model.inputs.reading.yaml_reader import Document, read_document, read_text
from mixedmig_model.inputs.workspace import Workspace, check_name

R = TypeVar("R", bound=Record)
FOLDER, FILE, INJECTS, ROLES, OWN_CASE = "exercises", "exercise.yaml", "injects.yaml", "roles", "case"
TESTIMONY = "testimony.md"
SHORT_LINE = re.compile(r"^short:", re.MULTILINE)
NAMED = {"roles": "name", "objectives": "id", "injects": "id"}
"""What names an entry of each collection."""
CASE_AND_FOLDER = "the exercise names a case and has its own in the folder case"


@dataclass(frozen=True)
class ExerciseInputs:
    """An exercise with the case that it runs.

    Attributes
    ----------
    name : str
        Its folder in ``parameters/exercises``.
    exercise : Exercise
        What its file says, with the injects of ``injects.yaml``.
    case : CaseInputs
        The case that its teams run.
    briefs : Mapping[str, str]
        Text of the brief of each role.
    files : Mapping[str, str]
        SHA-256 of each file of the exercise.
    testimony : str
        Texts that the facilitator reads aloud, the file ``testimony.md``; empty where there is none.
    """

    name: str
    exercise: Exercise
    case: CaseInputs
    briefs: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    testimony: str = ""

    @property
    def scenario(self) -> str:
        """The scenario in which teams begin."""
        return self.exercise.scenario or self.case.case.baseline

    @property
    def injects(self) -> Mapping[str, Inject]:
        """Injects by name."""
        return {one.id: one for one in self.exercise.injects}


def exercise_names(root: Path) -> tuple[str, ...]:
    """Return the names of the exercises of a workspace."""
    folder = root / "parameters" / FOLDER
    names = (path.name for path in folder.glob("*") if (path / FILE).is_file())
    return tuple(sorted(name for name in names if re.fullmatch(NAME_PATTERN, name) and not is_device_name(name)))


def playable_names(root: Path) -> tuple[str, ...]:
    """Return the names under which exercises can be played.

    An exercise with a short form has two.
    """
    folder, names = root / "parameters" / FOLDER, exercise_names(root)
    return tuple(sorted([*names, *(name + ENDING for name in names if _has_short_form(folder / name / FILE))]))


def _has_short_form(file: Path) -> bool:
    """Return whether an exercise says what its short form is."""
    try:
        return SHORT_LINE.search(read_text(file, file.name)) is not None
    except InputFaultsError:
        return False


def exercise_entries(root: Path) -> list[Fault]:
    """Return faults of entries of the folder of exercises."""
    faults, folder = [], root / "parameters" / FOLDER
    for path in sorted(folder.glob("*")):
        if not is_left_alone(path) and path.name not in exercise_names(root):
            faults.append(Fault(label(root, path), 0, "", "the folder is not an exercise", found=path.name,
                                allowed=f"a folder named with a-z, 0-9, _ and -, with {FILE}"))
    return faults


def read_exercise(workspace: Workspace, name: str) -> ExerciseInputs:
    """Read an exercise and the case that it runs.

    Parameters
    ----------
    workspace : Workspace
        The workspace.
    name : str
        Name of the exercise.

    Returns
    -------
    ExerciseInputs
        The exercise.

    Raises
    ------
    InputFaultsError
        With the faults of all its files.
    """
    check_name(name, "exercise", playable_names(workspace.root))
    faults: list[Fault] = []
    short = _is_short(workspace.root, name)
    folder = workspace.root / "parameters" / FOLDER / (name.removesuffix(ENDING) if short else name)
    files = tree_digests(workspace.root, folder)
    left_out: dict[str, tuple[str, ...]] = {}
    rest = _read(workspace.root, folder / FILE, Exercise, faults, left_out)
    injects = _injects(workspace.root, folder, rest, faults, left_out)
    if rest is None or rest.record is None:
        raise InputFaultsError(faults)
    exercise = rest.record
    case = _case(workspace, folder.name, rest.document, exercise, faults)
    surveyed = Surveyed(rest.document, exercise, case, tuple(injects), left_out)
    faults += [*role_faults(surveyed), *inject_faults(surveyed), *plan_faults(surveyed), *short_faults(surveyed)]
    briefs = _briefs(workspace.root, folder, rest.document, exercise, faults)
    testimony = _optional(workspace.root, folder / TESTIMONY, faults)
    names = (FILE, INJECTS)
    faults += other_entries(workspace.root, folder, names, (ROLES, OWN_CASE))
    if faults or case is None:
        raise InputFaultsError(faults)
    whole = exercise.model_copy(update={"injects": tuple(one.inject for one in injects)})
    return ExerciseInputs(name, short_form(whole) if short else whole, case, briefs, files, testimony=testimony)


def _is_short(root: Path, name: str) -> bool:
    """Return whether a name is that of a short form."""
    return name.endswith(ENDING) and not (root / "parameters" / FOLDER / name / FILE).is_file()


def _read(
    root: Path, path: Path, model: type[R], faults: list[Fault], left_out: dict[str, tuple[str, ...]]
) -> Rest[R] | None:
    """Read what is sound of a file.

    Its faults are noted, and the names of entries that have some.
    """
    try:
        document = read_document(path, label(root, path))
        rest = validate_rest(document, model)
    except InputFaultsError as error:
        faults += error.faults
        return None
    faults += rest.faults
    left_out.update({name: (*left_out.get(name, ()), *_names(document, name, rest.left_out)) for name in NAMED})
    return rest


def _names(document: Document, collection: str, left_out: frozenset[tuple[str, str | int]]) -> list[str]:
    """Return the names of entries of a collection that were left out."""
    entries = [document.data[collection][index] for one, index in left_out if one == collection]
    key = NAMED[collection]
    return [str(entry[key]) for entry in entries if isinstance(entry, dict) and key in entry]


def _injects(
    root: Path, folder: Path, rest: Rest[Exercise] | None, faults: list[Fault], left_out: dict[str, tuple[str, ...]]
) -> list[PlacedInject]:
    """Return the injects of both files, each with its place."""
    placed = []
    if rest is not None and rest.record is not None:
        placed += [PlacedInject(rest.document, ("injects", index), one)
                   for index, one in enumerate(rest.record.injects)]
    if (folder / INJECTS).exists():
        more = _read(root, folder / INJECTS, InjectFile, faults, left_out)
        if more is not None and more.record is not None:
            placed += [PlacedInject(more.document, ("injects", index), one)
                       for index, one in enumerate(more.record.injects)]
    return placed


def _case(
    workspace: Workspace, name: str, document: Document, exercise: Exercise, faults: list[Fault]
) -> CaseInputs | None:
    """Read the case of an exercise; note its faults."""
    folder = workspace.root / "parameters" / FOLDER / name
    own = (folder / OWN_CASE / CASE_FILE).is_file()
    if own and exercise.case is not None:
        faults.append(document.fault(("case",), CASE_AND_FOLDER, exercise.case, "one of the two"))
        return None
    if not own and exercise.case is None:
        faults.append(document.fault((), "the exercise has no case",
                                     allowed=f"case: NAME, or a folder {OWN_CASE} with {CASE_FILE}"))
        return None
    try:
        if own:
            return read_case(replace(workspace, case_folder=f"{FOLDER}/{name}"), OWN_CASE)
        check_name(str(exercise.case), "case", workspace.cases)
    except InputFaultsError as error:
        faults += error.faults if own else [
            document.fault(("case",), one.problem, exercise.case, one.allowed, one.nearest) for one in error.faults]
        return None
    try:
        return read_case(workspace, str(exercise.case))
    except InputFaultsError as error:
        faults += error.faults
        return None


def _briefs(
    root: Path, folder: Path, document: Document, exercise: Exercise, faults: list[Fault]
) -> dict[str, str]:
    """Return the briefs of roles; note those that are missing."""
    found = {}
    for index, role in enumerate(exercise.roles):
        path = folder / ROLES / role.brief_file
        if not path.is_file():
            near = [one.name for one in (folder / ROLES).glob("*.md")]
            faults.append(document.fault(("roles", index), "the brief of the role is missing", role.brief_file,
                                         f"a file in {label(root, folder / ROLES)}", near[0] if len(near) == 1 else ""))
            continue
        try:
            found[role.name] = read_text(path, label(root, path))
        except InputFaultsError as error:
            faults += error.faults
    return found


def _optional(root: Path, path: Path, faults: list[Fault]) -> str:
    """Return a text that an exercise may have; note its faults."""
    if not is_there(path):
        return ""
    try:
        return read_text(path, label(root, path))
    except InputFaultsError as error:
        faults += error.faults
        return ""
