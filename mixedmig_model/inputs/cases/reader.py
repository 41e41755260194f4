"""The reader of a case, with all faults in one round.

It reads the case's file, tables and scenarios, and checks them against the workspace.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from mixedmig_model.inputs.cases.coverage import coverage_cautions, last_day_cautions
from mixedmig_model.inputs.cases.departures import Departures, routes_of, survey_departures
from mixedmig_model.inputs.cases.entry import entry_faults, with_entry
from mixedmig_model.inputs.cases.origins import landing_faults, opening_at_home, origin_cautions
from mixedmig_model.inputs.cases.periods import left_out_cautions, observation_cautions, total_cautions
from mixedmig_model.inputs.cases.placeholders import placeholder_cautions
from mixedmig_model.inputs.cases.scenarios import ScenarioReader
from mixedmig_model.inputs.costs.case import CaseCosts, read_case_costs
from mixedmig_model.inputs.entries import CASE_FILE, label, other_entries, table_files
from mixedmig_model.inputs.observations import tables as observed
from mixedmig_model.inputs.observations.published import Observation, read_observations
from mixedmig_model.inputs.parameters.catalogue import AT_SEA, CATALOGUE
from mixedmig_model.inputs.parameters.routes import AT_SEA_ONLY, AT_SEA_THERE, ONE_VALUE, on_routes, parts_by_route
from mixedmig_model.inputs.parameters.values import inherited_faults, label_faults, numbers, two_ways, value_faults
from mixedmig_model.inputs.reading.cautions import Caution
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, Location, listed, nearest
from mixedmig_model.inputs.reading.numerals import TWO_WAYS, both_ways
from mixedmig_model.inputs.reading.repeats import Titles
from mixedmig_model.inputs.reading.tables import Span
from mixedmig_model.inputs.reading.unread import may_exist
from mixedmig_model.inputs.reading.validation import validate_rest
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys, read_document
from mixedmig_model.inputs.schema import Case, Group, LocalValue, Opening, Scenario
from mixedmig_model.inputs.workspace import Workspace
from mixedmig_model.vocabulary.calendar import LEAP_YEAR_DAYS
from mixedmig_model.vocabulary.labels import NEEDS, PLACES, PUBLISHED_QUANTITIES, STAGES

LONGEST_RUN = 40 * LEAP_YEAR_DAYS
COSTS_FILE, SCENARIOS = "costs.yaml", "scenarios"


@dataclass
class CaseReader:
    """Reads a case; collects what is sound, and its faults.

    ``case`` is None where too little of the case file is sound; ``faulty`` names the scenarios with faults.
    """

    workspace: Workspace
    name: str
    case: Case | None = None
    groups: Mapping[str, Group] = field(default_factory=dict)
    departures: tuple[Departures, ...] = ()
    observations: tuple[Observation, ...] = ()
    scenarios: dict[str, Scenario] = field(default_factory=dict)
    locations: dict[tuple[str, str | int], Location] = field(default_factory=dict)
    costs: CaseCosts | None = None
    faults: list[Fault] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)
    faulty: set[str] = field(default_factory=set)
    resolvable: bool = False
    """Whether scenarios without faults can be resolved.

    They can where nothing that all of them read has faults.
    """
    _left_out: set[str] = field(default_factory=set)
    _absent: bool = False

    @property
    def folder(self) -> Path:
        """The folder of the case."""
        return self.workspace.root / "parameters" / self.workspace.case_folder / self.name

    def read(self) -> None:
        """Read everything of the case, and note its faults.

        Raises nothing for faults.
        """
        document = self._read_file()
        if document is not None and self.case is not None:
            self.case = self._by_route(document, self.case)
            self.faults += self._case_faults(document, self.case)
            self.cautions += last_day_cautions(self.case.end, document.file, document.line(("end",)))
            self.cautions += placeholder_cautions(document, self.case)
            self._read_tables(document, self.case)
        shared = len(self.faults)
        reader = ScenarioReader(self.workspace, self.name, self.case, groups=self.groups, faults=self.faults,
                                locations=self.locations, cautions=self.cautions)
        self.scenarios = reader.read(self.folder / SCENARIOS)
        self.faulty = reader.faulty
        self.resolvable = self.case is not None and shared == 0
        if document is not None and self.case is not None:
            self._read_costs(self.case)
            self._baseline(document, self.case)
            self.faults += self._entries(self.case)

    def _read_file(self) -> Document | None:
        """Read what is sound of the case file, and its groups."""
        path = self.folder / CASE_FILE
        try:
            rest = validate_rest(read_document(path, label(self.workspace.root, path)), Case)
        except InputFaultsError as error:
            self.faults += error.faults
            return None
        self.faults += rest.faults
        if rest.record is None:
            return None
        self.case, self.groups = with_entry(rest.record), rest.record.groups or self.workspace.groups
        self.locations |= {
            ("", key): rest.document.location(("parameters", key)) for key in rest.record.parameters
        }
        self._left_out = rest.names("parameters")
        return rest.document

    def _by_route(self, document: Document, case: Case) -> Case:
        """Read the departures, and return the case by route.

        Rows say how people come to a country. The base files are read as they hold there. Faults are noted.
        """
        span, path = run_span(case), self.folder / case.departures
        file, routes = label(self.workspace.root, path), case.routes
        if not self._missing(document, "departures", path):
            rows, faults = survey_departures(path, file, case.countries, self.workspace.sources, span,
                                             route=case.route)
            routes = routes_of(rows, case.countries, case.route)
            self.faults += faults
            self.departures = () if faults else rows
            if span and not faults:
                self.cautions += coverage_cautions(rows, file, case.countries, span, case.counted)
        base = self.workspace.parameters
        self.workspace = replace(self.workspace, parameters=on_routes(base, routes), parts=parts_by_route(base, routes))
        return case.with_routes(routes)

    def _read_tables(self, document: Document, case: Case) -> None:
        """Read the published totals of the case.

        Their faults are noted.
        """
        self._read_totals(document, case)
        self._read_observations(case)

    def _read_observations(self, case: Case) -> None:
        """Read the tables of observations, if there are any."""
        folder, costs = self.folder / observed.FOLDER, self.workspace.costs
        tables = table_files(self.workspace.root, folder, self.faults)
        paths = {label(self.workspace.root, path): path for path in tables}
        priced = costs is not None or not may_exist(self.workspace.unread, "cost item", COSTS_FILE)
        known = observed.ObservedNames(tuple(case.countries), tuple(self.groups), self.workspace.sources,
                                       costs.money.base_currency if costs else "", priced)
        try:
            found = observed.read_tables(paths, known)
        except InputFaultsError as error:
            self.faults += error.faults
            return
        if run := run_span(case):
            kept = tuple(one for one in found if observed.within(one, run))
            self.observations += kept
            self.cautions += left_out_cautions([one for one in found if one not in kept], run)
            for file in paths:
                self.cautions += observation_cautions([one for one in kept if one.file == file], file, run)

    def _read_totals(self, document: Document, case: Case) -> None:
        """Read the table of published totals that the case names."""
        span = run_span(case)
        if case.observed is None or self._missing(document, "observed", self.folder / case.observed):
            return
        path = self.folder / case.observed
        file = label(self.workspace.root, path)
        try:
            self.observations = read_observations(
                path, file, case.countries, self.workspace.sources, PUBLISHED_QUANTITIES, run=span,
            )
            self.cautions += total_cautions(self.observations, file, span) if span else ()
        except InputFaultsError as error:
            self.faults += error.faults

    def _missing(self, document: Document, key: str, path: Path) -> bool:
        """Note a table that the case names and that is missing.

        Return whether it is missing.
        """
        if path.exists():
            return False
        names = [table.name for table in path.parent.glob("*.csv")]
        allowed, near = listed(names) or f"a table next to {document.file}", nearest(path.name, names)
        self.faults.append(document.fault((key,), "the file does not exist", path.name, allowed, near))
        self._absent = True
        return True

    def _read_costs(self, case: Case) -> None:
        """Read the case's costs, where there is a cost book."""
        if self.workspace.costs is None:
            return
        path = self.folder / COSTS_FILE
        self.costs = read_case_costs(
            path, label(self.workspace.root, path), self.workspace.costs, countries=case.countries,
            sources=self.workspace.sources, faults=self.faults, cautions=self.cautions, routes=case.routes,
            run=run_span(case),
        )

    def _entries(self, case: Case) -> list[Fault]:
        """Return faults of entries of the case's folder.

        Nothing reads these entries.
        """
        projects = self.costs.file.projects if self.costs else None
        priced = self.workspace.costs is not None or may_exist(self.workspace.unread, "cost item", COSTS_FILE)
        files = [CASE_FILE, case.departures, *([case.observed] if case.observed else []),
                 *([COSTS_FILE] if priced else []), *([projects] if projects else [])]
        folders = (SCENARIOS, observed.FOLDER, *(["costs"] if self.workspace.case_folder != "cases" else []))
        found = other_entries(self.workspace.root, self.folder, files, folders)
        # where a named table is missing, another one is most likely the one that was meant
        return [fault for fault in found if not (self._absent and fault.file.endswith(".csv"))]

    def _baseline(self, document: Document, case: Case) -> None:
        """Note a baseline that is no scenario.

        A scenario with faults counts as a scenario.
        """
        if case.baseline not in self.scenarios and case.baseline not in self.faulty:
            near = nearest(case.baseline, self.scenarios)
            allowed = listed(self.scenarios) or "a file in the folder scenarios"
            self.faults.append(document.fault(("baseline",), "unknown scenario", case.baseline, allowed, near))

    def _case_faults(self, document: Document, case: Case) -> list[Fault]:
        """Return faults of a case file beyond its schema."""
        faults = []
        if case.end <= case.start:
            faults.append(document.fault(("end",), "the case ends before it starts", case.end, f"after {case.start}"))
        elif (case.end - case.start).days > LONGEST_RUN:
            faults.append(document.fault(("end",), "the run is too long", case.end, "at most 40 years"))
        for key, kind, named in (("countries", "country", case.countries), ("groups", "group", case.groups or {})):
            titles = Titles(kind)
            for name, one in named.items():
                faults += titles.faults(document, (key, name), one.title)
        groups = {"by_group": tuple(self.groups)} if self.groups else {}
        expected = {"by_country": tuple(case.countries), **groups, "by_need": NEEDS}
        for name, local in case.parameters.items():
            faults += self._value_faults(document, name, local, expected)
        for name, base in self.workspace.parameters.items():
            if name not in case.parameters and name not in self._left_out:
                faults += inherited_faults(document, name, base, expected)
        faults += entry_faults(document, case)
        faults += landing_faults(document, case, self.groups, self.workspace.sources)
        faults += opening_at_home(document, case, self.groups)
        self.cautions += origin_cautions(document, case)
        return [*faults, *self._opening_faults(document, case), *self._opening_twice(document, case.opening)]

    def _value_faults(
        self, document: Document, name: str, local: LocalValue, expected: Mapping[str, tuple[str, ...]]
    ) -> list[Fault]:
        """Return faults of the case's own value of one parameter."""
        keys: Keys = ("parameters", name)
        if name not in CATALOGUE:
            near = nearest(name, CATALOGUE)
            return [document.fault(keys, "unknown parameter", name, "a name of parameters/base", near)]
        if self.case is not None and name in AT_SEA:
            faults = _at_sea_faults(document, keys, local, self.case)
            if faults:
                return faults
            by_sea = tuple(country for country, route in self.case.routes.items() if route == "sea")
            expected = {**expected, "by_country": by_sea}
        base, need = self.workspace.parameters.get(name), CATALOGUE[name]
        if base is None:  # faulty itself, or missing: a fault of its own
            return []
        self.cautions += two_ways(document, keys, local, local.unit or base.unit)
        if name in self.workspace.parts and local.by_country is None and any(one for _, one in numbers(local)):
            text = ONE_VALUE.format(routes=" and by ".join(self.workspace.parts[name]))
            self.cautions.append(Caution(*document.location(keys), text, name, "values by_country"))
        return [
            *value_faults(document, keys, local, base=base, need=need, sources=self.workspace.sources),
            *label_faults(document, keys, local, need.axis, expected),
        ]

    def _opening_faults(self, document: Document, case: Case) -> list[Fault]:
        """Return faults of the opening stocks.

        These are unknown labels and sources, and numbers of people that can be read in two ways.
        """
        faults = []
        allowed = {"stage": STAGES, "place": PLACES, "country": tuple(case.countries), "group": tuple(self.groups),
                   "source": tuple(self.workspace.sources)}
        for index, opening in enumerate(case.opening):
            for key, names in allowed.items():
                name = getattr(opening, key)
                if names and name is not None and name not in names:  # no names: they could not be read
                    keys: Keys = ("opening", index, key)
                    faults.append(document.fault(keys, f"unknown {key}", name, listed(names), nearest(name, names)))
            keys = ("opening", index, "persons")
            text = document.two_ways.get(document.in_file(keys))
            if text:
                faults.append(document.fault(keys, TWO_WAYS, text, both_ways(text)))
        return faults

    def _opening_twice(self, document: Document, opening: tuple[Opening, ...]) -> list[Fault]:
        """Return faults of opening stocks that repeat an earlier one.

        Entries in which only the people differ get a caution.
        """
        faults: list[Fault] = []
        first: dict[tuple[str, str, str, str | None], int] = {}
        for index, one in enumerate(opening):
            earlier = first.setdefault((one.stage, one.place, one.country, one.group), index)
            if earlier == index:
                continue
            line = document.line(("opening", earlier))
            if one == opening[earlier]:
                text = f"duplicate entry, first on line {line}"
                faults.append(document.fault(("opening", index), text, allowed="each entry once"))
            else:
                text = f"stage, place, country and group are those of line {line}" if one.group else (
                    f"stage, place and country are those of line {line}")
                self.cautions.append(Caution(*document.location(("opening", index)), text,
                                             advice="the people of both are counted"))
        return faults


def run_span(case: Case) -> Span | None:
    """Return the first day and end of a run, or None.

    None stands where they are in the wrong order, which is a fault of its own.
    """
    return (case.start, case.end) if case.start < case.end else None


def _at_sea_faults(document: Document, keys: Keys, local: LocalValue, case: Case) -> list[Fault]:
    """Return faults of an input that acts at sea only.

    It is set for a case, or a country, to which people come by another route.
    """
    if "sea" not in case.ways:
        return [document.fault(keys, AT_SEA_ONLY.format(route=" and ".join(case.ways)), keys[-1],
                               "no value, or route: sea")]
    return [
        document.fault((*keys, "by_country", name), AT_SEA_THERE.format(country=name, route=case.routes[name]), name,
                       "no value for this country")
        for name in local.by_country or {} if case.routes.get(name, "sea") != "sea"
    ]
