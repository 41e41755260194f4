"""One case read whole and checked against the workspace.

A case is its file, tables and scenarios.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from mixedmig_model.inputs.cases.departures import Departures
from mixedmig_model.inputs.cases.reader import CaseReader
from mixedmig_model.inputs.costs.case import CaseCosts
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
    """A case with everything that a run needs.

    These are the workspace, its tables and its scenarios.

    Attributes
    ----------
    name : str
        The case's name: its folder in ``parameters/cases``.
    workspace : Workspace
        The workspace that it was read from.
    case : Case
        The case file.
    groups : Mapping[str, Group]
        Groups of people by name.
    departures : tuple[Departures, ...]
        Rows of the table of arrivals, persons by period.
    observations : tuple[Observation, ...]
        Published totals to compare runs with.
    scenarios : Mapping[str, Scenario]
        Scenarios by name.
    locations : Mapping[tuple[str, str | int], Location]
        File and line of inputs, for faults that are found late.
    costs : CaseCosts or None
        What the case says of costs.
    files : Mapping[str, str]
        SHA-256 of each file read.
    cautions : tuple[Caution, ...]
        What a reader of the numbers must know.
    """

    name: str
    workspace: Workspace
    case: Case
    groups: Mapping[str, Group]
    departures: tuple[Departures, ...]
    observations: tuple[Observation, ...]
    scenarios: Mapping[str, Scenario]
    locations: Mapping[tuple[str, str | int], Location] = field(default_factory=dict)
    """Places of inputs, for faults that are found late.

    Keys are ("", parameter) in the case file, and (scenario, index) of a change.
    """
    costs: CaseCosts | None = None
    """Costs of the case; None where there is no cost book."""
    files: Digests = field(default_factory=dict)
    """Digests of all files read, those of the workspace included.

    They are the digests before the files were read.
    """
    cautions: tuple[Caution, ...] = ()
    """What a reader of the numbers must know of the case's files."""

    @property
    def days(self) -> int:
        """Length of the run in days."""
        return (self.case.end - self.case.start).days

    def scenario(self, name: str) -> Scenario:
        """Return a scenario of the case.

        Parameters
        ----------
        name : str
            Name of the scenario.

        Returns
        -------
        Scenario
            The scenario.

        Raises
        ------
        InputFaultsError
            For an unknown scenario; the message lists the names there are.
        """
        check_name(name, f"scenario of {self.name}", tuple(self.scenarios))
        return self.scenarios[name]

    def acting(self, name: str, switched: Intervals | None = None) -> tuple[Acting, ...]:
        """Return the levers that act in a scenario.

        Presets are split into levers. Levers at intensity 0 are left out.

        Parameters
        ----------
        name : str
            Name of the scenario.
        switched : Intervals | None, default None
            When levers that switch themselves are on; None: as long as they may be.

        Returns
        -------
        tuple[Acting, ...]
            The levers.
        """
        return acting(self.scenario(name), self.case, self.workspace.levers, self.workspace.presets, switched)

    def own_costs(self, name: str) -> dict[str, OwnCost]:
        """Return what the measures of a scenario cost.

        These are the costs that the scenario lists, and those that its levers bring.

        Parameters
        ----------
        name : str
            Name of the scenario.

        Returns
        -------
        dict[str, OwnCost]
            Costs by name.

        Raises
        ------
        InputFaultsError
            For an unknown scenario.
        """
        return {**self.scenario(name).own_costs, **lever_costs(self.acting(name))}

    def with_levers(self, name: str, levers: Iterable[LeverUse], label: str) -> "CaseInputs":
        """Return the case with one more scenario, with other levers.

        This is for parts of a checked scenario (attribution). The new scenario is not checked again; levers of another
        origin are checked by reading their file.

        Parameters
        ----------
        name : str
            The scenario that the new one copies.
        levers : Iterable[LeverUse]
            Levers of the new scenario.
        label : str
            Name of the new scenario.

        Returns
        -------
        CaseInputs
            The case with the new scenario.

        Raises
        ------
        InputFaultsError
            For an unknown scenario.
        """
        made = self.scenario(name).model_copy(update={"levers": tuple(levers)})
        locations = {(label, key): location for (scenario, key), location in self.locations.items() if scenario == name}
        return replace(self, scenarios={**self.scenarios, label: made}, locations={**self.locations, **locations})


@dataclass(frozen=True)
class Survey:
    """A case with all its faults; without any it can be run.

    ``sound`` names the scenarios that can be resolved in spite of faults.
    """

    inputs: CaseInputs | None
    faults: tuple[Fault, ...]
    cautions: tuple[Caution, ...]
    sound: tuple[str, ...]


def read_case(workspace: Workspace, name: str) -> CaseInputs:
    """Read a case.

    Raises InputFaultsError with the faults of all its files.
    """
    survey = survey_case(workspace, name)
    if survey.faults or survey.inputs is None:
        raise InputFaultsError(survey.faults)
    return survey.inputs


def survey_case(workspace: Workspace, name: str) -> Survey:
    """Read what is sound of a case, and note its faults.

    Raises InputFaultsError for a wrong name.
    """
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
