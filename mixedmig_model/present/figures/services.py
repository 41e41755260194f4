"""Figures of services.

They show staff against need, and the age of the backlog, each with a table of its numbers.
"""

from datetime import date, timedelta
from typing import Any

import numpy as np

from mixedmig_model.present.figures.base import day_label, folded, sample_days
from mixedmig_model.present.figures.files import Chart
from mixedmig_model.present.figures.lines import Curve, draw_lines
from mixedmig_model.present.figures.marks import highest, mark_events, seen_parts, stacked
from mixedmig_model.present.figures.people import key_legend, two_lines
from mixedmig_model.present.figures.picture import Plot, figure_html
from mixedmig_model.present.html.builders import Html
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.words.charts import templates as charts
from mixedmig_model.record.words.charts.titles import people_title, staff_title
from mixedmig_model.vocabulary.numbers import day_text, number, people
from mixedmig_model.vocabulary.titles import AGE_TITLES, FUNCTION_TITLES

EVEN_TO, EVEN_PART = 1.0, 10.0 / 9.0
"""Where the even part of the scale ends, and its length.

The length is in tenfolds.
"""
HEADROOM = 1.2


def staff_figure(comparison: Comparison) -> Html:
    """Return staff in post against the staff needed.

    Staff count by their output; need is what all who wait would need, a panel for each service.
    """
    import seaborn as sns

    names = comparison.names
    dates = comparison.runs[names[0]]["day_interval"].values
    picture = Plot(len(FUNCTION_TITLES), 3, height=2.5, shared_y=False, dates=(dates[0], dates[-1]))
    colours = sns.color_palette("colorblind", len(names))
    peaks = {}
    for (function, title), panel in zip(FUNCTION_TITLES.items(), picture.panels, strict=True):
        lines: list[Curve] = []
        for k, name in enumerate(names):
            have, need = _staff(comparison, name, function)
            peaks[title, comparison.title(name)] = _largest_gap(have, need)
            lines += two_lines(comparison, k, colours[k], (dates, have), (dates, need),
                               words=(charts.IN_POST, charts.OCCUPIED, charts.OCCUPIED_OF))
        top = HEADROOM * max(1.0, *(float(line.values.max()) for line in lines))
        panel.set_yscale("symlog", linthresh=EVEN_TO)
        draw_lines(picture, panel, lines, title=title, unit="officer", scale=_shares_of(top), small=len(names) > 1)
        _plain_ticks(panel, top)
        picture.name(panel, title)
    mark_events(picture, comparison, dict.fromkeys(picture.panels, names))
    key_legend(picture, comparison, colours)
    chart = Chart("staff", staff_title(peaks), charts.STAFF_UNIT, charts.NUMBERS,
                  caption=charts.STAFF_NOTE, series="staff")
    return figure_html(picture, chart, _staff_numbers(comparison), comparison)


def _staff(comparison: Comparison, name: str, function: str) -> tuple[np.ndarray, np.ndarray]:
    """Return officers in post and needed, day by day, all countries."""
    ds = comparison.runs[name].sel(function=function)
    return ds["staff_effective"].sum("country").values, ds["work_needed"].sum("country").values


def _largest_gap(have: np.ndarray, need: np.ndarray) -> tuple[float, float]:
    """Return officers needed and in post on the day of most need."""
    day = int(need.argmax())
    return float(need[day]), float(have[day])


def _staff_numbers(comparison: Comparison) -> Html:
    """Return the table of staff in post and needed on some days."""
    first = comparison.runs[comparison.names[0]]
    days = sample_days(first)
    rows: list[list[Any]] = []
    for function, title in FUNCTION_TITLES.items():
        rows.append([title])
        for name in comparison.names:
            have, need = _staff(comparison, name, function)
            cells = (f"{number(have[k - 1], 2)} / {number(need[k - 1], 2)}" for k in days)
            rows.append([comparison.title(name), *cells])
    return folded(["service and option: in post / needed", *(day_label(first, k) for k in days)], rows)


def _shares_of(top: float) -> Any:
    """Return the scale that is even up to 1 and logarithmic above, as shares of its height."""
    def height(values: Any) -> Any:
        up = np.maximum(np.asarray(values, dtype=float), 0.0)
        return np.where(up <= EVEN_TO, EVEN_PART * up, EVEN_PART + np.log10(np.maximum(up, 1.0)))

    return lambda values: height(values) / height(top)


def _plain_ticks(panel: Any, top: float) -> None:
    """Set plain numbers on the scale of services.

    The scale is even up to 1 and logarithmic above.
    """
    panel.set_ylim(0.0, top)
    ticks = [0.0, *(step for step in (1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1e3, 3e3, 1e4, 1e5, 1e6) if step <= top)]
    panel.set_yticks(ticks, [number(tick) for tick in ticks])
    panel.minorticks_off()


def backlog_figure(comparison: Comparison) -> Html:
    """Return people waiting for a first decision by wait.

    There is a panel for each option.
    """
    import seaborn as sns
    from matplotlib.patches import Patch

    names = comparison.names
    start = date.fromisoformat(comparison.record.start)
    tables = {name: comparison.record.services[name].backlog for name in names}
    days = [np.datetime64(start + timedelta(days=day)) for day in tables[names[0]].days]
    picture = Plot(len(names), min(2, len(names)), height=2.6, dates=(days[0], days[-1]))
    colours = dict(zip(AGE_TITLES, sns.color_palette("YlOrBr", len(AGE_TITLES) + 1)[1:], strict=True))
    parts = {name: {title: np.array(persons) for title, persons in zip(AGE_TITLES, tables[name].persons, strict=True)}
             for name in names}
    seen, unseen = seen_parts({comparison.title(name): parts[name] for name in names})
    for name, panel in zip(names, picture.panels, strict=True):
        stacked(picture, panel, days, {title: parts[name][title] for title in seen}, colours=colours,
                title=comparison.title(name), unit="person", top=highest(parts))
        picture.name(panel, comparison.title(name))
    mark_events(picture, comparison, {panel: [name] for panel, name in zip(picture.panels, names, strict=True)})
    picture.unseen = tuple(unseen)
    picture.legend([Patch(color=colours[name]) for name in reversed(seen)], seen[::-1], "right center", 1,
                   title="waiting for")
    last = {comparison.title(name): float(sum(part[-1] for part in tables[name].persons)) for name in names}
    ends = "; ".join(f"{title} {people(value)}" for title, value in last.items())
    chart = Chart("backlog", people_title(charts.AT_END, charts.WAITING_STATE, last), charts.BACKLOG_UNIT,
                  charts.ENDS.format(ends=ends), series="people")
    return figure_html(picture, chart, _backlog_numbers(comparison, start), comparison)


def _backlog_numbers(comparison: Comparison, start: date) -> Html:
    """Return the table of people who wait, by how long, on some days."""
    tables = {name: comparison.record.services[name].backlog for name in comparison.names}
    first = tables[comparison.names[0]].days
    picked = [int(k) for k in np.linspace(0, len(first) - 1, 6).round()][1:]
    rows: list[list[Any]] = []
    for name, found in tables.items():
        rows.append([comparison.title(name)])
        rows += [[title, *(people(persons[k]) for k in picked)]
                 for title, persons in zip(AGE_TITLES, found.persons, strict=True)]
    return folded(["option and age", *(day_text(start + timedelta(days=first[k])) for k in picked)], rows)
