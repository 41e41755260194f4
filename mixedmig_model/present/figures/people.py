"""Figures of a report: seaborn, colour-blind safe, units on axes, each with alt text and a table of its numbers."""

import base64
import io
from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
import xarray as xr

from mixedmig_model.present.html.builders import Html, join, table, tag
from mixedmig_model.record.finished import Comparison
from mixedmig_model.results.outcomes import OUTCOMES, outcomes, stages_over_time
from mixedmig_model.vocabulary.numbers import people, percent

NEED_TITLES = {
    "international": "owed international protection",
    "other": "other protection need",
    "none": "no need known",
}
STAGE_TITLES = {
    "registration": "registration",
    "screening": "screening",
    "counselling": "counselling",
    "referral": "referral",
    "determination": "status determination",
    "appeal": "appeal",
    "protected": "protected",
    "return": "return",
    "limbo": "limbo",
}


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


def style() -> Any:
    """The house style of seaborn; returns the pyplot module. Figures never open a window."""
    import matplotlib as mpl

    mpl.use("agg", force=False)
    import seaborn as sns
    from matplotlib import pyplot as plt

    sns.set_theme(context="notebook", style="whitegrid", palette="colorblind", font_scale=0.85)
    plt.rcParams |= {"figure.dpi": 100, "savefig.dpi": 160, "axes.titleweight": "bold", "axes.titlesize": 10}
    return plt


def png(figure: Any) -> bytes:
    """A figure as PNG bytes; the figure is closed."""
    from matplotlib import pyplot as plt

    stream = io.BytesIO()
    figure.savefig(stream, format="png", metadata={"Software": None})
    plt.close(figure)
    return stream.getvalue()


def figure_html(figure: Any, caption: str, alt: str, numbers: Html) -> Html:
    """A figure with alt text and caption, and the table of its numbers below."""
    data = base64.b64encode(png(figure)).decode()
    image = Html(f'<img alt="{escape(alt, quote=True)}" src="data:image/png;base64,{data}">')
    return join([tag("figure", join([image, tag("figcaption", caption)])), numbers])


def sample_days(ds: xr.Dataset, count: int = 6) -> list[int]:
    """Indices of days for a table beside a figure: evenly spread, the last day included."""
    return [int(k) for k in np.linspace(0, ds.sizes["day"] - 1, count + 1).round()][1:]


def day_label(ds: xr.Dataset, index: int) -> str:
    """A day of a run for a table head."""
    from datetime import date

    from mixedmig_model.vocabulary.numbers import day_text

    return day_text(date.fromisoformat(str(ds["day"].values[index])[:10]))


def grid(
    plt: Any, count: int, columns: int, width: float = 10.0, height: float = 2.9, shared_y: bool = True,
    shared_x: bool = True,
) -> tuple[Any, list[Any]]:
    """A grid of ``count`` panels with shared axes; unused panels are removed."""
    rows = -(-count // columns)
    size = (width, height * rows)
    figure, axes = plt.subplots(
        rows, columns, figsize=size, sharex=shared_x, sharey=shared_y, squeeze=False, layout="constrained"
    )
    panels = list(axes.ravel())
    for extra in panels[count:]:
        extra.remove()
    return figure, panels[:count]


MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


def date_axis(axis: Any, first: Any, last: Any) -> None:
    """Readable dates on an x axis from ``first`` to ``last`` (numpy dates): at most six first days of months.

    Worked out once: matplotlib's own locator takes a quarter of the time of a figure.
    """
    start, end = np.datetime64(first, "M"), np.datetime64(last, "M")
    months = int(end.astype(int)) - int(start.astype(int)) + 1
    step = next((s for s in MONTH_STEPS if months / s <= 6), MONTH_STEPS[-1])
    if months < 3:  # a short run: weeks
        days = np.arange(np.datetime64(first, "D"), np.datetime64(last, "D") + 1, 14)
    else:
        every = np.arange(start, end + 1)
        days = every[every.astype(int) % step == 0].astype("datetime64[D]")
        days = days[days >= np.datetime64(first, "D")]
    names = [f"{day.astype(object):%d %b %Y}" if months < 3 else f"{day.astype(object):%b %Y}" for day in days]
    axis.set_xticks(days.astype("datetime64[ns]"), names)
    axis.set_xlim(np.datetime64(first, "ns"), np.datetime64(last, "ns"))


def stages_figure(book: Comparison) -> Html:
    """People ashore by stage over time, one panel a scenario, same axes."""
    plt = style()
    import seaborn as sns

    names = book.names
    figure, panels = grid(plt, len(names), min(2, len(names)))
    colours = sns.color_palette("colorblind", 9)
    for name, panel in zip(names, panels, strict=True):
        data = stages_over_time(book.runs[name])
        parts = [np.maximum(data.sel(stage=stage).values, 0.0) for stage in STAGE_TITLES]
        panel.stackplot(data["day"].values, parts, colors=colours, labels=list(STAGE_TITLES.values()), linewidth=0)
        panel.set_title(book.title(name))
        panel.set_ylabel("persons")
        date_axis(panel, data["day"].values[0], data["day"].values[-1])
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles[::-1], labels[::-1], loc="outside right center", title="stage")
    first = book.runs[names[0]]
    days = sample_days(first)
    head = ["scenario and stage", *(day_label(first, k) for k in days)]
    rows: list[list[Any]] = []
    for name in names:
        data = stages_over_time(book.runs[name])
        rows.append([book.title(name)])
        rows += [
            [STAGE_TITLES[s], *(people(max(float(data.sel(stage=s)[k]), 0.0)) for k in days)] for s in STAGE_TITLES
        ]
    top = {name: float(stages_over_time(book.runs[name]).sum("stage").max()) for name in names}
    alt = "Stacked areas of people ashore by stage over time. Largest totals: " + "; ".join(
        f"{book.title(name)} {people(value)}" for name, value in top.items()
    )
    caption = "People ashore by stage of the procedure, all countries (persons)."
    return figure_html(figure, caption, alt, folded(head, rows))


def folded(head: Sequence[Any], rows: Sequence[Sequence[Any]]) -> Html:
    """The table of a figure's numbers, open to readers who ask for it and always printed."""
    inner = table(head, rows, numeric=range(1, len(head)))
    return tag("details", join([tag("summary", "Numbers of this figure"), inner]))


def lines_figure(book: Comparison, variable: str, caption: str, ylabel: str) -> Html:
    """One daily stock over time, a line for each scenario."""
    plt = style()
    import seaborn as sns

    figure, panel = plt.subplots(figsize=(10, 3.0), layout="constrained")
    colours = sns.color_palette("colorblind", len(book.names))
    dashes = ["-", "--", "-.", ":"]
    for index, name in enumerate(book.names):
        data = book.runs[name][variable]
        values = data.sum([d for d in data.dims if d != "day"]).values
        panel.plot(
            data["day"].values,
            values,
            color=colours[index],
            linestyle=dashes[index % 4],
            linewidth=2,
            label=book.title(name),
        )
    panel.set_ylabel(ylabel)
    panel.set_ylim(bottom=0)
    date_axis(panel, *busy_days(book, variable))
    panel.legend(loc="upper right", frameon=True)
    first = book.runs[book.names[0]]
    days = peak_days(first, variable)
    head = ["scenario", *(day_label(first, k) for k in days), "peak"]
    rows = []
    for name in book.names:
        data = book.runs[name][variable]
        values = data.sum([d for d in data.dims if d != "day"]).values
        rows.append(
            [book.title(name), *(people(max(float(values[k]), 0.0)) for k in days), people(float(values.max()))]
        )
    alt = f"{caption} Peaks: " + "; ".join(f"{row[0]} {row[-1]}" for row in rows)
    return figure_html(figure, caption, alt, folded(head, rows))


def busy_days(book: Comparison, variable: str) -> tuple[Any, Any]:
    """First and last day on which a stock is above 0.5 % of its peak in any scenario, two weeks either side."""
    first = book.runs[book.names[0]]["day"].values
    largest = np.zeros(len(first))
    for name in book.names:
        data = book.runs[name][variable]
        largest = np.maximum(largest, data.sum([d for d in data.dims if d != "day"]).values)
    busy = np.flatnonzero(largest > 0.005 * largest.max()) if largest.max() > 0 else np.array([0, len(first) - 1])
    return first[max(busy[0] - 14, 0)], first[min(busy[-1] + 14, len(first) - 1)]


def peak_days(ds: xr.Dataset, variable: str) -> list[int]:
    """Days for the table of a stock with a peak: spread around the baseline's peak, and the last day."""
    data = ds[variable]
    values = data.sum([d for d in data.dims if d != "day"]).values
    top, last = int(values.argmax()), len(values) - 1
    return sorted({min(max(top + step, 0), last) for step in (-14, 0, 14, 28, 60)} | {last})


def occupancy_figure(book: Comparison) -> Html:
    """People in reception against places open, one panel a country; places dashed in the colour of the scenario."""
    plt = style()
    import seaborn as sns

    figure, panels = grid(plt, len(book.countries), min(3, len(book.countries)), height=2.6)
    colours = sns.color_palette("colorblind", len(book.names))
    for (country, title), panel in zip(book.countries.items(), panels, strict=True):
        for index, name in enumerate(book.names):
            ds = book.runs[name]
            housed = ds["daily_people"].sel(place="reception", country=country).sum("stage")
            places = ds["places_open"].sel(kind="reception", country=country)
            panel.plot(housed["day"].values, housed.values, color=colours[index], linewidth=1.8, label=book.title(name))
            panel.plot(places["day_interval"].values, places.values, color=colours[index], linewidth=1, linestyle="--")
        panel.set_title(title)
        panel.set_ylabel("persons, places")
        date_axis(panel, ds["day"].values[0], ds["day"].values[-1])
    panels[0].set_ylim(bottom=0)
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=2)
    head = ["country and scenario", "peak in reception", "most places open", "peak occupancy", "peak without shelter"]
    rows: list[list[Any]] = []
    for country, title in book.countries.items():
        rows.append([title])
        rows += [_occupancy_row(book, name, country) for name in book.names]
    caption = "People in reception (full lines) against places open (dashed lines), by country and scenario."
    alt = f"{caption} The table below gives the peaks of every line."
    return figure_html(figure, caption, alt, folded(head, rows))


def _occupancy_row(book: Comparison, name: str, country: str) -> list[Any]:
    ds = book.runs[name]
    housed = ds["daily_people"].sel(place="reception", country=country).sum("stage").values[1:]
    places = ds["places_open"].sel(kind="reception", country=country).values
    outside = ds["daily_people"].sel(place="unsheltered", country=country).sum("stage").values
    ratio = np.divide(housed, places, out=np.full_like(housed, np.nan), where=places > 0)
    share = "no places" if np.isnan(ratio).all() else percent(float(np.nanmax(ratio)))
    return [book.title(name), people(housed.max()), people(places.max()), share, people(max(outside.max(), 0.0))]


def outcomes_figure(book: Comparison) -> Html:
    """What became of all who departed, by true need: shares of each need, a bar for each scenario."""
    plt = style()
    import seaborn as sns

    tables = {name: outcomes(book.runs[name]) for name in book.names}
    needs = [str(n) for n in tables[book.names[0]]["need"].values]
    colours = [*sns.color_palette("colorblind", 9), (0.2, 0.2, 0.2)]
    height = 0.9 + 0.42 * len(book.names) * len(needs)
    figure, panels = plt.subplots(len(needs), 1, figsize=(10, height), sharex=True, squeeze=False, layout="constrained")
    for need, panel in zip(needs, panels.ravel(), strict=True):
        left = np.zeros(len(book.names))
        for (title, keys), colour in zip(SHOWN_OUTCOMES.items(), colours, strict=True):
            width = np.array([
                max(float(tables[n].sel(outcome=list(keys), need=need).sum()), 0.0) for n in book.names
            ])
            panel.barh([book.title(n) for n in book.names], width, left=left, color=colour, label=title)
            left += width
        panel.invert_yaxis()
        panel.set_title(f"True need: {NEED_TITLES[need]}", loc="left")
    panels.ravel()[-1].set_xlabel("persons")
    handles, labels = panels.ravel()[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=4)
    head = ["outcome", *(book.title(n) for n in book.names)]
    rows: list[list[Any]] = []
    for need in needs:
        rows.append([f"True need: {NEED_TITLES[need]}"])
        for key, title in OUTCOMES:
            rows.append([title, *(people(max(float(tables[n].sel(outcome=key, need=need)), 0.0)) for n in book.names)])
    caption = (
        "Where people are at the end of the run, by what they are truly owed (persons). The bars leave out those "
        "without a record; the table has them, and adds up to all who departed."
    )
    alt = f"{caption} Stacked bars by scenario; the table below gives every number."
    return figure_html(figure, caption, alt, folded(head, rows))
