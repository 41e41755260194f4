"""Sections of a report on services.

They have waits by class, staff and places against need, age of the backlog, and warnings.
"""

from datetime import date, timedelta
from typing import Any

from mixedmig_model.present.html.builders import Html, bullets, join, table, tag
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.schema.services import WaitRow
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.pages import templates as said
from mixedmig_model.record.words.pages.posts import posts_note, posts_rows
from mixedmig_model.record.words.pages.services import (
    busy_services,
    class_title,
    no_queue_mark,
    service_title,
    shown_waits,
)
from mixedmig_model.vocabulary.numbers import DASH, amount, day_text, number, people
from mixedmig_model.vocabulary.titles import FUNCTION_TITLES


def _days(value: float) -> str:
    return DASH if value != value else number(value, 2)


def _share(value: float) -> str:
    return DASH if value != value else amount(value, "share")


def waits_table(comparison: Comparison) -> Html:
    """Return waits by service and option.

    It has medians and 90th percentiles, the share within the standard, and the age of those who wait at the end.
    """
    head = ["service and option", "people served", "median wait, days", "90 % within, days", "within the standard",
            "waiting at the end", "oldest, days", "over 6 / 12 months"]
    rows: list[list[Any]] = []
    for stage in FUNCTION_TITLES:
        rows.append([service_title(comparison, stage)])
        for name in comparison.names:
            rows += [_wait_row(comparison.title(name), row) for row in shown_waits(comparison, name, stage)]
    note = tag("p", templates.WAITS_NOTE, class_="note")
    return join([table(head, rows, numeric=range(1, len(head))), note])


def _wait_row(title: str, row: WaitRow) -> list[Any]:
    ages = f"{_share(row.over_180)} / {_share(row.over_365)}"
    return [
        class_title(title, row), people(row.served), f"{_days(row.median)}{no_queue_mark(row)}", _days(row.p90),
        _share(row.within), people(row.waiting), _days(row.oldest), ages,
    ]


def posts_table(comparison: Comparison) -> Html:
    """Return posts by service and country.

    They are have, need, missing, from when people come late, and recruit by.
    """
    rows: list[list[Any]] = []
    for function in FUNCTION_TITLES:
        found = posts_rows(comparison, function)
        if found:
            rows += [[service_title(comparison, function)], *([one.title, *one.cells] for one in found)]
    note = tag("p", posts_note(comparison), class_="note")
    return join([table([said.POSTS_COUNTRY, *said.POSTS_HEADS], rows, numeric=(3,)), note])


def places_table(comparison: Comparison) -> Html:
    """Return reception places against need.

    It is on the day of most need, by country and option.
    """
    head = ["country and option", "people who needed a place", "places open that day", "on", "days with too few"]
    rows: list[list[Any]] = []
    start = date.fromisoformat(comparison.record.start)
    for country, title in comparison.countries.items():
        rows.append([title])
        for name in comparison.names:
            row = next(r for r in comparison.record.services[name].places if r.country == country)
            day = day_text(start + timedelta(days=row.day))
            need = people(row.need)
            rows.append([comparison.title(name), need, people(row.have), day, number(row.days_short)])
    return table(head, rows, numeric=(1, 2, 4))


def warnings(comparison: Comparison) -> Html:
    """Return services near capacity.

    Chance makes waits longer there than the model says.
    """
    found = {name: busy_services(comparison, name) for name in comparison.names}
    items = [join([tag("strong", comparison.title(name)), ": ", text]) for name, text in found.items() if text]
    if not items:
        return tag("p", templates.BUSY_NONE, class_="note")
    return join([tag("p", tag("strong", templates.BUSY)), bullets(items)])
