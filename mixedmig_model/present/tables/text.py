"""Tables as lines of text.

Columns are aligned, and long first cells wrapped.
"""

import textwrap
from collections.abc import Iterator, Sequence

TITLE_WIDTH = 40
NOTE_WIDTH = 112
INDENT = "      "


def aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[list[str]]:
    """Yield each row as lines of text.

    Columns are aligned, and long first cells wrapped.
    """
    widths = [max(len(row[k]) for row in rows) for k in range(1, len(rows[0]))]
    for row in rows:
        title = textwrap.wrap(row[0], TITLE_WIDTH, break_on_hyphens=False)
        cells = [cell.ljust(width) for cell, width in zip(row[1:], widths, strict=True)]
        yield ["  ".join(["", title[0].ljust(TITLE_WIDTH), *cells]).rstrip(), *(f"  {line}" for line in title[1:])]


def wrapped_note(note: str) -> list[str]:
    """Return a note below a row, as lines of text."""
    return textwrap.wrap(note, NOTE_WIDTH, initial_indent=INDENT, subsequent_indent=INDENT)
