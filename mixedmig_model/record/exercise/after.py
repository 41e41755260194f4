"""Printed sheets and the after-action report as records."""

from mixedmig_model.record.exercise.after_schema import (
    AfterAction,
    GapLine,
    HarmRow,
    InjectRow,
    PrintedSheets,
    SmallMultiple,
)
from mixedmig_model.record.exercise.screens import SHOWN_HARMS
from mixedmig_model.record.exercise.sheets import team_sheets
from mixedmig_model.record.words.exercise import printed as said
from mixedmig_model.record.words.exercise import templates as words
from mixedmig_model.results.indicators.table import BREACHES, HARMS
from mixedmig_model.study.exercise.orders import round_start
from mixedmig_model.study.exercise.outcomes import judged, references, require_played
from mixedmig_model.study.exercise.rounds import played
from mixedmig_model.study.exercise.runs import ExerciseRuns, PlayedRun
from mixedmig_model.study.exercise.session import ExerciseSession, elapsed
from mixedmig_model.vocabulary.numbers import amount, counted, day_text, unit_word
from mixedmig_model.vocabulary.titles import NOTICE

ONE_PERSON = 1.0
MANY = "2"
"""A number whose unit stands in the plural."""


def printed_sheets(session: ExerciseSession, runs: ExerciseRuns, team: str) -> PrintedSheets:
    """Return the three sheets of a team, to print.

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
    PrintedSheets
        The sheets, with breaches and harms by round next to the references.

    Raises
    ------
    InputFaultsError
        Before the first round was played.
    """
    require_played(session)
    sheets = team_sheets(session, runs, team)
    shown = [one.run for one in judged(session, runs, team)]
    return PrintedSheets(
        title=session.inputs.exercise.title, licence=session.inputs.exercise.licence, session=session.name,
        facts=played_words(session), sheets=sheets, run_titles=tuple(one.title for one in sheets.happened.runs),
        rows=_rows(shown), pictures=team_pictures(session, runs, team))


def played_words(session: ExerciseSession) -> str:
    """Return how many rounds were played, and to which day."""
    until = round_start(session.inputs, session.played + 1)
    rounds = len(session.inputs.exercise.rounds)
    return said.PLAYED.format(played=session.played, rounds=rounds, until=day_text(until))


def _rows(shown: list[PlayedRun]) -> tuple[HarmRow, ...]:
    """Return breaches that somebody has, then all harms."""
    rows = []
    for kind, kept in (("breach", BREACHES), ("harm", HARMS)):
        for one in kept:
            values = [run.table[one.key] for run in shown]
            if kind == "harm" or max(values) >= ONE_PERSON:
                rows.append(HarmRow(key=one.key, title=one.title, unit=unit_word(MANY, one.unit), kind=kind,
                                    cells=tuple(amount(value, one.unit) for value in values)))
    return tuple(rows)


def team_pictures(session: ExerciseSession, runs: ExerciseRuns, team: str) -> tuple[SmallMultiple, ...]:
    """Return breaches and harms by round.

    They are of a team and of the references. Breaches that no run has are left out; harms are always there.
    """
    rounds = tuple(range(1, session.played + 1))
    tables = {team: [played(session, runs, team, number).table for number in rounds]}
    for number in rounds:
        for name, run in references(session, runs, number).items():
            tables.setdefault(words.RUNS[name], []).append(run.table)
    found = []
    for kind, kept in (("breach", BREACHES), ("harm", HARMS)):
        for one in kept:
            runs_of = {name: tuple(table[one.key] for table in by_round) for name, by_round in tables.items()}
            most = max(value for values in runs_of.values() for value in values)
            if (kind == "breach" and most >= ONE_PERSON) or (kind == "harm" and one.key in SHOWN_HARMS):
                texts = {name: tuple(amount(value, one.unit) for value in values) for name, values in runs_of.items()}
                found.append(SmallMultiple(key=one.key, title=one.title, unit=unit_word(MANY, one.unit), kind=kind,
                                           rounds=rounds, runs=runs_of, texts=texts,
                                           top=amount(most, one.unit)))
    return tuple(found)


def gap_lines(session: ExerciseSession) -> tuple[GapLine, ...]:
    """Return the gaps of the room."""
    return tuple(GapLine(number=one.number, text=str(one.text), owner=one.owner or said.NO_OWNER,
                         by=said.NO_DATE if one.by is None else day_text(one.by),
                         is_whole=one.owner is not None and one.by is not None) for one in session.gaps)


def _injects(session: ExerciseSession) -> tuple[InjectRow, ...]:
    """Return injects that were released, with the answers."""
    rows = []
    for inject in session.inputs.exercise.injects:
        teams = [team for team in session.teams
                 if inject.id in {one.inject for one in session.of_team(team, "inject")}]
        if not teams:
            continue
        answers = tuple(_answer(session, team, inject.id) for team in teams) if inject.asks is not None else ()
        rows.append(InjectRow(inject=inject.id, title=inject.title, expected=inject.expected or "", answers=answers))
    return tuple(rows)


def _answer(session: ExerciseSession, team: str, inject: str) -> str:
    """Return what a team answered, and after how many minutes."""
    answer = session.answer(team, inject)
    if answer is None:
        return said.INJECT_SILENT.format(team=team)
    event = next(one for one in session.of_team(team, "inject") if one.inject == inject)
    minutes = elapsed(session, answer.round, answer.minute) - elapsed(session, event.round, event.minute)
    return said.INJECT_ANSWER.format(team=team, minutes=counted(minutes, "minute"), text=answer.text)


def after_action(session: ExerciseSession, runs: ExerciseRuns) -> AfterAction:
    """Return what the after-action report says.

    Parameters
    ----------
    session : ExerciseSession
        The session; at least one round was played.
    runs : ExerciseRuns
        Solves and keeps runs.

    Returns
    -------
    AfterAction
        The report: sheets of all teams, injects, gaps with owner and date. Nothing is ranked.

    Raises
    ------
    InputFaultsError
        Before the first round was played.
    """
    require_played(session)
    exercise, gaps = session.inputs.exercise, gap_lines(session)
    teams = tuple(printed_sheets(session, runs, team) for team in session.teams)
    unowned = sum(not one.is_whole for one in gaps)
    came = {one.inject for team in session.teams for one in session.of_team(team, "inject")}
    return AfterAction(
        notice=NOTICE, title=exercise.title, licence=exercise.licence, session=session.name,
        facts=said.AFTER_FACTS.format(session=session.name, teams=", ".join(session.teams),
                                      played=played_words(session)),
        teams=teams, injects=_injects(session), gaps=gaps,
        gaps_note=said.NO_GAPS if not gaps else
        said.NOT_WHOLE.format(gaps=counted(unowned, "gap")) if unowned else "",
        not_modelled=session.inputs.case.case.not_modelled,
        left_out=tuple(f"{one.title}: {one.not_modelled}" for one in exercise.injects
                       if one.not_modelled and one.id in came),
        question=words.LAST_QUESTION)
