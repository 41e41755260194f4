"""What all figures share: style, panels, dates on axes, alt text, and the table of a figure's numbers."""

import base64
import io
from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

import numpy as np
import xarray as xr

from mixedmig_model.present.html.builders import Html, join, table, tag
from mixedmig_model.vocabulary.numbers import day_text

MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
"""Months between the dates of an axis, the first that gives at most six."""


def style() -> Any:
    """The house style of seaborn; returns the pyplot module. Figures never open a window."""
    import matplotlib as mpl

    mpl.use("agg", force=False)
    import seaborn as sns
    from matplotlib import pyplot as plt

    sns.set_theme(context="notebook", style="whitegrid", palette="colorblind", font_scale=0.85)
    plt.rcParams |= {"figure.dpi": 100, "savefig.dpi": 160, "axes.titleweight": "bold", "axes.titlesize": 10}
    plt.rcParams["text.parse_math"] = False  # a title with two dollar signs is a title, and no formula
    return plt


def legend_text(text: str) -> str:
    """Text of a user for a legend: matplotlib leaves out what begins with an underscore, so a space goes first."""
    return f" {text}" if text.startswith("_") else text


def png(figure: Any) -> bytes:
    """A figure as PNG bytes; the figure is closed."""
    from matplotlib import pyplot as plt

    stream = io.BytesIO()
    figure.savefig(stream, format="png", metadata={"Software": None})
    plt.close(figure)
    return stream.getvalue()


def figure_html(
    figure: Any, caption: str, alt: str, numbers: Html, *, series: str = "", indicators: Sequence[str] = ()
) -> Html:
    """A figure with alt text and caption, and the table of its numbers below.

    Args: series, the stocks and flows that it shows, spaces between; indicators, keys of those that it shows.
    """
    data = base64.b64encode(png(figure)).decode()
    image = Html(f'<img alt="{escape(alt, quote=True)}" src="data:image/png;base64,{data}">')
    marks = {"data_series": series, "data_indicator": " ".join(indicators)}
    shown = {key: text for key, text in marks.items() if text}
    return join([tag("figure", join([image, tag("figcaption", caption)]), **shown), numbers])


def folded(head: Sequence[Any], rows: Sequence[Sequence[Any]]) -> Html:
    """The table of a figure's numbers, open to readers who ask for it on screen."""
    inner = table(head, rows, numeric=range(1, len(head)))
    return tag("details", join([tag("summary", "Numbers of this figure"), inner]), class_="onscreen")


def sample_days(ds: xr.Dataset, count: int = 6) -> list[int]:
    """Indices of days for a table beside a figure: evenly spread, the last day included."""
    return [int(k) for k in np.linspace(0, ds.sizes["day"] - 1, count + 1).round()][1:]


def day_label(ds: xr.Dataset, index: int) -> str:
    """A day of a run for a table head."""
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
