"""Small HTML builders.

Every text that comes from a file is escaped, and links are http(s) only.
"""

import re
from collections.abc import Sequence
from html import escape
from typing import Any


class Html(str):
    """Text that is already safe HTML."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def safe(value: Any) -> str:
    """Return HTML as it is, anything else escaped."""
    return value if isinstance(value, Html) else escape(str(value), quote=True)


def tag(name: str, content: Any, **attributes: str) -> Html:
    """Return an element.

    ``class_`` gives its class, ``data_indicator`` the attribute ``data-indicator``.
    """
    given = "".join(f' {_named(key)}="{escape(text, quote=True)}"' for key, text in attributes.items())
    return Html(f"<{name}{given}>{safe(content)}</{name}>")


def _named(key: str) -> str:
    """Return the name of an attribute."""
    return key.rstrip("_").replace("_", "-")


def join(parts: Sequence[Any], between: str = "") -> Html:
    """Return pieces of HTML and text, one after the other."""
    return Html(between.join(safe(part) for part in parts))


def link(text: str, address: str) -> Html:
    """Return a link, or the text alone.

    There is a link where the address is http or https.
    """
    if address.startswith(("http://", "https://")):
        return tag("a", text, href=address, rel="noopener noreferrer")
    return Html(escape(text))


def table(
    head: Sequence[Any],
    rows: Sequence[Sequence[Any]],
    caption: str = "",
    row_classes: Sequence[str] = (),
    numeric: Sequence[int] = (),
    row_keys: Sequence[str] = (),
    column_keys: Sequence[str] = (),
) -> Html:
    """Return a table with row heads.

    ``numeric`` columns are set right. ``head``: Heads of the columns. ``rows``: Cells by row. ``caption``: The caption.
    ``row_classes``: Class of each row. ``numeric``: Numbers of columns that are set right. ``row_keys``: Keys of the
    indicators whose values a row or a column has, empty for others. Its cells carry them, so that a number on a page
    can be walked back. ``column_keys``: Keys of the indicators whose values a row or a column has, empty for others.
    Its cells carry them, so that a number on a page can be walked back. Returns HTML.
    """
    columns = join([tag("th", cell, scope="col", **_align(i, numeric)) for i, cell in enumerate(head)])
    body = []
    for index, row in enumerate(rows):
        if len(row) == 1:
            cells = tag("th", row[0], colspan=str(len(head)), scope="rowgroup", class_="section")
        else:
            first = tag("th", row[0], scope="row")
            key = _at(row_keys, index)
            marks = [_align(i, numeric) | _mark(key or _at(column_keys, i)) for i in range(1, len(row))]
            cells = join([first, *(tag("td", cell, **mark) for cell, mark in zip(row[1:], marks, strict=True))])
        kind = _at(row_classes, index)
        body.append(tag("tr", cells, **({"class_": kind} if kind else {})))
    top = tag("caption", caption) if caption else Html("")
    inner = join([top, tag("thead", tag("tr", columns)), tag("tbody", join(body))])
    return tag("div", tag("table", inner), class_="scroll")


def _align(index: int, numeric: Sequence[int]) -> dict[str, str]:
    return {"class_": "number"} if index in numeric else {}


def _at(texts: Sequence[str], index: int) -> str:
    """Return the text of a row or a column; empty beyond the last."""
    return texts[index] if index < len(texts) else ""


def _mark(key: str) -> dict[str, str]:
    """Return the mark of a cell with an indicator's value."""
    return {"data_indicator": key} if key else {}


def with_strong(text: str, names: Sequence[str]) -> Html:
    """Return a sentence in which names stand out.

    A title with a comma then reads as one name.
    """
    found = escape(text, quote=True)
    for name in sorted(names, key=len, reverse=True):
        found = re.sub(rf"(?<![\w>]){re.escape(escape(name, quote=True))}(?![\w<])", r"<strong>\g<0></strong>", found)
    return Html(found)


def link_within(text: str, file: str, class_: str) -> Html:
    """Return a paragraph that leads to another page.

    The page lies in the same folder.

    Parameters
    ----------
    text : str
        Text of the link.
    file : str
        Name of that page.
    class_ : str
        Class of the paragraph.

    Returns
    -------
    Html
        HTML.
    """
    return tag("p", tag("a", text, href=file), class_=class_)


def paragraphs(*texts: Any) -> Html:
    """Return paragraphs."""
    return join([tag("p", text) for text in texts])


def bullets(items: Sequence[Any]) -> Html:
    """Return a list."""
    return tag("ul", join([tag("li", item) for item in items]))
