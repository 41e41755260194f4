"""Fans over time.

They show the 90 % range of draws, half of them, and the run of the inputs as planned.
"""

from datetime import date
from typing import Any

import numpy as np

from mixedmig_model.present.figures.base import folded
from mixedmig_model.present.figures.files import Chart, Drawn
from mixedmig_model.present.figures.lines import LEAST_TOP, Curve, draw_lines, even
from mixedmig_model.present.figures.marks import mark_events, mark_named
from mixedmig_model.present.figures.picture import Plot, figure_html
from mixedmig_model.present.html.builders import Html
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.schema.draws import DrawsPart
from mixedmig_model.record.words.charts import templates as charts
from mixedmig_model.record.words.charts.titles import fan_title
from mixedmig_model.record.words.ranges import digits_of
from mixedmig_model.study.ensemble.findings import WAITING
from mixedmig_model.vocabulary.numbers import DASH, day_text, number

COST = "cost"
FANS = {"without_shelter": "people", "waiting": "people", COST: ""}
"""The stocks that a fan shows, by the key of the record."""
MILLION = 1e6
INK = (0.1, 0.1, 0.1)


def known(comparison: Comparison) -> list[str]:
    """Return scenarios of the report that the ensemble has."""
    found = comparison.record.ensemble
    return [name for name in comparison.names if found is not None and name in found.scenarios]


def fan_bands(found: DrawsPart, key: str) -> dict[str, tuple[tuple[float | None, ...], ...]]:
    """Return bands over time by scenario of what a fan shows.

    They are empty where the ensemble has none.
    """
    return {"without_shelter": found.time.without_shelter, "waiting": found.time.waiting, COST: found.time.cost}[key]


def fan_figure(comparison: Comparison, key: str) -> Html:
    """Return a fan over time by option.

    It has half of the draws, their 90 % range, and the inputs as planned.
    """
    import seaborn as sns

    found = comparison.record.ensemble
    bands = fan_bands(found, key) if found is not None else {}
    if found is None or not bands:
        return Html("")
    names, unit = known(comparison), f"million {found.currency}" if key == COST else "person"
    days = np.array(found.time.months if key == COST else found.time.days, dtype="datetime64[D]")
    drawn = {name: np.array(bands[name], dtype=float) / (MILLION if key == COST else 1.0) for name in names}
    planned = {name: _planned(comparison, key, name) for name in names}
    top = 1.05 * max(float(np.nanmax([*drawn[name][2], *(one.values.max() for one in planned[name]), LEAST_TOP]))
                     for name in names)
    picture = Plot(len(names), min(2, len(names)), height=2.6, dates=(days[0], days[-1]))
    blue = sns.color_palette("colorblind")[0]
    for name, panel in zip(names, picture.panels, strict=True):
        low, half, high = drawn[name]
        panel.fill_between(days, low, high, color=blue, alpha=0.25, linewidth=0)
        lines = [Curve(days, half, charts.MEDIAN, blue), *planned[name]]
        title = comparison.title(name)
        draw_lines(picture, panel, lines, title=title, unit=unit, scale=even(top))
        picture.drawn += [Drawn(title, charts.RANGE, str(day), float(row[1]), unit, low=float(row[0]),
                                high=float(row[2])) for day, row in zip(days, drawn[name].T, strict=True)]
        mark_named(picture, panel, days, (np.minimum(_highest(lines, days), high), high), name=charts.RANGE,
                   colour=blue)
        panel.set_ylim(0.0, top)
        picture.name(panel, title)
    if key != COST:
        mark_events(picture, comparison, {panel: [name] for panel, name in zip(picture.panels, names, strict=True)})
    ends, tops = _ends(comparison, key, drawn)
    chart = Chart(f"fan_{key}", fan_title(key, ends, tops, found.currency),
                  charts.FAN_UNITS[key].format(currency=found.currency), charts.NUMBERS,
                  caption=charts.FAN_NOTE, series=FANS[key])
    return figure_html(picture, chart, _numbers(comparison, days, drawn), comparison)


def _highest(lines: list[Curve], days: Any) -> Any:
    """Return the highest of some lines on each day."""
    at = days.astype("datetime64[s]").astype(float)
    return np.max([np.interp(at, np.asarray(one.days, "datetime64[s]").astype(float), one.values) for one in lines],
                  axis=0)


def _planned(comparison: Comparison, key: str, name: str) -> list[Curve]:
    """Return the line of the run of the inputs as planned; none where it has no costs."""
    if key == COST:
        if name not in comparison.record.costs:
            return []
        table = comparison.record.costs[name]
        months = np.array(table.months, dtype="datetime64[D]")
        return [_planned_line(months, np.cumsum(np.sum(table.by_month_payer, axis=0)) / MILLION)]
    data = comparison.runs[name]["daily_people"]
    if key == "without_shelter":
        data = data.sel(place="unsheltered").sum(("stage", "country"))
    else:
        stages = [one for one in WAITING if one in data["stage"].values]
        data = data.sel(stage=stages).sum(("stage", "place", "country"))
    return [_planned_line(data["day"].values, data.values)]


def _planned_line(days: Any, values: Any) -> Curve:
    return Curve(days, values, charts.PLANNED, INK, dash=(0, (5, 2)), width=1.4)


def _ends(
    comparison: Comparison, key: str, drawn: dict[str, np.ndarray]
) -> tuple[dict[str, tuple[str, str]], dict[str, float]]:
    """Return the ends of the 90 % range, and the upper ones.

    They are those on the worst day, or at the end of a sum of money.
    """
    ends, tops = {}, {}
    for name, (low, _, high) in drawn.items():
        at = len(high) - 1 if key == COST else int(np.nanargmax(high))
        digits = digits_of(float(low[at]), float(high[at]))
        texts = tuple(number(max(float(one[at]), 0.0), digits) for one in (low, high))
        ends[comparison.title(name)], tops[comparison.title(name)] = (texts[0], texts[1]), float(high[at])
    return ends, tops


def _numbers(comparison: Comparison, days: Any, drawn: dict[str, np.ndarray]) -> Html:
    """Return the table of a fan on some days."""
    rows: list[list[Any]] = []
    for name, (low, half, high) in drawn.items():
        rows.append([comparison.title(name)])
        for k in np.linspace(0, len(days) - 1, 6).round().astype(int)[1:]:
            digits = digits_of(float(low[k]), float(high[k]))
            texts = [number(float(value[k]), digits) for value in (half, low, high)]
            rows.append([day_text(date.fromisoformat(str(days[k]))), texts[0], f"{texts[1]}{DASH}{texts[2]}"])
    return folded(["option and day", "half below", "90 % range"], rows)
