"""Texts in Markdown as HTML.

Everything that could act on a page is escaped, for a foreign workspace is data.
"""

import re
from dataclasses import dataclass
from typing import Any

from mixedmig_model.present.html.builders import Html

HEADS = re.compile(r"^(#{1,5}) ", re.MULTILINE)
CARD = re.compile(r"^## (.+)$", re.MULTILINE)
NOTE = re.compile(r"^Content note: (.+)$", re.MULTILINE)
PICTURES = re.compile(r"<img\b[^>]*>")


@dataclass(frozen=True)
class ReadAloud:
    """A composed text that the facilitator reads aloud."""

    title: str
    content_note: str
    text: str


def markdown(text: str, deeper: int = 1) -> Html:
    """Return a text in Markdown as HTML.

    Tags are escaped, pictures are left out, and links lead nowhere but to pages of the web.

    Parameters
    ----------
    text : str
        The text.
    deeper : int, default 1
        Levels that headings are set deeper.

    Returns
    -------
    Html
        HTML.
    """
    import mistune

    render: Any = mistune.create_markdown(escape=True)
    body = str(render(HEADS.sub(lambda found: f"{found[1]}{'#' * deeper} ", text)))
    return Html(PICTURES.sub("", body))


def read_testimony(text: str) -> tuple[ReadAloud, ...]:
    """Return the testimony cards of a text.

    Each begins with a heading of the second level and has a line with its content note.

    Parameters
    ----------
    text : str
        The file ``testimony.md``.

    Returns
    -------
    tuple[ReadAloud, ...]
        The cards, in order.
    """
    parts = CARD.split(text)[1:]
    found = []
    for title, body in zip(parts[::2], parts[1::2], strict=True):
        note = NOTE.search(body)
        found.append(ReadAloud(title.strip(), note[1].strip() if note else "", NOTE.sub("", body).strip()))
    return tuple(found)
