"""Figures of services: staff against need, and the age of the backlog, each with a table of its numbers."""

from datetime import date, timedelta
from typing import Any

import numpy as np

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
from mixedmig_model.vocabulary.numbers import day_text, number, people
from mixedmig_model.vocabulary.titles import AGE_TITLES, FUNCTION_TITLES


def staff_figure(comparison: Comparison) -> Html:
    """Staff in post by their output against the staff that all who wait would need, a panel for each service."""
    plt = style()
    import seaborn as sns

    figure, panels = grid(plt, len(FUNCTION_TITLES), 3, height=2.5, shared_y=False)
    colours = sns.color_palette("colorblind", len(comparison.names))
    for (function, title), panel in zip(FUNCTION_TITLES.items(), panels, strict=True):
        for index, name in enumerate(comparison.names):
            ds = comparison.runs[name]
            dates = ds["day_interval"].values
            have = ds["staff_effective"].sel(function=function).sum("country").values
            need = ds["work_needed"].sel(function=function).sum("country").values
            panel.plot(dates, have, color=colours[index], linewidth=1.8, label=legend_text(comparison.title(name)))
            panel.plot(dates, need, color=colours[index], linewidth=1.0, linestyle="--")
        _even_then_logarithmic(panel)
        panel.set_title(title, fontsize=9)
        panel.set_ylabel("officers")
        date_axis(panel, dates[0], dates[-1])
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=2)
    first = comparison.runs[comparison.names[0]]
    days = sample_days(first)
    head = ["service and option: in post / needed", *(day_label(first, k) for k in days)]
    rows: list[list[Any]] = []
    for function, title in FUNCTION_TITLES.items():
        rows.append([title])
        for name in comparison.names:
            ds = comparison.runs[name].sel(function=function)
            have, need = (ds[key].sum("country").values for key in ("staff_effective", "work_needed"))
            cells = (f"{number(have[k - 1], 2)} / {number(need[k - 1], 2)}" for k in days)
            rows.append([comparison.title(name), *cells])
    caption = templates.STAFF
    alt = templates.ALT_NUMBERS_BELOW.format(caption=caption)
    return figure_html(figure, caption, alt, folded(head, rows), series="staff")


def _even_then_logarithmic(panel: Any) -> None:
    """A scale that is even up to 1 and logarithmic above, with plain numbers on it."""
    top = 1.2 * max(1.0, *(float(line.get_ydata().max()) for line in panel.get_lines()))
    panel.set_yscale("symlog", linthresh=1.0)
    panel.set_ylim(0.0, top)
    ticks = [0.0, *(step for step in (1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1e3, 3e3, 1e4, 1e5, 1e6) if step <= top)]
    panel.set_yticks(ticks, [number(tick) for tick in ticks])
    panel.minorticks_off()


def backlog_figure(comparison: Comparison) -> Html:
    """People waiting for a first decision by how long they have waited, a panel for each option."""
    plt = style()
    import seaborn as sns

    names = comparison.names
    figure, panels = grid(plt, len(names), min(2, len(names)), height=2.6)
    colours = sns.color_palette("YlOrBr", len(AGE_TITLES) + 1)[1:]
    start = date.fromisoformat(comparison.record.start)
    tables = {name: comparison.record.services[name].backlog for name in names}
    for name, panel in zip(names, panels, strict=True):
        days = [np.datetime64(start + timedelta(days=day)) for day in tables[name].days]
        panel.stackplot(days, tables[name].persons, colors=colours, labels=AGE_TITLES, linewidth=0)
        panel.set_title(comparison.title(name))
        panel.set_ylabel("persons")
        date_axis(panel, days[0], days[-1])
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles[::-1], labels[::-1], loc="outside right center", title="waiting for")
    count = len(tables[names[0]].days)
    picked = [int(k) for k in np.linspace(0, count - 1, 6).round()][1:]
    head = ["option and age", *(day_text(start + timedelta(days=tables[names[0]].days[k])) for k in picked)]
    rows: list[list[Any]] = []
    for name in names:
        rows.append([comparison.title(name)])
        for title, persons in zip(AGE_TITLES, tables[name].persons, strict=True):
            rows.append([title, *(people(persons[k]) for k in picked)])
    caption = templates.BACKLOG
    last = {name: sum(part[-1] for part in tables[name].persons) for name in names}
    ends = "; ".join(f"{comparison.title(name)} {people(value)}" for name, value in last.items())
    alt = templates.ALT_ENDS.format(caption=caption, ends=ends)
    return figure_html(figure, caption, alt, folded(head, rows), series="people")
