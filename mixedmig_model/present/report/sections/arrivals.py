"""Sections of a report on people who depart.

They also have those who are there when the run opens, each with its source.
"""

from collections.abc import Sequence
from typing import Any

from mixedmig_model.present.html.builders import Html, join, link, paragraphs, table, tag
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.schema.inputs import DepartureRow, Sourced
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.pages.claims import of_claims
from mixedmig_model.record.words.pages.decision import day_words
from mixedmig_model.record.words.pages.inputs import quality_mark, together_words
from mixedmig_model.vocabulary.labels import STATELESS
from mixedmig_model.vocabulary.numbers import people
from mixedmig_model.vocabulary.titles import PLACE_TITLES, STAGE_TITLES

MOST_ROWS = 60
"""Rows of a table of departures that are shown one by one.

Of more, those of one country and source are one row.
"""
ORIGIN = ("quality", "source", "note")


def departures_section(comparison: Comparison) -> Html:
    """Return every row of the table of departures.

    It has people, those within the run, source, quality and note.
    """
    rows = comparison.record.departures
    if not rows:
        return paragraphs(of_claims(templates.DEPARTURES_NONE, comparison.record.coming))
    shown = rows if len(rows) <= MOST_ROWS else _together(rows)
    cells: list[list[Any]] = [
        [f"{day_words(row.start)}, {day_words(row.end)}", comparison.countries[row.country], people(row.persons),
         people(row.inside), *_origin(row)] for row in shown
    ]
    sums = [people(sum(row.persons for row in rows)), people(sum(row.inside for row in rows))]
    cells.append([tag("strong", "all"), "", *sums, "", "", ""])
    classes = ["assumed" if row.assumed else "" for row in shown]
    head = ["from, to before", "towards", "people", "within the run", *ORIGIN]
    note = tag("p", of_claims(templates.DEPARTURES_NOTE, comparison.record.coming), class_="note")
    return join([table(head, cells, row_classes=classes, numeric=(2, 3)), note])


def opening_section(comparison: Comparison) -> Html:
    """Return all people who are there when the run opens.

    It has stage, place, country, source, quality and note.
    """
    rows = comparison.record.opening
    if not rows:
        return paragraphs(templates.OPENING_NONE)
    cells: list[list[Any]] = [
        [", ".join(filter(None, (STAGE_TITLES[row.stage], PLACE_TITLES[row.place], row.group, row.waited))),
         comparison.countries[row.country], people(row.persons), *_origin(row)] for row in rows
    ]
    cells.append([tag("strong", "all"), "", people(sum(row.persons for row in rows)), "", "", ""])
    classes = ["assumed" if row.assumed else "" for row in rows]
    return table(["stage, place", "country", "people", *ORIGIN], cells, row_classes=classes, numeric=(2,))


def landing_section(comparison: Comparison) -> Html:
    """Return who lands where, and where groups come from.

    It is empty for a case that says neither.
    """
    record = comparison.record
    parts = []
    if record.origins:
        named = {**comparison.countries, STATELESS: "stateless"}
        rows = [[group, named.get(origin, origin)] for group, origin in record.origins.items()]
        parts.append(table(["group", "origin"], rows))
    if record.landing:
        cells = [[row.group, comparison.countries[row.country], f"{row.weight:g}", *_origin(row)]
                 for row in record.landing]
        classes = ["assumed" if row.assumed else "" for row in record.landing]
        head = ["group", "country of landing", "weight", *ORIGIN]
        parts.append(table(head, cells, row_classes=classes, numeric=(2,)))
        parts.append(tag("p", templates.LANDING_NOTE, class_="note"))
    return join([tag("h3", "Who lands where"), *parts]) if parts else join([])


def _origin(row: Sourced) -> list[Any]:
    return [quality_mark(row), "" if row.assumed else link(row.source_title, row.address), row.note]


def _together(rows: Sequence[DepartureRow]) -> list[DepartureRow]:
    """Return the rows of one country, source and quality as one.

    They keep the notes that they share, or none.
    """
    series: dict[tuple[str, ...], list[DepartureRow]] = {}
    for row in rows:
        series.setdefault((row.country, row.source, row.quality), []).append(row)
    return [_one(some) for some in series.values()]


def _one(some: Sequence[DepartureRow]) -> DepartureRow:
    """Return several rows as one."""
    alike = len({row.note for row in some}) == 1
    return some[0].model_copy(update={
        "start": min(row.start for row in some), "end": max(row.end for row in some),
        "persons": sum(row.persons for row in some), "inside": sum(row.inside for row in some),
        "note": some[0].note if alike else together_words(len(some)),
    })
