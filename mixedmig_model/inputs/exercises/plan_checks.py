"""Checks of an exercise as a whole.

They concern its dates, objectives, hidden inputs and references.
"""

from collections.abc import Iterator
from datetime import timedelta

from mixedmig_model.inputs.exercises.schema import Objective, PlannedOrder, ReferencePlan, RoleLever
from mixedmig_model.inputs.exercises.surveyed import Surveyed
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE, allowed_by
from mixedmig_model.inputs.reading.faults import Fault, listed
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.inputs.reading.yaml_reader import Keys
from mixedmig_model.vocabulary.labels import INDICATOR_KEYS

BEYOND = "the rounds go beyond the end of the case"
OUTSIDE_LIMITS = "outside the limits of the roles that may order it"


def plan_faults(surveyed: Surveyed) -> Iterator[Fault]:
    """Yield faults of dates, objectives, truth and references."""
    yield from _dates(surveyed)
    yield from _objectives(surveyed)
    yield from _truth(surveyed)
    for name, plan in surveyed.exercise.references.items():
        yield from _reference(surveyed, ("references", name), plan)
    if surveyed.case is not None and surveyed.exercise.scenario is not None:
        yield from surveyed.unknown(("scenario",), "scenario", surveyed.exercise.scenario,
                                    tuple(surveyed.case.scenarios))


def _dates(surveyed: Surveyed) -> Iterator[Fault]:
    """Yield rounds that lie outside the run of the case."""
    if surveyed.case is None:
        return
    case, exercise = surveyed.case.case, surveyed.exercise
    if not case.start <= exercise.start < case.end:
        yield surveyed.document.fault(("start",), "outside the run of the case", exercise.start,
                                      f"{case.start} to {case.end - timedelta(days=1)}")
    elif exercise.start + timedelta(days=exercise.days) > case.end:
        last = exercise.start + timedelta(days=exercise.days)
        yield surveyed.document.fault(("rounds",), BEYOND, last, f"at most {(case.end - exercise.start).days} days")


def _objectives(surveyed: Surveyed) -> Iterator[Fault]:
    """Yield repeated objectives, and evidence that does not exist."""
    seen: set[str] = set()
    for index, one in enumerate(surveyed.exercise.objectives):
        keys: Keys = ("objectives", index)
        if one.id in seen:
            yield surveyed.document.fault((*keys, "id"), "duplicate objective", one.id, "another name")
        seen.add(one.id)
        for position, name in enumerate(one.names):
            yield from _shown_by(surveyed, (*keys, "names", position), one, name)


def _shown_by(surveyed: Surveyed, keys: Keys, one: Objective, name: str) -> Iterator[Fault]:
    """Yield the fault of evidence that does not exist."""
    if one.evidence == "decision" and not surveyed.lacks_roles:
        ordered = tuple(dict.fromkeys(lever.key for role in surveyed.exercise.roles for lever in role.levers))
        yield from surveyed.unknown(keys, "lever or input of a role", name, ordered)
    if one.evidence == "message":
        yield from surveyed.unknown(keys, "inject", name, surveyed.inject_names)
    if one.evidence == "indicator":
        yield from surveyed.unknown(keys, "indicator", name, INDICATOR_KEYS)


def _truth(surveyed: Surveyed) -> Iterator[Fault]:
    """Yield hidden inputs that cannot be drawn."""
    for name, hidden in surveyed.exercise.truth.items():
        keys: Keys = ("truth", name)
        unknown = surveyed.unknown(keys, "parameter", name, tuple(CATALOGUE))
        yield from unknown
        if unknown or surveyed.case is None:
            continue
        need, unit = CATALOGUE[name], surveyed.case.workspace.parameters[name].unit
        if need.axis == "group" or need.rule == "cited":
            problem = "an input by group, or a response of departures, cannot be hidden"
            yield surveyed.document.fault(keys, problem, name, "an input by country or of the region")
        factor = conversion_factor(unit, need.unit)
        for key in ("least", "most"):
            if not allowed_by(need, getattr(hidden, key) * factor):
                allowed = f"{need.low / factor:g} to {need.high / factor:g} {unit}"
                yield surveyed.document.fault((*keys, key), "outside what the equations allow", getattr(hidden, key),
                                              allowed)


def _reference(surveyed: Surveyed, keys: Keys, plan: ReferencePlan) -> Iterator[Fault]:
    """Yield faults of a reference: its scenario and its orders."""
    if plan.scenario is not None and surveyed.case is not None:
        yield from surveyed.unknown((*keys, "scenario"), "scenario", plan.scenario, tuple(surveyed.case.scenarios))
    for index, order in enumerate(plan.orders):
        yield from _order(surveyed, (*keys, "orders", index), order)


def _order(surveyed: Surveyed, keys: Keys, order: PlannedOrder) -> Iterator[Fault]:
    """Yield faults of an order of a reference."""
    exercise, document = surveyed.exercise, surveyed.document
    if order.round > len(exercise.rounds):
        yield document.fault((*keys, "round"), "the order comes after the last round", order.round,
                             f"1 to {len(exercise.rounds)}")
    if surveyed.case is not None:
        for position, name in enumerate(order.countries or ()):
            yield from surveyed.unknown((*keys, "countries", position), "country", name,
                                        tuple(surveyed.case.case.countries))
    given = {one.key: one for role in exercise.roles for one in role.levers}
    if surveyed.lacks_roles:
        return
    unknown = surveyed.unknown(keys, "lever or input of a role", order.key, tuple(given))
    yield from unknown
    limits = [one for role in exercise.roles for one in role.levers if one.key == order.key]
    if not unknown and not any(one.least <= order.value <= one.most for one in limits):
        yield document.fault((*keys, "value"), OUTSIDE_LIMITS, order.value, _spans(limits))


def _spans(limits: list[RoleLever]) -> str:
    """Return limits as text for a message."""
    return listed(f"{one.least:g} to {one.most:g}" for one in limits)
