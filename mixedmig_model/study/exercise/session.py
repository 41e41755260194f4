"""A session of an exercise, and what follows from it.

A session is frozen; each move returns a new one. Its folder is ``reports/exercises/NAME/SESSION``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mixedmig_model.inputs.exercises.reading import ExerciseInputs
from mixedmig_model.inputs.exercises.schema import ExerciseRole, Inject
from mixedmig_model.inputs.parcels import one_digest
from mixedmig_model.study.exercise.ledger import Event, in_force
from mixedmig_model.study.exercise.orders import Order, Released, by_country

LEDGER = "ledger.jsonl"


@dataclass(frozen=True)
class ExerciseSession:
    """A session: the exercise, its name, and all events so far.

    Attributes
    ----------
    inputs : ExerciseInputs
        The exercise.
    name : str
        Name of the session.
    folder : Path
        Where its files stand.
    events : tuple[Event, ...]
        The ledger, undone events included.
    """

    inputs: ExerciseInputs
    name: str
    folder: Path
    events: tuple[Event, ...]

    @property
    def teams(self) -> tuple[str, ...]:
        """Names of the teams."""
        return self.events[0].teams

    @property
    def valid(self) -> tuple[Event, ...]:
        """Events that were not undone."""
        return in_force(self.events)

    @property
    def round(self) -> int:
        """The round that is being decided.

        One more than there are rounds once all are played.
        """
        return 1 + sum(one.kind == "advance" for one in self.valid)

    @property
    def played(self) -> int:
        """How many rounds were played."""
        return self.round - 1

    @property
    def finished(self) -> bool:
        """Whether all rounds were played."""
        return self.played >= len(self.inputs.exercise.rounds)

    @property
    def minute(self) -> int:
        """The latest minute of the round of which the ledger knows."""
        return max([one.minute for one in self.valid if one.round == self.round], default=0)

    def of_team(self, team: str, *kinds: str) -> tuple[Event, ...]:
        """Return valid events of a team, of some kinds."""
        return tuple(one for one in self.valid if one.team == team and one.kind in kinds)

    def role(self, name: str) -> ExerciseRole:
        """Return a role of the exercise. Raises StopIteration."""
        return next(one for one in self.inputs.exercise.roles if one.name == name)

    def added(self, **fields: Any) -> "ExerciseSession":
        """Return the session with one more event, in this round."""
        number = len(self.events) + 1
        event = Event(number=number, round=min(fields.pop("round", self.round), 61), **fields)
        return replace(self, events=(*self.events, event))

    def signed(self, order: Event) -> Event | None:
        """Return the signature under an order, if there is one."""
        return next((one for one in self.valid if one.kind == "sign" and one.of == order.number), None)

    def held(self, team: str) -> tuple[Event, ...]:
        """Return orders of a team that wait for a signature.

        Those of rounds that were played have lapsed.
        """
        return tuple(one for one in self.of_team(team, "order")
                     if one.breaches and self.signed(one) is None and one.round == self.round)

    def released(self, team: str) -> tuple[Released, ...]:
        """Return injects that were released to a team."""
        known = self.inputs.injects
        return tuple(Released(known[str(one.inject)], one.round) for one in self.of_team(team, "inject"))

    @property
    def gaps(self) -> tuple[Event, ...]:
        """Gaps of the room, as they were written down."""
        return tuple(one for one in self.valid if one.kind == "gap")

    def answer(self, team: str, inject: str) -> Event | None:
        """Return the first answer of a team to an inject."""
        return next((one for one in self.of_team(team, "answer") if one.inject == inject), None)


def digest_of_inputs(inputs: ExerciseInputs) -> str:
    """Return one digest of all files that an exercise reads."""
    return one_digest({**inputs.case.files, **{f"exercise/{name}": one for name, one in inputs.files.items()}})


def new_session(inputs: ExerciseInputs, name: str, folder: Path, teams: Iterable[str]) -> ExerciseSession:
    """Return a session before its first move."""
    start = Event(number=1, kind="started", round=1, teams=tuple(teams), exercise=inputs.name,
                  digest=digest_of_inputs(inputs))
    return ExerciseSession(inputs, name, folder, (start,))


def orders_in_force(
    session: ExerciseSession, team: str, without: Iterable[int] = (), breaching: bool = True
) -> tuple[Order, ...]:
    """Return the orders of a team that act.

    Orders without the signature that they need do not. Where several roles share a lever by agreement, an order acts
    from the round in which all of them have given it.

    Parameters
    ----------
    session : ExerciseSession
        The session.
    team : str
        The team.
    without : Iterable[int], default ()
        Numbers of events to leave out.
    breaching : bool, default True
        Whether orders that add a breach are among them.

    Returns
    -------
    tuple[Order, ...]
        Orders in the order in which they were given.
    """
    left_out = set(without)
    given = [one for one in session.of_team(team, "order") if one.number not in left_out
             and (not one.breaches or (breaching and session.signed(one) is not None))]
    return tuple(order for one in given for order in _acting(session, given, one))


def as_order(session: ExerciseSession, event: Event, countries: tuple[str, ...] | None = None) -> Order:
    """Return an event as an order."""
    role, key = session.role(str(event.role)), str(event.key)
    where = countries or event.countries or role.countries or tuple(session.inputs.case.case.countries)
    return Order(key, float(event.value or 0.0), event.round, where if by_country(session.inputs, key) else None,
                 role=str(event.role), number=event.number)


def _acting(session: ExerciseSession, given: Sequence[Event], event: Event) -> list[Order]:
    """Return an order where it acts, or nothing.

    A lever that several roles share by agreement waits for the last of them.
    """
    order = as_order(session, event)
    if "agree" not in {one.rule for one in session.inputs.exercise.shared if one.key == order.key}:
        return [order]
    acting = []
    for country in order.countries or (None,):
        holders = [role.name for role in session.inputs.exercise.roles
                   if order.key in {lever.key for lever in role.levers}
                   and (country is None or role.countries is None or country in role.countries)]
        latest = {one.role: one.value for one in given
                  if one.number <= event.number and one.key == order.key
                  and (country is None or country in (as_order(session, one).countries or ()))}
        if all(latest.get(name) == event.value for name in holders):
            acting.append(replace(order, countries=None if country is None else (country,)))
    return acting


def elapsed(session: ExerciseSession, number: int, minute: int) -> int:
    """Return minutes of deciding since the start."""
    return sum(one.minutes for one in session.inputs.exercise.rounds[: number - 1]) + minute


def is_late(session: ExerciseSession, team: str, inject: Inject, now: int) -> bool:
    """Return whether an answer was due by now and did not come.

    ``now`` is in minutes of deciding since the start.
    """
    event = next((one for one in session.of_team(team, "inject") if one.inject == inject.id), None)
    if event is None or inject.due_minutes is None:
        return False
    due = elapsed(session, event.round, event.minute) + inject.due_minutes
    answer = session.answer(team, inject.id)
    return due <= now and (answer is None or elapsed(session, answer.round, answer.minute) > due)
