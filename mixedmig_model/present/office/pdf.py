"""A document as PDF, tagged for screen readers.

The program that sets it reads one template of ours. All that a case says reaches it as data.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, NamedTuple

from mixedmig_model.present.office.blocks import (
    Block,
    Bullets,
    ContentsPlace,
    GridTable,
    Heading,
    Illustration,
    OfficeDocument,
    PageEnd,
    Prose,
)
from mixedmig_model.present.office.widths import crowding, shares
from mixedmig_model.record.words.pages import templates as said
from mixedmig_model.storage.atomic import scratch_folder, write_file

STANDARD: Literal["ua-1"] = "ua-1"
"""The standard to which the program holds a PDF.

It refuses what it finds against it, such as a picture without alt text.
"""
TYPES = {Heading: "heading", Prose: "prose", Bullets: "bullets", GridTable: "table", ContentsPlace: "contents",
         PageEnd: "break"}
PAPERS = {"a4": "a4", "letter": "us-letter"}
WIDE = {"a4": 210.0, "letter": 215.9}
"""Width of paper in millimetres."""


class PageSizes(NamedTuple):
    """Sizes of a document.

    Text, cells and ``inset`` are in points, the margin is in millimetres, and the rest in parts of the text.
    """

    size: float
    cells: float
    margin: float
    spacing: float
    inset: float
    heading: float


WHOLE = PageSizes(size=10.0, cells=8.5, margin=17.0, spacing=0.85, inset=2.4, heading=1.25)
LARGE = (
    PageSizes(size=10.0, cells=9.0, margin=15.0, spacing=0.75, inset=2.2, heading=1.12),
    PageSizes(size=9.5, cells=8.5, margin=14.0, spacing=0.7, inset=1.8, heading=1.1),
)
SMALL = (
    PageSizes(size=9.0, cells=8.0, margin=13.0, spacing=0.62, inset=1.4, heading=1.08),
    PageSizes(size=8.5, cells=7.5, margin=12.0, spacing=0.55, inset=1.1, heading=1.05),
)
"""Sizes of a memo, the largest first."""
MEMO_PAGES = 2
FONTS, FONTS_FOLDER = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"), "fonts"
NO_LETTERS = "could not be displayed"
"""What the program says of a letter that no font has."""
TEMPLATE, PAGES = "page.typ", "<pages>"


class PdfError(RuntimeError):
    """Raised where no PDF could be made; the message says why."""


class SetPages(NamedTuple):
    """A PDF with the number of its pages.

    The size of its text is in points.
    """

    content: bytes
    pages: int
    size: float


def set_pages(content: OfficeDocument, paper: str, made_on: date, sizes: PageSizes = WHOLE) -> SetPages:
    """Return a document as PDF.

    Parameters
    ----------
    content : OfficeDocument
        What it says.
    paper : str
        A key of ``PAPERS``.
    made_on : date
        The day among its properties: the same report has the same bytes.
    sizes : PageSizes, default WHOLE
        Sizes of text and space.

    Returns
    -------
    SetPages
        The file, and what is known of it.

    Raises
    ------
    PdfError
        Where it cannot be made.
    """
    with scratch_folder() as folder:
        blocks = [_data(block, place, folder) for place, block in enumerate(content.blocks)]
        around = {"title": content.title, "author": content.author or said.DOCUMENT_NOBODY, "head": content.head,
                  "subject": content.subject, "foot": content.foot, "page": said.DOCUMENT_PAGE, "blocks": blocks,
                  "contents": said.DOCUMENT_CONTENTS, "paper": PAPERS[paper],
                  "room": WIDE[paper] - 2.0 * sizes.margin}
        made, pages = _compiled(json.dumps(around | sizes._asdict()), folder, made_on)
    return SetPages(made, pages, sizes.size)


def set_memo(memos: Sequence[OfficeDocument], paper: str, made_on: date) -> tuple[OfficeDocument, SetPages]:
    """Return the first memo that fits two pages, and its PDF.

    ``memos`` are the same memo, ever briefer. Large type is tried first. Raises PdfError.
    """
    tries = [*((memo, sizes) for memo in memos for sizes in LARGE), *((memos[-1], sizes) for sizes in SMALL)]
    for memo, sizes in tries:
        made = set_pages(memo, paper, made_on, sizes)
        if made.pages <= MEMO_PAGES:
            break
    return memo, made


def _data(block: Block, place: int, folder: Path) -> Any:
    """Return a block as data for the template; a picture becomes a file of the folder."""
    if isinstance(block, Illustration):
        name = f"picture{place}.png"
        write_file(folder / name, block.image)
        return {"type": "picture", "file": name, "alt": block.alt, "inches": block.inches,
                "caption": [asdict(run) for run in block.caption]}
    data = asdict(block) | {"type": TYPES[type(block)]}
    widths = {"shares": shares(block), "part": crowding(block)} if isinstance(block, GridTable) else {}
    return data | widths


def _compiled(given: str, folder: Path, made_on: date) -> tuple[bytes, int]:
    """Return the PDF and the number of its pages. Raises PdfError."""
    import typst

    main = folder / TEMPLATE
    write_file(main, files(__package__).joinpath(TEMPLATE).read_bytes())
    compiler = typst.Compiler(str(main), root=str(folder), font_paths=[str(_add_fonts(folder / FONTS_FOLDER))],
                              sys_inputs={"given": given})
    try:
        made = compiler.compile(format="pdf", pdf_standards=[STANDARD],
                                timestamp=datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC))
        pages = int(json.loads(compiler.query(PAGES, field="value", one=True)))
    except typst.TypstError as error:
        words = said.PDF_NO_LETTERS if NO_LETTERS in error.message else said.PDF_FAILED
        raise PdfError(words.format(why=error.message)) from None
    if not isinstance(made, bytes):
        raise PdfError(said.PDF_FAILED.format(why=type(made).__name__))
    return made, pages


def _add_fonts(folder: Path) -> Path:
    """Copy the fonts of figures to a folder; the program adds its own, and those of the system.

    matplotlib has a font with a box for every letter too. It is left out, so that a letter that no font has is said.
    """
    import matplotlib

    for name in FONTS:
        write_file(folder / name, (Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name).read_bytes())
    return folder
