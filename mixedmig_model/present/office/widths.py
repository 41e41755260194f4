"""How wide the columns of a table are.

Word and PDF set them so: neither measures all cells as a browser does.
"""

from collections.abc import Sequence
from functools import lru_cache

from mixedmig_model.present.office.blocks import GridTable
from mixedmig_model.vocabulary.numbers import DASH

ROOM = 118
"""Letters that a line of a table holds over all its columns."""
LEAST, GAP, STEP = 3, 2, 2
"""Letters of the least column, between columns, and a step."""
TIGHT = 0.92
"""Part of the size for heads, whose letters are wider."""

Texts = Sequence[Sequence[str]]


def shares(table: GridTable) -> tuple[float, ...]:
    """Return the share of the width that each column has.

    A column has room for its longest word. What is left goes to the columns that then save most lines.

    Parameters
    ----------
    table : GridTable
        The table.

    Returns
    -------
    tuple[float, ...]
        A share for each column; their sum is 1.
    """
    widths = _letters(table)
    return tuple((width + GAP) / (sum(widths) + GAP * len(widths)) for width in widths)


def crowding(table: GridTable) -> float:
    """Return the part of the size of type with which words fit.

    It is 1 for a table whose longest words have room next to each other.

    Parameters
    ----------
    table : GridTable
        The table.

    Returns
    -------
    float
        The part, above 0.
    """
    widths = _letters(table)
    needed = sum(widths) + GAP * len(widths)
    return 1.0 if needed <= ROOM + STEP else TIGHT * ROOM / needed


def _letters(table: GridTable) -> list[int]:
    """Return how many letters a line of each column holds."""
    rows = [[cell.words for cell in row.cells] for row in table.rows if not row.section]
    rows.append([cell.words for cell in table.head])
    widths = [max((_longest_word(row[column]) for row in rows if column < len(row)), default=LEAST)
              for column in range(len(table.head))]
    widest = [max((len(text) for row in rows if column < len(row) for text in row[column]), default=LEAST)
              for column in range(len(table.head))]
    while sum(widths) + GAP * len(widths) < ROOM:
        best = min(range(len(widths)), key=lambda column: _cost(rows, widths, widest, column))
        widths[best] += STEP
    return widths


def _cost(rows: Sequence[Texts], widths: Sequence[int], widest: Sequence[int], column: int) -> tuple[int, float]:
    """Return how many lines all rows have if a column grows by a step.

    Where columns save as many, the one comes first that lacks most of its longest text.
    """
    tried = [width + STEP * (place == column) for place, width in enumerate(widths)]
    lines = sum(max(_lines(texts, width) for texts, width in zip(row, tried, strict=False)) for row in rows if row)
    return lines, widths[column] / widest[column]


def _lines(texts: Sequence[str], width: int) -> int:
    return sum(_wrapped(text, width) for text in texts)


@lru_cache(maxsize=1 << 16)
def _wrapped(text: str, width: int) -> int:
    """Return on how many lines a text stands, broken between words."""
    lines, used = 1, 0
    for word in _words(text):
        if used and used + 1 + len(word) > width:
            lines, used = lines + 1, len(word)
        else:
            used += len(word) + (used > 0)
    return lines


def _words(text: str) -> list[str]:
    """Return what a line is not broken within.

    It may be broken after a dash of a range, and not at the blank within an amount of money.
    """
    return [word for word in text.replace(DASH, f"{DASH} ").split(" ") if word]


def _longest_word(texts: Sequence[str]) -> int:
    return max((len(word) for text in texts for word in _words(text)), default=LEAST)
