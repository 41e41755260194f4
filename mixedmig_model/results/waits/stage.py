"""Waits of a stage.

These are medians, shares within a standard, and the age of those who still wait (``docs/model.md`` section 7).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mixedmig_model.results.waits.queues import Queues
from mixedmig_model.results.waits.spread import MixedWaits, quantile
from mixedmig_model.vocabulary.calendar import DAYS_A_WEEK, LONG_WAIT, VERY_LONG_WAIT

HOUR = 1.0 / 24.0
"""Days by which a wait may exceed a standard.

It still counts as within it: minimum times may add up to just that.
"""
NOBODY = 1e-9
"""Persons below which nobody was served.

The time that they took is noise.
"""
AT_MINIMUM = "at its minimum time"


@dataclass(frozen=True)
class Backlog:
    """People waiting on one day, with the age of the oldest.

    They are persons; ages are days, with shares above 180 and 365 days. The oldest is the age above which half a person
    waits, all classes and countries together. NaN where fewer than half a person waits.
    """

    number: float
    oldest: float
    over_180: float
    over_365: float


@dataclass(frozen=True)
class Waits:
    """Waits of a stage, by interval and queue.

    Arrays are ``[K, N]``. A queue is a class and country, and the first interval is the day before. ``wait``: days, of
    those served in an interval. ``arrival_wait``: days, of those who entered in it. It is NaN for those not served by
    the end, who are still waiting (``so_far`` says how long). ``congested``: those served in an interval had queued,
    for the service was at capacity then or while they waited.
    """

    stage: str
    queues: Queues
    country: np.ndarray  # [N] number of the country of each queue
    series: np.ndarray  # [G, C] the queue of each group and country, -1 for those left out
    congested: np.ndarray
    wait: np.ndarray
    arrival_wait: np.ndarray

    @property
    def days(self) -> float:
        """Length of the run, days."""
        return float(self.queues.edges[-1])

    @property
    def so_far(self) -> np.ndarray:
        """Days ``[K]`` from mid-interval to the end of the run."""
        return self.days - self.queues.middles

    def quantile(self, share: float) -> float:
        """Return the wait (days) that a share did not exceed.

        The share is of people served; NaN where fewer than half a person was. Waits of those who found no queue spread
        as an exponential does. Losses end the long ones first.
        """
        return quantile(self._mixed, share)

    @cached_property
    def _mixed(self) -> MixedWaits:
        """Waits of people served, known or spread."""
        served = self.queues.served
        spread = ~self.congested & (served > NOBODY) & (self.wait > 0.0)
        means = self.wait[spread] / (1.0 + self.queues.loss[spread] * self.wait[spread])
        return MixedWaits(self.wait[~spread], served[~spread], means, served[spread])

    @cached_property
    def backlog_at_end(self) -> Backlog:
        """The people who wait at the end."""
        return self.age_of_backlog()

    @property
    def median(self) -> float:
        """Median wait of those served, days."""
        return self.quantile(0.5)

    @property
    def p90(self) -> float:
        """The wait (days) that nine in ten of those served kept to."""
        return self.quantile(0.9)

    @property
    def mean(self) -> float:
        """Mean wait of those served, days."""
        return _ratio(self.wait * self.queues.served, self.queues.served)

    def mean_by_country(self, countries: int) -> np.ndarray:
        """Return the mean wait of those served, days ``[C]``.

        It is NaN where fewer than half a person was.
        """
        return np.array([
            _ratio((self.wait * self.queues.served)[:, own], self.queues.served[:, own])
            for own in (self.country == number for number in range(countries))
        ])

    def by_day(self) -> np.ndarray:
        """Return the mean wait (days) of those served by day.

        It is for each day of the run ``[D]``; NaN where nobody was served.
        """
        people = self.queues.served[1:].sum(axis=1)
        total = (self.wait * self.queues.served)[1:].sum(axis=1)
        return np.where(people > 1e-6, total / np.maximum(people, 1e-6), np.nan)

    @property
    def at_minimum(self) -> float:
        """Share of the people served outside congestion.

        They were served while the service was not at capacity.
        """
        return _ratio(np.where(self.congested, 0.0, self.queues.served), self.queues.served)

    @property
    def label(self) -> str:
        """'at its minimum time', or empty.

        Most people were served while the service was not at capacity.
        """
        return AT_MINIMUM if self.at_minimum > 0.5 else ""

    def cohort(self, limit: np.ndarray | float) -> tuple[np.ndarray, np.ndarray]:
        """Return persons to count, and those served in time.

        Both are by interval of arrival. Counted are people who were served or still wait; those lost are counted
        separately. Only arrivals at least ``limit`` days before the end count, since of later ones the slow are not yet
        known. People of the opening count as arriving on the day before the run.

        Parameters
        ----------
        limit : numpy.ndarray | float
            Days ``[K, C]``, or a number.

        Returns
        -------
        tuple[numpy.ndarray, numpy.ndarray]
            Persons ``[K, N]``, and those of them served within the limit.
        """
        allowed = limit[:, self.country] if isinstance(limit, np.ndarray) else np.full_like(self.wait, limit)
        start = self.queues.entries
        until = np.where(np.isnan(self.arrival_wait), self.days, start + self.arrival_wait)
        people = self.queues.entered * self.queues.kept(start, until)
        people = np.where(start + allowed <= self.days, people, 0.0)
        return people, np.where(self.arrival_wait <= allowed + HOUR, people, 0.0)

    def share_within(self, limit: np.ndarray | float) -> float:
        """Return the share of arrivals served in time.

        They are served within ``limit`` days of entering the stage, as ``cohort`` counts them.
        """
        people, within = self.cohort(limit)
        return _ratio(within, people)

    def weekly_share_within(self, limit: np.ndarray | float) -> np.ndarray:
        """Return the share of arrivals served in time by week.

        Weeks of arrival are counted from the first day of the run; NaN where nobody counts.
        """
        people, within = (part[1:].sum(axis=1) for part in self.cohort(limit))
        starts = np.arange(0, len(people), DAYS_A_WEEK)
        arrived, served = np.add.reduceat(people, starts), np.add.reduceat(within, starts)
        return np.where(arrived > 1e-6, served / np.maximum(arrived, 1e-6), np.nan)

    def age_of_backlog(self, day: int = -1) -> Backlog:
        """Return the age of the people who wait at an edge.

        Edges are of the run: 0 is the opening, -1 the end.
        """
        edge = day + 1 if day >= 0 else day
        number = float(self.queues.waiting[edge].sum())
        if number < 0.5:
            return Backlog(number, float("nan"), float("nan"), float("nan"))
        shares = [float(self.queues.older_on(edge, age).sum()) / number for age in (LONG_WAIT, VERY_LONG_WAIT)]
        return Backlog(number, float(self.queues.oldest_together(np.array([edge]))[0]), *shares)


def _ratio(part: np.ndarray, whole: np.ndarray) -> float:
    """Return a ratio of sums.

    It is NaN where the whole is less than half a person.
    """
    people = float(whole.sum())
    return float(part.sum()) / people if people >= 0.5 else float("nan")
