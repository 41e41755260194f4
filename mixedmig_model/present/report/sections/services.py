"""Sections of a report on services: waits by class, staff and places against need, age of the backlog, warnings."""

from datetime import date, timedelta
from typing import Any

from mixedmig_model.present.html.builders import Html, bullets, join, table, tag
from mixedmig_model.record.finished import Comparison
from mixedmig_model.vocabulary.numbers import DASH, amount, day_text, number, people
from mixedmig_model.vocabulary.titles import CLASS_TITLES, FUNCTION_TITLES

ALIKE = 0.05
"""Waits of a class are shown apart where its median or 90th percentile differs by more than this from everybody's."""


def _days(value: float) -> str:
    return DASH if value != value else number(value, 2)


def _share(value: float) -> str:
    return DASH if value != value else amount(value, "share")


def _apart(row: dict[str, Any], whole: dict[str, Any]) -> bool:
    """Whether a class waits differently from everybody."""
    return any(abs(row[key] - whole[key]) > ALIKE * max(abs(whole[key]), 1.0) for key in ("median", "p90"))


def waits_table(comparison: Comparison) -> Html:
    """Median and 90th percentile waits, share within the standard, and the age of those who wait at the end."""
    head = ["service and option", "people served", "median wait, days", "9 in 10 within, days", "within the standard",
            "waiting at the end", "oldest, days", "over 6 / 12 months"]
    rows: list[list[Any]] = []
    tables = comparison.record["services"]
    for stage, title in FUNCTION_TITLES.items():
        standard = comparison.record["standards"].get(stage)
        text = f"{title} (standard: {number(standard)} days)" if standard else title
        rows.append([text])
        for name in comparison.names:
            found = [row for row in tables[name]["waits"] if row["stage"] == stage]
            whole = found[0]
            for row in found:
                if row is whole or _apart(row, whole):
                    rows.append(_wait_row(comparison.title(name), row))
    note = (
        "First come, first served within a class, worked out from running totals. Minimum: most people were served "
        "while the service had capacity to spare; it took its minimum time, and the model, which knows no chance, has "
        "no queue. Within the standard: of those who arrived early enough to know, people who left otherwise apart."
    )
    return join([table(head, rows, numeric=range(1, len(head))), tag("p", note, class_="note")])


def _wait_row(title: str, row: dict[str, Any]) -> list[Any]:
    name = title if row["class"] == "all" else f"{title}: {CLASS_TITLES[row['class']]}"
    at_minimum = " (minimum)" if row["at_minimum"] > 0.5 else ""
    ages = f"{_share(row['over_180'])} / {_share(row['over_365'])}"
    return [
        name, people(row["served"]), f"{_days(row['median'])}{at_minimum}", _days(row["p90"]), _share(row["within"]),
        people(row["waiting"]), _days(row["oldest"]), ages,
    ]


def staff_table(comparison: Comparison) -> Html:
    """Staff against need at the peak of need, by service and option: the countries that are short, named."""
    head = ["service and option", "most officers needed", "in post that day", "short, officer-months",
            "countries short", "first day short", "recruit by"]
    rows: list[list[Any]] = []
    start = date.fromisoformat(comparison.record["start"])
    for function, title in FUNCTION_TITLES.items():
        rows.append([title])
        for name in comparison.names:
            found = [row for row in comparison.record["services"][name]["staff"] if row["function"] == function]
            rows.append([comparison.title(name), *_staff_cells(comparison, found, start)])
    note = (
        "Needed: officers of full output who would serve all who wait within the minimum time; in post: by their "
        "output, novices in part; both summed over the peaks of each country. Recruit by: the first day short less "
        "the lead time of recruitment; training and ramp come on top."
    )
    return join([table(head, rows, numeric=range(1, 4)), tag("p", note, class_="note")])


def _staff_cells(comparison: Comparison, found: list[dict[str, Any]], start: date) -> list[Any]:
    short = [row for row in found if row["first_short"] >= 0]
    need, have = sum(row["need"] for row in found), sum(row["have"] for row in found)
    months = sum(row["short_months"] for row in short)
    if not short:
        return [number(need, 2), number(have, 2), "0", "none", DASH, DASH]
    first = min(short, key=lambda row: row["first_short"])
    names = ", ".join(comparison.countries[row["country"]] for row in short)
    when = start + timedelta(days=first["first_short"])
    by = start + timedelta(days=round(first["start"]))
    return [number(need, 2), number(have, 2), number(months, 2), names, day_text(when), day_text(by)]


def places_table(comparison: Comparison) -> Html:
    """Reception places against need on the day of most need, by country and option."""
    head = ["country and option", "people who needed a place", "places open that day", "on", "days with too few"]
    rows: list[list[Any]] = []
    start = date.fromisoformat(comparison.record["start"])
    for country, title in comparison.countries.items():
        rows.append([title])
        for name in comparison.names:
            row = next(r for r in comparison.record["services"][name]["places"] if r["country"] == country)
            day = day_text(start + timedelta(days=row["day"]))
            need = people(row["need"])
            rows.append([comparison.title(name), need, people(row["have"]), day, number(row["days_short"])])
    return table(head, rows, numeric=(1, 2, 4))


def warnings(comparison: Comparison) -> Html:
    """Services near capacity, where chance makes waits longer than the model says."""
    items = []
    for name in comparison.names:
        found = comparison.record["services"][name]["warnings"]
        if found:
            parts = [
                f"{FUNCTION_TITLES[w['function']].lower()} in {comparison.countries[w['country']]} "
                f"({amount(w['share'], 'share')} of days, {number(w['team'], 2)} officers)"
                for w in found
            ]
            items.append(join([tag("strong", comparison.title(name)), ": ", "; ".join(parts)]))
    if not items:
        return tag("p", "No service runs at 80 to 105 % of its capacity for more than 5 % of days.", class_="note")
    text = (
        "Waits are understated here. At 80 to 105 % of capacity chance alone keeps people waiting, the more so the "
        "smaller the team; this model knows no chance. The guide has the size of the bias by team and load."
    )
    return join([tag("p", tag("strong", text)), bullets(items)])
