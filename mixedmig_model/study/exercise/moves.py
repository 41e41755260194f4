"""The moves of a session.

Each is checked, and returns the session with one more event.
A move with faults changes nothing; all its faults come together.
"""

from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from mixedmig_model.inputs.exercises.schema import ExerciseRole
from mixedmig_model.inputs.observations.quantities import QuantityError, followed_quantity
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, listed, nearest, shown
from mixedmig_model.inputs.reading.validation import words_of
from mixedmig_model.results.indicators.judgement import judge
from mixedmig_model.study.exercise.ledger import Event, Expected
from mixedmig_model.study.exercise.runs import ExerciseRuns
from mixedmig_model.study.exercise.session import ExerciseSession, as_order, orders_in_force
from mixedmig_model.study.responses import made_breaches

OVER = "all rounds of the session were played"
NO_REASON = "an order without a reason"


class Move:
    """Collects faults of a move.

    Parameters
    ----------
    session : ExerciseSession
        The session.
    label : str
        What the move is called in messages.
    """

    def __init__(self, session: ExerciseSession, label: str) -> None:
        self.session, self.label = session, label
        self.faults: list[Fault] = []

    def fault(self, path: str, problem: str, found: object = "", allowed: str = "", near: str = "") -> None:
        """Note a fault."""
        text = shown(found) if found != "" else ""
        self.faults.append(Fault(self.label, 0, path, problem, found=text, allowed=allowed, nearest=near))

    def known(self, path: str, kind: str, name: str | None, names: tuple[str, ...]) -> bool:
        """Return whether a name is known; note a fault if not."""
        if name in names:
            return True
        self.fault(path, f"unknown {kind}", name or "nothing", listed(names) or "none here", nearest(name, names))
        return False

    def open(self) -> None:
        """Note a fault where no round is left."""
        if self.session.finished:
            self.fault("round", OVER, self.session.played, "undo, replay or sheets")

    def team(self, team: str | None) -> None:
        """Note an unknown team."""
        self.known("team", "team", team, self.session.teams)

    def role(self, name: str | None) -> ExerciseRole | None:
        """Return a role, or None with a fault."""
        names = tuple(one.name for one in self.session.inputs.exercise.roles)
        return self.session.role(str(name)) if self.known("role", "role", name, names) else None

    def text(self, path: str, text: str | None, problem: str) -> None:
        """Note a text that is missing."""
        if text is None or not text.strip():
            self.fault(path, problem, allowed="words")

    def expected(self, given: Expected | None) -> None:
        """Note faults of what is expected."""
        if given is None:
            return
        try:
            followed_quantity(given.quantity)
        except QuantityError as error:
            self.fault("expected.quantity", str(error), given.quantity, error.allowed, error.near)
        rounds = len(self.session.inputs.exercise.rounds)
        if not self.session.round <= given.round <= rounds:
            self.fault("expected.round", "not a round still to be played", given.round,
                       f"{self.session.round} to {rounds}")
        if given.country is not None:
            self.known("expected.country", "country", given.country, tuple(self.session.inputs.case.case.countries))

    def done(self, **fields: Any) -> ExerciseSession:
        """Return the session with the event.

        Raises InputFaultsError where there are faults.
        """
        if self.faults:
            raise InputFaultsError(self.faults)
        try:
            return self.session.added(**fields)
        except ValidationError as error:
            for one in error.errors(include_url=False):
                problem, allowed, near = words_of(one, one.get("input"))
                self.fault(".".join(str(part) for part in one["loc"]), problem, one.get("input"), allowed, near)
            raise InputFaultsError(self.faults) from None


def expected_of(label: str, given: dict[str, Any]) -> Expected:
    """Return what is expected from plain data.

    Raises InputFaultsError.
    """
    try:
        return Expected.model_validate(given)
    except ValidationError as error:
        faults = []
        for one in error.errors(include_url=False):
            problem, allowed, near = words_of(one, one.get("input"))
            if one["type"] == "missing":
                problem = "a required key is missing"
            found = shown(one.get("input")) if one["type"] not in ("missing", "in_words") else ""
            path = ".".join(("expected", *(str(part) for part in one["loc"])))
            faults.append(Fault(label, 0, path, problem, found=found, allowed=allowed, nearest=near))
        raise InputFaultsError(faults) from None


def ordered(
    session: ExerciseSession, runs: ExerciseRuns, *, team: str, role: str, key: str, value: float, why: str,
    countries: tuple[str, ...] | None = None, expected: Expected | None = None, minute: int = 0,
) -> ExerciseSession:
    """Return the session with an order.

    An order that adds a breach, or makes one grow, is held until somebody of the team signs it with a reason.

    Parameters
    ----------
    session : ExerciseSession
        The session.
    runs : ExerciseRuns
        Solves and keeps runs.
    team, role, key : str
        Who orders which lever or input.
    value : float
        Intensity, or value in the unit of the base file.
    why : str
        The reason.
    countries : tuple of str, optional
        Countries of the role in which it holds; all of them if not given.
    expected : Expected, optional
        What the role expects of it.
    minute : int, default 0
        Minute of the round.

    Returns
    -------
    ExerciseSession
        The session; the last event is the order, with the breaches for which it is held.

    Raises
    ------
    InputFaultsError
        For an order that the role may not give, or that the equations do not allow.
    """
    move = Move(session, "order")
    move.open()
    move.team(team)
    move.text("why", why, NO_REASON)
    move.expected(expected)
    known = move.role(role)
    if known is not None:
        _allowed(move, known, key, value, countries)
    made = move.done(kind="order", team=team, role=role, key=key, value=float(value), countries=countries, text=why,
                     expected=expected, minute=minute)
    given = made.events[-1]
    judged = given.model_copy(update={"breaches": breaches_of(made, runs, given)})
    return replace(made, events=(*made.events[:-1], judged))


def _allowed(
    move: Move, role: ExerciseRole, key: str, value: float, countries: tuple[str, ...] | None
) -> None:
    """Note what a role may not order."""
    levers = {one.key: one for one in role.levers}
    if not move.known("key", f"lever or input of the role {role.name}", key, tuple(levers)):
        return
    lever = levers[key]
    if not lever.least <= value <= lever.most:
        move.fault("value", "outside the limits of the role", value, f"{lever.least:g} to {lever.most:g}")
    own = role.countries or tuple(move.session.inputs.case.case.countries)
    for name in countries or ():
        if name not in own:
            move.fault("countries", f"not a country of the role {role.name}", name, listed(own), nearest(name, own))


def breaches_of(session: ExerciseSession, runs: ExerciseRuns, event: Event) -> tuple[str, ...]:
    """Return breaches that an order adds, or makes grow.

    The team's run to the end of the exercise is judged next to the same run without the order, by the rule of reports.
    """
    last = len(session.inputs.exercise.rounds)
    team, released = str(event.team), session.released(str(event.team))
    before = orders_in_force(session, team, without=(event.number,))
    one = runs.played((*before, as_order(session, event)), released, last)
    other = runs.played(before, released, last)
    found = judge({"default": one.judged}, {"default": other.judged}, made_breaches(one.run, other.run))
    return tuple(reading.key for reading in found.breached("adds", "grows"))


def signed(
    session: ExerciseSession, *, order: int, team: str, role: str, reason: str, minute: int = 0
) -> ExerciseSession:
    """Return the session with a held order signed.

    Raises InputFaultsError where there is no such order, or no reason.
    """
    move = Move(session, "sign")
    move.open()
    move.team(team)
    move.role(role)
    move.text("reason", reason, "a signature without a reason")
    waiting = tuple(one.number for one in session.held(team)) if team in session.teams else ()
    if order not in waiting:
        move.fault("order", "no held order of the team has this number", order,
                   ", ".join(str(one) for one in waiting) or "none is held")
    return move.done(kind="sign", of=order, team=team, role=role, text=reason, minute=minute)


def answered(
    session: ExerciseSession, *, team: str, role: str, text: str, inject: str | None = None, minute: int = 0
) -> ExerciseSession:
    """Return the session with a message of a role.

    With an inject it is the answer to that. Raises InputFaultsError.
    """
    move = Move(session, "answer")
    move.open()
    move.team(team)
    move.role(role)
    move.text("text", text, "a message without words")
    if inject is not None and team in session.teams:
        came = tuple(str(one.inject) for one in session.of_team(team, "inject"))
        move.known("inject", "inject of the team", inject, came)
    return move.done(kind="answer", team=team, role=role, text=text, inject=inject, minute=minute)


def forecast(
    session: ExerciseSession, *, team: str, role: str, expected: Expected, why: str = "", minute: int = 0
) -> ExerciseSession:
    """Return the session with a forecast of a role.

    Raises InputFaultsError.
    """
    move = Move(session, "forecast")
    move.open()
    move.team(team)
    move.role(role)
    move.expected(expected)
    return move.done(kind="forecast", team=team, role=role, expected=expected, text=why or None, minute=minute)


def observed(session: ExerciseSession, *, team: str, objective: str, mark: str, note: str) -> ExerciseSession:
    """Return the session with a mark of an observer.

    Raises InputFaultsError.
    """
    move = Move(session, "observe")
    move.team(team)
    move.known("objective", "objective", objective, tuple(one.id for one in session.inputs.exercise.objectives))
    move.known("mark", "mark", mark, ("P", "S", "M", "U"))
    move.text("note", note, "a mark without a note")
    return move.done(kind="observe", team=team, objective=objective, mark=mark, text=note)


def sentenced(session: ExerciseSession, *, team: str, text: str) -> ExerciseSession:
    """Return the session with the trade-off that a team states.

    Raises InputFaultsError.
    """
    move = Move(session, "sentence")
    move.team(team)
    move.text("text", text, "a sentence without words")
    return move.done(kind="sentence", team=team, text=text)


def gap_found(
    session: ExerciseSession, *, text: str, owner: str | None = None, by: str | None = None
) -> ExerciseSession:
    """Return the session with a gap of the room.

    It belongs to no team. The owner is an office. Raises InputFaultsError.
    """
    move = Move(session, "gap")
    move.text("text", text, "a gap without words")
    return move.done(kind="gap", text=text, owner=owner, by=by)


def undone(session: ExerciseSession, *, back_to: int | None = None) -> ExerciseSession:
    """Return the session without its last move.

    With a round: without everything since the deciding of that round began. Only the facilitator may do so.
    Raises InputFaultsError where nothing can be undone.
    """
    move = Move(session, "undo")
    valid = session.valid[1:]
    gone = valid[-1:]
    if back_to is not None:
        if not 1 <= back_to <= session.round:
            move.fault("round", "not a round that was begun", back_to, f"1 to {session.round}")
        ends = [one.number for one in valid if one.kind == "advance"]
        after = ends[back_to - 2] if back_to >= 2 and len(ends) >= back_to - 1 else 1
        gone = tuple(one for one in valid if one.number > after)
    if not gone:
        move.fault("", "nothing to undo")
    if move.faults:
        raise InputFaultsError(move.faults)
    for one in reversed(gone):
        session = session.added(kind="undo", of=one.number)
    return session
