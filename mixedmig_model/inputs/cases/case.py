"""One case read whole: its file, tables and scenarios, checked against the workspace."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from mixedmig_model.inputs.cases.series import Departures, Observation, read_departures, read_observations
from mixedmig_model.inputs.costs.book import CaseCosts, own_cost_faults, read_case_costs
from mixedmig_model.inputs.costs.schema import OwnCost
from mixedmig_model.inputs.levers.acting import Acting, acting, lever_costs
from mixedmig_model.inputs.levers.checks import LeverUses, meet
from mixedmig_model.inputs.levers.conditions import Intervals
from mixedmig_model.inputs.levers.schema import LeverUse
from mixedmig_model.inputs.parameters.catalogue import ASSUMPTION, CATALOGUE, PLACES, QUANTITIES, STAGES
from mixedmig_model.inputs.parameters.values import (
    CITED,
    NEEDS,
    UNCITED,
    WHOLE_RUN,
    inherited_faults,
    label_faults,
    value_faults,
)
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, Location, listed, nearest
from mixedmig_model.inputs.reading.fields import NAME_PATTERN, PATTERNS, is_device_name
from mixedmig_model.inputs.reading.validation import validate
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys, read_document
from mixedmig_model.inputs.schema import Case, Change, Group, Scenario, Source
from mixedmig_model.inputs.workspace import Workspace, check_name, label, yaml_files

T = TypeVar("T")
LONGEST_RUN = 40 * 366


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
    places: Mapping[tuple[str, str | int], Location] = field(default_factory=dict)
    """Where things stand, for late faults: ("", parameter) in the case file, (scenario, index) of a change."""
    costs: CaseCosts | None = None
    """What the case's costs are; None where the workspace has no cost book."""

    @property
    def days(self) -> int:
        """Length of the run in days."""
        return (self.case.end - self.case.start).days

    def scenario(self, name: str) -> Scenario:
        """The scenario ``name`` of the case. Raises InputFaultsError with the names there are."""
        check_name(name, f"scenario of {self.name}", tuple(self.scenarios))
        return self.scenarios[name]

    def acting(self, name: str, switched: Intervals | None = None) -> tuple[Acting, ...]:
        """The levers that act in a scenario, presets taken apart, those at intensity 0 left out.

        Args: switched, when those that switch themselves are on; None: as long as they may be.
        """
        return acting(self.scenario(name), self.case, self.workspace.levers, self.workspace.presets, switched)

    def own_costs(self, name: str) -> dict[str, OwnCost]:
        """What the measures of a scenario cost by themselves: its own list, and what its levers bring."""
        return {**self.scenario(name).own_costs, **lever_costs(self.acting(name))}

    def with_levers(self, name: str, levers: Iterable[LeverUse], label: str) -> "CaseInputs":
        """The case with one more scenario ``label``: the scenario ``name`` with other levers, not checked again.

        For parts of a checked scenario (attribution); levers of another origin are checked by reading their file.
        """
        made = self.scenario(name).model_copy(update={"levers": tuple(levers)})
        places = {(label, key): place for (scenario, key), place in self.places.items() if scenario == name}
        return replace(self, scenarios={**self.scenarios, label: made}, places={**self.places, **places})


def read_case(workspace: Workspace, name: str) -> CaseInputs:
    """Read the case ``name``. Raises InputFaultsError with the faults of all its files."""
    check_name(name, "case", workspace.cases)
    folder = workspace.root / "parameters" / workspace.case_folder / name
    file = folder / "case.yaml"
    document = read_document(file, label(workspace.root, file))
    case = validate(document, Case)
    groups = case.groups or workspace.groups
    faults = _case_faults(document, case, groups, workspace)
    run = (case.start, case.end) if case.start < case.end else None

    def table(read: Callable[..., tuple[T, ...]], key: str, file_name: str, *more: object) -> tuple[T, ...]:
        path = folder / file_name
        if not path.exists():
            names = [found.name for found in folder.glob("*.csv")]
            allowed, near = listed(names) or f"a table beside {document.file}", nearest(file_name, names)
            faults.append(document.fault((key,), "there is no such file", file_name, allowed, near))
            return ()
        try:
            return read(path, label(workspace.root, path), case.countries, workspace.sources, *more)
        except InputFaultsError as error:
            faults.extend(error.faults)
            return ()

    departures = table(read_departures, "departures", case.departures, run)
    observations = table(read_observations, "observed", case.observed, QUANTITIES, run) if case.observed else ()
    places: dict[tuple[str, str | int], Location] = {
        ("", key): document.place(("parameters", key)) for key in case.parameters
    }
    scenarios = _Scenarios(workspace, name, case, groups=groups, faults=faults,
                           places=places).read(folder / "scenarios")
    costs = None
    if workspace.costs is not None:
        path = folder / "costs.yaml"
        costs = read_case_costs(path, label(workspace.root, path), workspace.costs, countries=case.countries,
                                sources=workspace.sources, faults=faults)
    if not faults and case.baseline not in scenarios:
        near, allowed = nearest(case.baseline, scenarios), listed(scenarios) or "a file in the folder scenarios"
        faults.append(document.fault(("baseline",), "unknown scenario", case.baseline, allowed, near))
    if faults:
        raise InputFaultsError(faults)
    return CaseInputs(name, workspace, case, groups=groups, departures=departures, observations=observations,
                      scenarios=scenarios, places=places, costs=costs)


def _case_faults(
    document: Document, case: Case, groups: Mapping[str, Group], workspace: Workspace
) -> list[Fault]:
    """Faults of a case file beyond its schema."""
    faults = []
    if case.end <= case.start:
        faults.append(document.fault(("end",), "the case ends before it starts", case.end, f"after {case.start}"))
    elif (case.end - case.start).days > LONGEST_RUN:
        faults.append(document.fault(("end",), "the run is too long", case.end, "at most 40 years"))
    expected = {"by_country": tuple(case.countries), "by_group": tuple(groups), "by_need": NEEDS}
    for name, local in case.parameters.items():
        keys: Keys = ("parameters", name)
        if name not in CATALOGUE:
            near = nearest(name, CATALOGUE)
            faults.append(document.fault(keys, "nothing reads this parameter", name, "a name of parameters/base", near))
            continue
        base = workspace.parameters[name]
        faults += value_faults(document, keys, local, base=base, need=CATALOGUE[name], sources=workspace.sources)
        faults += label_faults(document, keys, local, CATALOGUE[name].axis, expected)
    for name, base in workspace.parameters.items():
        if name not in case.parameters:
            faults += inherited_faults(document, name, base, expected)
    return [*faults, *_opening_faults(document, case)]


def _opening_faults(document: Document, case: Case) -> list[Fault]:
    """Unknown labels of the opening stocks."""
    faults = []
    allowed = {"stage": STAGES, "place": PLACES, "country": tuple(case.countries)}
    for index, opening in enumerate(case.opening):
        for key, names in allowed.items():
            found = getattr(opening, key)
            if found not in names:
                keys: Keys = ("opening", index, key)
                faults.append(document.fault(keys, f"unknown {key}", found, listed(names), nearest(found, names)))
    return faults


@dataclass
class _Scenarios:
    """Reads the scenarios of a case; faults and places are added to those of the case."""

    workspace: Workspace
    name: str
    case: Case
    groups: Mapping[str, Group]
    faults: list[Fault]
    places: dict[tuple[str, str | int], Location]

    def read(self, folder: Path) -> dict[str, Scenario]:
        """All scenarios of a folder."""
        result = {}
        for path in yaml_files(self.workspace.root, folder, self.faults):
            try:
                document = read_document(path, label(self.workspace.root, path))
                scenario = validate(document, Scenario)
            except InputFaultsError as error:
                self.faults += error.faults
                continue
            self.faults += self._check(document, path.stem, scenario)
            result[path.stem] = scenario
        return result

    def _check(self, document: Document, stem: str, scenario: Scenario) -> list[Fault]:
        """The faults of one scenario; where its levers and changes stand is noted."""
        found: list[Fault] = []
        if not re.fullmatch(NAME_PATTERN, stem):
            problem = "the file's name is not a valid scenario name"
            found.append(Fault(document.file, 0, "", problem, found=repr(stem), allowed=PATTERNS[NAME_PATTERN][1]))
        if is_device_name(stem):
            problem = "the file's name is reserved by Windows"
            found.append(Fault(document.file, 0, "", problem, found=repr(stem), allowed="another name"))
        if scenario.case != self.name:
            text, near = "the scenario belongs to another case", nearest(scenario.case, [self.name])
            found.append(document.fault(("case",), text, scenario.case, self.name, near))
        uses = LeverUses(document, self.case, self.workspace.levers, presets=self.workspace.presets,
                         parameters=self.workspace.parameters, sources=self.workspace.sources)
        found += uses.faults(scenario)
        for index in range(len(scenario.levers)):
            self.places[stem, f"levers.{index}"] = document.place(("levers", index))
        for index, change in enumerate(scenario.changes):
            found += _change_faults(document, index, change, self.case, self.groups)
            found += _source_faults(document, index, change, self.workspace.sources)
            operation = next(key for key in ("set", "scale", "add") if getattr(change, key) is not None)
            self.places[stem, index] = document.place(("changes", index, operation))
        found += _clashes(document, scenario)
        found += own_cost_faults(document, scenario.own_costs, self.workspace.costs, tuple(self.case.countries),
                                 self.workspace.sources)
        return found


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
            text = f"the parameter does not differ by {wanted}"
            faults.append(document.fault((*keys, key), text, change.parameter, f"a change without {key}"))
        for position, found in enumerate(given):
            if found not in names:
                near = nearest(found, names)
                faults.append(document.fault((*keys, key, position), f"unknown {wanted}", found, listed(names), near))
    if CATALOGUE[change.parameter].rule == "constant":
        for key in ("start", "until", "ramp_days"):
            if getattr(change, key):
                faults.append(document.fault((*keys, key), WHOLE_RUN, getattr(change, key), "a change without dates"))
    for key, day, first, last in _spans(change, case):
        if not first <= day <= last:
            faults.append(document.fault((*keys, key), "outside the run of the case", day, f"{first} to {last}"))
    return faults


def _source_faults(
    document: Document, index: int, change: Change, sources: Mapping[str, Source]
) -> list[Fault]:
    """An unknown source of a change, or none where a response of departures to policy must cite one."""
    keys: Keys = ("changes", index)
    if change.source is not None and change.source not in sources:
        near = nearest(change.source, sources)
        return [document.fault((*keys, "source"), "unknown source", change.source, listed(sources), near)]
    need = CATALOGUE.get(change.parameter)
    if need is None or need.rule != "cited" or change.source not in (None, ASSUMPTION):
        return []
    operation = next(key for key in ("set", "scale", "add") if getattr(change, key) is not None)
    if operation == "scale" or getattr(change, operation) == 0.0:  # a share of a cited value, or nothing
        return []
    return [document.fault((*keys, operation), UNCITED, getattr(change, operation), CITED)]


def _spans(change: Change, case: Case) -> Iterator[tuple[str, date, date, date]]:
    """The dates of a change with the first and last day on which they mean something in the run."""
    one = timedelta(days=1)
    if case.start < case.end:
        if change.start:
            yield "start", change.start, case.start, case.end - one
        if change.until:
            yield "until", change.until, case.start + one, case.end


def _clashes(document: Document, scenario: Scenario) -> list[Fault]:
    """Two changes that set the same parameter for the same people at the same time."""
    faults = []
    setting = [(index, change) for index, change in enumerate(scenario.changes) if change.set is not None]
    for position, (index, change) in enumerate(setting):
        for other, earlier in setting[:position]:
            if change.parameter == earlier.parameter and meet(change, earlier):
                line = document.line(("changes", other))
                text = f"the parameter is already set at this time by changes.{other} on line {line}"
                faults.append(document.fault(("changes", index), text, change.parameter, "one set at a time"))
    return faults
