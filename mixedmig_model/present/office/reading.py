"""A page of a report read as blocks.

Documents have the contents of the page, in its order. What is on screen only stays on screen.
"""

import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from mixedmig_model.present.office.blocks import (
    BLANKS,
    LINE_END,
    Block,
    Bullets,
    ContentsPlace,
    GridCell,
    GridRow,
    GridTable,
    Heading,
    Illustration,
    Prose,
    TextRun,
    TextRuns,
    plain_text,
    trimmed,
)
from mixedmig_model.record.words.pages import templates as said

HEADINGS = {"h1": 0, "h2": 1, "h3": 2}
INLINE = {"a", "br", "code", "em", "span", "strong"}
ON_SCREEN = {"contents", "estimate", "files", "links", "more", "onscreen", "output_stderr"}
"""Classes of what a document does not have.

They are links between pages and to files, what is folded, and words of programs. The words of an estimate stand at the
head of every page.
"""
KINDS = ("breaches", "question", "grade", "banner", "note", "onpaper")
"""Classes of paragraphs that have a style of their own."""
NAMELESS = GridCell(((TextRun(said.DOCUMENT_ROW),),))
"""The head of a column that has none on the page.

A screen reader reads it before each cell.
"""
PICTURE = "data:image/png;base64,"
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Signs that no document can hold."""
WIDE_BLANKS = re.compile(f"[{BLANKS}]+")


def read_page(page: str) -> tuple[Block, ...]:
    """Return the contents of a page as blocks.

    Parameters
    ----------
    page : str
        The page, or a part of one, as HTML.

    Returns
    -------
    tuple[Block, ...]
        Its blocks, in their order.
    """
    from lxml import html

    whole = html.document_fromstring(f"<!doctype html><meta charset='utf-8'>{readable(page)}")
    main = whole.find(".//main")
    return tuple(_blocks(whole.body if main is None else main, ""))


def readable(text: str) -> str:
    """Return text without signs that no document can hold."""
    return UNREADABLE.sub("", text)


def _blocks(element: Any, kind: str) -> Iterator[Block]:
    """Yield the blocks of an element.

    Text between them is a paragraph of the element's kind.
    """
    loose: list[TextRun] = [TextRun(_text(element.text))]
    for child in element:
        if child.tag in INLINE:
            loose += _inline(child, TextRun(""))
        elif isinstance(child.tag, str):
            yield from _paragraph(loose, kind)
            loose = []
            yield from _block(child, kind)
        loose.append(TextRun(_text(child.tail)))
    yield from _paragraph(loose, kind)


def _block(element: Any, kind: str) -> Iterator[Block]:
    """Yield the blocks of one element that stands alone."""
    classes = set((element.get("class") or "").split())
    if element.tag == "nav" or "contents" in classes:
        yield ContentsPlace()
    elif classes & ON_SCREEN or element.tag in ("style", "title", "footer", "summary", "script"):
        return
    else:
        own = next((one for one in KINDS if one in classes), kind)
        if element.tag in HEADINGS:
            yield Heading(HEADINGS[element.tag], plain_text(_runs(element)))
        elif element.tag == "p":
            yield from _paragraph(list(_runs(element)), own)
        elif element.tag == "ul":
            yield Bullets(tuple(_runs(item) for item in element.iterchildren("li")), own)
        elif element.tag == "table":
            yield _table(element)
        elif element.tag == "figure":
            yield from _illustration(element)
        else:
            yield from _blocks(element, own)


def _paragraph(runs: list[TextRun], kind: str) -> Iterator[Prose]:
    """Yield a paragraph, unless it is empty."""
    if kept := trimmed(tuple(runs)):
        yield Prose(kept, kind)


def _text(text: str | None) -> str:
    """Return text with each stretch of blanks as one blank."""
    return WIDE_BLANKS.sub(" ", text or "")


def _runs(element: Any) -> TextRuns:
    """Return all text within an element."""
    return trimmed(tuple(_within(element, TextRun(""))))


def _within(element: Any, look: TextRun) -> Iterator[TextRun]:
    yield replace(look, text=_text(element.text))
    for child in element:
        if isinstance(child.tag, str):
            yield from _inline(child, look)
        yield replace(look, text=_text(child.tail))


def _inline(element: Any, look: TextRun) -> Iterator[TextRun]:
    """Yield the runs of an element within a line."""
    classes = set((element.get("class") or "").split())
    if element.tag == "br":
        yield replace(look, text=LINE_END)
        return
    found = replace(
        look,
        strong=look.strong or element.tag == "strong",
        code=look.code or element.tag == "code",
        soft=look.soft or bool(classes & {"unit", "gap"}),
        flag=look.flag or "flag" in classes,
        link=_address(element) or look.link,
    )
    yield from _within(element, found)


def _address(element: Any) -> str:
    """Return the address of a link to a source; empty for any other."""
    address = element.get("href") or ""
    return address if address.startswith(("http://", "https://")) else ""


def _table(element: Any) -> GridTable:
    caption = element.find("caption")
    head = list(element.find("thead").iter("th"))
    return GridTable(
        "" if caption is None else plain_text(_runs(caption)),
        tuple(_cell(one) if plain_text(_runs(one)) else NAMELESS for one in head),
        tuple(_row(one) for one in element.find("tbody").iterchildren("tr")),
        tuple(place for place, one in enumerate(head) if "number" in (one.get("class") or "").split()),
    )


def _row(element: Any) -> GridRow:
    cells = [one for one in element if one.tag in ("td", "th")]
    section = len(cells) == 1 and "section" in (cells[0].get("class") or "").split()
    return GridRow(tuple(_cell(one) for one in cells), element.get("class") or "", section)


def _cell(element: Any) -> GridCell:
    """Return a cell; its lines are items of a list, or parted by ends of lines."""
    items = [_runs(item) for item in element.iter("li")]
    if items:
        return GridCell(tuple(items), bulleted=True)
    lines: list[list[TextRun]] = [[]]
    for run in _runs(element):
        if run.text == LINE_END:
            lines.append([])
        else:
            lines[-1].append(run)
    return GridCell(tuple(kept for line in lines if (kept := trimmed(tuple(line)))))


def _illustration(element: Any) -> Iterator[Illustration]:
    """Yield the picture of a figure with what stands below it."""
    caption = element.find("figcaption")
    for image in element.iter("img"):
        source = image.get("src") or ""
        if source.startswith(PICTURE):
            below = () if caption is None else _runs(caption)
            yield Illustration(base64.b64decode(source.removeprefix(PICTURE)), image.get("alt") or "", below)
