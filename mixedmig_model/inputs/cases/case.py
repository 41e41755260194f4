"""One case read whole: its file, tables and scenarios, checked against the workspace."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from mixedmig_model.inputs.cases.departures import Departures, read_departures
from mixedmig_model.inputs.cases.scenarios import ScenarioReader
from mixedmig_model.inputs.costs.book import CaseCosts, read_case_costs
from mixedmig_model.inputs.costs.schema import OwnCost
from mixedmig_model.inputs.levers.acting import Acting, acting, lever_costs
from mixedmig_model.inputs.levers.conditions import Intervals
from mixedmig_model.inputs.levers.schema import LeverUse
from mixedmig_model.inputs.observations.published import Observation, read_observations
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.parameters.values import inherited_faults, label_faults, value_faults
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, Location, listed, nearest
from mixedmig_model.inputs.reading.tables import Span
from mixedmig_model.inputs.reading.validation import validate
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys, read_document
from mixedmig_model.inputs.schema import Case, Group, Scenario
from mixedmig_model.inputs.workspace import Workspace, check_name, label
from mixedmig_model.vocabulary.calendar import LEAP_YEAR_DAYS
from mixedmig_model.vocabulary.labels import NEEDS, PLACES, PUBLISHED_QUANTITIES, STAGES

LONGEST_RUN = 40 * LEAP_YEAR_DAYS


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
    locations: Mapping[tuple[str, str | int], Location] = field(default_factory=dict)
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
        locations = {(label, key): location for (scenario, key), location in self.locations.items() if scenario == name}
        return replace(self, scenarios={**self.scenarios, label: made}, locations={**self.locations, **locations})


def read_case(workspace: Workspace, name: str) -> CaseInputs:
    """Read the case ``name``. Raises InputFaultsError with the faults of all its files."""
    check_name(name, "case", workspace.cases)
    folder = workspace.root / "parameters" / workspace.case_folder / name
    document = read_document(folder / "case.yaml", label(workspace.root, folder / "case.yaml"))
    case = validate(document, Case)
    groups = case.groups or workspace.groups
    faults = _case_faults(document, case, groups, workspace)
    departures = _read_departures(document, folder, case, workspace, faults)
    observations = _read_observations(document, folder, case, workspace, faults)
    locations: dict[tuple[str, str | int], Location] = {
        ("", key): document.location(("parameters", key)) for key in case.parameters
    }
    scenarios = ScenarioReader(workspace, name, case, groups=groups, faults=faults,
                               locations=locations).read(folder / "scenarios")
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
                      scenarios=scenarios, locations=locations, costs=costs)


def _read_departures(
    document: Document, folder: Path, case: Case, workspace: Workspace, faults: list[Fault]
) -> tuple[Departures, ...]:
    """The departures that a case names, or none after noting the faults of their table."""
    path = folder / case.departures
    if _missing(document, "departures", path, faults):
        return ()
    try:
        return read_departures(path, label(workspace.root, path), case.countries, workspace.sources, _run_span(case))
    except InputFaultsError as error:
        faults.extend(error.faults)
        return ()


def _read_observations(
    document: Document, folder: Path, case: Case, workspace: Workspace, faults: list[Fault]
) -> tuple[Observation, ...]:
    """The published totals that a case names, if it names any, or none after noting the faults of their table."""
    if case.observed is None or _missing(document, "observed", folder / case.observed, faults):
        return ()
    path = folder / case.observed
    try:
        return read_observations(
            path, label(workspace.root, path), case.countries, workspace.sources, PUBLISHED_QUANTITIES,
            run=_run_span(case),
        )
    except InputFaultsError as error:
        faults.extend(error.faults)
        return ()


def _run_span(case: Case) -> Span | None:
    """First day and end of a run; None where they are in the wrong order, which is a fault of its own."""
    return (case.start, case.end) if case.start < case.end else None


def _missing(document: Document, key: str, path: Path, faults: list[Fault]) -> bool:
    """Whether a table that a case names is not there; the fault is noted."""
    if path.exists():
        return False
    names = [table.name for table in path.parent.glob("*.csv")]
    allowed, near = listed(names) or f"a table beside {document.file}", nearest(path.name, names)
    faults.append(document.fault((key,), "there is no such file", path.name, allowed, near))
    return True


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
            name = getattr(opening, key)
            if name not in names:
                keys: Keys = ("opening", index, key)
                faults.append(document.fault(keys, f"unknown {key}", name, listed(names), nearest(name, names)))
    return faults
