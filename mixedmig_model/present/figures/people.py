"""Figures of people: stages, stocks over time, places and outcomes, with units, alt text and tables of numbers."""

from typing import Any

import numpy as np
import xarray as xr

from mixedmig_model.equations.table import STOCKS
from mixedmig_model.present.figures.base import (
    date_axis,
    day_label,
    figure_html,
    folded,
    grid,
    legend_text,
    sample_days,
    style,
)
from mixedmig_model.present.html.builders import Html
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.words import templates
from mixedmig_model.results.outcomes import outcomes, stages_over_time
from mixedmig_model.vocabulary.numbers import people, percent
from mixedmig_model.vocabulary.routes import on_route
from mixedmig_model.vocabulary.titles import NEED_TITLES, OUTCOME_TITLES, STAGE_TITLES

SHOWN_OUTCOMES = {
    "protected, or given a status": ("protected", "integrated", "resettled", "repatriated", "regularised"),
    "still in the procedure": ("procedure",),
    "in limbo": ("limbo",),
    "moved on, or on the way": ("moving", "elsewhere"),
    "returned with assistance": ("returned_assisted",),
    "returned under pressure": ("returned_induced",),
    "returned by force": ("returned_enforced",),
    "turned back": ("turned_back",),
    "at sea or adrift": ("at_sea",),
    "dead or missing": ("dead",),
}
"""Outcomes as a figure shows them; people without a record would dwarf all others, and stand in its table."""


def stages_figure(comparison: Comparison) -> Html:
    """People ashore by stage over time, one panel a scenario, same axes."""
    plt = style()
    import seaborn as sns

    names = comparison.names
    figure, panels = grid(plt, len(names), min(2, len(names)))
    colours = sns.color_palette("colorblind", 9)
    for name, panel in zip(names, panels, strict=True):
        data = stages_over_time(comparison.runs[name])
        parts = [np.maximum(data.sel(stage=stage).values, 0.0) for stage in STAGE_TITLES]
        panel.stackplot(data["day"].values, parts, colors=colours, labels=list(STAGE_TITLES.values()), linewidth=0)
        panel.set_title(comparison.title(name))
        panel.set_ylabel("persons")
        date_axis(panel, data["day"].values[0], data["day"].values[-1])
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles[::-1], labels[::-1], loc="outside right center", title="stage")
    first = comparison.runs[names[0]]
    days = sample_days(first)
    head = ["scenario and stage", *(day_label(first, k) for k in days)]
    rows: list[list[Any]] = []
    for name in names:
        data = stages_over_time(comparison.runs[name])
        rows.append([comparison.title(name)])
        rows += [
            [STAGE_TITLES[s], *(people(max(float(data.sel(stage=s)[k]), 0.0)) for k in days)] for s in STAGE_TITLES
        ]
    top = {name: float(stages_over_time(comparison.runs[name]).sum("stage").max()) for name in names}
    totals = "; ".join(f"{comparison.title(name)} {people(value)}" for name, value in top.items())
    route = comparison.record.route
    alt = on_route(templates.STAGES_ALT, route).format(totals=totals)
    return figure_html(figure, on_route(templates.STAGES, route), alt, folded(head, rows), series="people")


def lines_figure(comparison: Comparison, stock: str, caption: str, ylabel: str) -> Html:
    """One daily stock over time, a line for each scenario."""
    variable = f"daily_{stock}"
    plt = style()
    import seaborn as sns

    figure, panel = plt.subplots(figsize=(10, 3.0), layout="constrained")
    colours = sns.color_palette("colorblind", len(comparison.names))
    dashes = ["-", "--", "-.", ":"]
    for index, name in enumerate(comparison.names):
        data = comparison.runs[name][variable]
        values = data.sum([d for d in data.dims if d != "day"]).values
        panel.plot(
            data["day"].values,
            values,
            color=colours[index],
            linestyle=dashes[index % 4],
            linewidth=2,
            label=legend_text(comparison.title(name)),
        )
    panel.set_ylabel(ylabel)
    panel.set_ylim(bottom=0)
    date_axis(panel, *busy_days(comparison, variable))
    panel.legend(loc="upper right", frameon=True)
    first = comparison.runs[comparison.names[0]]
    days = peak_days(first, variable)
    head = ["scenario", *(day_label(first, k) for k in days), "peak"]
    rows = []
    for name in comparison.names:
        data = comparison.runs[name][variable]
        values = data.sum([d for d in data.dims if d != "day"]).values
        rows.append(
            [comparison.title(name), *(people(max(float(values[k]), 0.0)) for k in days), people(float(values.max()))]
        )
    alt = templates.ALT_PEAKS.format(caption=caption, peaks="; ".join(f"{row[0]} {row[-1]}" for row in rows))
    return figure_html(figure, caption, alt, folded(head, rows), series=stock)


def busy_days(comparison: Comparison, variable: str) -> tuple[Any, Any]:
    """First and last day on which a stock is above 0.5 % of its peak in any scenario, two weeks either side."""
    first = comparison.runs[comparison.names[0]]["day"].values
    largest = np.zeros(len(first))
    for name in comparison.names:
        data = comparison.runs[name][variable]
        largest = np.maximum(largest, data.sum([d for d in data.dims if d != "day"]).values)
    busy = np.flatnonzero(largest > 0.005 * largest.max()) if largest.max() > 0 else np.array([0, len(first) - 1])
    return first[max(busy[0] - 14, 0)], first[min(busy[-1] + 14, len(first) - 1)]


def peak_days(ds: xr.Dataset, variable: str) -> list[int]:
    """Days for the table of a stock with a peak: spread around the baseline's peak, and the last day."""
    data = ds[variable]
    values = data.sum([d for d in data.dims if d != "day"]).values
    top, last = int(values.argmax()), len(values) - 1
    return sorted({min(max(top + step, 0), last) for step in (-14, 0, 14, 28, 60)} | {last})


def occupancy_figure(comparison: Comparison) -> Html:
    """People in reception against places open, one panel a country; places dashed in the colour of the scenario."""
    plt = style()
    import seaborn as sns

    figure, panels = grid(plt, len(comparison.countries), min(3, len(comparison.countries)), height=2.6)
    colours = sns.color_palette("colorblind", len(comparison.names))
    for (country, title), panel in zip(comparison.countries.items(), panels, strict=True):
        for index, name in enumerate(comparison.names):
            ds = comparison.runs[name]
            housed = ds["daily_people"].sel(place="reception", country=country).sum("stage")
            places = ds["places_open"].sel(kind="reception", country=country)
            panel.plot(housed["day"].values, housed.values, color=colours[index], linewidth=1.8,
                       label=legend_text(comparison.title(name)))
            panel.plot(places["day_interval"].values, places.values, color=colours[index], linewidth=1, linestyle="--")
        panel.set_title(title)
        panel.set_ylabel("persons, places")
        date_axis(panel, ds["day"].values[0], ds["day"].values[-1])
    panels[0].set_ylim(bottom=0)
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=2)
    head = ["country and scenario", "peak in reception", "most places open", "peak occupancy", "peak without shelter"]
    rows: list[list[Any]] = []
    for country, title in comparison.countries.items():
        rows.append([title])
        rows += [_occupancy_row(comparison, name, country) for name in comparison.names]
    alt = templates.ALT_EVERY_PEAK.format(caption=templates.OCCUPANCY)
    return figure_html(figure, templates.OCCUPANCY, alt, folded(head, rows), series="people")


def _occupancy_row(comparison: Comparison, name: str, country: str) -> list[Any]:
    ds = comparison.runs[name]
    housed = ds["daily_people"].sel(place="reception", country=country).sum("stage").values[1:]
    places = ds["places_open"].sel(kind="reception", country=country).values
    outside = ds["daily_people"].sel(place="unsheltered", country=country).sum("stage").values
    ratio = np.divide(housed, places, out=np.full_like(housed, np.nan), where=places > 0)
    share = "no places" if np.isnan(ratio).all() else percent(float(np.nanmax(ratio)))
    return [comparison.title(name), people(housed.max()), people(places.max()), share, people(max(outside.max(), 0.0))]


def outcomes_figure(comparison: Comparison) -> Html:
    """What became of all who departed, by true need: shares of each need, a bar for each scenario."""
    plt = style()
    import seaborn as sns

    tables = {name: outcomes(comparison.runs[name]) for name in comparison.names}
    needs = [str(n) for n in tables[comparison.names[0]]["need"].values]
    colours = [*sns.color_palette("colorblind", 9), (0.2, 0.2, 0.2)]
    height = 0.9 + 0.42 * len(comparison.names) * len(needs)
    figure, panels = plt.subplots(len(needs), 1, figsize=(10, height), sharex=True, squeeze=False, layout="constrained")
    for need, panel in zip(needs, panels.ravel(), strict=True):
        left = np.zeros(len(comparison.names))
        for (title, keys), colour in zip(SHOWN_OUTCOMES.items(), colours, strict=True):
            width = np.array([
                max(float(tables[n].sel(outcome=list(keys), need=need).sum()), 0.0) for n in comparison.names
            ])
            panel.barh([comparison.title(n) for n in comparison.names], width, left=left, color=colour,
                       label=on_route(title, comparison.record.route))
            left += width
        panel.invert_yaxis()
        panel.set_title(f"True need: {NEED_TITLES[need]}", loc="left")
    panels.ravel()[-1].set_xlabel("persons")
    handles, labels = panels.ravel()[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=4)
    head = ["outcome", *(comparison.title(n) for n in comparison.names)]
    rows: list[list[Any]] = []
    for need in needs:
        rows.append([f"True need: {NEED_TITLES[need]}"])
        for key, title in OUTCOME_TITLES.items():
            if key == "turned_back" and comparison.record.route != "sea":
                continue
            persons = [float(tables[name].sel(outcome=key, need=need)) for name in comparison.names]
            rows.append([on_route(title, comparison.record.route), *(people(max(number, 0.0)) for number in persons)])
    alt = templates.ALT_BARS.format(caption=templates.OUTCOMES)
    series = " ".join(stock.name for stock in STOCKS if stock.unit == "person")
    return figure_html(figure, templates.OUTCOMES, alt, folded(head, rows), series=series)
