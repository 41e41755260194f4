"""A workspace read whole: base parameters, sources, groups, cases and scenarios, all faults in one message."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mixedmig_model.inputs.catalogue import CATALOGUE, Need, subjects
from mixedmig_model.inputs.faults import Fault, InputFaultsError, listed, nearest
from mixedmig_model.inputs.schema import (
    NAME_PATTERN,
    Group,
    GroupFile,
    LocalValue,
    Parameter,
    ParameterFile,
    Source,
    SourceFile,
    Valued,
    is_device_name,
)
from mixedmig_model.inputs.units import conversion_factor
from mixedmig_model.inputs.validation import validate
from mixedmig_model.inputs.yaml_reader import Document, Keys, read_document


@dataclass(frozen=True)
class Workspace:
    """The shared part of a workspace: everything but its cases."""

    root: Path
    parameters: Mapping[str, Parameter]
    groups: Mapping[str, Group]
    sources: Mapping[str, Source]

    @property
    def cases(self) -> tuple[str, ...]:
        """Names of the cases in the workspace."""
        folder = self.root / "parameters" / "cases"
        return tuple(sorted(p.name for p in folder.glob("*") if (p / "case.yaml").is_file()))


def label(root: Path, path: Path) -> str:
    """The name of a file for messages: relative to the workspace, with forward slashes."""
    return path.relative_to(root).as_posix()


def check_name(name: str, kind: str, allowed: tuple[str, ...]) -> None:
    """Refuse a case or scenario name that is malformed, reserved or absent. Raises InputFaultsError."""
    import re

    if not re.match(NAME_PATTERN, name):
        raise InputFaultsError([Fault(kind, 0, "", "not a valid name", repr(name)[:80], "a-z, 0-9, _ and -, 1 to 64")])
    if is_device_name(name):
        raise InputFaultsError([Fault(kind, 0, "", "the name is reserved by Windows", repr(name))])
    if name not in allowed:
        fault = Fault(kind, 0, "", f"there is no such {kind}", repr(name), listed(allowed), nearest(name, allowed))
        raise InputFaultsError([fault])


def read_workspace(root: Path) -> Workspace:
    """Read the shared files of the workspace at ``root``. Raises InputFaultsError with all faults of all files."""
    root = Path(root).resolve()
    base = root / "parameters" / "base"
    if not base.is_dir():
        fault = Fault(root.name or str(root), 0, "", "no workspace here: the folder parameters/base is missing",
                      allowed="a folder made by 'mixedmig init DIR'")
        raise InputFaultsError([fault])
    faults: list[Fault] = []
    sources = _read_sources(root, faults)
    groups = _read_groups(root, faults)
    parameters: dict[str, Parameter] = {}
    for path in sorted(base.glob("*.yaml")):
        if path.name != "groups.yaml":
            parameters.update(_read_parameters(root, path, sources, faults))
    if not faults:
        faults += [
            Fault("parameters/base", 0, name, "a parameter that the equations read is missing")
            for name in CATALOGUE if name not in parameters
        ]
    if faults:
        raise InputFaultsError(faults)
    return Workspace(root, parameters, groups, sources)


def _read_sources(root: Path, faults: list[Fault]) -> dict[str, Source]:
    path = root / "parameters" / "sources.yaml"
    try:
        return dict(validate(read_document(path, label(root, path)), SourceFile).sources)
    except InputFaultsError as error:
        faults += error.faults
        return {}


def _read_groups(root: Path, faults: list[Fault]) -> dict[str, Group]:
    path = root / "parameters" / "base" / "groups.yaml"
    try:
        return dict(validate(read_document(path, label(root, path)), GroupFile).groups)
    except InputFaultsError as error:
        faults += error.faults
        return {}


def _read_parameters(
    root: Path, path: Path, sources: Mapping[str, Source], faults: list[Fault]
) -> dict[str, Parameter]:
    try:
        document = read_document(path, label(root, path))
        file = validate(document, ParameterFile)
    except InputFaultsError as error:
        faults += error.faults
        return {}
    known = list(subjects())
    if file.subject not in known:
        faults.append(
            document.fault(("subject",), "unknown subject", file.subject, listed(known), nearest(file.subject, known))
        )
        return {}
    result = {}
    for short, parameter in file.parameters.items():
        name = f"{file.subject}.{short}"
        keys: Keys = ("parameters", short)
        if name not in CATALOGUE:
            names = [n for n in CATALOGUE if n.startswith(f"{file.subject}.")]
            faults.append(
                document.fault(keys, "nothing reads this parameter", name, listed(names), nearest(name, names))
            )
            continue
        faults += value_faults(document, keys, parameter, parameter, CATALOGUE[name], sources)
        result[name] = parameter
    return result


def numbers(valued: Valued) -> list[tuple[Keys, float]]:
    """Every number of a value with its path below the record."""
    found: list[tuple[Keys, float]] = []
    if valued.value is not None:
        found.append((("value",), valued.value))
    for key in ("dated", "by_country", "by_need", "by_group"):
        for item, entry in (getattr(valued, key) or {}).items():
            if isinstance(entry, dict):
                found += [((key, str(item), str(day)), number) for day, number in entry.items()]
            else:
                found.append(((key, str(item)), entry))
    return found


def value_faults(
    document: Document, keys: Keys, valued: Valued, base: Parameter, need: Need, sources: Mapping[str, Source]
) -> list[Fault]:
    """Faults of a parameter's unit, axis, numbers and source against what the equations need."""
    faults = []
    record: Parameter | LocalValue = valued if isinstance(valued, (Parameter, LocalValue)) else base
    if record.source not in sources:
        near = nearest(record.source, sources)
        faults.append(document.fault((*keys, "source"), "unknown source", record.source, listed(sources), near))
    axis_key = {"by_country": "country", "by_need": "group", "by_group": "group"}
    for key, axis in axis_key.items():
        if getattr(valued, key) is not None and axis != need.axis:
            forms = {"country": "value, dated or by_country", "group": "value, dated, by_need or by_group"}
            text = f"the parameter does not differ by {axis}"
            faults.append(document.fault((*keys, key), text, allowed=forms.get(need.axis, "value or dated")))
    unit = record.unit or base.unit
    try:
        factor = conversion_factor(unit, need.unit)
    except ValueError as error:
        return [*faults, document.fault((*keys, "unit"), str(error), unit, f"a unit of {need.unit}")]
    span = record.range or base.range
    for path, number in numbers(valued):
        allowed = f"{need.low / factor:g} to {need.high / factor:g} {unit}"
        if not need.low <= number * factor <= need.high * (1 + 1e-12):
            faults.append(document.fault((*keys, *path), "outside what the equations allow", number, allowed))
        elif not span[0] <= number <= span[1]:
            text = f"{span[0]:g} to {span[1]:g} {unit}"
            faults.append(document.fault((*keys, *path), "outside the parameter's own range", number, text))
    return faults
