"""A workspace read whole, with all faults in one message.

It has base parameters, sources, groups, cases and scenarios.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from mixedmig_model.inputs.costs.book import CostBook, read_costs
from mixedmig_model.inputs.entries import CASE_FILE, RESERVED_CASES, TAKEN, label, shared_entries, yaml_files
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.levers.reading import Known, LeverCatalogue, read_levers
from mixedmig_model.inputs.levers.schema import Lever, Preset
from mixedmig_model.inputs.parameters.catalogue import ADDED, CATALOGUE, NARROWER_DRAWS, subjects
from mixedmig_model.inputs.parameters.routes import Parts, route_faults
from mixedmig_model.inputs.parameters.values import label_faults, two_ways, value_faults
from mixedmig_model.inputs.parcels import Digests, shared_digests
from mixedmig_model.inputs.reading.cautions import Caution, sorted_cautions
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, Location, listed, nearest
from mixedmig_model.inputs.reading.fields import NAME_PATTERN, PATTERNS, Record, is_device_name
from mixedmig_model.inputs.reading.repeats import Titles
from mixedmig_model.inputs.reading.unread import ALL, Unread, may_exist
from mixedmig_model.inputs.reading.validation import Rest, validate_rest
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys, read_document
from mixedmig_model.inputs.schema import Group, GroupFile, Parameter, ParameterFile, Source, SourceFile
from mixedmig_model.vocabulary.labels import NEEDS

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Workspace:
    """The shared part of a workspace, without its cases.

    Attributes
    ----------
    root : Path
        Folder of the workspace.
    parameters : Mapping[str, Parameter]
        Parameters of the base files by name.
    groups : Mapping[str, Group]
        Groups of people by name.
    sources : Mapping[str, Source]
        Sources by key.
    locations : Mapping[str, Location]
        File and line of each parameter, for faults that are found late.
    costs : CostBook or None
        Cost book; None where the workspace has no ``parameters/costs``.
    case_folder : str
        Folder of ``parameters`` that holds the cases.
    levers : Mapping[str, Lever]
        Levers by name.
    presets : Mapping[str, Preset]
        Presets by name.
    lever_locations : Mapping[str, Location]
        File and line of each lever.
    files : Mapping[str, str]
        SHA-256 of each file read.
    cautions : tuple[Caution, ...]
        What a reader of the numbers must know.
    parts : Mapping[str, Mapping[str, Parameter]]
        Parameters by route that differ between the countries of the case that reads them.
    unread : frozenset
        What could not be read, of a workspace with faults.
    """

    root: Path
    parameters: Mapping[str, Parameter]
    groups: Mapping[str, Group]
    sources: Mapping[str, Source]
    locations: Mapping[str, Location] = field(default_factory=dict)  # where each parameter stands, for late faults
    costs: CostBook | None = None  # None where the workspace has no parameters/costs
    case_folder: str = "cases"  # the folder of parameters that holds its cases
    levers: Mapping[str, Lever] = field(default_factory=dict)  # none where the workspace has no parameters/levers
    presets: Mapping[str, Preset] = field(default_factory=dict)
    lever_locations: Mapping[str, Location] = field(default_factory=dict)  # where each lever stands
    files: Digests = field(default_factory=dict)
    """Digests of the files that the workspace was read from.

    They are the digests before the files were read.
    """
    cautions: tuple[Caution, ...] = ()
    parts: Parts = field(default_factory=dict)
    unread: Unread = frozenset()  # what could not be read, of a workspace with faults

    @property
    def cases(self) -> tuple[str, ...]:
        """Names of the cases in the workspace."""
        folder = self.root / "parameters" / self.case_folder
        names = (p.name for p in folder.glob("*") if (p / CASE_FILE).is_file())
        return tuple(sorted(name for name in names if re.fullmatch(NAME_PATTERN, name) and not is_device_name(name)
                            and name not in RESERVED_CASES))


def check_name(name: str, kind: str, allowed: tuple[str, ...]) -> None:
    """Refuse a malformed, reserved or absent name.

    The name is of a case or scenario. Raises InputFaultsError.
    """
    if name in allowed and re.fullmatch(NAME_PATTERN, name) and not is_device_name(name) and not (
            kind == "case" and name in RESERVED_CASES):
        return
    valid = [one for one in allowed if re.fullmatch(NAME_PATTERN, one)]
    near = name.lower() if name.lower() in valid and name not in valid else nearest(name.lower(), valid)
    if not re.fullmatch(NAME_PATTERN, name):
        problem, form = PATTERNS[NAME_PATTERN]
        raise InputFaultsError([Fault(kind, 0, "", problem, found=repr(name)[:80], allowed=form, nearest=near)])
    if is_device_name(name):
        raise InputFaultsError([Fault(kind, 0, "", "the name is reserved by Windows", found=repr(name),
                                      allowed="another name")])
    if kind == "case" and name in RESERVED_CASES:
        raise InputFaultsError([Fault(kind, 0, "", TAKEN, found=repr(name), allowed="another name")])
    if name not in allowed:
        choice = listed(allowed) or "none here yet"
        raise InputFaultsError([Fault(kind, 0, "", f"unknown {kind}", found=repr(name), allowed=choice,
                                      nearest=near)])


def _shipped_source(root: Path, key: str) -> Source:
    """Return a source of the shipped workspace."""
    path = root / "parameters" / "sources.yaml"
    rest = validate_rest(read_document(path, label(root, path)), SourceFile)
    assert rest.record is not None
    return rest.record.sources[key]


@dataclass
class _Reading:
    """A workspace while it is read, with its faults so far."""

    root: Path
    faults: list[Fault] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)
    unread: set[tuple[str, str]] = field(default_factory=set)
    sources: dict[str, Source] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    locations: dict[str, Location] = field(default_factory=dict)

    def read(self, path: Path, model: type[R]) -> Rest[R] | None:
        """Read what is sound of a file, or None; note its faults."""
        try:
            rest = validate_rest(read_document(path, label(self.root, path)), model)
        except InputFaultsError as error:
            self.faults += error.faults
            return None
        self.faults += rest.faults
        return rest

    def read_parameters(self, path: Path) -> None:
        """Read one file of base parameters."""
        rest = self.read(path, ParameterFile)
        if rest is None or rest.record is None:
            self.unread.add(("parameter", ALL))
            return
        document, file = rest.document, rest.record
        known = list(subjects())
        self.unread |= {("parameter", f"{file.subject}.{short}") for short in rest.names("parameters")}
        if file.subject not in known:
            near = nearest(file.subject, known)
            self.faults.append(document.fault(("subject",), "unknown subject", file.subject, listed(known), near))
            self.unread.add(("parameter", ALL))
            return
        for short, parameter in file.parameters.items():
            self._take(document, file.subject, short, parameter)

    def _take(self, document: Document, subject: str, short: str, parameter: Parameter) -> None:
        """Check one base parameter and keep it."""
        name = f"{subject}.{short}"
        keys: Keys = ("parameters", short)
        if name not in CATALOGUE:
            names = [n.removeprefix(f"{subject}.") for n in CATALOGUE if n.startswith(f"{subject}.")]
            near = nearest(short, names)
            self.unread.add(("parameter", f"{subject}.{near}"))  # what it was meant to be is not missing too
            self.faults.append(document.fault(keys, "unknown parameter", short, listed(names), near))
            return
        if name in self.locations:
            first = self.locations[name]
            text = f"first in {first.file}:{first.line}"
            self.faults.append(Fault(*document.location(keys), "duplicate parameter", text, "one file"))
        if name in NARROWER_DRAWS and parameter.drawn_factors is None:
            fault = document.fault((*keys, "drawn_factors"), "the factors within which draws lie are missing",
                                   allowed="two factors, such as [0.5, 2]")
            self.faults.append(fault)
        self.faults += value_faults(document, keys, parameter, base=parameter, need=CATALOGUE[name],
                                    sources=self.sources)
        self.faults += route_faults(document, keys, name, parameter, self.sources)
        expected = {"by_need": NEEDS, "by_group": tuple(self.groups)}
        known = {key: labels for key, labels in expected.items() if labels}
        self.faults += label_faults(document, keys, parameter, CATALOGUE[name].axis, known)
        self.cautions += two_ways(document, keys, parameter, parameter.unit)
        self.parameters[name], self.locations[name] = parameter, document.location(keys)

    def read_levers(self, costs: CostBook | None) -> LeverCatalogue:
        """Read the lever catalogue and the presets."""
        folder, presets = self.root / "parameters" / "levers", self.root / "parameters" / "presets.yaml"
        files = [(path, label(self.root, path)) for path in yaml_files(self.root, folder, self.faults)]
        known = Known(self.parameters, self.sources, costs)
        return read_levers(files, (presets, label(self.root, presets)), known, self.faults)

    def supply(self) -> None:
        """Take shipped values of what an older workspace lacks.

        They are of inputs that were added since, and off.
        """
        lacking = [name for name in ADDED if name not in self.parameters
                   and not may_exist(self.unread, "parameter", name)]
        shipped = installed_workspace()
        for subject in dict.fromkeys(name.split(".")[0] for name in lacking):
            path = shipped / "parameters" / "base" / f"{subject}.yaml"
            rest = validate_rest(read_document(path, label(shipped, path)), ParameterFile)
            assert rest.record is not None
            for short in (name.split(".")[1] for name in lacking if name.split(".")[0] == subject):
                added = self.parameters[f"{subject}.{short}"] = rest.record.parameters[short]
                if added.source not in self.sources:
                    self.sources |= {added.source: _shipped_source(shipped, added.source)}
                self.locations[f"{subject}.{short}"] = rest.document.location(("parameters", short))

    def missing(self) -> list[Fault]:
        """Return parameters that the equations read and no file gives."""
        faults = []
        for name in CATALOGUE:
            if name not in self.parameters and not may_exist(self.unread, "parameter", name):
                subject, short = name.split(".")
                path = self.root / "parameters" / "base" / f"{subject}.yaml"
                text = "a parameter that the equations read is missing"
                faults.append(Fault(label(self.root, path), 0, f"parameters.{short}", text))
        return faults


def read_workspace(root: Path) -> Workspace:
    """Read the shared files of the workspace at ``root``.

    Raises InputFaultsError with all faults of all files.
    """
    workspace, faults = survey_workspace(root)
    if faults:
        raise InputFaultsError(faults)
    return workspace


def survey_workspace(root: Path) -> tuple[Workspace, list[Fault]]:
    """Return what is sound of the shared files, and their faults.

    This is for checks that go on. Raises InputFaultsError where there is no workspace.
    """
    root = Path(root).resolve()
    base = root / "parameters" / "base"
    if not base.is_dir():
        fault = Fault(root.name or str(root), 0, "", "no workspace here: the folder parameters/base is missing",
                      allowed="a folder made by 'mixedmig init DIR'")
        raise InputFaultsError([fault])
    files = shared_digests(root)
    reading = _Reading(root, shared_entries(root))
    sources = reading.read(root / "parameters" / "sources.yaml", SourceFile)
    groups, titles = reading.read(base / "groups.yaml", GroupFile), Titles("group")
    reading.sources = dict(sources.record.sources) if sources and sources.record else {}
    if groups and groups.record:
        reading.groups = dict(groups.record.groups)
        for name, group in reading.groups.items():
            reading.faults += titles.faults(groups.document, ("groups", name), group.title)
    for path in yaml_files(root, base, reading.faults):
        if path.name != "groups.yaml":
            reading.read_parameters(path)
    reading.supply()
    costs = read_costs(root, "parameters/costs", reading.sources, reading.faults, reading.cautions)
    if costs is None and (root / "parameters" / "costs").is_dir():
        reading.unread.add(("cost item", ALL))
    catalogue = reading.read_levers(costs)
    reading.cautions += catalogue.cautions
    reading.faults += reading.missing()
    unread = frozenset(reading.unread) | catalogue.unread | (costs.unread if costs else frozenset())
    return Workspace(
        root, reading.parameters, reading.groups, sources=reading.sources, locations=reading.locations, costs=costs,
        levers=catalogue.levers, presets=catalogue.presets, lever_locations=catalogue.locations, files=files,
        cautions=sorted_cautions(reading.cautions), unread=unread,
    ), reading.faults
