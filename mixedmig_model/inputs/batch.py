"""A batch of runs, read from one file.

A batch is a list of runs, or a grid of scenarios, levers and values (``docs/batch.md``). Each run is a scenario of a
case with some levers at an intensity and some inputs at a value for the whole run.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, model_validator

from mixedmig_model.inputs.batch_checks import Places, PlannedRun, check_runs
from mixedmig_model.inputs.cases.case import CaseInputs, read_case
from mixedmig_model.inputs.costs.shares import ShareNumber
from mixedmig_model.inputs.costs.shown import in_currency
from mixedmig_model.inputs.levers.schema import LeverUse
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.reading.cautions import Caution
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, listed, nearest
from mixedmig_model.inputs.reading.fields import Name, Number, Record, Title, Version, refusal
from mixedmig_model.inputs.reading.validation import validate_rest
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys, read_document
from mixedmig_model.inputs.schema import Change
from mixedmig_model.inputs.workspace import Workspace

MOST_RUNS = 10_000
LONGEST = 120
REASON = "A value of the batch."
UNCHANGED = "unchanged"
"""Suffix of the title of a scenario left as it is.

It keeps two columns from having one title.
"""


class BatchRun(Record):
    """One run of a list."""

    name: Name
    scenario: Name | None = None
    levers: dict[Name, ShareNumber] = Field(default_factory=dict)
    values: dict[str, Number] = Field(default_factory=dict)


class Grid(Record):
    """Every combination of scenarios, levers and values.

    Levers have intensities; values are of inputs.
    """

    scenarios: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    levers: dict[Name, Annotated[tuple[ShareNumber, ...], Field(min_length=1)]] = Field(default_factory=dict)
    values: dict[str, Annotated[tuple[Number, ...], Field(min_length=1)]] = Field(default_factory=dict)


class BatchFile(Record):
    """A batch file: a title, a case, and either runs or a grid."""

    entries = ("runs",)
    schema_: Version = Field(alias="schema")
    title: Title
    case: Name
    runs: Annotated[tuple[BatchRun, ...], Field(min_length=1)] | None = None
    grid: Grid | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "BatchFile":
        if (self.runs is None) == (self.grid is None):
            raise refusal("give exactly one of runs, grid", "neither" if self.runs is None else "both")
        return self


class Setting(NamedTuple):
    """What a run of a batch chooses.

    It is the name of a scenario, the intensity of a lever, or the value of an input.
    """

    kind: Literal["scenario", "lever", "input"]
    key: str
    value: float | str


@dataclass(frozen=True)
class Point:
    """One run of a batch.

    It has a name in the index, a title, and the scenario that it is, as text of a scenario file. ``settings`` begin
    with the scenario that it is based on.
    """

    name: str
    title: str
    scenario: str
    settings: tuple[Setting, ...] = ()


@dataclass(frozen=True)
class Batch:
    """A batch that was read: its runs in the order of the file."""

    name: str
    title: str
    inputs: CaseInputs
    points: tuple[Point, ...]
    cautions: tuple[Caution, ...] = ()
    currency: str | None = None
    """The code of a second currency that was asked for."""


def batch_in(batch: Batch, currency: str | None) -> Batch:
    """Return a batch whose amounts show another second currency.

    Parameters
    ----------
    batch : Batch
        The batch.
    currency : str or None
        The code of the currency (ISO 4217); None leaves the batch as it is.

    Returns
    -------
    Batch
        The batch.

    Raises
    ------
    InputFaultsError
        Where nothing gives the rate; the message says where to state it.
    """
    return replace(batch, inputs=in_currency(batch.inputs, currency), currency=currency)


def read_batch(path: Path, workspace: Workspace) -> Batch:
    """Read a batch file.

    Raises InputFaultsError with all its faults, those of its runs included.
    """
    rest = validate_rest(read_document(path, path.name), BatchFile)
    document, file, faults = rest.document, rest.record, list(rest.faults)
    if file is None:
        raise InputFaultsError(faults)
    inputs = read_case(workspace, file.case)
    faults += _faults(document, file, inputs)
    if faults:
        raise InputFaultsError(faults)
    runs = _of_list(file.runs) if file.runs else _of_grid(file.grid, inputs) if file.grid else []
    cautions = check_runs(document, inputs, [_planned(inputs, run, places) for run, places in runs])
    return Batch(path.stem, file.title, inputs, tuple(_point(inputs, run) for run, _ in runs), cautions)


def _faults(document: Document, file: BatchFile, inputs: CaseInputs) -> list[Fault]:
    """Return unknown names, repeated names, and too many runs."""
    faults, seen = [], set()
    named: list[tuple[Keys, tuple[str, ...], Mapping[str, Any], Mapping[str, Any]]] = []
    if file.grid:
        named.append((("grid",), file.grid.scenarios or (), file.grid.levers, file.grid.values))
        size = len(file.grid.scenarios or [""])
        for axis in (*file.grid.levers.values(), *file.grid.values.values()):
            size *= len(axis)
        if size > MOST_RUNS:
            faults.append(document.fault(("grid",), "too many runs", f"{size:,}", f"at most {MOST_RUNS:,}"))
    for index, run in enumerate(file.runs or ()):
        named.append((("runs", index), (run.scenario,) if run.scenario else (), run.levers, run.values))
        if run.name in seen:
            faults.append(document.fault(("runs", index, "name"), "duplicate name", run.name, "another name"))
        seen.add(run.name)
    for keys, scenarios, levers, values in named:
        known = {"levers": inputs.workspace.levers, "values": CATALOGUE}
        for position, name in enumerate(scenarios):
            if name not in inputs.scenarios:
                last: Keys = ("scenarios", position) if keys == ("grid",) else ("scenario",)
                faults.append(document.fault((*keys, *last), "unknown scenario", name,
                                             listed(inputs.scenarios), nearest(name, inputs.scenarios)))
        for key, given in (("levers", levers), ("values", values)):
            faults += [
                document.fault((*keys, key, name), f"unknown {'lever' if key == 'levers' else 'parameter'}", name,
                               listed(known[key]), nearest(name, known[key]))
                for name in given if name not in known[key]
            ]
    return faults


def _of_list(runs: tuple[BatchRun, ...]) -> list[tuple[BatchRun, Places]]:
    """Return the runs of a list.

    Each has the places of its levers and values in the file.
    """
    return [
        (run, {("", ""): ("runs", index),
               **{("levers", name): ("runs", index, "levers", name) for name in run.levers},
               **{("values", name): ("runs", index, "values", name) for name in run.values}})
        for index, run in enumerate(runs)
    ]


def _of_grid(grid: Grid, inputs: CaseInputs) -> list[tuple[BatchRun, Places]]:
    """Return the runs of a grid, the last axis fastest.

    They are named by their number, and have the places of what each chooses.
    """
    scenarios = grid.scenarios or (inputs.case.baseline,)
    names = [*(("levers", name) for name in grid.levers), *(("values", name) for name in grid.values)]
    axes: list[list[tuple[int, Any]]] = [
        list(enumerate(axis)) for axis in (scenarios, *grid.levers.values(), *grid.values.values())
    ]
    runs: list[tuple[BatchRun, Places]] = []
    for number, chosen in enumerate(product(*axes), 1):
        picked = dict(zip(names, chosen[1:], strict=True))
        given = {kind: {name: value for (one, name), (_, value) in picked.items() if one == kind}
                 for kind in ("levers", "values")}
        places: Places = {("", ""): ("grid",), **{key: ("grid", *key, index) for key, (index, _) in picked.items()}}
        runs.append((BatchRun(name=f"run-{number:05d}", scenario=chosen[0][1], **given), places))
    return runs


def _planned(inputs: CaseInputs, run: BatchRun, places: Places) -> PlannedRun:
    """Return a run as the scenario that it is."""
    name = run.scenario or inputs.case.baseline
    base = inputs.scenario(name)
    levers = tuple(LeverUse(lever=lever, intensity=share) for lever, share in run.levers.items() if share > 0.0)
    values = tuple(Change(parameter=key, set=value, reason=REASON) for key, value in run.values.items())
    made = base.model_copy(update={"levers": (*base.levers, *levers), "changes": (*base.changes, *values)})
    return PlannedRun(name, made, tuple(str(use.lever) for use in levers), values=tuple(run.values), places=places,
                      here=places["", ""])


def _point(inputs: CaseInputs, run: BatchRun) -> Point:
    """Return a run as the text of a scenario file.

    The text is JSON, which YAML can read. The title says what the run is.
    """
    name = run.scenario or inputs.case.baseline
    base = inputs.scenario(name)
    levers = [{"lever": lever, "intensity": share} for lever, share in run.levers.items() if share > 0.0]
    values = [{"parameter": key, "set": value, "reason": REASON} for key, value in run.values.items()]
    known = inputs.workspace
    parts = [base.title, *(f"{known.levers[key].title} {100 * share:g} %" for key, share in run.levers.items()),
             *(f"{known.parameters[key].title} {value:g}" for key, value in run.values.items())]
    title = "; ".join(parts if len(parts) > 1 else [base.title, UNCHANGED])
    title = title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"
    record = base.model_dump(mode="json", by_alias=True, exclude_unset=True)
    record |= {
        "case": inputs.name, "title": title, "levers": [*record.get("levers", []), *levers],
        "changes": [*record.get("changes", []), *values],
    }
    settings = (Setting("scenario", "", name), *(Setting("lever", key, share) for key, share in run.levers.items()),
                *(Setting("input", key, value) for key, value in run.values.items()))
    return Point(run.name, title, json.dumps(record, indent=1, sort_keys=True), settings)
