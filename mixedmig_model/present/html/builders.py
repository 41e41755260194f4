"""Small HTML builders: every text that comes from a file is escaped, links are http(s) only."""

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
    """HTML as it is, anything else escaped."""
    return value if isinstance(value, Html) else escape(str(value), quote=True)


def tag(name: str, content: Any, **attributes: str) -> Html:
    """An element; ``class_`` gives its class, ``data_indicator`` the attribute ``data-indicator``."""
    given = "".join(f' {_named(key)}="{escape(text, quote=True)}"' for key, text in attributes.items())
    return Html(f"<{name}{given}>{safe(content)}</{name}>")


def _named(key: str) -> str:
    """The name of an attribute."""
    return key.rstrip("_").replace("_", "-")


def join(parts: Sequence[Any], between: str = "") -> Html:
    """Pieces of HTML and text, one after the other."""
    return Html(between.join(safe(part) for part in parts))


def link(text: str, address: str) -> Html:
    """A link, where the address is http or https; the text alone otherwise."""
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
    """A table with row heads; ``numeric`` columns are set right.

    Args: row_keys and column_keys, keys of the indicators whose values a row or a column has, empty for others: its
    cells carry them, so that a number on a page can be walked back.
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
    """The text of a row or a column; empty beyond the last."""
    return texts[index] if index < len(texts) else ""


def _mark(key: str) -> dict[str, str]:
    """The mark of a cell that holds a value of an indicator."""
    return {"data_indicator": key} if key else {}


def with_strong(text: str, names: Sequence[str]) -> Html:
    """A sentence in which names stand out: a title with a comma reads as one name."""
    found = escape(text, quote=True)
    for name in sorted(names, key=len, reverse=True):
        found = re.sub(rf"(?<![\w>]){re.escape(escape(name, quote=True))}(?![\w<])", r"<strong>\g<0></strong>", found)
    return Html(found)


def link_within(text: str, file: str, class_: str) -> Html:
    """A paragraph that leads to another page of the same folder. Args: file, the name of that page."""
    return tag("p", tag("a", text, href=file), class_=class_)


def paragraphs(*texts: Any) -> Html:
    """Paragraphs."""
    return join([tag("p", text) for text in texts])


def bullets(items: Sequence[Any]) -> Html:
    """A list."""
    return tag("ul", join([tag("li", item) for item in items]))
