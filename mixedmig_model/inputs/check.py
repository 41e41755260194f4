"""Check of a whole workspace.

Every file is read and every scenario resolved, with all faults in one message. One round finds every fault that the
text allows. A file that is no YAML, or a case file without dates or countries, hides the faults behind it. Where shared
files have faults, no scenario is resolved.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from mixedmig_model.inputs.cases.case import CaseInputs, survey_case
from mixedmig_model.inputs.cases.coverage import Coverage, coverage
from mixedmig_model.inputs.costs.projects import read_projects
from mixedmig_model.inputs.entries import case_folders, is_there
from mixedmig_model.inputs.exercises.reading import exercise_entries, exercise_names, read_exercise
from mixedmig_model.inputs.observations.reproduce import FOLDER, read_reproductions
from mixedmig_model.inputs.reading.cautions import Caution, sorted_cautions
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.inputs.resolving.owned import unset_cautions
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.traceability import FILE, read_traceability
from mixedmig_model.inputs.upgrading.edits import SCHEMA
from mixedmig_model.inputs.upgrading.upgrade import plan_upgrade
from mixedmig_model.inputs.workspace import Workspace, check_name, survey_workspace
from mixedmig_model.vocabulary.labels import INDICATOR_KEYS


@dataclass(frozen=True)
class CheckedCase:
    """What a check says of a case.

    It has its scenarios, what its arrivals cover, and what a reader must know.
    """

    scenarios: tuple[str, ...]
    arrivals: tuple[Coverage, ...]
    cautions: tuple[Caution, ...]


@dataclass(frozen=True)
class CheckedWorkspace:
    """A workspace without faults.

    It has its folder, its cases, and the cautions of its shared files.
    """

    root: Path
    cases: dict[str, CheckedCase]
    cautions: tuple[Caution, ...]

    @property
    def all_cautions(self) -> tuple[Caution, ...]:
        """Cautions of the shared files and of all cases."""
        return sorted_cautions([*self.cautions, *(one for case in self.cases.values() for one in case.cautions)])

    def of_case(self, name: str) -> "CheckedWorkspace":
        """Return what the check says of one case and shared files.

        Raises InputFaultsError for an unknown name.
        """
        check_name(name, "case", tuple(self.cases))
        return replace(self, cases={name: self.cases[name]})


def check_workspace(root: Path) -> CheckedWorkspace:
    """Read all files and resolve all scenarios.

    Raises InputFaultsError with the faults of all of them together.
    """
    workspace, faults = survey_workspace(root)
    shared = bool(faults)
    faults += case_folders(workspace.root, workspace.root / "parameters" / "cases")
    cases = {name: _case(workspace, name, faults, shared) for name in workspace.cases}
    faults += [*_reproductions(workspace, shared), *_traceability(workspace), *_exercises(workspace, shared)]
    faults = _older(workspace.root, faults)
    if faults:
        raise InputFaultsError(faults)
    return CheckedWorkspace(workspace.root, cases, workspace.cautions)


def _older(root: Path, faults: list[Fault]) -> list[Fault]:
    """Return faults with the lines that an older version wrote.

    They replace the faults that those lines cause. Where whole files have an older number, what else is wrong shows
    after the upgrade.
    """
    lines = plan_upgrade(root).lines
    causes = {(line.file, line.path) for line in lines}
    others = [] if any(line.path == SCHEMA for line in lines) else faults
    return [*(line.as_fault() for line in lines), *(one for one in others if (one.file, one.path) not in causes)]


def _case(workspace: Workspace, name: str, faults: list[Fault], shared: bool) -> CheckedCase:
    """Check one case and add its faults.

    ``shared`` says that the shared files have faults: nothing is resolved then.
    """
    try:
        survey = survey_case(workspace, name)
    except InputFaultsError as error:
        faults += error.faults
        return CheckedCase((), (), ())
    faults += survey.faults
    cautions, inputs = list(survey.cautions), survey.inputs
    if inputs is None:
        return CheckedCase((), (), ())
    faults += _projects(inputs)
    runs = []
    for scenario in survey.sound if not shared else ():
        try:
            runs.append(resolve(inputs, scenario))
        except InputFaultsError as error:
            faults += error.faults
    cautions += [caution for run in runs for caution in run.cautions]
    cautions += unset_cautions(inputs, runs)
    run = (inputs.case.start, inputs.case.end)
    covered = (tuple(coverage(inputs.departures, inputs.case.countries, run, inputs.case.routes,
                              inputs.case.counted))
               if run[0] < run[1] else ())
    return CheckedCase(tuple(inputs.scenarios), covered, sorted_cautions(cautions))


def _projects(inputs: CaseInputs) -> tuple[Fault, ...]:
    """Return faults of the budgets that a case names."""
    try:
        read_projects(inputs)
    except InputFaultsError as error:
        return error.faults
    return ()


def _traceability(workspace: Workspace) -> tuple[Fault, ...]:
    """Return faults of the file of paragraphs.

    There are none where there is no such file, or where what it names could not be read.
    """
    file = workspace.root / "parameters" / FILE
    if workspace.unread or not is_there(file):
        return ()
    try:
        read_traceability(workspace, INDICATOR_KEYS)
    except InputFaultsError as error:
        return error.faults
    return ()


def _exercises(workspace: Workspace, shared: bool) -> Iterator[Fault]:
    """Yield faults of exercises.

    Faults of a case of the workspace are reported with the case.
    """
    yield from exercise_entries(workspace.root)
    for name in exercise_names(workspace.root) if not shared else ():
        try:
            read_exercise(workspace, name)
        except InputFaultsError as error:
            yield from error.faults


def _reproductions(workspace: Workspace, shared: bool) -> Iterator[Fault]:
    """Yield faults of published arithmetic.

    Where the sources cannot be read, they are only of entries that nothing reads.
    """
    folder = workspace.root / "parameters" / FOLDER
    if not folder.is_dir():
        return
    yield from case_folders(workspace.root, folder, (".yaml", ".yml"))
    if shared and not workspace.sources:
        return
    try:
        read_reproductions(workspace)
    except InputFaultsError as error:
        yield from error.faults
