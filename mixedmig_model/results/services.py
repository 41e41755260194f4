"""Services of one run in tables.

These are waits by class, staff and places against need, and age of the backlog.
"""

from typing import Any

import numpy as np
import xarray as xr

from mixedmig_model.equations.table import SERVED
from mixedmig_model.results.measures import kept_input, labels, living, marked, names_of, values
from mixedmig_model.results.waits.waiting import Waits, stage_waits, warned
from mixedmig_model.vocabulary.calendar import AGE_CLASSES, DAYS_A_WEEK, MONTH_DAYS

STANDARDS = {
    "registration": "standards.registration_time",
    "screening": "standards.screening_time",
    "determination": "standards.decision_time",
}
"""Stages with a time standard, and the input that sets it."""
ON_TIME = 0.95
"""Share within the standard that counts as meeting it."""
SOMEBODY = 1.0
"""Persons who must come late for a day to count as the first."""
CHANGE = 0.05
"""Officers: a smaller change of posts is none."""
SHORT = 0.5
"""Officers whose lack makes a service short of staff.

It is short on days when it needs at least so many more than it has.
"""


def wait_rows(ds: xr.Dataset) -> list[dict[str, Any]]:
    """Return waits of each service by class.

    They are days, persons, shares; dates are left to the reader of the table. A class is left out where it has nobody
    or is everybody.
    """
    specific = marked(ds, "child", "trafficked", "vulnerable")
    members = {"all": None, "specific": names_of(ds, specific), "others": names_of(ds, ~specific)}
    rows = []
    for stage in SERVED:
        for kind, groups in members.items():
            if groups is not None and len(groups) in (0, len(specific)):
                continue
            rows.append({"stage": stage, "class": kind, **_wait(ds, stage, stage_waits(ds, stage, groups=groups))})
    return rows


def _wait(ds: xr.Dataset, stage: str, waits: Waits) -> dict[str, Any]:
    """Return one row of the table of waits."""
    backlog = waits.age_of_backlog()
    share = float("nan")
    if stage in STANDARDS:
        limit = kept_input(ds, STANDARDS[stage])
        share = waits.share_within(np.concatenate([limit[:1], limit]))
    return {
        "served": float(waits.queues.served.sum()), "median": waits.median, "p90": waits.p90, "within": share,
        "at_minimum": waits.at_minimum, "waiting": backlog.number, "oldest": backlog.oldest,
        "over_180": backlog.over_180, "over_365": backlog.over_365,
    }


def staff_rows(ds: xr.Dataset) -> list[dict[str, Any]]:
    """Return staff against waiting work by function and country.

    Rows have posts, and the day from which people come late. ``first_short`` is the first day (index) on which staff
    fall short of the work, -1 for none. ``start`` is the day on which recruitment would have had to start for staff to
    be there in time. ``lead`` is the time to hire, days.
    """
    rows = []
    have, need, posts = (values(ds, name) for name in ("staff_effective", "work_needed", "staff_target"))
    desk, others = kept_input(ds, "staff.desk_lead_time"), kept_input(ds, "staff.recruitment_time")
    for f, function in enumerate(labels(ds, "function")):
        lead = desk if function in ("registration", "screening") else others
        late = first_late_days(ds, function)
        for c, country in enumerate(labels(ds, "country")):
            gap = np.maximum(need[:, f, c] - have[:, f, c], 0.0)
            top, short = int(need[:, f, c].argmax()), np.flatnonzero(gap >= SHORT)
            first = int(short[0]) if len(short) else -1
            rows.append({
                "function": function, "country": country, "need": float(need[top, f, c]), "day": top,
                "have": float(have[top, f, c]), "posts": float(posts[top, f, c]),
                "short_months": float(gap.sum()) / MONTH_DAYS, "first_short": first,
                "start": first - float(lead[max(first, 0), c]) if first >= 0 else float("nan"),
                "changes": _changes(posts[:, f, c]), "first_late": int(late[c]),
                "lead": float(lead[max(late[c], 0), c]),
            })
    return rows


def first_late_days(ds: xr.Dataset, stage: str) -> np.ndarray:
    """Return the day from which people who arrive come late.

    It is an index, ``[C]``; -1 where 95 % are on time, or no standard is.
    """
    countries = len(labels(ds, "country"))
    days = np.full(countries, -1)
    if stage not in STANDARDS:
        return days
    waits, limit = stage_waits(ds, stage), kept_input(ds, STANDARDS[stage])
    people, within = waits.cohort(np.concatenate([limit[:1], limit]))
    for c in range(countries):
        own = waits.country == c
        whole, late = float(people[:, own].sum()), np.cumsum((people - within)[:, own].sum(axis=1))
        if whole >= SHORT and late[-1] >= max(SOMEBODY, (1.0 - ON_TIME) * whole):
            days[c] = max(int(np.flatnonzero(late >= SOMEBODY)[0]) - 1, 0)  # of the opening: the first day
    return days


def _changes(posts: np.ndarray) -> list[dict[str, float]]:
    """Return posts on the first day, and each change: days (indices) and officers."""
    moved = np.flatnonzero(np.abs(np.diff(posts)) > CHANGE) + 1
    return [{"day": int(day), "posts": float(posts[day])} for day in (0, *moved)]


def place_rows(ds: xr.Dataset) -> list[dict[str, Any]]:
    """Return places against need by country.

    They are persons and places on the day of most need of reception, and days short.
    """
    kinds = labels(ds, "kind")
    wanting = living(ds, "reception", "unsheltered")[1:]
    open_places = values(ds, "places_open")[:, kinds.index("reception")]
    rows = []
    for c, country in enumerate(labels(ds, "country")):
        top = int(wanting[:, c].argmax())
        short = wanting[:, c] > np.maximum(open_places[:, c], 0.0) + SHORT
        rows.append({
            "country": country, "need": float(wanting[top, c]), "day": top, "have": float(open_places[top, c]),
            "days_short": int(short.sum()),
        })
    return rows


def backlog_ages(ds: xr.Dataset, stage: str = "determination") -> dict[str, Any]:
    """Return the age of the people waiting by week.

    They are persons younger than 90 days, to 180, to 365, and older.
    """
    queues = stage_waits(ds, stage).queues
    weeks = np.arange(1, len(queues.waiting), DAYS_A_WEEK)
    older = [queues.waiting.sum(axis=1)[weeks]]
    older += [queues.older_than(age).sum(axis=1)[weeks] for age in AGE_CLASSES]
    parts = [older[k] - older[k + 1] for k in range(len(AGE_CLASSES))] + [older[-1]]
    persons = [np.maximum(part, 0.0).tolist() for part in parts]
    return {"stage": stage, "days": [int(week) - 1 for week in weeks], "persons": persons}


def warnings(ds: xr.Dataset) -> list[dict[str, Any]]:
    """Return services near capacity.

    Chance makes waits longer there than the model says (``docs/small_teams.md``).
    """
    return [
        {"function": w.function, "country": w.country, "share": w.share, "team": w.team} for w in warned(ds)
    ]


def service_tables(ds: xr.Dataset) -> dict[str, Any]:
    """Return all tables of the services of one run, as plain data."""
    return {
        "waits": wait_rows(ds), "staff": staff_rows(ds), "places": place_rows(ds), "backlog": backlog_ages(ds),
        "warnings": warnings(ds),
    }


def standard(ds: xr.Dataset, stage: str) -> float:
    """Return the time standard (days) of a stage.

    It is the standard at the end of the run, the longest of all countries; NaN without one.
    """
    return float(kept_input(ds, STANDARDS[stage])[-1].max()) if stage in STANDARDS else float("nan")
