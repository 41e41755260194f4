"""Checks that the runs of a batch can be made.

They are made when its file is read, not run by run. Each combination of a scenario with levers and inputs is checked
against the rules of scenario files. For a batch of up to ``MOST_RESOLVED`` runs, what the numbers make of the inputs is
resolved for all runs. For a larger one, it is resolved for every value of every axis on its own, and for the ends of
all axes together.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.cases.scenarios import change_faults, clashes, source_faults
from mixedmig_model.inputs.levers.checks import LeverUses
from mixedmig_model.inputs.parameters.values import is_counted, two_ways_at
from mixedmig_model.inputs.reading.cautions import Caution, sorted_cautions
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.schema import Scenario

MOST_RESOLVED = 200
Places = Mapping[tuple[str, str], Keys]
"""Places in the batch file, by what they give.

Keys are ("levers", name) for a lever and ("values", name) for an input.
"""


@dataclass(frozen=True)
class PlannedRun:
    """A run of a batch as a scenario.

    ``based_on`` names the scenario it starts from; levers and changes follow the scenario's own.
    """

    based_on: str
    scenario: Scenario
    levers: tuple[str, ...]  # those that act, in the order in which they follow the scenario's own
    values: tuple[str, ...]  # inputs set, in the same way
    places: Places
    here: Keys  # of the run in the file


def check_runs(document: Document, inputs: CaseInputs, runs: Sequence[PlannedRun]) -> tuple[Caution, ...]:
    """Return cautions of the runs of a batch.

    Raises InputFaultsError with the faults of all of them.
    """
    faults: list[Fault] = []
    for run in _different(runs):
        faults += _rules(document, inputs, run)
    if faults:
        raise InputFaultsError(faults)
    cautions = _two_ways(document, inputs, runs)
    for run in _telling(runs):
        try:
            cautions += _resolved(document, inputs, run)
        except InputFaultsError as error:
            faults += error.faults
    if faults:
        raise InputFaultsError(faults)
    return sorted_cautions(cautions)


def _two_ways(document: Document, inputs: CaseInputs, runs: Sequence[PlannedRun]) -> list[Caution]:
    """Return cautions of numbers that can be read in two ways.

    They are numbers of people, staff or places in the file.
    """
    places = {place: inputs.workspace.parameters[name].unit
              for run in runs for (kind, name), place in run.places.items() if kind == "values"}
    return two_ways_at(document, ((place, unit) for place, unit in places.items() if is_counted(unit)))


def _different(runs: Sequence[PlannedRun]) -> Iterator[PlannedRun]:
    """Yield runs that differ in what the rules look at.

    That is their scenario, the levers that act, the inputs that they set, and whether to 0.
    """
    seen: set[tuple[str, tuple[str, ...], tuple[tuple[str, bool], ...]]] = set()
    for run in runs:
        key = (run.based_on, run.levers, tuple((one.parameter, one.set == 0.0) for one in run.scenario.changes))
        if key not in seen:
            seen.add(key)
            yield run


def _telling(runs: Sequence[PlannedRun]) -> Iterator[PlannedRun]:
    """Yield the runs to resolve: all of a small batch.

    Of a large one they are those that show each place of the file first, and the last ones.
    """
    if len(runs) <= MOST_RESOLVED:
        yield from runs
        return
    seen: set[tuple[str, Keys]] = set()
    ends = [key for run in (runs[0], runs[-1]) for key in run.places.values()]
    for run in runs:
        shown = {(run.based_on, place) for place in run.places.values()}
        if not shown <= seen or all(place in ends for place in run.places.values()):
            seen |= shown
            yield run


def _rules(document: Document, inputs: CaseInputs, run: PlannedRun) -> list[Fault]:
    """Return faults of a run against the rules of scenario files.

    Each is at its place in the batch file.
    """
    made, own = run.scenario, inputs.scenario(run.based_on)
    stub = Document(document.file, {}, {})
    workspace = inputs.workspace
    found = LeverUses(stub, inputs.case, workspace.levers, presets=workspace.presets, parameters=workspace.parameters,
                      sources=workspace.sources).faults(made)
    for index in range(len(own.changes), len(made.changes)):
        keys: Keys = ("changes", index)
        found += change_faults(stub, keys, made.changes[index], inputs.case, inputs.groups)
        found += source_faults(stub, index, made.changes[index], workspace.sources)
    found += clashes(stub, made)
    return [_moved(document, run, own, fault) for fault in found]


def _moved(document: Document, run: PlannedRun, own: Scenario, fault: Fault) -> Fault:
    """Return a fault at the place that causes it.

    The fault is of a scenario that was made for a run; the place is in the batch file.
    """
    kind, _, rest = fault.path.partition(".")
    index = int(rest.split(".")[0]) if rest.split(".")[0].isdigit() else -1
    names, first = (run.levers, len(own.levers)) if kind == "levers" else (run.values, len(own.changes))
    new = index - first
    key = ("levers" if kind == "levers" else "values", names[new] if 0 <= new < len(names) else "")
    where = document.location(run.places.get(key, run.here))
    problem = fault.problem.split(" by changes.")[0].split(" by levers.")[0]
    return replace(fault, file=where.file, line=where.line, path=where.path,
                   problem=f"{problem}, in a run of the scenario {run.based_on}")


def _resolved(document: Document, inputs: CaseInputs, run: PlannedRun) -> tuple[Caution, ...]:
    """Return cautions of a run.

    Raises InputFaultsError where the equations do not allow what it makes of the inputs.
    """
    own = inputs.scenario(run.based_on)
    name, places = run.based_on, dict(inputs.locations)
    for index, value in enumerate(run.values, len(own.changes)):
        places[name, index] = document.location(run.places["values", value])
    for index, lever in enumerate(run.levers, len(own.levers)):
        places[name, f"levers.{index}"] = document.location(run.places["levers", lever])
    made = replace(inputs, scenarios={**inputs.scenarios, name: run.scenario}, locations=places)
    return tuple(one for one in resolve(made, name).cautions if one.file == document.file)
