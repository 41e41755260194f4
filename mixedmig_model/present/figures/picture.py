"""A figure while it is drawn.

It has panels, the numbers that are drawn, and what is set once the layout is known.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

from mixedmig_model.present.figures.base import date_axis, embedded, grid, legend_text, style, wrapped
from mixedmig_model.present.figures.files import Chart, Drawn, saved
from mixedmig_model.present.html.builders import Html, join, tag
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.words.charts.below import equal_words, too_few_words

TITLE_POINTS, SUBTITLE_POINTS, PANEL_POINTS = 11.0, 9.0, 9.0
MARGIN = 0.006
"""Of the width of a figure, left of its title."""
BETWEEN = 0.1
"""Inches on both sides of a panel."""
FULL = 0.985
"""Of the width of a figure that a title may fill."""


class Plot:
    """A grid of panels, and what is known of them.

    It notes numbers that are drawn, equal lines, and what cannot be seen. ``artists`` has what is drawn by the title of
    a panel and the name of a series.
    """

    def __init__(self, count: int, columns: int, *, width: float = 10.0, height: float = 2.9, shared_y: bool = True,
                 shared_x: bool = True, dates: tuple[Any, Any] | None = None) -> None:
        """Make the grid of panels.

        ``dates`` are the first and the last day of every panel's axis. The others are as in ``grid``.
        """
        self.figure, self.panels = grid(style(), count, columns, width=width, height=height, shared_y=shared_y,
                                        shared_x=shared_x)
        self.columns, self.dates = min(columns, count), dates
        self.figure.get_layout_engine().set(w_pad=BETWEEN)
        if dates:
            for panel in self.panels[-self.columns :]:
                panel.tick_params(labelbottom=True)
        self.drawn: list[Drawn] = []
        self.equal: dict[str, list[tuple[str, ...]]] = {}
        self.artists: dict[tuple[str, str], Any] = {}
        self.unseen: tuple[str, ...] = ()
        self.notes: list[str] = []
        self.later: list[Callable[[], None]] = []
        self.foot: Any = None

    def name(self, panel: Any, title: str, part: float = 0.75) -> None:
        """Give a panel its title, in as many lines as it needs.

        ``part`` is the part of a column that the panel fills.
        """
        room = part * self.figure.bbox.width / self.columns
        panel.set_title(wrapped(self.figure, title, room, PANEL_POINTS, "bold"), loc="left", fontsize=PANEL_POINTS)

    def legend(self, handles: Any, labels: Any, where: str, columns: int, title: str | None = None) -> None:
        """Draw one legend for all panels."""
        self.figure.legend(handles, [legend_text(one) for one in labels], loc=f"outside {where}", ncols=columns,
                           title=title, fontsize=8.5, frameon=False)

    def settle(self, chart: Chart) -> None:
        """Set titles, lay out, then place what needs the layout."""
        wide = self._set_dates([math.inf] * len(self.panels))
        head = self._head(chart)
        self.figure.get_layout_engine().execute(self.figure)
        self.figure.set_layout_engine("none")
        self._set_dates(wide)
        box = head.get_window_extent().transformed(self.figure.transFigure.inverted())
        self.figure.text(MARGIN, box.y0, self._subtitle(chart), fontsize=SUBTITLE_POINTS, color="0.35", ha="left",
                         va="bottom", in_layout=False)
        for place in self.later:
            place()

    def _set_dates(self, widest: Sequence[float]) -> list[float]:
        """Set the dates of all panels; return how wide the panels are.

        ``widest`` are the most pixels of each.
        """
        if self.dates is None:
            return list(widest)
        first, last = self.dates
        return [date_axis(panel, first, last, most) for panel, most in zip(self.panels, widest, strict=True)]

    def _head(self, chart: Chart) -> Any:
        """Return the title, with room for the subtitle below it."""
        room = FULL * self.figure.bbox.width
        title = wrapped(self.figure, chart.title, room, TITLE_POINTS, "bold")
        lines = self._subtitle(chart).count("\n") + 1
        return self.figure.suptitle(title + "\n " * lines, x=MARGIN, ha="left", fontsize=TITLE_POINTS,
                                    fontweight="bold", linespacing=1.15)

    def _subtitle(self, chart: Chart) -> str:
        return wrapped(self.figure, chart.subtitle, FULL * self.figure.bbox.width, SUBTITLE_POINTS)

    def said(self, chart: Chart) -> str:
        """Return what stands below the figure.

        It has its caption, equal lines, what cannot be seen, and marks.
        """
        parts = [chart.caption, equal_words(self.equal), too_few_words(self.unseen), *self.notes]
        return " ".join(part for part in parts if part)


def figure_html(picture: Plot, chart: Chart, numbers: Html, comparison: Comparison | None = None) -> Html:
    """Return a figure with alt text and what stands below it.

    Links to its files and the table of its numbers follow. ``comparison`` is that of the report into whose folder the
    files go; None where there are none.
    """
    picture.settle(chart)
    said = picture.said(chart)
    image, links = saved(comparison, chart.name, picture.figure, picture.drawn)
    alt = " ".join(part for part in (chart.title.rstrip(".") + ".", chart.subtitle.rstrip(".") + ".", chart.alt, said)
                   if part)
    marks = {"data_series": chart.series, "data_indicator": " ".join(chart.indicators)}
    shown = {key: text for key, text in marks.items() if text}
    below = [tag("figcaption", said)] if said else []
    return join([tag("figure", join([embedded(image, alt), *below]), **shown), links, numbers])
