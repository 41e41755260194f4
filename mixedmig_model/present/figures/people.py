"""Figures of people.

They show stages, stocks over time, places and outcomes, with units, alt text and tables of numbers.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

from mixedmig_model.equations.table import STOCKS
from mixedmig_model.present.figures.base import day_label, folded, legend_text, sample_days, wrapped
from mixedmig_model.present.figures.files import Chart, Drawn
from mixedmig_model.present.figures.lines import DASHES, LEAST_TOP, Curve, draw_lines, even
from mixedmig_model.present.figures.marks import Colours, highest, mark_events, mark_published, seen_parts, stacked
from mixedmig_model.present.figures.picture import Plot, figure_html
from mixedmig_model.present.html.builders import Html
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.charts import templates as charts
from mixedmig_model.record.words.charts.below import LETTERS
from mixedmig_model.record.words.charts.titles import people_title
from mixedmig_model.record.words.pages.claims import of_claims
from mixedmig_model.results.outcomes import outcomes, stages_over_time
from mixedmig_model.vocabulary.labels import Coming
from mixedmig_model.vocabulary.numbers import people, percent
from mixedmig_model.vocabulary.routes import on_route
from mixedmig_model.vocabulary.titles import NEED_TITLES, OUTCOME_TITLES, STAGE_TITLES

OWN_COUNTRY = ("in_own_country",)
SHOWN_OUTCOMES = {
    "protected, or given a status": ("protected", "integrated", "resettled", "repatriated", "regularised"),
    "still in the procedure": ("procedure",),
    "in limbo": ("limbo",),
    "moved on, or on the way": ("moving", "elsewhere"),
    "returned with assistance": ("returned_assisted",),
    "returned under pressure": ("returned_induced",),
    "returned by force": ("returned_enforced",),
    "turned back": ("turned_back",),
    "in their own country": OWN_COUNTRY,
    "at sea or adrift": ("at_sea",),
    "dead or missing": ("dead",),
}
"""Outcomes as a figure shows them.

People without a record, or with a closed claim, would dwarf all others, and stand in its table.
"""


NOT_THERE: dict[Coming, tuple[str, ...]] = {
    "sea": (), "land": ("turned_back",), "air": ("turned_back",), "claim": ("turned_back", "at_sea"),
}
"""Outcomes that nobody can have, by how people come."""
ADRIFT_QUANTITY = "peak_stranded"
"""The published quantity of a figure of people adrift.

The figure measures it.
"""
DARK, PALE = (0.2, 0.2, 0.2), (0.75, 0.75, 0.75)
THIN = 1.8
"""Points of a dash of thin lines.

The dashes of several options take turns, so that none hides another.
"""
BAR, HEADS = 0.3, 2.1
"""Inches of a bar, and of what is no bar.

They are those of a figure of outcomes.
"""


def stages_figure(comparison: Comparison) -> Html:
    """Return people ashore by stage over time.

    There is one panel a scenario, with the same axes.
    """
    import seaborn as sns

    names, coming = comparison.names, comparison.record.coming
    tables = {name: stages_over_time(comparison.runs[name]) for name in names}
    days = comparison.runs[names[0]]["day"].values
    picture = Plot(len(names), min(2, len(names)), dates=(days[0], days[-1]))
    parts = {name: {title: np.maximum(tables[name].sel(stage=stage).values, 0.0)
                    for stage, title in STAGE_TITLES.items()} for name in names}
    seen, unseen = seen_parts({comparison.title(name): parts[name] for name in names})
    colours = dict(zip(STAGE_TITLES.values(), sns.color_palette("colorblind", 9), strict=True))
    for name, panel in zip(names, picture.panels, strict=True):
        shown = {title: parts[name][title] for title in seen}
        stacked(picture, panel, days, shown, colours=colours, title=comparison.title(name), unit="person",
                top=highest(parts))
        picture.name(panel, comparison.title(name))
    mark_events(picture, comparison, {panel: [name] for panel, name in zip(picture.panels, names, strict=True)})
    picture.unseen = tuple(unseen)
    _area_legend(picture, seen, colours)
    top = {comparison.title(name): float(tables[name].sum("stage").max()) for name in names}
    totals = "; ".join(f"{title} {people(value)}" for title, value in top.items())
    chart = Chart("stages", people_title(charts.AT_PEAK, charts.STAGES_STATE, top), charts.STAGES_UNIT,
                  on_route(templates.STAGES_ALT, coming).format(totals=totals), series="people")
    return figure_html(picture, chart, _stages_numbers(comparison, tables), comparison)


def _area_legend(picture: Plot, names: list[str], colours: Colours) -> None:
    """Draw a legend of areas, the highest first.

    Names stand in the areas too, where there is room.
    """
    from matplotlib.patches import Patch

    picture.legend([Patch(color=colours[name]) for name in reversed(names)], names[::-1], "right center", 1)


def _stages_numbers(comparison: Comparison, tables: Mapping[str, xr.DataArray]) -> Html:
    """Return the table of people by stage on some days."""
    first = comparison.runs[comparison.names[0]]
    days = sample_days(first)
    rows: list[list[Any]] = []
    for name, data in tables.items():
        rows.append([comparison.title(name)])
        rows += [
            [STAGE_TITLES[s], *(people(max(float(data.sel(stage=s)[k]), 0.0)) for k in days)] for s in STAGE_TITLES
        ]
    return folded(["scenario and stage", *(day_label(first, k) for k in days)], rows)


def adrift_figure(comparison: Comparison) -> Html:
    """Return people adrift over time, a line for each scenario.

    It also shows what was published.
    """
    import seaborn as sns

    variable, names = "daily_adrift", comparison.names
    picture = Plot(1, 1, height=3.0, dates=busy_days(comparison, variable))
    panel, colours = picture.panels[0], sns.color_palette("colorblind", len(names))
    values = {name: _summed(comparison.runs[name][variable]) for name in names}
    days = comparison.runs[names[0]]["day"].values
    top = 1.05 * max(mark_published(picture, panel, comparison, ADRIFT_QUANTITY),
                     max(float(found.max()) for found in values.values()), LEAST_TOP)
    draw_lines(picture, panel, [
        Curve(days, values[name], comparison.title(name), colours[k],
             dash=DASHES[k % len(DASHES)], width=2.0)
        for k, name in enumerate(names)
    ], title="", unit="person", scale=even(top))
    panel.set_ylim(0.0, top)
    mark_events(picture, comparison, {panel: names})
    first = comparison.runs[names[0]]
    shown = peak_days(first, variable)
    rows = [[comparison.title(name), *(people(max(float(values[name][k]), 0.0)) for k in shown),
             people(float(values[name].max()))] for name in names]
    peaks = {comparison.title(name): float(values[name].max()) for name in names}
    alt = charts.PEAKS.format(peaks="; ".join(f"{row[0]} {row[-1]}" for row in rows))
    chart = Chart("adrift", people_title(charts.AT_PEAK, charts.ADRIFT_STATE, peaks), charts.ADRIFT_UNIT, alt,
                  series="adrift")
    head = ["scenario", *(day_label(first, k) for k in shown), "peak"]
    return figure_html(picture, chart, folded(head, rows), comparison)


def _summed(data: xr.DataArray) -> np.ndarray:
    """Return a daily stock, all of it."""
    return np.asarray(data.sum([d for d in data.dims if d != "day"]).values)


def busy_days(comparison: Comparison, variable: str) -> tuple[Any, Any]:
    """Return the first and last day on which a stock is busy.

    It is above 0.5 % of its peak in any scenario, with two weeks on either side.
    """
    first = comparison.runs[comparison.names[0]]["day"].values
    largest = np.zeros(len(first))
    for name in comparison.names:
        data = comparison.runs[name][variable]
        largest = np.maximum(largest, data.sum([d for d in data.dims if d != "day"]).values)
    busy = np.flatnonzero(largest > 0.005 * largest.max()) if largest.max() > 0 else np.array([0, len(first) - 1])
    return first[max(busy[0] - 14, 0)], first[min(busy[-1] + 14, len(first) - 1)]


def peak_days(ds: xr.Dataset, variable: str) -> list[int]:
    """Return days for the table of a stock with a peak.

    They are spread around the baseline's peak, with the last day.
    """
    data = ds[variable]
    values = data.sum([d for d in data.dims if d != "day"]).values
    top, last = int(values.argmax()), len(values) - 1
    return sorted({min(max(top + step, 0), last) for step in (-14, 0, 14, 28, 60)} | {last})


def occupancy_figure(comparison: Comparison) -> Html:
    """Return people in reception against places open.

    There is one panel a country; places are dashed in the colour of the scenario.
    """
    import seaborn as sns

    names, run = comparison.names, comparison.runs[comparison.names[0]]
    days = run["day"].values
    picture = Plot(len(comparison.countries), min(3, len(comparison.countries)), height=2.6,
                      dates=(days[0], days[-1]))
    colours = sns.color_palette("colorblind", len(names))
    found = {(country, name): _reception(comparison.runs[name], country) for country in comparison.countries
             for name in names}
    top = 1.05 * max(LEAST_TOP, *(float(line.max()) for both in found.values() for line in both))
    for (country, title), panel in zip(comparison.countries.items(), picture.panels, strict=True):
        lines = []
        for k, name in enumerate(names):
            housed, places = found[country, name]
            lines += two_lines(comparison, k, colours[k], (days, housed), (run["day_interval"].values, places),
                               words=(charts.PEOPLE, charts.PLACES, charts.PLACES_OF))
        draw_lines(picture, panel, lines, title=title, unit="person", scale=even(top),
                   small=len(names) > 1 and len(picture.panels) > 1)
        panel.set_ylim(0.0, top)
        picture.name(panel, title)
    mark_events(picture, comparison, dict.fromkeys(picture.panels, names))
    key_legend(picture, comparison, colours)
    head = ["country and scenario", "peak in reception", "most places open", "peak occupancy", "peak without shelter"]
    rows: list[list[Any]] = []
    for country, title in comparison.countries.items():
        rows.append([title])
        rows += [_occupancy_row(comparison, name, country) for name in names]
    sums = {name: np.sum([found[country, name][0] for country in comparison.countries], axis=0) for name in names}
    peaks = {comparison.title(name): float(sums[name].max()) for name in names}
    chart = Chart("occupancy", people_title(charts.AT_PEAK, charts.RECEPTION_STATE, peaks), charts.OCCUPANCY_UNIT,
                  charts.EVERY_PEAK, series="people")
    return figure_html(picture, chart, folded(head, rows), comparison)


def _reception(ds: xr.Dataset, country: str) -> tuple[np.ndarray, np.ndarray]:
    """Return people in reception and places open, day by day."""
    housed = ds["daily_people"].sel(place="reception", country=country).sum("stage")
    return housed.values, ds["places_open"].sel(kind="reception", country=country).values


def two_lines(
    comparison: Comparison, index: int, colour: Any, *pairs: tuple[Any, Any], words: tuple[str, str, str]
) -> list[Curve]:
    """Return a full line and a thin dashed one of a scenario.

    Labels are short: its letter, or words where it is alone. ``index`` is that of the scenario. ``pairs`` are days and
    values of both. ``words`` serve both where it is alone, and the second.
    """
    alone, title, letter = len(comparison.names) == 1, comparison.title(comparison.names[index]), LETTERS[index].upper()
    (first, second), of = words[:2], words[2]
    return [
        Curve(*pairs[0], title, colour, DASHES[index % len(DASHES)], label=first if alone else letter),
        Curve(*pairs[1], of.format(option=title), colour,
              dash=_thin(index, len(comparison.names)), width=1.0,
             label=second if alone else of.format(option=letter)),
    ]


def _thin(index: int, count: int) -> Any:
    """Return the dashes of one of several thin lines.

    ``count`` is the number of lines, which take turns where they run together.
    """
    return (THIN * index, (THIN, THIN * max(count - 1, 1)))


def key_legend(picture: Plot, comparison: Comparison, colours: Any) -> None:
    """Draw the letters at lines of small panels with options.

    Each letter has the option that it stands for. One option has no legend.
    """
    from matplotlib.lines import Line2D

    names = comparison.names
    if len(names) == 1:
        return
    handles = [Line2D([], [], color=colours[k], linestyle=DASHES[k % len(DASHES)], linewidth=1.8)
               for k in range(len(names))]
    labels = [charts.KEY.format(letter=LETTERS[k].upper(), option=comparison.title(name))
              for k, name in enumerate(names)]
    picture.legend(handles, labels, "lower center", 2)


def _occupancy_row(comparison: Comparison, name: str, country: str) -> list[Any]:
    ds = comparison.runs[name]
    housed = ds["daily_people"].sel(place="reception", country=country).sum("stage").values[1:]
    places = ds["places_open"].sel(kind="reception", country=country).values
    outside = ds["daily_people"].sel(place="unsheltered", country=country).sum("stage").values
    ratio = np.divide(housed, places, out=np.full_like(housed, np.nan), where=places > 0)
    share = "no places" if np.isnan(ratio).all() else percent(float(np.nanmax(ratio)))
    return [comparison.title(name), people(housed.max()), people(places.max()), share, people(max(outside.max(), 0.0))]


def outcomes_figure(comparison: Comparison) -> Html:
    """Return what became of all who departed.

    It is by true need: shares of each need, a bar for each scenario.
    """
    import seaborn as sns

    names, coming = comparison.names, comparison.record.coming
    tables = {name: outcomes(comparison.runs[name]) for name in names}
    table = tables[names[0]]
    needs = [str(n) for n in table["need"].values]
    shown = {title: keys for title, keys in SHOWN_OUTCOMES.items()
             if _any_there(tables, keys) and not (coming == "claim" and keys == ("at_sea",))}
    colours = [*sns.color_palette("colorblind", 9), DARK, PALE]
    picture = Plot(len(needs), 1, height=HEADS / len(needs) + BAR * len(names), shared_y=False)
    for need, panel in zip(needs, picture.panels, strict=True):
        left = np.zeros(len(names))
        for (title, keys), colour in zip(shown.items(), colours, strict=False):
            width = np.array([max(float(tables[n].sel(outcome=list(keys), need=need).sum()), 0.0) for n in names])
            label = on_route(title, coming)
            panel.barh([legend_text(comparison.title(n)) for n in names], width, left=left, color=colour, label=label)
            picture.drawn += [Drawn(NEED_TITLES[need], label, comparison.title(n), float(size), "person")
                              for n, size in zip(names, width, strict=True)]
            left += width
        panel.invert_yaxis()
        panel.set_yticks(range(len(names)), [_short(picture, comparison.title(n)) for n in names])
        panel.tick_params(labelsize=8.5)
        panel.grid(visible=False, axis="y")
        picture.name(panel, charts.NEED_PANEL.format(need=NEED_TITLES[need]))
    handles, labels = picture.panels[0].get_legend_handles_labels()
    picture.legend(handles, labels, "lower center", 4)
    dead = {comparison.title(n): float(tables[n].sel(outcome="dead").sum()) for n in names}
    series = " ".join(stock.name for stock in STOCKS if stock.unit == "person")
    chart = Chart("outcomes", people_title(charts.BY_END, charts.DEAD_STATE, dead), charts.OUTCOMES_UNIT,
                  charts.BARS, caption=of_claims(charts.WITHOUT_RECORD, coming), series=series)
    return figure_html(picture, chart, _outcomes_numbers(comparison, tables, needs), comparison)


def _any_there(tables: Mapping[str, xr.DataArray], keys: tuple[str, ...]) -> bool:
    """Return whether a figure shows an outcome.

    It shows all, except people in their own country where there are none.
    """
    return keys != OWN_COUNTRY or any(float(table.sel(outcome=list(keys)).sum()) > 0.0 for table in tables.values())


def _short(picture: Plot, title: str) -> str:
    """Return a title for the axis of bars, in lines that leave them room."""
    return wrapped(picture.figure, title, 0.22 * picture.figure.bbox.width, 8.5)


def _outcomes_numbers(comparison: Comparison, tables: Mapping[str, xr.DataArray], needs: list[str]) -> Html:
    """Return the table of all outcomes, which add up to all who departed."""
    head = ["outcome", *(comparison.title(n) for n in comparison.names)]
    rows: list[list[Any]] = []
    for need in needs:
        rows.append([f"True need: {NEED_TITLES[need]}"])
        for key, title in OUTCOME_TITLES.items():
            if key in NOT_THERE[comparison.record.coming] or not _any_there(tables, (key,)):
                continue
            persons = [float(tables[name].sel(outcome=key, need=need)) for name in comparison.names]
            rows.append([on_route(title, comparison.record.coming), *(people(max(number, 0.0)) for number in persons)])
    return folded(head, rows)
