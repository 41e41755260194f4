"""Pages of an exercise as records.

They are for the facilitator, teams and the projector.
"""

from collections.abc import Iterable

from mixedmig_model.record.exercise.after import gap_lines
from mixedmig_model.record.exercise.lines import sheet_lines
from mixedmig_model.record.exercise.page_schema import (
    CardPart,
    ClockPart,
    FacilitatorPage,
    GivenLine,
    PictureSeries,
    ProjectorPage,
    TeamPage,
    TeamStrip,
)
from mixedmig_model.record.exercise.screens import SHOWN_HARMS, breach_strip, card_of, role_view
from mixedmig_model.record.exercise.sheets import about_of, lever_title, role_title, team_sheets
from mixedmig_model.record.verdicts import TITLES, judgement_part
from mixedmig_model.record.words.exercise import templates as words
from mixedmig_model.record.words.pages.observed import quantity_title
from mixedmig_model.results.indicators.table import BREACHES, HARMS
from mixedmig_model.study.exercise.ledger import Event
from mixedmig_model.study.exercise.outcomes import judged, no_action
from mixedmig_model.study.exercise.rounds import played
from mixedmig_model.study.exercise.runs import ExerciseRuns
from mixedmig_model.study.exercise.session import ExerciseSession
from mixedmig_model.vocabulary.labels import OBSERVED_FLOWS, OBSERVED_LEVELS
from mixedmig_model.vocabulary.numbers import day_text, number, unit_word
from mixedmig_model.vocabulary.titles import NOTICE

LATEST = 1000
"""A round after all others, for injects without a time."""


def clock_part(session: ExerciseSession, minute: int, running: bool) -> ClockPart:
    """Return the round and its clock."""
    rounds = session.inputs.exercise.rounds
    now = min(session.round, len(rounds))
    return ClockPart(round=now, rounds=len(rounds), minute=minute, minutes=rounds[now - 1].minutes, running=running,
                     finished=session.finished, days=rounds[now - 1].days)


def team_page(session: ExerciseSession, runs: ExerciseRuns, team: str, clock: ClockPart) -> TeamPage:
    """Return the page of a team.

    Parameters
    ----------
    session : ExerciseSession
        The session.
    runs : ExerciseRuns
        Solves and keeps runs.
    team : str
        The team.
    clock : ClockPart
        The round and its clock.

    Returns
    -------
    TeamPage
        Its own levers, returns, orders and messages. Its sheets follow when all rounds were played.
    """
    roles = session.inputs.exercise.roles
    seen = dict.fromkeys(text for role in roles for text in role.sees)
    return TeamPage(
        audience=f"team {team}", version=len(session.events), title=session.inputs.exercise.title, notice=NOTICE,
        clock=clock, strip=team_strip(session, runs, team),
        countries={key: one.title for key, one in session.inputs.case.case.countries.items()},
        quantities={name: quantity_title(name) for name in (*seen, *OBSERVED_LEVELS, *OBSERVED_FLOWS)},
        roles=tuple(role_view(session, runs, team, role.name) for role in roles), given=given_lines(session, team),
        sheets=_sheets(session, runs, (team,)),
    )


def _sheets(session: ExerciseSession, runs: ExerciseRuns, teams: Iterable[str]) -> tuple[str, ...]:
    """Return lines of the sheets, once all rounds were played."""
    if not session.finished:
        return ()
    return tuple(line for team in teams for line in sheet_lines(team_sheets(session, runs, team)))


def team_strip(session: ExerciseSession, runs: ExerciseRuns, team: str) -> TeamStrip:
    """Return breaches and harms of a team, and what may be said."""
    if session.played == 0:
        sentence = words.NOT_PLAYED
    else:
        own = next(one for one in judged(session, runs, team) if one.name == team)
        assert own.judgement is not None
        sentence = judgement_part(own.judgement, about_of(session)).sentence
    return TeamStrip(team=team, since=day_text(session.inputs.case.case.start),
                     counts=breach_strip(session, runs, team), sentence=sentence)


def given_lines(session: ExerciseSession, team: str) -> tuple[GivenLine, ...]:
    """Return what a team gave: orders, forecasts, messages."""
    held = {one.number for one in session.held(team)}
    events = session.of_team(team, "order", "sign", "answer", "forecast", "sentence", "observe")
    return tuple(
        GivenLine(number=one.number, kind=one.kind, round=one.round, minute=one.minute, role=one.role or "",
                  role_title=role_title(session, one.role) if one.role else "", text=_words(session, one),
                  held=tuple(TITLES[key] for key in one.breaches) if one.number in held else ())
        for one in events)


def _words(session: ExerciseSession, one: Event) -> str:
    """Return an event in words."""
    expected = "" if one.expected is None else words.EXPECTED.format(
        quantity=quantity_title(one.expected.quantity), low=number(one.expected.low), high=number(one.expected.high),
        round=one.expected.round)
    if one.kind == "order":
        titles = session.inputs.case.case.countries
        where = f" ({', '.join(titles[name].title for name in one.countries)})" if one.countries else ""
        return words.ORDER.format(
            key=lever_title(session, str(one.key)), value=number(float(one.value or 0.0)), where=where, why=one.text,
            expected=expected).strip()
    if one.kind == "sign":
        return words.SIGN.format(order=one.of, reason=one.text)
    if one.kind == "observe":
        objective = next(each.text for each in session.inputs.exercise.objectives if each.id == one.objective)
        return words.MARK.format(objective=objective, mark=words.MARKS[str(one.mark)], note=one.text)
    return " ".join(part for part in (expected, one.text) if part)


def facilitator_page(session: ExerciseSession, runs: ExerciseRuns, clock: ClockPart) -> FacilitatorPage:
    """Return the page of the facilitator: all teams and injects."""
    return FacilitatorPage(
        audience="facilitator", version=len(session.events), title=session.inputs.exercise.title, notice=NOTICE,
        clock=clock, strips=tuple(team_strip(session, runs, team) for team in session.teams),
        cards=tuple(_card(session, name) for name in in_order(session)),
        objectives={one.id: one.text for one in session.inputs.exercise.objectives},
        given={team: given_lines(session, team) for team in session.teams}, gaps=gap_lines(session),
        sheets=_sheets(session, runs, session.teams),
    )


def in_order(session: ExerciseSession) -> list[str]:
    """Return names of injects: by the clock, then all others."""
    def place(name: str) -> tuple[int, int]:
        at = session.inputs.injects[name].at
        return (at.round, at.minute) if at is not None else (LATEST, 0)
    return sorted(session.inputs.injects, key=place)


def _card(session: ExerciseSession, name: str) -> CardPart:
    """Return an inject with who has it and who answered."""
    inject = session.inputs.injects[name]
    when = words.BY_HAND
    if inject.at is not None:
        when = words.AT.format(round=inject.at.round, minute=inject.at.minute)
    elif inject.when is not None:
        when = words.WHEN.format(quantity=inject.when.quantity, op=inject.when.op, value=number(inject.when.value))
    released = {team: event for team in session.teams for event in session.of_team(team, "inject")
                if event.inject == name}
    return CardPart(
        card=card_of(inject, None, None), to=inject.to, expected=inject.expected or "", when=when,
        released=tuple(released), answered=tuple(team for team in released if session.answer(team, name) is not None))


def projector_page(session: ExerciseSession, runs: ExerciseRuns, clock: ClockPart) -> ProjectorPage:
    """Return the picture of the round.

    Teams stand by name, never by result.
    """
    return ProjectorPage(
        audience="projector", version=len(session.events), title=session.inputs.exercise.title, notice=NOTICE,
        clock=clock, strips=tuple(team_strip(session, runs, team) for team in session.teams),
        pictures=pictures(session, runs),
    )


def pictures(session: ExerciseSession, runs: ExerciseRuns) -> tuple[PictureSeries, ...]:
    """Return breaches and harms by round and run.

    Runs are those of the teams, and the one without action.
    Breaches that nobody has are left out; harms are always there.
    """
    rounds = tuple(range(1, session.played + 1))
    tables = {team: [played(session, runs, team, k).table for k in rounds] for team in session.teams}
    tables[words.NO_ACTION] = [no_action(session, runs, k).table for k in rounds]
    found = []
    for kind, rows in (("breach", BREACHES), ("harm", HARMS)):
        for one in rows:
            runs_of = {name: tuple(table[one.key] for table in by_round) for name, by_round in tables.items()}
            most = max((value for values in runs_of.values() for value in values), default=0.0)
            if (kind == "breach" and most >= 1.0) or (kind == "harm" and one.key in SHOWN_HARMS):
                found.append(PictureSeries(
                    key=one.key, title=one.title, unit=one.unit, unit_words=unit_word("2", one.unit), kind=kind,
                    rounds=rounds, runs=runs_of))
    return tuple(found)
