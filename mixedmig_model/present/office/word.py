"""A document as a file of Word.

Headings, lists, tables and pictures are Word's own, each by the name of its style. Text goes into text elements only,
so that nothing in it becomes a field.
"""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from mixedmig_model.inputs.parcels import FIRST_DAY
from mixedmig_model.present.office import house
from mixedmig_model.present.office.blocks import (
    Block,
    Bullets,
    ContentsPlace,
    GridCell,
    GridRow,
    GridTable,
    Heading,
    Illustration,
    OfficeDocument,
    PageEnd,
    Prose,
    TextRuns,
)
from mixedmig_model.present.office.fields import add_contents, add_link, add_page_number, mark_heading
from mixedmig_model.present.office.widths import crowding, shares

STYLES = {"note": house.NOTE, "question": house.QUESTION, "banner": house.BANNER, "onpaper": house.NOTE,
          "breaches": house.ALERT}
"""Styles of paragraphs by their kind; others are body text."""
ITEM_STYLES = {"breaches": house.ALERT_ITEM}
PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
"""Paper by name: width and height in millimetres."""
MARGIN = 16.0
EMU, INCH = 36000, 914400
"""Units of Word in a millimetre, and in an inch."""
TWIPS = 635
"""Units of Word's drawings in a unit of its tables."""


def word_bytes(content: OfficeDocument, template: Path | None, paper: str, made_on: date, scale: float = 1.0) -> bytes:
    """Return a document as a file of Word.

    Parameters
    ----------
    content : OfficeDocument
        What it says.
    template : Path | None
        A Word file whose styles, page and letterhead it takes; None for those of the house.
    paper : str
        A key of ``PAPERS``; the template's page wins over it.
    made_on : date
        The day among its properties: the same report has the same bytes.
    scale : float, default 1.0
        That of all sizes, where the document must fit fewer pages.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    InputFaultsError
        Where the template cannot be used.
    """
    document = house.opened(template, scale)
    if template is None:
        _set_page(document, paper)
    _set_properties(document, content, made_on)
    _set_edges(document, content)
    writer = Writer(document, content)
    for block in content.blocks:
        writer.add(block)
    return _same_bytes(document)


class Writer:
    """Adds blocks to a document, one after the other."""

    def __init__(self, document: Any, content: OfficeDocument) -> None:
        """Take the document, and the headings of its list of contents."""
        self.document, self.content = document, content
        self.headings = [one for one in content.blocks if isinstance(one, Heading) and one.level]
        self.marks, self.ends_page = 0, False
        section = document.sections[-1]
        self.width = int(section.page_width - section.left_margin - section.right_margin)
        self.ways: dict[type, Callable[[Any], None]] = {
            Heading: self._heading, Prose: self._prose, Bullets: self._bullets, GridTable: self._table,
            Illustration: self._picture, ContentsPlace: self._contents, PageEnd: self._page_end}

    def add(self, block: Block) -> None:
        """Add one block."""
        self.ways[type(block)](block)

    def _heading(self, block: Heading) -> None:
        paragraph = self.document.add_paragraph(style=f"Heading {block.level}" if block.level else "Title")
        run = paragraph.add_run(block.text)
        if self.ends_page:
            paragraph.paragraph_format.page_break_before, self.ends_page = True, False
        if block.level:
            self.marks += 1
            mark_heading(paragraph, run, self.marks)

    def _prose(self, block: Prose) -> None:
        paragraph = self.document.add_paragraph(style=STYLES.get(block.kind, "Normal"))
        add_runs(paragraph, block.runs)

    def _bullets(self, block: Bullets) -> None:
        for item in block.items:
            add_runs(self.document.add_paragraph(style=ITEM_STYLES.get(block.kind, "List Bullet")), item)

    def _contents(self, _: ContentsPlace) -> None:
        add_contents(self.document, [(one.level, one.text) for one in self.headings])

    def _page_end(self, _: PageEnd) -> None:
        self.ends_page = True

    def _picture(self, block: Illustration) -> None:
        from docx.oxml.ns import qn

        shape = self.document.add_picture(io.BytesIO(block.image), width=min(self.width, round(block.inches * INCH)))
        paragraph = self.document.paragraphs[-1]
        paragraph.paragraph_format.keep_with_next = bool(block.caption)
        for properties in shape._inline.iter(qn("wp:docPr"), qn("pic:cNvPr")):
            properties.set("descr", block.alt)
        if block.caption:
            add_runs(self.document.add_paragraph(style="Caption"), block.caption)

    def _table(self, block: GridTable) -> None:
        if block.caption:
            caption = self.document.add_paragraph(block.caption, style="Caption")
            caption.paragraph_format.keep_with_next = True
        sizes = [round(self.width * share / TWIPS) for share in shares(block)]
        table = self.document.add_table(rows=0, cols=len(sizes))
        table.style, table.autofit = self.document.styles[house.GRID], False
        for column, size in zip(table.columns, sizes, strict=True):
            column.width = size * TWIPS
        add_head(table, block)
        for row in block.rows:
            add_row(table, row, block.numeric)
        shrink(table, crowding(block))
        self.document.add_paragraph(style=house.NOTE).paragraph_format.space_after = 0


def add_head(table: Any, block: GridTable) -> None:
    """Add the header row of a table.

    It comes again on each page.
    """
    from docx.oxml import OxmlElement

    row = table.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _keep_whole(row)
    for place, (cell, given) in enumerate(zip(row.cells, block.head, strict=True)):
        fill(cell, given, right=place in block.numeric, strong=True)


def add_row(table: Any, given: GridRow, numeric: Sequence[int]) -> None:
    """Add a row of a table; a section goes over all columns."""
    row = table.add_row()
    cells = list(row.cells)
    if given.section:
        whole = cells[0].merge(cells[-1]) if len(cells) > 1 else cells[0]
        _shade(whole, "EEF1F5")
        fill(whole, given.cells[0], right=False, strong=True)
        for paragraph in whole.paragraphs:
            paragraph.paragraph_format.keep_with_next = True
    else:
        if not any(cell.bulleted for cell in given.cells):
            _keep_whole(row)
        for place, (cell, text) in enumerate(zip(cells, given.cells, strict=False)):
            fill(cell, text, right=place in numeric, strong=False)
    _edge(cells[0], {"breach": house.BREACH, "harm": "7A4B00"}.get(given.kind, ""))


def fill(cell: Any, given: GridCell, *, right: bool, strong: bool) -> None:
    """Write the lines of a cell."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for place, line in enumerate(given.lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.style = cell.part.document.styles[house.CELL_ITEM if given.bulleted else house.CELL]
        if right:
            paragraph.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        add_runs(paragraph, line, strong=strong)
    if not given.lines:
        cell.paragraphs[0].style = cell.part.document.styles[house.CELL]


def shrink(table: Any, part: float) -> None:
    """Set all text of a crowded table in smaller type."""
    from docx.shared import Pt

    if part >= 1:
        return
    size = table.part.document.styles[house.CELL].font.size
    for row in table.rows:
        for cell in row.cells:
            for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
                run.font.size = Pt(round(2 * part * size.pt) / 2)


def add_runs(paragraph: Any, runs: TextRuns, *, strong: bool = False) -> None:
    """Write runs of text into a paragraph; links lead to sources."""
    from docx.shared import RGBColor

    for one in runs:
        run = add_link(paragraph, one.text, one.link) if one.link else paragraph.add_run(one.text)
        run.bold = True if one.strong or one.flag or strong else None
        if one.flag:
            run.font.color.rgb = RGBColor.from_string(house.BREACH)
        elif one.soft:
            run.font.color.rgb = RGBColor.from_string(house.SOFT)
        if one.code:
            run.font.name = "Consolas"


def _keep_whole(row: Any) -> None:
    """Keep a row on one page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _shade(cell: Any, colour: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    cell._tc.get_or_add_tcPr().append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>'))


def _edge(cell: Any, colour: str) -> None:
    """Give a cell a thick left edge, as rows of breaches and harms have one on pages."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    if colour:
        cell._tc.get_or_add_tcPr().append(parse_xml(
            f'<w:tcBorders {nsdecls("w")}><w:left w:val="single" w:sz="24" w:space="0" w:color="{colour}"/>'
            "</w:tcBorders>"))


def _set_page(document: Any, paper: str) -> None:
    section = document.sections[0]
    wide, high = PAPERS[paper]
    section.page_width, section.page_height = round(wide * EMU), round(high * EMU)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = round(MARGIN * EMU)
    section.header_distance = section.footer_distance = round(0.4 * MARGIN * EMU)


def _set_properties(document: Any, content: OfficeDocument, made_on: date) -> None:
    properties = document.core_properties
    moment = datetime(made_on.year, made_on.month, made_on.day)
    author = content.author[:MOST_PROPERTY]
    properties.title, properties.author, properties.subject = content.title[:MOST_PROPERTY], author, content.subject
    properties.language, properties.comments, properties.keywords = house.LANGUAGE, content.foot[:MOST_PROPERTY], ""
    properties.created = properties.modified = moment
    properties.last_modified_by, properties.revision = author, 1


MOST_PROPERTY = 255
"""Letters that a property may have."""


def _set_edges(document: Any, content: OfficeDocument) -> None:
    """Add to the header and footer of every page what each page must say."""
    for section in document.sections:
        if content.head:
            _append(section.header, "Header").add_run(content.head)
        last = _append(section.footer, "Footer")
        last.add_run(f"{content.foot}  ")
        add_page_number(last)


def _append(part: Any, style: str) -> Any:
    """Return an empty paragraph at the end of a header or a footer; what a template has there stays."""
    part.is_linked_to_previous = False
    first = part.paragraphs[0] if part.paragraphs else None
    is_free = first is not None and len(part._element) == 1 and not first.runs
    paragraph = first if is_free and first is not None else part.add_paragraph()
    paragraph.style = part.part.document.styles[style] if hasattr(part.part, "document") else style
    return paragraph


def _same_bytes(document: Any) -> bytes:
    """Return the file with one date for all its parts, so that the same report has the same bytes."""
    made, packed = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parcel:
        for name in parts.namelist():
            parcel.writestr(zipfile.ZipInfo(name, FIRST_DAY), parts.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
