"""What services could do each day, and what they would need.

It compares staff and places in post with need.
"""

from typing import Any

import numpy as np

from mixedmig_model.equations.levels import Levels
from mixedmig_model.equations.numbers import TINY
from mixedmig_model.equations.procedure import effort_table, efforts, minimum_times
from mixedmig_model.equations.staffing import crowding, effective_staff, targets, work_capacity
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.resolving.run_inputs import RunInputs, Steps
from mixedmig_model.solve.answer import Answer
from mixedmig_model.solve.daily import daily_stock
from mixedmig_model.solve.schedule import Schedule
from mixedmig_model.solve.shapes import RECEPTION_TYPES, places_by_type
from mixedmig_model.vocabulary.labels import FUNCTIONS, PLACES

OF_SERVICES = ("work", "staff", "interpretation", "registration", "screening", "counselling", "referral",
               "determination", "appeal", "return_", "reception", "detention", "alternative")
"""The subjects of inputs that the equations of services read."""


def service_tables(run: RunInputs, answer: Answer, schedule: Schedule, waiting: np.ndarray) -> dict[str, Any]:
    """Return capacity and need of each service.

    ``waiting`` are people in each stage at the edges of days, ``[D + 1, S, G, C]``.
    Staff, capacity and need of services, and places open, are by day and country. The capacity is what the staff in
    post can serve of the people who wait, crowding counted. The need is the officers of full output that would serve
    all who wait within the minimum time.
    """
    days, countries = run.days, len(run.countries)
    levels = _daily_levels(run, schedule)
    people, staff = (
        _side_by_side(daily_stock(answer.layout, answer.day_stocks, name)[1:]) for name in ("people", "staff"))
    stages = [answer.layout.labels["stage"].index(name) for name in FUNCTIONS]
    waiting = _side_by_side(waiting[1:, stages])
    pressed = people[:, [PLACES.index("reception"), PLACES.index("unsheltered")]].sum(axis=(0, 1))
    effective = effective_staff(staff, levels.staff)
    hours = work_capacity(effective, levels, crowding(pressed, levels.reception.places))
    effort = effort_table(efforts(levels))
    work, people_waiting = (waiting * effort).sum(axis=1), waiting.sum(axis=1)
    mean = np.where(people_waiting > TINY, work / np.maximum(people_waiting, TINY), effort.mean(axis=1))
    needed = work / minimum_times(levels) / np.maximum(levels.work.hours_per_week, TINY)
    places = np.stack([levels.reception.places, levels.detention.places, levels.alternative.places])
    tables = (_by_day(table, days, countries) for table in (targets(levels), effective, hours / mean, needed, places))
    return _labelled(*tables) | _reception_by_type(run)


def _side_by_side(values: np.ndarray) -> np.ndarray:
    """Return ``[day, ..., C]`` as ``[..., day x C]``.

    The equations of services see each day as further countries.
    """
    moved = np.moveaxis(values, 0, -2)
    return moved.reshape(*moved.shape[:-2], -1)


def _by_day(table: np.ndarray, days: int, countries: int) -> np.ndarray:
    """Return ``[F, day x C]`` as ``[day, F, C]``."""
    return np.ascontiguousarray(np.moveaxis(table.reshape(-1, days, countries), 1, 0))


def _daily_levels(run: RunInputs, schedule: Schedule) -> Levels:
    """Return all inputs of the equations by day.

    Days replace the countries, one after the other: ``[day x C]``. Inputs of the whole region are the same in every
    country. What services do not read, and shares by group of people, are left as on the first day.
    """
    days, countries, first = np.arange(run.days), len(run.countries), schedule.first

    def by_day(steps: Steps) -> np.ndarray:
        made = np.empty((run.days, countries))
        made[:] = steps.by_day(days)
        return made.ravel()

    subjects: dict[str, Any] = {}
    for subject in OF_SERVICES:
        names = [f"{subject.rstrip('_')}.{field}" for field in Levels.__annotations__[subject]._fields]
        daily = [name for name in names if CATALOGUE[name].axis != "group"]
        fields = {name.partition(".")[2]: by_day(run.parameters[name]) for name in daily}
        subjects[subject] = getattr(first, subject)._replace(**fields)
    subjects["reception"] = subjects["reception"]._replace(places=by_day(schedule.places))
    return first._replace(**subjects)


def _labelled(
    target: np.ndarray, effective: np.ndarray, served: np.ndarray, needed: np.ndarray, places: np.ndarray
) -> dict[str, Any]:
    """Return the tables as variables of a Dataset."""
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
    """Return reception places open by type, day and country."""
    parts, none = places_by_type(run), np.zeros((run.days, len(run.countries)))
    days = np.arange(run.days)
    tables = [none + parts[kind].by_day(days) if kind in parts else none for kind in RECEPTION_TYPES]
    text = {"units": "place", "long_name": "reception places open, by type"}
    return {"reception_places": (("day_interval", "type", "country"), np.stack(tables, axis=1), text)}
