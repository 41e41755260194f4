"""Fields, bookmarks and links of Word documents.

All that makes a field is written here, and none of it comes from a case.
"""

from collections.abc import Sequence
from typing import Any

from mixedmig_model.present.office.house import CONTENTS, CONTENTS_TITLE
from mixedmig_model.record.words.pages import templates as said

LIST_CODE = r'TOC \o "1-2" \h \z \n'
"""A list of two levels of headings, with links.

It has no page numbers, because only Word knows its pages.
"""
PAGE_CODE = "PAGE"
SECOND = 2


def mark_heading(paragraph: Any, run: Any, number: int) -> None:
    """Put a bookmark around a heading, for the contents."""
    start, end = _element("w:bookmarkStart"), _element("w:bookmarkEnd")
    _set(start, "w:id", str(number))
    _set(start, "w:name", _mark(number))
    _set(end, "w:id", str(number))
    run._r.addprevious(start)
    paragraph._p.append(end)


def add_contents(document: Any, headings: Sequence[tuple[int, str]]) -> None:
    """Add the list of contents: a field with its entries written.

    It is right before anybody updates it. ``headings`` are levels and texts in the order of their bookmarks.
    """
    document.add_paragraph(said.DOCUMENT_CONTENTS, style=CONTENTS_TITLE).paragraph_format.keep_with_next = True
    for place, (level, text) in enumerate(headings):
        paragraph = document.add_paragraph(style=CONTENTS[min(level, SECOND) - 1])
        if place == 0:
            _begin(paragraph, LIST_CODE)
        link = _element("w:hyperlink")
        _set(link, "w:anchor", _mark(place + 1))
        paragraph._p.append(link)
        link.append(paragraph.add_run(text)._r)
        if place == len(headings) - 1:
            _part(paragraph, "end")


def add_page_number(paragraph: Any) -> None:
    """Add the number of the page."""
    paragraph.add_run(f"{said.DOCUMENT_PAGE} ")
    _begin(paragraph, PAGE_CODE)
    paragraph.add_run("1")
    _part(paragraph, "end")


def add_link(paragraph: Any, text: str, address: str) -> Any:
    """Add a link to a source; return its run."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.shared import RGBColor

    link = _element("w:hyperlink")
    _set(link, "r:id", paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(text)
    run.font.underline, run.font.color.rgb = True, RGBColor(0x1A, 0x4F, 0x8B)
    link.append(run._r)
    paragraph._p.append(link)
    return run


def _mark(number: int) -> str:
    return f"_Toc{number:06d}"


def _begin(paragraph: Any, code: str) -> None:
    """Begin a field: its code, and the place of what it shows."""
    _part(paragraph, "begin")
    words = _element("w:instrText")
    words.text = f" {code} "
    _set(words, "xml:space", "preserve")
    paragraph.add_run()._r.append(words)
    _part(paragraph, "separate")


def _part(paragraph: Any, kind: str) -> None:
    sign = _element("w:fldChar")
    _set(sign, "w:fldCharType", kind)
    paragraph.add_run()._r.append(sign)


def _element(name: str) -> Any:
    from docx.oxml import OxmlElement

    return OxmlElement(name)


def _set(element: Any, name: str, value: str) -> None:
    from docx.oxml.ns import qn

    element.set(qn(name), value)
