"""One year, months, the working week, and fiscal years.

Months are those of the calendar.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

import numpy as np

YEAR_DAYS = 365.2425
"""Days in the mean Gregorian year: the one length of a year."""
WHOLE_YEAR_DAYS = 365.0
"""Days of one person that make a person-year.

They serve where the smallest difference is named.
"""
LEAP_YEAR_DAYS = 366
"""Days in the longest calendar year."""
MONTHS_A_YEAR = 12
MONTH_DAYS = YEAR_DAYS / MONTHS_A_YEAR
"""Days in the mean month, for rates and durations.

Prices per month go by ``month_shares``.
"""
DAYS_A_WEEK = 7
WORKING_DAYS_A_WEEK = 5.0
AGE_CLASSES = (90.0, 180.0, 365.0)
"""Ages (days) that divide the files waiting into classes."""
LONG_WAIT, VERY_LONG_WAIT = AGE_CLASSES[1:]
"""Ages (days) of a long and a very long wait.

Indicators count a wait over 180 days as long and over 365 days as very long.
"""


def days_in_month(dates: np.ndarray) -> np.ndarray:
    """Return the days in the calendar month of each date.

    Parameters
    ----------
    dates : numpy.ndarray
        Dates, any ``datetime64``.

    Returns
    -------
    numpy.ndarray
        Days.
    """
    months = dates.astype("datetime64[M]")
    return np.asarray(((months + 1).astype("datetime64[D]") - months.astype("datetime64[D]")).astype(int))


def month_shares(dates: np.ndarray) -> np.ndarray:
    """Return the share of its calendar month that each date is.

    It is 1/31 in January, 1/29 in February 2016.
    """
    return np.asarray(1.0 / days_in_month(dates))


@dataclass(frozen=True)
class Calendar:
    """The calendar months of a run.

    It has the first date of each, and the day of the run on which it begins.
    """

    start: date
    months: tuple[date, ...]
    starts: np.ndarray  # [M] day of the run
    days: int

    @property
    def dates(self) -> np.ndarray:
        """The dates of the run, ``[D]``."""
        return np.datetime64(self.start, "D") + np.arange(self.days)

    @cached_property
    def month_shares(self) -> np.ndarray:
        """Share of its calendar month that each day is, ``[D]``.

        Days are those of the run.
        """
        return month_shares(self.dates)

    @property
    def middles(self) -> np.ndarray:
        """Middle of each month, years from the start of the run."""
        ends = np.append(self.starts[1:], self.days)
        return np.asarray(0.5 * (self.starts + ends) / YEAR_DAYS)

    def monthly(self, daily: np.ndarray) -> np.ndarray:
        """Return sums of ``[..., D, C]`` by month, ``[..., M, C]``."""
        return np.asarray(np.add.reduceat(daily, self.starts, axis=-2))


@lru_cache(maxsize=32)
def run_calendar(start: date, days: int) -> Calendar:
    """Return the months of a run of ``days`` days from ``start``."""
    dates = [start + timedelta(days=day) for day in range(days)]
    starts = [day for day, today in enumerate(dates) if day == 0 or today.day == 1]
    return Calendar(start, tuple(dates[day].replace(day=1) for day in starts), np.array(starts), days)


def fiscal_year(month: date, first_month: int) -> int:
    """Return the fiscal year of a month.

    It is named by the calendar year in which it ends.

    Parameters
    ----------
    month : date
        The month.
    first_month : int
        Month in which the fiscal year starts, 1 to 12.

    Returns
    -------
    int
        The year.
    """
    return month.year + int(first_month > 1 and month.month >= first_month)


def fiscal_years(months: Sequence[date], first_months: Sequence[int]) -> np.ndarray:
    """Return the fiscal year of each month by country.

    Parameters
    ----------
    months : Sequence[date]
        The months.
    first_months : Sequence[int]
        Month in which the fiscal year starts, by country.

    Returns
    -------
    numpy.ndarray
        Years ``[M, C]``.
    """
    return np.array([[fiscal_year(month, first) for first in first_months] for month in months], dtype=int)
