"""The one chart of the first page.

It shows by how much each option changes each harm, or who is where, with one option.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from mixedmig_model.present.figures.base import date_axis, legend_text, style, wrapped
from mixedmig_model.present.figures.files import Drawn
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.words.front_page import templates as front
from mixedmig_model.record.words.front_page.chart import changes_of, chart_title, harm_titles
from mixedmig_model.results.outcomes import stages_over_time
from mixedmig_model.vocabulary.titles import STAGE_TITLES

WIDE, LOW, HIGH = 7.2, 1.2, 1.75
"""Inches on paper."""
TITLE_POINTS, ROOM = 8.5, 0.72
"""Size of the title, and a part of the width of a page.

The part is the one left of the names of options.
"""


def front_figure(comparison: Comparison, options: Sequence[str]) -> tuple[Any, list[Drawn]]:
    """Return bars of each harm that changes materially.

    One option alone has people by stage instead. The numbers that are drawn come with the figure.
    """
    plt = style()
    changes = changes_of(comparison, options[1:])
    return _bars(plt, comparison, options, changes) if changes else _stages(plt, comparison, options)


def _bars(plt: Any, comparison: Comparison, options: Sequence[str], changes: dict[str, dict[str, float]],
          ) -> tuple[Any, list[Drawn]]:
    """Return bars in percent of the baseline, by harm and option."""
    import seaborn as sns

    names, harms = options[1:], list(changes)
    height = min(LOW + 0.12 * len(harms) * len(names), HIGH)
    figure, panel = plt.subplots(figsize=(WIDE, height), layout="constrained")
    colours, width = sns.color_palette("colorblind", len(names)), 0.8 / len(names)
    for index, name in enumerate(names):
        at = np.arange(len(harms)) + (index - (len(names) - 1) / 2) * width
        panel.barh(at, [changes[key].get(name, 0.0) for key in harms], height=width, color=colours[index],
                   label=legend_text(comparison.title(name)))
    panel.axvline(0.0, color="black", linewidth=0.8)
    panel.set_yticks(range(len(harms)), harm_titles(harms))
    panel.invert_yaxis()
    panel.grid(visible=False, axis="y")
    panel.set_xlim(-105, 105)
    panel.set_xlabel(front.CHART_AXIS, fontsize=7)
    panel.tick_params(labelsize=7)
    _title(figure, panel, comparison, options)
    figure.legend(fontsize=7, frameon=False, loc="outside right center")
    titles = dict(zip(harms, harm_titles(harms), strict=True))
    return figure, [Drawn("", comparison.title(name), titles[key], changes[key].get(name, 0.0), front.CHART_UNIT)
                    for key in harms for name in names]


def _title(figure: Any, panel: Any, comparison: Comparison, options: Sequence[str]) -> None:
    """Write what the chart shows, in lines that keep within the page."""
    text = wrapped(figure, chart_title(comparison, options), ROOM * figure.bbox.width, TITLE_POINTS, "bold")
    panel.set_title(text, loc="left", fontsize=TITLE_POINTS)


def _stages(plt: Any, comparison: Comparison, options: Sequence[str]) -> tuple[Any, list[Drawn]]:
    """Return people of the baseline by stage over time."""
    import seaborn as sns

    data = stages_over_time(comparison.runs[options[0]])
    figure, panel = plt.subplots(figsize=(WIDE, HIGH), layout="constrained")
    parts = [np.maximum(data.sel(stage=stage).values, 0.0) for stage in STAGE_TITLES]
    panel.stackplot(data["day"].values, parts, colors=sns.color_palette("colorblind", len(parts)),
                    labels=list(STAGE_TITLES.values()), linewidth=0)
    panel.set_ylabel("people", fontsize=7)
    panel.tick_params(labelsize=7)
    _title(figure, panel, comparison, options)
    date_axis(panel, data["day"].values[0], data["day"].values[-1])
    figure.legend(loc="outside right center", fontsize=7)
    drawn = [Drawn("", title, str(day)[:10], float(value), "person") for title, part in
             zip(STAGE_TITLES.values(), parts, strict=True)
             for day, value in zip(data["day"].values, part, strict=True)]
    return figure, drawn
