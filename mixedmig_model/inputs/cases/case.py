"""One case read whole: its file, tables and scenarios, checked against the workspace."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from mixedmig_model.inputs.cases.departures import Departures
from mixedmig_model.inputs.cases.reader import CaseReader
from mixedmig_model.inputs.costs.book import CaseCosts
from mixedmig_model.inputs.costs.schema import OwnCost
from mixedmig_model.inputs.levers.acting import Acting, acting, lever_costs
from mixedmig_model.inputs.levers.conditions import Intervals
from mixedmig_model.inputs.levers.schema import LeverUse
from mixedmig_model.inputs.observations.published import Observation
from mixedmig_model.inputs.parcels import Digests, case_digests
from mixedmig_model.inputs.reading.cautions import Caution, sorted_cautions
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, Location
from mixedmig_model.inputs.schema import Case, Group, Scenario
from mixedmig_model.inputs.workspace import Workspace, check_name


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
    files: Digests = field(default_factory=dict)
    """Digests of all files it was read from, those of the workspace included, as they were before they were read."""
    cautions: tuple[Caution, ...] = ()
    """What a reader of the numbers must know of the case's files."""

    @property
    def days(self) -> int:
        """Length of the run in days."""
        return (self.case.end - self.case.start).days

    def scenario(self, name: str) -> Scenario:
        """The scenario ``name`` of the case. Raises InputFaultsError with the names there are."""
        check_name(name, f"scenario of {self.name}", tuple(self.scenarios))
        return self.scenarios[name]

    def acting(self, name: str, switched: Intervals | None = None) -> tuple[Acting, ...]:
        """The levers that act in a scenario, presets split into levers, without those at intensity 0.

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


@dataclass(frozen=True)
class Survey:
    """A case with all its faults; without any it can be run. ``sound``: scenarios that can be resolved all the same."""

    inputs: CaseInputs | None
    faults: tuple[Fault, ...]
    cautions: tuple[Caution, ...]
    sound: tuple[str, ...]


def read_case(workspace: Workspace, name: str) -> CaseInputs:
    """Read the case ``name``. Raises InputFaultsError with the faults of all its files."""
    survey = survey_case(workspace, name)
    if survey.faults or survey.inputs is None:
        raise InputFaultsError(survey.faults)
    return survey.inputs


def survey_case(workspace: Workspace, name: str) -> Survey:
    """Read what is sound of the case ``name``, and note its faults. Raises InputFaultsError for a wrong name."""
    check_name(name, "case", workspace.cases)
    files = {**workspace.files, **case_digests(workspace.root, name, workspace.case_folder)}
    read = CaseReader(workspace, name)
    read.read()
    cautions, faults = sorted_cautions(read.cautions), tuple(read.faults)
    if read.case is None:
        return Survey(None, faults, cautions, ())
    inputs = CaseInputs(name, read.workspace, read.case, groups=read.groups, departures=read.departures,
                        observations=read.observations, scenarios=read.scenarios, locations=read.locations,
                        costs=read.costs, files=files, cautions=cautions)
    sound = tuple(one for one in read.scenarios if one not in read.faulty) if read.resolvable else ()
    return Survey(inputs, faults, cautions, sound)
