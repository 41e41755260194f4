"""Sections of a report on services: waits by class, staff and places against need, age of the backlog, warnings."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from mixedmig_model.present.html.builders import Html, bullets, join, table, tag
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.schema.services import StaffRow, WaitRow
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.pages.services import (
    busy_services,
    class_title,
    minimum_mark,
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
    """Median and 90th percentile waits, share within the standard, and the age of those who wait at the end."""
    head = ["service and option", "people served", "median wait, days", "9 in 10 within, days", "within the standard",
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
        class_title(title, row), people(row.served), f"{_days(row.median)}{minimum_mark(row)}", _days(row.p90),
        _share(row.within), people(row.waiting), _days(row.oldest), ages,
    ]


def staff_table(comparison: Comparison) -> Html:
    """Staff against need at the peak of need, by service and option: the countries that are short, named."""
    head = ["service and option", "most officers needed", "in post that day", "short, officer-months",
            "countries short", "first day short", "recruit by"]
    rows: list[list[Any]] = []
    start = date.fromisoformat(comparison.record.start)
    for function, title in FUNCTION_TITLES.items():
        rows.append([title])
        for name in comparison.names:
            found = [row for row in comparison.record.services[name].staff if row.function == function]
            rows.append([comparison.title(name), *_staff_cells(comparison, found, start)])
    return join([table(head, rows, numeric=range(1, 4)), tag("p", templates.STAFF_NOTE, class_="note")])


def _staff_cells(comparison: Comparison, found: Sequence[StaffRow], start: date) -> list[Any]:
    short = [row for row in found if row.first_short >= 0]
    need, have = sum(row.need for row in found), sum(row.have for row in found)
    months = sum(row.short_months for row in short)
    if not short:
        return [number(need, 2), number(have, 2), "0", "none", DASH, DASH]
    first = min(short, key=lambda row: row.first_short)
    names = ", ".join(comparison.countries[row.country] for row in short)
    when = start + timedelta(days=first.first_short)
    by = start + timedelta(days=round(first.start))
    return [number(need, 2), number(have, 2), number(months, 2), names, day_text(when), day_text(by)]


def places_table(comparison: Comparison) -> Html:
    """Reception places against need on the day of most need, by country and option."""
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
    """Services near capacity, where chance makes waits longer than the model says."""
    found = {name: busy_services(comparison, name) for name in comparison.names}
    items = [join([tag("strong", comparison.title(name)), ": ", text]) for name, text in found.items() if text]
    if not items:
        return tag("p", templates.BUSY_NONE, class_="note")
    return join([tag("p", tag("strong", templates.BUSY)), bullets(items)])
