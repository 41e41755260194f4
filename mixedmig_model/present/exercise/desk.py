"""The desk of a session: one clock, one ledger, all pages.

Several threads may ask it; one at a time is answered. Each move is written before it is answered.
"""

import math
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, listed, nearest
from mixedmig_model.inputs.workspace import check_name
from mixedmig_model.record.exercise.page_schema import ClockPart, FacilitatorPage, ProjectorPage, TeamPage
from mixedmig_model.record.exercise.pages import clock_part, facilitator_page, projector_page, team_page
from mixedmig_model.record.schema.base import strict_data
from mixedmig_model.record.schema.plain import PlainData, PlainView
from mixedmig_model.study.exercise import moves
from mixedmig_model.study.exercise.files import advance_session, keep
from mixedmig_model.study.exercise.ledger import read_ledger
from mixedmig_model.study.exercise.rounds import released_by_hand, ticked
from mixedmig_model.study.exercise.runs import ExerciseRuns
from mixedmig_model.study.exercise.session import LEDGER, ExerciseSession

MINUTE = 60.0
MOST_TEXT = 2000


class Audience(NamedTuple):
    """Who looks: the facilitator, the projector, or a team."""

    kind: str
    team: str = ""

    @property
    def path(self) -> str:
        """The path of its page."""
        return f"/team/{self.team}" if self.kind == "team" else f"/{self.kind}"


class Message:
    """A message of a page, read field by field.

    Parameters
    ----------
    data : Mapping
        The message.
    """

    def __init__(self, data: PlainView) -> None:
        self.data = data

    def _refuse(self, name: str, allowed: str) -> InputFaultsError:
        return InputFaultsError([Fault("message", 0, name, "not what this field takes", allowed=allowed)])

    def text(self, name: str) -> str:
        """Return a text; '' if there is none."""
        value = self.data.get(name) or ""
        if not isinstance(value, str) or len(value) > MOST_TEXT:
            raise self._refuse(name, f"text of at most {MOST_TEXT} characters")
        return value

    def number(self, name: str) -> float:
        """Return a number."""
        value = self.data.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise self._refuse(name, "a number")
        return float(value)

    def whole(self, name: str) -> int:
        """Return a whole number."""
        value = self.data.get(name)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self._refuse(name, "a whole number")
        return value

    def names(self, name: str) -> tuple[str, ...] | None:
        """Return a list of names; None if it is empty."""
        value = self.data.get(name) or []
        if not isinstance(value, list) or not all(isinstance(one, str) and len(one) <= MOST_TEXT for one in value):
            raise self._refuse(name, "a list of names")
        return tuple(value) or None


@dataclass
class Desk:
    """A session that several pages work with."""

    session: ExerciseSession
    runs: ExerciseRuns
    now: Callable[[], float] = time.monotonic
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _pages: dict[Audience, tuple[int, PlainData]] = field(default_factory=dict)
    _base: float = 0.0
    _since: float | None = None
    _stamp: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        self._base = float(self.session.minute)

    @property
    def minute(self) -> int:
        """The minute of the round, at most its last."""
        passed = 0.0 if self._since is None else (self.now() - self._since) / MINUTE
        rounds = self.session.inputs.exercise.rounds
        most = rounds[min(self.session.round, len(rounds)) - 1].minutes
        return int(min(self._base + passed, most))

    def page(self, audience: Audience) -> PlainData:
        """Return the page of an audience, as plain data.

        Injects that are due are released first.
        """
        with self._lock:
            self._look()
            if self._since is not None:
                self._take(ticked(self.session, self.minute))
            clock = clock_part(self.session, self.minute, self._since is not None)
            version, made = self._pages.get(audience, (0, {}))
            if version != len(self.session.events):
                made = strict_data(self._made(audience, clock))
                self._pages[audience] = (len(self.session.events), made)
            return {**made, "clock": strict_data(clock)}

    def _made(self, audience: Audience, clock: ClockPart) -> TeamPage | ProjectorPage | FacilitatorPage:
        """Return the page of an audience, made anew."""
        if audience.kind == "team":
            return team_page(self.session, self.runs, audience.team, clock)
        if audience.kind == "projector":
            return projector_page(self.session, self.runs, clock)
        return facilitator_page(self.session, self.runs, clock)

    def move(self, audience: Audience, message: Any) -> PlainData:
        """Make a move of an audience, and return what was added.

        Raises InputFaultsError for a move that it may not make, or one with faults.
        """
        with self._lock:
            allowed = {"team": TEAM_MOVES, "facilitator": FACILITATOR_MOVES}.get(audience.kind, {})
            kind = message.get("kind") if isinstance(message, dict) else None
            if not isinstance(kind, str) or kind not in allowed:
                found = kind if isinstance(kind, str) else "no name of a move"
                raise InputFaultsError([Fault("message", 0, "kind", "not a move of this page", found=repr(found)[:80],
                                              allowed=listed(allowed) or "none", nearest=nearest(found, allowed))])
            self._look()
            before = len(self.session.events)
            after = allowed[kind](self, Message(message), audience.team)
            self._take(after)
            added = self.session.events[before:]
            return {"ok": True, "events": [one.model_dump(mode="json", exclude_none=True) for one in added]}

    def _look(self) -> None:
        """Take over what a command wrote into the ledger meanwhile.

        Raises InputFaultsError where the ledger has faults.
        """
        file = self.session.folder / LEDGER
        found = file.stat()
        stamp = (found.st_mtime_ns, found.st_size)
        if stamp == self._stamp:
            return
        self._stamp, events = stamp, read_ledger(file, LEDGER)
        if events != self.session.events:
            number, self.session = self.session.round, replace(self.session, events=events)
            self._pages.clear()
            if self.session.round != number:
                self.reset_clock()

    def _take(self, session: ExerciseSession) -> None:
        """Keep a session, if it has changed."""
        if session.events != self.session.events:
            keep(session)
            self.session = session

    def run_clock(self, running: bool) -> None:
        """Start or stop the clock."""
        self._base = float(self.minute) if self._since is None else self._base + (self.now() - self._since) / MINUTE
        self._since = self.now() if running else None

    def reset_clock(self) -> None:
        """Set the clock to where the ledger stands, stopped."""
        self._base, self._since = float(self.session.minute), None


Play = Callable[[Desk, Message, str], ExerciseSession]


def _expected(desk: Desk, asked: Message) -> Any:
    """Return what is expected, or None."""
    quantity = asked.text("quantity")
    if not quantity:
        return None
    return moves.expected_of("message", {
        "quantity": quantity, "low": asked.number("low"), "high": asked.number("high"),
        "round": asked.whole("round") if asked.data.get("round") is not None else desk.session.round})


def _order(desk: Desk, asked: Message, team: str) -> ExerciseSession:
    return moves.ordered(
        desk.session, desk.runs, team=team, role=asked.text("role"), key=asked.text("key"),
        value=asked.number("value"), why=asked.text("why"), countries=asked.names("countries"), minute=desk.minute,
        expected=_expected(desk, asked))


def _sign(desk: Desk, asked: Message, team: str) -> ExerciseSession:
    return moves.signed(desk.session, order=asked.whole("order"), team=team, role=asked.text("role"),
                        reason=asked.text("reason"), minute=desk.minute)


def _answer(desk: Desk, asked: Message, team: str) -> ExerciseSession:
    return moves.answered(desk.session, team=team, role=asked.text("role"), text=asked.text("text"),
                          inject=asked.text("inject") or None, minute=desk.minute)


def _forecast(desk: Desk, asked: Message, team: str) -> ExerciseSession:
    expected = _expected(desk, asked)
    if expected is None:
        expected = moves.expected_of("message", {})
    return moves.forecast(desk.session, team=team, role=asked.text("role"), expected=expected, why=asked.text("why"),
                          minute=desk.minute)


def _sentence(desk: Desk, asked: Message, team: str) -> ExerciseSession:
    return moves.sentenced(desk.session, team=team, text=asked.text("text"))


def _clock(desk: Desk, asked: Message, team: str) -> ExerciseSession:
    desk.run_clock(asked.data.get("running") is True and not desk.session.finished)
    return ticked(desk.session, desk.minute) if desk._since is not None else desk.session


def _release(desk: Desk, asked: Message, team: str) -> ExerciseSession:
    inject, one = asked.text("inject"), asked.text("team") or None
    check_name(inject, "inject", tuple(desk.session.inputs.injects))
    if one is not None:
        check_name(one, "team", desk.session.teams)
    return released_by_hand(desk.session, inject, one, desk.minute)


def _advance(desk: Desk, asked: Message, team: str) -> ExerciseSession:
    after = advance_session(desk.session, desk.runs)
    desk.session = after
    desk.reset_clock()
    return after


def _undo(desk: Desk, asked: Message, team: str) -> ExerciseSession:
    after = moves.undone(desk.session, back_to=asked.whole("round") if asked.data.get("round") is not None else None)
    desk._take(after)
    desk.reset_clock()
    return desk.session


def _observe(desk: Desk, asked: Message, team: str) -> ExerciseSession:
    return moves.observed(desk.session, team=asked.text("team"), objective=asked.text("objective"),
                          mark=asked.text("mark"), note=asked.text("note"))


def _gap(desk: Desk, asked: Message, team: str) -> ExerciseSession:
    return moves.gap_found(desk.session, text=asked.text("text"), owner=asked.text("owner") or None,
                           by=asked.text("by") or None)


TEAM_MOVES: Mapping[str, Play] = {
    "order": _order, "sign": _sign, "answer": _answer, "forecast": _forecast, "sentence": _sentence,
}
FACILITATOR_MOVES: Mapping[str, Play] = {
    "clock": _clock, "release": _release, "advance": _advance, "undo": _undo, "observe": _observe, "gap": _gap,
}
"""Moves of each page; only the facilitator undoes."""
