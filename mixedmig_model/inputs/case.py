"""One case read whole: its file, tables and scenarios, checked against the workspace."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from mixedmig_model.inputs.catalogue import CATALOGUE, PLACES, QUANTITIES, STAGES
from mixedmig_model.inputs.faults import Fault, InputFaultsError, listed, nearest
from mixedmig_model.inputs.schema import NAME_PATTERN, Case, Change, Group, LocalValue, Scenario
from mixedmig_model.inputs.series import Departures, Observation, read_departures, read_observations
from mixedmig_model.inputs.validation import validate
from mixedmig_model.inputs.workspace import Workspace, check_name, label, value_faults
from mixedmig_model.inputs.yaml_reader import Document, Keys, read_document

T = TypeVar("T")
LONGEST_RUN = 40 * 366
NEEDS = ("international", "other", "none")


@dataclass(frozen=True)
class CaseInputs:
    """A case with everything it needs to be run: the workspace, its tables and its scenarios."""

    name: str
    workspace: Workspace
    case: Case
    groups: Mapping[str, Group]
    departures: tuple[Departures, ...]
    observations: tuple[Observation, ...]
    scenarios: Mapping[str, Scenario]

    @property
    def days(self) -> int:
        """Length of the run in days."""
        return (self.case.end - self.case.start).days

    def scenario(self, name: str) -> Scenario:
        """The scenario ``name`` of the case. Raises InputFaultsError with the names there are."""
        check_name(name, f"scenario of {self.name}", tuple(self.scenarios))
        return self.scenarios[name]


def read_case(workspace: Workspace, name: str) -> CaseInputs:
    """Read the case ``name``. Raises InputFaultsError with the faults of all its files."""
    check_name(name, "case", workspace.cases)
    folder = workspace.root / "parameters" / "cases" / name
    file = folder / "case.yaml"
    document = read_document(file, label(workspace.root, file))
    case = validate(document, Case)
    groups = case.groups or workspace.groups
    faults = _case_faults(document, case, groups, workspace)

    def table(read: Callable[..., tuple[T, ...]], file_name: str, *more: object) -> tuple[T, ...]:
        path = folder / file_name
        try:
            return read(path, label(workspace.root, path), case.countries, workspace.sources, *more)
        except InputFaultsError as error:
            faults.extend(error.faults)
            return ()

    departures = table(read_departures, case.departures)
    observations = table(read_observations, case.observed, QUANTITIES) if case.observed else ()
    scenarios = _read_scenarios(folder, workspace, name, case, groups, faults)
    if not faults and case.baseline not in scenarios:
        near = nearest(case.baseline, scenarios)
        faults.append(document.fault(("baseline",), "unknown scenario", case.baseline, listed(scenarios), near))
    if faults:
        raise InputFaultsError(faults)
    return CaseInputs(name, workspace, case, groups, departures, observations, scenarios)


def _case_faults(
    document: Document, case: Case, groups: Mapping[str, Group], workspace: Workspace
) -> list[Fault]:
    """Faults of a case file beyond its schema."""
    faults = []
    if case.end <= case.start:
        faults.append(document.fault(("end",), "the case ends before it starts", str(case.end), f"after {case.start}"))
    elif (case.end - case.start).days > LONGEST_RUN:
        faults.append(document.fault(("end",), "the run is too long", str(case.end), "at most 40 years"))
    for name, local in case.parameters.items():
        faults += _local_faults(document, name, local, case, groups, workspace)
    allowed = {"stage": STAGES, "place": PLACES, "country": tuple(case.countries)}
    for index, opening in enumerate(case.opening):
        for key, names in allowed.items():
            found = getattr(opening, key)
            if found not in names:
                keys: Keys = ("opening", index, key)
                faults.append(document.fault(keys, f"unknown {key}", found, listed(names), nearest(found, names)))
    return faults


def _local_faults(
    document: Document, name: str, local: LocalValue, case: Case, groups: Mapping[str, Group], workspace: Workspace
) -> list[Fault]:
    """Faults of one local value of a case: name, labels, numbers, unit, source."""
    keys: Keys = ("parameters", name)
    if name not in CATALOGUE:
        return [document.fault(keys, "nothing reads this parameter", name, "a name of parameters/base",
                               nearest(name, CATALOGUE))]
    faults = value_faults(document, keys, local, workspace.parameters[name], CATALOGUE[name], workspace.sources)
    expected = {"by_country": tuple(case.countries), "by_group": tuple(groups), "by_need": NEEDS}
    for key, names in expected.items():
        given = getattr(local, key)
        if given is None:
            continue
        for found in given:
            if found not in names:
                near = nearest(found, names)
                faults.append(document.fault((*keys, key, found), "unknown name", found, listed(names), near))
        missing = [item for item in names if item not in given]
        if missing:
            faults.append(document.fault((*keys, key), "values are missing", None, f"all of {listed(names)}"))
    return faults


def _read_scenarios(
    folder: Path, workspace: Workspace, name: str, case: Case, groups: Mapping[str, Group], faults: list[Fault]
) -> dict[str, Scenario]:
    """Read all scenarios of a case; their faults are added to ``faults``."""
    result = {}
    for path in sorted((folder / "scenarios").glob("*.yaml")):
        try:
            document = read_document(path, label(workspace.root, path))
            scenario = validate(document, Scenario)
        except InputFaultsError as error:
            faults += error.faults
            continue
        import re

        if not re.match(NAME_PATTERN, path.stem):
            faults.append(document.fault((), "the file's name is not a valid scenario name", path.stem))
        if scenario.case != name:
            faults.append(document.fault(("case",), "the scenario belongs to another case", scenario.case, name))
        for index, change in enumerate(scenario.changes):
            faults += _change_faults(document, index, change, case, groups)
        faults += _clashes(document, scenario)
        result[path.stem] = scenario
    return result


def _change_faults(
    document: Document, index: int, change: Change, case: Case, groups: Mapping[str, Group]
) -> list[Fault]:
    """Faults of one change of a scenario: parameter, labels, dates."""
    keys: Keys = ("changes", index)
    if change.parameter not in CATALOGUE:
        near = nearest(change.parameter, CATALOGUE)
        return [document.fault((*keys, "parameter"), "unknown parameter", change.parameter,
                               "a name of parameters/base", near)]
    faults = []
    axis = CATALOGUE[change.parameter].axis
    for key, wanted, names in (("countries", "country", tuple(case.countries)), ("groups", "group", tuple(groups))):
        given = getattr(change, key)
        if given is None:
            continue
        if axis != wanted:
            faults.append(document.fault((*keys, key), f"{change.parameter} does not differ by {wanted}"))
        for position, found in enumerate(given):
            if found not in names:
                near = nearest(found, names)
                faults.append(document.fault((*keys, key, position), f"unknown {wanted}", found, listed(names), near))
    for key in ("start", "until"):
        day = getattr(change, key)
        if day is not None and not case.start <= day <= case.end:
            text = f"{case.start} to {case.end}"
            faults.append(document.fault((*keys, key), "outside the run of the case", str(day), text))
    return faults


def _clashes(document: Document, scenario: Scenario) -> list[Fault]:
    """Two changes that set the same parameter for the same people at the same time."""
    faults = []
    setting = [(index, change) for index, change in enumerate(scenario.changes) if change.set is not None]
    for position, (index, change) in enumerate(setting):
        for other, earlier in setting[:position]:
            if change.parameter == earlier.parameter and _overlap(change, earlier):
                text = f"changes {other} and {index} set the same parameter at the same time"
                faults.append(document.fault(("changes", index), text, change.parameter))
    return faults


def _overlap(one: Change, two: Change) -> bool:
    """Whether two changes meet in time and in whom they concern."""
    if one.until and two.start and one.until <= two.start:
        return False
    if two.until and one.start and two.until <= one.start:
        return False
    for key in ("countries", "groups"):
        first, second = getattr(one, key), getattr(two, key)
        if first is not None and second is not None and not set(first) & set(second):
            return False
    return True
