"""Drawing of the diagrams with matplotlib.

It draws boxes, arrows with rounded corners, numbers and a legend.
"""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from mixedmig_model.present.diagram.layout import BEYOND, BOX, FRAME, Point
from mixedmig_model.present.diagram.pictures import STYLES, Picture, legend_texts, numbers_text, style_of
from mixedmig_model.storage.atomic import write_file

SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none", "svg.hashsalt": "mixedmig", "font.family": "DejaVu Sans",
}
"""Text stays text; identifiers are the same each time."""
LINE = 0.175
"""Height of a line of the legend, inches."""
COLUMNS, KEY_LINES = 4, 2.5
CORNER = 0.09
TEXT, SMALL = 8.5, 7.5


def save_picture(picture: Picture, file: Path) -> None:
    """Draw a picture and write it as SVG or PNG.

    The name's ending decides which.
    """
    import matplotlib as mpl

    with mpl.rc_context(SETTINGS):
        from matplotlib.figure import Figure

        figure = _draw(picture, Figure)
        metadata = {"Date": None, "Creator": None} if file.suffix == ".svg" else {"Software": None}
        made = BytesIO()
        figure.savefig(made, format=file.suffix[1:], metadata=metadata, dpi=110)
    write_file(file, made.getvalue())


def _draw(picture: Picture, figure_type: Any) -> Any:
    """Return the figure: the diagram above, its legend below."""
    width, height = picture.size
    rows = legend_texts(picture)
    depth = LINE * (-(-len(rows) // COLUMNS) + KEY_LINES + 0.8)
    figure = figure_type(figsize=(width, height + depth))
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set(xlim=(0.0, width), ylim=(-depth, height))
    axes.set_axis_off()
    if picture.frame:
        _frame(axes, picture.frame)
    for ends in picture.arrows:
        _arrow(axes, picture.routes[ends].points, style_of(ends))
    for name, centre in picture.boxes.items():
        _box(axes, name, centre)
    marks = {(picture.routes[e].label, numbers_text(rows), style_of(e)): None for e, rows in picture.arrows.items()}
    for where, text, style in marks:
        _numbers(axes, where, text, style)
    _legend(axes, picture, rows)
    return figure


def _frame(axes: Any, edges: tuple[float, float, float, float]) -> None:
    """Draw the dashed frame around stages that people can leave."""
    from matplotlib.patches import FancyBboxPatch

    left, bottom, right, top = edges
    axes.add_patch(FancyBboxPatch(
        (left, bottom), right - left, top - bottom, boxstyle="round,pad=0,rounding_size=0.15", facecolor="#F6F6F2",
        edgecolor="#999999", linestyle=(0, (4, 3)), linewidth=1.0, zorder=0,
    ))
    axes.text(right - 0.12, top - 0.2, FRAME, fontsize=TEXT, color="#555555", ha="right", va="center", style="italic")


def _box(axes: Any, name: str, centre: Point) -> None:
    """Draw a box with its name.

    What stands outside the model has no border.
    """
    from matplotlib.patches import FancyBboxPatch

    width, height = BOX
    outside = name in BEYOND
    axes.add_patch(FancyBboxPatch(
        (centre[0] - width / 2, centre[1] - height / 2), width, height, boxstyle="round,pad=0,rounding_size=0.07",
        facecolor="#FFFFFF" if not outside else "#EEEEEE", edgecolor="#333333" if not outside else "#EEEEEE",
        linewidth=1.1, zorder=3,
    ))
    axes.text(*centre, name, fontsize=TEXT, ha="center", va="center", zorder=4)


def _arrow(axes: Any, points: Sequence[Point], style: str) -> None:
    """Draw an arrow along corners.

    It is rounded, with a white edge where it crosses others, and a solid head.
    """
    from matplotlib.patches import FancyArrowPatch, PathPatch
    from matplotlib.path import Path as Outline

    color, line, _ = STYLES[style]
    vertices, codes = [points[0]], [Outline.MOVETO]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        vertices += [_towards(corner, before), corner, _towards(corner, after)]
        codes += [Outline.LINETO, Outline.CURVE3, Outline.CURVE3]
    neck = _towards(points[-1], points[-2])
    outline = Outline([*vertices, neck], [*codes, Outline.LINETO])
    axes.add_patch(PathPatch(outline, fill=False, edgecolor="#FFFFFF", linewidth=3.6, zorder=1.5, capstyle="butt"))
    axes.add_patch(PathPatch(outline, fill=False, edgecolor=color, linestyle=line, linewidth=1.2, zorder=1.6))
    axes.add_patch(FancyArrowPatch(
        neck, points[-1], arrowstyle="-|>", mutation_scale=9, color=color, linewidth=1.0, shrinkA=0, shrinkB=0,
        zorder=1.7, joinstyle="miter",
    ))


def _towards(corner: Point, other: Point) -> Point:
    """Return a point a little way from a corner to another."""
    gap_x, gap_y = other[0] - corner[0], other[1] - corner[1]
    length = (gap_x**2 + gap_y**2) ** 0.5
    share = min(CORNER / length, 0.5) if length else 0.0
    return corner[0] + share * gap_x, corner[1] + share * gap_y


def _numbers(axes: Any, where: Point, text: str, style: str) -> None:
    """Draw the numbers of an arrow, on a white ground."""
    color = STYLES[style][0]
    axes.text(
        *where, text, fontsize=SMALL, ha="center", va="center", color=color, zorder=5, weight="bold",
        bbox={"boxstyle": "round,pad=0.18", "facecolor": "#FFFFFF", "edgecolor": color, "linewidth": 0.7},
    )


def key_texts(picture: Picture) -> list[tuple[str, str]]:
    """Return kinds of arrows by style and meaning.

    They stand where there are several; then notes follow, without a style.
    """
    used = list(dict.fromkeys(style_of(ends) for ends in picture.arrows))
    kinds = [(style, STYLES[style][2]) for style in used] if len(used) > 1 else []
    counted = ["* counted, moves nobody"] if picture.counted else []
    notes = [("", text) for text in (*picture.notes, *counted)]
    return [*kinds, *([("", "")] * (-len(kinds) % COLUMNS) if picture.notes else []), *notes]


def _legend(axes: Any, picture: Picture, rows: Sequence[str]) -> None:
    """Draw the legend.

    It has kinds of arrows and notes, then number and name of every row, in columns.
    """
    step = picture.size[0] / COLUMNS
    for index, (style, text) in enumerate(key_texts(picture)):
        line, column = divmod(index, COLUMNS)
        at, height = 0.15 + column * step, -LINE * (line + 0.8)
        color, dashes = STYLES[style][:2] if style else ("#000000", "-")
        if style:
            axes.plot([at, at + 0.35], [height, height], color=color, linestyle=dashes, linewidth=1.4)
        axes.text(at + (0.42 if style else 0.0), height, text, fontsize=SMALL, va="center", color=color)
    deep, above = -(-len(rows) // COLUMNS), KEY_LINES + 0.8
    for index, text in enumerate(rows):
        column, line = divmod(index, deep)
        axes.text(0.15 + column * step, -LINE * (line + above), text, fontsize=SMALL, va="center")
