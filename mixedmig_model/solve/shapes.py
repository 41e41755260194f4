"""Dated inputs that are shaped before the run.

They are departures by season and surge, and places that take time to open.
"""

from math import prod

import numpy as np

from mixedmig_model.inputs.resolving.run_inputs import PER_CASE, RunInputs, Steps
from mixedmig_model.vocabulary.calendar import DAYS_A_WEEK, YEAR_DAYS

BLOCK = DAYS_A_WEEK
"""Days over which a shape is held at its mean.

A run is then not restarted every day.
"""
PLACE_TYPES = ("tent", "existing_building", "new_building")
RECEPTION_TYPES = ("site", *PLACE_TYPES)
"""Types of reception places.

``site`` is sites and centres for which none is stated.
"""


def seasonal_factor(run: RunInputs) -> np.ndarray:
    """Return the factor of the season, ``[days, C]``.

    It is by day of the year: peak over mean on the day of the peak (P04).
    """
    peak, height = run.parameters["arrivals.peak_day"].at(0.0), run.parameters["arrivals.seasonality"].at(0.0)
    dates = np.datetime64(run.start, "D") + np.arange(run.days)
    day = ((dates - dates.astype("datetime64[Y]")).astype(int) + 1)[:, None]  # of the year
    return np.asarray(1.0 + (height - 1.0) * np.cos(2.0 * np.pi * (day - peak) / YEAR_DAYS))


def surge_factor(run: RunInputs) -> np.ndarray:
    """Return the factor of a surge, ``[days, C]``.

    The surge rises to its peak and falls again (P02, P03).
    """
    peak, start, length = (
        run.parameters[f"arrivals.surge_{name}"].at(0.0) for name in ("factor", "start", "duration")
    )
    since = np.arange(run.days)[:, None] + 0.5 - start
    inside = (since >= 0.0) & (since <= length)
    return np.where(inside, 1.0 + (peak - 1.0) * np.sin(np.pi * since / length) ** 2, 1.0)


def shape(run: RunInputs) -> Steps:
    """Return the factor on departures by country.

    It is season times surge, held at its mean over blocks of seven days.
    """
    factor = seasonal_factor(run) * surge_factor(run)
    starts, whole = range(0, run.days, BLOCK), run.days - run.days % BLOCK
    means = factor[:whole].reshape(-1, BLOCK, factor.shape[1]).mean(axis=1)
    if whole < run.days:
        means = np.vstack([means, factor[whole:].mean(axis=0)])
    same = np.isclose(means[1:], means[:-1], rtol=1e-12, atol=0.0).all(axis=1)
    keep = [0, *(np.flatnonzero(~same) + 1).tolist()]
    return Steps(tuple(float(starts[k]) for k in keep), means[keep])


def shaped_departures(run: RunInputs) -> Steps:
    """Return departures towards each country, person/day.

    They are the case's table x scale x shape, and the persons in a case where the table counts cases.
    """
    parts = [run.departures, run.parameters["arrivals.scale"], shape(run)]
    if run.counts == "cases":
        parts.append(run.parameters[PER_CASE])
    starts = sorted({day for part in parts for day in part.starts if day < run.days})
    days, values = np.array(starts), np.empty((len(starts), len(run.countries)))
    values[:] = prod(part.by_day(days) for part in parts)
    return Steps(tuple(starts), values)


def opened(ordered: Steps, lead: np.ndarray, standing: np.ndarray, days: int) -> Steps:
    """Return the places open of those ordered, ``[K, C]``.

    More places take their lead time, except a standing share, and fewer close immediately. Open is what was ordered at
    all times since ``lead`` days ago. Before the run the first order holds (P72, P118).
    """
    starts = sorted({0.0, *ordered.starts, *(day + float(late) for day in ordered.starts for late in lead)})
    places = []
    for day in (day for day in starts if day < days):
        least = ordered.at(day).copy()
        for country, late in enumerate(lead):
            since = [ordered.at(day - late)[country]]
            since += [ordered.at(step)[country] for step in ordered.starts if day - late < step <= day]
            least[country] = min(since)
        places.append(standing * ordered.at(day) + (1.0 - standing) * least)
    return Steps(tuple(day for day in starts if day < days), np.stack(places))


def places_by_type(run: RunInputs) -> dict[str, Steps]:
    """Return reception places open by type, ``[K, C]``.

    ``site`` is where none is stated; each other type takes time. Inputs hold for whole days, so that places ready
    within a day are open from the next.
    """
    standing = run.parameters["preparedness.standing_share"].at(0.0)
    parts = {"site": run.parameters["reception.places"]}
    for kind in PLACE_TYPES:
        ordered = run.parameters[f"reception.{kind}_places"]
        if ordered.values.any():
            lead = np.ceil(run.parameters[f"reception.{kind}_lead_time"].at(0.0))
            parts[kind] = opened(ordered, lead, standing, run.days)
    return parts


def places_open(run: RunInputs) -> Steps:
    """Return reception places open ``[K, C]``, of all types."""
    parts = list(places_by_type(run).values())
    starts = tuple(sorted({day for part in parts for day in part.starts if day < run.days}))
    return Steps(starts, np.stack([np.sum([part.at(day) for part in parts], axis=0) for day in starts]))
