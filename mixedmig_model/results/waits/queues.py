"""First come, first served, with losses.

It says how long people wait, from running totals alone (``docs/model.md`` section 7). Of a queue only totals a day are
known: people entering, served and lost. With H the integral of losses over queue, a share exp(H(v) - H(t)) of those who
entered at v is not lost by t. Let E be the integral of exp(H) d(entries) and S that of exp(H) d(served). Then E(t) -
S(t) = queue(t) exp(H(t)), and the head of the queue at t entered at u with E(u) = S(t). Within a day, entries, service
and the hazard of loss are taken as constant. The logarithms of E and S are kept, and exponentials are taken relative to
H(t), so that nothing overflows however long a run is.

Arrays are ``[time, queue]``. Times are days since the run began. The first interval is the day before the run: people
waiting at the opening entered during it. A case may say how long they have waited (``before.py``).
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from mixedmig_model.results.waits.before import Before
from mixedmig_model.results.waits.curves import at_place, position, running_totals, split, taken

FASTEST_LOSS = 20.0
"""Hazard of loss (1/day) above which a queue is empty.

A day's totals cannot show more.
"""
SOMEBODY = 0.5
"""Persons that make an age count as somebody's.

At least half a person is that old, all queues together.
"""
EVERYWHERE = slice(None)
DAY_PARTS = 1e-6
"""Days to which the age of the oldest is found."""
HALVINGS_AT_ONCE = 6
AGES_AT_ONCE = 2**HALVINGS_AT_ONCE
"""Ages tried in one call when the oldest age is sought."""
SLACK = 1e-6
"""Share by which rounding may inflate a part of a person."""

Edges = slice | np.ndarray
"""Some of the edges: a slice, or their numbers."""


@dataclass(frozen=True)
class Queues:
    """Queues next to each other.

    They have totals by interval ``[K, N]``, and H, log E and log S at the edges ``[K + 1, N]``.
    """

    entered: np.ndarray  # persons
    served: np.ndarray  # persons
    loss: np.ndarray  # 1/day, constant within an interval
    waiting: np.ndarray  # persons, at the edges
    lost: np.ndarray  # H, at the edges
    log_entered: np.ndarray  # log E, at the edges
    log_served: np.ndarray  # log S, at the edges
    before: Before | None = None  # when people at the opening came; None: on the day before

    @cached_property
    def edges(self) -> np.ndarray:
        """Times of the edges, days since the run began: -1, 0, 1, ..."""
        return np.arange(-1.0, len(self.waiting) - 1.0)

    @cached_property
    def middles(self) -> np.ndarray:
        """Middles of the intervals, days since the run began."""
        return self.edges[:-1] + 0.5

    @cached_property
    def entries(self) -> np.ndarray:
        """When the middle one of those who entered came, ``[K, N]``.

        It is the middle of each interval, in days since the run began.
        """
        return self._time(np.broadcast_to(self.middles[:, None] + 1.0, self.entered.shape))

    def _time(self, place: np.ndarray) -> np.ndarray:
        """Return times of places among the intervals, ``[M, N]``."""
        if self.before is None:
            return np.asarray(place - 1.0)
        return np.where(place < 1.0, self.before.times(np.clip(place, 0.0, 1.0)), place - 1.0)

    def _place(self, time: np.ndarray) -> np.ndarray:
        """Return places among the intervals of times, ``[M, N]``."""
        if self.before is None:
            return np.asarray(time + 1.0)
        time = np.broadcast_to(time, (len(time), self.waiting.shape[1]))
        return np.where(time < 0.0, self.before.parts(np.minimum(time, 0.0)), time + 1.0)

    def of(self, chosen: np.ndarray | slice) -> "Queues":
        """Return some of the queues.

        They are chosen by marks ``[N]``, or from one to another. Queues do not touch each other, so that each is what
        it was.
        """
        parts = {name: np.ascontiguousarray(getattr(self, name)[:, chosen]) for name in SERIES}
        made = replace(self, **parts, before=self.before.of(chosen) if self.before else None)
        for name in vars(self).keys() & set(KNOWN_OF_EACH):  # what is known of each queue need not be found again
            vars(made)[name] = np.ascontiguousarray(vars(self)[name][:, chosen])
        return made

    def entry_of_served(self) -> np.ndarray:
        """Return when those served in each interval entered.

        They are served in its middle: days ``[K, N]``, never later than that.
        """
        half = self._half(self.log_served, self.served)
        place = position(self.log_entered, half, self._entered_by_queue)
        return np.asarray(np.minimum(self._time(place), self.middles[:, None]))

    def service_of_entered(self) -> np.ndarray:
        """Return when those who entered are served.

        They enter in the middle of each interval: days ``[K, N]``; NaN: not by the end.
        """
        half = self._half(self.log_entered, self.entered)
        time = np.maximum(self._time(position(self.log_served, half)), self.middles[:, None])
        return np.where(half > self.log_served[-1] + 1e-12, np.nan, time)

    def kept(self, since: np.ndarray, until: np.ndarray) -> np.ndarray:
        """Return the share of entrants that is not lost by a time.

        They entered at ``since`` and are counted at ``until``: days ``[M, N]``.
        """
        lost = (at_place(self.lost, self._place(time)) for time in (since, until))
        return np.asarray(np.exp(np.minimum(next(lost) - next(lost), 0.0)))

    def older_than(self, age: np.ndarray | float) -> np.ndarray:
        """Return people waiting for longer than ``age``.

        The age is in days, broadcast to edges; people are at each edge, persons ``[K + 1, N]``.
        """
        return self._older(EVERYWHERE, age)

    def older_on(self, edge: int, age: float) -> np.ndarray:
        """Return people who wait for longer than ``age`` at one edge.

        The age is in days; people are persons ``[N]``.
        """
        return np.asarray(self._older(np.array([edge]), age)[0])

    def oldest(self, edges: Edges = EVERYWHERE, persons: float = SOMEBODY) -> np.ndarray:
        """Return the age (days) of the oldest in each queue.

        At an edge, half a person (or ``persons``) is older: ``[E, N]``; 0: fewer.
        """
        behind = np.logaddexp(self.log_served[edges], self.lost[edges] + np.log(persons))
        entered = self._time(position(self.log_entered, behind, self._entered_by_queue))
        age = np.maximum(self.edges[edges][:, None] - entered, 0.0)
        return np.where(self.waiting[edges] >= persons, age, 0.0)

    @cached_property
    def oldest_of_each(self) -> np.ndarray:
        """Age (days) of the oldest in each queue, at all edges."""
        return self.oldest()

    @cached_property
    def served_still_here(self) -> np.ndarray:
        """People served whom no loss would have taken, ``[K + 1, N]``.

        They are counted in persons who wait at each edge.
        """
        return np.asarray(np.exp(self.log_served - self.lost))

    def known(self) -> "Queues":
        """Return these queues, with ``KNOWN_OF_EACH`` computed.

        Those that ``of`` returns then have it too.
        """
        for name in KNOWN_OF_EACH:
            getattr(self, name)
        return self

    @cached_property
    def _entered_by_queue(self) -> np.ndarray:
        """Log E by queue and edge."""
        return np.ascontiguousarray(self.log_entered.T)

    def oldest_together(self, edges: Edges = EVERYWHERE) -> np.ndarray:
        """Return the age (days) of the oldest in all queues.

        At an edge, half a person of all queues is older: ``[E]``; 0 where fewer wait. It is half a person of the sum,
        so that it does not matter into how many groups people are divided.
        """
        low, high = self._ages_between(edges)
        found = self._narrowed(np.arange(len(self.waiting))[edges], low, high)
        return np.where(self.waiting[edges].sum(axis=1) >= SOMEBODY, found, 0.0)

    def longest(self) -> float:
        """Return the largest of ``oldest_together``, days.

        The age at one edge drops all edges at which nobody is older. The edge at which most are older is tried next.
        """
        some = np.flatnonzero(self.waiting.sum(axis=1) >= SOMEBODY)
        found = float(self.known().oldest_of_each.max(initial=0.0))
        while len(some):
            older = self._older(some, found + DAY_PARTS).sum(axis=1)
            some, older = some[older >= SOMEBODY], older[older >= SOMEBODY]
            if len(some):
                one = some[np.argmax(older) :][:1]
                found = max(found, float(self._narrowed(one, *self._ages_between(one))[0]))
                some = some[some != one]
        return found

    def _older(self, edges: Edges, age: np.ndarray | float) -> np.ndarray:
        """Return ``older_than`` at some edges."""
        lost = self.lost[edges]
        entered = np.exp(self.log_entered_by(self.edges[edges][:, None] - age) - lost)
        known = vars(self).get("served_still_here")
        found = np.maximum(entered - (np.exp(self.log_served[edges] - lost) if known is None else known[edges]), 0.0)
        return np.asarray(np.minimum(found, self.waiting[edges]))

    def _ages_between(self, edges: Edges) -> tuple[np.ndarray, np.ndarray]:
        """Return ages ``[E]`` between which that of the oldest lies.

        They are of half a person of one queue, and of an equal part of it.
        """
        part = (1.0 - SLACK) * SOMEBODY / max(self.waiting.shape[1], 1)
        low, high = self.oldest(edges), self.oldest(edges, part)
        return low.max(axis=1, initial=0.0), high.max(axis=1, initial=0.0) + DAY_PARTS

    def _narrowed(self, edges: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
        """Return ages ``[E]`` above which half a person waits.

        They are found by halving what lies between two ages that hold them. Several halvings are tried in one call, all
        that may follow: as fast for one edge as for many.
        """
        if len(edges) == 1:
            return np.array([self._narrowed_at(edges, float(low[0]), float(high[0]))])
        low, high = low.copy(), high.copy()
        while len(at := np.flatnonzero(high - low > DAY_PARTS)):
            times = max(1, int(np.log2(AGES_AT_ONCE / len(at))))
            ages = _halvings(low[at], high[at], times)
            tried = np.repeat(edges[at], ages.shape[1] - 2)
            people = self._older(tried, ages[:, 1:-1].reshape(-1, 1)).sum(axis=1)
            enough = (people >= SOMEBODY).reshape(len(at), -1)
            rows, first, last = np.arange(len(at)), np.zeros(len(at), int), np.full(len(at), ages.shape[1] - 1)
            for _ in range(times):
                wide = ages[rows, last] - ages[rows, first] > DAY_PARTS
                middle = (first + last) // 2
                older = enough[rows, middle - 1]
                first, last = np.where(wide & older, middle, first), np.where(wide & ~older, middle, last)
            low[at], high[at] = ages[rows, first], ages[rows, last]
        return low

    def _narrowed_at(self, edge: np.ndarray, low: float, high: float) -> float:
        """Return the age that ``_narrowed`` finds at one edge."""
        while high - low > DAY_PARTS:
            tried = _halvings(np.array([low]), np.array([high]), HALVINGS_AT_ONCE)[0]
            people = self._older(edge, tried[1:-1, None]).sum(axis=1)
            ages, enough = tried.tolist(), [True, *(people >= SOMEBODY).tolist(), False]
            first, last = 0, len(ages) - 1
            while last - first > 1 and ages[last] - ages[first] > DAY_PARTS:
                middle = (first + last) // 2
                first, last = (middle, last) if enough[middle] else (first, middle)
            low, high = ages[first], ages[last]
        return low

    def log_entered_by(self, time: np.ndarray) -> np.ndarray:
        """Return log E at given times ``[M, N]``.

        It is linear in E within a day; minus infinity before anybody entered.
        """
        index, share = split(self._place(time), len(self.waiting))
        low, high = taken(self.log_entered, index), taken(self.log_entered, index + 1)
        with np.errstate(divide="ignore"):
            return np.asarray(np.logaddexp(low + np.log1p(-share), high + np.log(share)))

    def _half(self, curve: np.ndarray, persons: np.ndarray) -> np.ndarray:
        """Return a logarithmic running total in mid-interval."""
        return np.asarray(np.logaddexp(curve[:-1], _log_increment(persons, self.lost[:-1], self._spread_half)))

    @cached_property
    def _spread_half(self) -> np.ndarray:
        return _log_spread(self.loss, 0.5)


def _halvings(low: np.ndarray, high: np.ndarray, times: int) -> np.ndarray:
    """Return all ages that halving may lead to.

    They lie between two ages, and include these: ``[E, 2**times + 1]``, rising.
    """
    ages = np.stack([low, high], axis=1)
    for _ in range(times):
        finer = np.empty((len(ages), 2 * ages.shape[1] - 1))
        finer[:, ::2], finer[:, 1::2] = ages, 0.5 * (ages[:, :-1] + ages[:, 1:])
        ages = finer
    return ages


SERIES = ("entered", "served", "loss", "waiting", "lost", "log_entered", "log_served")
"""Arrays of ``Queues`` whose last axis is the queue."""
KNOWN_OF_EACH = ("oldest_of_each", "served_still_here")
"""What is computed of each queue alone, once it is asked for."""


def make_queues(
    entered: np.ndarray, served: np.ndarray, lost: np.ndarray, waiting: np.ndarray, *, before: Before | None = None
) -> Queues:
    """Return queues from daily totals.

    Source: ``docs/model.md`` section 7.

    Parameters
    ----------
    entered, served, lost : numpy.ndarray
        People (person, ``[D, N]``).
    waiting : numpy.ndarray
        People at the edges of the days (person, ``[D + 1, N]``).
    before : Before | None, default None
        When people waiting at the opening came; None: on the day before.

    Returns
    -------
    Queues
        The queues.
    """
    waiting = np.maximum(waiting, 0.0)
    none = np.zeros_like(waiting[:1])
    entered = np.concatenate([waiting[:1], np.maximum(entered, 0.0)])
    served = np.concatenate([none, np.maximum(served, 0.0)])
    waiting = np.concatenate([none, waiting])
    loss = loss_hazard(waiting, entered - served, np.concatenate([none, np.maximum(lost, 0.0)]))
    integral = np.concatenate([none, np.cumsum(loss, axis=0)])
    spread = _log_spread(loss, 1.0)
    log_entered, log_served = running_totals(
        *(_log_increment(part, integral[:-1], spread) for part in (entered, served)))
    return Queues(entered, served, loss, waiting=waiting, lost=integral, log_entered=log_entered,
                  log_served=log_served, before=before)


def loss_hazard(waiting: np.ndarray, net: np.ndarray, lost: np.ndarray) -> np.ndarray:
    """Return the hazard m that makes a day's totals agree.

    Q1 = Q0 exp(-m) + net (1 - exp(-m))/m. Newton's method starts from losses over mean queue. Source: ``docs/model.md``
    section 7.

    Parameters
    ----------
    waiting : numpy.ndarray
        People at the edges (person, ``[K + 1, N]``).
    net : numpy.ndarray
        People entered less served (person, ``[K, N]``).
    lost : numpy.ndarray
        People lost (person, ``[K, N]``).

    Returns
    -------
    numpy.ndarray
        Hazard (1/day, ``[K, N]``); zero where nobody is lost.
    """
    mean = np.maximum(0.5 * (waiting[1:] + waiting[:-1]), 1e-12)
    hazard = np.where((lost > 0.0) & (mean > 1e-9), np.minimum(lost / mean, FASTEST_LOSS), 0.0).ravel()
    left = np.flatnonzero(hazard)
    now, end, flow = (part.ravel()[left] for part in (waiting[:-1], waiting[1:], net))
    before = hazard[left]
    for _ in range(40):
        if len(left) == 0:
            break
        gone, middle = np.exp(-before), -np.expm1(-before) / before
        slope = now * gone + flow * (middle - gone) / before
        step = (now * gone + flow * middle - end) / np.where(slope > 1e-12, slope, np.inf)
        after = np.minimum(np.maximum(before + step, 1e-9), FASTEST_LOSS)
        hazard[left] = after
        again = np.flatnonzero(np.abs(after - before) > 1e-9 * before)
        left, now, end, flow, before = (part[again] for part in (left, now, end, flow, after))
    return np.asarray(hazard.reshape(net.shape))


def _log_increment(persons: np.ndarray, lost: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """Return the log of what a day adds to a running total.

    Persons a day add to a total weighted by exp(H), over a part of each interval (``spread``).
    """
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(persons) + lost + spread)


def _log_spread(loss: np.ndarray, span: float) -> np.ndarray:
    """Return the log of the integral of exp(H) over ``span``.

    It is over that part of each interval, and H is counted from its beginning.
    """
    losing = loss > 1e-9
    safe = np.where(losing, loss, 1.0)
    return np.asarray(np.log(np.where(losing, np.expm1(safe * span) / safe, span)))
