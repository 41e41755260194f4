"""Lines that are labelled where they end.

Equal lines are drawn once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from mixedmig_model.present.figures.base import wrapped
from mixedmig_model.present.figures.files import Drawn
from mixedmig_model.present.figures.picture import Plot
from mixedmig_model.present.figures.thinning import kept
from mixedmig_model.record.words.charts import templates

DASHES: tuple[Any, ...] = (
    "-", (0, (5, 2)), (0, (6, 2, 1.2, 2)), (0, (1.2, 1.6)), (0, (3, 3)), (0, (9, 2, 1.2, 2, 1.2, 2)),
)
SEEN = 1.0 / 500.0
"""Lines within this share of a panel's height look like one.

They are nowhere further from each other.
"""
CLEAR = 0.015
"""Share of a panel's height at which a label can point.

Lines so far from each other leave no doubt which of them is meant.
"""
ROOMY = 0.09
"""Of the height of a small panel: room of a label."""
LABEL_POINTS, WIDEST = 8.5, 150.0
"""Size of labels, and their width in pixels.

There are 100 pixels to the inch.
"""
LEADER = 16.0
"""Points between the end of an axis and its labels."""
POINTS_TO_SEE = 240
LEAST_TOP = 1e-3
"""The least height of an axis, of any unit.

An axis has a height, also where nobody is there.
"""
WITHIN = {"color": "0.55", "linewidth": 0.6, "linestyle": "-"}
"""How the line of a label within the panel looks.

It does not look like a line of the figure.
"""


@dataclass(frozen=True)
class Curve:
    """One line of a panel.

    It has days, values, its name, and how it is drawn.
    """

    days: Any
    values: Any
    name: str
    colour: Any
    dash: Any = "-"
    width: float = 1.8
    steps: bool = False
    label: str = ""

    @property
    def shown(self) -> str:
        """What it is called in the panel.

        It is its name, or something shorter.
        """
        return self.label or self.name


def draw_lines(
    picture: Plot, panel: Any, lines: Sequence[Curve], *, title: str, unit: str, scale: Any, small: bool = False
) -> None:
    """Draw lines with labels at their right ends.

    Equal lines are drawn once, under both names. ``title`` is that of the panel, for words and files. ``scale`` makes
    values shares of the height of the panel. ``small`` says whether the panel is one of many. Lines of such a panel
    whose ends are near each other are named by the legend alone.
    """
    lines = [_thinned(line, picture.dates, scale) for line in lines]
    at = _instants(lines, picture.dates)
    heights = [scale(np.interp(at, _numbers(line.days), np.asarray(line.values, dtype=float))) for line in lines]
    groups: list[list[int]] = []
    for index in range(len(lines)):
        same = next((group for group in groups if _alike(heights[group[0]], heights[index])), None)
        if same is None:
            groups.append([index])
        else:
            same.append(index)
    for order, group in enumerate(groups):
        line = lines[group[0]]
        artists = panel.plot(line.days, line.values, color=line.colour, linestyle=line.dash, linewidth=line.width,
                   drawstyle="steps-post" if line.steps else "default", clip_on=False, zorder=2.5 + 0.01 * order)
        picture.artists[title, line.name] = artists[0]
        if len(group) > 1:
            picture.equal.setdefault(title, []).append(tuple(lines[k].shown for k in group))
    for line in lines:
        picture.drawn += [Drawn(title, line.name, str(day)[:10], float(value), unit)
                          for day, value in zip(np.asarray(line.days), line.values, strict=True)]
    _label(picture, panel, lines, groups=groups, heights=heights, at=at, small=small)


def _thinned(line: Curve, dates: tuple[Any, Any] | None, scale: Any) -> Curve:
    """Return a line within the axis, without points that nobody sees.

    Without them the line looks the same.
    """
    days, values = np.asarray(line.days), np.asarray(line.values, dtype=float)
    if dates:
        first, last = (np.datetime64(one, "s") for one in dates)
        inside = (days.astype("datetime64[s]") >= first) & (days.astype("datetime64[s]") <= last)
        days, values = days[inside], values[inside]
    keep = np.arange(len(days)) if line.steps else kept(_numbers(days), scale(values)[None, :])
    return replace(line, days=days[keep], values=values[keep])


def _instants(lines: Sequence[Curve], dates: tuple[Any, Any] | None) -> Any:
    """Return instants at which lines are compared, within the axis."""
    first, last = dates or (lines[0].days[0], lines[0].days[-1])
    start, end = (float(one) for one in _numbers([first, last]))
    return np.linspace(start, end, POINTS_TO_SEE)


def _numbers(days: Any) -> Any:
    return np.asarray(days, dtype="datetime64[s]").astype(float)


def _alike(one: Any, other: Any) -> bool:
    """Return whether two lines look like one.

    They are nowhere further from each other than can be seen.
    """
    return bool(np.max(np.abs(one - other)) < SEEN)


def _label(
    picture: Plot, panel: Any, lines: Sequence[Curve], *, groups: Sequence[Sequence[int]], heights: Sequence[Any],
    at: Any, small: bool,
) -> None:
    """Set labels right of the panel, and move them from each other once the layout is known."""
    from matplotlib.transforms import ScaledTranslation

    figure, placed = picture.figure, []
    right = panel.get_yaxis_transform() + ScaledTranslation(LEADER / 72.0, 0.0, figure.dpi_scale_trans)
    for group in groups:
        line = lines[group[0]]
        others = [heights[other[0]] for other in groups if other is not group]
        index = _anchor(heights[group[0]], others)
        if small and not _clear_end(heights[group[0]], others):
            continue
        day = np.asarray(at[index]).astype("datetime64[s]")
        value = float(np.interp(at[index], _numbers(line.days), np.asarray(line.values, dtype=float)))
        text = wrapped(figure, templates.EQUAL.join(lines[k].shown for k in group), WIDEST, LABEL_POINTS)
        if index < len(at) - 1:
            panel.plot([day], [value], "o", color=line.colour, markersize=4, zorder=3.0)
        leader = {"color": line.colour, "linewidth": 1.2, "linestyle": line.dash} if index == len(at) - 1 else WITHIN
        placed.append(panel.annotate(
            text, xy=(day, value), xytext=(1.0, value), xycoords="data", textcoords=right, color=_ink(line.colour),
            fontsize=LABEL_POINTS, va="center", ha="left", annotation_clip=False, linespacing=1.0,
            arrowprops={"arrowstyle": "-", "shrinkA": 1.0, "shrinkB": 0.0, **leader}))
    picture.later.append(lambda: spread(panel, placed))


def _ink(colour: Any) -> Any:
    """Return a colour dark enough for letters."""
    return tuple(0.72 * part for part in colour[:3])


def _anchor(height: Any, others: Sequence[Any]) -> int:
    """Return where a label points.

    It is the end of a line, or the last instant at which it is clear of all others.
    """
    if not others:
        return len(height) - 1
    apart = np.min([np.abs(height - other) for other in others], axis=0)
    clear = np.flatnonzero(apart >= CLEAR)
    return int(clear[-1]) if len(clear) else int(np.argmax(apart))


def _clear_end(height: Any, others: Sequence[Any]) -> bool:
    """Return whether the end of a line stands so far from all others that a label fits there."""
    return all(abs(float(height[-1] - other[-1])) >= ROOMY for other in others)


def spread(panel: Any, labels: Sequence[Any]) -> None:
    """Move labels up and down until none covers another.

    All stay next to the panel.
    """
    if not labels:
        return
    box = panel.get_window_extent()
    data = panel.transData
    wanted = [float(data.transform((0.0, label.xyann[1]))[1]) for label in labels]
    # numbers of the axis are days: only the height counts here
    tall = [_height(label) for label in labels]
    order = sorted(range(len(labels)), key=lambda k: wanted[k])
    centres, edge = {}, box.y0 - tall[order[0]] / 2.0
    for k in order:
        centres[k] = max(wanted[k], edge + tall[k] / 2.0)
        edge = centres[k] + tall[k] / 2.0
    edge = max(box.y1 + tall[order[-1]] / 2.0, box.y0 + sum(tall) - tall[order[0]] / 2.0)
    for k in reversed(order):
        centres[k] = min(centres[k], edge - tall[k] / 2.0)
        edge = centres[k] - tall[k] / 2.0
    for k, label in enumerate(labels):
        label.set_position((1.0, float(data.inverted().transform((0.0, centres[k]))[1])))


def _height(label: Any) -> float:
    """Return the height of a label in pixels, its leader left out."""
    from matplotlib.text import Text

    return float(Text.get_window_extent(label).height) + 1.0


def even(top: float) -> Any:
    """Return a scale that is even from 0 to ``top``."""
    return lambda values: np.asarray(values) / (top or 1.0)


def name_points(picture: Plot, panel: Any, points: Sequence[tuple[float, float, str]], colours: Any) -> None:
    """Label points right of the panel.

    Each has a thin line to its point. ``points`` have x, y and name.
    """
    from matplotlib.transforms import ScaledTranslation

    right = panel.get_yaxis_transform() + ScaledTranslation(LEADER / 72.0, 0.0, picture.figure.dpi_scale_trans)
    placed = [panel.annotate(
        wrapped(picture.figure, name, WIDEST, LABEL_POINTS), xy=(x, y), xytext=(1.0, y), textcoords=right,
        color=_ink(colours[k % len(colours)]), fontsize=LABEL_POINTS, va="center", ha="left", annotation_clip=False,
        linespacing=1.0, arrowprops={"arrowstyle": "-", "color": colours[k % len(colours)], "linewidth": 0.8,
                                     "shrinkA": 1.0, "shrinkB": 4.0}) for k, (x, y, name) in enumerate(points)]
    picture.later.append(lambda: spread(panel, placed))
