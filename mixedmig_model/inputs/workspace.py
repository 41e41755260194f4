"""A workspace read whole: base parameters, sources, groups, cases and scenarios, all faults in one message."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from mixedmig_model.inputs.costs.book import CostBook, read_costs
from mixedmig_model.inputs.levers.reading import Known, LeverCatalogue, read_levers
from mixedmig_model.inputs.levers.schema import Lever, Preset
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE, NARROWER_DRAWS, subjects
from mixedmig_model.inputs.parameters.values import label_faults, value_faults
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, Location, listed, nearest, printable
from mixedmig_model.inputs.reading.fields import NAME_PATTERN, PATTERNS, Record, is_device_name
from mixedmig_model.inputs.reading.validation import validate
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys, read_document
from mixedmig_model.inputs.schema import Group, GroupFile, Parameter, ParameterFile, Source, SourceFile
from mixedmig_model.vocabulary.labels import NEEDS

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Workspace:
    """The shared part of a workspace: everything but its cases."""

    root: Path
    parameters: Mapping[str, Parameter]
    groups: Mapping[str, Group]
    sources: Mapping[str, Source]
    locations: Mapping[str, Location] = field(default_factory=dict)  # where each parameter stands, for late faults
    costs: CostBook | None = None  # None where the workspace has no parameters/costs
    case_folder: str = "cases"  # the folder of parameters that holds its cases
    levers: Mapping[str, Lever] = field(default_factory=dict)  # none where the workspace has no parameters/levers
    presets: Mapping[str, Preset] = field(default_factory=dict)

    @property
    def cases(self) -> tuple[str, ...]:
        """Names of the cases in the workspace."""
        folder = self.root / "parameters" / self.case_folder
        return tuple(sorted(p.name for p in folder.glob("*") if (p / "case.yaml").is_file()))


def label(root: Path, path: Path) -> str:
    """The name of a file for messages: relative to the workspace, with forward slashes."""
    return printable(path.relative_to(root).as_posix())


def check_name(name: str, kind: str, allowed: tuple[str, ...]) -> None:
    """Refuse a case or scenario name that is malformed, reserved or absent. Raises InputFaultsError."""
    near = nearest(name.lower(), allowed)
    if not re.fullmatch(NAME_PATTERN, name):
        problem, form = PATTERNS[NAME_PATTERN]
        raise InputFaultsError([Fault(kind, 0, "", problem, found=repr(name)[:80], allowed=form, nearest=near)])
    if is_device_name(name):
        raise InputFaultsError([Fault(kind, 0, "", "the name is reserved by Windows", found=repr(name),
                                      allowed="another name")])
    if name not in allowed:
        choice = listed(allowed) or "none here yet"
        raise InputFaultsError([Fault(kind, 0, "", f"there is no such {kind}", found=repr(name), allowed=choice,
                                      nearest=near)])


def yaml_files(root: Path, folder: Path, faults: list[Fault]) -> list[Path]:
    """The YAML files of a folder; those named otherwise than ``*.yaml`` would be overlooked, and are faults."""
    paths = sorted(path for path in folder.glob("*") if path.suffix.lower() in (".yaml", ".yml"))
    for path in paths:
        if path.suffix != ".yaml":
            name = printable(path.name)
            faults.append(Fault(label(root, path), 0, "", "the file's name is not read", found=repr(name),
                                allowed="*.yaml", nearest=f"{printable(path.stem)}.yaml"))
    return [path for path in paths if path.suffix == ".yaml"]


@dataclass
class _Reading:
    """A workspace while it is read: its records so far, faults included."""

    root: Path
    faults: list[Fault] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    locations: dict[str, Location] = field(default_factory=dict)

    def read(self, path: Path, model: type[R]) -> tuple[Document, R] | None:
        """A file and its record, or None after noting its faults."""
        try:
            document = read_document(path, label(self.root, path))
            return document, validate(document, model)
        except InputFaultsError as error:
            self.faults += error.faults
            return None

    def read_parameters(self, path: Path) -> None:
        """Read one file of base parameters."""
        read = self.read(path, ParameterFile)
        if read is None:
            return
        document, file = read
        known = list(subjects())
        if file.subject not in known:
            near = nearest(file.subject, known)
            self.faults.append(document.fault(("subject",), "unknown subject", file.subject, listed(known), near))
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
            self.faults.append(document.fault(keys, "nothing reads this parameter", short, listed(names), near))
            return
        if name in self.locations:
            first = self.locations[name]
            text = f"first in {first.file}:{first.line}"
            self.faults.append(Fault(*document.location(keys), "the parameter stands in two files", text, "one file"))
        if name in NARROWER_DRAWS and parameter.drawn_factors is None:
            fault = document.fault((*keys, "drawn_factors"), "the factors within which draws lie are missing",
                                   allowed="two factors, such as [0.5, 2]")
            self.faults.append(fault)
        self.faults += value_faults(document, keys, parameter, base=parameter, need=CATALOGUE[name],
                                    sources=self.sources)
        expected = {"by_need": NEEDS, "by_group": tuple(self.groups)}
        known = {key: labels for key, labels in expected.items() if labels}
        self.faults += label_faults(document, keys, parameter, CATALOGUE[name].axis, known)
        self.parameters[name], self.locations[name] = parameter, document.location(keys)

    def read_levers(self, costs: CostBook | None) -> LeverCatalogue:
        """The lever catalogue and the presets."""
        folder, presets = self.root / "parameters" / "levers", self.root / "parameters" / "presets.yaml"
        files = [(path, label(self.root, path)) for path in yaml_files(self.root, folder, self.faults)]
        known = Known(self.parameters, self.sources, costs)
        return read_levers(files, (presets, label(self.root, presets)), known, self.faults)

    def missing(self) -> list[Fault]:
        """Parameters that the equations read and no file gives."""
        faults = []
        for name in CATALOGUE:
            if name not in self.parameters:
                subject, short = name.split(".")
                path = self.root / "parameters" / "base" / f"{subject}.yaml"
                text = "a parameter that the equations read is missing"
                faults.append(Fault(label(self.root, path), 0, f"parameters.{short}", text))
        return faults


def read_workspace(root: Path) -> Workspace:
    """Read the shared files of the workspace at ``root``. Raises InputFaultsError with all faults of all files."""
    root = Path(root).resolve()
    base = root / "parameters" / "base"
    if not base.is_dir():
        fault = Fault(root.name or str(root), 0, "", "no workspace here: the folder parameters/base is missing",
                      allowed="a folder made by 'mixedmig init DIR'")
        raise InputFaultsError([fault])
    reading = _Reading(root)
    sources = reading.read(root / "parameters" / "sources.yaml", SourceFile)
    groups = reading.read(base / "groups.yaml", GroupFile)
    reading.sources = dict(sources[1].sources) if sources else {}
    reading.groups = dict(groups[1].groups) if groups else {}
    for path in yaml_files(root, base, reading.faults):
        if path.name != "groups.yaml":
            reading.read_parameters(path)
    costs = read_costs(root, "parameters/costs", reading.sources, reading.faults)
    catalogue = reading.read_levers(costs)
    if not reading.faults:
        reading.faults = reading.missing()
    if reading.faults:
        raise InputFaultsError(reading.faults)
    return Workspace(root, reading.parameters, reading.groups, sources=reading.sources, locations=reading.locations,
                     costs=costs, levers=catalogue.levers, presets=catalogue.presets)
