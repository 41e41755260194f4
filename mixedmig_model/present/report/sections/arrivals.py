"""Sections of a report: the people who depart and those who are there when the run opens, each with its source."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from mixedmig_model.present.html.builders import Html, join, link, paragraphs, table, tag
from mixedmig_model.record.finished import Comparison
from mixedmig_model.vocabulary.numbers import day_text, people
from mixedmig_model.vocabulary.titles import PLACE_TITLES, STAGE_TITLES

MOST_ROWS = 60
"""Rows of a table of departures that are shown one by one; of more, those of one country and source are one row."""
ORIGIN = ("quality", "source", "note")


def departures_section(comparison: Comparison) -> Html:
    """Every row of the table of departures: people, those within the run, source, quality and note."""
    rows = comparison.record.get("departures", [])
    if not rows:
        return paragraphs("Nobody departs in this case: its table of departures has no rows.")
    shown = rows if len(rows) <= MOST_ROWS else _together(rows)
    cells: list[list[Any]] = [
        [_period(row), comparison.countries[row["country"]], people(row["persons"]), people(row["inside"]),
         *_origin(row)] for row in shown
    ]
    sums = [people(sum(row[key] for row in rows)) for key in ("persons", "inside")]
    cells.append([tag("strong", "all"), "", *sums, "", "", ""])
    classes = ["assumed" if row["quality"] == "assumption" else "" for row in shown]
    head = ["from, to before", "towards", "people", "within the run", *ORIGIN]
    note = ("As the table has them, spread evenly over each period. A factor on arrivals, a season, a surge or a "
            "response to policy is applied afterwards. People outside the dates of the run are not in it.")
    return join([table(head, cells, row_classes=classes, numeric=(2, 3)), tag("p", note, class_="note")])


def opening_section(comparison: Comparison) -> Html:
    """All people who are there when the run opens: stage, place, country, source, quality and note."""
    rows = comparison.record.get("opening", [])
    if not rows:
        return paragraphs("Nobody is in the procedure when the run opens.")
    cells: list[list[Any]] = [
        [f"{STAGE_TITLES[row['stage']]}, {PLACE_TITLES[row['place']]}", comparison.countries[row["country"]],
         people(row["persons"]), *_origin(row)] for row in rows
    ]
    cells.append([tag("strong", "all"), "", people(sum(row["persons"] for row in rows)), "", "", ""])
    classes = ["assumed" if row["quality"] == "assumption" else "" for row in rows]
    return table(["stage, place", "country", "people", *ORIGIN], cells, row_classes=classes, numeric=(2,))


def _origin(row: dict[str, Any]) -> list[Any]:
    return [row["quality"], link(row["source_title"], row["address"]), row["note"]]


def _period(row: dict[str, Any]) -> str:
    first, last = (day_text(date.fromisoformat(row[key])) for key in ("start", "end"))
    return f"{first}, {last}"


def _together(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of one country, source and quality as one, with the notes that they share or none."""
    series: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        series.setdefault((row["country"], row["source"], row["quality"]), []).append(row)
    return [
        {**some[0], "start": min(row["start"] for row in some), "end": max(row["end"] for row in some),
         "persons": sum(row["persons"] for row in some), "inside": sum(row["inside"] for row in some),
         "note": some[0]["note"] if len({row["note"] for row in some}) == 1 else f"{len(some)} rows of the table"}
        for some in series.values()
    ]
