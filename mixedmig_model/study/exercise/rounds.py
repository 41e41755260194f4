"""The clock of a session.

Injects are released, and rounds pass.
"""

from collections.abc import Callable

from mixedmig_model.inputs.exercises.schema import Inject
from mixedmig_model.inputs.observations.quantities import quantity_of
from mixedmig_model.results.costs.lines import CostRun, cost_run
from mixedmig_model.results.costs.pricing import price_scenario
from mixedmig_model.study.exercise.orders import TEAM
from mixedmig_model.study.exercise.returns import amount
from mixedmig_model.study.exercise.runs import ExerciseRuns, PlayedRun
from mixedmig_model.study.exercise.session import ExerciseSession, elapsed, is_late, orders_in_force


def ticked(session: ExerciseSession, minute: int) -> ExerciseSession:
    """Return the session with injects due by a minute.

    Parameters
    ----------
    session : ExerciseSession
        The session.
    minute : int
        Minute of the round that is being decided.

    Returns
    -------
    ExerciseSession
        The session; the same where nothing is due.
    """
    if session.finished:
        return session
    for team in session.teams:
        for inject in session.inputs.exercise.injects:
            due = inject.at is not None and inject.at.round == session.round and inject.at.minute <= minute
            if due and inject.at is not None:
                session = _release(session, team, inject, inject.at.minute)
        session = _followers(session, team, minute)
    return session


def _followers(session: ExerciseSession, team: str, minute: int) -> ExerciseSession:
    """Release injects that follow where an answer did not come."""
    now = elapsed(session, session.round, minute)
    for inject in session.inputs.exercise.injects:
        if inject.if_ignored is not None and is_late(session, team, inject, now):
            session = _release(session, team, session.inputs.injects[inject.if_ignored], minute)
    return session


def _release(session: ExerciseSession, team: str, inject: Inject, minute: int) -> ExerciseSession:
    """Release an inject to a team, once."""
    if inject.id in {one.inject for one in session.of_team(team, "inject")}:
        return session
    return session.added(kind="inject", team=team, inject=inject.id, minute=minute)


def released_by_hand(session: ExerciseSession, inject: str, team: str | None, minute: int) -> ExerciseSession:
    """Return the session with an inject released by hand.

    It goes to one team, or to all.
    """
    for name in session.teams if team is None else (team,):
        session = _release(session, name, session.inputs.injects[inject], minute)
    return session


def advanced(
    session: ExerciseSession, runs: ExerciseRuns, each: Callable[[str, PlayedRun], None] = lambda team, run: None
) -> ExerciseSession:
    """Play a round: return the session after it.

    What is due by the end of deciding is released first. Orders without a signature that they need lapse. The model
    then passes the days of the round for each team, and conditions are tested on what came of it.

    Parameters
    ----------
    session : ExerciseSession
        The session.
    runs : ExerciseRuns
        Solves and keeps runs.
    each : Callable[[str, PlayedRun], None]
        Called with each team and its run.

    Returns
    -------
    ExerciseSession
        The session in its next round.

    Raises
    ------
    InputFaultsError
        Where orders leave what the equations allow.
    SolveError, LedgerError
        Where a run cannot be solved.
    """
    number = session.round
    minutes = session.inputs.exercise.rounds[number - 1].minutes
    session = ticked(session, minutes)
    session = session.added(kind="advance", minute=minutes)
    for team in session.teams:
        run = played(session, runs, team, number)
        each(team, run)
        if not session.finished:
            session = _by_condition(session, runs, team, run, number)
    return session


def played(session: ExerciseSession, runs: ExerciseRuns, team: str, number: int) -> PlayedRun:
    """Return the run of a team to the end of a round.

    Orders and injects of later rounds change nothing in it.
    """
    orders = tuple(one for one in orders_in_force(session, team) if one.round <= number)
    released = tuple(one for one in session.released(team) if one.round <= number)
    return runs.played(orders, released, number)


def _by_condition(
    session: ExerciseSession, runs: ExerciseRuns, team: str, run: PlayedRun, number: int
) -> ExerciseSession:
    """Release injects whose condition holds at the end of a round."""
    for inject in session.inputs.exercise.injects:
        if condition_holds(session, runs, run, inject, number):
            session = _release(session, team, inject, 0)
    return session


def condition_holds(
    session: ExerciseSession, runs: ExerciseRuns, run: PlayedRun, inject: Inject, number: int
) -> bool:
    """Return whether the condition of an inject holds.

    It is tested on a run to the end of a round. False for an inject without a condition.
    """
    when = inject.when
    if when is None or number < when.first_round:
        return False

    def money() -> CostRun:
        return cost_run(runs.dataset(run.run, number), price_scenario(run.case, TEAM))

    where = (when.country,) if when.country else None
    ds = runs.dataset(run.run, number)
    return when.holds(amount(session.inputs, ds, quantity_of(when.quantity), number, where, money=money))
