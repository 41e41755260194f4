"""The three sheets of a team as records.

They are rights, craft, and what happened.
"""

from mixedmig_model.record.exercise.schema import (
    BreachLine,
    CraftSheet,
    DecisionLine,
    ForecastLine,
    HappenedSheet,
    InjectLine,
    ObjectiveLine,
    OrderLine,
    PlayedLine,
    ReplayRecord,
    RightsSheet,
    SignatureLine,
    TeamSheets,
)
from mixedmig_model.record.verdicts import TITLES, baseline_part, judgement_part
from mixedmig_model.record.words.exercise import templates as words
from mixedmig_model.record.words.judged.sentence import About
from mixedmig_model.record.words.pages.observed import quantity_title
from mixedmig_model.results.indicators.judgement import Judgement
from mixedmig_model.results.indicators.table import BREACHES, HARMS
from mixedmig_model.study.exercise.ledger import Event
from mixedmig_model.study.exercise.orders import is_lever
from mixedmig_model.study.exercise.outcomes import (
    BreachHistory,
    JudgedRun,
    breach_histories,
    judged,
    replayed,
)
from mixedmig_model.study.exercise.runs import ExerciseRuns, PlayedRun
from mixedmig_model.study.exercise.scores import handled_injects, scored_forecasts, timed_decisions
from mixedmig_model.study.exercise.session import ExerciseSession
from mixedmig_model.vocabulary.numbers import counted, number, people, unit_words
from mixedmig_model.vocabulary.titles import NOTICE


def team_sheets(session: ExerciseSession, runs: ExerciseRuns, team: str) -> TeamSheets:
    """Return the three sheets of a team.

    Parameters
    ----------
    session : ExerciseSession
        The session; at least one round was played.
    runs : ExerciseRuns
        Solves and keeps runs.
    team : str
        The team.

    Returns
    -------
    TeamSheets
        The sheets; rights lead.

    Raises
    ------
    InputFaultsError
        Before the first round was played.
    """
    return TeamSheets(notice=NOTICE, team=team, round=session.played, rights=rights_sheet(session, runs, team),
                      craft=craft_sheet(session, runs, team), happened=happened_sheet(session, runs, team),
                      question=words.LAST_QUESTION)


def rights_sheet(session: ExerciseSession, runs: ExerciseRuns, team: str) -> RightsSheet:
    """Return each breach, who signed for it, and when it ended."""
    histories = breach_histories(session, runs, team)
    unsigned = [one for one in session.of_team(team, "order") if one.breaches and session.signed(one) is None]
    held = {one.number for one in session.held(team)}
    made = any(one.signed for one in histories)
    return RightsSheet(
        breaches=tuple(_breach(session, one) for one in histories),
        held=tuple(_order(session, one, words.HELD) for one in unsigned if one.number in held),
        lapsed=tuple(_order(session, one, words.LAPSED) for one in unsigned if one.number not in held),
        text="" if made else words.NO_BREACH,
    )


def _breach(session: ExerciseSession, one: BreachHistory) -> BreachLine:
    """Return a breach with its signatures."""
    signed = tuple(_signature(session, order, signature) for order, signature in one.signed)
    parts = [
        words.BREACH.format(title=TITLES[one.key], people=unit_words(people(one.by_round[-1]), "person"),
                            rounds=counted(len(one.by_round), "round"), baseline=people(one.baseline)),
        words.GOES_ON if one.ended is None else words.ENDED.format(round=one.ended),
        *([line.text for line in signed] or [words.NOBODY_SIGNED]),
    ]
    return BreachLine(key=one.key, title=TITLES[one.key], by_round=one.by_round, no_action=one.baseline,
                      ended=one.ended, signed=signed, text=" ".join(parts))


def role_title(session: ExerciseSession, name: str | None) -> str:
    """Return how a role is called."""
    return session.role(str(name)).title


def lever_title(session: ExerciseSession, key: str) -> str:
    """Return how a lever or an input is called."""
    shared = session.inputs.case.workspace
    return (shared.levers[key] if is_lever(session.inputs, key) else shared.parameters[key]).title


def _signature(session: ExerciseSession, order: Event, signature: Event) -> SignatureLine:
    """Return a signature as a line."""
    text = words.SIGNED.format(
        order=order.number, round=signature.round, lever=lever_title(session, str(order.key)),
        value=number(float(order.value or 0.0)), role=role_title(session, order.role),
        signer=role_title(session, signature.role), reason=signature.text)
    return SignatureLine(order=order.number, round=signature.round, role=str(order.role), signer=str(signature.role),
                         reason=str(signature.text), text=text)


def _order(session: ExerciseSession, one: Event, template: str) -> OrderLine:
    """Return an order that waits for a signature, or lapsed."""
    named = ", ".join(TITLES[key] for key in one.breaches)
    text = template.format(
        order=one.number, round=one.round, lever=lever_title(session, str(one.key)),
        value=number(float(one.value or 0.0)), role=role_title(session, one.role), breaches=named)
    return OrderLine(order=one.number, round=one.round, role=str(one.role), breaches=one.breaches, text=text)


def craft_sheet(session: ExerciseSession, runs: ExerciseRuns, team: str) -> CraftSheet:
    """Return decisions, forecasts, injects and objectives."""
    decisions = []
    for found in timed_decisions(session, runs, team):
        template = words.NEVER if found.latest is None else words.IN_TIME if found.in_time else words.LATE
        text = template.format(key=lever_title(session, str(found.event.key)), round=found.event.round,
                               latest=found.latest)
        decisions.append(DecisionLine(order=found.event.number, key=str(found.event.key), round=found.event.round,
                                      latest=found.latest, in_time=found.in_time, text=text))
    return CraftSheet(decisions=tuple(decisions), forecasts=_forecasts(session, runs, team),
                      injects=_injects(session, runs, team), objectives=_objectives(session, team),
                      text=words.SCORED_WITHOUT)


def _forecasts(session: ExerciseSession, runs: ExerciseRuns, team: str) -> tuple[ForecastLine, ...]:
    """Return forecasts with their scores."""
    lines = []
    for one in scored_forecasts(session, runs, team):
        slots = {"low": number(one.expected.low), "high": number(one.expected.high), "came": number(one.came),
                 "score": number(one.score)}
        text = (words.INSIDE if one.inside else words.OUTSIDE).format(
            quantity=quantity_title(one.expected.quantity), round=one.expected.round, **slots)
        lines.append(ForecastLine(number=one.event.number, role=str(one.event.role), quantity=one.expected.quantity,
                                  round=one.expected.round, low=one.expected.low, high=one.expected.high,
                                  came=one.came, score=one.score, inside=one.inside, text=text))
    return tuple(lines)


def _injects(session: ExerciseSession, runs: ExerciseRuns, team: str) -> tuple[InjectLine, ...]:
    """Return injects that asked for an answer."""
    lines = []
    for one in handled_injects(session, runs, team):
        title = session.inputs.injects[one.inject].title
        slots = {"title": title, "minutes": "" if one.minutes is None else counted(one.minutes, "minute"),
                 "due": "" if one.due is None else counted(one.due, "minute")}
        template = words.NOT_ANSWERED if one.minutes is None else (
            words.ANSWERED if one.in_time else words.ANSWERED_LATE)
        lines.append(InjectLine(inject=one.inject, title=title, round=one.round, minutes=one.minutes, due=one.due,
                                in_time=one.in_time, text=template.format(**slots)))
    return tuple(lines)


def _objectives(session: ExerciseSession, team: str) -> tuple[ObjectiveLine, ...]:
    """Return objectives with the latest mark of an observer."""
    marks = {one.objective: one for one in session.of_team(team, "observe")}
    lines = []
    for one in session.inputs.exercise.objectives:
        seen = marks.get(one.id)
        text = words.NOT_OBSERVED.format(text=one.text) if seen is None else words.OBJECTIVE.format(
            text=one.text, mark=words.MARKS[str(seen.mark)], note=seen.text)
        lines.append(ObjectiveLine(objective=one.id, mark="" if seen is None else str(seen.mark), text=text))
    return tuple(lines)


def happened_sheet(session: ExerciseSession, runs: ExerciseRuns, team: str) -> HappenedSheet:
    """Return the team's run next to no action, plan and hindsight."""
    own = session.of_team(team, "sentence")
    return HappenedSheet(runs=tuple(_played(session, one) for one in judged(session, runs, team)),
                         own_sentence=str(own[-1].text) if own else words.NO_SENTENCE, text=words.SHEETS_NOTE)


def _played(session: ExerciseSession, one: JudgedRun) -> PlayedLine:
    """Return a run with what may be said of it."""
    said = baseline_part(one.run.judged) if one.judgement is None else judgement_part(
        one.judgement, about_of(session))
    sentence = f"{words.BASELINE} {said.sentence}" if one.judgement is None else said.sentence
    return PlayedLine(
        name=one.name, title=words.RUNS.get(one.name, one.name), ranked=said.ranked, better_on_all=said.better_on_all,
        breaches={row.key: one.run.table[row.key] for row in BREACHES},
        harms={row.key: one.run.table[row.key] for row in HARMS}, sentence=sentence)


def about_of(session: ExerciseSession, speeds_up: bool = True) -> About:
    """Return what sentences need of a run of the exercise.

    ``speeds_up``: whether orders change staff or places. A replay moves one order, and its sentence gives no reason.
    """
    titles = {key: country.title for key, country in session.inputs.case.case.countries.items()}
    return About(titles, None, False, speeds_up)


def replay_record(
    session: ExerciseSession, runs: ExerciseRuns, team: str, *, order: int, number: int | None, value: float | None
) -> ReplayRecord:
    """Return a replay with one decision changed.

    Parameters and errors are those of ``study.exercise.outcomes.replayed``.
    """
    before, after, found = replayed(session, runs, team, order=order, number=number, value=value)
    return ReplayRecord(notice=NOTICE, order=order, before=_numbers(before), after=_numbers(after),
                        ranked=found.ranked, sentence=_said(session, found))


def _said(session: ExerciseSession, found: Judgement) -> str:
    """Return the words of a judgement."""
    return judgement_part(found, about_of(session, speeds_up=False)).sentence


def _numbers(run: PlayedRun) -> dict[str, float]:
    """Return breaches and harms of a run."""
    return {row.key: run.table[row.key] for row in (*BREACHES, *HARMS)}
