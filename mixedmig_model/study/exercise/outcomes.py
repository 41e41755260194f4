"""What happened in a session.

There is the run of a team, references next to it, and replays with one decision changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from mixedmig_model.inputs.exercises.schema import REFERENCES, Reference, ReferencePlan
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.results.indicators.judgement import Judgement, judge
from mixedmig_model.results.indicators.table import BREACHES
from mixedmig_model.study.exercise.ledger import Event
from mixedmig_model.study.exercise.orders import Order, Released, planned
from mixedmig_model.study.exercise.rounds import played
from mixedmig_model.study.exercise.runs import ExerciseRuns, PlayedRun
from mixedmig_model.study.exercise.session import ExerciseSession, orders_in_force
from mixedmig_model.study.responses import made_breaches

ONE_PERSON = 1.0


@dataclass(frozen=True)
class BreachHistory:
    """A breach in a team's run, and who signed for it.

    ``ended`` is the first round without a further person, None while it goes on.
    """

    key: str
    by_round: tuple[float, ...]
    baseline: float
    signed: tuple[tuple[Event, Event], ...]
    ended: int | None


@dataclass(frozen=True)
class JudgedRun:
    """A run of a team or a reference, judged next to no action."""

    name: str
    run: PlayedRun
    judgement: Judgement | None


def references(
    session: ExerciseSession, runs: ExerciseRuns, number: int | None = None
) -> dict[Reference, PlayedRun]:
    """Return the reference runs to the end of a round.

    The last round played if none is given. Injects by the clock strike them as they strike the teams. Without a
    reference of the file, no action is shown.
    """
    names = {"no_action", *session.inputs.exercise.references}
    last = session.played if number is None else number
    return {name: _reference(session, runs, name, last) for name in REFERENCES if name in names}


def no_action(session: ExerciseSession, runs: ExerciseRuns, number: int) -> PlayedRun:
    """Return the run without orders, to the end of a round."""
    return _reference(session, runs, "no_action", number)


def _reference(session: ExerciseSession, runs: ExerciseRuns, name: Reference, number: int) -> PlayedRun:
    """Return a reference run to the end of a round."""
    plan = session.inputs.exercise.references.get(name, ReferencePlan())
    struck = tuple(Released(one, one.at.round) for one in session.inputs.exercise.injects
                   if one.at is not None and one.at.round <= number)
    orders = tuple(one for one in planned(session.inputs, plan.orders) if one.round <= number)
    return runs.played(orders, struck, number, plan.scenario or "")


def judged(session: ExerciseSession, runs: ExerciseRuns, team: str) -> tuple[JudgedRun, ...]:
    """Return judged runs of a team and the references.

    They are judged next to no action.
    Raises InputFaultsError before the first round was played.
    """
    require_played(session)
    found = references(session, runs)
    base = found["no_action"]
    own = played(session, runs, team, session.played)
    rest = [(name, run) for name, run in found.items() if name != "no_action"]
    return (JudgedRun("no_action", base, None), *(
        JudgedRun(name, run, judge({"default": run.judged}, {"default": base.judged},
                                   made_breaches(run.run, base.run)))
        for name, run in [(team, own), *rest]))


def require_played(session: ExerciseSession) -> None:
    """Refuse a session of which no round was played.

    Raises InputFaultsError.
    """
    if session.played == 0:
        raise InputFaultsError([Fault("session", 0, "", "no round was played yet", found=session.name,
                                      allowed="mixedmig exercise advance first")])


def breach_histories(session: ExerciseSession, runs: ExerciseRuns, team: str) -> tuple[BreachHistory, ...]:
    """Return each breach of a team's run, by round."""
    require_played(session)
    rounds = [played(session, runs, team, number) for number in range(1, session.played + 1)]
    base = references(session, runs)["no_action"]
    signatures = _signatures(session, team)
    found = []
    for one in BREACHES:
        counts = [run.table[one.key] for run in rounds]
        added = tuple(count - before for count, before in zip(counts, [0.0, *counts[:-1]], strict=True))
        if max(counts) < ONE_PERSON and one.key not in {key for order, _ in signatures for key in order.breaches}:
            continue
        last = max((number for number, people in enumerate(added, 1) if people >= ONE_PERSON), default=0)
        found.append(BreachHistory(
            one.key, tuple(counts), base.table[one.key],
            tuple(pair for pair in signatures if one.key in pair[0].breaches),
            last + 1 if last < session.played else None))
    return tuple(found)


def _signatures(session: ExerciseSession, team: str) -> tuple[tuple[Event, Event], ...]:
    """Return orders that breach, each with its signature."""
    pairs = ((one, session.signed(one)) for one in session.of_team(team, "order") if one.breaches)
    return tuple((order, signature) for order, signature in pairs if signature is not None)


def replayed(
    session: ExerciseSession, runs: ExerciseRuns, team: str, *, order: int, number: int | None, value: float | None
) -> tuple[PlayedRun, PlayedRun, Judgement]:
    """Replay a team's run with one decision changed.

    Parameters
    ----------
    session : ExerciseSession
        The session.
    runs : ExerciseRuns
        Solves and keeps runs.
    team : str
        The team.
    order : int
        Number of the order.
    number : int or None
        The round in which it is given instead; None to leave the round.
    value : float or None
        The value it has instead; None to leave the value.

    Returns
    -------
    tuple
        The run as it was, the run with the change, and what may be said of the change.

    Raises
    ------
    InputFaultsError
        For an unknown order, or a change of nothing.
    """
    require_played(session)
    orders = orders_in_force(session, team)
    known = [one.number for one in orders]
    if faults := [*_not_replayed(session, known, order, number, value), *_beyond_limits(session, team, order, value)]:
        raise InputFaultsError(faults)
    given = {"round": number, "value": value}
    changes: dict[str, Any] = {name: one for name, one in given.items() if one is not None}
    changed = tuple(replace(one, **changes) if one.number == order else one for one in orders)
    released, last = session.released(team), session.played
    before = runs.played(_until(orders, last), _released_until(released, last), last)
    after = runs.played(_until(changed, last), _released_until(released, last), last)
    return before, after, judge({"default": after.judged}, {"default": before.judged},
                                made_breaches(after.run, before.run))


def _not_replayed(
    session: ExerciseSession, known: Sequence[int], order: int, number: int | None, value: float | None
) -> list[Fault]:
    """Return why a replay changes nothing that there is."""
    faults = []
    if order not in known:
        faults.append(Fault("order", 0, "", "no order of the team in force has this number", found=str(order),
                            allowed=", ".join(str(one) for one in dict.fromkeys(known)) or "none is in force"))
    if number is None and value is None:
        faults.append(Fault("replay", 0, "", "nothing is changed", allowed="another round, another value, or both"))
    if number is not None and not 1 <= number <= session.played:
        faults.append(Fault("round", 0, "", "not a round that was played", found=str(number),
                            allowed=f"1 to {session.played}"))
    return faults


def _beyond_limits(session: ExerciseSession, team: str, order: int, value: float | None) -> list[Fault]:
    """Return the fault of a value beyond the limits of its role."""
    event = next((one for one in session.of_team(team, "order") if one.number == order), None)
    if event is None or value is None:
        return []
    lever = next(one for one in session.role(str(event.role)).levers if one.key == event.key)
    if lever.least <= value <= lever.most:
        return []
    return [Fault("value", 0, "", "outside the limits of the role", found=f"{value:g}",
                  allowed=f"{lever.least:g} to {lever.most:g}")]


def _until(orders: Sequence[Order], last: int) -> tuple[Order, ...]:
    return tuple(one for one in orders if one.round <= last)


def _released_until(released: Sequence[Released], last: int) -> tuple[Released, ...]:
    return tuple(one for one in released if one.round <= last)
