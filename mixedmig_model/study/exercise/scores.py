"""Craft: forecasts, decisions and answers.

Forecasts have an interval score. Decisions stand next to the latest useful round.
All of it is counted on the team's run without orders that breach: a breach can make no forecast come true and no
decision useful. Injects with a condition are those that would have come without these orders. A breach can keep no
inject away, and none that comes from a breach counts.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

from mixedmig_model.inputs.observations.quantities import quantity_of
from mixedmig_model.results.costs.lines import CostRun, cost_run
from mixedmig_model.results.costs.pricing import price_scenario
from mixedmig_model.results.indicators.judgement import judge
from mixedmig_model.study.exercise.ledger import Event, Expected
from mixedmig_model.study.exercise.orders import TEAM, Order, Released
from mixedmig_model.study.exercise.returns import amount
from mixedmig_model.study.exercise.rounds import condition_holds
from mixedmig_model.study.exercise.runs import ExerciseRuns, PlayedRun
from mixedmig_model.study.exercise.session import ExerciseSession, as_order, elapsed, orders_in_force
from mixedmig_model.study.responses import made_breaches

MOST_DECISIONS = 12
"""Most decisions whose latest useful round is sought.

Each takes some runs.
"""


@dataclass(frozen=True)
class ScoredForecast:
    """A forecast next to what came, with its score.

    The interval score is in the unit of the quantity.
    Lower is better: the width of the range, and what it missed by, weighed by how sure it was.
    """

    event: Event
    expected: Expected
    came: float
    score: float

    @property
    def inside(self) -> bool:
        """Whether the range held what came."""
        return self.expected.low <= self.came <= self.expected.high


@dataclass(frozen=True)
class TimedDecision:
    """An order, and the last round in which it would have helped.

    ``latest`` is None where it would have helped in none.
    """

    event: Event
    latest: int | None

    @property
    def in_time(self) -> bool:
        """Whether it was given while it still helped."""
        return self.latest is not None and self.event.round <= self.latest


@dataclass(frozen=True)
class HandledInject:
    """An inject that asks for an answer, and the minutes it took.

    ``minutes`` is None where no answer came.
    """

    inject: str
    round: int
    due: int | None
    minutes: int | None

    @property
    def in_time(self) -> bool:
        """Whether an answer came in time."""
        return self.minutes is not None and (self.due is None or self.minutes <= self.due)


def interval_score(expected: Expected, came: float) -> float:
    """Return the interval score of a range.

    Its width, and 2 / (1 - level) times the distance by which it missed. Source: Gneiting and Raftery, 2007.
    """
    alpha = 1.0 - expected.level
    missed = max(expected.low - came, 0.0) + max(came - expected.high, 0.0)
    return expected.high - expected.low + 2.0 / alpha * missed


class Came(NamedTuple):
    """An inject that came to a team: its name, round and minute."""

    inject: str
    round: int
    minute: int


def lawful_injects(session: ExerciseSession, runs: ExerciseRuns, team: str) -> tuple[Came, ...]:
    """Return injects as they come without orders that breach.

    Those by the clock, by hand and after an answer that lacks are as they came. Those with a condition are tested on
    the run without orders that breach.

    Parameters
    ----------
    session : ExerciseSession
        The session.
    runs : ExerciseRuns
        Solves and keeps runs.
    team : str
        The team.

    Returns
    -------
    tuple of Came
        The injects, in order.
    """
    came = sorted((Came(str(one.inject), one.round, one.minute) for one in session.of_team(team, "inject")), key=_when)
    if not any(one.breaches and session.signed(one) for one in session.of_team(team, "order")):
        return tuple(came)
    injects, known = session.inputs.exercise.injects, session.inputs.injects
    kept = [one for one in came if known[one.inject].when is None or one.minute > 0 or one.round == 1]
    orders = orders_in_force(session, team, breaching=False)
    for number in range(1, min(session.played, len(session.inputs.exercise.rounds) - 1) + 1):
        released = tuple(Released(known[one.inject], one.round) for one in kept if one.round <= number)
        run = runs.played(tuple(one for one in orders if one.round <= number), released, number)
        there = {one.inject for one in kept}
        kept += [Came(one.id, number + 1, 0) for one in injects
                 if one.id not in there and condition_holds(session, runs, run, one, number)]
    return tuple(sorted(kept, key=_when))


def _when(one: Came) -> tuple[int, int, str]:
    """Return by what injects are put in order."""
    return one.round, one.minute, one.inject


def _released(session: ExerciseSession, runs: ExerciseRuns, team: str) -> tuple[Released, ...]:
    """Return these injects as what strikes a run."""
    known = session.inputs.injects
    return tuple(Released(known[one.inject], one.round) for one in lawful_injects(session, runs, team))


def scored_forecasts(session: ExerciseSession, runs: ExerciseRuns, team: str) -> tuple[ScoredForecast, ...]:
    """Return forecasts of rounds played, with their scores.

    What an order that breaches expects is not scored: the run has no such order.
    """
    orders, released = orders_in_force(session, team, breaching=False), _released(session, runs, team)
    found = []
    for event in session.of_team(team, "forecast", "order"):
        expected = event.expected
        if expected is None or event.breaches or expected.round > session.played:
            continue
        run = runs.played(orders, released, session.played)
        came = _came(session, runs, run, expected)
        found.append(ScoredForecast(event, expected, came, interval_score(expected, came)))
    return tuple(found)


def _came(session: ExerciseSession, runs: ExerciseRuns, run: PlayedRun, expected: Expected) -> float:
    """Return what came of a quantity in a run."""
    ds = runs.dataset(run.run, session.played)

    def money() -> CostRun:
        return cost_run(ds, price_scenario(run.case, TEAM))

    return amount(session.inputs, ds, quantity_of(expected.quantity), expected.round,
                  (expected.country,) if expected.country else None, money=money)


def timed_decisions(session: ExerciseSession, runs: ExerciseRuns, team: str) -> tuple[TimedDecision, ...]:
    """Return orders with their latest useful round.

    They are the first orders of each lever or input.
    An order helps if some harm is better with it than without it by the end of the exercise, by the rule of reports.
    """
    orders, seen = orders_in_force(session, team, breaching=False), set[str]()
    found: list[TimedDecision] = []
    acting = {one.number for one in orders}
    for event in session.of_team(team, "order"):
        if event.number in acting and str(event.key) not in seen and len(found) < MOST_DECISIONS:
            seen.add(str(event.key))
            found.append(TimedDecision(event, _latest(session, runs, team, event, orders)))
    return tuple(found)


def _latest(
    session: ExerciseSession, runs: ExerciseRuns, team: str, event: Event, orders: tuple[Order, ...]
) -> int | None:
    """Return the last round in which an order would have helped."""
    last, released = len(session.inputs.exercise.rounds), _released(session, runs, team)
    others = tuple(one for one in orders if one.key != event.key)
    without = runs.played(others, released, last)
    for number in range(last, 0, -1):
        moved = replace(as_order(session, event), round=number)
        run = runs.played((*others, moved), released, last)
        found = judge({"default": run.judged}, {"default": without.judged}, made_breaches(run.run, without.run))
        if found.named("better") and found.ranked:
            return number
    return None


def handled_injects(session: ExerciseSession, runs: ExerciseRuns, team: str) -> tuple[HandledInject, ...]:
    """Return injects that ask for an answer.

    Each has the time it took. One that an order kept away by a breach has no answer.
    """
    events = {str(one.inject): one for one in session.of_team(team, "inject")}
    found = []
    for came in lawful_injects(session, runs, team):
        inject, event = session.inputs.injects[came.inject], events.get(came.inject)
        if inject.asks is None:
            continue
        answer = session.answer(team, inject.id)
        minutes = None
        if answer is not None and event is not None:
            minutes = elapsed(session, answer.round, answer.minute) - elapsed(session, event.round, event.minute)
        found.append(HandledInject(inject.id, came.round, inject.due_minutes, minutes))
    return tuple(found)
