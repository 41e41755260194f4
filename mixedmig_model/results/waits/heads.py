"""Waits of the heads of many queues in one arithmetic.

Queues do not touch each other: a queue next to others is what it is alone, to the byte. Those of several stages, and of
several draws, are therefore put next to each other, and computed once (``docs/model.md`` section 7).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mixedmig_model.results.waits.before import Before
from mixedmig_model.results.waits.curves import taken, without_nan
from mixedmig_model.results.waits.queues import Queues, make_queues
from mixedmig_model.results.waits.stage import Waits


@dataclass(frozen=True)
class Totals:
    """What is known of some queues: their totals a day.

    They are persons ``[D, N]``; people waiting are at the edges of the days, ``[D + 1, N]``.
    """

    entered: np.ndarray
    served: np.ndarray
    lost: np.ndarray
    waiting: np.ndarray
    before: Before | None = None  # when people at the opening came; None: on the day before

    @property
    def number(self) -> int:
        """How many queues there are."""
        return int(self.waiting.shape[1])


@dataclass(frozen=True)
class StageQueues:
    """Queues of a stage whose waits are wanted."""

    stage: str
    totals: Totals
    country: np.ndarray  # [N] number of the country of each queue
    series: np.ndarray  # [G, C] the queue of each group and country, -1 for those left out
    at_capacity: np.ndarray  # [K, N] how far the service is at capacity, 0 to 1


@dataclass(frozen=True)
class _Pace:
    """How the service of each queue goes, by interval.

    Arrays are ``[K, N]``.
    """

    congested: np.ndarray  # whether it is at capacity
    caught_up: np.ndarray  # day on which its latest congestion ended or ends; minus infinity before the first
    minimum: np.ndarray  # days that it takes when nobody has to queue


def queues_of(parts: Sequence[Totals]) -> list[Queues]:
    """Return the queues of several totals, computed together.

    Parameters
    ----------
    parts : Sequence[Totals]
        Totals of queues, of any stages and runs.

    Returns
    -------
    list[Queues]
        The queues of each, the same to the byte as those computed alone.
    """
    made: dict[int, Queues] = {}
    for numbers in _joinable(parts):
        whole = _joined([parts[k] for k in numbers])
        made |= {k: whole.of(own) for k, own in zip(numbers, _columns([parts[k] for k in numbers]), strict=True)}
    return [made[k] for k in range(len(parts))]


def waits_of(asked: Sequence[StageQueues]) -> list[Waits]:
    """Return the waits of several stages, computed together.

    They are of the head on congested days, and the minimum time on others. When a service has caught up, those who
    still stand in its queue are all served within a minimum time. They waited until it caught up, or the minimum time,
    if that is longer.

    Parameters
    ----------
    asked : Sequence[StageQueues]
        Queues of stages, of any runs.

    Returns
    -------
    list[Waits]
        The waits of each, the same to the byte as those computed alone.
    """
    made: dict[int, Waits] = {}
    parts = [one.totals for one in asked]
    for numbers in _joinable(parts):
        queues = _joined([parts[k] for k in numbers])
        at_capacity = _side_by_side([asked[k].at_capacity for k in numbers])
        entered = queues.entry_of_served()
        pace = _Pace(at_capacity >= 1.0, _caught_up(queues, at_capacity), _minimum_time(queues, entered))
        congested = pace.congested | (pace.caught_up > entered)
        wait, arrival_wait = _wait_of_served(queues, entered, pace), _wait_of_entrants(queues, pace)
        for k, own in zip(numbers, _columns([parts[k] for k in numbers]), strict=True):
            mine = [np.ascontiguousarray(table[:, own]) for table in (congested, wait, arrival_wait)]
            made[k] = Waits(asked[k].stage, queues.of(own), asked[k].country, series=asked[k].series,
                            congested=mine[0], wait=mine[1], arrival_wait=mine[2])
    return [made[k] for k in range(len(asked))]


def _joinable(parts: Sequence[Totals]) -> Iterator[list[int]]:
    """Yield the numbers of totals that go into one arithmetic.

    They have as many days, and people at the opening came on the same days.
    """
    found: dict[tuple[int, bytes], list[int]] = {}
    for number, part in enumerate(parts):
        found.setdefault((len(part.waiting), part.before.ages.tobytes() if part.before else b""), []).append(number)
    yield from found.values()


def _joined(parts: Sequence[Totals]) -> Queues:
    """Return queues that stand next to each other."""
    tables = (_side_by_side([getattr(part, name) for part in parts])
              for name in ("entered", "served", "lost", "waiting"))
    befores = [part.before for part in parts if part.before]
    before = Before(befores[0].ages, _side_by_side([one.older for one in befores])) if befores else None
    return make_queues(*tables, before=before)


def _side_by_side(tables: Sequence[np.ndarray]) -> np.ndarray:
    return tables[0] if len(tables) == 1 else np.concatenate(tables, axis=1)


def _columns(parts: Sequence[Totals]) -> Iterator[slice]:
    """Yield where the queues of each part stand among all."""
    first = 0
    for part in parts:
        yield slice(first, first + part.number)
        first += part.number


def _caught_up(queues: Queues, at_capacity: np.ndarray) -> np.ndarray:
    """Return the day on which the latest congestion ends.

    It ended or ends on that day of the run, by interval ``[K, N]``. That is the end of the last congested day. It may
    be a time in the course of the day after it, as far as the service was still at capacity.
    """
    congested = at_capacity >= 1.0
    day_before = np.concatenate([congested[:1], congested[:-1]])
    share_of_day = np.where(congested, 1.0, np.where(day_before, at_capacity, 0.0))
    ends = np.where(share_of_day > 0.0, queues.edges[:-1, None] + share_of_day, -np.inf)
    return np.asarray(np.maximum.accumulate(ends, axis=0))


def _minimum_time(queues: Queues, head_entered: np.ndarray) -> np.ndarray:
    """Return the minimum time, days ``[K, N]``.

    It is people waiting over people served a day; where nobody is served, the wait of the head.
    """
    waiting = 0.5 * (queues.waiting[1:] + queues.waiting[:-1])
    busy = queues.served > 1e-9
    head = queues.middles[:, None] - head_entered
    return np.asarray(np.where(busy, waiting / np.where(busy, queues.served, 1.0), head))


def _wait_of_served(queues: Queues, entered: np.ndarray, pace: _Pace) -> np.ndarray:
    """Return how long those served in each interval waited.

    They are served in its middle: days ``[K, N]``; ``entered`` is when they entered.
    """
    middle = queues.middles[:, None]
    until_caught_up = np.minimum(pace.caught_up, middle) - entered
    return np.asarray(np.where(pace.congested, middle - entered, np.maximum(until_caught_up, pace.minimum)))


def _wait_of_entrants(queues: Queues, pace: _Pace) -> np.ndarray:
    """Return how long those who enter wait.

    They enter in the middle of each interval: days ``[K, N]``; NaN where not served by the end.
    """
    entered, served = queues.entries, queues.service_of_entered()
    within = (without_nan(served, 0.0) + 1.0).astype(int)
    interval = np.minimum(within, len(queues.served) - 1)  # in which they are served
    congested, caught_up, minimum = (taken(part, interval) for part in (pace.congested, pace.caught_up, pace.minimum))
    until_caught_up = np.minimum(caught_up, served) - entered
    wait = np.where(congested, served - entered, np.maximum(until_caught_up, minimum))
    return np.where(np.isnan(served), np.nan, wait)
