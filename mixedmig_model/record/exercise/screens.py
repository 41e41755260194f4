"""What a role's screen shows, and nothing hidden."""

from functools import cache

from mixedmig_model.inputs.exercises.schema import Inject
from mixedmig_model.record.exercise.schema import BreachCount, CashLine, InjectCard, LeverLine, ReturnLine, RoleView
from mixedmig_model.record.words.pages.observed import quantity_title
from mixedmig_model.results.costs.lines import CostRun, cost_run
from mixedmig_model.results.costs.pricing import price_scenario
from mixedmig_model.results.indicators.table import BREACHES, HARMS
from mixedmig_model.study.exercise.ledger import Event
from mixedmig_model.study.exercise.orders import TEAM, is_lever
from mixedmig_model.study.exercise.returns import cash_of, returns_of
from mixedmig_model.study.exercise.rounds import played
from mixedmig_model.study.exercise.runs import ExerciseRuns, PlayedRun
from mixedmig_model.study.exercise.session import ExerciseSession, orders_in_force
from mixedmig_model.vocabulary.numbers import amount, unit_words
from mixedmig_model.vocabulary.titles import PAYER_TITLES

SHOWN_HARMS = ("deaths", "without_shelter_days", "detention_days", "child_detention_days", "needs_unseen_days")


def role_view(session: ExerciseSession, runs: ExerciseRuns, team: str, role: str) -> RoleView:
    """Return what a role of a team knows.

    Parameters
    ----------
    session : ExerciseSession
        The session.
    runs : ExerciseRuns
        Solves and keeps runs.
    team : str
        The team.
    role : str
        The role.

    Returns
    -------
    RoleView
        Breaches and harms of the team so far, the role's returns, its money, levers and injects.
    """
    inputs, record = session.inputs, session.role(role)
    run, number = played_so_far(session, runs, team)
    ds = runs.dataset(run.run, max(number, 1))

    @cache
    def money() -> CostRun:
        return cost_run(ds, price_scenario(run.case, TEAM))

    cash = cash_of(inputs, record, money(), number) if record.money and inputs.case.costs is not None else ()
    return RoleView(
        role=role, title=record.title, brief=inputs.briefs[role],
        countries=record.countries or tuple(inputs.case.case.countries),
        returns=tuple(ReturnLine(
            quantity=one.quantity, title=quantity_title(one.quantity), level=one.level, unit=one.unit,
            values=one.values)
            for one in returns_of(inputs, ds, record, number, money)),
        cash=tuple(CashLine(
            payer=one.payer, title=PAYER_TITLES[one.payer], given=one.given, committed=one.committed) for one in cash),
        levers=_levers(session, team, role), injects=_injects(session, team, role),
    )


def played_so_far(session: ExerciseSession, runs: ExerciseRuns, team: str) -> tuple[PlayedRun, int]:
    """Return the run of a team and the last round played.

    Before the first round it is the run of round 1 without the team's orders, of which only days before it are shown.
    """
    if session.played:
        return played(session, runs, team, session.played), session.played
    return runs.played((), (), 1), 0


def _levers(session: ExerciseSession, team: str, role: str) -> tuple[LeverLine, ...]:
    """Return the levers and inputs of a role, with its last orders."""
    case = session.inputs.case
    latest = {one.key: one.value for one in orders_in_force(session, team) if one.role == role}
    lines = []
    for one in session.role(role).levers:
        lever = is_lever(session.inputs, one.key)
        known = case.workspace.levers[one.key] if lever else case.workspace.parameters[one.key]
        unit = "share" if lever else case.workspace.parameters[one.key].unit
        lines.append(LeverLine(key=one.key, title=known.title, description=known.description, unit=unit,
                               least=one.least, most=one.most, ordered=latest.get(one.key)))
    return tuple(lines)


def _injects(session: ExerciseSession, team: str, role: str) -> tuple[InjectCard, ...]:
    """Return the injects that reached a role."""
    cards = []
    for event in session.of_team(team, "inject"):
        inject = session.inputs.injects[str(event.inject)]
        if not {role, "everyone"} & set(inject.to):
            continue
        cards.append(card_of(inject, event, session.answer(team, inject.id)))
    return tuple(cards)


def card_of(inject: Inject, event: Event | None, answer: Event | None) -> InjectCard:
    """Return an inject as a role reads it."""
    return InjectCard(
        inject=inject.id, title=inject.title, channel=inject.channel, text=inject.text, asks=inject.asks,
        due=inject.due_minutes, round=event.round if event else 0, minute=event.minute if event else 0,
        note=inject.content_note, answer=None if answer is None else answer.text)


def breach_strip(session: ExerciseSession, runs: ExerciseRuns, team: str) -> tuple[BreachCount, ...]:
    """Return breaches of a team so far, then harms.

    All breaches are there, also those of nobody.
    """
    run, number = played_so_far(session, runs, team)
    table = run.table if number else dict.fromkeys(run.table, 0.0)
    kept = [*((one, "breach") for one in BREACHES), *((one, "harm") for one in HARMS if one.key in SHOWN_HARMS)]
    return tuple(BreachCount(key=one.key, title=one.title, unit=one.unit, kind=kind, value=table[one.key],
                             text=unit_words(amount(table[one.key], one.unit), one.unit))
                 for one, kind in kept)

