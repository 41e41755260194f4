"""Scenarios of a case, read and checked.

They are checked against the case and the workspace.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from mixedmig_model.inputs.cases.periods import repeated_changes, scenario_cautions
from mixedmig_model.inputs.costs.book import own_cost_faults, price_cautions
from mixedmig_model.inputs.entries import label, yaml_files
from mixedmig_model.inputs.levers.checks import LeverUses, meet
from mixedmig_model.inputs.parameters.catalogue import ASSUMPTION, AT_SEA, CATALOGUE
from mixedmig_model.inputs.parameters.routes import AT_SEA_ONLY, AT_SEA_THERE
from mixedmig_model.inputs.parameters.values import CITED, UNCITED, WHOLE_RUN, is_counted, two_ways_at
from mixedmig_model.inputs.reading.cautions import Caution
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, Location, listed, nearest
from mixedmig_model.inputs.reading.fields import NAME_PATTERN, PATTERNS, is_device_name
from mixedmig_model.inputs.reading.repeats import same_titles
from mixedmig_model.inputs.reading.validation import STAND_IN, validate_rest
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys, read_document
from mixedmig_model.inputs.schema import Case, Change, Group, Scenario, Source
from mixedmig_model.inputs.workspace import Workspace


@dataclass
class ScenarioReader:
    """Reads the scenarios of a case.

    Faults, cautions and locations are added to those of the case. ``case`` is None where too little of its file is
    sound: scenarios are then checked against their schema alone. ``faulty`` collects the scenarios with faults, of
    which what is sound is kept for further checks.
    """

    workspace: Workspace
    name: str
    case: Case | None
    groups: Mapping[str, Group]
    faults: list[Fault]
    locations: dict[tuple[str, str | int], Location]
    cautions: list[Caution] = field(default_factory=list)
    faulty: set[str] = field(default_factory=set)

    def read(self, folder: Path) -> dict[str, Scenario]:
        """Read all scenarios of a folder."""
        result: dict[str, Scenario] = {}
        documents: dict[str, Document] = {}
        for path in yaml_files(self.workspace.root, folder, self.faults):
            try:
                rest = validate_rest(read_document(path, label(self.workspace.root, path)), Scenario)
            except InputFaultsError as error:
                self._note(path.stem, error.faults)
                continue
            self._note(path.stem, rest.faults)
            if rest.record is not None:
                documents[path.stem], result[path.stem] = rest.document, rest.record
                if self.case is not None:
                    self._note(path.stem, self.check(rest.document, path.stem, rest.record, self.case))
        self._titles(documents, result)
        return result

    def _note(self, stem: str, faults: Iterable[Fault]) -> None:
        """Note faults of a scenario, and that it has some."""
        found = list(faults)
        self.faults += found
        self.faulty |= {stem} if found else set()

    def _titles(self, documents: Mapping[str, Document], scenarios: Mapping[str, Scenario]) -> None:
        """Note scenarios with the title of another.

        A reader could not tell their columns from each other.
        """
        titles = {name: scenario.title for name, scenario in scenarios.items()
                  if scenario.title != STAND_IN and re.fullmatch(NAME_PATTERN, name) and not is_device_name(name)}
        for name, earlier in same_titles(titles):
            text = f"the title is used by the scenario {earlier}"
            self._note(name, [documents[name].fault(("title",), text, titles[name], "a different title")])

    def check(self, document: Document, stem: str, scenario: Scenario, case: Case) -> list[Fault]:
        """Return the faults of one scenario.

        The places of its levers and changes are noted.
        """
        faults: list[Fault] = []
        if not re.fullmatch(NAME_PATTERN, stem):
            problem = "the file's name is not a valid scenario name"
            faults.append(Fault(document.file, 0, "", problem, found=repr(stem), allowed=PATTERNS[NAME_PATTERN][1]))
        if is_device_name(stem):
            problem = "the file's name is reserved by Windows"
            faults.append(Fault(document.file, 0, "", problem, found=repr(stem), allowed="another name"))
        if scenario.case != self.name:
            text, near = "the scenario belongs to another case", nearest(scenario.case, [self.name])
            faults.append(document.fault(("case",), text, scenario.case, self.name, near))
        uses = LeverUses(document, case, self.workspace.levers, presets=self.workspace.presets,
                         parameters=self.workspace.parameters, sources=self.workspace.sources,
                         unread=self.workspace.unread)
        faults += uses.faults(scenario)
        for index in range(len(scenario.levers)):
            self.locations[stem, f"levers.{index}"] = document.location(("levers", index))
        for index, change in enumerate(scenario.changes):
            faults += change_faults(document, ("changes", index), change, case, self.groups)
            self.cautions += self._two_ways(document, index, change)
            faults += source_faults(document, index, change, self.workspace.sources)
            operation = next(key for key in ("set", "scale", "add") if getattr(change, key) is not None)
            self.locations[stem, index] = document.location(("changes", index, operation))
        faults += [*clashes(document, scenario), *repeated_changes(document, scenario)]
        self.cautions += scenario_cautions(document, scenario, case)
        faults += own_cost_faults(document, scenario.own_costs, self.workspace.costs, tuple(case.countries),
                                 self.workspace.sources)
        for name, cost in scenario.own_costs.items():
            self.cautions += price_cautions(document, ("own_costs", name, "price"), cost.price)
        return faults

    def _two_ways(self, document: Document, index: int, change: Change) -> list[Caution]:
        """Return cautions of a number that can be read in two ways.

        A change sets or adds the number.
        """
        base = self.workspace.parameters.get(change.parameter)
        if base is None or not is_counted(base.unit):
            return []
        return two_ways_at(document, ((("changes", index, key), base.unit) for key in ("set", "add")))


def change_faults(
    document: Document, keys: Keys, change: Change, case: Case, groups: Mapping[str, Group]
) -> list[Fault]:
    """Return faults of one change of a scenario.

    They concern its parameter, labels and dates. ``keys``: Path of the change in the file. ``change``: The change.
    ``groups``: Groups by name. None where they could not be read. Returns the faults.
    """
    if change.parameter not in CATALOGUE:
        near = nearest(change.parameter, CATALOGUE)
        return [document.fault((*keys, "parameter"), "unknown parameter", change.parameter,
                               "a name of parameters/base", near)]
    if change.parameter in AT_SEA and "sea" not in case.ways:
        return [document.fault((*keys, "parameter"), AT_SEA_ONLY.format(route=" and ".join(case.ways)),
                               change.parameter, "another input, or route: sea in case.yaml")]
    faults = [
        document.fault((*keys, "countries", position), AT_SEA_THERE.format(country=name, route=case.routes[name]), name,
                       "a country to which people come by sea")
        for position, name in enumerate(change.countries or ())
        if change.parameter in AT_SEA and case.routes.get(name, "sea") != "sea"
    ]
    axis = CATALOGUE[change.parameter].axis
    for key, wanted, names in (("countries", "country", tuple(case.countries)), ("groups", "group", tuple(groups))):
        given = getattr(change, key)
        if given is None or not names:
            continue
        if axis != wanted:
            text = f"the parameter does not differ by {wanted}"
            faults.append(document.fault((*keys, key), text, change.parameter, f"a change without {key}"))
        for position, name in enumerate(given):
            if name not in names:
                near = nearest(name, names)
                faults.append(document.fault((*keys, key, position), f"unknown {wanted}", name, listed(names), near))
    if CATALOGUE[change.parameter].rule == "constant":
        for key in ("start", "until", "ramp_days"):
            if getattr(change, key):
                faults.append(document.fault((*keys, key), WHOLE_RUN, getattr(change, key), "a change without dates"))
    for key, day, first, last in _spans(change, case):
        if not first <= day <= last:
            faults.append(document.fault((*keys, key), "outside the run of the case", day, f"{first} to {last}"))
    return faults


def source_faults(
    document: Document, index: int, change: Change, sources: Mapping[str, Source]
) -> list[Fault]:
    """Return faults of the source of a change.

    The source is unknown, or it is missing where a response of departures to policy must cite one.
    """
    keys: Keys = ("changes", index)
    if change.source is not None and sources and change.source not in sources:
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
    """Yield the dates of a change.

    Each has the first and last day on which it means something in the run.
    """
    one = timedelta(days=1)
    if case.start < case.end:
        if change.start:
            yield "start", change.start, case.start, case.end - one
        if change.until:
            yield "until", change.until, case.start + one, case.end


def clashes(document: Document, scenario: Scenario) -> list[Fault]:
    """Return faults of changes that clash.

    Two clash if they set the same parameter for the same people at the same time.
    """
    faults = []
    setting = [(index, change) for index, change in enumerate(scenario.changes) if change.set is not None]
    for position, (index, change) in enumerate(setting):
        for other, earlier in setting[:position]:
            if change.parameter == earlier.parameter and meet(change, earlier):
                line = document.line(("changes", other))
                text = f"the parameter is already set at this time by changes.{other} on line {line}"
                faults.append(document.fault(("changes", index), text, change.parameter, "one set at a time"))
    return faults
