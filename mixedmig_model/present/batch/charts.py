"""Charts of a batch: lines over one axis, or cells over two.

Runs that add a breach or make one grow are marked, and so is the baseline.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from mixedmig_model.present.figures.base import folded, text_width, wrapped
from mixedmig_model.present.figures.files import Chart, Drawn
from mixedmig_model.present.figures.picture import Plot, figure_html
from mixedmig_model.present.html.builders import Html, paragraphs
from mixedmig_model.record.schema.commands import BatchAxis, BatchIndex, BatchRunRow
from mixedmig_model.record.words.charts import batches as words
from mixedmig_model.record.words.charts import templates
from mixedmig_model.record.words.charts.batches import Charted
from mixedmig_model.vocabulary.numbers import number

COLUMNS, MOST_ACROSS = 2, 6
"""Panels next to each other, and most columns of cells for it.

With more columns of cells each panel has a row of its own.
"""
SCENARIO = "scenario"
MOST_CELLS, MOST_TICKS = 120, 8
"""Cells that have numbers, and values that an axis names."""
LINE_INCHES, LONE_INCHES, CELL_INCHES, HEAD_INCHES, TALLEST = 2.3, 3.2, 0.34, 1.25, 4.0
"""Inches of height.

The first two are those of a panel of lines, in several rows of panels and in one. The others are those of a row of
cells, of what is around cells, and of the tallest panel of cells.
"""
NAME_PIXELS, LABEL_POINTS, LARGEST, SMALLEST, ROOM = 150.0, 8.0, 8.5, 5.5, 0.92
"""Width of names of scenarios, sizes of type, and a part.

It is the part of a cell that its number may fill.
"""
HEADROOM = 1.3
"""Of the highest number: the height of an axis."""
HATCH, GREY, INK = "////", "0.85", "0.15"
BLUE, ORANGE = 250, 40
"""Hues of less and more than the baseline."""


def batch_charts(index: BatchIndex) -> Html:
    """Return the chart of a batch, or why there is none.

    Parameters
    ----------
    index : BatchIndex
        The index of the batch.

    Returns
    -------
    Html
        HTML; empty where nothing varies or no run is done.
    """
    if not index.axes or not words.done_runs(index):
        return paragraphs(index.uncharted) if index.uncharted else Html("")
    drawn, same = words.charted(index)
    if not drawn:
        return paragraphs(templates.BATCH_NOTHING_DIFFERS)
    return _lines(index, drawn, same) if len(index.axes) == 1 else _heat(index, drawn, same)


def _chart(index: BatchIndex, drawn: Sequence[Charted], same: Sequence[Charted], *, numbers: bool) -> Chart:
    return Chart("batch", words.title_words(index, drawn), words.subtitle_words(index), words.alt_words(index, drawn),
                 words.caption_words(index, same, numbers=numbers), indicators=tuple(one.key for one in drawn))


def _numbers(index: BatchIndex, drawn: Sequence[Charted]) -> Html:
    """Return the table of what is drawn: a row a run, the baseline first."""
    runs = words.done_runs(index)
    rows = [[index.baseline_title, *(one.text(one.baseline) for one in drawn)]]
    rows += [[run.title, *(one.text(one.values[place]) for one in drawn)] for place, run in enumerate(runs)]
    return folded(["", *(one.named for one in drawn)], rows)


# ---- lines ----------------------------------------------------------------------------------------------------------


def _lines(index: BatchIndex, drawn: Sequence[Charted], same: Sequence[Charted]) -> Html:
    axis, runs = index.axes[0], sorted(enumerate(words.done_runs(index)), key=lambda pair: pair[1].at)
    height = LINE_INCHES if len(drawn) > COLUMNS else LONE_INCHES
    picture = Plot(len(drawn), COLUMNS, height=height, shared_y=False, shared_x=False)
    for one, panel in zip(drawn, picture.panels, strict=True):
        values = [one.values[place] / one.scale for place, _ in runs]
        _line(picture, panel, one, values, [run for _, run in runs])
        _across(panel, axis, axis.values)
    _legend(picture, _line_marks(any(run.apart for _, run in runs)))
    return figure_html(picture, _chart(index, drawn, same, numbers=True), _numbers(index, drawn))


def _line(picture: Plot, panel: Any, one: Charted, values: Sequence[float], runs: Sequence[BatchRunRow]) -> None:
    """Draw one indicator: its line, its points, and the baseline."""
    import seaborn as sns

    colour, at = sns.color_palette("colorblind")[0], [run.at[0] for run in runs]
    panel.plot(at, values, color=colour, linewidth=1.6, zorder=2.5)
    panel.axhline(one.baseline / one.scale, color="0.35", linestyle=(0, (5, 2)), linewidth=1.2, zorder=2.0)
    for is_marked, look in ((False, POINT), (True, STAR)):
        some = [place for place, run in enumerate(runs) if run.apart == is_marked]
        panel.plot([at[k] for k in some], [values[k] for k in some], linestyle="none", zorder=3.0, **look)
    picture.name(panel, one.title)
    panel.set_ylabel(one.axis)
    panel.margins(x=0.08)
    panel.set_ylim(0.0, HEADROOM * max([one.baseline / one.scale, *(value for value in values if value == value)]))
    panel.yaxis.set_major_formatter(lambda value, _: number(value))
    if len(runs) <= MOST_TICKS:
        _label_points(panel, one, at, values)
    picture.drawn += [Drawn(one.title, run.name, str(run.at[0]), value, one.axis)
                      for run, value in zip(runs, values, strict=True)]


def _label_points(panel: Any, one: Charted, at: Sequence[float], values: Sequence[float]) -> None:
    """Write the number of each point away from the line of the baseline."""
    for x, value in zip(at, values, strict=True):
        is_below = one.scale * value < one.baseline
        panel.annotate(one.cell(one.scale * value), (x, value), xytext=(0.0, -8.0 if is_below else 8.0), color=INK,
                       textcoords="offset points", ha="center", va="top" if is_below else "bottom",
                       fontsize=LABEL_POINTS)


POINT: Any = {"marker": "o", "markersize": 5, "color": "#0173b2"}
STAR: Any = {"marker": "*", "markersize": 13, "color": "white", "markeredgecolor": "#8c1d18", "markeredgewidth": 1.4}


def _line_marks(has_stars: bool) -> list[tuple[str, Any]]:
    """Return the marks of the legend with words, breaches first."""
    from matplotlib.lines import Line2D

    stars = [(templates.BATCH_MARKED, Line2D([], [], linestyle="none", **STAR))] if has_stars else []
    return [*stars, (templates.BATCH_UNMARKED, Line2D([], [], linestyle="none", **POINT)),
            (templates.BATCH_BASELINE, Line2D([], [], color="0.35", linestyle=(0, (5, 2)), linewidth=1.2))]


def _legend(picture: Plot, marks: Sequence[tuple[str, Any]]) -> None:
    picture.legend([mark for _, mark in marks], [text for text, _ in marks], "lower center", len(marks))


def _across(panel: Any, axis: BatchAxis, at: Sequence[float]) -> None:
    """Set names of some values of the axis, and its title."""
    kept = _some(len(at))
    panel.set_xticks([at[k] for k in kept], [axis.labels[k] for k in kept], fontsize=LABEL_POINTS)
    panel.set_xlabel(words.axis_words(axis), fontsize=LABEL_POINTS)


def _some(count: int) -> list[int]:
    """Return the places of values that are named: all of a few, else some with both ends."""
    return sorted({int(k) for k in np.linspace(0, count - 1, min(count, MOST_TICKS)).round()})


# ---- cells ----------------------------------------------------------------------------------------------------------


def _heat(index: BatchIndex, drawn: Sequence[Charted], same: Sequence[Charted]) -> Html:
    down, across = index.axes
    count, rows = len(across.values), len(down.values)
    columns = COLUMNS if count <= MOST_ACROSS and len(drawn) > 1 else 1
    height = min(HEAD_INCHES + CELL_INCHES * rows, TALLEST)
    picture = Plot(len(drawn), columns, height=height, shared_y=False, shared_x=False)
    are_few = count * rows <= MOST_CELLS
    for one, panel in zip(drawn, picture.panels, strict=True):
        _cells(picture, panel, index, one)
        if are_few:
            picture.later.append(partial(_write_numbers, picture, panel, index, one))
    _legend(picture, _cell_marks(index))
    return figure_html(picture, _chart(index, drawn, same, numbers=are_few), _numbers(index, drawn))


def _cells(picture: Plot, panel: Any, index: BatchIndex, one: Charted) -> None:
    """Draw one indicator as cells whose colour is the distance to the baseline."""
    import seaborn as sns

    down, across = index.axes
    table = np.full((len(down.values), len(across.values)), np.nan)
    for run, value in zip(words.done_runs(index), one.values, strict=True):
        table[_cell(index, run)] = value / one.scale
        picture.drawn.append(Drawn(one.title, run.name, str(run.at), value / one.scale, one.axis))
    base = one.baseline / one.scale
    far = float(np.nanmax(np.abs(table - base))) if np.isfinite(table - base).any() else 1.0
    sns.heatmap(table, ax=panel, cmap=sns.diverging_palette(BLUE, ORANGE, s=85, l=60, as_cmap=True),
                vmin=base - far, vmax=base + far, linewidths=0.5, linecolor="white",
                cbar_kws={"aspect": 14, "shrink": 0.9})
    panel.set_facecolor(GREY)
    _dress_bar(panel.collections[0].colorbar, one, table, base)
    _mark_cells(panel, index)
    picture.name(panel, one.title, 0.8)
    _name_axes(picture, panel, down, across)


def _dress_bar(bar: Any, one: Charted, table: Any, base: float) -> None:
    """Give a bar of colours its unit, the range of the numbers that are drawn, and the baseline."""
    ends = [base, *(float(value) for value in table[np.isfinite(table)])]
    bar.ax.set_ylim(min(ends), max(ends) if max(ends) > min(ends) else min(ends) + 1.0)
    bar.ax.axhline(base, **BAR_LINE)
    bar.set_label(one.axis, fontsize=LABEL_POINTS)
    bar.ax.yaxis.set_major_formatter(lambda value, _: number(value))
    bar.ax.tick_params(labelsize=LABEL_POINTS)


BAR_LINE: Any = {"color": "black", "linewidth": 3.0}


def _cell(index: BatchIndex, run: BatchRunRow) -> tuple[int, int]:
    """Return the row and the column of a run."""
    down, across = (axis.values.index(value) for axis, value in zip(index.axes, run.at, strict=True))
    return down, across


def _mark_cells(panel: Any, index: BatchIndex) -> None:
    """Draw hatches over runs that add a breach or let one grow."""
    from matplotlib.patches import Rectangle

    for run in words.done_runs(index):
        if run.apart:
            row, column = _cell(index, run)
            panel.add_patch(Rectangle((column, row), 1, 1, **HATCHED))


HATCHED: Any = {"fill": False, "hatch": HATCH, "edgecolor": "#8c1d18", "linewidth": 0.0}


def _cell_marks(index: BatchIndex) -> list[tuple[str, Any]]:
    """Return the marks of the legend with words, breaches first."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    runs = words.done_runs(index)
    marks = [(templates.BATCH_MARKED, Patch(**HATCHED))] if any(run.apart for run in runs) else []
    whole = len(index.axes[0].values) * len(index.axes[1].values)
    grey = [(templates.BATCH_NO_RESULT, Patch(facecolor=GREY))] if len({run.at for run in runs}) < whole else []
    return [*marks, (templates.BATCH_BAR, Line2D([], [], **BAR_LINE)), *grey]


def _name_axes(picture: Plot, panel: Any, down: BatchAxis, across: BatchAxis) -> None:
    """Set names of values and titles of both axes."""
    _across(panel, across, [k + 0.5 for k in range(len(across.values))])
    kept = _some(len(down.values))
    names = [wrapped(picture.figure, down.labels[k], NAME_PIXELS, LABEL_POINTS) for k in kept]
    panel.set_yticks([k + 0.5 for k in kept], names, fontsize=LABEL_POINTS, rotation=0)
    if down.kind != SCENARIO:
        panel.invert_yaxis()  # numbers rise upwards, as on other charts
    panel.tick_params(axis="x", rotation=0)
    panel.set_ylabel(wrapped(picture.figure, words.axis_words(down), NAME_PIXELS, LABEL_POINTS), fontsize=LABEL_POINTS)


def _write_numbers(picture: Plot, panel: Any, index: BatchIndex, one: Charted) -> None:
    """Write the numbers into the cells, in type with which they fit.

    They are left out where none is small enough.
    """
    texts = [(run, one.cell(value)) for run, value in zip(words.done_runs(index), one.values, strict=True)]
    room = ROOM * panel.get_window_extent().width / len(index.axes[1].values)
    sizes = np.arange(LARGEST, SMALLEST - 0.1, -0.5)
    size = next((float(size) for size in sizes
                 if max(text_width(picture.figure, text, size) for _, text in texts) <= room), None)
    if size is None:
        return
    for run, text in texts:
        row, column = _cell(index, run)
        behind = {"bbox": {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 0.8}} if run.apart else {}
        panel.text(column + 0.5, row + 0.5, text, ha="center", va="center", fontsize=size, color=INK, zorder=4.0,
                   in_layout=False, **behind)
