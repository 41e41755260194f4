"""A figure on a page and as files.

It has its name, what it says, and the numbers that are drawn.
"""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from mixedmig_model.present.figures.base import DOTS
from mixedmig_model.present.html.builders import Html, join, tag
from mixedmig_model.record.finished import FIGURES_FOLDER, Comparison
from mixedmig_model.record.words.charts import templates
from mixedmig_model.storage.atomic import write_file
from mixedmig_model.storage.tables import table_text

ENDINGS = ("svg", "png", "csv")
PNG = ".png"
COLUMNS = ("panel", "series", "at", "value", "low", "high", "unit")
DIGITS = ".7g"


@dataclass(frozen=True)
class Chart:
    """A figure in words.

    It has the name of its files, a title with a subtitle, what stands below it, and what it shows.
    """

    name: str
    title: str
    subtitle: str
    alt: str
    caption: str = ""
    series: str = ""
    indicators: tuple[str, ...] = ()


class Drawn(NamedTuple):
    """One number that is drawn.

    It says in which panel, of which series, and at which day or category, with range and unit.
    """

    panel: str
    series: str
    at: str
    value: float
    unit: str
    low: float = math.nan
    high: float = math.nan

    def cells(self) -> tuple[str, ...]:
        """Return the cells of its row; no number is an empty cell."""
        numbers = (format(one, DIGITS) if one == one else "" for one in (self.value, self.low, self.high))
        return (self.panel, self.series, self.at, *numbers, self.unit)


def svg(figure: Any) -> bytes:
    """Return a figure as SVG.

    The same figure has the same bytes: no date, and names that depend on its content alone.
    """
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    stream, canvas, dpi = io.BytesIO(), figure.canvas, figure.dpi
    FigureCanvasSVG(figure).print_svg(stream, metadata={"Date": None, "Creator": None})
    figure.set_canvas(canvas)
    figure.set_dpi(dpi)
    return stream.getvalue()


def png_once(figure: Any) -> bytes:
    """Return a figure that is laid out as PNG.

    It is drawn once: ``savefig`` would draw it another time to lay it out.
    """
    stream, dpi = io.BytesIO(), figure.dpi
    figure.set_dpi(DOTS)
    figure.canvas.print_png(stream, metadata={"Software": None})
    figure.set_dpi(dpi)
    return stream.getvalue()


def stem(comparison: Comparison, name: str) -> str:
    """Return the name of a figure's files, without the ending."""
    return f"{name}_{comparison.part}" if comparison.part else name


def saved(comparison: Comparison | None, name: str, figure: Any, drawn: Sequence[Drawn]) -> tuple[bytes, Html]:
    """Return a figure as PNG, and links to its files.

    Files are written where a report is being made; the figure is closed. ``name`` is that of the files, and ``drawn``
    has the numbers for the CSV.
    """
    from matplotlib import pyplot as plt

    image = png_once(figure)
    links = write_files(comparison, name, figure, image, drawn) if comparison else Html("")
    plt.close(figure)
    return image, links


def write_files(comparison: Comparison, name: str, figure: Any, image: bytes, drawn: Sequence[Drawn]) -> Html:
    """Write a figure as SVG, PNG and CSV, and return links.

    Nothing is written where no report is being made. A file that is there already was written by another page of the
    same report, of the same numbers.
    """
    files = _files_of(comparison, name)
    if comparison.figures and not all(file.exists() for file in files):
        comparison.figures.mkdir(exist_ok=True)
        table = table_text(COLUMNS, (one.cells() for one in drawn))
        contents: list[bytes | str] = [svg(figure), image, table]
        for file, content in zip(files, contents, strict=True):
            write_file(file, content)
    return _links(files)


def drawn_before(comparison: Comparison, name: str) -> tuple[bytes, Html] | None:
    """Return a figure as another page of the report drew it.

    It is what ``saved`` returned there, of the same numbers. It is None where no page of a report drew it.
    """
    files = _files_of(comparison, name)
    if not files or not all(file.exists() for file in files):
        return None
    image = next(file for file in files if file.suffix == PNG)
    return image.read_bytes(), _links(files)


def _files_of(comparison: Comparison, name: str) -> list[Path]:
    """Return the files of a figure; none where no report is being made."""
    folder, name = comparison.figures, stem(comparison, name)
    return [folder / f"{name}.{ending}" for ending in ENDINGS] if folder else []


def _links(files: Sequence[Path]) -> Html:
    """Return links to the files of a figure, as they are reached from a page."""
    links = [tag("a", file.suffix[1:].upper(), href=f"{FIGURES_FOLDER}/{file.name}") for file in files]
    return tag("p", join([templates.FILES, join(links, ", ")]), class_="files") if files else Html("")
