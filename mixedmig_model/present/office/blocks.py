"""What a document consists of, before it is Word or PDF.

Texts are plain: neither program ever reads one as code, as a field or as mathematics.
"""

from dataclasses import dataclass, replace

LINE_END = "\n"
"""A run with this text ends a line."""


@dataclass(frozen=True)
class TextRun:
    """A piece of text that looks the same throughout.

    ``soft`` is for units and second lines, ``flag`` for what is not ranked.
    """

    text: str
    strong: bool = False
    soft: bool = False
    flag: bool = False
    code: bool = False
    link: str = ""


TextRuns = tuple[TextRun, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; the title of a document has level 0."""

    level: int
    text: str


@dataclass(frozen=True)
class Prose:
    """A paragraph.

    ``kind`` is the class that the page gives it, such as ``note``, ``question`` or ``breach``.
    """

    runs: TextRuns
    kind: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list, with its kind as a paragraph has one."""

    items: tuple[TextRuns, ...]
    kind: str = ""


@dataclass(frozen=True)
class GridCell:
    """A cell with its lines; ``bulleted`` lines are a list."""

    lines: tuple[TextRuns, ...]
    bulleted: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The lines as plain text."""
        return tuple(plain_text(line) for line in self.lines)


@dataclass(frozen=True)
class GridRow:
    """A row of a table.

    A ``section`` has one cell over all columns. ``kind`` is breach, harm or another class of the page.
    """

    cells: tuple[GridCell, ...]
    kind: str = ""
    section: bool = False


@dataclass(frozen=True)
class GridTable:
    """A table with its header row.

    Columns that are ``numeric`` are set right.
    """

    caption: str
    head: tuple[GridCell, ...]
    rows: tuple[GridRow, ...]
    numeric: tuple[int, ...] = ()


DOTS = 200
"""Dots of an inch of a picture on paper, at least."""
WIDTH_OF_PNG = slice(16, 20)
"""Where a PNG file says how many dots it is wide."""


@dataclass(frozen=True)
class Illustration:
    """A picture (PNG) with its alt text and what stands below it."""

    image: bytes
    alt: str
    caption: TextRuns = ()

    @property
    def inches(self) -> float:
        """The width at which the picture has ``DOTS``."""
        return int.from_bytes(self.image[WIDTH_OF_PNG], "big") / DOTS


@dataclass(frozen=True)
class ContentsPlace:
    """Where the list of contents stands."""


@dataclass(frozen=True)
class PageEnd:
    """Where a page ends."""


Block = Heading | Prose | Bullets | GridTable | Illustration | ContentsPlace | PageEnd


@dataclass(frozen=True)
class OfficeDocument:
    """A whole document.

    ``name`` is that of its files. ``head`` and ``foot`` stand on every page, and ``title``, ``author`` and ``subject``
    among the properties.
    """

    name: str
    title: str
    author: str
    subject: str
    head: str
    foot: str
    blocks: tuple[Block, ...]


def plain_text(runs: TextRuns) -> str:
    """Return runs as plain text."""
    return "".join(run.text for run in runs).strip()


def trimmed(runs: TextRuns) -> TextRuns:
    """Return runs without blanks at both ends."""
    kept = [run for run in runs if run.text]
    while kept and not kept[0].text.strip(BLANKS):
        kept.pop(0)
    while kept and not kept[-1].text.strip(BLANKS):
        kept.pop()
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip(BLANKS))
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(BLANKS))
    return tuple(kept)


BLANKS = " \t\r\n"
"""Blanks that may break a line.

A no-break space is a sign of the text.
"""
