"""A case and a scenario resolved to numbers.

They are step functions of time in base units, with the digest of it all.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

import numpy as np

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.levers.acting import Acting, applied, least_values, switches_of
from mixedmig_model.inputs.levers.conditions import Intervals, Switch
from mixedmig_model.inputs.parameters.catalogue import AT_SEA, CATALOGUE, OFF_ASHORE
from mixedmig_model.inputs.reading.cautions import Caution, sorted_cautions
from mixedmig_model.inputs.reading.faults import InputFaultsError, Location
from mixedmig_model.inputs.resolving.changes import run_day
from mixedmig_model.inputs.resolving.checks import check_sums, check_values, held_outcomes
from mixedmig_model.inputs.resolving.funded import funded
from mixedmig_model.inputs.resolving.levels import labels_of, parameter_steps
from mixedmig_model.inputs.resolving.owned import unset_cautions
from mixedmig_model.inputs.resolving.request import Request
from mixedmig_model.inputs.resolving.run_inputs import RunInputs, Steps, Switching, merged, overridden
from mixedmig_model.inputs.resolving.side_effects import with_side_effect
from mixedmig_model.inputs.schema import Case, Change, Group
from mixedmig_model.storage.digests import sha256

DISEMBARKATION = "journey.disembarkation_share"
COUNTED = ("stage", "place", "country", "persons", "group", "waited")
"""What counts of the people present when a run opens.

It makes the numbers; where they come from does not.
"""


def resolve(
    inputs: CaseInputs, scenario: str | None = None, values: Mapping[str, float] | None = None, label: str = "",
    held: bool = False, switched: Intervals | None = None, given: Mapping[str, Steps] | None = None,
    settled: Mapping[str, Steps] | None = None,
) -> RunInputs:
    """Resolve one scenario of a case to numbers.

    ``inputs``: The case. ``scenario``: Name of the scenario. The case's baseline if None. ``values``: Constant values
    that replace a parameter before the scenario's changes, in the unit of its base file. ``label``: The name that the
    run carries instead of the scenario's. ``held``: Hold what a scenario makes of drawn values within hard bounds,
    instead of refusing it. ``switched``: When levers that switch themselves are on. If None they are off, and the run
    says how to find out. ``given``: What ``case_parameters`` returns for the case. The run is the same, and many
    scenarios take less time. ``settled``: What ``settled_parameters`` returns for the case before draws. The run
    is the same, without a digest, and many draws take less time. Returns all inputs of the run as step functions of
    time in base units. Raises InputFaultsError where a change leaves the bounds of a parameter.
    """
    name = scenario or inputs.case.baseline
    levers = inputs.acting(name, switched or {})
    request = Request(inputs, name, inputs.scenario(name).changes, values=values or {}, faults=[], held=held,
                      levers=applied(levers), given=given or {}, settled=settled or {})
    parameters = _parameters(request, levers)
    departures = _departures(inputs)
    digest = digest_of(inputs, parameters, departures) if settled is None else ""
    run = RunInputs(inputs.name, label or name, inputs.scenario(name).title, start=inputs.case.start,
                    days=inputs.days, countries=tuple(inputs.case.countries), groups=inputs.groups,
                    parameters=parameters, departures=departures, opening=inputs.case.opening, digest=digest,
                    cautions=sorted_cautions(request.cautions), counts=inputs.case.counts, landing=inputs.case.landing)
    switches = switches_of(inputs.acting(name)) if switched is None else ()
    if not switches:
        return run
    cautions = sorted_cautions([*request.cautions, *_cautions_once_on(request, switches)])
    switching = Switching(
        switches=switches, inputs=inputs, scenario=name, values=dict(values or {}), label=label, held=held,
    )
    return replace(run, digest=sha256(f"{digest} {switches!r}"), switching=switching, cautions=cautions)


def case_parameters(inputs: CaseInputs) -> dict[str, Steps]:
    """Return parameters as a case gives them.

    No scenario moves them. Those with faults are left out, so that each scenario says them.

    Parameters
    ----------
    inputs : CaseInputs
        The case.

    Returns
    -------
    dict of Steps
        Step functions in base units, by name.
    """
    found = {}
    for key in CATALOGUE:
        request = Request(inputs, inputs.case.baseline, (), values={}, faults=[])
        steps = parameter_steps(request, key)
        if not request.faults and not request.cautions:
            found[key] = steps
    return found


def settled_parameters(inputs: CaseInputs, scenario: str, drawn: Collection[str]) -> dict[str, Steps]:
    """Return parameters of a scenario that no draw moves.

    Those with faults or cautions are left out, so that each draw says them.

    Parameters
    ----------
    inputs : CaseInputs
        The case before draws.
    scenario : str
        Name of the scenario.
    drawn : Collection[str]
        Names of the parameters that are drawn.

    Returns
    -------
    dict[str, Steps]
        Step functions in base units by name, held within hard bounds.
    """
    levers = applied(inputs.acting(scenario, {}))
    found = {}
    for key in CATALOGUE:
        request = Request(inputs, scenario, inputs.scenario(scenario).changes, values={}, faults=[], held=True,
                          levers=levers)
        if key not in drawn:
            steps = parameter_steps(request, key)
            if not request.faults and not request.cautions:
                found[key] = steps
    return found


def moved_parameters(inputs: CaseInputs, scenario: str) -> set[str]:
    """Return parameters that levers or changes of a scenario move.

    They include those that a side effect of a lever may raise.
    """
    levers = inputs.acting(scenario, {})
    request = Request(inputs, scenario, inputs.scenario(scenario).changes, values={}, faults=[], levers=applied(levers))
    return request.moved | {side.parameter for _, side in least_values(levers) if side.parameter is not None}


def _cautions_once_on(request: Request, switches: tuple[Switch, ...]) -> list[Caution]:
    """Return cautions of levers that switch themselves, once on.

    Each of them is tried alone, and all together. Raises InputFaultsError where one alone leaves the bounds. All
    together may never be on: that refuses nothing.
    """
    if request.held:
        return []
    whole = {one.use: ((one.first, one.last),) for one in switches}
    found = [caution for use, pairs in whole.items() for caution in _tried(request, {use: pairs})]
    told = {caution.text for caution in found}
    with suppress(InputFaultsError):
        found += [caution for caution in _tried(request, whole) if caution.text not in told]
    return found


def _tried(request: Request, switched: Intervals) -> list[Caution]:
    """Return cautions of a scenario with levers on at some times.

    The levers switch themselves. Raises InputFaultsError.
    """
    levers = request.inputs.acting(request.scenario, switched)
    tried = replace(request, levers=applied(levers), faults=[], cautions=[])
    _parameters(tried, levers)
    return tried.cautions


def cautions_of(inputs: CaseInputs, *runs: RunInputs) -> tuple[Caution, ...]:
    """Return what a reader of runs of a case must know.

    These are cautions of shared files, case and runs, and unset inputs.
    """
    of_runs = [caution for run in runs for caution in run.cautions]
    return sorted_cautions([*inputs.workspace.cautions, *inputs.cautions, *of_runs, *unset_cautions(inputs, runs)])


def resolve_switched(run: RunInputs, intervals: Intervals) -> RunInputs:
    """Resolve a run again, with its levers on at given times.

    The levers switch themselves. The run keeps its overrides.
    """
    before = run.switching
    assert before is not None
    again = resolve(before.inputs, before.scenario, before.values, before.label, held=before.held, switched=intervals)
    return replace(again, parameters=overridden(again.parameters, before.overrides))


def _parameters(request: Request, levers: tuple[Acting, ...]) -> dict[str, Steps]:
    """Return all parameters of the catalogue as step functions.

    Raises InputFaultsError with all faults together.
    """
    check_values(request)
    again = CATALOGUE if request.held else request.moved
    given = {key: steps for key, steps in request.given.items() if key not in again} | dict(request.settled)
    parameters = {key: given[key] if key in given else parameter_steps(request, key) for key in CATALOGUE}
    for one, side in least_values(levers):
        assert side.parameter is not None
        if "sea" in request.inputs.case.ways or side.parameter not in OFF_ASHORE:
            parameters[side.parameter] = with_side_effect(request, parameters, one, side)
    parameters |= _ashore(request, parameters)
    parameters |= funded(request, parameters)
    if request.held:
        parameters |= held_outcomes(parameters)
    if not request.faults:
        check_sums(request, parameters)
    if request.faults:
        raise InputFaultsError(request.faults)
    return parameters


def _ashore(request: Request, parameters: Mapping[str, Steps]) -> dict[str, Steps]:
    """Return inputs that act at sea only, for another route.

    Nobody is refused, abandoned, rescued or turned back there. Where people come by sea to some countries, nobody
    adrift lands in the others. Where they do to none, it is shared evenly: nobody is adrift.
    """
    case = request.inputs.case
    if case.ways == ("sea",):
        return {}
    request.cautions.extend(_idle_levers(request))
    if "sea" in case.ways:
        by_sea = np.array([route == "sea" for route in case.routes.values()])
        return {
            key: merged(parameters[key].starts, np.where(by_sea, parameters[key].values, 0.0))
            for key in (*OFF_ASHORE, DISEMBARKATION) if CATALOGUE[key].axis == "country"
        }
    countries = len(case.countries)
    evenly = np.full((1, countries), 1.0 / countries)
    off = {key: Steps((0.0,), np.zeros((1, len(labels_of(request.inputs, CATALOGUE[key].axis))))) for key in OFF_ASHORE}
    return off | {DISEMBARKATION: Steps((0.0,), evenly)}


def _idle_levers(request: Request) -> Iterator[Caution]:
    """Yield a caution for each lever that is idle ashore, once.

    It turns an input that acts at sea only, in countries to which people come by another route.
    """
    case = request.inputs.case
    everywhere = "sea" not in case.ways
    routes = " and ".join(case.ways)
    idle = {one.lever: one for one in reversed(request.levers) if one.change.parameter in AT_SEA
            and (everywhere or _ashore_of(case, one.change))}
    for name, one in idle.items():
        nowhere = Location(request.scenario, 0, name)
        where = request.inputs.locations.get((request.scenario, f"levers.{one.use}"), nowhere)
        text = f"the lever {name} acts at sea only, and does nothing to {one.change.parameter} in "
        there = ", ".join(f"{country}, to which people come by {case.routes[country]}"
                          for country in _ashore_of(case, one.change))
        yield Caution(*where, text + (f"a case by {routes}" if everywhere else there),
                      advice="leave it out" if everywhere else "leave the country out")


def _ashore_of(case: Case, change: Change) -> tuple[str, ...]:
    """Return countries that a change names and that the sea is not the way to."""
    return tuple(country for country in change.countries or () if case.routes[country] != "sea")


def _departures(inputs: CaseInputs) -> Steps:
    """Return departures by country as a step function.

    They are person/day; each row of the table is spread evenly over its period.
    """
    countries = tuple(inputs.case.countries)
    ends = {run_day(inputs, day) for row in inputs.departures for day in (row.start, row.end)}
    starts = sorted({0.0} | {day for day in ends if 0.0 < day < inputs.days})
    values = np.zeros((len(starts), len(countries)))
    for row in inputs.departures:
        rate = row.persons / (row.end - row.start).days
        for index, start in enumerate(starts):
            if run_day(inputs, row.start) <= start < run_day(inputs, row.end):
                values[index, countries.index(row.country)] += rate
    return merged(starts, values)


def origin_of(group: Group) -> tuple[str, ...]:
    """Return the origin of a group, for a digest, if it has one."""
    return (f"origin {group.origin}",) if group.origin else ()


def digest_of(inputs: CaseInputs, parameters: Mapping[str, Steps], departures: Steps) -> str:
    """Return the SHA-256 of all numbers of a run.

    A result then names exactly what made it.
    """
    record = {
        "start": inputs.case.start.isoformat(), "days": inputs.days,
        "countries": list(inputs.case.countries),
        "groups": {name: [group.need, *group.flags, *origin_of(group)] for name, group in inputs.groups.items()},
        "parameters": {key: [steps.starts, steps.values.tolist()] for key, steps in parameters.items()},
        "departures": [departures.starts, departures.values.tolist()],
        "opening": [opening.model_dump(include=set(COUNTED)) for opening in inputs.case.opening],
        "counts": inputs.case.counts,
    }
    if inputs.case.landing:  # left out where there is none, so that such a case keeps its digest
        record["landing"] = [[row.group, row.country, row.weight] for row in inputs.case.landing]
    return sha256(json.dumps(record, sort_keys=True))
