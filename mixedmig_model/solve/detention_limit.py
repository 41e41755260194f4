"""The limit of detention and its memory.

The memory holds who entered when, and who of them is still inside (``docs/model.md`` section 5).

``front`` u(t) is the day of entry of the oldest people whom the limit has not yet freed. It is t - L while the limit
holds, still while the limit is lengthened or suspended, and faster for one day after it is shortened. People who reach
the limit now are entries(u) exp(-(H(t) - H(u))) du/dt, with H the integral of all other exit hazards.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from mixedmig_model.inputs.resolving.run_inputs import RunInputs

OPENING_DAYS = 1.0
"""Days before the opening in which the detained entered."""
CATCH_UP = 1.0
"""Days within which those over a shortened limit leave."""


@dataclass(frozen=True)
class Front:
    """The front of one or more countries.

    It has knots of a piecewise linear u(t), from the left, and where it applies.
    """

    countries: tuple[int, ...]
    days: tuple[float, ...]
    entered: tuple[float, ...]

    def at(self, day: float) -> tuple[float, float]:
        """Return the front u and du/dt on a day, from the right."""
        k = min(max(bisect_right(self.days, day) - 1, 0), len(self.days) - 2)
        slope = (self.entered[k + 1] - self.entered[k]) / (self.days[k + 1] - self.days[k])
        return self.entered[k] + slope * (day - self.days[k]), slope

    def reached(self, entered: float) -> list[float]:
        """Return the days on which the front passes a day of entry."""
        days = []
        for k in range(len(self.days) - 1):
            low, high = self.entered[k], self.entered[k + 1]
            if low < entered <= high:
                share = (entered - low) / (high - low)
                days.append(self.days[k] + share * (self.days[k + 1] - self.days[k]))
        return days


def limits(run: RunInputs) -> tuple[tuple[float, ...], np.ndarray]:
    """Return the limits of detention by date.

    These are days on which the limit may change, and the limit in days ``[K, C]``, infinite where none is in force.
    """
    length, law = run.parameters["detention.time_limit"], run.parameters["law.detention_limit"]
    starts = tuple(sorted({0.0, *length.starts, *law.starts}))
    values = [np.where(law.at(day) > 0.0, length.at(day), np.inf) for day in starts]
    return starts, np.stack(values)


def front_of(starts: Sequence[float], lengths: np.ndarray, end: float) -> tuple[list[float], list[float]]:
    """Return the knots of the front for a country's dated limit.

    They are (day, day of entry), to the end of the run.
    """
    days, entered = [0.0], [-OPENING_DAYS]

    def move(to: float, slope: float) -> None:
        if to > days[-1]:
            entered.append(entered[-1] + slope * (to - days[-1]))
            days.append(to)

    for start, length, until in zip(starts, lengths, [*starts[1:], end], strict=True):
        if np.isinf(length):
            move(until, 0.0)
            continue
        gap = (start - length) - entered[-1]
        if gap > 0.0:
            move(min(start + CATCH_UP, until), 1.0 + gap / CATCH_UP)
        elif gap < 0.0:
            move(min(entered[-1] + length, until), 0.0)
        move(until, 1.0)
    return days, entered


def fronts(run: RunInputs) -> tuple[Front, ...]:
    """Return the fronts of a run.

    There is one for all countries whose limits are the same, and none where nobody is ever freed by it.
    """
    starts, values = limits(run)
    countries: dict[tuple[tuple[float, ...], tuple[float, ...]], list[int]] = {}
    for country in range(len(run.countries)):
        if np.isinf(values[:, country]).all():
            continue
        days, entered = front_of(starts, values[:, country], float(run.days) + CATCH_UP)
        countries.setdefault((tuple(days), tuple(entered)), []).append(country)
    return tuple(Front(tuple(which), *knots) for knots, which in countries.items())


def shortest_limit(run: RunInputs) -> float:
    """Return the shortest limit ever in force (days).

    No step of the solver may be longer.
    """
    return float(limits(run)[1].min(initial=np.inf))


def limit_cuts(run: RunInputs) -> set[float]:
    """Return days on which releases by the limit may jump.

    The front turns, or passes a day on which entries may jump.
    """
    days: set[float] = set()
    for front in fronts(run):
        days |= set(front.days)
        for entered in (-OPENING_DAYS, 0.0, *run.jumps):
            days |= set(front.reached(entered))
    return {day for day in days if 0.0 < day < run.days}


@dataclass
class History:
    """Entries to detention and the survival of those inside.

    They are kept at every accepted step: the limit remembers them. Nodes are flat by group and country. They hold
    cumulative entries (persons) and their rate (person/day), and the integral H of the other exit hazards and its rate
    (1/day). Between nodes both are cubic Hermite curves, so that the entries released add up to the entries made.
    """

    opening: np.ndarray  # persons detained at the opening, flat
    times: list[float] = field(default_factory=list)
    nodes: list[tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Spread the entries of people detained at the opening.

        They entered evenly during the time before it.
        """
        none = np.zeros_like(self.opening)
        rate = self.opening / OPENING_DAYS
        self.add(-OPENING_DAYS, -self.opening, rate, none, none)
        self.add(0.0, none, rate, none, none)

    def add(self, day: float, entered: np.ndarray, rate: np.ndarray, lost: np.ndarray, hazard: np.ndarray) -> None:
        """Add the node of an accepted step."""
        self.times.append(day)
        self.nodes.append((entered, rate, lost, hazard))

    def at(self, day: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return entries and survival on a past day, flat.

        They are cumulative entries (persons), entry rate (person/day) and H.
        """
        k = min(max(bisect_right(self.times, day) - 1, 0), len(self.times) - 2)
        start, width = self.times[k], self.times[k + 1] - self.times[k]
        (e0, r0, h0, g0), (e1, r1, h1, g1) = self.nodes[k], self.nodes[k + 1]
        if width <= 0.0:
            return e1, r1, h1
        s = min((day - start) / width, 1.0)
        inner, slope0, slope1 = (1 + 2 * s) * (1 - s) ** 2, s * (1 - s) ** 2, s * s * (s - 1)
        entered = inner * e0 + (1 - inner) * e1 + width * (slope0 * r0 + slope1 * r1)
        lost = inner * h0 + (1 - inner) * h1 + width * (slope0 * g0 + slope1 * g1)
        rate = (6 * s * s - 6 * s) * (e0 - e1) / width + (3 * s * s - 4 * s + 1) * r0 + (3 * s * s - 2 * s) * r1
        return entered, np.maximum(rate, 0.0), lost

    def due(
        self, day: float, lost: np.ndarray, fronts: tuple[Front, ...], in_force: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the people who reach the limit on a day.

        More people inside than entered since the front are overdue, where the law is fully in force. Elsewhere entries
        are -inf, for a switch between 0 and 1 spares people who may stay. Source: ``docs/model.md`` section 5.

        Parameters
        ----------
        day : float
            Day of the run.
        lost : numpy.ndarray
            H on that day, ``[G, C]``.
        fronts : tuple[Front, ...]
            Fronts of the run.
        in_force : numpy.ndarray
            Share of the law switch, ``[C]``.

        Returns
        -------
        tuple[numpy.ndarray, numpy.ndarray]
            People who reach the limit (person/day), and entries up to the front (person), ``[G, C]``.
        """
        result, before = np.zeros_like(lost), np.full_like(lost, -np.inf)
        for front in fronts:
            at, slope = front.at(day)
            if at <= self.times[0]:
                continue
            entered, rate, gone = (part.reshape(lost.shape) for part in self.at(at))
            which = list(front.countries)
            alive = np.exp(-np.maximum(lost[:, which] - gone[:, which], 0.0))
            result[:, which] = rate[:, which] * alive * slope
            before[:, which] = entered[:, which]
        return result * in_force, np.where(in_force >= 1.0, before, -np.inf)
