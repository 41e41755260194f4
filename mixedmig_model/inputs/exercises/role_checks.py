"""Checks of the roles of an exercise.

They concern names, countries, levers and their limits, what roles see, and two roles that order the same.
"""

from collections.abc import Iterator

from mixedmig_model.inputs.exercises.schema import ExerciseRole, RoleLever
from mixedmig_model.inputs.exercises.surveyed import DEPARTING, Surveyed
from mixedmig_model.inputs.observations.quantities import QuantityError, followed_quantity
from mixedmig_model.inputs.parameters.catalogue import AT_SEA, CATALOGUE, allowed_by
from mixedmig_model.inputs.parameters.values import WHOLE_RUN
from mixedmig_model.inputs.reading.faults import Fault, listed
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys

NO_RULE = "two roles order the same, and no rule says whose order holds: {roles}"
MONEY = ("cost", "money_received")
NO_ORDER = "who departs is no order of a role"


def role_faults(surveyed: Surveyed) -> Iterator[Fault]:
    """Yield faults of the roles of an exercise."""
    document, seen = surveyed.document, set[str]()
    for index, role in enumerate(surveyed.exercise.roles):
        keys: Keys = ("roles", index)
        if role.name in seen:
            yield document.fault((*keys, "name"), "duplicate role", role.name, "another name")
        seen.add(role.name)
        yield from _countries(surveyed, keys, role)
        yield from _sees(surveyed, keys, role)
        yield from _levers(surveyed, keys, role)
    yield from _rules(surveyed)


def quantity_faults(surveyed: Surveyed, keys: Keys, text: str, document: Document | None = None) -> Iterator[Fault]:
    """Yield the fault of an unknown quantity."""
    try:
        followed_quantity(text)
    except QuantityError as error:
        yield (document or surveyed.document).fault(keys, str(error), text, error.allowed, error.near)


def _countries(surveyed: Surveyed, keys: Keys, role: ExerciseRole) -> Iterator[Fault]:
    """Yield countries of a role that the case does not have."""
    if surveyed.case is None:
        return
    for position, name in enumerate(role.countries or ()):
        yield from surveyed.unknown((*keys, "countries", position), "country", name,
                                    tuple(surveyed.case.case.countries))


def _sees(surveyed: Surveyed, keys: Keys, role: ExerciseRole) -> Iterator[Fault]:
    """Yield quantities of a role that the model does not know."""
    for position, text in enumerate(role.sees):
        yield from quantity_faults(surveyed, (*keys, "sees", position), text)
        if surveyed.case is not None and surveyed.case.costs is None and text.startswith(MONEY):
            yield surveyed.document.fault((*keys, "sees", position), "the workspace has no costs", text,
                                          "people, places or staff")
        if text in role.sees[:position]:
            yield surveyed.document.fault((*keys, "sees", position), "duplicate quantity", text, "once")


def _levers(surveyed: Surveyed, keys: Keys, role: ExerciseRole) -> Iterator[Fault]:
    """Yield faults of what a role may order."""
    seen: set[str] = set()
    for index, one in enumerate(role.levers):
        here: Keys = (*keys, "levers", index)
        if one.key in seen:
            yield surveyed.document.fault(here, "the role has the lever or input twice", one.key, "once")
        seen.add(one.key)
        yield from _named(surveyed, here, one)
        if surveyed.known(one):
            yield from _orderable(surveyed, here, role, one)


def _named(surveyed: Surveyed, here: Keys, one: RoleLever) -> Iterator[Fault]:
    """Yield the fault of a lever or an input that does not exist."""
    if one.input is not None:
        yield from surveyed.unknown((*here, "input"), "parameter", one.input, tuple(CATALOGUE))
    elif surveyed.case is not None:
        yield from surveyed.unknown((*here, "lever"), "lever", one.key, tuple(surveyed.case.workspace.levers))


def _orderable(surveyed: Surveyed, here: Keys, role: ExerciseRole, one: RoleLever) -> Iterator[Fault]:
    """Yield why a role cannot order a lever or an input."""
    document, kind = surveyed.document, "input" if one.input is not None else "lever"
    case = surveyed.case
    if case is None:
        return
    parameters = surveyed.parameters_of(one)
    constant = [name for name in parameters if CATALOGUE[name].rule == "constant"]
    if constant:
        yield document.fault((*here, kind), WHOLE_RUN, listed(constant), "an input that an order can change")
    if one.input is not None and one.input.startswith(DEPARTING):
        yield document.fault((*here, kind), NO_ORDER, one.input, "another input, or a lever")
    if one.input in AT_SEA and "sea" not in case.case.ways:
        yield document.fault((*here, kind), "the input acts at sea only, and nobody comes by sea", one.input,
                             "another input")
    everywhere = [name for name in parameters if CATALOGUE[name].axis != "country"]
    if everywhere and role.countries is not None and set(role.countries) != set(case.case.countries):
        yield document.fault((*here, kind), "what it changes does not differ by country", listed(everywhere),
                             "a role of all countries")
    yield from _limits(surveyed, here, one)


def _limits(surveyed: Surveyed, here: Keys, one: RoleLever) -> Iterator[Fault]:
    """Yield limits beyond what a lever or the equations allow."""
    assert surveyed.case is not None
    for key in ("least", "most"):
        value = getattr(one, key)
        if one.input is None:
            if not 0.0 <= value <= 1.0:
                yield surveyed.document.fault((*here, key), "not an intensity of a lever", value, "0 to 1")
            continue
        need, unit = CATALOGUE[one.input], surveyed.case.workspace.parameters[one.input].unit
        factor = conversion_factor(unit, need.unit)
        if not allowed_by(need, value * factor):
            allowed = f"{need.low / factor:g} to {need.high / factor:g} {unit}"
            yield surveyed.document.fault((*here, key), "outside what the equations allow", value, allowed)


def _rules(surveyed: Surveyed) -> Iterator[Fault]:
    """Yield levers that two roles order without a rule.

    Rules of what no two roles order are faults as well.
    """
    exercise, document = surveyed.exercise, surveyed.document
    ruled: set[str] = set()
    holders = _holders(surveyed)
    for index, rule in enumerate(exercise.shared):
        if rule.key in ruled:
            yield document.fault(("shared", index), "duplicate rule", rule.key, "once")
        ruled.add(rule.key)
        if len(holders.get(rule.key, ())) < 2 and not surveyed.lacks_roles:
            yield document.fault(("shared", index), "no two roles order this", rule.key,
                                 "a lever or input of two roles in one country")
    for key, roles in holders.items():
        if len(roles) > 1 and key not in ruled:
            places: list[Keys] = [("roles", index, "levers", at) for index, role in enumerate(exercise.roles)
                                  for at, one in enumerate(role.levers) if one.key == key]
            yield document.fault(places[-1], NO_RULE.format(roles=", ".join(roles)), key, "a rule for it under shared")


def _holders(surveyed: Surveyed) -> dict[str, tuple[str, ...]]:
    """Return roles that order the same in the same country."""
    found: dict[str, tuple[str, ...]] = {}
    roles = surveyed.exercise.roles
    for position, role in enumerate(roles):
        for one in role.levers:
            others = [other for other in roles[:position] if _meet(role, other)
                      and one.key in {lever.key for lever in other.levers}]
            if others:
                found[one.key] = tuple(dict.fromkeys((*found.get(one.key, ()), *(o.name for o in others), role.name)))
    return found


def _meet(role: ExerciseRole, other: ExerciseRole) -> bool:
    """Return whether two roles act in the same country."""
    if role.countries is None or other.countries is None:
        return True
    return bool(set(role.countries) & set(other.countries))
