"""Marks of a figure.

They are dated events on the axis of time, published totals as points, and names within stacked areas.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from mixedmig_model.present.figures.files import Drawn
from mixedmig_model.present.figures.lines import LABEL_POINTS
from mixedmig_model.present.figures.picture import Plot
from mixedmig_model.present.figures.thinning import kept
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.schema.options import EventRow
from mixedmig_model.record.words.charts import templates
from mixedmig_model.record.words.charts.below import LETTERS, event_words, events_of, too_few_in

Areas = Mapping[str, np.ndarray]
"""Values by the name of an area, the lowest first."""
Colours = Mapping[str, tuple[float, float, float]]
CLOSEST, MOST_MARKS = 0.03, 6
"""Least room between marks, and how many there are at most.

The room is a share of a figure's width. Events that are nearer share one mark.
"""
MARK_POINTS, MARK_PAD = 7.5, 12.0
LEAST_ROOM = 1.15
"""Height of an area that leaves room for its name.

It is a share of the height of the name.
"""
HALF = 0.5
DAY_NANOSECONDS = 86400e9
PLACES_TO_TRY = 240
LEAST_HEIGHT, LEAST_AREA = 1.0 / 100.0, 0.0008
"""Shares of a panel's height and of its area.

An area that is smaller cannot be seen.
"""


def mark_events(picture: Plot, comparison: Comparison, panels: Mapping[Any, Sequence[str]]) -> None:
    """Draw marks on the days on which inputs change.

    They stand on the axes. ``panels`` have the scenarios that each shows.
    """
    if picture.dates is None:
        return
    first, last = (np.datetime64(one, "D") for one in picture.dates)
    days = int((last - first) / np.timedelta64(1, "D"))
    rows = {row for names in panels.values() for name in names for row in events_of(comparison, name)
            if first <= np.datetime64(row.day) <= last}
    groups = grouped(sorted(rows, key=lambda row: (row.day, row.scenario)), days, picture.columns)
    if not groups:
        return
    for panel, names in panels.items():
        panel.tick_params(axis="x", pad=MARK_PAD)
        for letter, group in zip(LETTERS, groups, strict=False):
            if any(row.scenario in ("", *names) for row in group):
                _mark(panel, np.datetime64(group[0].day, "s"), letter)
    picture.notes.append(event_words(comparison, groups))


def grouped(rows: Sequence[EventRow], days: int, columns: int) -> list[list[EventRow]]:
    """Return events by the mark that they share.

    ``days`` are those of the axis; ``columns`` of panels fill the width of the figure.
    """
    closest = CLOSEST * columns
    while True:
        groups: list[list[EventRow]] = []
        for row in rows:
            near = groups and _days(groups[-1][0], row) < closest * days
            groups = [*groups[:-1], [*groups[-1], row]] if near else [*groups, [row]]
        if len(groups) <= MOST_MARKS:
            return groups
        closest += CLOSEST / 2.0


def _days(one: EventRow, other: EventRow) -> int:
    return (date.fromisoformat(other.day) - date.fromisoformat(one.day)).days


def _mark(panel: Any, day: Any, letter: str) -> None:
    """Draw a thin line up the panel, and a letter below its axis."""
    panel.axvline(day, color="0.45", linewidth=0.8, linestyle=(0, (1, 2)), zorder=2.0)
    at = day.astype("datetime64[ns]").astype(float) / DAY_NANOSECONDS  # a text at a place of the axis has no units
    panel.annotate(letter, xy=(at, 0.0), xycoords=panel.get_xaxis_transform(), xytext=(0.0, -2.0),
                   textcoords="offset points", ha="center", va="top", fontsize=MARK_POINTS, fontweight="bold",
                   color="0.25", annotation_clip=False)


def mark_published(picture: Plot, panel: Any, comparison: Comparison, quantity: str) -> float:
    """Draw published totals of a quantity; return the highest end.

    Each is drawn over the time that it holds for. The highest end is that of a range.
    """
    top = 0.0
    for row in comparison.record.published:
        if row.quantity != quantity:
            continue
        first, last = (date.fromisoformat(text) for text in (row.start, row.end))
        middle = first + timedelta(days=(last - first).days // 2)
        low, high = row.low - row.rounding / 2.0, row.high + row.rounding / 2.0
        high = row.value if row.bound == "at_least" else high
        low = row.value if row.bound == "at_most" else low
        panel.plot([first, last], [row.value, row.value], color="0.15", linewidth=1.0, zorder=3.0)
        panel.errorbar([middle], [row.value], yerr=[[row.value - low], [high - row.value]], fmt="D", markersize=5,
                       color="0.15", markerfacecolor="0.15" if row.scored else "white", capsize=3, zorder=3.1)
        name = templates.PUBLISHED if row.scored else templates.PUBLISHED_DOUBTFUL
        panel.annotate(name, xy=(last, row.value), xytext=(4.0, 0.0), textcoords="offset points",
                       va="center", fontsize=LABEL_POINTS, color="0.15")
        picture.drawn.append(Drawn("", name, middle.isoformat(), row.value, "person", low=low, high=high))
        top = max(top, high)
    if top:
        picture.notes.append(templates.PUBLISHED_POINTS)
    return top


def stacked(picture: Plot, panel: Any, days: Any, parts: Areas, *, colours: Colours,
            title: str, unit: str, top: float) -> None:
    """Draw areas on each other, with names where there is room.

    ``parts`` are values by the name of an area. ``title`` is that of the panel, and ``top`` the highest sum of all
    panels.
    """
    whole = np.cumsum(list(parts.values()), axis=0)
    instants = np.asarray(days, dtype="datetime64[s]").astype(float)
    keep = kept(instants, whole / (top or 1.0))
    days, parts = np.asarray(days)[keep], {name: np.asarray(values)[keep] for name, values in parts.items()}
    areas = panel.stackplot(days, list(parts.values()), colors=[colours[name] for name in parts], linewidth=0)
    picture.artists |= {(title, name): area for name, area in zip(parts, areas, strict=True)}
    for name, values in parts.items():
        picture.drawn += [Drawn(title, name, str(day)[:10], float(value), unit)
                          for day, value in zip(np.asarray(days), values, strict=True)]
    numbers = np.asarray(days, dtype="datetime64[ns]").astype(float) / DAY_NANOSECONDS
    even = np.linspace(numbers[0], numbers[-1], PLACES_TO_TRY)
    parts, numbers = {name: np.interp(even, numbers, values) for name, values in parts.items()}, even
    picture.later.append(lambda: _name_areas(picture, panel, numbers, parts, colours=colours))


def highest(tables: Mapping[str, Areas]) -> float:
    """Return the highest sum of areas of all panels.

    ``tables`` have the areas of each panel by its title.
    """
    return max(float(np.sum(list(parts.values()), axis=0).max()) for parts in tables.values())


def seen_parts(tables: Mapping[str, Areas]) -> tuple[list[str], list[str]]:
    """Return names of areas that can be seen in some panel.

    The second list has in words those that cannot be seen, in any panel or in some. ``tables`` have the areas of each
    panel by its title.
    """
    top, names = highest(tables), list(next(iter(tables.values())))
    hidden = {name: [title for title, parts in tables.items() if not _seen(parts[name], top)] for name in names}
    unseen = [name for name in names if len(hidden[name]) == len(tables)]
    some = [too_few_in(name, there) for name in names if name not in unseen
            and (there := [title for title in hidden[name] if float(tables[title][name].max()) >= HALF])]
    seen = [name for name in names if name not in unseen] or names[:1]  # an axis of nobody keeps its first area
    return seen, [*(name for name in unseen if name not in seen), *some]


def _seen(values: np.ndarray, top: float) -> bool:
    """Return whether an area is high and large enough to be seen.

    ``top`` is the highest sum of all panels.
    """
    return float(values.max()) > LEAST_HEIGHT * top and float(values.mean()) > LEAST_AREA * top


def mark_named(picture: Plot, panel: Any, days: Any, ends: tuple[Any, ...], *, name: str, colour: Any) -> None:
    """Label the area between two lines where it is highest.

    The name is left out where it does not fit. ``ends`` are the lower and upper line.
    """
    numbers = np.asarray(days, dtype="datetime64[ns]").astype(float) / DAY_NANOSECONDS
    low, high = ends
    parts = {"": np.asarray(low, dtype=float), name: np.asarray(high, dtype=float) - np.asarray(low, dtype=float)}
    light = tuple(1.0 - 0.18 * (1.0 - part) for part in colour[:3])
    picture.later.append(lambda: _name_areas(picture, panel, numbers, parts, colours={"": light, name: light}))


def _name_areas(picture: Plot, panel: Any, days: Any, parts: Areas, *, colours: Colours,
                ) -> None:
    """Write the name of an area where it is highest, if it fits there."""
    from mixedmig_model.present.figures.base import text_width

    pixels = panel.transData.transform(np.stack([days, np.zeros(len(days))], axis=1))[:, 0]
    per_unit = panel.get_window_extent().height / panel.get_ylim()[1]
    tall = LEAST_ROOM * LABEL_POINTS * picture.figure.dpi / 72.0
    box, floor = panel.get_window_extent(), np.zeros(len(days))
    for name, values in parts.items():
        ceiling = floor + values
        half = HALF * text_width(picture.figure, name, LABEL_POINTS) + 2.0
        best = _fit(pixels, floor * per_unit, ceiling * per_unit, half=half, edges=(box.x0, box.x1))
        if name and best is not None and best[1] >= tall:
            index, _, centre = best
            panel.text(days[index], centre / per_unit, name, ha="center", va="center", fontsize=LABEL_POINTS,
                       color=_contrast(colours[name]), in_layout=False)
        floor = ceiling


def _fit(pixels: Any, floor: Any, ceiling: Any, *, half: float, edges: tuple[float, float],
         ) -> tuple[int, float, float] | None:
    """Return where a name of this half width has most room.

    It lies between two lines: index, height of the room, its middle.
    """
    best = None
    for index in range(0, len(pixels), max(len(pixels) // 60, 1)):
        if edges[0] + half > pixels[index] or pixels[index] > edges[1] - half:
            continue
        within = np.abs(pixels - pixels[index]) <= half
        low, high = float(floor[within].max()), float(ceiling[within].min())
        if best is None or high - low > best[1]:
            best = (index, high - low, (low + high) / 2.0)
    return best


def _contrast(colour: Any) -> str:
    """Return letters that can be read on a colour."""
    red, green, blue = colour[:3]
    return "black" if 0.3 * red + 0.59 * green + 0.11 * blue > HALF else "white"
