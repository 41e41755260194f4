"""The short form: fewer rounds, roles and injects.

It is played under the name of the exercise with ``_short``, and is an exercise like any other.
"""

from collections.abc import Iterator

from mixedmig_model.inputs.exercises.schema import (
    EVERYONE,
    Exercise,
    ExerciseRole,
    Inject,
    Objective,
    ReferencePlan,
    ShortForm,
)
from mixedmig_model.inputs.exercises.surveyed import Surveyed
from mixedmig_model.inputs.reading.faults import Fault

ENDING = "_short"
"""What the name of a short form ends with."""
LONGER = "the short form is longer than the exercise"
AFTER_LAST, AFTER_END = "the inject comes after the last round", "the inject comes after the end of its round"


def short_faults(surveyed: Surveyed) -> Iterator[Fault]:
    """Yield faults of the short form of an exercise.

    They concern its length, and roles and injects that do not exist or come too late.
    """
    short, document = surveyed.exercise.short, surveyed.document
    if short is None:
        return
    days, most = sum(one.days for one in short.rounds), surveyed.exercise.days
    if days > most:
        yield document.fault(("short", "rounds"), LONGER, days, f"at most {most} days")
    for position, name in enumerate(short.roles or ()):
        yield from surveyed.unknown(("short", "roles", position), "role", name, surveyed.roles)
    for name in short.injects:
        yield from surveyed.unknown(("short", "injects", name), "inject", name, surveyed.inject_names)
        yield from _time(surveyed, short, name)


def _time(surveyed: Surveyed, short: ShortForm, name: str) -> Iterator[Fault]:
    """Yield the fault of an inject that comes too late."""
    clock, rounds = short.injects[name], short.rounds
    if clock.round > len(rounds):
        yield surveyed.document.fault(("short", "injects", name, "round"), AFTER_LAST, clock.round,
                                      f"1 to {len(rounds)}")
    elif clock.minute >= rounds[clock.round - 1].minutes:
        yield surveyed.document.fault(("short", "injects", name, "minute"), AFTER_END, clock.minute,
                                      f"0 to {rounds[clock.round - 1].minutes - 1}")


def short_form(exercise: Exercise) -> Exercise:
    """Return the short form of an exercise.

    Injects that the short form does not name wait until the facilitator releases them.

    Parameters
    ----------
    exercise : Exercise
        An exercise with a short form.

    Returns
    -------
    Exercise
        The short form, in format A.
    """
    short = exercise.short
    if short is None:
        return exercise
    roles = tuple(one for one in exercise.roles if short.roles is None or one.name in short.roles)
    return exercise.model_copy(update={
        "format": "A", "short": None, "rounds": short.rounds, "roles": roles,
        "shared": tuple(rule for rule in exercise.shared if len(_holding(roles, rule.key)) > 1),
        "injects": tuple(_inject(one, short, roles) for one in exercise.injects),
        "objectives": tuple(_objective(one, roles) for one in exercise.objectives),
        "references": {name: _reference(plan, short, roles) for name, plan in exercise.references.items()},
    })


def _holding(roles: tuple[ExerciseRole, ...], key: str) -> tuple[ExerciseRole, ...]:
    """Return the roles that may order a lever or an input."""
    return tuple(role for role in roles if any(one.key == key for one in role.levers))


def _inject(inject: Inject, short: ShortForm, roles: tuple[ExerciseRole, ...]) -> Inject:
    """Return an inject at its time in the short form, to roles that are played."""
    played = {role.name for role in roles} | {EVERYONE}
    to = tuple(name for name in inject.to if name in played) or (EVERYONE,)
    return inject.model_copy(update={"at": short.injects.get(inject.id), "when": None, "to": to})


def _objective(objective: Objective, roles: tuple[ExerciseRole, ...]) -> Objective:
    """Return an objective with the decisions that can still be made."""
    if objective.evidence != "decision":
        return objective
    return objective.model_copy(update={"names": tuple(name for name in objective.names if _holding(roles, name))})


def _reference(plan: ReferencePlan, short: ShortForm, roles: tuple[ExerciseRole, ...]) -> ReferencePlan:
    """Return a reference with the orders of roles and rounds that are played."""
    kept = tuple(one for one in plan.orders if one.round <= len(short.rounds) and _holding(roles, one.key))
    return plan.model_copy(update={"orders": kept})
