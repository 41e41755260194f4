"""Checks of the injects of an exercise.

They concern names, times, roles, conditions, changes, and what follows where nobody answers.
"""

from collections.abc import Iterator

from mixedmig_model.inputs.exercises.role_checks import quantity_faults
from mixedmig_model.inputs.exercises.schema import EVERYONE, InjectChange
from mixedmig_model.inputs.exercises.surveyed import PlacedInject, Surveyed
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE, allowed_by
from mixedmig_model.inputs.parameters.values import WHOLE_RUN
from mixedmig_model.inputs.reading.faults import Fault
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.inputs.reading.yaml_reader import Keys

RESPONSE = "a response of departures to policy is no event"
ORDERED = "a role orders this input, and an inject would overrule it"


def inject_faults(surveyed: Surveyed) -> Iterator[Fault]:
    """Yield faults of the injects of an exercise."""
    first: dict[str, PlacedInject] = {}
    for one in surveyed.injects:
        if one.inject.id in first:
            earlier = first[one.inject.id]
            text = f"first in {earlier.document.file}:{earlier.document.line(earlier.keys)}"
            yield one.document.fault((*one.keys, "id"), "duplicate inject", text, "another name")
        first.setdefault(one.inject.id, one)
        yield from _time(surveyed, one)
        for position, role in enumerate(one.inject.to):
            if role != EVERYONE:
                yield from surveyed.unknown((*one.keys, "to", position), "role", role, (*surveyed.roles, EVERYONE),
                                            one.document)
        if one.inject.objective is not None:
            yield from surveyed.unknown((*one.keys, "objective"), "objective", one.inject.objective,
                                        surveyed.objectives, one.document)
        for index, change in enumerate(one.inject.changes):
            yield from _change(surveyed, one, (*one.keys, "changes", index), change)
    yield from _followers(surveyed)


def _time(surveyed: Surveyed, one: PlacedInject) -> Iterator[Fault]:
    """Yield injects after the last round, or beyond its minutes."""
    rounds, inject = surveyed.exercise.rounds, one.inject
    if inject.at is not None and inject.at.round > len(rounds):
        yield one.document.fault((*one.keys, "at", "round"), "the inject comes after the last round", inject.at.round,
                                 f"1 to {len(rounds)}")
    elif inject.at is not None and inject.at.minute >= rounds[inject.at.round - 1].minutes:
        most = rounds[inject.at.round - 1].minutes
        yield one.document.fault((*one.keys, "at", "minute"), "the inject comes after the end of its round",
                                 inject.at.minute, f"0 to {most - 1}")
    if inject.when is None:
        return
    keys: Keys = (*one.keys, "when")
    yield from quantity_faults(surveyed, (*keys, "quantity"), inject.when.quantity, one.document)
    if inject.when.first_round >= len(rounds):
        yield one.document.fault((*keys, "first_round"), "the condition is never tested before the last round",
                                 inject.when.first_round, f"1 to {len(rounds) - 1}")
    if inject.when.country is not None and surveyed.case is not None:
        countries = tuple(surveyed.case.case.countries)
        yield from surveyed.unknown((*keys, "country"), "country", inject.when.country, countries, one.document)


def _followers(surveyed: Surveyed) -> Iterator[Fault]:
    """Yield injects that follow and do not exist, or themselves."""
    follows = {one.inject.id: one.inject.if_ignored for one in surveyed.injects}
    for one in surveyed.injects:
        following = one.inject.if_ignored
        if following is None:
            continue
        keys: Keys = (*one.keys, "if_ignored")
        yield from surveyed.unknown(keys, "inject", following, surveyed.inject_names, one.document)
        chain, here = [one.inject.id], following
        while here in follows and here not in chain:
            chain.append(here)
            here = follows[here] or ""
        if here == one.inject.id:
            yield one.document.fault(keys, "the injects follow each other in a circle", following, "another inject")


def _change(surveyed: Surveyed, one: PlacedInject, keys: Keys, change: InjectChange) -> Iterator[Fault]:
    """Yield faults of a change that an inject makes."""
    if change.parameter not in CATALOGUE:
        yield from surveyed.unknown((*keys, "parameter"), "parameter", change.parameter, tuple(CATALOGUE), one.document)
        return
    need = CATALOGUE[change.parameter]
    if need.rule == "constant":
        yield one.document.fault((*keys, "parameter"), WHOLE_RUN, change.parameter, "an input that may change by date")
    if need.rule == "cited":
        yield one.document.fault((*keys, "parameter"), RESPONSE, change.parameter, "another input")
    ordered = {lever.input for role in surveyed.exercise.roles for lever in role.levers}
    if change.set is not None and change.parameter in ordered:
        yield one.document.fault((*keys, "set"), ORDERED, change.parameter, "scale or add")
    if surveyed.case is None:
        return
    yield from _labels(surveyed, one, keys, change)
    if change.set is not None:
        unit = surveyed.case.workspace.parameters[change.parameter].unit
        factor = conversion_factor(unit, need.unit)
        if not allowed_by(need, change.set * factor):
            allowed = f"{need.low / factor:g} to {need.high / factor:g} {unit}"
            yield one.document.fault((*keys, "set"), "outside what the equations allow", change.set, allowed)


def _labels(surveyed: Surveyed, one: PlacedInject, keys: Keys, change: InjectChange) -> Iterator[Fault]:
    """Yield unknown labels, and those of another axis."""
    assert surveyed.case is not None
    axis = CATALOGUE[change.parameter].axis
    known = (("countries", "country", tuple(surveyed.case.case.countries)),
             ("groups", "group", tuple(surveyed.case.groups)))
    for key, wanted, names in known:
        given = getattr(change, key)
        if given is None:
            continue
        if axis != wanted:
            text = f"the parameter does not differ by {wanted}"
            yield one.document.fault((*keys, key), text, change.parameter, f"a change without {key}")
            continue
        for position, name in enumerate(given):
            yield from surveyed.unknown((*keys, key, position), wanted, name, names, one.document)
