"""Rows and titles that stand twice.

Rows of a table are the same, or a reader cannot distinguish two titles.
"""

import unicodedata
from collections.abc import Iterable, Mapping

from mixedmig_model.inputs.reading.faults import JOINERS, Fault, chooses_a_form
from mixedmig_model.inputs.reading.tables import TableRow, table_number
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys

SHAPES = str.maketrans(
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0405\u0406\u0408"  # Cyrillic
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u03bd"  # Greek
    "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2018\u2019\u201c\u201d",  # dashes and quotes
    "ABEKMHOPCTYXSIJ" "aeopcyxsij" "ABEZHIKMNOPTYXov" "-------''\"\"")
"""Letters and signs with the shape of a Latin one."""


def same_rows(rows: Iterable[TableRow]) -> None:
    """Note each row of a table that repeats an earlier one.

    Rows are compared cell by cell; 590 and 590.0 are one number.
    """
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        cells = tuple(_plain(cell) for cell in row.cells.values())
        line = first.setdefault(cells, row.line)
        if line != row.line:
            row.whole(f"duplicate row, first on line {line}",
                      "each row once; a note that says how the two differ")


def _plain(cell: str) -> str:
    """Return a cell as a reader takes it.

    Differences of spaces are removed, and a number counts by its value.
    """
    text = " ".join(cell.split())
    try:
        return repr(table_number(text))
    except ValueError:
        return text


def looks(title: str) -> tuple[str, str]:
    """Return what a title looks like, as a text and as shapes.

    Case, width, spaces and joiners are removed.
    """
    shown = "".join(sign for sign in unicodedata.normalize("NFKC", title)
                    if sign not in JOINERS and not chooses_a_form(sign))
    text, shapes = (" ".join(one.casefold().split()) for one in (shown, shown.translate(SHAPES)))
    return text, shapes


class Titles:
    """Titles of entries of one kind, each noted once."""

    def __init__(self, kind: str, titles: Mapping[str, str] | None = None) -> None:
        self.kind = kind
        self._first: dict[str, str] = {}
        for name, title in (titles or {}).items():
            self.earlier(name, title)

    def earlier(self, name: str, title: str) -> str:
        """Note a title; return an earlier entry that has it, or ''."""
        found = next((self._first[one] for one in looks(title) if one in self._first), name)
        for one in looks(title):
            self._first.setdefault(one, name)
        return found if found != name else ""

    def faults(self, document: Document, keys: Keys, title: str) -> list[Fault]:
        """Return the fault of an entry with an earlier one's title.

        Parameters
        ----------
        document : Document
            The file.
        keys : Keys
            Path of the entry in its file.
        title : str
            Title of the entry.

        Returns
        -------
        list[Fault]
            The fault, or none.
        """
        same = self.earlier(str(keys[-1]), title)
        text = f"the title is used by the {self.kind} {same}"
        return [document.fault((*keys, "title"), text, title, "a different title")] if same else []


def same_titles(titles: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return pairs of names with one title.

    Parameters
    ----------
    titles : Mapping[str, str]
        Titles by name, in the files' order.

    Returns
    -------
    list[tuple[str, str]]
        The later name and the first, for each pair.
    """
    seen = Titles("entry")
    found = ((name, seen.earlier(name, title)) for name, title in titles.items())
    return [(name, earlier) for name, earlier in found if earlier]
