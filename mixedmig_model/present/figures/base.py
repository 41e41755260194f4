"""What all figures share.

It has style, panels, dates on axes, alt text, and the table of a figure's numbers.
"""

import base64
import io
import math
from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from typing import Any

import numpy as np
import xarray as xr

from mixedmig_model.present.html.builders import Html, join, table, tag
from mixedmig_model.vocabulary.numbers import day_text

MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
"""Months between the dates of an axis.

The first that leaves room for each date is taken.
"""
DAY_STEPS = (1, 2, 7, 14)
"""Days between the dates of a short run."""
SHORT = 3
"""Months of the calendar up to which a run is short."""
TWO, MOST_DATES = 2, 7
GAP_PIXELS = 6.0
DOTS = 160
"""Pixels of an inch of a picture."""
TICK_POINTS = 9.35
"""Points of the labels of an axis in the house style."""


def style() -> Any:
    """Set the house style of seaborn; return the pyplot module.

    Figures never open a window.
    """
    import matplotlib as mpl

    mpl.use("agg", force=False)
    import seaborn as sns
    from matplotlib import pyplot as plt

    sns.set_theme(context="notebook", style="whitegrid", palette="colorblind", font_scale=0.85)
    plt.rcParams |= {"figure.dpi": 100, "savefig.dpi": DOTS, "axes.titleweight": "bold", "axes.titlesize": 10}
    plt.rcParams |= {"text.parse_math": False}  # a title with two dollar signs is a title, and no formula
    plt.rcParams |= {"svg.fonttype": "none", "svg.hashsalt": "mixedmig"}  # text as text; the same bytes each time
    return plt


def legend_text(text: str) -> str:
    """Return text of a user for a legend.

    matplotlib leaves out what begins with an underscore, so a space goes first.
    """
    return f" {text}" if text.startswith("_") else text


def png(figure: Any) -> bytes:
    """Return a figure as PNG bytes; the figure is closed."""
    from matplotlib import pyplot as plt

    stream = io.BytesIO()
    figure.savefig(stream, format="png", metadata={"Software": None})
    plt.close(figure)
    return stream.getvalue()


def embedded(image: bytes, alt: str) -> Html:
    """Return a picture within a page, with its alt text."""
    data = base64.b64encode(image).decode()
    return Html(f'<img alt="{escape(alt, quote=True)}" src="data:image/png;base64,{data}">')


def folded(head: Sequence[Any], rows: Sequence[Sequence[Any]]) -> Html:
    """Return the table of a figure's numbers, folded.

    Readers on screen can open it.
    """
    inner = table(head, rows, numeric=range(1, len(head)))
    return tag("details", join([tag("summary", "Numbers of this figure"), inner]), class_="onscreen")


def sample_days(ds: xr.Dataset, count: int = 6) -> list[int]:
    """Return indices of days for a table next to a figure.

    They are evenly spread, the last day included.
    """
    return [int(k) for k in np.linspace(0, ds.sizes["day"] - 1, count + 1).round()][1:]


def day_label(ds: xr.Dataset, index: int) -> str:
    """Return a day of a run for a table head."""
    return day_text(date.fromisoformat(str(ds["day"].values[index])[:10]))


def grid(
    plt: Any, count: int, columns: int, width: float = 10.0, height: float = 2.9, shared_y: bool = True,
    shared_x: bool = True,
) -> tuple[Any, list[Any]]:
    """Return a grid of ``count`` panels with shared axes.

    Unused panels are removed.
    """
    rows = -(-count // columns)
    size = (width, height * rows)
    figure, axes = plt.subplots(
        rows, columns, figsize=size, sharex=shared_x, sharey=shared_y, squeeze=False, layout="constrained"
    )
    panels = list(axes.ravel())
    for extra in panels[count:]:
        extra.remove()
    return figure, panels[:count]


def date_axis(axis: Any, first: Any, last: Any, widest: float = math.inf) -> float:
    """Set dates on an x axis that have room next to each other.

    They go from ``first`` to ``last`` (numpy dates). ``widest`` is the most pixels of the axis. The widths of the
    labels are measured in the axis as wide as it is now, and that width is returned. Worked out once: matplotlib's own
    locator takes a quarter of the time of a figure.
    """
    room = min(float(axis.get_window_extent().width), widest)
    for days, names in _dates(np.datetime64(first, "D"), np.datetime64(last, "D")):
        if TWO <= len(days) <= MOST_DATES and _apart(axis, days, names, span=last - first, room=room):
            break
    axis.set_xticks(days.astype("datetime64[ns]"), names)
    axis.set_xlim(np.datetime64(first, "ns"), np.datetime64(last, "ns"))
    return room


def _dates(first: Any, last: Any) -> Iterator[tuple[Any, list[str]]]:
    """Yield days and their names, ever fewer.

    They are weeks of a short run, first days of months, first days of years.
    """
    months = np.arange(np.datetime64(first, "M"), np.datetime64(last, "M") + 1)
    if len(months) <= SHORT:
        for step in DAY_STEPS:
            days = np.arange(first, last + 1, step)
            yield days, [day_text(day.astype(object)) for day in days]
    for step in MONTH_STEPS:
        days = months[months.astype(int) % step == 0].astype("datetime64[D]")
        days = days[days >= first]
        if len(days):
            yield days, [f"{day.astype(object):{'%Y' if step % 12 == 0 else '%b %Y'}}" for day in days]
    yield np.array([first]), [day_text(first.astype(object))]


def _apart(axis: Any, days: Any, names: list[str], *, span: Any, room: float) -> bool:
    """Return whether labels at these days stand clear of each other.

    ``span`` is that of the axis; ``room`` is its width in pixels.
    """
    size = plain_size(axis.xaxis.get_ticklabels()[:1])
    widths = [text_width(axis.figure, name, size) for name in names]
    whole = np.timedelta64(span, "s") / np.timedelta64(1, "D")
    at = [room * float((day - days[0]) / np.timedelta64(1, "D")) / max(whole, 1.0) for day in days]
    pairs = zip(at, at[1:], widths, widths[1:], strict=False)
    return all(right - left >= (one + other) / 2.0 + GAP_PIXELS for left, right, one, other in pairs)


def plain_size(texts: Sequence[Any]) -> float:
    """Return the size of a text in points.

    It is the house style's where the text has none.
    """
    return float(texts[0].get_fontsize()) if texts else TICK_POINTS


def text_width(figure: Any, text: str, size: float, weight: str = "normal") -> float:
    """Return how wide a text is drawn, in pixels of the figure.

    ``size`` is in points.
    """
    from matplotlib.font_manager import FontProperties

    font = FontProperties(size=size, weight=weight)
    return float(figure.canvas.get_renderer().get_text_width_height_descent(text, font, ismath=False)[0])


def wrapped(figure: Any, text: str, room: float, size: float, weight: str = "normal") -> str:
    """Return a text in lines that are at most so wide.

    ``room`` is in pixels of the figure, ``size`` in points. A word wider than that is broken.
    """
    lines: list[str] = []
    for word in text.split(" "):
        line = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(figure, line, size, weight) <= room:
            lines[-1] = line
            continue
        while text_width(figure, word, size, weight) > room and len(word) > 1:
            cut = next((k for k in range(len(word) - 1, 1, -1)
                        if text_width(figure, word[:k], size, weight) <= room), 1)
            lines.append(word[:cut])
            word = word[cut:]
        lines.append(word)
    return "\n".join(lines)
