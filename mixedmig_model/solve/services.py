"""What services could do each day, and what they would need to: staff and places in post against need."""

from typing import Any, NamedTuple

import numpy as np

from mixedmig_model.equations.axes import FUNCTIONS, PLACES
from mixedmig_model.equations.levels import Levels
from mixedmig_model.equations.numbers import TINY
from mixedmig_model.equations.procedure import effort_table, efforts, minimum_times
from mixedmig_model.equations.rows import STOCKS
from mixedmig_model.equations.staffing import crowding, effective_staff, targets, work_capacity
from mixedmig_model.inputs.resolve import RunInputs
from mixedmig_model.solve.daily import daily_stock_axes
from mixedmig_model.solve.reference import Answer
from mixedmig_model.solve.schedule import Schedule
from mixedmig_model.solve.shapes import RECEPTION_TYPES, places_by_type


class Terms(NamedTuple):
    """What one set of inputs says of all services."""

    levels: Levels
    target: np.ndarray  # [F, C] officer
    effort: np.ndarray  # [F, G, C] work_hour/person
    minimum_time: np.ndarray  # [F, C] day


def daily_stock(answer: Answer, name: str) -> np.ndarray:
    """A stock kept daily, ``[day, ...]`` in the axes of ``daily_stock_axes``. Raises KeyError."""
    at = 0
    for stock in STOCKS:
        sizes = tuple(len(answer.layout.labels[axis]) for axis in daily_stock_axes(stock))
        size = int(np.prod(sizes, dtype=int))
        if stock.name == name:
            return answer.day_stocks[:, at : at + size].reshape(-1, *sizes)
        at += size
    raise KeyError(name)


def service_tables(run: RunInputs, answer: Answer, schedule: Schedule) -> dict[str, Any]:
    """Staff, capacity and need of each service, and places open, by day and country.

    The capacity is what the staff in post can serve of the people who wait, crowding counted; the need is the officers
    of full output that would serve all who wait within the minimum time.
    """
    people, staff = daily_stock(answer, "people"), daily_stock(answer, "staff")
    waiting = _waiting(run, answer)
    cuts = sorted({0.0, *schedule.jumps})
    by_cut = [_terms(schedule.at(cut)) for cut in cuts]
    which = np.searchsorted(cuts, np.arange(run.days), side="right") - 1
    shape = (run.days, len(FUNCTIONS), len(run.countries))
    target, effective, served, needed = (np.zeros(shape) for _ in range(4))
    places = np.zeros((run.days, 3, len(run.countries)))
    pressed = people[:, :, [PLACES.index("reception"), PLACES.index("unsheltered")]].sum(axis=(1, 2))
    for day in range(run.days):
        terms = by_cut[which[day]]
        levels = terms.levels
        places[day] = levels.reception.places, levels.detention.places, levels.alternative.places
        over = crowding(pressed[day + 1], levels.reception.places)
        target[day], effective[day] = terms.target, effective_staff(staff[day + 1], levels.staff)
        hours = work_capacity(effective[day], levels, over)
        work = waiting[day + 1] * terms.effort
        people_waiting = waiting[day + 1].sum(axis=1)
        mean = np.where(people_waiting > TINY, work.sum(axis=1) / np.maximum(people_waiting, TINY),
                        terms.effort.mean(axis=1))
        served[day] = hours / mean
        per_officer = np.maximum(levels.work.hours_per_week, TINY)
        needed[day] = work.sum(axis=1) / terms.minimum_time / per_officer
    return _labelled(target, effective, served, needed, places) | _reception_by_type(run)


def _terms(levels: Levels) -> Terms:
    return Terms(levels, targets(levels), effort_table(efforts(levels)), minimum_times(levels))


def _waiting(run: RunInputs, answer: Answer) -> np.ndarray:
    """People waiting for each function by day, ``[D+1, F, G, C]``."""
    labels = answer.layout.labels
    sizes = tuple(len(labels[axis]) for axis in ("stage", "group", "country"))
    totals = answer.queue_totals.reshape(-1, 3, *sizes)
    opening = answer.layout.stock(answer.opening, "people").sum(axis=1)
    stages = [labels["stage"].index(name) for name in FUNCTIONS]
    return np.asarray((opening + totals[:, 0] - totals[:, 1] - totals[:, 2])[:, stages])


def _labelled(
    target: np.ndarray, effective: np.ndarray, served: np.ndarray, needed: np.ndarray, places: np.ndarray
) -> dict[str, Any]:
    """The tables as variables of a Dataset."""
    axes = ("day_interval", "function", "country")
    return {
        "staff_target": (axes, target, {"units": "officer", "long_name": "posts"}),
        "staff_effective": (axes, effective, {"units": "officer", "long_name": "staff in post, by their output"}),
        "work_needed": (axes, needed, {
            "units": "officer", "long_name": "officers who would serve all who wait within the minimum time"}),
        "service_capacity": (axes, served, {
            "units": "person/day", "long_name": "people a service can serve a day at full work"}),
        "places_open": (("day_interval", "kind", "country"), places, {"units": "place", "long_name": "places open"}),
    }


def _reception_by_type(run: RunInputs) -> dict[str, Any]:
    """Reception places open by type, day and country."""
    parts, none = places_by_type(run), np.zeros((run.days, len(run.countries)))
    days = np.arange(run.days)
    tables = []
    for kind in RECEPTION_TYPES:
        if kind in parts:
            which = np.searchsorted(np.asarray(parts[kind].starts), days, side="right") - 1
            tables.append(parts[kind].values[np.maximum(which, 0)])
        else:
            tables.append(none)
    text = {"units": "place", "long_name": "reception places open, by type"}
    return {"reception_places": (("day_interval", "type", "country"), np.stack(tables, axis=1), text)}
