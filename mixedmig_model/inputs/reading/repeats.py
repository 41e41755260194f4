"""What stands twice: rows of a table that are the same, and titles that a reader cannot tell apart."""

import unicodedata
from collections.abc import Iterable, Mapping

from mixedmig_model.inputs.reading.tables import TableRow


def same_rows(rows: Iterable[TableRow]) -> None:
    """Note each row of a table that repeats an earlier one cell by cell."""
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        cells = tuple(" ".join(cell.split()) for cell in row.cells.values())
        line = first.setdefault(cells, row.line)
        if line != row.line:
            row.whole(f"the row stands twice, first on line {line}",
                      "each row once; a note that says how the two differ")


def alike(title: str) -> str:
    """Return a title as a reader sees it: without differences of case, width and spaces."""
    return " ".join(unicodedata.normalize("NFKC", title).casefold().split())


def same_titles(titles: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return pairs of names with one title: the later one and the first. Args: titles by name, in the files' order."""
    first: dict[str, str] = {}
    pairs = []
    for name, title in titles.items():
        earlier = first.setdefault(alike(title), name)
        if earlier != name:
            pairs.append((name, earlier))
    return pairs
